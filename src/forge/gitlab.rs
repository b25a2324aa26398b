//! GitLab's API.

use serde::Deserialize;
use serde_json::json;

use super::http::Client;
use super::sticky::{self, Comment};
use super::{Context, Error};

/// The notes of a merge request.
pub(super) struct Thread<'t> {
    client: Client<'t>,
    /// Up to the request.
    request: String,
    /// Where people look at it.
    page: Option<String>,
    what: String,
}

#[derive(Deserialize)]
struct User {
    username: String,
}

#[derive(Deserialize)]
struct Note {
    id: u64,
    body: String,
    author: User,
}

#[derive(Deserialize)]
struct Request {
    sha: String,
}

impl<'t> Thread<'t> {
    /// The notes of the request that a run is of.
    pub(super) fn of(context: &Context, client: Client<'t>) -> Result<Thread<'t>, Error> {
        let number = context.known_number().ok_or(Error::NoRequest)?;
        let project = context.project()?;
        let page = context.variables.get("CI_MERGE_REQUEST_PROJECT_URL");
        let page = page.or(context.variables.get("CI_PROJECT_URL"));
        Ok(Thread {
            request: format!("/projects/{project}/merge_requests/{number}"),
            page: page.map(|page| format!("{page}/-/merge_requests/{number}")),
            what: format!("merge request {number} of project {project}"),
            client,
        })
    }

    fn comment(&self, note: Note) -> Comment {
        Comment {
            id: note.id,
            author: note.author.username,
            body: note.body,
            url: self.page.as_ref().map(|page| format!("{page}#note_{}", note.id)),
        }
    }
}

impl sticky::Thread for Thread<'_> {
    fn me(&self) -> Result<String, Error> {
        let answer = self.client.get("/user", "the token's account")?;
        Ok(self.client.read::<User>(&answer)?.username)
    }

    fn head(&self) -> Result<String, Error> {
        let answer = self.client.get(&self.request, &self.what)?;
        Ok(self.client.read::<Request>(&answer)?.sha)
    }

    fn comments(&self) -> Result<Vec<Comment>, Error> {
        let path = format!("{}/notes?sort=asc&order_by=created_at", self.request);
        let notes: Vec<Note> = self.client.list(&path, &self.what)?;
        Ok(notes.into_iter().map(|note| self.comment(note)).collect())
    }

    fn create(&self, body: &str) -> Result<Comment, Error> {
        let body = json!({ "body": body });
        let path = format!("{}/notes", self.request);
        let answer = self.client.call("POST", &path, Some(&body), &self.what)?;
        Ok(self.comment(self.client.read(&answer)?))
    }

    fn update(&self, id: u64, body: &str) -> Result<Comment, Error> {
        let body = json!({ "body": body });
        let path = format!("{}/notes/{id}", self.request);
        let answer = self.client.call("PUT", &path, Some(&body), "the note")?;
        Ok(self.comment(self.client.read(&answer)?))
    }

    fn delete(&self, id: u64) -> Result<(), Error> {
        match self.client.call("DELETE", &format!("{}/notes/{id}", self.request), None, "the note")
        {
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn pause(&self, tried: u32) {
        self.client.pause(tried);
    }
}

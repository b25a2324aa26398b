//! GitHub's API, which Gitea and Forgejo speak, too.

use serde::Deserialize;
use serde_json::json;

use super::http::{Client, encoded};
use super::sticky::{self, Comment};
use super::{Context, Error};

/// Who writes with the token that GitHub gives to a workflow, which may not ask who it is.
const WORKFLOW: &str = "github-actions[bot]";

/// The comments of a pull request.
pub(super) struct Thread<'t> {
    client: Client<'t>,
    /// Up to and without the request.
    repository: String,
    number: u64,
}

#[derive(Deserialize)]
struct User {
    login: String,
}

#[derive(Deserialize)]
struct Shown {
    id: u64,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    html_url: Option<String>,
    #[serde(default)]
    user: Option<User>,
}

#[derive(Deserialize)]
struct Pull {
    number: u64,
    head: Head,
}

#[derive(Deserialize)]
struct Head {
    sha: String,
    #[serde(default, rename = "ref")]
    branch: Option<String>,
    #[serde(default)]
    repo: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
}

impl From<Shown> for Comment {
    fn from(shown: Shown) -> Comment {
        Comment {
            id: shown.id,
            author: shown.user.map(|user| user.login).unwrap_or_default(),
            body: shown.body.unwrap_or_default(),
            url: shown.html_url,
        }
    }
}

impl<'t> Thread<'t> {
    /// The comments of the request that a run is of; `None`: a newer push has overtaken the run.
    pub(super) fn of(context: &Context, client: Client<'t>) -> Result<Option<Thread<'t>>, Error> {
        let repository = format!("/repos/{}", context.repository()?);
        let number = match (context.number, context.awaited()) {
            (None, Some(run)) => awaited(context, &client, &repository, &run.head_sha)?,
            _ => Some(context.known_number().ok_or(Error::NoRequest)?),
        };
        Ok(number.map(|number| Thread { client, repository, number }))
    }

    fn what(&self) -> String {
        format!("pull request {} of {}", self.number, self.repository.trim_start_matches("/repos/"))
    }
}

/// The request whose head an awaited run was of. That it is the same commit of the same repository
/// is what counts, not what the run has left behind. `None`: the branch is at another commit now.
fn awaited(
    context: &Context,
    client: &Client<'_>,
    repository: &str,
    head: &str,
) -> Result<Option<u64>, Error> {
    let branch = context.awaited().and_then(|run| run.head_branch.as_deref());
    let asked = match (context.awaited_owner(), branch) {
        (Some(owner), Some(branch)) => format!("&head={}", encoded(&format!("{owner}:{branch}"))),
        _ => String::new(),
    };
    let path = format!("{repository}/pulls?state=open{asked}");
    let pulls: Vec<Pull> = client.list(&path, "the list of open pull requests")?;
    let is_there = |pull: &&Pull| {
        let name = pull.head.repo.as_ref().map(|repository| repository.full_name.as_str());
        name.is_some_and(|name| context.is_awaited(name))
    };
    let of_repository: Vec<&Pull> = pulls.iter().filter(is_there).collect();
    let found = of_repository.iter().find(|pull| pull.head.sha.eq_ignore_ascii_case(head));
    let has_moved = || {
        of_repository.iter().any(|pull| branch.is_some() && pull.head.branch.as_deref() == branch)
    };
    match found {
        Some(pull) => Ok(Some(pull.number)),
        None if has_moved() => Ok(None),
        None => Err(Error::NoRequest),
    }
}

impl sticky::Thread for Thread<'_> {
    fn me(&self) -> Result<String, Error> {
        match self.client.get("/user", "the token's account") {
            Ok(answer) => Ok(self.client.read::<User>(&answer)?.login),
            Err(Error::Forbidden { .. } | Error::NotFound { .. }) => Ok(WORKFLOW.to_owned()),
            Err(error) => Err(error),
        }
    }

    fn head(&self) -> Result<String, Error> {
        let path = format!("{}/pulls/{}", self.repository, self.number);
        let answer = self.client.get(&path, &self.what())?;
        Ok(self.client.read::<Pull>(&answer)?.head.sha)
    }

    fn comments(&self) -> Result<Vec<Comment>, Error> {
        let path = format!("{}/issues/{}/comments", self.repository, self.number);
        let shown: Vec<Shown> = self.client.list(&path, &self.what())?;
        Ok(shown.into_iter().map(Comment::from).collect())
    }

    fn create(&self, body: &str) -> Result<Comment, Error> {
        let path = format!("{}/issues/{}/comments", self.repository, self.number);
        let body = json!({ "body": body });
        let answer = self.client.call("POST", &path, Some(&body), &self.what())?;
        Ok(self.client.read::<Shown>(&answer)?.into())
    }

    fn update(&self, id: u64, body: &str) -> Result<Comment, Error> {
        let path = format!("{}/issues/comments/{id}", self.repository);
        let body = json!({ "body": body });
        let answer = self.client.call("PATCH", &path, Some(&body), "the comment")?;
        Ok(self.client.read::<Shown>(&answer)?.into())
    }

    fn delete(&self, id: u64) -> Result<(), Error> {
        let path = format!("{}/issues/comments/{id}", self.repository);
        match self.client.call("DELETE", &path, None, "the comment") {
            // Somebody was faster.
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn pause(&self, tried: u32) {
        self.client.pause(tried);
    }
}

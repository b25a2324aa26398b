//! What a CI says of a run: variables, and on GitHub the event in a file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Error, Token};

/// The variables that a run was started with; an empty one counts as none. Tokens are among them, so
/// what they say is not shown.
#[derive(Clone, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// The names that are asked for: nothing else of the environment is looked at.
    pub const NAMES: [&'static str; 30] = [
        "GITHUB_TOKEN",
        "GH_TOKEN",
        "GITHUB_API_URL",
        "GITHUB_SERVER_URL",
        "GITHUB_REPOSITORY",
        "GITHUB_EVENT_PATH",
        "GITHUB_EVENT_NAME",
        "GITHUB_REF",
        "GITHUB_RUN_ID",
        "GITHUB_RUN_NUMBER",
        "GITHUB_RUN_ATTEMPT",
        "FORGEJO_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_OUTPUT",
        "GITEA_ACTIONS",
        "MDBOARD_GITLAB_TOKEN",
        "CI_API_V4_URL",
        "CI_SERVER_URL",
        "CI_PROJECT_ID",
        "CI_PROJECT_URL",
        "CI_MERGE_REQUEST_PROJECT_ID",
        "CI_MERGE_REQUEST_PROJECT_URL",
        "CI_MERGE_REQUEST_IID",
        "CI_MERGE_REQUEST_SOURCE_PROJECT_URL",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA",
        "CI_COMMIT_SHA",
        "CI_PIPELINE_ID",
        "CI_JOB_ID",
        "CI_JOB_URL",
        "GITLAB_CI",
    ];

    /// Takes variables by name.
    pub fn new(all: impl IntoIterator<Item = (String, String)>) -> Variables {
        Variables(all.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    /// A variable's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn need(&self, name: &str) -> Result<&str, Error> {
        self.get(name).ok_or_else(|| Error::Missing(name.to_owned()))
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.trim().parse().ok()
    }
}

impl std::fmt::Debug for Variables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Whose API to speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// GitHub, Gitea, Forgejo.
    Github,
    /// GitLab.
    Gitlab,
}

/// As much of a GitHub event as matters here.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Event {
    #[serde(default)]
    pull_request: Option<Pull>,
    #[serde(default)]
    workflow_run: Option<WorkflowRun>,
}

#[derive(Clone, Debug, Deserialize)]
struct Pull {
    number: u64,
    head: Side,
}

#[derive(Clone, Debug, Deserialize)]
struct Side {
    sha: String,
    #[serde(default)]
    repo: Option<Repository>,
}

#[derive(Clone, Debug, Deserialize)]
struct Repository {
    full_name: String,
}

/// The run that another one waits for. It may be of a fork's pull request, and says so itself
/// nowhere: the request is found by the commit and the repository that it ran on.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct WorkflowRun {
    id: u64,
    #[serde(default)]
    run_attempt: Option<u64>,
    pub(super) head_sha: String,
    pub(super) head_branch: Option<String>,
    head_repository: Option<Repository>,
}

impl Event {
    /// Reads the event's file.
    ///
    /// # Errors
    ///
    /// It is no JSON, or lacks what every such event has.
    pub fn read(bytes: &[u8]) -> Result<Event, Error> {
        let odd = |error| Error::Odd(format!("the event file cannot be read: {error}"));
        serde_json::from_slice(bytes).map_err(odd)
    }
}

/// Where a comment goes, and who brings it.
#[derive(Clone, Debug)]
pub struct Context {
    /// Whose API to speak.
    pub host: Host,
    /// The number of the request, if somebody named it.
    pub number: Option<u64>,
    /// What the CI has set.
    pub variables: Variables,
    /// The event, on GitHub.
    pub event: Event,
    /// The commit that the comment is about, as far as that is known without the CI.
    pub head: Option<String>,
}

impl Context {
    /// The token that may comment.
    pub(super) fn token(&self) -> Result<Token, Error> {
        let found = match self.host {
            Host::Github => {
                let gh = self.variables.get("GH_TOKEN");
                self.variables.get("GITHUB_TOKEN").or(gh).ok_or("GITHUB_TOKEN")
            }
            Host::Gitlab => {
                self.variables.get("MDBOARD_GITLAB_TOKEN").ok_or("MDBOARD_GITLAB_TOKEN")
            }
        };
        let token = found.map(Token::new).map_err(|name| Error::Missing(name.to_owned()))?;
        let odd = || Error::Odd("the token holds spaces, line breaks or the like".to_owned());
        if token.is_plain() { Ok(token) } else { Err(odd()) }
    }

    /// The address of the API, without a `/` at its end.
    pub(super) fn api(&self) -> Result<String, Error> {
        let address = match self.host {
            Host::Github => {
                self.variables.get("GITHUB_API_URL").unwrap_or("https://api.github.com")
            }
            Host::Gitlab => self.variables.need("CI_API_V4_URL")?,
        };
        if !address.starts_with("https://") && !address.starts_with("http://") {
            let odd = "the address of the API has to begin with https:// or http://";
            return Err(Error::Odd(odd.to_owned()));
        }
        Ok(address.trim_end_matches('/').to_owned())
    }

    /// GitHub's `owner/name`.
    pub(super) fn repository(&self) -> Result<&str, Error> {
        let repository = self.variables.need("GITHUB_REPOSITORY")?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
        let is_one = repository.split('/').count() == 2 && repository.bytes().all(is_plain);
        let odd = || Error::Odd(format!("GITHUB_REPOSITORY `{repository}` is no owner/name"));
        if is_one { Ok(repository) } else { Err(odd()) }
    }

    /// GitLab's project.
    pub(super) fn project(&self) -> Result<&str, Error> {
        let of_request = self.variables.get("CI_MERGE_REQUEST_PROJECT_ID");
        let project = of_request.map_or_else(|| self.variables.need("CI_PROJECT_ID"), Ok)?;
        let is_number = project.bytes().all(|byte| byte.is_ascii_digit());
        let odd = || Error::Odd(format!("the project's id `{project}` is no number"));
        if is_number { Ok(project) } else { Err(odd()) }
    }

    /// The request's number, where it is known without asking the host.
    pub(super) fn known_number(&self) -> Option<u64> {
        let of_event = self.event.pull_request.as_ref().map(|pull| pull.number);
        let of_ref = || {
            let rest = self.variables.get("GITHUB_REF")?.strip_prefix("refs/pull/")?;
            rest.split('/').next()?.parse().ok()
        };
        self.number.or_else(|| match self.host {
            Host::Github => of_event.or_else(of_ref),
            Host::Gitlab => self.variables.number("CI_MERGE_REQUEST_IID"),
        })
    }

    /// The run that this one waited for.
    pub(super) fn awaited(&self) -> Option<&WorkflowRun> {
        self.event.workflow_run.as_ref().filter(|_| self.host == Host::Github)
    }

    /// Whether this run waited for another one, and is about what that was of.
    pub fn is_second(&self) -> bool {
        self.awaited().is_some()
    }

    /// The head of the request that this run is of. A merge of it into its base may be what is
    /// checked out, so the commit that the comment is about counts only where the CI says nothing.
    pub(super) fn head(&self) -> Option<&str> {
        let of_event = self.event.pull_request.as_ref().map(|pull| pull.head.sha.as_str());
        let awaited = self.awaited().map(|run| run.head_sha.as_str());
        let of_gitlab = self.variables.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
        let of_gitlab = of_gitlab.or(self.variables.get("CI_COMMIT_SHA"));
        match self.host {
            Host::Github => of_event.or(awaited),
            Host::Gitlab => of_gitlab,
        }
        .or(self.head.as_deref())
    }

    /// Where this run is in the order of runs; later ones have higher numbers.
    pub(super) fn run(&self) -> Option<(u64, u64)> {
        match (self.host, self.awaited()) {
            (Host::Github, Some(run)) => Some((run.id, run.run_attempt.unwrap_or(1))),
            (Host::Github, None) => {
                let attempt = self.variables.number("GITHUB_RUN_ATTEMPT").unwrap_or(1);
                Some((self.variables.number("GITHUB_RUN_ID")?, attempt))
            }
            (Host::Gitlab, _) => {
                let job = self.variables.number("CI_JOB_ID").unwrap_or(1);
                Some((self.variables.number("CI_PIPELINE_ID")?, job))
            }
        }
    }

    /// Up to the path, the address under which the files of the head are shown.
    pub fn files(&self, head: &str) -> Option<String> {
        let address = match self.host {
            Host::Github => {
                let server = self.variables.get("GITHUB_SERVER_URL")?;
                let pull =
                    self.event.pull_request.as_ref().and_then(|pull| pull.head.repo.as_ref());
                let awaited = self.awaited().and_then(|run| run.head_repository.as_ref());
                let repository = pull.or(awaited).map(|repository| repository.full_name.as_str());
                let repository = repository.or(self.repository().ok())?;
                let commit = self.head().unwrap_or(head);
                // Gitea and Forgejo have another place for them, and another version of the API.
                let is_gitea = self.api().is_ok_and(|api| api.ends_with("/api/v1"));
                let place = if is_gitea { "src/commit" } else { "blob" };
                format!("{}/{repository}/{place}/{commit}/", server.trim_end_matches('/'))
            }
            Host::Gitlab => {
                let source = self.variables.get("CI_MERGE_REQUEST_SOURCE_PROJECT_URL");
                let project = source.or(self.variables.get("CI_PROJECT_URL"))?;
                // A merge of both sides is in no repository that people can look at.
                let commit = self.variables.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA");
                let commit = commit.unwrap_or(head);
                format!("{}/-/blob/{commit}/", project.trim_end_matches('/'))
            }
        };
        Some(address)
    }

    /// Where the run that has all of it can be looked at: the one that this one waited for, if any.
    pub fn details(&self) -> Option<String> {
        match self.host {
            Host::Github => {
                let server = self.variables.get("GITHUB_SERVER_URL")?.trim_end_matches('/');
                // Forgejo shows a run under its number in the repository.
                let is_forgejo = self.variables.get("FORGEJO_ACTIONS").is_some();
                let name = if is_forgejo { "GITHUB_RUN_NUMBER" } else { "GITHUB_RUN_ID" };
                let awaited = self.awaited().map(|run| run.id);
                let run = awaited.or_else(|| self.variables.number(name))?;
                Some(format!("{server}/{}/actions/runs/{run}", self.repository().ok()?))
            }
            Host::Gitlab => self.variables.get("CI_JOB_URL").map(str::to_owned),
        }
    }

    /// Whether a repository of the host is the one that the awaited run was of.
    pub(super) fn is_awaited(&self, name: &str) -> bool {
        let head = self.awaited().and_then(|run| run.head_repository.as_ref());
        head.is_some_and(|head| head.full_name.eq_ignore_ascii_case(name))
    }

    /// The owner of the repository that the awaited run was of.
    pub(super) fn awaited_owner(&self) -> Option<&str> {
        let head = self.awaited()?.head_repository.as_ref()?;
        head.full_name.split_once('/').map(|(owner, _)| owner)
    }
}

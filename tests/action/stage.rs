//! A pull request as a host and a checkout present it.

use crate::api::{Api, Kept};
use crate::common::Repo;
use crate::runner::{Job, Ran, Runner};

pub(crate) const PLAN: &str = "partners/acme/plan.md";
pub(crate) const TEMPLATE: &str = "templates/onboarding.md";
pub(crate) const BEGIN: &str = "---\nstart_date: 2026-01-01\nowner: ann\ntemplate: onboarding\n---\n# Acme\n\n\
                     ## Legal (Day 1-7)\n\n- [x] Sign\n- [ ] Scan\n- [ ] File\n\n\
                     ## Build (Day 8-60)\n\n- [ ] Dig due:2026-02-20\n";

pub(crate) fn template(items: &str) -> String {
    format!("---\ntitle: Onboarding\n---\n\n# Onboarding\n\n{items}")
}

/// A repository with a bare remote, and a branch that ticks, unticks, pushes a date, deletes an
/// open item and breaks a template.
pub(crate) struct Stage {
    pub(crate) repo: Repo,
    pub(crate) remote: Repo,
    pub(crate) api: Api,
    /// Where `main` was when the request was opened.
    opened: String,
}

/// What is checked out for a run.
#[derive(Clone, Copy)]
pub(crate) enum Checkout {
    /// The merge of the branch into `main` as it is now, as actions/checkout has it.
    Merge,
    /// The same without any history.
    ShallowMerge,
    /// The tip of the branch, as with `ref: ${{ github.event.pull_request.head.sha }}`.
    Head,
}

pub(crate) fn stage() -> Stage {
    let repo = Repo::with(&[
        (PLAN, BEGIN),
        (TEMPLATE, &template("- [ ] Sign\n- [ ] Scan\n")),
        ("partners/zeta/plan.md", "# Zeta\n\n- [ ] Wait\n"),
    ]);
    let remote = Repo::in_folder();
    remote.git(["init", "-q", "--bare", "."]);
    remote.git(["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let url = remote.path().to_str().expect("a plain path").to_owned();
    repo.git(["remote", "add", "origin", &url]);
    repo.git(["push", "-q", "origin", "main"]);
    let opened = repo.id("main");
    repo.branch("work");
    let change = BEGIN
        .replace("- [x] Sign", "- [ ] Sign")
        .replace("- [ ] Scan", "- [x] Scan")
        .replace("- [ ] File\n", "")
        .replace("2026-02-20", "2026-02-27");
    repo.write(PLAN, change);
    repo.write(TEMPLATE, template("- [ ] Sign\n- [ ] Scan\n-[ ] Broken box\n"));
    repo.commit("Change a lot @everyone");
    repo.git(["push", "-q", "origin", "work"]);
    let api = Api::new(&repo.id("work"));
    Stage { repo, remote, api, opened }
}

impl Stage {
    /// Another commit on the branch.
    pub(crate) fn push(&self, path: &str, text: &str) {
        self.repo.write(path, text).commit("More");
        self.repo.git(["push", "-q", "origin", "work"]);
        self.api.set_head(&self.repo.id("work"));
    }

    /// What others do on `main` meanwhile.
    pub(crate) fn main_goes_on(&self, path: &str, text: &str) {
        self.repo.checkout("main");
        self.repo.write(path, text).commit("Of others");
        self.repo.git(["push", "-q", "origin", "main"]);
        self.repo.checkout("work");
    }

    /// The action on the pull request, on the merge of it with all its history.
    pub(crate) fn pull_request(&self, run: u64, inputs: &[(&str, &str)]) -> Ran {
        self.pull_request_on(Checkout::Merge, run, inputs)
    }

    pub(crate) fn pull_request_on(
        &self,
        checkout: Checkout,
        run: u64,
        inputs: &[(&str, &str)],
    ) -> Ran {
        let head = self.repo.id("work");
        let base = &self.opened;
        let event = format!(
            r#"{{"pull_request": {{"number": 7, "base": {{"sha": "{base}"}}, "head": {{"sha": "{head}"}}}}}}"#
        );
        let job = Job { run, inputs, event: &event, name: "pull_request", api: self.api.url() };
        Runner::new(&self.checkout(checkout)).act(&job)
    }

    /// A fresh clone.
    pub(crate) fn checkout(&self, what: Checkout) -> Repo {
        match what {
            Checkout::Merge => self.clone_at(&self.merge(), &[]),
            Checkout::ShallowMerge => self.clone_at(&self.merge(), &["--depth=1"]),
            Checkout::Head => self.clone_at(&self.repo.id("work"), &[]),
        }
    }

    pub(crate) fn clone_at(&self, commit: &str, depth: &[&str]) -> Repo {
        let checkout = Repo::in_folder();
        let url = self.remote.url();
        checkout.git(["init", "-q", "."]);
        checkout.git(["remote", "add", "origin", &url]);
        let mut fetch = vec!["fetch", "-q"];
        fetch.extend(depth);
        fetch.extend(["origin", commit]);
        if depth.is_empty() {
            fetch.push("+refs/heads/*:refs/remotes/origin/*");
        }
        checkout.git(fetch);
        checkout.git(["checkout", "-q", "--detach", commit]);
        checkout
    }

    /// What the host offers to be checked out.
    fn merge(&self) -> String {
        self.repo.git(["checkout", "-q", "--detach", "main"]);
        let merge = self.repo.merge("work");
        self.repo.git(["push", "-q", "--force", "origin", "HEAD:refs/pull/7/merge"]);
        self.repo.checkout("work");
        merge
    }

    pub(crate) fn comment(&self) -> Kept {
        let comments = self.api.comments();
        let [comment] = comments.as_slice() else { panic!("{comments:#?}") };
        comment.clone()
    }
}

//! What names a commit: branches, tags, ids and all else that `git rev-parse` takes.
//!
//! Ids, plain names and the way back from one (`main~2^`) are followed without libgit2 reading a
//! commit: it refuses odd ones, does not find everything in a linked working tree of a shallow clone
//! and crashes on damaged packs.

use git2::ErrorCode;
use gix_object::Kind;

use crate::git::chain::Circle;
use crate::git::error::Error;
use crate::git::objects::{Fault, Id};
use crate::git::{Repository, commit, objects};
use crate::model::CommitId;

/// How many annotated tags may point to each other: forged ones go on for ever.
const MOST_TAGS: usize = 16;

/// One part of the way back from a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// So many commits along first parents (`~2`).
    Back(usize),
    /// One of a commit's parents, counted from 1 (`^2`); 0 is the commit itself, as is
    /// `^{commit}`.
    Parent(usize),
}

/// The commit that a revision names.
pub(super) fn resolve(repository: &Repository, revision: &str) -> Result<CommitId, Error> {
    let (name, steps) = split(revision);
    let name = named(repository, name)?.ok_or_else(|| unknown(repository, revision))?;
    let mut id = peel(repository, revision, name)?;
    for step in steps {
        id = follow(repository, id, step)
            .map_err(|fault| explain(repository, revision, fault))?
            .ok_or_else(|| unknown(repository, revision))?;
    }
    Ok(CommitId(id))
}

/// The name that a revision begins with, and the way back from it. Names hold neither `~` nor `^`;
/// what is searched for in messages (`:/text`) may.
fn split(revision: &str) -> (&str, Vec<Step>) {
    let (mut name, mut steps) = (revision, vec![]);
    while !name.starts_with(":/")
        && let Some((rest, step)) = last_step(name)
    {
        steps.push(step);
        name = rest;
    }
    steps.reverse();
    (name, steps)
}

fn last_step(revision: &str) -> Option<(&str, Step)> {
    for peeled in ["^{commit}", "^{}"] {
        if let Some(rest) = revision.strip_suffix(peeled) {
            return Some((rest, Step::Parent(0)));
        }
    }
    let rest = revision.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &revision[rest.len()..];
    // A number beyond all counting leads nowhere either way.
    let number = if digits.is_empty() { 1 } else { digits.parse().unwrap_or(usize::MAX) };
    let back = rest.strip_suffix('~').map(|rest| (rest, Step::Back(number)));
    back.or_else(|| Some((rest.strip_suffix('^')?, Step::Parent(number))))
}

/// The object that a name stands for; `None` where nothing has that name.
fn named(repository: &Repository, name: &str) -> Result<Option<Id>, Error> {
    if let Some(id) = commit::hex(name.as_bytes()) {
        return Ok(Some(id));
    }
    if name.is_empty() {
        return Ok(None);
    }
    let short = if name == "@" { "HEAD" } else { name };
    let reference = repository.inner.resolve_reference_from_short_name(short);
    let target = reference.and_then(|name| name.resolve()).ok().and_then(|it| it.target());
    if let Some(target) = target {
        return Ok(Some(objects::id(target)));
    }
    match repository.inner.revparse_single(name) {
        Ok(object) => Ok(Some(objects::id(object.id()))),
        Err(error) if error.code() == ErrorCode::Ambiguous => {
            Err(Error::git("tell which commit a short id means")(error))
        }
        Err(_) => Ok(None),
    }
}

/// The commit that a chain of tags ends at.
fn peel(repository: &Repository, revision: &str, mut id: Id) -> Result<Id, Error> {
    let objects = repository.objects();
    for _ in 0..MOST_TAGS {
        let header = objects.header(id, "object");
        match header.map_err(|fault| explain(repository, revision, fault))?.0 {
            Kind::Commit => return Ok(id),
            Kind::Tag => id = objects.tag_target(id)?,
            kind => {
                let (revision, kind) = (revision.to_owned(), objects::name(kind));
                return Err(Error::NotACommit { revision, kind });
            }
        }
    }
    Err(Error::NotACommit { revision: revision.into(), kind: "tag" })
}

/// The commit to which a step leads; `None` where there is none.
fn follow(repository: &Repository, from: Id, step: Step) -> Result<Option<Id>, Fault> {
    let objects = repository.objects();
    let (count, parent) = match step {
        Step::Back(count) => (count, 1),
        Step::Parent(number) => (1, number),
    };
    let (mut id, mut circle) = (from, Circle::default());
    for _ in 0..count {
        let Some(index) = parent.checked_sub(1) else { break };
        match objects.commit(id)?.parents.get(index) {
            Some(parent) if !circle.closes(*parent) => id = *parent,
            _ => return Ok(None),
        }
    }
    Ok(Some(id))
}

fn explain(repository: &Repository, revision: &str, fault: Fault) -> Error {
    match fault {
        Fault::Missing { .. } => unknown(repository, revision),
        fault => fault.into(),
    }
}

/// CI checks out one branch and has the others as remote ones only.
fn unknown(repository: &Repository, revision: &str) -> Error {
    let remote = format!("origin/{revision}");
    let exists = repository.inner.find_reference(&format!("refs/remotes/{remote}")).is_ok();
    Error::UnknownRevision {
        revision: revision.to_owned(),
        shallow: repository.is_shallow(),
        suggestion: exists.then_some(remote),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_the_way_back() {
        use Step::{Back, Parent};
        let cases: [(&str, &str, &[Step]); 11] = [
            ("main", "main", &[]),
            ("main~", "main", &[Back(1)]),
            ("@~12^2", "@", &[Back(12), Parent(2)]),
            ("v1.0^{}", "v1.0", &[Parent(0)]),
            ("v1^{commit}~3", "v1", &[Parent(0), Back(3)]),
            ("main^^0", "main", &[Parent(1), Parent(0)]),
            ("main@{1}~2", "main@{1}", &[Back(2)]),
            ("HEAD^{/ten: 1}^", "HEAD^{/ten: 1}", &[Parent(1)]),
            (":/was it main~2", ":/was it main~2", &[]),
            ("main~99999999999999999999999", "main", &[Back(usize::MAX)]),
            ("^", "", &[Parent(1)]),
        ];
        for (revision, name, steps) in cases {
            assert_eq!(split(revision), (name, steps.to_vec()), "{revision}");
        }
    }
}

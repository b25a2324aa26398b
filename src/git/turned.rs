//! Mainlines turned around.
//!
//! Somebody commits to `main`, finds the server's `main` ahead, and runs `git pull`. The merge has
//! their own commits as first parent, so what everybody else called the mainline becomes a merged
//! branch. Nothing in the commit says so but the subject that git writes.

/// Whether a subject is that of a `git pull` that turns some branch around.
pub(super) fn is_pull(subject: &str) -> bool {
    pulled(subject).is_some_and(|(merged, into)| into.is_none_or(|into| into == merged))
}

/// Whether a subject is that of a `git pull` which merges a branch into itself. `branch` is the
/// branch that is checked out.
pub(super) fn is_turned(subject: &str, branch: Option<&str>) -> bool {
    let Some((merged, into)) = pulled(subject) else { return false };
    match into {
        Some(into) => into == merged,
        // Git names no destination when it is the main branch.
        None => ["main", "master"].contains(&merged) || branch == Some(merged),
    }
}

/// The branch that was merged from a remote, and the one it was merged into if that is named.
fn pulled(subject: &str) -> Option<(&str, Option<&str>)> {
    let subject = subject.trim();
    if let Some(rest) = subject.strip_prefix("Merge branch '") {
        let (name, rest) = rest.split_once('\'')?;
        let source = rest.strip_prefix(" of ")?;
        return Some((name, source.rsplit_once(" into ").map(|(_, into)| into)));
    }
    let rest = subject.strip_prefix("Merge remote-tracking branch '")?;
    let (name, rest) = rest.split_once('\'')?;
    let (_, name) = name.split_once('/')?;
    match rest {
        "" => Some((name, None)),
        rest => Some((name, Some(rest.strip_prefix(" into ")?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pull_into_the_same_branch_turns_the_mainline_around() {
        let turned = |subject| is_turned(subject, Some("develop"));
        assert!(turned("Merge branch 'main' of https://example.com/board"));
        assert!(turned("Merge branch 'master' of git@example.com:board into master"));
        assert!(turned("Merge branch 'develop' of https://example.com/board"));
        assert!(turned("Merge branch 'x/y' of https://example.com/board into x/y"));
        assert!(turned("Merge remote-tracking branch 'origin/main'"));
        assert!(turned("Merge remote-tracking branch 'origin/x/y' into x/y"));
        assert!(is_pull("Merge branch 'other' of https://example.com/board"));
    }

    #[test]
    fn other_merges_do_not() {
        let turned = |subject| is_turned(subject, Some("develop"));
        assert!(!turned("Merge branch 'feature' of https://example.com/board"));
        assert!(!turned("Merge branch 'main' of https://example.com/board into develop"));
        assert!(!turned("Merge branch 'main'"));
        assert!(!turned("Merge branch 'main' into feature"));
        assert!(!turned("Merge remote-tracking branch 'origin/main' into feature"));
        assert!(!turned("Merge remote-tracking branch 'origin/feature'"));
        assert!(!turned("Merge pull request #7 from ann/main"));
        assert!(!turned("Merge branch '"));
        assert!(!turned(""));
        assert!(!is_pull("Merge branch 'other' of https://example.com/board into main"));
    }
}

//! Where a repository can be looked at on the web, if its remote is of a host that is known.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::{CommitId, RepoPath};
use crate::source::Line;

/// What stays as it is in a path.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// How a host writes its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// GitHub, also in-house.
    Github,
    /// GitLab, also in-house.
    Gitlab,
    /// Gitea and Forgejo.
    Gitea,
    /// Bitbucket's cloud.
    Bitbucket,
}

/// A repository on the web.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Web {
    style: Style,
    /// Up to the repository, without a slash at the end.
    repository: String,
}

impl Web {
    /// The repository that a remote's address names. `servers` are hosts that somebody else has told
    /// of, such as a CI of its own. Names and passwords in the address are left out.
    pub fn of(remote: &str, servers: &[(String, Style)]) -> Option<Web> {
        let (scheme, host, path) = parts(remote)?;
        let bare = host.split(':').next().unwrap_or_default().to_lowercase();
        let told = servers.iter().find(|(server, _)| server.eq_ignore_ascii_case(&host));
        let style = told.map(|(_, style)| *style).or_else(|| known(&bare))?;
        let path = path.trim_matches('/').trim_end_matches(".git");
        let is_plain = |part: &str| {
            let plain = |char: char| char.is_alphanumeric() || "-_.~".contains(char);
            !part.is_empty() && part != ".." && part.chars().all(plain)
        };
        if path.split('/').count() < 2 || !path.split('/').all(is_plain) {
            return None;
        }
        // The port of an address for ssh is not that of its pages.
        let host = if scheme.starts_with("http") { host } else { bare };
        let scheme = if scheme == "http" { "http" } else { "https" };
        Some(Web { style, repository: format!("{scheme}://{host}/{path}") })
    }

    /// The page of the repository.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The page of a commit.
    pub fn commit(&self, commit: CommitId) -> String {
        let at = match self.style {
            Style::Github | Style::Gitea => "commit",
            Style::Gitlab => "-/commit",
            Style::Bitbucket => "commits",
        };
        format!("{}/{at}/{commit}", self.repository)
    }

    /// The page of a line of a file in a version.
    pub fn line(&self, commit: CommitId, path: &RepoPath, line: Line) -> String {
        let path = utf8_percent_encode(path.as_str(), PATH);
        let (at, hash) = match self.style {
            Style::Github => ("blob", "L"),
            Style::Gitlab => ("-/blob", "L"),
            Style::Gitea => ("src/commit", "L"),
            Style::Bitbucket => ("src", "lines-"),
        };
        // Without it, a page with the markdown as it looks is shown, which has no lines.
        let plain = match self.style {
            Style::Github | Style::Gitlab => "?plain=1",
            Style::Gitea => "?display=source",
            Style::Bitbucket => "",
        };
        format!("{}/{at}/{commit}/{path}{plain}#{hash}{}", self.repository, line.0)
    }
}

/// Scheme, host (with its port) and path of an address, also of `git@host:path`.
fn parts(remote: &str) -> Option<(&str, String, &str)> {
    let remote = remote.trim();
    let (scheme, rest) = match remote.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => {
            let (host, path) = remote.split_once(':')?;
            let host = host.rsplit('@').next()?;
            // A drive of Windows, or a path with a colon in it.
            let is_host = host.len() > 1 && !host.contains('/');
            return is_host.then(|| ("ssh", host.to_owned(), path));
        }
    };
    let (authority, path) = rest.split_once('/')?;
    let host = authority.rsplit('@').next()?;
    matches!(scheme, "https" | "http" | "ssh" | "git").then(|| (scheme, host.to_owned(), path))
}

fn known(host: &str) -> Option<Style> {
    match host {
        "github.com" => Some(Style::Github),
        "codeberg.org" => Some(Style::Gitea),
        "bitbucket.org" => Some(Style::Bitbucket),
        _ => match host.split('.').next()? {
            "gitlab" => Some(Style::Gitlab),
            "gitea" | "forgejo" => Some(Style::Gitea),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commit(remote: &str) -> Option<String> {
        let servers = [("git.example.com:8443".to_owned(), Style::Github)];
        let web = Web::of(remote, &servers)?;
        Some(web.commit(CommitId([0xab; 20])).replace(&"ab".repeat(20), "ID"))
    }

    #[test]
    fn remotes_lead_to_pages() {
        let at = |remote: &str| commit(remote).unwrap_or_default();
        assert_eq!(at("https://github.com/o/r.git"), "https://github.com/o/r/commit/ID");
        assert_eq!(at("git@github.com:o/r.git"), "https://github.com/o/r/commit/ID");
        assert_eq!(at("ssh://git@gitlab.com:22/g/s/r"), "https://gitlab.com/g/s/r/-/commit/ID");
        assert_eq!(
            at("https://ann:secret@git.example.com:8443/o/r"),
            "https://git.example.com:8443/o/r/commit/ID"
        );
        assert_eq!(at("https://codeberg.org/o/r/"), "https://codeberg.org/o/r/commit/ID");
        assert_eq!(at("git@bitbucket.org:o/r.git"), "https://bitbucket.org/o/r/commits/ID");
    }

    #[test]
    fn others_lead_nowhere() {
        for remote in [
            "/srv/git/board.git",
            "../board",
            "C:\\board",
            "file:///srv/board",
            "https://git.example.org/o/r",
            "https://github.com/o",
            "https://github.com/o/../r",
            "https://github.com/o/r\"onclick=x",
            "javascript://github.com/o/r",
            "",
        ] {
            assert_eq!(commit(remote), None, "{remote}");
        }
    }

    #[test]
    fn a_line_of_a_file_is_found() {
        let web = Web::of("https://github.com/o/r", &[]).expect("a known host");
        let path = RepoPath::new("partners/a b/plan#1.md");
        let line = web.line(CommitId([0xab; 20]), &path, Line(12));
        assert!(line.ends_with("/partners/a%20b/plan%231.md?plain=1#L12"), "{line}");
        let web = Web::of("https://codeberg.org/o/r", &[]).expect("a known host");
        let line = web.line(CommitId([0xab; 20]), &path, Line(12));
        assert!(line.ends_with("/partners/a%20b/plan%231.md?display=source#L12"), "{line}");
    }
}

//! One comment that is brought up to date.

use super::{Context, Error};

/// What a comment of ours begins with. Behind it stands which run has written it.
const MARK: &str = "<!-- mdboard:change";
const END: &str = " -->\n";

/// How many characters the mark takes at most.
pub(crate) const MARK_ROOM: usize = 96;

/// How often making a comment is tried again.
const TRIES: u32 = 3;

/// The comments under a request.
pub(super) trait Thread {
    /// The account that writes, as the host shows it.
    fn me(&self) -> Result<String, Error>;
    /// The head of the request as it is now.
    fn head(&self) -> Result<String, Error>;
    /// All comments, with who wrote them.
    fn comments(&self) -> Result<Vec<Comment>, Error>;
    fn create(&self, body: &str) -> Result<Comment, Error>;
    fn update(&self, id: u64, body: &str) -> Result<Comment, Error>;
    fn delete(&self, id: u64) -> Result<(), Error>;
    /// Waits before something is tried once more.
    fn pause(&self, tried: u32);
}

/// A comment under a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    pub(super) id: u64,
    pub(super) author: String,
    pub(super) body: String,
    pub(super) url: Option<String>,
}

/// What became of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is new.
    Created,
    /// It says something else now.
    Updated,
    /// It said this already.
    Unchanged,
    /// A newer run, or a newer push, has overtaken this one.
    Overtaken,
}

impl Action {
    /// The name, for other steps of the same job.
    pub fn name(self) -> &'static str {
        match self {
            Action::Created => "created",
            Action::Updated => "updated",
            Action::Unchanged => "unchanged",
            Action::Overtaken => "overtaken",
        }
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub action: Action,
    /// Where the comment is.
    pub url: Option<String>,
}

/// Makes the comment, or brings it up to date.
pub(super) fn put(thread: &dyn Thread, context: &Context, body: &str) -> Result<Done, Error> {
    let run = context.run();
    if let Some(head) = context.head() {
        let now = thread.head()?;
        if !now.eq_ignore_ascii_case(head) {
            return Ok(Done { action: Action::Overtaken, url: None });
        }
    }
    let me = thread.me()?;
    let whole = format!("{}{body}", mark(run));
    match ours(thread, &me)?.into_iter().next() {
        Some(there) => refresh(thread, (&me, &there), run, &whole),
        None => create(thread, &me, run, &whole),
    }
}

/// Our comments, the oldest first.
fn ours(thread: &dyn Thread, me: &str) -> Result<Vec<Comment>, Error> {
    let mut all = thread.comments()?;
    all.retain(|one| one.author.eq_ignore_ascii_case(me) && written_by(&one.body).is_some());
    all.sort_by_key(|one| one.id);
    Ok(all)
}

/// Brings a comment of ours up to date: who we are, and the comment.
fn refresh(
    thread: &dyn Thread,
    (me, there): (&str, &Comment),
    run: Option<(u64, u64)>,
    whole: &str,
) -> Result<Done, Error> {
    let done = |action, comment: &Comment| Done { action, url: comment.url.clone() };
    if said(&there.body) == said(whole) {
        return Ok(done(Action::Unchanged, there));
    }
    if is_older(run, written_by(&there.body).flatten()) {
        return Ok(done(Action::Overtaken, there));
    }
    let mut updated = thread.update(there.id, whole)?;
    for _ in 0..TRIES {
        if !is_overwritten(thread, me, run, there.id) {
            break;
        }
        updated = thread.update(there.id, whole)?;
    }
    Ok(done(Action::Updated, &updated))
}

/// Whether one run is older than another. Where one does not say, nobody knows.
fn is_older(run: Option<(u64, u64)>, than: Option<(u64, u64)>) -> bool {
    run.zip(than).is_some_and(|(run, than)| run < than)
}

/// Whether an older run, which had looked before we wrote, has written after us. No host knows "write
/// if nobody else has", so all that helps is to look again when its call must have arrived.
fn is_overwritten(thread: &dyn Thread, me: &str, run: Option<(u64, u64)>, id: u64) -> bool {
    if run.is_none() {
        return false;
    }
    thread.pause(0);
    // The comment is written: that one cannot look is no reason to say that it is not.
    let now = ours(thread, me).unwrap_or_default();
    let now = now.iter().find(|one| one.id == id).and_then(|one| written_by(&one.body));
    is_older(now.flatten(), run)
}

fn create(
    thread: &dyn Thread,
    me: &str,
    run: Option<(u64, u64)>,
    whole: &str,
) -> Result<Done, Error> {
    let mut tried = 0;
    let made = loop {
        match thread.create(whole) {
            Ok(made) => break made,
            Err(error) if tried == TRIES || !error.is_passing() => return Err(error),
            Err(_) => thread.pause(tried),
        }
        tried += 1;
        // It may have been made all the same.
        if let Some(there) = ours(thread, me)?.into_iter().next() {
            return refresh(thread, (me, &there), run, whole);
        }
    };
    // The token of an app may not ask who it is: what it has written tells.
    let me = if made.author.is_empty() { me } else { &made.author };
    // Another run may have done the same meanwhile. The oldest stays.
    match ours(thread, me)?.into_iter().next() {
        Some(oldest) if oldest.id < made.id => {
            let done = refresh(thread, (me, &oldest), run, whole)?;
            thread.delete(made.id)?;
            Ok(done)
        }
        _ => Ok(Done { action: Action::Created, url: made.url }),
    }
}

fn mark(run: Option<(u64, u64)>) -> String {
    match run {
        Some((run, attempt)) => format!("{MARK} run={run}.{attempt}{END}"),
        None => format!("{MARK}{END}"),
    }
}

/// The run that has written a comment of ours; `None` for any other comment.
fn written_by(body: &str) -> Option<Option<(u64, u64)>> {
    let (mark, _) = split(body)?;
    let run = mark.trim().strip_prefix("run=").and_then(|run| run.split_once('.'));
    Some(run.and_then(|(run, attempt)| Some((run.parse().ok()?, attempt.parse().ok()?))))
}

/// What a comment says: without the mark, whatever a host does to the ends of lines, and which push
/// and run its links lead to. Where nothing else has changed, those of before are as good.
fn said(body: &str) -> String {
    let rest = split(body).map_or(body, |(_, rest)| rest);
    let mut text = rest.replace("\r\n", "\n").trim().to_owned();
    for before in ["/blob/", "/src/commit/", "/actions/runs/", "/-/jobs/"] {
        text = without_ids(&text, before);
    }
    text
}

/// A text without the digits that stand behind some words of an address.
fn without_ids(text: &str, before: &str) -> String {
    let mut parts = text.split(before);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(before);
        out.push_str(part.trim_start_matches(|char: char| char.is_ascii_hexdigit()));
    }
    out
}

/// What stands inside the mark that a comment begins with, and what behind it.
fn split(body: &str) -> Option<(&str, &str)> {
    body.strip_prefix(MARK)?.split_once("-->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_tells_its_run_and_stands_at_the_very_start() {
        let body = format!("{}**1 item ticked**\n", mark(Some((u64::MAX, 12))));
        assert!(mark(Some((u64::MAX, u64::MAX))).len() <= MARK_ROOM);
        assert_eq!(written_by(&body), Some(Some((u64::MAX, 12))));
        assert_eq!(written_by(&mark(None)), Some(None));
        assert_eq!(written_by(&format!("> {body}")), None);
        assert_eq!(written_by(&format!("Look: {body}")), None);
        assert_eq!(said(&body), "**1 item ticked**");
        let link = |id: &str| said(&format!("[a](https://x/o/r/blob/{id}/a.md#L1)"));
        assert_eq!(link("0123abcd"), link("4567ef00"));
        let link = |id: &str| said(&format!("[a](https://x/o/r/src/commit/{id}/a.md#L1)"));
        assert_eq!(link("0123abcd"), link("4567ef00"));
        assert_ne!(link("0123abcd"), said("[a](https://x/o/r/src/commit/0123abcd/b.md#L1)"));
        assert_eq!(said(&body.replace('\n', "\r\n")), "**1 item ticked**");
    }
}

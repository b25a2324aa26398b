//! How a partner is doing, and why, in words.

use super::{Item, Partner};
use crate::config::Config;
use crate::dates::Date;
use crate::model::{Health, PartnerStatus, RepoPath, State, Status};

/// How many characters of an item's text a reason quotes.
const QUOTED: usize = 60;

/// Judges a partner whose other fields are known. `said_in` is the file whose front matter gives
/// its status.
pub(super) fn judge(
    partner: &Partner,
    said_in: Option<&RepoPath>,
    today: Date,
    config: &Config,
) -> (Health, String) {
    let judged = by_front_matter(partner, said_in)
        .or_else(|| by_items(partner, today))
        .or_else(|| stalled(partner, partner.last_activity?, today, config))
        .or_else(|| behind(partner, today, config));
    judged.unwrap_or_else(|| (Health::OnTrack, on_track(partner)))
}

/// Whether the health of a partner hangs on what history tells and is not known here: when
/// something last happened, or when a checklist began.
pub(super) fn hangs_on_history(partner: &Partner, today: Date, config: &Config) -> bool {
    let is_dateless = |item: &Item| item.schedule.source.is_some() && item.schedule.due.is_none();
    let mut without_start = partner.checklists.iter().filter(|list| list.start.is_none());
    if without_start.any(|list| list.items.iter().any(is_dateless)) {
        return true;
    }
    let is_decided =
        || by_front_matter(partner, None).or_else(|| by_items(partner, today)).is_some();
    let long_ago = today.plus_days(-i64::from(config.stall_days)).unwrap_or(today);
    partner.last_activity.is_none()
        && !is_decided()
        && stalled(partner, long_ago, today, config).is_some()
}

/// What the items alone decide, whatever history tells of them.
fn by_items(partner: &Partner, today: Date) -> Option<(Health, String)> {
    nothing_open(partner)
        .or_else(|| overdue(partner, today))
        .or_else(|| unscheduled(partner))
        .or_else(|| blocked(partner))
}

fn by_front_matter(partner: &Partner, said_in: Option<&RepoPath>) -> Option<(Health, String)> {
    let health = match partner.status? {
        PartnerStatus::Complete => Health::Complete,
        PartnerStatus::OnHold => Health::OnHold,
        PartnerStatus::Cancelled => Health::Cancelled,
        PartnerStatus::Planned => Health::Planned,
        PartnerStatus::Active => return None,
    };
    let word = health.name().replace('_', " ");
    let place = said_in.map_or_else(String::new, |path| format!(" in {path}"));
    let left = match partner.progress.open {
        0 => String::new(),
        open => format!(", with {} open", items(open)),
    };
    Some((health, format!("marked {word}{place}{left}")))
}

fn nothing_open(partner: &Partner) -> Option<(Health, String)> {
    let progress = partner.progress;
    if partner.leaves().any(|item| item.status.is_open()) {
        return None;
    }
    let waived = match progress.waived {
        0 => String::new(),
        waived => format!(", {waived} waived"),
    };
    Some(match progress.done {
        0 => (Health::Cancelled, format!("all {} waived", items(progress.waived))),
        done => (Health::Complete, format!("all {} done{waived}", items(done))),
    })
}

fn overdue(partner: &Partner, today: Date) -> Option<(Health, String)> {
    let late: Vec<&Item> =
        partner.leaves().filter(|item| item.status == Status::Overdue && !item.optional).collect();
    let oldest = late.iter().min_by_key(|item| item.schedule.due)?;
    let due = oldest.schedule.due?;
    let days = count(today.days_since(due), "day");
    let text = quote(&oldest.text);
    let reason = match late.len() {
        1 => format!("1 item overdue, by {days}: {text} (due {due})"),
        many => format!("{many} items overdue, the oldest by {days}: {text} (due {due})"),
    };
    Some((Health::Overdue, reason))
}

fn unscheduled(partner: &Partner) -> Option<(Health, String)> {
    let mut open = partner.leaves().filter(|item| item.status.is_open());
    let first = open.next()?;
    if first.schedule.due.is_some() || open.any(|item| item.schedule.due.is_some()) {
        return None;
    }
    let without = partner.leaves().filter(|item| item.status.is_open()).count();
    let text = quote(&first.text);
    let reason = match without {
        1 => format!("the one open item has no due date: {text}"),
        many => format!("none of the {many} open items has a due date; the first is {text}"),
    };
    Some((Health::Unscheduled, reason))
}

fn blocked(partner: &Partner) -> Option<(Health, String)> {
    let waiting: Vec<&Item> = partner.leaves().filter(|item| is_blocked(item)).collect();
    let first = waiting.first()?;
    // The text may say why itself; a shortened one may not.
    let quoted = quote(&first.text);
    let why = first.blocked_reason.as_ref().filter(|why| !quoted.contains(why.as_str()));
    let why = why.map_or_else(String::new, |why| format!(" ({why})"));
    let count = items(waiting.len());
    Some((Health::AtRisk, format!("{count} blocked: {quoted}{why}")))
}

/// Blocked work that somebody expects to be done: not put off, and not on hold.
fn is_blocked(item: &Item) -> bool {
    let expected =
        item.status.is_open() && !matches!(item.status, Status::Deferred | Status::OnHold);
    item.state == State::Blocked && expected
}

fn stalled(
    partner: &Partner,
    last: Date,
    today: Date,
    config: &Config,
) -> Option<(Health, String)> {
    let days = today.days_since(last);
    if days < i64::from(config.stall_days) {
        return None;
    }
    let waiting = partner.leaves().find(|item| {
        let working = matches!(item.status, Status::Overdue | Status::DueSoon | Status::Active);
        working && item.schedule.opens.is_none_or(|opens| opens <= today)
    })?;
    let days = count(days, "day");
    let text = quote(&waiting.text);
    Some((
        Health::AtRisk,
        format!("nothing moved for {days}, since {last}, with {text} to be done"),
    ))
}

fn behind(partner: &Partner, today: Date, config: &Config) -> Option<(Health, String)> {
    let horizon = today.plus_days(i64::from(config.due_soon_days)).unwrap_or(today);
    let expected = |item: &&Item| {
        let due = item.schedule.due.is_some_and(|due| due <= horizon);
        due && !matches!(item.status, Status::Waived | Status::Deferred | Status::OnHold)
    };
    let planned: Vec<&Item> = partner.leaves().filter(expected).collect();
    let missing: Vec<&&Item> = planned.iter().filter(|item| item.status != Status::Done).collect();
    let first = missing.iter().min_by_key(|item| item.schedule.due)?;
    if 100 * missing.len() <= config.at_risk_gap as usize * planned.len() {
        return None;
    }
    let (lacking, all) = (missing.len(), items(planned.len()));
    let gap = 100 * lacking / planned.len();
    let text = quote(&first.text);
    let reason = format!(
        "{lacking} of {all} due by {horizon} not done ({gap} %, more than {} %), first {text}",
        config.at_risk_gap,
    );
    Some((Health::AtRisk, reason))
}

fn on_track(partner: &Partner) -> String {
    let progress = partner.progress;
    let done = format!("{} of {} done", progress.done, items(progress.done + progress.open));
    let next = partner
        .leaves()
        .filter(|item| item.status.is_open() && item.schedule.due == partner.next_due)
        .find_map(|item| Some((quote(&item.text), item.schedule.due?)));
    match next {
        Some((text, due)) => format!("{done}; next due {due}: {text}"),
        None => done,
    }
}

fn items(number: usize) -> String {
    match number {
        1 => "1 item".to_owned(),
        many => format!("{many} items"),
    }
}

fn count(number: i64, unit: &str) -> String {
    if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
}

/// A text in quotes, shortened to what a line can hold.
fn quote(text: &str) -> String {
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.truncate(short.trim_end().len());
        short.push('…');
    }
    format!("“{short}”")
}

//! How far checklists have parted from their templates, for people.

use super::phrase::Phrase;
use super::table::line::Line;
use super::{Style, markdown, paint, words};
use crate::report::{Basis, Drifted};

/// More of a kind than this is only counted.
const MOST: usize = 25;

/// What is told of a checklist: a headline, and a line for each thing.
fn told(one: &Drifted) -> (String, Vec<Phrase>) {
    let drift = &one.drift;
    let versions = match one.versions_behind {
        Some(0) => "made from the newest version".to_owned(),
        Some(many) => format!("{} behind", words::plural(many, "version")),
        None => "made from a version that history does not tell of".to_owned(),
    };
    let basis = match one.basis {
        Basis::Pinned => String::new(),
        Basis::Unpinned => {
            ", compared with the version most like it, since it names none".to_owned()
        }
        Basis::Unresolved => {
            ", compared with the version most like it, since the one it names is not here"
                .to_owned()
        }
    };
    let mut lines = Vec::new();
    let mut list = |phrases: Vec<Phrase>, of: &str| {
        let left = phrases.len().saturating_sub(MOST);
        lines.extend(phrases.into_iter().take(MOST));
        if left > 0 {
            lines.push(Phrase::new(format!("and {left} more {of}")));
        }
    };
    let lacking = drift.lacking.iter().map(|item| Phrase::new("lacks ").quote(&item.text));
    list(lacking.collect(), "that it lacks");
    let reworded = drift.reworded.iter().map(|item| {
        let phrase = Phrase::new("reworded in the template: ").quote(&item.before).words(" → ");
        let phrase = phrase.quote(&item.after);
        if item.touched { phrase.words(", and otherwise here: ").quote(&item.here) } else { phrase }
    });
    list(reworded.collect(), "that were reworded");
    let headings = drift.headings.iter().map(|heading| {
        let phrase = Phrase::new("heading changed in the template: ").quote(&heading.before);
        let phrase = phrase.words(" → ").quote(&heading.after);
        if heading.touched {
            phrase.words(", and otherwise here: ").quote(&heading.here)
        } else {
            phrase
        }
    });
    list(headings.collect(), "headings that changed");
    let gone =
        drift.gone.iter().map(|item| Phrase::new("no longer in the template: ").quote(&item.text));
    list(gone.collect(), "that the template no longer has");
    let removed =
        drift.removed_here.iter().map(|item| Phrase::new("taken out here: ").quote(&item.text));
    list(removed.collect(), "that were taken out");
    let own = drift.reworded_here.iter().map(|item| {
        Phrase::new("in other words here: ").quote(&item.after).words(" → ").quote(&item.here)
    });
    list(own.collect(), "in other words");
    let own = drift.own.iter().map(|item| Phrase::new("only here: ").quote(&item.text));
    list(own.collect(), "that are only here");
    (format!("{versions}{basis}"), lines)
}

fn total(all: &[Drifted]) -> String {
    let behind = all.iter().filter(|one| one.drift.is_behind()).count();
    let checklists = words::plural(all.len(), "checklist");
    match behind {
        0 => format!("{checklists} with a template, none of them behind"),
        behind => {
            format!("{behind} of {checklists} behind; `mdboard sync --diff` shows what would come")
        }
    }
}

/// For a terminal.
pub fn table(all: &[Drifted], style: &Style) -> String {
    let mut out = String::new();
    for one in all {
        let (headline, lines) = told(one);
        let head = Line::new(paint::PLAIN, "").then_shrinking(paint::PARTNER, one.path.as_str());
        let head =
            head.then(paint::DIM, " from ").then_shrinking(paint::PLAIN, one.template.as_str());
        head.fit(style.width).write(style, &mut out);
        let color = if one.drift.is_behind() { paint::LATE } else { paint::DIM };
        Line::new(paint::PLAIN, "  ").then(color, headline).fit(style.width).write(style, &mut out);
        for phrase in lines {
            let line = Line::new(paint::PLAIN, "    ").then_phrase(&phrase, paint::PLAIN);
            line.wrap(style.width, 6, 3).into_iter().for_each(|line| line.write(style, &mut out));
        }
        out.push('\n');
    }
    Line::new(paint::DIM, total(all)).fit(style.width).write(style, &mut out);
    out
}

/// For a wiki or a job summary.
pub fn markdown(all: &[Drifted]) -> String {
    let mut out = String::new();
    for one in all {
        let (headline, lines) = told(one);
        let (path, template) = (one.path.as_str(), one.template.as_str());
        let (path, template) = (markdown::text(path), markdown::text(template));
        out.push_str(&format!("- **{path}** from {template}: {headline}\n"));
        for phrase in lines {
            out.push_str(&format!("  - {}\n", markdown::phrase(&phrase)));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    format!("{out}{}\n", total(all))
}

//! `mdboard log`: what happened, as a story.

use super::line::Line;
use super::paint;
use crate::board::Board;
use crate::model::event::Event;
use crate::render::Style;
use crate::render::story::{self, Scene};

/// How far what has no room in a deed's first line is indented.
const HANG: usize = 8;
/// How many lines a deed may take.
const LINES: usize = 3;

/// The story of events that are given newest first.
pub fn log(board: &Board, events: &[&Event], style: &Style) -> String {
    let mut out = String::new();
    for chapter in story::Teller::new(board).tell(events) {
        Line::new(paint::BOLD, &chapter.title).write(style, &mut out);
        chapter.scenes.iter().for_each(|scene| write(scene, style, &mut out));
        out.push('\n');
    }
    for line in story::epilogue(board, events) {
        write_wrapped(Line::new(paint::DIM, line), 2, style, &mut out);
    }
    out
}

fn write(scene: &Scene, style: &Style, out: &mut String) {
    let who = Line::new(paint::PLAIN, "  ").then_phrase(&scene.who, paint::PLAIN);
    let who = match &scene.commits {
        None => who,
        Some(commits) => who.then(paint::DIM, " · ").then(paint::COMMIT, commits.words()),
    };
    write_wrapped(who, 6, style, out);
    for (partner, deed) in &scene.deeds {
        let deed = Line::new(paint::PLAIN, "    ")
            .then_shrinking(paint::PARTNER, &partner.0)
            .then(paint::PLAIN, ": ")
            .then_phrase(deed, paint::PLAIN);
        write_wrapped(deed, HANG, style, out);
    }
}

fn write_wrapped(line: Line, hang: usize, style: &Style, out: &mut String) {
    line.wrap(style.width, hang, LINES).into_iter().for_each(|line| line.write(style, out));
}

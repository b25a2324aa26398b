//! A badge: how far a partner is, or all are, and how that looks.

use maud::html;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::phrase::clipped;
use super::{escape, words};
use crate::board::{Board, Partner};
use crate::model::Health;

/// How wide a character is drawn, in pixels: the font is given, its room is not.
const CHARACTER: usize = 7;
/// A longer name is cut.
const LONGEST: usize = 40;

/// What a badge says.
struct Badge {
    label: String,
    message: String,
    health: Option<Health>,
}

fn badge(board: &Board, partner: Option<&Partner>) -> Badge {
    let (label, progress, health) = match partner {
        Some(partner) => (partner.name.as_str(), partner.progress, Some(partner.health)),
        None => {
            let worst = board.by_need().first().map(|partner| partner.health);
            ("partners", board.progress(), worst)
        }
    };
    let percent = progress.percent().map(|percent| format!("{percent} %"));
    let health_words = health.map(words::health);
    let told: Vec<String> = percent.into_iter().chain(health_words.map(str::to_owned)).collect();
    let label = clipped(escape::terminal(label).trim(), LONGEST);
    Badge { label, message: told.join(", "), health }
}

/// The colour behind the message: dark enough for white words.
fn color(health: Option<Health>) -> &'static str {
    match health {
        Some(Health::Overdue) => "#b3261e",
        Some(Health::AtRisk) => "#8a4b00",
        Some(Health::OnTrack | Health::Complete) => "#1b6b3a",
        Some(Health::Planned) => "#2458a6",
        Some(Health::Unscheduled | Health::OnHold | Health::Cancelled) | None => "#56606a",
    }
}

/// The badge as an image.
pub(super) fn svg(board: &Board, partner: Option<&Partner>) -> String {
    let Badge { label, message, health } = badge(board, partner);
    let width = |text: &str| text.width() * CHARACTER + 12;
    let (left, right) = (width(&label), width(&message));
    let told = format!("{label}: {message}");
    let image = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(left + right) height="20" role="img" aria-label=(told) {
            title { (told) }
            rect width=(left + right) height="20" rx="3" fill=(color(health)) {}
            path d={ "M3 0H" (left) "V20H3A3 3 0 0 1 0 17V3A3 3 0 0 1 3 0Z" } fill="#3d444d" {}
            g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" {
                text x=(left / 2) y="14" { (label) }
                text x=(left + right / 2) y="14" { (message) }
            }
        }
    };
    format!("{}\n", image.into_string())
}

/// The same as [shields.io](https://shields.io/badges/endpoint-badge) asks for it.
pub(super) fn endpoint(board: &Board, partner: Option<&Partner>) -> String {
    let Badge { label, message, health } = badge(board, partner);
    let badge = json!({
        "schemaVersion": 1,
        "label": label,
        "message": message,
        "color": color(health),
    });
    format!("{badge:#}\n")
}

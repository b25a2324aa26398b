//! The words for how things stand: an item's state and status, a partner's status and health.

use serde::{Deserialize, Serialize};

/// What the author of an item wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum State {
    /// `[ ]`.
    Open,
    /// `[/]`.
    InProgress,
    /// `[!]`, or an open item that says what it waits for.
    Blocked,
    /// Put off on purpose.
    Deferred,
    /// `[x]`.
    Done,
    /// Given up.
    Cancelled,
    /// `[N/A]`, `(N/A)` or struck through.
    NotApplicable,
}

impl State {
    /// Every state, in the order of the documentation.
    pub const ALL: [State; 7] = [
        State::Open,
        State::InProgress,
        State::Blocked,
        State::Deferred,
        State::Done,
        State::Cancelled,
        State::NotApplicable,
    ];

    /// The name in configuration and JSON.
    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::InProgress => "in_progress",
            State::Blocked => "blocked",
            State::Deferred => "deferred",
            State::Done => "done",
            State::Cancelled => "cancelled",
            State::NotApplicable => "not_applicable",
        }
    }

    /// Cancelled or not applicable: out of the denominator.
    pub fn is_waived(self) -> bool {
        matches!(self, State::Cancelled | State::NotApplicable)
    }
}

/// What an item means today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Due before today.
    Overdue,
    /// Due within the next days.
    DueSoon,
    /// Its window is open.
    Active,
    /// Its window has not opened.
    Upcoming,
    /// Without a due date.
    Unscheduled,
    /// Put off on purpose.
    Deferred,
    /// Its checklist is on hold.
    OnHold,
    /// Done.
    Done,
    /// Cancelled or not applicable.
    Waived,
}

impl Status {
    /// Every status; a parent takes the first of these that one of its leaves has.
    pub const ALL: [Status; 9] = [
        Status::Overdue,
        Status::DueSoon,
        Status::Active,
        Status::Upcoming,
        Status::Unscheduled,
        Status::Deferred,
        Status::OnHold,
        Status::Done,
        Status::Waived,
    ];

    /// The name in filters and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Overdue => "overdue",
            Status::DueSoon => "due_soon",
            Status::Active => "active",
            Status::Upcoming => "upcoming",
            Status::Unscheduled => "unscheduled",
            Status::Deferred => "deferred",
            Status::OnHold => "on_hold",
            Status::Done => "done",
            Status::Waived => "waived",
        }
    }

    /// Neither done nor waived.
    pub fn is_open(self) -> bool {
        !matches!(self, Status::Done | Status::Waived)
    }
}

/// The `status` key of a front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartnerStatus {
    /// Work goes on.
    Active,
    /// Work has not begun.
    Planned,
    /// Work rests.
    OnHold,
    /// Work is over.
    Complete,
    /// Work was given up.
    Cancelled,
}

impl PartnerStatus {
    /// Every value.
    pub const ALL: [PartnerStatus; 5] = [
        PartnerStatus::Active,
        PartnerStatus::Planned,
        PartnerStatus::OnHold,
        PartnerStatus::Complete,
        PartnerStatus::Cancelled,
    ];

    /// The name in front matter and JSON.
    pub fn name(self) -> &'static str {
        match self {
            PartnerStatus::Active => "active",
            PartnerStatus::Planned => "planned",
            PartnerStatus::OnHold => "on_hold",
            PartnerStatus::Complete => "complete",
            PartnerStatus::Cancelled => "cancelled",
        }
    }
}

/// How a partner is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// Something that is not optional is overdue.
    Overdue,
    /// Blocked, stalled or behind the plan.
    AtRisk,
    /// Open work, and none of it has a due date.
    Unscheduled,
    /// Nothing to worry about.
    OnTrack,
    /// Work has not begun.
    Planned,
    /// Work rests.
    OnHold,
    /// Nothing is open.
    Complete,
    /// All was waived, or the front matter says so.
    Cancelled,
}

impl Health {
    /// Every health, the one that needs most attention first.
    pub const ALL: [Health; 8] = [
        Health::Overdue,
        Health::AtRisk,
        Health::Unscheduled,
        Health::OnTrack,
        Health::Planned,
        Health::OnHold,
        Health::Complete,
        Health::Cancelled,
    ];

    /// The name in filters and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Health::Overdue => "overdue",
            Health::AtRisk => "at_risk",
            Health::Unscheduled => "unscheduled",
            Health::OnTrack => "on_track",
            Health::Planned => "planned",
            Health::OnHold => "on_hold",
            Health::Complete => "complete",
            Health::Cancelled => "cancelled",
        }
    }
}

/// How urgent an item is, from `🔺⏫🔼🔽⏬`, or `(A)` to `(C)` where a board switches that on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Priority {
    /// 🔺
    Highest,
    /// ⏫, `(A)`
    High,
    /// 🔼, `(B)`
    Medium,
    /// 🔽, `(C)`
    Low,
    /// ⏬
    Lowest,
}

impl Priority {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Priority::Highest => "highest",
            Priority::High => "high",
            Priority::Medium => "medium",
            Priority::Low => "low",
            Priority::Lowest => "lowest",
        }
    }
}

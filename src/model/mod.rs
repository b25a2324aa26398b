//! The plain types that the layers pass to each other. No logic beyond what a type is.

pub mod commit;
pub mod diagnostic;
pub mod document;
pub mod draft;
pub mod event;
pub mod history;
pub mod name;
pub mod schedule;
pub mod status;

pub use commit::{BlobId, Commit, CommitId, Person};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use document::{Document, FrontMatter, Item, Section};
pub use draft::{Draft, Signed};
pub use event::{Event, EventKind, Precision};
pub use name::{ItemId, PartnerId, RepoPath, joined, pinned};
pub use schedule::{DueSpec, Point, WindowSpec};
pub use status::{Health, PartnerStatus, Priority, State, Status};

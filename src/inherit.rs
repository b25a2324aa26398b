//! What a checklist takes from around it: the defaults of the `README.md` files beside and above
//! it, and the owners of the headings and items around an item.

use std::sync::Arc;

use crate::dates::Date;
use crate::model::{Document, FrontMatter, Item, PartnerStatus, RepoPath};
use crate::schedule::Basis;
use crate::source::Line;

/// The file whose front matter gives defaults to the checklists beside and below it.
pub const README: &str = "README.md";

/// The `README.md` files that may give a file its defaults, the nearest first: the one beside it,
/// and those in the folders around it that belong to the same partner. `root` tells a file's
/// partner by what tells partners apart. A file gives itself none.
pub fn readmes(path: &RepoPath, root: impl Fn(&RepoPath) -> Option<RepoPath>) -> Vec<RepoPath> {
    let own = root(path);
    let folders = std::iter::successors(Some(path.folder()), |folder| {
        folder.rsplit_once('/').map(|(above, _)| above)
    });
    let readmes = folders.map(|folder| match folder {
        "" => RepoPath::new(README),
        folder => RepoPath::new(format!("{folder}/{README}")),
    });
    let theirs = |readme: &RepoPath| readme.folder() == path.folder() || root(readme) == own;
    readmes.take_while(theirs).filter(|readme| readme != path).collect()
}

/// The start date that a file names and its line, where that lies after today and the checklist's
/// status says that work is going on. It makes everything upcoming: worth a word where nobody planned
/// it.
pub fn future_start(
    own: &FrontMatter,
    status: Option<PartnerStatus>,
    today: Date,
) -> Option<(Date, Line)> {
    let is_working = status.is_none_or(|status| status == PartnerStatus::Active);
    own.start_date.filter(|(start, _)| *start > today && is_working)
}

/// The front matters that say something about one checklist.
#[derive(Clone, Debug, Default)]
pub struct Surroundings<'a> {
    /// The checklist's own.
    pub own: Option<&'a FrontMatter>,
    /// Those of the `README.md` beside it and in the folders around it up to the partner's, the
    /// nearest first. Empty for what stands in such a `README.md` itself and nowhere above it.
    pub readmes: Vec<&'a FrontMatter>,
    /// The day the checklist first landed on the mainline, if known.
    pub landed: Option<Date>,
}

/// What a start date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartSource {
    /// The checklist's front matter.
    FrontMatter,
    /// The front matter of a `README.md` beside or above it.
    Partner,
    /// The day the checklist first landed: derived, nobody wrote it.
    FirstCommit,
}

impl StartSource {
    /// The name in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            StartSource::FrontMatter => "front_matter",
            StartSource::Partner => "partner",
            StartSource::FirstCommit => "first_commit",
        }
    }
}

/// What an owner comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerSource {
    /// The item's own text.
    Item,
    /// An item around it.
    Parent,
    /// A heading around it.
    Heading,
    /// The checklist's front matter.
    FrontMatter,
    /// The partner.
    Partner,
}

impl OwnerSource {
    /// The name in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            OwnerSource::Item => "item",
            OwnerSource::Parent => "parent",
            OwnerSource::Heading => "heading",
            OwnerSource::FrontMatter => "front_matter",
            OwnerSource::Partner => "partner",
        }
    }
}

/// The owners of an item and what they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership {
    /// The owners, without `@`; empty when nobody owns the item. Items that take them from one
    /// place share them.
    pub names: Arc<[String]>,
    /// What they come from; `None` when nobody owns the item.
    pub source: Option<OwnerSource>,
}

/// The owners of an item where they are written, and what that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Owners<'a> {
    /// As in [`Ownership`].
    pub names: &'a [String],
    /// As in [`Ownership`].
    pub source: Option<OwnerSource>,
}

impl<'a> Surroundings<'a> {
    /// The checklist's start date and what it comes from.
    pub fn start(&self) -> Option<(Date, StartSource)> {
        let own = self.own.and_then(|own| own.start_date);
        let readme = || self.first(|front_matter| front_matter.start_date);
        own.map(|(day, _)| (day, StartSource::FrontMatter))
            .or_else(|| readme().map(|(day, _)| (day, StartSource::Partner)))
            .or_else(|| self.landed.map(|day| (day, StartSource::FirstCommit)))
    }

    /// What the checklist's relative dates count from.
    pub fn basis(&self) -> Basis {
        let own = self.own.and_then(|own| own.due).map(|(due, line)| (due, Some(line)));
        let readme = || self.first(|front_matter| front_matter.due).map(|(due, _)| (due, None));
        Basis { start: self.start().map(|(day, _)| day), due: own.or_else(readme) }
    }

    /// The checklist's status: its own, else the nearest default.
    pub fn status(&self) -> Option<PartnerStatus> {
        let own = self.own.and_then(|own| own.status);
        own.or_else(|| self.first(|front_matter| front_matter.status))
    }

    /// The checklist's owners: its own, else the nearest default.
    pub fn checklist_owners(&self) -> Vec<String> {
        let named = |front_matter: &'a FrontMatter| {
            (!front_matter.owners.is_empty()).then(|| front_matter.owners.clone())
        };
        let own = self.own.and_then(named);
        own.or_else(|| self.first(named)).unwrap_or_default()
    }

    /// The checklist's type: its own, else the nearest default.
    pub fn kind(&self) -> Option<String> {
        let own = self.own.and_then(|own| own.kind.clone());
        own.or_else(|| self.first(|front_matter| front_matter.kind.clone()))
    }

    /// The partner's name, as the checklist or the nearest default gives it.
    pub fn partner_name(&self) -> Option<String> {
        let own = self.own.and_then(|own| own.partner.clone());
        own.or_else(|| self.first(|front_matter| front_matter.partner.clone()))
    }

    /// The checklist's tags: its own, else the nearest default.
    pub fn tags(&self) -> Vec<String> {
        let tagged = |front_matter: &'a FrontMatter| {
            (!front_matter.tags.is_empty()).then(|| front_matter.tags.clone())
        };
        let own = self.own.and_then(tagged);
        own.or_else(|| self.first(tagged)).unwrap_or_default()
    }

    /// Who owns an item of the checklist.
    pub fn owners<'d>(&self, document: &'d Document, item: &'d Item) -> Owners<'d>
    where
        'a: 'd,
    {
        let own = |item: &'d Item| (!item.owners.is_empty()).then_some(&item.owners[..]);
        let found = |names, source| Owners { names, source: Some(source) };
        if let Some(names) = own(item) {
            return found(names, OwnerSource::Item);
        }
        if let Some(names) = document.items_around(item).find_map(own) {
            return found(names, OwnerSource::Parent);
        }
        let mut sections = document.sections_around(item.section);
        if let Some(section) = sections.find(|section| !section.owners.is_empty()) {
            return found(&section.owners, OwnerSource::Heading);
        }
        if let Some(own) = self.own.filter(|own| !own.owners.is_empty()) {
            return found(&own.owners, OwnerSource::FrontMatter);
        }
        match self.readmes.iter().find(|readme| !readme.owners.is_empty()) {
            Some(readme) => found(&readme.owners, OwnerSource::Partner),
            None => Owners::default(),
        }
    }

    /// Who owns each item of the checklist.
    pub fn ownerships(&self, document: &Document) -> Vec<Ownership> {
        let mut last: (&[String], Arc<[String]>) = Default::default();
        let items = document.items.iter().map(|item| {
            let Owners { names, source } = self.owners(document, item);
            // Mostly the item before takes them from the same place.
            if !std::ptr::eq(last.0, names) {
                last = (names, names.into());
            }
            Ownership { names: last.1.clone(), source }
        });
        items.collect()
    }

    fn first<T>(&self, get: impl Fn(&'a FrontMatter) -> Option<T>) -> Option<T> {
        self.readmes.iter().find_map(|readme| get(readme))
    }
}

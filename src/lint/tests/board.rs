//! A board of some files in memory.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::config::scope::Scope;
use crate::dates::Date;
use crate::lint::project::{Entry, Input, Past, Project, Source, Tree};
use crate::lint::rule::Example;
use crate::lint::select::{Asked, Selection};
use crate::model::RepoPath;
use crate::parse::Options;

/// Where the files stand that a test brings: a template, a checklist and its partner's `README.md`.
pub(super) const PATHS: [&str; 3] = [
    "templates/onboarding.md",
    "partners/brackenferry/onboarding.md",
    "partners/brackenferry/README.md",
];

/// What stands beside them.
const BESIDE: &str = "templates/kickoff.md";

/// A configuration in which every rule has something to do.
const CONFIG: &str = "\
[states]
\"-\" = \"cancelled\"
\">\" = \"deferred\"

[lint]
owners = [\"ana\", \"ben\"]

[lint.checklists]
required = [\"title\"]
";

/// Files and what is known of them.
pub(super) struct Board {
    files: Vec<(RepoPath, Vec<u8>)>,
    config: Config,
    scope: Scope,
    options: Options,
}

impl Board {
    /// A board of a template, a checklist and a `README.md` with some contents.
    pub(super) fn new(contents: &[Vec<u8>; 3]) -> Board {
        let files = PATHS.iter().zip(contents);
        let mut files: Vec<(RepoPath, Vec<u8>)> =
            files.map(|(path, bytes)| (RepoPath::new(*path), bytes.clone())).collect();
        files.push((RepoPath::new(BESIDE), b"---\ntitle: Kickoff\n---\n\n- [ ] Agenda\n".into()));
        let path = RepoPath::new("mdboard.toml");
        let config = Config::parse(&path, CONFIG).expect("the configuration is right");
        let scope =
            Scope::new("", &config.partners, &config.templates).expect("the globs are right");
        let options = Options::of(&config).expect("the globs are right");
        Board { files, config, scope, options }
    }

    /// Its files, read.
    pub(super) fn read(&self) -> Project<'_> {
        let source = |(path, bytes): &(RepoPath, Vec<u8>)| Source {
            path: path.clone(),
            bytes: bytes.clone(),
            is_asked: true,
        };
        Project::read(Input {
            sources: self.files.iter().map(source).collect(),
            config: &self.config,
            scope: &self.scope,
            root: "",
            options: &self.options,
            today: Example::TODAY.parse().expect("a day"),
            tree: self,
            past: self,
            found: Vec::new(),
            ignored: Vec::new(),
            config_path: Some(RepoPath::new("mdboard.toml")),
            progress: &|_, _| (),
        })
    }

    /// All rules there are.
    pub(super) fn all_rules(&self) -> Selection {
        let asked = Asked { select: vec!["all".to_owned()], ..Asked::default() };
        Selection::new(&self.config.lint, &asked, "").expect("the name is known")
    }
}

impl Tree for Board {
    fn entry(&self, path: &str) -> Option<Entry> {
        let mut files = self.files.iter().map(|(file, _)| file.as_str());
        let folder = format!("{path}/");
        files.find_map(|file| match file {
            _ if file == path => Some(Entry::File),
            _ => (path.is_empty() || file.starts_with(&folder)).then_some(Entry::Folder),
        })
    }

    fn text(&self, path: &str) -> Option<String> {
        let (_, bytes) = self.files.iter().find(|(file, _)| file.as_str() == path)?;
        String::from_utf8(bytes.clone()).ok()
    }
}

impl Past for Board {
    fn last_changed(&self, files: &[&RepoPath]) -> BTreeMap<RepoPath, Date> {
        let day: Date = Example::TODAY.parse().expect("a day");
        files.iter().map(|path| ((*path).clone(), day)).collect()
    }

    fn version(&self, path: &RepoPath, id: &str) -> Option<Vec<u8>> {
        (path.as_str() == BESIDE && id == "0a1b2c3").then(|| b"- [ ] Agenda of old\n".into())
    }
}

//! Writing a new repository from commits that are made up. A repository that is there already is
//! never written to.

use std::io::Write as _;
use std::path::Path;

use git2::build::{CheckoutBuilder, TreeUpdateBuilder};
use git2::{
    FileMode, Mempack, ObjectType, Odb, Oid, Repository, RepositoryInitOptions, Signature, Time,
    Tree,
};

use super::Error;
use crate::model::{CommitId, Draft, Signed};

/// After this many new objects, or bytes of new contents, they are written as a pack.
const PACK_OBJECTS: usize = 60_000;
const PACK_BYTES: usize = 192 * 1024 * 1024;
/// The object store in memory is asked before the one on disk.
const FIRST: i32 = 1000;
/// The branch that is written.
const MAIN: &str = "main";

/// A repository that is being written. Objects are gathered in memory and written as packs.
pub struct Writer<'r> {
    repository: &'r Repository,
    odb: Odb<'r>,
    memory: Mempack<'r>,
    commits: Vec<Oid>,
    /// The newest commit of the branch.
    tip: Option<Oid>,
    new: Vec<Oid>,
    bytes: usize,
}

/// Makes a new repository in a folder, which need not exist, and lets `work` write commits into it.
/// In the end the newest mainline commit is checked out. What is there after an error is of no use.
pub fn create<T, E: From<Error>>(
    folder: &Path,
    work: impl FnOnce(&mut Writer<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let repository = new_repository(folder).map_err(failed)?;
    let odb = repository.odb().map_err(failed)?;
    let result = {
        let memory = odb.add_new_mempack_backend(FIRST).map_err(failed)?;
        let mut writer = Writer {
            repository: &repository,
            odb: repository.odb().map_err(failed)?,
            memory,
            commits: Vec::new(),
            tip: None,
            new: Vec::new(),
            bytes: 0,
        };
        let result = work(&mut writer)?;
        writer.pack()?;
        writer.point().map_err(failed)?;
        result
    };
    // A repository that knows the packs, and no memory.
    drop(odb);
    drop(repository);
    check_out(folder).map_err(failed)?;
    Ok(result)
}

fn failed(error: git2::Error) -> Error {
    Error::git("write the repository")(error)
}

fn new_repository(folder: &Path) -> Result<Repository, git2::Error> {
    let mut options = RepositoryInitOptions::new();
    options.initial_head(MAIN).external_template(false).no_reinit(true).mkpath(true);
    Repository::init_opts(folder, &options)
}

fn check_out(folder: &Path) -> Result<(), git2::Error> {
    let repository = Repository::open(folder)?;
    if !repository.is_empty()? {
        repository.checkout_head(Some(CheckoutBuilder::new().force()))?;
    }
    Ok(())
}

impl Writer<'_> {
    /// Writes the next commit and gives its id; `mainline` tells whether it stands on the branch
    /// itself.
    pub fn commit(&mut self, draft: &Draft, mainline: bool) -> Result<CommitId, Error> {
        let id = self.write(draft).map_err(failed)?;
        self.commits.push(id);
        if mainline {
            self.tip = Some(id);
        }
        if self.new.len() > PACK_OBJECTS || self.bytes > PACK_BYTES {
            self.pack()?;
        }
        let mut bytes = [0; 20];
        bytes.copy_from_slice(id.as_bytes());
        Ok(CommitId(bytes))
    }

    fn write(&mut self, draft: &Draft) -> Result<Oid, git2::Error> {
        let parent = |at: &usize| -> Result<_, git2::Error> {
            let id = self.commits.get(*at).copied();
            self.repository.find_commit(id.unwrap_or(Oid::ZERO_SHA1))
        };
        let parents = draft.parents.iter().map(parent).collect::<Result<Vec<_>, _>>()?;
        let before = match parents.first() {
            Some(parent) => parent.tree()?,
            None => {
                // Nothing will refer to it, so it goes into no pack.
                let empty = self.repository.treebuilder(None)?.write()?;
                self.repository.find_tree(empty)?
            }
        };
        let mut update = TreeUpdateBuilder::new();
        let mut changed = false;
        for (path, content) in &draft.changes {
            let path = path.as_str();
            let old = before.get_path(Path::new(path)).ok();
            match content {
                Some(content) => {
                    let id = self.odb.write(ObjectType::Blob, content)?;
                    self.new.push(id);
                    self.bytes += content.len();
                    update.upsert(path, id, FileMode::Blob);
                    changed = true;
                }
                None if old.is_some() => {
                    update.remove(path);
                    changed = true;
                }
                None => {}
            }
        }
        let tree = match changed {
            true => update.create_updated(self.repository, &before)?,
            false => before.id(),
        };
        let tree = self.repository.find_tree(tree)?;
        self.note_trees(&tree, draft)?;
        let author = signature(&draft.author)?;
        let committer = signature(&draft.committer)?;
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let message = &draft.message;
        let id = self.repository.commit(None, &author, &committer, message, &tree, &parents)?;
        self.new.push(id);
        Ok(id)
    }

    /// The trees on the way to what was changed are new.
    fn note_trees(&mut self, root: &Tree<'_>, draft: &Draft) -> Result<(), git2::Error> {
        self.new.push(root.id());
        for (path, _) in &draft.changes {
            let mut tree = root.clone();
            for folder in path.folder().split('/').filter(|folder| !folder.is_empty()) {
                let Some(id) = tree.get_name(folder).map(|entry| entry.id()) else { break };
                self.new.push(id);
                tree = self.repository.find_tree(id)?;
            }
        }
        Ok(())
    }

    /// Writes what is in memory as a pack.
    fn pack(&mut self) -> Result<(), Error> {
        if self.new.is_empty() {
            return Ok(());
        }
        self.write_pack().map_err(failed)?;
        self.memory.reset().map_err(failed)?;
        self.new.clear();
        self.bytes = 0;
        Ok(())
    }

    fn write_pack(&self) -> Result<(), git2::Error> {
        let mut builder = self.repository.packbuilder()?;
        builder.set_threads(0);
        for id in &self.new {
            builder.insert_object(*id, None)?;
        }
        let mut pack = self.odb.packwriter()?;
        let mut whole = true;
        builder.foreach(|part| {
            whole = pack.write_all(part).is_ok();
            whole
        })?;
        pack.commit()?;
        Ok(())
    }

    fn point(&self) -> Result<(), git2::Error> {
        if let Some(tip) = self.tip {
            let name = format!("refs/heads/{MAIN}");
            self.repository.reference(&name, tip, true, "new board")?;
        }
        Ok(())
    }
}

fn signature(signed: &Signed) -> Result<Signature<'static>, git2::Error> {
    let time = Time::new(signed.at.0, signed.offset);
    Signature::new(&signed.person.name, &signed.person.email, &time)
}

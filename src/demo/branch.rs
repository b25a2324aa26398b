//! One step of the team's work, on the mainline or on a branch, and how branches come back.

use std::sync::Arc;

use super::merge::merge;
use super::settle::{self, Shelf};
use super::team::{Team, Work, file_changes, heal};
use super::truth::Edit;

/// A branch: one partner's lists, on their own for a while.
pub(super) struct Branch {
    partner: usize,
    /// The mainline's version that it last had in common with the branch, and its commit.
    base: Shelf,
    forked: usize,
    shelf: Shelf,
    tip: usize,
    /// How many commits are still to be made on it, and whether it waits for long in between.
    left: usize,
    long: bool,
}

/// How many branches are open at a time, at most.
const MOST_BRANCHES: usize = 8;

/// What can be done to a partner's lists, and how likely each is beside the others.
const EDITS: [(Edit, u32); 17] = [
    (Edit::RewordLight, 12),
    (Edit::Insert, 8),
    (Edit::BornTicked, 12),
    (Edit::NearDuplicate, 5),
    (Edit::Remove, 5),
    (Edit::Replace, 2),
    (Edit::StateWord, 8),
    (Edit::Reorder, 5),
    (Edit::Move, 5),
    (Edit::MoveAcross, 3),
    (Edit::DueChange, 6),
    (Edit::OwnerChange, 5),
    (Edit::Rewrite, 1),
    (Edit::Renumber, 1),
    (Edit::RewordHeading, 1),
    (Edit::Rename, 1),
    (Edit::Prose, 8),
];

impl<E> Team<'_, E> {
    /// The next commit, or the next few.
    pub(super) fn step(&mut self) -> Result<(), E> {
        let habits = self.plan.habits;
        if !self.branches.is_empty() && self.desk.random.chance(0.4) {
            let at = self.desk.random.index(self.branches.len());
            if !self.branches[at].long || self.desk.random.chance(0.15) {
                return self.step_on_branch(at);
            }
        }
        // The more partners, the rarer somebody touches all of them at once.
        let everybody = 0.004 * habits.unrest * 12.0 / self.plan.partners.max(12) as f64;
        if self.desk.random.chance(everybody) {
            return self.mass_change();
        }
        let partner = self.busy_partner();
        if self.branches.len() < MOST_BRANCHES && self.desk.random.chance(habits.branch) {
            self.open_branch(partner);
            let last = self.branches.len() - 1;
            return self.step_on_branch(last);
        }
        let before = self.partners[partner].shelf.clone();
        let mut after = before.clone();
        self.desk.commit = self.truth.commits.len();
        let squash = self.desk.random.chance(habits.squash);
        let edit = if squash {
            // A list that goes and one that comes in one commit are one that was renamed, or items
            // that moved, to any reader; so a squash holds no more than one of either.
            let lists = after.lists.len();
            for _ in 0..3 {
                if after.lists.len() == lists {
                    self.edit(partner, &mut after);
                }
            }
            Edit::Squash
        } else {
            match self.edit_on_main(partner, &mut after) {
                Some(edit) => edit,
                None => return Ok(()),
            }
        };
        self.commit_on_main(partner, before, after, edit)?;
        self.remember(partner, edit);
        Ok(())
    }

    /// A partner, rather one where there is something to be ticked.
    fn busy_partner(&mut self) -> usize {
        let count = self.partners.len();
        let mut best = (0, self.desk.random.index(count));
        for _ in 0..3 {
            let at = self.desk.random.index(count);
            let ready = self.desk.ready(&self.partners[at].shelf).len();
            if ready > best.0 {
                best = (ready, at);
            }
        }
        best.1
    }

    /// What the last mainline commit did, for those who will want it undone.
    fn remember(&mut self, at: usize, edit: Edit) {
        let commit = self.truth.commits.len() - 1;
        let (ticked, trash) = (std::mem::take(&mut self.desk.ticked), self.desk.trash.take());
        let habits = self.plan.habits;
        if edit == Edit::Squash {
            return;
        }
        if edit == Edit::Tick {
            for (item, _) in &ticked {
                if self.desk.random.chance(habits.untick) {
                    self.partners[at].to_untick.push(*item);
                }
            }
            self.partners[at].ticked = Some((commit, ticked));
        }
        if let Some(trash) = trash {
            self.partners[at].trash = Some(trash);
        }
    }

    /// An edit that undoes an earlier one, or any edit.
    fn edit_on_main(&mut self, at: usize, shelf: &mut Shelf) -> Option<Edit> {
        let now = self.truth.commits.len();
        let to_untick = std::mem::take(&mut self.partners[at].to_untick);
        if !to_untick.is_empty() {
            return self.desk.untick(shelf, &to_untick);
        }
        if let Some(trash) = self.partners[at].trash.take()
            && self.desk.random.chance(0.35)
        {
            return self.desk.revert_removal(shelf, &trash);
        }
        if let Some((commit, ticked)) = self.partners[at].ticked.take()
            && now - commit < 20
            && self.desk.random.chance(0.015)
        {
            return self.desk.revert_tick(shelf, &ticked);
        }
        self.edit(at, shelf)
    }

    /// Any edit of a partner's lists.
    fn edit(&mut self, at: usize, shelf: &mut Shelf) -> Option<Edit> {
        self.desk.late = self.partners[at].pace.late();
        if shelf.lists.is_empty() {
            return self.next_list(at, shelf);
        }
        let ready = self.desk.ready(shelf).len();
        let calm = 1.0 / (1.0 + self.plan.habits.unrest);
        // Two of three commits with something to tick tick it.
        if ready > 0 && self.desk.random.chance(if ready > 2 { 0.4 + 0.5 * calm } else { 0.3 }) {
            return self.desk.tick(shelf, false);
        }
        if let Some(edit) = self.next_list(at, shelf) {
            return Some(edit);
        }
        let edit = self.desk.random.weighted(&EDITS)?;
        let desk = &mut self.desk;
        match edit {
            Edit::Insert => desk.insert(shelf, false),
            Edit::BornTicked => desk.insert(shelf, true),
            Edit::NearDuplicate => desk.near_duplicate(shelf),
            Edit::Remove => desk.remove(shelf),
            Edit::Replace => desk.replace(shelf),
            Edit::StateWord => desk.state_word(shelf),
            Edit::Reorder => desk.reorder(shelf),
            Edit::Move => desk.move_item(shelf),
            Edit::MoveAcross => desk.move_across(shelf),
            Edit::DueChange => desk.due_change(shelf),
            Edit::OwnerChange => desk.owner_change(shelf),
            Edit::Rewrite if desk.random.chance(self.plan.habits.unrest / 2.0) => {
                desk.rewrite(shelf)
            }
            Edit::Renumber => {
                let list = desk.any_list(shelf)?;
                Some(desk.renumber(shelf.list_mut(list.key)?))
            }
            Edit::RewordHeading => desk.reword_heading(shelf),
            Edit::Rename => {
                let list = desk.any_list(shelf)?;
                let number = desk.key();
                let list = shelf.list_mut(list.key)?;
                let (folder, _) = list.path.rsplit_once('/')?;
                list.path = format!("{folder}/plan-{number}.md");
                Some(Edit::Rename)
            }
            Edit::Prose if desk.random.chance(0.3) => desk.white_space(shelf),
            Edit::Prose => desk.prose(shelf),
            _ => desk.reword(shelf),
        }
    }

    /// Renames or renumbers the files of all partners in one commit.
    fn mass_change(&mut self) -> Result<(), E> {
        let commit = self.truth.commits.len();
        self.desk.commit = commit;
        let rename = self.desk.random.chance(0.6);
        let edit = if rename { Edit::MassRename } else { Edit::Renumber };
        let number = self.desk.random.between(1, 20);
        let mut changes = std::collections::BTreeMap::new();
        let mut landed = Vec::new();
        for at in 0..self.partners.len() {
            let before = self.partners[at].shelf.clone();
            let mut after = before.clone();
            for (order, list) in after.lists.iter_mut().map(Arc::make_mut).enumerate() {
                if rename {
                    let Some((folder, name)) = list.path.rsplit_once('/') else { continue };
                    let digits = |c: char| c.is_ascii_digit() || c == '-';
                    let bare = name.trim_start_matches(digits);
                    list.path = format!("{folder}/{:02}-{:02}-{bare}", number, order + 1);
                } else {
                    self.desk.renumber(list);
                }
            }
            settle::commit(&before, &mut after, commit, edit);
            changes.extend(file_changes(&before, &after));
            landed.push((at, before, after));
        }
        self.count();
        let message = if rename { "Number the checklists" } else { "Number the sections" };
        let parents = self.tip.into_iter().collect();
        let message = message.to_owned();
        self.emit(Work { parents, changes, edit, message, mainline: true })?;
        for (at, before, after) in landed {
            self.landed(at, &before, after);
        }
        Ok(())
    }

    fn open_branch(&mut self, partner: usize) {
        let long = self.desk.random.chance(self.plan.habits.long_branch);
        let base = self.partners[partner].shelf.clone();
        let tip = self.tip.unwrap_or(0);
        let most = if long { 6 } else { 3 };
        let left = 1 + self.desk.random.index(most);
        let shelf = base.clone();
        self.branches.push(Branch { partner, base, forked: tip, shelf, tip, left, long });
    }

    fn step_on_branch(&mut self, at: usize) -> Result<(), E> {
        if self.branches[at].left == 0 {
            let branch = self.branches.remove(at);
            return self.merge_branch(branch);
        }
        let mut branch = self.branches.remove(at);
        branch.left -= 1;
        if branch.long && branch.forked != self.tip.unwrap_or(0) && self.desk.random.chance(0.25) {
            self.take_in(&mut branch)?;
        } else if self.desk.random.chance(0.1) {
            self.branch_of_branch(&mut branch)?;
        } else {
            self.commit_on_branch(&mut branch)?;
        }
        self.branches.insert(at, branch);
        Ok(())
    }

    fn commit_on_branch(&mut self, branch: &mut Branch) -> Result<(), E> {
        let mut after = branch.shelf.clone();
        let commit = self.truth.commits.len();
        self.desk.commit = commit;
        let Some(edit) = self.edit(branch.partner, &mut after) else { return Ok(()) };
        heal(&mut after);
        settle::commit(&branch.shelf, &mut after, commit, edit);
        let changes = file_changes(&branch.shelf, &after);
        let message = self.message(branch.partner, edit);
        self.count();
        let parents = vec![branch.tip];
        branch.tip = self.emit(Work { parents, changes, edit, message, mainline: false })?;
        branch.shelf = after;
        Ok(())
    }

    /// A branch of a branch, and its way back there.
    fn branch_of_branch(&mut self, branch: &mut Branch) -> Result<(), E> {
        let fork = branch.tip;
        let mut inner = Branch {
            partner: branch.partner,
            base: branch.shelf.clone(),
            forked: branch.forked,
            shelf: branch.shelf.clone(),
            tip: branch.tip,
            left: 0,
            long: false,
        };
        self.commit_on_branch(&mut inner)?;
        self.commit_on_branch(branch)?;
        self.commit_on_branch(&mut inner)?;
        if inner.tip == fork || branch.tip == fork {
            // One of them had nothing to do: what there is, is the branch.
            if branch.tip == fork {
                (branch.tip, branch.shelf) = (inner.tip, inner.shelf);
            }
            return Ok(());
        }
        let mut after = merge(&inner.base, &branch.shelf, &inner.shelf);
        let commit = self.truth.commits.len();
        self.desk.commit = commit;
        settle::merge(&branch.shelf, &inner.shelf, &mut after, commit);
        let changes = file_changes(&branch.shelf, &after);
        let (edit, message) = (Edit::EvilMerge, "Merge branch 'review'".to_owned());
        self.count();
        let parents = vec![branch.tip, inner.tip];
        branch.tip = self.emit(Work { parents, changes, edit, message, mainline: false })?;
        branch.shelf = after;
        Ok(())
    }

    /// Brings a branch up to what the mainline has become.
    fn take_in(&mut self, branch: &mut Branch) -> Result<(), E> {
        let main = self.partners[branch.partner].shelf.clone();
        let mut after = merge(&branch.base, &branch.shelf, &main);
        let commit = self.truth.commits.len();
        self.desk.commit = commit;
        settle::merge(&branch.shelf, &main, &mut after, commit);
        // What happened elsewhere on the mainline comes along.
        let mut changes = std::collections::BTreeMap::new();
        let from = self.journal.partition_point(|(number, _)| *number <= branch.forked);
        for path in self.journal[from..].iter().flat_map(|(_, paths)| paths) {
            changes.insert(path.clone(), self.files.get(path).cloned());
        }
        for list in branch.shelf.lists.iter().chain(&main.lists) {
            changes.insert(list.path.clone(), None);
        }
        for list in &after.lists {
            changes.insert(list.path.clone(), Some(list.render().0.into_bytes().into()));
        }
        let Some(tip) = self.tip else { return Ok(()) };
        let (edit, message) = (Edit::EvilMerge, "Merge branch 'main'".to_owned());
        self.count();
        let parents = vec![branch.tip, tip];
        branch.tip = self.emit(Work { parents, changes, edit, message, mainline: false })?;
        branch.shelf = after;
        branch.base = main;
        branch.forked = tip;
        Ok(())
    }

    fn merge_branch(&mut self, branch: Branch) -> Result<(), E> {
        let Some(tip) = self.tip else { return Ok(()) };
        if branch.tip == branch.forked {
            return Ok(());
        }
        let at = branch.partner;
        let ours = self.partners[at].shelf.clone();
        let mut after = merge(&branch.base, &ours, &branch.shelf);
        let commit = self.truth.commits.len();
        self.desk.commit = commit;
        let evil = self.desk.random.chance(self.plan.habits.evil_merge);
        if evil && !after.lists.is_empty() {
            self.desk.late = self.partners[at].pace.late();
            let _ = match self.desk.random.index(3) {
                0 => self.desk.tick(&mut after, false),
                1 => self.desk.insert(&mut after, true),
                _ => self.desk.reword(&mut after),
            };
        }
        heal(&mut after);
        settle::merge(&ours, &branch.shelf, &mut after, commit);
        let changes = file_changes(&ours, &after);
        let name = self.partners[at].slug.clone();
        let (edit, message) = (Edit::EvilMerge, format!("Merge branch '{name}'"));
        self.count();
        let parents = vec![tip, branch.tip];
        self.emit(Work { parents, changes, edit, message, mainline: true })?;
        self.landed(at, &ours, after);
        self.desk.ticked.clear();
        self.desk.trash = None;
        if self.branches.is_empty() {
            self.journal.clear();
        }
        Ok(())
    }

    /// Everything that was begun comes home.
    pub(super) fn close_branches(&mut self) -> Result<(), E> {
        while let Some(branch) = self.branches.pop() {
            self.merge_branch(branch)?;
        }
        Ok(())
    }
}

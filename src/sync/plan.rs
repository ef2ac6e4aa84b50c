//! Plans what a sync will do, before anything is done.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::entry::EntryId;
use crate::journal::JournalFile;
use crate::seal::Damage;

use super::commit::FILE;
use super::merge::{self, Oid, Tree};

/// A commit and its files.
#[derive(Debug, Default)]
pub struct Side {
    /// The commit; `None` where there is none yet.
    pub tip: Option<Oid>,
    /// What it holds.
    pub tree: Tree,
}

/// The two sides, their common base, and the journal's folder.
#[derive(Debug, Default)]
pub struct MergeInputs {
    /// The last commit that is part of both.
    pub base: Side,
    /// The branch here.
    pub ours: Side,
    /// The remote's.
    pub theirs: Side,
    /// Could the remote be reached, so that `theirs` is what it has now?
    pub is_reached: bool,
    /// The journal's path in the repository, with a slash at the end.
    pub prefix: String,
    /// The journal's folder.
    pub folder: FolderView,
    /// Files of the repository whose bytes have been checked, and the bytes to keep there
    /// under that name: `None` to keep nothing.
    pub settled: BTreeMap<JournalFile, Option<Oid>>,
}

/// What is in the journal's folder.
#[derive(Debug, Default)]
pub struct FolderView {
    /// Every file, by its own name.
    pub present: BTreeSet<JournalFile>,
    /// Present and not intact; perhaps so once copying has finished.
    pub broken: HashSet<JournalFile>,
}

/// What the revisions that open and the history say of files, wherever these are.
#[derive(Debug, Default)]
pub struct FileVerdicts {
    /// Replaced, as an opened revision says.
    pub replaced: HashSet<JournalFile>,
    /// Removed from the remote, which has a later file of the same entry.
    pub outdated: BTreeSet<JournalFile>,
    /// Removed here in favour of a later file of the same entry, as far as names tell. They
    /// aren't received, and stay in the repository until the key says that they're replaced.
    pub withdrawn: BTreeSet<JournalFile>,
    /// Entries that one device deleted and another edited, which keeps them; with the id that
    /// they have in another month, if they were moved there.
    pub undeleted: BTreeMap<EntryId, Option<EntryId>>,
}

impl MergeInputs {
    /// Does any of the three commits have a file of this name?
    pub fn has_bytes(&self, file: &JournalFile) -> bool {
        let sides = [&self.base, &self.ours, &self.theirs];
        sides.iter().any(|side| side.tree.entries.contains_key(file))
    }

    /// The bytes to keep in the repository for a file whose bytes there are no entry.
    pub fn oid_to_keep(&self, file: &JournalFile, why: &Damage) -> Option<Oid> {
        let of = |side: &Side| side.tree.entries.get(file).cloned();
        // Unless the remote was reached, the file may have been removed there; and a file
        // that was too large to read may be an entry.
        let keeps_ours = *why == Damage::TooLarge || !self.is_reached;
        of(&self.theirs).or_else(|| of(&self.ours).filter(|_| keeps_ours))
    }

    /// Did they change files outside the journal? Those are the user's to merge.
    pub fn has_changes_outside(&self) -> bool {
        let [base, ours, theirs] = [&self.base, &self.ours, &self.theirs].map(|side| &side.tree);
        *theirs != Tree::default() && !merge::changed(base, ours, theirs).is_empty()
    }
}

/// What to do.
#[derive(Debug, Default, PartialEq)]
pub struct Plan {
    /// Files to receive, with candidates for their bytes in order of preference.
    /// Afterwards a new plan is made, as they may replace others.
    pub receive: BTreeMap<JournalFile, Vec<Oid>>,
    /// Files to remove from the folder.
    pub discard: Vec<JournalFile>,
    /// What to do with the branch.
    pub branch: Step,
    /// Files of others where entries must go, which the commit leaves out.
    pub displaced: Vec<Vec<u8>>,
    /// The files that the branch will have.
    pub entries: BTreeSet<JournalFile>,
}

/// What becomes of the branch.
#[derive(Debug, Default, PartialEq)]
pub enum Step {
    /// Nothing.
    #[default]
    Stay,
    /// Fast-forward to theirs.
    Forward {
        /// Its tip before.
        from: Option<Oid>,
        /// And after.
        to: Oid,
    },
    /// A new commit.
    Commit {
        /// The commits that it follows.
        parents: Vec<Oid>,
        /// How it differs from the first of them.
        edits: Vec<Edit>,
    },
}

/// One difference between a commit and its first parent.
#[derive(Debug, PartialEq)]
pub enum Edit {
    /// A path that it has no more.
    Remove(Vec<u8>),
    /// Bytes that the repository has already.
    Put {
        /// Where.
        path: Vec<u8>,
        /// As git writes modes: "100644".
        mode: String,
        /// Which bytes.
        oid: Oid,
    },
    /// A file that only the folder has.
    Add(JournalFile),
}

/// Keeps every file that either side has, except replaced and outdated ones and what is
/// no entry.
pub fn plan(inputs: &MergeInputs, verdicts: &FileVerdicts) -> Plan {
    let MergeInputs { base, ours, theirs, folder, settled, .. } = inputs;
    let mut entries = merge::entries(&folder.present, &base.tree, &ours.tree, &theirs.tree);
    let is_obsolete =
        |file: &JournalFile| verdicts.replaced.contains(file) || verdicts.outdated.contains(file);
    entries.retain(|file, oid| {
        if let Some(settled) = settled.get(file) {
            oid.clone_from(settled);
            if oid.is_none() {
                return false;
            }
        }
        let only_broken = oid.is_none() && folder.broken.contains(file);
        !is_obsolete(file) && !only_broken
    });
    let is_missing = |file: &JournalFile| {
        !folder.present.contains(file)
            && !settled.contains_key(file)
            && !verdicts.withdrawn.contains(file)
    };
    let candidates = |file: &JournalFile, oid: &Oid| {
        // Either side may have replaced broken bytes by intact ones.
        let sides = [&theirs.tree, &ours.tree].map(|tree| tree.entries.get(file));
        std::iter::once(oid).chain(sides.into_iter().flatten()).cloned().collect()
    };
    let missing = entries.iter().filter_map(|(file, oid)| Some((file, oid.as_ref()?)));
    let receive = missing
        .filter(|(file, _)| is_missing(file))
        .map(|(file, oid)| (file.clone(), candidates(file, oid)))
        .collect();
    let discard = folder.present.iter().filter(|file| verdicts.replaced.contains(*file)).cloned();
    let mut plan = Plan { receive, discard: discard.collect(), ..Plan::default() };
    plan.set_branch(inputs, &entries);
    plan.entries = entries.into_keys().collect();
    plan
}

impl Plan {
    fn set_branch(&mut self, inputs: &MergeInputs, entries: &BTreeMap<JournalFile, Option<Oid>>) {
        let MergeInputs { base, ours, theirs, prefix, .. } = inputs;
        let mut others = merge::others(&base.tree, &ours.tree, &theirs.tree);
        let path = |file: &JournalFile| format!("{prefix}{}", file.place()).into_bytes();
        let paths: BTreeSet<Vec<u8>> = entries.keys().map(path).collect();
        self.displaced = merge::in_the_way(&others, &paths);
        self.displaced.iter().for_each(|path| drop(others.remove(path)));
        let parents = parents(&ours.tip, &theirs.tip, &base.tip);
        let first = if parents.first() == ours.tip.as_ref() { &ours.tree } else { &theirs.tree };
        // Removals first: a removed file may be where a folder must go.
        let removed = first.entries.keys().filter(|file| !entries.contains_key(file));
        let mut edits: Vec<Edit> = removed.map(|file| Edit::Remove(path(file))).collect();
        let removed = first.others.keys().filter(|path| !others.contains_key(*path));
        edits.extend(removed.map(|path| Edit::Remove(path.clone())));
        for (file, oid) in entries {
            match oid {
                Some(oid) if first.entries.get(file) == Some(oid) => {}
                Some(oid) => {
                    let mode = FILE.to_owned();
                    edits.push(Edit::Put { path: path(file), mode, oid: oid.clone() });
                }
                None => edits.push(Edit::Add(file.clone())),
            }
        }
        let new = others.into_iter().filter(|(path, it)| {
            first.others.get(path) != Some(it) && merge::is_storable(path, &it.0)
        });
        edits.extend(new.map(|(path, (mode, oid))| Edit::Put { path, mode, oid }));
        self.branch = match parents.first() {
            _ if !edits.is_empty() || parents.len() > 1 => Step::Commit { parents, edits },
            Some(tip) if Some(tip) != ours.tip.as_ref() => {
                Step::Forward { from: ours.tip.clone(), to: tip.clone() }
            }
            Some(_) | None => Step::Stay,
        };
    }
}

/// The parents of a new commit, without tips that are ancestors of another.
fn parents(ours: &Option<Oid>, theirs: &Option<Oid>, base: &Option<Oid>) -> Vec<Oid> {
    let tips = match (ours, theirs) {
        (Some(_), Some(_)) if base == theirs => [ours, &None],
        (Some(_), Some(_)) if base == ours => [theirs, &None],
        // Theirs first, so that their other files are carried along unchanged.
        _ => [theirs, ours],
    };
    tips.into_iter().flatten().cloned().collect()
}

#[cfg(test)]
mod tests;

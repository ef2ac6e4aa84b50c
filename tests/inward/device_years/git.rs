//! git as a sync uses it: commits in one store, a branch on each device, and one that all
//! of them share. What a sync does to folder and branch is what its own plan says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inward::entry::Entry;
use inward::error::Result;
use inward::journal::JournalFile;
use inward::sync::{
    CommitLog, FileChanges, FileHistory, FolderView, MergeInputs, Oid, Side, Step, Tree, judge,
    plan,
};

use super::bugs::Bug;
use super::syncers::{is_passing, own};
use super::world::{DEVICES, World};

/// All repositories in one: commits and bytes have a name only where they are the same.
#[derive(Default)]
pub struct Store {
    commits: BTreeMap<Oid, Commit>,
    bytes: BTreeMap<Oid, Arc<[u8]>>,
    /// The branch of the remote.
    pub tip: Option<Oid>,
}

struct Commit {
    parents: Vec<Oid>,
    entries: BTreeMap<JournalFile, Oid>,
}

impl Store {
    fn side(&self, tip: Option<Oid>) -> Side {
        let entries = tip.as_ref().map(|tip| self.commits[tip].entries.clone());
        let tree = Tree { entries: entries.unwrap_or_default(), ..Tree::default() };
        Side { tip, tree }
    }

    /// A commit and all before it, in order: names grow with time.
    fn ancestors(&self, of: &str) -> BTreeSet<Oid> {
        let (mut all, mut next) = (BTreeSet::new(), vec![of.to_owned()]);
        while let Some(commit) = next.pop() {
            next.extend(self.commits[&commit].parents.iter().cloned());
            all.insert(commit);
        }
        all
    }

    /// The latest commit that is part of both.
    fn base(&self, ours: Option<&Oid>, theirs: Option<&Oid>) -> Option<Oid> {
        let theirs = self.ancestors(theirs?);
        self.ancestors(ours?).into_iter().filter(|commit| theirs.contains(commit)).max()
    }

    fn keep(&mut self, bytes: &Arc<[u8]>) -> Oid {
        let same = self.bytes.iter().find(|(_, there)| *there == bytes);
        if let Some((oid, _)) = same {
            return oid.clone();
        }
        let oid = format!("{:08}", self.bytes.len());
        self.bytes.insert(oid.clone(), bytes.clone());
        oid
    }
}

impl CommitLog for Store {
    fn of_files(&self, tip: &str, _: &str, files: &BTreeSet<&JournalFile>) -> Result<FileHistory> {
        let all: Vec<Oid> = self.ancestors(tip).into_iter().collect();
        let changes = all.iter().map(|oid| {
            let Commit { parents, entries } = &self.commits[oid];
            let before = parents.iter().map(|parent| &self.commits[parent].entries);
            let (mut added, mut removed) = (BTreeSet::new(), BTreeSet::new());
            for before in before.chain(parents.is_empty().then_some(&BTreeMap::new())) {
                for file in files.iter().copied().cloned() {
                    match (before.contains_key(&file), entries.contains_key(&file)) {
                        (false, true) => drop(added.insert(file)),
                        (true, false) => drop(removed.insert(file)),
                        (true, true) | (false, false) => {}
                    }
                }
            }
            let parents = parents.iter().map(|parent| all.binary_search(parent).unwrap());
            FileChanges { parents: parents.collect(), added, removed }
        });
        Ok(FileHistory::new(changes.collect()))
    }
}

impl World {
    /// A sync of one device with the remote, or with what it last had of it. Without the
    /// key, nothing comes back that was removed here.
    pub fn sync(&mut self, on: usize, is_reached: bool, has_key: bool) {
        if is_reached {
            self.devices[on].fetched.clone_from(&self.git.tip);
        }
        let (ours, theirs) = (self.devices[on].branch.clone(), self.devices[on].fetched.clone());
        let base = self.git.base(ours.as_ref(), theirs.as_ref());
        let [base, ours, theirs] = [base, ours, theirs].map(|tip| self.git.side(tip));
        let folder =
            FolderView { present: self.named(on).into_keys().collect(), ..Default::default() };
        let prefix = String::new();
        let mut inputs = MergeInputs { base, ours, theirs, is_reached, prefix, folder };
        let identity = has_key.then(|| self.devices[on].identity());
        let plan = loop {
            let journal = self.devices[on].journal();
            judge(&journal, identity.as_ref(), &self.git, &mut inputs).unwrap();
            if !inputs.folder.withdrawn.is_empty() {
                self.note("without the key, nothing removed here came back");
            }
            if self.bug == Some(Bug::LockedSyncBringsBack) {
                inputs.folder.withdrawn.clear();
            }
            let plan = plan(&inputs);
            if plan.receive.is_empty() {
                break plan;
            }
            for (file, candidates) in &plan.receive {
                if !has_key && self.was_removed(on, file, &inputs) {
                    self.broken = Some(format!("device {on}: a locked sync brings back {file:?}"));
                }
                self.devices[on].put(Path::new(&file.place()), &self.git.bytes[&candidates[0]]);
                inputs.folder.present.insert(file.clone());
                self.note("came by git");
            }
        };
        let files = self.named(on);
        let journal = self.devices[on].cached_journal(self.day);
        let root = journal.root().to_owned();
        let replaced = plan.discard.iter().filter_map(|file| files.get(file));
        journal.discard(&replaced.map(|(place, _)| root.join(place)).collect::<Vec<_>>());
        let tip = match plan.branch {
            Step::Stay => inputs.ours.tip,
            Step::Forward { to, .. } => Some(to),
            Step::Commit { parents, .. } => {
                if parents.len() > 1 {
                    self.note("merged by git");
                }
                let entries = plan.entries.iter().map(|file| {
                    let sides = [&inputs.base, &inputs.ours, &inputs.theirs];
                    let there = sides.iter().find_map(|side| side.tree.entries.get(file));
                    let oid = there.cloned().unwrap_or_else(|| self.git.keep(&files[file].1));
                    (file.clone(), oid)
                });
                let commit = Commit { entries: entries.collect(), parents };
                let oid = format!("{:08}", self.git.commits.len());
                self.git.commits.insert(oid.clone(), commit);
                Some(oid)
            }
        };
        self.devices[on].branch.clone_from(&tip);
        if is_reached {
            self.git.tip = tip;
        }
    }

    /// Does something by which files of a device may be replaced, and notes which were.
    pub fn noting_removals<T>(&mut self, on: usize, deed: impl FnOnce(&mut World) -> T) -> T {
        let before = self.named(on);
        let done = deed(self);
        let after = self.named(on);
        let removed = before.into_keys().filter(|file| !after.contains_key(file));
        self.devices[on].removed.extend(removed);
        done
    }

    /// What somebody else brought back is no longer removed.
    pub fn forget_what_came_back(&mut self) {
        for on in 0..DEVICES {
            let present = self.named(on);
            self.devices[on].removed.retain(|file| !present.contains_key(file));
        }
    }

    /// Is this a file of the branch that someone here removed, and do the revisions here
    /// replace it, or name it no more? Of what the branch never had, names don't tell that.
    fn was_removed(&self, on: usize, file: &JournalFile, inputs: &MergeInputs) -> bool {
        let is_noted = self.devices[on].removed.contains(file);
        if !is_noted || !inputs.ours.tree.entries.contains_key(file) {
            return false;
        }
        let all = self.revisions(on);
        let mut revisions = all.iter().filter(|entry| entry.id == *file.entry()).peekable();
        match file {
            JournalFile::Entry(name) => revisions.any(|it| it.replaces.contains(&name.revision)),
            JournalFile::Attachment(name) => {
                let is_named = |it: &Entry| it.attachments.iter().any(|file| file.id == name.id);
                revisions.peek().is_some() && !revisions.any(is_named)
            }
        }
    }

    /// The files of a device that have arrived whole, each by the name that it was given.
    fn named(&self, on: usize) -> BTreeMap<JournalFile, (PathBuf, Arc<[u8]>)> {
        let arrived = self.devices[on].files().into_iter().filter(|(place, _)| !is_passing(place));
        let named = arrived.filter_map(|(place, bytes)| {
            Some((JournalFile::at(own(&place).to_str()?)?, (place, bytes)))
        });
        named.collect()
    }
}

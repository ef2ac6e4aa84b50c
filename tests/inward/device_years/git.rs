//! git as a sync uses it: commits in one store, a branch on each device, and one that all
//! of them share. What a sync does to folder and branch is what its own plan says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use inward::journal::{Journal, JournalFile};
use inward::sync::{FolderView, MergeInputs, Oid, Side, Step, Tree, plan};

use super::syncers::{is_passing, own};
use super::world::World;

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

    fn ancestors(&self, of: &Oid) -> BTreeSet<Oid> {
        let mut all = BTreeSet::from([of.clone()]);
        for parent in &self.commits[of].parents {
            all.extend(self.ancestors(parent));
        }
        all
    }

    /// The latest commit that is part of both: names grow with time.
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

impl World {
    /// A sync of one device with the remote, or with what it last had of it.
    pub fn sync(&mut self, on: usize, is_reached: bool) {
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
        let plan = loop {
            self.judge(on, &mut inputs);
            let plan = plan(&inputs);
            if plan.receive.is_empty() {
                break plan;
            }
            for (file, candidates) in &plan.receive {
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

    /// The files of a device that have arrived whole, each by the name that it was given.
    fn named(&self, on: usize) -> BTreeMap<JournalFile, (PathBuf, Arc<[u8]>)> {
        let arrived = self.devices[on].files().into_iter().filter(|(place, _)| !is_passing(place));
        let named = arrived.filter_map(|(place, bytes)| {
            Some((JournalFile::at(own(&place).to_str()?)?, (place, bytes)))
        });
        named.collect()
    }

    /// What is known to be replaced, as far as it opens here.
    fn judge(&self, on: usize, inputs: &mut MergeInputs) {
        let [base, ours, theirs] =
            [&inputs.base, &inputs.ours, &inputs.theirs].map(|side| &side.tree.entries);
        let present = &inputs.folder.present;
        let all: BTreeSet<&JournalFile> =
            present.iter().chain(ours.keys()).chain(theirs.keys()).collect();
        let all: Vec<JournalFile> = all.into_iter().cloned().collect();
        let removed = |file: &JournalFile| {
            let here = ours.contains_key(file) && !present.contains(file);
            here || base.contains_key(file) && !theirs.contains_key(file)
        };
        let device = &self.devices[on];
        let journal: Journal = device.journal();
        let succession = journal.succession(&device.identity(), &all, &removed).unwrap();
        inputs.folder.replaced = succession.replaced;
    }
}

//! git as a sync uses it: commits in one store, a branch on each device, and one that all
//! of them share. What a sync does to folder and branch is what its own plan says.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use inward::entry::Entry;
use inward::error::Result;
use inward::journal::JournalFile;
use inward::sync::{
    CommitLog, FileChanges, FileHistory, FolderView, MergeInputs, Oid, Side, Step, Tree,
    classify_files, plan,
};

use super::bugs::Bug;
use super::world::World;

/// All repositories in one: commits and bytes have a name only where they are the same.
#[derive(Default)]
pub struct Store {
    /// Each after its parents; its name is its place here.
    commits: Vec<Commit>,
    bytes: BTreeMap<Oid, Arc<[u8]>>,
    oids: HashMap<Arc<[u8]>, Oid>,
    /// The branch of the remote.
    pub tip: Option<Oid>,
}

struct Commit {
    parents: Vec<usize>,
    entries: BTreeMap<JournalFile, Oid>,
    /// Files that it has, and a parent has not.
    added: BTreeSet<JournalFile>,
    /// Files that a parent has, and it has not.
    removed: BTreeSet<JournalFile>,
}

/// What a commit has under a name.
enum Blob {
    Known(Oid),
    New(Arc<[u8]>),
}

fn place(of: &Oid) -> usize {
    of.parse().unwrap()
}

impl Store {
    fn side(&self, tip: Option<Oid>) -> Side {
        let entries = tip.as_ref().map(|tip| self.commits[place(tip)].entries.clone());
        let tree = Tree { entries: entries.unwrap_or_default(), ..Tree::default() };
        Side { tip, tree }
    }

    /// A commit and all before it.
    fn ancestors(&self, of: usize) -> BTreeSet<usize> {
        let (mut all, mut next) = (BTreeSet::new(), vec![of]);
        while let Some(commit) = next.pop() {
            if all.insert(commit) {
                next.extend(&self.commits[commit].parents);
            }
        }
        all
    }

    /// The latest commit that is part of both.
    fn base(&self, ours: Option<&Oid>, theirs: Option<&Oid>) -> Option<Oid> {
        let (ours, theirs) = (place(ours?), place(theirs?));
        let common = match ours == theirs {
            true => Some(ours),
            false => (&self.ancestors(ours) & &self.ancestors(theirs)).pop_last(),
        };
        common.map(|commit| format!("{commit:08}"))
    }

    fn commit(&mut self, parents: &[Oid], entries: BTreeMap<JournalFile, Oid>) -> Oid {
        let parents: Vec<usize> = parents.iter().map(place).collect();
        let root = parents.is_empty().then(BTreeMap::new);
        let befores = parents.iter().map(|parent| &self.commits[*parent].entries).chain(&root);
        let (mut added, mut removed) = (BTreeSet::new(), BTreeSet::new());
        for before in befores {
            let lacks = |of: &BTreeMap<_, _>, file: &&JournalFile| !of.contains_key(*file);
            added.extend(entries.keys().filter(|file| lacks(before, file)).cloned());
            removed.extend(before.keys().filter(|file| lacks(&entries, file)).cloned());
        }
        self.commits.push(Commit { parents, entries, added, removed });
        format!("{:08}", self.commits.len() - 1)
    }

    fn keep(&mut self, bytes: &Arc<[u8]>) -> Oid {
        if let Some(oid) = self.oids.get(bytes) {
            return oid.clone();
        }
        let oid = format!("{:08}", self.bytes.len());
        self.oids.insert(bytes.clone(), oid.clone());
        self.bytes.insert(oid.clone(), bytes.clone());
        oid
    }
}

/// Like git, it leaves out commits that change none of the files; those that follow them
/// follow what was before.
impl CommitLog for Store {
    fn of_files(&self, tip: &str, _: &str, files: &BTreeSet<&JournalFile>) -> Result<FileHistory> {
        let mut listed: Vec<FileChanges> = Vec::new();
        // Of each commit, the nearest that are listed.
        let mut nearest: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for commit in self.ancestors(place(&tip.to_owned())) {
            let Commit { parents, added, removed, .. } = &self.commits[commit];
            let of = |all: &BTreeSet<JournalFile>| -> BTreeSet<JournalFile> {
                all.iter().filter(|file| files.contains(file)).cloned().collect()
            };
            let (added, removed) = (of(added), of(removed));
            let before = parents.iter().flat_map(|parent| &nearest[parent]).copied();
            let parents: BTreeSet<usize> = before.collect();
            if added.is_empty() && removed.is_empty() {
                nearest.insert(commit, parents);
            } else {
                nearest.insert(commit, BTreeSet::from([listed.len()]));
                let parents = parents.into_iter().collect();
                listed.push(FileChanges { parents, added, removed });
            }
        }
        Ok(FileHistory::new(listed))
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
        let folder = FolderView { present: self.present(on), ..Default::default() };
        let mut inputs =
            MergeInputs { base, ours, theirs, is_reached, folder, ..MergeInputs::default() };
        let identity = has_key.then(|| self.devices[on].identity());
        let plan = loop {
            let journal = self.devices[on].journal();
            let mut verdicts =
                classify_files(&journal, identity.as_deref(), &self.git, &inputs).unwrap();
            if !verdicts.withdrawn.is_empty() {
                self.note("without the key, nothing removed here came back");
            }
            if self.bug == Some(Bug::LockedSyncBringsBack) {
                verdicts.withdrawn.clear();
            }
            let plan = plan(&inputs, &verdicts);
            if plan.receive.is_empty() {
                break plan;
            }
            // Before anything comes: what replaces it may come with it.
            let is_back = |file: &&JournalFile| !has_key && self.was_removed(on, file, &inputs);
            if let Some(file) = plan.receive.keys().find(is_back) {
                self.broken = Some(format!("device {on}: a locked sync brings back {file:?}"));
            }
            for (file, candidates) in &plan.receive {
                let bytes = self.git.bytes[&candidates[0]].clone();
                self.devices[on].put(&file.place(), bytes);
                inputs.folder.present.insert(file.clone());
                self.note("came by git");
            }
        };
        let new = self.files_to_commit(on, &inputs, &plan.entries);
        self.discard(on, &plan.discard);
        let tip = match plan.branch {
            Step::Stay => inputs.ours.tip,
            Step::Forward { to, .. } => Some(to),
            Step::Commit { parents, .. } => {
                if parents.len() > 1 {
                    self.note("merged by git");
                }
                let entries = new.into_iter().map(|(file, bytes)| match bytes {
                    Blob::Known(oid) => (file, oid),
                    Blob::New(bytes) => (file, self.git.keep(&bytes)),
                });
                let entries = entries.collect();
                Some(self.git.commit(&parents, entries))
            }
        };
        self.devices[on].branch.clone_from(&tip);
        if is_reached {
            self.git.tip = tip;
        }
    }

    /// Of each file that the branch will have, what git has of it, or else its bytes.
    fn files_to_commit(
        &self,
        on: usize,
        inputs: &MergeInputs,
        files: &BTreeSet<JournalFile>,
    ) -> Vec<(JournalFile, Blob)> {
        let view = self.devices[on].view();
        let sides = [&inputs.base, &inputs.ours, &inputs.theirs];
        let of = |file: &JournalFile| {
            let there = sides.iter().find_map(|side| side.tree.entries.get(file)).cloned();
            there.map_or_else(|| Blob::New(view.of(file).unwrap().1.clone()), Blob::Known)
        };
        files.iter().map(|file| (file.clone(), of(file))).collect()
    }

    fn discard(&self, on: usize, replaced: &[JournalFile]) {
        let journal = self.devices[on].cached_journal(self.day);
        let places = {
            let view = self.devices[on].view();
            let places = replaced.iter().filter_map(|file| view.of(file));
            places.map(|(place, _)| journal.root().join(place)).collect::<Vec<PathBuf>>()
        };
        journal.discard(&places);
    }

    /// Does something by which files of a device may be replaced, and notes which were.
    pub fn noting_removals<T>(&mut self, on: usize, deed: impl FnOnce(&mut World) -> T) -> T {
        self.note_what_came(on);
        self.devices[on].what_went();
        let done = deed(self);
        self.note_what_came(on);
        let removed = self.devices[on].what_went();
        self.devices[on].removed.extend(removed);
        done
    }

    /// Is this a file of the branch that someone here removed, and do the revisions here
    /// replace it, or name it no more? Of what the branch never had, names don't tell that.
    fn was_removed(&self, on: usize, file: &JournalFile, inputs: &MergeInputs) -> bool {
        let is_noted = self.devices[on].removed.contains(file);
        if !is_noted || !inputs.ours.tree.entries.contains_key(file) {
            return false;
        }
        let view = self.devices[on].opened();
        let mut revisions = view.revisions(file.entry()).peekable();
        match file {
            JournalFile::Entry(name) => revisions.any(|it| it.replaces.contains(&name.revision)),
            JournalFile::Attachment(name) => {
                let is_named = |it: &Entry| it.attachments.iter().any(|file| file.id == name.id);
                revisions.peek().is_some() && !revisions.any(is_named)
            }
        }
    }

    /// The files of a device that have arrived whole, each by the name that it was given.
    fn present(&self, on: usize) -> BTreeSet<JournalFile> {
        self.devices[on].view().names().cloned().collect()
    }
}

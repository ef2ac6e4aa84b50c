//! A journal on several devices, by the user's own git and remote: fetch, merge,
//! commit, push. Entries alone are synced. What comes is published as anything
//! that is written here is, and what a repository holds besides is carried
//! along and not touched.

mod errors;
mod files;
mod git;
mod known;
mod merge;
mod place;
mod said;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};

use crate::disk::DiskError;
use crate::disk::DiskRef;
use crate::error::Result;
use crate::journal::{Damaged, Journal, ScannedFile};
use crate::seal::{EntryFileName, Identity, Sealed};

use git::{Changes, Commit};
use known::Known;
use merge::{Oid, Tree};
use place::Place;
use said::Push;

pub use errors::SyncError;
pub use git::Manners;
pub(crate) use git::has_own_ssh;

/// How often a push that another device was ahead of is tried again.
const TRIES: u32 = 6;

/// Is what is remembered of where journals are synced as it should be?
pub fn remembers(disk: &DiskRef, state: &Path) -> bool {
    Known::at(disk.clone(), state).of(Path::new("")).is_ok()
}

/// Where that is remembered.
pub fn memory(disk: &DiskRef, state: &Path) -> PathBuf {
    Known::at(disk.clone(), state).file()
}

/// One journal, and the device's memory of where it is synced.
pub struct Sync<'a> {
    /// The journal to be brought together.
    pub journal: &'a Journal,
    /// Where this device remembers its repositories.
    pub state: &'a Path,
    /// How git may behave.
    pub manners: Manners,
    /// All that a commit tells of its time.
    pub day: NaiveDate,
    /// What opens entries, where that needs nobody: without it nothing is known
    /// to be replaced, and so nothing goes.
    pub identity: Option<&'a Identity>,
}

/// What a sync did, in files.
#[derive(Debug, Default)]
pub struct Done {
    /// Files that came from elsewhere.
    pub came: usize,
    /// Files that went there.
    pub went: usize,
    /// What lies in the journal's folder, and is not whole.
    pub left_out: Vec<Damaged>,
    /// What others put in the repository under an entry's name, by its place
    /// there. Nothing of it came.
    pub passed_over: Vec<Damaged>,
}

/// What lies in the journal's folder.
type Here = BTreeMap<EntryFileName, ScannedFile>;

impl Sync<'_> {
    /// From now on this journal is synced with a remote; without one, in the
    /// user's own repository that it lies in, which is returned.
    ///
    /// # Errors
    /// A [`SyncError`]: git is missing, the remote is none, or it holds no journal.
    pub fn begin(&self, remote: Option<&str>) -> Result<Option<PathBuf>> {
        let known = Known::at(self.journal.disk(), self.state);
        let _lock = known.lock()?;
        let journal = self.root()?;
        let repository = match remote {
            Some(remote) => place::make(&known, &journal, remote, &self.manners)?,
            None => place::around(&journal, &self.manners)?,
        };
        known.note(&journal, &repository)?;
        Ok(repository.top)
    }

    /// Fetches, merges and sends.
    ///
    /// # Errors
    /// A [`SyncError`]; nothing here is lost by one.
    pub fn sync(&self) -> Result<Done> {
        let known = Known::at(self.journal.disk(), self.state);
        let root = self.root()?;
        let Some(repository) = known.of(&root)? else {
            let around = place::around(&root, &self.manners).ok().and_then(|r| r.top);
            return Err(SyncError::NotSynced { around }.into());
        };
        let _lock = known.lock()?;
        let mut place = Place::open(&root, repository, &self.manners)?;
        let mut done = Done::default();
        for _ in 0..TRIES {
            if let Err(away) = place.git.fetch(&place.remote) {
                // Committed here all the same; it goes the next time.
                self.join(&place, None, &mut done)?;
                return Err(away);
            }
            place.follow()?;
            let theirs = place.git.commit_of(&place.their_ref())?;
            let tip = self.join(&place, theirs.as_deref(), &mut done)?;
            if tip == theirs {
                return Ok(done);
            }
            if place.git.push(&place.remote, &place.branch, &place.there)? == Push::Done {
                return Ok(done);
            }
        }
        Err(SyncError::AlwaysSecond.into())
    }

    /// The whole bytes that the repository here has of these files; the remote is
    /// not asked.
    ///
    /// # Errors
    /// A [`SyncError`], where there is a repository and git does not read it.
    pub fn whole(&self, labels: &[EntryFileName]) -> Result<Vec<Sealed>> {
        let root = self.root()?;
        let Some(repository) = Known::at(self.journal.disk(), self.state).of(&root)? else {
            return Ok(Vec::new());
        };
        let place = Place::open(&root, repository, &self.manners)?;
        let mut blobs = place.git.reader()?;
        let mut whole: BTreeMap<EntryFileName, Sealed> = BTreeMap::new();
        for tip in [place.branch.clone(), place.their_ref()] {
            let tip = place.git.commit_of(&tip)?;
            let tree = place.git.tree(tip.as_deref(), &place.prefix)?;
            for (label, oid) in labels.iter().filter_map(|l| Some((l, tree.entries.get(l)?))) {
                let read = self.whole_in(&mut blobs, label, oid);
                if let Ok(sealed) = read.map_err(DiskError::io("fetch", &root))? {
                    whole.entry(label.clone()).or_insert(sealed);
                }
            }
        }
        Ok(whole.into_values().collect())
    }

    /// The journal's folder by its real name.
    fn root(&self) -> Result<PathBuf> {
        let root = self.journal.root();
        self.journal.make()?;
        root.canonicalize().map_err(DiskError::io("open", root))
    }

    /// Merges the folder here, what was committed here, and what is there: into
    /// the folder, and into a commit of which all of them are part.
    fn join(&self, place: &Place, theirs: Option<&str>, done: &mut Done) -> Result<Option<Oid>> {
        let git = &place.git;
        let ours = git.commit_of(&place.branch)?;
        let base = match (&ours, theirs) {
            (Some(ours), Some(theirs)) => git.ask(&["merge-base", ours, theirs])?,
            _ => None,
        };
        let tree = |commit: Option<&str>| git.tree(commit, &place.prefix);
        let trees = Three {
            base: tree(base.as_deref())?,
            ours: tree(ours.as_deref())?,
            theirs: tree(theirs)?,
            reached: theirs.is_some(),
        };
        if place.is_shared() {
            trees.refuse_changes_outside(place)?;
        }
        let scan = self.journal.scan()?;
        done.left_out = scan.refused;
        done.passed_over.clear();
        let files = scan.groups.into_iter().flat_map(|group| group.files);
        let mut here: Here = files.map(|file| (file.label.clone(), file)).collect();
        let labels: BTreeSet<EntryFileName> = here.keys().cloned().collect();
        let replaced = self.replaced(&labels, &trees)?;
        let Three { base: was, ours: own, theirs: there, .. } = &trees;
        let mut merged = merge::entries(&labels, was, own, there, &replaced);
        self.leave_out_what_is_not_whole(&here, &mut merged, done);
        self.receive(place, &trees, &mut merged, &mut here, done)?;
        // What came may have replaced what was here.
        let labels: BTreeSet<EntryFileName> = here.keys().cloned().collect();
        let replaced = self.replaced(&labels, &trees)?;
        merged.retain(|label, _| !replaced.contains(label));
        self.discard(&replaced, &here);
        done.went = merged.keys().filter(|label| !trees.theirs.entries.contains_key(label)).count();
        let parents = parents(ours.as_deref(), theirs, base.as_deref());
        let others = merge::others(&trees.base, &trees.ours, &trees.theirs);
        let first = if parents.first() == ours.as_ref() { &trees.ours } else { &trees.theirs };
        let stands = |(label, oid): (&EntryFileName, &Option<Oid>)| {
            oid.is_some() && oid.as_ref() == first.entries.get(label)
        };
        let same = merged.len() == first.entries.len()
            && merged.iter().all(stands)
            && others == first.others;
        if !same || parents.len() > 1 {
            let time = self.day.and_time(NaiveTime::MIN).and_utc().timestamp();
            let author = git.author();
            let commit = Commit { branch: &place.branch, parents: &parents, author: &author, time };
            git.commit(&commit, |changes| {
                self.entries_into(place, &merged, first, &here, changes)?;
                others_into(&others, first, changes)
            })?;
        } else if let Some(tip) = parents.first().filter(|tip| Some(*tip) != ours.as_ref()) {
            let before = ours.clone().unwrap_or_default();
            git.run(&["update-ref", &place.branch, tip, &before])?;
        }
        let tip = git.commit_of(&place.branch)?;
        if place.is_shared() {
            stage(place, tip.as_deref())?;
        }
        Ok(tip)
    }

    /// What an opened successor replaces is needed no more. It is known to be
    /// replaced wherever it stays.
    fn discard(&self, replaced: &HashSet<EntryFileName>, here: &Here) {
        let old = here.values().filter(|file| replaced.contains(&file.label) && !file.passing);
        let paths: Vec<PathBuf> = old.flat_map(|file| file.paths.iter().cloned()).collect();
        self.journal.discard(&paths);
    }

    /// What is known to be replaced, of all that anyone has.
    fn replaced(
        &self,
        here: &BTreeSet<EntryFileName>,
        trees: &Three,
    ) -> Result<HashSet<EntryFileName>> {
        let Some(identity) = self.identity else { return Ok(HashSet::new()) };
        let (ours, theirs) = (trees.ours.entries.keys(), trees.theirs.entries.keys());
        let all: BTreeSet<&EntryFileName> = here.iter().chain(ours).chain(theirs).collect();
        let all: Vec<EntryFileName> = all.into_iter().cloned().collect();
        self.journal.is_replaced(identity, &all)
    }
}

/// The two sides, and where they parted.
struct Three {
    base: Tree,
    ours: Tree,
    theirs: Tree,
    /// Is it known what they have?
    reached: bool,
}

impl Three {
    /// Files outside the journal are the user's, and so is merging them.
    fn refuse_changes_outside(&self, place: &Place) -> Result<()> {
        let Some(top) = &place.git.top else { return Ok(()) };
        let changed = merge::changed(&self.base, &self.ours, &self.theirs);
        if self.theirs == Tree::default() || changed.is_empty() {
            return Ok(());
        }
        Err(SyncError::ChangesOutside { repository: top.clone() }.into())
    }
}

/// The tips of which the new commit is the next, without those that are part of
/// another.
fn parents(ours: Option<&str>, theirs: Option<&str>, base: Option<&str>) -> Vec<Oid> {
    let both = match (ours, theirs) {
        (Some(_), Some(theirs)) if base == Some(theirs) => [ours, None],
        (Some(ours), Some(_)) if base == Some(ours) => [theirs, None],
        _ => [ours, theirs],
    };
    both.into_iter().flatten().map(str::to_owned).collect()
}

fn others_into(
    others: &BTreeMap<Vec<u8>, (String, Oid)>,
    first: &Tree,
    changes: &mut Changes,
) -> io::Result<()> {
    for path in first.others.keys().filter(|path| !others.contains_key(*path)) {
        changes.remove(path)?;
    }
    for (path, (mode, oid)) in
        others.iter().filter(|(path, it)| first.others.get(*path) != Some(it))
    {
        changes.put(path, mode, oid)?;
    }
    Ok(())
}

/// The user's index follows what was committed of the journal, or `git status`
/// would tell of changes that nobody made. Whatever is staged is compared, for an
/// earlier sync may have been kept from it.
fn stage(place: &Place, tip: Option<&str>) -> Result<()> {
    let Some(tip) = tip else { return Ok(()) };
    let staged = place.git.staged(&place.prefix)?;
    let after = place.git.tree(Some(tip), &place.prefix)?.entries;
    let path = |label: &EntryFileName| format!("{}{}", place.prefix, Journal::place(label));
    let gone = staged.keys().filter(|label| !after.contains_key(label));
    let new = after.iter().filter(|(label, oid)| staged.get(label) != Some(oid));
    let mut files: Vec<_> = gone.map(|label| (path(label), None)).collect();
    files.extend(new.map(|(label, oid)| (path(label), Some(oid))));
    if files.is_empty() { Ok(()) } else { place.git.stage(&files, tip) }
}

//! A journal on several devices, by the user's own git and remote: fetch, merge,
//! commit, push. Entries alone are synced. What comes is published as anything
//! that is written here is, and what a repository holds besides is carried
//! along and not touched.

mod git;
mod known;
mod merge;
mod place;
mod said;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveTime};

use crate::disk::Folder;
use crate::error::{Damage, Error, Result, SyncFault};
use crate::journal::{Damaged, File, Journal};
use crate::seal::{Identity, Label, Sealed};

use git::{Changes, Commit, FILE};
use known::Known;
use merge::{Oid, Tree};
use place::Place;
use said::Push;

pub use git::{Manners, has_own_ssh};

/// How often a push that another device was ahead of is tried again.
const TRIES: u32 = 6;

/// One journal, and the device's memory of where it is synced.
pub struct Sync<'a> {
    pub journal: &'a Journal,
    pub state: &'a Path,
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
    pub came: usize,
    pub went: usize,
    pub left_out: Vec<Damaged>,
}

/// What lies in the journal's folder.
type Here = BTreeMap<Label, File>;

impl Sync<'_> {
    /// From now on this journal is synced with a remote; without one, in the
    /// user's own repository that it lies in, which is returned.
    pub fn begin(&self, remote: Option<&str>) -> Result<Option<PathBuf>> {
        let known = Known::at(self.state);
        let _lock = known.lock()?;
        let journal = self.root()?;
        let repository = match remote {
            Some(remote) => place::make(&known, &journal, remote, &self.manners)?,
            None => place::around(&journal, &self.manners)?,
        };
        known.note(&journal, &repository)?;
        Ok(repository.top)
    }

    pub fn sync(&self) -> Result<Done> {
        let known = Known::at(self.state);
        let root = self.root()?;
        let Some(repository) = known.of(&root) else {
            let around = place::around(&root, &self.manners).ok().and_then(|r| r.top);
            return Err(Error::Sync(SyncFault::NotSynced { around }));
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
        Err(Error::Sync(SyncFault::AlwaysSecond))
    }

    /// The journal's folder by its real name.
    fn root(&self) -> Result<PathBuf> {
        let root = self.journal.root();
        Folder::make(root)?;
        root.canonicalize().map_err(Error::disk("open", root))
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
        };
        if place.is_shared() {
            trees.refuse_changes_outside(place)?;
        }
        let scan = self.journal.scan()?;
        done.left_out = scan.refused;
        let files = scan.groups.into_iter().flat_map(|group| group.files);
        let mut here: Here = files.map(|file| (file.label.clone(), file)).collect();
        let labels: BTreeSet<Label> = here.keys().cloned().collect();
        let replaced = self.replaced(&labels, &trees)?;
        let Three { base: was, ours: own, theirs: there } = &trees;
        let mut merged = merge::entries(&labels, was, own, there, &replaced);
        self.leave_out_what_is_not_whole(&here, &mut merged, done);
        self.receive(place, &merged, &mut here, done)?;
        // What came may have replaced what was here.
        let labels: BTreeSet<Label> = here.keys().cloned().collect();
        let replaced = self.replaced(&labels, &trees)?;
        merged.retain(|label, _| !replaced.contains(label));
        remove(&replaced, &here);
        done.went = merged.keys().filter(|label| !trees.theirs.entries.contains_key(label)).count();
        let parents = parents(ours.as_deref(), theirs, base.as_deref());
        let others = merge::others(&trees.base, &trees.ours, &trees.theirs);
        let first = if parents.first() == ours.as_ref() { &trees.ours } else { &trees.theirs };
        let stands = |(label, oid): (&Label, &Option<Oid>)| {
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
            stage(place, &trees.ours, tip.as_deref())?;
        }
        Ok(tip)
    }

    /// A file that is not whole yet is no entry: it may be once its copying is
    /// over.
    fn leave_out_what_is_not_whole(
        &self,
        here: &Here,
        merged: &mut BTreeMap<Label, Option<Oid>>,
        done: &mut Done,
    ) {
        merged.retain(|label, oid| {
            let Some(file) = here.get(label).filter(|_| oid.is_none()) else { return true };
            let is_whole = self.journal.is_whole(file, self.identity);
            if !is_whole && !file.passing {
                let why =
                    self.journal.take(file).map_or_else(|damaged| damaged.why, |_| Damage::Broken);
                let path = file.paths.first().cloned().unwrap_or_default();
                done.left_out.push(Damaged { path, why });
            }
            is_whole
        });
    }

    /// What is known to be replaced, of all that anyone has.
    fn replaced(&self, here: &BTreeSet<Label>, trees: &Three) -> Result<HashSet<Label>> {
        let Some(identity) = self.identity else { return Ok(HashSet::new()) };
        let (ours, theirs) = (trees.ours.entries.keys(), trees.theirs.entries.keys());
        let all: BTreeSet<&Label> = here.iter().chain(ours).chain(theirs).collect();
        let all: Vec<Label> = all.into_iter().cloned().collect();
        self.journal.replaced(identity, &all)
    }

    /// Publishes here what is not here yet.
    fn receive(
        &self,
        place: &Place,
        merged: &BTreeMap<Label, Option<Oid>>,
        here: &mut Here,
        done: &mut Done,
    ) -> Result<()> {
        let mut reader = None;
        for (label, oid) in merged {
            let (Some(oid), false) = (oid, here.contains_key(label)) else { continue };
            let blobs = match &mut reader {
                Some(blobs) => blobs,
                none => none.insert(place.git.reader()?),
            };
            let path = self.journal.root().join(Journal::place(label));
            let bytes = blobs.read(oid).map_err(Error::disk("fetch", &path))?;
            let sealed = match bytes {
                Some(bytes) => Sealed::found(label.clone(), bytes),
                None => Err(Damage::TooLarge),
            };
            match sealed.map(|sealed| self.journal.append(&sealed)) {
                Err(why) => done.left_out.push(Damaged { path, why }),
                // Written meanwhile, which is as good.
                Ok(Ok(()) | Err(Error::NameTaken { .. })) => {
                    done.came += 1;
                    here.insert(
                        label.clone(),
                        File { label: label.clone(), paths: vec![path], passing: false },
                    );
                }
                Ok(Err(error)) => return Err(error),
            }
        }
        Ok(())
    }

    fn entries_into(
        &self,
        place: &Place,
        merged: &BTreeMap<Label, Option<Oid>>,
        first: &Tree,
        here: &Here,
        changes: &mut Changes,
    ) -> io::Result<()> {
        let path = |label: &Label| format!("{}{}", place.prefix, Journal::place(label));
        for label in first.entries.keys().filter(|label| !merged.contains_key(label)) {
            changes.remove(path(label).as_bytes())?;
        }
        for (label, oid) in merged {
            match oid {
                Some(oid) if first.entries.get(label) == Some(oid) => {}
                Some(oid) => changes.put(path(label).as_bytes(), FILE, oid)?,
                None => {
                    let sealed = here.get(label).map(|file| self.journal.take(file));
                    // Gone meanwhile: replaced by an edit, which goes next time.
                    if let Some(Ok(sealed)) = sealed {
                        changes.add(&path(label), sealed.bytes())?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The two sides, and where they parted.
struct Three {
    base: Tree,
    ours: Tree,
    theirs: Tree,
}

impl Three {
    /// Files outside the journal are the user's, and so is merging them.
    fn refuse_changes_outside(&self, place: &Place) -> Result<()> {
        let Some(top) = &place.git.top else { return Ok(()) };
        let changed = merge::changed(&self.base, &self.ours, &self.theirs);
        if self.theirs == Tree::default() || changed.is_empty() {
            return Ok(());
        }
        Err(Error::Sync(SyncFault::ChangesOutside { repository: top.clone() }))
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

/// What an opened successor replaces is needed no more.
fn remove(replaced: &HashSet<Label>, here: &Here) {
    for file in here.values().filter(|file| replaced.contains(&file.label) && !file.passing) {
        for path in &file.paths {
            // It is known to be replaced wherever it stays.
            let _ = std::fs::remove_file(path);
        }
    }
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
/// would tell of changes that nobody made.
fn stage(place: &Place, before: &Tree, tip: Option<&str>) -> Result<()> {
    let after = place.git.tree(tip, &place.prefix)?;
    let path = |label: &Label| format!("{}{}", place.prefix, Journal::place(label));
    let gone = before.entries.keys().filter(|label| !after.entries.contains_key(label));
    let new = after.entries.iter().filter(|(label, oid)| before.entries.get(label) != Some(oid));
    let mut files: Vec<_> = gone.map(|label| (path(label), None)).collect();
    files.extend(new.map(|(label, oid)| (path(label), Some(oid))));
    let Some(tip) = tip.filter(|_| !files.is_empty()) else { return Ok(()) };
    place.git.stage(&files, tip)
}

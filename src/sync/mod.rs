//! Syncs a journal between devices with the user's own git and remote: fetch, merge,
//! commit, push. Entries and their attachments are synced; what else a repository
//! contains is carried along unchanged. What arrives is published in the journal as
//! anything written here is.

mod apply;
mod commit;
mod errors;
mod file_history;
mod folder_files;
mod git;
mod git_errors;
mod git_watchdog;
mod history;
mod known_repos;
mod lock;
mod lookalikes;
mod merge;
mod mirror;
mod plan;
mod repo;
mod setup;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::disk::{DiskError, DiskRef};
use crate::entry::EntryId;
use crate::error::{Error, Result};
use crate::home_place::HomePlace;
use crate::journal::{Damaged, Journal, JournalFile};
use crate::seal::{Audience, EntryFileName, Identity, Mismatch, Sealed};

use git_errors::Push;
use known_repos::KnownRepos;
use lock::git_locks;
use repo::Repo;

pub use errors::{RemoteAddress, SyncError};
pub use file_history::{FileChanges, FileHistory};
pub use git::GitEnv;
pub(crate) use git::has_own_ssh;
pub use history::{CommitLog, classify_files};
pub use merge::{Oid, Tree};
pub use plan::{Edit, FileVerdicts, FolderView, MergeInputs, Plan, Side, Step, plan};

/// How often to retry a push when another device was faster.
const TRIES: u32 = 6;

/// Can the memory of where journals are synced be read?
pub fn remembers(disk: &DiskRef, state: &Path) -> bool {
    KnownRepos::at(disk.clone(), state).of(&HomePlace::from_bytes(b"")).is_ok()
}

/// The path of that memory.
pub fn memory(disk: &DiskRef, state: &Path) -> PathBuf {
    KnownRepos::at(disk.clone(), state).file()
}

/// A lock that a git left in the repository of a journal.
pub struct StaleLock {
    /// The lock file.
    pub path: PathBuf,
    /// Is the repository our own, so that the next sync removes the lock?
    pub is_ours: bool,
}

/// The locks that a killed git left in this journal's repository.
pub fn stale_locks(journal: &Journal, state: &Path) -> Vec<StaleLock> {
    let repos = KnownRepos::at(journal.disk(), state);
    let location = repos.of(&journal.home_place()).ok().flatten();
    let Some(location) = location else { return Vec::new() };
    let is_ours = location.top.is_none();
    let mut locks = git_locks(&location.git);
    // While a sync is running, they are its own.
    if !locks.is_empty() && is_ours {
        let lock = repos.lock();
        locks.retain(|path| lock.is_ok() && path.exists());
    }
    locks.into_iter().map(|path| StaleLock { path, is_ours }).collect()
}

/// One journal, and the device's memory of where it is synced.
pub struct Sync<'a> {
    /// The journal to sync.
    pub journal: &'a Journal,
    /// The state folder, where the repositories are remembered.
    pub state: &'a Path,
    /// How git may behave.
    pub env: GitEnv,
    /// What never leaves with a branch of the user's: the key, and what this device remembers.
    pub private: &'a [PathBuf],
    /// The day for a commit's time, which says nothing more.
    pub day: NaiveDate,
    /// The key, if using it asks nobody anything. Without it no file is known to be
    /// replaced, and so none is removed, and what was removed here doesn't come back.
    pub identity: Option<&'a Identity>,
    /// The list that arriving entries are compared with; `None` if there is none yet.
    pub audience: Option<&'a Audience>,
}

/// Where a journal is synced from now on.
#[derive(Debug)]
pub struct SyncStart {
    /// The work tree of the user's own repository, if it's in that.
    pub top: Option<PathBuf>,
    /// The local folder in which a repository was made for it.
    pub made_folder: Option<PathBuf>,
}

/// What a sync did.
#[derive(Debug, Default)]
pub struct SyncReport {
    /// The number of files received.
    pub came: usize,
    /// The number of files sent.
    pub went: usize,
    /// Damaged files in the journal's folder.
    pub left_out: Vec<Damaged>,
    /// What the repository has under the name of an entry, or of a folder of entries, that is
    /// none, by its place there. It wasn't received.
    pub passed_over: Vec<Damaged>,
    /// How many received files are sealed to other keys than the list names.
    pub mismatches: BTreeMap<Mismatch, usize>,
    /// Files of others in the repository where entries must go, by their place there. The
    /// branch no longer has them.
    pub displaced: BTreeSet<PathBuf>,
    /// Entries that one device deleted and another edited, which keeps them; with the id that
    /// they have in another month, if they were moved there.
    pub undeleted: BTreeMap<EntryId, Option<EntryId>>,
    /// How many replaced files were removed from the journal's folder.
    pub removed: usize,
}

impl Sync<'_> {
    /// Starts syncing this journal with a remote; without one, in the user's own
    /// repository that it is in.
    ///
    /// # Errors
    /// `NoJournalThere` and `TooManyFiles`, of a remote that is for something else, and
    /// `NotBegun`, of one that isn't there; then nothing has changed.
    pub fn begin(&self, remote: Option<&str>) -> Result<SyncStart> {
        let repos = KnownRepos::at(self.journal.disk(), self.state);
        let lock = repos.lock()?;
        let (location, made_folder) = match remote {
            Some(remote) => {
                let place = self.journal.home_place();
                let new = setup::make(&repos, &place, remote, &self.env, &lock)?;
                (new.location, new.made_folder)
            }
            None => {
                let place = self.journal.home_place();
                (setup::around_unless_synced(&repos, &place, &self.root()?, &self.env)?, None)
            }
        };
        repos.note(&self.journal.home_place(), &location)?;
        Ok(SyncStart { top: location.top, made_folder })
    }

    /// Fetches, merges and pushes.
    ///
    /// # Errors
    /// A [`SyncError`]; nothing here is lost by one.
    pub fn sync(&self) -> Result<SyncReport> {
        self.exchange().map_err(|error| self.damaged_mirror(&error).unwrap_or(error))
    }

    /// What git couldn't do because of our own repository, and nothing of the user's.
    fn damaged_mirror(&self, error: &Error) -> Option<Error> {
        let is_git = matches!(error.of(), Some(SyncError::Git { .. }));
        let repos = KnownRepos::at(self.journal.disk(), self.state);
        let location = repos.of(&self.journal.home_place()).ok().flatten();
        let mirror = location.filter(|it| is_git && it.top.is_none())?.git;
        let is_damaged = !mirror::is_sound(&mirror, &self.env);
        is_damaged.then(|| SyncError::DamagedMirror { path: mirror }.into())
    }

    fn exchange(&self) -> Result<SyncReport> {
        let repos = KnownRepos::at(self.journal.disk(), self.state);
        let Some(location) = repos.of(&self.journal.home_place())? else {
            // Of a journal that isn't synced, not even the folder is made.
            let root = self.journal.root().canonicalize().ok();
            let around = root.and_then(|root| setup::around(&root, &self.env).ok()?.top);
            return Err(SyncError::NotSynced { around }.into());
        };
        let root = self.root()?;
        let lock = repos.lock()?;
        if location.top.is_none() {
            lock.recover(&location.git)?;
        }
        let mut repo = Repo::open(&root, location, &self.env, Some(lock))?;
        let mut report = SyncReport::default();
        let mut tips = BTreeSet::new();
        let mut reason = String::new();
        for _ in 0..TRIES {
            if let Err(away) = repo.git.fetch(&repo.remote) {
                // Commit here all the same; the next sync will push.
                let theirs = repo.merged_tip()?;
                self.join(&repo, theirs, false, &mut report)?;
                return Err(away);
            }
            repo.follow()?;
            let theirs = repo.git.commit_of(&repo.their_ref())?;
            repo.refuse_unpushed(self.private, theirs.as_ref())?;
            tips.insert(theirs.clone());
            let tip = self.join(&repo, theirs.clone(), true, &mut report)?;
            if tip == theirs {
                return Ok(report);
            }
            match repo.git.push(&repo.remote, &repo.branch, &repo.remote_branch)? {
                Push::Done => return Ok(report),
                Push::Refused { why } => reason = why,
            }
        }
        // If their branch never moved, nobody was faster: the remote refuses.
        let moved = tips.len() > 1;
        let blocked = SyncError::PushRefused { why: reason };
        Err(if moved { SyncError::AlwaysSecond.into() } else { blocked.into() })
    }

    /// The intact bytes that the repository here has of these revisions; the remote isn't
    /// asked.
    ///
    /// # Errors
    /// A [`SyncError`], where there is a repository and git does not read it.
    pub fn intact_copies(&self, names: &[EntryFileName]) -> Result<Vec<Sealed>> {
        let Some(location) =
            KnownRepos::at(self.journal.disk(), self.state).of(&self.journal.home_place())?
        else {
            return Ok(Vec::new());
        };
        let root = self.root()?;
        let repo = Repo::open(&root, location, &self.env, None)?;
        Ok(self.read_intact(&repo, names)?.into_values().collect())
    }

    /// The canonical path of the journal's folder.
    fn root(&self) -> Result<PathBuf> {
        let root = self.journal.root();
        self.journal.make()?;
        root.canonicalize().map_err(DiskError::io("open", root))
    }

    /// Merges the folder, our commit and theirs into the folder and into a commit that
    /// descends from all of them.
    fn join(
        &self,
        repo: &Repo,
        theirs: Option<Oid>,
        is_reached: bool,
        report: &mut SyncReport,
    ) -> Result<Option<Oid>> {
        let mut inputs = inputs(repo, theirs, is_reached)?;
        if let Some(top) = repo.git.top.as_ref().filter(|_| inputs.has_changes_outside()) {
            return Err(SyncError::ChangesOutside { repository: top.clone() }.into());
        }
        report.passed_over.clear();
        let mut files = self.list(&mut inputs, report)?;
        let classify =
            |inputs: &MergeInputs| classify_files(self.journal, self.identity, &repo.git, inputs);
        let mut verdicts = classify(&inputs)?;
        self.leave_out_broken(&files, &mut inputs, &verdicts.replaced, report);
        let mut plan = plan::plan(&inputs, &verdicts);
        let mut received: Vec<JournalFile> = Vec::new();
        // Repeats, as a received entry may name an attachment that nothing named before.
        while !plan.receive.is_empty() {
            received.extend(plan.receive.keys().cloned());
            self.receive(repo, &plan, &mut inputs, &mut files, report)?;
            // A received revision may replace one here.
            verdicts = classify(&inputs)?;
            plan = plan::plan(&inputs, &verdicts);
        }
        let tip = self.apply(repo, &plan, &files, report)?;
        let committed = match &plan.branch {
            Step::Commit { .. } => entries_of(repo, tip.as_deref())?,
            Step::Stay | Step::Forward { .. } => plan.entries,
        };
        let there = &inputs.theirs.tree.entries;
        let sent: Vec<&JournalFile> =
            committed.iter().filter(|file| !there.contains_key(file)).collect();
        report.went = sent.len();
        let lookalikes =
            lookalikes::lookalikes(&inputs.theirs.tree, &inputs.prefix, &plan.displaced);
        report.passed_over.extend(lookalikes);
        let displaced = plan.displaced.into_iter();
        report.displaced.extend(displaced.map(|path| OsString::from_vec(path).into()));
        let exchanged: BTreeSet<&EntryId> =
            sent.into_iter().chain(&received).map(JournalFile::entry).collect();
        let undeleted = verdicts.undeleted.into_iter();
        report.undeleted.extend(undeleted.filter(|(id, _)| exchanged.contains(id)));
        if repo.is_shared() {
            apply::stage(repo, tip.as_deref())?;
        }
        Ok(tip)
    }
}

/// The files of the journal that a commit really contains.
fn entries_of(repo: &Repo, tip: Option<&str>) -> Result<BTreeSet<JournalFile>> {
    Ok(repo.git.tree(tip, &repo.prefix)?.entries.into_keys().collect())
}

/// The three sides of a merge, as they are before it.
fn inputs(repo: &Repo, theirs: Option<Oid>, is_reached: bool) -> Result<MergeInputs> {
    let ours = repo.git.commit_of(&repo.branch)?;
    let base = match (&ours, &theirs) {
        (Some(ours), Some(theirs)) => repo.git.ask(&["merge-base", ours, theirs])?,
        _ => None,
    };
    let side = |tip: Option<Oid>| {
        let tree = repo.git.tree(tip.as_deref(), &repo.prefix)?;
        Ok::<_, Error>(Side { tip, tree })
    };
    Ok(MergeInputs {
        base: side(base)?,
        ours: side(ours)?,
        theirs: side(theirs)?,
        is_reached,
        prefix: repo.prefix.clone(),
        ..MergeInputs::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memory_that_cannot_be_read_is_told() {
        let (state, disk) = (tempfile::tempdir().unwrap(), crate::disk::real());
        assert!(remembers(&disk, state.path()));
        std::fs::create_dir_all(memory(&disk, state.path())).unwrap();
        assert!(!remembers(&disk, state.path()));
    }
}

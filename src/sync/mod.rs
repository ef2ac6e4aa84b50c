//! Syncs a journal between devices with the user's own git and remote: fetch, merge,
//! commit, push. Entries and their attachments are synced; what else a repository
//! contains is carried along unchanged. What arrives is published in the journal as
//! anything written here is.

mod apply;
mod commit;
mod errors;
mod folder_files;
mod git;
mod git_errors;
mod history;
mod known_repos;
mod lock;
mod merge;
mod plan;
mod repo;
mod setup;
mod silence;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::disk::DiskError;
use crate::disk::DiskRef;
use crate::entry::EntryId;
use crate::error::{Error, Result};
use crate::home_place::HomePlace;
use crate::journal::{Damaged, Journal, JournalFile, Succession};
use crate::seal::{Audience, EntryFileName, Identity, Mismatch, Sealed};

use git_errors::Push;
use known_repos::KnownRepos;
use lock::git_locks;
use repo::Repo;

pub use errors::SyncError;
pub use git::GitEnv;
pub(crate) use git::has_own_ssh;
pub use merge::{Oid, Tree};
pub use plan::{Edit, FolderView, MergeInputs, Plan, Side, Step, plan};

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
    let known = KnownRepos::at(journal.disk(), state);
    let location = known.of(&journal.home_place()).ok().flatten();
    let Some(location) = location else { return Vec::new() };
    let is_ours = location.top.is_none();
    let mut locks = git_locks(&location.git);
    // While a sync is running, they are its own.
    if !locks.is_empty() && is_ours {
        let lock = known.lock();
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
    /// The day for a commit's time, which says nothing more.
    pub day: NaiveDate,
    /// The key, if using it asks nobody anything. Without it no file is known to be
    /// replaced, and so none is removed.
    pub identity: Option<&'a Identity>,
    /// The list that arriving entries are compared with; `None` if there is none yet.
    pub audience: Option<&'a Audience>,
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
    /// Files in the repository with an entry's name and no entry in them, by their place
    /// there. They weren't received.
    pub passed_over: Vec<Damaged>,
    /// How many received entries are sealed to other keys than the list names.
    pub mismatches: BTreeMap<Mismatch, usize>,
    /// Files of others in the repository where entries must go, by their place there. The
    /// branch no longer has them.
    pub displaced: BTreeSet<PathBuf>,
    /// Entries that one device deleted and another edited, which keeps them.
    pub undeleted: BTreeSet<EntryId>,
}

impl Sync<'_> {
    /// Starts syncing this journal with a remote; without one, in the user's own
    /// repository that it is in, whose work tree is returned.
    ///
    /// # Errors
    /// `NoJournalThere` and `TooManyFiles`, of a remote that is for something else;
    /// then nothing has changed.
    pub fn begin(&self, remote: Option<&str>) -> Result<Option<PathBuf>> {
        let known = KnownRepos::at(self.journal.disk(), self.state);
        let lock = known.lock()?;
        let journal = self.root()?;
        let location = match remote {
            Some(remote) => {
                setup::make(&known, &self.journal.home_place(), remote, &self.env, &lock)?
            }
            None => setup::around(&journal, &self.env)?,
        };
        known.note(&self.journal.home_place(), &location)?;
        Ok(location.top)
    }

    /// Fetches, merges and pushes.
    ///
    /// # Errors
    /// A [`SyncError`]; nothing here is lost by one.
    pub fn sync(&self) -> Result<SyncReport> {
        let known = KnownRepos::at(self.journal.disk(), self.state);
        let root = self.root()?;
        let Some(location) = known.of(&self.journal.home_place())? else {
            let around = setup::around(&root, &self.env).ok().and_then(|r| r.top);
            return Err(SyncError::NotSynced { around }.into());
        };
        let lock = known.lock()?;
        if location.top.is_none() {
            lock.recover(&location.git)?;
        }
        let mut repo = Repo::open(&root, location, &self.env, Some(lock))?;
        let mut report = SyncReport::default();
        let (mut tips, mut reason) = (BTreeSet::new(), String::new());
        for _ in 0..TRIES {
            if let Err(away) = repo.git.fetch(&repo.remote) {
                // Commit here all the same; the next sync will push.
                let theirs = repo.merged_tip()?;
                self.join(&repo, theirs, false, &mut report)?;
                return Err(away);
            }
            repo.follow()?;
            let theirs = repo.git.commit_of(&repo.their_ref())?;
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
    pub fn intact_copies(&self, labels: &[EntryFileName]) -> Result<Vec<Sealed>> {
        let root = self.root()?;
        let Some(location) =
            KnownRepos::at(self.journal.disk(), self.state).of(&self.journal.home_place())?
        else {
            return Ok(Vec::new());
        };
        let repo = Repo::open(&root, location, &self.env, None)?;
        Ok(self.read_intact(&repo, labels)?.into_values().collect())
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
        let mut succession = self.judge(repo, &mut inputs)?;
        self.leave_out_broken(&files, &mut inputs, report);
        let mut plan = plan::plan(&inputs);
        let mut received: Vec<JournalFile> = Vec::new();
        // Repeats, as a received entry may name an attachment that nothing named before.
        while !plan.receive.is_empty() {
            received.extend(plan.receive.keys().cloned());
            self.receive(repo, &plan, &mut inputs, &mut files, report)?;
            // A received revision may replace one here.
            succession = self.judge(repo, &mut inputs)?;
            plan = plan::plan(&inputs);
        }
        let tip = self.apply(repo, &plan, &files, report)?;
        // Report what the commit really contains.
        let committed: BTreeSet<JournalFile> = match &plan.branch {
            Step::Commit { .. } => {
                repo.git.tree(tip.as_deref(), &repo.prefix)?.entries.into_keys().collect()
            }
            Step::Stay | Step::Forward { .. } => plan.entries,
        };
        let theirs = &inputs.theirs.tree.entries;
        let sent: Vec<&JournalFile> =
            committed.iter().filter(|it| !theirs.contains_key(it)).collect();
        report.went = sent.len();
        report
            .displaced
            .extend(plan.displaced.into_iter().map(|path| OsString::from_vec(path).into()));
        let exchanged: BTreeSet<&EntryId> =
            sent.into_iter().chain(&received).map(JournalFile::entry).collect();
        report
            .undeleted
            .extend(succession.undeleted.into_iter().filter(|id| exchanged.contains(id)));
        if repo.is_shared() {
            apply::stage(repo, tip.as_deref())?;
        }
        Ok(tip)
    }

    /// Finds out which files are replaced, and which the remote should not get again.
    fn judge(&self, repo: &Repo, inputs: &mut MergeInputs) -> Result<Succession> {
        let [base, ours, theirs] =
            [&inputs.base, &inputs.ours, &inputs.theirs].map(|side| &side.tree.entries);
        let files: BTreeSet<&JournalFile> =
            inputs.folder.present.iter().chain(ours.keys()).chain(theirs.keys()).collect();
        let succession = match self.identity {
            Some(identity) => {
                let files: Vec<JournalFile> = files.iter().copied().cloned().collect();
                let removed = |file: &JournalFile| {
                    let removed_here =
                        ours.contains_key(file) && !inputs.folder.present.contains(file);
                    removed_here || base.contains_key(file) && !theirs.contains_key(file)
                };
                self.journal.succession(identity, &files, &removed)?
            }
            None => Succession::default(),
        };
        let is_doubtful = |label: &&JournalFile| {
            let is_judged = succession.replaced.contains(label) || succession.heads.contains(label);
            // With the key, a file that isn't here is received and opened first.
            let is_here = self.identity.is_none() || inputs.folder.present.contains(label);
            !is_judged && is_here && !theirs.contains_key(label)
        };
        let doubtful = files.into_iter().filter(is_doubtful).collect();
        inputs.folder.outdated = history::outdated(&repo.git, inputs, doubtful)?;
        inputs.folder.replaced.clone_from(&succession.replaced);
        Ok(succession)
    }
}

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
    let (base, ours, theirs) = (side(base)?, side(ours)?, side(theirs)?);
    let (prefix, folder) = (repo.prefix.clone(), FolderView::default());
    Ok(MergeInputs { base, ours, theirs, is_reached, prefix, folder })
}

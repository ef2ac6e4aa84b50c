//! A repository of our own, which mirrors a remote: made, checked, and connected to it.

use std::path::{Path, PathBuf};

use crate::entry::EntryId;
use crate::error::{Error, Result};
use crate::sync::SyncError;

use super::git::{Git, GitEnv, git, run};
use super::lock::SyncLock;
use super::repo::Repo;

/// Where mirrors are made.
pub struct Mirrors<'a> {
    pub folder: &'a Path,
    pub env: &'a GitEnv,
    pub lock: &'a SyncLock,
}

impl Mirrors<'_> {
    /// Gives this mirror the remote, and returns its path. It's a new one where there's none, or
    /// where git exchanges nothing between it and the remote, as their object formats differ.
    ///
    /// # Errors
    /// Why the remote can't be used; then the mirror is as it was, and there's no new one.
    pub fn connect(
        &self,
        mirror: Option<&Path>,
        remote: &str,
        may_be_offline: bool,
    ) -> Result<PathBuf> {
        let connected = match mirror {
            Some(dir) => self.try_remote(dir, remote, may_be_offline).map(|()| dir.to_owned()),
            None => self.make(None, remote, may_be_offline),
        };
        match connected.as_ref().err().and_then(Error::of) {
            Some(SyncError::OtherFormat { remote: Some(format) }) => {
                self.make(Some(format), remote, may_be_offline)
            }
            _ => connected,
        }
    }

    /// A new mirror of the remote, in git's own object format or in this one.
    fn make(&self, format: Option<&str>, remote: &str, may_be_offline: bool) -> Result<PathBuf> {
        let dir = self.folder.join(format!("{}.git", EntryId::random()?));
        let made = init_bare(&dir, self.folder, format, self.env);
        made.and_then(|()| self.try_remote(&dir, remote, may_be_offline)).inspect_err(|_| {
            // It's half-made or empty, or holds what was fetched from the wrong remote.
            let _ = std::fs::remove_dir_all(&dir);
        })?;
        Ok(dir)
    }

    /// Checks that a journal may be pushed to a remote, then makes it the mirror's.
    fn try_remote(&self, dir: &Path, remote: &str, may_be_offline: bool) -> Result<()> {
        self.lock.recover(dir)?;
        let (env, lock) = (self.env.clone(), Some(self.lock.clone()));
        let mut repo = Repo::own(Git { dir: dir.to_owned(), top: None, env, lock }, remote)?;
        match repo.git.fetch(remote) {
            Ok(()) => {
                repo.follow()?;
                refuse_other_format(&repo, remote)?;
            }
            Err(away) if may_be_offline && !is_unusable(&away) => {}
            Err(away) => return Err(away),
        }
        let settings = [
            ("remote.origin.url", remote),
            // Garbage collection must end before we do.
            ("gc.autoDetach", "false"),
            ("maintenance.autoDetach", "false"),
        ];
        for (key, value) in settings {
            repo.git.run(&["config", "--replace-all", key, value])?;
        }
        Ok(())
    }
}

/// Is it that there's no repository at the address?
pub fn is_nowhere(error: &Error) -> bool {
    matches!(error.of(), Some(SyncError::NoSuchRemote { .. }))
}

/// Is it more than that the remote isn't reached right now?
fn is_unusable(error: &Error) -> bool {
    is_nowhere(error) || matches!(error.of(), Some(SyncError::OtherFormat { .. }))
}

/// The two formats are compared by a fetch, but not by one from an empty repository. A clone of
/// that has its format.
fn refuse_other_format(repo: &Repo, remote: &str) -> Result<()> {
    if repo.git.commit_of(&repo.their_ref())?.is_some() {
        return Ok(());
    }
    let probe = repo.git.dir.join("probe");
    let mut clone = repo.git.within(&repo.git.dir);
    clone.args(["-c", "core.hooksPath=/dev/null", "clone", "--quiet", "--bare", "--template="]);
    // Of a folder, too, only what a branch has.
    clone.args(["--no-local", "--", remote]).arg(&probe);
    let cloned = repo.git.remote_output(&mut clone);
    let theirs = cloned.is_ok().then(|| object_format(&probe, &repo.git.env)).flatten();
    let _ = std::fs::remove_dir_all(&probe);
    let ours = object_format(&repo.git.dir, &repo.git.env);
    if theirs.is_none() || theirs == ours {
        return Ok(());
    }
    Err(SyncError::OtherFormat { remote: theirs }.into())
}

/// The hash by which git names what a repository holds, such as “sha1”; `None` where this git
/// knows but that one.
pub fn object_format(dir: &Path, env: &GitEnv) -> Option<String> {
    let mut ask = git(dir, env);
    ask.arg("--git-dir").arg(dir).args(["rev-parse", "--show-object-format"]);
    run(&mut ask).ok()
}

/// The address of its remote.
pub fn remote_of(dir: &Path, env: &GitEnv) -> Result<Option<String>> {
    let repository = Git { dir: dir.to_owned(), top: None, env: env.clone(), lock: None };
    repository.ask(&["config", "--get", "remote.origin.url"])
}

/// Does git find everything that this repository of our own refers to?
pub fn is_sound(dir: &Path, env: &GitEnv) -> bool {
    let mut fsck = git(dir, env);
    fsck.arg("--git-dir").arg(dir);
    run(fsck.args(["fsck", "--connectivity-only", "--no-dangling", "--no-progress"])).is_ok()
}

/// Makes an empty repository, in git's own object format or in this one.
pub fn init_bare(dir: &Path, from: &Path, format: Option<&str>, env: &GitEnv) -> Result<()> {
    let mut init = git(from, env);
    // A template could bring hooks along.
    init.args(["-c", "init.defaultBranch=main", "init", "--quiet", "--bare", "--template="]);
    init.args(format.map(|format| format!("--object-format={format}")));
    run(init.arg("--").arg(dir)).map(drop)
}

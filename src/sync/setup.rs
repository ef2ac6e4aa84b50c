//! Sets up a repository for a journal: one of our own, or the user's that it is in.

use std::path::{Path, PathBuf};

use crate::entry::EntryId;
use crate::error::Result;
use crate::home_place::HomePlace;
use crate::sync::SyncError;

use super::git::{Git, GitEnv, git, run};
use super::git_errors::bare;
use super::known_repos::{KnownRepos, RepoLocation};
use super::lock::SyncLock;
use super::repo::{Repo, below};

/// A possible entry's name, to find out whether entries are ignored.
const SAMPLE_PLACE: &str = "2026/01/2026-01-01-aaaaaaaaaa.aaaaaa.age";

/// Makes a repository of our own with this remote, or gives the existing one this remote.
///
/// # Errors
/// Why this remote can't be used; then nothing has changed. A remote that is only
/// unreachable is accepted, unless it would replace another.
pub fn make(
    known: &KnownRepos,
    journal: &HomePlace,
    remote: &str,
    env: &GitEnv,
    lock: &SyncLock,
) -> Result<RepoLocation> {
    let remote = address(remote)?;
    let existing = known.of(journal)?.filter(|location| location.git.exists());
    let (dir, is_new) = match &existing {
        Some(RepoLocation { git, top: None }) => (git.clone(), false),
        Some(RepoLocation { top: Some(_), .. }) | None => (init(known, env)?, true),
    };
    let git = Git { dir: dir.clone(), top: None, env: env.clone(), lock: Some(lock.clone()) };
    lock.recover(&dir)?;
    let old_remote = match existing {
        Some(RepoLocation { top: Some(top), .. }) => Some(top.display().to_string()),
        Some(_) => git.ask(&["config", "--get", "remote.origin.url"])?,
        None => None,
    };
    let old_remote = old_remote.filter(|old| *old != remote);
    if let Err(why) = try_remote(git, &remote, old_remote.is_none()) {
        if is_new {
            // It's empty, or holds what was fetched from the wrong remote.
            let _ = std::fs::remove_dir_all(&dir);
        }
        return Err(match old_remote {
            Some(old) => SyncError::NotReplaced { why: Box::new(why), before: bare(&old) }.into(),
            None => why,
        });
    }
    Ok(RepoLocation { git: dir, top: None })
}

fn init(known: &KnownRepos, env: &GitEnv) -> Result<PathBuf> {
    let dir = known.folder().join(format!("{}.git", EntryId::random()?));
    let mut init = git(known.folder(), env);
    // A template could bring hooks along.
    init.args(["-c", "init.defaultBranch=main", "init", "--quiet", "--bare", "--template="]);
    run(init.arg(&dir)).inspect_err(|_| {
        // A half-made repository is of no use.
        let _ = std::fs::remove_dir_all(&dir);
    })?;
    Ok(dir)
}

/// Checks that a journal may be pushed to a remote, then makes it the repository's.
fn try_remote(git: Git, remote: &str, may_be_offline: bool) -> Result<()> {
    let mut repo = Repo::own(git, remote)?;
    match repo.git.fetch(remote) {
        Ok(()) => repo.follow()?,
        Err(_) if may_be_offline => {}
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

/// The user's repository that the journal is in.
pub fn around(journal: &Path, env: &GitEnv) -> Result<RepoLocation> {
    if journal.join(".git").symlink_metadata().is_ok() {
        return Err(SyncError::RepositoryInside { journal: journal.to_owned() }.into());
    }
    // Run in the parent folder: a repository in the journal must have no say.
    let above = journal.parent().unwrap_or(journal);
    let output = run(git(above, env).args(["rev-parse", "--absolute-git-dir", "--show-toplevel"]));
    let not_in_repository = || SyncError::NotInARepository { journal: journal.to_owned() };
    let output = match output {
        Err(e) if matches!(e.of(), Some(SyncError::Git { .. })) => {
            return Err(not_in_repository().into());
        }
        output => output?,
    };
    let mut lines = output.lines().map(PathBuf::from);
    let (Some(dir), Some(top)) = (lines.next(), lines.next()) else {
        return Err(not_in_repository().into());
    };
    let repository = Git { dir: dir.clone(), top: Some(top.clone()), env: env.clone(), lock: None };
    let sample = format!("{}{SAMPLE_PLACE}", below(journal, &top)?);
    if repository.ask(&["check-ignore", "--quiet", "--no-index", &sample])?.is_some() {
        return Err(SyncError::IgnoredThere { repository: top }.into());
    }
    Ok(RepoLocation { git: dir, top: Some(top) })
}

/// Prefixes of tokens that are used as user names: GitHub's, GitLab's, Bitbucket's.
const TOKENS: &[&str] = &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "atatt"];

fn is_secret(user: &str) -> bool {
    let user = user.to_lowercase();
    user.contains(':') || user.contains("%3a") || TOKENS.iter().any(|t| user.contains(t))
}

/// A remote's address that works from any folder. A password in it would show in the
/// process list and stay in a file.
fn address(remote: &str) -> Result<String> {
    let authority =
        remote.split_once("://").map(|(_, rest)| rest.split('/').next().unwrap_or(rest));
    let user = authority.and_then(|a| a.rsplit_once('@')).map(|(user, _)| user);
    if user.is_some_and(is_secret) {
        return Err(SyncError::SecretInRemote.into());
    }
    if remote.is_empty() || remote.starts_with('-') {
        return Err(SyncError::NoSuchRemote { why: format!("{remote} is no address") }.into());
    }
    // As git does: `host:path` has no slash before the colon.
    let first = remote.split('/').next().unwrap_or_default();
    if authority.is_some() || first.contains(':') {
        return Ok(remote.to_owned());
    }
    let path = std::path::absolute(remote).unwrap_or_else(|_| remote.into());
    Ok(path.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_git_takes_it_and_a_path_from_anywhere() {
        for same in ["https://ada@host/j.git", "ssh://git@host:22/j", "git@host:j.git", "/srv/j"] {
            assert_eq!(address(same).unwrap(), same);
        }
        assert!(address("../j.git").unwrap().starts_with('/'));
        for secret in ["ada:pw", "ghp_abc", "github_pat_1", "oauth2:glpat-1", "GLPAT-1", "a%3Apw"] {
            let given = format!("https://{secret}@host/j");
            let refused = address(&given).unwrap_err();
            assert!(matches!(refused.of(), Some(SyncError::SecretInRemote)), "{given}");
        }
        assert!(address("--upload-pack=x").is_err() && address("").is_err());
    }
}

//! A repository for a journal: made by us, or the user's own that it lies in.

use std::path::{Path, PathBuf};

use crate::entry::EntryId;
use crate::error::Result;
use crate::sync::SyncError;

use super::git::{Git, GitEnv, git, run};
use super::git_errors::bare;
use super::known_repos::{KnownRepos, RepoLocation};
use super::lock::SyncLock;
use super::repo::{Repo, below};

/// A name no entry has, to ask whether entries are ignored.
const ANY: &str = "2026/01/2026-01-01-aaaaaaaaaa.aaaaaa.age";

/// Makes a repository of our own, or gives the one that there is this remote.
///
/// # Errors
/// What speaks against this remote; then nothing has changed. One that is only away
/// is taken at its word, unless it would take the place of another.
pub fn make(
    known: &KnownRepos,
    journal: &Path,
    remote: &str,
    env: &GitEnv,
    lock: &SyncLock,
) -> Result<RepoLocation> {
    let remote = address(remote)?;
    let before = known.of(journal)?.filter(|location| location.git.exists());
    let (dir, is_new) = match &before {
        Some(RepoLocation { git, top: None }) => (git.clone(), false),
        Some(RepoLocation { top: Some(_), .. }) | None => (init(known, env)?, true),
    };
    let git = Git { dir: dir.clone(), top: None, env: env.clone(), lock: Some(lock.clone()) };
    lock.recover(&dir)?;
    let replaced = match before {
        Some(RepoLocation { top: Some(top), .. }) => Some(top.display().to_string()),
        Some(_) => git.ask(&["config", "--get", "remote.origin.url"])?,
        None => None,
    };
    let replaced = replaced.filter(|before| *before != remote);
    if let Err(why) = look_at(git, &remote, replaced.is_none()) {
        if is_new {
            // It is empty, or has what we do not want.
            let _ = std::fs::remove_dir_all(&dir);
        }
        return Err(match replaced {
            Some(before) => {
                SyncError::NotReplaced { why: Box::new(why), before: bare(&before) }.into()
            }
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
        // What there is of it is nobody's.
        let _ = std::fs::remove_dir_all(&dir);
    })?;
    Ok(dir)
}

/// Fetches from a remote and sees whether a journal may go there, before it becomes
/// ours.
fn look_at(git: Git, remote: &str, may_be_away: bool) -> Result<()> {
    let mut repo = Repo::own(git, remote)?;
    match repo.git.fetch(remote) {
        Ok(()) => repo.follow()?,
        Err(_) if may_be_away => {}
        Err(away) => return Err(away),
    }
    let settings = [
        ("remote.origin.url", remote),
        // Tidying up ends before we do.
        ("gc.autoDetach", "false"),
        ("maintenance.autoDetach", "false"),
    ];
    for (key, value) in settings {
        repo.git.run(&["config", "--replace-all", key, value])?;
    }
    Ok(())
}

/// The repository of the user's in which the journal lies.
pub fn around(journal: &Path, env: &GitEnv) -> Result<RepoLocation> {
    if journal.join(".git").symlink_metadata().is_ok() {
        return Err(SyncError::RepositoryInside { journal: journal.to_owned() }.into());
    }
    // From the folder above: what lies in the journal is not asked.
    let above = journal.parent().unwrap_or(journal);
    let found = run(git(above, env).args(["rev-parse", "--absolute-git-dir", "--show-toplevel"]));
    let none = || SyncError::NotInARepository { journal: journal.to_owned() };
    let found = match found {
        Err(e) if matches!(e.of(), Some(SyncError::Git { .. })) => return Err(none().into()),
        found => found?,
    };
    let mut lines = found.lines().map(PathBuf::from);
    let (Some(dir), Some(top)) = (lines.next(), lines.next()) else { return Err(none().into()) };
    let ours = Git { dir: dir.clone(), top: Some(top.clone()), env: env.clone(), lock: None };
    let any = format!("{}{ANY}", below(journal, &top)?);
    if ours.ask(&["check-ignore", "--quiet", "--no-index", &any])?.is_some() {
        return Err(SyncError::IgnoredThere { repository: top }.into());
    }
    Ok(RepoLocation { git: dir, top: Some(top) })
}

/// How tokens begin that stand where a user's name does: GitHub's, GitLab's,
/// Bitbucket's, and how git writes a colon there.
const TOKENS: &[&str] = &["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "atatt"];

fn is_secret(user: &str) -> bool {
    let user = user.to_lowercase();
    user.contains(':') || user.contains("%3a") || TOKENS.iter().any(|t| user.contains(t))
}

/// A remote as git takes it from any folder. A password in it would be seen in
/// the list of processes, and stay in a file.
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
    // As git tells them apart: `host:path` has no slash before the colon.
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

//! The repository in which a journal is synced: made, found, and found fit.

use std::path::{Path, PathBuf};

use crate::entry::EntryId;
use crate::error::Result;
use crate::sync::SyncError;

use super::git::{Git, Manners, THEIRS, git, run};
use super::known::{Known, Repository};
use super::said::bare;

/// The one remote of a repository of our own.
const REMOTE: &str = "origin";

/// A name no entry has, to ask whether entries are ignored.
const ANY: &str = "2026/01/2026-01-01-aaaaaaaaaa.aaaaaa.age";

/// Where a sync takes place.
pub struct Place {
    pub git: Git,
    /// The journal's folder in it, with a slash behind it; empty in our own.
    pub prefix: String,
    pub remote: String,
    /// The branch here, and on the remote, by their full names.
    pub branch: String,
    pub there: String,
}

impl Place {
    /// The remote's branch, as it was when it was last asked.
    pub fn their_ref(&self) -> String {
        self.there.replacen("refs/heads/", THEIRS, 1)
    }

    /// Is it a repository of the user's, in which the journal is a folder?
    pub fn is_shared(&self) -> bool {
        self.git.top.is_some()
    }

    pub fn open(journal: &Path, repository: Repository, manners: &Manners) -> Result<Place> {
        let Repository { git: dir, top } = repository;
        if !dir.exists() {
            return Err(SyncError::NotSynced { around: None }.into());
        }
        let prefix = top.as_deref().map(|top| below(journal, top)).transpose()?;
        let git = Git { dir, top, manners: manners.clone() };
        let branch = branch(&git)?;
        if prefix.is_none() {
            let (remote, there) = (REMOTE.to_owned(), branch.clone());
            return Ok(Place { git, prefix: String::new(), remote, branch, there });
        }
        refuse_unfinished(&git)?;
        let short = branch.trim_start_matches("refs/heads/");
        let set = |key: &str| git.ask(&["config", "--get", &format!("branch.{short}.{key}")]);
        let remotes = git.run(&["remote"])?;
        let remotes: Vec<&str> = remotes.lines().collect();
        let tracked = set("remote")?.filter(|name| remotes.contains(&name.as_str()));
        let upstream = if tracked.is_some() { set("merge")? } else { None };
        let usual = remotes.iter().find(|name| **name == REMOTE).or(remotes.first());
        let remote = tracked.or(usual.map(|name| (*name).to_owned()));
        let remote = remote.ok_or_else(|| SyncError::NoRemote { repository: git.dir.clone() })?;
        let there = upstream.unwrap_or_else(|| branch.clone());
        Ok(Place { prefix: prefix.unwrap_or_default(), remote, there, branch, git })
    }

    /// The branch has the name that the remote's has, also on a device that
    /// kept entries before it first reached the remote.
    pub fn follow(&mut self) -> Result<()> {
        if self.is_shared() || self.git.commit_of(&self.their_ref())?.is_some() {
            return Ok(());
        }
        let ours = self.git.commit_of(&self.branch)?;
        let theirs = self.git.run(&["for-each-ref", "--format=%(refname)", THEIRS])?;
        let theirs: Vec<&str> =
            theirs.lines().filter_map(|name| name.strip_prefix(THEIRS)).collect();
        let usual = ["main", "master"].into_iter().find(|name| theirs.contains(name));
        // Of several that have no usual name, a device with a history of its own
        // takes none.
        let any = theirs.first().filter(|_| ours.is_none() || theirs.len() == 1).copied();
        if let Some(name) = usual.or(any) {
            self.branch = format!("refs/heads/{name}");
            if let Some(tip) = ours {
                self.git.run(&["update-ref", &self.branch, &tip])?;
            }
            self.there = self.branch.clone();
            self.git.run(&["symbolic-ref", "HEAD", &self.branch])?;
        }
        Ok(())
    }
}

/// Makes a repository of our own, or gives the one that there is this remote.
pub fn make(known: &Known, journal: &Path, remote: &str, manners: &Manners) -> Result<Repository> {
    let remote = address(remote)?;
    let before = known.of(journal)?.filter(|repository| repository.git.exists());
    if let Some(before) = &before {
        reach_first(before, &remote, manners)?;
    }
    let dir = match before {
        Some(Repository { git, top: None }) => git,
        _ => {
            let dir = known.folder().join(format!("{}.git", EntryId::random()?));
            let mut init = git(known.folder(), manners);
            // A template could bring hooks along.
            init.args([
                "-c",
                "init.defaultBranch=main",
                "init",
                "--quiet",
                "--bare",
                "--template=",
            ]);
            run(init.arg(&dir))?;
            dir
        }
    };
    let ours = Git { dir: dir.clone(), top: None, manners: manners.clone() };
    let settings = [
        ("remote.origin.url", remote.as_str()),
        // Tidying up ends before we do.
        ("gc.autoDetach", "false"),
        ("maintenance.autoDetach", "false"),
    ];
    for (key, value) in settings {
        ours.run(&["config", "--replace-all", key, value])?;
    }
    Ok(Repository { git: dir, top: None })
}

/// What a journal is synced with is replaced only by what was reached: an
/// address may be mistyped.
fn reach_first(before: &Repository, remote: &str, manners: &Manners) -> Result<()> {
    let Repository { git: dir, top } = before;
    let git = Git { dir: dir.clone(), top: top.clone(), manners: manners.clone() };
    let now = match top {
        Some(top) => Some(top.display().to_string()),
        None => git.ask(&["config", "--get", "remote.origin.url"])?,
    };
    match (now, git.reach(remote)) {
        (Some(before), Err(why)) if before != remote && why.of::<SyncError>().is_some() => {
            Err(SyncError::NotReplaced { why: Box::new(why), before: bare(&before) }.into())
        }
        // What it is synced with already may be away.
        _ => Ok(()),
    }
}

/// The repository of the user's in which the journal lies.
pub fn around(journal: &Path, manners: &Manners) -> Result<Repository> {
    if journal.join(".git").symlink_metadata().is_ok() {
        return Err(SyncError::RepositoryInside { journal: journal.to_owned() }.into());
    }
    // From the folder above: what lies in the journal is not asked.
    let above = journal.parent().unwrap_or(journal);
    let found =
        run(git(above, manners).args(["rev-parse", "--absolute-git-dir", "--show-toplevel"]));
    let none = || SyncError::NotInARepository { journal: journal.to_owned() };
    let found = match found {
        Err(e) if matches!(e.of(), Some(SyncError::Git { .. })) => return Err(none().into()),
        found => found?,
    };
    let mut lines = found.lines().map(PathBuf::from);
    let (Some(dir), Some(top)) = (lines.next(), lines.next()) else { return Err(none().into()) };
    let ours = Git { dir: dir.clone(), top: Some(top.clone()), manners: manners.clone() };
    let any = format!("{}{ANY}", below(journal, &top)?);
    if ours.ask(&["check-ignore", "--quiet", "--no-index", &any])?.is_some() {
        return Err(SyncError::IgnoredThere { repository: top }.into());
    }
    Ok(Repository { git: dir, top: Some(top) })
}

/// The journal's folder as git writes it.
fn below(journal: &Path, top: &Path) -> Result<String> {
    let place = journal.strip_prefix(top).ok().and_then(Path::to_str);
    let place = place.ok_or_else(|| SyncError::NotInARepository { journal: journal.to_owned() })?;
    Ok(if place.is_empty() { String::new() } else { format!("{place}/") })
}

fn branch(git: &Git) -> Result<String> {
    let at = || SyncError::NotOnBranch { repository: git.dir.clone() };
    Ok(git.ask(&["symbolic-ref", "--quiet", "HEAD"])?.ok_or_else(at)?)
}

/// What the user began there, the user ends.
fn refuse_unfinished(git: &Git) -> Result<()> {
    let signs = [
        ("MERGE_HEAD", "merge"),
        ("rebase-merge", "rebase"),
        ("rebase-apply", "rebase"),
        ("CHERRY_PICK_HEAD", "cherry-pick"),
        ("REVERT_HEAD", "revert"),
    ];
    match signs.iter().find(|(sign, _)| git.dir.join(sign).exists()) {
        Some((_, what)) => Err(SyncError::Unfinished { what, repository: git.dir.clone() }.into()),
        None => Ok(()),
    }
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

    #[test]
    fn the_journals_place_in_a_repository_ends_in_a_slash() {
        let below = |journal: &str| below(Path::new(journal), Path::new("/dots"));
        assert_eq!(below("/dots/a/journal").unwrap(), "a/journal/");
        assert_eq!(below("/dots").unwrap(), "");
        assert!(below("/elsewhere").is_err());
    }
}

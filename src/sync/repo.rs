//! The repository that a journal is synced with, and its remote's branch.

use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::journal::JournalFile;
use crate::sync::SyncError;

use super::git::{Git, GitEnv, THEIRS, run};
use super::known_repos::RepoLocation;
use super::lock::SyncLock;
use super::merge::Oid;

/// The one remote of a repository of our own.
const REMOTE: &str = "origin";

/// How many branches of a remote to search for a journal.
const MOST_BRANCHES: usize = 16;

/// An open repository, and the branches that are synced.
pub struct Repo {
    pub git: Git,
    /// The journal's path in it, with a slash at the end; empty in our own.
    pub prefix: String,
    pub remote: String,
    /// The full name of the branch here.
    pub branch: String,
    /// The full name of the branch on the remote.
    pub remote_branch: String,
}

impl Repo {
    /// The ref that holds the remote's branch as last fetched.
    pub fn their_ref(&self) -> String {
        self.remote_branch.replacen("refs/heads/", THEIRS, 1)
    }

    /// In the user's own repository, a push takes their commits along.
    ///
    /// # Errors
    /// `PrivateInBranch`, if one that the remote doesn't have changes one of these paths.
    pub fn refuse_unpushed(&self, private: &[PathBuf], theirs: Option<&Oid>) -> Result<()> {
        let (Some(top), Some(ours)) = (&self.git.top, self.git.commit_of(&self.branch)?) else {
            return Ok(());
        };
        for file in private {
            let Some(place) = real_path(file) else { continue };
            let Some(place) = place.strip_prefix(top).ok().and_then(Path::to_str) else { continue };
            // Taking it out again may be pushed.
            let found = ["log", "-1", "--format=%H", "--no-show-signature", "--name-only"];
            let mut arguments = [&found[..], &["--diff-filter=d", &ours]].concat();
            arguments.extend(theirs.iter().flat_map(|theirs| ["--not", theirs.as_str()]));
            arguments.extend(["--", place]);
            if self.git.ask(&arguments)?.is_some_and(|commit| !commit.is_empty()) {
                let (file, repository) = (file.clone(), top.clone());
                return Err(SyncError::PrivateInBranch { file, repository }.into());
            }
        }
        Ok(())
    }

    /// The tip of the remote's branch, if it's merged into ours.
    pub fn merged_tip(&self) -> Result<Option<Oid>> {
        let theirs = self.git.commit_of(&self.their_ref())?;
        let (Some(theirs), Some(ours)) = (theirs, self.git.commit_of(&self.branch)?) else {
            return Ok(None);
        };
        let is_part = self.git.ask(&["merge-base", "--is-ancestor", &theirs, &ours])?.is_some();
        Ok(is_part.then_some(theirs))
    }

    /// The path of an entry's file in a commit.
    pub fn path(&self, file: &JournalFile) -> Vec<u8> {
        format!("{}{}", self.prefix, file.place()).into_bytes()
    }

    /// Is it a user's repository, with the journal as a folder in it?
    pub fn is_shared(&self) -> bool {
        self.git.top.is_some()
    }

    /// A repository of our own.
    pub fn own(git: Git, remote: &str) -> Result<Repo> {
        let branch = branch(&git)?;
        Ok(Repo {
            git,
            prefix: String::new(),
            remote: remote.to_owned(),
            remote_branch: branch.clone(),
            branch,
        })
    }

    pub fn open(
        journal: &Path,
        location: RepoLocation,
        env: &GitEnv,
        lock: Option<SyncLock>,
    ) -> Result<Repo> {
        let RepoLocation { git: dir, top } = location;
        if !dir.exists() {
            return Err(SyncError::NotSynced { around: None }.into());
        }
        let prefix = top.as_deref().map(|top| below(journal, top)).transpose()?;
        let git = Git { dir, top, env: env.clone(), lock };
        let Some(prefix) = prefix else { return Repo::own(git, REMOTE) };
        let branch = branch(&git)?;
        refuse_unfinished(&git)?;
        let short = branch.trim_start_matches("refs/heads/");
        let get_setting =
            |key: &str| git.ask(&["config", "--get", &format!("branch.{short}.{key}")]);
        let remotes = git.run(&["remote"])?;
        let remotes: Vec<&str> = remotes.lines().collect();
        let tracked = get_setting("remote")?.filter(|name| remotes.contains(&name.as_str()));
        let upstream = if tracked.is_some() { get_setting("merge")? } else { None };
        let default = remotes.iter().find(|name| **name == REMOTE).or(remotes.first());
        let remote = tracked.or(default.map(|name| (*name).to_owned()));
        let remote = remote.ok_or_else(|| SyncError::NoRemote { repository: git.dir.clone() })?;
        let remote_branch = upstream.unwrap_or_else(|| branch.clone());
        Ok(Repo { prefix, remote, remote_branch, branch, git })
    }

    /// Switches to the name of the remote's branch that has the journal, even on a device
    /// that kept entries before it first reached the remote.
    ///
    /// # Errors
    /// `NoJournalThere`, where it has branches, and none of them a journal.
    pub fn follow(&mut self) -> Result<()> {
        if self.is_shared() || self.has_journal(&self.their_ref())? {
            return Ok(());
        }
        let names = self.git.run(&["for-each-ref", "--format=%(refname)", THEIRS])?;
        let names: Vec<&str> = names.lines().filter_map(|name| name.strip_prefix(THEIRS)).collect();
        if names.is_empty() {
            // Tags and reviews are someone's work too.
            if self.git.has_any_ref(&self.remote)? {
                return Err(SyncError::NoJournalThere.into());
            }
            return match self.unborn_branch() {
                Some(branch) => self.switch(branch),
                None => Ok(()),
            };
        }
        let usual = ["main", "master"].into_iter().filter(|name| names.contains(name));
        let others = names.iter().copied().filter(|name| !["main", "master"].contains(name));
        for name in usual.chain(others).take(MOST_BRANCHES) {
            if self.has_journal(&format!("{THEIRS}{name}"))? {
                return self.switch(format!("refs/heads/{name}"));
            }
        }
        Err(SyncError::NoJournalThere.into())
    }

    /// Has this branch of the remote entries, or common history with ours?
    fn has_journal(&self, their_ref: &str) -> Result<bool> {
        let Some(theirs) = self.git.commit_of(their_ref)? else { return Ok(false) };
        if let Some(ours) = self.git.commit_of(&self.branch)?
            && self.git.ask(&["merge-base", &ours, &theirs])?.is_some()
        {
            return Ok(true);
        }
        Ok(!self.git.tree(Some(&theirs), &self.prefix)?.entries.is_empty())
    }

    fn switch(&mut self, branch: String) -> Result<()> {
        if branch == self.branch {
            return Ok(());
        }
        if let Some(tip) = self.git.commit_of(&self.branch)? {
            self.git.run(&["update-ref", &branch, &tip])?;
        }
        self.git.run(&["symbolic-ref", "HEAD", &branch])?;
        self.remote_branch.clone_from(&branch);
        self.branch = branch;
        Ok(())
    }

    /// The branch that HEAD of an empty remote names, so that whoever clones it finds
    /// what we push. Only `clone` reports that; cloning an empty repository is instant.
    fn unborn_branch(&self) -> Option<String> {
        let address = match self.remote.as_str() {
            REMOTE => self.git.ask(&["config", "--get", "remote.origin.url"]).ok()??,
            address => address.to_owned(),
        };
        let scratch = self.git.dir.join("empty.git");
        let _ = std::fs::remove_dir_all(&scratch);
        let mut clone = self.git.within(&self.git.dir);
        clone.args(["-c", "core.hooksPath=/dev/null", "clone", "--progress", "--bare"]);
        clone.args(["--template=", "--", &address]).arg(&scratch);
        let output = self.git.remote_output(&mut clone).ok();
        let head = output.filter(|output| output.status.success()).and_then(|_| {
            run(self.git.within(&scratch).args(["symbolic-ref", "--quiet", "HEAD"])).ok()
        });
        let _ = std::fs::remove_dir_all(&scratch);
        head.filter(|head| head.starts_with("refs/heads/"))
    }
}

/// The journal's path in a repository, as git writes it.
pub fn below(journal: &Path, top: &Path) -> Result<String> {
    let place = journal.strip_prefix(top).ok().and_then(Path::to_str);
    let place = place.ok_or_else(|| SyncError::NotInARepository { journal: journal.to_owned() })?;
    Ok(if place.is_empty() { String::new() } else { format!("{place}/") })
}

/// Where a file really is, or was in its folder.
fn real_path(file: &Path) -> Option<PathBuf> {
    let in_folder = || Some(file.parent()?.canonicalize().ok()?.join(file.file_name()?));
    file.canonicalize().ok().or_else(in_folder)
}

fn branch(git: &Git) -> Result<String> {
    let error = || SyncError::NotOnBranch { repository: git.dir.clone() };
    Ok(git.ask(&["symbolic-ref", "--quiet", "HEAD"])?.ok_or_else(error)?)
}

/// Refuses a repository in which the user has started a merge, rebase and the like.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journals_place_in_a_repository_ends_in_a_slash() {
        let below = |journal: &str| below(Path::new(journal), Path::new("/dots"));
        assert_eq!(below("/dots/a/journal").unwrap(), "a/journal/");
        assert_eq!(below("/dots").unwrap(), "");
        assert!(below("/elsewhere").is_err());
    }
}

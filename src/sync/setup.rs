//! Sets up a repository for a journal: one of our own, or the user's that it is in.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::home_place::HomePlace;
use crate::sync::{RemoteAddress, SyncError};

use super::git::{Git, GitEnv, git, run};
use super::git_errors::bare;
use super::known_repos::{KnownRepos, RepoLocation};
use super::lock::SyncLock;
use super::mirror::{Mirrors, init_bare, is_nowhere, is_sound, object_format, remote_of};
use super::repo::below;

/// A possible entry's name, to find out whether entries are ignored.
const SAMPLE_PLACE: &str = "2026/01/2026-01-01-aaaaaaaaaa.aaaaaa.age";

/// Makes a repository of our own with this remote, or gives the existing one this remote. One
/// that is damaged is replaced: everything in it is in the journal or on the remote.
///
/// # Errors
/// Why this remote can't be used; then nothing has changed. A remote that is only
/// unreachable is accepted, unless it would replace another.
pub fn make(
    repos: &KnownRepos,
    journal: &HomePlace,
    remote: &str,
    env: &GitEnv,
    lock: &SyncLock,
) -> Result<NewSetup> {
    let remote = address(remote)?;
    let existing = repos.of(journal)?.filter(|location| location.git.exists());
    let own = existing.iter().find(|location| location.top.is_none()).map(|it| it.git.clone());
    let (own, damaged) = match own {
        Some(own) if is_sound(&own, env) => (Some(own), None),
        damaged => (None, damaged),
    };
    let old_remote = match (&existing, &own) {
        (Some(RepoLocation { top: Some(top), .. }), _) => Some(top.display().to_string()),
        (_, Some(own)) => remote_of(own, env)?,
        (_, None) => None,
    };
    let old_remote = old_remote.filter(|old| *old != remote);
    // An address that is mistyped must not take the place of the one that works; an empty
    // folder is none.
    let format = own.as_deref().and_then(|own| object_format(own, env));
    let made_folder = make_in_folder(&remote, old_remote.is_none(), format.as_deref(), env);
    let mirrors = Mirrors { folder: repos.folder(), env, lock };
    let tried = made_folder.and_then(|made_folder| {
        let dir = mirrors.connect(own.as_deref(), &remote, old_remote.is_none())?;
        Ok((dir, made_folder))
    });
    let (dir, made_folder) = tried.map_err(|why| match old_remote {
        Some(old) => {
            let address = place_of(&remote, is_nowhere(&why));
            SyncError::NotReplaced { why: Box::new(why), before: bare(&old), address }.into()
        }
        None if is_nowhere(&why) => {
            let address = place_of(&remote, true);
            SyncError::NotBegun { why: Box::new(why), address }.into()
        }
        None => why,
    })?;
    // It's of no use any more, and stays only if it can't be removed.
    damaged.or(own).filter(|old| *old != dir).map(std::fs::remove_dir_all);
    Ok(NewSetup { location: RepoLocation { git: dir, top: None }, made_folder })
}

/// What setting up made.
pub struct NewSetup {
    pub location: RepoLocation,
    /// The local folder that had no repository before.
    pub made_folder: Option<PathBuf>,
}

/// Makes the repository in a local folder that is empty or, if it may be new, isn't there yet
/// in one that is: if that isn't, its disk may not be mounted. Returns the folder if it did.
/// Whatever is there already is left alone.
fn make_in_folder(
    remote: &str,
    may_be_new: bool,
    format: Option<&str>,
    env: &GitEnv,
) -> Result<Option<PathBuf>> {
    let folder = Path::new(remote);
    let Some(parent) = folder.parent().filter(|it| folder.is_absolute() && it.is_dir()) else {
        return Ok(None);
    };
    let is_free = match std::fs::read_dir(folder) {
        Ok(mut items) => items.next().is_none(),
        Err(error) => {
            let is_new = error.kind() == ErrorKind::NotFound && folder.symlink_metadata().is_err();
            is_new && may_be_new
        }
    };
    if !is_free {
        return Ok(None);
    }
    init_bare(folder, parent, format, env)?;
    Ok(Some(folder.to_owned()))
}

/// Where an address leads; if there's no repository, the folder itself may be missing.
fn place_of(remote: &str, is_nowhere: bool) -> RemoteAddress {
    let folder = Path::new(remote);
    if !folder.is_absolute() {
        return RemoteAddress::Elsewhere;
    }
    match folder.parent().filter(|parent| !parent.exists()) {
        _ if !is_nowhere => RemoteAddress::Folder,
        Some(parent) => RemoteAddress::MissingParent(parent.to_owned()),
        // A link that leads nowhere is in the way of making it.
        None if folder.symlink_metadata().is_err() => {
            RemoteAddress::MissingFolder(folder.to_owned())
        }
        None => RemoteAddress::Folder,
    }
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

/// The same, for one that may be synced already.
///
/// # Errors
/// `HasRemote`, where it's in no repository, and synced by one of our own.
pub fn around_unless_synced(
    repos: &KnownRepos,
    place: &HomePlace,
    journal: &Path,
    env: &GitEnv,
) -> Result<RepoLocation> {
    around(journal, env).or_else(|error| {
        let is_outside = matches!(error.of(), Some(SyncError::NotInARepository { .. }));
        let known = repos.of(place)?;
        let mirror = known.filter(|it| is_outside && it.top.is_none() && it.git.exists());
        match mirror.map(|it| remote_of(&it.git, env)).transpose()?.flatten() {
            Some(remote) => Err(SyncError::HasRemote { remote: bare(&remote) }.into()),
            None => Err(error),
        }
    })
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
        return Err(SyncError::NoSuchRemote { why: format!("{remote} isn't an address") }.into());
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
    fn the_folder_that_is_missing_is_named_where_the_address_is_a_folder() {
        let home = tempfile::tempdir().unwrap();
        let below = |path: &str| place_of(home.path().join(path).to_str().unwrap(), true);
        let is_missing = |address: RemoteAddress, path: &str| match address {
            RemoteAddress::MissingFolder(folder) => folder == home.path().join(path),
            address => panic!("{address:?}"),
        };
        assert!(is_missing(below("j"), "j"), "the folder that it would be in is there");
        assert!(
            matches!(below("usb/j"), RemoteAddress::MissingParent(it) if it == home.path().join("usb"))
        );
        assert!(matches!(below(""), RemoteAddress::Folder));
        for address in ["https://host/usb/j", "host:usb/j", "usb/j"] {
            assert!(matches!(place_of(address, true), RemoteAddress::Elsewhere), "{address}");
        }
        let of = |error: SyncError| is_nowhere(&error.into());
        assert!(of(SyncError::NoSuchRemote { why: String::new() }));
        assert!(!of(SyncError::Offline { why: String::new() }));
    }

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

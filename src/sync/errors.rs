//! What can go wrong between devices: 2 where it has to be set up, otherwise 5.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use std::path::PathBuf;

use crate::error::{Error, Exit, Failure};

#[derive(Debug)]
pub enum SyncError {
    NotSynced {
        around: Option<PathBuf>,
    },
    NotInARepository {
        journal: PathBuf,
    },
    RepositoryInside {
        journal: PathBuf,
    },
    IgnoredThere {
        repository: PathBuf,
    },
    SecretInRemote,
    NoRemote {
        repository: PathBuf,
    },
    NotOnBranch {
        repository: PathBuf,
    },
    Unfinished {
        what: &'static str,
        repository: PathBuf,
    },
    ChangesOutside {
        repository: PathBuf,
    },
    NoGit,
    Git {
        why: String,
    },
    Offline {
        why: String,
    },
    NotLetIn {
        why: String,
    },
    NoSuchRemote {
        why: String,
    },
    /// A new remote that was not reached; what was synced with before stands.
    NotReplaced {
        why: Box<Error>,
        before: String,
    },
    BrokenMemory {
        path: PathBuf,
    },
    /// A path that the memory of what is synced cannot hold.
    NotText {
        journal: PathBuf,
    },
    NotYours {
        why: String,
    },
    PushRefused {
        why: String,
    },
    AlwaysSecond,
    Busy,
    /// A remote that is for something else.
    NoJournalThere,
    TooManyFiles,
    /// A lock of git's in a repository of the user's.
    Locked {
        path: PathBuf,
    },
}

impl Failure for SyncError {
    fn fact(&self) -> String {
        match self {
            SyncError::NotSynced { .. } => "This journal is not synced yet.".into(),
                        SyncError::NotInARepository { journal } => format!("{} is in no git repository.", journal.display()),
            SyncError::RepositoryInside { journal } => format!("There is a git repository inside the journal's own folder, {}, and its settings can run programs.", journal.display()),
            SyncError::IgnoredThere { repository } => format!("The repository in {} ignores the journal's folder.", repository.display()),
            SyncError::SecretInRemote => "That address contains a password or a token, which would stay in a file where other programs could see it.".into(),
            SyncError::NoRemote { repository } => format!("The repository in {} has no remote.", repository.display()),
            SyncError::NotOnBranch { repository } => format!("The repository in {} is not on a branch.", repository.display()),
            SyncError::Unfinished { what, repository } => format!("A {what} isn't finished in {}.", repository.display()),
            SyncError::ChangesOutside { .. } => "The remote has changes outside the journal's folder, which are yours to merge.".into(),
            SyncError::NoGit => "The program git was not found.".into(),
            SyncError::Git { why } => format!("git failed ({why})."),
            SyncError::Offline { why } => format!("The remote can't be reached ({why})."),
            SyncError::NotLetIn { why } => format!("The remote did not let you in ({why})."),
            SyncError::NoSuchRemote { why } => format!("There is no repository at the remote's address ({why})."),
            SyncError::NotReplaced { why, .. } => why.to_string(),
            SyncError::BrokenMemory { path } => format!("{} can't be read. It remembers where journals are synced.", path.display()),
            SyncError::NotText { journal } => format!("{} is not valid UTF-8, so I can't remember where this journal is synced.", journal.display()),
            SyncError::NotYours { why } => format!("git does not trust that folder, because it belongs to another user ({why})."),
            SyncError::PushRefused { why } => format!("The remote refused what was sent ({why})."),
            SyncError::AlwaysSecond => "Other devices synced first, each time.".into(),
            SyncError::Busy => "Another sync of yours is running.".into(),
            SyncError::NoJournalThere => "That repository holds something else: it has commits, and no journal.".into(),
            SyncError::TooManyFiles => "That repository lists more files than any journal has.".into(),
            SyncError::Locked { path } => format!("git is running in that repository, or was stopped halfway: {} is there.", path.display()),
        }
    }

    fn hint(&self) -> String {
        const AGAIN: &str = "What you kept is safe here, and is sent next time";
        match self {
            SyncError::NotReplaced { before, .. } => format!(
                "This journal is synced with {before} as before. Check the address, and try again."
            ),
            SyncError::NotSynced { around: None } => "Run `inward sync init REMOTE` with the address of an empty git repository of yours.".to_owned(),
            SyncError::NotSynced { around: Some(top) } => format!("Run `inward sync init REMOTE` with the address of a git repository for it; `inward sync init` alone commits to the one it is in, {}.", top.display()),
            SyncError::NotInARepository { .. } => "Name the remote: `inward sync init REMOTE`.".into(),
            SyncError::RepositoryInside { .. } => "Name its remote instead: `inward sync init REMOTE` continues the same history, and keeps it outside that folder.".into(),
            SyncError::IgnoredThere { .. } => "Take it out of .gitignore, or name a remote for the journal alone: `inward sync init REMOTE`.".into(),
            SyncError::SecretInRemote => "Leave it out: a credential helper gives it to git (`git help credentials`), or use an SSH key and git@HOST:PATH.".into(),
            SyncError::NoRemote { .. } => "Add one there with `git remote add origin ADDRESS`, or name one for the journal alone: `inward sync init REMOTE`.".into(),
            SyncError::NotOnBranch { .. } => "`git switch BRANCH` there, then sync again. Nothing was changed.".into(),
            SyncError::Unfinished { what, .. } => format!("Finish it, or end it with `git {what} --abort`; then sync again. Nothing was changed."),
            SyncError::ChangesOutside { repository } => format!("Run `git pull` in {}, then sync again. The journal was left as it is.", repository.display()),
            SyncError::NoGit => "Install git, and sync again. Nothing was changed.".into(),
            SyncError::Git { .. } => format!("Fix that, and sync again. {AGAIN}."),
            SyncError::Offline { .. } => format!("{AGAIN} you run `inward sync`."),
            SyncError::NotLetIn { .. } => format!("Check that git may use it: your SSH key, or your password. {AGAIN}."),
            SyncError::NoSuchRemote { .. } => format!("Check that it is there and attached, or give another with `inward sync init REMOTE`. {AGAIN}."),
            SyncError::BrokenMemory { .. } => "Put it back from a backup, or remove it, then run `inward sync init REMOTE` with the same repository. Neither loses an entry.".into(),
            SyncError::NotText { .. } => "Rename the folder with that name, then run `inward sync init` again.".into(),
            SyncError::NotYours { .. } => "If it is yours, say so with `git config --global --add safe.directory FOLDER`.".into(),
            SyncError::PushRefused { .. } => format!("That is its own rule; ask whoever runs it. {AGAIN}."),
            SyncError::AlwaysSecond => format!("{AGAIN} you run `inward sync`."),
            SyncError::Busy => "Wait for it to end. If it was stopped, a git it started may still be running.".into(),
            SyncError::NoJournalThere => "Nothing was sent. Give `inward sync init` the address of an empty repository, one without even a README.".into(),
            SyncError::TooManyFiles => "Nothing was fetched. If it's the right one, somebody put them there: remove them with git, then sync again. Otherwise give the journal a repository of its own with `inward sync init REMOTE`.".into(),
            SyncError::Locked { .. } => format!("If no git is running there, remove that file, and sync again. {AGAIN}."),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            SyncError::NotReplaced { why, .. } => why.exit(),
            SyncError::NotSynced { .. }
            | SyncError::NotInARepository { .. }
            | SyncError::RepositoryInside { .. }
            | SyncError::IgnoredThere { .. }
            | SyncError::SecretInRemote
            | SyncError::NotText { .. }
            | SyncError::NoJournalThere
            | SyncError::NoRemote { .. } => Exit::WrongInput,
            SyncError::NotOnBranch { .. }
            | SyncError::Unfinished { .. }
            | SyncError::ChangesOutside { .. }
            | SyncError::NoGit
            | SyncError::Git { .. }
            | SyncError::Offline { .. }
            | SyncError::NotLetIn { .. }
            | SyncError::NoSuchRemote { .. }
            | SyncError::BrokenMemory { .. }
            | SyncError::NotYours { .. }
            | SyncError::PushRefused { .. }
            | SyncError::AlwaysSecond
            | SyncError::TooManyFiles
            | SyncError::Locked { .. }
            | SyncError::Busy => Exit::CouldNot,
        }
    }
}

//! What can go wrong between devices: 2 where it has to be set up, otherwise 5.

use std::path::PathBuf;

use super::Exit;

#[derive(Debug)]
pub enum SyncFault {
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
        why: Box<SyncFault>,
        before: String,
    },
    BrokenMemory {
        path: PathBuf,
    },
    NotYours {
        why: String,
    },
    PushRefused {
        why: String,
    },
    AlwaysSecond,
    Busy,
}

impl SyncFault {
    pub(super) fn sentence(&self) -> (Exit, String, String) {
        use Exit::{CouldNot, WrongInput};
        const AGAIN: &str = "What you kept is safe here, and goes the next time";
        match self {
            SyncFault::NotSynced { around: None } => (
                WrongInput,
                "This journal is not synced yet.".to_owned(),
                "`inward sync init REMOTE` begins, with the address of an empty git repository of yours.".to_owned(),
            ),
            SyncFault::NotSynced { around: Some(top) } => (
                WrongInput,
                "This journal is not synced yet.".into(),
                format!("`inward sync init REMOTE` begins, with the address of a git repository for it; `inward sync init` alone commits to the one that it lies in, {}.", top.display()),
            ),
            SyncFault::NotInARepository { journal } => (
                WrongInput,
                format!("{} lies in no git repository.", journal.display()),
                "Name the remote: `inward sync init REMOTE`.".into(),
            ),
            SyncFault::RepositoryInside { journal } => (
                WrongInput,
                format!("There is a git repository inside the journal's own folder, {}, and its settings can run programs.", journal.display()),
                "Name its remote instead: `inward sync init REMOTE` goes on with the same history, and keeps it outside that folder.".into(),
            ),
            SyncFault::IgnoredThere { repository } => (
                WrongInput,
                format!("The repository in {} ignores the journal's folder.", repository.display()),
                "Take it out of .gitignore, or name a remote for the journal alone: `inward sync init REMOTE`.".into(),
            ),
            SyncFault::SecretInRemote => (
                WrongInput,
                "That address has a password or a token in it, which would stay in a file, and which other programs could see.".into(),
                "Leave it out: a credential helper gives it to git (`git help credentials`), or use an SSH key and git@HOST:PATH.".into(),
            ),
            SyncFault::NoRemote { repository } => (
                WrongInput,
                format!("The repository in {} has no remote.", repository.display()),
                "Add one there with `git remote add origin ADDRESS`, or name one for the journal alone: `inward sync init REMOTE`.".into(),
            ),
            SyncFault::NotOnBranch { repository } => (
                CouldNot,
                format!("The repository in {} is not on a branch.", repository.display()),
                "`git switch BRANCH` there, then sync again. Nothing was changed.".into(),
            ),
            SyncFault::Unfinished { what, repository } => (
                CouldNot,
                format!("A {what} is under way in {}.", repository.display()),
                format!("Finish it, or end it with `git {what} --abort`; then sync again. Nothing was changed."),
            ),
            SyncFault::ChangesOutside { repository } => (
                CouldNot,
                "The remote has changes outside the journal's folder, which are yours to merge.".into(),
                format!("Run `git pull` in {}, then sync again. The journal was left as it is.", repository.display()),
            ),
            SyncFault::NoGit => (
                CouldNot,
                "The program git was not found.".into(),
                "Install git, and sync again. Nothing was changed.".into(),
            ),
            SyncFault::Git { why } => (
                CouldNot,
                format!("git could not do its part ({why})."),
                format!("Mend that, and sync again. {AGAIN}."),
            ),
            SyncFault::Offline { why } => (
                CouldNot,
                format!("The remote cannot be reached ({why})."),
                format!("{AGAIN} that you run `inward sync`."),
            ),
            SyncFault::NotLetIn { why } => (
                CouldNot,
                format!("The remote did not let you in ({why})."),
                format!("Check that git may use it: your SSH key, or your password. {AGAIN}."),
            ),
            SyncFault::NoSuchRemote { why } => (
                CouldNot,
                format!("There is no repository at the remote's address ({why})."),
                format!("Check that it is there and attached, or give another with `inward sync init REMOTE`. {AGAIN}."),
            ),
            SyncFault::NotReplaced { why, before } => {
                let (exit, fact, _) = why.sentence();
                let remedy = format!("This journal is synced with {before} as before. Check the address, and try again.");
                (exit, fact, remedy)
            }
            SyncFault::BrokenMemory { path } => (
                CouldNot,
                format!("{} cannot be read, which remembers where journals are synced.", path.display()),
                "Put it back from a backup, or remove it; then `inward sync init REMOTE` begins again with the same repository. No entry is lost by either.".into(),
            ),
            SyncFault::NotYours { why } => (
                CouldNot,
                format!("git does not trust that folder, because it belongs to another user ({why})."),
                "If it is yours all the same, say so with `git config --global --add safe.directory FOLDER`.".into(),
            ),
            SyncFault::PushRefused { why } => (
                CouldNot,
                format!("The remote did not take what was sent ({why})."),
                format!("That is its own rule; ask whoever runs it. {AGAIN}."),
            ),
            SyncFault::AlwaysSecond => (
                CouldNot,
                "Other devices were faster each time.".into(),
                format!("{AGAIN} that you run `inward sync`."),
            ),
            SyncFault::Busy => (
                CouldNot,
                "Another sync of yours is under way.".into(),
                "Wait for it to end.".into(),
            ),
        }
    }
}

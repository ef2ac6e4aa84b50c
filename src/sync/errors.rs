//! What can go wrong between devices: 2 where it has to be set up, otherwise 5.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

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
    /// Without a remote, `init` wants a repository around the journal.
    HasRemote {
        remote: String,
    },
    RepositoryInside {
        journal: PathBuf,
    },
    IgnoredThere {
        repository: PathBuf,
    },
    SecretInRemote,
    /// A commit of the user's that wasn't pushed yet has the key, or what this device remembers.
    PrivateInBranch {
        file: PathBuf,
        repository: PathBuf,
    },
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
        address: RemoteAddress,
    },
    /// There's no repository at a journal's first remote, so nothing was set up.
    NotBegun {
        why: Box<Error>,
        address: RemoteAddress,
    },
    BrokenMemory {
        path: PathBuf,
    },
    /// A repository of our own that git can't use.
    DamagedMirror {
        path: PathBuf,
    },
    /// A remote whose object format, if that's known, isn't that of the repository here.
    OtherFormat {
        remote: Option<String>,
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
    /// A repository with a checked-out branch, which git doesn't push to.
    NotBare,
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

/// Where the address of a new remote leads, as far as this device can see.
#[derive(Debug)]
pub enum RemoteAddress {
    /// To another machine.
    Elsewhere,
    /// To a folder of this one.
    Folder,
    /// To this folder of this one, which isn't there, though the one that it would be in is.
    MissingFolder(PathBuf),
    /// To a folder that would be in this one, which isn't there.
    MissingParent(PathBuf),
}

impl Failure for SyncError {
    fn fact(&self) -> String {
        match self {
            SyncError::NotSynced { .. } => "This journal isn't synced yet.".into(),
            SyncError::NotInARepository { journal } => format!("{} isn't in a git repository.", journal.display()),
            SyncError::HasRemote { remote } => format!("This journal is already synced with {remote}, and isn't in a git repository."),
            SyncError::RepositoryInside { journal } => format!("There's a git repository inside the journal's own folder, {}. Its settings could run programs, so inward doesn't use it.", journal.display()),
            SyncError::IgnoredThere { repository } => format!("The repository in {} ignores the journal's folder.", repository.display()),
            SyncError::SecretInRemote => "That address contains a password or a token, and would be kept in a file that other programs can read.".into(),
            SyncError::PrivateInBranch { file, repository } => format!("A commit in {} that isn't pushed yet has {}, which nobody else should have. Syncing would push it.", repository.display(), file.display()),
            SyncError::NoRemote { repository } => format!("The repository in {} has no remote.", repository.display()),
            SyncError::NotOnBranch { repository } => format!("The repository in {} isn't on a branch.", repository.display()),
            SyncError::Unfinished { what, repository } => format!("A {what} isn't finished in {}.", repository.display()),
            SyncError::ChangesOutside { .. } => "The remote has changes outside the journal's folder, which inward leaves to you.".into(),
            SyncError::NoGit => "git isn't installed, or isn't on your PATH.".into(),
            SyncError::Git { why } => format!("git failed ({why})."),
            SyncError::Offline { why } => format!("The remote can't be reached ({why})."),
            SyncError::NotLetIn { why } => format!("The remote didn't let you in ({why})."),
            SyncError::NoSuchRemote { why } => format!("There's no repository at the remote's address ({why})."),
            SyncError::NotReplaced { why, .. } | SyncError::NotBegun { why, .. } => why.to_string(),
            SyncError::BrokenMemory { path } => format!("inward can't read {}, which records where your journals sync.", path.display()),
            SyncError::DamagedMirror { path } => format!("This device's copy of the repository is damaged: {}.", path.display()),
            SyncError::OtherFormat { .. } => "The remote's repository uses another hash (SHA-1 or SHA-256) than this device's copy, so git can't exchange anything between them.".into(),
            SyncError::NotText { journal } => format!("{} isn't valid UTF-8, so inward can't remember where this journal syncs.", journal.display()),
            SyncError::NotYours { why } => format!("git doesn't trust that folder, because it belongs to another user ({why})."),
            SyncError::PushRefused { why } => format!("The remote refused your changes ({why})."),
            SyncError::NotBare => "The remote is a repository with a branch checked out, and git doesn't push to one.".into(),
            SyncError::AlwaysSecond => "Another device kept pushing first.".into(),
            SyncError::Busy => "Another sync is running.".into(),
            SyncError::NoJournalThere => "That repository holds something else: it has commits, but no journal.".into(),
            SyncError::TooManyFiles => "That repository has more files than any journal would.".into(),
            SyncError::Locked { path } => format!("git is running in that repository, or was stopped halfway: {} is there.", path.display()),
        }
    }

    fn hint(&self) -> String {
        const AGAIN: &str = "Your entries are safe here, and will be sent next time";
        match self {
            SyncError::NotReplaced { before, address: RemoteAddress::Elsewhere, .. } => format!(
                "This journal is synced with {before} as before. Check the address, and try again."
            ),
            SyncError::NotReplaced { before, address: RemoteAddress::Folder, .. } => format!(
                "This journal is synced with {before} as before. Check the address, and try again. A folder must be empty or hold a repository."
            ),
            SyncError::NotReplaced { before, address: RemoteAddress::MissingFolder(folder), .. } => format!(
                "This journal is synced with {before} as before. Check the path, and whether its disk is mounted. To sync with a new folder from now on, make it first: `mkdir {}`.", shell_words::quote(&folder.to_string_lossy())
            ),
            SyncError::NotReplaced { before, address: RemoteAddress::MissingParent(parent), .. } => format!(
                "This journal is synced with {before} as before. {} doesn't exist. Check the path, and whether its disk is mounted.", parent.display()
            ),
            SyncError::NotBegun { address: RemoteAddress::MissingParent(parent), .. } => format!(
                "Nothing was set up. {} doesn't exist. Check the address, and whether its disk is mounted, or make that folder first.", parent.display()
            ),
            SyncError::NotBegun { address: RemoteAddress::Elsewhere, .. } => "Nothing was set up. Check the address, and whether the repository was made there.".into(),
            SyncError::NotBegun { address: RemoteAddress::Folder | RemoteAddress::MissingFolder(_), .. } => "Nothing was set up. Check the address, and whether its disk is mounted. A folder must be empty or new, or hold a repository; `git init --bare FOLDER` makes one.".into(),
            SyncError::NotSynced { around: None } => "Run `inward sync init REMOTE` with the address of an empty git repository that you own.".to_owned(),
            SyncError::NotSynced { around: Some(top) } => format!("Run `inward sync init REMOTE` with the address of a git repository for it. Without REMOTE, it uses the one the journal is in, {}.", top.display()),
            SyncError::NotInARepository { .. } => "Give it a remote: `inward sync init REMOTE`.".into(),
            SyncError::HasRemote { .. } => "Run `inward sync`, or give another remote: `inward sync init REMOTE`.".into(),
            SyncError::RepositoryInside { .. } => "Run `inward sync init REMOTE` with its remote. That continues the same history, outside that folder.".into(),
            SyncError::IgnoredThere { .. } => "Remove that folder from .gitignore, or give the journal a remote of its own: `inward sync init REMOTE`.".into(),
            SyncError::SecretInRemote => "Leave it out. Let a credential helper give it to git (`git help credentials`), or use an SSH key and git@HOST:PATH.".into(),
            SyncError::PrivateInBranch { .. } => "Take it out of those commits with git, and ignore it there from now on; then sync again. Or give the journal a remote of its own: `inward sync init REMOTE`. Nothing was sent.".into(),
            SyncError::NoRemote { .. } => "Add one there with `git remote add origin ADDRESS`, or give the journal a remote of its own: `inward sync init REMOTE`.".into(),
            SyncError::NotOnBranch { .. } => "Run `git switch BRANCH` there, then sync again. Nothing was changed.".into(),
            SyncError::Unfinished { what, .. } => format!("Finish it, or cancel it with `git {what} --abort`; then sync again. Nothing was changed."),
            SyncError::ChangesOutside { repository } => format!("Run `git pull` in {}, then sync again. inward left the journal as it is.", repository.display()),
            SyncError::NoGit => "Install git, and sync again. Nothing was changed.".into(),
            SyncError::Git { .. } => format!("Fix that, and sync again. {AGAIN}."),
            SyncError::Offline { .. } => format!("{AGAIN} you run `inward sync`."),
            SyncError::NotLetIn { .. } => format!("Check your SSH key or password. {AGAIN}."),
            SyncError::NoSuchRemote { .. } => format!("Check the address, and whether its disk is mounted, or give another with `inward sync init REMOTE`. {AGAIN}."),
            SyncError::BrokenMemory { .. } => "Restore it from a backup, or delete it and run `inward sync init REMOTE` with the same repository. No entry is lost either way.".into(),
            SyncError::DamagedMirror { .. } => "Run `inward sync init REMOTE` with the same address as before; it makes a new copy. No entry is lost.".into(),
            SyncError::OtherFormat { .. } => "Run `inward sync init REMOTE` with the same address as before; it makes a new copy. No entry is lost.".into(),
            SyncError::NotText { .. } => "Rename the folder with that name, then run `inward sync init` again.".into(),
            SyncError::NotYours { .. } => "If it's yours, tell git: `git config --global --add safe.directory FOLDER`.".into(),
            SyncError::PushRefused { .. } => format!("The remote has a rule against them; ask the person who runs it. {AGAIN}."),
            SyncError::NotBare => format!("Give `inward sync init` an empty folder, or one made by `git init --bare FOLDER`. {AGAIN}."),
            SyncError::AlwaysSecond => format!("{AGAIN} you run `inward sync`."),
            SyncError::Busy => "Wait until it's done. If you stopped it, the git it started may still be running.".into(),
            SyncError::NoJournalThere => "Nothing was sent. Give `inward sync init` the address of an empty repository, one without even a README.".into(),
            SyncError::TooManyFiles => "Nothing was fetched. If it's the right repository, someone else put them there: remove them with git, then sync again. If not, run `inward sync init REMOTE` with a repository only for the journal.".into(),
            SyncError::Locked { .. } => format!("If no git is running there, remove that file, and sync again. {AGAIN}."),
        }
    }

    fn exit(&self) -> Exit {
        if let SyncError::NotReplaced { why, .. } | SyncError::NotBegun { why, .. } = self {
            return why.exit();
        }
        let is_wrong = matches!(
            self,
            SyncError::NotSynced { .. }
                | SyncError::NotInARepository { .. }
                | SyncError::HasRemote { .. }
                | SyncError::RepositoryInside { .. }
                | SyncError::IgnoredThere { .. }
                | SyncError::SecretInRemote
                | SyncError::NotText { .. }
                | SyncError::NoJournalThere
                | SyncError::NoRemote { .. }
        );
        if is_wrong { Exit::WrongInput } else { Exit::CouldNot }
    }
}

//! What can go wrong with what lies on a disk, once each.

use std::io;

use inward::config::ConfigError;
use inward::disk::DiskError;
use inward::entry::EntryError;
use inward::error::Failure;
use inward::import::ImportError;
use inward::journal::JournalError;
use inward::keys::KeyError;
use inward::process::ProcessError;
use inward::seal::{Damage, NoMemory, SealError};
use inward::sync::{RemoteAddress, SyncError};
use inward::unlock::UnlockError;

use super::{Failures, words};

pub fn disk_errors() -> Failures {
    let disk: Failures = vec![
        Box::new(DiskError::Io {
            doing: "write",
            path: "/home/ada/journal".into(),
            source: io::ErrorKind::PermissionDenied.into(),
        }),
        Box::new(DiskError::NoSuchFile { path: "answers.json".into() }),
        Box::new(DiskError::NotAFolder { path: "/home/ada/journal".into(), symlink: true }),
        Box::new(DiskError::FolderExpected { path: "book.md".into() }),
        Box::new(DiskError::FileExpected { path: "book".into() }),
        Box::new(DiskError::FolderName { path: "book/".into() }),
        Box::new(DiskError::NotAPlainFile { path: "book.md".into() }),
        Box::new(DiskError::FileExists { path: "book.md".into() }),
        Box::new(DiskError::NameTaken { path: "/home/ada/journal".into() }),
        Box::new(DiskError::Unconfirmed {
            path: "/home/ada/journal".into(),
            source: io::ErrorKind::PermissionDenied.into(),
        }),
        Box::new(DiskError::NotUtf8 { source: "standard input".into(), byte: 4 }),
        Box::new(DiskError::TooLong { source: "standard input".into(), limit_mib: 32 }),
        Box::new(DiskError::NotAFolder { path: "/home/ada/journal".into(), symlink: false }),
    ];
    let kinds = [
        ("write", io::ErrorKind::StorageFull),
        ("read", io::ErrorKind::PermissionDenied),
        ("open", io::ErrorKind::PermissionDenied),
        ("open", io::ErrorKind::NotFound),
        ("read", io::ErrorKind::InvalidData),
        ("read", io::ErrorKind::Other),
        ("write", io::ErrorKind::ReadOnlyFilesystem),
        ("write", io::ErrorKind::FileTooLarge),
    ];
    let kinds = kinds.into_iter().map(|(doing, kind)| {
        let path = "/home/ada/journal".into();
        Box::new(DiskError::Io { doing, path, source: kind.into() }) as Box<dyn Failure>
    });
    disk.into_iter().chain(kinds).collect()
}

pub fn config_errors() -> Failures {
    vec![
        Box::new(ConfigError::NoHome),
        Box::new(ConfigError::BadEnvironment {
            name: "INWARD_NOW",
            given: "teatime".into(),
            expected: "a time such as 2026-11-23T21:14:03+01:00",
        }),
        Box::new(ConfigError::UnknownSetting {
            given: "partnr".into(),
            near: Some("partner".into()),
            known: words(&["partner", "day-ends"]),
        }),
        Box::new(ConfigError::BadValue {
            key: "day-ends".into(),
            given: "late".into(),
            expected: "a time in quotes, such as \"04:00\"",
        }),
        Box::new(ConfigError::BadValue {
            key: "chapter".into(),
            given: "apar".into(),
            expected: "\"together\" or \"apart\"",
        }),
        Box::new(ConfigError::BadRoutine {
            name: "morning".into(),
            line: Some(4),
            given: "intnet".into(),
            known: words(&["intent", "reflect"]),
        }),
        Box::new(ConfigError::BadRoutine {
            name: "morning".into(),
            line: None,
            given: "walk".into(),
            known: words(&["intent", "reflect"]),
        }),
        Box::new(ConfigError::BrokenLine { line: 3 }),
        Box::new(ConfigError::HoursOutOfOrder { key: "day-ends".into(), given: "13:00".into() }),
        Box::new(ConfigError::UnknownZone { given: "Europe/Berlim".into(), here: "+00:00".into() }),
        Box::new(ConfigError::SeveralPassphraseSources {
            names: vec!["INWARD_PASSPHRASE_COMMAND", "passphrase-command in config.toml"],
        }),
    ]
}

pub fn entry_errors() -> Failures {
    vec![
        Box::new(EntryError::NotJson { why: "the reason it gave".into() }),
        Box::new(EntryError::Random { why: "the reason it gave".into() }),
    ]
}

pub fn process_errors() -> Failures {
    vec![Box::new(ProcessError::SmallStack { kib: 100 })]
}

pub fn seal_errors() -> Failures {
    vec![
        Box::new(SealError::Sealing { why: "the reason it gave".into() }),
        Box::new(SealError::Mixed),
        Box::new(SealError::PluginMissing { program: "age-plugin-yubikey".into() }),
        Box::new(SealError::PluginFailed { why: "the reason it gave".into() }),
        Box::new(SealError::NoMemory(NoMemory { mib: 256 })),
    ]
}

pub fn journal_errors() -> Failures {
    vec![
        Box::new(JournalError::NoSuchEntry { id: "k3v9q2m8ab".into() }),
        Box::new(JournalError::AmbiguousId {
            prefix: "k".into(),
            candidates: words(&["k3v9q2m8ab", "k4v9q2m8ab"]),
        }),
        Box::new(JournalError::BadNote { path: "/home/ada/.config/inward/resealing.json".into() }),
        Box::new(JournalError::OtherJournal { journal: "/home/ada/journal".into() }),
        Box::new(JournalError::Away { journal: "/home/ada/journal".into() }),
        Box::new(JournalError::NotThere { journal: "/home/ada/journal".into() }),
        Box::new(JournalError::Emptied { journal: "/home/ada/journal".into(), is_there: true }),
        Box::new(JournalError::Emptied { journal: "/home/ada/journal".into(), is_there: false }),
        Box::new(JournalError::Misplaced {
            journal: "/home/ada/journal".into(),
            found: "/home/ada/journal/journal".into(),
        }),
        Box::new(JournalError::Nearby {
            journal: "/home/ada/share".into(),
            found: "/home/ada/share/journal".into(),
        }),
        Box::new(JournalError::AttachmentUnreadable {
            name: "lake.jpg".into(),
            path: "/home/ada/journal/2026/11/2026-11-23-k3v9q2m8ab-7m2c9xqa4t.age".into(),
            why: Damage::Broken,
        }),
    ]
}

pub fn key_errors() -> Failures {
    vec![
        Box::new(KeyError::NoJournal),
        Box::new(KeyError::Missing {
            journal: "/home/ada/journal".into(),
            config: "/home/ada/.config/inward".into(),
        }),
        Box::new(KeyError::NoIdentity { path: "/home/ada/.config/inward/identity.age".into() }),
        Box::new(KeyError::BadIdentity {
            path: "/home/ada/.config/inward/identity.age".into(),
            why: "it holds no key".into(),
        }),
        Box::new(KeyError::WrongPassphrase {
            path: "/home/ada/.config/inward/identity.age".into(),
            is_copy: false,
        }),
        Box::new(KeyError::WrongPassphrase { path: "key.txt".into(), is_copy: true }),
        Box::new(KeyError::ExcessiveWork {
            path: "/home/ada/.config/inward/identity.age".into(),
            factor: 24,
        }),
        Box::new(KeyError::IdentityDoesNotFit { identity: "/home/ada/key.txt".into(), key: None }),
        Box::new(KeyError::IdentityDoesNotFit {
            identity: "/home/ada/key.txt".into(),
            key: Some("age1example".into()),
        }),
        Box::new(KeyError::CannotAskPassphrase),
        Box::new(KeyError::CannotUnlock),
        Box::new(KeyError::FlagOfNewKey {
            flag: "--no-passphrase",
            path: "/home/ada/.config/inward/identity.age".into(),
        }),
        Box::new(KeyError::Exists { path: "/home/ada/.config/inward/identity.age".into() }),
        Box::new(KeyError::EmptyPassphrase),
        Box::new(KeyError::ListMissing { path: "/home/ada/.config/inward/recipients.txt".into() }),
        Box::new(KeyError::NoRecipients { path: "/home/ada/.config/inward/recipients.txt".into() }),
        Box::new(KeyError::NoSuchKeyOrFile { given: "friends.txt".into() }),
        Box::new(KeyError::NoRecipientOfIdentity { path: "/home/ada/key.txt".into() }),
        Box::new(KeyError::NoSuchRecipient { given: "phon".into(), near: Some("phone".into()) }),
        Box::new(KeyError::AmbiguousRecipient { given: "age1".into() }),
        Box::new(KeyError::OwnRecipient),
        Box::new(KeyError::ReplacedRecipient { key: "age1old".into() }),
        Box::new(KeyError::NotOurs { path: "/home/ada/journal".into(), doing: "replace it" }),
        Box::new(KeyError::HasNoPassphrase {
            path: "/home/ada/.config/inward/identity.txt".into(),
        }),
        Box::new(KeyError::SshStays { path: "/home/ada/.ssh/id_ed25519".into() }),
        Box::new(KeyError::OpensNothing { path: "/home/ada/copy.age".into() }),
        Box::new(KeyError::OpensNoEntry { path: "/home/ada/other.txt".into() }),
        Box::new(KeyError::OldCopy { path: "/home/ada/copy.age".into() }),
        Box::new(KeyError::CopyDoesNotFit { path: "/home/ada/copy.age".into() }),
        Box::new(KeyError::HereDoesNotOpen {
            path: "/home/ada/.config/inward/identity.age".into(),
        }),
        Box::new(KeyError::NotACopy {
            path: "/home/ada/notes.txt".into(),
            why: "it holds no key".into(),
        }),
        Box::new(KeyError::ScrolledBack),
        Box::new(KeyError::NotVerified { path: "/home/ada/copy.age".into() }),
        Box::new(KeyError::CannotOpenAll { to_others: 2, broken: 1 }),
        Box::new(KeyError::Unfinished { left: 3 }),
        Box::new(KeyError::Busy),
        Box::new(KeyError::ListChanged),
        Box::new(KeyError::CannotOpenAll { to_others: 1, broken: 0 }),
        Box::new(KeyError::CannotOpenAll { to_others: 0, broken: 1 }),
    ]
}

pub fn unlock_errors() -> Failures {
    vec![
        Box::new(UnlockError::LockedSshKey),
        Box::new(UnlockError::CannotHold { why: "the reason it gave".into() }),
        Box::new(UnlockError::CannotForget { why: "the reason it gave".into() }),
    ]
}

pub fn sync_errors() -> Failures {
    vec![
        Box::new(SyncError::NotSynced { around: Some("/home/ada/dotfiles".into()) }),
        Box::new(SyncError::NotInARepository { journal: "/home/ada/journal".into() }),
        Box::new(SyncError::RepositoryInside { journal: "/home/ada/journal".into() }),
        Box::new(SyncError::IgnoredThere { repository: "/home/ada/dotfiles".into() }),
        Box::new(SyncError::SecretInRemote),
        Box::new(SyncError::PrivateInBranch {
            file: "/home/ada/.config/inward/identity.txt".into(),
            repository: "/home/ada".into(),
        }),
        Box::new(SyncError::NoRemote { repository: "/home/ada/dotfiles".into() }),
        Box::new(SyncError::NotOnBranch { repository: "/home/ada/dotfiles".into() }),
        Box::new(SyncError::Unfinished { what: "merge", repository: "/home/ada/dotfiles".into() }),
        Box::new(SyncError::ChangesOutside { repository: "/home/ada/dotfiles".into() }),
        Box::new(SyncError::NoGit),
        Box::new(SyncError::Git { why: "the reason it gave".into() }),
        Box::new(SyncError::Offline { why: "the reason it gave".into() }),
        Box::new(SyncError::NotLetIn { why: "the reason it gave".into() }),
        Box::new(SyncError::NoSuchRemote { why: "the reason it gave".into() }),
        Box::new(SyncError::NotReplaced {
            why: Box::new(SyncError::Offline { why: "no route to host".into() }.into()),
            before: "git@host:journal.git".into(),
            address: RemoteAddress::Elsewhere,
        }),
        Box::new(SyncError::NotReplaced {
            why: Box::new(SyncError::NoSuchRemote { why: "no such repository".into() }.into()),
            before: "git@host:journal.git".into(),
            address: RemoteAddress::Folder,
        }),
        Box::new(SyncError::NotReplaced {
            why: Box::new(
                SyncError::NoSuchRemote { why: "/media/usb/new does not exist".into() }.into(),
            ),
            before: "git@host:journal.git".into(),
            address: RemoteAddress::MissingFolder("/media/usb/new".into()),
        }),
        Box::new(SyncError::NotReplaced {
            why: Box::new(
                SyncError::NoSuchRemote { why: "/media/usb/new does not exist".into() }.into(),
            ),
            before: "git@host:journal.git".into(),
            address: RemoteAddress::MissingParent("/media/usb".into()),
        }),
        Box::new(SyncError::NotBegun {
            why: Box::new(SyncError::NoSuchRemote { why: "no such repository".into() }.into()),
            address: RemoteAddress::Elsewhere,
        }),
        Box::new(SyncError::NotBegun {
            why: Box::new(
                SyncError::NoSuchRemote { why: "/media/usb does not exist".into() }.into(),
            ),
            address: RemoteAddress::Folder,
        }),
        Box::new(SyncError::NotBegun {
            why: Box::new(
                SyncError::NoSuchRemote { why: "/media/usb/journal does not exist".into() }.into(),
            ),
            address: RemoteAddress::MissingParent("/media/usb".into()),
        }),
        Box::new(SyncError::BrokenMemory {
            path: "/home/ada/.local/state/inward/sync.json".into(),
        }),
        Box::new(SyncError::DamagedMirror {
            path: "/home/ada/.local/state/inward/sync/k3v9q2m8ab.git".into(),
        }),
        Box::new(SyncError::OtherFormat { remote: None }),
        Box::new(SyncError::HasRemote { remote: "git@host:journal.git".into() }),
        Box::new(SyncError::NotText { journal: "/home/ada/\u{fffd}/journal".into() }),
        Box::new(SyncError::NotYours { why: "the reason it gave".into() }),
        Box::new(SyncError::PushRefused { why: "the reason it gave".into() }),
        Box::new(SyncError::NotBare),
        Box::new(SyncError::AlwaysSecond),
        Box::new(SyncError::Busy),
        Box::new(SyncError::NoJournalThere),
        Box::new(SyncError::TooManyFiles),
        Box::new(SyncError::Locked { path: "/home/ada/dotfiles/.git/index.lock".into() }),
        Box::new(SyncError::NotSynced { around: None }),
    ]
}

pub fn import_errors() -> Failures {
    vec![
        Box::new(ImportError::NoSuchSource { path: "nowhere".into() }),
        Box::new(ImportError::Nothing {
            source: "jrnl",
            wanted: "a jrnl text file, a folder of them, or what `jrnl --export json` printed",
        }),
        Box::new(ImportError::BadSalt { path: "/home/ada/.config/inward/import-salt".into() }),
    ]
}

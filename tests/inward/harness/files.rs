//! What lies on the disk, and entries that the command line cannot make.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use inward::entry::{Answer, Entry, Value};
use inward::journal::Journal;
use inward::seal::{Identity, PluginCallbacks, Recipients, Sealed};

use super::{Home, NOW};

/// Every file below a folder, in order. Links are named, not followed.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = walk(folder).into_iter().filter(|p| !p.is_dir()).collect();
    found.sort();
    found
}

/// Every file and folder below a folder.
pub fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        // What others removed meanwhile is nothing.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.extend(walk(&path));
        }
        found.push(path);
    }
    found
}

/// The bytes of every file, to see that nothing changed.
pub fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let read = |file: PathBuf| {
        // A named pipe would be waited for, and a link followed.
        let plain = file.symlink_metadata().unwrap().is_file();
        let bytes = if plain { std::fs::read(&file).unwrap() } else { Vec::new() };
        (file, bytes)
    };
    files(folder).into_iter().map(read).collect()
}

/// The files that hold these words, or are called by them, in any of these
/// folders.
pub fn holding(words: &str, folders: &[&Path]) -> Vec<PathBuf> {
    let within = |bytes: &[u8]| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    let plain = |file: &PathBuf| file.symlink_metadata().is_ok_and(|about| about.is_file());
    let holds = |file: &PathBuf| {
        within(file.as_os_str().as_encoded_bytes())
            // One that went meanwhile holds nothing.
            || plain(file) && std::fs::read(file).is_ok_and(|bytes| within(&bytes))
    };
    folders.iter().flat_map(|folder| files(folder)).filter(holds).collect()
}

pub fn mode(path: &Path) -> u32 {
    path.symlink_metadata().unwrap().permissions().mode() & 0o777
}

pub fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

/// The one file in the journal of the entry with this id.
#[track_caller]
pub fn file_of(home: &Home, id: &str) -> PathBuf {
    let mut found = files(&home.journal());
    found.retain(|file| name(file).contains(&format!("{id}.")));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

/// An entry that no command line made.
pub fn crafted(text: &str) -> Entry {
    let at = NOW.parse().unwrap();
    let answer = Answer {
        question: "page".into(),
        asked: "Write what's there.".into(),
        scale: None,
        value: Value::Text(text.into()),
        labels: BTreeMap::new(),
        unknown: serde_json::Map::new(),
    };
    Entry::new("write", at, at, Vec::new(), vec![answer]).unwrap()
}

impl Home {
    /// A program that is a few lines of shell.
    pub fn script(&self, place: &str, lines: &str) -> PathBuf {
        let file = self.write(place, format!("#!/bin/sh\n{lines}\n"));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o700)).unwrap();
        file
    }

    pub fn recipients(&self) -> Recipients {
        let text = std::fs::read_to_string(self.inward("config/recipients.txt")).unwrap();
        Recipients::parse(&text, "recipients.txt").unwrap()
    }

    /// The key of a journal without a passphrase.
    pub fn identity(&self) -> Identity {
        let text = std::fs::read_to_string(self.inward("config/identity.txt")).unwrap();
        Identity::parse(&text, PluginCallbacks::SILENT).unwrap()
    }

    /// Encrypts the key with the passphrase that this command prints.
    pub fn lock_key(&self, command: &str) {
        const WORK_FACTOR: u8 = 4;
        let printed = Command::new("sh").args(["-c", command]).output().unwrap().stdout;
        let passphrase = String::from_utf8(printed).unwrap().trim_end().to_owned();
        let mut recipient = age::scrypt::Recipient::new(passphrase.into());
        recipient.set_work_factor(WORK_FACTOR);
        let open = self.inward("config/identity.txt");
        let sealed = age::encrypt(&recipient, &std::fs::read(&open).unwrap()).unwrap();
        let locked = self.write("inward/config/identity.age", sealed);
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o600)).unwrap();
        std::fs::remove_file(&open).unwrap();
    }

    /// Sealed as the journal's own, and put where it belongs.
    pub fn put(&self, entry: &Entry) -> PathBuf {
        self.put_sealed(&self.recipients().seal(entry).unwrap())
    }

    pub fn put_sealed(&self, sealed: &Sealed) -> PathBuf {
        let before = files(&self.journal());
        Journal::at(inward::disk::real(), &self.journal()).append(sealed).unwrap();
        files(&self.journal()).into_iter().find(|file| !before.contains(file)).unwrap()
    }
}

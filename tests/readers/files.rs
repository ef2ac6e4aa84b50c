//! The files of a journal and of its owner.

use inward::config::{Config, Paths};
use inward::entry::Entry;
use inward::journal::Journal;
use inward::practice::{self, BUILT_IN, LoadedPractice};
use inward::query::Query;
use inward::seal::{EntryFileName, Identity, IdentityFile, PluginCallbacks, Recipients, Sealed};

use super::{PRACTICES, Reader, bytes, clocks, seeds, text};

pub const PRACTICE: Reader = Reader {
    name: "practice",
    seeds: || {
        bytes(
            &BUILT_IN.iter().map(|(_, text)| *text).chain([practice::TEMPLATE]).collect::<Vec<_>>(),
        )
    },
    words: &[&[
        "kind = \"scale\"",
        "kind = \"choice\"",
        "[[question]]",
        "[[section]]",
        "[[pattern]]",
        "[[score]]",
        "when = ",
        "scale = { min = 0, max = 4 }",
        "options = []",
        "id = ",
        "min = 9223372036854775807",
        "max = -9223372036854775808",
        "items = [\"a\"]",
        "{a}",
    ]],
    read: read_practice,
};

fn read_practice(bytes: &[u8]) {
    let (path, lists) = ("fuzzed.toml".as_ref(), &["list"]);
    let read = practice::read("fuzzed", path, &text(bytes), lists);
    let LoadedPractice::Valid(practice) = read else { return };
    for question in practice.all_questions() {
        for words in ["", "?", "3", "-9223372036854775808", "yes", "a,b", "words"] {
            let _ = question.read(words);
            let _ = question.allowed_values();
        }
    }
}

pub const ENTRY: Reader = Reader {
    name: "entry",
    seeds: || bytes(&[seeds::ENTRY]),
    words: &[seeds::DATES],
    read: read_entry,
};

fn read_entry(bytes: &[u8]) {
    let Ok(entry) = Entry::from_json(bytes) else { return };
    let again = Entry::from_json(&entry.to_json().unwrap());
    assert_eq!(again.as_ref(), Ok(&entry), "what is read is written as it was");
    for clock in clocks() {
        clock.day_of(entry.at);
        Query { tags: vec!["repair".into()], ..Query::everything() }.matches(&entry, &clock);
    }
    for answer in &entry.answers {
        answer.text();
        answer.contains_answer("3");
    }
}

pub const KEYS: Reader = Reader {
    name: "keys",
    seeds: || {
        bytes(&[
            "# this journal's own key\nage1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\n",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN alice@rust",
            "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0\n",
            include_str!("../inward/harness/ssh-key-for-tests"),
            include_str!("../inward/harness/tagpq-recipient.txt"),
            "age1pocket1wphkx6m9wsjr4vv4",
            "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBh\n-----END AGE ENCRYPTED FILE-----\n",
        ])
    },
    words: &[&["age1", "ssh-rsa ", "AGE-PLUGIN-X-1", "1"]],
    read: read_keys,
};

fn read_keys(bytes: &[u8]) {
    let text = text(bytes);
    if let Ok(recipients) = Recipients::parse(&text, "fuzzed") {
        recipients.iter().for_each(|recipient| drop(recipient.kind()));
    }
    let _ = Identity::parse(&text, PluginCallbacks::SILENT);
    let _ = IdentityFile::parse(bytes, PluginCallbacks::SILENT);
}

pub const SETTINGS: Reader =
    Reader { name: "settings", seeds: || bytes(&[seeds::CONFIG]), words: &[], read: read_settings };

fn read_settings(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::under(folder.path());
    std::fs::create_dir_all(&paths.config).unwrap();
    std::fs::write(paths.file(), bytes).unwrap();
    let env = |name: &str| (name == "INWARD_NOW").then(|| "2026-11-23T21:14:03+01:00".into());
    if let Ok(config) = Config::load(paths, &env) {
        PRACTICES.clone().at_cadence(&config.cadence);
        config.warnings.iter().for_each(|it| drop(config.warning_error(it).to_string()));
    }
}

pub const NAMES: Reader = Reader {
    name: "names",
    seeds: || {
        bytes(&[
            "2026/11/2026-11-23-k3v9q2m8ab.x7f2qd.age",
            "2026/11/.syncthing.2026-11-23-k3v9q2m8ab.x7f2qd.age.tmp",
            "2026/11/2026-11-23-k3v9q2m8ab.x7f2qd (Ada's conflicted copy 2026-11-23).age",
        ])
    },
    words: &[],
    read: read_name,
};

fn read_name(bytes: &[u8]) {
    let place = text(bytes);
    if let Some(label) = Journal::entry_at(&place) {
        assert_eq!(Journal::place(&label), place);
    }
    if let Some(name) = Journal::attachment_at(&place) {
        assert_eq!(Journal::attachment_place(&name), place);
    }
}

/// What no text begins with.
const BEGINNINGS: &[&[u8]] =
    &[b"", b"PK\x03\x04", b"gAAAA", b"\xff\xfe", b"age-encryption.org/v1\n-> X25519 ", b"{"];

pub const SEALED: Reader = Reader {
    name: "sealed",
    seeds: || BEGINNINGS.iter().map(|bytes| bytes.to_vec()).collect(),
    words: &[],
    read: read_sealed,
};

fn read_sealed(bytes: &[u8]) {
    let entry = Entry::from_json(seeds::ENTRY.as_bytes()).unwrap();
    if let Ok(sealed) = Sealed::from_bytes(EntryFileName::of(&entry), bytes.to_vec()) {
        sealed.has_padded_length();
        assert!(Identity::generate().open(&sealed).is_err());
    }
}

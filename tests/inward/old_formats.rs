//! What was kept once is read forever: a journal of each format that there
//! was, as it lies in `tests/formats/`, and one file of a format that is none
//! yet.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

use crate::harness::{Home, files, name, one_line, snapshot};

const FORMATS: &[&str] = &["1"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats")
}

/// A copy of it as a home, with its key as it lies open.
fn home(format: &str) -> (Home, Json) {
    let (home, from) = (Home::new(), folder().join(format));
    std::fs::create_dir(home.inward("")).unwrap();
    for part in ["journal", "config", "state"] {
        let mut copy = Command::new("cp");
        copy.arg("-r").arg(from.join(part)).arg(home.inward(part));
        assert!(copy.status().unwrap().success());
    }
    std::fs::remove_file(home.inward("config/identity.age")).unwrap();
    let expected = std::fs::read(from.join("expected.json")).unwrap();
    (home, serde_json::from_slice(&expected).unwrap())
}

/// Every version of every entry, without what proves whose they are, which is new with
/// each key.
fn without_tags(mut document: Json) -> Json {
    let mut versions = Vec::new();
    for mut entry in document["entries"].as_array_mut().unwrap().drain(..) {
        let others = entry.as_object_mut().unwrap().shift_remove("others");
        versions.push(entry);
        versions.extend(others.iter().filter_map(Json::as_array).flatten().cloned());
    }
    for version in &mut versions {
        assert!(version.as_object_mut().unwrap().shift_remove("mac").is_some());
    }
    document["entries"] = versions.into();
    document
}

fn exported(home: &Home) -> Json {
    without_tags(home.run("export --format json").ok().json())
}

#[test]
fn a_journal_of_every_format_is_read_to_the_letter() {
    for format in FORMATS {
        let (home, expected) = home(format);
        assert_eq!(exported(&home), expected, "format {format}");
        let count = expected["entries"].as_array().unwrap().len();
        assert!(count >= 15, "{count}");
        let before = snapshot(&home.journal());
        for arguments in ["list", "show --last 99", "search words", "patterns", "export", "doctor"]
        {
            home.run(arguments).ok();
        }
        assert!(snapshot(&home.journal()) == before);
        println!("format {format}: {} files, {count} versions of entries", before.len());
    }
}

#[test]
fn every_format_that_there_is_has_its_journal_here() {
    let newest = FORMATS.last().unwrap().parse::<u64>().unwrap();
    assert_eq!(newest, inward::entry::FORMAT, "add a folder to tests/formats");
    for format in 1..=newest {
        assert!(folder().join(format.to_string()).join("expected.json").is_file(), "{format}");
    }
}

#[test]
fn its_key_still_opens_with_its_passphrase_and_a_change_of_keys_loses_nothing() {
    for format in FORMATS {
        let (home, expected) = home(format);
        let sealed = folder().join(format).join("config/identity.age");
        std::fs::copy(sealed, home.inward("config/identity.age")).unwrap();
        std::fs::remove_file(home.inward("config/identity.txt")).unwrap();
        let with = |arguments: &str| {
            let run = home.run(arguments).env("INWARD_PASSPHRASE_COMMAND", "echo 'correct horse'");
            run.ok()
        };
        with("key rotate");
        let without = |json: Json| -> Vec<Json> {
            let entries = json["entries"].as_array().unwrap().clone();
            let bare = |mut entry: Json| {
                for changed in ["revision", "replaces", "copy_of"] {
                    entry.as_object_mut().unwrap().remove(changed);
                }
                entry
            };
            let mut bare: Vec<Json> = entries.into_iter().map(bare).collect();
            bare.sort_by_key(Json::to_string);
            bare
        };
        assert_eq!(without(without_tags(with("export --format json").json())), without(expected));
    }
}

#[test]
fn an_entry_of_a_format_to_come_is_refused_kindly_and_alone() {
    let (home, expected) = home("1");
    let newer = files(&folder().join("newer")).remove(0);
    let there = home.journal().join("2026/05").join(name(&newer));
    std::fs::copy(&newer, &there).unwrap();
    let export = home.run("export --format json").exits(4);
    assert_eq!(without_tags(export.json()), expected, "it hides no other");
    let said = one_line(&export.stderr);
    assert!(said.contains("it has format 2, which needs a newer version of inward"), "{said}");
    assert!(said.contains(there.to_str().unwrap()), "{said}");
    // And no change of keys loses it.
    let bytes = std::fs::read(&there).unwrap();
    home.run("key rotate").exits(4);
    home.run("delete bbbbbbbbbb --yes").exits(4);
    assert_eq!(std::fs::read(&there).unwrap(), bytes);
}

//! What was here and is gone, or is back at an older version, is named at each reading
//! until a file explains it or its owner accepts it; what syncers and new keys do to
//! files raises no alarm.

use std::path::{Path, PathBuf};

use crate::harness::{Home, file_of, files, name, one_line};
use crate::kills_cache::{SEARCH, packs, put, ready_for_packs};

const MAY_COME: &str = "Your sync tool may still be downloading it.";
const NEXT_DAY: &str = "2026-11-24T21:14:03+00:00";

/// A journal that was read: two entries of November and one of October.
pub fn read_before() -> (Home, String) {
    let home = Home::ready();
    let id = home.keep("write first");
    home.keep("write second");
    home.keep("write third --at 2026-10-03");
    home.run("list").ok().says("");
    (home, id)
}

/// Takes a file away, to be put back.
pub fn take(file: &Path) -> (PathBuf, Vec<u8>) {
    let bytes = std::fs::read(file).unwrap();
    std::fs::remove_file(file).unwrap();
    (file.to_owned(), bytes)
}

fn put_back((file, bytes): &(PathBuf, Vec<u8>)) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(file, bytes).unwrap();
}

/// The one line of standard error that names something missing.
#[track_caller]
pub fn missing(stderr: &str) -> &str {
    let lines: Vec<&str> = stderr.lines().filter(|line| line.starts_with("Missing: ")).collect();
    assert_eq!(lines.len(), 1, "{stderr}");
    lines[0]
}

/// Every way of reading, with its exit code: names it in one line, or says nothing.
#[track_caller]
fn each_reading(home: &Home, id: &str, names: Option<&str>) {
    for (arguments, code) in [
        ("list", 0),
        ("list --json", 0),
        ("list --last 1", 0),
        ("list --from 2026-11-23", 0),
        ("show", 0),
        ("search second", 0),
        ("search nothing-like-it", 1),
        ("export", 0),
        ("export --by month", 0),
        ("patterns", 0),
        (&format!("show {id}"), if names.is_some() { 1 } else { 0 }),
    ] {
        let outcome = home.run(arguments).outcome();
        let named = outcome.stderr.contains("Missing:");
        assert_eq!(named, names.is_some(), "{arguments}: {}", outcome.stderr);
        if let Some(names) = names {
            assert!(missing(&outcome.stderr).contains(names), "{arguments}: {}", outcome.stderr);
        }
        assert_eq!(outcome.code, code, "{arguments}: {outcome:?}");
    }
    // Nothing that was asked about other months alone.
    home.run("list --to 2026-10-20").ok().says("");
}

#[test]
fn a_file_that_is_gone_is_named_at_each_reading_until_it_is_back() {
    let (mut home, id) = read_before();
    each_reading(&home, &id, None);
    let gone = take(&file_of(&home, &id));
    each_reading(&home, &id, Some(MAY_COME));
    let line = home.run("list").ok().stderr;
    assert!(line.starts_with(&format!("Missing: {}: ", gone.0.display())), "{line}");
    home.run("doctor").exits(0);
    home.at(NEXT_DAY);
    each_reading(&home, &id, Some("has been missing since 2026-11-23."));
    let doctor = home.run("doctor").exits(4).stdout;
    let words = one_line(&doctor);
    assert!(words.contains("since 2026-11-23") && words.contains("--accept"), "{doctor}");
    let found = home.run("doctor --json").exits(4).json()["found"].clone();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!((&found[0]["damaged"], found[0]["path"].as_str()), (&true.into(), gone.0.to_str()));
    put_back(&gone);
    each_reading(&home, &id, None);
    home.run("doctor").ok();
}

#[test]
fn an_older_version_in_place_of_a_newer_one_is_named() {
    let (mut home, id) = read_before();
    let old = take(&file_of(&home, &id));
    put_back(&old);
    home.run(&format!("edit {id} --tag new")).ok();
    home.run("list").ok().says("");
    let new = take(&file_of(&home, &id));
    put_back(&old);
    for arguments in ["list", &format!("show {id}"), "search second", "list --last 1"] {
        let line = home.run(arguments).ok().stderr;
        assert!(missing(&line).contains("inward shows an older revision"), "{arguments}: {line}");
        assert!(line.contains(MAY_COME) && line.contains(name(&new.0)), "{arguments}: {line}");
    }
    home.at(NEXT_DAY);
    let line = home.run("list").ok().stderr;
    assert!(line.contains("has been missing since 2026-11-23"), "{line}");
    home.run("doctor").exits(4);
    // The newer file explains it, beside the old one.
    put_back(&new);
    home.run("list").ok().says("");
    home.run(&format!("show {id}")).ok().says("");
}

#[test]
fn what_an_edit_or_a_deletion_published_is_missed_at_once() {
    let (home, id) = read_before();
    let old = take(&file_of(&home, &id));
    put_back(&old);
    home.run(&format!("edit {id} --tag new")).ok();
    // Nobody has read since.
    take(&file_of(&home, &id));
    put_back(&old);
    let line = home.run("list").ok().stderr;
    assert!(missing(&line).contains("inward shows an older revision"), "{line}");
    home.run("doctor --accept").ok();
    home.run("list").ok().says("");
    home.run(&format!("delete {id} --yes")).ok();
    let mark = take(&file_of(&home, &id));
    // A mark alone that is missing changes nothing.
    home.run("list").ok().says("");
    put_back(&old);
    for arguments in ["list", &format!("show {id}")] {
        let line = home.run(arguments).ok().stderr;
        assert!(missing(&line).contains("this entry was deleted"), "{arguments}: {line}");
    }
    put_back(&mark);
    home.run("list").ok().says("");
}

#[test]
fn what_was_moved_to_another_month_is_missed_there_at_once() {
    let (home, id) = read_before();
    home.run(&format!("edit {id} --at 2026-09-01")).ok();
    std::fs::remove_dir_all(home.journal().join("2026/09")).unwrap();
    let line = home.run("list").ok().stderr;
    assert!(missing(&line).contains("2026/09/2026-09-01"), "{line}");
}

#[test]
fn a_month_and_a_whole_journal_that_are_gone_are_named() {
    let (mut home, id) = read_before();
    let all: Vec<_> = files(&home.journal()).iter().map(|file| take(file)).collect();
    all.iter().for_each(put_back);
    std::fs::remove_dir_all(home.journal().join("2026/10")).unwrap();
    let line = home.run("list").ok().stderr;
    assert!(missing(&line).contains("2026/10/2026-10-03"), "{line}");
    // Only where that month is asked for.
    home.run("list --from 2026-11-20").ok().says("");
    home.run("list --last 1").ok().says("");
    let line = home.run("list --last 3").ok().stderr;
    assert!(missing(&line).contains("2026/10/2026-10-03"), "{line}");
    for gone in ["2026", ""] {
        std::fs::remove_dir_all(home.journal().join(gone)).unwrap();
        std::fs::create_dir_all(home.journal()).unwrap();
        let lines = home.run("list").exits(1).stderr;
        assert_eq!(lines.matches("Missing: ").count(), 3, "{lines}");
        let lines = home.run(&format!("show {id}")).exits(1).stderr;
        assert!(missing(&lines).contains(&id), "{lines}");
    }
    home.at(NEXT_DAY);
    let found = home.run("doctor --json").exits(4).json()["found"].clone();
    let damaged = found.as_array().unwrap().iter().filter(|found| found["damaged"] == true);
    assert_eq!(damaged.count(), 3, "{found}");
    all.iter().for_each(put_back);
    home.run("list").ok().says("");
}

#[test]
fn many_that_are_gone_are_named_in_one_line() {
    let home = Home::ready();
    put(&home, 0..20);
    home.run("list").ok().says("");
    files(&home.journal()).iter().take(9).for_each(|file| drop(take(file)));
    let line = home.run("list").ok().stderr;
    assert!(missing(&line).starts_with("Missing: 9 entries"), "{line}");
    assert_eq!(home.run("doctor --json").ok().json()["found"].as_array().unwrap().len(), 9);
}

#[test]
fn what_is_accepted_is_named_no_more_and_what_goes_afterwards_is() {
    let (mut home, id) = read_before();
    take(&file_of(&home, &id));
    home.at(NEXT_DAY);
    home.run("list").ok();
    home.at("2026-11-26T21:14:03+00:00");
    home.run("doctor").exits(4);
    let accepted = home.run("doctor --accept").exits(0);
    assert!(accepted.stderr.contains("Accepted."), "{accepted:?}");
    let said = one_line(&accepted.stdout);
    assert!(said.contains("has been missing since"), "{said}");
    assert!(!said.contains("--accept"), "it was just run: {said}");
    home.run("list").ok().says("");
    home.run("doctor --accept").ok().says("");
    std::fs::remove_dir_all(home.journal().join("2026/11")).unwrap();
    missing(&home.run("list").ok().stderr);
    std::fs::remove_dir_all(home.journal().join("2026")).unwrap();
    home.run("list").exits(1);
    home.run("doctor --accept").ok();
    assert_eq!(home.run("list").exits(1).stderr.matches("Missing").count(), 0);
}

#[test]
fn nothing_is_accepted_without_the_key() {
    let (home, _) = read_before();
    let kept = home.inward("state/kept.json");
    let before = std::fs::read(&kept).unwrap();
    std::fs::remove_dir_all(home.journal().join("2026")).unwrap();
    home.run("list").exits(1);
    let key = take(&home.inward("config/identity.txt"));
    home.run("doctor --accept").outcome();
    assert_eq!(std::fs::read(&kept).unwrap(), before);
    put_back(&key);
    assert_eq!(home.run("doctor").ok().stdout.matches("Missing:").count(), 3);
}

#[test]
fn what_syncers_and_new_keys_do_to_files_raises_no_alarm() {
    let (home, id) = read_before();
    let quiet = |what: &str| {
        for arguments in ["list", "list --last 1", "list --on 2026-10-03", &format!("show {id}")] {
            let stderr = home.run(arguments).ok().stderr;
            assert_eq!(stderr, "", "{what}: {arguments}");
        }
    };
    let file = file_of(&home, &id);
    let conflict = file.with_extension("sync-conflict-20261123-211403-ABCDEFG.age");
    std::fs::copy(&file, &conflict).unwrap();
    quiet("a copy");
    std::fs::remove_file(&file).unwrap();
    quiet("a copy alone");
    home.run("key reseal").ok();
    quiet("sealed again");
    home.run("key rotate").ok();
    quiet("a new key");
    home.run(&format!("edit {id} --tag new")).ok();
    home.run("key rotate").ok();
    quiet("another");
    // What was remembered under the key before is remembered.
    take(&file_of(&home, &id));
    let line = home.run("list").ok().stderr;
    assert!(missing(&line).contains(&id), "{line}");
}

#[test]
fn what_another_device_edited_or_deleted_explains_what_is_gone_when_it_arrives() {
    let (home, id) = read_before();
    let elsewhere = home.twin();
    let third = elsewhere.run("list --json --on 2026-10-03").ok().json();
    let third = third["entries"][0]["id"].as_str().unwrap().to_owned();
    elsewhere.run(&format!("edit {id} --tag new")).ok();
    elsewhere.run(&format!("delete {third} --yes")).ok();
    let place = |file: &Path| file.strip_prefix(elsewhere.journal()).unwrap().to_owned();
    let new: Vec<(PathBuf, Vec<u8>)> = [file_of(&elsewhere, &id), file_of(&elsewhere, &third)]
        .map(|file| (home.journal().join(place(&file)), std::fs::read(&file).unwrap()))
        .into();
    // A syncer brings deletions first.
    take(&file_of(&home, &id));
    take(&file_of(&home, &third));
    let lines = home.run("list").ok().stderr;
    assert_eq!(lines.matches(MAY_COME).count(), 2, "{lines}");
    new.iter().for_each(put_back);
    home.run("list").ok().says("");
    home.run("doctor").ok();
}

#[test]
fn a_file_that_does_not_open_is_named_for_that_alone() {
    let (home, id) = read_before();
    std::fs::write(file_of(&home, &id), "").unwrap();
    let stderr = home.run("list").exits(4).stderr;
    assert!(stderr.contains("Left out:") && !stderr.contains("Missing:"), "{stderr}");
}

#[test]
fn reading_from_packs_names_the_same() {
    let home = ready_for_packs();
    put(&home, 0..120);
    for _ in 0..2 {
        home.run(SEARCH).ok().says("");
    }
    assert_eq!(packs(&home).len(), 3);
    let file = files(&home.journal()).swap_remove(50);
    let gone = take(&file);
    // First from the files, then from the pack that was made of them.
    for round in 0..3 {
        for arguments in [SEARCH, "search --json nothing-like-it", "list --json"] {
            let stderr = home.run(arguments).outcome().stderr;
            assert!(missing(&stderr).contains(name(&gone.0)), "{round}: {stderr}");
        }
    }
    assert_eq!(packs(&home).len(), 3);
    // What this device remembers is lost, and begins with what the packs say.
    std::fs::remove_dir_all(home.inward("state/seen")).unwrap();
    home.run(SEARCH).ok().says("");
    put_back(&gone);
    home.run(SEARCH).ok().says("");
    take(&gone.0);
    std::fs::remove_dir_all(home.inward("cache")).unwrap();
    assert!(missing(&home.run(SEARCH).ok().stderr).contains(name(&gone.0)));
}

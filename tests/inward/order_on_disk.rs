//! In which order things reach the disk, as the kernel saw it: the bytes, then
//! the name, then the folder, and only then is anything called kept. And how much
//! is asked of the kernel for that.

use std::collections::BTreeMap;

use crate::generate::Writer;
use crate::harness::{Home, file_of};

const CALLS: &[&str] = &[
    "openat", "write", "fsync", "fdatasync", "linkat", "renameat2", "renameat", "rename", "unlink",
    "unlinkat", "mkdirat", "mkdir",
];

/// One call: its name, what it was given, and what came back.
struct Call {
    name: String,
    arguments: String,
    result: String,
}

fn calls(home: &Home, arguments: &str) -> Vec<Call> {
    let traced = home.traced(arguments, &[], CALLS);
    let parsed = traced.lines().filter_map(|line| {
        let (name, rest) = line.split_once('(')?;
        let (arguments, result) = rest.rsplit_once(" = ")?;
        let [name, arguments, result] = [name, arguments, result].map(|s| s.trim().to_owned());
        // A process id in front, where there are several threads.
        let name = name.rsplit(' ').next()?.to_owned();
        Some(Call { name, arguments: arguments.trim_end_matches(')').to_owned(), result })
    });
    parsed.collect()
}

impl Call {
    fn is(&self, name: &str, with: &str) -> bool {
        self.name == name && self.arguments.contains(with) && !self.result.starts_with('-')
    }

    /// The descriptor that it works on.
    fn on(&self) -> &str {
        self.arguments.split(',').next().unwrap().trim()
    }
}

#[track_caller]
fn position(calls: &[Call], what: &str, is: impl Fn(&Call) -> bool) -> usize {
    calls.iter().position(is).unwrap_or_else(|| panic!("there was no {what}"))
}

/// Where the entry's file was written, made sure of, named, and its folder made
/// sure of; in that order.
#[track_caller]
fn published(calls: &[Call]) -> [usize; 4] {
    let named = position(calls, "name", |c| c.is("linkat", ".age\""));
    // /proc/self/fd/N, whatever folder it is linked into.
    let from = calls[named].arguments.split("/proc/self/fd/").nth(1).expect("an unnamed file");
    let file = from.split('"').next().unwrap();
    let folder = calls[named].arguments.split(',').nth(2).unwrap().trim();
    let on = |name: &'static str, fd: &str| {
        let fd = fd.to_owned();
        move |c: &Call| c.is(name, "") && c.on() == fd
    };
    let opened = calls[..named].iter().rposition(|c| c.is("openat", "O_TMPFILE")).unwrap();
    let written = opened + position(&calls[opened..], "write", on("write", file));
    let last = named - 1 - calls[..named].iter().rev().position(on("write", file)).unwrap();
    let synced = last + position(&calls[last..], "fsync of the file", on("fsync", file));
    let confirmed = named + position(&calls[named..], "fsync of the folder", on("fsync", folder));
    let order = [written, synced, named, confirmed];
    assert!(order.is_sorted(), "{order:?}");
    order
}

#[test]
#[ignore = "needs strace; run in CI"]
fn an_entry_is_on_the_disk_with_its_name_before_it_is_called_kept() {
    for day in ["2026-11-23", "2025-01-02"] {
        let home = Home::ready();
        let calls = calls(&home, &format!("write words --at {day}"));
        let [.., confirmed] = published(&calls);
        for said in ["1", "2"] {
            let said = position(&calls, "word", |c| c.name == "write" && c.on() == said);
            assert!(confirmed < said, "{confirmed} {said}");
        }
        // Each new folder is confirmed in the one above it, before the entry is.
        let made: Vec<usize> = (0..calls.len()).filter(|n| calls[*n].is("mkdirat", "")).collect();
        assert!(made.len() >= 2, "{day}: {made:?}");
        for n in made.into_iter().filter(|n| *n < confirmed) {
            let above = calls[n].on().to_owned();
            let sure = calls[n..confirmed].iter().any(|c| c.is("fsync", "") && c.on() == above);
            assert!(sure, "{day}: {}", calls[n].arguments);
        }
        println!("{} calls looked at", calls.len());
    }
}

#[test]
#[ignore = "needs strace; run in CI"]
fn what_an_edit_a_deletion_or_new_keys_replace_goes_only_after_its_successor_is_on_the_disk() {
    for arguments in
        ["edit ID --tag more", "edit ID --at yesterday", "delete ID --yes", "key rotate"]
    {
        let home = Home::ready();
        let id = home.keep("write words");
        let old = file_of(&home, &id);
        let calls = calls(&home, &arguments.replace("ID", &id));
        let [.., confirmed] = published(&calls);
        let old = old.file_name().unwrap().to_str().unwrap().to_owned();
        let removed = position(&calls, "removal", |c| {
            c.name.starts_with("unlink") && c.arguments.contains(&old)
        });
        assert!(confirmed < removed, "{arguments}: {confirmed} {removed}");
        let said = calls.iter().rposition(|c| c.name == "write" && c.on() == "2").unwrap();
        assert!(removed < said, "{arguments}");
    }
}

/// How often each call is made by a command, but for those about memory.
fn count_calls(home: &Home, arguments: &str) -> BTreeMap<String, usize> {
    let mut calls = BTreeMap::new();
    for line in home.traced(arguments, &[], &["%file", "%desc", "getrandom"]).lines() {
        let name = line.split('(').next().unwrap();
        // A process id in front, where there are several threads.
        let name = name.rsplit(' ').next().unwrap();
        if name != "mmap" {
            *calls.entry(name.to_owned()).or_insert(0) += 1;
        }
    }
    calls
}

/// A journal of so many entries, three a day, of which the newest month has one.
fn long_journal(entries: usize) -> Home {
    let before = "2026-10-31T21:00:00+01:00".parse().unwrap();
    Home::with_entries(&Writer::new(1).many(entries, before))
}

#[test]
#[ignore = "needs strace; run in CI"]
fn keeping_an_entry_asks_no_more_of_the_system_in_a_long_journal_than_in_a_new_one() {
    let (new, long) = (Home::ready(), long_journal(10_000));
    [&new, &long].iter().for_each(|home| drop(home.keep("write words")));
    let calls = count_calls(&new, "write words");
    assert_eq!(count_calls(&long, "write words"), calls);
    assert_eq!(calls.get("getdents64"), None, "nothing is listed");
    assert_eq!(calls["fsync"], 2, "its bytes, and its name");
    // Those of any program, those that `Journal::append` speaks of, and those that see
    // whether the list, the key and the journal's place are what they should be.
    assert!(calls.values().sum::<usize>() < 180, "{calls:?}");
}

#[test]
#[ignore = "needs strace; run in CI"]
fn showing_the_newest_asks_no_more_of_the_system_in_a_long_journal_than_in_a_new_one() {
    let (new, long) = (Home::ready(), long_journal(10_000));
    [&new, &long].iter().for_each(|home| drop(home.keep("write words")));
    for arguments in ["show", "show --last 1", "list --last 1"] {
        let calls = count_calls(&new, arguments);
        let of_long = count_calls(&long, arguments);
        // A longer list of years may take one more call to be told.
        let difference = of_long.values().sum::<usize>().abs_diff(calls.values().sum());
        assert!(difference <= 2, "{arguments}: {calls:?} {of_long:?}");
    }
    // Whatever the cache holds.
    long.run("search rain").outcome();
    let before = count_calls(&new, "show").values().sum::<usize>();
    assert!(count_calls(&long, "show").values().sum::<usize>() <= before + 2);
}

//! The cache on the kernel's bad days: killed at each of the system calls that
//! write or remove something of it, and with each of those failing in one of five
//! ways. Reading shows the same as without a cache, in the same command and in
//! the next, and nothing plain is left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use inward::disk::real;
use inward::journal::Journal;

use crate::harness::{Fault, Home, crafted, files, holding, name, program, snapshot};

const WORDS: &str = "butterbur";
pub const SEARCH: &str = "search --json butterbur";

/// What reading does to the cache.
struct Deed {
    name: &'static str,
    /// Leaves a journal and a cache of it, as they are before the reading.
    begins: fn(&Home),
    /// Did it do that? Given how many packs there were, and are.
    done: fn(&Home, usize, usize) -> bool,
}

const DEEDS: &[Deed] = &[
    Deed {
        name: "writes packs for the first time",
        begins: |home| put(home, 0..120),
        done: |_, before, after| (before, after) == (0, MONTHS),
    },
    Deed {
        name: "adds a hundred entries",
        begins: |home| {
            put(home, 0..60);
            home.run(SEARCH).ok();
            put(home, 60..160);
        },
        done: |_, before, after| (before, after) == (MONTHS, MONTHS),
    },
    Deed {
        name: "drops what was deleted elsewhere",
        begins: |home| {
            put(home, 0..120);
            home.run(SEARCH).ok();
            for file in files(&home.journal()).iter().step_by(9) {
                std::fs::remove_file(file).unwrap();
            }
        },
        done: |home, _, after| after == MONTHS && files(&home.journal()).len() == 106,
    },
    Deed {
        name: "drops the pack of a month of which little is left",
        begins: |home| {
            put(home, 0..120);
            home.run(SEARCH).ok();
            for file in &files(&home.journal())[..36] {
                std::fs::remove_file(file).unwrap();
            }
        },
        done: |_, before, after| (before, after) == (MONTHS, MONTHS - 1),
    },
];

/// How many months the entries are spread over, and no more, so that each is worth
/// a pack.
const MONTHS: usize = 3;

/// A journal, at a time when the stamps of its folders are long past: of what
/// changed a moment ago no pack is written.
pub fn ready_for_packs() -> Home {
    let mut home = Home::ready();
    home.at("2100-01-01T12:00:00+00:00");
    home
}

/// Some entries over some months.
pub fn put(home: &Home, which: std::ops::Range<i64>) {
    let (journal, recipients) = (Journal::at(real(), &home.journal()), home.recipients());
    for n in which {
        let mut entry = crafted(&format!("{WORDS} {n}"));
        entry.at -= chrono::Duration::days(n * 37 % 80);
        entry.written = entry.at;
        journal.append(&recipients.seal(&entry).unwrap()).unwrap();
    }
}

pub fn packs(home: &Home) -> Vec<PathBuf> {
    let mut packs = files(&home.inward("cache"));
    packs.retain(|file| name(file).ends_with(".pack"));
    packs
}

/// What a reading writes besides: packs, and what it remembers for the next.
const WRITTEN: [&str; 2] = ["cache", "state/seen"];

/// The files of those, as they were. Their journal does not move, for its files are
/// known by more than their names.
struct Before {
    folders: [PathBuf; 2],
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Before {
    fn of(home: &Home) -> Before {
        let folders = WRITTEN.map(|place| home.inward(place));
        Before { files: folders.iter().flat_map(|it| snapshot(it)).collect(), folders }
    }

    fn put_back(&self) {
        self.folders.iter().for_each(|folder| drop(std::fs::remove_dir_all(folder)));
        for (file, bytes) in &self.files {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }
}

/// A run under strace, in one thread beside the first: what it printed, and each
/// call that was looked at, with the files that its descriptors stand for.
fn straced(home: &Home, options: &[String]) -> (Option<i32>, String, String, String) {
    let log = home.path().join("strace.log");
    let mut strace = program(home, "strace");
    strace.args(["-f", "-y", "-qq", "-s", "0", "-o"]).arg(&log).args(options);
    strace.arg(crate::harness::BINARY).args(SEARCH.split(' ')).env("RAYON_NUM_THREADS", "1");
    let output = strace.output().unwrap();
    let told = std::fs::read_to_string(&log).unwrap();
    std::fs::remove_file(log).unwrap();
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(!stderr.contains("strace:"), "{stderr}");
    let code = output.status.code().filter(|_| !told.contains("killed by SIGKILL"));
    (code, stdout, stderr, told)
}

/// The calls that concern a folder: which, and the how-manieth of its thread.
fn calls(told: &str, folder: &Path) -> BTreeSet<(&'static str, usize)> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut all = BTreeSet::new();
    for line in told.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let named = rest.trim_start().split_once('(').map(|(call, _)| call);
        let Some(call) = KINDS.iter().copied().find(|kind| Some(*kind) == named) else { continue };
        let count = counts.entry((thread, call)).or_default();
        *count += 1;
        if line.contains(folder.to_str().unwrap()) {
            all.insert((call, *count));
        }
    }
    all
}

const KINDS: &[&str] = &[
    "openat", "write", "read", "mkdir", "mkdirat", "unlink", "unlinkat", "rename", "renameat",
    "renameat2", "fsync", "statx", "statfs", "getdents64", "fchmod", "fcntl",
];

/// With every call that concerns one of the places where a reading writes.
fn with_every_call(place: &str, faults: &[Fault]) -> usize {
    let mut met = 0;
    for deed in DEEDS {
        let home = ready_for_packs();
        (deed.begins)(&home);
        let expected = plainly(&home);
        let before = Before::of(&home);
        let trace = format!("trace=?{}", KINDS.join(",?"));
        let there = packs(&home).len();
        let (code, shown, stderr, told) = straced(&home, &["-e".into(), trace]);
        assert_eq!((code, (shown, stderr)), (Some(0), expected.clone()), "{}", deed.name);
        assert!((deed.done)(&home, there, packs(&home).len()), "{}: {told}", deed.name);
        let all = calls(&told, &home.inward(place));
        assert!(all.len() > 10, "{}: {all:?}", deed.name);
        for (i, (call, when)) in all.into_iter().enumerate() {
            // They take turns: each kind of call meets them all.
            let fault = faults[i % faults.len()];
            before.put_back();
            met += Trial { home: &home, deed: deed.name, place, expected: &expected }
                .run(call, when, fault);
        }
    }
    met
}

/// What a reading shows without packs, and says of what went missing.
fn plainly(home: &Home) -> (String, String) {
    let before = Before::of(home);
    let _ = std::fs::remove_dir_all(&before.folders[0]);
    let shown = home.run(SEARCH).ok();
    before.put_back();
    (shown.stdout, shown.stderr)
}

struct Trial<'a> {
    home: &'a Home,
    deed: &'a str,
    place: &'a str,
    expected: &'a (String, String),
}

impl Trial<'_> {
    fn run(&self, call: &str, when: usize, fault: Fault) -> usize {
        let what = match fault {
            Fault::Killed => "signal=KILL".to_owned(),
            Fault::Fails(error) => format!("error={error}"),
        };
        let options =
            ["-e", &format!("trace={call}"), "-e", &format!("inject={call}:{what}:when={when}")];
        let (home, (expected, missing)) = (self.home, self.expected);
        let (code, shown, stderr, told) = straced(home, &options.map(str::to_owned));
        let said = format!("{}, {call} {when} {fault:?}: {code:?} {stderr}", self.deed);
        let place = home.inward(self.place).display().to_string();
        let mut injected = told.lines().filter(|line| line.contains("(INJECTED)"));
        assert!(!stderr.contains("panicked"), "{said}");
        // Another thread's call of that number may be of an entry's file, which is
        // then named; what happens to the place alone is nobody's trouble.
        if code.is_some() && injected.clone().all(|line| line.contains(&place)) {
            // What it cannot remember, it cannot miss; and says so where it cannot read it.
            let misses = stderr == *missing || self.place != WRITTEN[0];
            assert!(code == Some(0) && misses, "{said}");
            let is_of_memory = |line: &str| {
                line.starts_with("Missing: ") || line.contains("this device's record of")
            };
            assert!(stderr.lines().all(is_of_memory), "{said}");
            assert_eq!(shown, *expected, "{said}");
        }
        assert_eq!(holding(WORDS, &[home.path()]), Vec::<PathBuf>::new(), "{said}");
        // The next reads it as it was left; the one after that, as it was fixed.
        for _ in 0..2 {
            let next = home.run(SEARCH).ok();
            assert_eq!((&next.stdout, &next.stderr), (expected, missing), "{said}");
        }
        usize::from(code.is_none() || injected.next().is_some())
    }
}

#[test]
#[ignore = "needs strace; run in CI"]
fn killed_while_the_cache_is_written_reading_shows_the_same_as_without() {
    let kills = with_every_call("cache", &[Fault::Killed]);
    println!("{kills} kills");
    assert!(kills > 100, "{kills}");
}

#[test]
#[ignore = "needs strace; run in CI"]
fn with_any_call_of_the_cache_failing_reading_shows_the_same_as_without_and_says_nothing() {
    let errors = ["ENOSPC", "EIO", "EACCES", "EINTR", "EMFILE"].map(Fault::Fails);
    let failures = with_every_call("cache", &errors);
    println!("{failures} failures");
    assert!(failures > 150, "{failures}");
}

#[test]
#[ignore = "needs strace; run in CI"]
fn whatever_happens_to_what_is_remembered_reading_shows_the_same_and_the_next_misses_the_same() {
    let errors = ["ENOSPC", "EIO", "EACCES", "EINTR", "EMFILE"].map(Fault::Fails);
    let faults = [&[Fault::Killed][..], &errors].concat();
    let met = with_every_call("state/seen", &faults);
    println!("{met} kills and failures");
    assert!(met > 100, "{met}");
}

/// A disk that does not open the months of a year, once.
fn with_months_unlisted(home: &Home, year: &str, arguments: &str) -> (Option<i32>, String) {
    let year = home.journal().join(year);
    let mut strace = program(home, "strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-P"]).arg(&year);
    strace.args(["-e", "trace=openat", "-e", "inject=openat:error=EIO", "inward"]);
    let said = strace.args(arguments.split(' ')).output().unwrap();
    let text = [said.stdout, said.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (said.status.code(), text)
}

#[test]
#[ignore = "needs strace; run in CI"]
fn a_month_that_could_not_be_listed_is_named_and_known_again_the_next_time() {
    let home = ready_for_packs();
    put(&home, 0..60);
    let all = || home.run("list --json").ok().json()["entries"].as_array().unwrap().len();
    for (arguments, code) in
        [("list", 4), ("search butterbur", 4), ("doctor", 4), ("show", 4), ("key rotate", 4)]
    {
        // Nothing is noted yet that would make up for it.
        let _ = std::fs::remove_dir_all(home.inward("cache"));
        let (exit, said) = with_months_unlisted(&home, "2026", arguments);
        assert_eq!(exit, Some(code), "{arguments}: {said}");
        assert!(said.contains("journal/2026"), "{arguments}: {said}");
        assert_eq!(all(), 60, "after {arguments} they are all there again");
    }
}

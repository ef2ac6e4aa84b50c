//! Everything that is done with entries on the kernel's bad days: killed at
//! each of the system calls that touch a file, and with each of them failing in
//! one of five ways. Whatever was called kept is there and whole, nothing is
//! half there, and the next command works without repair.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use inward::journal::Drafts;
use serde_json::Value as Json;

use crate::harness::{BINARY, CALLS, Fault, Faulted, Home, Key, Terminal, files, name, program};
use crate::sync::{begin, remote};

/// Something that is done, and what it is done to.
struct Deed {
    /// `ID` stands for an entry that is there.
    arguments: &'static str,
    /// What stands afterwards of the first answers, oldest first, where it was
    /// done whole.
    after: &'static [&'static str],
    /// May it be done in part?
    in_parts: bool,
}

const BEFORE: &[&str] = &["first", "second"];

const DEEDS: &[Deed] = &[
    Deed { arguments: "write third", after: &["first", "second", "third"], in_parts: false },
    Deed {
        arguments: "write earlier --at 2025-01-02",
        after: &["earlier", "first", "second"],
        in_parts: false,
    },
    Deed { arguments: "edit ID --answers new.json", after: &["first", "new"], in_parts: false },
    Deed { arguments: "edit ID --at 2026-11-19", after: &["second", "first"], in_parts: false },
    // To another month: for a moment it is in both.
    Deed { arguments: "edit ID --at 2025-01-02", after: &["second", "first"], in_parts: true },
    Deed { arguments: "delete ID --yes", after: &["first"], in_parts: false },
    Deed {
        arguments: "write third --attach lake.jpg",
        after: &["first", "second", "third"],
        in_parts: false,
    },
    Deed {
        arguments: "edit ID --attach lake.jpg --detach note.txt",
        after: &["first", "second"],
        in_parts: false,
    },
    Deed {
        arguments: "import --from jrnl jrnl.txt",
        after: &["one", "two", "first", "second"],
        in_parts: true,
    },
    Deed { arguments: "sync", after: &["theirs", "first", "second"], in_parts: true },
    Deed { arguments: "export -o out/", after: BEFORE, in_parts: true },
];

/// Two entries, one of which was edited; with a remote that has a third.
fn begun() -> (Home, tempfile::TempDir, String) {
    let (mut home, remote) = (Home::ready(), remote());
    home.at("2026-11-20T21:00:00+00:00").keep("write first");
    home.write("note.txt", "a note");
    home.write("lake.jpg", [7; 70_000]);
    let id = home.keep("write unedited --at 2026-11-21 --attach note.txt");
    home.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "second"}"#).ok();
    home.at(crate::harness::NOW);
    begin(&home, &remote);
    let other = crate::sync::second(&home, &remote);
    other.keep("write theirs --at 2026-11-01");
    other.run("sync").ok();
    home.write("new.json", r#"{"page": "new"}"#);
    home.write("jrnl.txt", "[2026-10-01 10:00] one\n\n[2026-10-02 10:00] two\n");
    (home, remote, id)
}

/// The first answers of what stands, oldest first.
fn stands(home: &Home) -> Vec<String> {
    let list = home.run("list --json").ok().json();
    let mut said: Vec<String> =
        list["entries"].as_array().unwrap().iter().map(first_answer).collect();
    said.reverse();
    said
}

fn first_answer(entry: &Json) -> String {
    entry["answers"][0]["value"].as_str().unwrap().to_owned()
}

/// The calls that a deed makes on files of ours: which, and the how-manieth.
fn calls(home: &Home, arguments: &str) -> Vec<(&'static str, usize)> {
    let traced = home.traced(arguments, &[], CALLS);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for line in traced.lines() {
        let named = CALLS.iter().find(|call| line.contains(&format!("{call}(")));
        let Some(call) = named else { continue };
        let count = counts.entry(call).or_default();
        *count += 1;
        let elsewhere = ["\"/lib", "\"/etc", "\"/usr", "\"/proc", "\"/sys", "\"/dev"];
        if !elsewhere.iter().any(|place| line.contains(place)) {
            all.push((*call, *count));
        }
    }
    all
}

/// What was said of a deed is true of what stands now.
#[track_caller]
fn is_true(deed: &Deed, went: &Faulted, now: &[String], told: &str) {
    assert!(!went.stderr.contains("panicked"), "{told}");
    // What it calls done is done, also where it is killed later.
    if went.code == Some(0) || went.stderr.contains("Kept:") || went.stderr.contains("Deleted:") {
        assert_eq!(now, deed.after, "{told}");
    }
    if let Some(code) = went.code.filter(|code| *code != 0) {
        let words = went.stderr.lines().any(|line| line.len() > 20);
        assert!([1, 2, 3, 4, 5].contains(&code) && words, "{told}");
    }
}

/// After whatever went wrong: nothing is lost, and everything continues. What stood then.
#[track_caller]
fn is_sound(home: &Home, deed: &Deed, arguments: &str, told: &str) -> Vec<String> {
    let now = stands(home);
    let (before, after) = (BEFORE.to_vec(), deed.after.to_vec());
    let whole = now == before || now == after;
    let kept = deed.in_parts && BEFORE.iter().all(|said| now.iter().any(|n| n == said));
    assert!(whole || kept, "{told}: {now:?}");
    let strays = files(&home.journal()).into_iter().filter(|file| !name(file).ends_with(".age"));
    assert_eq!(strays.count(), 0, "{told}");
    // Whatever an entry names as attached is whole.
    let saved = home.run("show --last 9 --save whole").outcome();
    assert!([0, 1].contains(&saved.code), "{told}: {saved:?}");
    // The next command needs no repair, and the same again comes to its end.
    home.run("write more").ok();
    if now == after {
        return now;
    }
    let again = match deed.arguments.starts_with("export") {
        true => home.run(&format!("{arguments} --force")).outcome(),
        false => home.run(arguments).outcome(),
    };
    assert!([0, 1].contains(&again.code), "{told}: {again:?}");
    let mut expected = after;
    expected.push("more");
    let mut finished = stands(home);
    expected.sort_unstable();
    finished.sort_unstable();
    assert_eq!(finished, expected, "{told}");
    now
}

/// Each deed with each of its calls meeting one of these, two at a time.
fn with_every_call(faults: &[Fault]) -> usize {
    let met = AtomicUsize::new(0);
    let mut work = Vec::new();
    let begun: Vec<_> = DEEDS.iter().map(|deed| (deed, self::begun())).collect();
    for (deed, (home, remote, id)) in &begun {
        let arguments = deed.arguments.replace("ID", id);
        let (twin, _copy) = twin(home, remote.path());
        let all = calls(&twin, &arguments);
        assert!(all.len() > 8, "{arguments}: {all:?}");
        assert_eq!(stands(&twin), deed.after, "{arguments}");
        for (i, (call, when)) in all.into_iter().enumerate() {
            // They take turns, two of them at each call.
            let mut turns = vec![i % faults.len(), (i + 2) % faults.len()];
            turns.dedup();
            for turn in turns {
                work.push((deed, (home, remote), arguments.clone(), call, when, faults[turn]));
            }
        }
    }
    let work = Mutex::new(work);
    // Most faults leave the same: what follows from it is tried once.
    let known = Mutex::new(HashMap::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(next) = work.lock().unwrap().pop() else { break };
                    let (deed, (home, remote), arguments, call, when, fault) = next;
                    let (home, _copy) = twin(home, remote.path());
                    let went = home.faulted(&arguments, &[], call, when, fault);
                    let told = format!("{arguments} with {call} {when} {fault:?}: {went:?}");
                    let left = (deed.arguments, home.fingerprint());
                    let stood = known.lock().unwrap().get(&left).cloned();
                    let now = stood.unwrap_or_else(|| is_sound(&home, deed, &arguments, &told));
                    is_true(deed, &went, &now, &told);
                    known.lock().unwrap().insert(left, now);
                    met.fetch_add(usize::from(went.met), Ordering::Relaxed);
                }
            });
        }
    });
    met.into_inner()
}

/// A copy that is synced with a copy of the remote, as it was there.
fn twin(home: &Home, remote: &Path) -> (Home, tempfile::TempDir) {
    let (twin, copy) = (home.twin(), tempfile::tempdir().unwrap());
    let mut cp = std::process::Command::new("cp");
    assert!(cp.arg("-a").arg(remote.join(".")).arg(copy.path()).status().unwrap().success());
    for file in files(&twin.inward("state/sync")) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let text = text.replace(&path(home.path()), &path(twin.path()));
        std::fs::write(&file, text.replace(&path(remote), &path(copy.path()))).unwrap();
    }
    (twin, copy)
}

#[test]
#[ignore = "needs strace and git; run in CI"]
fn killed_at_any_system_call_no_entry_is_lost_or_half_there_and_the_next_command_works() {
    let kills = with_every_call(&[Fault::Killed]);
    println!("{kills} kills");
    assert!(kills > 150, "{kills}");
}

#[test]
#[ignore = "needs strace and git; run in CI"]
fn with_any_system_call_failing_no_entry_is_lost_or_half_there_and_what_happened_is_said() {
    let errors = ["ENOSPC", "EIO", "EACCES", "EINTR", "EMFILE"].map(Fault::Fails);
    let failures = with_every_call(&errors);
    println!("{failures} failures");
    assert!(failures > 300, "{failures}");
}

/// A session on a terminal, under strace. It is answered until it ends, or the
/// program does.
fn session(home: &Home, options: &[String]) -> i32 {
    let mut strace = program(home, "strace");
    strace.args(["-qq", "-o"]).arg(home.path().join("strace.log")).args(options);
    strace.arg(BINARY).arg("evening").stdin(std::process::Stdio::inherit());
    let terminal = Terminal::start(strace, 24, 80);
    // Each wait ends with the program, and what it was cannot matter here.
    let answered = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        terminal.asked("How did this morning's intention go?").choose(0);
        terminal.asked("One moment of connection").answer("said before");
        terminal.asked("How close").choose(1);
        terminal.asked("What did you see").press(Key::Ctrl('c'));
    }));
    let code = terminal.end();
    assert!(answered.is_ok() || code != 0, "{}", terminal.shown());
    assert!(!terminal.raw().contains("panicked at src"), "{}", terminal.raw());
    code
}

#[test]
#[ignore = "needs strace; run in CI"]
fn a_session_that_is_killed_or_cannot_write_keeps_what_was_answered_before() {
    let calls: Vec<&str> = CALLS.iter().copied().filter(|call| *call != "write").collect();
    let begun = Home::evening();
    let traced = begun.twin();
    session(&traced, &["-e".into(), format!("trace=?{}", calls.join(",?"))]);
    let log = std::fs::read_to_string(traced.path().join("strace.log")).unwrap();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut work, mut saves) = (Vec::new(), 0);
    for line in log.lines() {
        let Some(call) = calls.iter().find(|call| line.starts_with(&format!("{call}("))) else {
            continue;
        };
        let count = counts.entry(call).or_default();
        *count += 1;
        // The drafts' folder, and whatever is made sure of.
        if line.contains("/drafts") || *call == "fsync" {
            work.push((*call, *count, saves));
            saves += usize::from(call.starts_with("rename"));
        }
    }
    assert!(work.len() >= 6, "{work:?}\n{log}");
    let faults = [Fault::Killed, Fault::Fails("ENOSPC"), Fault::Killed, Fault::Fails("EIO")];
    let mut saved = 0;
    for (i, (call, when, saves)) in work.iter().enumerate() {
        let home = begun.twin();
        let what = match faults[i % faults.len()] {
            Fault::Killed => "signal=KILL".to_owned(),
            Fault::Fails(error) => format!("error={error}"),
        };
        let inject = format!("inject=?{call}:{what}:when={when}");
        session(&home, &["-e".into(), format!("trace=?{call}"), "-e".into(), inject.clone()]);
        // No draft is half there, and none has more than was said.
        let drafts = Drafts::at(inward::disk::real(), &home.inward("state"));
        let (open, damaged) = drafts.open(&home.identity());
        assert!(damaged.is_empty(), "{inject}: {damaged:?}");
        assert!(open.len() <= 1, "{inject}");
        // What an earlier save made sure of is there.
        assert!(*saves == 0 || open.len() == 1, "{inject}: the draft is gone");
        saved += open.len();
        assert!(crate::harness::holding("said before", &[home.path()]).is_empty(), "{inject}");
        home.run("write more").ok();
        assert_eq!(home.listed(""), ["more"], "{inject}");
        if open.len() == 1 {
            let resumed = home.terminal("resume");
            resumed.press_until_the_end(Key::Enter).ends(0);
            let kept = home.run("list").ok().stdout;
            assert_eq!(
                home.run("list --json").ok().json()["entries"].as_array().unwrap().len(),
                2,
                "{inject}: {kept}"
            );
        }
    }
    println!("{} faults while a draft is saved, {saved} drafts resumed", work.len());
}

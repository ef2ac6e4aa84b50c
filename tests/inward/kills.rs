//! A change of keys on the kernel's bad days: killed at each of its system
//! calls, and with each of them failing. Whenever that is, every entry that was
//! kept can be read with the key that is there, the next command needs no
//! repair, and the same command again comes to its end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value as Json;

use crate::harness::{CALLS, Fault, Faulted, Home, Run, files, name};

const OPENS: &str = "INWARD_PASSPHRASE_COMMAND";
const CHOOSES: &str = "INWARD_NEW_PASSPHRASE_COMMAND";
const OLD: &str = "echo 'correct horse'";
const NEW: &str = "echo 'battery staple'";

/// A change of keys, and how it is seen that it was made whole.
struct Change {
    arguments: &'static str,
    /// How each home is before it.
    begins: fn(&Home),
    /// What opens the journal, before and after.
    opens: &'static [&'static str],
    made: fn(&Home) -> bool,
}

fn entries(home: &Home) {
    home.keep("reflect 'The heron' --closeness 3 -t repair");
    let id = home.keep("write 'The weir'");
    home.run(&format!("edit {id} --tag sea")).env(OPENS, OLD).ok();
}

fn plain(home: &Home) {
    home.run("init --no-passphrase").ok();
    entries(home);
    std::fs::copy(home.inward("config/identity.txt"), home.path().join("old.txt")).unwrap();
    // Another device.
    home.run("init --no-passphrase").env("INWARD_HOME", home.path().join("phone")).ok();
    let phone = std::fs::read_to_string(home.path().join("phone/config/recipients.txt")).unwrap();
    home.write("phone.pub", phone.lines().last().unwrap());
}

fn shared(home: &Home) {
    plain(home);
    home.run("key add phone.pub --name phone").ok();
}

fn locked(home: &Home) {
    home.run("init --no-passphrase").ok();
    home.lock_key(OLD);
    entries(home);
}

fn lost(home: &Home) {
    plain(home);
    home.run("key backup copy.txt").ok();
    std::fs::remove_dir_all(home.inward("config")).unwrap();
}

/// Does this identity open all that is there, whoever it is sealed to now?
fn opens(home: &Home, identity: &str) -> usize {
    let folder = home.path().join(identity);
    let all = files(&home.journal());
    let opened = all.iter().filter(|file| {
        let text = std::fs::read_to_string(&folder).unwrap();
        let identity =
            inward::seal::Identity::parse(&text, inward::seal::PluginCallbacks::SILENT).unwrap();
        let (day, id, revision) = parts(file);
        let label = inward::seal::EntryFileName {
            day: day.parse().unwrap(),
            id: id.parse().unwrap(),
            revision: revision.parse().unwrap(),
        };
        let sealed = inward::seal::Sealed::from_bytes(label, std::fs::read(file).unwrap()).unwrap();
        identity.open(&sealed).is_ok()
    });
    opened.count()
}

fn parts(file: &std::path::Path) -> (&str, &str, &str) {
    let name = name(file).strip_suffix(".age").unwrap();
    let (id, revision) = name[11..].split_once('.').unwrap();
    (&name[..10], id, revision)
}

fn nothing_is_left(home: &Home) -> bool {
    !home.inward("config/resealing.json").exists()
}

const CHANGES: &[Change] = &[
    Change {
        arguments: "key rotate",
        begins: plain,
        opens: &[OLD],
        made: |home| nothing_is_left(home) && opens(home, "old.txt") == 0,
    },
    Change {
        arguments: "key add phone.pub --name phone",
        begins: plain,
        opens: &[OLD],
        made: |home| {
            nothing_is_left(home)
                && opens(home, "phone/config/identity.txt") == files(&home.journal()).len()
        },
    },
    Change {
        arguments: "key remove phone",
        begins: shared,
        opens: &[OLD],
        made: |home| nothing_is_left(home) && opens(home, "phone/config/identity.txt") == 0,
    },
    Change {
        arguments: "key passphrase",
        begins: plain,
        opens: &[NEW],
        made: |home| config(home) == ["identity.age", "recipients.txt"],
    },
    Change {
        arguments: "key passphrase",
        begins: locked,
        opens: &[OLD, NEW],
        made: |home| home.run("list").env(OPENS, NEW).outcome().code == 0,
    },
    Change {
        arguments: "key passphrase --remove",
        begins: locked,
        opens: &[OLD],
        made: |home| config(home) == ["identity.txt", "recipients.txt"],
    },
    Change {
        arguments: "init --identity copy.txt",
        begins: lost,
        opens: &[OLD],
        made: |home| config(home) == ["identity.txt", "recipients.txt"],
    },
];

/// The files of the keys, without those that a kill left.
fn config(home: &Home) -> Vec<String> {
    files(&home.inward("config")).iter().map(|f| name(f).to_owned()).collect()
}

/// What every entry says, as whichever passphrase there is opens it.
fn entries_with_any_key(home: &Home, change: &Change) -> Option<Vec<Json>> {
    let list = |opens: &&str| home.run("list --json").env(OPENS, opens).outcome();
    // The new one first: that it does not open the old file is quickly known.
    let listed = change.opens.iter().rev().map(list).find(|list| list.code == 0)?.json();
    let content = |entry: &Json| serde_json::json!([entry["id"], entry["answers"], entry["tags"]]);
    Some(listed["entries"].as_array().unwrap().iter().map(content).collect())
}

fn again(home: &Home, change: &Change) -> Run {
    home.run(change.arguments).env(OPENS, OLD).env(CHOOSES, NEW)
}

/// Each call that a change makes on the journal's own files: its name, and
/// the how-manieth of its kind it is.
fn calls(home: &Home, change: &Change) -> Vec<(&'static str, usize)> {
    let traced = home.traced(change.arguments, &[(OPENS, OLD), (CHOOSES, NEW)], CALLS);
    let mut counts = BTreeMap::new();
    let mut all = Vec::new();
    for line in traced.lines() {
        let Some(call) = CALLS.iter().find(|call| line.contains(&format!("{call}("))) else {
            continue;
        };
        let count = counts.entry(*call).or_insert(0);
        *count += 1;
        let elsewhere = ["\"/lib", "\"/etc", "\"/usr", "\"/proc/self/m", "\"/sys", "\"/dev"];
        if !elsewhere.iter().any(|place| line.contains(place)) {
            all.push((*call, *count));
        }
    }
    all
}

/// Runs each change with each of its calls meeting the fault; how many did.
fn with_every_call(changes: &[Change], faults: &[Fault]) -> usize {
    let mut met = 0;
    for change in changes {
        let begun = Home::new();
        (change.begins)(&begun);
        let before = {
            let whole = begun.twin();
            let before = match change.arguments.starts_with("init") {
                // There's no key to read it with.
                true => {
                    again(&whole, change).ok();
                    entries_with_any_key(&whole, change)
                }
                false => home_said(&whole),
            };
            before.expect("a journal that opens")
        };
        let all = calls(&begun.twin(), change);
        assert!(all.len() > 10, "{}: {all:?}", change.arguments);
        let mut left = BTreeSet::new();
        // The faults take turns from call to call: each kind of call meets them all.
        for (i, (call, when)) in all.into_iter().enumerate() {
            let turn = i % faults.len();
            for fault in &faults[turn..=turn] {
                let (home, faulted) = meet(&begun, change, call, when, *fault);
                met += usize::from(faulted.met);
                // Most faults leave the same: what follows from it is tried once.
                if left.insert(home.fingerprint()) {
                    let told =
                        format!("{} with {call} {when} {fault:?}: {faulted:?}", change.arguments);
                    check_what_follows(&home, change, &before, &told);
                }
            }
        }
    }
    met
}

fn home_said(home: &Home) -> Option<Vec<Json>> {
    let change = Change { arguments: "", begins: plain, opens: &[OLD], made: |_| true };
    entries_with_any_key(home, &change)
}

/// A change whose call meets a fault: it says what is true, and doesn't panic.
fn meet(begun: &Home, change: &Change, call: &str, when: usize, fault: Fault) -> (Home, Faulted) {
    let home = begun.twin();
    let env = [(OPENS, OLD), (CHOOSES, NEW)];
    let went = home.faulted(change.arguments, &env, call, when, fault);
    let told = format!("{} with {call} {when} {fault:?}: {went:?}", change.arguments);
    assert!(!went.stderr.contains("panicked"), "{told}");
    if let (Some(code), Fault::Fails(_)) = (went.code, fault) {
        assert!([0, 4, 5].contains(&code), "{told}");
        // A file that could not be read is named, and then nothing is begun.
        let says = ["couldn't ", "hasn't confirmed", "nothing was changed", "Left out: "];
        assert!(code == 0 || says.iter().any(|words| went.stderr.contains(words)), "{told}");
        // What it calls done is done.
        assert!(code != 0 || (change.made)(&home), "{told}\nnot made: {:?}", config(&home));
    }
    (home, went)
}

/// Everything can be read, and the same change again is made whole.
fn check_what_follows(home: &Home, change: &Change, before: &[Json], told: &str) {
    let opened = entries_with_any_key(home, change);
    let key_is_there = home.inward("config/recipients.txt").exists();
    if key_is_there {
        assert_eq!(opened.as_deref(), Some(before), "{told}");
        home.run("write more").ok();
    }
    let strays: Vec<PathBuf> =
        files(&home.journal()).into_iter().filter(|f| !name(f).ends_with(".age")).collect();
    assert!(strays.is_empty(), "{told}: {strays:?}");
    let mut finished = again(home, change).outcome();
    if finished.code == 3 {
        // It has the passphrase already that was being chosen.
        finished = again(home, change).env(OPENS, NEW).outcome();
    }
    // Done already, it says so.
    assert!([0, 1, 2].contains(&finished.code), "{told}\n{finished:?}");
    assert!((change.made)(home), "{told}\n{finished:?}\n{:?}", config(home));
    let after =
        entries_with_any_key(home, change).unwrap_or_else(|| panic!("{told}\n{finished:?}"));
    let kept = after.iter().filter(|entry| before.contains(entry)).count();
    assert_eq!(kept, before.len(), "{told}");
}

#[test]
#[ignore = "needs strace; run in CI"]
fn killed_at_any_system_call_a_change_of_keys_loses_no_entry_and_is_finished_by_the_next() {
    let kills = with_every_call(CHANGES, &[Fault::Killed]);
    println!("{kills} kills");
    assert!(kills > 120, "{kills}");
}

#[test]
#[ignore = "needs strace; run in CI"]
fn with_any_system_call_failing_a_change_of_keys_loses_no_entry_and_says_what_happened() {
    let faults = ["ENOSPC", "EIO", "EACCES", "EINTR", "EMFILE"].map(Fault::Fails);
    let failures = with_every_call(CHANGES, &faults);
    println!("{failures} failures");
    assert!(failures > 250, "{failures}");
}

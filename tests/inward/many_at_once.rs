//! Many at once on one journal: nothing is lost, nothing is there twice, and no
//! reader sees a half. `INWARD_TEST_SECONDS=60` runs for a minute.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use crate::harness::{Home, NOW, crafted, files};
use crate::sync::{begin, remote};

fn seconds(ordinarily: u64) -> Duration {
    let given = std::env::var("INWARD_TEST_SECONDS").ok().and_then(|s| s.parse().ok());
    Duration::from_secs(given.unwrap_or(ordinarily))
}

/// What a reading shows, by id: the first answer, and how many tags.
fn read(home: &Home, arguments: &str) -> BTreeMap<String, Json> {
    let read = home.run(arguments).outcome();
    assert!(read.code == 0 || read.code == 1, "{arguments}: {read:?}");
    if read.code == 1 {
        return BTreeMap::new();
    }
    let entries = read.json()["entries"].as_array().unwrap().clone();
    let count = entries.len();
    let by_id: BTreeMap<String, Json> =
        entries.into_iter().map(|e| (e["id"].as_str().unwrap().to_owned(), e)).collect();
    assert_eq!(by_id.len(), count, "{arguments}: an entry twice");
    by_id
}

fn first_answer(entry: &Json) -> &str {
    entry["answers"][0]["value"].as_str().unwrap()
}

#[test]
#[ignore = "needs git; run in CI"]
fn writers_readers_an_editor_a_sync_and_a_change_of_keys_at_once_lose_nothing() {
    let (home, remote) = (Home::ready(), remote());
    let edited = home.keep("write 'text 0'");
    begin(&home, &remote);
    let until = Instant::now() + seconds(10);
    let kept: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let [reads, edits, syncs, rotations] = [(); 4].map(|()| AtomicUsize::new(0));
    let edited_to = AtomicUsize::new(0);
    let go_on = || Instant::now() < until;
    std::thread::scope(|scope| {
        let (home, kept) = (&home, &kept);
        for writer in 0..32 {
            scope.spawn(move || {
                for n in 0.. {
                    if !go_on() {
                        break;
                    }
                    let text = format!("{writer}-{n}");
                    let id = home.keep(&format!("write {text}"));
                    let before = kept.lock().unwrap().insert(id, text);
                    assert!(before.is_none(), "an id was given twice");
                }
            });
        }
        for arguments in ["list --json", "export --format json", "search --json -- -"] {
            let (reads, edited, edited_to) = (&reads, &edited, &edited_to);
            scope.spawn(move || {
                while go_on() {
                    let before = kept.lock().unwrap().clone();
                    let least = edited_to.load(Ordering::SeqCst);
                    let seen = read(home, arguments);
                    for (id, text) in &before {
                        let entry = seen.get(id);
                        let entry = entry.unwrap_or_else(|| panic!("{arguments}: {id} is gone"));
                        assert_eq!(first_answer(entry), text, "{arguments}");
                    }
                    if let Some(entry) = seen.get(edited) {
                        let number: usize = first_answer(entry)["text ".len()..].parse().unwrap();
                        assert!(number >= least, "{arguments}: {number} after {least}");
                    } else {
                        assert!(arguments.starts_with("search"), "the edited one is gone");
                    }
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        scope.spawn(|| {
            for n in 1.. {
                if !go_on() {
                    break;
                }
                let text = format!(r#"{{"page": "text {n}"}}"#);
                home.run(&format!("edit {edited} --answers -")).stdin(text).ok();
                edited_to.store(n, Ordering::SeqCst);
                edits.fetch_add(1, Ordering::Relaxed);
            }
        });
        scope.spawn(|| {
            while go_on() {
                home.run("sync").ok();
                syncs.fetch_add(1, Ordering::Relaxed);
            }
        });
        scope.spawn(|| {
            while go_on() {
                home.run("key rotate").ok();
                rotations.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(300));
            }
        });
    });
    let kept = kept.into_inner().unwrap();
    let seen = read(&home, "list --json");
    assert_eq!(seen.len(), kept.len() + 1);
    assert!(kept.iter().all(|(id, text)| first_answer(&seen[id]) == text));
    let last = edited_to.into_inner();
    assert_eq!(first_answer(&seen[&edited]), format!("text {last}"));
    home.run("sync").ok();
    let ids: BTreeSet<&String> = seen.keys().collect();
    assert_eq!(read(&home, "list --json").keys().collect::<BTreeSet<_>>(), ids);
    println!(
        "{} writes by 32 writers, {} readings, {} edits, {} syncs, {} times sealed again",
        kept.len(),
        reads.into_inner(),
        edits.into_inner(),
        syncs.into_inner(),
        rotations.into_inner()
    );
}

/// What reading has noted may be new, old, half of it gone, or just removed by
/// whoever likes: it makes no difference to what is read.
#[test]
fn readers_with_a_cache_that_comes_and_goes_miss_nothing_and_double_nothing() {
    let home = crate::kills_cache::ready_for_packs();
    crate::kills_cache::put(&home, 0..80);
    let throughout: BTreeSet<String> = read(&home, "list --json").into_keys().collect();
    assert_eq!(throughout.len(), 80);
    let until = Instant::now() + seconds(5);
    let go_on = || Instant::now() < until;
    let kept: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let gone: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let [reads, edits, deletions, removals] = [(); 4].map(|()| AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let (home, kept, gone) = (&home, &kept, &gone);
        for writer in 0..3 {
            scope.spawn(move || {
                for n in (0..).take_while(|_| go_on()) {
                    let text = format!("butterbur {writer}-{n}");
                    let id = home.keep(&format!("write '{text}' --at 2026-{:02}-03", 1 + n % 11));
                    kept.lock().unwrap().insert(id, text);
                }
            });
        }
        let all =
            ["list --json", crate::kills_cache::SEARCH, "export --json", "list --json --last 5000"];
        for arguments in all {
            let (reads, throughout) = (&reads, &throughout);
            scope.spawn(move || {
                while go_on() {
                    let before = kept.lock().unwrap().clone();
                    let deleted = gone.lock().unwrap().clone();
                    let seen = read(home, arguments);
                    for id in throughout {
                        assert!(seen.contains_key(id), "{arguments}: {id} is gone");
                    }
                    for (id, text) in &before {
                        let entry = seen.get(id);
                        let entry = entry.unwrap_or_else(|| panic!("{arguments}: {id} is gone"));
                        assert_eq!(first_answer(entry), text, "{arguments}");
                    }
                    for id in &deleted {
                        assert!(!seen.contains_key(id), "{arguments}: {id} is there again");
                    }
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        scope.spawn(|| {
            for (n, id) in throughout.iter().cycle().enumerate().take_while(|_| go_on()) {
                let text = format!(r#"{{"page": "butterbur, edited {n}"}}"#);
                home.run(&format!("edit {id} --answers -")).stdin(text).ok();
                edits.fetch_add(1, Ordering::Relaxed);
            }
        });
        scope.spawn(|| {
            while go_on() {
                let id = home.keep("write 'butterbur, and away'");
                home.run(&format!("delete {id} --yes")).ok();
                gone.lock().unwrap().insert(id);
                deletions.fetch_add(1, Ordering::Relaxed);
            }
        });
        scope.spawn(|| {
            while go_on() {
                let _ = std::fs::remove_dir_all(home.inward("cache"));
                removals.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(150));
            }
        });
    });
    let seen = read(&home, "list --json");
    assert_eq!(seen.len(), 80 + kept.into_inner().unwrap().len());
    println!(
        "{} readings, {} edits, {} deletions, the cache removed {} times",
        reads.into_inner(),
        edits.into_inner(),
        deletions.into_inner(),
        removals.into_inner()
    );
}

/// A folder that changes while it is read may leave out both the old file of an
/// entry and the new one. Then it has to be read again.
#[test]
fn an_entry_that_is_replaced_while_the_folder_is_read_is_seen_all_the_same() {
    use inward::config::Clock;
    use inward::entry::Value;
    use inward::journal::Journal;
    use inward::query::Query;

    const ENTRIES: usize = 600;
    let home = Home::ready();
    let (recipients, identity) = (home.recipients(), home.identity());
    let journal = Journal::at(inward::disk::real(), &home.journal());
    let clock = Clock::at(NOW.parse().unwrap());
    let mut ids = BTreeSet::new();
    for n in 0..ENTRIES {
        let entry = crafted(&format!("words {n}"));
        ids.insert(entry.id.clone());
        journal.append(&recipients.seal(&entry).unwrap()).unwrap();
    }
    let until = Instant::now() + seconds(2);
    let (mut scans, replaced) = (0, AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut dice = fastrand::Rng::with_seed(1);
            while Instant::now() < until {
                let all = journal.find(&Query::everything(), &identity, &clock).unwrap().entries;
                for _ in 0..100 {
                    let old = &all[dice.usize(..all.len())];
                    if !old.files.iter().all(|file| file.exists()) {
                        continue;
                    }
                    let mut new = old.entry.clone();
                    new.answers[0].value = Value::Text("changed".into());
                    // To another day of its month and back.
                    let at = if dice.bool() { "2026-11-01T00:00:00Z" } else { NOW };
                    new.at = at.parse().unwrap();
                    let new = new.revise(old.revisions.clone(), clock.written).unwrap();
                    journal.supersede(old, &recipients.seal(&new).unwrap(), &identity).unwrap();
                    replaced.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        while Instant::now() < until {
            let scan = journal.scan().unwrap();
            let seen: BTreeSet<_> = scan.groups.iter().map(|group| group.id.clone()).collect();
            let gone: Vec<_> = ids.difference(&seen).collect();
            assert!(gone.is_empty(), "{} of {ENTRIES} were not seen in scan {scans}", gone.len());
            scans += 1;
        }
    });
    println!("{scans} scans, {} entries replaced meanwhile", replaced.into_inner());
    assert_eq!(files(&home.journal()).len(), ENTRIES);
}

//! Two devices and something that carries files between them: what was deleted
//! stays deleted, and both show the same, whatever their clocks say and
//! whatever comes back from the dead.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::harness::{Home, files, snapshot};

/// The clock of one is ten years behind that of the other.
fn two() -> [Home; 2] {
    let (mut first, mut second) = (Home::ready(), Home::new());
    for file in ["identity.txt", "recipients.txt"] {
        let bytes = std::fs::read(first.inward("config").join(file)).unwrap();
        second.write(&format!("inward/config/{file}"), bytes);
    }
    first.at("2016-11-23T21:14:03+00:00");
    second.at("2026-11-23T21:14:03+00:00");
    [first, second]
}

/// Puts files where they belong, as a syncer or a backup does: what is there
/// under that name stays.
fn bring(files: &BTreeMap<PathBuf, Vec<u8>>, to: &Home) {
    for (place, bytes) in files {
        let file = to.journal().join(place);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        if !file.exists() {
            std::fs::write(file, bytes).unwrap();
        }
    }
}

fn journal_files(home: &Home) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = home.journal();
    let place = |path: &Path| path.strip_prefix(&root).unwrap().to_owned();
    snapshot(&root).into_iter().map(|(path, bytes)| (place(&path), bytes)).collect()
}

/// Everything that stands, with what stands beside it.
fn heads(home: &Home) -> Vec<Json> {
    let shown = home.run("export --format json").outcome();
    assert!([0, 1].contains(&shown.code), "{shown:?}");
    if shown.code == 1 { Vec::new() } else { shown.json()["entries"].as_array().unwrap().clone() }
}

#[test]
fn what_was_deleted_stays_deleted_whatever_brings_its_files_back() {
    let [first, second] = two();
    let id = first.keep("write gone --at 2016-11-01");
    let kept = first.keep("write stays");
    first.run(&format!("edit {id} --tag more")).ok();
    first.run(&format!("edit {id} --at 2016-10-31")).ok();
    bring(&journal_files(&first), &second);
    let backup = journal_files(&second);
    // Deleted on the device whose clock is behind.
    first.run(&format!("delete {id} --yes")).ok();
    let mark = journal_files(&first);
    bring(&mark, &second);
    for home in [&first, &second] {
        for round in ["a backup", "a backup with other names"] {
            bring(&backup, home);
            if round.ends_with("names") {
                for (place, bytes) in &backup {
                    let copy = place.with_extension("sync-conflict-20261123-211403-ABCDEFG.age");
                    bring(&BTreeMap::from([(copy, bytes.clone())]), home);
                }
            }
            assert_eq!(home.listed(""), ["stays"], "{round}");
            home.run(&format!("show {id}")).exits(1);
            home.run(&format!("edit {id} --tag x")).exits(1);
        }
        home.run("key reseal").ok();
        assert_eq!(home.listed(""), ["stays"]);
        bring(&backup, home);
        assert_eq!(home.listed(""), ["stays"], "after everything was sealed again");
        // What stands can still be deleted, and edited.
        home.run(&format!("edit {kept} --tag here")).ok();
    }
    bring(&journal_files(&first), &second);
    bring(&journal_files(&second), &first);
    assert_eq!(heads(&first), heads(&second));
}

#[test]
fn an_edit_replaces_what_it_saw_however_far_behind_its_clock_is() {
    let [first, second] = two();
    let id = second.keep("write 'of the device ahead'");
    bring(&journal_files(&second), &first);
    let mut expected = String::new();
    for n in 0..6 {
        // In turns, each after it has seen what the other did.
        let (here, there) = if n % 2 == 0 { (&first, &second) } else { (&second, &first) };
        expected = format!("edit {n}");
        let answers = serde_json::json!({ "page": expected }).to_string();
        here.run(&format!("edit {id} --answers -")).stdin(answers).ok();
        bring(&journal_files(here), there);
        // Everything that was ever there is there again.
        for home in [here, there] {
            assert_eq!(home.listed(""), [expected.as_str()], "round {n}");
        }
    }
    assert_eq!(heads(&first), heads(&second));
    assert_eq!(heads(&first)[0]["answers"][0]["value"], expected);
}

/// Whatever two devices do apart, and however often old files come back.
#[test]
fn two_devices_at_random_end_with_the_same_heads() {
    let (mut acts, mut returned) = (0, 0);
    for seed in 0..3 {
        let mut dice = fastrand::Rng::with_seed(seed);
        let devices = two();
        let mut ever: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
        let mut deleted: Vec<String> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for n in 0..40 {
            let side = dice.usize(..2);
            let home = &devices[side];
            let id = if ids.is_empty() { None } else { Some(ids[dice.usize(..ids.len())].clone()) };
            match (dice.u8(..10), id) {
                (0..=2, _) | (_, None) => ids.push(home.keep(&format!("write words-{n}"))),
                (3..=5, Some(id)) => {
                    home.run(&format!("edit {id} --tag t{n}")).outcome();
                }
                (6, Some(id)) => {
                    // Known to both, it is gone for good.
                    devices
                        .iter()
                        .zip([1, 0])
                        .for_each(|(d, o)| bring(&journal_files(&devices[o]), d));
                    if home.run(&format!("delete {id} --yes")).outcome().code == 0 {
                        bring(&journal_files(home), &devices[1 - side]);
                        deleted.push(id);
                    }
                }
                (7, Some(_)) => bring(&journal_files(home), &devices[1 - side]),
                (8, Some(id)) => {
                    home.run(&format!("edit {id} --settle")).outcome();
                }
                (_, Some(_)) => {
                    // A handful of old files comes back.
                    let some = ever.iter().filter(|_| dice.bool());
                    let some: BTreeMap<_, _> = some.map(|(p, b)| (p.clone(), b.clone())).collect();
                    returned += some.len();
                    bring(&some, home);
                }
            }
            acts += 1;
            devices.iter().for_each(|home| ever.extend(journal_files(home)));
        }
        devices.iter().for_each(|home| bring(&ever, home));
        let [first, second] = [heads(&devices[0]), heads(&devices[1])];
        assert_eq!(first, second, "seed {seed}");
        let standing: Vec<&str> = first.iter().map(|e| e["id"].as_str().unwrap()).collect();
        for id in &ids {
            let gone = deleted.contains(id);
            assert_eq!(
                standing.contains(&id.as_str()),
                !gone,
                "seed {seed}: {id}, deleted: {gone}"
            );
        }
        assert_eq!(files(&devices[0].journal()).len(), files(&devices[1].journal()).len());
    }
    println!("{acts} acts of two devices, {returned} files that came back");
}

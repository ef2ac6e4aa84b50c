//! What the practices have to say, held against what they do say: `tests/ideas.toml`
//! names for each idea where it is carried, so that no question goes without notice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &Path) -> Table {
    std::fs::read_to_string(file).unwrap().parse().unwrap()
}

/// The practice files by name.
fn practices() -> BTreeMap<String, Table> {
    let files = std::fs::read_dir(root().join("prompts")).unwrap();
    let files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    let practices = files.iter().filter(|file| file.extension().is_some_and(|end| end == "toml"));
    let name = |file: &Path| file.file_stem().unwrap().to_str().unwrap().to_owned();
    practices.map(|file| (name(file), read(file))).collect()
}

/// The ids of a file's sections and questions, those asked later among them.
fn ids(practice: &Table) -> BTreeSet<&str> {
    let follow_up = practice.get("follow-up").and_then(Value::as_table);
    let lists = [practice.get("section"), practice.get("question")];
    let later = follow_up.and_then(|table| table.get("question"));
    let parts = lists.into_iter().chain([later]).flatten().filter_map(Value::as_array).flatten();
    parts.filter_map(|part| part.get("id")?.as_str()).collect()
}

/// Is there such a place: `assess.withdrew`, `assess.intro`, `help.support`,
/// `text.welcome`?
fn exists(place: &str, practices: &BTreeMap<String, Table>) -> bool {
    let (file, part) = place.split_once('.').unwrap_or((place, ""));
    match file {
        "help" => ["command", "practice"]
            .iter()
            .any(|of| root().join(format!("src/{of}/help/{part}.txt")).is_file()),
        "text" => root().join(format!("src/app/{part}.txt")).is_file(),
        _ => practices
            .get(file)
            .is_some_and(|practice| practice.contains_key(part) || ids(practice).contains(part)),
    }
}

#[test]
fn every_idea_is_carried_where_the_table_says() {
    let practices = practices();
    let ideas = read(&root().join("tests/ideas.toml"));
    let mut carrying = BTreeSet::new();
    for (number, idea) in &ideas {
        let places = idea["places"].as_array().unwrap();
        assert!(!places.is_empty() && idea["idea"].is_str(), "{number}");
        for place in places.iter().map(|place| place.as_str().unwrap()) {
            assert!(exists(place, &practices), "idea {number}: there is no {place}");
            carrying.insert(place.split('.').next().unwrap().to_owned());
        }
    }
    let numbers: BTreeSet<u16> = ideas.keys().map(|number| number.parse().unwrap()).collect();
    assert_eq!(numbers, (1..=57).collect());
    for practice in practices.keys() {
        assert!(carrying.contains(practice), "{practice} carries no idea");
    }
}

#[test]
fn a_place_that_is_not_there_is_noticed() {
    let practices = practices();
    for place in ["assess.withdrew", "release.intro", "feel.received", "help.support"] {
        assert!(exists(place, &practices), "{place}");
    }
    for place in ["assess.gone", "gone.intro", "help.gone", "text.gone", "assess", "assess."] {
        assert!(!exists(place, &practices), "{place}");
    }
}

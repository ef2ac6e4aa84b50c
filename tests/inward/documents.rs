//! What the documents say of the source is so.

use std::path::Path;

use crate::floors::FLOORS;

const PAGES: &[&str] = &[
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/ARCHITECTURE.md",
    "docs/FORMAT.md",
    "docs/GLOSSARY.md",
    "docs/MANUAL.md",
    "docs/PACKAGING.md",
    "docs/PROOF.md",
    "docs/RELEASE.md",
    "docs/SPEED.md",
];

fn read(page: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [".ci", "benches", "completions", "docs", "packaging", "prompts", "src", "tests"];
    // Names that stand for others: `prompts/NAME.toml`.
    let is_example = |place: &str| {
        place
            .split(['/', '.'])
            .any(|part| part.len() > 2 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let mut named = 0;
    for page in PAGES {
        for words in read(page).split('`').skip(1).step_by(2) {
            let place = words.split(' ').next().unwrap_or_default();
            let folder = place.split('/').next().unwrap_or_default();
            if place.contains('/') && folders.contains(&folder) && !is_example(place) {
                assert!(root.join(place).exists(), "{page}: there is no {place}");
                named += 1;
            }
        }
    }
    assert!(named > 60, "{named}");
}

#[test]
fn the_table_of_floors_is_the_one_that_is_held() {
    let page = read("docs/ARCHITECTURE.md");
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let floor = cells.next()?.parse::<u8>().ok()?;
        Some((floor, cells.next()?.trim_matches('`').to_owned()))
    });
    let mut shown: Vec<(u8, String)> = rows.collect();
    let held = FLOORS.iter().flat_map(|(floor, modules)| modules.iter().map(|it| (*floor, *it)));
    let mut held: Vec<(u8, String)> = held.map(|(floor, it)| (floor, it.to_owned())).collect();
    shown.sort();
    held.sort();
    assert_eq!(shown, held);
}

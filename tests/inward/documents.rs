//! What the documents say of the source is so.

use std::collections::BTreeSet;
use std::path::Path;

use crate::harness::files;
use crate::layers::LAYERS;

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
fn every_type_that_a_document_names_is_in_the_code() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["src", "tests"].map(|folder| files(&root.join(folder))).concat();
    let rust = files.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
    let code: String = rust.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let words: BTreeSet<&str> = code.split(|c: char| !c.is_alphanumeric()).collect();
    let is_type = |word: &&str| {
        let starts_in_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        starts_in_capital && word.contains(|c: char| c.is_ascii_lowercase()) && word.len() > 2
    };
    let mut count = 0;
    for page in ["CONTRIBUTING.md", "docs/ARCHITECTURE.md", "docs/GLOSSARY.md"] {
        // Without blocks, which have quotes of their own.
        let text: String = read(page).split("```").step_by(2).collect();
        for quoted in
            text.split('`').skip(1).step_by(2).filter(|quoted| !quoted.contains([' ', '/']))
        {
            for name in quoted.split(|c: char| !c.is_alphanumeric()).filter(is_type) {
                assert!(words.contains(name), "{page}: `{quoted}` names no {name} of the code");
                count += 1;
            }
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn the_layer_table_matches_the_code() {
    let page = read("docs/ARCHITECTURE.md");
    let rows = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let layer = cells.next()?.parse::<u8>().ok()?;
        Some((layer, cells.next()?.trim_matches('`').to_owned()))
    });
    let mut shown: Vec<(u8, String)> = rows.collect();
    let held = LAYERS.iter().flat_map(|(layer, modules)| modules.iter().map(|it| (*layer, *it)));
    let mut held: Vec<(u8, String)> = held.map(|(layer, it)| (layer, it.to_owned())).collect();
    shown.sort();
    held.sort();
    assert_eq!(shown, held);
}

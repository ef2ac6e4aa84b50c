//! What the documents say of the source is so.

use std::collections::BTreeSet;
use std::path::Path;

use crate::harness::{files, source_files};
use crate::layers::LAYERS;

const PAGES: &[&str] = &[
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "docs/ARCHITECTURE.md",
    "docs/FORMAT.md",
    "docs/GLOSSARY.md",
    "docs/MANUAL.md",
    "docs/PACKAGING.md",
    "docs/PROOF.md",
    "docs/RELEASE.md",
    "docs/SPEED.md",
    "prompts/README.md",
];

fn read(page: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

/// What stands in backticks on a page, blocks included.
fn quoted(page: &str) -> Vec<String> {
    quoted_in(page, &read(page))
}

fn quoted_outside_blocks(page: &str) -> Vec<String> {
    quoted_in(page, &read(page).split("```").step_by(2).collect::<String>())
}

fn quoted_in(page: &str, text: &str) -> Vec<String> {
    assert!(text.matches('`').count().is_multiple_of(2), "{page}: a backtick stands alone");
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_page_is_checked() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for file in files(&docs).iter().filter(|file| file.extension().is_some_and(|it| it == "md")) {
        let page = format!("docs/{}", file.file_name().unwrap().to_str().unwrap());
        assert!(PAGES.contains(&page.as_str()), "{page}");
    }
}

#[test]
fn every_file_that_a_document_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders =
        [".ci", "benches", "completions", "docs", "fuzz", "packaging", "prompts", "src", "tests"];
    // Names that stand for others: `prompts/NAME.toml`, `fuzz/corpus/import-NAME`.
    let is_example = |place: &str| {
        let is_capital =
            |part: &str| part.len() > 2 && part.bytes().all(|b| b.is_ascii_uppercase());
        !place.ends_with(".md") && place.split(['/', '.', '-']).any(is_capital)
    };
    let rust = ["benches", "examples", "fuzz", "src", "tests"].map(|folder| root.join(folder));
    let rust = rust.map(|folder| files(&folder)).concat();
    let mut named = 0;
    for page in PAGES {
        for words in quoted(page) {
            let place = words.split(' ').next().unwrap_or_default();
            let folder = place.split('/').next().unwrap_or_default();
            let is_whole = place.contains('/') && folders.contains(&folder);
            // `walk.rs`, `practice/care.rs`: from whichever folder the sentence is about.
            let is_part = place.ends_with(".rs") && !is_whole;
            if (is_whole || is_part) && !is_example(place) {
                let is_there = root.join(place).exists()
                    || is_part && rust.iter().any(|it| it.ends_with(place));
                assert!(is_there, "{page}: there is no {place}");
                named += 1;
            }
        }
    }
    assert!(named > 200, "{named}");
}

#[test]
fn every_name_of_the_code_that_a_document_has_is_in_the_code() {
    let names = names_in_the_code();
    let is_type = |word: &str| {
        let starts_in_capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        starts_in_capital && word.contains(|c: char| c.is_ascii_lowercase()) && word.len() > 2
    };
    let is_function = |word: &str| word.contains('_') && !word.contains(char::is_uppercase);
    let is_constant = |word: &str| word.len() > 2 && !word.contains(char::is_lowercase);
    let mut count = 0;
    for page in ["CONTRIBUTING.md", "docs/ARCHITECTURE.md", "docs/GLOSSARY.md"] {
        // It also has words of other programs, and variables of the environment.
        let is_ours_alone = page != "CONTRIBUTING.md";
        for quoted in quoted_outside_blocks(page).iter().filter(|it| !it.starts_with('#')) {
            let is_one_word = quoted.bytes().all(|it| it.is_ascii_alphabetic() || it == b'_');
            let is_named = |word: &&str| {
                is_type(word)
                    || is_ours_alone && is_function(word)
                    || is_ours_alone && is_one_word && is_constant(word)
            };
            for name in quoted.split(|c: char| !is_of_name(c)).filter(is_named) {
                assert!(names.contains(name), "{page}: `{quoted}` names no {name} of the code");
                count += 1;
            }
        }
    }
    assert!(count > 200, "{count}");
}

/// Every name in the program, and those that the tests declare.
fn names_in_the_code() -> BTreeSet<String> {
    let program: String = source_files().into_iter().map(|file| file.code + "\n").collect();
    let tests = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"));
    let tests = tests.iter().filter(|file| file.extension().is_some_and(|it| it == "rs"));
    let tests: String = tests.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let declared = tests.split_whitespace().zip(tests.split_whitespace().skip(1));
    let declared = declared.filter(|(what, _)| {
        ["fn", "struct", "enum", "trait", "mod", "const", "static", "macro_rules!"].contains(what)
    });
    let name = |text: &str| text.chars().take_while(|c| is_of_name(*c)).collect::<String>();
    let declared = declared.map(|(_, rest)| name(rest));
    program.split(|c: char| !is_of_name(c)).map(str::to_owned).chain(declared).collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
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

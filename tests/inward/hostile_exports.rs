//! What an attacker wrote, on its way out: no name leads an export astray, and no answer
//! becomes part of a page, a table or a front matter.

use std::collections::{BTreeMap, BTreeSet};

use inward::entry::Value;
use saphyr_parser::Event;

use crate::harness::{Home, files, walk};
use crate::hostile::{SOON, hostile, with_hostile_entries};

#[test]
fn no_name_leads_an_export_out_of_its_folder_and_none_is_lost_in_it() {
    let (home, count) = with_hostile_entries();
    let outside = |home: &Home| -> BTreeSet<_> {
        let mut all = walk(home.path());
        all.retain(|path| !path.starts_with(home.path().join("out")));
        all.into_iter().collect()
    };
    // Reading notes what it has opened, once.
    home.run("list").ok();
    let before = outside(&home);
    let mut exports = 0;
    for by in ["day", "entry", "month", "practice"] {
        for format in ["markdown", "json", "html", "csv"] {
            let folder = format!("out/{by}-{format}/");
            std::fs::create_dir_all(home.path().join("out")).unwrap();
            home.run(&format!("export --by {by} --format {format} -o {folder}")).ok();
            let made = files(&home.path().join(&folder));
            assert!(!made.is_empty(), "{folder}");
            if format == "json" {
                let read = |file: &std::path::PathBuf| -> serde_json::Value {
                    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
                };
                let inside = made.iter().map(|f| read(f)["entries"].as_array().unwrap().len());
                assert_eq!(inside.sum::<usize>(), count, "{folder}");
            }
            assert_eq!(outside(&home), before, "{folder}");
            exports += made.len();
        }
    }
    println!("{exports} files of {count} hostile entries");
    assert!(!std::path::Path::new("/tmp/inward-escape").exists());
    assert!(!home.path().join("ran").exists());
}

/// Every element of a page, by its name.
fn elements(page: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (at, _) in page.match_indices('<') {
        let name = page[at + 1..].split(|c: char| c.is_whitespace() || c == '>').next().unwrap();
        *found.entry(name.to_owned()).or_insert(0) += 1;
    }
    found
}

#[test]
fn no_answer_becomes_part_of_a_page() {
    let (hostile, count) = with_hostile_entries();
    let benign = Home::ready();
    for n in 0..count {
        let mut entry = self::hostile(n);
        entry.practice = "write".into();
        entry.tags = vec!["a".into(), "b".into()];
        for answer in &mut entry.answers {
            answer.question = "page".into();
            answer.asked = "Asked".into();
            answer.labels.clear();
            answer.value = Value::Text("said".into());
        }
        benign.put(&entry);
    }
    let page = |home: &Home| home.run("export --format html").ok().stdout;
    let (theirs, plain) = (elements(&page(&hostile)), elements(&page(&benign)));
    for name in theirs.keys() {
        // Lines and paragraphs of theirs are as many as they wrote.
        assert!(plain.contains_key(name) || ["br", "br/"].contains(&&**name), "<{name}> is new");
    }
    for name in ["script", "img", "svg", "iframe", "link", "a", "style", "html", "body", "h2"] {
        assert_eq!(theirs.get(name), plain.get(name), "<{name}>");
    }
    println!("{} elements, none of them theirs", theirs.values().sum::<usize>());
}

#[test]
fn no_answer_becomes_a_formula_of_a_table() {
    let (home, count) = with_hostile_entries();
    let mut cells = 0;
    for format in ["csv", "csv-wide", "codebook"] {
        let text = home.run(&format!("export --format {format}")).ok().stdout;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        for row in reader.records().map(Result::unwrap) {
            for cell in &row {
                let number = cell.parse::<f64>().is_ok();
                let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
                assert!(!formula, "{format}: {cell:?}");
                cells += 1;
            }
        }
    }
    assert!(cells > count, "{cells}");
    println!("{cells} cells of tables");
}

/// The keys of a mapping, as a YAML parser reads it.
fn yaml_keys(text: &str) -> Vec<String> {
    let (mut keys, mut depth, mut is_key) = (Vec::new(), 0, true);
    for event in saphyr_parser::Parser::new_from_str(text) {
        match event.unwrap_or_else(|error| panic!("{error}: {text}")).0 {
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => {
                depth -= 1;
                is_key = true;
            }
            Event::Scalar(word, ..) if depth == 1 => {
                if is_key {
                    keys.push(word.into_owned());
                }
                is_key = !is_key;
            }
            _ => {}
        }
    }
    keys
}

#[test]
fn no_tag_and_no_practice_breaks_out_of_the_front_matter_and_no_answer_begins_an_entry() {
    let (home, count) = with_hostile_entries();
    home.run("export --by entry -o notes/").ok();
    let notes = files(&home.path().join("notes"));
    assert_eq!(notes.len(), count);
    for note in &notes {
        let text = std::fs::read_to_string(note).unwrap();
        let (front, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
        let keys = yaml_keys(front);
        assert_eq!(keys[..5], ["id", "date", "aliases", "practices", "tags"], "{front}");
        let unique: BTreeSet<&String> = keys.iter().collect();
        assert_eq!(unique.len(), keys.len(), "{front}");
        assert_eq!(body.lines().filter(|l| l.starts_with("<!-- inward ")).count(), 1, "{body}");
        assert!(!body.lines().any(|l| l == "---" || l.starts_with("## ")), "{body}");
    }
    // And it comes back as it was, however hostile.
    let other = Home::ready();
    let from = home.path().join("notes").display().to_string();
    other.run(&format!("import --from markdown {from}")).within(SOON).ok();
    assert_eq!(other.listed("").len(), count);
}

/// `| head` hands what a program prints to the terminal.
#[test]
fn no_control_character_is_in_a_table_wherever_it_goes() {
    let home = Home::ready();
    home.run("write").stdin("a\u{9b}31mX\u{1b}]0;t\u{7}\u{202e}RTL\tb\r\nc\u{0}\u{7f}").ok();
    home.run("write").stdin("\u{202e}=1+1").ok();
    home.run("feel").stdin("an\u{1b}[2Jxious").ok();
    for format in ["csv", "csv-wide", "codebook"] {
        let table = home.run(&format!("export --format {format}")).ok().stdout;
        home.run(&format!("export --format {format} -o out.{format}.csv")).ok();
        let file = home.path().join(format!("out.{format}.csv"));
        let written = std::fs::read_to_string(file).unwrap();
        for text in [&table, &written] {
            let is_order = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(!text.contains(|c| is_order(c) || c == '\u{202e}'), "{text:?}");
        }
        if format == "csv" {
            assert!(table.contains("a\u{fffd}31mX␛]0;t␇RTL\tb\nc␀␡"), "{table:?}");
            assert!(table.contains("'=1+1"), "{table:?}");
        }
    }
}

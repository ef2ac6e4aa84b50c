//! What programs read: every field of every --json is told of in the one page
//! about it, and exports lose nothing.

use std::collections::BTreeSet;

use inward::entry::Entry;
use serde_json::Value as Json;

use crate::generate::{self, Writer};
use crate::harness::{Home, NOW};

const PAGE: &str = include_str!("../../src/command/help/formats.txt");

fn year() -> (Home, Vec<Entry>) {
    let entries = Writer::new(4).year(NOW.parse().unwrap());
    let home = Home::ready();
    generate::keep(&entries, &home.recipients(), &home.journal());
    (home, entries)
}

/// The names of all fields, but not those that are the writer's: labels go by
/// the ids of options.
fn fields(json: &Json, into: &mut BTreeSet<String>) {
    match json {
        Json::Object(object) => {
            for (name, value) in object {
                into.insert(name.clone());
                if name != "labels" {
                    fields(value, into);
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| fields(item, into)),
        _ => {}
    }
}

#[test]
fn every_field_of_every_json_stands_in_the_page_about_formats() {
    let (home, _) = year();
    home.write("j.txt", "lost\n[2020-05-01 10:00] one #c+\n");
    home.write("inward/journal/notes.txt", "mine");
    let words: BTreeSet<&str> =
        PAGE.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').collect();
    for arguments in [
        "list --json",
        "show --json",
        "search --json a",
        "export --format json",
        "patterns --json",
        "patterns assess --json",
        "patterns guide --json",
        "practices --json",
        "practices show reflect --json",
        "due --json",
        "doctor --json",
        "key --json",
        "import --from jrnl j.txt --json",
        "assess --withdrew-me 2 --unsaid-me 1 --json",
    ] {
        let mut found = BTreeSet::new();
        let json = home.run(arguments).outcome().json();
        assert_eq!(json["version"], 1, "{arguments}");
        assert_eq!(json.as_object().unwrap().keys().next().unwrap(), "version", "it comes first");
        fields(&json, &mut found);
        for name in found {
            assert!(words.contains(name.as_str()), "{arguments}: {name} is not told of");
        }
    }
}

#[test]
fn the_page_is_a_help_topic_and_what_is_to_be_copied_stays_whole() {
    let told = Home::new().run("help formats").env("COLUMNS", "60").ok().stdout;
    assert!(told.contains("\nENTRIES\n"), "{told}");
    assert!(told.contains("\n  d <- read.csv(\"journal.csv\"); tapply("), "{told}");
    assert!(told.contains("\n- practice: the practice that asked.\n"), "{told}");
}

#[test]
fn an_export_as_json_is_the_entries_themselves() {
    let (home, entries) = year();
    let json = home.run("export --format json").ok().json();
    let back: Vec<Entry> = serde_json::from_value(json["entries"].clone()).unwrap();
    let by_id = |mut entries: Vec<Entry>| {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        entries
    };
    assert_eq!(by_id(back), by_id(entries));
}

#[test]
fn csv_has_a_row_for_every_answer_of_the_journal() {
    let (home, entries) = year();
    let text = home.run("export --format csv").ok().stdout;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(Result::unwrap).collect::<Vec<_>>();
    assert_eq!(rows.len(), entries.iter().map(|e| e.answers.len()).sum::<usize>());
}

/// The means by month that python makes of the wide form are those of the
/// entries.
#[test]
#[ignore = "needs python3"]
fn other_programs_read_the_wide_form() {
    let (home, entries) = year();
    home.run("export --format csv-wide -o wide.csv").ok();
    let script = "import csv, statistics as s\n\
                  r = [x['reflect.closeness'] for x in csv.DictReader(open('wide.csv', newline=''))]\n\
                  n = [float(x) for x in r if x]\nprint(len(r), len(n), round(s.mean(n), 4))";
    let run = std::process::Command::new("python3")
        .args(["-c", script])
        .current_dir(home.path())
        .output()
        .unwrap();
    let reflect = entries.iter().filter(|e| e.practice == "reflect");
    let numbers: Vec<f64> = reflect.filter_map(|e| e.answer("closeness")?.value.number()).collect();
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    let told = String::from_utf8(run.stdout.clone()).unwrap();
    let mut told = told.split_whitespace();
    assert_eq!(told.next().unwrap(), entries.len().to_string(), "{run:?}");
    assert_eq!(told.next().unwrap(), numbers.len().to_string());
    assert!((told.next().unwrap().parse::<f64>().unwrap() - mean).abs() < 0.001);
}

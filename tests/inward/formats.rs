//! What programs read: every field of every --json is told of in the one page
//! about it, and exports lose nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use inward::entry::Entry;
use serde_json::{Value as Json, json};

use crate::generate::Writer;
use crate::harness::{Home, NOW, files, one_line};

const PAGE: &str = include_str!("../../src/command/help/formats.txt");

fn year() -> (Home, Vec<Entry>) {
    let entries = Writer::new(4).year(NOW.parse().unwrap());
    (Home::with_entries(&entries), entries)
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
    home.write("inward/config/prompts/walk.toml", "title = \"A walk\"\n");
    let words: BTreeSet<&str> =
        PAGE.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').collect();
    // Of an entry that a change of keys encrypted again.
    assert!(words.contains("copy_of"));
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
        "practices show look --json",
        "practices check --json",
        "due --json",
        "doctor --json",
        "key --json",
        "import --from jrnl j.txt --json",
        "look --json",
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
fn a_program_sees_what_a_practice_asks_later_apart_from_what_it_asks_now() {
    let home = Home::ready();
    let look = home.run("practices show look --json").ok().json()["practice"].clone();
    let ids = |questions: &Json| -> Vec<String> {
        let ids = questions.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap());
        ids.map(str::to_owned).collect()
    };
    assert_eq!(ids(&look["questions"]), ["see", "carry"]);
    let later = &look["follow_up"];
    assert_eq!(ids(&later["questions"]), ["carried"]);
    assert_eq!(later["questions"][0]["answers"][0]["value"], "kept");
    assert_eq!([&later["after_days"], &later["within_days"]], [14, 62]);
    let write = home.run("practices show write --json").ok().json();
    assert_eq!(write["practice"]["follow_up"], Json::Null);
}

#[test]
fn the_page_is_a_help_topic_and_what_is_to_be_copied_stays_whole() {
    let told = Home::new().run("help formats").env("COLUMNS", "60").ok().stdout;
    assert!(told.contains("\nENTRIES\n"), "{told}");
    assert!(told.contains("\n  d <- read.csv(\"journal.csv\"); tapply("), "{told}");
    assert!(told.contains("\n- practice: the practice that asked.\n"), "{told}");
}

#[test]
fn where_nothing_waits_to_be_asked_back_about_there_is_a_document_all_the_same() {
    let none = Home::ready().run("feel --follow-up --json").exits(1);
    assert_eq!(none.json(), serde_json::json!({ "version": 1, "kept": null }));
}

#[test]
fn an_export_as_json_is_the_entries_themselves() {
    let (home, entries) = year();
    let json = home.run("export --format json").ok().json();
    let mut back: Vec<Entry> = serde_json::from_value(json["entries"].clone()).unwrap();
    for entry in &mut back {
        assert!(entry.unknown.remove("mac").is_some(), "it says whose it is");
    }
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

/// The wide form, and what the entries themselves say of closeness: how many
/// have a number, and their mean in each month.
fn wide() -> (Home, String) {
    let (home, entries) = year();
    home.run("export --format csv-wide -o wide.csv").ok();
    home.run("export --format codebook -o book.csv").ok();
    let mut months: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for entry in entries.iter().filter(|e| e.practice == "reflect") {
        if let Some(n) = entry.answer("closeness").and_then(|a| a.value.number()) {
            months.entry(entry.day().format("%Y-%m").to_string()).or_default().push(n);
        }
    }
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let lines = months.iter().map(|(month, of)| format!("{month} {:.3}\n", mean(of)));
    let told = format!("{}\n{}", entries.len(), lines.collect::<String>());
    (home, told)
}

/// Each column of the table has a description, numbers are numbers, 1 and 0 are both
/// there, and every reason is one of those that the codebook lists.
const PANDAS_BOOK: &str = "
d = pandas.read_csv('wide.csv')
b = pandas.read_csv('book.csv')
assert list(dict.fromkeys(b['name'])) == list(d.columns)
for name in b[b['kind'].isin(['scale', 'chosen', 'mean', 'sum', 'mean-of-scores'])]['name'].unique():
    assert d[name].dtype.kind in 'if', name
scores = b[b['kind'] == 'mean']['name'].unique()
# Those of the chapter that was never set have no value.
assert len(scores) > 3 and d[scores].notna().any().sum() > 3, scores
scale = b[(b['name'] == 'reflect.closeness') & b['value'].isna()].iloc[0]
assert d['reflect.closeness'].dropna().between(scale['min'], scale['max']).all()
codes = set(b[(b['name'] == 'reflect.closeness.missing') & b['value'].notna()]['value'])
mine = d[d['practice'] == 'reflect']
assert (mine['reflect.closeness'].isna() == mine['reflect.closeness.missing'].notna()).all()
assert set(mine['reflect.closeness.missing'].dropna()) <= codes == {
    'unanswered', 'cant-say', 'not-asked', 'asked-otherwise'}
assert set(d['reflect.saw.is.withdrew'].dropna()) == {0, 1}, set(d['reflect.saw.is.withdrew'])
";

const R_BOOK: &str = "
b <- read.csv('book.csv')
stopifnot(identical(unique(b$name), names(d)))
stopifnot(is.numeric(d[[unique(b$name[b$kind == 'mean'])[1]]]))
mine <- d[d$practice == 'reflect', ]
stopifnot(is.na(mine$reflect.closeness) == (mine$reflect.closeness.missing != ''))
";

fn told_by(home: &Home, program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program).args(arguments).current_dir(home.path()).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    String::from_utf8(run.stdout).unwrap()
}

#[test]
#[ignore = "needs python3 with pandas"]
fn pandas_reads_the_wide_form_as_the_page_says() {
    let (home, expected) = wide();
    // The documented line, and what it gives.
    let line = "pandas.read_csv(\"journal.csv\", parse_dates=[\"day\"]).set_index(\"day\")[\"reflect.closeness\"]";
    assert!(PAGE.contains(line));
    let script = format!(
        "import pandas\nc = {}\nassert c.dtype == 'float64', c.dtype\nprint(len(c))\n{PANDAS_BOOK}\n\
         for m, v in c.groupby(c.index.strftime('%Y-%m')).mean().dropna().items():\n    print(m, f'{{v:.3f}}')",
        line.replace("journal.csv", "wide.csv")
    );
    assert_eq!(told_by(&home, "python3", &["-c", &script]), expected);
}

#[test]
#[ignore = "needs R"]
fn r_reads_the_wide_form_as_the_page_says() {
    let (home, expected) = wide();
    let line = "d <- read.csv(\"journal.csv\"); tapply(d$reflect.closeness, substr(d$day, 1, 7), mean, na.rm = TRUE)";
    assert!(PAGE.contains(line));
    let line = line.replace("journal.csv", "wide.csv").replace("; tapply", "; m <- tapply");
    let script = format!(
        "{line}\nstopifnot(is.numeric(d$reflect.closeness))\n{R_BOOK}\nm <- m[!is.nan(m)]\ncat(nrow(d), '\\n', sep = '')\n\
         cat(sprintf('%s %.3f\\n', names(m), m), sep = '')"
    );
    assert_eq!(told_by(&home, "Rscript", &["--vanilla", "-e", &script]), expected);
}

#[test]
fn every_verb_that_changes_or_tells_something_has_json() {
    let home = Home::new();
    assert_eq!(home.run("--json").ok().json()["today"], json!(null));
    let made = home.run("init --no-passphrase --json").ok().json();
    assert_eq!(made["key"], home.run("key --json").ok().json()["key"]);
    let id = home.keep("write 'a page' --tag calm");
    home.keep("write 'another' --tag calm --tag late");
    let day = &home.run("--json").ok().json()["today"];
    assert_eq!((&day["day"], &day["entries_today"]), (&json!("2026-11-23"), &json!(2)));
    assert_eq!((&day["unlocked"], &day["has_draft"]), (&json!(false), &json!(false)));
    assert!(day["due"].as_array().unwrap().contains(&json!("reflect")), "{day}");
    let tags = home.run("list --tags --json").ok().json();
    assert_eq!(
        tags["tags"],
        json!([{ "tag": "calm", "entries": 2 }, { "tag": "late", "entries": 1 }])
    );
    home.run("list --tags").ok().prints("2  #calm\n1  #late\n");
    home.run("list --tags --on 2020").exits(1).says("Nothing matches.\n");
    let untagged = Home::ready();
    untagged.keep("write words");
    let none = one_line(&untagged.run("list --tags").exits(1).stderr);
    assert!(none.starts_with("No entry has a tag yet."), "{none}");
    let gone = home.run(&format!("delete {id} --yes --json")).ok().json();
    assert_eq!(gone["deleted"][0]["id"], id);
    assert_eq!(gone["deleted"][0]["practice"], "write");
    let routine = home.run("routine evening --list --json").ok().json();
    assert!(routine["routine"].as_array().unwrap().contains(&json!("reflect")), "{routine}");
    home.run("routine evening --json").exits(2);
    let reminder = home.run("remind status --json").exits(1).json();
    assert_eq!(reminder["reminder"], json!(null));
    home.config("partner = \"Sam\"\nday-ends = \"04:00\"\n");
    let settings = json!({ "partner": "Sam", "day-ends": "04:00" });
    assert_eq!(home.run("config --json").ok().json()["settings"], settings);
    let setting = home.run("config get partner --json").ok().json();
    assert_eq!(setting["setting"], json!({ "name": "partner", "value": "Sam" }));
    home.config("accessible = true\nday-ends = 04:00\nroutines.night = [\"pause\"]\n");
    for (name, value) in [
        ("accessible", json!(true)),
        ("day-ends", json!("04:00")),
        ("routines.night", json!(["pause"])),
    ] {
        let setting = home.run(&format!("config get {name} --json")).ok().json();
        assert_eq!(setting["setting"], json!({ "name": name, "value": value }));
    }
    let unset = home.run("config get pager --json").outcome();
    assert_ne!(unset.code, 0);
    let file = home.run("config path --json").ok().json();
    assert!(file["file"].as_str().unwrap().ends_with("config.toml"));
    assert_eq!(home.run("config check --json").ok().json()["checked"]["mistakes"], json!([]));
    home.config("partner = 3\n");
    let mistakes = home.run("config check --json").exits(2).json();
    assert_eq!(mistakes["checked"]["mistakes"].as_array().unwrap().len(), 1);
}

#[test]
fn entries_are_left_out_by_tag_and_shown_by_chance() {
    let home = Home::ready();
    home.keep("write 'with' --tag calm");
    home.keep("write 'without'");
    assert_eq!(home.listed("--not-tag calm"), ["without"]);
    assert!(home.listed("--not-tag nothing-has-it").len() == 2);
    let any = || {
        let shown = home.run("show --random --json").ok().json();
        assert_eq!(shown["entries"].as_array().unwrap().len(), 1);
        shown["entries"][0]["answers"][0]["value"].as_str().unwrap().to_owned()
    };
    let seen: std::collections::HashSet<String> = (0..40).map(|_| any()).collect();
    assert_eq!(seen.len(), 2, "each comes up in forty tries");
    let tagged = home.run("show --random --tag calm --json").ok().json();
    assert_eq!(tagged["entries"][0]["answers"][0]["value"], "with");
    home.run("show --random --on 2020").exits(1);
    // What couldn't be chosen is named.
    let damaged = files(&home.journal()).remove(0);
    std::fs::write(damaged, "damaged").unwrap();
    let told = home.run("show --random").exits(4);
    assert!(told.stderr.contains("Left out: ") || told.stderr.contains("Damaged: "), "{told:?}");
    home.run("show --random --json").exits(4);
}

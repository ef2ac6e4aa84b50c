use super::super::{EntryLinks, Export, LinkedEntry};
use super::*;
use crate::config::Clock;
use crate::entry::testing;
use crate::practice::Practices;

fn entry(practice: &str, answers: serde_json::Value) -> Entry {
    testing::entry(serde_json::json!({
        "practice": practice,
        "tags": ["repair"], "answers": answers
    }))
}

fn reflection() -> Entry {
    let scale = serde_json::json!({"min": 0, "max": 4});
    entry(
        "reflect",
        serde_json::json!([
            {"question": "closeness", "asked": "How close did you feel?", "scale": scale, "value": 3},
            {"question": "connection", "asked": "One moment", "value": "He waited.\nIt rained."}
        ]),
    )
}

fn written(entries: &[&Entry], by: ExportGrouping, in_folder: bool) -> String {
    let entries: Vec<StoredEntry> =
        entries.iter().map(|entry| StoredEntry::new((*entry).clone())).collect();
    let clock = Clock::at("2026-11-23T22:00:00+01:00".parse().unwrap());
    let practices = Practices::load("/nowhere".as_ref(), &[]);
    let links = EntryLinks::among(entries.iter().map(|kept| LinkedEntry::of(&kept.entry)));
    let layout = Layout::new(by, &clock, &practices, &links);
    let layout = Layout { in_folder, kind: &ExportKind::named("day"), ..layout };
    without_hash(FORMAT.write(&Export { entries: entries.iter().collect(), layout }))
}

/// A page without its last line, which is the hash of the others.
fn without_hash(text: String) -> String {
    match text.rfind("\n<!-- exported ") {
        Some(at) if page_origin(&text, &ExportKind::named("day")) == PageOrigin::Unchanged => {
            text[..at].to_owned()
        }
        _ => text,
    }
}

const MARKED: &str = "<!-- inward reflect k3v9q2m8ab 2026-11-23T21:14:03+01:00";

#[test]
fn a_day_is_a_daily_note() {
    let text = written(&[&reflection()], ExportGrouping::Day, true);
    let expected = format!(
        "---\ndate: 2026-11-23\naliases: [\"Monday 23 November 2026\"]\npractices: [\"reflect\"]\ntags: [\"repair\"]\ncloseness: 3\n---\n\n# Monday 23 November 2026\n\n## 21:14 reflect\n{MARKED} revision-x7f2qd -->\n\n#repair\n\n**How close did you feel?** 3 of 0–4\n\n**One moment**\n\nHe waited.  \nIt rained.\n"
    );
    // A tag's mark would be taken for a heading at the line's beginning.
    assert_eq!(text, expected);
}

#[test]
fn a_month_a_practice_and_an_entry_have_headings_of_their_own() {
    for (by, expected) in [
        (ExportGrouping::Month, "# November 2026\n\n## Monday 23 November\n\n### 21:14 reflect\n"),
        (ExportGrouping::Practice, "# reflect\n\n## Monday 23 November 2026, 21:14\n"),
        (ExportGrouping::Entry, "# Monday 23 November 2026, 21:14 reflect\n"),
    ] {
        let text = written(&[&reflection()], by, false);
        assert!(text.starts_with(&format!("{expected}{MARKED} -->\n")), "{text}");
    }
}

#[test]
fn the_writers_own_page_is_headed_as_one() {
    let span = serde_json::json!([
        {"question": "page-span", "asked": "In my own words", "value": "23 November 2026"}
    ]);
    let text = written(&[&entry("guide", span)], ExportGrouping::Day, false);
    assert!(text.contains("\n## 21:14 guide: Your page\n<!-- inward guide "), "{text}");
}

#[test]
fn the_parts_of_a_practice_have_headings_and_a_title_is_one() {
    let scale = serde_json::json!({"min": 0, "max": 4});
    let item =
        |id: &str| serde_json::json!({"question": id, "asked": id, "scale": scale, "value": 3});
    let assessed =
        entry("assess", serde_json::json!([item("withdrew-me"), item("tension"), item("fragile")]));
    let text = written(&[&assessed], ExportGrouping::Day, false);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("### ")).collect();
    assert_eq!(headings, ["### Stepping back", "### How things were between you"]);
    let page = entry(
        "write",
        serde_json::json!([
            {"question": "page", "asked": "Write what's there.", "value": "x"},
            {"question": "title", "asked": "A title, if you like.", "value": "By the *weir* #"}
        ]),
    );
    let text = written(&[&page], ExportGrouping::Day, false);
    assert!(
        text.contains("\n## 21:14 write: By the *weir* \\#\n") && !text.contains("if you like"),
        "{text}"
    );
}

#[test]
fn nothing_breaks_out_of_the_front_matter_the_comment_or_a_files_name() {
    let mut hostile = reflection();
    hostile.tags = vec!["a\"]\nevil: yes".into()];
    hostile.practice = "../x --> <script>".into();
    let text = written(&[&hostile], ExportGrouping::Practice, true);
    assert!(text.contains(r#"tags: ["a\"] evil: yes"]"#), "{text}");
    assert!(text.contains("<!-- inward ___x______script_ k3v9q2m8ab"), "{text}");
}

#[test]
fn a_day_stands_once_in_its_month() {
    let late = Entry { at: "2026-11-23T22:00:00+01:00".parse().unwrap(), ..reflection() };
    let next = Entry { at: "2026-11-24T07:00:00+01:00".parse().unwrap(), ..reflection() };
    let text = written(&[&reflection(), &late, &next], ExportGrouping::Month, true);
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings
            .iter()
            .filter(|line| line.starts_with("# ") || line.starts_with("##"))
            .collect::<Vec<_>>(),
        [
            &"# November 2026",
            &"## Monday 23 November",
            &"### 21:14 reflect",
            &"### 22:00 reflect",
            &"## Tuesday 24 November",
            &"### 07:00 reflect"
        ]
    );
}

#[test]
fn answers_on_one_scale_are_a_table_and_several_choices_stand_one_to_a_line() {
    let scale = serde_json::json!({"min": 0, "max": 4});
    let item = |asked: &str, value: serde_json::Value| {
        serde_json::json!({"question": asked, "asked": asked, "scale": scale, "value": value,
            "labels": {"3": "often"}})
    };
    let entry = entry(
        "walk",
        serde_json::json!([
            item("I | drew back.", 3.into()),
            item("I stayed.", 1.into()),
            item("| I said so.", serde_json::Value::Null),
            {"question": "saw", "asked": "What did you see?", "value": ["heron", "a, b"],
             "labels": {"heron": "The heron"}},
            {"question": "dog", "asked": "A dog?", "value": true},
        ]),
    );
    let text = written(&[&entry], ExportGrouping::Day, false);
    let expected = "| Question | 0–4 |
|---|---|
| I \\| drew back. | 3, “often” |
| I stayed. | 1 |
| \\| I said so. | can't say |

**What did you see?**

- The heron
- a, b

**A dog?** yes
";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn numbers_and_choices_are_properties_and_none_takes_the_place_of_another() {
    let mut entry = entry(
        "walk",
        serde_json::json!([
            {"question": "outcome", "asked": "?", "value": "noticed", "labels": {"noticed": "I noticed"}},
            {"question": "tags", "asked": "?", "value": ["a", "b c"]},
            {"question": " id ", "asked": "?", "value": 2.5},
            {"question": "yes", "asked": "?", "value": true},
            {"question": "words", "asked": "?", "value": "mine alone"},
            {"question": "skip", "asked": "?", "scale": {"min": 0, "max": 4}, "value": null},
        ]),
    );
    entry.about = Some("aaaaaaaaaa".parse().unwrap());
    let text = written(&[&entry], ExportGrouping::Entry, true);
    let expected = "---
id: \"k3v9q2m8ab\"
about: \"aaaaaaaaaa\"
date: 2026-11-23
aliases: [\"Monday 23 November 2026, 21:14 walk\"]
practices: [\"walk\"]
tags: [\"repair\"]
outcome: \"noticed\"
walk-id: 2.5
walk-tags: [\"a\", \"b c\"]
\"yes\": true
---
";
    assert!(text.starts_with(expected), "{text}");
    // Of two entries of a day both answers are there.
    let text = written(&[&reflection(), &reflection()], ExportGrouping::Day, true);
    assert!(text.contains("\ncloseness: [3, 3]\n"), "{text}");
}

#[test]
fn names_from_elsewhere_are_as_long_as_a_file_and_a_property_may_be() {
    let mut long = reflection();
    long.practice = "𝐀".repeat(300);
    long.answers[0].question = "c1".repeat(600);
    let page = ExportGrouping::Practice.page(&long, &Clock::at(long.at));
    assert!(page.name.len() <= 128 && !page.name.is_empty(), "{}", page.name.len());
    let text = written(&[&long], ExportGrouping::Day, true);
    let key = text.lines().find_map(|line| line.strip_suffix(": 3")).unwrap();
    assert!(key.len() < 1024, "YAML takes no longer key");
    // Readers of properties take these for the same.
    long.answers[0].question = "Tags".into();
    let text = written(&[&long], ExportGrouping::Day, true);
    assert!(!text.contains("\nTags: ") && text.contains("-Tags"), "{text}");
}

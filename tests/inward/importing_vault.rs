//! A vault of some hundred daily notes, in the forms that people and plugins give
//! them, comes over whole: each entry is held against its note.

use std::collections::HashMap;

use chrono::{DateTime, Duration, Utc};

use crate::harness::Home;

/// The note's path, what stands above its text, and whether that tells the time.
const FORMS: &[(&str, &str, bool)] = &[
    ("%Y-%m-%d.md", "", false),
    ("%Y-%m-%d %A.md", "", false),
    ("%A, %B %-d, %Y.md", "", false),
    ("%d.%m.%Y.md", "", false),
    ("%Y_%m_%d.md", "", false),
    ("%Y%m%d.md", "", false),
    ("%Y/%m/%d.md", "", false),
    ("%Y/%m-%B/%d.md", "", false),
    ("%Y/%m-%B/%Y-%m-%d-%A.md", "", false),
    ("%Y/%m/%d/walk.md", "", false),
    ("%Y-%m-%d_%H%M.md", "", true),
    ("%Y%m%d%H%M.md", "", true),
    ("%Y-%m-%d %H.%M Walk.md", "", true),
    ("Journal %d %b %Y.md", "", false),
    ("note.md", "---\ndate: %Y-%m-%d\ntags: [sea]\n---\n", false),
    ("note.md", "---\nDate: %A %-d %B %Y %I:%M %p\n---\n", true),
    ("note.md", "---\ndate: %d.%m.%Y\ntime: \"%H:%M\"\n---\n", true),
    ("note.md", "---\ncreated: %Y-%m-%dT%H:%M:%S.000Z\n---\n", true),
    ("note.md", "---\ncreated_at: %s\nmodified: 2031-01-01\n---\n", true),
    ("note.md", "# %A, %B %-d, %Y\n\n", false),
    ("note.md", "## %Y-%m-%d\n", false),
    ("%Y-%m-%d.md", "---\ncreated: 2031-01-01\nquote: *bad\n---\n", false),
    ("%Y-%m-%d.md", "---\ndate: \"{{date}}\"\n---\n", false),
];

const EACH: usize = 15;

#[test]
fn hundreds_of_daily_notes_in_every_form_come_over_whole() {
    let home = Home::ready();
    let begin: DateTime<Utc> = "2019-01-01T06:00:00Z".parse().unwrap();
    let mut notes = HashMap::new();
    for i in 0..FORMS.len() * EACH {
        let (path, above, timed) = FORMS[i % FORMS.len()];
        let at = begin + Duration::minutes(i as i64 * 7 * 367);
        let body =
            format!("Note {i} of the day: é, #tag{i}x\n- [ ] a task\n> a quote\n\nThe end of {i}.");
        let (path, above) = (at.format(path).to_string(), at.format(above).to_string());
        home.write(&format!("vault/{i}/{path}"), format!("{above}{body}\n"));
        notes.insert(body, (path, at, timed));
    }
    home.run("import --from markdown vault").ok();
    let export = home.run("export --format json").ok().json();
    let entries = export["entries"].as_array().unwrap();
    assert_eq!(entries.len(), FORMS.len() * EACH);
    for entry in entries {
        let answers = entry["answers"].as_array().unwrap();
        let page = answers.iter().find(|answer| answer["question"] == "page").unwrap();
        let body = page["value"].as_str().unwrap();
        let (path, at, timed) = notes.remove(body).unwrap_or_else(|| panic!("{body:?}"));
        let shape = if timed { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT12:00" };
        let kept = entry["at"].as_str().unwrap();
        assert!(kept.starts_with(&at.format(shape).to_string()), "{path}: {kept}");
        let tag = serde_json::json!(body.split(['#', '\n']).nth(1).unwrap());
        assert!(entry["tags"].as_array().unwrap().contains(&tag), "{path}: {entry}");
    }
    assert!(notes.is_empty());
}

//! Imports of what inward exported: it comes back as it was, once.

use std::fs;

use inward::entry::Entry;
use serde_json::json;

use crate::generate::{self, Writer};
use crate::harness::{Home, NOW, files};
use crate::importing::{entries, says};

#[test]
fn json_of_its_own_comes_back_as_it_was_and_only_once() {
    let mut home = Home::ready();
    home.keep("reflect 'The door' --closeness 3 -t repair");
    home.at("2026-11-23T22:00:00+00:00").keep("write 'two\nlines' --title mine");
    home.run("export --json -o all.json").ok();
    let before = home.run("export --json").ok().stdout;
    says(&home.run("import --from inward all.json").ok(), "Imported from inward: nothing new.");
    let again = home.with_its_key();
    let file = home.path().join("all.json");
    let import = ["import", "--from", "inward", file.to_str().unwrap()];
    says(&again.run_args(import).ok(), "Imported from inward: 2 entries");
    assert_eq!(again.run("export --json").ok().stdout, before);
    says(&again.run_args(import).ok(), "Imported from inward: nothing new.");
}

#[test]
fn an_export_of_before_a_rotation_keeps_its_ids() {
    let home = Home::ready();
    let id = home.keep("write 'a page'");
    home.run("export --json -o all.json").ok();
    home.run("key rotate").ok();
    home.run("key rotate").ok();
    let again = home.with_its_key();
    let file = home.path().join("all.json");
    let import = ["import", "--from", "inward", file.to_str().unwrap()];
    says(&again.run_args(import).ok(), "Imported from inward: 1 entry");
    assert_eq!(entries(&again)[0]["id"], id);
}

#[test]
fn a_passphrase_command_that_fails_is_named() {
    let home = Home::ready();
    home.run("key passphrase").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo words").ok();
    let file = home.write("notes.txt", "[2026-10-01 07:00] A day\nwords\n");
    let import = ["import", "--from", "jrnl", file.to_str().unwrap()];
    let ended = home.run_args(import).env("INWARD_PASSPHRASE_COMMAND", "exit 3").ok();
    assert!(ended.stderr.contains("exit 3"), "{ended:?}");
}

#[test]
fn what_another_key_exported_comes_as_new_entries_and_only_once() {
    let home = Home::ready();
    home.keep("write 'a page' --title mine");
    home.run("export --json -o all.json").ok();
    let other = Home::ready();
    let file = home.path().join("all.json");
    let import = ["import", "--from", "inward", file.to_str().unwrap()];
    says(&other.run_args(import).ok(), "Imported from inward: 1 entry");
    says(&other.run_args(import).ok(), "Imported from inward: nothing new.");
    let (ours, theirs) = (&entries(&home)[0], &entries(&other)[0]);
    assert_eq!(ours["answers"], theirs["answers"]);
    assert_ne!(ours["id"], theirs["id"]);
    assert_ne!(ours["revision"], theirs["revision"]);
}

/// Whoever knows an entry's id and revision writes a file that says it replaces them.
#[test]
fn a_file_from_elsewhere_replaces_nothing_here_nor_what_is_still_to_come() {
    let home = Home::ready();
    home.keep("write 'the true page'");
    let original = entries(&home).remove(0);
    let (id, revision) = (original["id"].as_str().unwrap(), original["revision"].as_str().unwrap());
    let mark = |fields: &str| {
        format!(
            r#"{{"format":1,"id":"{id}","revision":"zzzzzz","replaces":["{revision}"],{fields}"practice":"write","at":"2026-11-23T21:14:03+01:00","written":"2027-11-23T21:14:03+01:00","tags":["a","\u001b[2J"],"about":"{id}","answers":[{{"question":"page","asked":"Page","value":"a lie"}}]}}"#
        )
    };
    for fields in ["", r#""deleted":true,"#, r#""copy_of":"{revision}","#, r#""was":"aaaaaaaaaa","#]
    {
        let hostile = format!(r#"{{"version":1,"entries":[{}]}}"#, mark(fields));
        // Here, and on a second device that has not had the entry yet.
        let device = home.with_its_key();
        for at in [&home, &device] {
            at.write("hostile.json", &hostile);
            let _ = at.run("import --from inward hostile.json");
        }
        for file in files(&device.journal()) {
            let to = home.journal().join(file.strip_prefix(device.journal()).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&file, to).unwrap();
        }
        let now = entries(&home);
        let kept: Vec<_> = now.iter().filter(|entry| entry["id"] == id).collect();
        assert_eq!(kept, [&original], "{fields}");
        for entry in now.iter().filter(|entry| entry["id"] != id) {
            assert!(entry["about"].is_null() && entry["was"].is_null(), "{entry}");
            assert_eq!(entry["replaces"], json!([]), "{entry}");
            assert_eq!(entry["tags"], json!(["a"]), "{entry}");
        }
        home.run("doctor").ok();
    }
}

#[test]
fn markdown_of_its_own_comes_back_with_practice_date_tags_and_answers() {
    let home = Home::ready();
    home.config("partner = \"Sam\"");
    home.keep("reflect 'The door' --closeness 3 --saw withdrew,relying -t repair -t home");
    home.keep("assess --tension 3 --fear 0 --frightened no --note 'one\n\n# two\n---'");
    home.keep("pause --unsettled 3 --stillness 3");
    home.keep("write 'two\nlines' --title 'By the weir: mine'");
    for by in ["day", "entry", "month", "practice"] {
        home.run(&format!("export --by {by} -o {by}/")).ok();
        let other = Home::ready();
        let folder = home.path().join(by);
        let import = ["import", "--from", "markdown", folder.to_str().unwrap()];
        says(&other.run_args(import).ok(), "Imported from markdown: 4 entries");
        let told = |home: &Home| {
            let mut all = entries(home);
            for entry in &mut all {
                let fields = entry.as_object_mut().unwrap();
                for name in ["id", "revision", "written", "imported"] {
                    fields.remove(name);
                }
            }
            all.sort_by_key(|entry| entry["practice"].as_str().unwrap().to_owned());
            all
        };
        assert_eq!(told(&other), told(&home), "{by}");
        says(&other.run_args(import).ok(), "Imported from markdown: nothing new.");
    }
}

#[test]
fn a_year_with_every_practice_comes_back_from_markdown() {
    for (seed, by) in [(4, "day"), (5, "month")] {
        let home = Home::ready();
        let mut year = Writer::new(seed).year(NOW.parse().unwrap());
        for entry in &mut year {
            entry.tags = vec!["repair".into(), "a_b".into()];
        }
        generate::keep(&year, &home.recipients(), &home.journal());
        home.run(&format!("export --by {by} -o out/")).ok();
        let other = Home::ready();
        let folder = home.path().join("out");
        let told =
            other.run_args(["import", "--from", "markdown", folder.to_str().unwrap(), "--json"]);
        assert_eq!(told.ok().json()["left_out"], json!([]));
        let mut back: Vec<Entry> = serde_json::from_value(json!(entries(&other))).unwrap();
        let order =
            |entry: &Entry| (entry.at, entry.practice.clone(), format!("{:?}", entry.answers));
        back.sort_by_key(order);
        year.sort_by_key(order);
        assert_eq!(back.len(), year.len());
        for (back, entry) in back.iter().zip(&year) {
            let kept = |e: &Entry| {
                (
                    e.practice.clone(),
                    e.at,
                    e.tags.clone(),
                    // Ids are others here; what points to one points to it still.
                    e.about.is_some(),
                    e.answers.clone(),
                )
            };
            assert_eq!(kept(back), kept(entry), "seed {seed}");
        }
    }
}

/// A journal of the same key is another journal all the same.
#[test]
fn an_edit_made_in_another_journal_of_this_key_replaces_nothing_here() {
    let home = Home::ready();
    let id = home.keep("write 'the original'");
    home.run("export --json -o all.json").ok();
    let other = home.with_its_key();
    let import = |at: &Home, file: &std::path::Path| {
        at.run_args(["import", "--from", "inward", file.to_str().unwrap()]).ok();
    };
    import(&other, &home.path().join("all.json"));
    other.run(&format!("edit {id} --page 'another text'")).ok();
    other.run("export --json -o edited.json").ok();
    let device = home.with_its_key();
    import(&device, &other.path().join("edited.json"));
    for file in files(&device.journal()) {
        let to = home.journal().join(file.strip_prefix(device.journal()).unwrap());
        fs::copy(&file, to).unwrap();
    }
    let texts = home.run("list --json").ok().stdout;
    assert!(texts.contains("the original") && texts.contains("another text"), "{texts}");
}

#[test]
fn a_later_version_in_an_export_of_this_key_comes_beside_what_is_here_and_an_earlier_does_not() {
    let home = Home::ready();
    let id = home.keep("write 'as it was'");
    home.run("export --json -o before.json").ok();
    let device = home.with_its_key();
    let import = |file: &str| {
        let file = home.path().join(file);
        device.run_args(["import", "--from", "inward", file.to_str().unwrap()]).ok()
    };
    says(&import("before.json"), "Imported from inward: 1 entry");
    home.run(&format!("edit {id} --page 'and a paragraph more'")).ok();
    home.run("export --json -o after.json").ok();
    says(&import("after.json"), "Imported from inward: 1 entry");
    says(&import("after.json"), "Imported from inward: nothing new.");
    let all = device.run("list --json").ok().stdout;
    assert!(all.contains("as it was") && all.contains("and a paragraph more"), "{all}");
    let shown = entries(&device);
    assert_eq!(shown.len(), 1, "one entry with both versions");
    device.run(&format!("delete {id} --yes")).ok();
    says(&import("before.json"), "Imported from inward: nothing new.");
    // What was edited here since does not come back as it was.
    says(&home.run("import --from inward before.json").ok(), "Imported from inward: nothing new.");
}

#[test]
fn what_markdown_cannot_hold_is_the_same_entry_as_in_json() {
    let (theirs, home) = (Home::ready(), Home::ready());
    for text in ["one\r\ntwo\r\nthree", "a \u{1b}[31mred one", "a nul \0 here", "plain\ntext"] {
        theirs.run("write").stdin(text).ok();
    }
    let out = home.path().display();
    theirs.run(&format!("export --format json -o {out}/all.json")).ok();
    theirs.run(&format!("export -o {out}/md/")).ok();
    says(&home.run("import --from inward all.json").ok(), "Imported from inward: 4 entries");
    let again = "Imported from markdown: nothing new. Already here, or deleted here: 4 entries.";
    says(&home.run("import --from markdown md").ok(), again);
}

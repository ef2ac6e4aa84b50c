//! Imports of an export that was changed since: what changed comes as a new entry, and
//! nothing else does.

use std::fs;

use serde_json::Value as Json;

use crate::harness::{Home, files, one_line};
use crate::importing::{entries, says};

/// A journal with one entry, and its export as JSON.
fn exported() -> (Home, String, Json) {
    let home = Home::ready();
    let id = home.keep("write 'first version' -t sea");
    let json = home.run("export --json").ok().json();
    (home, id, json)
}

fn import(home: &Home, export: &Json) -> String {
    home.write("changed.json", export.to_string());
    one_line(&home.run("import --from inward changed.json").ok().stderr)
}

const NEW: &str = "Imported from inward: 1 entry,";
const NOTHING: &str = "Imported from inward: nothing new. Already here, or deleted here: 1 entry.";

#[test]
fn a_changed_entry_of_an_export_comes_as_a_new_one_that_replaces_nothing_and_only_once() {
    fn change(json: &mut Json, of: fn(&mut serde_json::Map<String, Json>)) {
        of(json["entries"][0].as_object_mut().unwrap());
    }
    let changes: [fn(&mut serde_json::Map<String, Json>); 3] = [
        |_| {},
        |entry| drop(entry.remove("mac")),
        |entry| drop(entry.insert("revision".into(), "zzzzzz".into())),
    ];
    for of in changes {
        let (home, id, mut json) = exported();
        change(&mut json, of);
        assert!(import(&home, &json).starts_with(NOTHING), "what says the same is here");
        json["entries"][0]["answers"][0]["value"] = "second version".into();
        assert!(import(&home, &json).starts_with(NEW), "{json}");
        assert!(import(&home, &json).starts_with(NOTHING), "{json}");
        let all = entries(&home);
        assert_eq!(all.len(), 2);
        let old = all.iter().find(|entry| entry["id"] == id).unwrap();
        assert_eq!(old["answers"][0]["value"], "first version");
        let new = all.iter().find(|entry| entry["id"] != id).unwrap();
        assert_eq!(new["answers"][0]["value"], "second version");
        assert_eq!(new["replaces"], serde_json::json!([]));
        home.run(&format!("delete {} --yes", new["id"].as_str().unwrap())).ok();
        assert!(import(&home, &json).starts_with(NOTHING), "a deleted one doesn't come back");
        assert_eq!(entries(&home).len(), 1);
    }
}

#[test]
fn a_tag_a_time_or_an_answer_that_was_changed_makes_another_entry_too() {
    for (place, value) in [
        ("/tags/0", Json::from("lake")),
        ("/at", Json::from("2026-11-22T10:00:00+00:00")),
        ("/practice", Json::from("reflect")),
    ] {
        let (home, _, mut json) = exported();
        *json["entries"][0].pointer_mut(place).unwrap() = value;
        assert!(import(&home, &json).starts_with(NEW), "{place}");
        assert_eq!(entries(&home).len(), 2, "{place}");
    }
}

#[test]
fn what_was_edited_or_deleted_here_since_does_not_come_back_from_an_unchanged_page() {
    let home = Home::ready();
    let id = home.keep("write 'first version'");
    let deleted = home.keep("write 'to be deleted'");
    home.run("export -o md/").ok();
    home.run("export --json -o all.json").ok();
    home.run(&format!("edit {id} --page 'second version'")).ok();
    home.run(&format!("delete {deleted} --yes")).ok();
    for (from, path) in [("markdown", "md"), ("inward", "all.json")] {
        let said = home.run(&format!("import --from {from} {path}")).ok();
        says(&said, &format!("Imported from {from}: nothing new. Already here"));
        assert_eq!(entries(&home).len(), 1);
    }
}

#[test]
fn of_a_changed_page_only_the_entry_that_was_changed_comes() {
    let home = Home::ready();
    home.keep("write 'first version' --title mine");
    home.keep("reflect 'The door' --closeness 3 --saw withdrew,relying -t repair");
    let deleted = home.keep("write 'to be deleted'");
    home.run("export -o md/").ok();
    let page = files(&home.path().join("md")).remove(0);
    let text = fs::read_to_string(&page).unwrap();
    // As git or Windows may write it.
    fs::write(&page, text.replace('\n', "\r\n")).unwrap();
    let again = "Imported from markdown: nothing new. Already here, or deleted here: 3 entries.";
    says(&home.run("import --from markdown md").ok(), again);
    home.run(&format!("delete {deleted} --yes")).ok();
    fs::write(&page, text.replace("first version", "second version")).unwrap();
    says(&home.run("import --from markdown md").ok(), "Imported from markdown: 1 entry,");
    says(&home.run("import --from markdown md").ok(), again);
    let all = home.run("list --json").ok().stdout;
    assert!(all.contains("first version") && all.contains("second version"), "{all}");
    assert_eq!(entries(&home).len(), 3);
}

#[test]
fn while_the_journal_is_locked_it_says_that_it_cannot_compare_and_what_to_run() {
    let (home, _, mut json) = exported();
    home.run("key passphrase").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo words").ok();
    home.run("lock").ok();
    json["entries"][0].as_object_mut().unwrap().remove("mac");
    json["entries"][0]["answers"][0]["value"] = "second version".into();
    let said = import(&home, &json);
    assert!(said.contains("can't tell whether this file changed entries that are here"), "{said}");
    assert!(said.contains("`inward unlock` first"), "{said}");
    let with = ["import", "--from", "inward", "changed.json"];
    let opened = home.run_args(with).env("INWARD_PASSPHRASE_COMMAND", "echo words").ok();
    says(&opened, NEW);
}

#[test]
fn an_entry_whose_practice_is_gone_is_the_same_on_a_page_where_another_was_changed() {
    let home = Home::ready();
    let practice = home.write(
        "inward/config/prompts/walk.toml",
        r#"
title = "A walk"
scale = { min = 0, max = 2, labels = ["no", "", "yes"], cant-say = true }
question = [
  { id = "calm", ask = "Calm?", kind = "scale" },
  { id = "near", ask = "Near?", kind = "scale" },
  { id = "rain", ask = "Rain?", kind = "yes-no" },
  { id = "saw", ask = "What did you see?", kind = "choices", other = true, options = [{ id = "heron", label = "A heron" }, { id = "weir", label = "The weir" }] },
  { id = "telling", ask = "In words?", kind = "text" },
]
"#,
    );
    home.keep(
        "walk --calm 1 --near cant-say --rain yes --saw heron --saw 'a dog' --telling 'two words'",
    );
    home.keep("write 'first version'");
    home.run("export -o md/").ok();
    fs::remove_file(practice).unwrap();
    let page = files(&home.path().join("md")).remove(0);
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("first version", "second version")).unwrap();
    says(&home.run("import --from markdown md").ok(), "Imported from markdown: 1 entry,");
}

//! An entry that two devices edited apart is one entry everywhere: the newest version
//! counts, the others are marked and lose nothing.

use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::harness::{Home, files, one_line};

/// An entry that two devices edited apart: how close, here 4 and there 0.
fn conflict() -> (Home, String) {
    let mut home = Home::ready();
    let id = home.keep("reflect --closeness 2 --connection first");
    let original = files(&home.journal()).remove(0);
    let bytes = std::fs::read(&original).unwrap();
    let mut synced = Vec::new();
    for (hour, closeness) in [(22, 0), (23, 4)] {
        home.at(&format!("2026-11-23T{hour}:00:00+00:00"));
        home.run(&format!(
            "edit {id} --closeness {closeness} --connection at-{hour} --tag h{hour}"
        ))
        .ok();
        let edited = files(&home.journal()).remove(0);
        synced.push((edited.clone(), std::fs::read(&edited).unwrap()));
        std::fs::remove_file(&edited).unwrap();
        std::fs::write(&original, &bytes).unwrap();
    }
    std::fs::remove_file(&original).unwrap();
    synced.into_iter().for_each(|(file, bytes)| std::fs::write(file, bytes).unwrap());
    (home, id)
}

fn exported(home: &Home) -> Vec<Json> {
    home.run("export --format json").ok().json()["entries"].as_array().unwrap().clone()
}

/// Every version without what it replaced, which an import leaves behind, and so without
/// its tag.
fn versions(mut entries: Vec<Json>) -> Vec<Json> {
    for entry in &mut entries {
        let mut others = entry["others"].take();
        for version in others.as_array_mut().into_iter().flatten().chain([&mut *entry]) {
            let fields = version.as_object_mut().unwrap();
            fields.remove("replaces");
            fields.remove("mac");
        }
        entry["others"] = others;
    }
    entries
}

fn closeness(entry: &Json) -> &Json {
    let answers = entry["answers"].as_array().unwrap();
    &answers.iter().find(|answer| answer["question"] == "closeness").unwrap()["value"]
}

#[test]
fn an_edit_that_cannot_ask_names_the_conflict_and_how_to_settle_it() {
    let (home, id) = conflict();
    for command in ["edit", &format!("edit {id}")] {
        let told = home.run(command).exits(2).stderr;
        assert!(told.contains(&format!("{id} was edited in two places at once")), "{told}");
        assert!(told.contains("add --settle to keep the newest"), "{told}");
    }
    home.run(&format!("edit {id} --settle")).ok();
    assert!(home.run("edit").exits(2).stderr.contains("Give the changes with"));
}

#[test]
fn an_entry_in_conflict_is_one_entry_in_every_output() {
    let (home, id) = conflict();
    home.run("key reseal").ok().says("Encrypted 1 entry again.\n");
    for command in
        ["export --format json", "list --json", "show --json", &format!("show {id} --json")]
    {
        let shown = home.run(command).ok().json();
        let entries = shown["entries"].as_array().unwrap();
        assert_eq!(entries.len(), 1, "{command}");
        assert_eq!(closeness(&entries[0]), &json!(4), "{command}: the newest is shown");
        let others = entries[0]["others"].as_array().unwrap();
        assert_eq!(others.len(), 1, "{command}");
        assert_eq!((closeness(&others[0]), &others[0]["id"]), (&json!(0), &json!(id)), "{command}");
    }
    let rows = |format: &str| home.run(&format!("export --format {format}")).ok().stdout;
    assert_eq!(rows("csv").matches(",closeness,").count(), 1);
    assert_eq!(rows("csv-wide").lines().count(), 2);
    assert!(rows("csv-wide").contains(",4"));
    let html = rows("html");
    assert_eq!(html.matches("<article ").count(), 1);
    assert!(html.contains("Also edited elsewhere") && !html.contains("at-22"), "{html}");
    let figures = home.run("patterns reflect closeness --json").ok().json();
    assert!(figures.to_string().contains("\"rests_on\":1"), "{figures}");
}

#[test]
fn the_newest_version_decides_what_a_query_finds_and_what_is_left_out_is_in_none() {
    let (home, _) = conflict();
    let found = |query: &str| {
        let outputs = ["list --json", "export --format json", "export --format markdown"];
        let runs = outputs.map(|output| home.run(&format!("{output} {query}")).outcome());
        let looked = home.run(&format!("patterns closeness --json {query}")).outcome().code;
        let codes: Vec<i32> = runs.iter().map(|run| run.code).chain([looked]).collect();
        assert!(codes.iter().all(|code| *code == codes[0]), "{query}: {codes:?}");
        let document = &runs[2].stdout;
        assert!(codes[0] != 0 || document.contains(", 1 entry\n\n- "), "{query}: {document}");
        codes[0] == 0
    };
    for query in ["--where closeness=4", "--tag h23", "--where closeness>=3", "--not-tag other"] {
        assert!(found(query), "{query}");
    }
    // Words are found in either.
    assert!(found("--containing at-22") && found("--containing at-23"));
    for query in ["closeness=0", "closeness<3", "closeness!=0", "closeness!=4"] {
        assert!(!found(&format!("--where {query}")), "{query}");
    }
    for query in ["--tag h22", "--not-tag h22", "--not-tag h23"] {
        assert!(!found(query), "{query}");
    }
}

#[test]
fn markdown_marks_the_other_version_and_is_read_back_as_one_entry() {
    let (home, _) = conflict();
    let markdown = home.run("export").ok().stdout;
    assert!(markdown.contains("## 21:14 reflect, edited elsewhere\n"), "{markdown}");
    let other = Home::ready();
    other.write("journal.md", &markdown);
    let told = other.run("import --from markdown journal.md").ok();
    assert!(told.stderr.contains("1 entry"), "{}", told.stderr);
    let entries = exported(&other);
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["others"].as_array().unwrap().len(), 1);
}

#[test]
fn json_is_read_back_with_every_version_under_its_own_id() {
    let (home, id) = conflict();
    let before = exported(&home);
    let export = home.run("export --format json").ok().stdout;
    home.write("journal.json", &export);
    for file in files(&home.journal()) {
        std::fs::remove_file(file).unwrap();
    }
    let told = home.run("import --from inward journal.json --json").ok().json();
    assert_eq!(told["entries"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(versions(exported(&home)), versions(before));
    assert_eq!(home.entry(&id)["id"], json!(id));
    // In a journal with another key it is one entry too, under another id.
    let other = Home::ready();
    other.write("journal.json", &export);
    other.run("import --from inward journal.json").ok();
    let there = exported(&other);
    assert_eq!((there.len(), there[0]["others"].as_array().unwrap().len()), (1, 1));
    assert_ne!(there[0]["id"], json!(id));
}

/// Without the key nobody puts a version beside an entry of this journal.
#[test]
fn a_strangers_version_does_not_join_an_entry_of_this_journal() {
    let home = Home::ready();
    let id = home.keep("write mine");
    let mut export = home.run("export --format json").ok().json();
    let mut forged = export["entries"][0].clone();
    forged["answers"][0]["value"] = json!("not mine");
    forged["revision"] = json!("zzzzzz");
    forged["written"] = json!("2031-01-01T00:00:00+00:00");
    export["entries"][0]["others"] = json!([forged]);
    home.write("journal.json", export.to_string());
    for file in files(&home.journal()) {
        std::fs::remove_file(file).unwrap();
    }
    home.run("import --from inward journal.json").ok();
    let entries = exported(&home);
    assert_eq!(entries.len(), 2, "it is an entry of its own");
    let mine = entries.iter().find(|entry| entry["id"] == json!(id)).unwrap();
    assert_eq!(mine["answers"][0]["value"], "mine");
    assert!(mine.get("others").is_none());
}

/// A deletion here, and an edit there that knew nothing of it.
#[test]
fn an_edit_that_undoes_a_deletion_is_marked_until_that_is_settled() {
    let mut home = Home::ready();
    let id = home.keep("write first");
    let file = files(&home.journal()).remove(0);
    let bytes = std::fs::read(&file).unwrap();
    home.run(&format!("delete {id} --yes")).ok();
    let mark = files(&home.journal()).remove(0);
    let deleted = std::fs::read(&mark).unwrap();
    std::fs::remove_file(&mark).unwrap();
    std::fs::write(&file, bytes).unwrap();
    home.at("2026-11-23T22:00:00+00:00");
    home.run(&format!("edit {id} --tag kept")).ok();
    assert!(!home.run("list").ok().stdout.contains("also deleted"));
    std::fs::write(&mark, deleted).unwrap();
    assert!(home.run("list").ok().stdout.contains("(edited, also deleted) first"));
    assert!(
        home.run("show").ok().stdout.contains("This entry was edited and deleted at the same time")
    );
    let found = home.run("doctor --json").ok().json()["found"].clone();
    let is_named = |found: &Json| found["id"] == json!(id);
    assert!(found.as_array().unwrap().iter().any(is_named), "{found}");
    home.run(&format!("edit {id} --settle")).ok();
    assert!(!home.run("list").ok().stdout.contains("also deleted"));
    assert_eq!(files(&home.journal()).len(), 1);
}

/// Takes everything out of a journal's folder.
fn take_all(home: &Home) -> Vec<(PathBuf, Vec<u8>)> {
    let take = |file: PathBuf| {
        let bytes = std::fs::read(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        (file, bytes)
    };
    files(&home.journal()).into_iter().map(take).collect()
}

/// An entry on two devices, each of which does one of these; then both have all files.
fn apart(home: &mut Home, keep: &str, here: &str, there: &str) -> String {
    let id = home.keep(keep);
    let original = take_all(home);
    let mut all = Vec::new();
    for (hour, change) in [(22, here), (23, there)] {
        let put = |(file, bytes): &(PathBuf, Vec<u8>)| std::fs::write(file, bytes).unwrap();
        original.iter().for_each(put);
        home.at(&format!("2026-11-23T{hour}:00:00+00:00"));
        home.run(&format!("edit {id} {change}")).ok();
        all.extend(take_all(home));
    }
    all.into_iter().for_each(|(file, bytes)| std::fs::write(file, bytes).unwrap());
    id
}

#[test]
fn settling_keeps_the_files_attached_to_either_revision_and_says_so() {
    let mut home = Home::ready();
    home.write("a.txt", "a");
    home.write("b.txt", "b");
    let id = apart(&mut home, "write first", "--attach a.txt", "--attach b.txt");
    let told = one_line(&home.run(&format!("edit {id} --settle")).ok().stderr);
    assert!(told.contains("Kept from either revision: b.txt, a.txt."), "{told}");
    home.run(&format!("show {id} --save out")).ok();
    assert_eq!(std::fs::read(home.path().join("out/a.txt")).unwrap(), b"a");
    assert_eq!(std::fs::read(home.path().join("out/b.txt")).unwrap(), b"b");
    let doctor = home.run("doctor").ok().stdout;
    assert!(!doctor.contains("attachment"), "{doctor}");
    let told = home.run(&format!("edit {id} --detach a.txt")).ok().stderr;
    assert!(!told.contains("either revision"), "{told}");
}

#[test]
fn an_entry_moved_on_one_device_and_edited_on_another_is_marked_until_that_is_settled() {
    let mut home = Home::ready();
    let id = apart(&mut home, "write first --at 2026-10-05", "--at 2026-11-02", "--tag sea");
    let listed = home.run("list").ok().stdout;
    assert!(listed.contains("(edited, also moved) first"), "{listed}");
    let shown = one_line(&home.run(&format!("show {id}")).ok().stdout);
    assert!(shown.contains("it's here and there. `inward show"), "{shown}");
    // Once it's deleted where it was moved to, an edit beside that is all there is.
    let moved = home.entry(&id)["also_moved"].as_str().unwrap().to_owned();
    home.run(&format!("delete {moved} --yes")).ok();
    let listed = home.run("list").ok().stdout;
    assert!(listed.contains("(edited, also deleted) first"), "{listed}");
    let entry = home.entry(&id);
    assert_eq!((&entry["also_deleted"], &entry["also_moved"]), (&json!(true), &Json::Null));
    home.run(&format!("edit {id} --settle")).ok();
    assert!(!home.run("list").ok().stdout.contains("also"));
    assert_eq!(home.entry(&id)["also_deleted"], Json::Null);
}

//! Files that notes link to, where the first import was given less than the whole: each is
//! named, and comes with an import that finds it.

use serde_json::{Value as Json, json};

use crate::attachments::{attached, saved};
use crate::harness::{Home, files, one_line};

/// A vault with its pictures where Obsidian puts them: at its top, in a folder for them, and
/// beside the note.
fn vault(home: &Home) {
    for (place, text) in [
        ("Notes/lake.jpg", "lake"),
        ("Notes/Anhang/heron.png", "heron"),
        ("Notes/daily/weir.jpg", "weir"),
        ("Notes/daily/2026-11-20.md", "By the lake ![[lake.jpg]] and ![[weir.jpg]]"),
        ("Notes/daily/2026-11-21.md", "A heron ![](../Anhang/heron.png)"),
        ("Notes/daily/2026-11-22.md", "[[Dr. Rui]] and [a page](www.example.org/a.html)"),
    ] {
        home.write(place, text);
    }
}

fn names_of(home: &Home, text: &str) -> Vec<String> {
    let found = home.run_args(["list", "--json", "--containing", text]).ok().json();
    let id = found["entries"][0]["id"].as_str().unwrap().to_owned();
    saved(home, &id).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn pictures_outside_the_folder_that_was_named_are_reported_and_come_with_the_vault() {
    let home = Home::ready();
    vault(&home);
    for arguments in ["--dry-run", ""] {
        let told = home.run(&format!("import --from markdown Notes/daily {arguments}")).ok();
        let told = one_line(&told.stderr);
        for (note, file) in
            [("2026-11-20.md", "lake.jpg"), ("2026-11-21.md", "../Anhang/heron.png")]
        {
            let named = format!(
                "{note} line 1: it links to {file}, which isn't in the folder you're importing from"
            );
            assert!(told.contains(&named), "{told}");
        }
        assert_eq!(told.matches("it links to").count(), 2, "{told}");
    }
    assert_eq!(attached(&home.journal()).len(), 1);

    let again = home.run("import --from markdown Notes --json").ok().json();
    assert_eq!((&again["completed"], &again["known"]), (&json!(2), &json!(1)), "{again}");
    assert_eq!(names_of(&home, "lake"), ["lake.jpg", "weir.jpg"]);
    assert_eq!(names_of(&home, "heron"), ["heron.png"]);
    // Each entry has one file, and each picture is there once.
    assert_eq!((files(&home.journal()).len(), attached(&home.journal()).len()), (6, 3));
    assert_eq!(home.listed("").len(), 3);
    home.run("doctor").ok();

    let told = home.run("import --from markdown Notes").ok().stderr;
    assert!(told.contains("nothing new. Already here, or deleted here: 3 entries."), "{told}");
    // What finds fewer files than are here takes none away.
    home.run("import --from markdown Notes/daily").ok();
    assert_eq!(attached(&home.journal()).len(), 3);
}

#[test]
fn pictures_come_to_no_entry_that_was_edited_or_deleted_since() {
    let home = Home::ready();
    vault(&home);
    home.run("import --from markdown Notes/daily").ok();
    let list: Json = home.run("list --json").ok().json();
    let ids: Vec<&str> =
        list["entries"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    home.run(&format!("delete {} --yes", ids[1])).ok();
    home.run(&format!("edit {} --tag own", ids[2])).ok();
    let again = home.run("import --from markdown Notes --json").ok().json();
    assert_eq!((&again["completed"], &again["known"]), (&json!(0), &json!(3)), "{again}");
    assert_eq!(home.entry(ids[2])["tags"], json!(["own"]));
    assert_eq!(home.listed("").len(), 2);
}

#[test]
fn photos_that_a_day_one_export_lacked_come_with_one_that_has_them() {
    let home = Home::ready();
    let export = json!({"entries": [{"uuid": "A1", "creationDate": "2026-11-20T20:14:03Z",
        "timeZone": "UTC", "text": "By the weir", "photos": [{"md5": "abc", "type": "jpeg"}]}]});
    home.write("day/Journal.json", export.to_string());
    let told = home.run("import --from dayone day").ok().stderr;
    assert!(told.contains("photos/abc.jpeg isn't beside it"), "{told}");
    home.write("day/photos/abc.jpeg", "jpeg");
    let told = one_line(&home.run("import --from dayone day").ok().stderr);
    assert!(
        told.contains("1 entry, 2026-11-20. It was here already, without all of its files."),
        "{told}"
    );
    assert_eq!(names_of(&home, "weir"), ["abc.jpeg"]);
}

#[test]
fn nothing_is_said_of_the_files_of_an_entry_that_is_here_already() {
    let home = Home::ready();
    let export = json!({"entries": [{"uuid": "A1", "creationDate": "2026-11-20T20:14:03Z",
        "timeZone": "UTC", "text": "By the weir", "photos": [{"md5": "abc", "type": "jpeg"}]}]});
    home.write("day/Journal.json", export.to_string());
    home.write("day/photos/abc.jpeg", "jpeg");
    home.write("day/notes.pdf", "of another kind");
    home.write("vault/2026-11-20.md", "![[heron.png]] and ![[gone.png]]");
    home.write("vault/heron.png", "png");
    let import = |what: &str| one_line(&home.run(&format!("import --from {what}")).ok().stderr);
    for (what, others) in [("dayone day", ": 1."), ("markdown vault", "")] {
        let (first, again) = (import(what), import(what));
        assert!(first.contains("One file is attached."), "{first}");
        assert!(again.contains("nothing new. Already here, or deleted here: 1 entry."), "{again}");
        assert!(!again.contains("Noted"), "{again}");
        for told in [first, again] {
            let skipped = told.split_once("Skipped, as files of another kind");
            let skipped = skipped.map_or("", |(_, rest)| rest.split_inclusive('.').next().unwrap());
            assert_eq!(skipped, others, "{told}");
        }
    }
    let told = import("dayone day/Journal.json");
    assert!(!told.contains("isn't beside it") && told.contains("nothing new"), "{told}");
    std::fs::create_dir(home.path().join("all")).unwrap();
    home.run("export --format json -o all/own.json").ok();
    let told = import("inward all");
    assert!(!told.contains("Skipped") && told.contains("nothing new"), "{told}");
}

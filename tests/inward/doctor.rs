//! Doctor: everything that can go wrong is named, and nothing is lost by asking.

use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{Home, Outcome, crafted, file_of, files, name, one_line, snapshot};

pub fn two_entries() -> (Home, String) {
    let home = Home::ready();
    let id = home.keep("write 'the heron' --at yesterday");
    home.keep("reflect 'The door'");
    (home, id)
}

/// What is said of this file.
#[track_caller]
pub fn means(home: &Home, path: &Path) -> String {
    let told = home.run("doctor --json").outcome().json();
    let path = path.to_str().unwrap();
    let found = told["found"].as_array().unwrap().iter().find(|found| found["path"] == path);
    found.unwrap_or_else(|| panic!("{path} in {told}"))["means"].as_str().unwrap().to_owned()
}

#[test]
fn a_journal_in_order_is_said_to_be() {
    two_entries().0.run("doctor").ok().prints("Opened 2 entries. No problems found.\n").says("");
}

#[test]
fn quietly_it_names_damage_alone() {
    let (home, id) = two_entries();
    home.write("inward/journal/notes.txt", "mine");
    home.run("doctor --quiet").ok().prints("").says("");
    fs::write(file_of(&home, &id), "gone").unwrap();
    let told = home.run("doctor --quiet").exits(4).stdout;
    assert!(told.starts_with("Damaged: ") && told.contains(&id), "{told}");
    assert!(!told.contains("notes.txt") && !told.contains("Opened"), "{told}");
}

#[test]
fn without_a_journal_it_says_so() {
    for line in ["doctor", "doctor --fix", "doctor --json"] {
        let told = Home::new().run(line).exits(3);
        told.prints("");
        assert!(told.stderr.starts_with("There's no journal here yet.\n"), "{}", told.stderr);
    }
    // What is wrong with the settings is named all the same.
    let home = Home::new();
    home.config("");
    fs::create_dir_all(home.inward("config/prompts")).unwrap();
    fs::write(home.inward("config/prompts/walk.toml"), "title = ").unwrap();
    let told = home.run("doctor").exits(3);
    assert!(told.stdout.contains("walk"), "{}", told.stdout);
}

#[test]
fn a_file_whose_name_is_no_text_is_named_for_programs_too() {
    let (home, _) = two_entries();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(home.journal().join(name), "a list").unwrap();
    let report = home.run("doctor --json").outcome().json();
    let path = report["found"][0]["path"].as_str().unwrap();
    assert!(path.ends_with("caf\u{fffd}.txt"), "{report}");
}

#[test]
fn each_damaged_file_is_named_with_why_and_none_is_touched() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&file, bytes).unwrap();
    let before = snapshot(&home.journal());
    let outcome: Outcome = home.run("doctor --fix").exits(4);
    let said = one_line(&outcome.stdout);
    let damaged =
        format!("Damaged: {} it was changed or cut short after it was encrypted.", file.display());
    assert!(said.contains(&damaged), "{said}");
    assert!(said.ends_with("Opened 1 entry."), "{said}");
    assert_eq!(snapshot(&home.journal()), before);
}

#[test]
fn an_import_is_said_to_have_come_twice_only_of_what_was_imported() {
    let home = Home::ready();
    let mut twin = crafted("same words");
    twin.unknown.insert("imported".into(), serde_json::json!({ "from": "jrnl" }));
    home.put(&twin);
    twin.id = "zzzzzzzzzz".parse().unwrap();
    home.put(&twin);
    let said = one_line(&home.run("doctor").ok().stdout);
    assert!(said.contains("at the same time; two devices may have imported it."), "{said}");
}

#[test]
fn text_of_a_deleted_entry_that_a_backup_brought_back_is_named() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("delete {id} --yes")).ok();
    assert!(home.run("doctor").ok().stdout.contains("No problems found"));
    fs::write(&file, bytes).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    assert!(means(&home, &file).contains("this file still has the text of a deleted entry"));
}

#[test]
fn text_of_a_moved_entry_that_a_backup_brought_back_is_replaced_until_that_is_deleted() {
    let home = Home::ready();
    let id = home.keep("write first --at 2026-10-05");
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("edit {id} --at 2026-11-02")).ok();
    fs::write(&file, bytes).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let said = means(&home, &file);
    assert!(said.contains("a newer revision has replaced this one"), "{said}");
    home.run(&format!("delete {id} --yes")).ok();
    let said = means(&home, &file);
    assert!(said.contains("this file still has the text of a deleted entry"), "{said}");
}

#[test]
fn entries_that_are_odd_but_whole_are_named() {
    let (mut home, id) = two_entries();
    // An older revision that a syncer brought back.
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("edit {id} --tag sea")).ok();
    fs::write(&file, bytes).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    assert!(
        means(&home, &file)
            .contains("a newer revision has replaced this one, so inward ignores it")
    );
    // Two that say the same.
    let mut twin = crafted("same words");
    home.put(&twin);
    twin.id = "zzzzzzzzzz".parse().unwrap();
    home.put(&twin);
    let said = home.run("doctor").ok().stdout;
    assert!(one_line(&said).contains("at the same time; it may have been kept twice."), "{said}");
    let found = home.run("doctor --json").ok().json();
    let found = found["found"].as_array().unwrap();
    let double = found.iter().find(|found| found["double_of"].is_string()).unwrap();
    home.run(&format!("delete {} --yes", double["id"].as_str().unwrap())).ok();
    assert!(!home.run("doctor").ok().stdout.contains("says the same"));
    // A clock that is behind makes entries of the future.
    home.at("2026-11-01T10:00:00+00:00");
    let said = home.run("doctor").ok().stdout;
    assert!(
        one_line(&said).contains("the date this entry was written, 2026-11-23, is in the future:"),
        "{said}"
    );
}

#[test]
fn copies_in_odd_places_and_of_odd_days_are_named_for_what_they_are() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    let put = |path: &Path, bytes: &[u8]| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
    };
    let stem = name(&file).strip_suffix(".age").unwrap().to_owned();
    let other_day = file.with_file_name(name(&file).replace("2026-11-22", "2026-11-20"));
    put(&other_day, &bytes);
    assert!(means(&home, &other_day).contains("of 2026-11-22, with another day in its name"));
    let unread = home.journal().join("old").join(name(&file));
    put(&unread, &bytes);
    assert!(means(&home, &unread).contains("an exact copy of an entry, in the wrong folder"));
    let copy = file.with_file_name(format!("{stem} 2.age"));
    put(&copy, &bytes[..bytes.len() - 900]);
    assert!(means(&home, &copy).contains("inward reads the good copy beside it instead"));
    let told = one_line(&home.run("doctor").ok().stdout);
    assert!(
        !told.contains("Keep both") && !told.contains("reads it instead of the damaged file"),
        "{told}"
    );
    // Without the key, only the bytes can be compared.
    let key = fs::read(home.inward("config/identity.txt")).unwrap();
    fs::remove_file(home.inward("config/identity.txt")).unwrap();
    assert!(means(&home, &copy).contains("not an exact one"));
    fs::write(home.inward("config/identity.txt"), key).unwrap();
    fs::remove_file(&file).unwrap();
    fs::remove_file(&copy).unwrap();
    fs::remove_file(&other_day).unwrap();
    let place = format!("Move it to 2026/11/{}", name(&file));
    assert!(means(&home, &unread).contains(&place), "{}", means(&home, &unread));
}

#[test]
fn what_two_devices_imported_apart_is_found_and_one_of_each_pair_goes() {
    let (home, other) = (Home::ready(), Home::ready());
    for file in ["identity.txt", "recipients.txt"] {
        fs::copy(home.inward("config").join(file), other.inward("config").join(file)).unwrap();
    }
    let journal = "[2020-05-01 10:00] one\n\n[2020-05-02 10:00] two\nmore\n";
    for home in [&home, &other] {
        home.write("j.txt", journal);
        home.run("import --from jrnl j.txt").ok();
    }
    for file in files(&other.journal()) {
        let place = file.strip_prefix(other.journal()).unwrap();
        fs::copy(&file, home.journal().join(place)).unwrap();
    }
    assert_eq!(files(&home.journal()).len(), 4);
    let told = home.run("doctor --json").ok().json();
    let found = told["found"].as_array().unwrap();
    let doubles = found.iter().filter(|found| found["double_of"].is_string());
    let doubles: Vec<&str> = doubles.map(|found| found["id"].as_str().unwrap()).collect();
    assert_eq!(doubles.len(), 2);
    home.run(&format!("delete {} --yes", doubles.join(" "))).ok();
    assert_eq!(home.listed("").len(), 2);
    home.run("doctor").ok().prints("Opened 2 entries. No problems found.\n");
    let again = home.run("import --from jrnl j.txt --json").ok().json();
    assert_eq!(again["entries"], serde_json::json!([]), "nor does it come again");
}

#[test]
fn an_entry_that_was_moved_to_another_month_and_edited_elsewhere_meanwhile_is_named() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("edit {id} --at 2026-10-02")).ok();
    home.run("doctor").ok().prints("Opened 2 entries. No problems found.\n");
    // Elsewhere, where nobody knew of that yet.
    let marks = files(file.parent().unwrap());
    let mark = marks.iter().find(|mark| name(mark).contains(&id)).unwrap();
    let moved = fs::read(mark).unwrap();
    fs::remove_file(mark).unwrap();
    fs::write(&file, bytes).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    home.run(&format!("edit {id} --tag sea")).ok();
    fs::write(mark, moved).unwrap();
    fs::set_permissions(mark, Permissions::from_mode(0o600)).unwrap();
    assert_eq!(home.listed("").len(), 3, "nothing is lost");
    let said = one_line(&home.run("doctor").ok().stdout);
    assert!(said.contains("this entry was moved here from another month"), "{said}");
    let found = home.run("doctor --json").ok().json()["found"][0].clone();
    assert_ne!(found["id"], id.as_str());
    // Whoever deletes duplicates by that must not delete one of these.
    assert!(found["id"].is_string() && found["double_of"].is_null(), "{found}");
    home.run(&format!("delete {id} --yes")).ok();
    let said = one_line(&home.run("doctor").ok().stdout);
    assert!(!said.contains("this entry was moved here"), "{said}");
}

#[test]
fn an_entry_edited_apart_is_named_with_what_settles_it() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("edit {id} --tag one")).ok();
    let one = file_of(&home, &id);
    let first = fs::read(&one).unwrap();
    fs::remove_file(&one).unwrap();
    fs::write(&file, bytes).unwrap();
    home.run(&format!("edit {id} --tag two")).ok();
    fs::write(&one, first).unwrap();
    let said = home.run("doctor").ok().stdout;
    assert!(one_line(&said).contains(&format!("Choose one with `inward edit {id}`")), "{said}");
}

#[test]
fn an_entry_that_was_found_in_another_folder_is_not_missing_as_well() {
    for other in ["10", "13", "oct"] {
        let (home, _) = two_entries();
        home.run("list").ok();
        let year = home.journal().join("2026");
        fs::rename(year.join("11"), year.join(other)).unwrap();
        let told = home.run("doctor").outcome();
        assert!(told.stdout.contains("2026/11/"), "{other}: where it belongs: {}", told.stdout);
        assert!(!told.stdout.contains("Missing:"), "{other}: {}", told.stdout);
    }
    let (home, _) = two_entries();
    home.run("list").ok();
    let year = home.journal().join("2026");
    fs::rename(year.join("11"), year.join("10")).unwrap();
    let told = home.run("list").outcome().stderr;
    assert!(told.contains("Left out:") && !told.contains("Missing:"), "{told}");
}

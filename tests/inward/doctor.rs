//! Doctor: everything that can go wrong is named, and nothing is lost by asking.

use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{Home, Outcome, crafted, file_of, files, mode, name, one_line, snapshot};
use crate::kills_cache::{SEARCH, packs, put, ready_for_packs};

fn kept() -> (Home, String) {
    let home = Home::ready();
    let id = home.keep("write 'the heron' --at yesterday");
    home.keep("reflect 'The door'");
    (home, id)
}

/// What is said of this file.
#[track_caller]
fn means(home: &Home, path: &Path) -> String {
    let told = home.run("doctor --json").outcome().json();
    let path = path.to_str().unwrap();
    let found = told["found"].as_array().unwrap().iter().find(|found| found["path"] == path);
    found.unwrap_or_else(|| panic!("{path} in {told}"))["means"].as_str().unwrap().to_owned()
}

#[test]
fn a_journal_in_order_is_said_to_be() {
    kept().0.run("doctor").ok().prints("2 entries were opened. All is well.\n").says("");
}

#[test]
fn without_a_journal_it_says_so() {
    for line in ["doctor", "doctor --fix", "doctor --json"] {
        let told = Home::new().run(line).exits(3);
        told.prints("");
        assert!(told.stderr.starts_with("There is no journal here yet.\n"), "{}", told.stderr);
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
    let (home, _) = kept();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(home.journal().join(name), "a list").unwrap();
    let report = home.run("doctor --json").outcome().json();
    let path = report["found"][0]["path"].as_str().unwrap();
    assert!(path.ends_with("caf\u{fffd}.txt"), "{report}");
}

#[test]
fn each_damaged_file_is_named_with_why_and_none_is_touched() {
    let (home, id) = kept();
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
    assert!(said.ends_with("1 entry was opened."), "{said}");
    assert_eq!(snapshot(&home.journal()), before);
}

#[test]
fn what_others_could_look_at_is_named_and_mended() {
    let (home, id) = kept();
    let file = file_of(&home, &id);
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(home.journal(), Permissions::from_mode(0o755)).unwrap();
    let identity = home.inward("config/identity.txt");
    fs::set_permissions(&identity, Permissions::from_mode(0o640)).unwrap();
    assert!(means(&home, &file).contains("(mode 644)"));
    assert_eq!(mode(&file), 0o644, "looking changes nothing");
    let told = home.run("doctor --fix --json").ok().json();
    assert_eq!(told["mended"].as_array().unwrap().len(), 3);
    assert_eq!([mode(&file), mode(&home.journal()), mode(&identity)], [0o600, 0o700, 0o600]);
    home.run("doctor").ok().prints("2 entries were opened. All is well.\n");
}

#[test]
fn what_syncers_leave_behind_is_known() {
    let (home, id) = kept();
    let file = file_of(&home, &id);
    let folder = file.parent().unwrap();
    let stem = name(&file).strip_suffix(".age").unwrap().to_owned();
    let place = |name: &str| {
        let path = folder.join(name);
        fs::write(&path, fs::read(&file).unwrap()).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path
    };
    for (name, part) in [
        (format!("{stem}.sync-conflict-20261123-211403-ABCDEFG.age"), "a syncer's copy"),
        (format!("{stem} (Ada's conflicted copy 2026-11-23).age"), "a syncer's copy"),
        (format!(".syncthing.{stem}.age.tmp"), "stopped halfway"),
        (format!(".{stem}.age.icloud"), "hasn't fetched it"),
        (".inward-Ab12".into(), "left behind when inward was stopped"),
        ("notes.txt".into(), "it isn't an entry"),
        ("identity.txt".into(), "it is a key"),
    ] {
        let path = place(&name);
        assert!(means(&home, &path).contains(part), "{name}: {}", means(&home, &path));
    }
    let before = files(&home.journal());
    home.run("doctor --fix").ok();
    assert_eq!(files(&home.journal()), before, "nothing is removed");
}

#[test]
fn entries_that_are_odd_but_whole_are_named() {
    let (mut home, id) = kept();
    // An older revision that a syncer brought back.
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("edit {id} --tag sea")).ok();
    fs::write(&file, bytes).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    assert!(means(&home, &file).contains("It was replaced"));
    // Two that say the same.
    let mut twin = crafted("same words");
    home.put(&twin);
    twin.id = "zzzzzzzzzz".parse().unwrap();
    home.put(&twin);
    let said = home.run("doctor").ok().stdout;
    assert!(one_line(&said).contains("it says the same as"), "{said}");
    let found = home.run("doctor --json").ok().json();
    let found = found["found"].as_array().unwrap();
    let double = found.iter().find(|found| found["double_of"].is_string()).unwrap();
    home.run(&format!("delete {} --yes", double["id"].as_str().unwrap())).ok();
    assert!(!home.run("doctor").ok().stdout.contains("says the same"));
    // A clock that is behind makes entries of the future.
    home.at("2026-11-01T10:00:00+00:00");
    let said = home.run("doctor").ok().stdout;
    assert!(
        one_line(&said).contains("it was written on 2026-11-23, which is in the future."),
        "{said}"
    );
}

#[test]
fn copies_in_odd_places_and_of_odd_days_are_named_for_what_they_are() {
    let (home, id) = kept();
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
    assert!(means(&home, &other_day).contains("of 2026-11-22, named by another day"));
    let unread = home.journal().join("old").join(name(&file));
    put(&unread, &bytes);
    assert!(means(&home, &unread).contains("byte for byte, where none is looked for"));
    let copy = file.with_file_name(format!("{stem} 2.age"));
    put(&copy, &bytes[..bytes.len() - 900]);
    assert!(means(&home, &copy).contains("A good copy is beside it, and is read instead"));
    let told = one_line(&home.run("doctor").ok().stdout);
    assert!(
        !told.contains("keep both") && !told.contains("read instead of the damaged file"),
        "{told}"
    );
    // Without the key, only the bytes can be compared.
    let key = fs::read(home.inward("config/identity.txt")).unwrap();
    fs::remove_file(home.inward("config/identity.txt")).unwrap();
    assert!(means(&home, &copy).contains("with other bytes"));
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
    home.run("doctor").ok().prints("2 entries were opened. All is well.\n");
    let again = home.run("import --from jrnl j.txt --json").ok().json();
    assert_eq!(again["entries"], serde_json::json!([]), "nor does it come again");
}

#[test]
fn an_entry_that_was_moved_to_another_month_and_edited_elsewhere_meanwhile_is_named() {
    let (home, id) = kept();
    let file = file_of(&home, &id);
    let bytes = fs::read(&file).unwrap();
    home.run(&format!("edit {id} --at 2026-10-02")).ok();
    home.run("doctor").ok().prints("2 entries were opened. All is well.\n");
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
    assert!(said.contains("it was moved here from another month"), "{said}");
    home.run(&format!("delete {id} --yes")).ok();
    assert!(!home.run("doctor").ok().stdout.contains("it was moved here"));
}

#[test]
fn an_entry_edited_apart_is_named_with_what_settles_it() {
    let (home, id) = kept();
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
    assert!(one_line(&said).contains(&format!("`inward edit {id}` settles")), "{said}");
}

#[test]
fn what_lies_around_the_journal_is_looked_at_too() {
    let (home, _) = kept();
    let runtime = home.path().join("run");
    let left = home.write("run/inward-x/entry.md", "plain words");
    home.write("run/inward-y/.entry.md.swp", "plain words");
    home.write("inward/config/prompts/walk.toml", "title = 3");
    let recipients = home.inward("config/recipients.txt");
    let list = fs::read_to_string(&recipients).unwrap();
    fs::write(&recipients, format!("{list}age1nonsense\n")).unwrap();
    fs::write(home.inward("state/kept.json"), "{").unwrap();
    let salt = home.write("inward/config/import-salt", "short");
    fs::set_permissions(&salt, Permissions::from_mode(0o600)).unwrap();
    let outcome = home.run("doctor").env("XDG_RUNTIME_DIR", &runtime).exits(2);
    let said = one_line(&outcome.stdout);
    for part in [
        "walk.toml it has a mistake. `inward practices check walk` names its line.",
        "kept.json it cannot be read.",
        "import-salt it isn't what an import made.",
        "entry.md the file of an answer in an editor, as plain text.",
        ".entry.md.swp the file of an answer in an editor, as plain text.",
        "recipients.txt nothing can be encrypted with it: Line 4 of",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("plain words") && left.exists(), "{said}");
}

#[test]
fn without_the_key_it_says_what_can_be_seen_and_then_what_is_missing() {
    let (home, id) = kept();
    fs::set_permissions(file_of(&home, &id), Permissions::from_mode(0o644)).unwrap();
    fs::remove_file(home.inward("config/identity.txt")).unwrap();
    let outcome = home.run("doctor").exits(3);
    assert!(outcome.stdout.starts_with("Found: "), "{}", outcome.stdout);
    assert!(outcome.stdout.ends_with("The entries were not opened.\n"), "{}", outcome.stdout);
}

/// As long ago as this.
fn age(file: &Path, hours: u64) {
    let then = std::time::SystemTime::now() - std::time::Duration::from_secs(hours * 3600);
    fs::File::options().write(true).open(file).unwrap().set_modified(then).unwrap();
}

#[test]
fn what_lies_in_the_cache_is_looked_at_and_a_part_that_does_not_open_is_no_damage() {
    let home = ready_for_packs();
    put(&home, 0..40);
    home.run(SEARCH).ok();
    home.run("doctor").ok().prints("40 entries were opened. All is well.\n");
    let pack = packs(&home).remove(0);
    let (folder, caches) = (pack.parent().unwrap(), home.inward("cache"));
    fs::set_permissions(&pack, Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    let note = home.write("inward/cache/notes.txt", "mine");
    fs::set_permissions(&note, Permissions::from_mode(0o600)).unwrap();
    let stray = folder.join(".inward-Ab12");
    fs::copy(&pack, &stray).unwrap();
    fs::set_permissions(&stray, Permissions::from_mode(0o600)).unwrap();
    assert!(means(&home, &pack).contains("(mode 644)"));
    assert!(means(&home, folder).contains("(mode 755)"));
    assert!(means(&home, &note).contains("isn't part of the cache"));
    assert!(means(&home, &stray).contains("left behind when inward was stopped"));
    let told = home.run("doctor --fix --json").ok().json();
    assert_eq!(told["mended"].as_array().unwrap().len(), 2);
    assert_eq!([mode(&pack), mode(folder), mode(&caches)], [0o600, 0o700, 0o700]);
    let bytes = fs::read(&pack).unwrap();
    fs::write(&pack, &bytes[..bytes.len() - 1]).unwrap();
    let before = snapshot(&caches);
    assert!(means(&home, &pack).contains("The next reading replaces it"));
    assert_eq!(snapshot(&caches), before, "looking changes nothing");
    age(&stray, 25);
    home.run(SEARCH).ok();
    assert_ne!(fs::read(&pack).unwrap(), bytes[..bytes.len() - 1], "it was made anew");
    assert!(note.exists(), "as it said");
    assert!(!stray.exists(), "what was left a day ago goes with the next writing");
    assert_eq!(packs(&home).len(), 3);
}

#[test]
fn what_a_killed_save_of_a_draft_left_is_named_and_goes_with_the_next_after_a_day() {
    let home = Home::evening();
    let put = |name: &str, hours| {
        let file = home.write(&format!("inward/state/drafts/{name}"), "sealed");
        fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
        age(&file, hours);
        file
    };
    let (old, young) = (put(".inward-Ab12", 25), put(".inward-Cd34", 1));
    fs::set_permissions(old.parent().unwrap(), Permissions::from_mode(0o700)).unwrap();
    for file in [&old, &young] {
        assert!(means(&home, file).contains("left behind when inward was stopped"));
    }
    home.run("resume").exits(1);
    let session = home.terminal("evening");
    session.asked("How did this morning's intention go?").choose(0);
    session.asked("One moment of connection").answer("A cup of tea");
    session.asked("How close").press(crate::harness::Key::Ctrl('c')).ends(130);
    assert_eq!(
        files(&home.inward("state/drafts")).len(),
        2,
        "{:?}",
        files(&home.inward("state/drafts"))
    );
    assert!(!old.exists(), "it was left a day ago");
    assert!(young.exists(), "another session may be writing it");
}

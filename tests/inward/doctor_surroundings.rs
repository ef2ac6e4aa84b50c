//! Doctor, beside the entries: settings, permissions, packs, drafts, and what syncers
//! leave.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::doctor::{means, two_entries};
use crate::harness::{Home, file_of, files, mode, name, one_line, snapshot};
use crate::kills_cache::{SEARCH, packs, put, ready_for_packs};

#[test]
fn what_others_could_look_at_is_named_and_fixed() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(home.journal(), Permissions::from_mode(0o755)).unwrap();
    let identity = home.inward("config/identity.txt");
    fs::set_permissions(&identity, Permissions::from_mode(0o640)).unwrap();
    assert!(means(&home, &file).contains("(mode 644)"));
    assert_eq!(mode(&file), 0o644, "looking changes nothing");
    let told = home.run("doctor --fix --json").ok().json();
    assert_eq!(told["fixed"].as_array().unwrap().len(), 3);
    assert_eq!([mode(&file), mode(&home.journal()), mode(&identity)], [0o600, 0o700, 0o600]);
    home.run("doctor").ok().prints("Opened 2 entries. No problems found.\n");
}

#[test]
fn what_syncers_leave_behind_is_known() {
    let (home, id) = two_entries();
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
        (
            format!("{stem}.sync-conflict-20261123-211403-ABCDEFG.age"),
            "your sync tool made an exact copy",
        ),
        (
            format!("{stem} (Ada's conflicted copy 2026-11-23).age"),
            "your sync tool made an exact copy",
        ),
        (format!(".syncthing.{stem}.age.tmp"), "stopped halfway"),
        (format!(".{stem}.age.icloud"), "hasn't downloaded this entry"),
        (".inward-Ab12".into(), "inward was stopped while writing this"),
        ("notes.txt".into(), "this isn't an entry"),
        ("identity.txt".into(), "this is a key"),
    ] {
        let path = place(&name);
        assert!(means(&home, &path).contains(part), "{name}: {}", means(&home, &path));
    }
    let before = files(&home.journal());
    home.run("doctor --fix").ok();
    assert_eq!(files(&home.journal()), before, "nothing is removed");
}

#[test]
fn a_temporary_file_of_a_sync_tool_makes_no_copy_of_a_good_entry_worth_keeping() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let stem = name(&file).strip_suffix(".age").unwrap().to_owned();
    let place = |name: &str, bytes: &[u8]| {
        let path = file.with_file_name(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
        path
    };
    let good = fs::read(&file).unwrap();
    let copies = [" (conflicted copy).age", ".age.orig", ".sync-conflict-20261123-211403-ABC.age"];
    let copies = copies.map(|behind| place(&format!("{stem}{behind}"), &good));
    let temporary = place(&format!(".syncthing.{stem}.age.tmp"), b"junk");
    let found = |path: &Path| -> Vec<String> {
        let told = home.run("doctor --json").ok().json();
        let found = told["found"].as_array().unwrap().iter();
        let of_path = found.filter(|found| found["path"] == path.to_str().unwrap());
        of_path.map(|found| found["means"].as_str().unwrap().to_owned()).collect()
    };
    for copy in &copies {
        let means = found(copy);
        assert!(means.len() == 1 && means[0].contains("you can delete the copy"), "{means:?}");
    }
    let means = found(&temporary);
    assert!(means.len() == 1 && means[0].contains("stopped halfway"), "{means:?}");
    assert_eq!(found(&file), [""; 0]);
    // Once the entry itself is damaged, a good file is one to keep, whatever its name.
    fs::write(&file, &good[..good.len() - 900]).unwrap();
    fs::write(&temporary, &good).unwrap();
    copies.iter().for_each(|copy| fs::remove_file(copy).unwrap());
    let (own, means) = (found(&file), found(&temporary));
    assert!(own.len() == 1 && own[0].contains("reads the good copy beside it"), "{own:?}");
    assert!(means.len() == 1 && means[0].ends_with("Keep it"), "{means:?}");
}

#[test]
fn a_temporary_file_with_another_day_in_its_name_is_no_damage() {
    let (home, id) = two_entries();
    let file = file_of(&home, &id);
    let other = name(&file).replace("2026-11-22", "2026-11-21");
    for (name, bytes) in [
        (other.clone(), fs::read(&file).unwrap()),
        (format!(".syncthing.{other}.tmp"), b"junk".to_vec()),
    ] {
        let path = file.with_file_name(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    }
    let told = home.run("doctor").ok().stdout;
    assert!(one_line(&told).contains("with another day in its name"), "{told}");
    assert!(one_line(&told).contains("stopped halfway"), "{told}");
}

#[test]
fn what_lies_around_the_journal_is_looked_at_too() {
    let (home, _) = two_entries();
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
    let outcome = home.run("doctor").env("XDG_RUNTIME_DIR", &runtime).exits(4);
    let said = one_line(&outcome.stdout);
    for part in [
        "walk.toml this practice has a mistake. `inward practices check walk` shows the line.",
        "kept.json this can't be read.",
        "import-salt this wasn't made by an import.",
        "entry.md an answer that an editor left behind, in plain text.",
        ".entry.md.swp an answer that an editor left behind, in plain text.",
        "recipients.txt inward can't encrypt what you write: Line 4 of",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("plain words") && left.exists(), "{said}");
}

#[test]
fn without_the_key_it_says_what_can_be_seen_and_then_what_is_missing() {
    let (home, id) = two_entries();
    fs::set_permissions(file_of(&home, &id), Permissions::from_mode(0o644)).unwrap();
    fs::remove_file(home.inward("config/identity.txt")).unwrap();
    let outcome = home.run("doctor").exits(3);
    assert!(outcome.stdout.starts_with("Found: "), "{}", outcome.stdout);
    assert!(outcome.stdout.ends_with("inward didn't open the entries.\n"), "{}", outcome.stdout);
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
    home.run("doctor").ok().prints("Opened 40 entries. No problems found.\n");
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
    assert!(means(&home, &stray).contains("inward was stopped while writing this"));
    let told = home.run("doctor --fix --json").ok().json();
    assert_eq!(told["fixed"].as_array().unwrap().len(), 2);
    assert_eq!([mode(&pack), mode(folder), mode(&caches)], [0o600, 0o700, 0o700]);
    let bytes = fs::read(&pack).unwrap();
    fs::write(&pack, &bytes[..bytes.len() - 1]).unwrap();
    let before = snapshot(&caches);
    assert!(means(&home, &pack).contains("inward replaces it the next time it reads"));
    assert_eq!(snapshot(&caches), before, "looking changes nothing");
    age(&stray, 25);
    home.run(SEARCH).ok();
    assert_ne!(fs::read(&pack).unwrap(), bytes[..bytes.len() - 1], "it was made again");
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
        assert!(means(&home, file).contains("inward was stopped while writing this"));
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

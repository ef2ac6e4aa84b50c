//! Files kept with entries: attached, shown, written out again, taken along by whatever
//! is done with their entry, and named where they are not what they were.

use std::path::{Path, PathBuf};

use inward::journal::Journal;
use inward::seal::Sealed;

use crate::harness::{Home, file_of, files, mode, name};

/// A file of the user's, with bytes that nothing compresses and no text holds.
pub fn picture(home: &Home, place: &str, length: usize) -> Vec<u8> {
    let mut dice = fastrand::Rng::with_seed(length as u64);
    let bytes: Vec<u8> = (0..length).map(|_| dice.u8(..)).collect();
    home.write(place, &bytes);
    bytes
}

/// The sealed files of attachments.
pub fn attached(journal: &Path) -> Vec<PathBuf> {
    let is_attached = |path: &PathBuf| name(path).as_bytes().get(21) == Some(&b'-');
    files(journal).into_iter().filter(is_attached).collect()
}

/// What `show --save` writes of an entry, by name.
#[track_caller]
pub fn saved(home: &Home, id: &str) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    home.run_args(["show", id, "--save", out.to_str().unwrap()]).ok();
    let read = |path: &PathBuf| (name(path).to_owned(), std::fs::read(path).unwrap());
    files(&out).iter().map(read).collect()
}

/// `doctor` has nothing to say of anything in the journal.
#[track_caller]
pub fn is_sound(home: &Home) {
    let report = home.run("doctor").ok().stdout;
    assert!(!report.contains(&home.journal().display().to_string()), "{report}");
}

#[test]
fn reading_says_where_a_file_is_missing() {
    let home = Home::ready();
    picture(&home, "lake.jpg", 5_000);
    home.write("note.txt", "a note");
    let id = home.keep("write words --attach lake.jpg --attach note.txt");
    let listed = home.run("list").ok().stdout;
    assert!(listed.contains("write  words") && !listed.contains("missing"), "{listed}");
    let picture = attached(&home.journal());
    let picture = picture.into_iter().max_by_key(|file| file.metadata().unwrap().len()).unwrap();
    std::fs::remove_file(picture).unwrap();
    let listed = home.run("list").ok().stdout;
    assert!(listed.contains("write  (a file is missing) words"), "{listed}");
    let shown = home.run(&format!("show {id}")).ok().stdout;
    let lines = "    lake.jpg, 4.9 KiB, its file is missing\n    note.txt, 6 bytes\n";
    assert!(shown.contains(lines), "{shown}");
}

#[test]
fn a_file_is_kept_with_an_entry_and_comes_back_to_the_byte() {
    let home = Home::ready();
    let lake = picture(&home, "pictures/lake.jpg", 200_000);
    home.write("empty.txt", "");
    let id = home.keep("write words --attach pictures/lake.jpg --attach empty.txt");
    let entry = home.entry(&id);
    let [first, second] = [0, 1].map(|at| entry["attachments"][at].clone());
    assert_eq!(first["name"], "lake.jpg");
    assert_eq!((&first["type"], &first["bytes"]), (&"image/jpeg".into(), &200_000.into()));
    assert_eq!(second["bytes"], 0);
    let shown = home.run(&format!("show {id}")).ok().stdout;
    assert!(
        shown.contains("  Attached\n    lake.jpg, 195 KiB\n    empty.txt, 0 bytes\n"),
        "{shown}"
    );
    assert_eq!(saved(&home, &id), [("empty.txt".into(), vec![]), ("lake.jpg".into(), lake)]);
    for path in attached(&home.journal()) {
        let attachment = &name(&path)[22..32];
        assert!([&first["id"], &second["id"]].contains(&&attachment.into()), "{attachment}");
        assert_eq!(mode(&path), 0o600);
    }
    assert_eq!(home.listed("--containing lake.jpg"), ["words"], "its name is found");
    is_sound(&home);
}

#[test]
fn a_name_in_the_journal_tells_neither_a_name_nor_a_length() {
    let home = Home::ready();
    for (length, sealed) in [(1, 2048), (2000, 2048), (4097, 4352)] {
        picture(&home, "a.jpg", length);
        let id = home.keep("write words --attach a.jpg");
        let files = attached(&home.journal());
        let file = files.iter().find(|path| name(path).contains(&id)).unwrap();
        let over = file.metadata().unwrap().len() - sealed;
        assert!((200..400).contains(&over), "{length}: {over} more than {sealed}");
        assert!(!std::fs::read(file).unwrap().windows(5).any(|it| it == b"a.jpg"));
    }
}

#[test]
fn what_cannot_be_attached_is_refused_before_anything_is_kept() {
    let home = Home::ready();
    home.write("folder/x", "");
    for (file, why) in [
        ("missing.jpg", "there is no such file"),
        ("folder", "it is a folder"),
        ("/dev/null", "it is no ordinary file"),
    ] {
        let told = home.run(&format!("write words --attach {file}")).exits(2).stderr;
        assert!(told.contains(&format!("can't be attached: {why}.")), "{told}");
    }
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn a_file_is_attached_and_taken_off_by_an_edit() {
    let home = Home::ready();
    let (a, b) = (picture(&home, "a.jpg", 3000), picture(&home, "b.jpg", 5000));
    let id = home.keep("write words --attach a.jpg");
    home.run(&format!("edit {id} --attach b.jpg")).ok();
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a), ("b.jpg".into(), b.clone())]);
    home.run(&format!("edit {id} --detach a.jpg")).ok();
    assert_eq!(saved(&home, &id), [("b.jpg".into(), b.clone())]);
    assert_eq!(attached(&home.journal()).len(), 1, "what no revision names is gone");
    let told = home.run(&format!("edit {id} --detach a.jpg")).exits(2).stderr;
    assert!(told.contains("Nothing called “a.jpg” is attached"), "{told}");
    home.run(&format!("edit {id} --attach b.jpg")).ok();
    let told = home.run(&format!("edit {id} --detach b.jpg")).exits(2).stderr;
    assert!(told.contains("“b.jpg” is attached 2 times."), "{told}");
    let one = home.entry(&id)["attachments"][1]["id"].as_str().unwrap().to_owned();
    home.run(&format!("edit {id} --detach {one}")).ok();
    assert_eq!(saved(&home, &id), [("b.jpg".into(), b)]);
}

#[test]
fn files_go_where_their_entry_goes() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 70_000);
    let id = home.keep("write words --attach a.jpg");
    // Within the month, its file keeps its name.
    let before = attached(&home.journal());
    home.run(&format!("edit {id} --at 2026-11-02")).ok();
    assert_eq!(attached(&home.journal()), before);
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a.clone())]);
    home.write("b.txt", "later");
    home.run(&format!("edit {id} --at 2026-10-02 --attach b.txt")).ok();
    let moved =
        home.run("list --json").ok().json()["entries"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(saved(&home, &moved), [("a.jpg".into(), a), ("b.txt".into(), b"later".to_vec())]);
    let places = attached(&home.journal());
    assert!(
        places.len() == 2 && places.iter().all(|it| it.starts_with(home.journal().join("2026/10")))
    );
    home.run(&format!("delete {moved} --yes")).ok();
    assert!(attached(&home.journal()).is_empty());
    is_sound(&home);
}

#[test]
fn a_change_of_keys_seals_files_anew() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 70_000);
    let id = home.keep("write words --attach a.jpg");
    let old = std::fs::read_to_string(home.inward("config/identity.txt")).unwrap();
    let before = attached(&home.journal());
    home.run("key rotate").ok();
    let after = attached(&home.journal());
    assert!(after.len() == 1 && after != before);
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
    // The old key opens none of it.
    home.write("inward/config/identity.txt", old);
    home.run(&format!("show {id} --save out")).exits(3);
    assert!(!home.path().join("out").exists());
}

#[test]
fn nothing_is_rotated_while_an_attachment_is_damaged() {
    let home = Home::ready();
    picture(&home, "a.jpg", 70_000);
    home.keep("write words --attach a.jpg");
    let file = &attached(&home.journal())[0];
    let bytes = std::fs::read(file).unwrap();
    std::fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
    let before = files(&home.journal());
    home.run("key rotate").exits(4);
    assert_eq!(files(&home.journal()), before);
    std::fs::write(file, bytes).unwrap();
    home.run("key rotate").ok();
}

/// What is done to a file, how, and how it is named.
type Damaging<'a> = (&'a str, Box<dyn Fn() + 'a>, &'a str);

#[test]
fn a_removed_swapped_truncated_or_foreign_file_is_named_and_hides_nothing() {
    let home = Home::ready();
    picture(&home, "a.jpg", 3000);
    picture(&home, "b.jpg", 3001);
    let id = home.keep("write words --attach a.jpg");
    let other = home.keep("write others --attach b.jpg");
    let of = |id: &str| {
        attached(&home.journal()).into_iter().find(|path| name(path).contains(id)).unwrap()
    };
    let (file, others) = (of(&id), of(&other));
    let bytes = std::fs::read(&file).unwrap();
    let damages: [Damaging; 4] = [
        (
            "truncated",
            Box::new(|| std::fs::write(&file, &bytes[..1000]).unwrap()),
            "was changed or cut short",
        ),
        (
            "swapped",
            Box::new(|| assert!(std::fs::copy(&others, &file).is_ok())),
            "contains another file than",
        ),
        ("foreign", Box::new(|| std::fs::write(&file, "not age").unwrap()), "isn't an age file"),
        ("removed", Box::new(|| std::fs::remove_file(&file).unwrap()), "its file isn't here"),
    ];
    for (what, damage, words) in damages {
        damage();
        let told = home.run(&format!("show {id} --save out-{what}")).exits(4);
        assert!(
            told.stderr.contains("Left out:") && told.stderr.contains(words),
            "{}",
            told.stderr
        );
        assert!(
            files(&home.path().join(format!("out-{what}"))).is_empty(),
            "nothing half is written"
        );
        let report = home.run("doctor").exits(4).stdout;
        assert!(report.contains(name(&file)), "{what}: {report}");
        home.run(&format!("show {other} --save out-{what}")).ok();
        assert_eq!(home.listed("").len(), 2, "{what}: the words are all there");
        home.run(&format!("edit {id} --at 2026-10-01")).exits(5);
        std::fs::write(&file, &bytes).unwrap();
    }
    home.run(&format!("edit {id} --at 2026-10-01")).ok();
}

#[test]
fn a_file_that_no_entry_names_is_named_and_left_alone() {
    let home = Home::ready();
    picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let file = &attached(&home.journal())[0];
    let stray = home.journal().join("2026/11/2026-11-23-aaaaaaaaaa-bbbbbbbbbb.age");
    std::fs::copy(file, &stray).unwrap();
    let report = home.run("doctor").ok().stdout;
    assert!(report.contains("Found: ") && report.contains("attached to no entry"), "{report}");
    // While its entry does not open, nobody can tell.
    let entry = file_of(&home, &id);
    std::fs::remove_file(&stray).unwrap();
    std::fs::write(&entry, "age-encryption.org/v1\n").unwrap();
    let report = home.run("doctor").exits(4).stdout;
    assert!(!report.contains("attached to no entry"), "{report}");
}

#[test]
fn a_copy_that_a_syncer_renamed_is_read_where_the_own_file_is_not_whole() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let file = &attached(&home.journal())[0];
    let copy = file.with_file_name(format!("{} (conflicted copy).age", &name(file)[..32]));
    std::fs::copy(file, copy).unwrap();
    std::fs::write(file, "cut").unwrap();
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
}

/// A device that knew nothing of a change of keys edits the revision before it, and names
/// the file that the change removed.
#[test]
fn a_file_that_was_sealed_anew_stands_for_the_one_that_an_edit_elsewhere_names() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let other = home.twin();
    home.run("key reseal").ok();
    other.run(&format!("edit {id} --tag apart")).ok();
    let edited = file_of(&other, &id);
    std::fs::copy(&edited, home.journal().join("2026/11").join(name(&edited))).unwrap();
    assert_eq!(home.entry(&id)["tags"][0], "apart");
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a.clone())]);
    let report = home.run("doctor").ok().stdout;
    assert!(!report.contains("attached"), "{report}");
    // An edit does not take it away.
    home.run(&format!("edit {id} --tag more")).ok();
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
}

#[test]
fn hostile_names_become_plain_files_in_the_folder_that_was_named() {
    let home = Home::ready();
    home.write("x", "bytes");
    let id = home.keep("write words --attach x");
    let hostile = [
        "../../../escape",
        "/etc/passwd",
        ".hidden",
        "a\nb\u{1b}[31m.txt",
        "",
        "..",
        &"long".repeat(500),
        "nul",
        "x",
    ];
    for (n, hostile) in hostile.iter().enumerate() {
        let (file, identity) = (file_of(&home, &id), home.identity());
        let label = Journal::label_at(&format!("2026/11/{}", name(&file))).unwrap();
        let sealed = Sealed::from_bytes(label, std::fs::read(&file).unwrap()).unwrap();
        let mut entry = identity.open(&sealed).unwrap();
        entry.attachments[0].name = (*hostile).to_owned();
        std::fs::write(&file, home.recipients().seal(&entry).unwrap().bytes()).unwrap();
        let shown = home.run(&format!("show {id}")).ok().stdout;
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
        let out = home.path().join(format!("deep/er/{n}"));
        let printed = home.run(&format!("show {id} --save {}", out.display())).ok().stdout;
        assert_eq!(printed.lines().count(), 1, "{printed:?}");
        let written = files(&out);
        assert_eq!(written.len(), 1, "{hostile:?}");
        let name = name(&written[0]);
        assert!(
            !name.starts_with('.') && name.len() < 220 && !name.contains(char::is_control),
            "{name:?}"
        );
    }
    assert!(!home.path().join("escape").exists() && !home.path().join("deep/escape").exists());
}

#[test]
fn no_file_is_written_over_and_a_folder_of_ours_is_refused() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    home.write("out/a.jpg", "mine");
    std::os::unix::fs::symlink("/nowhere", home.path().join("out/a (2).jpg")).unwrap();
    home.run(&format!("show {id} --save out")).ok();
    let out = home.path().join("out");
    assert_eq!(std::fs::read_to_string(out.join("a.jpg")).unwrap(), "mine");
    assert_eq!(std::fs::read(out.join("a (3).jpg")).unwrap(), a);
    assert_eq!(mode(&out.join("a (3).jpg")), 0o600);
    for own in ["inward/journal/2026", "inward/config", "inward/state"] {
        home.run(&format!("show {id} --save {own}")).exits(2);
    }
    let said = home.run(&format!("show {} --save out", home.keep("write none"))).exits(1).stderr;
    assert!(said.contains("There are no attachments."), "{said}");
}

#[test]
fn one_entry_holds_five_hundred_files() {
    let home = Home::ready();
    let names: Vec<String> = (0..500).map(|n| format!("many/{n}.txt")).collect();
    names.iter().for_each(|name| drop(home.write(name, name)));
    let arguments = names.iter().flat_map(|name| ["--attach", name]);
    let kept = home.run_args(["write", "words"].into_iter().chain(arguments)).ok();
    let id = kept.stdout.trim_end();
    assert_eq!(saved(&home, id).len(), 500);
    home.run("doctor").ok();
    home.run(&format!("edit {id} --detach 7.txt")).ok();
    assert_eq!(attached(&home.journal()).len(), 499);
}

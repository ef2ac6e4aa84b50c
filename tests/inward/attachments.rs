//! Files kept with entries: attached, shown, written out again, taken along by whatever
//! is done with their entry, and named where they are not what they were.

use std::path::{Path, PathBuf};

use inward::journal::Journal;
use inward::seal::Sealed;

use crate::harness::{Home, Key, file_of, files, mode, name, one_line};

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
/// A session of `evening` with `a.jpg` that is stopped after its second answer.
pub fn stop_halfway(home: &Home) {
    let terminal = home.terminal("evening --attach a.jpg");
    terminal.asked("How did this morning's intention go?").choose(0);
    terminal.asked("One moment of connection").answer("said before");
    terminal.asked("How close").press(Key::Ctrl('c')).ends(130);
}

/// Continues the draft, and keeps it.
pub fn resume(home: &Home) {
    let resumed = home.terminal("resume");
    resumed.asked("Continue it").press(Key::Enter);
    resumed.press_until_the_end(Key::Enter).ends(0);
}

pub fn is_sound(home: &Home) {
    let report = home.run("doctor").ok().stdout;
    assert!(!report.contains(&home.journal().display().to_string()), "{report}");
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
        ("missing.jpg", "there's no such file"),
        ("folder", "it's a folder"),
        ("/dev/null", "it isn't an ordinary file"),
    ] {
        let told = home.run(&format!("write words --attach {file}")).exits(2).stderr;
        assert!(told.contains(&format!("can't be attached: {why}.")), "{told}");
    }
    assert!(files(&home.journal()).is_empty());
}

#[test]
fn on_a_terminal_an_entry_that_is_shown_says_how_to_open_what_is_attached() {
    let home = Home::ready();
    picture(&home, "a.jpg", 3000);
    let id = home.keep("write words --attach a.jpg");
    let terminal = home.terminal("show");
    terminal.ends(0);
    let shown = one_line(&terminal.shown());
    assert!(shown.contains(&format!("`inward show {id} --save DIR` saves a copy")), "{shown}");
    home.run("show").ok().says("");
    let other = home.keep("write words");
    let terminal = home.terminal(&format!("show {other}"));
    terminal.ends(0);
    assert!(!one_line(&terminal.shown()).contains("--save"));
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
    picture(&home, "b.jpg", 6000);
    home.run(&format!("edit {id} --attach b.jpg")).ok();
    let told = home.run(&format!("edit {id} --detach b.jpg")).exits(2).stderr;
    assert!(told.contains("This entry has 2 attachments called “b.jpg”."), "{told}");
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
fn a_change_of_keys_seals_files_again() {
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
        let label = Journal::entry_at(&format!("2026/11/{}", name(&file))).unwrap();
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
    // Where no entry is found, that is what is said, as everywhere.
    let nothing = home.run("list --tag nomatch").exits(1).stderr;
    home.run("show --tag nomatch --save none").exits(1).says(&nothing);
    let json = home.run("show --tag nomatch --save none --json").exits(1);
    assert_eq!(json.json()["saved"], serde_json::json!([]));
    assert!(!home.path().join("none").exists());
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

#[test]
fn a_file_that_is_attached_already_is_not_attached_again_and_its_copies_go_together() {
    let home = Home::ready();
    picture(&home, "a.jpg", 300);
    let id = home.keep("write words --attach a.jpg");
    let again = format!("edit {id} --attach a.jpg");
    home.run(&again).ok().says("a.jpg is attached already.\nNothing was changed.\n");
    assert_eq!(attached(&home.journal()).len(), 1);
    // Another of the same name is another.
    picture(&home, "a.jpg", 400);
    home.run(&again).ok();
    assert_eq!(attached(&home.journal()).len(), 2);
    let told = home.run(&format!("edit {id} --detach a.jpg")).exits(2).stderr;
    assert!(told.contains("This entry has 2 attachments called “a.jpg”."), "{told}");

    // Two notes of one file, as an import may leave them, are one to whoever detaches it.
    home.write("n/a.jpg", "lake");
    home.write("n/b/a.jpg", "lake");
    home.write("n/2026-11-20.md", "![](a.jpg) and ![](b/a.jpg)");
    home.run("import --from markdown n").ok();
    let note = home.run("list --on 2026-11-20 --json").ok().json()["entries"][0].clone();
    assert_eq!(note["attachments"].as_array().unwrap().len(), 2);
    home.run(&format!("edit {} --detach a.jpg", note["id"].as_str().unwrap())).ok();
    assert_eq!(attached(&home.journal()).len(), 2);
    is_sound(&home);
}

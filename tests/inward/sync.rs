//! One journal on several devices, by the real git: nothing that either keeps
//! is lost, and nothing that lies in a repository runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::harness::{Home, files, mode, snapshot};

/// git as a person at this home would run it.
#[track_caller]
pub fn git(home: &Path, within: &Path, arguments: &str) -> String {
    let arguments = shell_words::split(arguments).unwrap();
    let mut command = Command::new("git");
    command.arg("-C").arg(within).args(&arguments).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", home);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|b| String::from_utf8(b).unwrap());
    assert!(output.status.success(), "git {arguments:?}: {out}{err}");
    out.trim_end().to_owned()
}

pub fn remote() -> TempDir {
    let folder = tempfile::Builder::new().prefix("inward-remote-").tempdir().unwrap();
    git(folder.path(), folder.path(), "init --quiet --bare --initial-branch=main");
    folder
}

/// A home that is synced with a remote, with the key of another.
pub fn second(first: &Home, remote: &TempDir) -> Home {
    let home = Home::new();
    for file in ["identity.txt", "recipients.txt"] {
        let bytes = std::fs::read(first.inward("config").join(file)).unwrap();
        home.write(&format!("inward/config/{file}"), bytes);
    }
    begin(&home, remote);
    home
}

#[track_caller]
pub fn begin(home: &Home, remote: &TempDir) {
    home.run_args(["sync", "init", remote.path().to_str().unwrap()]).ok();
}

pub fn sync(home: &Home) -> String {
    home.run("sync").ok().stderr
}

/// The journal by name and bytes.
pub fn journal_files(journal: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below =
        |(path, bytes): (PathBuf, Vec<u8>)| (path.strip_prefix(journal).unwrap().to_owned(), bytes);
    snapshot(journal).into_iter().map(below).collect()
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_two_devices_write_both_have() {
    let (first, remote) = (Home::ready(), remote());
    first.keep("write one");
    begin(&first, &remote);
    let second = second(&first, &remote);
    assert_eq!(second.listed(""), ["one"]);
    second.keep("write two --at 21:10");
    first.keep("write three --at 21:05");
    assert_eq!(sync(&second), "Synced: 1 file sent.\n");
    assert_eq!(sync(&first), "Synced: 1 file received, 1 sent.\n");
    assert_eq!(sync(&second), "Synced: 1 file received.\n");
    assert_eq!(sync(&second), "Synced. Nothing new on either side.\n");
    assert_eq!(second.listed(""), ["one", "two", "three"]);
    assert_eq!(journal_files(&first.journal()), journal_files(&second.journal()));
    for file in files(&second.journal()) {
        assert_eq!(mode(&file), 0o600);
        assert_eq!(mode(file.parent().unwrap()), 0o700);
    }
    let json = first.run("sync --json").ok().json();
    let nothing = serde_json::json!({
        "came": 0, "went": 0, "left_out": [], "passed_over": [], "sealed_to_others": 0,
        "displaced": [], "undeleted": [], "removed": 0
    });
    assert_eq!(json["synced"], nothing);
}

#[test]
#[ignore = "needs git; run in CI"]
fn edits_on_both_sides_stand_until_one_is_settled_and_a_deletion_stays() {
    let (first, remote) = (Home::ready(), remote());
    let id = first.keep("write begun");
    let gone = first.keep("write 'to be deleted' --at yesterday");
    begin(&first, &remote);
    let mut second = second(&first, &remote);
    first.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "here"}"#).ok();
    second.at("2026-11-23T22:00:00+00:00");
    second.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "there"}"#).ok();
    second.run(&format!("delete {gone} --yes")).ok();
    sync(&first);
    sync(&second);
    sync(&first);
    for home in [&first, &second] {
        let shown = home.run("show").ok().stdout;
        assert!(shown.contains("there") && shown.contains("here"), "{shown}");
        assert!(!shown.contains("begun") && !shown.contains("deleted"), "{shown}");
        assert!(shown.contains("This entry was edited in two places at once"), "{shown}");
    }
    first.run(&format!("edit {id} --settle")).ok();
    sync(&first);
    sync(&second);
    assert_eq!(second.listed(""), ["there"]);
    assert_eq!(files(&second.journal()).len(), 2, "the settled one, and the mark");
    assert_eq!(journal_files(&first.journal()), journal_files(&second.journal()));
}

#[test]
#[ignore = "needs git; run in CI"]
fn an_old_copy_of_the_folder_that_is_put_back_undoes_nothing_anywhere() {
    let (first, remote) = (Home::ready(), remote());
    let id = first.keep("write begun");
    let gone = first.keep("write 'to be deleted' --at yesterday");
    begin(&first, &remote);
    let second = second(&first, &remote);
    let backup = snapshot(&first.journal());
    first.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "edited"}"#).ok();
    first.run(&format!("delete {gone} --yes")).ok();
    sync(&first);
    sync(&second);
    std::fs::remove_dir_all(first.journal()).unwrap();
    for (file, bytes) in backup {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    for _ in 0..2 {
        sync(&first);
        sync(&second);
    }
    for home in [&first, &second] {
        assert_eq!(home.listed(""), ["edited"]);
        assert_eq!(files(&home.journal()).len(), 2, "the edited one, and the mark");
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_locked_device_removes_nothing_and_an_unlocked_one_what_was_replaced() {
    let home = Home::new();
    let words = ("INWARD_PASSPHRASE_COMMAND", "echo pw");
    home.run("init").env(words.0, words.1).ok();
    let remote = remote();
    let id = home.keep("write begun");
    begin(&home, &remote);
    let edit = home.run(&format!("edit {id} --answers -")).env(words.0, words.1);
    edit.stdin(r#"{"page": "edited"}"#).ok();
    sync(&home);
    // It doesn't come back, and the repository keeps it: only the key can tell that it was
    // replaced, and not lost.
    let pushed = || git(home.path(), remote.path(), "ls-tree -r --name-only main").lines().count();
    assert_eq!((files(&home.journal()).len(), pushed()), (1, 2));
    let list = home.run("list").env(words.0, words.1).ok().stdout;
    assert!(list.contains("edited") && !list.contains("begun"), "{list}");
    home.run("key passphrase --remove").env(words.0, words.1).ok();
    sync(&home);
    assert_eq!((files(&home.journal()).len(), pushed()), (1, 1));
    assert_eq!(home.listed(""), ["edited"]);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_file_that_was_cut_short_is_not_sent_and_what_replaces_another_stays() {
    let (first, remote) = (Home::ready(), remote());
    begin(&first, &remote);
    let id = first.keep("write whole");
    let file = crate::harness::file_of(&first, &id);
    let bytes = std::fs::read(&file).unwrap();
    std::fs::write(&file, &bytes[..bytes.len() - 900]).unwrap();
    let told = first.run("sync").exits(4).stderr;
    assert!(told.contains("Left out:"), "{told}");
    std::fs::write(&file, &bytes).unwrap();
    sync(&first);
    let second = second(&first, &remote);
    assert_eq!(second.listed(""), ["whole"]);
}

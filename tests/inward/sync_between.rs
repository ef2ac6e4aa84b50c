//! What devices send each other, and that it comes to an end.

use std::os::unix::fs::symlink;

use crate::harness::{Home, files, one_line};
use crate::sync::{begin, git, journal_files, remote, second, sync};
use crate::sync_repositories::pushed;

fn commits(home: &Home, remote: &tempfile::TempDir) -> usize {
    git(home.path(), remote.path(), "rev-list --count main").parse().unwrap()
}

/// From now on it syncs without its key.
fn lock(home: &Home) {
    home.run("key passphrase").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo pw").ok();
}

#[test]
#[ignore = "needs git; run in CI"]
fn locked_and_open_devices_come_to_rest_and_the_locked_one_loses_no_file() {
    let (first, remote) = (Home::ready(), remote());
    let edited = first.keep("write begun");
    let gone = first.keep("write 'to be deleted' --at yesterday");
    begin(&first, &remote);
    let (second, locked) = (second(&first, &remote), second(&first, &remote));
    lock(&locked);
    // Whatever its user wants of a log.
    let trap = "[gpg]\nprogram = !touch sprung\n[log]\nshowSignature = true\nshowRoot = false\n";
    locked.write(".gitconfig", format!("{trap}follow = true\n[diff]\nrelative = true\n"));
    first.run(&format!("edit {edited} --answers -")).stdin(r#"{"page": "edited"}"#).ok();
    second.run(&format!("delete {gone} --yes")).ok();
    let mut counts = Vec::new();
    for round in 0..10 {
        [&first, &locked, &second].iter().for_each(|home| drop(sync(home)));
        counts.push(commits(&first, &remote));
        // What it had, and what came; the mark comes in the second round.
        assert_eq!(files(&locked.journal()).len(), 3 + usize::from(round > 0), "round {round}");
    }
    assert_eq!(counts[1], counts[9], "{counts:?}");
    assert_eq!(journal_files(&first.journal()), journal_files(&second.journal()));
    assert_eq!(pushed(remote.path()).lines().count(), 2, "the edited one, and the mark");
    // Away, it does not begin again.
    let away = remote.path().with_extension("away");
    std::fs::rename(remote.path(), &away).unwrap();
    locked.run("sync").exits(5);
    std::fs::rename(&away, remote.path()).unwrap();
    assert_eq!(sync(&locked), "Synced. Nothing new on either side.\n");
    // What is merely missing there comes back, from the locked device too.
    let clone = first.path().join("clone");
    git(first.path(), first.path(), &format!("clone --quiet {} clone", remote.path().display()));
    git(first.path(), &clone, "rm --quiet -r .");
    git(first.path(), &clone, "-c user.name=a -c user.email=b commit --quiet -m gone");
    git(first.path(), &clone, "push --quiet");
    sync(&locked);
    assert!(pushed(remote.path()).lines().count() >= 2);
    // With its key, it removes what it knows to be replaced.
    locked.run("key passphrase --remove").env("INWARD_PASSPHRASE_COMMAND", "echo pw").ok();
    [&locked, &first, &second].iter().for_each(|home| drop(sync(home)));
    assert_eq!(journal_files(&first.journal()), journal_files(&locked.journal()));
    assert_eq!(pushed(remote.path()).lines().count(), 2);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_head_that_is_lost_there_is_sent_again_by_whoever_can_open_it() {
    let (first, remote) = (Home::ready(), remote());
    let id = first.keep("write begun");
    begin(&first, &remote);
    let second = second(&first, &remote);
    for (home, words) in [(&first, "here"), (&second, "there")] {
        let answers = format!(r#"{{"page": "{words}"}}"#);
        home.run(&format!("edit {id} --answers -")).stdin(answers).ok();
        sync(home);
    }
    sync(&first);
    let both = pushed(remote.path());
    assert_eq!(both.lines().count(), 2);
    let clone = first.path().join("clone");
    git(first.path(), first.path(), &format!("clone --quiet {} clone", remote.path().display()));
    for file in both.lines() {
        git(first.path(), &clone, &format!("rm --quiet {file}"));
        git(first.path(), &clone, "-c user.name=a -c user.email=b commit --quiet -m lost");
        git(first.path(), &clone, "push --quiet");
        assert_eq!(sync(&first), "Synced: 1 file sent.\n");
        assert_eq!(pushed(remote.path()), both);
        git(first.path(), &clone, "pull --quiet");
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn an_entry_deleted_on_one_device_and_edited_on_another_is_named_once() {
    let (first, remote) = (Home::ready(), remote());
    let id = first.keep("write begun");
    begin(&first, &remote);
    let second = second(&first, &remote);
    first.run(&format!("delete {id} --yes")).ok();
    second.run(&format!("edit {id} --answers -")).stdin(r#"{"page": "edited"}"#).ok();
    assert!(!sync(&first).contains("deleted on one device"));
    let told = format!("{id} was deleted on one device and edited on another, so it's kept.");
    for home in [&second, &first] {
        let said = one_line(&sync(home));
        assert!(said.contains(&told), "{said}");
        assert_eq!(home.listed(""), ["edited"]);
        assert!(!sync(home).contains("deleted on one device"));
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_journal_is_known_by_its_real_place_and_a_home_that_moves_stays_synced() {
    let (home, remote) = (Home::ready(), remote());
    begin(&home, &remote);
    home.keep("write one");
    symlink(home.inward("journal"), home.path().join("link")).unwrap();
    for spelling in ["link", "link/", "./inward/../inward/journal/"] {
        let said = home.run("sync").env("INWARD_JOURNAL", spelling).ok().stderr;
        assert!(said.starts_with("Synced"), "{spelling}: {said}");
    }
    assert_eq!(pushed(remote.path()).lines().count(), 1);
    let moved = home.path().join("moved");
    std::fs::rename(home.inward(""), &moved).unwrap();
    let run = |arguments: &str| home.run(arguments).env("INWARD_HOME", &moved);
    run("write two").ok();
    assert_eq!(run("sync").ok().stderr, "Synced: 1 file sent.\n");
}

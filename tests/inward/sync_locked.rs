//! A sync without the key brings back nothing that was deleted or replaced here, and loses
//! nothing that is merely missing.

use std::path::Path;

use crate::harness::{Home, Run, file_of, files, one_line};
use crate::sync::{begin, journal_files, remote, second, sync};
use crate::sync_repositories::pushed;

fn with_passphrase(run: Run) -> Run {
    run.env("INWARD_PASSPHRASE_COMMAND", "echo pw").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo pw")
}

/// Syncs without the key, several times: nothing comes, and nothing is missing.
#[track_caller]
fn stays_as_it_is(home: &Home) {
    let before = journal_files(&home.journal());
    for _ in 0..3 {
        let said = sync(home);
        assert!(!said.contains("received"), "{said}");
        assert_eq!(journal_files(&home.journal()), before);
    }
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_locked_sync_brings_back_nothing_that_was_deleted_edited_or_rotated_here() {
    let (home, remote) = (Home::ready(), remote());
    home.write("lake.jpg", "lake");
    let gone = home.keep("write 'to be deleted' --attach lake.jpg");
    let edited = home.keep("write begun --at yesterday");
    begin(&home, &remote);
    with_passphrase(home.run("key passphrase")).ok();
    with_passphrase(home.run(&format!("delete {gone} --yes"))).ok();
    with_passphrase(home.run(&format!("edit {edited} --tag new"))).ok();
    assert_eq!(files(&home.journal()).len(), 2, "the mark, and the edited one");
    stays_as_it_is(&home);

    with_passphrase(home.run("key rotate")).ok();
    home.keep("write after");
    stays_as_it_is(&home);
    let told = one_line(&with_passphrase(home.run("list")).ok().stderr);
    assert!(!told.contains("a key you have replaced"), "{told}");

    // The repository has both until the key says that they are replaced.
    assert!(pushed(remote.path()).lines().count() > 3);
    with_passphrase(home.run("key passphrase --remove")).ok();
    sync(&home);
    assert_eq!(pushed(remote.path()).lines().count(), files(&home.journal()).len());
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_locked_sync_still_brings_what_is_missing_and_what_an_old_copy_lacks() {
    let (home, remote) = (Home::ready(), remote());
    let edited = home.keep("write begun");
    let lost = home.keep("write other --at yesterday");
    begin(&home, &remote);
    let old = file_of(&home, &edited);
    let old_bytes = std::fs::read(&old).unwrap();
    home.run(&format!("edit {edited} --tag new")).ok();
    sync(&home);
    with_passphrase(home.run("key passphrase")).ok();
    // The folder is set back to how it was before the edit, and a file is lost.
    for file in files(&home.journal()) {
        std::fs::remove_file(file).unwrap();
    }
    std::fs::write(&old, old_bytes).unwrap();
    assert_eq!(sync(&home), "Synced: 2 files received.\n");
    let listed = with_passphrase(home.run("list --json")).ok().json();
    let tags: Vec<_> = listed["entries"].as_array().unwrap().iter().map(|it| &it["tags"]).collect();
    assert_eq!(listed["entries"].as_array().unwrap().len(), 2);
    assert!(tags.iter().any(|tags| **tags == serde_json::json!(["new"])), "{tags:?}");
    file_of(&home, &lost);
    // And what another device wrote comes as before.
    let other = second(&Home::ready(), &remote);
    other.keep("write 'from elsewhere'");
    sync(&other);
    assert_eq!(sync(&home), "Synced: 1 file received.\n");
}

/// A file syncer carries a file from one journal to another.
fn carry(file: &Path, from: &Home, to: &Home) {
    let place = file.strip_prefix(from.journal()).unwrap();
    let there = to.journal().join(place);
    std::fs::create_dir_all(there.parent().unwrap()).unwrap();
    std::fs::copy(file, there).unwrap();
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_was_edited_here_stays_away_when_another_device_commits_the_edit_on_its_own_branch() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write 'what both begin with' --at yesterday");
    begin(&home, &remote);
    let other = second(&home, &remote);
    with_passphrase(home.run("key passphrase")).ok();

    // Offline, the old revision gets a commit that only this device has.
    let away = remote.path().with_extension("away");
    std::fs::rename(remote.path(), &away).unwrap();
    let id = home.keep("write begun");
    home.run("sync").exits(5);
    std::fs::rename(&away, remote.path()).unwrap();

    with_passphrase(home.run(&format!("edit {id} --tag new"))).ok();
    carry(&file_of(&home, &id), &home, &other);
    sync(&other);
    stays_as_it_is(&home);
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_a_folder_syncer_brought_back_and_took_away_again_stays_away_once_it_was_known_replaced() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write 'what both begin with' --at yesterday");
    begin(&home, &remote);
    let other = second(&home, &remote);
    with_passphrase(home.run("key passphrase")).ok();

    let id = other.keep("write begun");
    let old = file_of(&other, &id);
    carry(&old, &other, &home);
    with_passphrase(home.run(&format!("edit {id} --tag new"))).ok();
    sync(&home);
    carry(&old, &other, &home);
    sync(&home);
    // The other one has the key.
    sync(&other);
    assert!(!old.exists());
    sync(&home);
    std::fs::remove_file(home.journal().join(old.strip_prefix(other.journal()).unwrap())).unwrap();
    stays_as_it_is(&home);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_locked_device_does_not_send_again_what_another_removed_when_it_joined_two_branches() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write 'what all begin with' --at yesterday");
    begin(&home, &remote);
    let [other, locked] = [(); 2].map(|()| second(&home, &remote));
    with_passphrase(locked.run("key passphrase")).ok();

    let away = remote.path().with_extension("away");
    std::fs::rename(remote.path(), &away).unwrap();
    let id = home.keep("write begun");
    home.run("sync").exits(5);
    std::fs::rename(&away, remote.path()).unwrap();

    let old = file_of(&home, &id);
    carry(&old, &home, &other);
    carry(&old, &home, &locked);
    other.run(&format!("edit {id} --tag new")).ok();
    sync(&other);
    sync(&home);
    assert!(!old.exists());
    assert_eq!(sync(&locked), "Synced: 1 file received.\n");
    assert_eq!(pushed(remote.path()).lines().count(), 2);
}

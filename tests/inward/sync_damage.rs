//! What a sync makes of what is broken: junk that others push, a lock that was
//! in the way, a memory that cannot be read, an address that is mistyped.

use std::path::{Path, PathBuf};

use crate::harness::{Home, file_of, files, one_line, snapshot};
use crate::sync::{begin, git, journal_files, remote, second, sync};
use crate::sync_repositories::{dotfiles, journal_in, pushed};

/// A person's own clone of the remote, who may put anything into it.
pub fn clone(home: &Home, remote: &Path) -> PathBuf {
    git(home.path(), home.path(), "config --global user.name Ada");
    git(home.path(), home.path(), "config --global user.email ada@example.org");
    git(home.path(), home.path(), &format!("clone --quiet {} clone", remote.display()));
    home.path().join("clone")
}

pub fn push(home: &Home, clone: &Path, message: &str) {
    git(home.path(), clone, "add --all .");
    git(home.path(), clone, &format!("commit --quiet -m '{message}'"));
    git(home.path(), clone, "push --quiet origin HEAD:main");
}

const JUNK: &str = "2026/11/2026-11-20-zzzzzzzzzz.zzzzzz.age";

#[test]
#[ignore = "needs git; run in CI"]
fn junk_that_others_push_is_told_comes_no_further_and_its_removal_stands() {
    let (first, remote) = (Home::ready(), remote());
    let id = first.keep("write one");
    begin(&first, &remote);
    let clone = clone(&first, remote.path());
    // No age file; and one that is cut short.
    first.write(&format!("clone/{JUNK}"), "words");
    let whole = std::fs::read(file_of(&first, &id)).unwrap();
    let cut = JUNK.replace("zzzzzz.age", "yyyyyy.age");
    first.write(&format!("clone/{cut}"), &whole[..whole.len() - 900]);
    push(&first, &clone, "junk");
    for _ in 0..2 {
        let said = first.run("sync").ok().stderr;
        for path in [JUNK, &cut] {
            let told = format!("Not fetched: {path} in the repository");
            assert!(one_line(&said).contains(&told), "{said}");
        }
    }
    let json = first.run("sync --json").ok().json();
    assert_eq!(json["synced"]["passed_over"][0]["file"], cut);
    assert_eq!(json["synced"]["left_out"], serde_json::json!([]));
    assert_eq!(files(&first.journal()).len(), 1, "nothing of it came");
    let second = second(&first, &remote);
    second.keep("write two");
    sync(&second);
    git(first.path(), &clone, "pull --quiet");
    git(first.path(), &clone, &format!("rm --quiet {JUNK} {cut}"));
    push(&first, &clone, "no junk");
    first.keep("write three");
    for home in [&first, &second, &first] {
        assert!(!sync(home).contains("Skipped"));
    }
    let there = pushed(remote.path());
    assert!(there.lines().count() == 3 && !there.contains("zzzzzzzzzz"), "{there}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_looks_like_an_entry_or_a_month_and_is_not_one_is_told_and_comes_no_further() {
    let (first, remote) = (Home::ready(), remote());
    let id = first.keep("write one");
    begin(&first, &remote);
    let clone = clone(&first, remote.path());
    let link = "2026/12/2026-12-02-aaaaaaaaab.bbbbbb.age";
    let folder = "2026/10/2026-10-02-aaaaaaaaac.bbbbbb.age";
    let month = "2026/09";
    std::fs::create_dir_all(clone.join("2026/12")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", clone.join(link)).unwrap();
    first.write(&format!("clone/{folder}/a"), "words");
    first.write(&format!("clone/{folder}/b"), "words");
    first.write(&format!("clone/{month}"), "words");
    let entry = file_of(&first, &id);
    let stray = format!("2026/08/{}", entry.file_name().unwrap().to_str().unwrap());
    first.write(&format!("clone/{stray}"), std::fs::read(&entry).unwrap());
    push(&first, &clone, "lookalikes");
    let second = second(&first, &remote);
    let right = format!("move it to 2026/11/{}", entry.file_name().unwrap().to_str().unwrap());
    for home in [&first, &first, &second] {
        let said = one_line(&home.run("sync").ok().stderr);
        for (path, why) in [
            (link, "but isn't an ordinary file"),
            (folder, "but isn't an ordinary file"),
            (month, "it isn't a folder"),
            (&stray, &right),
        ] {
            assert!(said.contains(&format!("Not fetched: {path} in the repository: ")), "{said}");
            assert!(said.contains(why), "{said}");
        }
        assert_eq!(said.matches("Not fetched").count(), 4, "{said}");
        let json = home.run("sync --json").ok().json();
        assert_eq!(json["synced"]["passed_over"].as_array().unwrap().len(), 4);
        assert_eq!(files(&home.journal()).len(), 1, "nothing of it came");
    }
    // An entry of that month goes where the file was, which is told once, as that.
    first.keep("write then --at 2026-09-10");
    let said = one_line(&first.run("sync").ok().stderr);
    assert!(said.contains("2026/09 in the repository was in the way of your entries"), "{said}");
    assert!(!said.contains("Not fetched: 2026/09 "), "{said}");
}

#[test]
#[ignore = "needs git; run in CI"]
fn whole_bytes_that_take_the_place_of_broken_ones_come() {
    let (first, remote) = (Home::ready(), remote());
    begin(&first, &remote);
    let id = first.keep("write one");
    sync(&first);
    let clone = clone(&first, remote.path());
    let place = pushed(remote.path());
    let whole = std::fs::read(clone.join(&place)).unwrap();
    first.write(&format!("clone/{place}"), "words");
    push(&first, &clone, "break");
    let second = second(&first, &remote);
    assert_eq!(files(&second.journal()).len(), 0);
    first.write(&format!("clone/{place}"), whole);
    push(&first, &clone, "fix");
    assert_eq!(sync(&second), "Synced: 1 file received.\n");
    assert_eq!(second.run(&format!("show {id}")).ok().stdout.matches("one").count(), 1);
}

#[test]
#[ignore = "needs git; run in CI"]
fn what_a_lock_kept_from_the_users_index_is_staged_the_next_time() {
    let (home, dots, _remote) = dotfiles();
    let id = journal_in(&home, "write one").ok().stdout.trim().to_owned();
    journal_in(&home, "sync init").ok();
    journal_in(&home, &format!("edit {id} --tag x")).ok();
    let lock = home.write("dots/.git/index.lock", "");
    let said = journal_in(&home, "sync").exits(5).stderr;
    assert!(said.contains("If no git is running there, remove that file"), "{said}");
    let found = one_line(&journal_in(&home, "doctor").ok().stdout);
    assert!(
        found.contains("index.lock git is running in that repository, or was stopped"),
        "{found}"
    );
    // It may be of a git of the user's own.
    assert!(lock.exists());
    std::fs::remove_file(lock).unwrap();
    journal_in(&home, "sync").ok();
    assert_eq!(git(home.path(), &dots, "status --porcelain"), "");
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_memory_that_cannot_be_read_is_said_to_be_broken_and_loses_nothing() {
    let (home, remote) = (Home::ready(), remote());
    home.keep("write one");
    begin(&home, &remote);
    home.keep("write two --at 21:10");
    let (before, there) = (snapshot(&home.journal()), pushed(remote.path()));
    let memory = home.inward("state/sync/known.json");
    std::fs::write(&memory, "{\"half").unwrap();
    let to = remote.path().to_str().unwrap().to_owned();
    for arguments in [vec!["sync"], vec!["sync", "init", &to]] {
        let said = home.run_args(arguments).exits(5).stderr;
        assert!(said.contains("known.json, which records where"), "{said}");
        assert_eq!(
            (snapshot(&home.journal()), pushed(remote.path())),
            (before.clone(), there.clone())
        );
    }
    assert_eq!(std::fs::read_to_string(&memory).unwrap(), "{\"half");
    let told = home.run("doctor").ok().stdout;
    assert!(one_line(&told).contains("known.json this can't be read. It records where"), "{told}");
    std::fs::remove_file(memory).unwrap();
    begin(&home, &remote);
    assert_eq!(home.listed(""), ["one", "two"]);
    assert_eq!(pushed(remote.path()).lines().count(), 2);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_mistyped_address_does_not_take_the_place_of_the_one_that_works() {
    let (home, remote) = (Home::ready(), remote());
    begin(&home, &remote);
    home.keep("write one");
    let said = home.run("sync init /nowhere/at/all.git").exits(5).stderr;
    let before = format!("This journal is synced with {} as before.", remote.path().display());
    assert!(said.starts_with("There's no repository at the remote's address ("), "{said}");
    assert!(one_line(&said).contains(&before), "{said}");
    assert_eq!(sync(&home), "Synced: 1 file sent.\n");
    let other = crate::sync::remote();
    begin(&home, &other);
    assert_eq!(pushed(other.path()).lines().count(), 1);
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_device_that_began_offline_takes_the_branch_that_the_remote_has() {
    let (first, remote) = (Home::ready(), remote());
    let ssh = |name: &str, does: &str| {
        let program = first.write(name, format!("#!/bin/sh\n{does}\n"));
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700))
            .unwrap();
        program
    };
    let offline = ssh("offline/ssh", "echo 'ssh: Could not resolve hostname host' >&2; exit 255");
    let online = ssh("online/ssh", "for last; do :; done; eval \"$last\"");
    first.keep("write offline");
    let address = format!("host:{}", remote.path().display());
    first.run_args(["sync", "init", &address]).env("GIT_SSH_COMMAND", offline).exits(5);
    git(remote.path(), remote.path(), "symbolic-ref HEAD refs/heads/journal");
    let second = second(&first, &remote);
    second.keep("write there");
    sync(&second);
    first.run("sync").env("GIT_SSH_COMMAND", online).ok();
    sync(&second);
    assert_eq!(second.listed("").len(), 2);
    let branches = git(remote.path(), remote.path(), "for-each-ref --format='%(refname)'");
    assert_eq!(branches, "refs/heads/journal");
    assert_eq!(journal_files(&first.journal()), journal_files(&second.journal()));
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_damaged_file_that_git_has_whole_is_read_again_and_nothing_is_moved() {
    let (home, remote) = (Home::ready(), remote());
    let id = home.keep("write one");
    begin(&home, &remote);
    let file = file_of(&home, &id);
    let mut bytes = std::fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&file, &bytes).unwrap();
    home.run("list").exits(4);
    let said = one_line(&home.run("doctor").exits(4).stdout);
    assert!(
        said.contains("git has a good copy. `inward doctor --fix` puts it beside this file"),
        "{said}"
    );
    let said = one_line(&home.run("doctor --fix").ok().stdout);
    assert!(
        said.contains("(whole copy).age a good copy from git is beside the damaged file"),
        "{said}"
    );
    assert_eq!(std::fs::read(&file).unwrap(), bytes, "the damaged one stays");
    assert_eq!(home.listed(""), ["one"]);
    let said = one_line(&home.run("doctor").ok().stdout);
    assert!(said.contains("inward reads the good copy beside it instead. Keep the copy"), "{said}");
    assert_eq!(sync(&home), "Synced. Nothing new on either side.\n");
    home.run(&format!("edit {id} --tag x")).ok();
    assert_eq!(files(&home.journal()).len(), 1, "an edit takes both along");
    home.run("sync").ok();
}

#[test]
#[ignore = "needs git; run in CI"]
fn a_repository_of_our_own_that_is_damaged_is_named_and_made_again() {
    let branch = |home: &Home| {
        let heads = files(&home.inward("state/sync"));
        heads.into_iter().find(|file| file.parent().unwrap().ends_with("refs/heads")).unwrap()
    };
    let head = |home: &Home| {
        let files = files(&home.inward("state/sync"));
        files.into_iter().find(|file| file.ends_with("HEAD")).unwrap()
    };
    for damaged in [head, branch] as [fn(&Home) -> std::path::PathBuf; 2] {
        let (home, remote) = (Home::ready(), remote());
        home.keep("write one");
        begin(&home, &remote);
        sync(&home);
        home.keep("write two --at 21:10");
        std::fs::write(damaged(&home), "").unwrap();
        let said = one_line(&home.run("sync").exits(5).stderr);
        assert!(said.contains("copy of the repository is damaged"), "{said}");
        assert!(said.contains("Run `inward sync init REMOTE` with the same address"), "{said}");
        begin(&home, &remote);
        assert_eq!(sync(&home), "Synced. Nothing new on either side.\n");
        assert_eq!(pushed(remote.path()).lines().count(), 2);
        let repositories = std::fs::read_dir(home.inward("state/sync")).unwrap().flatten();
        assert_eq!(repositories.filter(|item| item.path().is_dir()).count(), 1);
    }
}

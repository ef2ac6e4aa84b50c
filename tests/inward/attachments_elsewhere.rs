//! Attachments on their way out and in: exports, sealed archives, imports, other devices;
//! and on bad days.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value as Json;

use crate::attachments::{attached, is_sound, picture, resume, saved, stop_halfway};
use crate::harness::{BINARY, Fault, Home, files, name, program};
use crate::sync::{begin, remote, second, sync};

#[test]
#[ignore = "needs git; run in CI"]
fn three_devices_a_rotation_exports_and_a_restore_lose_no_byte() {
    let (first, remote) = (Home::ready(), remote());
    let (a, b) = (picture(&first, "a.jpg", 150_000), picture(&first, "b.mp4", 3));
    let id = first.keep("write words --attach a.jpg");
    begin(&first, &remote);
    sync(&first);
    let devices = [second(&first, &remote), second(&first, &remote)];
    let all = [&first, &devices[0], &devices[1]];
    all.iter().for_each(|home| drop(sync(home)));
    assert_eq!(saved(all[2], &id), [("a.jpg".into(), a.clone())]);
    // One attaches, and another takes off.
    devices[0].write("b.mp4", &b);
    devices[0].run(&format!("edit {id} --attach b.mp4")).ok();
    (0..2).for_each(|_| all.iter().rev().for_each(|home| drop(sync(home))));
    let both = vec![("a.jpg".to_owned(), a.clone()), ("b.mp4".to_owned(), b.clone())];
    all.iter().for_each(|home| assert_eq!(saved(home, &id), both));
    // A rotation on one; the others get the key.
    first.run("key rotate").ok();
    for home in &devices {
        for file in ["identity.txt", "recipients.txt"] {
            std::fs::copy(first.inward("config").join(file), home.inward("config").join(file))
                .unwrap();
        }
    }
    (0..2).for_each(|_| all.iter().for_each(|home| drop(sync(home))));
    for home in all {
        assert_eq!(saved(home, &id), both);
        assert_eq!(attached(&home.journal()).len(), 2, "what was sealed to the old key is gone");
        is_sound(home);
    }
    // Taken off on one, it goes everywhere.
    devices[1].run(&format!("edit {id} --detach b.mp4")).ok();
    (0..2).for_each(|_| all.iter().rev().for_each(|home| drop(sync(home))));
    for home in all {
        assert_eq!(saved(home, &id), [("a.jpg".into(), a.clone())]);
        assert_eq!(attached(&home.journal()).len(), 1);
    }
    // A restore from the remote alone.
    let restored = second(&first, &remote);
    sync(&restored);
    assert_eq!(saved(&restored, &id), [("a.jpg".into(), a.clone())]);
    // And from an export.
    first.run("export --json -o all.json").ok();
    let other = first.with_its_key();
    let path = first.path().join("all.json").display().to_string();
    other.run_args(["import", "--from", "inward", &path]).ok();
    assert_eq!(saved(&other, &id), [("a.jpg".into(), a)]);
}

#[test]
#[ignore = "needs git; run in CI"]
fn an_attachment_that_only_one_device_has_comes_back_to_the_others() {
    let (first, remote) = (Home::ready(), remote());
    let a = picture(&first, "a.jpg", 150_000);
    let id = first.keep("write words --attach a.jpg");
    begin(&first, &remote);
    sync(&first);
    let second = second(&first, &remote);
    sync(&second);
    let file = attached(&second.journal()).remove(0);
    std::fs::remove_file(&file).unwrap();
    sync(&second);
    assert_eq!(saved(&second, &id), [("a.jpg".into(), a.clone())]);
    // One that is cut short is not sent, and is named.
    picture(&second, "b.jpg", 9000);
    second.run(&format!("edit {id} --attach b.jpg")).ok();
    let before = attached(&first.journal());
    let new = attached(&second.journal()).into_iter();
    let cut = new.max_by_key(|path| path.metadata().unwrap().modified().unwrap()).unwrap();
    let bytes = std::fs::read(&cut).unwrap();
    std::fs::write(&cut, &bytes[..4000]).unwrap();
    let told = second.run("sync").exits(4).stderr;
    assert!(told.contains(&name(&cut)[..32]), "{told}");
    std::fs::write(&cut, bytes).unwrap();
    sync(&second);
    sync(&first);
    assert_eq!(attached(&first.journal()).len(), before.len() + 1);
    assert_eq!(saved(&first, &id).len(), 2);
}

#[test]
#[ignore = "needs git; run in CI"]
fn an_edit_made_beside_a_rotation_keeps_its_files() {
    let (first, remote) = (Home::ready(), remote());
    let a = picture(&first, "a.jpg", 5000);
    let id = first.keep("write words --attach a.jpg");
    begin(&first, &remote);
    sync(&first);
    let second = second(&first, &remote);
    sync(&second);
    second.run(&format!("edit {id} --tag apart")).ok();
    first.run("key reseal").ok();
    (0..3).for_each(|_| [&first, &second].iter().for_each(|home| drop(sync(home))));
    for home in [&first, &second] {
        assert_eq!(home.entry(&id)["tags"][0], "apart");
        assert_eq!(saved(home, &id), [("a.jpg".into(), a.clone())]);
        home.run("doctor").ok();
    }
}

#[test]
#[ignore = "needs strace; run in CI"]
fn a_full_disk_while_attaching_keeps_nothing_and_says_so() {
    let begun = Home::ready();
    picture(&begun, "a.jpg", 500_000);
    let id = begun.keep("write before");
    let mut stopped = 0;
    for arguments in ["write words --attach a.jpg".to_owned(), format!("edit {id} --attach a.jpg")]
    {
        for when in 1..10 {
            let home = begun.twin();
            let before = files(&home.journal());
            let went = home.faulted(&arguments, &[], "write", when, Fault::Fails("ENOSPC"));
            if went.code != Some(5) {
                assert_eq!(went.code, Some(0), "it was kept before: {went:?}");
                continue;
            }
            stopped += 1;
            assert!(went.stderr.contains("the disk is full"), "{went:?}");
            assert_eq!(files(&home.journal()), before, "{arguments}");
            home.run(&arguments).ok();
        }
    }
    assert!(stopped >= 12, "{stopped}");
}

/// Runs it in an address space and a resident set that no large file fits in.
#[track_caller]
fn in_little_memory(home: &Home, arguments: &str) -> String {
    const MOST: u64 = 64 << 10;
    let mut time = program(home, "env");
    time.args(["time", "-f", "%M", BINARY]).args(arguments.split(' ')).stdin(Stdio::null());
    let output = time.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stderr).unwrap();
    let peak: u64 = told.lines().last().unwrap().parse().unwrap();
    assert!(peak < MOST, "{peak} KiB: {arguments}");
    told
}

fn film(home: &Home, place: &str, length: u64) {
    std::fs::File::create(home.path().join(place)).unwrap().set_len(length).unwrap();
}

#[test]
#[ignore = "takes gigabytes of disk, and GNU time; run in CI"]
fn a_gigabyte_is_attached_in_64_mib() {
    let home = Home::ready();
    film(&home, "film.mp4", 1 << 30);
    let told = in_little_memory(&home, "write words --attach film.mp4");
    assert!(told.contains("film.mp4 is 1.0 GiB."), "{told}");
}

#[test]
#[ignore = "needs GNU time and git; run in CI"]
fn whatever_is_done_with_a_large_file_takes_64_mib() {
    let (home, remote) = (Home::ready(), remote());
    // Whole in memory, it would leave no room for the rest.
    film(&home, "film.mp4", 60 << 20);
    let key = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let key = key.lines().find(|line| line.starts_with("age1")).unwrap().to_owned();
    begin(&home, &remote);
    let second = second(&home, &remote);
    in_little_memory(&home, "write words --attach film.mp4");
    // What git itself takes is git's.
    for home in [&home, &second] {
        home.run("sync").within(Duration::from_secs(600)).ok();
    }
    in_little_memory(&second, "show --save out");
    in_little_memory(&home, "edit --at 2026-10-01");
    in_little_memory(&home, "key reseal");
    in_little_memory(&home, "doctor");
    in_little_memory(&home, "export -o out/");
    in_little_memory(&home, &format!("export --recipient {key} -o all.age"));
}

#[test]
fn a_draft_keeps_the_path_and_its_file_is_sealed_when_it_is_kept() {
    let home = Home::evening();
    let a = picture(&home, "a.jpg", 5000);
    stop_halfway(&home);
    assert!(attached(&home.journal()).is_empty());
    resume(&home);
    let id = home.run("list --json").ok().json()["entries"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
    let entry: Json = home.entry(&id);
    assert!(entry.get("files").is_none(), "{entry}");
}

//! Attachments on their way out and in: exports, sealed archives, imports, other devices;
//! and on bad days.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value as Json, json};

use crate::attachments::{attached, is_sound, picture, saved};
use crate::harness::{BINARY, Fault, Home, Key, files, name, program, succeeds};
use crate::sync::{begin, remote, second, sync};

/// What an export put into `attachments/`, by name without its id.
fn exported(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |path: &PathBuf| (name(path)[11..].to_owned(), std::fs::read(path).unwrap());
    files(&folder.join("attachments")).iter().map(read).collect()
}

#[test]
fn exports_carry_files_in_a_folder_beside_the_document_and_link_them() {
    let home = Home::ready();
    let lake = picture(&home, "lake at dusk.jpg", 5000);
    home.write("note.txt", "hi");
    home.keep("write words --attach 'lake at dusk.jpg' --attach note.txt");
    for (format, file, link) in [
        (
            "markdown",
            "out-md/all.md",
            "![lake at dusk.jpg](<attachments/ID-lake at dusk.jpg>), 4.9 KiB",
        ),
        (
            "html",
            "out-html/all.html",
            "<a href=\"attachments/ID-lake%20at%20dusk.jpg\">lake at dusk.jpg</a>, 4.9 KiB",
        ),
        ("json", "out-json/all.json", "\"file\": \"attachments/ID-lake at dusk.jpg\""),
    ] {
        let folder = home.path().join(file).parent().unwrap().to_owned();
        std::fs::create_dir(&folder).unwrap();
        home.run(&format!("export --format {format} -o {file}")).ok();
        let both =
            vec![("lake at dusk.jpg".into(), lake.clone()), ("note.txt".into(), b"hi".to_vec())];
        let mut written = exported(&folder);
        written.sort();
        assert_eq!(written, both, "{format}");
        let id = files(&folder.join("attachments"));
        let id = id
            .iter()
            .find(|path| name(path).contains("lake"))
            .map(|path| name(path)[..10].to_owned());
        let text = std::fs::read_to_string(home.path().join(file)).unwrap();
        assert!(text.contains(&link.replace("ID", &id.unwrap())), "{text}");
        // Again, nothing is written over.
        home.run(&format!("export --format {format} -o {file}")).exits(2);
        home.run(&format!("export --format {format} -o {file} --force")).ok();
    }
    // A folder of pages has one such folder; nothing has a link where nothing is written.
    home.run("export -o pages/").ok();
    assert_eq!(exported(&home.path().join("pages")).len(), 2);
    let text = home.run("export").ok().stdout;
    assert!(text.contains("<!-- attached -->\n\n- lake at dusk.jpg, 4.9 KiB\n"), "{text}");
    home.run("export --format csv -o table.csv").ok();
    assert!(!home.path().join("attachments").exists());
}

#[test]
fn under_other_names_no_file_goes_out() {
    let home = Home::ready();
    picture(&home, "Sam.jpg", 500);
    home.keep("write 'With Sam' --attach Sam.jpg");
    for format in ["markdown", "json", "html"] {
        std::fs::create_dir_all(home.path().join("out")).unwrap();
        home.run(&format!("export --format {format} --redact Sam=Kim -o out/all.{format} --force"))
            .ok();
        let text = std::fs::read_to_string(home.path().join(format!("out/all.{format}"))).unwrap();
        assert!(text.contains("With Kim") && !text.contains("Sam"), "{text}");
        std::fs::remove_dir_all(home.path().join("out")).unwrap();
    }
}

#[test]
fn an_export_says_what_is_damaged_and_brings_the_rest() {
    let home = Home::ready();
    let a = picture(&home, "a.jpg", 500);
    home.keep("write one --attach a.jpg");
    let before = attached(&home.journal());
    home.keep("write two --attach a.jpg");
    let gone = attached(&home.journal()).into_iter().find(|path| !before.contains(path)).unwrap();
    std::fs::remove_file(gone).unwrap();
    let told = home.run("export --json -o all.json").exits(4).stderr;
    assert!(told.contains("its file isn't here"), "{told}");
    assert_eq!(exported(home.path()), [("a.jpg".into(), a)]);
}

#[test]
fn what_a_json_or_markdown_export_carries_comes_back_to_the_byte() {
    for (format, source, file) in
        [("json", "inward", "all.json"), ("markdown", "markdown", "all.md")]
    {
        let home = Home::ready();
        let a = picture(&home, "a.jpg", 70_000);
        home.write("b.txt", "");
        let id = home.keep("write words --attach a.jpg --attach b.txt");
        std::fs::create_dir(home.path().join("out")).unwrap();
        home.run(&format!("export --format {format} -o out/{file}")).ok();
        for other in [home.with_its_key(), Home::ready()] {
            let folder = home.path().join("out");
            let path = folder.join(file).display().to_string();
            other.run("unlock").outcome();
            let told = other.run_args(["import", "--from", source, &path]).ok().stderr;
            assert!(told.contains("2 files are attached."), "{told}");
            let list = other.run("list --json").ok().json();
            let here = list["entries"][0]["id"].as_str().unwrap();
            assert_eq!(
                saved(&other, here),
                [("a.jpg".into(), a.clone()), ("b.txt".into(), vec![])]
            );
            other.run("doctor").ok();
            let told = other.run_args(["import", "--from", source, &path]).ok().stderr;
            assert!(told.contains("nothing new"), "{told}");
        }
        // Under this journal's own key, it is the same entry.
        if format == "json" {
            let other = home.with_its_key();
            let path = home.path().join("out").join(file).display().to_string();
            other.run_args(["import", "--from", source, &path]).ok();
            assert_eq!(other.entry(&id)["id"], id.as_str());
        }
    }
}

#[test]
fn what_was_exchanged_in_an_export_stays_behind() {
    let home = Home::ready();
    picture(&home, "a.jpg", 700);
    home.keep("write words --attach a.jpg");
    home.run("export --json -o all.json").ok();
    let file = files(&home.path().join("attachments")).remove(0);
    std::fs::write(&file, "another").unwrap();
    let other = home.with_its_key();
    let path = home.path().join("all.json").display().to_string();
    let told = other.run_args(["import", "--from", "inward", &path]).ok().stderr;
    assert!(told.contains("isn't the file that was exported"), "{told}");
    std::fs::remove_file(&file).unwrap();
    let other = home.with_its_key();
    let told = other.run_args(["import", "--from", "inward", &path]).ok().stderr;
    assert!(told.contains("the attachment a.jpg isn't beside it"), "{told}");
    assert_eq!(other.listed(""), ["words"]);
    other.run("doctor").ok();
}

#[test]
fn photographs_of_day_one_come_with_their_entries() {
    let export = json!({"entries": [{"uuid": "A1", "creationDate": "2026-11-20T20:14:03Z",
        "timeZone": "UTC", "text": "By the weir\n![](dayone-moment://X1)",
        "photos": [{"identifier": "X1", "md5": "abc", "type": "jpeg"},
                   {"identifier": "X2", "md5": "gone", "type": "jpeg"}]}]})
    .to_string();
    let home = Home::ready();
    let lake = picture(&home, "day/photos/abc.jpeg", 90_000);
    home.write("day/Journal.json", &export);
    let archive = crate::importing::archive(&[
        ("Journal.json", export.as_bytes()),
        ("photos/abc.jpeg", &lake),
    ]);
    home.write("export.zip", archive);
    for path in ["day", "day/Journal.json", "export.zip"] {
        let other = home.with_its_key();
        let path = home.path().join(path).display().to_string();
        let told = other.run_args(["import", "--from", "dayone", &path]).ok().stderr;
        assert!(told.contains("photos/gone.jpeg isn't beside it"), "{told}");
        assert!(told.contains("One file is attached."), "{told}");
        let id =
            other.run("list --json").ok().json()["entries"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(saved(&other, &id), [("abc.jpeg".into(), lake.clone())]);
        other.run_args(["import", "--from", "dayone", &path]).ok();
        assert_eq!(attached(&other.journal()).len(), 1, "once");
    }
}

#[test]
fn files_that_notes_link_to_come_with_their_entries() {
    let home = Home::ready();
    let lake = picture(&home, "vault/pictures/lake.jpg", 3000);
    home.write("secret.txt", "not for import");
    home.write(
        "vault/notes/2026-11-20.md",
        "By the weir ![[lake.jpg|300]] and [up](../../secret.txt) [[other.md]]\n",
    );
    home.write("vault/notes/other.md", "# Undated");
    home.write("jrnl/journal.txt", "[2026-11-21 10:00] By the lake\n![](heron%201.png)\n");
    home.write("jrnl/heron 1.png", "png");
    home.run("import --from markdown vault").ok();
    home.run("import --from jrnl jrnl/journal.txt").ok();
    let list = home.run("list --json").ok().json();
    let ids: Vec<&str> =
        list["entries"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap()).collect();
    assert_eq!(saved(&home, ids[0]), [("heron 1.png".into(), b"png".to_vec())]);
    assert_eq!(saved(&home, ids[1]), [("lake.jpg".into(), lake)]);
}

#[test]
fn with_one_file_comes_what_lies_beside_it_and_nothing_of_the_folders_around_it() {
    let home = Home::ready();
    home.write("Documents/taxes.pdf", "not for import");
    home.write("attachments/lake.jpg", "lake");
    home.write("heron.png", "heron");
    home.write(
        "2026-11-20.md",
        "![](Documents/taxes.pdf) ![](attachments/lake.jpg) ![](heron.png)",
    );
    let told = home.run("import --from markdown 2026-11-20.md").ok().stderr;
    assert!(told.contains("Documents/taxes.pdf"), "{told}");
    let list = home.run("list --json").ok().json();
    let kept = saved(&home, list["entries"][0]["id"].as_str().unwrap());
    assert_eq!(
        kept,
        [("heron.png".into(), b"heron".to_vec()), ("lake.jpg".into(), b"lake".to_vec())]
    );
}

#[test]
#[ignore = "needs age and tar; run in CI"]
fn age_and_tar_open_a_sealed_export_and_age_and_head_an_attachment() {
    let home = Home::ready();
    let lake = picture(&home, "lake.jpg", 200_001);
    home.keep("write words --attach lake.jpg");
    let key = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let key = key.lines().find(|line| line.starts_with("age1")).unwrap().to_owned();
    let identity = home.inward("config/identity.txt");
    for (place, archive) in [("week.md.age", "week.md.age"), ("out/", "out/inward.tar.age")] {
        let told = home.run(&format!("export --recipient {key} -o {place}")).ok().stderr;
        assert!(told.contains("it's a tar archive"), "{told}");
        std::fs::create_dir_all(home.path().join("opened")).unwrap();
        let script = r#"age -d -i "$1" "$2" | tar x -C opened"#;
        let mut shell = program(&home, "sh");
        succeeds(shell.args(["-c", script, "sh"]).arg(&identity).arg(home.path().join(archive)));
        assert_eq!(exported(&home.path().join("opened")), [("lake.jpg".into(), lake.clone())]);
        let page =
            files(&home.path().join("opened")).into_iter().find(|it| name(it).ends_with(".md"));
        let page = std::fs::read_to_string(page.unwrap()).unwrap();
        assert!(page.contains("](<attachments/"), "{page}");
        std::fs::remove_dir_all(home.path().join("opened")).unwrap();
    }
    let script = format!(r#"inward -q export --recipient {key} | age -d -i "$1" | tar t"#);
    let listed = succeeds(program(&home, "sh").args(["-c", &script, "sh"]).arg(&identity));
    assert!(listed.starts_with("journal.md\nattachments/"), "{listed}");
    let script = r#"age -d -i "$1" "$2" | head -c 200001 | cmp - lake.jpg"#;
    let mut shell = program(&home, "sh");
    succeeds(shell.args(["-c", script, "sh"]).arg(&identity).arg(&attached(&home.journal())[0]));
    // Without files it is what it was: one document.
    home.run("edit --detach lake.jpg").ok();
    home.run(&format!("export --recipient {key} -o plain.md.age")).ok();
    let mut age = program(&home, "age");
    let text = succeeds(age.args(["-d", "-i"]).arg(&identity).arg("plain.md.age"));
    assert!(text.starts_with("# "), "{text}");
}

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
    let anew = first.with_its_key();
    let path = first.path().join("all.json").display().to_string();
    anew.run_args(["import", "--from", "inward", &path]).ok();
    assert_eq!(saved(&anew, &id), [("a.jpg".into(), a)]);
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
            assert!(went.stderr.contains("no space left on device"), "{went:?}");
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
    let terminal = home.terminal("evening --attach a.jpg");
    terminal.asked("How did this morning's intention go?").choose(0);
    terminal.asked("One moment of connection").answer("said before");
    terminal.asked("How close").press(Key::Ctrl('c')).ends(130);
    assert!(attached(&home.journal()).is_empty());
    let resumed = home.terminal("resume");
    resumed.asked("Continue it").press(Key::Enter);
    resumed.press_until_the_end(Key::Enter).ends(0);
    let id = home.run("list --json").ok().json()["entries"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(saved(&home, &id), [("a.jpg".into(), a)]);
    let entry: Json = home.entry(&id);
    assert!(entry.get("files").is_none(), "{entry}");
}

//! Attachments on their way out and in: exports, sealed archives and imports.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::attachments::{attached, picture, saved};
use crate::harness::{Home, files, name, one_line, program, succeeds};

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
        let said = home.run(&format!("export --format {format} -o {file}")).ok().stderr;
        let attached =
            format!("{file} and {}/attachments/ (2 files); keep", file.split_once('/').unwrap().0);
        assert!(one_line(&said).contains(&attached), "{said}");
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
    assert!(told.contains("isn't here"), "{told}");
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
    let archive = crate::importing_dayone::archive(&[
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

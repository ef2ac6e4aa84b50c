//! Attachments that are missing, swapped, cut short or of no entry: named, and hiding
//! nothing.

use crate::attachments::{attached, picture, saved};
use crate::harness::{Home, file_of, files, name};

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
            "isn't the file its entry",
        ),
        ("foreign", Box::new(|| std::fs::write(&file, "not age").unwrap()), "isn't an age file"),
        ("removed", Box::new(|| std::fs::remove_file(&file).unwrap()), "isn't here"),
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
    assert!(
        report.contains("Found: ") && report.contains("no entry here has this attachment"),
        "{report}"
    );
    // While its entry does not open, nobody can tell.
    let entry = file_of(&home, &id);
    std::fs::remove_file(&stray).unwrap();
    std::fs::write(&entry, "age-encryption.org/v1\n").unwrap();
    let report = home.run("doctor").exits(4).stdout;
    assert!(!report.contains("no entry here has this attachment"), "{report}");
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
fn a_file_that_was_sealed_again_replaces_the_one_that_an_edit_elsewhere_names() {
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

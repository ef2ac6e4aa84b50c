//! Damage to one file is named, and hides no other entry.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::harness::{Home, crafted, file_of, files, name, one_line, snapshot};

/// A journal of two whole entries and one that `harm` gets its hands on; then
/// the list must show the two, name what was left out and why, and exit 4.
#[track_caller]
fn harmed(harm: impl FnOnce(&Home, &Path) -> PathBuf, why: &str) {
    let home = Home::ready();
    home.keep("write one");
    let id = home.keep("write harmed");
    home.keep("write two");
    let named = harm(&home, &file_of(&home, &id));
    let before = snapshot(&home.journal());
    let list = home.run("list").exits(4);
    assert!(list.stdout.contains("one") && list.stdout.contains("two"), "{}", list.stdout);
    assert!(!list.stdout.contains("harmed"), "{}", list.stdout);
    let told = squeezed(&format!("Left out: {}: {why}.", named.display()));
    assert!(squeezed(&list.stderr).starts_with(&told), "{}", list.stderr);
    assert_eq!(list.stderr.matches("Left out:").count(), 1, "{}", list.stderr);
    for arguments in ["show --last 9", "search -p write o", "export", "list --json"] {
        let outcome = home.run(arguments).exits(4);
        assert_eq!(outcome.stderr, list.stderr, "{arguments}");
        assert!(outcome.stdout.contains("one") && outcome.stdout.contains("two"), "{arguments}");
    }
    assert!(snapshot(&home.journal()) == before, "reading changed the journal");
    home.keep("write 'writing goes on'");
}

/// Without any space: how a message is broken into lines is another matter.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_path_of_a_damaged_file_stands_in_the_message_unbroken_to_be_copied() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = change(&file_of(&home, &id), Vec::clear);
    let list = home.run("list").exits(4);
    assert!(list.stderr.contains(file.to_str().unwrap()), "{}", list.stderr);
}

#[test]
fn of_very_many_damaged_files_some_are_named_and_the_rest_counted() {
    let home = Home::ready();
    home.keep("write one");
    let id = home.keep("write two");
    let month = file_of(&home, &id).parent().unwrap().to_owned();
    for n in 0..200 {
        std::fs::write(month.join(format!("2026-11-23-aaaaaaa{n:03}.aaaaaa.age")), "x").unwrap();
    }
    let list = home.run("list").exits(4);
    assert_eq!(list.stderr.matches("Left out:").count(), 20, "{}", list.stderr);
    let told = one_line(&list.stderr);
    assert!(told.contains("And 180 more files like these. `inward doctor --json` lists them all."));
    let doctor = home.run("doctor --json").outcome().json();
    let findings = doctor["found"].as_array().unwrap().iter();
    assert_eq!(findings.filter(|finding| finding["damaged"] == true).count(), 200, "{doctor}");
}

fn change(file: &Path, change: impl FnOnce(&mut Vec<u8>)) -> PathBuf {
    let mut bytes = std::fs::read(file).unwrap();
    change(&mut bytes);
    std::fs::write(file, bytes).unwrap();
    file.to_owned()
}

const CHANGED: &str = "it was changed or cut short after it was encrypted";
const NO_AGE: &str = "it isn't an age file, or its beginning is missing";
const NO_FOLDER: &str = "this should be a folder of entries, but it isn't a folder";
const NO_FILE: &str = "it has the name of an entry, but isn't an ordinary file";
const SWAPPED: &str = "its contents don't match its name";

#[test]
fn a_flipped_bit_is_seen_wherever_it_is() {
    for place in [0.5, 0.99] {
        let flip = |_: &Home, file: &Path| {
            change(file, |bytes| {
                let at = (bytes.len() as f64 * place) as usize;
                bytes[at] ^= 1;
            })
        };
        harmed(flip, CHANGED);
    }
}

#[test]
fn a_file_cut_short_is_seen() {
    harmed(|_, file| change(file, |bytes| bytes.truncate(bytes.len() - 1)), CHANGED);
    harmed(|_, file| change(file, |bytes| bytes.truncate(300)), CHANGED);
}

#[test]
fn a_file_with_something_behind_it_is_seen() {
    harmed(|_, file| change(file, |bytes| bytes.push(0)), CHANGED);
}

#[test]
fn an_empty_file_and_a_file_that_is_no_age_file_are_seen() {
    harmed(|_, file| change(file, Vec::clear), NO_AGE);
    harmed(|_, file| change(file, |bytes| *bytes = b"plain words".to_vec()), NO_AGE);
    // As an editor or a syncer that means well would.
    harmed(|_, file| change(file, |bytes| drop(bytes.splice(..1, *b"\xef\xbb\xbfa"))), NO_AGE);
}

#[test]
fn an_entry_under_another_ones_name_is_seen() {
    harmed(
        |home, file| {
            let mut others = files(&home.journal());
            others.retain(|other| other != file);
            std::fs::copy(&others[0], file).unwrap();
            file.to_owned()
        },
        SWAPPED,
    );
}

#[test]
fn an_entry_moved_to_another_day_is_seen() {
    harmed(
        |_, file| {
            let moved = file.with_file_name(name(file).replace("11-23", "11-22"));
            std::fs::rename(file, &moved).unwrap();
            moved
        },
        SWAPPED,
    );
}

#[test]
fn an_entry_sealed_to_another_key_is_seen() {
    harmed(
        |_, file| {
            let other = Home::ready();
            let id = other.keep("write foreign");
            std::fs::copy(file_of(&other, &id), file).unwrap();
            file.to_owned()
        },
        "it's encrypted to another key",
    );
}

#[test]
fn a_folder_or_a_link_with_an_entrys_name_is_seen() {
    harmed(
        |_, file| {
            std::fs::remove_file(file).unwrap();
            std::fs::create_dir(file).unwrap();
            file.to_owned()
        },
        NO_FILE,
    );
    harmed(
        |home, file| {
            let elsewhere = home.path().join("elsewhere.age");
            std::fs::rename(file, &elsewhere).unwrap();
            symlink(&elsewhere, file).unwrap();
            file.to_owned()
        },
        NO_FILE,
    );
    harmed(
        |_, file| {
            std::fs::remove_file(file).unwrap();
            symlink("/nowhere", file).unwrap();
            file.to_owned()
        },
        NO_FILE,
    );
}

#[test]
fn a_named_pipe_with_an_entrys_name_is_seen_and_not_waited_for() {
    harmed(
        |_, file| {
            std::fs::remove_file(file).unwrap();
            rustix::fs::mknodat(
                rustix::fs::CWD,
                file,
                rustix::fs::FileType::Fifo,
                rustix::fs::Mode::RUSR,
                0,
            )
            .unwrap();
            file.to_owned()
        },
        NO_FILE,
    );
}

#[test]
fn a_link_to_a_folder_of_a_year_is_named_and_not_followed() {
    let home = Home::ready();
    home.keep("write words");
    let other = Home::ready();
    other.keep("write 'from elsewhere' --at 2024-05-05");
    let link = home.journal().join("2024");
    symlink(other.journal().join("2024"), &link).unwrap();
    let list = home.run("list").exits(4);
    assert_eq!(
        squeezed(&list.stderr),
        squeezed(&format!("Left out: {}: {NO_FOLDER}.", link.display()))
    );
}

#[test]
fn an_entry_in_the_folder_of_another_month_or_of_none_is_named_whoever_asks() {
    let home = Home::ready();
    let id = home.keep("write words");
    home.keep("write others");
    let file = file_of(&home, &id);
    for folder in ["2020/01", "2026/13"] {
        let elsewhere = home.journal().join(folder).join(name(&file));
        std::fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
        std::fs::rename(&file, &elsewhere).unwrap();
        for arguments in ["list", "search others", "export", "doctor", "key rotate"] {
            let said = home.run(arguments).exits(4);
            let said = squeezed(&(said.stdout + &said.stderr));
            assert!(said.contains(&squeezed(folder)), "{folder}, {arguments}: {said}");
        }
        // Nor is a journal with nothing else an empty one.
        let config = home.inward("config");
        let aside = home.path().join("aside");
        std::fs::rename(&config, &aside).unwrap();
        let others = files(&home.journal().join("2026/11"));
        let kept: Vec<_> = others.iter().map(|file| (file, std::fs::read(file).unwrap())).collect();
        others.iter().for_each(|file| std::fs::remove_file(file).unwrap());
        home.run("init --no-passphrase").exits(3);
        kept.iter().for_each(|(file, bytes)| std::fs::write(file, bytes).unwrap());
        let _ = std::fs::remove_dir_all(&config);
        std::fs::rename(&aside, &config).unwrap();
        std::fs::rename(&elsewhere, &file).unwrap();
        std::fs::remove_dir(elsewhere.parent().unwrap()).unwrap();
    }
    let elsewhere = home.journal().join("2020/01").join(name(&file));
    std::fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
    std::fs::rename(&file, &elsewhere).unwrap();
    let said = home.run(&format!("show {id}")).exits(4).stderr.clone();
    assert!(said.contains("2020/01"), "{said}");
}

#[test]
fn a_file_that_is_listed_and_never_there_hides_no_other() {
    // What a file system tells that lost touch with its server.
    let home = Home::ready();
    let ids: Vec<String> = (0..3).map(|n| home.keep(&format!("write 'words {n}'"))).collect();
    let file = file_of(&home, &ids[1]);
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("nowhere", &file).unwrap();
    let said = home.run("list").exits(4);
    assert!(said.stdout.contains("words 0") && said.stdout.contains("words 2"), "{said:?}");
}

#[test]
fn an_entry_of_a_newer_format_is_refused_alone() {
    let home = Home::ready();
    home.keep("write words");
    let mut newer = crafted("from the future");
    newer.format = 2;
    let file = home.put(&newer);
    let list = home.run("list").exits(4);
    let why = "it has format 2, which needs a newer version of inward";
    assert_eq!(squeezed(&list.stderr), squeezed(&format!("Left out: {}: {why}.", file.display())));
    assert!(list.stdout.ends_with("write  words\n"), "{}", list.stdout);
    for arguments in ["show", "delete --yes", "edit --tag x"] {
        let outcome = home.run(&format!("{arguments} {}", newer.id)).exits(4);
        assert!(outcome.stderr.contains(why), "{arguments}: {}", outcome.stderr);
    }
    assert!(file.exists(), "what cannot be read is not deleted");
}

#[test]
fn a_journal_of_damage_alone_says_so_and_is_not_an_empty_one() {
    let home = Home::ready();
    let id = home.keep("write words");
    change(&file_of(&home, &id), Vec::clear);
    for arguments in ["list", "show", &format!("show {id}"), "export"] {
        let outcome = home.run(arguments).exits(4);
        assert!(outcome.stderr.contains(NO_AGE), "{arguments}: {}", outcome.stderr);
    }
}

#[test]
fn names_that_try_to_trick_the_terminal_are_shown_harmless() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = file_of(&home, &id);
    let hostile = format!("{}\u{1b}[2J.age", name(&file));
    std::fs::write(file.with_file_name(hostile.replace(&id, "zzzzzzzzzz")), "x").unwrap();
    let list = home.run("list").exits(4);
    assert!(!list.stderr.contains('\u{1b}'), "{:?}", list.stderr);
}

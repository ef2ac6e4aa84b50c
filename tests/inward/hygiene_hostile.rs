//! Whatever someone puts into the journal's folder: no command follows it
//! outside, waits for it or is brought down by it, and each names it.

use std::ffi::OsStr;
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::harness::{Home, file_of, files, name, snapshot, walk};

const SOON: Duration = Duration::from_secs(10);

/// Puts something in the place of an entry's file.
type Harm = fn(&Home, &Path);

fn fifo(at: &Path) {
    mknodat(CWD, at, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}

/// By what it is called in a failure.
const HARMS: &[(&str, Harm)] = &[
    ("a link to an entry elsewhere", |home, file| {
        symlink(home.path().join("outside/words.age"), file).unwrap();
    }),
    ("a link to a file that everyone has", |_, file| symlink("/etc/passwd", file).unwrap()),
    ("a link to nowhere", |_, file| symlink("/nowhere/at/all", file).unwrap()),
    ("a link to itself", |_, file| symlink(file, file).unwrap()),
    ("a link to a device", |_, file| symlink("/dev/zero", file).unwrap()),
    ("a link to a folder", |home, file| symlink(home.path().join("outside"), file).unwrap()),
    ("a folder", |_, file| std::fs::create_dir(file).unwrap()),
    ("a folder with an entry in it", |home, file| {
        std::fs::create_dir(file).unwrap();
        let inside = file.join(name(file));
        std::fs::copy(home.path().join("outside/words.age"), inside).unwrap();
    }),
    ("a named pipe", |_, file| fifo(file)),
    ("a socket", |_, file| {
        mknodat(CWD, file, FileType::Socket, Mode::RUSR | Mode::WUSR, 0).unwrap();
    }),
    ("a gibibyte of nothing", |_, file| File::create(file).unwrap().set_len(1 << 30).unwrap()),
    ("an age file of a gibibyte", |home, file| {
        std::fs::copy(home.path().join("outside/words.age"), file).unwrap();
        File::options().write(true).open(file).unwrap().set_len(1 << 30).unwrap();
    }),
];

/// A journal with a whole entry and a harmed one, and a folder outside.
fn harmed(harm: Harm) -> (Home, String, String, PathBuf) {
    let home = Home::ready();
    let whole = home.keep("write whole");
    let id = home.keep("write harmed");
    let file = file_of(&home, &id);
    let outside = home.path().join("outside");
    std::fs::create_dir(&outside).unwrap();
    std::fs::rename(&file, outside.join("words.age")).unwrap();
    harm(&home, &file);
    (home, whole, id, file)
}

#[test]
fn what_lies_in_an_entrys_place_is_named_and_never_followed_waited_for_or_changed() {
    for (what, harm) in HARMS {
        let (home, whole, id, file) = harmed(*harm);
        let outside = snapshot(&home.path().join("outside"));
        let lying = |home: &Home| walk(&home.journal());
        let before = (lying(&home), snapshot(&home.inward("config")));
        for arguments in [
            "list",
            "list --json",
            "search -p write h",
            "export",
            "show --last 9",
            &format!("show {id}"),
            &format!("edit {id} --tag more"),
            &format!("delete {id} --yes"),
            "key rotate",
            "key reseal",
        ] {
            let outcome = home.run(arguments).within(SOON).exits(4);
            assert!(outcome.stderr.contains(name(&file)), "{what}, {arguments}: {outcome:?}");
            assert!(!outcome.stdout.contains("harmed"), "{what}, {arguments}: {outcome:?}");
            assert_eq!(
                (lying(&home), snapshot(&home.inward("config"))),
                before,
                "{what}, {arguments}"
            );
        }
        // What is whole can be changed beside it.
        home.run(&format!("edit {whole} --tag more")).within(SOON).ok();
        home.run(&format!("delete {whole} --yes")).within(SOON).ok();
        home.run("write more").within(SOON).ok();
        assert!(file.symlink_metadata().is_ok(), "{what} is gone");
        assert!(snapshot(&home.path().join("outside")) == outside, "{what}");
    }
}

#[test]
fn a_name_that_no_text_can_hold_hides_no_entry() {
    let home = Home::ready();
    let id = home.keep("write words");
    let file = file_of(&home, &id);
    // As a syncer writes it that knows another alphabet.
    let mut odd = name(&file).replace(".age", " (Zo").into_bytes();
    odd.extend(b"\xeb's copy).age");
    let odd = file.with_file_name(OsStr::from_bytes(&odd));
    std::fs::rename(&file, &odd).unwrap();
    assert_eq!(home.listed(""), ["words"]);
    home.run("key rotate").ok();
    assert!(!odd.exists() && files(&home.journal()).len() == 1, "it is sealed again as well");
    assert_eq!(home.listed(""), ["words"]);
}

#[test]
fn names_that_are_none_of_ours_are_left_alone_by_every_command() {
    let home = Home::ready();
    let id = home.keep("write words");
    let month = file_of(&home, &id).parent().unwrap().to_owned();
    let longest = format!("2026-11-23-{}.x7f2qd.age", "z".repeat(233));
    for odd in [&longest, "-rf", "..age", "2026-11-23-zzzzzzzzzz.x7f2qd\n.ag", "\u{1b}[2J", "*"] {
        std::fs::write(month.join(odd), "theirs").unwrap();
    }
    fifo(&month.join("pipe"));
    fifo(&home.journal().join("notes"));
    symlink("/", home.journal().join("root")).unwrap();
    symlink(&month, month.join("loop")).unwrap();
    let theirs = |home: &Home| {
        let mut all = walk(&home.journal());
        all.retain(|path| !name(path).contains(&id));
        all
    };
    let before = theirs(&home);
    for arguments in [
        "list",
        "show",
        "export",
        "search w",
        &format!("edit {id} --tag more"),
        "key rotate",
        "key reseal",
        &format!("delete {id} --yes"),
    ] {
        home.run(arguments).within(SOON).ok();
        assert_eq!(theirs(&home), before, "{arguments}");
    }
}

#[test]
fn a_link_in_the_place_of_a_year_or_a_month_leads_no_command_outside() {
    for place in ["2026", "2026/11"] {
        let home = Home::ready();
        let id = home.keep("write words");
        let (there, outside) = (home.journal().join(place), home.path().join("outside"));
        std::fs::rename(&there, &outside).unwrap();
        symlink(&outside, &there).unwrap();
        let before = snapshot(&outside);
        for arguments in ["list", "export", "key rotate", "key reseal"] {
            let outcome = home.run(arguments).within(SOON).exits(4);
            let shown = there.display().to_string();
            assert!(outcome.stderr.contains(&shown), "{arguments}: {}", outcome.stderr);
        }
        for arguments in [format!("edit {id} --tag x"), format!("delete {id} --yes")] {
            assert_ne!(home.run(&arguments).within(SOON).outcome().code, 0, "{arguments}");
        }
        home.run("write more").exits(5);
        assert!(snapshot(&outside) == before && there.is_symlink(), "{place}");
    }
}

#[test]
fn what_lies_in_a_drafts_place_is_named_and_never_followed_or_waited_for() {
    for (what, harm) in HARMS {
        let (home, ..) = harmed(|_, _| {});
        let drafts = home.inward("state/drafts");
        std::fs::create_dir_all(&drafts).unwrap();
        let draft = drafts.join("2026-11-23-zzzzzzzzzz.zzzzzz.age");
        harm(&home, &draft);
        let outside = snapshot(&home.path().join("outside"));
        let terminal = home.terminal("resume");
        terminal.ends(4);
        assert!(terminal.raw().contains(name(&draft)), "{what}: {}", terminal.raw());
        assert!(snapshot(&home.path().join("outside")) == outside, "{what}");
    }
}

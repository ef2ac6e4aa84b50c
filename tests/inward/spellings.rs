//! A journal is the same however its path is spelled, and wherever its home is moved:
//! through a link, with a slash at the end, from here or from the root.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::harness::{Home, Key, Run, files, name};
use crate::kills_cache::{SEARCH, put, ready_for_packs};

const OPENS: &str = "INWARD_PASSPHRASE_COMMAND";
const PASSPHRASE: &str = "echo correct horse battery";
const CONNECTION: &str = "One moment of connection today, however small, or none.";
const CLOSENESS: &str = "How close did you feel to your partner?";

/// By then, what was written just now is old enough for a pack.
const LATER: &str = "2100-01-01T12:00:00+00:00";

/// What the environment says of where things are.
type Spelling = Vec<(&'static str, PathBuf)>;

/// Several ways to say the same, and at the end a home that was moved.
fn in_every_spelling(home: &Home, mut work: impl FnMut(&Spelling)) {
    let _ = symlink(home.journal(), home.path().join("link"));
    let _ = symlink(home.inward(""), home.path().join("home"));
    for spelling in ["link", "link/", "./inward/../inward/journal/", "home/journal"] {
        work(&vec![("INWARD_JOURNAL", spelling.into())]);
    }
    for spelling in ["inward/", "home", "link/.."] {
        work(&vec![("INWARD_HOME", spelling.into())]);
    }
    let moved = home.path().join("moved");
    std::fs::rename(home.path().join("inward"), &moved).unwrap();
    work(&vec![("INWARD_HOME", moved.clone())]);
    std::fs::rename(&moved, home.path().join("inward")).unwrap();
    work(&vec![]);
}

fn spelled(home: &Home, arguments: &str, spelling: &Spelling) -> Run {
    let run = home.run(arguments);
    spelling.iter().fold(run, |run, (name, path)| run.env(name, path))
}

fn continues(home: &Home, spelling: &[(&str, PathBuf)]) {
    let env: Vec<(&str, &Path)> = spelling.iter().map(|(name, path)| (*name, &**path)).collect();
    let terminal = home.terminal_of(24, 80, "resume", &env);
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked(CLOSENESS).press(Key::Ctrl('c'));
    terminal.ends(130);
}

/// A draft of the practice `evening`.
fn with_draft(home: &Home, env: &[(&str, &Path)]) {
    let terminal = home.terminal_of(24, 80, "evening", env);
    terminal.asked("How did this morning's intention go?").choose(0);
    terminal.asked(CONNECTION).answer("The heron on the weir");
    terminal.asked(CLOSENESS).press(Key::Ctrl('c'));
    terminal.ends(130);
}

#[test]
fn a_draft_is_continued_however_its_journal_is_spelled_and_wherever_it_is_moved() {
    let home = Home::evening();
    home.keep("write words");
    with_draft(&home, &[]);
    in_every_spelling(&home, |spelling| continues(&home, spelling));
    // Of another journal it is none.
    let other = home.path().join("other");
    std::fs::create_dir(&other).unwrap();
    let terminal = home.terminal_of(24, 80, "resume", &[("INWARD_JOURNAL", &other)]);
    terminal.ends(1);
}

#[test]
fn a_change_of_keys_is_finished_however_its_journal_is_spelled_and_wherever_it_is_moved() {
    let home = Home::ready();
    home.keep("write words");
    in_every_spelling(&home, |spelling| {
        let inward = match spelling.as_slice() {
            [("INWARD_HOME", inward)] => home.path().join(inward),
            _ => home.inward(""),
        };
        half_done(&inward, &inward.join("journal"), "journal");
        let done = spelled(&home, "key reseal", spelling).ok().stderr;
        assert!(done.contains("Encrypted 1 entry again"), "{spelling:?}: {done}");
        assert!(!inward.join("config/resealing.json").exists());
    });
}

/// As a change of keys leaves it that was stopped at its very beginning.
fn half_done(inward: &Path, journal: &Path, place: &str) {
    let list = std::fs::read_to_string(inward.join("config/recipients.txt")).unwrap();
    let names: Vec<String> = files(journal).iter().map(|file| name(file).to_owned()).collect();
    let note = serde_json::json!({ "of": "reseal", "journal": place, "before": list,
                                   "recipients": list, "files": names });
    std::fs::write(inward.join("config/resealing.json"), note.to_string()).unwrap();
}

#[test]
fn there_is_one_cache_of_a_journal_however_it_is_spelled_and_wherever_it_is_moved() {
    let home = ready_for_packs();
    put(&home, 0..120);
    home.run(SEARCH).ok();
    let packs = files(&home.inward("cache"));
    assert!(packs.len() > 2, "{packs:?}");
    in_every_spelling(&home, |spelling| {
        spelled(&home, SEARCH, spelling).ok();
        let there = match spelling.as_slice() {
            [("INWARD_HOME", inward)] => home.path().join(inward).join("cache"),
            _ => home.inward("cache"),
        };
        let now: Vec<String> = files(&there).iter().map(|file| name(file).to_owned()).collect();
        let before: Vec<&str> = packs.iter().map(|file| name(file)).collect();
        assert_eq!(now, before, "{spelling:?}");
    });
}

#[test]
fn nothing_of_a_journal_that_was_moved_is_left_in_the_cache_after_a_deletion_or_new_keys() {
    for (what, linked) in [("delete", false), ("delete", true), ("key", false), ("key", true)] {
        let home = ready_for_packs();
        put(&home, 0..120);
        let id = home.keep("write words --at 2026-09-01");
        home.run(SEARCH).ok();
        let before = files(&home.inward("cache"));
        assert!(before.len() > 2, "{before:?}");
        let there = home.path().join("elsewhere");
        std::fs::rename(home.journal(), &there).unwrap();
        if linked {
            symlink(&there, home.journal()).unwrap();
        }
        let arguments = match what {
            "delete" => format!("delete {id} --yes"),
            _ => "key rotate".to_owned(),
        };
        home.run(&arguments).env("INWARD_JOURNAL", &there).ok();
        let left = files(&home.inward("cache"));
        assert!(!left.iter().any(|file| before.contains(file)), "{what} {linked}: {left:?}");
    }
}

#[test]
fn what_unlock_began_lock_ends_however_the_home_is_spelled_and_wherever_it_is_moved() {
    let home = Home::locked(PASSPHRASE);
    home.keep("write words");
    let identity = home.path().join("key.age");
    std::fs::copy(home.inward("config/identity.age"), &identity).unwrap();
    symlink(&identity, home.path().join("linked.age")).unwrap();
    for named in [None, Some("key.age"), Some("linked.age"), Some("./inward/../key.age")] {
        let named_so: Spelling =
            named.iter().map(|name| ("INWARD_IDENTITY", PathBuf::from(name))).collect();
        let first: Spelling = named.iter().map(|_| ("INWARD_IDENTITY", identity.clone())).collect();
        let mut refused = false;
        in_every_spelling(&home, |spelling| {
            // Which spelling of the identity is used changes nothing that these need not try.
            if refused || (named.is_some() && !spelling.is_empty()) {
                return;
            }
            let unlocked = spelled(&home, "unlock 1m", &first).env(OPENS, PASSPHRASE);
            // A home that was moved is not there under its old name.
            let unlocked = match spelling.as_slice() {
                [(name @ "INWARD_HOME", inward)] => unlocked.env(name, inward),
                _ => unlocked,
            }
            .outcome();
            refused = unlocked.code == 5;
            if refused {
                assert!(unlocked.stderr.starts_with("This system can't hold a key"));
                return;
            }
            let all = [spelling.clone(), named_so.clone()].concat();
            spelled(&home, "list", &all).ok();
            assert_eq!(spelled(&home, "lock", &all).ok().stderr, "Locked.\n", "{all:?}");
            spelled(&home, "list", &all).exits(3);
        });
    }
}

#[test]
fn what_is_unlocked_stays_so_and_is_locked_where_its_home_was_moved() {
    let home = Home::locked(PASSPHRASE);
    home.keep("write words");
    if home.run("unlock 1m").env(OPENS, PASSPHRASE).outcome().code == 5 {
        return;
    }
    let moved = home.path().join("moved");
    std::fs::rename(home.path().join("inward"), &moved).unwrap();
    home.run("list").env("INWARD_HOME", &moved).ok();
    home.run("lock").env("INWARD_HOME", &moved).ok().says("Locked.\n");
    home.run("list").env("INWARD_HOME", &moved).exits(3);
}

#[test]
fn in_the_places_of_the_platform_everything_is_there_where_the_users_home_was_moved() {
    let home = Home::new();
    let (one, two) = (home.path().join("one"), home.path().join("two"));
    let run =
        |arguments: &str, user: &Path| home.run(arguments).env("INWARD_HOME", "").env("HOME", user);
    std::fs::create_dir(&one).unwrap();
    run("init --no-passphrase", &one).ok();
    (0..40).for_each(|_| drop(run("write words --at 2026-09-01", &one).ok()));
    home.write("one/.config/inward/prompts/evening.toml", include_str!("harness/evening.toml"));
    with_draft(&home, &[("INWARD_HOME", Path::new("")), ("HOME", &one)]);
    run("search words", &one).env("INWARD_NOW", LATER).ok();
    let packs = |user: &Path| -> Vec<String> {
        let packs = files(&user.join(".cache/inward")).into_iter();
        packs.map(|file| file.strip_prefix(user).unwrap().display().to_string()).collect()
    };
    let before = packs(&one);
    assert_eq!(before.len(), 2, "{before:?}");
    std::fs::rename(&one, &two).unwrap();
    run("search words", &two).env("INWARD_NOW", LATER).ok();
    assert_eq!(packs(&two), before);
    continues(&home, &[("INWARD_HOME", "".into()), ("HOME", two.clone())]);
    let config = two.join(".config/inward");
    std::fs::create_dir(two.join("config")).unwrap();
    std::fs::copy(config.join("recipients.txt"), two.join("config/recipients.txt")).unwrap();
    let journal = ".local/share/inward/journal";
    half_done(&two, &two.join(journal), journal);
    std::fs::rename(two.join("config/resealing.json"), config.join("resealing.json")).unwrap();
    run("key reseal", &two).ok();
    assert!(!config.join("resealing.json").exists());
}

//! The key that opens the journal: whether it fits what is sealed, for how long it is
//! unlocked, and what is said of one that a plugin holds.

use std::path::{Path, PathBuf};

use crate::harness::{Fault, Home, Key, Run, files, name, one_line, snapshot};
use crate::keys_other_kinds::{POCKET, POCKET_IDENTITY, with_pocket};
use crate::keys_recipients::key_of;

const OPENS: &str = "INWARD_PASSPHRASE_COMMAND";
const PASSPHRASE: &str = "echo correct horse";

/// A home whose key has a passphrase.
fn locked() -> Home {
    let home = Home::locked(PASSPHRASE);
    home.keep("write words");
    home
}

fn only_recipient(home: &Home, key: &str) {
    home.write("inward/config/recipients.txt", format!("# someone\n{key}\n"));
}

#[test]
fn nothing_is_sealed_to_strangers_alone_beside_a_key_of_ones_own() {
    let (home, stranger) = (Home::ready(), key_of(&Home::ready()));
    let own = key_of(&home);
    home.keep("write before");
    only_recipient(&home, &stranger);
    home.write("old.txt", "[2026-10-01 07:00] Day\nwords\n");
    let before = snapshot(&home.journal());
    for line in ["write after", "import --from jrnl old.txt", "list", "key reseal"] {
        let refused = one_line(&home.run(line).exits(3).stderr);
        assert!(refused.contains("doesn't match this journal's recipients."), "{line}: {refused}");
        assert!(refused.contains(&own), "what is to be put back: {refused}");
    }
    assert!(snapshot(&home.journal()) == before);
    let doctor = one_line(&home.run("doctor").exits(3).stdout);
    assert!(doctor.contains("inward can't encrypt what you write"), "{doctor}");
    home.write("inward/config/recipients.txt", format!("{stranger}\n{own}\n"));
    home.keep("write after");
    assert_eq!(home.listed("").len(), 2);
}

#[test]
fn under_a_passphrase_that_is_said_as_soon_as_the_key_is_open() {
    let home = locked();
    let own = key_of(&home);
    only_recipient(&home, &key_of(&Home::ready()));
    // Locked, nobody can know.
    home.keep("write 'cannot be told'");
    let read = one_line(&home.run("list").env(OPENS, PASSPHRASE).exits(3).stderr);
    assert!(read.contains("doesn't match this journal's recipients."), "{read}");
    assert!(read.contains("put its key back") && read.contains(&own), "{read}");
}

#[test]
fn writing_alone_needs_no_key_of_ones_own() {
    let (home, reader) = (Home::new(), Home::ready());
    only_recipient(&home, &key_of(&reader));
    home.keep("write words");
}

#[test]
fn a_plugin_that_seals_to_another_key_is_found_before_anything_is_kept() {
    let home = Home::new();
    let path = with_pocket(&home);
    let identity = home.write("pocket.txt", format!("{POCKET_IDENTITY}\n"));
    let init = || {
        let init = home.run(&format!("init --recipient {POCKET}"));
        init.env("PATH", &path).env("INWARD_IDENTITY", &identity)
    };
    init().env("POCKET_WRONG", "1").exits(3);
    assert!(!home.inward("config/recipients.txt").exists());
    let said = one_line(&init().ok().stderr);
    assert!(said.contains("It may ask for a touch or a PIN"), "{said}");
}

#[test]
fn a_plugins_key_is_tried_where_its_other_half_is_at_hand_and_else_that_is_said() {
    let home = Home::ready();
    let path = with_pocket(&home);
    let add = |home: &Home| home.run(&format!("key add {POCKET}")).env("PATH", &path);
    let untried = one_line(&add(&home).ok().stderr);
    assert!(untried.contains("couldn't be tried here"), "{untried}");
    assert!(untried.contains("It may ask for a touch or a PIN"), "{untried}");
    // Both halves are here.
    let both = Home::ready();
    let native = std::fs::read_to_string(both.inward("config/identity.txt")).unwrap();
    both.write("inward/config/identity.txt", format!("{native}{POCKET_IDENTITY}\n"));
    let broken = one_line(&add(&both).env("POCKET_WRONG", "1").ok().stderr);
    assert!(broken.contains("the key here couldn't open it"), "{broken}");
    both.run(&format!("key remove {POCKET}")).env("PATH", &path).ok();
    let tried = one_line(&add(&both).ok().stderr);
    assert!(!tried.contains("tried here") && !tried.contains("didn't open"), "{tried}");
}

/// A home whose key is in a pocket, with some entries.
fn in_pocket() -> (Home, String, PathBuf) {
    let home = Home::new();
    let path = with_pocket(&home);
    let identity = home.write("pocket.txt", format!("{POCKET_IDENTITY}\n"));
    home.write("inward/config/recipients.txt", format!("{POCKET}\n"));
    for n in 0..11 {
        home.run(&format!("write 'words {n}'")).env("PATH", &path).ok();
    }
    (home, path, identity)
}

#[test]
fn a_plugin_is_asked_once_for_each_entry_that_a_command_opens() {
    let (home, path, identity) = in_pocket();
    let asked = |arguments: &str| {
        let log = home.path().join("asked");
        let run = home.run(arguments).env("PATH", &path).env("INWARD_IDENTITY", &identity);
        run.env("POCKET_LOG", &log).ok();
        let asked = std::fs::read_to_string(&log).unwrap();
        std::fs::remove_file(&log).unwrap();
        asked.lines().filter(|line| line.contains("identity-v1")).count()
    };
    for (arguments, entries) in [("list", 11), ("search words", 11), ("list --last 1", 11)] {
        assert!(asked(arguments) <= entries, "{arguments}");
    }
    assert_eq!(asked("search words"), 11);
    // What is looked at several times is opened once all the same.
    let id = name(&files(&home.journal())[0])[11..21].to_owned();
    assert_eq!(asked(&format!("show {id} {id} {id}")), 1);
    assert_eq!(asked("doctor"), 11);
    // Each old file and each new one; and twice, that the list is no stranger's.
    assert_eq!(asked("key reseal"), 11 + 11 + 2);
}

#[test]
fn unlocking_and_locking_say_the_truth_of_a_key_that_a_plugin_holds() {
    let (home, path, identity) = in_pocket();
    let run = |arguments: &str| -> Run {
        home.run(arguments).env("PATH", &path).env("INWARD_IDENTITY", &identity)
    };
    for arguments in ["unlock", "lock"] {
        let said = one_line(&run(arguments).ok().stderr);
        assert!(said.starts_with("A plugin holds the key. It may ask"), "{arguments}: {said}");
        assert!(!said.contains("Unlocked until"), "{said}");
    }
}

/// The kernel's keys of a home, with the time that each has left.
#[cfg(target_os = "linux")]
fn kernel_keys(home: &Home) -> Vec<(String, String)> {
    let keys = std::fs::read_to_string("/proc/keys").unwrap_or_default();
    let ours = home.inward("config").display().to_string();
    let ours = keys.lines().filter(|line| line.contains(&format!("inward:{ours}:")));
    let fields = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    ours.map(fields).map(|words| (words[1].clone(), words[3].clone())).collect()
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace; run in CI"]
fn unlocking_that_is_killed_at_any_call_to_the_kernels_keyring_leaves_no_key_without_an_end() {
    let home = locked();
    if home.run("unlock").env(OPENS, PASSPHRASE).outcome().code == 5 {
        println!("this system holds no keys");
        return;
    }
    assert_eq!(home.run("lock").ok().stderr, "Locked.\n");
    let (mut kills, mut unlocked) = (0, 0);
    for call in ["add_key", "keyctl"] {
        for when in 1.. {
            let faulted = home.faulted("unlock", &[(OPENS, PASSPHRASE)], call, when, Fault::Killed);
            if !faulted.met {
                break;
            }
            kills += 1;
            let opens = home.run("list").outcome().code == 0;
            unlocked += usize::from(opens);
            let left = kernel_keys(&home);
            let endless = left.iter().any(|(_, time)| time == "perm");
            assert!(!(opens && endless), "{call} {when}: {left:?}");
            home.run("lock").ok();
            home.run("list").exits(3);
        }
    }
    println!("{kills} kills, {unlocked} times unlocked after one");
    assert!(kills >= 5);
}

#[test]
fn lock_locks_even_where_the_journal_is_not_there_and_says_so() {
    let home = locked();
    if home.run("unlock").env(OPENS, PASSPHRASE).outcome().code == 5 {
        println!("this system holds no keys");
        return;
    }
    home.run("list").ok();
    let locked = home.run("--journal typo lock --json").exits(5);
    assert!(locked.stderr.starts_with("Locked.\nThere's no journal at typo."), "{locked:?}");
    assert_eq!(locked.json()["locked"]["was_unlocked"], true);
    home.run("list").exits(3);
    // There's nothing to say of it a second time.
    let told = home.run("--journal typo lock --json").exits(5);
    assert!(told.stderr.starts_with("There's no journal at typo."), "{told:?}");
    told.prints("");
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs strace; run in CI"]
fn locking_that_fails_says_so() {
    let home = locked();
    if home.run("unlock").env(OPENS, PASSPHRASE).outcome().code == 5 {
        println!("this system holds no keys");
        return;
    }
    // The keyring and the key in it are found; taking it out is refused.
    let failed = home.faulted("lock", &[], "keyctl", "3+", Fault::Fails("EACCES"));
    assert_eq!(failed.code, Some(5), "{failed:?}");
    assert!(failed.stderr.starts_with("The journal is still unlocked:"), "{}", failed.stderr);
    home.run("list").ok();
    assert_eq!(home.run("lock").ok().stderr, "Locked.\n");
    assert_eq!(home.run("lock").ok().stderr, "The journal was already locked.\n");
    assert!(!files(&home.journal()).is_empty());
}

#[test]
fn another_journals_key_is_never_called_locked_and_is_named_before_anything_is_kept_with_it() {
    let home = Home::ready();
    home.keep("reflect 'He waited.'");
    home.keep("intent words");
    let stranger = Home::ready();
    let key = stranger.inward("config/identity.txt");
    let run = |line: &str| home.run(line).env("INWARD_IDENTITY", &key);
    for line in ["list", "show", "search words", "look", "look --json", "patterns", "unlock"] {
        let told = run(line).exits(3).stderr;
        assert!(told.contains("doesn't match this journal's recipients."), "{line}: {told}");
        assert!(told.contains("Set INWARD_IDENTITY to the right key"), "{line}: {told}");
    }
    let page = run("").ok().stdout;
    assert!(page.contains("keys  doctor     the key here doesn't fit this journal"), "{page}");
    assert!(run("key show").ok().stdout.contains("not this journal's"));
    let kept = one_line(&run("write more").ok().stderr);
    let named = "The key here doesn't fit this journal, so it can't read what you keep.";
    assert!(kept.starts_with(named), "{kept}");
    let words = ["earlier entries can't be shown.", "this list can't show what you've kept."];
    for (practice, so) in [("look", words[0]), ("reflect", words[0]), ("guide", words[1])] {
        let env = [("INWARD_IDENTITY", key.as_path()), ("TERM", Path::new("dumb"))];
        let terminal = home.terminal_of(60, 80, practice, &env);
        terminal.asked(&format!("The key here doesn't fit this journal, so {so}"));
        terminal.press(Key::Ctrl('c')).ends(130);
        let shown = terminal.shown();
        assert!(!shown.contains("locked"), "{practice}: {shown}");
    }
    // Nor is a key's file that is damaged.
    home.write("inward/config/identity.txt", "words");
    let page = home.run("").ok().stdout;
    assert!(page.contains("keys  doctor     the key here can't be read"), "{page}");
    assert!(!page.contains("  next  "), "reading back would fail: {page}");
    home.run("look").exits(3);
    let kept = home.run("write more").ok().stderr;
    assert!(kept.starts_with("The key here can't be read, so nothing you keep"), "{kept}");
}

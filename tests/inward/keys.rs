//! The key: made once, never replaced, and not needed for writing.

use std::path::PathBuf;

use crate::harness::{Home, files, name, snapshot};

/// A passphrase from a command, as a script has it.
const WORDS: &str = "echo 'correct horse'";

/// A journal with that passphrase.
fn locked() -> Home {
    Home::locked(WORDS)
}

fn named(home: &Home) -> Vec<String> {
    files(&home.path().join("inward")).iter().map(|f| name(f).to_owned()).collect()
}

/// Where recipients stand.
pub fn recipients(home: &Home) -> PathBuf {
    home.inward("config/recipients.txt")
}

/// What is said of a key that was just made.
fn where_the_key_is(home: &Home, name: &str) -> String {
    let file = home.inward(&format!("config/{name}"));
    format!(
        "Your key is this file:\n  {}\nNothing opens the journal without it; \
         `inward key backup FILE` makes a copy to\n\
         keep elsewhere.\n",
        file.display()
    )
}

#[test]
fn unlock_without_a_terminal_says_what_is_missing_and_not_that_it_is_locked() {
    let home = locked();
    home.run("unlock").exits(3).says(
        "There's no terminal to ask for the passphrase.\n\
         Set passphrase-command in config.toml or INWARD_PASSPHRASE_COMMAND, or run this on a terminal.\n",
    );
}

#[test]
fn init_says_where_the_key_is_and_how_to_copy_it() {
    let home = Home::new();
    let made = home.run("init").env("INWARD_PASSPHRASE_COMMAND", "echo correct horse").ok();
    assert!(made.stderr.contains(&where_the_key_is(&home, "identity.age")), "{}", made.stderr);
}

#[test]
fn init_without_a_passphrase_makes_an_identity_file_that_age_can_use() {
    let home = Home::new();
    home.run("init --no-passphrase").ok().prints("").says(&format!(
        "The journal is ready. Its key has no passphrase: anyone who can read your files\n\
             can read it.\n{}`inward intent` writes your first entry.\n",
        where_the_key_is(&home, "identity.txt")
    ));
    assert_eq!(named(&home), ["identity.txt", "recipients.txt"]);
    let identity = std::fs::read_to_string(home.inward("config/identity.txt")).unwrap();
    let lines: Vec<&str> = identity.lines().collect();
    assert!(lines[0].starts_with("# public key: age1"), "{}", lines[0]);
    assert!(lines[1].starts_with("AGE-SECRET-KEY-1") && lines.len() == 2);
    let list = std::fs::read_to_string(recipients(&home)).unwrap();
    let key = lines[0].trim_start_matches("# public key: ");
    assert_eq!(
        list,
        format!("# Entries are encrypted to these keys, one a line.\n# this device\n{key}\n")
    );
}

#[test]
fn init_a_second_time_is_refused_and_the_key_stays_as_it_is() {
    for home in [Home::ready(), locked()] {
        let before = snapshot(home.path());
        for arguments in ["init", "init --no-passphrase"] {
            let again = home.run(arguments).env("INWARD_PASSPHRASE_COMMAND", "echo other").exits(2);
            let said = "inward left it as it is. A journal has one key; for a second journal, set INWARD_HOME to another folder. If its passphrase is forgotten, `inward help privacy` says how to start over.\n";
            assert!(again.stderr.starts_with("There's a key already: "), "{}", again.stderr);
            assert!(again.stderr.ends_with(said), "{}", again.stderr);
        }
        assert!(snapshot(home.path()) == before);
    }
}

#[test]
fn init_without_a_terminal_stops_and_names_the_ways_that_need_none() {
    let home = Home::new();
    home.run("init").exits(2).prints("").says(
        "inward can't let you choose a passphrase: there's no terminal.\n\
         Run `inward init --no-passphrase`, or set INWARD_NEW_PASSPHRASE_COMMAND to a command that prints one.\n",
    );
    assert!(files(home.path()).is_empty());
}

#[test]
fn a_passphrase_from_a_command_makes_and_opens_the_journal() {
    let home = Home::locked_by_init(WORDS);
    assert_eq!(named(&home), ["identity.age", "recipients.txt"]);
    let identity = std::fs::read(home.inward("config/identity.age")).unwrap();
    let header = String::from_utf8_lossy(&identity);
    assert!(header.starts_with("age-encryption.org/v1\n-> scrypt "), "{header}");
    assert!(header.lines().nth(1).unwrap().ends_with(" 18"), "the work factor: {header}");
    home.keep("write words");
    let list = home.run("list").env("INWARD_PASSPHRASE_COMMAND", WORDS).ok();
    assert!(list.stdout.contains("words"));
    home.config(&format!("passphrase-command = \"{WORDS}\"\n"));
    home.run("list").ok().prints(&list.stdout);
}

#[test]
fn a_wrong_passphrase_locks_and_changes_nothing() {
    let home = locked();
    let id = home.keep("write words");
    let before = snapshot(home.path());
    let identity = home.inward("config/identity.age");
    for arguments in ["list", &format!("delete {id} --yes"), &format!("edit {id} --tag x")] {
        let wrong =
            home.run(arguments).env("INWARD_PASSPHRASE_COMMAND", "echo 'wrong horse'").exits(3);
        wrong.prints("").says(&format!(
            "That passphrase doesn't open the journal.\n\
             Try again; nothing was changed. You need the passphrase of {}. \
             If it's forgotten, `inward help privacy` says what you can still do.\n",
            identity.display()
        ));
    }
    assert!(snapshot(home.path()) == before);
}

#[test]
fn a_passphrase_command_that_gives_none_is_named() {
    let home = locked();
    home.keep("write words");
    for (command, why) in [
        ("exit 3", "exit status: 3"),
        ("true", "it printed nothing"),
        ("printf '\\n'", "it printed nothing"),
        ("printf '\\377\\n'", "not UTF-8"),
    ] {
        home.run("list").env("INWARD_PASSPHRASE_COMMAND", command).exits(3).prints("").says(
            &format!(
                "The passphrase command `{command}` gave no passphrase ({why}).\n\
             Run it by hand to see why; it must print the passphrase on its first line.\n"
            ),
        );
    }
    let empty = Home::new();
    empty.run("init").env("INWARD_PASSPHRASE_COMMAND", "echo").exits(3);
    assert!(files(empty.path()).is_empty());
}

#[test]
fn reading_without_terminal_or_command_says_what_would_open_it() {
    let home = locked();
    let id = home.keep("write words");
    let show = format!("show {id}");
    for arguments in ["list", "show", &show, "search w", "export"] {
        home.run(arguments).exits(3).prints("").says(
            "The journal is locked, and there's no terminal to ask for its passphrase.\n\
             Set passphrase-command in config.toml or INWARD_PASSPHRASE_COMMAND, or run this on a terminal.\n",
        );
    }
}

#[test]
fn writing_never_asks_for_the_passphrase() {
    let home = locked();
    let touched = home.path().join("touched");
    let command = format!("touch {}; echo 'correct horse'", touched.display());
    let kept = |arguments: &str| home.run(arguments).env("INWARD_PASSPHRASE_COMMAND", &command);
    kept("write words").ok();
    kept("reflect --closeness 3").ok();
    kept("due gratitude").ok();
    kept("").ok();
    assert!(!touched.exists());
    kept("list").ok();
    assert!(touched.exists());
}

#[test]
fn a_passphrase_stands_in_no_argument_and_no_plain_variable() {
    let home = locked();
    home.keep("write words");
    home.run("list").env("INWARD_PASSPHRASE", "correct horse").exits(3);
    for verb in ["", "init", "list"] {
        let help = home.run(&format!("{verb} --help")).ok().stdout;
        assert!(!help.contains("--passphrase "), "{help}");
    }
}

#[test]
fn another_identity_that_fits_opens_it_and_one_that_does_not_is_refused() {
    let home = Home::ready();
    home.keep("write words");
    let own = home.inward("config/identity.txt");
    let moved = home.path().join("usb.txt");
    std::fs::rename(&own, &moved).unwrap();
    assert!(home.run("list").env("INWARD_IDENTITY", &moved).ok().stdout.contains("words"));
    let foreign = Home::ready();
    let foreign = foreign.inward("config/identity.txt");
    home.run("list").env("INWARD_IDENTITY", &foreign).exits(3).prints("").says(&format!(
        "{} doesn't match this journal's recipients.\n\
         Set INWARD_IDENTITY to the right key, or check recipients.txt in the configuration folder.\n",
        foreign.display()
    ));
}

#[test]
fn a_missing_identity_lets_write_and_not_read_and_no_new_one_is_made() {
    let home = Home::ready();
    let identity = home.inward("config/identity.txt");
    std::fs::remove_file(&identity).unwrap();
    home.keep("write words");
    home.run("list").exits(3).prints("").says(&format!(
        "The key that opens this journal is missing: {} (or identity.txt, if it has no passphrase).\n\
         Restore it from your backup, or set INWARD_IDENTITY to its path. inward made no new key.\n",
        home.inward("config/identity.age").display()
    ));
    home.run("init --no-passphrase").exits(3);
    assert!(!identity.exists());
}

#[test]
fn no_key_is_made_over_entries_whose_key_is_missing() {
    let home = Home::ready();
    home.keep("write words");
    std::fs::remove_dir_all(home.inward("config")).unwrap();
    let refused = home.run("init --no-passphrase").exits(3);
    assert!(refused.stderr.contains("the key that opens them is missing"), "{}", refused.stderr);
    let terminal = home.terminal("write");
    terminal.ends(3);
    assert!(
        !home.inward("config/identity.txt").exists()
            && !home.inward("config/identity.age").exists()
    );
    // A second device has the first one's entries, and a key of its own.
    let other = Home::ready();
    let key = std::fs::read_to_string(other.inward("config/recipients.txt")).unwrap();
    let key = key.lines().find(|line| line.starts_with("age1")).unwrap();
    home.run(&format!("init --no-passphrase --recipient {key}")).ok();
}

#[test]
fn an_identity_that_was_named_is_sealed_to_and_no_other_is_made() {
    let (home, other) = (Home::new(), Home::ready());
    let identity = other.inward("config/identity.txt");
    home.run("init").env("INWARD_IDENTITY", &identity).ok();
    assert_eq!(files(&home.inward("config")).len(), 1, "recipients alone");
    home.keep("write words");
    home.run("list").env("INWARD_IDENTITY", &identity).ok();
}

#[test]
fn an_identity_file_that_is_none_is_named() {
    for (text, why) in [
        ("", "it holds no key"),
        ("# only a comment\n", "it holds no key"),
        ("# public key: x\nAGE-SECRET-KEY-1NOTREALLY\n", "line 2 isn't a key"),
    ] {
        let home = Home::ready();
        home.keep("write words");
        let file = home.write("inward/config/identity.txt", text);
        home.run("list").exits(3).says(&format!(
            "{} isn't an age key file ({why}).\n\
             Restore it from your backup, or set INWARD_IDENTITY to another key file.\n",
            file.display()
        ));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
}

#[test]
fn an_init_that_was_interrupted_is_finished_by_the_next() {
    let home = Home::ready();
    let list = std::fs::read_to_string(recipients(&home)).unwrap();
    std::fs::remove_file(recipients(&home)).unwrap();
    home.run("init --no-passphrase").ok();
    assert_eq!(std::fs::read_to_string(recipients(&home)).unwrap(), list);
    home.keep("write words");
    assert_eq!(home.listed(""), ["words"]);
}

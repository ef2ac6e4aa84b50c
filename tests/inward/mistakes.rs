//! What is said of a mistake in a command line is true of it, and helps with just that.

use crate::harness::Home;

/// What these lines are refused with, in a journal of one entry.
#[track_caller]
fn refused(lines: &[(&str, &str)]) {
    let home = Home::ready();
    home.keep("reflect words --closeness 3");
    for (line, says) in lines {
        let outcome = home.run(line).exits(2);
        assert_eq!(outcome.stderr, format!("{says}\n"), "inward {line}");
    }
}

#[test]
fn nobody_is_asked_whether_they_meant_the_very_thing_they_typed() {
    let settings = "The settings are partner, chapter, identity, passphrase-command, day-ends, morning-ends, evening-begins, remember-when-kept, accessible, keys, editor, cadence.NAME, routines.NAME.";
    let no_value = |flag: &str| format!("`{flag}` takes no value.\nWrite {flag} alone.");
    let section = |named: &str, example: &str| {
        format!("There's no setting “{named}”.\nDid you mean `{example}`? {settings}")
    };
    refused(&[
        ("write hello --json=yes", &no_value("--json")),
        ("list --quiet=1", &no_value("--quiet")),
        ("config get cadence", &section("cadence", "cadence.gratitude")),
        ("config set cadence gratitude sunday", &section("cadence", "cadence.gratitude")),
        ("config get routines", &section("routines", "routines.morning")),
        ("config get 'routines.\"my own\"'", &section("routines.\"my own\"", "routines.my own")),
        ("config get partner.name", &section("partner.name", "partner")),
    ]);
}

#[test]
fn a_name_in_capitals_or_of_another_program_gets_ours() {
    refused(&[
        (
            "LIST",
            "There's no command or practice “LIST”.\nDid you mean `list`? `inward --help` lists them all.",
        ),
        ("LS", "inward has no command “LS”.\nUse `inward list`."),
        ("today", "inward has no command “today”.\nRun `inward` alone: it shows today."),
        ("status", "inward has no command “status”.\nRun `inward` alone: it shows today."),
        (
            "sync push",
            "`inward sync` doesn't take “push”.\nDid you mean `inward sync`? Its only action is init. `inward sync --help` says more.",
        ),
        (
            "import --from obsidian notes",
            "“obsidian” isn't a valid value for `--from`.\nDid you mean `markdown`? Give one of jrnl, dayone, markdown, inward.",
        ),
        ("card --for three", "“three” isn't a valid value for `--for`.\nGive `two`."),
    ]);
}

#[test]
fn a_flag_that_needs_another_is_the_one_that_is_named() {
    let of = |verb: &str, flag: &str, needs: &str| {
        format!("`{flag}` needs {needs}.\n`inward {verb} --help` says more.")
    };
    let page = "`--html` or `--for-paper`";
    refused(&[
        ("patterns --recipient x", &of("patterns", "--recipient", page)),
        ("patterns --redact Sam=P", &of("patterns", "--redact", page)),
        ("patterns --redact-partner=P", &of("patterns", "--redact-partner", page)),
        ("patterns closeness --force", &of("patterns", "--force", page)),
        ("export --force", &of("export", "--force", "`--output`")),
        ("routine --json", &of("routine", "--json", "`--list`")),
        (
            "import notes",
            "What wrote it? Say so with --from.\nGive one of jrnl, dayone, markdown, inward.",
        ),
    ]);
}

#[test]
fn words_with_a_hyphen_are_spoken_of_only_where_a_command_takes_words() {
    let flags = |command: &str, given: &str| {
        let command = format!("inward {command}");
        let command = command.trim();
        format!("`{command}` doesn't take “{given}”.\n`{command} --help` lists its flags.")
    };
    let with_words = |command: &str, given: &str| {
        let word = "If you mean a word that starts with a hyphen, put it after --.";
        format!("{} {word}", flags(command, given))
    };
    refused(&[
        ("list -1", &flags("list", "-1")),
        ("sync --force", &flags("sync", "--force")),
        ("delete --last", &flags("delete", "--last")),
        ("-v", &flags("", "-v")),
        ("list -qfoo", &flags("list", "-qfoo")),
        ("list -q5", &flags("list", "-q5")),
        ("write --nope", &with_words("write", "--nope")),
        ("search --nope", &with_words("search", "--nope")),
    ]);
}

#[test]
fn letters_behind_one_hyphen_are_no_call_for_help() {
    let meant = |command: &str, given: &str, near: &str, more: &str| {
        let help = format!("inward {command}");
        let help = help.trim_end();
        format!(
            "`{help}` doesn't take “{given}”.\nDid you mean `{near}`? `{help} --help` lists its flags.{more}"
        )
    };
    let word = " If you mean a word that starts with a hyphen, put it after --.";
    refused(&[
        ("-hello", &meant("", "-hello", "-h", "")),
        ("-Vfoo", &meant("", "-Vfoo", "-V", "")),
        ("-hlep", &meant("", "-hlep", "--help", "")),
        ("list -hello", &meant("list", "-hello", "-h", "")),
        ("write -hello", &meant("write", "-hello", "-h", word)),
    ]);
    let home = Home::ready();
    assert_eq!(home.run("list -qh").ok().stdout, home.run("list -h").ok().stdout);
}

#[test]
fn an_id_that_is_empty_is_asked_for() {
    let which = "“” isn't a valid value for `ID`.\nGive an id from `inward list`.";
    refused(&[
        ("show ''", which),
        ("edit ''", which),
        ("export ''", which),
        ("delete '' --yes", which),
        ("import --from jrnl ''", "“” isn't a valid value for `PATH`.\nGive one that isn't empty."),
    ]);
}

#[test]
fn patterns_of_a_question_that_a_practice_does_not_ask_name_those_it_asks() {
    let alone = "isn't a practice. Give it alone, or give a practice and one of its questions.";
    refused(&[
        ("patterns quiet extra", &format!("`quiet` has no question `extra`.\n`quiet` {alone}")),
        (
            "patterns closeness extra",
            &format!("`closeness` has no question `extra`.\n`closeness` {alone}"),
        ),
        (
            "patterns write closeness",
            "`write` has no question `closeness`.\nIts questions are page, title, tags, afterwards, view.",
        ),
    ]);
    let home = Home::ready();
    home.keep("reflect words --closeness 3");
    let told = home.run("patterns reflect nope").exits(2).stderr;
    assert!(told.starts_with("`reflect` has no question `nope`.\nIts questions are "), "{told}");
    let told = home.run("patterns reflect closness").exits(2).stderr;
    assert!(told.contains("Did you mean `closeness`?"), "{told}");
}

#[test]
fn a_hyphen_writes_a_page_of_patterns_to_standard_output() {
    let home = Home::ready();
    home.keep("reflect words --closeness 3");
    for flag in ["--html", "--for-paper"] {
        let page = home.run(&format!("patterns {flag} -")).ok().says("").stdout.clone();
        assert!(page.starts_with("<!doctype html>") || page.starts_with("<!DOCTYPE html>"));
    }
    assert!(!home.path().join("-").exists());
    home.run("patterns --html - --on 1999").exits(1).prints("");
}

#[test]
fn what_contradicts_itself_is_refused_by_name() {
    let together = |one: &str, other: &str| {
        format!("`{one}` and `{other}` can't be used together.\nLeave one of them out.")
    };
    refused(&[
        ("edit --tag sea --tag weir --untag '#Weir'", &together("--tag weir", "--untag weir")),
        ("reflect - --answers -", &together("-", "--answers -")),
        (
            "export --redact Sam=P --redact Kim=K --redact Sam=Q",
            "“Sam” has more than one alias.\nKeep one of them.",
        ),
    ]);
}

#[test]
fn a_recipient_that_is_no_key_and_no_file_is_called_so() {
    let neither = |given: &str| {
        format!(
            "“{given}” isn't an age recipient, and there's no file of that name.\nA recipient starts with age1, ssh-ed25519 or ssh-rsa."
        )
    };
    refused(&[
        ("export --recipient nope", &neither("nope")),
        ("export --recipient /nope -o out", &neither("/nope")),
        ("patterns --html page --recipient nope", &neither("nope")),
        ("key add nope", &neither("nope")),
        ("key add .", ". is a folder.\nGive a file."),
        (
            "export --recipient age1nope",
            "--recipient number 1 isn't an age recipient.\nA recipient starts with age1, ssh-ed25519 or ssh-rsa.",
        ),
    ]);
}

#[test]
fn where_there_is_no_journal_that_is_what_every_command_says() {
    let home = Home::new();
    for line in [
        "delete x", "delete x --yes", "edit", "edit x --tag t", "sync", "list", "show x", "unlock",
        "key passphrase",
    ] {
        let told = home.run(line).exits(3).stderr;
        assert!(told.starts_with("There's no journal here yet.\n"), "{line}: {told}");
    }
}

#[test]
fn an_id_is_looked_at_before_anything_is_asked() {
    let home = Home::ready();
    let ids: Vec<String> = (0..40).map(|_| home.keep("write words")).collect();
    let shared = ids
        .iter()
        .map(|id| &id[..1])
        .find(|start| ids.iter().filter(|id| id.starts_with(start)).count() > 1);
    for verb in ["delete", "delete --yes", "edit"] {
        let empty = home.run(&format!("{verb} ''")).exits(2).stderr;
        assert!(empty.starts_with("“” isn't a valid value for `ID`."), "{verb}: {empty}");
        let several = home.run(&format!("{verb} {}", shared.unwrap())).exits(2).stderr;
        assert!(several.contains("matches"), "{verb}: {several}");
    }
    assert_eq!(home.listed("").len(), 40);
}

#[test]
fn a_flag_for_a_new_key_is_refused_beside_one_that_is_there() {
    let home = Home::locked("echo words");
    let told = home.run("--journal second init --no-passphrase").exits(2).stderr;
    assert!(told.starts_with("`--no-passphrase` is for a new key, and there's"), "{told}");
    let told = home.run("--journal second init --recipient age1x").exits(2).stderr;
    assert!(told.starts_with("`--recipient` is for a new key, and there's"), "{told}");
    assert!(!home.path().join("second").exists());
    home.run("--journal second init").ok();
}

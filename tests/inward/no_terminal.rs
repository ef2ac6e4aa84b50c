//! Without a terminal nothing hangs: what would have to ask stops with a
//! sentence.

use std::time::Duration;

use crate::harness::Home;

/// Ends soon, and where it does not succeed, says why in whole sentences.
#[track_caller]
fn ends_with_a_word(home: &Home, arguments: &str) {
    let outcome = home.run(arguments).within(Duration::from_secs(10)).outcome();
    assert!((0..=5).contains(&outcome.code), "{arguments}: {outcome:?}");
    let said = outcome.stdout.trim_end().to_owned() + outcome.stderr.trim_end();
    // `due` speaks by its exit code, and `prompt` by saying nothing.
    let may_be_silent = outcome.code == 1 || arguments.starts_with("prompt");
    assert!(!said.is_empty() || may_be_silent, "{arguments}: {outcome:?}");
    assert!(!said.contains("panicked"), "{arguments}: {outcome:?}");
}

#[test]
fn every_command_ends_with_a_word_before_there_is_a_journal() {
    let home = Home::new();
    let all = home.commands();
    assert!(all.len() >= 18, "{all:?}");
    for command in &all {
        ends_with_a_word(&home, command);
    }
}

#[test]
fn every_command_ends_with_a_word_in_a_journal() {
    let home = Home::ready();
    for command in home.commands() {
        ends_with_a_word(&home, &command);
        ends_with_a_word(&home, &format!("{command} words"));
        ends_with_a_word(&home, &format!("{command} --help"));
    }
}

#[test]
fn every_command_ends_with_a_word_where_the_journal_is_locked() {
    let home = Home::locked("echo words");
    home.keep("write words");
    for command in home.commands() {
        ends_with_a_word(&home, &command);
        ends_with_a_word(&home, &format!("{command} words"));
    }
}

#[test]
fn a_practice_that_is_told_to_ask_says_that_it_cannot() {
    let home = Home::ready();
    home.run("reflect --ask --closeness 3").exits(2).prints("").says(
        "inward can't ask you: there's no terminal.\nLeave out --ask, or run this on a terminal.\n",
    );
}

#[test]
fn bare_inward_says_how_to_begin_and_later_what_is_kept_and_due() {
    let home = Home::new();
    home.run("").ok().says("").prints(
        "inward, a private, guided journal

  inward tour      See how it works, in a throwaway journal
  inward intent    Start your own: choose a passphrase, and answer a question
  inward --help    Everything else
",
    );
    home.run("init --no-passphrase").ok();
    home.keep("reflect words");
    let today = home.run("").ok().stdout;
    assert!(today.starts_with("Monday 23 November 2026\n\n  kept  reflect    21:14\n"), "{today}");
    let mut home = home;
    let next = home.at("2026-11-24T21:14:03+00:00").run("").ok().stdout;
    assert!(next.starts_with("Tuesday 24 November 2026\n\n  due   reflect    "), "{next}");
    let back = home.at("2026-12-23T21:14:03+00:00").run("").ok().stdout;
    assert!(back.ends_with("\nGood to see you. Start anywhere.\n"), "{back}");
}

#[test]
fn what_is_due_is_known_by_the_exit_code() {
    let mut home = Home::ready();
    home.run("due reflect intent").ok().prints("reflect\n").says("");
    home.run("due reflect --quiet").ok().prints("");
    home.keep("reflect words");
    home.run("due reflect").exits(1).prints("").says("");
    home.run("due reflect --json").exits(1).prints("{\n  \"version\": 1,\n  \"due\": []\n}\n");
    home.at("2026-11-24T08:00:00+00:00").run("due reflect intent").ok().prints("intent\n");
    let outcome = home.run("due nothing").exits(2);
    assert!(
        outcome
            .stderr
            .starts_with("There's no practice “nothing”.\nThe practices are intent, reflect, ")
    );
}

#[test]
fn a_newcomer_is_met_with_one_thing_at_a_time_and_never_with_none() {
    let mut home = Home::ready();
    home.at("2026-11-24T14:00:00+00:00").run("due").ok().prints("gratitude\n");
    home.at("2026-11-24T08:00:00+00:00").run("due").ok().prints("intent\n");
    home.run("due gratitude needs").ok().prints("gratitude\nneeds\n");
    home.keep("intent words");
    home.run("due --quiet").exits(1).prints("");
    home.run("due gratitude --quiet").ok().prints("");
    home.at("2026-11-29T14:00:00+00:00").run("due").ok().prints("gratitude\n");
}

#[test]
fn of_the_practices_of_a_month_one_is_due_at_a_time_and_none_in_the_first_week() {
    let mut home = Home::ready();
    home.config("[cadence]\ngratitude = \"as-needed\"\n");
    home.at("2026-11-02T21:00:00+00:00").keep("reflect words");
    let due = |home: &mut Home, day: &str| {
        home.at(&format!("2026-{day}T14:00:00+00:00"));
        let told = home.run("due").outcome().stdout;
        assert_eq!(home.run("routine --list").outcome().stdout, told, "{day}");
        told
    };
    assert_eq!(due(&mut home, "11-08"), "");
    assert_eq!(due(&mut home, "11-09"), "needs\n");
    home.run("prompt").ok().prints("•\n");
    home.keep("needs --met rest");
    assert_eq!(due(&mut home, "11-09"), "");
    home.run("prompt").ok().prints("");
    assert_eq!(due(&mut home, "11-15"), "");
    // What is not kept waits, and the next has its turn.
    assert_eq!(due(&mut home, "11-16"), "assess\n");
    assert_eq!(due(&mut home, "11-22"), "assess\n");
    assert_eq!(due(&mut home, "11-23"), "grow\n");
    home.run("due needs assess").ok().prints("assess\n");
}

#[test]
fn a_clock_or_a_flag_that_cannot_be_read_is_named() {
    let mut home = Home::ready();
    home.at("teatime").run("list").exits(2).says(
        "INWARD_NOW is “teatime”, which inward can't read as a time.\nSet it to a time such as 2026-11-23T21:14:03+01:00, or unset it.\n",
    );
}

#[test]
fn what_the_command_line_wants_and_lacks_is_said_in_our_own_words() {
    let home = Home::ready();
    home.run("completions")
        .exits(2)
        .says("Which shell?\nGive one of bash, zsh, fish, elvish, powershell.\n");
    home.run("delete").exits(2).says("Which entry?\nGive an id from `inward list`.\n");
    home.run("completions tcsh").exits(2).says(
        "“tcsh” isn't a valid value for `SHELL`.\nGive one of bash, zsh, fish, elvish, powershell.\n",
    );
    home.run("list --last").exits(2).says(
        "`--last` needs a value.\nWrite it after the flag, as in --last VALUE or --last=VALUE.\n",
    );
    home.run("lsit").exits(2).says(
        "There's no command or practice “lsit”.\nDid you mean `list`? `inward --help` lists them all.\n",
    );
}

#[test]
fn an_id_that_no_entry_has_is_named_before_what_cannot_be_asked() {
    let home = Home::ready();
    let id = home.keep("write words");
    for verb in ["delete", "edit"] {
        let said = home.run(&format!("{verb} zz")).exits(1).stderr;
        assert!(said.contains("zz") && !said.contains("no terminal"), "{said}");
        let said = home.run(&format!("{verb} {id}")).exits(2).stderr;
        assert!(said.contains("there's no terminal"), "{said}");
    }
}

//! Bare `inward`: what is kept, what is due, what is unfinished, and one line by the day.

use std::collections::BTreeSet;
use std::path::Path;

use crate::harness::{Home, Key, one_line};

fn last_line(home: &Home) -> String {
    home.run("").ok().stdout.lines().last().unwrap().to_owned()
}

#[test]
fn the_last_line_is_by_the_day_whatever_the_journal_holds() {
    let (mut one, mut other) = (Home::ready(), Home::ready());
    let mut lines = BTreeSet::new();
    for day in 1..=26 {
        for home in [&mut one, &mut other] {
            home.at(&format!("2027-01-{day:02}T21:00:00+00:00"));
        }
        one.keep("reflect 'None today' --disagreement not-safe");
        other.keep("write words");
        assert_eq!(last_line(&one), last_line(&other), "{day}");
        lines.insert(last_line(&one));
    }
    assert_eq!(lines.len(), 13, "{lines:?}");
    one.at("2027-02-02T21:00:00+00:00");
    assert_eq!(last_line(&one), "Good to see you. Start anywhere.");
}

#[test]
fn it_names_an_unfinished_entry_by_its_practice_and_says_nothing_of_its_words() {
    let home = Home::ready();
    assert!(!home.run("").ok().stdout.contains("draft"));
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("half a thought");
    terminal.press(Key::Ctrl('c')).ends(130);
    let shown = home.run("").ok().stdout;
    let draft = "\n  draft resume     your unfinished entry: write, today at 21:14\n";
    assert!(shown.contains(draft), "{shown}");
    assert!(!shown.contains("thought"));
    let terminal = home.terminal("resume");
    terminal.wait_for("half a thought").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("write --at 21:14 --ask --title T");
    terminal.asked("Write what's there.").type_keys("more").press(Key::Ctrl('c')).ends(130);
    let shown = home.run("").ok().stdout;
    assert!(
        shown.contains("draft resume     2 unfinished entries: write, today at 21:14\n"),
        "{shown}"
    );
    // Locked, nobody can tell what it is of.
    home.run("key passphrase").env("INWARD_NEW_PASSPHRASE_COMMAND", "echo open").ok();
    let locked = home.run("").ok().stdout;
    assert!(locked.contains("\n  draft resume     an unfinished entry\n"), "{locked}");
}

#[test]
fn what_another_device_kept_today_is_not_due() {
    let home = Home::ready();
    assert!(home.run("").ok().stdout.contains("  due   reflect "));
    home.keep("reflect 'None today'");
    std::fs::remove_file(home.inward("state/kept.json")).unwrap();
    let shown = home.run("").ok().stdout;
    assert!(shown.contains("  kept  reflect ") && !shown.contains("  due "), "{shown}");
}

#[test]
fn a_first_entry_that_lies_ahead_leaves_what_is_due_today() {
    let home = Home::ready();
    home.keep("write words --at 'tomorrow 20:00'");
    home.run("due").ok().prints("reflect\n");
    assert!(home.run("").ok().stdout.contains("  due   reflect "));
}

#[test]
fn a_newcomer_is_told_one_thing_to_try_each_day_whatever_the_journal_holds() {
    let (mut one, mut other) = (Home::ready(), Home::ready());
    assert!(!one.run("").ok().stdout.contains("  next  "), "what is due is enough to begin with");
    one.keep("reflect 'None today' --disagreement not-safe");
    other.keep("write words");
    let mut steps = BTreeSet::new();
    for day in 23..=30 {
        for home in [&mut one, &mut other] {
            home.at(&format!("2026-11-{day}T21:14:03+00:00"));
        }
        let [step, same] = [&one, &other].map(|home| {
            let page = home.run("").ok().stdout;
            page.lines().find(|line| line.starts_with("  next  ")).map(str::to_owned)
        });
        assert_eq!(step, same, "{day}");
        assert_eq!(step.is_some(), day < 30, "{step:?}");
        steps.extend(step);
    }
    assert_eq!(steps.len(), 7, "{steps:?}");
    assert!(steps.first().is_some_and(|step| step.starts_with("  next  card       one small")));
}

#[test]
fn every_step_for_a_newcomer_is_a_command() {
    let mut home = Home::ready();
    home.keep("write words");
    for day in 23..30 {
        home.at(&format!("2026-11-{day}T21:14:03+00:00"));
        let page = home.run("").ok().stdout;
        let step = page.lines().find_map(|line| line.strip_prefix("  next  ")).unwrap();
        home.run(&format!("help {}", step.split(' ').next().unwrap())).ok();
    }
}

#[test]
fn a_key_that_is_gone_is_named_above_the_first_question_and_nothing_is_called_locked() {
    let home = Home::ready();
    home.keep("reflect 'He waited.'");
    std::fs::rename(home.inward("config/identity.txt"), home.path().join("away.txt")).unwrap();
    let lost = "The key isn't here, so nothing you keep can be read.";
    for practice in ["reflect", "write", "card", "guide", "assess"] {
        for env in [&[][..], &[("TERM", Path::new("dumb"))]] {
            let terminal = home.terminal_of(60, 80, practice, env);
            terminal.asked(lost);
            if env.is_empty() {
                terminal.press(Key::Enter);
                terminal.wait_until("what comes next", |screen| {
                    !one_line(&screen.contents()).contains(lost) && terminal.waits_for_a_key()
                });
            }
            let shown = terminal.shown();
            assert!(!shown.contains("locked"), "{practice}: {shown}");
            terminal.press(Key::Ctrl('c')).ends(130);
        }
    }
    let month = home.run("look").ok().stdout;
    assert_eq!(month, "There's no key here, so earlier entries can't be shown.\n");
    // Once, and before the question, also where it's kept.
    let terminal = home.terminal_of(60, 80, "gratitude", &[("TERM", Path::new("dumb"))]);
    terminal.asked(lost).answer("tea").press_until_the_end(Key::Enter).ends(0);
    let shown = terminal.shown();
    assert!(shown.find(lost) < shown.find("Kept:"), "{shown}");
    assert_eq!(shown.matches(lost).count(), 1, "{shown}");
}

#[test]
fn a_key_that_is_gone_is_named_where_something_is_kept_and_on_the_page() {
    let home = Home::ready();
    let (key, away) = (home.inward("config/identity.txt"), home.path().join("away.txt"));
    let lost = "The key isn't here, so nothing you keep can be read.";
    assert!(!home.run("write one").ok().stderr.contains(lost));
    std::fs::rename(&key, &away).unwrap();
    home.write("2026-11-20.md", "words");
    // Before anything is kept, not after.
    for line in ["write two", "import --from markdown 2026-11-20.md"] {
        let told = home.run(line).ok().stderr;
        let kept = told.find("Kept:").or(told.find("Imported")).unwrap();
        assert!(told.find(lost).is_some_and(|at| at < kept), "{line}: {told}");
        assert!(!told.contains("locked"), "{line}: {told}");
    }
    let elsewhere = home.run("intent x").env("INWARD_IDENTITY", "/nonexistent").ok();
    assert!(elsewhere.stderr.starts_with(lost), "{}", elsewhere.stderr);
    let page = home.run("").ok().stdout;
    assert!(page.contains("keys  init --identity FILE  the key isn't here;"), "{page}");
    home.run_args(["init", "--identity", away.to_str().unwrap()]).ok();
    assert!(!home.run("write three").ok().stderr.contains(lost));
    assert!(!home.run("").ok().stdout.contains("the key isn't here"));
    // A device that only writes has no key, and misses none.
    let list = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let writer = Home::new();
    writer.write("inward/config/recipients.txt", list.replace("# this device", "# desk"));
    assert!(!writer.run("write four").ok().stderr.contains(lost));
    assert!(!writer.run("").ok().stdout.contains("the key isn't here"));
}

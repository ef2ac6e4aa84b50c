//! The month behind one: above two questions at a terminal, and by itself where nobody can
//! be asked. Its words are held beside `src/render/month_behind.rs`.

use std::collections::BTreeSet;

use crate::generate::Writer;
use crate::harness::{Home, Key, files, one_line};

const LOCKED: &str = "Earlier entries are locked. `inward unlock` opens them for a while.\n";
const SEE: &str = "What do you see?";
const CARRY: &str = "What's one thing to carry on?";

/// Six evenings of one week.
fn week(home: &Home) {
    for day in 16..22 {
        home.keep(&format!(
            "reflect 'Tea on the {day}th' --closeness 3 --at '2026-11-{day} 20:00'"
        ));
    }
}

#[test]
fn without_a_terminal_it_prints_the_month_and_keeps_nothing() {
    let home = Home::ready();
    week(&home);
    let before = files(&home.journal());
    let days = "27 October to 23 November 2026";
    let heading = format!("The month behind you{days:>60}");
    let lines = "You wrote on 6 evenings, and each had a moment of connection.\nIt felt “close” on every evening you marked.\n";
    home.run("look").ok().says("").prints(&format!("{heading}\n\n{lines}"));
    let month = home.run("look --json").ok().json()["month"].clone();
    assert_eq!([&month["from"], &month["to"]], ["2026-10-27", "2026-11-23"]);
    assert_eq!(month["evenings"]["of"], 6);
    assert_eq!(month["levels"]["highest"]["word"], "close");
    assert_eq!(files(&home.journal()), before);
}

#[test]
fn what_the_command_line_answers_is_kept_as_by_any_practice() {
    let home = Home::ready();
    week(&home);
    let id = home.keep("look 'More evenings than I thought' --carry 'Tea'");
    let answers = home.entry(&id)["answers"].clone();
    assert_eq!(
        [&answers[0]["value"], &answers[1]["value"]],
        ["More evenings than I thought", "Tea"]
    );
    home.run("look").stdin("From a pipe").ok();
    home.run("list -p look --containing pipe").ok();
    home.run("look --tag sea").exits(2);
}

#[test]
fn locked_it_says_so_and_asks_its_two_questions_all_the_same() {
    let home = Home::locked("echo a quiet river");
    week(&home);
    home.run("look").ok().says("").prints(LOCKED);
    assert!(home.run("look --json").ok().json()["month"].is_null());
    // Where the passphrase is at hand, nobody need be asked.
    let command = ("INWARD_PASSPHRASE_COMMAND", "echo a quiet river");
    assert!(home.run("look").env(command.0, command.1).ok().stdout.contains("6 evenings"));
    let terminal = home.terminal("look");
    terminal.asked("Not now").press(Key::Enter);
    terminal.asked("Looking back on the past four weeks, what do you see?");
    assert!(terminal.shown().contains(LOCKED.trim_end()), "{}", terminal.shown());
    assert!(!terminal.shown().contains("evenings"));
    terminal.press(Key::Ctrl('d'));
    terminal.asked(CARRY).press(Key::Enter);
}

#[test]
fn at_a_terminal_the_month_stands_above_the_questions_and_stays_nowhere() {
    let home = Home::ready();
    week(&home);
    let terminal = home.terminal("look");
    terminal.asked(SEE);
    let shown = terminal.shown();
    assert!(shown.contains("You wrote on 6 evenings, and each had"), "{shown}");
    assert!(shown.contains("27 October to 23 November 2026"), "{shown}");
    terminal.type_keys("A lot of tea").press(Key::Ctrl('d'));
    terminal.asked(CARRY).answer("Tea at four");
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("That's one thing. It's enough.").press(Key::Enter);
    terminal.kept();
    assert!(!terminal.scrolled_back().contains("evenings"));
    let listed = home.run("list -p look").ok().stdout;
    assert!(listed.contains("A lot of tea"), "{listed}");
}

#[test]
fn a_full_month_is_read_first_and_still_above_the_question() {
    let home = Home::ready();
    week(&home);
    for day in 10..16 {
        let none = "reflect 'none today' --needed-instead heard --closeness 0";
        home.keep(&format!("{none} --at '2026-11-{day} 20:00'"));
        home.keep(&format!("notice Plans --before close --at '2026-11-{day} 18:00'"));
        home.keep(&format!(
            "feel sad --when 'you leave' --need rest --share say --at '2026-11-{day} 19:00'"
        ));
        home.keep(&format!("reflect Oats --closeness 2 --at '2026-10-{day} 20:00'"));
    }
    home.keep("gratitude 'Oranges' --at '2026-11-12 09:00'");
    for (hour, received) in
        ["ignored", "ignored", "heard", "ignored", "ignored", "ignored"].iter().enumerate()
    {
        home.keep(&format!("feel --received {received} --at '2026-11-22 1{hour}:00'"));
    }
    // A window with room for the month, and none for a question below it.
    let terminal = home.terminal_of(23, 80, "look", &[]);
    terminal.asked("The next page is private.").press(Key::Enter);
    terminal.wait_for("One month beside another can't tell a change from chance.");
    assert!(terminal.shown().contains("The month behind you"), "{}", terminal.shown());
    assert!(!terminal.shown().contains("What does that say to you?"));
    terminal.press(Key::Enter);
    terminal.asked("What does that say to you?");
    assert!(
        one_line(&terminal.shown())
            .contains("You marked “ignored” three times running. What does that say to you?")
    );
    assert!(terminal.shown().contains("Beside the four weeks before"), "{}", terminal.shown());
}

#[test]
fn a_month_later_it_asks_what_became_of_the_one_thing_and_not_safe_points_to_the_page() {
    let mut home = Home::ready();
    home.at("2026-10-20T20:00:00+00:00");
    let earlier = home.keep("look 'Rain' --carry 'Tea at four'");
    home.at("2026-11-23T20:00:00+00:00");
    week(&home);
    let terminal = home.terminal("look");
    terminal.asked("What became of it?");
    let shown = one_line(&terminal.shown());
    assert!(
        shown.contains("On Tuesday 20 October 2026 you wanted to carry on: Tea at four"),
        "{shown}"
    );
    terminal.choose(5);
    terminal
        .asked("You know best when it's safe. Someone trained can help find a safer step.")
        .press(Key::Enter);
    terminal.asked("If it isn't safe, there's a page about that right here.");
    terminal.press(Key::Down).press(Key::Enter);
    terminal.asked(SEE).press(Key::Ctrl('c')).end();
    let carried = home.run("list -p look --json --last 1").ok().json()["entries"][0].clone();
    assert_eq!(carried["about"], earlier.as_str());
    // It is asked once.
    let terminal = home.terminal("look");
    terminal.press_until_the_end(Key::Enter);
    assert!(!terminal.raw().contains("What became of it?"));
}

#[test]
fn it_is_due_from_four_weeks_after_the_first_entry() {
    let mut home = Home::ready();
    home.at("2026-10-01T20:00:00+00:00");
    home.keep("reflect Tea");
    let due = |home: &mut Home, day: &str| {
        home.at(&format!("{day}T20:00:00+00:00"));
        home.run("due").outcome().stdout.lines().any(|line| line == "look")
    };
    let first: chrono::NaiveDate = "2026-10-01".parse().unwrap();
    let days: Vec<u64> = (0..60)
        .filter(|days| due(&mut home, &(first + chrono::Days::new(*days)).to_string()))
        .collect();
    assert!(days.first().is_some_and(|day| (28..=35).contains(day)), "{days:?}");
    // Asked about by name, it is due whenever it was not kept.
    home.at("2026-10-03T20:00:00+00:00").run("due look").ok();
}

#[test]
fn what_is_printed_counts_evenings_that_were_not_safe_and_says_nothing_of_fear() {
    let home = Home::ready();
    week(&home);
    home.keep("gratitude Tea. --share will-say --at '10 days ago'");
    home.keep("gratitude --became stayed --at '3 days ago'");
    home.keep("reflect words --disagreement not-safe --at '2026-11-22 20:00'");
    for days in [5, 33, 61] {
        home.keep(&format!("assess --fear 3 --at '{days} days ago'"));
    }
    let printed = home.run("look").ok().stdout;
    assert!(printed.contains("On 1 of 7 evenings you marked that it wasn't safe."), "{printed}");
    let back = "It's about sharing. To bring it back: Esc in any practice";
    assert!(printed.contains("Held back for now") && !printed.contains(back), "{printed}");
    let json = home.run("look --json").ok().stdout;
    for told in [&printed, &json] {
        assert!(!told.contains("afraid") && !told.contains("fear 3"), "{told}");
    }
    // On the screen that is wiped it is there.
    let terminal = home.terminal("look");
    terminal.asked("The next page is private.").press(Key::Enter);
    terminal.wait_for("you marked “felt afraid”: often.");
    terminal.wait_for(back);
    terminal.press_until_the_end(Key::Enter);
    let met = one_line(&terminal.raw());
    assert!(met.contains("What's one thing you'd like to keep doing for yourself?"));
    assert!(!met.contains("What's one thing to carry on?") && !met.contains("Beside the four"));
    assert!(!terminal.scrolled_back().contains("afraid"));
}

#[test]
fn a_month_that_may_tell_something_private_is_shown_to_whoever_wants_it_whatever_was_answered() {
    for answer in ["frightened yes", "frightened no"] {
        let home = Home::ready();
        home.keep("reflect Tea --closeness 3");
        home.keep(&format!("assess --{answer}"));
        for (key, is_shown) in [("\r", true), ("s", false)] {
            let terminal = home.terminal("look");
            terminal.asked("The next page is private. Ctrl-C stops at once");
            assert!(!terminal.raw().contains("evening"), "{answer}: {}", terminal.raw());
            terminal.type_keys(key).asked(SEE);
            assert_eq!(terminal.raw().contains("evening"), is_shown, "{answer}");
            terminal.press(Key::Ctrl('c')).ends(130);
            let said = if is_shown { "" } else { "Stopped. Nothing was written." };
            assert_eq!(one_line(&terminal.scrolled_back()), said, "{answer}");
        }
        let terminal = home.terminal("look");
        terminal.asked("The next page is private.").press(Key::Ctrl('c')).ends(130);
        assert_eq!(terminal.scrolled_back(), "");
    }
}

#[test]
fn what_was_kept_before_a_private_page_is_not_named_where_that_is_left_at_once() {
    let home = Home::ready();
    home.keep("look Rain --carry walks --at '20 days ago'");
    home.keep("assess --frightened no");
    let terminal = home.terminal("look");
    terminal.asked("What became of it?").choose(1).asked("The next page is private.");
    terminal.press(Key::Ctrl('c')).ends(130);
    assert_eq!(terminal.scrolled_back(), "");
    let list = home.run("list --practice look").ok().stdout;
    assert_eq!(list.matches("look").count(), 2, "what became of it is kept: {list}");
}

const OWN: &str = r#"
title = "At home"
cadence = "as-needed"
afraid = [{ evening = "hit" }, { shouting = { at-least = 2 } }]
[[question]]
id = "evening"
ask = "How was it?"
kind = "choice"
harm = ["loud"]
options = [{ id = "calm", label = "Calm" }, { id = "loud", label = "Loud" }, { id = "hit", label = "I was hit" }]
[[question]]
id = "shouting"
ask = "Was there shouting?"
short = "shouting"
kind = "scale"
scale = { min = 0, max = 2, labels = ["none", "some", "much"] }
[[pattern]]
title = "Shouting"
shows = "weeks"
of = ["shouting"]
"#;

#[test]
fn what_a_practice_of_ones_own_marks_is_counted_as_any() {
    let home = Home::ready();
    home.write("inward/config/prompts/athome.toml", OWN);
    home.keep("reflect tea --closeness 3");
    for day in [2, 5] {
        home.keep(&format!("athome --evening loud --shouting 1 --at '{day} days ago'"));
    }
    assert!(!home.run("look").ok().stdout.contains("athome"), "care is off");
    home.keep("athome --evening hit --shouting 2 --at '1 day ago'");
    let terminal = home.terminal("look");
    terminal.asked("The next page is private.").press(Key::Enter);
    terminal.wait_for("You marked “I was hit” once (athome).");
    terminal.wait_for("You marked “Loud” twice (athome).");
    terminal.wait_for("On 22 November you marked “shouting”: much.");
    terminal.press_until_the_end(Key::Enter);
    let printed = home.run("look").ok().stdout;
    assert!(printed.contains("I was hit") && !printed.contains("shouting"), "{printed}");
    let guide = home.terminal("guide 3 --ask --hold-love a --hold-fear b --hold-habit c --hope d");
    guide.asked("What I have seen");
    let quoted = "22 November, how was it? I was hit; was there shouting? much.";
    assert!(one_line(&guide.shown()).contains(quoted), "{}", guide.shown());
    guide.press(Key::Ctrl('c')).end();
    let told = one_line(&home.run("patterns").ok().stdout);
    let counted = "How was it? (3): I was hit 1, last on 22 Nov 2026 · Loud 2, last on 21 Nov 2026";
    assert!(told.contains(counted), "{told}");
}

#[test]
fn in_the_accessible_form_it_is_lines_one_below_the_other() {
    let home = Home::ready();
    home.config("accessible = true\n");
    for day in 16..19 {
        home.keep(&format!(
            "reflect 'Tea on the {day}th' --closeness 3 --at '2026-11-{day} 20:00'"
        ));
    }
    let terminal = home.terminal("look");
    terminal.asked(SEE);
    for line in ["27 October to 23 November 2026", "Wed 18 November, close: “Tea on the 18th”"]
    {
        assert!(
            terminal.screen().rows(0, 80).any(|shown| shown.trim() == line),
            "{}",
            terminal.shown()
        );
    }
}

const PRIVATE: &str =
    "\nAnswers to private questions aren't shown here; `inward show` shows them.\n";

/// Six months of two generated lives, each looked back on.
#[test]
fn six_months_that_were_lived_are_each_read_on_one_screen() {
    for writer in [Writer::new(7).with_stories(), Writer::new(8).with_stories().afraid()] {
        let mut writer = writer;
        let entries = writer.year("2026-11-28T20:00:00+00:00".parse().unwrap());
        let mut home = Home::with_entries(&entries);
        let mut screens = BTreeSet::new();
        for month in 6..12 {
            home.at(&format!("2026-{month:02}-28T23:59:59+00:00"));
            let text = home.run("look").ok().stdout;
            // The line on private answers is no part of the month.
            let month = text.trim_end_matches(PRIVATE);
            let rows = month.lines().count();
            assert!(rows <= 24 && text.lines().all(|line| line.chars().count() <= 80), "{text}");
            let json = home.run("look --json").ok().json()["month"].clone();
            let query =
                format!("list -p reflect --from {} --to {} --json", json["from"], json["to"]);
            let listed = home.run(&query.replace('"', "")).outcome().json();
            let days: BTreeSet<String> = listed["entries"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|entry| entry["at"].as_str().unwrap()[..10].to_owned())
                .collect();
            assert_eq!(json["evenings"]["of"], days.len(), "{text}");
            assert!(text.contains(&format!("{} evening", days.len())), "{text}");
            screens.insert(text);
        }
        assert_eq!(screens.len(), 6, "each month is another");
    }
}

//! One journal and not twelve forms: what earlier entries say to a session.

use std::path::Path;

use crate::harness::{Home, Key, Terminal, files, name};

const INTENTION: &str = "What would you like to carry into this evening?";
const CONNECTION: &str = "One moment of connection";
const OUTCOME: &str = "How did your intention go?";
const LOCKED: &str = "Earlier entries are locked. `inward unlock` opens them for a while.";

/// With a passphrase that only a command knows.
fn locked() -> Home {
    Home::locked("echo a quiet river")
}

#[test]
fn reflect_opens_with_this_mornings_intention_in_its_own_words() {
    let home = Home::ready();
    home.keep("intent 'Stay in the talk' --if 'If he is late' --then 'I will breathe' --at 07:10");
    let terminal = home.terminal("reflect");
    terminal.asked(CONNECTION);
    let shown = crate::harness::one_line(&terminal.shown());
    let opening = "You set out with: Stay in the talk If he is late, then I will breathe.";
    assert!(shown.contains(opening), "{shown}");
    terminal.press(Key::Ctrl('c')).ends(130);
    assert!(!terminal.scrolled_back().contains("breathe"));
}

#[test]
fn yesterdays_intention_is_not_this_mornings() {
    let home = Home::ready();
    home.keep("intent 'Stay in the talk' --at yesterday");
    let terminal = home.terminal("reflect");
    terminal.asked(CONNECTION).press(Key::Enter);
    assert!(!terminal.shown().contains("Stay in the talk"));
    terminal.asked("How close did you feel").press(Key::Enter);
    terminal.asked("Enough, or a little more?");
    assert!(!terminal.raw().contains(OUTCOME), "nothing was set out with");
}

#[test]
fn an_evening_of_another_day_opens_with_the_intention_of_that_day() {
    let home = Home::ready();
    home.keep("intent 'Stay in the talk' --at '3 days ago'");
    home.keep("intent 'Leave it be' --at 07:10");
    let terminal = home.terminal("reflect --at '3 days ago 21:00'");
    terminal.asked("One moment of connection that day, however small, or none.");
    let shown = terminal.shown();
    assert!(shown.contains("Stay in the talk") && !shown.contains("Leave it be"), "{shown}");
}

#[test]
fn locked_the_connections_step_aside_with_one_quiet_line() {
    let home = locked();
    home.keep("intent 'Stay in the talk' --at 07:10");
    let terminal = home.terminal("reflect");
    terminal.asked("Not now").press(Key::Enter);
    terminal.asked(CONNECTION);
    assert!(terminal.shown().contains(LOCKED), "{}", terminal.shown());
    assert!(!terminal.shown().contains("Stay in the talk"));
    terminal.press(Key::Enter);
    terminal.asked("How close did you feel").press(Key::Enter);
    // This device knows that there was one, and not what it was.
    terminal.asked(OUTCOME);
}

#[test]
fn what_notice_plans_for_next_time_is_a_suggestion_of_intent() {
    let home = Home::ready();
    home.keep("notice 'He asked about summer' --next-if 'my answers get short' --next-then 'I will say so' --at yesterday");
    let terminal = home.terminal("intent");
    terminal.asked(INTENTION);
    terminal.wait_for("If my answers get short, then I will say so.");
    terminal.press(Key::Down).press(Key::Enter);
    // Both halves are there, so neither is asked.
    terminal.asked("Say it aloud or in your head, or type it.").answer("If my");
    terminal.asked("Enough, or a little more?").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("That's a plan.").press(Key::Enter);
    terminal.ends(0);
    let file = files(&home.journal()).into_iter().find(|f| name(f).starts_with("2026-11-23"));
    let entry = home.entry(&name(&file.unwrap())[11..21]);
    let answers = entry["answers"].as_array().unwrap();
    let answers: Vec<[&str; 2]> = answers
        .iter()
        .map(|a| [a["question"].as_str().unwrap(), a["value"].as_str().unwrap()])
        .collect();
    let plan = "If my answers get short, then I will say so.";
    let halves = [["if", "my answers get short"], ["then", "say so"]];
    assert_eq!(answers, [["intention", plan], halves[0], halves[1]], "a rehearsal is not kept");
}

#[test]
fn a_plan_given_whole_is_a_plan_in_a_script_too() {
    let home = Home::ready();
    let id = home.keep(r#"intent "When my answers get short, I'll put the kettle on""#);
    let answers = home.entry(&id)["answers"].clone();
    assert_eq!(answers[1]["value"], "my answers get short");
    assert_eq!(answers[2]["value"], "put the kettle on");
    let id = home.keep("intent 'If it rains, then I will read' --then 'call Alex'");
    let answers = home.entry(&id)["answers"].clone();
    assert_eq!([&answers[1]["value"], &answers[2]["value"]], ["it rains", "call Alex"]);
}

#[test]
fn feel_asks_some_days_later_how_it_was_received_and_names_the_entry_it_is_about() {
    let mut home = Home::ready();
    let earlier = home.keep("feel lonely --when 'the phone stays on the table' --share say");
    assert_eq!(home.run("due feel").outcome().code, 1, "not yet");
    home.run("feel --follow-up --received heard").exits(1);

    home.at("2026-11-27T20:00:00+00:00");
    let today = home.run("").ok().stdout;
    assert!(today.contains("  feel --follow-up  what became of what you wrote\n"), "{today}");
    home.run("due feel").ok();
    let later = home.keep("feel --received partly");
    let entry = home.entry(&later);
    assert_eq!(entry["about"], earlier.as_str());
    assert_eq!(entry["answers"][0]["labels"]["partly"], "Partly heard");

    assert!(!home.run("").ok().stdout.contains("--follow-up"), "it asks once");
    assert_eq!(files(&home.inward("state/follow-ups")).len(), 1, "a note goes by its age alone");
    home.run("feel --follow-up --received heard").exits(1);
}

#[test]
fn locked_nothing_says_that_there_is_something_to_ask_back_about() {
    let mut home = Home::locked("echo 'correct horse'");
    home.keep("feel lonely --when 'the phone stays on the table' --share say");
    home.at("2026-11-27T20:00:00+00:00");
    assert!(!home.run("").ok().stdout.contains("feel"));
    assert!(!home.run("due").outcome().stdout.contains("feel"));
    assert_eq!(files(&home.inward("state/follow-ups")).len(), 1);
}

#[test]
fn gratitude_first_asks_what_became_of_the_last() {
    let mut home = Home::ready();
    let earlier = home.keep("gratitude 'She asked twice how the day went' --share will-say");
    home.at("2026-11-30T20:00:00+00:00");
    let terminal = home.terminal("gratitude");
    terminal.wait_for("She asked twice how the day went");
    terminal.asked("What became of it?").choose(1);
    terminal.asked("How did it land?").press(Key::Enter);
    terminal.asked("You said it. How they take it is up to them.").press(Key::Enter);
    terminal.asked("Something you're glad of this week.");
    terminal.press(Key::Ctrl('c')).ends(130);
    let kept = home.run("list --json --last 1").ok().json();
    assert_eq!(kept["entries"][0]["about"], earlier.as_str(), "the answer was kept all the same");
    assert!(!home.run("").ok().stdout.contains("--follow-up"), "and is not asked for again");
}

#[test]
fn of_when_alone_there_is_no_sentence_to_ask_about() {
    let home = Home::ready();
    let terminal = home.terminal_of(24, 44, "feel", &[]);
    terminal.asked("I feel …").press(Key::Enter);
    terminal.asked("… when …").answer("the phone stays on the table");
    terminal.asked("I need …").press(Key::Enter);
    terminal.asked("Enough, or a little more?");
    assert!(!terminal.raw().contains("Does it say what you mean?"), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_sentence_is_built_as_one_speaks_and_a_blaming_word_gets_a_kind_one() {
    let home = Home::ready();
    let terminal = home.terminal("feel");
    terminal.asked("I feel …").mark("lonely").press(Key::Enter);
    terminal.wait_for("I feel lonely.");
    terminal.asked("… when …").answer("you always leave");
    terminal.wait_for("“always” covers many times at once. Could you describe just one?");
    terminal.press(Key::Enter);
    terminal.asked("I need …").mark("rest").press(Key::Enter);
    terminal.wait_for("I feel lonely when you always leave. I need rest.");
    terminal.asked("Does it say what you mean?").choose(2);
    terminal.asked("In one sentence").answer(" Soon.");
    terminal.asked("Does it say what you mean?").press(Key::Enter);
    terminal.asked("Enough, or a little more?").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.ends(0);
    assert!(!terminal.scrolled_back().contains("lonely"));
    let entry = home.run("show --json").ok().json()["entries"][0].clone();
    assert_eq!(entry["answers"][0]["question"], "sentence");
    let words = "I feel lonely when you always leave. I need rest. Soon.";
    assert_eq!(entry["answers"][0]["value"], words);
}

#[test]
fn pause_compares_before_and_after_in_one_sentence_and_a_key_ends_the_timer() {
    let home = Home::ready();
    let terminal = home.terminal("pause");
    terminal.asked("How unsettled are you right now?").choose(4);
    terminal.asked("Sit for a while?").choose(1);
    terminal.wait_for("3 minutes").press(Key::Enter);
    terminal.wait_for("Any key ends it.").wait_for("━");
    terminal.press(Key::Space);
    terminal.asked("And now?").choose(2);
    terminal.asked("Did anything come up?").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("Calmer than before").press(Key::Enter);
    terminal.ends(0).is_sane();
    assert!(!terminal.scrolled_back().contains("Calmer"), "it tells what was answered");
}

#[test]
fn ctrl_c_in_the_timer_stops_the_pause_as_it_does_everywhere() {
    for is_plain in [false, true] {
        let home = Home::ready();
        let plain: &[(&str, &Path)] = &[("INWARD_ACCESSIBLE", Path::new("1"))];
        let terminal = home.terminal_of(24, 80, "pause", if is_plain { plain } else { &[] });
        let choose = |question: &str, line: usize, typed: &str| match is_plain {
            true => drop(terminal.asked(question).answer(typed)),
            false => drop(terminal.asked(question).choose(line)),
        };
        choose("How unsettled are you right now?", 4, "4");
        choose("Sit for a while?", 1, "2");
        terminal.wait_for("3 minutes").press(Key::Enter);
        terminal.wait_for("Any key ends it.").wait_for(if is_plain { " left" } else { "━" });
        terminal.press(Key::Ctrl('c')).ends(130);
        assert!(!terminal.raw().contains("That was a pause"), "plain: {is_plain}");
    }
}

#[test]
fn without_a_screen_the_timer_counts_down_in_lines() {
    let home = Home::ready();
    let told = home.run("pause --stillness 0.01 --sit").ok().stderr;
    assert!(told.starts_with("0:01 left\nThat's the time. No hurry.\nKept: "), "{told}");
}

const HEAVIER: &str = "The last three pages each left you heavier.";
const CLOSE_TO_WHAT_HURTS: &str = "It can get heavier, close to the bone.";

/// So many heavier pages, and then one more at a terminal, up to what follows its last answer.
fn heavier_page(earlier: &[&str]) -> (Home, Terminal) {
    let home = Home::ready();
    for day in earlier {
        let told = home.run(&format!("write 'a page' --afterwards heavier --at '{day}'")).ok();
        assert!(!told.stderr.contains("pause"), "{}", told.stderr);
    }
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").write("a third page");
    terminal.asked("A title").press(Key::Enter);
    terminal.asked("Tags").press(Key::Enter);
    terminal.asked("How are you now").choose(3);
    (home, terminal)
}

/// The practices of what is kept, and the answers of the newest entry.
fn kept(home: &Home) -> (Vec<String>, serde_json::Value) {
    let entries = home.run("show --json --last 9").ok().json()["entries"].clone();
    let names = entries.as_array().unwrap().iter();
    let mut names: Vec<String> =
        names.map(|entry| entry["practice"].as_str().unwrap().to_owned()).collect();
    // Two of one minute stand in the order of their ids, which are random.
    names.sort();
    (names, entries[0]["answers"].clone())
}

#[test]
fn three_heavier_pages_in_a_row_offer_something_else_and_two_do_not() {
    let (_home, terminal) = heavier_page(&["2 days ago"]);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked(CLOSE_TO_WHAT_HURTS).press(Key::Enter).ends(0);
    assert!(!terminal.raw().contains(HEAVIER));

    let (home, terminal) = heavier_page(&["3 days ago", "2 days ago"]);
    terminal.asked(HEAVIER);
    for way in ["Pause for three minutes", "wishes me well", "people to talk to", "for now"] {
        terminal.wait_for(way);
    }
    terminal.choose(2).asked("Support, whichever way you go").press(Key::Enter);
    // It takes two screens, and comes back.
    terminal.asked("inward can't judge how safe you are.").press(Key::Enter);
    terminal.asked(HEAVIER).choose(3);
    terminal.asked("Keep it").press(Key::Enter).ends(0);
    assert!(!terminal.raw().contains(CLOSE_TO_WHAT_HURTS), "one word is enough");
    assert!(!terminal.scrolled_back().contains("heavier"), "{}", terminal.scrolled_back());
    let (names, answers) = kept(&home);
    assert_eq!(names, ["write"; 3]);
    assert_eq!(answers.as_array().unwrap().len(), 2, "a way on is no answer: {answers}");
}

#[test]
fn another_view_of_a_heavier_page_is_kept_in_the_same_entry() {
    let (home, terminal) = heavier_page(&["3 days ago", "2 days ago"]);
    terminal.asked(HEAVIER).choose(1);
    terminal.asked("How would someone who wishes me well tell it?").write("She would say rest.");
    terminal.asked("Keep it").press(Key::Enter).ends(0);
    let (names, answers) = kept(&home);
    assert_eq!(names, ["write"; 3]);
    let view = answers.as_array().unwrap().iter().find(|answer| answer["question"] == "view");
    assert_eq!(view.unwrap()["value"], "She would say rest.");
}

#[test]
fn a_pause_that_follows_a_heavier_page_is_an_entry_of_its_own_and_may_be_left() {
    let (home, terminal) = heavier_page(&["3 days ago", "2 days ago"]);
    terminal.asked(HEAVIER).choose(0);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("How unsettled are you right now?").choose(4);
    terminal.asked("Sit for a while?").press(Key::Enter);
    terminal.asked("Did anything come up?").answer("tea");
    terminal.kept();
    assert_eq!(kept(&home).0, ["pause", "write", "write", "write"]);

    let (home, terminal) = heavier_page(&["3 days ago", "2 days ago"]);
    terminal.asked(HEAVIER).choose(0);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("How unsettled are you right now?").press(Key::Ctrl('c')).ends(130);
    let left = terminal.scrolled_back();
    assert!(left.contains("Kept: ") && left.contains("Stopped. Nothing was written."), "{left}");
    assert_eq!(kept(&home).0, ["write"; 3]);

    let (_home, terminal) = heavier_page(&["3 days ago", "2 days ago"]);
    terminal.asked(HEAVIER).choose(0);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("How unsettled are you right now?").press_until_the_end(Key::Enter).ends(0);
    let skipped = terminal.scrolled_back();
    assert!(skipped.contains("Kept: ") && !skipped.contains("Nothing written"), "{skipped}");
}

#[test]
fn unlocked_for_some_minutes_a_journal_with_a_passphrase_has_its_connections() {
    let home = locked();
    let command = ("INWARD_PASSPHRASE_COMMAND", "echo a quiet river");
    home.keep("intent 'Stay in the talk' --at 07:10");
    let unlocked = home.run("unlock --for 1m").env(command.0, command.1).outcome();
    if unlocked.code == 5 {
        // Some containers keep no keys; then it says so, and all else works.
        let told = unlocked.stderr;
        assert!(told.starts_with("This system can't hold a key in memory"), "{told}");
        return;
    }
    assert_eq!(unlocked.stderr, "Unlocked until 21:15, in every window.\n");
    assert!(home.run("").ok().stdout.starts_with("Monday 23 November 2026, unlocked\n"));
    let terminal = home.terminal("reflect");
    terminal.wait_for("You set out with:").wait_for("Stay in the talk");
    terminal.press(Key::Ctrl('c')).ends(130);
    // Whoever finds it unlocked cannot make it last, nor let others read.
    home.run("unlock --for 24h").exits(3);
    home.run("key add age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p").exits(3);
    home.run("list").ok();
    home.run("unlock 1m").env(command.0, command.1).ok();
    home.run("lock").ok().says("Locked.\n");
    home.run("list").exits(3);
    home.run("lock").ok().says("The journal was already locked.\n");
}

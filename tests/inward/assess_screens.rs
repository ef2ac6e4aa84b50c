//! `assess` played on a terminal of 80 columns by 24 rows, in each form and three times
//! over: every screen of it as it was read.

use std::path::Path;

use serde_json::{Value as Json, json};

use crate::harness::{Home, Key, Terminal};

const LIFT: &str = "Should it keep leaving out suggestions to share?";

/// Each screen below the one before, between lines as wide as it is.
#[derive(Default)]
struct Screens(String);

impl Screens {
    fn add(&mut self, terminal: &Terminal) -> &mut Screens {
        terminal.wait_until("a prompt", |_| terminal.waits_for_a_key());
        let contents = terminal.screen().contents();
        let lines: Vec<&str> = contents.lines().map(str::trim_end).collect();
        self.0 += &format!("{}\n{}\n", "─".repeat(80), lines.join("\n").trim_end());
        self
    }

    fn are(&self, name: &str) {
        let path = format!("tests/screens/assess-{name}.txt");
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        snapbox::assert_data_eq!(self.0.clone(), snapbox::Data::read_from(&path, None).raw());
    }
}

const CARE: &str = "reflect words --disagreement not-safe --at '2026-08-20 21:00'";
const SAM: &str = "partner = \"Sam\"\n";
const APART: &str = "partner = \"Sam\"\nchapter = \"apart\"\n";

fn home(config: &str, care: bool) -> Home {
    let mut home = Home::ready();
    home.config(config);
    if care {
        home.at("2026-08-20T21:30:00+00:00").keep(CARE);
    }
    home.at("2026-08-29T21:00:00+00:00");
    home
}

fn locked() -> Home {
    let mut home = Home::locked("echo a quiet river");
    home.config(SAM);
    home.at("2026-08-29T21:00:00+00:00");
    home
}

/// From the private line to the last question, each part skipped with one key.
fn opening(home: &Home, afraid: bool) -> Screens {
    let mut screens = Screens::default();
    let terminal = home.terminal("assess");
    screens.add(&terminal);
    terminal.press(Key::Enter).asked("were you ever frightened");
    screens.add(&terminal);
    terminal.answer(if afraid { "y" } else { "n" });
    if afraid {
        terminal.asked("Thank you for saying so.");
        screens.add(&terminal);
        terminal.choose(1);
    }
    for _ in 0..4 {
        terminal.asked("S skips this part");
        screens.add(&terminal);
        terminal.type_keys("s");
    }
    terminal.asked("Is there anything these answers leave out?");
    screens.add(&terminal);
    terminal.press(Key::Ctrl('c')).ends(130);
    screens
}

#[test]
fn the_private_line_comes_first_and_each_part_is_skipped_with_one_key() {
    opening(&home(SAM, false), false).are("opening");
}

#[test]
fn a_yes_is_heard_at_once_and_the_parts_are_cares_from_there_on() {
    opening(&home(SAM, false), true).are("opening-care");
}

#[test]
fn apart_the_parts_are_its_own() {
    opening(&home(APART, false), false).are("opening-apart");
    opening(&home(APART, true), false).are("opening-apart-care");
}

#[test]
fn locked_the_parts_are_those_of_the_open_form() {
    assert_eq!(opening(&locked(), false).0, opening(&home(SAM, false), false).0);
}

#[test]
fn a_screen_that_cant_be_cleared_says_so_before_the_private_question() {
    let mut home = home(SAM, false);
    home.at("2026-08-29T21:00:00+00:00");
    let terminal = home.terminal_of(24, 80, "assess", &[("INWARD_ACCESSIBLE", Path::new("1"))]);
    terminal.wait_for("Press Enter to see it, or type s and press Enter to skip it. >");
    let mut screens = Screens::default();
    screens.0 += terminal.screen().contents().trim_end();
    screens.0 += "\n";
    screens.are("opening-accessible");
    terminal
        .answer("s")
        .wait_for("Press Enter to start, or type s and press Enter to skip this part.")
        .wait_for("Ctrl-C stops at once.");
    terminal.answer("s").wait_for("How things were between you");
    terminal.press(Key::Ctrl('c')).ends(130);
}

/// The answers that the words of the report were written for.
fn answers() -> Json {
    json!({
        "withdrew-me": 1, "withdrew-partner": 3, "unsaid-me": 3, "unsaid-partner": 4,
        "mixed-me": 0, "mixed-partner": 3, "relying-me": 2, "relying-partner": "cant-say",
        "tension": 3, "disconnection": 2, "push-pull": 3, "broken-talk": 2, "fragile": 2,
        "willing-me": 3, "willing-partner": 1, "safe-space": 1, "growth-me": 1,
        "growth-partner": 0, "refused": 3, "unmet": 3, "ignored": 3, "doubt-pain": 3,
        "changed": 0, "fear": 0, "frightened": "no", "note": "Nothing."
    })
}

fn apart_answers() -> Json {
    json!({
        "withdrew": 1, "unsaid": 2, "mixed": 0, "relying": 1, "returned": 3, "missed": 4,
        "grief": 1, "relief": 2, "contact": 3, "own-sense": 2, "safe-space": 3, "growth": 2,
        "space-for": 3, "doubt-pain": 2, "unwanted": 0, "changed": 0, "fear": 0,
        "frightened": "no", "note": "Nothing."
    })
}

fn with(mut answers: Json, changes: Json) -> Json {
    for (id, value) in changes.as_object().unwrap() {
        answers[id] = value.clone();
    }
    answers
}

/// Before the report shows answers that were hidden, it says so, and waits.
fn pass_the_warning(terminal: &Terminal) {
    terminal.asked("including what wasn't shown just now.");
    assert!(!terminal.shown().contains("felt afraid"), "{}", terminal.shown());
    terminal.press(Key::Enter).asked("The past four weeks");
}

/// The report of these answers and its closing; whatever asks in words is answered so.
fn told(home: &Home, answers: &Json, said: &str) -> Screens {
    let mut screens = Screens::default();
    home.write("answers.json", answers.to_string());
    let terminal = home.terminal("assess --ask --answers answers.json");
    terminal.asked("Keep it").press(Key::Enter);
    terminal.wait_until("what comes next", |_| {
        !terminal.shown().contains("Keep it") && terminal.waits_for_a_key()
    });
    if terminal.shown().contains(LIFT) {
        terminal.press(Key::Enter).asked("It stays as it is.").press(Key::Enter);
    }
    pass_the_warning(&terminal);
    screens.add(&terminal);
    // The question stands below the first where there is nothing for a second.
    if !terminal.shown().contains("Enter skips") {
        terminal.press(Key::Enter);
        terminal.wait_until("the second screen", |_| terminal.waits_for_a_key());
        screens.add(&terminal);
    }
    match terminal.shown().contains("Enter skips") {
        true => terminal.write(said),
        false => terminal.press(Key::Enter),
    };
    screens.add(&terminal);
    terminal.press_until_the_end(Key::Enter).ends(0);
    screens
}

/// Words of those weeks.
fn live_through(home: &mut Home) {
    home.at("2026-09-08T21:00:00+00:00");
    home.keep("feel --feeling sad --when 'we ate in silence' --need 'a word' --share say");
    home.at("2026-09-12T21:00:00+00:00");
    home.run("feel --follow-up --received ignored --received-note 'She went on reading.'").ok();
    home.at("2026-09-20T21:00:00+00:00");
    home.keep("needs --unmet 'to be heard' --boundary 'Not the Sundays.' --respected partly");
    home.keep("reflect 'We laughed at the shop' --saw withdrew");
}

#[test]
fn three_times_over_it_tells_what_differs_what_lasted_and_what_was_said() {
    let mut home = home(SAM, false);
    told(&home, &answers(), "The fear.").are("first");
    live_through(&mut home);
    home.at("2026-09-28T21:00:00+00:00");
    let second = with(answers(), json!({ "ignored": 4, "safe-space": 3, "mixed-me": 1 }));
    told(&home, &second, "That it went on.").are("second");
    home.at("2026-10-03T21:00:00+00:00");
    told(&home, &with(answers(), json!({ "unsaid-me": 2 })), "Enough.").are("third");
    let shown = home.run("show").ok().stdout;
    let lasted = "You marked “drew back when it got serious”, of Sam, often or more, three times";
    assert!(shown.contains(lasted), "{shown}");
    assert!(shown.contains("What does that say to you?\n    Enough."), "{shown}");
}

#[test]
fn in_care_what_hurt_comes_first_and_each_third_time_there_is_no_question() {
    let mut home = home(SAM, true);
    told(&home, &answers(), "Rest.").are("care-first");
    live_through(&mut home);
    home.at("2026-09-28T21:00:00+00:00");
    let second = with(answers(), json!({ "ignored": 4, "willing-partner": 3 }));
    told(&home, &second, "My sister.").are("care-second");
    home.at("2026-10-28T21:00:00+00:00");
    told(&home, &answers(), "").are("care-third");
}

#[test]
fn apart_answers_stand_beside_those_of_that_chapter_alone() {
    let mut home = home(SAM, false);
    told(&home, &answers(), "The fear.");
    home.config(APART);
    home.at("2026-09-28T21:00:00+00:00");
    told(&home, &apart_answers(), "The grief.").are("apart-after-together");
    home.at("2026-10-28T21:00:00+00:00");
    let second = with(apart_answers(), json!({ "missed": 2, "contact": 4 }));
    told(&home, &second, "Less of it.").are("apart-second");
    // What was answered in the other chapter is shown as it was.
    let shown = home.run("show --on 2026-08-29").ok().stdout;
    assert!(shown.contains("Stepping back, Sam as you saw it: between often and almost always."));
    assert!(!shown.contains("What still hurts"), "{shown}");
}

#[test]
fn apart_and_in_care_it_is_aparts_items_in_cares_order() {
    told(&home(APART, true), &apart_answers(), "Rest.").are("apart-care");
}

#[test]
fn locked_the_session_alone_is_told() {
    let mut home = locked();
    told(&home, &answers(), "The fear.").are("locked-first");
    home.at("2026-09-28T21:00:00+00:00");
    told(&home, &answers(), "Still.").are("locked-second");
}

#[test]
fn in_a_narrow_window_and_where_lines_are_only_appended_there_are_words_for_dots() {
    let home = home(SAM, false);
    home.write("answers.json", answers().to_string());
    let arguments = "assess --ask --answers answers.json";
    let accessible = [("INWARD_ACCESSIBLE", Path::new("1"))];
    let terminal = home.terminal_of(24, 80, arguments, &accessible);
    terminal.wait_for("Keep it").answer("").wait_for("wasn't shown just now.").answer("");
    terminal.wait_for("trust or safety fragile: sometimes").wait_for("Enter continues.").answer("");
    terminal.wait_for("Which answer surprised you?");
    let said = terminal.scrolled_back();
    for words in [
        "drew back when it got serious, you: rarely",
        "uneasy about relying, Sam: can't say",
        "willing to work on it, Sam: rarely",
        "This is your first time here, so there's nothing to compare it with yet.",
    ] {
        assert!(said.contains(words), "“{words}” is missing in:\n{said}");
    }
    assert!(!said.contains('●') && !said.contains('│'), "{said}");
    terminal.press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal_of(24, 50, arguments, &[]);
    terminal.asked("Keep it").press(Key::Enter);
    let mut said = String::new();
    while !said.contains("Which answer surprised you?") {
        terminal.wait_until("a screen", |_| terminal.waits_for_a_key());
        said += &format!(" {}", terminal.shown());
        terminal.press(Key::Enter);
    }
    assert!(said.contains("willing to work on it, Sam: rarely") && !said.contains('●'), "{said}");
}

#[test]
fn the_answer_below_the_report_is_in_the_draft_and_asked_on_from_there() {
    let home = home(SAM, false);
    home.write("answers.json", answers().to_string());
    let terminal = home.terminal("assess --ask --answers answers.json");
    terminal.asked("Keep it").press(Key::Enter);
    pass_the_warning(&terminal);
    terminal.asked("Enter continues").press(Key::Enter);
    terminal.asked("Which answer surprised you?").type_keys("The fear");
    terminal.press(Key::Ctrl('c')).ends(130);
    home.run("list").exits(1);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Enter);
    pass_the_warning(&terminal);
    terminal.asked("Enter continues").press(Key::Enter);
    terminal.asked("The fear").press(Key::Ctrl('d'));
    terminal.press_until_the_end(Key::Enter).ends(0);
    let shown = home.run("show").ok().stdout;
    assert!(shown.contains("Which answer surprised you?\n    The fear\n"), "{shown}");
}

#[test]
fn nothing_is_told_where_nothing_was_answered_or_nobody_is_asked() {
    let home = home(SAM, false);
    let kept = home.run("assess --tension 4 --fear 0").ok();
    assert!(!kept.stderr.contains("Strain") && !kept.stdout.contains("Strain"));
    assert!(home.run("list").ok().stdout.contains("assess  The past four weeks\n"));
    let terminal = home.terminal("assess --ask --note 'Only this.' --frightened no");
    for _ in 0..4 {
        terminal.asked("S skips this part").type_keys("s");
    }
    terminal.kept();
    assert!(!terminal.raw().contains("These are your own answers"));
}

//! Back and forth through a practice, in windows of every size.

use std::num::NonZero;

use rexpect::process::Signal;

use crate::harness::{Home, Key, Terminal};
use crate::terminal::CLOSENESS;

const WINDOWS: [(u16, u16); 3] = [(24, 80), (12, 40), (50, 200)];

/// Down to “Back to the question before” in the menu, and there.
const BACK: usize = 1;

#[test]
fn back_shows_the_earlier_answer_to_be_changed_and_keeps_what_was_typed_since() {
    for (rows, columns) in WINDOWS {
        let home = Home::evening();
        let terminal = home.terminal_of(rows, columns, "evening", &[]);
        terminal.asked("1 of 6").choose(3);
        terminal.asked("2 of 6").type_keys("half a mom").press(Key::Esc);
        terminal.asked("Back to the question before").choose(BACK);
        terminal.asked("❯ I noticed").press(Key::Down).press(Key::Enter);
        terminal.asked("› half a mom").type_keys("ent\r");
        terminal.asked("3 of 6").type_keys("3");
        terminal.asked("❯ 3 close").press(Key::Enter);
        terminal.asked("4 of 6").press(Key::Space).press(Key::Esc);
        // The mark is still there when the menu was left.
        terminal.asked("Suggestions to share").press(Key::Esc).asked("[x]").press(Key::Enter);
        terminal.asked("5 of 6").press(Key::Esc).asked("Back to the question before").choose(BACK);
        terminal.asked("[x]").press(Key::Enter);
        terminal.asked("a disagreement?").type_keys("n").asked("❯ No").press(Key::Enter);
        terminal.asked("into sleep").press(Key::Enter);
        terminal.kept().is_sane();
        let answers = home.run("list --json").ok().json()["entries"][0]["answers"].clone();
        assert_eq!(answers[0]["value"], "did", "{rows}×{columns}");
        assert_eq!(answers[1]["value"], "half a moment");
        assert_eq!(answers[2]["value"], 3);
        assert_eq!(answers[3]["value"][0], "withdrew");
        assert_eq!(answers[4]["value"], false);
        assert!(!terminal.scrolled_back().contains("half a moment"));
    }
}

/// What a terminal shows in the end that has no other screen.
fn shown_on_the_only_screen(terminal: &Terminal) -> String {
    let raw = terminal.raw().replace("\u{1b}[?1049h", "").replace("\u{1b}[?1049l", "");
    let size = |rows| NonZero::new(rows).unwrap();
    let mut parser = vt100::Parser::new(size(24), size(80), 0);
    parser.process(raw.as_bytes());
    parser.screen().contents()
}

#[test]
fn where_there_is_no_other_screen_no_answer_stays_either() {
    let home = Home::evening();
    for how in ["ctrl-c", "signal", "kept"] {
        let mut terminal = home.terminal("evening");
        terminal
            .asked("1 of 6")
            .choose(3)
            .asked("2 of 6")
            .type_keys("the heron")
            .wait_for("the heron");
        match how {
            "ctrl-c" => terminal.press(Key::Ctrl('c')).ends(130),
            "signal" => {
                terminal.signal(Signal::SIGTERM);
                terminal.ends(-15)
            }
            _ => terminal.press_until_the_end(Key::Enter).ends(0),
        };
        let shown = shown_on_the_only_screen(&terminal);
        assert!(!shown.contains("heron"), "{how}: {shown}");
        let _ = std::fs::remove_dir_all(home.inward("state/drafts"));
    }
}

#[test]
fn an_answer_can_be_changed_at_the_glance_and_what_it_opens_is_asked() {
    let home = Home::evening();
    let terminal = home.terminal("evening --ask --outcome did --closeness 3 --saw none words");
    terminal.asked("a disagreement?").choose(2);
    terminal.asked("into sleep").answer("the day");
    // The lines: keep it, five answers of which the disagreement is the fifth.
    terminal.asked("Keep it").choose(5);
    terminal.asked("❯ No").press(Key::Up).press(Key::Enter);
    terminal.asked("wishes you both well").write("They tried");
    terminal.kept();
    let answers = home.run("list --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!(answers[4]["value"], true);
    assert_eq!(answers[5]["value"], "They tried");
}

#[test]
fn every_practice_is_walked_back_to_its_first_question_and_forth_again() {
    let all = Home::new().run("practices --json").ok().json();
    for practice in all["practices"].as_array().unwrap() {
        let name = practice["name"].as_str().unwrap();
        let home = Home::ready();
        let terminal = home.terminal(name);
        let mut forth = 0;
        terminal.wait_until("its screen", |screen| screen.alternate_screen());
        // Into the practice, as far as it goes without an answer, but not to its end.
        while forth < 4 {
            terminal.wait_until("a prompt", |screen| {
                terminal.waits_for_a_key() || !screen.alternate_screen()
            });
            if !terminal.screen().alternate_screen() {
                break;
            }
            terminal.press(Key::Enter);
            forth += 1;
        }
        for _ in 0..forth {
            terminal.wait_until("a prompt or the end", |_| {
                terminal.has_ended() || terminal.waits_for_a_key()
            });
            if terminal.has_ended() {
                break;
            }
            terminal.press(Key::Esc);
            let menu = terminal.asked("Continue").shown();
            match menu.contains("Back to the question before") {
                true => terminal.choose(BACK),
                false => terminal.press(Key::Esc),
            };
        }
        terminal.press_until_the_end(Key::Enter).ends(0).is_sane();
    }
}

#[test]
fn a_private_question_that_is_changed_at_the_glance_does_not_stay_in_sight() {
    let home = Home::ready();
    let practice = r#"
title = "Own"
about = "A practice with a private question"
primary = "page"

[[question]]
id = "page"
ask = "How was it?"
kind = "text"

[[question]]
id = "alone"
ask = "Were you ever alone with it?"
kind = "yes-no"
reveal = true

[[question]]
id = "after"
ask = "What came after?"
kind = "text"
when = { alone = "yes" }
"#;
    home.write("inward/config/prompts/own.toml", practice);
    let terminal = home.terminal("own --ask words --alone no");
    terminal.asked("Keep it").choose(2);
    terminal.asked("Enter shows it").press(Key::Enter);
    terminal.asked("Were you ever alone").press(Key::Up).press(Key::Enter);
    terminal.asked("What came after?");
    assert!(!terminal.shown().contains("Were you ever alone"), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn where_the_lines_of_a_review_would_hide_the_answers_a_short_menu_leads_to_them() {
    let home = Home::ready();
    let question = |n: usize| {
        format!("[[question]]\nid = \"q{n}\"\nkind = \"text\"\nask = \"Question {n}?\"\n\n")
    };
    let file: String = (1..=14).map(question).collect();
    home.write(
        "inward/config/prompts/many.toml",
        format!("title = \"Many\"\nabout = \"Ask much\"\ncadence = \"as-needed\"\n\n{file}"),
    );
    let flags: String = (2..=14).map(|n| format!(" --q{n} answer{n}")).collect();
    let terminal = home.terminal(&format!("many --ask{flags}"));
    terminal.asked("Question 1?").answer("the first");
    terminal.asked("Change an answer");
    assert!(terminal.shown().contains("answer14"), "{}", terminal.shown());
    terminal.choose(2);
    terminal.asked("the first").press(Key::Enter);
    terminal.press(Key::Enter).asked("Change an answer").choose(1);
    terminal.asked("Which one?").press(Key::Esc).asked("Safety").choose(1);
    terminal.asked("Change an answer").choose(1).asked("Which one?").choose(0);
    terminal.asked("Question 1?").type_keys(" one").press(Key::Enter);
    terminal.asked("Change an answer").choose(0).ends(0);
    assert_eq!(home.listed(""), ["the first one"]);
}

#[test]
fn questions_that_are_left_by_going_back_do_not_stay_in_sight_in_a_draft_that_is_continued() {
    let home = Home::evening();
    crate::terminal::half_way(&home).press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked(CLOSENESS).press(Key::Esc);
    terminal.asked("Back to the question before").choose(1);
    terminal.asked("The heron on the weir").asked("2 of 6");
    assert!(!terminal.shown().contains(CLOSENESS), "{}", terminal.shown());
    terminal.press(Key::Esc).asked("Back to the question before").choose(1);
    terminal.asked("1 of 6");
    assert!(!terminal.shown().contains("2 of 6"), "{}", terminal.shown());
    terminal.press(Key::Enter).asked("2 of 6").press(Key::Enter).asked(CLOSENESS);
    assert_eq!(terminal.shown().matches("1 of 6").count(), 1, "{}", terminal.shown());
}

#[test]
fn below_the_breather_a_blank_line_comes_before_the_next_question() {
    let home = Home::ready();
    let terminal = home.terminal("reflect");
    terminal.asked("One moment of connection").press(Key::Enter);
    terminal.asked("How close did you feel").press(Key::Enter);
    terminal.asked("Enough, or a little more?").choose(1);
    terminal.wait_until("the next question", |_| terminal.waits_for_a_key());
    let shown = terminal.screen().contents();
    let next = shown.lines().skip_while(|line| !line.starts_with("Next: ")).nth(1);
    assert_eq!(next.map(str::trim), Some(""), "{shown}");
}

#[test]
fn first_words_that_do_not_fit_above_the_first_question_are_all_read_before_it() {
    let home = Home::ready();
    // As many as fit are above it.
    home.terminal_of(24, 40, "feel", &[]).asked("A piece at a time").asked("I feel …");
    let terminal = home.terminal_of(15, 40, "guide 1", &[]);
    for words in [
        "You may know plenty about closeness",
        "Avoidance is drawing back, struggling",
        "Here you build one sentence about how",
    ] {
        terminal.asked(words).asked("Enter continues").press(Key::Enter);
    }
    terminal.asked("1 of 4 When …").press(Key::Ctrl('c')).ends(130);
    // Of a part that starts with a key, too.
    let terminal = home.terminal_of(8, 40, "assess", &[]);
    terminal.asked("Enter shows it").type_keys("s");
    let mut screens = Vec::new();
    while !terminal.asked("Enter").shown().contains("Enter starts") {
        screens.push(terminal.shown());
        terminal.press(Key::Enter);
    }
    let read = screens.join(" ");
    assert!(read.contains("This is about the past four weeks"), "{screens:?}");
    assert!(read.contains("Each line comes twice") && screens.len() > 1, "{screens:?}");
    // It isn't read a second time above the first question.
    terminal.press(Key::Enter).asked("❯ skip").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn esc_at_a_list_outside_a_session_opens_the_menu_with_safety_and_comes_back() {
    let home = Home::ready();
    let terminal = home.terminal_of(10, 40, "guide", &[]);
    let menu_and_back = |keys: &str| {
        terminal.asked(keys).press(Key::Esc).asked("Safety").choose(2);
        terminal.asked("q back").type_keys("q").asked(keys);
    };
    // What is above the list is read first, and has the menu, too.
    for words in ["You may know plenty", "Here are short exercises"] {
        terminal.asked(words);
        menu_and_back("Enter continues");
        terminal.press(Key::Enter);
    }
    menu_and_back("Esc more");
    terminal.press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("write");
    terminal.asked("").type_keys("words").asked("words").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Discard it").press(Key::Esc).asked("Leave it for now").press(Key::Esc);
    terminal.asked("Discard it").press(Key::Esc).asked("Leave it for now").choose(1).ends(0);
    home.terminal("resume").asked("Continue it").press(Key::Ctrl('c')).ends(130);
}

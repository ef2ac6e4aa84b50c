//! Sessions that stopped halfway at a terminal: nothing that was answered is lost.

use rexpect::process::Signal;

use crate::harness::{Home, Key, Terminal, files};
use crate::terminal::{CLOSENESS, DISAGREEMENT, OUTCOME, SAW, STAYS, half_way, kept_id};

#[test]
fn what_was_said_before_ctrl_c_is_a_sealed_draft_and_resume_continues_at_the_same_question() {
    let home = Home::evening();
    half_way(&home).press(Key::Ctrl('c')).ends(130);
    for file in files(&home.inward("state")) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("heron"), "{}", file.display());
        assert_eq!(crate::harness::mode(&file), 0o600);
    }
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked(CLOSENESS).choose(1);
    for question in [SAW, DISAGREEMENT, STAYS, "Keep it", "Not at all, you said."] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.ends(0).is_sane();
    let entry = home.entry(&kept_id(&home));
    assert_eq!(entry["answers"][0]["value"], "The heron on the weir");
    assert_eq!(entry["answers"][1]["value"], 0);
    assert!(files(&home.inward("state/drafts")).is_empty());
}

#[test]
fn resume_does_not_ask_again_whether_that_is_enough() {
    let home = Home::ready();
    let terminal = home.terminal("reflect");
    terminal.asked("One moment of connection").answer("The heron");
    terminal.asked("How close did you feel").press(Key::Enter);
    terminal.asked("Enough, or a little more?").choose(1);
    terminal.asked("What did you see in yourself").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("This is where you left off.").asked("What did you see in yourself");
    assert!(!terminal.shown().contains("Enough"), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn the_same_practice_on_the_same_day_continues_at_the_same_question_if_that_is_wanted() {
    let mut home = Home::evening();
    half_way(&home).press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("evening");
    terminal.wait_for("Unfinished, from today at 21:14").wait_for("Continue it").choose(1);
    terminal.asked(OUTCOME).press(Key::Ctrl('c')).ends(130);
    assert_eq!(files(&home.inward("state/drafts")).len(), 1, "the draft of before is as it was");
    let terminal = home.terminal("evening");
    terminal.wait_for("Unfinished, from today").press(Key::Enter);
    terminal.asked(CLOSENESS).press(Key::Ctrl('c')).ends(130);
    // Another day, and another practice, start over.
    home.terminal("write").asked("Write what's there.").press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-24T21:00:00+00:00");
    home.terminal("evening").asked(OUTCOME).press(Key::Ctrl('c')).ends(130);
}

#[test]
fn locked_a_practice_says_that_a_session_is_unfinished_and_does_not_ask_for_the_passphrase() {
    let home = Home::locked("echo pw");
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("the heron").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("write");
    terminal.wait_for("There's an unfinished entry from today; `inward resume` continues it.");
    terminal.asked("Write what's there.").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn what_the_command_line_says_of_an_entry_is_not_lost_to_a_draft() {
    let home = Home::ready();
    let terminal = home.terminal("intent");
    terminal.asked("What would you like to carry").answer("slowly");
    terminal.asked("When might it matter?").press(Key::Ctrl('c')).ends(130);
    for flags in ["--at 'yesterday 20:00'", "--tag work"] {
        let terminal = home.terminal(&format!("intent {flags}"));
        terminal.asked("What would you like to carry");
        assert!(!terminal.raw().contains("Continue it"), "{flags}");
        terminal.press(Key::Ctrl('c')).ends(130);
    }
    home.terminal("intent").asked("Continue it").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn esc_on_words_changes_nothing_and_ctrl_c_leaves_them_to_the_draft() {
    let home = Home::ready();
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("five hundred words").press(Key::Esc);
    terminal.asked("Skip this question and drop these words").press(Key::Enter);
    terminal.asked("five hundred words").type_keys(" more").press(Key::Ctrl('c'));
    terminal.ends(130).is_sane();
    assert!(terminal.shown().contains("Your draft is kept"), "{}", terminal.shown());
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("five hundred words more").press(Key::Ctrl('d'));
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.kept();
    let words = &home.entry(&kept_id(&home))["answers"][0]["value"];
    assert_eq!(words, "five hundred words more");
}

#[test]
fn marks_stay_in_the_draft_when_it_stops_there_and_on_the_way_back() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1 --ask --trigger plans --story worse --their-move ask-on");
    terminal.asked("… I …").choose(1).asked("… and it ends …").choose(1);
    terminal.asked("Reword it by hand").press(Key::Enter);
    terminal.asked("Early on, I learned …").type_keys(" ").asked("[x] to need as little");
    terminal.press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("[x] to need as little").press(Key::Down).type_keys(" ");
    terminal.asked("[x] to keep feelings").press(Key::Esc);
    terminal.asked("Back to the question before").choose(3).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("[x] to need as little").asked("[x] to keep feelings");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_terminal_that_is_closed_in_the_middle_of_a_word_loses_none() {
    let home = Home::ready();
    let mut terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("half a sen");
    terminal.wait_for("half a sen");
    terminal.signal(Signal::SIGHUP);
    terminal.end();
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("half a sen").press(Key::Ctrl('d'));
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.kept();
    assert_eq!(home.entry(&kept_id(&home))["answers"][0]["value"], "half a sen");
}

#[test]
fn where_nothing_was_said_there_is_no_draft_of_it() {
    let home = Home::ready();
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").press(Key::Enter);
    terminal.asked("A title").press(Key::Ctrl('c')).ends(130);
    assert_eq!(terminal.shown(), "Stopped. Nothing was written.");
    home.run("resume").exits(1);
}

#[test]
fn several_unfinished_sessions_can_be_chosen_from_and_discarded() {
    let home = Home::ready();
    for words in ["the first page", "the second page"] {
        let terminal = home.terminal("write");
        if words.contains("second") {
            terminal.wait_for("Start a new one").choose(1);
        }
        terminal.asked("Write what's there.").write(words);
        terminal.asked("A title").press(Key::Ctrl('c')).ends(130);
    }
    let terminal = home.terminal("resume");
    terminal.asked("Unfinished entries").asked("the first page").choose(0);
    terminal.asked("Discard it").choose(1);
    // It must be meant.
    terminal.asked("Discard it for good").press(Key::Enter);
    terminal.asked("Unfinished entries").choose(0);
    terminal.asked("Discard it").choose(1);
    terminal.asked("Discard it for good").choose(1);
    terminal.ends(0);
    assert!(terminal.shown().contains("Draft discarded."), "{}", terminal.shown());
    assert_eq!(files(&home.inward("state/drafts")).len(), 1);
}

#[test]
fn unfinished_entries_of_one_minute_are_told_apart() {
    let home = Home::ready();
    for answers in ["--withdrew 1", "--withdrew 1 --unsaid 2", "--withdrew 3"] {
        let terminal = home.terminal(&format!("assess --ask {answers}"));
        terminal.asked("Enter shows it").press(Key::Enter).asked("In the past year");
        terminal.press(Key::Enter).asked("").press(Key::Ctrl('c')).ends(130);
    }
    let terminal = home.terminal("resume");
    terminal.asked("Unfinished entries");
    let shown = terminal.screen().contents();
    let lines: Vec<&str> = shown.lines().filter(|line| line.contains("assess, today")).collect();
    assert_eq!(lines.len(), 3, "{shown}");
    assert!(lines.iter().all(|line| lines.iter().filter(|it| *it == line).count() == 1), "{shown}");
    assert!(shown.contains("(2 answers)") && shown.contains("(1 answer, "), "{shown}");
}

#[test]
fn a_draft_that_cannot_be_saved_costs_no_answer() {
    let home = Home::ready();
    home.write("inward/state/drafts", "a file where a folder should be");
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").write("kept all the same");
    terminal.wait_for("You can continue");
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.kept();
    assert_eq!(home.entry(&kept_id(&home))["answers"][0]["value"], "kept all the same");
}

#[test]
fn a_draft_that_is_open_in_another_window_is_continued_as_a_copy_and_never_written_over() {
    let home = Home::evening();
    let open = half_way(&home);
    let other = home.terminal("resume");
    other.asked("Continue a copy").wait_for("It's open in another window.");
    assert!(!other.shown().contains("Discard it"), "{}", other.shown());
    other.press(Key::Enter);
    for window in [&other, &open] {
        window.asked(CLOSENESS).choose(1);
        for question in [SAW, DISAGREEMENT] {
            window.asked(question).press(Key::Enter);
        }
        window.asked(STAYS);
    }
    other.type_keys("words of the copy").press(Key::Ctrl('c')).ends(130);
    assert_eq!(files(&home.inward("state/drafts")).len(), 2);
    let third = home.terminal("resume");
    third.asked("Unfinished entries").wait_for(", open in another window");
    assert_eq!(third.shown().matches("open in another window").count(), 1, "{}", third.shown());
    third.press(Key::Ctrl('c')).end();
    finish(&open, "words of the first");
    open.ends(0);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    finish(terminal.asked("words of the copy"), "");
    terminal.ends(0);
    let all = home.run("list --json").ok().stdout;
    assert!(all.contains("words of the copy") && all.contains("words of the first"), "{all}");
    assert!(files(&home.inward("state/drafts")).is_empty());
}

#[test]
fn a_draft_whose_window_was_killed_is_continued_as_any_other() {
    let home = Home::evening();
    let mut killed = half_way(&home);
    killed.signal(Signal::SIGKILL);
    killed.end();
    home.terminal("resume").asked("Discard it").press(Key::Enter).asked(CLOSENESS);
}

#[test]
fn the_same_practice_does_not_offer_a_draft_that_is_open_in_another_window() {
    let home = Home::evening();
    let _open = half_way(&home);
    home.terminal("evening").asked(OUTCOME).press(Key::Ctrl('c')).ends(130);
    assert_eq!(files(&home.inward("state/drafts")).len(), 1);
}

/// Continues the draft in two windows at once, up to the last question, as on a file system
/// without locks: what the second one opens is no longer the file that the first one holds.
fn in_two_windows(home: &Home) -> [Terminal; 2] {
    let windows = [0, 1].map(|_| {
        let window = home.terminal("resume");
        window.asked("Continue it").press(Key::Enter);
        window.asked(CLOSENESS);
        for draft in files(&home.inward("state/drafts")) {
            let copy = draft.with_extension("copy");
            std::fs::copy(&draft, &copy).unwrap();
            std::fs::rename(copy, draft).unwrap();
        }
        window
    });
    for window in &windows {
        window.choose(1);
        for question in [SAW, DISAGREEMENT] {
            window.asked(question).press(Key::Enter);
        }
        window.asked(STAYS);
    }
    windows
}

/// Answers the last question, and keeps the entry.
fn finish(terminal: &Terminal, words: &str) {
    terminal.answer(words);
    for question in ["Keep it", "Not at all, you said."] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.wait_for("Kept: ");
}

#[test]
fn a_draft_that_two_windows_continue_is_two_entries_even_once_one_was_edited() {
    for is_edited in [false, true] {
        let home = Home::evening();
        half_way(&home).press(Key::Ctrl('c')).ends(130);
        let [first, second] = in_two_windows(&home);
        finish(&first, "the first window");
        first.ends(0);
        if is_edited {
            home.run_args(["edit", &kept_id(&home), "--tag", "later"]).ok();
        }
        finish(&second, "the second window");
        second.wait_for("Both are kept, as two entries.").ends(0);
        let all = home.run("list --json").ok().stdout;
        assert!(all.contains("the first window") && all.contains("the second window"), "{all}");
        assert!(files(&home.inward("state/drafts")).is_empty());
    }
}

#[test]
fn a_draft_that_another_window_kept_takes_nothing_away_when_it_is_continued_once_more() {
    let home = Home::evening();
    half_way(&home).press(Key::Ctrl('c')).ends(130);
    let [first, second] = in_two_windows(&home);
    finish(&first, "the first window");
    first.ends(0);
    second.answer("the second window").asked("Keep it").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Enter);
    terminal.asked("Not at all, you said.").press(Key::Enter);
    terminal.ends(0);
    let all = home.run("list --json").ok().stdout;
    assert!(all.contains("the first window") && all.contains("the second window"), "{all}");
}

#[test]
fn a_draft_of_an_unknown_key_is_named_without_a_word_of_other_devices() {
    let home = Home::evening();
    half_way(&home).press(Key::Ctrl('c')).ends(130);
    let other = Home::ready();
    for file in ["config/identity.txt", "config/recipients.txt"] {
        std::fs::copy(other.inward(file), home.inward(file)).unwrap();
    }
    let terminal = home.terminal_of(40, 80, "resume", &[]);
    terminal.ends(4);
    let told = terminal.shown();
    assert!(told.contains("`age -d -i KEY DRAFT` shows what you wrote."), "{told}");
    assert!(!told.contains("inward sync") && !told.contains("another device"), "{told}");
}

#[test]
fn a_draft_that_had_enough_at_the_breather_continues_at_the_look_at_its_answers() {
    let home = Home::ready();
    let terminal = home.terminal("feel --ask --feeling calm --need connection");
    terminal.asked("… when …").press(Key::Enter);
    terminal.asked("Enough, or a little more?").press(Key::Enter);
    terminal.asked("Keep it").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter).asked("Keep it");
    assert!(!terminal.raw().contains("Enough, or a little more?"), "{}", terminal.shown());
    terminal.press(Key::Enter).press_until_the_end(Key::Enter).ends(0);
}

//! What happens when an answer says that the writer is afraid: in the same session, in
//! those after it, and until it is lifted.

use crate::harness::{Home, Key, Terminal, files, one_line};

pub const THANKS: &str =
    "Thank you for saying so. Being frightened is not your fault. You can stop here.";
const FROM_NOW_ON: &str = "From now on this journal leaves out suggestions to share";
const LAST_WORD: &str = "You can read about safety again at any time: Esc, then “Safety”";
pub const LEFT_OUT: &str = "At the moment this journal leaves out suggestions to share";
pub const LIFT: &str = "Should it keep leaving out suggestions to share?";
const WELL_WISHER: &str = "wishes you both well";
pub const DISAGREEMENT: &str = "Was there a";
pub const SET_DOWN: &str = "What would you like to set down";

/// An evening whose next question is about a disagreement, or a hard moment.
pub fn evening(home: &Home) -> Terminal {
    let terminal = home.terminal("reflect --ask 'We laughed' --closeness 2 --ease 2 --saw none");
    let breather = |shown: &str| shown.contains("Enough for now");
    let offer = |shown: &str| shown.contains("Not now");
    terminal.wait_until("the question or the breather", |screen| {
        let shown = one_line(&screen.contents());
        breather(&shown) || offer(&shown) || shown.contains(DISAGREEMENT)
    });
    if offer(&terminal.shown()) {
        terminal.asked("Not now").press(Key::Enter);
        terminal.wait_until("the question or the breather", |screen| {
            let shown = one_line(&screen.contents());
            breather(&shown) || shown.contains(DISAGREEMENT)
        });
    }
    if breather(&terminal.shown()) {
        terminal.asked("Enough for now").choose(1);
    }
    terminal.asked(DISAGREEMENT);
    terminal
}

/// The same, answered with "yes, and it wasn't safe".
fn unsafe_evening(home: &Home) -> Terminal {
    let terminal = evening(home);
    terminal.choose(3).asked(THANKS);
    terminal
}

/// Is the well-wisher asked after a disagreement?
pub fn asks_for_the_well_wisher(home: &Home) -> bool {
    let terminal = evening(home);
    terminal.choose(2).wait_until("the next question", |screen| {
        let shown = one_line(&screen.contents());
        shown.contains(SET_DOWN) || shown.contains(WELL_WISHER)
    });
    let asked = terminal.asked("").shown().contains(WELL_WISHER);
    terminal.press(Key::Ctrl('c')).ends(130);
    std::fs::remove_dir_all(home.inward("state/drafts")).unwrap();
    asked
}

/// The newest entry.
fn newest(home: &Home) -> serde_json::Value {
    home.run("list --json --last 1").ok().json()["entries"][0].clone()
}

/// Opens the menu on Esc and chooses the line that says this.
pub fn from_menu(terminal: &Terminal, line: &str) {
    terminal.press(Key::Esc).asked("Suggestions to share");
    let lines = ["Continue", "Back", "Skip", "Stop", "Safety", "Suggestions to share"];
    let shown = terminal.shown();
    let offered = lines.iter().filter(|offered| shown.contains(*offered));
    terminal.choose(offered.take_while(|offered| **offered != line).count());
}

#[test]
fn right_after_the_answer_the_page_is_cleared_and_the_care_form_holds_at_once() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    let shown = terminal.shown();
    assert!(!shown.contains("disagreement") && shown.contains(FROM_NOW_ON), "{shown}");
    assert!(shown.contains("Ctrl-C stops at once and clears the screen."), "{shown}");
    terminal.choose(0).asked("If you're afraid of someone");
    while !terminal.shown().starts_with(THANKS) {
        terminal.press(Key::Enter).asked("");
    }
    assert!(!terminal.shown().contains("Read about safety now"), "{}", terminal.shown());
    terminal.choose(0).asked("What would you like to set down");
    assert!(!terminal.raw().contains(WELL_WISHER));
    terminal.press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.asked("Whatever you did to stay safe is all right.").press(Key::Enter);
    terminal.asked(LAST_WORD).press(Key::Enter);
    terminal.ends(0).is_sane();
    let page = terminal.scrolled_back();
    assert!(page.contains("Kept: ") && !page.contains("safe"), "{page}");
}

#[test]
fn stopping_there_keeps_what_was_answered_and_the_answer_counts() {
    let mut home = Home::ready();
    let terminal = unsafe_evening(&home);
    // At once: whoever walks away leaves no screen behind.
    terminal.choose(2).ends(0);
    assert!(!one_line(&terminal.raw()).contains(LAST_WORD));
    assert!(terminal.scrolled_back().starts_with("Kept: "), "{}", terminal.scrolled_back());
    assert!(newest(&home).to_string().contains("not-safe"));
    assert!(files(&home.inward("state/drafts")).is_empty(), "it is no draft");
    home.at("2026-11-24T21:00:00+00:00");
    assert!(!asks_for_the_well_wisher(&home));
    // The second time it only thanks.
    let terminal = unsafe_evening(&home);
    assert!(!terminal.shown().contains(FROM_NOW_ON), "{}", terminal.shown());
}

#[test]
fn in_a_small_window_the_thanks_stay_and_what_is_explained_comes_after_them() {
    for (rows, columns) in [(15, 40), (12, 44), (18, 60)] {
        let home = Home::ready();
        let said = "reflect --ask words --disagreement not-safe";
        let terminal = home.terminal_of(rows, columns, said, &[]);
        terminal.asked("Stop here");
        let shown = one_line(&terminal.shown());
        assert!(shown.starts_with(THANKS), "{rows}x{columns}: {shown}");
        if rows < 18 {
            assert!(!shown.contains("From now on"), "{shown}");
            // Whoever stops there has read what changes.
            let line = "This journal leaves out suggestions to share until you say otherwise.";
            assert!(shown.contains(line), "{shown}");
            terminal.choose(1).asked(FROM_NOW_ON).press(Key::Enter);
        } else {
            assert!(shown.contains(FROM_NOW_ON), "{shown}");
            terminal.choose(1);
        }
        terminal.asked("How at ease").press(Key::Ctrl('c')).ends(130);
    }
}

#[test]
fn the_look_at_all_answers_calls_a_question_by_the_words_in_which_it_was_asked() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    terminal.choose(1).asked(SET_DOWN).press(Key::Enter).asked("Keep it");
    let shown = one_line(&terminal.shown());
    assert!(shown.contains("Change: Was there a disagreement?"), "{shown}");
    assert!(!shown.contains("hard moment"), "{shown}");
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn in_plain_lines_enter_alone_opens_no_page_that_would_stay() {
    let home = Home::ready();
    let plain = [("INWARD_ACCESSIBLE", std::path::Path::new("1"))];
    let terminal = home.terminal_of(24, 80, "reflect --ask words --disagreement not-safe", &plain);
    terminal.asked("(it stays on this screen)").asked("press Enter for “Continue”");
    terminal.press_until_the_end(Key::Enter).ends(0);
    let met = one_line(&terminal.raw());
    assert!(!met.contains("If you're afraid of someone"), "{met}");
    assert!(met.contains("type :safety alone on a line") && !met.contains("Esc, then"), "{met}");
}

#[test]
fn in_plain_lines_the_word_for_the_page_opens_it_there_as_anywhere() {
    let home = Home::ready();
    let plain = [("INWARD_ACCESSIBLE", std::path::Path::new("1"))];
    let terminal = home.terminal_of(24, 80, "reflect --ask words --disagreement not-safe", &plain);
    terminal.asked("press Enter for “Continue”").answer(":safety");
    terminal.asked("keeps no note of your reading this").answer(":stop");
    terminal.wait_until("the end", |_| terminal.has_ended());
}

#[test]
fn no_key_line_promises_an_esc_that_does_nothing_or_something_else() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    assert!(!terminal.shown().contains("Esc"), "{}", terminal.shown());
    terminal.choose(2).ends(0);
    let terminal = home.terminal("write");
    terminal.asked("").press(Key::Esc).asked("Enter chooses · Esc continues");
    terminal.press(Key::Esc).asked("Write what's there.").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn whoever_was_afraid_is_not_asked_how_it_was_received() {
    let home = Home::ready();
    home.keep("feel afraid --when 'you shout' --share say --at '5 days ago'");
    let told = home.run("feel --follow-up --received heard").outcome();
    assert_eq!(told.code, 1, "{}", told.stdout);
}

#[test]
fn stopping_at_what_became_of_an_entry_asks_nothing_after_it() {
    let home = Home::ready();
    home.keep("feel sad --when 'you leave' --share say --at '5 days ago'");
    let terminal = home.terminal("feel");
    terminal.asked("How was it received?").choose(6).asked(THANKS).choose(2).ends(0);
    assert!(!terminal.raw().contains("I feel …"));
    assert!(newest(&home).to_string().contains("not-safe"));
}

#[test]
fn ctrl_c_there_prints_nothing_at_all_and_the_draft_holds_care() {
    let home = Home::ready();
    let terminal = evening(&home);
    terminal.choose(1).asked(SET_DOWN).press(Key::Ctrl('c')).ends(130);
    let at_a_question = terminal.scrolled_back();
    assert!(at_a_question.contains("Stopped. Your draft is kept"), "{at_a_question}");
    let drafts = || std::fs::remove_dir_all(home.inward("state/drafts")).unwrap();
    drafts();
    let terminal = unsafe_evening(&home);
    // On the page about safety, too, which it opens.
    terminal.choose(0).asked("If you're afraid of someone").press(Key::Ctrl('c')).ends(130);
    assert_eq!(terminal.scrolled_back(), "");
    drafts();
    let terminal = unsafe_evening(&home);
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    assert_eq!(terminal.scrolled_back(), "");
    assert_eq!(files(&home.inward("state/drafts")).len(), 1);
    drafts();
    // Where the command line said it, too.
    let terminal = home.terminal("reflect 'we had tea' --disagreement not-safe --ask");
    terminal.asked(THANKS).press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    // After what was said, the next question.
    terminal.asked("Continue it").press(Key::Enter).asked("How at ease");
    terminal.press(Key::Ctrl('c')).ends(130);
    drafts();
    unsafe_evening(&home).press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter);
    terminal.asked("What would you like to set down");
    assert!(!terminal.raw().contains(THANKS), "once a session");
    assert!(!terminal.raw().contains(WELL_WISHER));
    terminal.press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.asked("Whatever you did").press(Key::Enter);
    terminal.asked(LAST_WORD).press(Key::Enter).ends(0);
}

#[test]
fn in_plain_lines_ctrl_c_there_prints_nothing_either() {
    let home = Home::ready();
    let command = "reflect --ask words --disagreement not-safe";
    let terminal =
        home.terminal_of(24, 80, command, &[("INWARD_ACCESSIBLE", std::path::Path::new("1"))]);
    terminal.asked(THANKS).asked("press Enter for").press(Key::Ctrl('c')).ends(130);
    let shown = terminal.shown();
    assert!(shown.trim_end().ends_with('>') && !shown.contains("Stopped"), "{shown}");
}

#[test]
fn leaving_the_page_about_safety_says_what_is_always_said_and_loses_no_word() {
    let home = Home::ready();
    let terminal = home.terminal("write");
    terminal.asked("Write what's there.").type_keys("half a thought");
    from_menu(&terminal, "Safety");
    terminal.asked("If you're afraid of someone").press(Key::Ctrl('c')).ends(130).is_sane();
    let line = "Stopped. Your draft is kept; `inward resume` picks it up.";
    assert_eq!(one_line(&terminal.scrolled_back()), line);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter).asked("half a thought");
}

#[test]
fn an_answer_that_only_a_draft_has_counts_until_the_draft_is_gone() {
    let mut home = Home::ready();
    home.keep("gratitude 'a quiet hour' --share will-say --at '20 days ago'");
    home.keep("gratitude --became said --landed well --at '10 days ago'");
    let holds_back =
        |home: &Home| home.run("patterns gratitude landed").outcome().stdout.contains("Held back");
    assert!(!holds_back(&home));
    unsafe_evening(&home).press(Key::Ctrl('c')).ends(130);
    home.at("2026-11-24T21:00:00+00:00");
    assert!(holds_back(&home));
    // Which also takes all drafts away.
    assert!(!asks_for_the_well_wisher(&home));
    assert!(!holds_back(&home));
    assert!(asks_for_the_well_wisher(&home));
}

#[test]
fn a_locked_session_hears_the_answer_and_explains_it_each_time() {
    let home = Home::locked("echo a quiet river");
    for _ in 0..2 {
        let terminal = unsafe_evening(&home);
        assert!(terminal.shown().contains(FROM_NOW_ON), "{}", terminal.shown());
        terminal.choose(1).asked("What would you like to set down");
        assert!(!terminal.raw().contains(WELL_WISHER));
        from_menu(&terminal, "Suggestions to share");
        terminal.asked(LEFT_OUT);
        assert!(!terminal.shown().contains(LIFT), "never in the session in which it came on");
        terminal.press(Key::Enter).asked("").press(Key::Enter);
        terminal.asked("Keep it").press(Key::Enter);
        terminal.asked("Whatever you did").press(Key::Enter);
        terminal.asked(LAST_WORD).press(Key::Enter).ends(0);
    }
    let terminal = evening(&home);
    from_menu(&terminal, "Suggestions to share");
    terminal.asked("The journal is locked, so inward can't read what you chose before.");
    terminal.asked("To see it or change it, run `inward unlock` first.");
}

/// An evening of two practices, locked, in which the first turns care on.
fn unsafe_routine() -> (Home, Terminal) {
    let home = Home::locked("echo a quiet river");
    home.config("[routines]\nevening = [\"reflect\", \"gratitude\"]\n");
    let terminal = home.terminal("routine evening");
    terminal.asked("One moment of connection").answer("We laughed.");
    terminal.asked("How close did you feel").press(Key::Enter);
    terminal.asked("Enough for now").choose(1);
    terminal.asked("What did you see in yourself").press(Key::Enter);
    terminal.asked("Was there a disagreement?").choose(3).asked(THANKS);
    (home, terminal)
}

#[test]
fn what_was_said_in_one_practice_of_a_routine_holds_in_the_next_though_it_is_locked() {
    let (_home, terminal) = unsafe_routine();
    terminal.choose(1).asked(SET_DOWN).press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.asked("Whatever you did").press(Key::Enter).asked(LAST_WORD).press(Key::Enter);
    terminal.asked("Start it").press(Key::Enter);
    terminal.asked("Something you're glad of this week, from anyone or anything.");
    assert!(!terminal.shown().contains("partner"), "{}", terminal.shown());
}

#[test]
fn whoever_stops_there_is_offered_no_other_practice() {
    let (_home, terminal) = unsafe_routine();
    terminal.choose(2).ends(0);
    assert!(!terminal.raw().contains("Start it"));
}

#[test]
fn an_answer_taken_back_takes_care_back() {
    let home = Home::ready();
    let terminal = unsafe_evening(&home);
    terminal.choose(1).asked("What would you like to set down");
    from_menu(&terminal, "Back");
    // What was answered is marked.
    terminal.asked(DISAGREEMENT).press(Key::Up).press(Key::Enter).asked(WELL_WISHER);
    terminal.press(Key::Ctrl('c')).ends(130);
}

/// As a syncer would bring them.
pub fn copy_journal(from: &Home, to: &Home) {
    for file in files(&from.journal()) {
        let place = file.strip_prefix(from.path()).unwrap().display().to_string();
        to.write(&place, std::fs::read(&file).unwrap());
    }
}

#[test]
fn only_what_was_written_since_is_offered_again() {
    let mut home = Home::ready();
    home.keep("intent 'Stay in the talk' --at yesterday");
    home.keep("notice words --next-if 'we talk' --next-then 'stay' --at yesterday");
    let offered = |home: &Home| {
        let terminal = home.terminal("intent");
        terminal.asked("").press(Key::Down);
        let met = terminal.asked("").raw();
        terminal.press(Key::Ctrl('c')).ends(130);
        ["Stay in the talk", "If we talk", "An hour outside"].map(|words| met.contains(words))
    };
    assert_eq!(offered(&home), [true, true, false]);
    home.at("2026-11-23T22:00:00+00:00");
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T08:00:00+00:00");
    assert_eq!(offered(&home), [false, false, false]);
    home.keep("intent 'An hour outside'");
    home.at("2026-11-25T08:00:00+00:00");
    assert_eq!(offered(&home), [false, false, true]);
}

#[test]
fn an_answer_that_may_mean_fear_offers_the_page_and_turns_nothing_on() {
    let mut home = Home::ready();
    for (arguments, pointer) in [
        ("gratitude --ask tea --gave warmth --self patience --share not-safe", "If it isn't safe,"),
        ("needs --ask sleep --met rest --boundary doors --respected not-safe", "If it isn't safe,"),
        ("assess --ask words --fear 1", "If there's someone you're afraid of,"),
    ] {
        let terminal = home.terminal(arguments);
        let words = format!("{pointer} there's a page about that right here.");
        for _ in 0..40 {
            terminal.asked("");
            if terminal.shown().contains(&words) || !terminal.screen().alternate_screen() {
                break;
            }
            terminal.press(Key::Enter);
        }
        terminal.asked(&words).choose(0).asked("If you're afraid of someone");
        terminal.press(Key::Ctrl('c')).ends(0);
        assert!(!terminal.scrolled_back().contains("safe"), "{}", terminal.scrolled_back());
        assert!(!terminal.raw().contains(THANKS), "{arguments}");
    }
    home.at("2026-11-24T21:00:00+00:00");
    assert!(asks_for_the_well_wisher(&home));
}

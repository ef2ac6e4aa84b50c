//! Text at the prompt: the keys of a shell, any length, any window, and nothing typed is
//! ever lost.

use std::time::Duration;

use rexpect::process::Signal;

use crate::harness::{Home, Key, Terminal, files};

const PAGE: &str = "Write what's there.";

/// Rows and columns: the usual window, a small one, a large one.
const WINDOWS: [(u16, u16); 3] = [(24, 80), (12, 40), (50, 200)];

fn page(home: &Home, (rows, columns): (u16, u16)) -> Terminal {
    let terminal = home.terminal_of(rows, columns, "write", &[]);
    // In a small window, what the practice says first is read first.
    while !terminal.asked("").shown().contains(PAGE) {
        terminal.press(Key::Enter);
    }
    terminal
}

/// Ends the page, and keeps it as it is.
fn keep(terminal: &Terminal) {
    terminal.press(Key::Ctrl('d')).wait_until("the next question", |screen| {
        !screen.contents().contains(PAGE) || screen.contents().contains("2 of")
    });
    terminal.press_until_the_end(Key::Enter).ends(0).is_sane();
}

fn newest_words(home: &Home) -> String {
    let entries = home.run("list --json").ok().json();
    entries["entries"][0]["answers"][0]["value"].as_str().unwrap().to_owned()
}

fn paste(terminal: &Terminal, text: &str) {
    terminal.type_keys(&format!("\u{1b}[200~{text}\u{1b}[201~"));
}

#[test]
fn keys_of_the_shell_edit_and_type_nothing() {
    let home = Home::ready();
    let terminal = page(&home, WINDOWS[0]);
    terminal.type_keys("one two three").press(Key::Ctrl('a')).type_keys("zero ");
    terminal.press(Key::Ctrl('e')).press(Key::Ctrl('w')).type_keys("four");
    // Alt-B, Alt-F, and a chord that means nothing.
    terminal.type_keys("\u{1b}b\u{1b}f").press(Key::Ctrl('g')).press(Key::Ctrl('x'));
    keep(&terminal);
    assert_eq!(newest_words(&home), "zero one two four");
}

#[test]
fn what_was_deleted_comes_back() {
    let home = Home::ready();
    let terminal = page(&home, WINDOWS[0]);
    terminal.type_keys("the heron").press(Key::Ctrl('u')).press(Key::Ctrl('y'));
    terminal.type_keys(" again").press(Key::Ctrl('w')).press(Key::Ctrl('_'));
    keep(&terminal);
    assert_eq!(newest_words(&home), "the heron again");
}

#[test]
fn thirty_kilobytes_are_pasted_in_a_moment_and_a_page_of_200_lines_is_edited_in_its_middle() {
    for window in WINDOWS {
        let home = Home::ready();
        let lines: Vec<String> =
            (0..200).map(|n| format!("line {n} {}", "word ".repeat(30))).collect();
        let text = lines.join("\n") + "the end";
        assert!(text.len() > 30_000);
        let terminal = page(&home, window);
        let before = terminal.processor_time();
        paste(&terminal, &text);
        terminal.asked("the end");
        // Of the processor, as a busy machine makes any wall clock late.
        let taken = terminal.processor_time() - before;
        assert!(taken < Duration::from_millis(300), "{window:?}: {taken:?}");
        for _ in 0..100 {
            terminal.press(Key::Ctrl('a')).press(Key::Up);
        }
        terminal.asked("word").type_keys("HERE ");
        terminal.wait_for("HERE");
        let (row, _) = terminal.screen().cursor_position();
        assert!(row < window.0, "the cursor is in the window");
        keep(&terminal);
        let text = newest_words(&home);
        let edited = text.lines().filter(|line| line.contains("HERE")).count();
        assert_eq!((edited, text.lines().count()), (1, 200), "{window:?}");
    }
}

#[test]
fn a_paste_that_the_terminal_does_not_mark_is_as_quick() {
    let home = Home::ready();
    let terminal = page(&home, WINDOWS[0]);
    let before = terminal.processor_time();
    terminal.type_keys(&"a word and another ".repeat(1500)).type_keys("END");
    terminal.asked("END");
    let taken = terminal.processor_time() - before;
    assert!(taken < Duration::from_secs(2), "{taken:?}");
    keep(&terminal);
    assert_eq!(newest_words(&home).len(), 1500 * 19 + 3);
}

#[test]
fn words_are_not_broken_at_the_edge_and_no_line_is_wider_than_80_columns() {
    for (rows, columns) in WINDOWS {
        let home = Home::ready();
        let terminal = page(&home, (rows, columns));
        terminal.type_keys(&"heronry ".repeat(30)).type_keys("二行目 e\u{301} שלום 🙂");
        terminal.asked("🙂");
        let screen = terminal.screen();
        for row in screen.rows(0, columns) {
            let width = row.trim_end().chars().count();
            assert!(width <= 80.min(columns.into()), "{row:?}");
            assert!(row.matches("heronry").count() * 7 <= width, "{row:?}");
            assert!(!row.contains("heronr") || row.contains("heronry"), "{row:?}");
        }
        terminal.press(Key::Ctrl('c')).ends(130);
    }
}

#[test]
fn a_window_that_changes_its_size_shows_the_page_again() {
    let home = Home::ready();
    let terminal = page(&home, WINDOWS[0]);
    terminal.type_keys(&"heronry ".repeat(30)).type_keys("END");
    for (rows, columns) in [WINDOWS[1], WINDOWS[2], WINDOWS[0]] {
        terminal.resize(rows, columns);
        terminal.asked("END");
    }
    keep(&terminal);
    assert!(newest_words(&home).ends_with("heronry END"));
}

#[test]
fn suspended_it_leaves_the_screen_and_comes_back_to_the_same_words() {
    let home = Home::ready();
    let mut terminal = page(&home, WINDOWS[0]);
    terminal.type_keys("half a sen").wait_for("half a sen");
    terminal.press(Key::Ctrl('z'));
    terminal.wait_until("the shell's screen", |screen| !screen.alternate_screen());
    terminal.is_sane();
    assert!(!terminal.shown().contains("half"));
    terminal.signal(Signal::SIGCONT);
    terminal.asked("half a sen").type_keys("tence");
    keep(&terminal);
    assert_eq!(newest_words(&home), "half a sentence");
}

#[test]
fn a_suggestion_is_chosen_with_down_and_can_be_changed_first() {
    let home = Home::evening();
    let ask =
        "evening --ask --outcome did --closeness 3 --disagreement no --saw none --stays-here x";
    let terminal = home.terminal(ask);
    terminal.asked("One moment").press(Key::Down).press(Key::Tab).type_keys(", and yet");
    terminal.press(Key::Enter).kept();
    assert_eq!(
        home.run("list --json").ok().json()["entries"][0]["answers"][1]["value"],
        "None today, and yet"
    );
}

#[test]
fn with_vi_keys_esc_gives_orders_and_esc_again_opens_the_menu() {
    let home = Home::ready();
    home.config("keys = \"vi\"\n");
    let terminal = page(&home, WINDOWS[0]);
    terminal.type_keys("one two").press(Key::Esc).type_keys("0dwA and three");
    terminal.asked("two and three").press(Key::Esc).press(Key::Esc).asked("Suggestions to share");
    terminal.press(Key::Esc).asked("two and three");
    keep(&terminal);
    assert_eq!(newest_words(&home), "two and three");
}

#[test]
fn words_that_a_draft_holds_stay_whatever_key_is_pressed_on_them() {
    let home = Home::ready();
    let terminal = page(&home, WINDOWS[0]);
    terminal.type_keys("the heron on the weir").wait_for("weir");
    terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    assert!(terminal.shown().contains("`inward resume` picks it up"), "{}", terminal.shown());
    let terminal = home.terminal("resume");
    terminal.asked("write, today at 21:14: the heron on the weir").press(Key::Enter);
    terminal.asked("› the heron").press(Key::Esc).asked("drop these words").press(Key::Esc);
    terminal.asked("› the heron");
    keep(&terminal);
    assert_eq!(newest_words(&home), "the heron on the weir");
}

#[test]
fn tab_in_an_empty_answer_loses_no_suggestion_and_one_that_is_marked_isnt_ones_words() {
    let home = Home::ready();
    let terminal = home.terminal("intent");
    terminal.asked("type, or ↓ to choose").press(Key::Tab).asked("Enter takes it");
    terminal.press(Key::Esc).asked("Skip this question");
    assert!(!terminal.shown().contains("drop these words"), "{}", terminal.shown());
    terminal.press(Key::Esc).asked("Enter takes it").press(Key::Tab).asked("type, or ↓ to choose");
    terminal.type_keys("x").asked("type · Enter next").press(Key::Esc).asked("drop these words");
    terminal.press(Key::Esc).asked("").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn a_letter_writes_one_row_and_a_frame_is_shown_at_once() {
    let home = Home::ready();
    let terminal = page(&home, WINDOWS[0]);
    terminal.type_keys("some words").wait_for("some words").asked("");
    let before = terminal.raw().len();
    terminal.type_keys("!").wait_for("words!").asked("");
    let drawn = terminal.raw()[before..].to_owned();
    assert!(drawn.len() < 120, "{drawn:?}");
    assert!(drawn.starts_with("\u{1b}[?2026h") && drawn.ends_with("\u{1b}[?2026l"), "{drawn:?}");
    assert!(!drawn.contains("\u{1b}[2J"), "nothing is cleared first");
    terminal.press(Key::Ctrl('c')).ends(130);
    assert!(!terminal.scrolled_back().contains("some words"));
}

#[test]
fn the_hint_is_said_once_and_is_as_wide_as_there_is_room() {
    for ((rows, columns), hint) in WINDOWS.into_iter().zip([
        "type, or ↓ to choose · Enter skips · Ctrl-O editor · Esc for more",
        "↓ choose · Enter skips · Esc more",
        "type, or ↓ to choose · Enter skips · Ctrl-O editor · Esc for more",
    ]) {
        let home = Home::ready();
        let terminal = page(&home, (rows, columns));
        assert!(terminal.shown().ends_with(hint), "{}", terminal.shown());
        terminal.press(Key::Ctrl('c')).ends(130);
        assert!(files(&home.inward("state/drafts")).is_empty());
    }
}

//! Plain lines: every practice in lines that are only appended, without a single
//! escape sequence.

use std::path::Path;

use rexpect::process::Signal;

use crate::harness::{Home, Key, Terminal, files};

fn plain(home: &Home, arguments: &str) -> Terminal {
    home.terminal_of(24, 80, arguments, &[("TERM", Path::new("dumb"))])
}

fn has_no_escape(terminal: &Terminal, what: &str) {
    let raw = terminal.raw();
    assert!(!raw.contains('\u{1b}'), "{what}: {raw:?}");
}

#[test]
fn every_practice_is_walked_in_lines_without_an_escape_sequence() {
    let all = Home::new().run("practices --json").ok().json();
    for practice in all["practices"].as_array().unwrap() {
        let name = practice["name"].as_str().unwrap();
        let home = Home::ready();
        let terminal = plain(&home, name);
        for _ in 0..120 {
            terminal.wait_until("a prompt or the end", |_| {
                terminal.has_ended() || terminal.waits_for_a_key()
            });
            if terminal.has_ended() {
                break;
            }
            terminal.press(Key::Enter);
        }
        terminal.ends(0).is_sane();
        has_no_escape(&terminal, name);
        assert!(files(&home.journal()).is_empty(), "{name} kept something");
    }
}

#[test]
fn an_evening_goes_back_and_forth_and_says_what_was_chosen() {
    let home = Home::evening();
    let terminal = plain(&home, "evening");
    terminal.asked("4. I did it").answer("3").wait_for("Chose: I noticed.");
    terminal.asked("1. None today").answer("the heron");
    terminal.asked("Type one of them, or Enter to skip.").answer(":back");
    terminal.asked("Press Enter to keep it").answer("the heron on the weir");
    terminal.asked("4 very close").answer("7").wait_for("That isn't one of them.");
    terminal.asked("Enter to skip").answer("3").wait_for("Chose: close.");
    terminal.asked("5. None of these").answer("1 2").wait_for("Chose: I drew back");
    terminal.asked("disagreement").answer("y").wait_for("Chose: Yes.");
    terminal.asked("A full stop alone").answer("They tried").answer("and tried again").answer(".");
    terminal.asked("stay here tonight").press(Key::Esc);
    terminal.asked("continue, back, skip, stop, safety or sharing?").answer("skip");
    terminal.asked("1. Keep it").press(Key::Enter).ends(0).is_sane();
    has_no_escape(&terminal, "evening");
    let answers = home.run("list --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!(answers.as_array().unwrap().len(), 6);
    assert_eq!(answers[1]["value"], "the heron on the weir");
    assert_eq!(answers[5]["value"], "They tried\nand tried again");
}

#[test]
fn no_key_loses_what_was_typed() {
    let home = Home::evening();
    let terminal = plain(&home, "evening");
    // Where there is no editor, its key does nothing.
    terminal.asked("4. I did it").press(Key::Ctrl('o')).answer("3").wait_for("Chose: I noticed.");
    terminal.asked("1. None today").type_keys("the her").press(Key::Ctrl('o'));
    terminal.type_keys("on").press(Key::Esc);
    terminal.asked("continue, back, skip, stop, safety or sharing?").answer("continue");
    terminal.asked("Press Enter to keep it").press(Key::Enter);
    terminal.asked("Type one of them, or Enter to skip.").press(Key::Enter);
    terminal.asked("5. None of these").press(Key::Enter);
    terminal.asked("disagreement").answer("y").wait_for("Chose: Yes.");
    terminal.asked("A full stop alone").answer("They tried").type_keys("and tried");
    terminal.press(Key::Esc);
    terminal.asked("continue, back, skip, stop, safety or sharing?").answer("continue");
    terminal.asked("A full stop alone").answer(".");
    terminal.asked("stay here tonight").press(Key::Enter);
    terminal.asked("1. Keep it").press(Key::Enter).ends(0).is_sane();
    let answers = home.run("list --json").ok().json()["entries"][0]["answers"].clone();
    let said = answers.to_string();
    assert!(said.contains("\"the heron\"") && said.contains("They tried\\nand tried"), "{said}");
}

#[test]
fn a_line_of_any_length_is_read_whole_and_a_stop_keeps_the_draft() {
    let home = Home::ready();
    let terminal = plain(&home, "write");
    let line = "0123456789".repeat(700);
    terminal.asked("A full stop alone").answer(&line).type_keys("half a line");
    terminal.asked("half a line").press(Key::Ctrl('c')).ends(130).is_sane();
    let terminal = plain(&home, "resume");
    terminal.asked("1. Continue it").answer("1");
    terminal.asked("half a line").answer(":stop").ends(130);
    let terminal = plain(&home, "resume");
    terminal.asked("1. Continue it").answer("1").asked("half a line").answer(".");
    for question in ["A title", "Tags", "How are you now"] {
        terminal.asked(question).press(Key::Enter);
    }
    terminal.wait_until("the end", |_| {
        if terminal.waits_for_a_key() {
            terminal.press(Key::Enter);
        }
        terminal.has_ended()
    });
    terminal.ends(0);
    has_no_escape(&terminal, "resume");
    let entries = home.run("list --json").ok().json();
    let text = entries["entries"][0]["answers"][0]["value"].as_str().unwrap().to_owned();
    assert_eq!(text, format!("{line}\nhalf a line"));
}

#[test]
fn a_passphrase_is_asked_in_words_that_a_screen_reader_knows() {
    let home = Home::new();
    let terminal = plain(&home, "init");
    terminal.wait_for("passphrase:").answer("correct horse battery");
    terminal.wait_for("Repeat the passphrase:").answer("correct horse battery").ends(0).is_sane();
    assert!(!terminal.raw().contains("correct horse"));
    has_no_escape(&terminal, "init");
}

#[test]
fn the_setting_and_the_variable_turn_it_on_and_the_variable_off_again() {
    let home = Home::evening();
    for (config, variable, is_plain) in
        [("", "1", true), ("accessible = true\n", "", true), ("accessible = true\n", "0", false)]
    {
        home.config(config);
        let env = [("INWARD_ACCESSIBLE", Path::new(variable))];
        let terminal = home.terminal_of(24, 80, "evening", &env);
        terminal.asked("this morning's intention");
        assert_eq!(!terminal.raw().contains('\u{1b}'), is_plain, "{config:?} {variable:?}");
        terminal.press(Key::Ctrl('c')).ends(130).is_sane();
    }
}

#[test]
fn a_signal_that_ends_it_writes_no_escape_sequence_either() {
    let home = Home::ready();
    let mut terminal = plain(&home, "write");
    terminal.asked("A full stop alone");
    terminal.signal(Signal::SIGTERM);
    terminal.ends(-15);
    has_no_escape(&terminal, "SIGTERM");
}

#[test]
fn an_entry_is_edited_in_lines_too() {
    let home = Home::ready();
    let id = home.keep("write words");
    let terminal = plain(&home, &format!("edit {id}"));
    terminal.asked("What should change?").answer("2");
    terminal.asked("A full stop alone").answer("more words").answer(".");
    terminal.asked("What should change?").press(Key::Enter).ends(0);
    has_no_escape(&terminal, "edit");
    assert_eq!(home.entry(&id)["answers"][0]["value"], "words\nmore words");
}

#[test]
fn a_yes_or_no_takes_its_number_or_its_letter() {
    for typed in ["2", "y", "yes"] {
        let home = Home::ready();
        let id = home.keep("write 'the heron'");
        let terminal = plain(&home, &format!("delete {id}"));
        terminal.asked("2. Yes").answer(typed).wait_for("Chose: Yes.").ends(0).is_sane();
        home.run("list").exits(1);
    }
}

#[test]
fn a_word_after_a_colon_that_is_no_command_is_asked_again_and_never_kept() {
    let home = Home::evening();
    let terminal = plain(&home, "evening");
    terminal
        .asked("4. I did it")
        .answer(":saftey")
        .wait_for("There's no :saftey. Did you mean `:safety`?");
    terminal.answer("3").wait_for("Chose: I noticed.");
    terminal
        .asked("1. None today")
        .answer(":help")
        .wait_for("There's no :help. At a question, type :back");
    terminal.answer(":D").asked("4 very close").answer("3");
    terminal.asked("5. None of these").answer("1").asked("disagreement").answer("y");
    terminal.asked("A full stop alone").answer("one").answer(":quit").wait_for("There's no :quit.");
    terminal.answer(":two words").answer(".");
    terminal.asked("stay here tonight").answer(":skip");
    terminal.asked("1. Keep it").press(Key::Enter).ends(0).is_sane();
    let answers = home.run("list --json").ok().json()["entries"][0]["answers"].clone();
    assert_eq!(answers[1]["value"], ":D");
    assert_eq!(answers[5]["value"], "one\n:two words");
}

#[test]
fn a_misspelt_safety_is_no_answer_and_does_not_continue() {
    let home = Home::ready();
    let told = |word: &str| format!("There's no {word}.");
    let terminal = plain(&home, "reflect");
    terminal
        .asked("1. None today")
        .answer(":saftey")
        .wait_for(&told(":saftey"))
        .answer("the heron");
    terminal.asked("How close did you feel").answer(":help").wait_for(&told(":help")).answer("3");
    terminal.asked("Enough, or a little more").answer("2");
    terminal.asked("10. None of these").answer(":sofety").wait_for(&told(":sofety")).answer("1");
    terminal.asked("disagreement").answer(":safety").asked("keeps no note of your reading this");
    terminal.answer(":satefy").wait_for(&told(":satefy")).answer(":stop").ends(130).is_sane();
    let words = plain(&home, "write");
    words.asked("A full stop alone").answer("a page").answer(":saefty").wait_for(&told(":saefty"));
    words.answer(":)").answer(".").wait_until("the end", |_| {
        words.waits_for_a_key() && words.press(Key::Enter).has_ended() || words.has_ended()
    });
    let kept = home.run("list --json").ok().json()["entries"][0]["answers"][0]["value"].clone();
    assert_eq!(kept, "a page\n:)");
}

#[test]
fn stop_at_the_safety_page_stops() {
    let home = Home::ready();
    let terminal = plain(&home, "reflect");
    terminal.asked("1. None today").answer(":safety");
    terminal.asked("keeps no note of your reading this").answer(":stop").ends(130).is_sane();
    let afraid = plain(&home, "reflect --ask words --disagreement not-safe");
    afraid.asked("You can stop here").answer("1");
    afraid.asked("keeps no note of your reading this").answer(":stop");
    afraid.wait_until("the end", |_| afraid.has_ended());
    assert!(!afraid.raw().contains("How close did you feel"), "{}", afraid.raw());
}

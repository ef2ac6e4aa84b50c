//! Words in the place of an option: typed into a list or a choice they are the answer, and
//! no key loses them.

use std::path::Path;

use crate::harness::{Home, Key, Terminal, one_line};

fn plain(home: &Home, arguments: &str) -> Terminal {
    home.terminal_of(24, 80, arguments, &[("TERM", Path::new("dumb"))])
}

/// The answer to a question of the newest entry, as it is kept.
fn kept(home: &Home, question: &str) -> serde_json::Value {
    let entry = home.run("show --json").ok().json()["entries"][0].clone();
    let answers = entry["answers"].as_array().unwrap();
    let answer = answers.iter().find(|answer| answer["question"] == question);
    answer.map_or(serde_json::Value::Null, |answer| answer["value"].clone())
}

#[test]
fn words_that_a_list_does_not_have_are_the_answer_with_their_spaces() {
    let home = Home::ready();
    let terminal = home.terminal("needs --ask --met none --boundary doors --respected yes");
    terminal.asked("type to find, or something else");
    terminal.type_keys("time to find my words").asked("Enter adds your words").press(Key::Enter);
    terminal.asked("[x] time to find my words").type_keys("hear").asked("Enter marks it");
    terminal.press(Key::Enter).asked("[x] to be heard").press(Key::Enter);
    terminal.asked("What does that leave you with?").type_keys("a bit of everything");
    terminal.press(Key::Enter).press(Key::Enter);
    terminal.asked("What is it about?").type_keys("my sleep").press(Key::Enter);
    terminal.asked("When you need space").press_until_the_end(Key::Enter);
    assert_eq!(kept(&home, "unmet"), serde_json::json!(["heard", "time to find my words"]));
    assert_eq!(kept(&home, "unmet-left"), serde_json::json!(["a bit of everything"]));
    assert_eq!(kept(&home, "boundary-kind"), "my sleep");
}

#[test]
fn what_is_typed_at_a_choice_stays_through_the_menu_and_a_stop() {
    let home = Home::ready();
    let terminal = home.terminal("guide 1");
    terminal.asked("Enter continues").press(Key::Enter);
    terminal.asked("or type something else").type_keys("my mother calls").press(Key::Esc);
    terminal.asked("Skip this question and drop these words").press(Key::Enter);
    terminal.asked("› my mother calls").press(Key::Enter);
    terminal.asked("… I …").type_keys("argue about").press(Key::Ctrl('c'));
    terminal.ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("my mother calls").asked("Continue it").press(Key::Enter);
    terminal.asked("❯ something else").press(Key::Enter);
    terminal.asked("argue about").type_keys(" money").press(Key::Enter);
    terminal.asked("… and tell myself, or know, …").type_keys("too much").press(Key::Enter);
    terminal.asked("… and you, as I see it, …");
    let sentence = "When my mother calls, I argue about money and tell myself “I'm too much”";
    assert!(one_line(&terminal.shown()).contains(sentence), "{}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

#[test]
fn the_accessible_form_takes_words_where_it_takes_numbers() {
    let home = Home::ready();
    let terminal = plain(&home, "needs --ask --boundary doors --respected yes");
    terminal.asked("Type numbers with spaces between, or your own words, or Enter to skip.");
    terminal.answer("1 2").wait_for("“None of them” can't be combined with anything else.");
    terminal.answer("99").wait_for("Those aren't all numbers from the list.");
    terminal.answer("rest, an hour by the sea").wait_for("Chose: rest; an hour by the sea.");
    terminal.asked("44. something else").answer("2, Room to think").wait_for("Chose: ");
    terminal.asked("leave you with?").answer("").asked("What is it about?");
    terminal.asked("Type a number, or your own words, or Enter to skip.");
    terminal.answer("99").wait_for("That isn't one of them.");
    terminal.answer("my sleep").wait_for("In your own words: my sleep");
    terminal.asked("When you need space").press_until_the_end(Key::Enter);
    assert_eq!(kept(&home, "met"), serde_json::json!(["rest", "an hour by the sea"]));
    assert_eq!(kept(&home, "unmet"), serde_json::json!(["connection", "Room to think"]));
    assert_eq!(kept(&home, "boundary-kind"), "my sleep");
}

#[test]
fn none_stands_beside_nothing() {
    let home = Home::ready();
    let terminal = home.terminal("needs --ask --boundary doors --respected yes");
    terminal.asked("Which needs were met").mark("rest").mark("None of");
    terminal.asked("[x] None of them").press(Key::Enter);
    terminal
        .asked("Which needs weren't met?")
        .press(Key::Space)
        .asked("[x] None")
        .mark("rest")
        .press(Key::Enter);
    terminal.asked("leave you with?").press_until_the_end(Key::Enter);
    assert_eq!(kept(&home, "met"), serde_json::json!(["none"]));
    assert_eq!(kept(&home, "unmet"), serde_json::json!(["rest"]));
    let refused = home.run("needs --unmet none,rest").exits(2);
    assert!(refused.stderr.contains("`none` on its own, or one or more of"), "{}", refused.stderr);
}

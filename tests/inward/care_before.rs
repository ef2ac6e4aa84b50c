//! What was set before care came on: nobody is held to it, and nobody is told that it can wait.

use inward::config::Chapter;
use inward::practice::{Fear, Form, QuestionKind};

use crate::care::{SET_DOWN, THANKS};
use crate::care_texts::{in_form, options};
use crate::harness::{Home, Key, one_line};

const REACHES: &str = "When my partner reaches for me, I'll answer once, in my own way.";
const SET_OUT: &str = "You set out with:";
const OUTCOME: &str = "How did your intention go?";

/// A morning with the program's own suggestion to answer a reach.
fn morning() -> Home {
    let mut home = Home::ready();
    home.at("2026-11-23T08:00:00+00:00");
    home.run_args(["intent", REACHES]).ok();
    home
}

/// Does the evening quote an intention, and ask how it went?
fn is_held_to_it(home: &Home) -> [bool; 2] {
    let terminal = home.terminal("reflect");
    terminal.press_until_the_end(Key::Enter);
    let met = one_line(&terminal.raw());
    [SET_OUT, OUTCOME].map(|words| met.contains(words))
}

#[test]
fn in_care_the_evening_holds_nobody_to_an_intention_from_before() {
    let mut home = morning();
    home.at("2026-11-23T13:00:00+00:00");
    assert_eq!(is_held_to_it(&home), [true; 2]);
    home.keep("notice shouting --stepped-back me --underneath unsafe");
    home.at("2026-11-23T21:00:00+00:00");
    assert_eq!(is_held_to_it(&home), [false; 2]);
    // One that was set since then is theirs.
    home.keep("intent 'I will call Ines'");
    home.at("2026-11-23T21:30:00+00:00");
    assert_eq!(is_held_to_it(&home), [true; 2]);
}

#[test]
fn an_evening_that_says_so_itself_quotes_nothing_from_before_and_resumed_neither() {
    let mut home = morning();
    home.at("2026-11-23T21:00:00+00:00");
    let said = "--closeness 2 --ease 2 --outcome forgot --saw none --disagreement not-safe";
    let terminal = home.terminal(&format!("reflect --ask words {said}"));
    terminal.asked(THANKS).choose(1).asked(SET_DOWN);
    assert!(!terminal.raw().contains(SET_OUT), "{}", terminal.raw());
    terminal.type_keys("the door").press(Key::Ctrl('c')).ends(130);
    let terminal = home.terminal("resume");
    terminal.asked("Continue it").press(Key::Enter).asked(SET_DOWN);
    assert!(!terminal.raw().contains(SET_OUT), "{}", terminal.raw());
    terminal.press(Key::Enter).asked("Keep it").press(Key::Enter);
    terminal.press_until_the_end(Key::Enter);
    // What was answered is kept, though it is no longer asked.
    assert!(home.run("show").ok().stdout.contains("I forgot"));
}

#[test]
fn a_step_to_safety_is_not_told_that_it_can_wait() {
    let mut home = Home::ready();
    home.keep("reflect words --disagreement not-safe");
    home.at("2026-11-24T21:00:00+00:00");
    home.keep("grow reading --next-step 'Call the helpline'");
    home.at("2026-12-04T21:00:00+00:00");
    let terminal = home.terminal("grow");
    terminal.wait_for("Call the helpline");
    terminal.asked("What became of it?").choose(3);
    terminal.asked("You know best when it's safe.").press(Key::Enter);
    terminal.asked("What did you do for yourself").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn in_care_no_step_from_before_is_asked_about_not_even_by_its_name() {
    let mut home = Home::ready();
    home.keep("guide 4 --next-step 'tell Sam about the loop' --at '20 days ago'");
    home.keep("look words --carry 'evenings with Sam' --at '20 days ago'");
    home.keep("grow reading --next-step 'ask Sam to come to counselling' --at '3 days ago'");
    let asked = home.terminal("grow");
    asked.asked("What became of it?").press(Key::Ctrl('c')).ends(130);
    let left_behind = |home: &Home, key: Key| {
        let terminal = home.terminal("grow --follow-up");
        terminal.asked("").press_until_the_end(key);
        assert!(!terminal.raw().contains("goes on listing"), "it is named as due nowhere");
        (terminal.end(), terminal.scrolled_back())
    };
    let calm = left_behind(&home, Key::Enter);
    home.at("2026-11-24T21:00:00+00:00");
    home.keep("reflect words --disagreement not-safe");
    for practice in ["grow", "look"] {
        let terminal = home.terminal(practice);
        terminal.press_until_the_end(Key::Enter);
        let met = one_line(&terminal.raw());
        assert!(!met.contains("Sam") && !met.contains("What became of it?"), "{met}");
    }
    let terminal = home.terminal("grow --follow-up");
    terminal.asked("Held back for now: the question “What became of it?”.");
    let shown = one_line(&terminal.shown());
    assert!(
        shown.contains("It's about something from before") && !shown.contains("Sam"),
        "{shown}"
    );
    terminal.press(Key::Enter).ends(0);
    assert_eq!(left_behind(&home, Key::Enter), calm);
    // What was set in care is asked about as ever.
    home.keep("grow words --next-step 'ring Ines'");
    home.at("2026-11-26T21:00:00+00:00");
    let terminal = home.terminal("grow");
    terminal.asked("ring Ines").asked("What became of it?").choose(1);
    terminal.asked("You know best what comes next.").press(Key::Enter);
    terminal.asked("What did you do for yourself").press(Key::Ctrl('c')).ends(130);
}

#[test]
fn whoever_makes_the_sheets_for_paper_is_told_that_they_show_private_answers() {
    let home = Home::ready();
    home.keep("assess --fear 3 --at '20 days ago'");
    home.keep("assess --fear 0");
    home.run("patterns --for-paper sheets.html").ok();
    let sheets = std::fs::read_to_string(home.path().join("sheets.html")).unwrap();
    assert!(sheets.contains("felt afraid"), "{sheets}");
    let help = one_line(&home.run("patterns --help").ok().stdout);
    assert!(help.contains("they show private answers, fear among them"), "{help}");
}

#[test]
fn both_ways_are_named_under_one_condition_and_neither_always_first() {
    for form in Form::all().filter(|form| form.fear != Fear::Known) {
        let release = in_form("release", form);
        let help = release.question("space-for").unwrap().help.iter();
        let lines = release.closing.iter().flat_map(|line| &line.turns).chain(help);
        let lines = lines.map(|line| line.to_lowercase());
        let mut firsts = Vec::new();
        for line in lines.filter(|line| line.contains("letting go")) {
            let other = if form.chapter == Chapter::Apart { "going back" } else { "staying" };
            let is_of_both = line.contains("either can") || line.contains("can both");
            assert!(is_of_both && line.contains("where you're safe"), "{line}");
            firsts.push(line.find("letting go") < Some(line.find(other).unwrap()));
        }
        assert!(firsts.contains(&true) && firsts.contains(&false), "{form:?}");
    }
    let open = in_form("assess", Form { fear: Fear::None, chapter: Chapter::Together });
    let intro = |id: &str| {
        let section = open.sections.iter().find(|section| section.id == id).unwrap();
        section.intro.clone().unwrap_or_default()
    };
    for (section, words) in [("conditions", "reasons to stay"), ("signals", "reasons to let go")] {
        assert!(intro(section).contains(words), "{section}");
    }
}

#[test]
fn in_care_no_boundary_ends_in_words_to_the_partner() {
    let guide = |fear| in_form("guide", Form { fear, chapter: Chapter::Together });
    for (fear, is_offered) in [(Fear::None, true), (Fear::Unknown, true), (Fear::Known, false)] {
        let guide = guide(fear);
        let again = options(&guide, "boundary-then").contains(&"again".to_owned());
        let QuestionKind::Text { suggestions } = &guide.question("available").unwrap().kind else {
            panic!("no text");
        };
        let tells = suggestions.iter().any(|it| it.say.contains("be back"));
        assert_eq!([again, tells], [is_offered; 2], "{fear:?}: {suggestions:?}");
    }
}

#[test]
fn both_paths_are_asked_as_much_in_every_form() {
    for form in Form::all() {
        let guide = in_form("guide", form);
        let asked = |id: &str| guide.question(id).unwrap().ask.matches('?').count();
        assert_eq!(asked("staying"), asked("leaving"), "{form:?}");
    }
}

#[test]
fn nobody_who_feels_controlled_or_blamed_is_asked_to_see_it_from_the_other_side() {
    let home = Home::locked("echo a quiet river");
    for feeling in ["controlled", "blamed"] {
        let terminal =
            home.terminal(&format!("feel --ask --feeling {feeling} --when 'a list' --need rest"));
        if feeling == "blamed" {
            terminal.asked("And under that?").press(Key::Enter);
        }
        terminal.asked("Next: a request, and whether to say it.").press(Key::Down);
        terminal.press(Key::Enter).asked("Would you be willing to").press(Key::Enter);
        terminal.asked("Does it say what you mean?").press(Key::Enter);
        terminal.asked("What would you like to do with it?");
        let raw = one_line(&terminal.raw());
        assert!(!raw.contains("their side"), "{raw}");
        terminal.press(Key::Ctrl('c')).ends(130);
    }
}

#[test]
fn an_intention_may_have_been_unsafe_in_every_form_in_which_someone_may_be_afraid() {
    for form in Form::all() {
        let reflect = in_form("reflect", form);
        let outcome = reflect.question("outcome").map(|it| it.kind.options());
        let ids: Vec<&str> = outcome.unwrap_or_default().iter().map(|it| it.id.as_str()).collect();
        let last = if form.fear == Fear::None { "did" } else { "not-safe" };
        assert_eq!(ids.last(), Some(&last), "{form:?}");
    }
}

#[test]
fn a_sentence_that_names_its_reason_is_quoted_whole_in_the_sessions_after_it() {
    let home = Home::ready();
    home.keep("guide 1 --trigger plans --move leave --story unsafe");
    for session in ["guide 2", "guide 3"] {
        let terminal = home.terminal(session);
        terminal.press_until_the_end(Key::Enter);
        let met = one_line(&terminal.raw());
        assert!(met.contains("I leave the room, because it isn't safe"), "{session}: {met}");
    }
}

const TWO_DISCLOSURES: &str = r#"
title = "Two disclosures"
afraid = [{ changed = { at-least = 2 } }, { fear = { at-least = 2 } }]

[[question]]
id = "changed"
ask = "Changed?"
kind = "scale"
scale = { min = 0, max = 4 }
comfort = "What someone else does is not your fault."

[[question]]
id = "fear"
ask = "Afraid?"
kind = "scale"
scale = { min = 0, max = 4 }
"#;

#[test]
fn fear_that_is_told_after_something_else_is_heard_too() {
    let home = Home::ready();
    home.write("inward/config/prompts/two.toml", TWO_DISCLOSURES);
    let terminal = home.terminal("two");
    terminal.asked("Changed?").type_keys("3").press(Key::Enter);
    terminal.asked("What someone else does is not your fault.");
    assert!(one_line(&terminal.shown()).contains("From now on"), "{}", terminal.shown());
    terminal.press(Key::Down).press(Key::Enter);
    terminal.asked("Afraid?").type_keys("4").press(Key::Enter);
    terminal.asked("Being frightened is not your fault.");
    assert!(!terminal.shown().contains("From now on"), "it was said: {}", terminal.shown());
    terminal.press(Key::Ctrl('c')).ends(130);
}

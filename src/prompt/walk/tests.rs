//! Back and forth, the breather, and plans that are typed whole.

mod breather;
mod counts;
mod forms;
mod sentence;

use std::path::Path;

use super::*;
use crate::entry::Value;
use crate::practice;

const TWO_PARTS: &str = r#"
title = "Two parts"
about = "Two"
cadence = "as-needed"
primary = "a"

[[section]]
id = "one"
title = "One"

[[section]]
id = "two"
title = "Two"

[[question]]
id = "a"
ask = "A?"
kind = "yes-no"
section = "one"

[[question]]
id = "b"
ask = "B, after yes?"
kind = "text"
section = "one"
when = { a = "yes" }

[[question]]
id = "c"
ask = "C?"
kind = "text"
section = "two"
"#;

fn walk() -> Walk {
    let found = practice::read("two", Path::new("two.toml"), TWO_PARTS, &[]);
    Walk::new(found.into_practice().unwrap(), Progress::default())
}

/// Enters every section on the way, and says what is asked then.
fn asked(walk: &mut Walk) -> Option<Question> {
    loop {
        match walk.next() {
            WalkStep::Section(section) => walk.enter(&section, false),
            WalkStep::Breather(_) => walk.ask_more(),
            WalkStep::Ask(question) => return Some(*question),
            WalkStep::Offer(_) | WalkStep::Review | WalkStep::Keep => return None,
        }
    }
}

fn answer(walk: &mut Walk, id: &str, value: Value) {
    let question = asked(walk).unwrap();
    assert_eq!(question.id, id);
    let answer = question.answer_with(value);
    walk.pass(&question, Some(answer));
}

fn words(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn back_goes_through_conditions_and_sections_and_finds_the_earlier_answer() {
    let mut walk = walk();
    assert!(!walk.can_go_back() && asked(&mut walk).unwrap().id == "a");
    answer(&mut walk, "a", Value::YesNo(true));
    answer(&mut walk, "b", words("beta"));
    let question = asked(&mut walk).unwrap();
    assert_eq!(walk.place(&question), Some((1, 1)), "the first of its section");
    walk.go_back();
    assert_eq!(asked(&mut walk).unwrap().id, "b");
    assert_eq!(walk.progress().answer("b").unwrap().value, words("beta"));
    walk.go_back();
    answer(&mut walk, "a", Value::YesNo(false));
    assert_eq!(asked(&mut walk).unwrap().id, "c", "b is asked after a yes alone");
    walk.go_back();
    assert_eq!(asked(&mut walk).unwrap().id, "a", "back passes over what is not asked");
    let question = asked(&mut walk).unwrap();
    assert_eq!(walk.place(&question), Some((1, 1)), "whatever was answered");
}

#[test]
fn what_is_no_longer_asked_is_not_kept_and_comes_back_with_its_condition() {
    let mut walk = walk();
    answer(&mut walk, "a", Value::YesNo(true));
    answer(&mut walk, "b", words("beta"));
    let ids = |walk: &Walk| -> Vec<String> {
        walk.kept_answers().into_iter().map(|a| a.question).collect()
    };
    walk.go_back();
    walk.go_back();
    answer(&mut walk, "a", Value::YesNo(false));
    assert_eq!(ids(&walk), ["a"]);
    assert!(walk.progress().answer("b").is_some(), "the draft still has it");
    walk.go_back();
    answer(&mut walk, "a", Value::YesNo(true));
    assert_eq!(ids(&walk), ["a", "b"]);
    // What the command line said is kept whatever was answered elsewhere.
    let given = walk.progress().answer("b").cloned().into_iter().collect();
    let mut again = Walk::new(walk.practice().clone(), Progress::with(given));
    answer(&mut again, "a", Value::YesNo(false));
    assert_eq!(ids(&again), ["a", "b"]);
}

#[test]
fn a_skipped_section_is_offered_again_on_the_way_back() {
    let mut walk = walk();
    let question = asked(&mut walk).unwrap();
    walk.pass(&question, None);
    let WalkStep::Section(section) = walk.next() else { panic!("the second section is next") };
    walk.enter(&section, true);
    assert!(matches!(walk.next(), WalkStep::Review));
    walk.go_back();
    assert_eq!(asked(&mut walk).unwrap().id, "a");
    walk.pass(&question, None);
    assert!(matches!(walk.next(), WalkStep::Section(section) if section.id == "two"));
}

#[test]
fn a_draft_continues_where_it_stopped_and_can_go_back_from_there() {
    let mut walk = walk();
    answer(&mut walk, "a", Value::YesNo(true));
    let mut again = Walk::new(walk.practice().clone(), walk.progress().clone());
    assert_eq!(asked(&mut again).unwrap().id, "b", "no section is entered twice");
    assert!(again.can_go_back());
    again.close();
    assert!(matches!(again.next(), WalkStep::Review));
    again.go_back();
    assert_eq!(asked(&mut again).unwrap().id, "a");
}

const MORNING: &str = r#"
title = "Morning"
rehearse = { if = "if", then = "then", whole = "plan" }
more = { before = "c", after = 3, say = [{ say = "After a B.", when = { b = { answered = true } } }, "C is left."] }

[[question]]
id = "plan"
ask = "Plan?"
kind = "text"

[[question]]
id = "if"
ask = "If?"
kind = "text"

[[question]]
id = "then"
ask = "Then?"
kind = "text"
when = { if = { answered = true } }

[[question]]
id = "b"
ask = "B?"
kind = "text"

[[question]]
id = "c"
ask = "C?"
kind = "text"
when = { b = { not = "enough" } }
"#;

fn morning() -> Walk {
    let found = practice::read("morning", Path::new("morning.toml"), MORNING, &[]);
    Walk::new(found.into_practice().unwrap(), Progress::default())
}

fn said(walk: &Walk) -> Option<String> {
    match walk.next() {
        WalkStep::Breather(say) => say,
        _ => None,
    }
}

/// Answers each with this, or skips it.
fn pass(walk: &mut Walk, words: Option<&str>) {
    let WalkStep::Ask(question) = walk.next() else { panic!("{:?}", walk.next()) };
    walk.pass(&question, words.map(|text| question.answer_with(Value::Text(text.into()))));
}

#[test]
fn the_breather_comes_before_its_question_or_after_so_many_and_not_before_nothing() {
    let mut walk = morning();
    for words in [Some("rest"), None, Some("b")] {
        assert_eq!(said(&walk), None);
        pass(&mut walk, words);
    }
    assert_eq!(said(&walk).as_deref(), Some("After a B."));
    walk.go_back();
    assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "b"));
    pass(&mut walk, Some("enough"));
    assert!(matches!(walk.next(), WalkStep::Review), "nothing is left");

    let mut walk = morning();
    for words in ["rest", "it rains", "read"] {
        pass(&mut walk, Some(words));
    }
    assert_eq!(said(&walk).as_deref(), Some("C is left."), "three were asked");
    let question = walk.practice().question("b").unwrap().clone();
    walk.ask_more();
    assert_eq!(walk.place(&question), Some((2, 2)), "halves of a plan are no steps");
    pass(&mut walk, None);
    assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "c"), "once only");

    let again = Walk::new(walk.practice().clone(), walk.progress().clone());
    assert!(matches!(again.next(), WalkStep::Ask(question) if question.id == "c"));
}

#[test]
fn a_plan_typed_whole_fills_its_halves_and_another_answer_takes_them_back() {
    let mut walk = morning();
    pass(&mut walk, Some("If it rains, then I will read."));
    assert_eq!(walk.progress().answer("if").unwrap().text(), "it rains");
    assert_eq!(walk.progress().answer("then").unwrap().text(), "read");
    assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "b"));
    walk.go_back();
    pass(&mut walk, Some("Read."));
    assert!(walk.progress().answer("if").is_none());
    assert!(matches!(walk.next(), WalkStep::Ask(question) if question.id == "if"));
}

const AN_OFFER: &str = r#"
title = "A page"
about = "A page"

[[question]]
id = "page"
ask = "Page?"
kind = "text"

[[question]]
id = "view"
ask = "Another view?"
kind = "text"

[[question]]
id = "after"
ask = "How now?"
kind = "text"

[offer]
say = "Something else?"
when = { after = "heavier" }
ways = [{ label = "Another view", question = "view" }, { label = "Enough" }]
"#;

/// Up to the offer.
fn walk_to_the_offer() -> Walk {
    let found = practice::read("page", Path::new("page.toml"), AN_OFFER, &[]);
    let mut walk = Walk::new(found.into_practice().unwrap(), Progress::default());
    answer(&mut walk, "page", words("A long day."));
    answer(&mut walk, "after", words("heavier"));
    assert!(matches!(walk.next(), WalkStep::Offer(_)), "what is offered is not asked by itself");
    walk
}

#[test]
fn an_offer_comes_once_when_all_is_asked_and_asks_what_was_chosen_in_it() {
    let mut walk = walk_to_the_offer();
    walk.pass_offer();
    assert!(matches!(walk.next(), WalkStep::Review), "it is passed without a question");

    let mut walk = walk_to_the_offer();
    walk.pass_offer();
    walk.take_up("view");
    answer(&mut walk, "view", words("She would say rest."));
    assert!(matches!(walk.next(), WalkStep::Review));
    let kept: Vec<String> = walk.kept_answers().into_iter().map(|a| a.question).collect();
    assert_eq!(kept, ["page", "view", "after"]);
}

#[test]
fn the_way_back_from_what_was_offered_leads_through_the_offer_and_loses_no_word() {
    let mut walk = walk_to_the_offer();
    walk.pass_offer();
    walk.take_up("view");
    answer(&mut walk, "view", words("She would say rest."));
    walk.go_back();
    answer(&mut walk, "after", words("heavier"));
    assert!(matches!(walk.next(), WalkStep::Offer(_)));
    walk.pass_offer();
    walk.take_up("view");
    assert_eq!(asked(&mut walk).unwrap().id, "view");
    assert_eq!(walk.progress().answer("view").unwrap().text(), "She would say rest.");
    // Changed to what calls for no offer, it stays all the same.
    walk.go_back();
    answer(&mut walk, "after", words("lighter"));
    assert!(matches!(walk.next(), WalkStep::Review));
    assert_eq!(walk.kept_answers().len(), 3);
}

#[test]
fn another_answer_stands_where_the_one_before_stood() {
    let answer = |id: &str, yes: bool| {
        let question = Question::plain(id, "?", practice::QuestionKind::YesNo);
        question.answer_with(Value::YesNo(yes))
    };
    let mut progress =
        Progress { answers: vec![answer("a", true), answer("b", true)], ..Default::default() };
    progress.put("a", Some(answer("a", false)));
    assert_eq!(progress.answers, [answer("a", false), answer("b", true)]);
    progress.put("a", None);
    assert_eq!(progress.answers, [answer("b", true)]);
}

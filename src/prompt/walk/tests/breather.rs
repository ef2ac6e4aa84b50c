//! The breather in a draft that is continued, and what it says is left.

use super::*;

#[test]
fn a_draft_continues_behind_the_breather_and_past_what_was_skipped() {
    let mut walk = morning();
    ["rest", "it rains", "read"].iter().for_each(|words| pass(&mut walk, Some(words)));
    walk.ask_more();
    let mut again = Walk::new(walk.practice().clone(), walk.progress().clone());
    assert!(matches!(again.next(), WalkStep::Ask(question) if question.id == "b"));
    again.go_back();
    pass(&mut again, Some("read"));
    assert!(said(&again).is_some(), "the way back leads before it");

    let mut walk = super::walk();
    let WalkStep::Section(first) = walk.next() else { panic!("{:?}", walk.next()) };
    walk.enter(&first, true);
    let mut again = Walk::new(walk.practice().clone(), walk.progress().clone());
    assert!(matches!(again.next(), WalkStep::Section(section) if section.id == "two"));
    assert_eq!(asked(&mut again).unwrap().id, "c");
}

#[test]
fn a_draft_asks_nothing_again_that_was_answered_at_the_breather_or_in_the_offer() {
    let again = |walk: &Walk| Walk::new(walk.practice().clone(), walk.progress().clone());
    let mut walk = morning();
    ["rest", "it rains", "read"].iter().for_each(|words| pass(&mut walk, Some(words)));
    assert!(said(&walk).is_some());
    walk.close();
    let mut walk = again(&walk);
    assert!(matches!(walk.next(), WalkStep::Review), "it was enough");
    walk.go_back();
    pass(&mut walk, Some("read"));
    assert!(said(&again(&walk)).is_some(), "the way back leads before it");

    let mut walk = walk_to_the_offer();
    walk.pass_offer();
    assert!(matches!(again(&walk).next(), WalkStep::Review), "nothing was wanted of it");
    walk.take_up("view");
    assert_eq!(asked(&mut again(&walk)).unwrap().id, "view");
    let mut walk = again(&walk);
    walk.go_back();
    answer(&mut walk, "after", words("heavier"));
    assert!(matches!(again(&walk).next(), WalkStep::Offer(_)));
    walk.pass_offer_for_now();
    assert!(matches!(again(&walk).next(), WalkStep::Offer(_)), "a practice is to follow");
}

#[test]
fn at_the_breather_not_answered_means_still_to_be_asked_and_neither_skipped_nor_left_out() {
    let left = "{ say = \"B, and C.\", when = { b = { answered = false } } }, ";
    let file = MORNING.replace("say = [", &format!("say = [{left}"));
    let found = practice::read("morning", Path::new("morning.toml"), &file, &[]);
    let practice = found.into_practice().unwrap();
    let without_b = |mut practice: Practice| {
        practice.questions.retain(|question| question.id != "b");
        practice
    };
    let of = |practice: Practice, words: [Option<&str>; 3]| {
        let mut walk = Walk::new(practice, Progress::default());
        words.iter().for_each(|words| pass(&mut walk, *words));
        said(&walk).unwrap()
    };
    assert_eq!(of(practice.clone(), [Some("rest"), Some("it rains"), Some("read")]), "B, and C.");
    assert_eq!(of(practice.clone(), [Some("rest"), None, None]), "C is left.", "it was skipped");
    assert_eq!(of(without_b(practice), ["rest", "it rains", "read"].map(Some)), "C is left.");
}

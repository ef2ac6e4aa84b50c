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
fn the_breather_names_what_is_left_only_to_whoever_is_asked_it() {
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

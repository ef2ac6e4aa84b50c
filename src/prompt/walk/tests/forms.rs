//! Another form of the practice on the way.

use super::*;

fn form(fear: practice::Fear) -> practice::Form {
    practice::Form { fear, chapter: crate::config::Chapter::Together }
}

#[test]
fn a_form_that_is_taken_on_the_way_asks_nothing_of_what_lies_behind() {
    let text = TWO_PARTS.replace("id = \"b\"", "id = \"b\"\ncare = \"only\"");
    let found = practice::read("two", Path::new("two.toml"), &text, &[]);
    let base = found.into_practice().unwrap();
    let plain = base.clone().adapted_to(form(practice::Fear::None));
    let caring = base.adapted_to(form(practice::Fear::Known));

    let mut walk = Walk::new(plain.clone(), Progress::default());
    answer(&mut walk, "a", Value::YesNo(true));
    walk.adapt(caring.clone());
    assert_eq!(asked(&mut walk).unwrap().id, "b", "it lies ahead");

    let mut walk = Walk::new(plain.clone(), Progress::default());
    answer(&mut walk, "a", Value::YesNo(true));
    answer(&mut walk, "c", words("Said."));
    walk.adapt(caring.clone());
    assert_eq!(asked(&mut walk).map(|q| q.id), None, "it lies behind");

    walk.go_back();
    answer(&mut walk, "c", words("Said."));
    assert_eq!(asked(&mut walk).map(|q| q.id), None, "and there it stays");

    // A draft that was begun in the other form, and one that stopped before it.
    let begun = |ids: &[&str]| Progress {
        asked: ids.iter().map(|id| (*id).to_owned()).collect(),
        answers: vec![plain.question("a").unwrap().answer_with(Value::YesNo(true))],
        ..Progress::default()
    };
    assert_eq!(asked(&mut Walk::new(caring.clone(), begun(&["a", "c"]))).map(|q| q.id), None);
    assert_eq!(asked(&mut Walk::new(caring.clone(), begun(&["a"]))).unwrap().id, "b");
    // What the command line answered says nothing of how far it went.
    let given = Progress { given: vec!["c".to_owned()], ..begun(&["c", "a"]) };
    assert_eq!(asked(&mut Walk::new(caring.clone(), given)).unwrap().id, "b");

    // What the form before asked stays where it was answered.
    let mut walk = Walk::new(caring, Progress::default());
    answer(&mut walk, "a", Value::YesNo(true));
    answer(&mut walk, "b", words("Kept."));
    answer(&mut walk, "c", words("Said."));
    walk.adapt(walk.practice().clone().adapted_to(form(practice::Fear::None)));
    let kept: Vec<String> = walk.kept_answers().into_iter().map(|a| a.question).collect();
    assert_eq!(kept, ["a", "b", "c"]);
}

#[test]
fn a_slip_that_changed_the_form_can_be_gone_back_to_and_taken_back() {
    let text = TWO_PARTS
        .replace("id = \"a\"", "id = \"a\"\ncare.asked = false")
        .replace("id = \"b\"", "id = \"b\"\ncare.asked = false");
    let found = practice::read("two", Path::new("two.toml"), &text, &[]);
    let base = found.into_practice().unwrap();
    let of = |fear| base.clone().adapted_to(form(fear));
    let slip = || {
        let mut walk = Walk::new(of(practice::Fear::None), Progress::default());
        answer(&mut walk, "a", Value::YesNo(true));
        walk.adapt(of(practice::Fear::Known));
        assert_eq!(asked(&mut walk).unwrap().id, "c", "b is not asked in this form");
        walk
    };
    let mut walk = slip();
    walk.go_back();
    assert_eq!(asked(&mut walk).unwrap().id, "a");
    answer(&mut walk, "a", Value::YesNo(true));
    walk.restore(of(practice::Fear::None));
    assert_eq!(asked(&mut walk).unwrap().id, "b");

    // Changed where all answers stand, it asks what the other form had left out.
    let mut walk = slip();
    answer(&mut walk, "c", words("Said."));
    let question = walk.practice().question("a").cloned().unwrap();
    walk.pass(&question, Some(question.answer_with(Value::YesNo(true))));
    walk.restore(of(practice::Fear::None));
    assert_eq!(asked(&mut walk).unwrap().id, "b");

    // What a draft from another form had passed over before the slip stays behind.
    let progress = Progress { asked: vec!["c".to_owned()], ..Progress::default() };
    let mut walk = Walk::new(of(practice::Fear::None), progress);
    assert!(asked(&mut walk).is_none(), "a lies behind");
    walk.adapt(of(practice::Fear::Known));
    walk.restore(of(practice::Fear::None));
    assert!(asked(&mut walk).is_none(), "and stays there");

    // A draft of that session continues so, too; what presses stays out all the same.
    let draft = Progress { asked: vec!["a".to_owned()], ..Progress::default() };
    assert!(Walk::new(of(practice::Fear::Known), draft.clone()).can_go_back());
    let mut pressing = of(practice::Fear::Known);
    pressing.left_out.iter_mut().for_each(|left_out| left_out.question.sharing = true);
    assert!(!Walk::new(pressing, draft).can_go_back());
}

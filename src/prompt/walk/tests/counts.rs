//! How many questions there are, whatever is answered.

use super::*;
use crate::practice::{Form, OfferTarget, Practices, QuestionKind};

/// Some answer to a question, or none.
fn any_answer(question: &Question, dice: &mut fastrand::Rng) -> Option<Value> {
    let some = |options: &[practice::AnswerOption], dice: &mut fastrand::Rng| {
        dice.choice(options).map(|option| option.id.clone())
    };
    let value = match &question.kind {
        QuestionKind::Choice { options, .. } => Value::Text(some(options, dice)?),
        QuestionKind::Choices { options, .. } => Value::Chosen(vec![some(options, dice)?]),
        QuestionKind::YesNo => Value::YesNo(dice.bool()),
        QuestionKind::Scale { .. } | QuestionKind::Number { .. } => {
            Value::Number(dice.u8(0..5).into())
        }
        QuestionKind::Stillness { .. } => Value::Number(1.into()),
        QuestionKind::Text { .. } | QuestionKind::Long | QuestionKind::Tags => {
            let texts = ["none today", "A walk", "If it rains, then I will read.", "afraid"];
            words(dice.choice(texts)?)
        }
    };
    dice.bool().then_some(value)
}

/// A number on the way: of which section, whether more than the short core was asked for,
/// which one, and of how many.
type PlaceOnWay = (Option<String>, bool, usize, usize);

/// The numbers on one way through a practice.
fn numbers(practice: Practice, dice: &mut fastrand::Rng) -> Vec<PlaceOnWay> {
    let mut walk = Walk::new(practice, Progress::default());
    let (mut numbers, mut is_more) = (Vec::new(), false);
    loop {
        match walk.next() {
            WalkStep::Section(section) => walk.enter(&section, dice.u8(0..4) == 0),
            WalkStep::Breather(_) => {
                walk.ask_more();
                is_more = true;
            }
            WalkStep::Ask(question) => {
                let place = walk.place(&question);
                numbers.extend(place.map(|(at, of)| (question.section.clone(), is_more, at, of)));
                let answer = any_answer(&question, dice).map(|value| question.answer_with(value));
                walk.pass(&question, answer);
            }
            WalkStep::Offer(offer) => {
                walk.pass_offer();
                let asked = offer.ways.iter().find_map(|way| match &way.opens {
                    OfferTarget::Question(id) => Some(id),
                    OfferTarget::Page(_) | OfferTarget::End | OfferTarget::Practice(_) => None,
                });
                asked.into_iter().for_each(|id| walk.take_up(id));
            }
            WalkStep::Review | WalkStep::Keep => return numbers,
        }
    }
}

/// Is the second the one that a reader expects behind the first?
fn is_next(pair: &[PlaceOnWay]) -> bool {
    let [(section, is_more, at, of), (next_section, is_next_more, next, next_of)] = pair else {
        return false;
    };
    if section != next_section {
        return *next == 1;
    }
    *next == at + 1 && (of == next_of || is_more != is_next_more)
}

#[test]
fn in_no_form_of_a_practice_does_a_number_jump_or_how_many_there_are_change() {
    let practices = Practices::built_in();
    let mut dice = fastrand::Rng::with_seed(3);
    let mut counted = 0;
    for practice in practices.valid() {
        for form in Form::all() {
            for _ in 0..40 {
                let numbers = numbers(practice.clone().adapted_to(form), &mut dice);
                counted += numbers.len();
                let name = &practice.name;
                assert!(numbers.windows(2).all(is_next), "{name} in {form:?}: {numbers:?}");
                assert!(numbers.iter().all(|(_, _, at, of)| at <= of), "{name}: {numbers:?}");
            }
        }
    }
    assert!(counted > 5_000, "{counted}");
}

#[test]
fn the_numbers_before_the_breather_add_up_whatever_the_evening_was() {
    let practices = Practices::built_in();
    let evening = |connection: &str| {
        let reflect = practices.practice("reflect").unwrap().clone();
        let mut walk = Walk::new(reflect.adapted_to(Form::USUAL), Progress::default());
        let mut numbers = Vec::new();
        while let WalkStep::Ask(question) = walk.next() {
            numbers.push(walk.place(&question));
            let said = (question.id == "connection").then(|| words(connection));
            walk.pass(&question, said.map(|value| question.answer_with(value)));
        }
        walk.ask_more();
        let WalkStep::Ask(question) = walk.next() else { panic!("nothing left") };
        numbers.push(walk.place(&question));
        numbers
    };
    let of = |all: usize| [Some((1, 3)), Some((2, 3)), Some((3, 3)), Some((4, all))];
    assert_eq!(evening("Tea"), of(6));
    assert_eq!(evening("None today"), of(7));
}

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
/// which one, and of how many, where that was certain.
type PlaceOnWay = (Option<String>, bool, usize, Option<usize>);

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

/// In each section of a way the numbers go from one to the last, and how many there are, once
/// it is said, stays and is true.
fn is_true(numbers: &[PlaceOnWay]) -> bool {
    numbers.chunk_by(|one, next| one.0 == next.0).all(|stretch| {
        let counts = stretch.iter().map(|(_, _, at, _)| *at).eq(1..=stretch.len());
        let totals = stretch.iter().skip_while(|(_, _, _, of)| of.is_none());
        counts && totals.map(|(_, _, _, of)| *of).all(|of| of == Some(stretch.len()))
    })
}

#[test]
fn in_every_form_of_a_practice_each_question_is_counted_and_how_many_there_are_is_true() {
    let practices = Practices::built_in();
    let mut dice = fastrand::Rng::with_seed(3);
    let (mut counted, mut totals) = (0, 0);
    for practice in practices.valid() {
        for form in Form::all() {
            for _ in 0..40 {
                let numbers = numbers(practice.clone().adapted_to(form), &mut dice);
                counted += numbers.len();
                totals += numbers.iter().filter(|(_, _, _, of)| of.is_some()).count();
                assert!(is_true(&numbers), "{} in {form:?}: {numbers:?}", practice.name);
            }
        }
    }
    assert!(counted > 5_000 && totals > 1_000, "{totals} of {counted}");
}

//! The question of an answer that is to be changed, as it was asked then: an entry keeps the
//! wording, the scale and the options that it was answered with, whatever its practice asks
//! by now.

use crate::entry::{Answer, Scale, Value};

use super::{AnswerOption, Question, QuestionKind};

impl Question {
    /// The question on the scale, with the options and in the words of this answer to it.
    #[must_use]
    pub fn as_it_was_asked(self, answer: &Answer) -> Question {
        let mut question = Question { ask: answer.asked.clone(), ..self };
        if let Some(kind) = former_kind(answer, &question.kind) {
            // What the file says of the answers by now is of others.
            question = Question { kind, help: None, most: None, own_options: None, ..question };
        }
        add_options(&mut question.kind, answer);
        question
    }
}

/// The kind that it had, where this one doesn't take such an answer.
fn former_kind(answer: &Answer, now: &QuestionKind) -> Option<QuestionKind> {
    use QuestionKind::{Choice, Choices, Long, Number, Stillness, Text, YesNo};
    // A scale that nobody could list was not made here: its number is typed.
    let scale = answer.scale.filter(|scale| scale.steps().is_some());
    let is_option = |id: &String| {
        answer.labels.contains_key(id) || now.options().iter().any(|option| option.id == *id)
    };
    let options = || now.options().to_vec();
    // Words of one's own stand beside options that are known only in part.
    let other = now.takes_own_words() || now.options().is_empty();
    match (&answer.value, now) {
        (_, QuestionKind::Scale { scale: now, labels, .. })
            if scale == Some(*now) && !is_relabelled(answer, *now, labels) =>
        {
            None
        }
        (value, _) if scale.is_some() => {
            let cant_say = *value == Value::CantSay
                || now.takes_cant_say()
                || !matches!(now, QuestionKind::Scale { .. });
            scale.map(|scale| QuestionKind::Scale {
                scale,
                labels: labels(answer, scale),
                cant_say,
            })
        }
        (Value::YesNo(_), YesNo) | (Value::Number(_), Number { .. } | Stillness { .. }) => None,
        (Value::YesNo(_), _) => Some(YesNo),
        (Value::Number(_), _) => Some(Number { min: None, max: None }),
        (Value::Text(id), Choice { .. }) if is_option(id) || now.takes_own_words() => None,
        (Value::Text(id), _) if answer.labels.contains_key(id) => {
            Some(Choice { options: options(), other })
        }
        (Value::Text(_), Text { .. } | Long) => None,
        (Value::Chosen(_), Choices { .. }) => None,
        (Value::Chosen(_), _) => Some(Choices { options: options(), other }),
        (Value::CantSay, QuestionKind::Scale { .. }) => None,
        (Value::Text(_) | Value::CantSay, _) => Some(Long),
    }
}

/// Has its step another word by now? Then what the others say may be turned round, too.
fn is_relabelled(answer: &Answer, scale: Scale, now: &[String]) -> bool {
    let then = labels(answer, scale);
    then.iter().enumerate().any(|(at, label)| !label.is_empty() && now.get(at) != Some(label))
}

/// The words of the steps, as far as the answer has them.
fn labels(answer: &Answer, scale: Scale) -> Vec<String> {
    let label = |step: i64| answer.labels.get(&step.to_string()).cloned().unwrap_or_default();
    (scale.min..=scale.max).map(label).collect()
}

/// What was chosen is among the options, in the words that it had.
fn add_options(kind: &mut QuestionKind, answer: &Answer) {
    let (QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }) = kind
    else {
        return;
    };
    for (id, label) in &answer.labels {
        match options.iter_mut().find(|option| option.id == *id) {
            Some(option) => option.label.clone_from(label),
            None => options.push(AnswerOption::plain(id, label)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind) -> Question {
        let question = Question::plain("q", "And now?", kind);
        Question { help: Some("Of what there is now.".into()), ..question }
    }

    fn scale(min: i64, max: i64, labels: &[&str]) -> QuestionKind {
        let labels = labels.iter().map(|label| (*label).to_owned()).collect();
        QuestionKind::Scale { scale: Scale { min, max }, labels, cant_say: false }
    }

    fn choice(ids: &[&str], several: bool) -> QuestionKind {
        let options = ids.iter().map(|id| AnswerOption::plain(id, &format!("The {id}"))).collect();
        match several {
            true => QuestionKind::Choices { options, other: false },
            false => QuestionKind::Choice { options, other: false },
        }
    }

    /// What a text becomes as an answer to a question that asked otherwise once.
    fn changed(then: QuestionKind, first: &str, now: QuestionKind, new: &str) -> String {
        let then = Question { ask: "And then?".into(), ..question(then) };
        let answer = then.answer_with(then.read(first).unwrap().unwrap());
        let question = question(now).as_it_was_asked(&answer);
        match question.read(new) {
            Ok(value) => {
                let new = question.answer_with(value.unwrap());
                assert_eq!(new.asked, "And then?");
                new.text()
            }
            Err(error) => error.hint(),
        }
    }

    #[test]
    fn an_answer_is_changed_on_the_scale_that_it_was_given_on() {
        let (five, nine) = (|| scale(0, 4, &["dark", "", "", "", "bright"]), || scale(1, 8, &[]));
        assert_eq!(changed(five(), "4", nine(), "3"), "3 of 0–4");
        assert_eq!(changed(five(), "4", nine(), "0"), "0 of 0–4");
        assert_eq!(changed(five(), "4", nine(), "8"), "Give a whole number from 0 to 4.");
        assert_eq!(changed(five(), "4", five(), "0"), "0, “dark”");
        // The other way round by now: what the entry doesn't know has no word.
        let turned = || scale(0, 4, &["bright", "", "", "", "dark"]);
        assert_eq!(changed(five(), "4", turned(), "0"), "0 of 0–4");
        assert_eq!(changed(five(), "4", turned(), "4"), "4, “bright”");
        assert_eq!(changed(five(), "2", turned(), "0"), "0, “bright”");
    }

    #[test]
    fn an_answer_stays_of_its_kind_where_the_question_has_another_by_now() {
        let number = || QuestionKind::Number { min: None, max: None };
        assert_eq!(changed(number(), "9", scale(0, 4, &[]), "12"), "12");
        assert_eq!(changed(QuestionKind::YesNo, "yes", choice(&["yes", "no"], false), "no"), "no");
        assert_eq!(changed(QuestionKind::Long, "Far.", choice(&["far"], false), "Near."), "Near.");
        let (one, several) = (|ids: &[&str]| choice(ids, false), |ids: &[&str]| choice(ids, true));
        assert_eq!(changed(several(&["a", "b"]), "a,b", one(&["a", "c"]), "b,c"), "The b; The c");
        assert_eq!(changed(one(&["a", "b"]), "b", several(&["a"]), "a"), "The a");
        assert_eq!(changed(one(&["a"]), "a", QuestionKind::Long, "mine"), "mine");
    }

    #[test]
    fn an_option_that_was_chosen_stays_one_in_its_own_words() {
        let now = || choice(&["road"], false);
        assert_eq!(changed(choice(&["wood"], false), "wood", now(), "wood"), "The wood");
        assert_eq!(changed(choice(&["wood"], false), "wood", now(), "road"), "The road");
    }

    #[test]
    fn help_on_other_answers_is_left_out_and_on_the_same_it_stays() {
        let asked = |now: QuestionKind| {
            let then = question(scale(0, 4, &[]));
            let answer = then.answer_with(Value::Number(3.into()));
            question(now).as_it_was_asked(&answer).help.is_some()
        };
        assert!(asked(scale(0, 4, &[])) && !asked(scale(0, 7, &[])));
    }
}

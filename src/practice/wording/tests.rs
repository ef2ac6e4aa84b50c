//! Wordings without a placeholder in them, and of the right day.

use super::super::line::first_words;
use super::super::{BUILT_IN, Form, Practices};
use super::*;

#[test]
fn the_partners_name_replaces_the_words_between_braces() {
    let text = "How close to {your partner}? {My partner} waited.";
    assert_eq!(name_partner(text, None), "How close to your partner? My partner waited.");
    assert_eq!(name_partner(text, Some("Sam")), "How close to Sam? Sam waited.");
    assert_eq!(name_partner("an open { brace", Some("Sam")), "an open { brace");
    assert_eq!(name_partner("{withdrew-partner}", Some("Sam")), "{withdrew-partner}");
}

#[test]
fn today_is_the_evening_where_the_entry_is_about_one_whenever_it_is_kept() {
    let moment = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
    let words = TodayWords { evening: Some("this evening".into()), ..TodayWords::default() };
    let said = |at: &str, now: &str| words.at(moment(at), &Clock::at(moment(now))).to_owned();
    let (dawn, night) = ("2026-11-23T07:10:00+01:00", "2026-11-23T21:14:00+01:00");
    assert_eq!(said(dawn, night), "today");
    assert_eq!(said(night, night), "this evening");
    assert_eq!(said(night, dawn), "this evening");
    assert_eq!(said(night, "2026-11-24T21:14:00+01:00"), "today", "of another day");
}

/// The answers that these conditions ask for, and no others; each run becomes one of four.
fn meeting(conditions: &mut [Condition]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for Condition { question, holds } in conditions {
        let value = match holds {
            Test::Any(groups) => {
                answers.extend(groups.first_mut().map(|group| meeting(group)).unwrap_or_default());
                continue;
            }
            Test::Answered(false) | Test::NoneOf(_) => continue,
            Test::Answered(true) => Value::Text("so".into()),
            Test::OneOf(words) => Value::Text(words[0].clone()),
            Test::Running(run) => {
                run.earlier = 3;
                Value::Text(run.words[0].clone())
            }
            Test::Repeating(repeat) => {
                repeat.earlier = vec![("rest".into(), 3)];
                Value::Text("rest".into())
            }
            Test::Between { at_least, at_most } => {
                let number = at_least.or(*at_most).and_then(serde_json::Number::from_f64);
                Value::Number(number.unwrap())
            }
            Test::Against { .. } => Value::Number(1.into()),
        };
        let question = Question::plain(question, "?", QuestionKind::Long);
        answers.push(question.answer_with(value));
    }
    answers
}

/// The question as it is asked where just what this line and it depend on was answered.
fn least_worded(question: &Question, line: Option<&ConditionalLine>) -> Question {
    let mut question = question.clone();
    let mut line_when = line.map(|line| line.when.clone()).unwrap_or_default();
    let answers = [meeting(&mut question.when), meeting(&mut line_when)].concat();
    let lines = question.asks.iter_mut().chain(&mut question.helps);
    lines.for_each(|line| drop(meeting(&mut line.when)));
    question.worded(&answers)
}

#[test]
fn no_placeholder_of_a_built_in_practice_reaches_a_prompt_or_a_closing() {
    let forms = Form::all().collect::<Vec<_>>();
    let all = Practices::built_in();
    let practices = BUILT_IN.iter().filter_map(|(name, _)| all.practice(name));
    for (practice, form) in practices.flat_map(|practice| forms.iter().map(move |f| (practice, f)))
    {
        let practice = practice.clone().adapted_to(*form).with_partner_name(None);
        for question in practice.all_questions() {
            let lines = question.asks.iter().chain(&question.helps).map(Some).chain([None]);
            for worded in lines.map(|line| least_worded(question, line)) {
                let shown = [Some(&worded.ask), worded.help.as_ref()].into_iter().flatten();
                shown.for_each(|text| assert!(!text.contains('{'), "{}: {text}", practice.name));
            }
        }
        let closings = practice.closing.iter();
        let closings = closings.chain(practice.sections.iter().flat_map(|it| &it.closing));
        for line in closings.chain(practice.follow_up.iter().flat_map(|it| &it.closing)) {
            let mut line = line.clone();
            let answers = meeting(&mut line.when);
            let said = first_words(&[line], &answers).unwrap_or_default();
            assert!(!said.contains('{'), "{}: {said}", practice.name);
        }
    }
}

#[test]
fn a_wording_without_a_run_of_its_own_takes_that_of_its_question() {
    let all = Practices::built_in();
    let feel = all.practice("feel").unwrap();
    let mut persists = feel.all_questions().find(|q| q.id == "persists").unwrap().clone();
    let answers = meeting(&mut persists.when);
    assert_eq!(
        persists.worded(&answers).ask,
        "Four times running, it wasn't heard. What does that say to you?"
    );
}

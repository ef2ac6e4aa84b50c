//! Answers that come again, however they were written, and what the newest have in
//! common. Single words of longer texts are not counted: without what stood around
//! them they say nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};
use crate::practice::QuestionKind;

use super::counts::choices;
use super::gauge::{Gauge, Measure, Scope};
use super::lasting::LEAST_RUNNING;
use super::{AnswerRun, Body, RecurringAnswer, ValueUnit};

const AGAIN: usize = 2;
/// Answers longer than this, in bytes, are pages, which do not come again.
pub(super) const LONGEST_ANSWER: usize = 200;
/// Below this, answers say nothing together.
const FEWEST: usize = 3;

pub(super) struct RecurringGauge<'a> {
    scope: Scope<'a>,
    answers: usize,
    /// By their words alone; the newest way of writing stands for all.
    by_words: BTreeMap<String, RecurringAnswer>,
    /// What all of the newest answers have, and whether an older one ended that.
    running: Option<(Vec<String>, usize)>,
    ended: bool,
}

impl<'a> RecurringGauge<'a> {
    pub fn new(scope: Scope<'a>) -> RecurringGauge<'a> {
        RecurringGauge { scope, answers: 0, by_words: BTreeMap::new(), running: None, ended: false }
    }

    /// What was said at one time, each once, and whether it tells of harm.
    fn add_labels(&mut self, day: NaiveDate, labels: Vec<(String, bool)>) {
        self.answers += 1;
        let mut keys: Vec<String> = Vec::with_capacity(labels.len());
        for (label, harm) in labels.into_iter().filter(|(label, _)| label.len() <= LONGEST_ANSWER) {
            let key = words_alone(&label);
            if key.is_empty() || keys.contains(&key) {
                continue;
            }
            let answer = label.trim().trim_end_matches('.').to_owned();
            let newest = RecurringAnswer { answer, times: 0, latest: day, harm };
            self.by_words.entry(key.clone()).or_insert(newest).times += 1;
            keys.push(key);
        }
        self.run(keys);
    }

    /// Narrows down what all answers from the newest on have in common.
    fn run(&mut self, keys: Vec<String>) {
        match &mut self.running {
            _ if self.ended => {}
            None => self.running = Some((keys, 1)),
            Some((common, times)) if common.iter().any(|key| keys.contains(key)) => {
                common.retain(|key| keys.contains(key));
                *times += 1;
            }
            Some(_) => self.ended = true,
        }
    }
}

impl Gauge for RecurringGauge<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        if let Some(answer) = entry.answer(self.scope.id()) {
            self.add_answer(day, answer);
        }
    }

    fn add_answer(&mut self, day: NaiveDate, answer: &Answer) {
        if answer.value == Value::CantSay || !self.scope.includes(answer) {
            return;
        }
        let labels = choices(answer).into_iter();
        let labels = labels.map(|(id, label)| (label, self.scope.tells_harm(&id)));
        self.add_labels(day, labels.collect());
    }

    fn measure(self: Box<Self>, _first_day: Option<NaiveDate>) -> Measure {
        let running = self.running.filter(|(_, times)| *times >= LEAST_RUNNING);
        let running = running.and_then(|(common, times)| {
            let answer = self.by_words.get(common.first()?)?.answer.clone();
            Some(AnswerRun { answer, times })
        });
        let again = |answer: &RecurringAnswer| answer.times >= AGAIN || answer.harm;
        let mut answers: Vec<RecurringAnswer> = self.by_words.into_values().filter(again).collect();
        answers.sort_by(|a, b| b.times.cmp(&a.times).then_with(|| a.answer.cmp(&b.answer)));
        // What tells of harm counts from the first on.
        let fewest = if answers.iter().any(|answer| answer.harm) { 1 } else { FEWEST };
        let enough = (self.answers, fewest, ValueUnit::Entries);
        Measure::enough(self.answers, enough, || Body::Recurring { answers, running })
    }
}

/// Keeps what is shown. While care is on, what tells of harm is there, however seldom it was
/// said, and goes first.
pub(super) fn keep_shown(answers: &mut Vec<RecurringAnswer>, care: bool) {
    answers.retain(|answer| answer.times >= AGAIN || (care && answer.harm));
    if care {
        answers.sort_by_key(|answer| !answer.harm);
    }
}

/// However it was written.
pub(super) fn words_alone(text: &str) -> String {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let words = text.split(move |c: char| !inside(c)).filter(|word| !word.is_empty());
    words.map(|word| word.to_lowercase().replace('’', "'")).collect::<Vec<_>>().join(" ")
}

/// Is this answered in words of the writer's own?
pub(super) fn is_text(kind: Option<&QuestionKind>) -> bool {
    matches!(kind, Some(QuestionKind::Text { .. } | QuestionKind::Long))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{Pattern, PatternDisplay};

    /// Answers, newest first.
    fn recurring(said: &[&[&str]]) -> (Vec<(String, usize)>, Option<AnswerRun>) {
        let pattern = Pattern::plain("Texts", "text", PatternDisplay::Recurring);
        let mut gauge = RecurringGauge::new(Scope::plain(pattern));
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for labels in said {
            gauge
                .add_labels(day, labels.iter().map(|label| ((*label).to_owned(), false)).collect());
        }
        match Box::new(gauge).measure(None).body {
            Body::Recurring { answers, running } => {
                (answers.into_iter().map(|it| (it.answer, it.times)).collect(), running)
            }
            body => panic!("{body:?}"),
        }
    }

    /// A practice whose choice tells of harm in some answers.
    const FILE: &str = r#"
title = "Q"
question = [{ id = "received", ask = "How?", kind = "choice", harm = ["ignored"], options = [{ id = "heard", label = "Heard" }, { id = "ignored", label = "Ignored" }] }]
"#;

    /// Choices in entries, newest first; `null` is "can't say".
    fn received(chosen: serde_json::Value) -> Measure {
        let practice = crate::practice::read("q", "q.toml".as_ref(), FILE, &[]);
        let practice = practice.into_practice().unwrap();
        let mut pattern = Pattern::plain("", "received", PatternDisplay::Recurring);
        pattern.without.push("none".to_owned());
        let scope = Scope { practice: Some(&practice), ..Scope::plain(pattern) };
        let mut gauge = Box::new(RecurringGauge::new(scope));
        let mut day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        for value in chosen.as_array().unwrap() {
            let answer =
                serde_json::json!({ "question": "received", "asked": "How?", "value": value });
            let entry = serde_json::json!({ "answers": [answer] });
            gauge.add(day, &crate::entry::testing::entry(entry));
            day = day.pred_opt().unwrap();
        }
        gauge.measure(None)
    }

    #[test]
    fn an_answer_that_says_nothing_does_not_count() {
        let measure = received(serde_json::json!(["heard", null, "none", "heard"]));
        assert_eq!(measure.rests_on, 2);
        assert!(matches!(measure.body, Body::TooFew { have: 2, least: FEWEST, .. }));
        let three = received(serde_json::json!(["heard", null, "none", "heard", "ok"]));
        let Body::Recurring { answers, running } = three.body else { panic!("three are enough") };
        assert_eq!((answers.len(), answers[0].times, running), (1, 2, None));
    }

    #[test]
    fn while_care_is_on_what_tells_of_harm_is_there_from_the_first_and_leads() {
        let told = |chosen: serde_json::Value, care: bool| -> Vec<(String, usize)> {
            let Body::Recurring { mut answers, .. } = received(chosen).body else { panic!() };
            keep_shown(&mut answers, care);
            answers.into_iter().map(|it| (it.answer, it.times)).collect()
        };
        let (once, heard) = (("ignored".to_owned(), 1), ("heard".to_owned(), 2));
        assert_eq!(told(serde_json::json!(["ignored"]), true)[0], once);
        assert_eq!(told(serde_json::json!(["ignored"]), false), []);
        let three = serde_json::json!(["heard", "ignored", "heard"]);
        assert_eq!(told(three.clone(), true), [once, heard.clone()]);
        assert_eq!(told(three, false), [heard]);
    }

    #[test]
    fn an_answer_recurs_however_it_is_written_and_a_page_does_not() {
        let page = "The river was high. ".repeat(20);
        let said: [&[&str]; 6] =
            [&["Time alone."], &["time  alone"], &["rest", "Rest."], &[&page], &[&page], &["Ａ ٣"]];
        assert_eq!(recurring(&said).0, [("Time alone".to_owned(), 2)]);
    }

    #[test]
    fn what_the_newest_have_in_common_runs_until_one_has_it_not() {
        let running = |said: &[&[&str]]| recurring(said).1.map(|it| (it.answer, it.times));
        let three: [&[&str]; 5] =
            [&["Ignored"], &["ignored."], &["ignored"], &["heard"], &["ignored"]];
        assert_eq!(running(&three), Some(("Ignored".to_owned(), 3)));
        let older: [&[&str]; 4] = [&["heard"], &["ignored"], &["ignored"], &["ignored"]];
        assert_eq!(running(&older), None);
        let several: [&[&str]; 4] =
            [&["rest", "play"], &["play", "rest"], &["play", "time"], &["rest"]];
        assert_eq!(running(&several), Some(("play".to_owned(), 3)));
    }
}

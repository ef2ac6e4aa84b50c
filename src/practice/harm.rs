//! What answers tell of fear and of harm, as the practice's own file marks it: by its rules of
//! what turns care on or may mean fear, and by the options that its questions name. Whatever
//! shows a writer what hurt asks here, so that no place knows less than another.

use crate::entry::{Answer, Entry, Value};

use super::care::says_so;
use super::{Condition, Practice, Practices, Question, Test, all_match};

/// What an answer that is marked tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HarmKind {
    /// It turns care on.
    Fear,
    /// There may be someone to be afraid of.
    Someone,
    /// What its question names as harm.
    Harm,
}

/// An answer that tells of fear or harm.
#[derive(Clone, Debug, PartialEq)]
pub struct HarmMark<'e> {
    /// All of what was answered there.
    pub answer: &'e Answer,
    /// What of it tells: an option, a step, a yes.
    pub words: String,
    /// What it tells of.
    pub kind: HarmKind,
}

impl HarmMark<'_> {
    /// Is it a step or a yes, which says nothing without what was asked?
    pub fn is_level(&self) -> bool {
        matches!(self.answer.value, Value::Number(_) | Value::YesNo(_) | Value::CantSay)
    }
}

impl Practices {
    /// The answers of an entry that tell of fear or harm, each once.
    pub fn harm_in<'e>(&self, entry: &'e Entry) -> Vec<HarmMark<'e>> {
        let mut marks: Vec<HarmMark> = Vec::new();
        for practice in self.rules_of_fear(&entry.practice) {
            for mark in practice.harm_in(&entry.answers) {
                let is_same = |other: &HarmMark| {
                    other.answer.question == mark.answer.question && other.words == mark.words
                };
                if !marks.iter().any(is_same) {
                    marks.push(mark);
                }
            }
        }
        marks
    }

    /// Do these answers to a practice stay off a screen that isn't wiped?
    pub fn keeps_private(&self, practice: &str) -> bool {
        self.rules_of_fear(practice).any(Practice::keeps_private)
    }
}

impl Practice {
    fn harm_in<'e>(&self, answers: &'e [Answer]) -> Vec<HarmMark<'e>> {
        let mut marks = Vec::new();
        let kinds = [(&self.afraid, HarmKind::Fear), (&self.pointer_someone, HarmKind::Someone)];
        for (rules, kind) in kinds {
            let met = rules.iter().filter(|rule| says_so(rule, answers));
            let telling = met.filter_map(|rule| telling(rule, answers));
            marks.extend(telling.map(|(answer, words)| HarmMark { answer, words, kind }));
        }
        for question in self.all_questions().filter(|it| !it.harm_options.is_empty()) {
            let answer = answers.iter().find(|answer| answer.question == question.id);
            let Some(answer) = answer else { continue };
            let chosen = question.harm_options.iter().filter(|option| answer.value.is(option));
            let words = chosen.map(|option| answer_words(answer, Some(option)));
            let kind = HarmKind::Harm;
            marks.extend(words.map(|words| HarmMark { answer, words, kind }));
        }
        marks
    }

    /// Does this option of a question tell of fear or of harm, or may it? Where single options
    /// are counted, whatever else a rule wants is not looked at.
    pub fn marks_harm(&self, question: &str, option: &str) -> bool {
        let rules = self.afraid.iter().chain(&self.pointer).flatten();
        let named = self.all_questions().filter(|it| it.id == question);
        let mut named = named.flat_map(|it: &Question| &it.harm_options);
        rules.into_iter().any(|rule| names(rule, question, option)) || named.any(|it| it == option)
    }

    /// Are there answers of it that stay off a screen that isn't wiped: to questions of fear
    /// alone, and items that tell it?
    pub fn keeps_private(&self) -> bool {
        let is_item =
            |question: &Question| self.is_item(&question.id) && self.is_about_fear(&question.id);
        self.questions.iter().any(|question| question.reveal || is_item(question))
    }
}

/// The answer by which a rule that holds says so, and what of it does.
fn telling<'e>(rule: &[Condition], answers: &'e [Answer]) -> Option<(&'e Answer, String)> {
    rule.iter().find_map(|condition| {
        let answer = answers.iter().find(|answer| answer.question == condition.question);
        let option = |words: &[String]| {
            let answer = answer?;
            let word = words.iter().find(|word| answer.value.is(word))?;
            Some((answer, answer_words(answer, Some(word))))
        };
        match &condition.holds {
            Test::Any(groups) => {
                let mut met = groups.iter().filter(|group| all_match(group, answers));
                met.find_map(|group| telling(group, answers))
            }
            Test::OneOf(words) => option(words),
            Test::Running(run) => option(&run.words),
            Test::Answered(_)
            | Test::NoneOf(_)
            | Test::Repeating(_)
            | Test::Between { .. }
            | Test::Against { .. } => answer.map(|answer| (answer, answer_words(answer, None))),
        }
    })
}

fn answer_words(answer: &Answer, option: Option<&str>) -> String {
    match (&answer.value, option) {
        (Value::Number(_) | Value::YesNo(_) | Value::CantSay, _) => answer.step_words(),
        (Value::Text(_) | Value::Chosen(_), Some(option)) => label(answer, option),
        (Value::Text(_) | Value::Chosen(_), None) => answer.text(),
    }
}

/// What an option is called; whoever wrote it in words of their own is quoted.
fn label(answer: &Answer, option: &str) -> String {
    let of_option = answer.labels.iter().find(|(id, _)| crate::entry::same(id, option));
    of_option.map_or_else(|| option.to_owned(), |(_, label)| label.clone())
}

fn names(condition: &Condition, question: &str, option: &str) -> bool {
    match &condition.holds {
        Test::Any(groups) => groups.iter().flatten().any(|it| names(it, question, option)),
        Test::OneOf(options) => {
            condition.question == question && options.iter().any(|it| it == option)
        }
        Test::Answered(_)
        | Test::NoneOf(_)
        | Test::Running(_)
        | Test::Repeating(_)
        | Test::Between { .. }
        | Test::Against { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::entry::testing;

    /// An entry whose answers have the words of their questions.
    fn entry(practice: &Practice, answers: Json) -> Entry {
        let answers = answers.as_object().unwrap().iter().map(|(id, value)| {
            let question = practice.all_questions().find(|question| question.id == *id).unwrap();
            let value = question.accept(value).unwrap().unwrap();
            serde_json::to_value(question.answer_with(value)).unwrap()
        });
        let answers: Vec<Json> = answers.collect();
        testing::entry(json!({ "practice": practice.name, "answers": answers,
                               "at": "2026-11-20T21:00:00Z" }))
    }

    fn marks_of(practice: &str, answers: Json) -> Vec<(String, HarmKind)> {
        let practices = Practices::built_in();
        let of = practices.practice(practice).unwrap();
        let entry = entry(of, answers);
        practices.harm_in(&entry).into_iter().map(|mark| (mark.words, mark.kind)).collect()
    }

    #[test]
    fn each_answer_is_told_by_what_it_says_and_once() {
        let fear = |words: &str| vec![(words.to_owned(), HarmKind::Fear)];
        assert_eq!(
            marks_of("notice", json!({ "underneath": ["hurt", "unsafe"] })),
            fear("It wasn't safe")
        );
        assert_eq!(marks_of("assess", json!({ "changed": 2, "fear": 0 })), fear("sometimes"));
        assert_eq!(marks_of("assess", json!({ "frightened": true })), fear("yes"));
        assert_eq!(
            marks_of("guide", json!({ "story": "unsafe" })),
            fear("it isn't safe to do anything else")
        );
        assert_eq!(
            marks_of("assess", json!({ "fear": 1 })),
            [("rarely".into(), HarmKind::Someone)]
        );
        assert_eq!(
            marks_of("feel", json!({ "received": "ignored" })),
            [("It was ignored".into(), HarmKind::Harm)]
        );
        for (practice, answers) in [
            ("assess", json!({ "changed": 1, "frightened": false, "refused": 4 })),
            ("needs", json!({ "respected": "not-safe" })),
            ("notice", json!({ "underneath": ["hurt"] })),
        ] {
            assert_eq!(marks_of(practice, answers.clone()), [], "{practice} {answers}");
        }
    }

    /// Where options are counted and where entries are told of, the same ones are marked.
    #[test]
    fn an_option_is_marked_by_itself_as_it_is_in_an_entry() {
        let practices = Practices::built_in();
        for practice in practices.valid() {
            for question in practice.all_questions() {
                for option in question.kind.options() {
                    let value = json!(option.id);
                    let entry = entry(practice, json!({ question.id.clone(): value }));
                    let marks = practices.harm_in(&entry);
                    let is_told = marks.iter().any(|mark| mark.kind != HarmKind::Someone);
                    let name = &practice.name;
                    let id = &option.id;
                    if is_told {
                        assert!(practice.marks_harm(&question.id, id), "{name} {id}");
                    }
                    if practices.tell_fear(name, &entry.answers) {
                        assert!(is_told, "{name} {id}: what turns care on is told");
                    }
                }
            }
        }
    }
}

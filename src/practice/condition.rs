//! A condition on earlier answers: which questions are asked, which closings
//! are said, which entries are quoted.

use crate::entry::{Answer, Entry, Value, same};
use crate::words::{capitalize, number_words};

/// What stands in the place of a question where groups of conditions are offered.
pub const ANY: &str = "any";

#[derive(Clone, Debug)]
pub struct Condition {
    pub question: String,
    pub holds: Test,
}

#[derive(Clone, Debug)]
pub enum Test {
    Answered(bool),
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
    /// Any one of these groups, all of whose conditions hold. It stands under [`ANY`].
    Any(Vec<Vec<Condition>>),
    /// One of these, now and in the entries right before.
    Running(Run),
    /// The same answer, whichever it is, now and in the entries right before.
    Repeating(Repeat),
    Between {
        at_least: Option<f64>,
        at_most: Option<f64>,
    },
    /// How the number stands to that of another question.
    Against {
        other: String,
        order: std::cmp::Ordering,
    },
}

/// A condition on the answers to one question in the order in which they were given.
#[derive(Clone, Debug)]
pub struct Run {
    pub words: Vec<String>,
    /// How many there must be, this one among them.
    pub times: u32,
    /// How many came right before this one. Unknown while the journal is locked, and
    /// none then.
    pub earlier: u32,
}

impl Run {
    pub fn has(&self, answer: &Answer) -> bool {
        self.words.iter().any(|word| answer.value.is(word))
    }
}

/// How many of the latest entries, newest first, belong together by their answer to a
/// question. "Can't say" breaks no run, as skipping breaks none, and neither counts; but an
/// entry that skips the question and says the opposite elsewhere breaks it.
pub(crate) fn run_of_entries<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    question: &str,
    belongs: impl Fn(&Answer) -> bool,
    is_opposite: impl Fn(&Entry) -> bool,
) -> usize {
    let step = |entry: &Entry| match entry.answer(question) {
        Some(answer) => (answer.value != Value::CantSay).then(|| belongs(answer)),
        None => is_opposite(entry).then_some(false),
    };
    entries.filter_map(step).take_while(|belongs| *belongs).count()
}

/// The same answer as in the entries before. Of several at one time, each has its own run.
#[derive(Clone, Debug)]
pub struct Repeat {
    /// Answers that make no run.
    pub without: Vec<String>,
    /// How many times there must be, this one among them.
    pub times: u32,
    /// What was answered last, and how many times running by then. Empty while the journal
    /// is locked.
    pub earlier: Vec<(String, u32)>,
}

impl Repeat {
    /// The longest run that this answer continues, and its length.
    fn longest(&self, answer: &Answer) -> Option<(&str, u32)> {
        let counts = |word: &str| !self.without.iter().any(|not| same(not, word));
        let continued = self.earlier.iter().filter(|(word, _)| answer.value.is(word));
        let runs = continued.filter(|(word, earlier)| counts(word) && earlier + 1 >= self.times);
        // Of equal ones the first.
        let longest = runs.rev().max_by_key(|(_, earlier)| *earlier)?;
        Some((longest.0.as_str(), longest.1 + 1))
    }
}

/// The line with the length of the run in place of `{running}`, in words, and the answer
/// that keeps coming in place of `{again}`.
pub(super) fn run_words(line: &str, when: &[Condition], answers: &[Answer]) -> String {
    let runs = when.iter().filter_map(|condition| {
        if let Test::Running(run) = &condition.holds {
            return Some((run.times.max(run.earlier + 1), None));
        }
        let Test::Repeating(repeat) = &condition.holds else { return None };
        let answer = answers.iter().find(|answer| answer.question == condition.question)?;
        let (word, count) = repeat.longest(answer)?;
        Some((count, Some(answer.labels.get(word).map_or(word, String::as_str))))
    });
    let Some((count, again)) = runs.max() else { return line.to_owned() };
    let count = number_words(usize::try_from(count).unwrap_or(usize::MAX));
    let line = line.replace("{Running}", &capitalize(&count)).replace("{running}", &count);
    again.map_or(line.clone(), |again| line.replace("{again}", again))
}

/// Do these answers meet every condition?
pub fn all_match(conditions: &[Condition], answers: &[Answer]) -> bool {
    conditions.iter().all(|condition| condition.holds(answers))
}

impl Condition {
    /// Does it look at this question?
    pub fn is_of(&self, question: &str) -> bool {
        match &self.holds {
            Test::Any(groups) => groups.iter().flatten().any(|it| it.is_of(question)),
            Test::Against { other, .. } => other == question || self.question == question,
            Test::Answered(_)
            | Test::OneOf(_)
            | Test::NoneOf(_)
            | Test::Running(_)
            | Test::Repeating(_)
            | Test::Between { .. } => self.question == question,
        }
    }

    pub fn holds(&self, answers: &[Answer]) -> bool {
        let of = |id: &str| answers.iter().find(|a| a.question == id);
        match (&self.holds, of(&self.question)) {
            (Test::Any(groups), _) => groups.iter().any(|group| all_match(group, answers)),
            (Test::Answered(wanted), answer) => answer.is_some() == *wanted,
            (Test::NoneOf(_), None) => true,
            (_, None) => false,
            (Test::OneOf(wanted), Some(answer)) => wanted.iter().any(|w| answer.value.is(w)),
            (Test::Running(run), Some(answer)) => run.has(answer) && run.earlier + 1 >= run.times,
            (Test::Repeating(repeat), Some(answer)) => repeat.longest(answer).is_some(),
            (Test::NoneOf(unwanted), Some(answer)) => !unwanted.iter().any(|w| answer.value.is(w)),
            (Test::Between { at_least, at_most }, Some(answer)) => {
                answer.value.number().is_some_and(|n| {
                    at_least.is_none_or(|min| n >= min) && at_most.is_none_or(|max| n <= max)
                })
            }
            (Test::Against { other, order }, Some(answer)) => {
                let other = of(other).and_then(|a| a.value.number());
                let both = answer.value.number().zip(other);
                both.is_some_and(|(n, m)| n.partial_cmp(&m) == Some(*order))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(question: &str, value: Value) -> Answer {
        let asked = String::new();
        let (labels, unknown) = Default::default();
        Answer { question: question.into(), asked, scale: None, value, labels, unknown }
    }

    #[test]
    fn a_condition_reads_an_answer_as_people_write_it() {
        let none = Condition {
            question: "connection".into(),
            holds: Test::OneOf(vec!["none today".into()]),
        };
        assert!(none.holds(&[said("connection", Value::Text("None today. ".into()))]));
        assert!(!none.holds(&[said("connection", Value::Text("He waited.".into()))]));
        assert!(!none.holds(&[]), "a skipped question meets no condition on its words");
    }

    #[test]
    fn a_range_holds_for_numbers_alone() {
        let low = Condition {
            question: "closeness".into(),
            holds: Test::Between { at_least: None, at_most: Some(1.0) },
        };
        assert!(low.holds(&[said("closeness", Value::Number(0.into()))]));
        assert!(!low.holds(&[said("closeness", Value::Number(2.into()))]));
        assert!(!low.holds(&[said("closeness", Value::CantSay)]), "can't say is not zero");
    }

    #[test]
    fn two_numbers_are_compared_where_both_were_given() {
        let quieter = Condition {
            question: "after".into(),
            holds: Test::Against { other: "before".into(), order: std::cmp::Ordering::Less },
        };
        let answers = |after: i64| {
            let number = |n: i64| Value::Number(n.into());
            [said("before", number(3)), said("after", number(after))]
        };
        assert!(quieter.holds(&answers(1)));
        assert!(!quieter.holds(&answers(3)));
        assert!(!quieter.holds(&answers(1)[1..]), "with nothing to compare it with");
    }
}

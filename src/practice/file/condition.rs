//! Conditions of the practice file as people write them: by question.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::super::{Condition, Repeat, Run, Test};
use super::OneOrMore;

/// The keys of a nested table have no place of their own in the file, so mistakes in them are
/// named by their table's line.
pub type ConditionsFile = BTreeMap<String, AnswerTests>;

/// Everything that must hold of the answer to one question.
#[derive(Deserialize)]
#[serde(try_from = "TestFile")]
pub struct AnswerTests(pub Vec<Test>);

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "A condition is a text, a list of them, for `any` a list of tables, or a table of is, running, answered, not, at-least, at-most, below, above or equal"
)]
enum TestFile {
    Is(String),
    OneOf(Vec<String>),
    Any(Vec<ConditionsFile>),
    Other(TestTable),
    /// What needs quotation marks.
    Number(f64),
    YesNo(bool),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TestTable {
    pub is: Option<OneOrMore<String>>,
    pub running: Option<u32>,
    pub answered: Option<bool>,
    pub not: Option<OneOrMore<String>>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub below: Option<String>,
    pub above: Option<String>,
    pub equal: Option<String>,
}

/// For `deserialize_with`.
pub fn conditions<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Condition>, D::Error> {
    Ok(conditions_of(&ConditionsFile::deserialize(from)?))
}

pub fn conditions_of<'f>(
    when: impl IntoIterator<Item = (&'f String, &'f AnswerTests)>,
) -> Vec<Condition> {
    let of = |(question, AnswerTests(tests)): (&'f String, &'f AnswerTests)| {
        tests.iter().map(|test| Condition { question: question.clone(), holds: test.clone() })
    };
    when.into_iter().flat_map(of).collect()
}

impl TryFrom<TestFile> for AnswerTests {
    type Error = String;

    fn try_from(file: TestFile) -> Result<AnswerTests, String> {
        let tests = match file {
            TestFile::Is(word) => vec![Test::OneOf(vec![word])],
            TestFile::OneOf(words) => vec![Test::OneOf(words)],
            TestFile::Any(groups) => vec![Test::Any(groups.iter().map(conditions_of).collect())],
            TestFile::Other(table) => tests(table),
            TestFile::Number(number) => {
                return Err(format!("Put the number in quotation marks: \"{number}\""));
            }
            TestFile::YesNo(yes) => {
                let word = if yes { "yes" } else { "no" };
                return Err(format!("Yes and no are texts in a condition: write \"{word}\""));
            }
        };
        if tests.is_empty() {
            return Err("This condition tests nothing".to_owned());
        }
        Ok(AnswerTests(tests))
    }
}

fn tests(table: TestTable) -> Vec<Test> {
    let TestTable { is, running, answered, not, at_least, at_most, below, above, equal } = table;
    let between = at_least.is_some() || at_most.is_some();
    let against = [(below, Ordering::Less), (above, Ordering::Greater), (equal, Ordering::Equal)];
    let against = against
        .into_iter()
        .filter_map(|(other, order)| Some(Test::Against { other: other?, order }));
    let mut tests: Vec<Test> = against.collect();
    let words = is.map(|OneOrMore(words)| words);
    let not = not.map(|OneOrMore(words)| words);
    match (words, running) {
        (Some(words), Some(times)) => {
            tests.push(Test::Running(Run { words, times, earlier: 0 }));
        }
        (Some(words), None) => tests.push(Test::OneOf(words)),
        (None, Some(times)) => tests.push(Test::Repeating(Repeat {
            without: not.clone().unwrap_or_default(),
            times,
            earlier: Vec::new(),
        })),
        (None, None) => {}
    }
    tests.extend(answered.map(Test::Answered));
    tests.extend(not.map(Test::NoneOf).filter(|_| running.is_none()));
    tests.extend(between.then_some(Test::Between { at_least, at_most }));
    tests
}

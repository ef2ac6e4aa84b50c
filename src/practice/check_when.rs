//! The part of the checking that is about conditions, and about the questions
//! that wordings name.

use std::cmp::Ordering;
use std::ops::Range;

use super::check::Check;
use super::file::{TestFile, TestTable, When};
use super::{Condition, Question, QuestionKind, Test};

impl Check<'_> {
    /// Do the `{ids}` in a wording name questions that there are?
    pub(super) fn placeholders(
        &mut self,
        table: &str,
        text: &str,
        questions: &[Question],
        besides: &[&str],
    ) {
        let open = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        for (id, _) in open {
            let partner = id.split_whitespace().last() == Some("partner");
            let known = questions.iter().any(|q| q.id == id) || besides.contains(&id);
            if !partner && !known {
                let what = format!("“{{{id}}}” names no question.");
                self.mistake(self.place(table), what, "Write the id of one between the braces.");
            }
        }
    }

    pub(super) fn nested(
        &mut self,
        table: &str,
        given: When,
        questions: &[Question],
    ) -> Vec<Condition> {
        let at = self.place(table);
        let given = given.into_iter().map(|(q, test)| (at.clone(), q, test)).collect();
        self.conditions(given, questions)
    }

    pub(super) fn conditions(
        &mut self,
        given: Vec<(Range<usize>, String, TestFile)>,
        earlier: &[Question],
    ) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (at, question, test) in given {
            if !earlier.iter().any(|q| q.id == question) {
                let what = format!("No earlier question is called “{question}”.");
                let mend = "A condition looks back: name a question that stands above.";
                self.mistake(at.clone(), what, mend);
            }
            for holds in tests(test) {
                let of = earlier.iter().find(|q| q.id == question);
                self.test(&at, &holds, of, earlier);
                conditions.push(Condition { question: question.clone(), holds });
            }
        }
        conditions
    }

    /// Can what is tested ever hold?
    fn test(
        &mut self,
        at: &Range<usize>,
        test: &Test,
        of: Option<&Question>,
        earlier: &[Question],
    ) {
        match (test, of.map(|q| &q.kind)) {
            (Test::Against { other, .. }, _) if !earlier.iter().any(|q| q.id == *other) => {
                let what = format!("No earlier question is called “{other}”.");
                self.mistake(at.clone(), what, "Name a question that stands above.");
            }
            (
                Test::OneOf(words) | Test::NoneOf(words),
                Some(
                    QuestionKind::Choice { options, other: false }
                    | QuestionKind::Choices { options, other: false },
                ),
            ) => {
                for word in words.iter().filter(|w| !options.iter().any(|o| o.id == **w)) {
                    let ids: Vec<_> = options.iter().map(|o| o.id.as_str()).collect();
                    let what = format!("“{word}” is none of the options.");
                    self.mistake(at.clone(), what, format!("Use one of {}.", ids.join(", ")));
                }
            }
            _ => {}
        }
    }
}

pub(super) fn tests(file: TestFile) -> Vec<Test> {
    let table = match file {
        TestFile::Is(word) => return vec![Test::OneOf(vec![word])],
        TestFile::OneOf(words) => return vec![Test::OneOf(words)],
        TestFile::Other(table) => table,
    };
    let TestTable { answered, not, at_least, at_most, below, above, equal } = table;
    let between = at_least.is_some() || at_most.is_some();
    let against = [(below, Ordering::Less), (above, Ordering::Greater), (equal, Ordering::Equal)];
    let against = against
        .into_iter()
        .filter_map(|(other, order)| Some(Test::Against { other: other?, order }));
    let mut tests: Vec<Test> = against.collect();
    tests.extend(answered.map(Test::Answered));
    tests.extend(not.map(|not| Test::NoneOf(not.into())));
    tests.extend(between.then_some(Test::Between { at_least, at_most }));
    tests
}

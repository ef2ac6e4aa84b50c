//! Filters on answers.

use std::cmp::Ordering;

use crate::entry::{Answer, Entry};
use crate::error::Result;
use crate::query::QueryError;

/// A condition on the answer to a question: `closeness>=3`, `outcome=forgot`.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerFilter {
    /// The question's id.
    pub question: String,
    /// The condition.
    pub predicate: Predicate,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// The answer is this option (by id or label), yes or no, number, or short text.
    Equals(String),
    /// There is an answer, and it isn't this.
    Differs(String),
    /// The answer is a number that compares in one of these ways.
    Number(&'static [Ordering], f64),
}

/// Longer signs first, as `>=` begins with `>`.
const SIGNS: &[(&str, &[Ordering])] = &[
    (">=", &[Ordering::Greater, Ordering::Equal]),
    ("<=", &[Ordering::Less, Ordering::Equal]),
    (">", &[Ordering::Greater]),
    ("<", &[Ordering::Less]),
];

impl AnswerFilter {
    /// Parses `closeness<2`, `outcome=did` and the like.
    ///
    /// # Errors
    /// A [`QueryError`] with how a condition is written.
    pub fn read(text: &str) -> Result<AnswerFilter> {
        let error = || QueryError::BadCondition { given: text.to_owned() };
        let cut = text.find(['=', '!', '<', '>']).ok_or_else(error)?;
        let question = text[..cut].trim().to_owned();
        let rest = &text[cut..];
        let comparison = SIGNS.iter().find_map(|(sign, orders)| {
            rest.strip_prefix(sign).map(|value| (*orders, value.trim()))
        });
        let predicate = match (comparison, rest.strip_prefix("!="), rest.strip_prefix('=')) {
            (Some((orders, value)), ..) => {
                Predicate::Number(orders, value.parse().map_err(|_| error())?)
            }
            (_, Some(value), _) => Predicate::Differs(value.trim().to_owned()),
            (_, _, Some(value)) => {
                Predicate::Equals(value.trim_start_matches('=').trim().to_owned())
            }
            _ => return Err(error().into()),
        };
        let empty = matches!(&predicate, Predicate::Equals(value) | Predicate::Differs(value) if value.is_empty());
        if question.is_empty() || empty {
            Err(error().into())
        } else {
            Ok(AnswerFilter { question, predicate })
        }
    }

    /// Is it the answer that no entry shown may have?
    pub(super) fn leaves_out(&self, entry: &Entry) -> bool {
        let Predicate::Differs(value) = &self.predicate else { return false };
        let mut answers = entry.answers.iter().filter(|a| a.question == self.question);
        answers.any(|answer| answer.contains_answer(value))
    }

    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let mut answers = entry.answers.iter().filter(|a| a.question == self.question);
        match &self.predicate {
            Predicate::Equals(value) => answers.any(|a| a.contains_answer(value)),
            Predicate::Differs(value) => answers.any(|a| !a.contains_answer(value)),
            Predicate::Number(orders, number) => answers.any(|answer: &Answer| {
                let order = answer.value.number().and_then(|n| n.partial_cmp(number));
                order.is_some_and(|order| orders.contains(&order))
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::entry;
    use super::*;

    #[test]
    fn an_answer_is_wanted_by_id_by_word_or_by_its_number() {
        let holds = |text: &str| AnswerFilter::read(text).unwrap().holds(&entry());
        for text in [
            "closeness>=3", "closeness=3", "closeness<4", "closeness > 2", "closeness==3",
            "outcome=did", "outcome=I did it", "outcome!=forgot", "saw=unsaid", "relying=cant-say",
        ] {
            assert!(holds(text), "{text}");
        }
        for text in [
            "closeness>3", "closeness<=2", "closeness!=3", "outcome=forgot", "outcome!=did",
            "unknown!=x", "unknown=x", "relying<1", "saw=none", "outcome>0",
        ] {
            assert!(!holds(text), "{text}");
        }
        for text in ["closeness", "=3", "closeness>=", "closeness>close", "closeness!3", "x=", ""] {
            assert!(AnswerFilter::read(text).is_err(), "{text}");
        }
    }
}

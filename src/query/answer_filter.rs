//! What answers must be.

use std::cmp::Ordering;

use crate::entry::{Answer, Entry};
use crate::error::Result;
use crate::query::QueryError;

/// What the answer to a question must be: `closeness>=3`, `outcome=forgot`.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerFilter {
    /// The question's id.
    pub question: String,
    /// What its answer must be.
    pub is: Predicate,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Predicate {
    /// An option by its id or its word, yes or no, a number, or a short text.
    Said(String),
    /// Answered, and not this.
    NotSaid(String),
    /// The orders to the number that hold.
    Number(&'static [Ordering], f64),
}

/// Longer signs first, for `>` begins `>=`.
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
    pub fn read(given: &str) -> Result<AnswerFilter> {
        let bad = || QueryError::BadCondition { given: given.to_owned() };
        let cut = given.find(['=', '!', '<', '>']).ok_or_else(bad)?;
        let (question, rest) = (given[..cut].trim().to_owned(), &given[cut..]);
        let ordered = SIGNS.iter().find_map(|(sign, orders)| {
            rest.strip_prefix(sign).map(|value| (*orders, value.trim()))
        });
        let is = match (ordered, rest.strip_prefix("!="), rest.strip_prefix('=')) {
            (Some((orders, value)), ..) => {
                Predicate::Number(orders, value.parse().map_err(|_| bad())?)
            }
            (_, Some(value), _) => Predicate::NotSaid(value.trim().to_owned()),
            (_, _, Some(value)) => Predicate::Said(value.trim_start_matches('=').trim().to_owned()),
            _ => return Err(bad().into()),
        };
        let empty =
            matches!(&is, Predicate::Said(value) | Predicate::NotSaid(value) if value.is_empty());
        if question.is_empty() || empty {
            Err(bad().into())
        } else {
            Ok(AnswerFilter { question, is })
        }
    }

    pub(super) fn holds(&self, entry: &Entry) -> bool {
        let mut answers = entry.answers.iter().filter(|a| a.question == self.question);
        match &self.is {
            Predicate::Said(value) => answers.any(|a| a.contains_answer(value)),
            Predicate::NotSaid(value) => answers.any(|a| !a.contains_answer(value)),
            Predicate::Number(orders, wanted) => answers.any(|answer: &Answer| {
                let order = answer.value.number().and_then(|n| n.partial_cmp(wanted));
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
        let holds = |given: &str| AnswerFilter::read(given).unwrap().holds(&entry());
        for given in [
            "closeness>=3",
            "closeness=3",
            "closeness<4",
            "closeness > 2",
            "closeness==3",
            "outcome=did",
            "outcome=I did it",
            "outcome!=forgot",
            "saw=unsaid",
            "relying=cant-say",
        ] {
            assert!(holds(given), "{given}");
        }
        for given in [
            "closeness>3",
            "closeness<=2",
            "closeness!=3",
            "outcome=forgot",
            "outcome!=did",
            "unknown!=x",
            "unknown=x",
            "relying<1",
            "saw=none",
            "outcome>0",
        ] {
            assert!(!holds(given), "{given}");
        }
        for given in ["closeness", "=3", "closeness>=", "closeness>close", "closeness!3", "x=", ""]
        {
            assert!(AnswerFilter::read(given).is_err(), "{given}");
        }
    }
}

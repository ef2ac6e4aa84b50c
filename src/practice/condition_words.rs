//! Conditions in words, for whoever reads a practice before answering it.

use std::cmp::Ordering;

use super::{Condition, Repeat, Run, Test};

/// All of these conditions: "`closeness` is 3 or more, and `again` is yes".
pub fn all_words(conditions: &[Condition]) -> String {
    conditions.iter().map(Condition::words).collect::<Vec<_>>().join(", and ")
}

impl Condition {
    fn words(&self) -> String {
        let id = &self.question;
        match &self.holds {
            Test::Answered(true) => format!("`{id}` is answered"),
            Test::Answered(false) => format!("`{id}` is skipped"),
            Test::OneOf(words) => format!("`{id}` is {}", either(words)),
            Test::NoneOf(words) => format!("`{id}` isn't {}", either(words)),
            Test::Any(groups) => {
                let groups: Vec<String> = groups.iter().map(|group| all_words(group)).collect();
                groups.join(", or ")
            }
            Test::Running(Run { words, times, .. }) => {
                format!("`{id}` is {}, {times} times running", either(words))
            }
            Test::Repeating(Repeat { times, without, .. }) if without.is_empty() => {
                format!("`{id}` has the same answer {times} times running")
            }
            Test::Repeating(Repeat { times, without, .. }) => {
                let without = either(without);
                format!("`{id}` has the same answer {times} times running, other than {without}")
            }
            Test::Between { at_least: Some(min), at_most: Some(max) } => {
                format!("`{id}` is from {min} to {max}")
            }
            Test::Between { at_least: Some(min), at_most: None } => {
                format!("`{id}` is {min} or more")
            }
            Test::Between { at_least: None, at_most: Some(max) } => {
                format!("`{id}` is {max} or less")
            }
            Test::Between { at_least: None, at_most: None } => format!("`{id}` is a number"),
            Test::Against { other, order } => {
                let than = match order {
                    Ordering::Less => "lower than",
                    Ordering::Equal => "the same as",
                    Ordering::Greater => "higher than",
                };
                format!("`{id}` is {than} `{other}`")
            }
        }
    }
}

fn either(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => format!("“{last}”"),
        Some((last, others)) => {
            let others: Vec<String> = others.iter().map(|word| format!("“{word}”")).collect();
            format!("{} or “{last}”", others.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(question: &str, holds: Test) -> Condition {
        Condition { question: question.into(), holds }
    }

    #[test]
    fn a_condition_is_said_as_it_is_checked() {
        let words = |all: &[&str]| all.iter().map(|word| word.to_string()).collect::<Vec<_>>();
        let both = [
            of("a", Test::OneOf(words(&["yes", "no", "can't say"]))),
            of("b", Test::Between { at_least: Some(3.0), at_most: None }),
        ];
        assert_eq!(all_words(&both), "`a` is “yes”, “no” or “can't say”, and `b` is 3 or more");
        let other = "before".to_owned();
        let any = of(
            "any",
            Test::Any(vec![
                vec![of("a", Test::Answered(false))],
                vec![of("after", Test::Against { other, order: Ordering::Less })],
            ]),
        );
        assert_eq!(all_words(&[any]), "`a` is skipped, or `after` is lower than `before`");
        let run = Run { words: words(&["ignored"]), times: 3, earlier: 0 };
        assert_eq!(all_words(&[of("c", Test::Running(run))]), "`c` is “ignored”, 3 times running");
    }
}

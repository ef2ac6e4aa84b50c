//! What is wrong with a query.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use crate::error::{Exit, Failure, suggestion};

#[derive(Debug)]
pub enum QueryError {
    NothingMatched,
    /// Ignoring case, this many would have matched.
    NothingInThisCase {
        others: usize,
    },
    /// `search` without a search text.
    NothingToFind,
    /// `why` is the regex crate's message: the pattern, a mark below the place, and what
    /// is wrong.
    BadRegex {
        given: String,
        why: String,
    },
    LargeRegex {
        given: String,
    },
    BadCondition {
        given: String,
    },
    NobodyAsks {
        question: String,
        known: Vec<String>,
    },
}

impl Failure for QueryError {
    fn fact(&self) -> String {
        match self {
            QueryError::NothingMatched => "Nothing matches.".into(),
            QueryError::NothingInThisCase { .. } => {
                "No match. Capital letters make a search case-sensitive.".into()
            }
            QueryError::NothingToFind => "There is nothing to look for.".into(),
            QueryError::BadRegex { given, why } => {
                format!("“{given}” is not a regular expression:\n{why}")
            }
            QueryError::LargeRegex { given } => {
                format!("“{given}” needs more memory than a search may use.")
            }
            QueryError::BadCondition { given } => format!("“{given}” does not say which answers."),
            QueryError::NobodyAsks { question, .. } => {
                format!("No practice asks a question `{question}`.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            QueryError::NothingMatched => String::new(),
            QueryError::NothingInThisCase { others: 1 } => {
                "In lower case, 1 entry matches.".into()
            }
            QueryError::NothingInThisCase { others } => {
                format!("In lower case, {others} entries match.")
            }
            QueryError::NothingToFind => "Give some words, as in: inward search \"red scarf\".".into(),
            QueryError::BadRegex { .. } => "Fix the expression, put \\ before a sign that stands for itself, or search without --regex.".into(),
            QueryError::LargeRegex { .. } => "Make it shorter, or repeat less in it.".into(),
            QueryError::BadCondition { .. } => "Write a question, one of = != >= <= > <, and an answer, such as \"closeness>=3\" or outcome=forgot; the four that compare want a number.".into(),
            QueryError::NobodyAsks { question, known } => suggestion(question, known, "`inward practices show PRACTICE` lists the questions of a practice."),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            QueryError::NothingMatched | QueryError::NothingInThisCase { .. } => {
                Exit::NothingMatched
            }
            QueryError::NothingToFind
            | QueryError::BadRegex { .. }
            | QueryError::LargeRegex { .. }
            | QueryError::BadCondition { .. }
            | QueryError::NobodyAsks { .. } => Exit::WrongInput,
        }
    }
}

//! What is wrong with a query.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use crate::error::{Exit, Failure, suggestion};

#[derive(Debug)]
pub enum QueryError {
    NothingMatched,
    /// The journal is empty, whatever was asked, and may never have had an entry.
    NoEntries,
    /// Of the entries that it had, each was deleted.
    NoneLeft,
    /// It has no entry, and may have had some.
    NoneHere {
        /// Does this device know of any?
        remembered: bool,
    },
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
    /// A comparison of numbers, with a question that isn't answered with one.
    NoNumber {
        question: String,
        allowed: String,
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
            QueryError::NoEntries => "There are no entries yet.".into(),
            QueryError::NoneLeft => "There are no entries: what was kept here was deleted.".into(),
            QueryError::NoneHere { remembered: false } => "There are no entries here.".into(),
            QueryError::NoneHere { remembered: true } => {
                "There are no entries here, but this device remembers some.".into()
            }
            QueryError::NothingInThisCase { .. } => {
                "No match. Capital letters make a search case-sensitive.".into()
            }
            QueryError::NothingToFind => "There's nothing to search for.".into(),
            QueryError::BadRegex { given, why } => {
                format!("“{given}” isn't a valid regular expression:\n{why}")
            }
            QueryError::LargeRegex { given } => {
                format!("“{given}” needs more memory than a search may use.")
            }
            QueryError::BadCondition { given } => {
                format!("inward can't read “{given}” as a condition.")
            }
            QueryError::NoNumber { question, .. } => {
                format!("The answer to `{question}` isn't a number, so < and > can't compare it.")
            }
            QueryError::NobodyAsks { question, .. } => {
                format!("No practice has a question `{question}`.")
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            QueryError::NothingMatched => String::new(),
            QueryError::NoEntries => "`inward intent` writes the first.".into(),
            QueryError::NoneLeft => "`inward intent` writes a new one.".into(),
            QueryError::NoneHere { remembered: false } => "`inward intent` writes one.".into(),
            QueryError::NoneHere { remembered: true } => "Is the journal's disk mounted? If its files were deleted, copy them back from a backup or another device.".into(),
            QueryError::NothingInThisCase { others: 1 } => {
                "In lower case, 1 entry matches.".into()
            }
            QueryError::NothingInThisCase { others } => {
                format!("In lower case, {others} entries match.")
            }
            QueryError::NothingToFind => "Give some words, such as \"red scarf\".".into(),
            QueryError::BadRegex { .. } => "Fix it, put \\ before a character that you mean literally, or search without --regex.".into(),
            QueryError::LargeRegex { .. } => "Make it shorter, or use fewer repeats.".into(),
            QueryError::BadCondition { .. } => "Write a question, one of = != >= <= > <, and an answer, such as \"closeness>=3\" or outcome=forgot. The last four need a number.".into(),
            QueryError::NoNumber { allowed, .. } => format!("Use = or !=, and {allowed}."),
            QueryError::NobodyAsks { question, known } => suggestion(question, known, "`inward practices show PRACTICE` lists the questions of a practice."),
        }
    }

    fn exit(&self) -> Exit {
        if let QueryError::NothingMatched
        | QueryError::NoEntries
        | QueryError::NoneLeft
        | QueryError::NoneHere { .. }
        | QueryError::NothingInThisCase { .. } = self
        {
            Exit::NothingMatched
        } else {
            Exit::WrongInput
        }
    }
}

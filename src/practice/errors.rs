//! What is wrong with a practice, or with an answer to one of its questions.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::PathBuf;

use crate::error::{Failure, did_you_mean, suggestion};

#[derive(Debug)]
pub enum PracticeError {
    Invalid {
        file: PathBuf,
        mistakes: Vec<Mistake>,
    },
    Unknown {
        given: String,
        known: Vec<String>,
    },
    NoSuchPart {
        practice: String,
        number: usize,
        count: usize,
    },
    UnknownQuestion {
        practice: String,
        given: String,
        known: Vec<String>,
    },
    BadAnswer {
        question: String,
        given: String,
        allowed: String,
        near: Option<String>,
    },
    AnsweredTwice {
        question: String,
    },
    /// Answers of a follow-up, which is an entry of its own, beside those of a new entry.
    AnswersOfTwoEntries {
        flag: String,
    },
    /// An edit would take away all that this entry answers.
    NoAnswerLeft {
        id: String,
    },
    BadTag {
        given: String,
    },
    FileExists {
        name: String,
        file: PathBuf,
    },
    /// Of a practice that isn't there yet.
    BadName {
        what: String,
    },
}

impl Failure for PracticeError {
    fn fact(&self) -> String {
        match self {
            PracticeError::Invalid { file, mistakes } => {
                let line = |m: &Mistake| format!("\n  line {}: {} {}", m.line, m.what, m.fix);
                let lines: String = mistakes.iter().map(line).collect();
                format!("The practice file {} can't be used:{lines}", file.display())
            }
            PracticeError::Unknown { given, .. } => format!("There's no practice “{given}”."),
            PracticeError::NoSuchPart { practice, number, .. } => {
                format!("`{practice}` has no part {number}.")
            }
            PracticeError::UnknownQuestion { practice, given, .. } => {
                format!("`{practice}` has no question `{given}`.")
            }
            PracticeError::BadAnswer { question, given, .. } => {
                format!("“{given}” isn't an answer to `{question}`.")
            }
            PracticeError::AnsweredTwice { question } => format!("`{question}` is answered twice."),
            PracticeError::AnswersOfTwoEntries { flag } => {
                format!(
                    "`{flag}` is about an earlier entry, and other answers here are about a new one."
                )
            }
            PracticeError::NoAnswerLeft { .. } => {
                "That would leave the entry without an answer.".into()
            }
            PracticeError::BadTag { given } => format!("“{given}” can't be a tag."),
            PracticeError::FileExists { name, file } => {
                format!("`{name}` has a file already: {}.", file.display())
            }
            PracticeError::BadName { what } => what.clone(),
        }
    }

    fn hint(&self) -> String {
        match self {
            PracticeError::Invalid { .. } => "Fix these lines. Everything else still works.".into(),
            PracticeError::Unknown { given, known } => {
                suggestion(given, known, &format!("The practices are {}.", known.join(", ")))
            }
            PracticeError::NoSuchPart { count, .. } => format!("Give a number from 1 to {count}."),
            PracticeError::UnknownQuestion { practice, known, .. } if known.is_empty() => {
                format!(
                    "`{practice}` isn't a practice. Give it alone, or give a practice and one of its questions."
                )
            }
            PracticeError::UnknownQuestion { given, known, .. } => {
                suggestion(given, known, &format!("Its questions are {}.", known.join(", ")))
            }
            PracticeError::BadAnswer { allowed, near, .. } => {
                did_you_mean(near.as_deref(), &format!("Give {allowed}."))
            }
            PracticeError::AnsweredTwice { .. } => {
                "Answer it once: in words, with its flag, or in --answers.".into()
            }
            PracticeError::AnswersOfTwoEntries { .. } => {
                "Answer each in a command of its own. If your words are about the earlier one, too, add --follow-up. Nothing was kept.".into()
            }
            PracticeError::NoAnswerLeft { id } => {
                format!("`inward delete {id}` deletes it. Nothing was changed.")
            }
            PracticeError::BadTag { given } => {
                let joined = given.split_whitespace().collect::<Vec<_>>().join("-");
                match super::tag(&joined).filter(|tag| tag != given) {
                    Some(tag) => format!("A tag is one word: write {tag}."),
                    None => "A tag is one word: letters or digits, with -, _ or / between.".into(),
                }
            }
            PracticeError::FileExists { .. } => {
                "Edit it, or choose another name. inward left it as it is.".into()
            }
            PracticeError::BadName { .. } => {
                "Choose another: letters from a to z, digits and hyphens, and no command's name."
                    .into()
            }
        }
    }
}

/// One thing wrong in a practice file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub what: String,
    pub fix: String,
}

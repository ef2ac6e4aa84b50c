//! What the forms of a practice may change, by what they change it of.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use serde::Deserialize;

use super::{AnswerOption, Suggestion};

/// What a form may change of a question.
#[derive(Clone, Debug, Default)]
pub struct QuestionChange {
    pub asked: Option<bool>,
    pub ask: Option<String>,
    pub short: Option<String>,
    pub help: Option<String>,
    pub options: Option<Vec<AnswerOption>>,
    pub suggestions: Option<Vec<Suggestion>>,
    /// The question right behind which it is asked.
    pub behind: Option<String>,
}

/// What a form may change of a practice, or of a section.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntroChange {
    pub title: Option<String>,
    pub intro: Option<String>,
}

/// What a form may change of a score, or of a pattern.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleChange {
    pub title: Option<String>,
    pub note: Option<String>,
}

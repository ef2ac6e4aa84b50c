//! What can answer a question. A new kind is a variant of both enums here, and a line in each
//! `match` that the compiler then asks for.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use serde::Deserialize;

use crate::entry::Scale;

use super::{AnswerOption, Suggestion};

/// What a practice file can call a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KindName {
    Text,
    Long,
    Choice,
    Choices,
    /// Several choices from one of the lists in `prompts/lists/`.
    List,
    Scale,
    YesNo,
    Number,
    Stillness,
    Tags,
}

/// A kind with what it takes to ask it.
#[derive(Clone, Debug, Default)]
pub enum QuestionKind {
    Text {
        suggestions: Vec<Suggestion>,
    },
    #[default]
    Long,
    Choice {
        options: Vec<AnswerOption>,
        other: bool,
    },
    Choices {
        options: Vec<AnswerOption>,
        other: bool,
    },
    Scale {
        scale: Scale,
        labels: Vec<String>,
        cant_say: bool,
    },
    YesNo,
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    /// A timer, in minutes; with `lets_choose`, the user chooses how and how long.
    Stillness {
        minutes: u32,
        lets_choose: bool,
        /// What is said when the time is over.
        end: Option<String>,
    },
    /// Words that become the entry's tags, and no answer.
    Tags,
}

impl QuestionKind {
    /// What there is to choose from; nothing, where nothing is chosen.
    pub fn options(&self) -> &[AnswerOption] {
        let (QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }) = self
        else {
            return &[];
        };
        options
    }

    /// May words of one's own stand in the place of an option?
    pub fn takes_own_words(&self) -> bool {
        use QuestionKind::{Choice, Choices};
        matches!(self, Choice { other: true, .. } | Choices { other: true, .. })
    }

    /// An answer that it takes, as it's typed on a command line.
    pub fn example(&self) -> String {
        const WORDS: &str = "\"a few words\"";
        match self {
            QuestionKind::Text { .. } | QuestionKind::Long => WORDS.into(),
            QuestionKind::Tags => "quiet".into(),
            QuestionKind::Choice { .. } | QuestionKind::Choices { .. } => {
                let first = self.options().first().filter(|_| !self.takes_own_words());
                first.map_or(WORDS.into(), |option| option.id.clone())
            }
            QuestionKind::Scale { scale, .. } => scale.max.to_string(),
            QuestionKind::YesNo => "yes".into(),
            QuestionKind::Number { min, max } => min.or(*max).unwrap_or(1.0).to_string(),
            QuestionKind::Stillness { minutes, .. } => minutes.to_string(),
        }
    }

    /// The labels of a scale, from its lowest point; none, where it has none, and of other kinds.
    pub fn scale_labels(&self) -> &[String] {
        let QuestionKind::Scale { labels, .. } = self else { return &[] };
        labels
    }

    /// Each point of a scale with its label, which may be empty; none of other kinds.
    pub fn scale_points(&self) -> Vec<(i64, &str)> {
        let QuestionKind::Scale { scale, labels, .. } = self else { return Vec::new() };
        let labels = labels.iter().map(String::as_str).chain(std::iter::repeat(""));
        (scale.min..=scale.max).zip(labels).collect()
    }

    /// Does "can't say" answer it?
    pub fn takes_cant_say(&self) -> bool {
        matches!(self, QuestionKind::Scale { cant_say: true, .. })
    }

    /// Has an answer to this a number that can be scored?
    pub fn counts(&self) -> bool {
        match self {
            QuestionKind::Scale { .. } | QuestionKind::YesNo => true,
            // Without both ends there is no range to reverse or to show.
            QuestionKind::Number { min, max } => min.is_some() && max.is_some(),
            QuestionKind::Choice { options, .. } => options.iter().all(|o| o.value.is_some()),
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Choices { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Tags => false,
        }
    }
}

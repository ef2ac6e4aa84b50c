//! What makes a questionnaire of a practice: its scores, and what is told of a session.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use serde::Deserialize;
use toml::Spanned;

use crate::entry::{Answer, Entry};

use super::file::{conditions, days};
use super::{
    CareMark, Condition, ConditionalLine, FormChanges, Practice, Question, QuestionKind,
    TitleChange,
};

#[derive(Clone, Debug)]
pub struct Score {
    pub id: String,
    pub title: String,
    /// Said behind it.
    pub note: Option<String>,
    pub changes: FormChanges<TitleChange>,
    /// Questions, or for `MeanOfScores` other scores.
    pub of: Vec<String>,
    pub reverse: Vec<String>,
    pub how: ScoreRule,
    /// The share of them that must be answered.
    pub least: f64,
    /// Scales a sum up for the items that are missing.
    pub prorate: bool,
    /// The step from which on single answers are named beside a mean, which could hide them.
    pub named_from: Option<i64>,
    pub norms: Option<Norms>,
}

/// What was found about a score among other people, without which two sessions
/// cannot be told from chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Norms {
    /// The standard deviation of the score, between people.
    pub sd: f64,
    /// From 0 to 1, without both ends.
    pub reliability: f64,
    /// Where both were found.
    pub source: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreRule {
    Mean,
    Sum,
    MeanOfScores,
}

/// How a scored session is told.
#[derive(Clone, Debug)]
pub struct Report {
    pub note: Option<String>,
    /// The question that is asked below it, and the wordings that take turns; an empty one is
    /// a turn without a question.
    pub question: Option<String>,
    pub ask: Vec<ConditionalLine>,
    /// Scores in the order in which they are told; the others follow.
    pub order: Vec<Spanned<String>>,
    /// Sections whose answers stand beside each other on a screen of their own.
    pub beside: Vec<String>,
    /// Is that screen the first?
    pub beside_first: bool,
    pub lasting: Option<LastingRule>,
    /// Is what lasted asked about, in place of the turn?
    pub asks_lasting: bool,
    pub changes: FormChanges<ReportChange>,
}

/// An end of an item's scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScaleEnd {
    Low,
    High,
}

impl Practice {
    /// Which end of an item's scale is the hard one: the low one of what is good to have, and
    /// else the high one of what lasts, or counts as harm. `None` where its file says nothing of
    /// that, or no score counts the item.
    pub fn hard_end(&self, item: &Question) -> Option<ScaleEnd> {
        let lasting = self.report.as_ref().and_then(|report| report.lasting.as_ref());
        let is_good = |good: &GoodItems| item.section.as_ref() == Some(good.section.get_ref());
        let counts = self.scores.iter().any(|score| score.of.contains(&item.id));
        match lasting.filter(|_| counts) {
            Some(rule) if rule.good.as_ref().is_some_and(is_good) => Some(ScaleEnd::Low),
            Some(_) => Some(ScaleEnd::High),
            None => item.harm.then_some(ScaleEnd::High),
        }
    }

    /// Is this entry a scored session of it?
    pub fn tells(&self, entry: &Entry) -> bool {
        !self.scores.is_empty() && entry.practice == self.name && entry.about.is_none()
    }

    /// Is it an item of this questionnaire, one that counts in a score or not?
    pub fn is_item(&self, question: &str) -> bool {
        let is_scale = |question: &Question| matches!(question.kind, QuestionKind::Scale { .. });
        let counts = self.scores.iter().any(|score| score.of.iter().any(|of| of == question));
        let has_scores = !self.scores.is_empty();
        counts || has_scores && self.question(question).is_some_and(is_scale)
    }

    /// May an answer to this turn care on?
    pub fn is_about_fear(&self, question: &str) -> bool {
        self.afraid.iter().flatten().any(|condition| condition.is_of(question))
    }

    /// Has this score items about fear?
    pub fn has_private_items(&self, score: &str) -> bool {
        let mut scores = self.scores.iter().filter(|it| it.id == score);
        scores.any(|score| score.of.iter().any(|id| self.is_about_fear(id)))
    }

    /// Is it asked below the report, and nowhere else?
    pub fn is_below_report(&self, question: &str) -> bool {
        let report = self.report.as_ref();
        report.and_then(|report| report.question.as_deref()) == Some(question)
    }

    /// The question as an answer to it was asked, where it takes turns.
    pub fn as_answered(&self, question: Question, answer: &Answer) -> Question {
        if self.is_below_report(&question.id) {
            Question { ask: answer.asked.clone(), ..question }
        } else {
            question
        }
    }
}

/// Which answers that stay the same are told, and how the question about them ends.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LastingRule {
    /// An item lasts from this step on.
    pub at_least: i64,
    pub ask: String,
    /// Items of this section are good to have. They last up to `at_most`, too.
    pub good: Option<GoodItems>,
}

/// Items that are good to have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GoodItems {
    pub section: Spanned<String>,
    pub at_most: i64,
    /// How the question about one that lasts ends.
    pub ask: String,
}

/// What a form may change of a report.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReportChange {
    pub note: Option<String>,
    pub order: Option<Vec<Spanned<String>>>,
    pub beside_first: Option<bool>,
    pub asks_lasting: Option<bool>,
}

/// Words of another practice that speak to some of these items.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excerpt {
    pub items: Vec<Spanned<String>>,
    pub practice: String,
    pub question: String,
    /// A second answer of the same entry, without which the first is not quoted.
    pub with: Option<String>,
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    #[serde(default = "days::<28>")]
    pub within: u32,
    /// Whether it's there only in care, or never.
    #[serde(default)]
    pub care: CareMark,
}

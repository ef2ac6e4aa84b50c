//! Two answers to one question of a questionnaire.

use chrono::NaiveDate;
use serde::Serialize;

use crate::entry::Scale;
use crate::practice::ScaleEnd;

/// One question, answered twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    pub question: String,
    pub asked: String,
    /// Of whom it asks, where it asks the same of several.
    #[serde(skip)]
    pub person: Option<String>,
    /// The heading that it stands under.
    pub section: Option<String>,
    /// Its scale, if it has one.
    pub scale: Option<Scale>,
    /// The words of its steps.
    #[serde(skip)]
    pub labels: Vec<String>,
    /// Is it the writer's own evidence of harm?
    #[serde(skip)]
    pub harm: bool,
    /// Does it ask about fear? While care is on, that stays off a screen that isn't wiped.
    #[serde(skip)]
    pub fear: bool,
    /// Which end of its scale is the hard one, where its file says so.
    #[serde(skip)]
    pub hard_end: Option<ScaleEnd>,
    /// Was it worded otherwise then?
    pub reworded: bool,
    /// The first answer in today's words and on today's scale, where that is before `then`.
    #[serde(skip)]
    pub first: Option<DatedAnswer>,
    pub then: DatedAnswer,
    pub now: DatedAnswer,
}

impl Pair {
    /// The question without the person of whom it asks.
    pub fn item(&self) -> &str {
        let person = self.person.as_deref().unwrap_or_default();
        let stem = self.question.strip_suffix(person).and_then(|stem| stem.strip_suffix('-'));
        stem.filter(|_| !person.is_empty()).unwrap_or(&self.question)
    }
}

/// An answer, and the day that it was given on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DatedAnswer {
    pub day: NaiveDate,
    pub said: String,
    /// The step, if it's on a scale.
    pub value: Option<f64>,
}

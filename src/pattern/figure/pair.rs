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
    pub first: Option<AnswerCount>,
    pub then: AnswerCount,
    pub now: AnswerCount,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerCount {
    pub day: NaiveDate,
    pub said: String,
    /// The step, if it's on a scale.
    pub value: Option<f64>,
}

//! A figure: what several entries show, as plain data. `render` draws it, tells
//! it in words, or prints it as JSON, which is this shape.

mod before_after;
mod claims;
mod pair;

pub use before_after::BeforeAfter;
pub use pair::{DatedAnswer, Pair};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

use crate::practice::PatternDisplay;

use super::change::{Change, KindSides};
use super::gauge::Measure;
use super::groups::Ungrouped;
use super::matrix::{ClosenessAround, MatrixRow, Standout};
use super::series::FigureLine;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub title: String,
    /// `None` where it is of the whole journal.
    pub practice: Option<String>,
    /// Questions, or scores.
    pub of: Vec<String>,
    /// The answers that it rests on, or for the days and hours the entries.
    pub rests_on: usize,
    /// Answers to an earlier wording or on another scale, which are not compared; of a
    /// questionnaire's items, those that this chapter doesn't ask.
    pub left_out: usize,
    /// Answers without an answer of another question beside which they are counted.
    #[serde(skip)]
    pub ungrouped: Ungrouped,
    /// All entries of its practice, whether or not they answer its question.
    #[serde(skip)]
    pub entries: usize,
    pub note: Option<String>,
    /// The writer's own evidence of harm, while care is on: nothing is said that explains it
    /// away.
    #[serde(skip)]
    pub harm: bool,
    /// Is care on, so that what hurt goes first within it?
    #[serde(skip)]
    pub care: bool,
    /// Does it go before the rest?
    #[serde(skip)]
    pub first: bool,
    /// The look that gathers it with others.
    #[serde(skip)]
    pub look: Option<String>,
    /// What its practice wants shown; `None` where it is of the whole journal.
    #[serde(skip)]
    pub display: Option<PatternDisplay>,
    /// What each answer is of: evenings, mornings, days or times.
    #[serde(skip)]
    pub occasion: &'static str,
    /// For a share of all answers, for before and after, and for how often an intention became
    /// a deed, which its option says as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The numbers over time, for a share and for what is too few to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<FigureLine>,
    #[serde(flatten)]
    pub body: Body,
}

/// A figure about sharing while care is on: what it is about, and no numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HeldBackFigure {
    pub title: String,
    pub practice: String,
    pub of: Vec<String>,
    /// Always true: what tells it from a figure in JSON.
    pub held_back: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "shows", rename_all = "kebab-case")]
pub enum Body {
    /// There are `have`, and it would take `least` to say something.
    TooFew {
        have: usize,
        least: usize,
        unit: ValueUnit,
    },
    Days {
        first: NaiveDate,
        last: NaiveDate,
        days: Vec<FigureDay>,
    },
    Moments {
        /// The newest.
        moments: Vec<FigureMoment>,
        /// The newest day before theirs.
        #[serde(skip)]
        older: Option<NaiveDate>,
    },
    Weeks {
        low: f64,
        high: f64,
        ends: Option<(String, String)>,
        lines: Vec<FigureLine>,
    },
    Counts {
        counts: Vec<Count>,
        /// Looked at closely: the same, month by month ("2026-11").
        #[serde(skip_serializing_if = "Vec::is_empty")]
        months: Vec<FigureGroup>,
    },
    Groups {
        groups: Vec<FigureGroup>,
        /// What goes together, where there are two groups to compare.
        together: Vec<KindComparison>,
    },
    #[serde(rename = "change")]
    BeforeAfter {
        low: f64,
        high: f64,
        before: f64,
        after: f64,
        lower: usize,
        same: usize,
        higher: usize,
        /// Before ("then") and after ("now"), for the sessions then and for those now.
        spans: Vec<Change>,
        /// The newest, in the order of time.
        pairs: Vec<BeforeAfter>,
        /// The newest day before theirs.
        #[serde(skip)]
        older: Option<NaiveDate>,
    },
    Scores {
        lines: Vec<FigureLine>,
    },
    Recurring {
        answers: Vec<RecurringAnswer>,
        /// What the newest answers have in common, where it is three or more in a row.
        running: Option<AnswerRun>,
    },
    Matrix {
        /// What the rows are crossed with.
        columns: Vec<String>,
        /// How often each of these was given.
        totals: Vec<usize>,
        rows: Vec<MatrixRow>,
        /// What goes with the first column more often than chance would have it.
        #[serde(skip)]
        standouts: Vec<Standout>,
        /// Numbers of the days around: none where there are too few.
        around: Option<ClosenessAround>,
    },
    Sessions {
        pairs: Vec<Pair>,
    },
}

/// What a figure counts to know if it has enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueUnit {
    Answers,
    Days,
    Entries,
    Sessions,
    Weeks,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureDay {
    pub day: NaiveDate,
    pub entries: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureMoment {
    pub id: String,
    pub at: DateTime<FixedOffset>,
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    pub answer: String,
    pub times: usize,
    /// Does it tell of fear or harm?
    #[serde(skip)]
    pub harm: bool,
    /// The day of the newest, if it does.
    #[serde(skip)]
    pub latest: Option<NaiveDate>,
    /// Whether its share of the answers changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureGroup {
    pub group: String,
    pub rests_on: usize,
    pub counts: Vec<Count>,
}

/// One answer on days of two kinds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindComparison {
    /// Which option; `None` where the answers are numbers.
    pub answer: Option<String>,
    /// On days of the first kind ("now") against those of the second ("then"), in four weeks
    /// that have both.
    pub change: Change,
    /// Both sides over all such days of the half year.
    #[serde(skip)]
    pub sides: KindSides,
}

/// An answer that was given more than once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecurringAnswer {
    pub answer: String,
    pub times: usize,
    /// The day of the newest.
    pub latest: NaiveDate,
    /// Does it tell of harm?
    #[serde(skip)]
    pub harm: bool,
}

/// The same answer several times in a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerRun {
    pub answer: String,
    pub times: usize,
}

impl Count {
    pub fn new(answer: String, times: usize) -> Count {
        Count { answer, times, harm: false, latest: None, change: None }
    }
}

impl Figure {
    /// A figure of the whole journal.
    pub(super) fn of_journal(title: &str, measure: Measure) -> Figure {
        Figure {
            title: title.to_owned(),
            practice: None,
            of: Vec::new(),
            rests_on: measure.rests_on,
            left_out: measure.left_out,
            ungrouped: measure.ungrouped,
            entries: measure.rests_on,
            note: None,
            harm: false,
            care: false,
            first: false,
            look: None,
            display: None,
            occasion: "days",
            change: measure.change,
            series: measure.series,
            body: measure.body,
        }
    }

    /// Too few to say anything, or nothing at all?
    pub fn is_too_few(&self) -> bool {
        matches!(self.body, Body::TooFew { .. })
    }

    /// Enough was written, and nothing of it came again.
    pub fn is_all_different(&self) -> bool {
        matches!(&self.body, Body::Recurring { answers, running: None } if answers.is_empty())
    }

    pub fn says_something(&self) -> bool {
        !self.is_too_few() && !self.is_all_different()
    }

    /// Are there items of a questionnaire, then and now?
    pub fn shows_items(&self) -> bool {
        matches!(&self.body, Body::Sessions { pairs } if pairs.iter().any(|it| it.scale.is_some()))
    }

    /// Are there answers that no screen shows?
    pub fn shows_private(&self) -> bool {
        matches!(&self.body, Body::Sessions { pairs } if pairs.iter().any(|pair| pair.fear))
    }

    /// Its numbers over time, however few they are.
    pub fn lines(&self) -> &[FigureLine] {
        let (Body::Weeks { lines, .. } | Body::Scores { lines }) = &self.body else {
            return &self.series;
        };
        lines
    }
}

//! A figure: what several entries show, as plain data. `render` draws it, tells
//! it in words, or prints it as JSON, which is this shape.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Serialize, Serializer};

use super::change::{Change, Claim, Evidence};
use super::gauge::Measure;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    pub title: String,
    /// `None` where it is of the whole journal.
    pub practice: Option<String>,
    /// Questions, or scores.
    pub of: Vec<String>,
    /// The answers that it rests on, or for the days and hours the entries.
    pub rests_on: usize,
    /// Answers to an earlier wording or on another scale, which are not compared.
    pub left_out: usize,
    pub note: Option<String>,
    /// The writer's own evidence of harm, while care is on: nothing is said that explains it
    /// away.
    #[serde(skip)]
    pub harm: bool,
    /// What each answer is of: evenings, mornings, days or times.
    #[serde(skip)]
    pub occasion: &'static str,
    /// Of a share of all answers, and of before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
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
    /// So many there are, and from so many on it would say something.
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
        moments: Vec<FigureMoment>,
    },
    Weeks {
        low: f64,
        high: f64,
        ends: Option<(String, String)>,
        lines: Vec<FigureLine>,
    },
    Counts {
        counts: Vec<Count>,
    },
    Groups {
        groups: Vec<FigureGroup>,
        /// What goes together, where there are two groups to compare.
        together: Vec<Together>,
    },
    Change {
        low: f64,
        high: f64,
        before: f64,
        after: f64,
        lower: usize,
        same: usize,
        higher: usize,
    },
    Scores {
        lines: Vec<FigureLine>,
    },
    Recurring {
        answers: Vec<Count>,
        words: Vec<Count>,
    },
    Sittings {
        pairs: Vec<Pair>,
    },
}

/// What a figure needs enough of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueUnit {
    Answers,
    Days,
    Entries,
    Sittings,
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

/// Numbers in the course of time: of weeks by their Monday, of sittings by
/// their day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureLine {
    pub title: String,
    pub low: f64,
    pub high: f64,
    pub points: Vec<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// The words of the scale's steps, where each point is on one.
    #[serde(skip)]
    pub labels: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    pub day: NaiveDate,
    #[serde(serialize_with = "hundredths")]
    pub value: f64,
    /// The answers that it is the mean of.
    pub answers: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Count {
    pub answer: String,
    pub times: usize,
    /// Of the share of answers that this was.
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
pub struct Together {
    /// Which option; `None` where the answers are numbers.
    pub answer: Option<String>,
    /// On days of the first kind ("now") against those of the second ("then").
    pub change: Change,
}

/// One question, answered twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    pub asked: String,
    /// Was it worded otherwise then?
    pub reworded: bool,
    pub then: AnswerCount,
    pub now: AnswerCount,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnswerCount {
    pub day: NaiveDate,
    pub said: String,
}

impl Count {
    pub fn new(answer: String, times: usize) -> Count {
        Count { answer, times, change: None }
    }
}

fn hundredths<S: Serializer>(value: &f64, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_f64((value * 100.0).round() / 100.0)
}

impl Figure {
    /// Of all that was kept, whichever practice it is of.
    pub(super) fn of_journal(title: &str, measure: Measure) -> Figure {
        Figure {
            title: title.to_owned(),
            practice: None,
            of: Vec::new(),
            rests_on: measure.rests_on,
            left_out: measure.left_out,
            note: None,
            harm: false,
            occasion: "days",
            change: measure.change,
            body: measure.body,
        }
    }

    /// Too few to say anything, or nothing at all?
    pub fn is_too_few(&self) -> bool {
        matches!(self.body, Body::TooFew { .. })
    }

    /// Enough was written, and nothing of it came again.
    pub fn is_all_different(&self) -> bool {
        matches!(&self.body, Body::Recurring { answers, words } if answers.is_empty() && words.is_empty())
    }

    pub fn says_something(&self) -> bool {
        !self.is_too_few() && !self.is_all_different()
    }

    /// All that it claims, with what speaks for it; without what could not be said
    /// whatever the answers were.
    pub(super) fn claims(&mut self) -> Vec<(&mut Claim, Evidence)> {
        fn of(change: &mut Change) -> Option<(&mut Claim, Evidence)> {
            change.evidence.map(|evidence| (&mut change.is, evidence))
        }
        let inside: Vec<(&mut Claim, Evidence)> = match &mut self.body {
            Body::Weeks { lines, .. } | Body::Scores { lines } => {
                lines.iter_mut().filter_map(|line| of(line.change.as_mut()?)).collect()
            }
            Body::Counts { counts } => {
                counts.iter_mut().filter_map(|count| of(count.change.as_mut()?)).collect()
            }
            Body::Groups { together, .. } => {
                together.iter_mut().filter_map(|row| of(&mut row.change)).collect()
            }
            Body::TooFew { .. }
            | Body::Days { .. }
            | Body::Moments { .. }
            | Body::Change { .. }
            | Body::Recurring { .. }
            | Body::Sittings { .. } => Vec::new(),
        };
        self.change.as_mut().and_then(of).into_iter().chain(inside).collect()
    }
}

/// From the first to the last day of all of them: what is compared has one time.
pub fn span(lines: &[FigureLine]) -> Option<(NaiveDate, NaiveDate)> {
    let days = || lines.iter().flat_map(|line| &line.points).map(|point| point.day);
    days().min().zip(days().max())
}

impl FigureLine {
    /// The values, from the least to the greatest.
    pub fn sorted(&self) -> Vec<f64> {
        let mut values: Vec<f64> = self.points.iter().map(|p| p.value).collect();
        values.sort_by(f64::total_cmp);
        values
    }

    /// The usual time between two points, in days.
    pub fn usual_gap(&self) -> i64 {
        let gaps = self.points.windows(2).map(|two| (two[1].day - two[0].day).num_days());
        let mut gaps: Vec<i64> = gaps.collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).copied().unwrap_or(7)
    }

    /// The points that belong together: half as long again as usual parts them.
    pub fn runs(&self) -> impl Iterator<Item = &[Point]> {
        let usual = self.usual_gap();
        self.points.chunk_by(move |a, b| 2 * (b.day - a.day).num_days() <= 3 * usual)
    }
}

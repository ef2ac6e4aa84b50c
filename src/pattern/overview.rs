//! The first screen: a row for each number that there is, over the last year, half a
//! year ago and now.

use chrono::{Days, Months, NaiveDate};

use crate::practice::PatternDisplay;

use super::Body;
use super::figure::Figure;
use super::series::{FigureLine, first_of_month, means, monday};

/// A younger journal is told in weeks.
const YOUNG: i64 = 12 * 7;
/// Below so many answers each is a dot on its day.
const FEW: usize = 4;
const SLOTS: u32 = 12;
const FOUR_WEEKS: u64 = 28;

pub struct Overview {
    pub unit: OverviewUnit,
    /// The first day of each stretch of time.
    pub slots: Vec<NaiveDate>,
    pub rows: Vec<OverviewRow>,
}

/// What one mark of a row is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverviewUnit {
    Months,
    Weeks,
    Days,
}

pub struct OverviewRow {
    /// Of a share: what each answer is of, such as evenings.
    pub occasion: Option<&'static str>,
    /// Is it a score of a questionnaire?
    pub is_score: bool,
    /// Is it evidence of harm, which goes first?
    pub harm: bool,
    pub practice: Option<String>,
    pub title: String,
    pub line: FigureLine,
    /// How far up its range each stretch of time lies, from 0 to 1.
    pub levels: Vec<Option<f64>>,
}

impl Overview {
    /// Shares first, then numbers, then scores; `None` where there are none of these.
    pub fn of(figures: &[Figure], until: NaiveDate) -> Option<Overview> {
        let mut rows: Vec<OverviewRow> = figures.iter().flat_map(rows).collect();
        rows.sort_by_key(|row| row.occasion.is_none());
        // What was asked beside the first comes right after it.
        let first = rows.first().map(|row| row.practice.clone())?;
        rows.sort_by_key(|row| {
            (!row.harm, row.occasion.is_none(), row.is_score, row.practice != first)
        });
        let first =
            rows.iter().filter_map(|row| row.line.answers.first()).map(|it| it.day).min()?;
        let most = rows.iter().map(|row| row.line.answers.len()).max().unwrap_or(0);
        let unit = match (until - first).num_days() {
            _ if most < FEW => OverviewUnit::Days,
            days if days < YOUNG => OverviewUnit::Weeks,
            _ => OverviewUnit::Months,
        };
        let slots = unit.slots(until);
        for row in &mut rows {
            row.levels = levels(&row.line, unit, &slots);
        }
        Some(Overview { unit, slots, rows })
    }
}

impl OverviewUnit {
    /// The stretch that a day belongs to, by its first day.
    fn slot(self, day: NaiveDate) -> NaiveDate {
        match self {
            OverviewUnit::Months => first_of_month(day),
            OverviewUnit::Weeks => monday(day),
            OverviewUnit::Days => day,
        }
    }

    fn slots(self, until: NaiveDate) -> Vec<NaiveDate> {
        let last = self.slot(until);
        let before = |count: u32| match self {
            OverviewUnit::Months => last.checked_sub_months(Months::new(count)),
            OverviewUnit::Weeks => last.checked_sub_days(Days::new(7 * u64::from(count))),
            OverviewUnit::Days => last.checked_sub_days(Days::new(u64::from(count))),
        };
        let count = if self == OverviewUnit::Days { FOUR_WEEKS as u32 } else { SLOTS };
        (0..count).rev().filter_map(before).collect()
    }
}

fn levels(line: &FigureLine, unit: OverviewUnit, slots: &[NaiveDate]) -> Vec<Option<f64>> {
    let points = means(&line.answers, |day| unit.slot(day));
    let level = |slot: &NaiveDate| {
        let point = points.iter().find(|point| point.day == *slot)?;
        Some(line.level(point.value))
    };
    slots.iter().map(level).collect()
}

/// A figure's numbers; of texts and scores, only what goes before the rest.
pub fn rows(figure: &Figure) -> Vec<OverviewRow> {
    let is_share = figure.change.is_some() && matches!(figure.body, Body::Moments { .. });
    let is_score = figure.display == Some(PatternDisplay::Scores);
    if (is_share || is_score) && !figure.first {
        return Vec::new();
    }
    let lines = figure.lines();
    let row = |line: &FigureLine| OverviewRow {
        occasion: is_share.then_some(figure.occasion),
        is_score,
        harm: figure.harm,
        practice: figure.practice.clone(),
        title: if figure.of.len() == 1 { figure.title.clone() } else { line.title.clone() },
        line: FigureLine {
            change: line.change.clone().or_else(|| figure.change.clone()),
            ..line.clone()
        },
        levels: Vec::new(),
    };
    lines.iter().filter(|line| !line.answers.is_empty()).map(row).collect()
}

//! The first screen: what someone asks who looks back after half a year, and a row for
//! each number that answers it, over the last year, half a year ago and now.

use chrono::NaiveDate;

use crate::practice::PatternDisplay;

use super::Body;
use super::change::Claim;
use super::figure::Figure;
use super::fold::{FoldPlan, Request};
use super::looks::{INTENTIONS, QUIET};
use super::series::FigureLine;

mod standouts;
mod strip;

pub use standouts::standouts;
pub use strip::{OverviewUnit, StripLevel};

#[derive(Clone)]
pub struct Overview {
    pub frame: OverviewFrame,
    pub detail: OverviewDetail,
    pub unit: OverviewUnit,
    /// The first day of each stretch of time.
    pub slots: Vec<NaiveDate>,
    /// In the order of their topics.
    pub rows: Vec<OverviewRow>,
    /// What has no room on one screen.
    pub beyond: Vec<OverviewRow>,
}

/// Which entries it is of, and how much of them it shows.
#[derive(Clone, Copy, Debug)]
pub struct OverviewFrame {
    /// The last day of "now".
    pub until: NaiveDate,
    pub today: NaiveDate,
    /// Does the journal have other entries as well?
    pub is_filtered: bool,
    /// One screen has room for the most telling rows alone, a page has them all.
    pub is_one_screen: bool,
}

/// How much is said beside the rows, from all of it to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverviewDetail {
    /// A line for each evidence of harm, what stands out, and the deed with a plan and without.
    Whole,
    /// The same with the evidence in one paragraph.
    Dense,
    /// Nothing of plans.
    WithoutPlans,
    /// And months by their short names.
    Least,
}

/// What someone asks who looks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverviewTopic {
    /// How has it been?
    Closer,
    /// What happens before I go quiet?
    Quiet,
    /// What became of my intentions?
    Intentions,
    /// What hurt, and what was good?
    Healing,
    /// Other numbers.
    Beside,
}

#[derive(Clone)]
pub struct OverviewRow {
    pub topic: OverviewTopic,
    /// Of a share: what each answer is of, such as evenings.
    pub occasion: Option<&'static str>,
    /// Is it evidence of harm, which goes first?
    pub harm: bool,
    pub title: String,
    pub line: FigureLine,
    /// Of each stretch of time.
    pub levels: Vec<StripLevel>,
}

impl OverviewRow {
    /// What may be said of then and now.
    pub fn claim(&self) -> Claim {
        self.line.change.as_ref().map_or(Claim::TooFew, |change| change.is)
    }
}

impl OverviewTopic {
    pub const ALL: [OverviewTopic; 5] = [
        OverviewTopic::Closer,
        OverviewTopic::Quiet,
        OverviewTopic::Intentions,
        OverviewTopic::Healing,
        OverviewTopic::Beside,
    ];

    /// What a figure is about; `first` is the practice whose moments go before the rest.
    pub fn of(figure: &Figure, first: Option<&str>) -> Option<OverviewTopic> {
        match (figure.display?, figure.look.as_deref()) {
            (PatternDisplay::Moments, _) => figure.first.then_some(OverviewTopic::Closer),
            (PatternDisplay::Scores, _) => figure.first.then_some(OverviewTopic::Healing),
            (PatternDisplay::Matrix, Some(QUIET)) => Some(OverviewTopic::Quiet),
            (PatternDisplay::Counts, Some(INTENTIONS)) => Some(OverviewTopic::Intentions),
            (PatternDisplay::Weeks, _) if figure.practice.as_deref() == first => {
                Some(OverviewTopic::Closer)
            }
            (PatternDisplay::Weeks, _) => Some(OverviewTopic::Beside),
            (
                PatternDisplay::Matrix
                | PatternDisplay::Counts
                | PatternDisplay::Hours
                | PatternDisplay::Change
                | PatternDisplay::Recurring
                | PatternDisplay::Sessions,
                _,
            ) => None,
        }
    }

    /// Rows that it has on one screen.
    fn room(self) -> usize {
        match self {
            OverviewTopic::Closer => 3,
            OverviewTopic::Healing => 2,
            OverviewTopic::Quiet | OverviewTopic::Intentions | OverviewTopic::Beside => 1,
        }
    }

    /// Rows that it keeps where the screen is full.
    fn least_room(self) -> usize {
        match self {
            OverviewTopic::Closer | OverviewTopic::Healing => 2,
            OverviewTopic::Quiet | OverviewTopic::Intentions => 1,
            OverviewTopic::Beside => 0,
        }
    }

    /// The row that answers it.
    fn one_row(self) -> usize {
        self.least_room().min(1)
    }
}

/// The practice whose moments go before the rest.
pub fn first_practice(figures: &[Figure]) -> Option<&str> {
    let is_first = |it: &&Figure| it.first && it.display == Some(PatternDisplay::Moments);
    figures.iter().find(is_first)?.practice.as_deref()
}

/// Is there anything to answer one of the questions with?
pub fn has_first_screen(figures: &[Figure]) -> bool {
    figures.iter().any(|figure| {
        let is_quiet = OverviewTopic::of(figure, None) == Some(OverviewTopic::Quiet);
        !rows(figure, None).is_empty() || (is_quiet && figure.rests_on > 0)
    })
}

/// Does this figure answer one of the questions, or would it?
pub fn is_on_first_screen(figure: &Figure) -> bool {
    OverviewTopic::of(figure, None).is_some()
}

impl OverviewFrame {
    /// Does "now" end before today?
    pub fn is_past(&self) -> bool {
        self.until < self.today
    }
}

impl Overview {
    /// The first screen, where that is what was asked for.
    pub fn requested(figures: &[Figure], plan: &FoldPlan, is_filtered: bool) -> Option<Overview> {
        let is_one_screen = match plan.request {
            Request::Overview | Request::Paper => true,
            Request::Whole => false,
            Request::Named(_) | Request::Question { .. } => return None,
        };
        let (until, today) = (plan.until, plan.clock.today());
        Overview::of(figures, OverviewFrame { until, today, is_filtered, is_one_screen })
    }

    /// `None` where there is nothing to answer a question with.
    pub fn of(figures: &[Figure], frame: OverviewFrame) -> Option<Overview> {
        if !has_first_screen(figures) {
            return None;
        }
        let first = first_practice(figures);
        let mut rows: Vec<OverviewRow> = figures.iter().flat_map(|it| rows(it, first)).collect();
        rows.sort_by_key(|row| {
            let answers = match row.topic {
                OverviewTopic::Beside => row.line.answers.len(),
                OverviewTopic::Closer
                | OverviewTopic::Quiet
                | OverviewTopic::Intentions
                | OverviewTopic::Healing => 0,
            };
            (row.topic, !row.harm, row.occasion.is_none(), std::cmp::Reverse(answers))
        });
        let (mut rows, beyond) =
            if frame.is_one_screen { on_one_screen(rows) } else { (rows, Vec::new()) };
        let days = rows.iter().filter_map(|row| row.line.answers.first()).map(|it| it.day);
        let first = days.min().unwrap_or(frame.until);
        let most = rows.iter().map(|row| row.line.answers.len()).max().unwrap_or(0);
        let unit = OverviewUnit::fitting(first, frame.until, most);
        let slots = unit.slots(frame.until);
        for row in &mut rows {
            row.levels = unit.levels(&row.line, row.occasion.is_some(), &slots);
        }
        let detail = OverviewDetail::Whole;
        Some(Overview { frame, detail, unit, slots, rows, beyond })
    }

    /// With every row of which something can be said, for whoever hears it: no page is too
    /// small for a sentence.
    pub fn with_every_claim(&self) -> Overview {
        let mut whole = self.clone();
        let (told, beyond): (Vec<_>, Vec<_>) =
            whole.beyond.into_iter().partition(|row| row.claim() != Claim::TooFew);
        whole.beyond = beyond;
        whole.rows.extend(told);
        whole.rows.sort_by_key(|row| row.topic);
        whole
    }

    /// Leaves out what tells least, and no row with a direction; false where everything left is
    /// needed.
    pub fn shorten(&mut self) -> bool {
        let spare = |room| spare_row(&self.rows, room);
        match (spare(OverviewTopic::least_room), self.detail) {
            (Some(at), _) => self.beyond.insert(0, self.rows.remove(at)),
            (None, OverviewDetail::Whole) => self.detail = OverviewDetail::Dense,
            (None, OverviewDetail::Dense) => self.detail = OverviewDetail::WithoutPlans,
            (None, OverviewDetail::WithoutPlans) => self.detail = OverviewDetail::Least,
            (None, OverviewDetail::Least) => match spare(OverviewTopic::one_row) {
                Some(at) => self.beyond.insert(0, self.rows.remove(at)),
                None => return false,
            },
        }
        true
    }

    pub fn rows_of(&self, topic: OverviewTopic) -> impl Iterator<Item = &OverviewRow> {
        self.rows.iter().filter(move |row| row.topic == topic)
    }
}

fn on_one_screen(mut rows: Vec<OverviewRow>) -> (Vec<OverviewRow>, Vec<OverviewRow>) {
    let mut beyond = Vec::new();
    while let Some(at) = spare_row(&rows, OverviewTopic::room) {
        beyond.insert(0, rows.remove(at));
    }
    (rows, beyond)
}

/// Of questions with more rows than there is room for, the last row of which nothing can be
/// said, and else the last of those that may go; evidence of harm goes last of all.
fn spare_row(rows: &[OverviewRow], room: fn(OverviewTopic) -> usize) -> Option<usize> {
    let has_more = |row: &OverviewRow| {
        rows.iter().filter(|it| it.topic == row.topic).count() > room(row.topic)
    };
    let spare = rows.iter().enumerate();
    let spare = spare.filter(|(_, row)| has_more(row) && !has_direction(row));
    spare.max_by_key(|(at, row)| (!row.harm, row.claim() == Claim::TooFew, *at)).map(|(at, _)| at)
}

/// It never makes room for what has none.
fn has_direction(row: &OverviewRow) -> bool {
    match row.claim() {
        Claim::Higher | Claim::Lower => true,
        Claim::Same | Claim::TooFew => false,
    }
}

/// A figure's numbers, where it is about one of the questions.
fn rows(figure: &Figure, first: Option<&str>) -> Vec<OverviewRow> {
    let Some(topic) = OverviewTopic::of(figure, first) else { return Vec::new() };
    let is_share = figure.change.is_some()
        && matches!(figure.body, Body::Moments { .. } | Body::Counts { .. } | Body::TooFew { .. });
    let row = |line: &FigureLine| OverviewRow {
        topic,
        occasion: is_share.then_some(figure.occasion),
        harm: figure.harm,
        title: match topic {
            OverviewTopic::Closer | OverviewTopic::Beside if figure.of.len() == 1 => {
                figure.title.clone()
            }
            OverviewTopic::Closer
            | OverviewTopic::Beside
            | OverviewTopic::Quiet
            | OverviewTopic::Intentions
            | OverviewTopic::Healing => line.title.clone(),
        },
        line: FigureLine {
            change: line.change.clone().or_else(|| figure.change.clone()),
            ..line.clone()
        },
        levels: Vec::new(),
    };
    let lines = figure.lines().iter().filter(|line| !line.answers.is_empty());
    let mut rows: Vec<OverviewRow> = lines.map(row).collect();
    if figure.harm {
        // Its file has what hurt last.
        rows.reverse();
    }
    rows
}

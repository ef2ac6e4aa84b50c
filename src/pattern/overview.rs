//! The first screen: what someone asks who looks back after half a year, and a row for
//! each number that answers it, over the last year, half a year ago and now.

use chrono::NaiveDate;

use crate::practice::PatternDisplay;

use super::Body;
use super::change::{Change, Claim, ComparisonSpan, SpanMean};
use super::figure::Figure;
use super::fold::{FoldPlan, Request};
use super::series::FigureLine;

mod room;
mod strip;
mod topic;

use room::on_one_screen;
pub use strip::{OverviewUnit, StripLevel};
pub use topic::OverviewTopic;

/// For this many days, the later of two sessions is "now": the screen names both days.
const LATE: i64 = 84;

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
    /// Did the writer say what "now" is compared with?
    pub is_against_named: bool,
    /// One screen has room for the most telling rows alone, a page has them all.
    pub is_one_screen: bool,
}

/// How much is said beside the rows, from all of it to the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverviewDetail {
    /// A line for each evidence of harm, what stands out, and the deed with a plan and without.
    Whole,
    /// The evidence in one paragraph.
    Dense,
    /// Nothing about plans, too.
    WithoutPlans,
    /// Months by their short names, too.
    Brief,
    /// Of the rows that aren't shown and answer no question, only how many.
    Least,
}

#[derive(Clone)]
pub struct OverviewRow {
    pub topic: OverviewTopic,
    /// What each answer of a share is of, such as evenings.
    pub occasion: Option<&'static str>,
    /// Is it evidence of harm, which goes first?
    pub harm: bool,
    /// Is it evidence of harm, or a score of what hurt? Other rows are left out first.
    pub hurts: bool,
    pub title: String,
    pub line: FigureLine,
    /// One for each slot.
    pub levels: Vec<StripLevel>,
}

impl OverviewRow {
    /// What may be said of then and now.
    pub fn claim(&self) -> Claim {
        self.line.change.as_ref().map_or(Claim::TooFew, |change| change.claim)
    }

    /// Is it of a questionnaire, each of whose values is of one session?
    pub fn is_of_sessions(&self) -> bool {
        self.topic == OverviewTopic::Healing
    }

    /// What was last answered before these four weeks isn't now. Without an earlier session, or
    /// months ago, it's then, unless the writer said what "then" is.
    fn date_sessions(&mut self, frame: OverviewFrame) {
        let is_of_sessions = self.is_of_sessions();
        let Some(change) = self.line.change.as_mut().filter(|_| is_of_sessions) else { return };
        let (now, latest) = (ComparisonSpan::now(frame.until), change.now.span.to);
        let days = (frame.until - latest).num_days();
        if latest >= now.from || (change.then.is_some() && days <= LATE) {
            return;
        }
        let is_named = |then: &SpanMean| frame.is_against_named && then.answers > 0;
        let named = change.then.take().filter(is_named);
        let then = Some(named.unwrap_or(change.now));
        let now = SpanMean { span: now, mean: None, answers: 0, times: None };
        *change = Change::between(then, now, None);
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
        let frame = OverviewFrame {
            until: plan.until,
            today: plan.clock.today(),
            is_filtered,
            is_against_named: plan.against.is_some(),
            is_one_screen,
        };
        Overview::of(figures, frame)
    }

    /// `None` where there is nothing to answer a question with.
    pub fn of(figures: &[Figure], frame: OverviewFrame) -> Option<Overview> {
        if !has_first_screen(figures) {
            return None;
        }
        let first = first_practice(figures);
        let mut rows: Vec<OverviewRow> = figures.iter().flat_map(|it| rows(it, first)).collect();
        rows.iter_mut().for_each(|row| row.date_sessions(frame));
        rows.sort_by_key(|row| {
            let is_beside = row.topic == OverviewTopic::Beside;
            let answers = if is_beside { row.line.answers.len() } else { 0 };
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

    /// Adds every row that something can be said of, for whoever hears it: no page is too small
    /// for a sentence.
    pub fn with_every_claim(&self) -> Overview {
        let mut whole = self.clone();
        let (told, beyond): (Vec<_>, Vec<_>) =
            whole.beyond.into_iter().partition(|row| row.claim() != Claim::TooFew);
        whole.beyond = beyond;
        whole.rows.extend(told);
        whole.rows.sort_by_key(|row| row.topic);
        whole
    }

    pub fn rows_of(&self, topic: OverviewTopic) -> impl Iterator<Item = &OverviewRow> {
        self.rows.iter().filter(move |row| row.topic == topic)
    }
}

/// A figure's numbers, where it is about one of the questions.
fn rows(figure: &Figure, first: Option<&str>) -> Vec<OverviewRow> {
    let Some(topic) = OverviewTopic::of(figure, first) else { return Vec::new() };
    let is_share = figure.change.is_some()
        && matches!(figure.body, Body::Moments { .. } | Body::Counts { .. } | Body::TooFew { .. });
    let is_of_one =
        figure.of.len() == 1 && matches!(topic, OverviewTopic::Closer | OverviewTopic::Beside);
    let row = |line: &FigureLine| OverviewRow {
        topic,
        occasion: is_share.then_some(figure.occasion),
        harm: figure.harm,
        hurts: figure.harm || line.hurts,
        title: if is_of_one { figure.title.clone() } else { line.title.clone() },
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

//! Which days the rows of the first screen compare, each pair of spans once.

use chrono::NaiveDate;

use crate::pattern::change::{BaselineKind, Change, ComparisonSpan};
use crate::pattern::{Overview, OverviewDetail, OverviewRow, OverviewTopic};
use crate::words::long_day;

use super::super::super::claims::{short_span_days, span_days};
use super::name;

/// Marks of rows that compare other days than the first.
const NOTES: [&str; 6] = ["", "*", "†", "‡", "§", "¶"];

/// Then, if there is one, and now.
#[derive(Clone, Copy, PartialEq)]
struct SpanPair {
    then: Option<ComparisonSpan>,
    now: ComparisonSpan,
    /// Is it the twelve weeks around these four, half a year before?
    is_half_year: bool,
    /// Are the days that the writer named in or after now?
    is_named_late: bool,
    /// Set for a questionnaire that wasn't answered in "now".
    last: Option<LastSession>,
}

/// The latest session, where it's "then".
#[derive(Clone, Copy, PartialEq)]
enum LastSession {
    Only,
    OfSeveral,
}

pub struct ComparedSpans {
    /// What the first row of weeks is compared with, where any is.
    against: Option<BaselineKind>,
    /// The first row's first.
    pairs: Vec<SpanPair>,
    is_short: bool,
}

impl ComparedSpans {
    pub fn of(overview: &Overview) -> ComparedSpans {
        // The title is of weeks.
        let of_weeks = overview.rows.iter().filter(|row| !row.is_of_sessions());
        let changes = of_weeks.filter_map(|row| row.line.change.as_ref());
        let against = changes.filter_map(|change| change.against).next();
        let is_short = overview.detail >= OverviewDetail::Brief;
        let mut spans = ComparedSpans { against, pairs: Vec::new(), is_short };
        for row in &overview.rows {
            let of_row = pair(row).filter(|of| !spans.pairs.contains(of));
            spans.pairs.extend(of_row);
        }
        spans
    }

    /// Which weeks these are; where they are over, up to which day.
    pub fn title(&self, overview: &Overview) -> String {
        let compared = match self.against {
            Some(BaselineKind::HalfYear) => "Half a year ago and now",
            Some(BaselineKind::First) => "The first weeks and now",
            Some(BaselineKind::Previous) => "The four weeks before and now",
            Some(BaselineKind::Named) => "Then and now",
            Some(
                BaselineKind::NearHalfYear
                | BaselineKind::FirstSession
                | BaselineKind::SessionBefore
                | BaselineKind::SixBefore,
            )
            | None => "So far",
        };
        let until = long_day(overview.frame.until);
        match (overview.frame.is_past(), self.against) {
            (false, _) => compared.to_owned(),
            (true, Some(_)) => format!("{compared}, as of {until}"),
            (true, None) => format!("The weeks up to {until}"),
        }
    }

    /// What marks a row whose spans are neither the first's nor its question's.
    pub fn note(&self, row: &OverviewRow, overview: &Overview) -> &'static str {
        let own = pair(row).filter(|of| self.topic_pair(row.topic, overview) != Some(*of));
        let at = own.and_then(|of| self.marked(overview).position(|known| known == of));
        at.and_then(|at| NOTES.get(at)).copied().unwrap_or_default()
    }

    /// Where all rows of a question compare the same days, and not the first's: which, short
    /// enough to stand behind it.
    pub fn days_of(&self, topic: OverviewTopic, overview: &Overview) -> Option<String> {
        let short = ComparedSpans { against: self.against, pairs: Vec::new(), is_short: true };
        self.topic_pair(topic, overview).map(|of| short.words(of))
    }

    /// Which days something else compares, where those aren't the first row's.
    pub fn other_days(&self, change: &Change) -> Option<String> {
        let of = SpanPair::of(change);
        let then = of.then.filter(|_| self.pairs.first() != Some(&of))?;
        Some(format!("then is {}, now {}", self.days(then), self.days(of.now)))
    }

    /// Each behind the mark of its rows.
    pub fn sentences(&self, overview: &Overview) -> Vec<String> {
        let lead = |note: &str| if note.is_empty() { String::new() } else { format!("{note} ") };
        let sentence =
            |(pair, note): (SpanPair, &&str)| format!("{}{}.", lead(note), self.words(pair));
        self.marked(overview).zip(&NOTES).map(sentence).collect()
    }

    /// For the ear: exact days, each with the rows that compare them, without marks.
    pub fn in_words(&self, overview: &Overview) -> Vec<String> {
        let pairs = || overview.rows.iter().filter_map(pair);
        let first = pairs().next();
        let mut each: Vec<SpanPair> = Vec::new();
        for of in pairs() {
            if !each.contains(&of) {
                each.push(of);
            }
        }
        let sentence = |pair: SpanPair| {
            let exact = self.words(SpanPair { is_half_year: false, ..pair });
            let rows = overview.rows.iter().filter(|row| self::pair(row) == Some(pair));
            let names: Vec<String> = rows.map(name).collect();
            if first == Some(pair) {
                format!("{exact}.")
            } else {
                format!("{}: {exact}.", names.join(", "))
            }
        };
        each.into_iter().map(sentence).collect()
    }

    fn words(&self, of: SpanPair) -> String {
        let now = self.days(of.now);
        match of.then {
            Some(then) if of.last == Some(LastSession::Only) => {
                format!("Answered once, on {}", self.days(then))
            }
            Some(then) if of.last == Some(LastSession::OfSeveral) => {
                format!("Last answered on {}", self.day(then.to))
            }
            Some(then) if of.is_half_year => {
                let (around, until) = (self.month(then), self.day(of.now.to));
                format!("“Then” is 12 weeks around {around}, “now” the 4 weeks to {until}")
            }
            Some(then) => format!("“Then” is {}, “now” {now}", self.days(then)),
            None if of.is_named_late => {
                format!("“Now” is {now}; the days you chose are in it or after it")
            }
            // One session of a questionnaire has no weeks.
            None if of.now.from == of.now.to => format!("Answered once, on {now}"),
            None => format!("“Now” is {now}; too few answers in earlier weeks to compare"),
        }
    }

    fn days(&self, of: ComparisonSpan) -> String {
        if self.is_short { short_span_days(of) } else { span_days(of) }
    }

    fn day(&self, day: NaiveDate) -> String {
        self.days(ComparisonSpan { from: day, to: day })
    }

    /// The month of its middle.
    fn month(&self, of: ComparisonSpan) -> String {
        let middle = of.from + (of.to - of.from) / 2;
        middle.format(if self.is_short { "%b %Y" } else { "%B %Y" }).to_string()
    }

    fn topic_pair(&self, topic: OverviewTopic, overview: &Overview) -> Option<SpanPair> {
        let mut of_rows = overview.rows_of(topic).map(pair);
        let first = of_rows.next()??;
        let is_other = self.pairs.first() != Some(&first);
        (is_other && of_rows.all(|other| other == Some(first))).then_some(first)
    }

    /// The first pair, and each other one that some row needs a mark for.
    fn marked<'s>(&'s self, overview: &'s Overview) -> impl Iterator<Item = SpanPair> + 's {
        let is_marked = move |(at, of): &(usize, &SpanPair)| {
            let mut rows = overview.rows.iter().filter(|row| pair(row) == Some(**of));
            *at == 0 || rows.any(|row| self.topic_pair(row.topic, overview) != Some(**of))
        };
        self.pairs.iter().enumerate().filter(is_marked).map(|(_, of)| *of)
    }
}

fn pair(row: &OverviewRow) -> Option<SpanPair> {
    let change = row.line.change.as_ref()?;
    let is_past = row.is_of_sessions() && change.now.answers == 0;
    let latest = row.line.points.last().filter(|_| is_past);
    let latest = latest.filter(|it| change.then.as_ref().is_some_and(|of| of.span.to == it.day));
    let last = latest.map(|_| match row.line.points.len() {
        1 => LastSession::Only,
        _ => LastSession::OfSeveral,
    });
    Some(SpanPair { last, ..SpanPair::of(change) })
}

impl SpanPair {
    fn of(change: &Change) -> SpanPair {
        SpanPair {
            then: change.then.as_ref().map(|then| then.span),
            now: change.now.span,
            is_half_year: change.against == Some(BaselineKind::HalfYear),
            is_named_late: change.then.is_none() && change.against == Some(BaselineKind::Named),
            last: None,
        }
    }
}

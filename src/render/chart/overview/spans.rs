//! Which days the rows of the first screen compare, each pair of spans once.

use crate::pattern::change::{BaselineKind, Change, ComparisonSpan};
use crate::pattern::{Overview, OverviewDetail, OverviewRow, OverviewTopic};

use super::super::super::claims::{short_span_days, span_days};
use super::name;

/// Marks of rows that compare other days than the first.
const NOTES: [&str; 6] = ["", "*", "†", "‡", "§", "¶"];

/// Then, if there is one, and now.
#[derive(Clone, Copy, PartialEq)]
struct SpanPair {
    then: Option<ComparisonSpan>,
    now: ComparisonSpan,
    /// Are the days that the writer named in or after now?
    is_named_late: bool,
}

pub struct ComparedSpans {
    /// What the first row is compared with, where any is.
    against: Option<BaselineKind>,
    /// The first row's first.
    pairs: Vec<SpanPair>,
    span_days: fn(ComparisonSpan) -> String,
}

impl ComparedSpans {
    pub fn of(overview: &Overview) -> ComparedSpans {
        let changes = overview.rows.iter().filter_map(|row| row.line.change.as_ref());
        let mut pairs: Vec<SpanPair> = Vec::new();
        for of_row in overview.rows.iter().filter_map(pair) {
            if !pairs.contains(&of_row) {
                pairs.push(of_row);
            }
        }
        let against = changes.filter_map(|change| change.against).next();
        let is_short = overview.detail == OverviewDetail::Least;
        let span_days = if is_short { short_span_days } else { span_days };
        ComparedSpans { against, pairs, span_days }
    }

    /// Which weeks these are; where they are over, up to which day.
    pub fn title(&self, overview: &Overview) -> String {
        let compared = match self.against {
            Some(BaselineKind::HalfYear) => "Half a year ago and now",
            Some(BaselineKind::First) => "The first weeks and now",
            Some(BaselineKind::Previous) => "The four weeks before and now",
            Some(BaselineKind::Named) => "Then and now",
            None => "So far",
        };
        let until = overview.frame.until.format("%-d %B %Y");
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

    /// Where all rows of a question compare the same days, and not the first's: which.
    pub fn days_of(&self, topic: OverviewTopic, overview: &Overview) -> Option<String> {
        self.topic_pair(topic, overview).map(|of| self.words(of))
    }

    /// Which days something else compares, where those aren't the first row's.
    pub fn other_days(&self, change: &Change) -> Option<String> {
        let of = SpanPair::of(change);
        let then = of.then.filter(|_| self.pairs.first() != Some(&of))?;
        Some(format!("then is {}, now {}", (self.span_days)(then), (self.span_days)(of.now)))
    }

    /// Each behind the mark of its rows.
    pub fn sentences(&self, overview: &Overview) -> Vec<String> {
        let lead = |note: &str| if note.is_empty() { String::new() } else { format!("{note} ") };
        let sentence =
            |(pair, note): (SpanPair, &&str)| format!("{}{}.", lead(note), self.words(pair));
        self.marked(overview).zip(&NOTES).map(sentence).collect()
    }

    /// The same without marks, each with what compares those days.
    pub fn in_words(&self, overview: &Overview) -> Vec<String> {
        let sentence = |pair: SpanPair| {
            let rows = overview.rows.iter().filter(|row| self::pair(row) == Some(pair));
            let names: Vec<String> = rows.map(name).collect();
            match self.pairs.first() == Some(&pair) {
                true => format!("{}.", self.words(pair)),
                false => format!("{}: {}.", names.join(", "), self.words(pair)),
            }
        };
        self.pairs.iter().copied().map(sentence).collect()
    }

    fn words(&self, of: SpanPair) -> String {
        let now = (self.span_days)(of.now);
        match of.then {
            Some(then) => format!("“Then” is {}, “now” {now}", (self.span_days)(then)),
            None if of.is_named_late => {
                format!("“Now” is {now}; the days you chose are in it or after it")
            }
            // One session of a questionnaire has no weeks.
            None if of.now.from == of.now.to => format!("Answered once, on {now}"),
            None => format!("“Now” is {now}; too few answers in earlier weeks to compare"),
        }
    }

    fn topic_pair(&self, topic: OverviewTopic, overview: &Overview) -> Option<SpanPair> {
        let mut of_rows = overview.rows_of(topic).map(pair);
        let first = of_rows.next()??;
        let is_other = self.pairs.first() != Some(&first);
        (is_other && of_rows.all(|other| other == Some(first))).then_some(first)
    }

    /// Those that some row needs a mark for, behind the first.
    fn marked<'s>(&'s self, overview: &'s Overview) -> impl Iterator<Item = SpanPair> + 's {
        let is_marked = move |(at, of): &(usize, &SpanPair)| {
            let mut rows = overview.rows.iter().filter(|row| pair(row) == Some(**of));
            *at == 0 || rows.any(|row| self.topic_pair(row.topic, overview) != Some(**of))
        };
        self.pairs.iter().enumerate().filter(is_marked).map(|(_, of)| *of)
    }
}

fn pair(row: &OverviewRow) -> Option<SpanPair> {
    row.line.change.as_ref().map(SpanPair::of)
}

impl SpanPair {
    fn of(change: &Change) -> SpanPair {
        SpanPair {
            then: change.then.as_ref().map(|then| then.span),
            now: change.now.span,
            is_named_late: change.then.is_none() && change.against == Some(BaselineKind::Named),
        }
    }
}

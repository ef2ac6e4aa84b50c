//! A stretch of evenings that felt far, beside what was good in those very days.

use chrono::NaiveDate;
use serde::Serialize;

use crate::entry::Answer;

use super::{DayQuote, Evening, Levels, MonthEntries, MonthInput};

/// Evenings running, at this step of closeness or below.
const LEAST: usize = 3;
const LOW: f64 = 1.0;
/// Days from one evening to the next, while they belong together.
const NEXT: i64 = 2;
/// Days to either side of an evening that are of its week.
const WEEK: i64 = 6;

/// The newest such stretch in which something good was written down, too.
#[derive(Debug, PartialEq, Serialize)]
pub struct LowStretch {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub quote: DayQuote,
    /// Is the quote of the week of the evening that felt furthest?
    pub has_furthest: bool,
}

/// `evenings` are newest first. One without an answer about closeness breaks no stretch.
pub fn low_stretch(
    evenings: &[Evening],
    month: &MonthEntries,
    levels: Option<&Levels>,
    input: &MonthInput,
) -> Option<LowStretch> {
    let marked: Vec<(NaiveDate, bool)> = evenings
        .iter()
        .filter_map(|evening| Some((evening.day, evening.level("closeness")?.0 <= LOW)))
        .collect();
    let is_next = |a: NaiveDate, b: NaiveDate| (a - b).num_days() <= NEXT;
    let stretches = marked.chunk_by(|a, b| a.1 == b.1 && is_next(a.0, b.0));
    let low = stretches.filter(|stretch| stretch.len() >= LEAST && stretch[0].1);
    let furthest = levels.and_then(|levels| levels.lowest.as_ref()).map(|lowest| lowest.day);
    let with_quotes = low.filter_map(|stretch| {
        let (to, from) = (stretch.first()?.0, stretch.last()?.0);
        let furthest = furthest.filter(|day| (from..=to).contains(day));
        // The newest, or the nearest to the evening that is told of anyway.
        let away = |quote: &DayQuote| furthest.map_or(0, |day| (quote.day - day).num_days().abs());
        let quote = good(month, from, to, input).into_iter().min_by_key(away)?;
        let has_furthest = furthest.is_some() && away(&quote) <= WEEK;
        Some(LowStretch { from, to, quote, has_furthest })
    });
    with_quotes.min_by_key(|stretch| !stretch.has_furthest)
}

/// What there was to be glad of in these days, the newest first.
fn good(month: &MonthEntries, from: NaiveDate, to: NaiveDate, input: &MonthInput) -> Vec<DayQuote> {
    let Some(practice) = input.practice("gratitude") else { return Vec::new() };
    let mut patterns = practice.patterns.iter().filter(|pattern| pattern.of == ["gratitude"]);
    let without = patterns.next().map_or(&[][..], |pattern| pattern.without.as_slice());
    let answers = month.answers("gratitude", "gratitude");
    let inside = answers.filter(|(day, _)| (from..=to).contains(day));
    let good =
        inside.filter(|(_, answer)| !without.iter().any(|none| answer.contains_answer(none)));
    let quote = |(day, answer): (NaiveDate, &Answer)| DayQuote {
        day,
        question: answer.question.clone(),
        asked: answer.asked.clone(),
        words: answer.text(),
    };
    good.map(quote).collect()
}

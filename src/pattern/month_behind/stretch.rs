//! A stretch of evenings that felt far, beside what was good in those very days.

use chrono::NaiveDate;
use serde::Serialize;

use super::{DayQuote, Evening, Levels, MonthEntries, MonthInput};

/// Evenings running, at this step of closeness or below.
const LEAST: usize = 3;
const LOW: f64 = 1.0;

/// The newest such stretch in which something good was written down, too.
#[derive(Debug, PartialEq, Serialize)]
pub struct LowStretch {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub quote: DayQuote,
    /// Is the evening that felt furthest one of it?
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
    let stretches = marked.chunk_by(|a, b| a.1 == b.1);
    let low = stretches.filter(|stretch| stretch.len() >= LEAST && stretch[0].1);
    let furthest = levels.and_then(|levels| levels.lowest.as_ref()).map(|lowest| lowest.day);
    let told = low.filter_map(|stretch| {
        let (to, from) = (stretch.first()?.0, stretch.last()?.0);
        let quote = good(month, from, to, input)?;
        let has_furthest = furthest.is_some_and(|day| (from..=to).contains(&day));
        Some(LowStretch { from, to, quote, has_furthest })
    });
    // The furthest evening is told of anyway, so that its own stretch comes first.
    told.min_by_key(|stretch| !stretch.has_furthest)
}

/// Something to be glad of in these days.
fn good(
    month: &MonthEntries,
    from: NaiveDate,
    to: NaiveDate,
    input: &MonthInput,
) -> Option<DayQuote> {
    let practice = input.practice("gratitude")?;
    let mut patterns = practice.patterns.iter().filter(|pattern| pattern.of == ["gratitude"]);
    let without = patterns.next().map_or(&[][..], |pattern| pattern.without.as_slice());
    let answers = month.answers("gratitude", "gratitude");
    let inside = answers.filter(|(day, _)| (from..=to).contains(day));
    let mut good =
        inside.filter(|(_, answer)| !without.iter().any(|none| answer.contains_answer(none)));
    good.next().map(|(day, answer)| DayQuote {
        day,
        question: answer.question.clone(),
        asked: answer.asked.clone(),
        words: answer.text(),
    })
}

//! Lines that are said by what was answered, and lines that are said by the day.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::entry::Answer;

use super::condition::run_words;
use super::file::LineFile;
use super::{Condition, Marks, all_match, fill};

/// What is said if its conditions hold.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "LineFile")]
pub struct ConditionalLine {
    /// One, or several that take turns by the day.
    pub turns: Vec<String>,
    pub when: Vec<Condition>,
    pub marks: Marks,
}

impl ConditionalLine {
    /// What it says on this day.
    fn turn(&self, day: NaiveDate) -> &str {
        by_day(&self.turns, day).map_or("", String::as_str)
    }

    /// One of its turns, with the answers in it.
    fn words(&self, turn: &str, answers: &[Answer]) -> String {
        let line = run_words(turn, &self.when, answers);
        fill(&line, answers).unwrap_or(line)
    }
}

/// The first of the lines whose conditions hold, in words.
pub fn first_fitting(
    lines: &[ConditionalLine],
    answers: &[Answer],
    day: NaiveDate,
) -> Option<String> {
    let line = lines.iter().find(|line| all_match(&line.when, answers))?;
    Some(line.words(line.turn(day), answers))
}

/// The first of the lines that holds, where all the answers in it are there.
pub(super) fn first_filled(lines: &[ConditionalLine], answers: &[Answer]) -> Option<String> {
    let line = lines.iter().find(|line| all_match(&line.when, answers))?;
    fill(&run_words(line.turns.first()?, &line.when, answers), answers)
}

/// [`first_fitting`], for lines that take no turns.
pub fn first_words(lines: &[ConditionalLine], answers: &[Answer]) -> Option<String> {
    let line = lines.iter().find(|line| all_match(&line.when, answers))?;
    Some(line.words(line.turns.first()?, answers))
}

/// A closing that is said whatever was answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayLine {
    pub say: String,
    /// Only of an entry about the day on which it is written.
    #[serde(default)]
    pub today: bool,
}

/// The line of this day, for an entry about today or about another day.
pub fn line_of_day(lines: &[DayLine], day: NaiveDate, is_about_today: bool) -> Option<&str> {
    let fitting: Vec<&DayLine> = lines.iter().filter(|l| is_about_today || !l.today).collect();
    by_day(&fitting, day).map(|line| line.say.as_str())
}

fn by_day<T>(all: &[T], day: NaiveDate) -> Option<&T> {
    let count = i32::try_from(all.len()).ok().filter(|count| *count > 0)?;
    let place = day.num_days_from_ce().rem_euclid(count);
    all.get(usize::try_from(place).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
    }

    #[test]
    fn each_day_has_its_line_and_another_day_none_that_speaks_of_tonight() {
        let line = |say: &str, today| DayLine { say: say.to_owned(), today };
        let lines = [line("tonight", true), line("a", false), line("b", false)];
        let of = |date, about_today| line_of_day(&lines, day(date), about_today).unwrap();
        let three: std::collections::BTreeSet<_> = (1..4).map(|date| of(date, true)).collect();
        assert_eq!(three.len(), 3);
        assert!((1..9).all(|date| of(date, false) != "tonight"));
        assert_eq!(of(1, true), of(4, true));
        assert_eq!(line_of_day(&[], day(1), true), None);
    }
}

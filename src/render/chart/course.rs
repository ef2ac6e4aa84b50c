//! Numbers over time: a dot a day with the mean of four weeks, and the year in digits.

use crate::pattern::{FigureLine, Point};

use super::super::clean_line;
use super::super::report::number;
use super::{CalendarCell, CalendarChart, ChartPart, Course};

/// What has more steps is no single digit.
const MOST_DIGITS: f64 = 9.0;
const YEAR: i64 = 53 * 7;

pub fn of_line(line: &FigureLine) -> Vec<ChartPart> {
    let days = line.days();
    let Some((first, last)) = days.first().zip(days.last()).map(|(a, b)| (a.day, b.day)) else {
        return Vec::new();
    };
    let label = |label: Option<&String>| label.map(|words| clean_line(words)).unwrap_or_default();
    let title = clean_line(&line.title);
    let course = Course {
        title: title.clone(),
        low: (line.low, label(line.labels.first())),
        high: (line.high, label(line.labels.last())),
        means: line.running_means(),
        first,
        last,
        rows: rows(line),
        days: days.clone(),
    };
    let digits = (line.low >= 0.0 && line.high <= MOST_DIGITS).then(|| digits(line, title, &days));
    std::iter::once(ChartPart::Course(course)).chain(digits).collect()
}

/// The last year of it, a digit a day.
fn digits(line: &FigureLine, title: String, days: &[Point]) -> ChartPart {
    let last = days.last().map(|point| point.day).unwrap_or_default();
    let year: Vec<&Point> =
        days.iter().filter(|point| (last - point.day).num_days() < YEAR).collect();
    let digit = |value: f64| char::from_digit(value.round() as u32, 10).unwrap_or('9');
    let words = |value: f64| {
        let at = (value.round() - line.low).max(0.0) as usize;
        line.labels.get(at).map(|label| clean_line(label)).unwrap_or_default()
    };
    let mark = |point: &&Point| CalendarCell {
        day: point.day,
        glyph: digit(point.value),
        level: line.level(point.value),
        words: format!("{} {}", number(point.value), words(point.value)).trim().to_owned(),
    };
    let steps = line.low as i64..=line.high as i64;
    let key =
        steps.map(|step| step as f64).map(|step| (digit(step), line.level(step), words(step)));
    ChartPart::Calendar(CalendarChart {
        title,
        first: year.first().map_or(last, |point| point.day),
        last,
        days: year.iter().map(mark).collect(),
        key: key.collect(),
        rows: Vec::new(),
    })
}

/// Months, and then weeks.
fn rows(line: &FigureLine) -> Vec<(String, String)> {
    let value = |point: &Point| {
        let answers = if point.answers == 1 { "answer" } else { "answers" };
        let mean = number(point.value);
        format!(
            "{mean} of {}–{} ({} {answers})",
            number(line.low),
            number(line.high),
            point.answers
        )
    };
    let months = line.months.iter().map(|it| (it.day.format("%B %Y").to_string(), value(it)));
    let weeks = line.points.iter();
    let weeks = weeks.map(|it| (format!("week of {}", it.day.format("%-d %B %Y")), value(it)));
    months.chain(weeks).collect()
}

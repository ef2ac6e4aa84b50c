//! Figures that are shown as bars, as plain rows: the terminal and the page draw
//! the same ones. All bars of a figure have one scale, and its ends are named.

use chrono::{Datelike, Months, NaiveDate};

use crate::pattern::{Body, Count, Line, Point};

use super::clean_line;
use super::report::number;

/// An answer is never drawn wider than this, in columns: a few answers look few.
const WIDEST_ANSWER: usize = 2;

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    pub title: Option<String>,
    /// What no bar and a whole bar are.
    pub ends: (String, String),
    /// How wide a whole bar may be, in columns of a terminal.
    pub widest: usize,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    pub said: String,
    /// How much of a whole bar; `None` where there is no answer.
    pub share: Option<f64>,
}

/// The bars of a figure; none where it is shown otherwise.
pub fn of(body: &Body, rests_on: usize) -> Vec<Bars> {
    match body {
        Body::Counts { counts } => vec![counted(counts, rests_on)],
        Body::Groups { groups } => {
            let shares = groups.iter().map(|group| Bars {
                title: Some(format!("{} ({} days)", clean_line(&group.group), group.rests_on)),
                ends: ("none".into(), "all".into()),
                widest: usize::MAX,
                rows: group
                    .counts
                    .iter()
                    .map(|c| {
                        row(
                            &c.answer,
                            format!("{} of {}", c.times, group.rests_on),
                            share(c.times, group.rests_on),
                        )
                    })
                    .collect(),
            });
            shares.collect()
        }
        Body::Change { low, high, before, after, .. } => {
            let level = |name, value| row(name, number(value), on(value, *low, *high));
            vec![on_scale(
                None,
                *low,
                *high,
                vec![level("before", *before), level("after", *after)],
            )]
        }
        Body::Scores { lines } => lines.iter().map(sittings).collect(),
        _ => Vec::new(),
    }
}

/// A whole bar is every answer.
fn counted(counts: &[Count], of: usize) -> Bars {
    let row = |c: &Count| row(&c.answer, c.times.to_string(), share(c.times, of));
    Bars {
        title: None,
        ends: ("0".into(), of.to_string()),
        widest: WIDEST_ANSWER * of,
        rows: counts.iter().map(row).collect(),
    }
}

fn on_scale(title: Option<String>, low: f64, high: f64, rows: Vec<Row>) -> Bars {
    Bars { title, ends: (number(low), number(high)), widest: usize::MAX, rows }
}

/// A score's sittings, and the months between them that have none.
fn sittings(line: &Line) -> Bars {
    let mut rows = Vec::new();
    let mut last: Option<&Point> = None;
    for point in &line.points {
        if let Some(last) = last.filter(|_| is_monthly(line)) {
            rows.extend(months_between(last.day, point.day).map(|month| Row {
                name: month.format("%b %Y").to_string(),
                said: "–".into(),
                share: None,
            }));
        }
        let day = point.day.format("%-d %b %Y").to_string();
        rows.push(row(&day, format!("{:.2}", point.value), on(point.value, line.low, line.high)));
        last = Some(point);
    }
    on_scale(Some(clean_line(&line.title)), line.low, line.high, rows)
}

/// Does it come round so often that a month without it is missed?
fn is_monthly(line: &Line) -> bool {
    line.usual_gap() <= 45
}

fn months_between(a: NaiveDate, b: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let (next, end) = (first(a).checked_add_months(Months::new(1)), first(b));
    std::iter::successors(next, |month| month.checked_add_months(Months::new(1)))
        .take_while(move |month| *month < end)
}

fn row(name: &str, said: String, share: f64) -> Row {
    Row { name: clean_line(name), said, share: Some(share) }
}

fn share(times: usize, of: usize) -> f64 {
    times as f64 / of.max(1) as f64
}

fn on(value: f64, low: f64, high: f64) -> f64 {
    if high > low { (value - low) / (high - low) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_of_three_answers_in_five_is_three_fifths_of_a_short_one() {
        let counts = vec![
            Count { answer: "I left".into(), times: 3 },
            Count { answer: "I stayed".into(), times: 2 },
        ];
        let bars = &of(&Body::Counts { counts }, 5)[0];
        assert_eq!(bars.ends, ("0".to_owned(), "5".to_owned()));
        assert_eq!(bars.rows[0].share, Some(0.6));
        assert_eq!(bars.widest, 10);
    }

    #[test]
    fn a_month_without_a_sitting_is_an_empty_row() {
        let point = |day: &str| Point { day: day.parse().unwrap(), value: 2.0, answers: 4 };
        let line = |days: &[&str]| Line {
            title: "S".into(),
            low: 0.0,
            high: 4.0,
            points: days.iter().map(|day| point(day)).collect(),
        };
        let names = |days: &[&str]| -> Vec<String> {
            let rows = sittings(&line(days)).rows;
            rows.into_iter().map(|r| format!("{} {}", r.name, r.said)).collect()
        };
        let year = ["2026-04-09", "2026-05-31", "2026-07-01", "2026-08-02"];
        assert_eq!(
            names(&year),
            [
                "9 Apr 2026 2.00",
                "31 May 2026 2.00",
                "Jun 2026 –",
                "1 Jul 2026 2.00",
                "2 Aug 2026 2.00"
            ]
        );
        let seldom = ["2026-01-09", "2026-04-09", "2026-07-09"];
        assert_eq!(names(&seldom).len(), 3, "what is kept each season misses no month");
    }
}

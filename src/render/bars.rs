//! Figures that are shown as bars, as plain rows: the terminal and the page draw
//! the same ones. All bars of a figure have one scale, and its ends are named.

use std::collections::BTreeSet;

use chrono::{Datelike, Months, NaiveDate};

use crate::pattern::{Body, Count, FigureLine};

use super::clean_line;
use super::report::number;

/// An answer is never drawn wider than this, in columns: a few answers look few.
const WIDEST_ANSWER: usize = 2;
/// What comes round so often, in days, misses a month without it.
const OFTEN: i64 = 45;
/// Rows of one score on a page.
const LATEST: usize = 24;

/// Rows that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    pub title: Option<String>,
    /// What no bar and a whole bar are.
    pub ends: (String, String),
    /// How wide a whole bar may be, in columns of a terminal.
    pub widest: usize,
    pub rows: Vec<Bar>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    pub said: String,
    /// How much of a whole bar; `None` where there is no answer.
    pub share: Option<f64>,
}

impl Bars {
    /// No more rows than a page has room for: the latest.
    pub fn latest(mut self) -> Bars {
        let more = self.rows.len().saturating_sub(LATEST);
        if more > 0 {
            self.rows.drain(..more);
            self.title = self.title.map(|title| format!("{title} (the latest {LATEST})"));
        }
        self
    }
}

/// The bars of a figure; none where it is shown otherwise.
pub fn of(body: &Body, rests_on: usize) -> Vec<Bars> {
    match body {
        Body::Counts { counts } => vec![count_bars(counts, rests_on)],
        Body::Groups { groups, .. } => {
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
        Body::Scores { lines } => sittings(lines),
        _ => Vec::new(),
    }
}

/// A whole bar is every answer.
fn count_bars(counts: &[Count], of: usize) -> Bars {
    let row = |c: &Count| row(&c.answer, c.times.to_string(), share(c.times, of));
    Bars {
        title: None,
        ends: ("0".into(), of.to_string()),
        widest: WIDEST_ANSWER * of,
        rows: counts.iter().map(row).collect(),
    }
}

fn on_scale(title: Option<String>, low: f64, high: f64, rows: Vec<Bar>) -> Bars {
    Bars { title, ends: (number(low), number(high)), widest: usize::MAX, rows }
}

/// The sittings of all scores, a row a day (the last of it), so that those of one
/// day stand beside each other; and the months between them that have none.
fn sittings(lines: &[FigureLine]) -> Vec<Bars> {
    let points = || lines.iter().flat_map(|line| &line.points);
    let days: BTreeSet<NaiveDate> = points().map(|point| point.day).collect();
    let monthly = lines.iter().all(|line| line.usual_gap() <= OFTEN);
    let one = |line: &FigureLine| {
        let mut rows = Vec::new();
        let mut last = None;
        for day in &days {
            let missed = last.filter(|_| monthly).map(|last| months_between(last, *day));
            rows.extend(missed.into_iter().flatten().map(|m| empty(m.format("%b %Y").to_string())));
            let name = day.format("%-d %b %Y").to_string();
            let point = line.points.iter().rfind(|point| point.day == *day);
            rows.push(point.map_or_else(
                || empty(name.clone()),
                |p| row(&name, format!("{:.2}", p.value), on(p.value, line.low, line.high)),
            ));
            last = Some(*day);
        }
        on_scale(Some(clean_line(&line.title)), line.low, line.high, rows)
    };
    lines.iter().map(one).collect()
}

fn empty(name: String) -> Bar {
    Bar { name, said: "–".into(), share: None }
}

fn months_between(a: NaiveDate, b: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let first = |day: NaiveDate| day.with_day(1).unwrap_or(day);
    let (next, end) = (first(a).checked_add_months(Months::new(1)), first(b));
    std::iter::successors(next, |month| month.checked_add_months(Months::new(1)))
        .take_while(move |month| *month < end)
}

fn row(name: &str, said: String, share: f64) -> Bar {
    Bar { name: clean_line(name), said, share: Some(share) }
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
    use crate::pattern::Point;

    #[test]
    fn a_bar_of_three_answers_in_five_is_three_fifths_of_a_short_one() {
        let counts = vec![Count::new("I left".into(), 3), Count::new("I stayed".into(), 2)];
        let bars = &of(&Body::Counts { counts }, 5)[0];
        assert_eq!(bars.ends, ("0".to_owned(), "5".to_owned()));
        assert_eq!(bars.rows[0].share, Some(0.6));
        assert_eq!(bars.widest, 10);
    }

    #[test]
    fn a_month_without_a_sitting_is_an_empty_row() {
        let names = |days: &[&str]| -> Vec<String> {
            let rows = sittings(&[line(days)]).remove(0).rows;
            rows.into_iter().map(|r| format!("{} {}", r.name, r.said)).collect()
        };
        let year = ["2026-04-09", "2026-05-31", "2026-07-01", "2026-08-02"];
        let rows = [
            "9 Apr 2026 2.00",
            "31 May 2026 2.00",
            "Jun 2026 –",
            "1 Jul 2026 2.00",
            "2 Aug 2026 2.00",
        ];
        assert_eq!(names(&year), rows);
        let seldom = ["2026-01-09", "2026-04-09", "2026-07-09"];
        assert_eq!(names(&seldom).len(), 3, "what is kept each season misses no month");
    }

    #[test]
    fn scores_of_one_day_stand_in_one_row_whatever_was_left_out() {
        let (one, other) = (line(&["2026-04-09", "2026-05-09"]), line(&["2026-05-09"]));
        let both = sittings(&[one, other]);
        assert_eq!(both[1].rows[0], empty("9 Apr 2026".into()));
        assert_eq!(both[0].rows[1], both[1].rows[1]);
    }

    fn line(days: &[&str]) -> FigureLine {
        let point = |day: &str| Point { day: day.parse().unwrap(), value: 2.0, answers: 4 };
        let points = days.iter().map(|day| point(day)).collect();
        FigureLine {
            title: "S".into(),
            low: 0.0,
            high: 4.0,
            points,
            change: None,
            labels: Vec::new(),
        }
    }
}

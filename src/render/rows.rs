//! The numbers of a figure as rows, for whoever would rather read or hear them
//! than look at a drawing.

use std::collections::BTreeMap;

use crate::pattern::{Body, Count, Figure, FigureLine};

use super::report::number;
use super::sentences::times;
use super::{bars, clean_line};

/// The numbers of a figure, each with its name.
pub fn rows(figure: &Figure) -> Vec<(String, String)> {
    match &figure.body {
        Body::Days { days, .. } => {
            let mut months: BTreeMap<String, (String, usize, usize)> = BTreeMap::new();
            for day in days {
                let name = || (day.day.format("%B %Y").to_string(), 0, 0);
                let month = months.entry(day.day.format("%Y-%m").to_string()).or_insert_with(name);
                month.1 += 1;
                month.2 += day.entries;
            }
            let plural = |n: usize, one: &str, more: &str| {
                format!("{n} {}", if n == 1 { one } else { more })
            };
            let row = |(name, days, entries): (String, usize, usize)| {
                let days = plural(days, "day", "days");
                (name, format!("{days}, {}", plural(entries, "entry", "entries")))
            };
            months.into_values().map(row).collect()
        }
        Body::Weeks { lines, .. } => lines.iter().flat_map(|line| of_weeks(line, lines)).collect(),
        Body::Scores { .. } => of_sittings(figure),
        Body::Counts { counts } => {
            let of =
                |c: &Count| (clean_line(&c.answer), format!("{} of {}", c.times, figure.rests_on));
            counts.iter().map(of).collect()
        }
        Body::Groups { groups, .. } => groups
            .iter()
            .flat_map(|group| {
                group.counts.iter().map(|count| {
                    let name =
                        format!("{}, {}", clean_line(&group.group), clean_line(&count.answer));
                    (name, format!("{} of {}", count.times, group.rests_on))
                })
            })
            .collect(),
        Body::Change { before, after, lower, same, higher, .. } => vec![
            ("before, on average".into(), number(*before)),
            ("after, on average".into(), number(*after)),
            ("lower afterwards".into(), lower.to_string()),
            ("the same".into(), same.to_string()),
            ("higher afterwards".into(), higher.to_string()),
        ],
        Body::Recurring { answers, words } => {
            let said = |c: &Count| (clean_line(&c.answer), times(c.times));
            let words =
                words.iter().map(|c| (clean_line(&c.answer), format!("in {} entries", c.times)));
            answers.iter().map(said).chain(words).collect()
        }
        Body::TooFew { .. } | Body::Moments { .. } | Body::Sittings { .. } => Vec::new(),
    }
}

/// A row a week, and one for a time without any.
fn of_weeks(line: &FigureLine, all: &[FigureLine]) -> Vec<(String, String)> {
    let title = if all.len() > 1 { clean_line(&line.title) + ", " } else { String::new() };
    let day = |day: chrono::NaiveDate| day.format("%-d %B %Y").to_string();
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut last = None;
    for run in line.runs() {
        if let (Some(last), Some(next)) = (last, run.first()) {
            let name = format!("{title}after the week of {}, until {}", day(last), day(next.day));
            rows.push((name, "no answer".to_owned()));
        }
        rows.extend(run.iter().map(|point| {
            let value =
                format!("{} of {}–{}", number(point.value), number(line.low), number(line.high));
            (format!("{title}week of {}", day(point.day)), value)
        }));
        last = run.last().map(|point| point.day);
    }
    rows
}

/// The rows of the bars, each under its own name and scale.
fn of_sittings(figure: &Figure) -> Vec<(String, String)> {
    let bars = bars::of(&figure.body, figure.rests_on);
    let one = |bars: bars::Bars| {
        let title = bars.title.unwrap_or_default();
        let (low, high) = bars.ends;
        bars.rows.into_iter().map(move |row| {
            let said = match row.share {
                Some(_) => format!("{} of {low}–{high}", row.said),
                None => "no answer".to_owned(),
            };
            (format!("{title}, {}", row.name), said)
        })
    };
    bars.into_iter().flat_map(one).collect()
}

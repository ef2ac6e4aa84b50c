//! What a figure says in words: sentences below it, and its numbers as rows.
//! The terminal and the page share them.

use std::collections::BTreeMap;

use crate::pattern::{Body, Figure, Line, SCORE_MOVED};

use super::clean_line;
use super::report::number;

/// Weeks on each side of a comparison.
const LATELY: usize = 4;

/// Of what, and how much of it.
pub fn count_of(figure: &Figure) -> String {
    let [one, more] = match &figure.body {
        _ if figure.of.is_empty() && !matches!(figure.body, Body::Sittings { .. }) => {
            ["entry", "entries"]
        }
        Body::Recurring { .. } => ["entry", "entries"],
        Body::Moments { .. }
        | Body::Sittings { .. }
        | Body::Scores { .. }
        | Body::Change { .. } => ["time", "times"],
        _ => ["answer", "answers"],
    };
    let what = if figure.rests_on == 1 { one } else { more };
    match &figure.practice {
        Some(practice) => format!("{}, {} {what}", clean_line(practice), figure.rests_on),
        None => format!("{} {what}", figure.rests_on),
    }
}

pub fn sentences(figure: &Figure) -> Vec<String> {
    let mut said = match &figure.body {
        Body::Days { days, .. } => match days.len() {
            1 => vec!["All on one day.".to_owned()],
            n => vec![format!("On {n} days.")],
        },
        Body::Weeks { low, high, ends, lines } => weeks(*low, *high, ends, lines),
        Body::Scores { .. } => vec!["Small moves can be chance.".to_owned()],
        Body::Groups { .. } => vec![
            "Counted where both were written on one day. They differ in more than this, and small differences can be chance.".to_owned(),
        ],
        Body::Change { before, after, lower, same, higher, .. } => {
            let times = |n: &usize| if *n == 1 { "once".to_owned() } else { format!("{n} times") };
            let mean = match (after - before).abs() >= SCORE_MOVED {
                true => format!("On average {} before and {} after.", number(*before), number(*after)),
                false => format!(
                    "On average about the same, {} before and {} after; small moves can be chance.",
                    number(*before),
                    number(*after)
                ),
            };
            vec![
                mean,
                format!("Lower afterwards {}, the same {}, higher {}.", times(lower), times(same), times(higher)),
            ]
        }
        Body::TooFew { .. }
        | Body::Moments { .. }
        | Body::Counts { .. }
        | Body::Recurring { .. }
        | Body::Sittings { .. } => Vec::new(),
    };
    said.extend(match figure.left_out {
        0 => None,
        1 => Some("One answer was to another wording or scale, and is left out.".to_owned()),
        n => Some(format!("{n} answers were to another wording or scale, and are left out.")),
    });
    let note = figure.note.as_deref().map(clean_line);
    note.into_iter().chain(said).collect()
}

fn weeks(low: f64, high: f64, ends: &Option<(String, String)>, lines: &[Line]) -> Vec<String> {
    let mut said = Vec::new();
    if let Some((least, most)) = ends.as_ref().filter(|(l, m)| !l.is_empty() && !m.is_empty()) {
        let (least, most) = (clean_line(least), clean_line(most));
        said.push(format!("{} is “{least}”, {} is “{most}”.", number(low), number(high)));
    }
    for line in lines {
        let title = clean_line(&line.title);
        let lead = if lines.len() > 1 { format!("“{title}” ") } else { String::new() };
        let sorted = line.sorted();
        let [Some(least), Some(most)] = [sorted.first(), sorted.last()] else { continue };
        let middle = (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2.0;
        said.push(format!(
            "{lead}{} between {} and {}; half of the {} weeks were at {} or below.",
            if lead.is_empty() { "It was" } else { "was" },
            number(*least),
            number(*most),
            sorted.len(),
            number(middle)
        ));
        if let Some((before, now)) = line.lately(LATELY) {
            let moved = (now - before).abs() * grain(line) >= SCORE_MOVED;
            let (before, now) = (number(before), number(now));
            said.push(match moved {
                true => {
                    format!(
                        "The last four of these have {now}, the four before {before}: it moved."
                    )
                }
                false => format!(
                    "The last four of these have {now}, the four before {before}: about the same."
                ),
            });
        }
    }
    said.push("Small moves can be chance.".to_owned());
    said
}

/// Steps of a scale are steps; other numbers are judged by their own range.
fn grain(line: &Line) -> f64 {
    4.0 / (line.high - line.low).max(1.0)
}

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
        Body::Weeks { lines, .. } => of_lines(lines, "week of "),
        Body::Scores { lines } => of_lines(lines, ""),
        Body::Counts { counts } => {
            counts.iter().map(|c| (clean_line(&c.answer), c.times.to_string())).collect()
        }
        Body::Groups { groups } => groups
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
            let all = answers.iter().chain(words);
            all.map(|c| (clean_line(&c.answer), c.times.to_string())).collect()
        }
        Body::TooFew { .. } | Body::Moments { .. } | Body::Sittings { .. } => Vec::new(),
    }
}

fn of_lines(lines: &[Line], lead: &str) -> Vec<(String, String)> {
    let row = |line: &Line, point: &crate::pattern::Point| {
        let title = if lines.len() > 1 { clean_line(&line.title) + ", " } else { String::new() };
        let name = format!("{title}{lead}{}", point.day.format("%-d %B %Y"));
        (name, format!("{} of {}–{}", number(point.value), number(line.low), number(line.high)))
    };
    lines.iter().flat_map(|line| line.points.iter().map(move |point| row(line, point))).collect()
}

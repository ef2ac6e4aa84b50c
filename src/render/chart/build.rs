//! From a figure to what is drawn of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::config::Clock;
use crate::pattern::{
    Body, Count, Figure, FigureDay, FigureGroup, FigureLine, FigureMoment, RecurringAnswer, Running,
};

use super::super::clean_line;
use super::super::report::number;
use super::super::sentences::{count_of, sentences, times};
use super::super::terminal::{near_day_words, short_day};
use super::{
    CalendarCell, CalendarChart, Chart, ChartPart, DatedText, FigureOptions, Mark, Table,
    TableCell, TableColumn, TableRow, course, crossed, sessions,
};

/// An answer is never drawn wider than this, in columns: a few answers look few.
const WIDEST_ANSWER: usize = 2;
/// Parts of a whole that can be told apart without colour.
const MOST_PARTS: usize = 4;

pub fn chart(figure: &Figure, options: FigureOptions, clock: &Clock) -> Chart {
    let of = figure.rests_on;
    let parts = match &figure.body {
        Body::TooFew { .. } => Vec::new(),
        Body::Days { first, last, days } => vec![squares(*first, *last, days)],
        Body::Moments { moments } => vec![texts(moments, options.texts, clock)],
        Body::Weeks { lines, .. } => lines.iter().flat_map(course::of_line).collect(),
        Body::Counts { counts, months } => counted(counts, months, of),
        Body::Groups { groups, .. } => vec![ChartPart::Tables(grouped(groups))],
        Body::Change { low, high, before, after, pairs, .. } => {
            vec![sessions::moves((*low, *high), (*before, *after), pairs)]
        }
        Body::Scores { lines } => vec![scores(lines)],
        Body::Recurring { answers, running } => vec![recurring(answers, running.as_ref())],
        Body::Matrix { columns, rows, around } => crossed::parts(columns, rows, around.as_ref()),
        Body::Sittings { pairs } => sessions::pairs(pairs, options),
    };
    Chart {
        title: clean_line(&figure.title),
        about: count_of(figure, options.texts),
        parts,
        sentences: sentences(figure),
        words: None,
    }
}

/// A square a day.
pub fn squares(first: NaiveDate, last: NaiveDate, days: &[FigureDay]) -> ChartPart {
    let entries = |n: usize| if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") };
    let mark = |day: &FigureDay| CalendarCell {
        day: day.day,
        glyph: if day.entries == 1 { '▪' } else { '■' },
        level: if day.entries == 1 { 0.5 } else { 1.0 },
        words: entries(day.entries),
    };
    let mut months: BTreeMap<NaiveDate, (usize, usize)> = BTreeMap::new();
    for day in days {
        let month = months.entry(crate::pattern::first_of_month(day.day)).or_default();
        *month = (month.0 + 1, month.1 + day.entries);
    }
    let row = |(month, (days, of)): (NaiveDate, (usize, usize))| {
        let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
        (month.format("%B %Y").to_string(), format!("{days}, {}", entries(of)))
    };
    ChartPart::Calendar(CalendarChart {
        title: "The days with an entry".to_owned(),
        first,
        last,
        days: days.iter().map(mark).collect(),
        key: vec![('▪', 0.5, "one entry".to_owned()), ('■', 1.0, "more".to_owned())],
        rows: months.into_iter().map(row).collect(),
    })
}

fn texts(moments: &[FigureMoment], most: usize, clock: &Clock) -> ChartPart {
    let text = |moment: &FigureMoment| {
        let day = clock.day_of(moment.at);
        let near = near_day_words(day, clock.today());
        DatedText { day, near, words: clean_line(&moment.words) }
    };
    ChartPart::Texts(moments.iter().take(most).map(text).collect())
}

fn counted(counts: &[Count], months: &[FigureGroup], of: usize) -> Vec<ChartPart> {
    let bars = bars(None, counts, of, WIDEST_ANSWER * of);
    let months: Vec<FigureGroup> = months
        .iter()
        .map(|month| FigureGroup { group: month_name(&month.group), ..month.clone() })
        .collect();
    let mut parts = vec![ChartPart::Tables(vec![bars])];
    if let Some(stacked) = stacked("By month", &months) {
        parts.push(ChartPart::Tables(vec![stacked]));
    }
    parts
}

/// "2026-11" as "November 2026".
fn month_name(month: &str) -> String {
    let first: Result<NaiveDate, _> = format!("{month}-01").parse();
    first.map_or_else(|_| month.to_owned(), |day| day.format("%B %Y").to_string())
}

/// A bar for each answer; a whole one is every answer.
fn bars(title: Option<String>, counts: &[Count], of: usize, widest: usize) -> Table {
    let row = |count: &Count| {
        let value = format!("{} of {of}", count.times);
        let mark = Mark::Bar(count.times as f64 / of.max(1) as f64);
        TableRow { name: clean_line(&count.answer), cells: vec![TableCell::new(value, mark)] }
    };
    let ends = Some(("0".to_owned(), of.to_string()));
    let column = TableColumn { ends, widest, ..TableColumn::right("") };
    let rows = counts.iter().map(row).collect();
    Table { title, columns: vec![column], rows, ..Table::default() }
}

/// Groups as one bar each where their answers exclude each other, else as bars.
fn grouped(groups: &[FigureGroup]) -> Vec<Table> {
    let named: Vec<FigureGroup> = groups
        .iter()
        .map(|group| FigureGroup { group: clean_line(&group.group), ..group.clone() })
        .collect();
    match stacked("", &named) {
        Some(table) => vec![table],
        None => {
            let bars = |group: &FigureGroup| {
                let title = format!("{} ({} days)", group.group, group.rests_on);
                bars(Some(title), &group.counts, group.rests_on, usize::MAX)
            };
            named.iter().map(bars).collect()
        }
    }
}

/// One bar a row, of all its answers; the last option is the fullest mark. `None` where
/// there are too many options, or several could be chosen.
fn stacked(title: &str, groups: &[FigureGroup]) -> Option<Table> {
    let options: Vec<&Count> = groups.first()?.counts.iter().rev().collect();
    let whole = |group: &FigureGroup| {
        let sum: usize = group.counts.iter().map(|count| count.times).sum();
        sum == group.rests_on && group.rests_on > 0
    };
    if options.len() > MOST_PARTS || options.len() < 2 || !groups.iter().all(whole) {
        return None;
    }
    let row = |group: &FigureGroup| {
        let times = || group.counts.iter().rev().map(|count| count.times);
        let parts = times().map(|times| times as f64 / group.rests_on as f64).collect();
        let said: Vec<String> = times().map(|times| times.to_string()).collect();
        let value = format!("{} of {}", said.join(" · "), group.rests_on);
        TableRow {
            name: group.group.clone(),
            cells: vec![TableCell::new(value, Mark::Stack(parts))],
        }
    };
    let parts = options.iter().map(|option| clean_line(&option.answer)).collect();
    let title = (!title.is_empty()).then(|| title.to_owned());
    let widest = usize::MAX;
    let columns = vec![TableColumn { widest, ..TableColumn::headed("") }];
    let rows = groups.iter().map(row).collect();
    Some(Table { title, columns, rows, parts, key: Vec::new() })
}

/// A strip of sessions for each score, and its first and last value.
fn scores(lines: &[FigureLine]) -> ChartPart {
    const LATEST: usize = 12;
    let row = |line: &FigureLine| {
        let latest = &line.points[line.points.len().saturating_sub(LATEST)..];
        let strip = latest.iter().map(|point| Some(line.level(point.value))).collect();
        let side = |point: Option<&crate::pattern::Point>| {
            let said = point.map(|it| format!("{} on {}", number(it.value), short_day(it.day)));
            TableCell::words(said.unwrap_or_default())
        };
        let cells =
            vec![TableCell::new("", Mark::Strip(strip)), side(latest.first()), side(latest.last())];
        TableRow { name: clean_line(&line.title), cells }
    };
    let columns =
        vec![TableColumn::headed(""), TableColumn::headed("first"), TableColumn::headed("last")];
    let range = lines.first().map(|line| {
        format!("Each on a range of {} to {}, oldest first.", number(line.low), number(line.high))
    });
    let (rows, key) = (lines.iter().map(row).collect(), range.into_iter().collect());
    ChartPart::Tables(vec![Table { columns, rows, key, ..Table::default() }])
}

fn recurring(answers: &[RecurringAnswer], running: Option<&Running>) -> ChartPart {
    let in_row = running.map(|running| {
        let words = clean_line(&running.answer);
        format!("“{words}” {} running.", times_in_words(running.times))
    });
    let again = answers.iter().map(|answer| {
        let (words, latest) = (clean_line(&answer.answer), short_day(answer.latest));
        format!("“{words}” {}, last on {latest}.", times(answer.times))
    });
    ChartPart::Lines(in_row.into_iter().chain(again).collect())
}

/// "three times".
fn times_in_words(times: usize) -> String {
    const WORDS: [&str; 10] =
        ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    match times.checked_sub(3).and_then(|at| WORDS.get(at)) {
        Some(word) => format!("{word} times"),
        None => format!("{times} times"),
    }
}

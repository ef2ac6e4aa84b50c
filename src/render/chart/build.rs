//! From a figure to what is drawn of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::config::Clock;
use crate::pattern::{
    AnswerRun, Body, Count, Figure, FigureDay, FigureGroup, FigureMoment, RecurringAnswer,
};
use crate::words::{count_of, number_words};

use super::super::clean_line;
use super::super::sentences::{basis, ends, sentences, times};
use super::super::terminal::{near_day_words, short_day};
use super::{
    CalendarCell, CalendarChart, Chart, ChartMark, ChartPart, DatedText, FigureOptions,
    LEAST_SHARE, Table, TableCell, TableColumn, TableRow, before_after, course, crossed, overview,
    scores, sessions,
};

/// An answer is never drawn wider than this, in columns: a few answers look few.
const WIDEST_ANSWER: usize = 2;
/// Parts of a whole that can be told apart without colour.
const MOST_PARTS: usize = 4;
/// A month of fewer answers in all is no bar to be compared with another.
const LEAST_BY_MONTH: usize = 12;
const MOST_MONTHS: usize = 12;
/// More bars are a list.
const MOST_BARS: usize = 11;
/// Answers with a line of their own; the rest share one.
const MOST_AGAIN: usize = 5;
/// Answers in that line.
const MOST_ALSO: usize = 7;

pub fn chart(figure: &Figure, options: FigureOptions, clock: &Clock) -> Chart {
    let of = figure.rests_on;
    let parts = match &figure.body {
        Body::TooFew { .. } => Vec::new(),
        Body::Days { first, last, days } => vec![squares(*first, *last, days)],
        Body::Moments { moments, .. } => vec![texts(moments, options.texts, clock)],
        Body::Weeks { lines, .. } => {
            lines.iter().flat_map(|line| course::of_line(line, options)).collect()
        }
        Body::Counts { counts, months, .. } => counted(counts, months, of),
        Body::Groups { groups, .. } => vec![ChartPart::Tables(grouped(groups))],
        Body::BeforeAfter { low, high, before, after, spans, pairs, .. } => {
            vec![before_after::sessions((*low, *high), (*before, *after), spans, pairs)]
        }
        Body::Scores { lines } => vec![scores::table(lines, figure.harm, options)],
        Body::Recurring { answers, running } => {
            vec![recurring(answers, running.as_ref(), figure.care)]
        }
        Body::Matrix { columns, rows, around, .. } => {
            let lead = overview::quiet(figure);
            crossed::parts(lead, (columns, rows), around.as_ref())
        }
        Body::Sessions { pairs } => sessions::pairs(pairs, figure.care, options),
    };
    let has_axis = !options.plain && parts.iter().any(|it| matches!(it, ChartPart::Course(_)));
    let ends = if has_axis { None } else { ends(figure) };
    Chart {
        title: clean_line(&figure.title),
        about: basis(figure, options.texts),
        parts,
        sentences: ends
            .into_iter()
            .chain(sentences(figure))
            .chain(earlier(figure, options, clock))
            .collect(),
        words: None,
    }
}

/// How to see what is older than what a screen shows.
fn earlier(figure: &Figure, options: FigureOptions, clock: &Clock) -> Option<String> {
    let (shown, older) = match &figure.body {
        Body::Moments { moments, older } => {
            let (shown, rest) = moments.split_at(moments.len().min(options.texts));
            let day = |moment: &FigureMoment| clock.day_of(moment.at);
            let oldest = day(shown.last()?);
            (shown.len(), rest.iter().map(day).find(|it| *it < oldest).or(*older))
        }
        Body::BeforeAfter { pairs, older, .. } => (pairs.len(), *older),
        Body::TooFew { .. }
        | Body::Days { .. }
        | Body::Weeks { .. }
        | Body::Counts { .. }
        | Body::Groups { .. }
        | Body::Scores { .. }
        | Body::Recurring { .. }
        | Body::Matrix { .. }
        | Body::Sessions { .. } => return None,
    };
    let count = figure.rests_on.checked_sub(shown).filter(|count| *count > 0)?;
    let ones = if count == 1 { "one isn't" } else { "ones aren't" };
    // Up to a day that is shown, the same ones would be.
    let how = older.map(|day| format!(" To see earlier days, add --to {day}."));
    let words = format!("{count} earlier {ones} shown.{}", how.unwrap_or_default());
    options.on_screen.then_some(words)
}

/// A square a day.
pub fn squares(first: NaiveDate, last: NaiveDate, days: &[FigureDay]) -> ChartPart {
    let entries = |count| count_of(count, "entry", "entries");
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
        let days = count_of(days, "day", "days");
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
    let months: Vec<FigureGroup> = if of < LEAST_BY_MONTH { Vec::new() } else { by_month(months) };
    let all = FigureGroup { group: "all".to_owned(), rests_on: of, counts: counts.to_vec() };
    let groups: Vec<FigureGroup> = std::iter::once(all).chain(months).collect();
    let stacked = if groups.len() > 1 { stacked(&groups) } else { None };
    // The first is of all months.
    let stacked = stacked.map(|table| Table { fold: Some(1), ..table });
    let table = stacked.unwrap_or_else(|| {
        let shown = &counts[..if counts.len() > MOST_BARS { MOST_BARS } else { counts.len() }];
        Table {
            below: unshown(&counts[shown.len()..]),
            ..bars(None, shown, of, WIDEST_ANSWER * of)
        }
    });
    vec![ChartPart::Tables(vec![table])]
}

/// What has no bar, with its number.
fn unshown(counts: &[Count]) -> Vec<String> {
    let count = |count: &Count| format!("{} {}", clean_line(&count.answer), count.times);
    let all: Vec<String> = counts.iter().map(count).collect();
    if all.is_empty() { Vec::new() } else { vec![format!("Also: {}.", all.join(", "))] }
}

/// The latest months by their names, and all before them together.
fn by_month(months: &[FigureGroup]) -> Vec<FigureGroup> {
    // One month takes no more room by its name than as what was before.
    let named = if months.len() == MOST_MONTHS + 1 { months.len() } else { MOST_MONTHS };
    let (earlier, latest) = months.split_at(months.len().saturating_sub(named));
    let sum = |at: usize, first: &Count| {
        let times = earlier.iter().filter_map(|month| month.counts.get(at));
        Count::new(first.answer.clone(), times.map(|count| count.times).sum())
    };
    let before = earlier.first().map(|first| FigureGroup {
        group: "before".to_owned(),
        rests_on: earlier.iter().map(|month| month.rests_on).sum(),
        counts: first.counts.iter().enumerate().map(|(at, count)| sum(at, count)).collect(),
    });
    let named = latest.iter();
    let named =
        named.map(|month| FigureGroup { group: short_month_name(&month.group), ..month.clone() });
    before.into_iter().chain(named).collect()
}

/// "2026-11" as "Nov 2026".
fn short_month_name(month: &str) -> String {
    let first: Result<NaiveDate, _> = format!("{month}-01").parse();
    first.map_or_else(|_| month.to_owned(), |day| day.format("%b %Y").to_string())
}

/// A bar for each answer; a whole one is every answer.
fn bars(title: Option<String>, counts: &[Count], of: usize, widest: usize) -> Table {
    let row = |count: &Count| {
        let value = format!("{} of {of}", count.times);
        let mark = ChartMark::Bar(count.times as f64 / of.max(1) as f64);
        TableRow::new(clean_line(&count.answer), vec![TableCell::new(value, mark)])
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
    match stacked(&named) {
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
fn stacked(groups: &[FigureGroup]) -> Option<Table> {
    let options: Vec<&Count> = groups.first()?.counts.iter().rev().collect();
    let whole = |group: &FigureGroup| {
        let sum: usize = group.counts.iter().map(|count| count.times).sum();
        sum == group.rests_on && group.rests_on > 0
    };
    if options.len() > MOST_PARTS || options.len() < 2 || !groups.iter().all(whole) {
        return None;
    }
    let row = |group: &FigureGroup| {
        let times: Vec<usize> = group.counts.iter().rev().map(|count| count.times).collect();
        let counts: Vec<String> = times.iter().map(usize::to_string).collect();
        let value = format!("{} of {}", counts.join(" · "), group.rests_on);
        TableRow::new(&group.group, vec![TableCell::new(value, ChartMark::Stack(times))])
    };
    let parts = options.iter().map(|option| clean_line(&option.answer)).collect();
    let widest = usize::MAX;
    let columns = vec![TableColumn { widest, ..TableColumn::headed("") }];
    let rows = groups.iter().map(row).collect();
    let few = groups.iter().any(|group| group.rests_on < LEAST_SHARE);
    let few = few.then(|| format!("Under {LEAST_SHARE}: no bar."));
    let mark_key = few.into_iter().collect();
    Some(Table { columns, rows, parts, mark_key, ..Table::default() })
}

/// While care is on, what tells of harm goes first.
fn recurring(answers: &[RecurringAnswer], running: Option<&AnswerRun>, care: bool) -> ChartPart {
    let in_row = running.map(|running| {
        let words = clean_line(&running.answer);
        format!("“{words}” {} times running.", number_words(running.times))
    });
    let (first, rest) = answers.split_at(answers.len().min(MOST_AGAIN));
    let hard = first.iter().take_while(|answer| care && answer.harm).count();
    let (hard, first) = first.split_at(hard);
    let again = |answer: &RecurringAnswer| {
        let (words, latest) = (clean_line(&answer.answer), short_day(answer.latest));
        format!("“{words}” {}, last on {latest}.", times(answer.times))
    };
    let more = match rest.len().saturating_sub(MOST_ALSO) {
        0 => String::new(),
        more => format!(", and {more} more (all with --json)"),
    };
    let rest = rest
        .iter()
        .take(MOST_ALSO)
        .map(|answer| format!("“{}” {}", clean_line(&answer.answer), times(answer.times)));
    let rest: Vec<String> = rest.collect();
    let rest = (!rest.is_empty()).then(|| format!("Also {}{more}.", rest.join(", ")));
    let lines = hard.iter().map(again).chain(in_row).chain(first.iter().map(again)).chain(rest);
    ChartPart::Lines(lines.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_before_is_more_than_one_month() {
        let month = |at: usize| FigureGroup {
            group: format!("{}-{:02}", 2025 + at / 12, 1 + at % 12),
            rests_on: 1,
            counts: Vec::new(),
        };
        let named = |months: usize| {
            let months: Vec<FigureGroup> = (0..months).map(month).collect();
            let named = by_month(&months);
            (named.len(), named[0].group.clone())
        };
        assert_eq!(named(13), (13, "Jan 2025".to_owned()));
        assert_eq!(named(14), (13, "before".to_owned()));
    }
}

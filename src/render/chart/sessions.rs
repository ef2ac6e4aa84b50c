//! Two answers to one question: before and after, then and now.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::pattern::{AnswerCount, BeforeAfter, Pair};

use super::super::report::number;
use super::super::terminal::short_day;
use super::super::{clean, clean_line, day_words};
use super::{
    ChartPart, DatedText, FigureOptions, Mark, Table, TableCell, TableColumn, TableRow, TextPair,
};

/// How an item that is asked of two people ends.
const ME: &str = "-me";
const PARTNER: &str = "-partner";

/// Then and now.
type PairDays = (NaiveDate, NaiveDate);

/// A row for each session, and one for their means.
pub fn moves(range: (f64, f64), means: (f64, f64), pairs: &[BeforeAfter]) -> ChartPart {
    let level = |value: f64| (value - range.0) / (range.1 - range.0).max(f64::EPSILON);
    let row = |name: String, before: f64, after: f64| {
        let mark = Mark::Move { then: Some(level(before)), now: Some(level(after)) };
        let value = format!("{} → {}", number(before), number(after));
        TableRow { name, cells: vec![TableCell::new(value, mark)] }
    };
    let mean = row("on average".to_owned(), means.0, means.1);
    let newest = pairs.iter().rev().map(|it| row(short_day(it.day), it.before, it.after));
    let ends = Some((number(range.0), number(range.1)));
    ChartPart::Tables(vec![Table {
        columns: vec![TableColumn { ends, ..TableColumn::headed("") }],
        rows: std::iter::once(mean).chain(newest).collect(),
        key: vec!["○ before  ● after".to_owned()],
        ..Table::default()
    }])
}

/// Items on a scale under their headings, what differs most first; then what was said in
/// words.
pub fn pairs(pairs: &[Pair], options: FigureOptions) -> Vec<ChartPart> {
    let (items, texts): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|it| it.scale.is_some());
    let mut sections: Vec<(Option<&str>, Vec<&Pair>)> = Vec::new();
    for item in items {
        let section = item.section.as_deref();
        match sections.last_mut().filter(|(last, _)| *last == section) {
            Some((_, of)) => of.push(item),
            None => sections.push((section, vec![item])),
        }
    }
    // The days of the newest, which the key names; an item of other days says so.
    let scaled = pairs.iter().filter(|pair| pair.scale.is_some());
    let newest = scaled.max_by_key(|pair| (pair.now.day, pair.then.day));
    let common = newest.map(|pair| (pair.then.day, pair.now.day));
    let mut tables: Vec<Table> =
        sections.iter().map(|(title, of)| dumbbells(*title, of, common, options)).collect();
    if let Some((table, newest)) = tables.last_mut().zip(newest) {
        table.key = key(newest);
    }
    let words = |pair: &&Pair| TextPair {
        asked: clean_line(&pair.asked),
        reworded: pair.reworded,
        then: dated(&pair.then),
        now: dated(&pair.now),
    };
    let texts: Vec<TextPair> = texts.iter().map(words).collect();
    let tables = (!tables.is_empty()).then_some(ChartPart::Tables(tables));
    let texts = (!texts.is_empty()).then_some(ChartPart::Pairs(texts));
    tables.into_iter().chain(texts).collect()
}

fn dated(answer: &AnswerCount) -> DatedText {
    DatedText {
        day: answer.day,
        near: day_words(answer.day),
        words: clean(&answer.said).into_owned(),
    }
}

/// One row an item; where it is asked of two people, both on it.
fn dumbbells(
    title: Option<&str>,
    of: &[&Pair],
    common: Option<PairDays>,
    options: FigureOptions,
) -> Table {
    let mut rows: Vec<(f64, &str, BTreeMap<usize, &Pair>)> = Vec::new();
    for pair in of {
        let (stem, column) = match pair.question.strip_suffix(PARTNER) {
            Some(stem) => (stem, 1),
            None => (pair.question.strip_suffix(ME).unwrap_or(&pair.question), 0),
        };
        let moved = pair.now.value.zip(pair.then.value).map_or(0.0, |(a, b)| (a - b).abs());
        match rows.iter_mut().find(|(_, known, _)| *known == stem) {
            Some((most, _, cells)) => {
                cells.insert(column, pair);
                *most = most.max(moved);
            }
            None => rows.push((moved, stem, BTreeMap::from([(column, *pair)]))),
        }
    }
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    let two = rows.iter().any(|(_, _, cells)| cells.contains_key(&1));
    let columns = if two { 2 } else { 1 };
    let row = |(_, _, cells): &(f64, &str, BTreeMap<usize, &Pair>)| {
        let first = cells.values().next();
        TableRow {
            name: first.map(|pair| name(pair)).unwrap_or_default(),
            cells: (0..columns).map(|at| cell(cells.get(&at).copied(), common)).collect(),
        }
    };
    let partner = options.partner.map_or_else(|| "your partner".to_owned(), clean_line);
    let headings = match two {
        true => vec!["you".to_owned(), format!("{partner}, as you saw it")],
        false => vec![String::new()],
    };
    Table {
        title: title.map(clean_line),
        columns: headings.iter().map(|heading| TableColumn::headed(heading)).collect(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}

fn name(pair: &Pair) -> String {
    let asked = clean_line(&pair.asked);
    if pair.reworded { format!("{asked} (worded otherwise then)") } else { asked }
}

fn cell(pair: Option<&Pair>, common: Option<PairDays>) -> TableCell {
    let Some((pair, scale)) = pair.and_then(|pair| Some((pair, pair.scale?))) else {
        return TableCell::default();
    };
    let (low, high) = (scale.min as f64, scale.max as f64);
    let level = |value: f64| (value - low) / (high - low).max(1.0);
    let words = |of: &AnswerCount| of.value.map_or_else(|| "–".to_owned(), number);
    let mark = Mark::Move { then: pair.then.value.map(level), now: pair.now.value.map(level) };
    let days = match common == Some((pair.then.day, pair.now.day)) {
        true => String::new(),
        false => format!(" ({}, {})", short_day(pair.then.day), short_day(pair.now.day)),
    };
    TableCell::new(format!("{} → {}{days}", words(&pair.then), words(&pair.now)), mark)
}

/// The days of both marks, and the words of the steps.
fn key(pair: &Pair) -> Vec<String> {
    let days = format!("○ {}  ● {}", short_day(pair.then.day), short_day(pair.now.day));
    let low = pair.scale.map_or(0, |scale| scale.min);
    let steps = pair.labels.iter().enumerate().filter(|(_, label)| !label.is_empty());
    let steps: Vec<String> =
        steps.map(|(at, label)| format!("{} {}", low + at as i64, clean_line(label))).collect();
    let steps = (!steps.is_empty()).then(|| steps.join(" · "));
    std::iter::once(days).chain(steps).collect()
}

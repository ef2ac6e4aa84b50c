//! One question before and after, in the same session.

use crate::pattern::BeforeAfter;
use crate::pattern::change::Change;

use super::super::claims::{afterwards, short_span_days};
use super::super::report::number;
use super::super::terminal::short_day;
use super::{ChartMark, ChartPart, MoveKey, Table, TableCell, TableColumn, TableRow};

/// A row for each session, and before them their mean, and those of the spans that are compared.
pub fn sessions(
    range: (f64, f64),
    means: (f64, f64),
    spans: &[Change],
    pairs: &[BeforeAfter],
) -> ChartPart {
    let level = |value: f64| (value - range.0) / (range.1 - range.0).max(f64::EPSILON);
    let row = |name: String, before: f64, after: f64| {
        let mark = ChartMark::Move { then: Some(level(before)), now: Some(level(after)) };
        let value = format!("{} → {}", number(before), number(after));
        TableRow::new(name, vec![TableCell::new(value, mark)])
    };
    let mean = row("on average".to_owned(), means.0, means.1);
    let of_span = |change: &Change| {
        let (before, after) = (change.then?.mean?, change.now.mean?);
        let span = change.now.span;
        let name = format!("{} ({})", short_span_days(span), change.now.answers);
        let mut row = row(name, before, after);
        let said = format!("{}  {}", row.cells[0].value, afterwards(change.claim));
        row.cells[0].value = said;
        Some(row)
    };
    let spans: Vec<TableRow> = spans.iter().filter_map(of_span).collect();
    let newest = pairs.iter().rev().map(|it| row(short_day(it.day), it.before, it.after));
    let ends = Some((number(range.0), number(range.1)));
    ChartPart::Tables(vec![Table {
        columns: vec![TableColumn { ends, ..TableColumn::headed("") }],
        moves: Some(MoveKey { then: "before".into(), now: "after".into(), seen: None }),
        // The first are of several.
        fold: Some(1 + spans.len()),
        rows: std::iter::once(mean).chain(spans).chain(newest).collect(),
        ..Table::default()
    }])
}

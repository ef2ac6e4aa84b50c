//! Answers of one session crossed with others, and the days around.

use crate::pattern::{ClosenessAround, MatrixRow};

use super::super::clean_line;
use super::super::report::number;
use super::{ChartPart, Mark, Table, TableCell, TableColumn, TableRow};

/// More columns than this don't fit beside each other.
const MOST_COLUMNS: usize = 4;

pub fn parts(
    columns: &[String],
    rows: &[MatrixRow],
    around: Option<&ClosenessAround>,
) -> Vec<ChartPart> {
    let heading = |column: &String| TableColumn::headed(&clean_line(column));
    let shown = &columns[..columns.len().min(MOST_COLUMNS)];
    let mut table = Table { columns: shown.iter().map(heading).collect(), ..Table::default() };
    table.rows = rows.iter().map(row).collect();
    let rest = columns.len() - shown.len();
    let others: Vec<String> = columns[shown.len()..].iter().map(|it| clean_line(it)).collect();
    table.key = match rest {
        0 => Vec::new(),
        _ => vec![format!("Not shown: {}.", others.join("; "))],
    };
    let mut parts = vec![ChartPart::Tables(vec![table])];
    parts.extend(lead(columns, rows));
    parts.extend(around.map(|around| ChartPart::Tables(vec![days(around)])));
    parts
}

fn row(row: &MatrixRow) -> TableRow {
    let cell = |count: &usize| TableCell::new(count.to_string(), Mark::Dots(*count));
    TableRow {
        name: format!("{} ({})", clean_line(&row.answer), row.times),
        cells: row.counts.iter().take(MOST_COLUMNS).map(cell).collect(),
    }
}

/// The row that went with the first column most often, in words.
fn lead(columns: &[String], rows: &[MatrixRow]) -> Option<ChartPart> {
    let (first, row) = columns.first().zip(rows.first())?;
    let count = row.counts.first().filter(|count| **count > 0)?;
    let (answer, first) = (clean_line(&row.answer), clean_line(first));
    Some(ChartPart::Lines(vec![format!("“{answer}”: “{first}” {count} of {}.", row.times)]))
}

fn days(around: &ClosenessAround) -> Table {
    let row = |day: &crate::pattern::AroundDay| {
        let name = match day.after {
            0 => "the day itself".to_owned(),
            -1 => "the day before".to_owned(),
            1 => "the day after".to_owned(),
            days if days < 0 => format!("{} days before", -days),
            days => format!("{days} days after"),
        };
        let level = |mean: f64| (mean - around.low) / (around.high - around.low).max(1.0);
        let (value, mark) = match day.mean {
            Some(mean) => (format!("{} ({})", number(mean), day.answers), Mark::Bar(level(mean))),
            None => (format!("too few ({})", day.answers), Mark::None),
        };
        TableRow { name, cells: vec![TableCell::new(value, mark)] }
    };
    let ends = Some((number(around.low), number(around.high)));
    let column = TableColumn { ends, widest: usize::MAX, ..TableColumn::right("") };
    Table {
        title: Some(format!("On the days around: {}", clean_line(&around.title))),
        columns: vec![column],
        rows: around.days.iter().map(row).collect(),
        ..Table::default()
    }
}

//! Tables as a page has room for them: fewer columns, or numbers without marks.

use super::super::chart::{ChartMark, Table};
use super::widths::{GAP, Widths};

/// Columns that a table can spare are left out before names get less room than this.
pub const ROOM_FOR_NAMES: usize = 24;

/// Tables as a page has room for them, and what is to be said of that.
pub struct FittingTables {
    pub tables: Vec<Table>,
    pub key: Vec<String>,
    pub has_marks: bool,
}

/// Is there room for names beside the columns?
pub fn fits(tables: &[Table], width: usize) -> bool {
    let widths = Widths::fitting(tables, width, GAP);
    widths.is_some_and(|it| it.name >= ROOM_FOR_NAMES || it.hold_names(tables))
}

/// Leaves out as many of the last columns as don't fit beside the names, where tables can
/// spare them, and says which.
pub fn with_columns_that_fit(all: &[Table], width: usize) -> FittingTables {
    let mut tables = all.to_vec();
    while !fits(&tables, width) {
        let mut spared = tables.iter_mut().filter(|table| table.spare > 0).peekable();
        if spared.peek().is_none() {
            return narrow_form(all, width);
        }
        spared.for_each(Table::spare_column);
    }
    let left_out = tables.iter().zip(all).flat_map(|(table, whole)| {
        whole.columns[table.columns.len()..].iter().map(|column| &*column.heading)
    });
    let left_out: Vec<&str> = left_out.collect();
    let key = (!left_out.is_empty()).then(|| format!("Not shown: {}.", left_out.join("; ")));
    FittingTables { tables, key: key.into_iter().collect(), has_marks: true }
}

/// The first of these that fits: a bar of parts as the count of its first part; numbers without
/// marks; and else everything, one below the other.
fn narrow_form(all: &[Table], width: usize) -> FittingTables {
    let parts = all.iter().find_map(|table| table.parts.first());
    let key = parts.map(|part| format!("The number is how often “{part}”."));
    let of_parts: Vec<Table> = all.iter().map(of_first_part).collect();
    let forms = [(of_parts, key, true), (without_marks(all), None, false)];
    let fits = |tables: &Vec<Table>| Widths::of_fewest_rows(tables, width).is_some();
    let form = forms.into_iter().find(|(tables, ..)| tables != all && fits(tables));
    let (tables, key, has_marks) = form.unwrap_or_else(|| (all.to_vec(), None, true));
    FittingTables { tables, key: key.into_iter().collect(), has_marks }
}

/// “2 of 14” for “2 · 3 · 4 · 5 of 14”.
fn of_first_part(table: &Table) -> Table {
    let mut table = table.clone();
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let ChartMark::Stack(times) = &cell.mark {
            let first = times.first().copied().unwrap_or(0);
            cell.value = format!("{first} of {}", times.iter().sum::<usize>());
        }
    }
    table
}

/// Numbers alone, of tables that have some beside each mark.
fn without_marks(all: &[Table]) -> Vec<Table> {
    let cells = || all.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let mut tables = all.to_vec();
    if cells().all(|cell| cell.mark == ChartMark::None || !cell.value.is_empty()) {
        let rows = tables.iter_mut().flat_map(|table| &mut table.rows);
        rows.flat_map(|row| &mut row.cells).for_each(|cell| cell.mark = ChartMark::None);
    }
    tables
}

//! How wide the columns of tables are: so that they fit, and take the fewest rows.

use textwrap::core::display_width;

use super::super::chart::{Table, TableColumn};
use super::marks::{self, LONGEST_BAR};

pub const INDENT: usize = 2;
pub const GAP: usize = 2;
/// Longer words of a heading are broken.
const LONGEST_WORD: usize = 9;
/// The narrowest bar beside a name.
const LEAST_BAR: usize = 8;
/// A name is never wrapped into less.
const LEAST_NAME: usize = 14;

/// How wide the name is, and the value and the mark of each column.
pub struct Widths {
    pub name: usize,
    pub columns: Vec<(usize, usize)>,
    /// Between two columns.
    pub gap: usize,
}

impl Widths {
    /// `None` where names would have no room beside the rest.
    pub fn fitting(all: &[Table], width: usize, gap: usize) -> Option<Widths> {
        Widths::with_bar(all, width, gap, LONGEST_BAR / 2)
    }

    /// `None` where names would have no room beside the rest, with bars of at least `least`
    /// columns.
    pub fn with_bar(all: &[Table], width: usize, gap: usize, least: usize) -> Option<Widths> {
        let count = all.iter().map(|table| table.columns.len()).max().unwrap_or(0);
        let mut columns = Vec::with_capacity(count);
        let mut open = None;
        for at in 0..count {
            let cells =
                || all.iter().flat_map(|table| &table.rows).filter_map(|row| row.cells.get(at));
            let widest = all.iter().filter_map(|table| table.columns.get(at));
            let widest = widest.map(|column| column.widest).max().unwrap_or(0);
            let value = cells().map(|cell| display_width(&cell.value)).max().unwrap_or(0);
            let marks: Vec<Option<usize>> =
                cells().map(|cell| marks::width(&cell.mark, widest)).collect();
            if marks.iter().any(Option::is_none) {
                open = Some(at);
            }
            let mark = marks.into_iter().flatten().max().unwrap_or(0);
            // The words above it have room, too.
            let heading = all.iter().filter_map(|table| table.columns.get(at)).map(longest_word);
            let missing = heading.max().unwrap_or(0).saturating_sub(column_width((value, mark)));
            columns.push((value + missing, mark));
        }
        let longest = longest_name(all);
        let used = INDENT + columns.iter().map(|it| gap + column_width(*it)).sum::<usize>();
        let bar = open.map_or(0, |_| gap + least);
        let room = width.saturating_sub(used + bar);
        let name = longest.min(room);
        if room < longest.min(LEAST_NAME) || width < used + name {
            return None;
        }
        if let Some(at) = open {
            let rest = width.saturating_sub(used + name + 1);
            columns[at].1 = rest.min(LONGEST_BAR);
        }
        Some(Widths { name, columns, gap })
    }

    /// The widths that fit with which headings and names take the fewest rows. A column may be
    /// wider than it needs, if its heading saves more rows than names then take.
    pub fn of_fewest_rows(all: &[Table], width: usize) -> Option<Widths> {
        let fitting = |gap| Widths::fitting(all, width, gap);
        let wider = |widths: &Widths| {
            let tallest = heading_rows(all, widths);
            (1..tallest).filter_map(|rows| widths.with_headings_in(rows, all, width)).collect()
        };
        let narrow = || Widths::with_bar(all, width, 1, LEAST_BAR);
        let fitting: Vec<Widths> = [GAP, 1].into_iter().filter_map(fitting).collect();
        let fitting = if fitting.is_empty() { narrow().into_iter().collect() } else { fitting };
        let all_fitting = fitting.into_iter().flat_map(|widths| {
            let wider: Vec<Widths> = wider(&widths);
            std::iter::once(widths).chain(wider)
        });
        all_fitting.min_by_key(|widths| heading_rows(all, widths) + widths.name_rows(all))
    }

    /// Widens the columns until no heading takes more than `rows`; `None` where names would
    /// have no room beside them, or a bar would get narrower.
    fn with_headings_in(&self, rows: usize, all: &[Table], width: usize) -> Option<Widths> {
        let widened = |(at, (value, mark)): (usize, &(usize, usize))| {
            let mut headings = all.iter().filter_map(|table| table.columns.get(at));
            let holds = |missing: usize| {
                let width = column_width((value + missing, *mark)).max(1);
                headings.clone().all(|column| textwrap::wrap(&column.heading, width).len() <= rows)
            };
            let missing = (0..=width).find(|missing| holds(*missing));
            let is_open = headings.any(|column| column.widest > 0);
            missing.filter(|missing| *missing == 0 || !is_open).map(|it| (value + it, *mark))
        };
        let columns: Option<Vec<(usize, usize)>> =
            self.columns.iter().enumerate().map(widened).collect();
        let columns = columns?;
        let used = INDENT + columns.iter().map(|it| self.gap + column_width(*it)).sum::<usize>();
        let longest = longest_name(all);
        let name = longest.min(width.saturating_sub(used));
        (name >= longest.min(LEAST_NAME)).then_some(Widths { name, columns, gap: self.gap })
    }

    fn name_rows(&self, all: &[Table]) -> usize {
        let rows = all.iter().flat_map(|table| &table.rows);
        rows.map(|row| textwrap::wrap(&row.name, self.name.max(1)).len()).sum()
    }

    /// Does each name fit on one line?
    pub fn hold_names(&self, tables: &[Table]) -> bool {
        let mut rows = tables.iter().flat_map(|table| &table.rows);
        rows.all(|row| display_width(&row.name) <= self.name)
    }
}

fn longest_name(all: &[Table]) -> usize {
    let rows = all.iter().flat_map(|table| &table.rows);
    rows.map(|row| display_width(&row.name)).max().unwrap_or(0)
}

/// The rows of the tallest heading.
fn heading_rows(all: &[Table], widths: &Widths) -> usize {
    let rows = |table: &Table| {
        let columns = table.columns.iter().zip(&widths.columns);
        let rows = columns.map(|(column, widths)| {
            textwrap::wrap(&column.heading, column_width(*widths).max(1)).len()
        });
        rows.max().unwrap_or(0)
    };
    all.iter().map(rows).max().unwrap_or(0)
}

/// The width of the heading's longest word, up to which it is wrapped at words.
fn longest_word(column: &TableColumn) -> usize {
    let words = column.heading.split(' ').map(display_width);
    words.max().unwrap_or(0).min(LONGEST_WORD)
}

pub fn column_width((value, mark): (usize, usize)) -> usize {
    value + mark + if value > 0 && mark > 0 { 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::super::super::chart::{TableCell, TableRow};
    use super::*;

    #[test]
    fn a_heading_is_as_wide_as_makes_the_fewest_rows_of_it_and_of_the_names() {
        let headings = ["I went quiet", "I gave in to keep the peace", "I left"];
        let columns = headings.map(TableColumn::headed).to_vec();
        let cells = headings.map(|_| TableCell::words("1")).to_vec();
        let rows = vec![TableRow::new("Plans changed (2)", cells)];
        let table = [Table { columns, rows, ..Table::default() }];
        let rows = |width| {
            let widths = Widths::of_fewest_rows(&table, width).unwrap();
            (heading_rows(&table, &widths), widths.name_rows(&table))
        };
        assert_eq!(rows(80), (1, 1));
        assert_eq!(rows(40), (3, 1), "a name in two rows would make no fewer");
        let narrow = Widths::fitting(&table, 80, GAP).unwrap();
        assert!(heading_rows(&table, &narrow) > 1, "as wide as its longest word, it would be");
    }
}

//! Tables on a page too narrow for columns.

use textwrap::core::display_width;

use super::super::TextPage;
use super::super::chart::{Table, TableCell, TableColumn};
use super::marks::{self, LONGEST_BAR};
use super::table::titles;
use super::without_colour;

/// What parts the cells of one row.
const BETWEEN: &str = " · ";

/// For a narrow page: the name, and below it what belongs to it.
pub fn one_below_the_other(table: &Table, page: &TextPage) -> Vec<String> {
    let mut lines = titles(table, page);
    let room = page.width.saturating_sub(5).clamp(8, LONGEST_BAR / 2);
    for row in &table.rows {
        lines.extend(page.wrap(&row.name, "  ").lines().map(str::to_owned));
        let cells = row.cells.iter().zip(&table.columns);
        let units = cells.filter_map(|(cell, column)| CellUnit::of(cell, column, room));
        let mut line = "   ".to_owned();
        for unit in units {
            let have = display_width(&without_colour(&line));
            let gap = if have > 3 { BETWEEN } else { " " };
            let is_full = have > 3 && have + display_width(gap) + unit.width() > page.width;
            if is_full {
                lines.push(std::mem::replace(&mut line, "   ".to_owned()));
            }
            let gap = if is_full { " " } else { gap };
            if 4 + unit.width() > page.width {
                let mark =
                    (!unit.mark.is_empty()).then(|| format!("    {}", page.accent(&unit.mark)));
                lines.extend(mark);
                lines.extend(page.wrap(&unit.words, "    ").lines().map(str::to_owned));
                continue;
            }
            line += &format!("{gap}{}", unit.text(page));
        }
        if !line.trim().is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// A cell's mark, its heading and its value: they stay on one line.
struct CellUnit {
    mark: String,
    words: String,
}

impl CellUnit {
    /// `None` of a cell without an answer.
    fn of(cell: &TableCell, column: &TableColumn, room: usize) -> Option<CellUnit> {
        let width = marks::width(&cell.mark, column.widest).unwrap_or(room);
        let mark = marks::draw(&cell.mark, width.min(room.max(12)));
        let words = if cell.value.is_empty() {
            String::new()
        } else if column.heading.is_empty() {
            cell.value.clone()
        } else {
            format!("{}: {}", column.heading, cell.value)
        };
        (!mark.is_empty() || !words.is_empty()).then_some(CellUnit { mark, words })
    }

    fn width(&self) -> usize {
        let gap = usize::from(!self.mark.is_empty() && !self.words.is_empty());
        display_width(&self.mark) + gap + display_width(&self.words)
    }

    fn text(&self, page: &TextPage) -> String {
        match (self.mark.as_str(), self.words.as_str()) {
            ("", words) => words.to_owned(),
            (mark, "") => page.accent(mark),
            (mark, words) => format!("{} {words}", page.accent(mark)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::chart::{ChartMark, TableRow};
    use super::super::{Spacing, tables};
    use super::*;

    const PLAIN: TextPage = TextPage { width: 40, colour: false };

    /// What was done, each so often beside one row.
    fn crossed(counts: &[(&str, usize)], spare: usize) -> Table {
        let columns = counts.iter().map(|(name, _)| TableColumn::headed(name)).collect();
        let cell = |(_, count): &(&str, usize)| match count {
            0 => TableCell::default(),
            count => TableCell::new(count.to_string(), ChartMark::Dots(*count)),
        };
        let cells = counts.iter().map(cell).collect();
        let row = TableRow::new("It was too much at once (7)", cells);
        Table { columns, rows: vec![row], spare, ..Table::default() }
    }

    #[test]
    fn a_mark_stays_with_its_words_and_an_empty_cell_has_no_heading() {
        let counts = [("I went quiet", 3), ("I left", 0), ("I got busy with something", 1)];
        let drawn = one_below_the_other(&crossed(&counts, 0), &PLAIN).join("\n");
        let expected = "  It was too much at once (7)
    ●●● I went quiet: 3
    ● I got busy with something: 1";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn cells_of_one_line_are_parted_and_each_value_stands_behind_its_heading() {
        let drawn = one_below_the_other(&crossed(&[("I left", 2), ("I joked", 1)], 0), &PLAIN);
        assert_eq!(drawn[1], "    ●● I left: 2 · ● I joked: 1");
    }

    #[test]
    fn columns_are_shown_as_far_as_they_fit_and_the_rest_is_named() {
        let names = ["I went quiet", "I stayed", "I gave in", "I left", "I argued", "I joked"];
        let table = crossed(&names.map(|name| (name, 2)), 3);
        let page = |width| TextPage { width, colour: false };
        let wide = tables(std::slice::from_ref(&table), Spacing::Loose, &page(200));
        assert!(wide.contains("joked") && !wide.contains("Not shown"), "{wide}");
        let narrow = tables(std::slice::from_ref(&table), Spacing::Loose, &page(64));
        assert!(narrow.contains("argued") && narrow.contains("Not shown: I joked."), "{narrow}");
    }
}

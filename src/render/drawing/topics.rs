//! Questions and what answers them, all rows in one set of columns; where a page has no
//! room for them, without the marks, and at last in words.

use textwrap::core::display_width;

use super::super::TextPage;
use super::super::chart::{ChartMark, ChartTopic, Table};
use super::WIDEST;
use super::table::{headings, rows_in_columns};
use super::widths::{GAP, Widths};

/// A narrower page has a line for each row that says something, and one for the rest.
const NARROW: usize = 72;

/// Has a page of this width room for columns?
pub fn has_columns(page: &TextPage) -> bool {
    page.width >= NARROW
}

pub fn draw(topics: &[ChartTopic], page: &TextPage) -> String {
    let tables: Vec<Table> = topics.iter().map(|topic| topic.table.clone()).collect();
    let columns = if has_columns(page) { columns(tables, page) } else { None };
    let key = |table: &Table, has_marks: bool| {
        let marks = table.mark_key.iter().filter(|_| has_marks);
        let words: Vec<&str> = table.key.iter().chain(marks).map(String::as_str).collect();
        (!words.is_empty()).then(|| page.quiet(&page.wrap(&words.join(" "), "")) + "\n")
    };
    let Some((tables, widths)) = columns else {
        let words: String = topics.iter().map(|topic| in_words(topic, page)).collect();
        let keys = topics.iter().filter_map(|topic| key(&topic.table, false));
        return words + &keys.collect::<String>();
    };
    let has_rows = |table: &&Table| !table.rows.is_empty();
    let heads = tables.iter().find(has_rows).map(|table| headings(table, &widths));
    let mut text: String =
        heads.into_iter().flatten().map(|line| page.quiet(&line) + "\n").collect();
    for (topic, table) in topics.iter().zip(&tables) {
        text += &heading(topic, page);
        let rows = rows_in_columns(table, &widths, page).into_iter();
        text += &rows.map(|line| line + "\n").collect::<String>();
        text += &topic.lines.iter().map(|it| page.wrap(it, "  ") + "\n").collect::<String>();
    }
    let keys = tables.iter().filter_map(|table| key(table, true));
    text + &keys.collect::<String>()
}

/// The widest set of columns that fits: narrower gaps sooner than two lines a name, and
/// no marks sooner than no columns.
fn columns(tables: Vec<Table>, page: &TextPage) -> Option<(Vec<Table>, Widths)> {
    let width = page.width.min(WIDEST);
    let fitting = |tables: &[Table], gap| {
        Widths::fitting(tables, width, gap).filter(|widths| widths.hold_names(tables))
    };
    if let Some(widths) = fitting(&tables, GAP).or_else(|| fitting(&tables, 1)) {
        return Some((tables, widths));
    }
    let without: Vec<Table> = tables.iter().map(without_marks).collect();
    let widths = fitting(&without, GAP).or_else(|| Widths::fitting(&without, width, 1))?;
    Some((without, widths))
}

fn without_marks(table: &Table) -> Table {
    let is_drawn = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        cells.any(|cell| cell.mark != ChartMark::None)
    };
    let shown: Vec<bool> = (0..table.columns.len()).map(|at| !is_drawn(at)).collect();
    fn keep<T: Clone>(all: &[T], shown: &[bool]) -> Vec<T> {
        all.iter().zip(shown).filter(|(_, shown)| **shown).map(|(it, _)| it.clone()).collect()
    }
    let columns = keep(&table.columns, &shown);
    let mut without = Table { columns, mark_key: Vec::new(), ..table.clone() };
    for row in &mut without.rows {
        row.cells = keep(&row.cells, &shown);
    }
    without
}

/// The days behind the question, where there is room for them.
fn heading(topic: &ChartTopic, page: &TextPage) -> String {
    let question = page.strong(&page.wrap(&topic.heading, ""));
    let room = page.width.saturating_sub(display_width(&topic.heading) + GAP);
    match &topic.days {
        Some(days) if display_width(days) <= room => format!("{question}  {}\n", page.quiet(days)),
        Some(days) => format!("{question}\n{}\n", page.quiet(&page.wrap(days, "  "))),
        None => format!("{question}\n"),
    }
}

fn in_words(topic: &ChartTopic, page: &TextPage) -> String {
    let lines = topic.brief.iter().chain(&topic.lines);
    let lines: String = lines.map(|line| page.wrap(line, "  ") + "\n").collect();
    format!("{}\n{lines}", page.strong(&page.wrap(&topic.heading, "")))
}

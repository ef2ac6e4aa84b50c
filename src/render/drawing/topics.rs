//! Questions and what answers them, all rows in one set of columns; where a page has no
//! room for them, without the marks, and at last in words.

use textwrap::core::display_width;

use super::super::TextPage;
use super::super::chart::{ChartMark, ChartTopic, Table, TableCell};
use super::WIDEST;
use super::fitting::ROOM_FOR_NAMES;
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
        let words: Vec<&str> = marks.chain(&table.key).map(String::as_str).collect();
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

/// The widest set of columns that fits: narrower gaps sooner than two lines a name, that
/// sooner than no marks, and no marks sooner than no columns.
fn columns(tables: Vec<Table>, page: &TextPage) -> Option<(Vec<Table>, Widths)> {
    let width = page.width.min(WIDEST);
    let tables = without_empty_columns(tables);
    let fitting = |tables: &[Table], gap| {
        Widths::fitting(tables, width, gap).filter(|widths| widths.hold_names(tables))
    };
    let wrapped = || Widths::fitting(&tables, width, 1).filter(|it| it.name >= ROOM_FOR_NAMES);
    if let Some(widths) = fitting(&tables, GAP).or_else(|| fitting(&tables, 1)).or_else(wrapped) {
        return Some((tables, widths));
    }
    let without: Vec<Table> = tables.iter().map(without_drawn_columns).collect();
    let widths = fitting(&without, GAP).or_else(|| Widths::fitting(&without, width, 1))?;
    Some((without, widths))
}

fn without_drawn_columns(table: &Table) -> Table {
    let is_drawn = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        cells.any(|cell| cell.mark != ChartMark::None)
    };
    let shown: Vec<bool> = (0..table.columns.len()).map(|at| !is_drawn(at)).collect();
    Table { mark_key: Vec::new(), ..with_columns(table, &shown) }
}

/// Leaves out columns that are empty in every table, as “then” is in a young journal.
fn without_empty_columns(tables: Vec<Table>) -> Vec<Table> {
    let count = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    let has_any = |at: usize| {
        let mut rows = tables.iter().flat_map(|table| &table.rows);
        rows.any(|row| row.cells.get(at).is_some_and(|cell| *cell != TableCell::default()))
    };
    let shown: Vec<bool> = (0..count).map(has_any).collect();
    tables.iter().map(|table| with_columns(table, &shown)).collect()
}

fn with_columns(table: &Table, shown: &[bool]) -> Table {
    fn keep<T: Clone>(all: &[T], shown: &[bool]) -> Vec<T> {
        all.iter().zip(shown).filter(|(_, shown)| **shown).map(|(it, _)| it.clone()).collect()
    }
    let mut with = Table { columns: keep(&table.columns, shown), ..table.clone() };
    for row in &mut with.rows {
        row.cells = keep(&row.cells, shown);
    }
    with
}

/// The question, and what holds for its rows behind it where there's room.
fn heading(topic: &ChartTopic, page: &TextPage) -> String {
    let words = topic.heading_and_look();
    let question = page.strong(&page.wrap(&words, ""));
    let room = page.width.saturating_sub(display_width(&words) + GAP);
    let about = match topic.about.as_slice() {
        [] => return format!("{question}\n"),
        [about] => about.clone(),
        several => several.join(". ") + ".",
    };
    if display_width(&about) <= room {
        format!("{question}  {}\n", page.quiet(&about))
    } else {
        format!("{question}\n{}\n", page.quiet(&page.wrap(&about, "  ")))
    }
}

/// The rows in words. A heading that isn't a question has its only row beside it, where
/// there's room.
fn in_words(topic: &ChartTopic, page: &TextPage) -> String {
    let lines: Vec<&String> = topic.brief.iter().chain(&topic.lines).collect();
    let is_question = topic.heading.ends_with('?');
    if let ([line], false) = (lines.as_slice(), is_question)
        && display_width(&topic.heading) + GAP + display_width(line) <= page.width
    {
        return format!("{}  {line}\n", page.strong(&topic.heading));
    }
    let lines: String = lines.into_iter().map(|line| page.wrap(line, "  ") + "\n").collect();
    format!("{}\n{lines}", page.strong(&page.wrap(&topic.heading_and_look(), "")))
}

//! How much room the first of two sheets has for the items of a questionnaire, in points. Of
//! each measure it takes the smaller of Letter, which is lower, and A4, which is narrower;
//! the heights are those that a browser gives the page's style when it prints.

use unicode_width::UnicodeWidthChar;

use super::super::chart::{Chart, ChartPart, ChartTopic, Table};

/// The last line of Letter may end here.
const BOTTOM: f64 = 752.0;
/// Fonts differ by a hair.
const SPARE: f64 = 12.0;
/// Where the first title begins, below a head of three lines.
const HEAD: f64 = 108.5;
/// A title, and what is above each but the first.
const TITLE: f64 = 16.5;
const ABOVE_TITLE: f64 = 5.5;
/// A curve with its title and axes.
const CURVE: f64 = 127.0;
/// A question of the first rows, with what is above it.
const QUESTION: f64 = 16.5;
/// A line by itself, and one more of the same paragraph.
const LINE: f64 = 12.75;
const NEXT_LINE: f64 = 11.25;
/// A row of a table, its title and its headings.
const ROW: f64 = 12.4;
/// A line of the sheet, and of one of its columns, in letters.
const SHEET_WIDTH: usize = 110;
pub const COLUMN_WIDTH: usize = 55;
/// A line of a title of the second sheet, in letters, and where the first begins.
const TITLE_WIDTH: usize = 40;
const TOP: f64 = 40.0;
/// A line of an item's name, in letters, beside the marks of two people, beside such with
/// notes (“2 → 1 *”), and beside the marks of one.
const NAME_BESIDE_TWO: usize = 18;
const NAME_BESIDE_NOTES: usize = 14;
pub const NAME_BESIDE_ONE: usize = 36;

const NARROW: &str = "fijlrt .,;:'()|";

/// How high the columns of items may be below the rest of the sheet.
pub fn room_for_items(
    about: &str,
    overview: Option<&Chart>,
    year: Option<&Chart>,
    items: &Chart,
) -> f64 {
    let head = HEAD + paragraph(about, SHEET_WIDTH) - LINE;
    let overview =
        overview.map_or(0.0, |chart| TITLE + of_parts(chart) + of_sentences(chart) + ABOVE_TITLE);
    let year = year.map_or(0.0, |chart| CURVE + of_sentences(chart) + ABOVE_TITLE);
    let tables = items.parts.iter().flat_map(ChartPart::tables);
    let above: f64 = tables
        .map(|table| {
            let above = table.above.iter().map(|line| paragraph(line, SHEET_WIDTH)).sum::<f64>();
            above + if table.moves.is_some() { LINE } else { 0.0 }
        })
        .sum();
    let items = TITLE + LINE + above + of_sentences(items);
    BOTTOM - SPARE - head - overview - year - items
}

/// How high two columns of these are: what is in one table isn't parted.
pub fn columns_height(tables: &[Table]) -> f64 {
    let blocks = tables.iter().flat_map(|table| {
        let below = table.below.iter().map(|line| paragraph(line, COLUMN_WIDTH));
        std::iter::once(table_height(table)).chain(below)
    });
    in_two_columns(&blocks.collect::<Vec<f64>>())
}

/// Do these fit on the second sheet, in its two columns?
pub fn fit_second_sheet<'c>(charts: impl Iterator<Item = &'c Chart>) -> bool {
    in_two_columns(&charts.map(section_height).collect::<Vec<f64>>()) <= BOTTOM - SPARE - TOP
}

/// Its parts stay in their order, and none is parted.
fn in_two_columns(blocks: &[f64]) -> f64 {
    let height = |at: usize| {
        let (left, right) = blocks.split_at(at);
        left.iter().sum::<f64>().max(right.iter().sum())
    };
    (0..=blocks.len()).map(height).fold(f64::INFINITY, f64::min)
}

/// A theme, or items, with the title above it.
fn section_height(chart: &Chart) -> f64 {
    let part = |part: &ChartPart| match part {
        ChartPart::Texts(texts) => {
            texts.iter().map(|text| LINE + paragraph(&text.words, COLUMN_WIDTH)).sum()
        }
        ChartPart::Tables(tables) => {
            let below = tables.iter().flat_map(|table| &table.below);
            let below: f64 = below.map(|line| paragraph(line, COLUMN_WIDTH)).sum();
            LINE + below + tables.iter().map(table_height).sum::<f64>()
        }
        ChartPart::Topics(_)
        | ChartPart::Calendar(_)
        | ChartPart::Course(_)
        | ChartPart::Pairs(_)
        | ChartPart::Lines(_) => 0.0,
    };
    let title = TITLE + ABOVE_TITLE + paragraph(&chart.title, TITLE_WIDTH) - LINE;
    title + chart.parts.iter().map(part).sum::<f64>()
}

fn table_height(table: &Table) -> f64 {
    let has_headings = table.columns.iter().any(|column| !column.heading.is_empty());
    let above = usize::from(table.title.is_some()) + usize::from(has_headings);
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    let has_notes = cells.any(|cell| cell.value.split(' ').count() > 3);
    let width = match (table.columns.len() > 1, has_notes) {
        (true, true) => NAME_BESIDE_NOTES,
        (true, false) => NAME_BESIDE_TWO,
        (false, _) => NAME_BESIDE_ONE,
    };
    let rows = table.rows.iter().map(|row| paragraph(&row.name, width) - LINE + ROW);
    above as f64 * ROW + rows.sum::<f64>()
}

fn of_parts(chart: &Chart) -> f64 {
    let of_part = |part: &ChartPart| match part {
        ChartPart::Topics(topics) => topics.iter().enumerate().map(of_topic).sum(),
        ChartPart::Lines(lines) => lines.iter().map(|line| paragraph(line, SHEET_WIDTH)).sum(),
        ChartPart::Tables(_)
        | ChartPart::Calendar(_)
        | ChartPart::Course(_)
        | ChartPart::Texts(_)
        | ChartPart::Pairs(_) => 0.0,
    };
    chart.parts.iter().map(of_part).sum()
}

/// The headings of its columns stand above the first alone.
fn of_topic((at, topic): (usize, &ChartTopic)) -> f64 {
    let has_headings = at == 0 && !topic.table.rows.is_empty();
    let rows = topic.table.rows.len() + usize::from(has_headings);
    let marks = &topic.table.mark_key;
    let about = (!topic.about.is_empty()).then(|| topic.about.join(". "));
    let lines = about.iter().chain(&topic.lines).chain(marks).chain(&topic.table.key);
    let lines: f64 = lines.map(|line| paragraph(line, SHEET_WIDTH)).sum();
    QUESTION + rows as f64 * ROW + lines
}

fn of_sentences(chart: &Chart) -> f64 {
    if chart.sentences.is_empty() {
        0.0
    } else {
        paragraph(&chart.sentences.join(" "), SHEET_WIDTH)
    }
}

fn paragraph(words: &str, width: usize) -> f64 {
    let lines = (letters(words) / width as f64).ceil().max(1.0);
    LINE + (lines - 1.0) * NEXT_LINE
}

/// How wide it is in letters of mean width.
fn letters(words: &str) -> f64 {
    let width = |letter: char| {
        if NARROW.contains(letter) { 0.6 } else { 1.08 * letter.width().unwrap_or(0) as f64 }
    };
    words.chars().map(width).sum()
}

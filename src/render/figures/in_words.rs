//! Parts of a chart in words: a line for each row, which names what it counts, and all
//! that is to be known to understand it. Nothing stands beside anything else.

use super::super::TextPage;
use super::super::chart::{ChartPart, MoveKey, Table};
use super::super::drawing::{self, Spacing};

pub fn part(part: &ChartPart, page: &TextPage) -> String {
    match part {
        ChartPart::Tables(tables) => tables.iter().map(|it| table(it, page)).collect(),
        ChartPart::Topics(topics) => topics.iter().map(|it| table(&it.table, page)).collect(),
        ChartPart::Calendar(calendar) => rows(&calendar.rows, page),
        ChartPart::Course(course) => rows(&course.rows, page),
        ChartPart::Pairs(pairs) => drawing::one_by_one(pairs, page),
        ChartPart::Texts(_) | ChartPart::Lines(_) => drawing::part(part, Spacing::Loose, page),
    }
}

/// Its key goes first where rows can't be understood without it.
fn table(table: &Table, page: &TextPage) -> String {
    let title = table.title.as_ref().map(|title| page.strong(&page.wrap(title, "")) + "\n");
    let above = table.moves.iter().map(MoveKey::in_words).chain(table.above.clone());
    let rows = table.rows_in_words().into_iter();
    let rest = table.below.iter().chain(&table.key).cloned();
    let above = above.map(|it| line(&it, page));
    above.chain(title).chain(rows.chain(rest).map(|it| line(&it, page))).collect()
}

fn rows(rows: &[(String, String)], page: &TextPage) -> String {
    rows.iter().map(|(name, value)| line(&format!("{name}: {value}"), page)).collect()
}

fn line(words: &str, page: &TextPage) -> String {
    page.wrap(words, "  ") + "\n"
}

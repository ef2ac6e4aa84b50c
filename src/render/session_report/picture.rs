//! The answers of a session as rows of dots, or one below the other in words.

use textwrap::core::display_width;

use crate::pattern::{ItemAnswer, ItemBlock, SessionReport};

use super::super::clean_line;
use super::super::terminal::{cut, pad};
use super::super::two_columns::{COLUMN_WIDTH, two_columns};
use super::{ME, PARTNER, ReportLayout, WIDE, item_name, person};

/// Where the first column of dots stands, and how wide a column is.
const NAMES: usize = 33;
const COLUMN: usize = 19;
/// The names in two blocks beside each other.
const BESIDE_NAMES: usize = 30;
/// A scale of more steps is told in numbers.
const MOST_DOTS: i64 = 7;

/// What stands behind the name of an item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PictureColumn {
    /// Dots, and the words of the step.
    Words,
    /// Dots alone, two blocks beside each other.
    Dots,
}

/// Blocks, drawn as there is room.
pub fn draw_blocks(blocks: &[ItemBlock], column: PictureColumn, layout: ReportLayout) -> String {
    match (layout.draws(), column, blocks) {
        (true, PictureColumn::Dots, [left, right]) => beside(left, right, layout),
        (true, ..) => joined(blocks.iter().map(|block| drawn(block, layout))),
        (false, ..) => joined(blocks.iter().map(|block| in_words(block, layout))),
    }
}

fn joined(blocks: impl Iterator<Item = String>) -> String {
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// What the dots stand for, where no words stand beside them.
pub fn legend(report: &SessionReport, layout: ReportLayout) -> String {
    let Some(item) = report.beside_sections.iter().flat_map(|block| &block.items).next() else {
        return String::new();
    };
    if !layout.draws() || report.beside_sections.len() != 2 {
        return String::new();
    }
    let steps = item.scale.min..=item.scale.max;
    let step = |step| format!("{} {}", dots(item, step), clean_line(&item.words(step)));
    let steps: Vec<String> = steps.map(step).collect();
    let wide = steps.join("   ");
    if display_width(&wide) <= layout.page.width { wide } else { layout.wrap(&steps.join("  ")) }
}

/// One row an item; of two people, both on it.
fn drawn(block: &ItemBlock, layout: ReportLayout) -> String {
    let people = people(block);
    let words = |item: &ItemAnswer| format!("{} {}", mark(item), clean_line(&item.answer_words()));
    let rows: Vec<String> = if people.is_empty() {
        let alone = |item| row(&format!("  {}", item_name(item, layout)), [words(item)]);
        block.items.iter().map(alone).collect()
    } else {
        let both = |name: String| {
            let of = |person: &String| {
                let is_it =
                    |item: &&ItemAnswer| item.name == name && item.person.as_ref() == Some(person);
                block.items.iter().find(is_it).map(words).unwrap_or_default()
            };
            row(&format!("  {}", clean_line(&name)), people.iter().map(of))
        };
        names(block).into_iter().map(both).collect()
    };
    let heads = people.iter().map(|person| heading(person, layout));
    let title = row(&clean_line(&block.title), heads);
    let title = (!title.is_empty()).then(|| layout.page.strong(&title));
    title.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// A name, and what stands in the columns behind it.
fn row(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let mut text = cut(name, NAMES - 1);
    for (at, cell) in cells.into_iter().enumerate() {
        let gap = (NAMES + at * COLUMN).saturating_sub(display_width(&text)).max(1);
        text += &(" ".repeat(gap) + &cell);
    }
    text.trim_end().to_owned()
}

/// The people that the items are about; none if an item is about nobody in particular.
fn people(block: &ItemBlock) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for item in &block.items {
        match &item.person {
            Some(person) if !people.contains(person) => people.push(person.clone()),
            Some(_) => {}
            None => return Vec::new(),
        }
    }
    people
}

fn names(block: &ItemBlock) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for item in &block.items {
        if !names.contains(&item.name) {
            names.push(item.name.clone());
        }
    }
    names
}

/// "you", or "Sam, as you saw it". A long name gives way to what follows it.
fn heading(person: &str, layout: ReportLayout) -> String {
    let seen = |name: &str| {
        let room = WIDE - NAMES - COLUMN - SAW.len();
        format!("{}{SAW}", cut(name, room))
    };
    match person {
        ME => "you".to_owned(),
        PARTNER => seen(&layout.partner_name()),
        other => seen(&clean_line(other)),
    }
}

const SAW: &str = ", as you saw it";

fn beside(left: &ItemBlock, right: &ItemBlock, layout: ReportLayout) -> String {
    let row = |item: &ItemAnswer| {
        let whose = short_person(item, layout).map(|person| format!(": {person}"));
        let name = format!("{}{}", clean_line(&item.name), whose.unwrap_or_default());
        format!("  {}{}", pad(&cut(&name, BESIDE_NAMES - 1), BESIDE_NAMES), mark(item))
    };
    let rows = |block: &ItemBlock| -> Vec<String> {
        let title = layout.page.strong(&cut(&clean_line(&block.title), COLUMN_WIDTH));
        std::iter::once(title).chain(block.items.iter().map(row)).collect()
    };
    two_columns(&rows(left), &rows(right)).join("\n")
}

/// “them” for a partner without a name, as there is little room.
fn short_person(item: &ItemAnswer, layout: ReportLayout) -> Option<String> {
    match (item.person.as_deref(), layout.partner) {
        (Some(PARTNER), None) => Some("them".to_owned()),
        _ => person(item, layout),
    }
}

/// One answer below the other.
fn in_words(block: &ItemBlock, layout: ReportLayout) -> String {
    let row = |item: &ItemAnswer| {
        let answer = clean_line(&item.answer_words());
        layout.hang(&format!("{}: {answer}", item_name(item, layout)), "  ")
    };
    let title = clean_line(&block.title);
    let title = (!title.is_empty()).then(|| layout.page.strong(&layout.wrap(&title)));
    title.into_iter().chain(block.items.iter().map(row)).collect::<Vec<_>>().join("\n")
}

/// As many dots as the scale has steps above its first.
fn mark(item: &ItemAnswer) -> String {
    match item.step {
        Some(step) => dots(item, step),
        None => {
            let steps = usize::try_from(item.scale.max - item.scale.min).unwrap_or(1);
            pad(" –", if has_dots(item) { steps } else { 2 })
        }
    }
}

fn dots(item: &ItemAnswer, step: i64) -> String {
    if !has_dots(item) {
        return step.to_string();
    }
    let full = usize::try_from(step - item.scale.min).unwrap_or(0);
    let open = usize::try_from(item.scale.max - step).unwrap_or(0);
    "●".repeat(full) + &"○".repeat(open)
}

fn has_dots(item: &ItemAnswer) -> bool {
    item.scale.max - item.scale.min <= MOST_DOTS
}

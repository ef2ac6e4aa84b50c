//! Items that were answered differently, a row each: what differs most first.

use std::collections::BTreeMap;

use crate::pattern::{DatedAnswer, Pair};
use crate::practice::ScaleEnd;

use super::super::super::clean_line;
use super::super::super::report::number;
use super::super::{ChartMark, FigureOptions, Table, TableCell, TableColumn, TableRow};
use super::days::PairDays;
use super::{ME, is_of_harm, is_unchanged, name, name_of, people};

/// How much any of its people differs and how much all do, the item, and what is known of each
/// person, by its column.
type ItemRow<'p> = ((f64, f64), &'p str, BTreeMap<usize, &'p Pair>);

/// By how much it got harder, of whoever it did more, from 0 to 1.
fn harder(cells: &BTreeMap<usize, &Pair>) -> f64 {
    let of = |pair: &&Pair| {
        let (then, now) = pair.then.value.zip(pair.now.value)?;
        let (scale, end) = pair.scale.zip(pair.hard_end)?;
        let rise = (now - then) / (scale.max - scale.min).max(1) as f64;
        Some(if end == ScaleEnd::High { rise } else { -rise })
    };
    cells.values().filter_map(of).fold(0.0, f64::max)
}

/// One row an item; where it is asked of several people, all on it. With `of_harm` what tells of
/// that goes first, fear before the rest, and has its row though it was answered the same; with
/// `keeps_harm` no page leaves it out for want of room.
pub fn dumbbells(
    title: Option<&str>,
    (of, of_harm, keeps_harm): (&[&Pair], bool, bool),
    days: &PairDays,
    options: FigureOptions,
) -> Table {
    // What is asked of nobody alone stands with the writer's own.
    let mut people: Vec<Option<&str>> = people(of).into_iter().map(Some).collect();
    if of.iter().any(|pair| pair.person.is_none()) && !people.contains(&Some(ME)) {
        people.insert(0, None);
    }
    let mut rows: Vec<ItemRow> = Vec::new();
    for pair in of {
        let item = pair.item();
        let is_asked = |person: &Option<&str>| pair.person.as_deref() == *person;
        let column = people.iter().position(is_asked).unwrap_or(0);
        let moved = pair.now.value.zip(pair.then.value).map_or(0.0, |(a, b)| (a - b).abs());
        match rows.iter_mut().find(|(_, known, _)| *known == item) {
            Some((most, _, cells)) => {
                cells.insert(column, pair);
                *most = (most.0.max(moved), most.1 + moved);
            }
            None => rows.push(((moved, moved), item, BTreeMap::from([(column, *pair)]))),
        }
    }
    let has_row = |pair: &Pair| !is_unchanged(pair) || of_harm && is_of_harm(pair);
    rows.retain(|(_, _, cells)| cells.values().any(|pair| has_row(pair)));
    // By how much either of the two differs, then by what got harder, then by how much both do.
    rows.sort_by(|(a, _, in_a), (b, _, in_b)| {
        let by_harder = || harder(in_b).total_cmp(&harder(in_a));
        b.0.total_cmp(&a.0).then_with(by_harder).then(b.1.total_cmp(&a.1))
    });
    if of_harm {
        let any = |cells: &BTreeMap<usize, &Pair>, is: fn(&Pair) -> bool| {
            cells.values().any(|pair| is(pair))
        };
        rows.sort_by_key(|(_, _, of)| (!any(of, |it| it.fear), !any(of, is_of_harm)));
    }
    let last = rows.iter().filter_map(|(_, _, cells)| cells.keys().last()).max();
    let shown = last.and_then(|last| people.get(..=*last)).unwrap_or_default();
    let headings: Vec<String> = match shown {
        [] | [None | Some(ME)] => vec![String::new()],
        several => several
            .iter()
            .map(|person| person.map_or(String::new(), |person| name_of(person, options)))
            .collect(),
    };
    let row = |(_, _, cells): &ItemRow| {
        let first = cells.values().next();
        let all = (0..headings.len()).map(|at| cell(cells.get(&at).copied(), days)).collect();
        let harm = keeps_harm && cells.values().any(|pair| is_of_harm(pair));
        let row = TableRow::new(first.map(|pair| name(pair)).unwrap_or_default(), all);
        TableRow { harm, harder: harder(cells), ..row }
    };
    Table {
        title: title.map(clean_line),
        columns: headings.iter().map(|heading| TableColumn::headed(heading)).collect(),
        rows: rows.iter().map(row).collect(),
        ..Table::default()
    }
}

fn cell(pair: Option<&Pair>, days: &PairDays) -> TableCell {
    let Some((pair, scale)) = pair.and_then(|pair| Some((pair, pair.scale?))) else {
        return TableCell::default();
    };
    let (low, high) = (scale.min as f64, scale.max as f64);
    let level = |value: f64| (value - low) / (high - low).max(1.0);
    let words = |of: &DatedAnswer| of.value.map_or_else(|| "–".to_owned(), number);
    let mark = ChartMark::Move { then: pair.then.value.map(level), now: pair.now.value.map(level) };
    // The days stand below: they would widen every row.
    TableCell::new(format!("{} → {}{}", words(&pair.then), words(&pair.now), days.note(pair)), mark)
}

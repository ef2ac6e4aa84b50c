//! Two answers to one question, then and now.

use crate::pattern::{DatedAnswer, Pair};

use super::super::report::number;
use super::super::{clean, clean_line, day_words};
use super::{ChartPart, DatedText, FigureOptions, MoveKey, Table, TextPair};

mod days;
mod items;

use days::PairDays;
pub use days::{is_notes, keep_used_notes};
use items::dumbbells;

/// Of whom an item is asked.
const ME: &str = "me";
const PARTNER: &str = "partner";

/// Instead of what was answered about fear.
pub(crate) const PRIVATE: &str =
    "Answers to private questions aren't shown here; `inward show` shows them.";

/// Instead of [`PRIVATE`], where means leave them out too.
pub const PRIVATE_UNCOUNTED: &str =
    "Private answers aren't shown or counted here; `inward show` shows them.";

/// Items on a scale under their headings, what differs most first; then what was said in
/// words.
/// While care is on, what hurt goes before the rest. What was answered about fear stays off
/// the screen in every journal: a gap in one alone would tell.
pub fn pairs(pairs: &[Pair], care: bool, options: FigureOptions) -> Vec<ChartPart> {
    let of_harm = care && !options.on_screen;
    // On paper and in care, what was good doesn't push out what hurt.
    let keeps_harm = care || !options.on_screen;
    let pairs: &[Pair] = &if of_harm { since_first(pairs) } else { pairs.to_vec() };
    let is_private = |pair: &Pair| pair.fear && options.on_screen;
    let has_private = pairs.iter().any(is_private);
    let pairs = || pairs.iter().filter(|pair| !is_private(pair));
    let (items, texts): (Vec<&Pair>, Vec<&Pair>) = pairs().partition(|it| it.scale.is_some());
    let mut sections: Vec<(Option<&str>, Vec<&Pair>)> = Vec::new();
    for item in items {
        let section = item.section.as_deref();
        match sections.last_mut().filter(|(last, _)| *last == section) {
            Some((_, of)) => of.push(item),
            None => sections.push((section, vec![item])),
        }
    }
    if care {
        sections.sort_by_key(|(_, of)| !of.iter().any(|pair| is_of_harm(pair)));
    }
    let days = PairDays::of(sections.iter().flat_map(|(_, of)| of));
    let mut tables: Vec<Table> = sections
        .iter()
        .map(|(title, of)| dumbbells(*title, (of, of_harm, keeps_harm), &days, options))
        .collect();
    // What was answered the same is told below.
    let has_items = !tables.is_empty();
    tables.retain(|table| !table.rows.is_empty());
    if tables.is_empty() && has_items {
        tables.push(Table::default());
    }
    if let Some(table) = tables.first_mut() {
        let all: Vec<&Pair> = sections.iter().flat_map(|(_, of)| of.iter().copied()).collect();
        let others = people(&all).into_iter().filter(|person| *person != ME);
        let others: Vec<String> = others.map(|person| name_of(person, options)).collect();
        let seen = (!others.is_empty()).then(|| format!("{}: as you saw it", others.join(" and ")));
        table.moves = days.common().map(|(then, now)| MoveKey { then, now, seen });
        table.above.extend(sections.iter().flat_map(|(_, of)| of).find_map(|pair| steps(pair)));
    }
    if let Some(table) = tables.last_mut() {
        let has_row = |pair: &&&Pair| of_harm && is_of_harm(pair);
        let others = sections.iter().flat_map(|(_, of)| of).filter(|pair| !has_row(pair));
        table.below = unchanged(others.copied(), &days, options);
        table.below.extend(days.others());
    }
    let words = |pair: &&Pair| TextPair {
        asked: clean_line(&pair.asked),
        reworded: pair.reworded,
        then: dated(&pair.then),
        now: dated(&pair.now),
    };
    let texts: Vec<TextPair> = texts.iter().map(words).collect();
    let tables = (!tables.is_empty()).then_some(ChartPart::Tables(tables));
    let texts = (!texts.is_empty()).then_some(ChartPart::Pairs(texts));
    let private = has_private.then(|| ChartPart::Lines(vec![PRIVATE.to_owned()]));
    tables.into_iter().chain(private).chain(texts).collect()
}

fn dated(answer: &DatedAnswer) -> DatedText {
    DatedText {
        day: answer.day,
        near: day_words(answer.day),
        words: clean(&answer.said).into_owned(),
    }
}

/// Of whom they are asked, the writer first.
fn people<'p>(of: &[&'p Pair]) -> Vec<&'p str> {
    let mut people: Vec<&str> = Vec::new();
    for person in of.iter().filter_map(|pair| pair.person.as_deref()) {
        if !people.contains(&person) {
            people.push(person);
        }
    }
    people.sort_by_key(|person| *person != ME);
    people
}

/// Was it answered the same both times?
fn is_unchanged(pair: &Pair) -> bool {
    pair.then.value.is_some() && pair.then.value == pair.now.value
}

fn is_of_harm(pair: &Pair) -> bool {
    pair.harm || pair.fear
}

/// What tells of fear or harm, where the last two answers are alike, against the first: what
/// rose before them has not gone.
fn since_first(pairs: &[Pair]) -> Vec<Pair> {
    let since = |pair: &Pair| {
        let first = pair.first.clone().filter(|_| is_of_harm(pair) && is_unchanged(pair));
        let reworded = pair.reworded && first.is_none();
        Pair { then: first.unwrap_or_else(|| pair.then.clone()), reworded, ..pair.clone() }
    };
    pairs.iter().map(since).collect()
}

fn name(pair: &Pair) -> String {
    let asked = clean_line(&pair.asked);
    if pair.reworded { format!("{asked} (in other words then)") } else { asked }
}

/// Items that were answered the same both times, in one line.
fn unchanged<'p>(
    pairs: impl Iterator<Item = &'p Pair>,
    days: &PairDays,
    options: FigureOptions,
) -> Vec<String> {
    let mut items: Vec<(String, Vec<&Pair>)> = Vec::new();
    for pair in pairs {
        match items.iter_mut().find(|(known, of)| *known == name(pair) && is_same_item(of, pair)) {
            Some((_, of)) => of.push(pair),
            None => items.push((name(pair), vec![pair])),
        }
    }
    items.retain(|(_, of)| of.iter().all(|pair| is_unchanged(pair)));
    let item = |(name, of): &(String, Vec<&Pair>)| {
        let value = |pair: &Pair| pair.now.value.map(number).unwrap_or_default() + &days.note(pair);
        if let [you, partner] = of.as_slice()
            && value(you) == value(partner)
        {
            return format!("{name} {} (both)", value(you));
        }
        let of_whom = |pair: &&Pair| match person(pair, options) {
            Some(person) => format!("{} ({person})", value(pair)),
            None => value(pair),
        };
        format!("{name} {}", of.iter().map(of_whom).collect::<Vec<_>>().join(" and "))
    };
    let items: Vec<String> = items.iter().map(item).collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![format!("The same both times: {}.", items.join("; "))]
}

/// Is it the same item, asked about the other person?
fn is_same_item(of: &[&Pair], pair: &Pair) -> bool {
    of.iter().all(|other| other.item() == pair.item())
}

/// Whose answer it is about, where it is asked of several.
fn person(pair: &Pair, options: FigureOptions) -> Option<String> {
    pair.person.as_deref().map(|person| name_of(person, options))
}

fn name_of(person: &str, options: FigureOptions) -> String {
    match person {
        ME => "you".to_owned(),
        PARTNER => options.partner.map_or_else(|| "your partner".to_owned(), clean_line),
        other => clean_line(other),
    }
}

/// The words of the steps: "0 not at all · 1 rarely".
fn steps(pair: &Pair) -> Option<String> {
    let low = pair.scale?.min;
    let steps = pair.labels.iter().enumerate().filter(|(_, label)| !label.is_empty());
    let steps: Vec<String> =
        steps.map(|(at, label)| format!("{} {}", low + at as i64, clean_line(label))).collect();
    (!steps.is_empty()).then(|| steps.join(" · "))
}

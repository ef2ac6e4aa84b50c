//! Which two days each item compares: those of most items once, in the key, and the rest
//! behind marks.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::pattern::Pair;

use super::super::super::terminal::short_day;
use super::super::Table;

/// The marks of footnotes, in the order that print uses.
const MARKS: [&str; 5] = ["*", "†", "‡", "§", "¶"];

/// Separates the notes.
const BETWEEN: &str = " · ";

/// Pairs of days: first the one that most items compare, then from the newest.
pub struct PairDays(Vec<(NaiveDate, NaiveDate)>);

impl PairDays {
    pub fn of<'p>(pairs: impl Iterator<Item = &'p &'p Pair>) -> PairDays {
        let mut counted: Vec<(usize, (NaiveDate, NaiveDate))> = Vec::new();
        for of in pairs.map(|pair| days(pair)) {
            match counted.iter_mut().find(|(_, known)| *known == of) {
                Some((count, _)) => *count += 1,
                None => counted.push((1, of)),
            }
        }
        counted.sort_by_key(|(count, (then, now))| Reverse((*count, *now, *then)));
        let rest = counted.get_mut(1..).unwrap_or_default();
        rest.sort_by_key(|(_, (then, now))| Reverse((*now, *then)));
        PairDays(counted.into_iter().map(|(_, of)| of).collect())
    }

    /// What the key names.
    pub fn common(&self) -> Option<(String, String)> {
        self.0.first().map(|(then, now)| (short_day(*then), short_day(*now)))
    }

    /// " *" behind the numbers of an item that compares other days.
    pub fn note(&self, pair: &Pair) -> String {
        let place = self.0.iter().position(|of| *of == days(pair));
        let other = place.and_then(|place| place.checked_sub(1));
        other.map(|at| format!(" {}", mark(at))).unwrap_or_default()
    }

    /// "* 10 Aug 2026 → 10 Nov 2026 · † 10 Aug 2026 → 10 Oct 2026"
    pub fn others(&self) -> Option<String> {
        let other = |(at, (then, now)): (usize, &(NaiveDate, NaiveDate))| {
            format!("{} {} → {}", mark(at), short_day(*then), short_day(*now))
        };
        let others: Vec<String> = self.0.iter().skip(1).enumerate().map(other).collect();
        (!others.is_empty()).then(|| others.join(BETWEEN))
    }
}

/// Leaves out of `PairDays::others` what no row and no other line is marked with any more.
pub fn keep_used_notes(tables: &mut [Table]) {
    let cells = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let lines = tables.iter().flat_map(|table| &table.below).filter(|line| !is_notes(line));
    let words = cells.map(|cell| &cell.value).chain(lines);
    let words = words.flat_map(|words| words.split([' ', ';', '.']));
    let used: HashSet<String> = words.filter(|it| is_mark(it)).map(str::to_owned).collect();
    for line in tables.iter_mut().flat_map(|table| &mut table.below) {
        if is_notes(line) {
            let is_used = |note: &&str| note.split(' ').next().is_some_and(|it| used.contains(it));
            *line = line.split(BETWEEN).filter(is_used).collect::<Vec<_>>().join(BETWEEN);
        }
    }
    tables.iter_mut().for_each(|table| table.below.retain(|line| !line.is_empty()));
}

pub fn is_notes(line: &str) -> bool {
    line.split(' ').next().is_some_and(is_mark)
}

fn is_mark(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| MARKS.iter().any(|mark| mark.contains(letter)))
}

fn days(pair: &Pair) -> (NaiveDate, NaiveDate) {
    (pair.then.day, pair.now.day)
}

/// The mark of the n-th note, doubled after the last and so on.
fn mark(at: usize) -> String {
    MARKS[at % MARKS.len()].repeat(1 + at / MARKS.len())
}

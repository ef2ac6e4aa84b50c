//! Days one after another, some at a time.

use chrono::NaiveDate;

use super::names::Name;
use super::read::Kept;

/// How many entries are in memory at once, about.
const LARGEST: usize = 4096;

/// Which days come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    NewestFirst,
    OldestFirst,
}

/// What is known of a day by name.
#[derive(Default)]
pub struct Day<'n, 'a> {
    /// The names of entries with one file each.
    pub names: Vec<&'n [Name<'a>]>,
    /// Those of several had to be opened, to know the day.
    pub kept: Vec<Kept>,
}

/// Some days.
pub struct Window<'n, 'a> {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub names: Vec<&'n [Name<'a>]>,
    pub kept: Vec<Kept>,
}

impl Window<'_, '_> {
    fn size(&self) -> usize {
        self.names.len() + self.kept.len()
    }
}

/// Puts days together. Where few entries are wanted, the first windows are small.
pub fn cut<'n, 'a>(
    days: impl Iterator<Item = (NaiveDate, Day<'n, 'a>)>,
    few: Option<usize>,
) -> Vec<Window<'n, 'a>> {
    let mut size = few.map_or(LARGEST, |few| few.min(LARGEST));
    let mut windows: Vec<Window> = Vec::new();
    for (day, Day { names, kept }) in days {
        match windows.last_mut().filter(|window| window.size() < size) {
            Some(window) => {
                (window.first, window.last) = (window.first.min(day), window.last.max(day));
                window.names.extend(names);
                window.kept.extend(kept);
            }
            None => {
                if !windows.is_empty() {
                    size = (size * 4).min(LARGEST);
                }
                windows.push(Window { first: day, last: day, names, kept });
            }
        }
    }
    windows
}

/// Stretches windows over the days between them, so that they have every day.
pub fn meet(windows: &mut [Window], order: Order) {
    let mut next = NaiveDate::MIN;
    let mut stretch = |window: &mut Window| {
        window.first = next;
        next = window.last.succ_opt().unwrap_or(NaiveDate::MAX);
    };
    match order {
        Order::NewestFirst => windows.iter_mut().rev().for_each(&mut stretch),
        Order::OldestFirst => windows.iter_mut().for_each(&mut stretch),
    }
    let newest = match order {
        Order::NewestFirst => windows.first_mut(),
        Order::OldestFirst => windows.last_mut(),
    };
    newest.into_iter().for_each(|window| window.last = NaiveDate::MAX);
}

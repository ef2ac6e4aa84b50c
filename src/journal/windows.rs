//! Days one after another, some at a time.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::names::Name;
use super::read::Kept;

/// How many entries are in memory at once, about.
const LARGEST: usize = 2048;

/// Which days come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    NewestFirst,
    OldestFirst,
}

/// Some days.
pub struct Window<'n, 'a> {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// The entries with one file each, the earliest day first.
    pub names: &'n [Name<'a>],
    /// Those of several had to be opened, to know the day.
    pub kept: Vec<Kept>,
}

/// Puts days together, of which `names` are in order. Where few entries are
/// wanted, the first windows are small.
pub fn cut<'n, 'a>(
    mut names: &'n [Name<'a>],
    kept: Vec<Kept>,
    order: Order,
    few: Option<usize>,
) -> Vec<Window<'n, 'a>> {
    let mut size = few.map_or(LARGEST, |few| few.clamp(1, LARGEST));
    let mut others: BTreeMap<NaiveDate, Vec<Kept>> = BTreeMap::new();
    for kept in kept {
        others.entry(kept.entry.day()).or_default().push(kept);
    }
    let mut windows = Vec::new();
    while !names.is_empty() {
        let at = whole_days(names, size, order);
        let (before, after) = names.split_at(at);
        let (these, rest) = match order {
            Order::OldestFirst => (before, after),
            Order::NewestFirst => (after, before),
        };
        let of_these = match order {
            _ if rest.is_empty() => std::mem::take(&mut others),
            Order::OldestFirst => {
                let later = others.split_off(&after[0].parts.day);
                std::mem::replace(&mut others, later)
            }
            Order::NewestFirst => others.split_off(&after[0].parts.day),
        };
        windows.extend(window(these, of_these));
        (names, size) = (rest, (size * 4).min(LARGEST));
    }
    windows.extend(window(names, others));
    windows
}

/// Where to cut off so many names or a few more: no day is cut in two.
fn whole_days(names: &[Name], size: usize, order: Order) -> usize {
    let same_day = |at: usize| names[at - 1].parts.day == names[at].parts.day;
    match order {
        Order::OldestFirst => {
            let at = size.min(names.len());
            (at..names.len()).find(|at| !same_day(*at)).unwrap_or(names.len())
        }
        Order::NewestFirst => {
            let at = names.len().saturating_sub(size);
            (1..=at).rev().find(|at| !same_day(*at)).unwrap_or(0)
        }
    }
}

fn window<'n, 'a>(
    names: &'n [Name<'a>],
    others: BTreeMap<NaiveDate, Vec<Kept>>,
) -> Option<Window<'n, 'a>> {
    let of_names = names.iter().map(|name| name.parts.day);
    let days = || of_names.clone().chain(others.keys().copied());
    let (first, last) = (days().min()?, days().max()?);
    Some(Window { first, last, names, kept: others.into_values().flatten().collect() })
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

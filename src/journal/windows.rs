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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Entry;
    use crate::journal::names::Month;
    use proptest::prelude::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
    }

    /// One that had several files.
    fn kept(n: u32) -> Kept {
        let at = format!("{}T12:00:00Z", day(n));
        let entry = serde_json::json!({
            "format": 1, "id": "k3v9q2m8ab", "revision": "x7f2qd", "practice": "write",
            "at": at, "written": at
        });
        let entry = Entry::from_json(entry.to_string().as_bytes()).unwrap();
        Kept { entry, beside: Vec::new(), revisions: Vec::new(), files: Vec::new() }
    }

    proptest! {
        #[test]
        fn windows_have_every_entry_once_in_order_and_no_day_twice(
            mut days in prop::collection::vec(1..31u32, 0..60),
            others in prop::collection::vec(1..31u32, 0..8),
            few in 0..20usize,
            newest in any::<bool>(),
        ) {
            days.sort_unstable();
            let lines = days.iter().enumerate().map(|(n, on)| {
                format!("{}-aaaaaaaa{n:02}.aaaaaa.age\n", day(*on))
            });
            let month = Month {
                path: "/journal/2026/03".into(),
                stamp: None,
                settled: true,
                names: lines.collect(),
                odd: Vec::new(),
            };
            let names: Vec<Name> = month.iter().collect();
            let order = if newest { Order::NewestFirst } else { Order::OldestFirst };
            let kept: Vec<Kept> = others.iter().map(|n| kept(*n)).collect();
            let mut windows = cut(&names, kept, order, (few > 0).then_some(few));
            if newest {
                windows.reverse();
            }
            let ids = |names: &[Name]| names.iter().map(|n| n.parts.id.to_owned()).collect::<Vec<_>>();
            let cut: Vec<String> = windows.iter().flat_map(|window| ids(window.names)).collect();
            prop_assert_eq!(cut, ids(&names));
            prop_assert_eq!(windows.iter().map(|w| w.kept.len()).sum::<usize>(), others.len());
            for window in &windows {
                let of_names = window.names.iter().map(|name| name.parts.day);
                let mut days = of_names.chain(window.kept.iter().map(|kept| kept.entry.day()));
                prop_assert!(days.all(|day| (window.first..=window.last).contains(&day)));
            }
            prop_assert!(windows.is_sorted_by(|a, b| a.last < b.first), "no day in two");
        }
    }
}

//! Whose turn it is among the practices of a month, so that they never pile up.

use chrono::NaiveDate;

use super::{Cadence, Practice, Practices};

/// Days after the first entry before the first of them is due.
const SETTLED: i64 = 7;
/// Days for which one of them has its turn, and in which no other has.
const TURN: i64 = 7;

/// The turn that a day lies in, from 0; none before the second week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn(i64);

impl Turn {
    fn of(day: NaiveDate, begun: NaiveDate) -> Option<Turn> {
        let days = (day - begun).num_days();
        (days >= SETTLED).then_some(Turn((days - SETTLED) / TURN))
    }
}

/// Which one of these is due today, if any: each week another comes first, and once
/// one was kept in a week, no other is due in it. What is passed over waits for its
/// next turn, and keeps none of the others from theirs.
pub fn monthly_turn<'a>(
    names: &[&'a str],
    is_due: impl Fn(&str) -> bool,
    last: impl Fn(&str) -> Option<NaiveDate>,
    begun: NaiveDate,
    today: NaiveDate,
) -> Option<&'a str> {
    let turn = Turn::of(today, begun)?;
    let kept = |name: &&str| last(name).and_then(|day| Turn::of(day, begun)) == Some(turn);
    if names.iter().any(kept) {
        return None;
    }
    let first = usize::try_from(turn.0).ok()? % names.len().max(1);
    let in_turn = names[first..].iter().chain(&names[..first]);
    in_turn.copied().find(|name| is_due(name))
}

impl Practices {
    /// The names of the practices of a month, in the order of the list.
    pub fn monthly(&self) -> Vec<&str> {
        self.due(|_, cadence| cadence == Cadence::Monthly).map(|p| p.name.as_str()).collect()
    }
}

impl Practice {
    /// Is it due each day?
    pub fn is_daily(&self) -> bool {
        self.cadence.is_daily()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::Days;

    use super::*;

    const NAMES: [&str; 4] = ["needs", "assess", "grow", "look"];

    fn day(number: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 2).unwrap() + Days::new(number)
    }

    /// The days on which each was kept, by whoever keeps of what is due only this.
    fn kept_in(days: u64, keeps: impl Fn(&str, u64) -> bool) -> BTreeMap<&'static str, Vec<u64>> {
        let mut kept: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
        for today in 0..days {
            let last = |name: &str| kept.get(name).and_then(|all| all.last()).map(|n| day(*n));
            let is_due =
                |name: &str| last(name).is_none_or(|then| (day(today) - then).num_days() >= 30);
            let due = monthly_turn(&NAMES, is_due, last, day(0), day(today));
            if let Some(name) = due.filter(|name| keeps(name, today)) {
                kept.entry(name).or_default().push(today);
            }
        }
        kept
    }

    #[test]
    fn the_first_comes_in_the_second_week_and_one_a_week_after_that() {
        let kept = kept_in(120, |_, _| true);
        let mut all: Vec<u64> = kept.values().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all[..4], [7, 14, 21, 28]);
        let weeks: Vec<u64> = all.iter().map(|n| n / 7).collect();
        assert!(weeks.windows(2).all(|two| two[0] < two[1]), "{all:?}");
        for (name, days) in &kept {
            let far = days.windows(2).all(|two| (30..=42).contains(&(two[1] - two[0])));
            assert!(far && days.len() >= 3, "{name} {days:?}");
        }
    }

    #[test]
    fn what_is_never_kept_holds_none_of_the_others_up() {
        let kept = kept_in(120, |name, _| name == "grow");
        assert_eq!(kept.keys().copied().collect::<Vec<_>>(), ["grow"]);
        assert!(kept["grow"].len() >= 3, "{kept:?}");
    }

    #[test]
    fn an_absence_of_two_months_brings_one_at_a_time() {
        let kept = kept_in(100, |_, today| today >= 60);
        let mut all: Vec<u64> = kept.values().flatten().copied().collect();
        all.sort_unstable();
        assert!(all.windows(2).all(|two| two[1] / 7 > two[0] / 7), "{all:?}");
        assert_eq!(kept.len(), 4);
    }

    #[test]
    fn where_there_is_none_none_is_due() {
        assert_eq!(monthly_turn(&[], |_| true, |_| None, day(0), day(30)), None);
        assert_eq!(monthly_turn(&NAMES, |_| true, |_| None, day(9), day(0)), None);
    }
}

//! How often a practice is due, and whether it is due now.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};

use crate::config::Clock;

/// How often a practice is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Each day, until the setting `morning-ends`.
    Morning,
    /// Each day, from the setting `evening-begins`.
    Evening,
    /// Each day.
    Daily,
    /// Seven days after it was last kept.
    Weekly,
    /// Each week from this day on.
    On(Weekday),
    /// A month after it was last kept.
    Monthly,
    /// Never of itself.
    AsNeeded,
}

impl Cadence {
    /// Every cadence by the word that files and settings have for it.
    pub const ALL: &'static [(&'static str, Cadence)] = &[
        ("morning", Cadence::Morning),
        ("evening", Cadence::Evening),
        ("daily", Cadence::Daily),
        ("weekly", Cadence::Weekly),
        ("monthly", Cadence::Monthly),
        ("as-needed", Cadence::AsNeeded),
    ];

    /// Is it due each day?
    pub fn is_daily(self) -> bool {
        matches!(self, Cadence::Morning | Cadence::Evening | Cadence::Daily)
    }

    /// A word of the list, or a day of the week.
    pub fn read(word: &str) -> Option<Cadence> {
        let word = word.trim().to_lowercase();
        let known = Cadence::ALL.iter().find(|(known, _)| *known == word);
        known.map(|(_, cadence)| *cadence).or_else(|| word.parse().ok().map(Cadence::On))
    }

    /// That word.
    pub fn words(self) -> &'static str {
        match self {
            Cadence::On(Weekday::Mon) => "each Monday",
            Cadence::On(Weekday::Tue) => "each Tuesday",
            Cadence::On(Weekday::Wed) => "each Wednesday",
            Cadence::On(Weekday::Thu) => "each Thursday",
            Cadence::On(Weekday::Fri) => "each Friday",
            Cadence::On(Weekday::Sat) => "each Saturday",
            Cadence::On(Weekday::Sun) => "each Sunday",
            Cadence::Morning => "in the morning",
            Cadence::Evening => "in the evening",
            Cadence::Daily => "each day",
            Cadence::Weekly => "each week",
            Cadence::Monthly => "each month",
            Cadence::AsNeeded => "whenever it helps",
        }
    }

    /// Is it time, given when it was last kept on this device?
    pub fn is_due(self, last: Option<DateTime<FixedOffset>>, clock: &Clock) -> bool {
        let today = clock.today();
        // One about a day to come says nothing about today.
        let last = last.filter(|at| *at <= clock.now).map(|at| clock.day_of(at));
        let hour = clock.now.time();
        // Past midnight an evening that still lasts is no morning.
        let late = hour < clock.day_ends;
        match self {
            Cadence::AsNeeded => false,
            Cadence::Morning => last < Some(today) && !late && hour < clock.morning_ends,
            Cadence::Evening => last < Some(today) && (late || hour >= clock.evening_begins),
            Cadence::Daily => last < Some(today),
            Cadence::Weekly => days_since(last, today) >= 7,
            Cadence::On(weekday) => {
                let since = today.weekday().days_since(weekday);
                last < today.checked_sub_days(chrono::Days::new(since.into()))
            }
            Cadence::Monthly => last.is_none_or(|day| day <= month_before(today)),
        }
    }
}

fn days_since(last: Option<NaiveDate>, today: NaiveDate) -> i64 {
    last.map_or(i64::MAX, |day| (today - day).num_days())
}

/// The same day a month ago, or that month's last.
fn month_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(chrono::Months::new(1)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    fn due(cadence: Cadence, last: Option<&str>, now: &str) -> bool {
        cadence.is_due(last.map(at), &Clock::at(at(now)))
    }

    #[test]
    fn a_morning_practice_is_due_in_the_morning_until_it_is_kept() {
        let morning = Cadence::Morning;
        assert!(due(morning, None, "2026-11-23T07:00:00+01:00"));
        assert!(due(morning, Some("2026-11-22T07:00:00+01:00"), "2026-11-23T07:00:00+01:00"));
        assert!(!due(morning, Some("2026-11-23T06:50:00+01:00"), "2026-11-23T07:00:00+01:00"));
        assert!(!due(morning, None, "2026-11-23T15:00:00+01:00"));
    }

    #[test]
    fn an_evening_practice_is_due_past_midnight_while_the_evening_lasts() {
        let mut clock = Clock::at(at("2026-11-24T00:40:00+01:00"));
        clock.day_ends = chrono::NaiveTime::from_hms_opt(4, 0, 0).unwrap();
        assert!(Cadence::Evening.is_due(Some(at("2026-11-22T21:00:00+01:00")), &clock));
        assert!(!Cadence::Evening.is_due(Some(at("2026-11-23T21:00:00+01:00")), &clock));
        assert!(!Cadence::Morning.is_due(None, &clock));
    }

    #[test]
    fn weeks_and_months_count_days_not_hours() {
        let now = "2026-11-23T07:00:00+01:00";
        assert!(due(Cadence::Weekly, Some("2026-11-16T22:00:00+01:00"), now));
        assert!(!due(Cadence::Weekly, Some("2026-11-17T06:00:00+01:00"), now));
        assert!(due(Cadence::Monthly, Some("2026-10-23T22:00:00+01:00"), now));
        assert!(!due(Cadence::Monthly, Some("2026-10-24T06:00:00+01:00"), now));
        let end_of_march = "2026-03-31T07:00:00+02:00";
        assert!(due(Cadence::Monthly, Some("2026-02-28T07:00:00+01:00"), end_of_march));
    }

    #[test]
    fn a_practice_of_sundays_waits_until_it_is_kept_and_for_the_next() {
        let sunday = Cadence::read("sunday").unwrap();
        let kept = Some("2026-11-22T20:00:00+01:00");
        assert!(due(sunday, Some("2026-11-21T20:00:00+01:00"), "2026-11-22T07:00:00+01:00"));
        assert!(due(sunday, Some("2026-11-21T20:00:00+01:00"), "2026-11-24T07:00:00+01:00"));
        assert!(!due(sunday, kept, "2026-11-28T07:00:00+01:00"));
        assert!(due(sunday, kept, "2026-11-29T07:00:00+01:00"));
        assert!(Cadence::read("hourly").is_none());
    }

    #[test]
    fn a_practice_for_when_it_helps_is_never_due() {
        assert!(!due(Cadence::AsNeeded, None, "2026-11-23T07:00:00+01:00"));
    }
}

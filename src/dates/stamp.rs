//! Timestamps that other programs wrote into names, headings and fields: complete dates,
//! by the calendar alone. Nothing is counted from today.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime};

use crate::config::Clock;

use super::numeric::DigitOrder;
use super::phrase::{Calendar, Phrase, Subject};
use super::time::ClockTime;
use super::words::{normalize, words};
use super::{Zone, fits_in_name};

#[derive(Clone, Debug)]
pub struct Timestamp {
    /// The readings of the day; several if day and month are ambiguous.
    readings: Vec<(DigitOrder, NaiveDate)>,
    /// Was the year written with two digits, without its century?
    short_year: bool,
    time: Option<ClockTime>,
    zone: Option<Zone>,
    /// Set for a count of seconds since 1970.
    instant: Option<DateTime<FixedOffset>>,
}

impl Timestamp {
    /// Parses a year, month and day, with or without a matching weekday, a time and a
    /// zone.
    pub fn parse(text: &str, clock: &Clock) -> Option<Timestamp> {
        /// Longer than any date, in bytes; a text may be as long as a file.
        const LONGEST: usize = 100;
        if text.len() > LONGEST {
            return None;
        }
        let calendar = Calendar::new(text, clock);
        let normal = normalize(text);
        // Brackets at the start mean a link.
        if normal.starts_with(['[', '(']) || !normal.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let phrase = Phrase::parse(&normal, &calendar).ok()??;
        let is_date = phrase.part.is_none() && phrase.day_of_month.is_none() && !phrase.week_of;
        if let Some(Subject::Moment(at)) = phrase.subject {
            // `now` and “an hour ago” have no digits, or more words.
            let is_count = is_date && words(&normal).len() == 1 && phrase.weekday.is_none();
            return is_count.then(|| Timestamp {
                readings: vec![(DigitOrder::Fixed, at.date_naive())],
                short_year: false,
                time: None,
                zone: None,
                instant: Some(at),
            });
        }
        let fits = |day: &NaiveDate| {
            fits_in_name(*day) && phrase.weekday.is_none_or(|(weekday, _)| day.weekday() == weekday)
        };
        let mut days = written_days(&phrase, &calendar);
        days.retain(|(_, day, _)| fits(day));
        (is_date && !days.is_empty()).then(|| Timestamp {
            short_year: days.iter().any(|(.., is_short)| *is_short),
            readings: days.into_iter().map(|(order, day, _)| (order, day)).collect(),
            time: phrase.time,
            zone: phrase.zone,
            instant: None,
        })
    }

    pub fn has_short_year(&self) -> bool {
        self.short_year
    }

    pub fn has_time(&self) -> bool {
        self.time.is_some() || self.instant.is_some()
    }

    pub fn time(&self) -> Option<NaiveTime> {
        self.time.map(|time| time.time)
    }

    /// The time, if it's that of this place, as no zone is named.
    pub fn time_here(&self) -> Option<NaiveTime> {
        self.time().filter(|_| self.zone.is_none())
    }

    /// The day, unless it's ambiguous.
    pub fn day(&self) -> Option<NaiveDate> {
        match self.readings[..] {
            [(_, day)] if !self.short_year => Some(day),
            _ => None,
        }
    }

    /// Can day and month be read in this order?
    pub fn fits(&self, order: DigitOrder) -> bool {
        self.readings.iter().any(|(reading_order, _)| *reading_order == order || *reading_order == DigitOrder::Fixed)
            // The 5th of May is the same in either.
            || matches!(self.readings[..], [(_, day)] if day.day() == day.month())
    }

    /// The timestamp with day and month read in this order.
    pub fn in_order(mut self, order: DigitOrder) -> Timestamp {
        if self.readings.len() > 1 {
            self.readings.retain(|(reading_order, _)| *reading_order == order);
        }
        self
    }

    /// The moment, in the writer's local time; without a time, at `otherwise`.
    pub fn at(&self, clock: &Clock, otherwise: NaiveTime) -> Option<DateTime<FixedOffset>> {
        if let Some(at) = self.instant {
            return Some(at);
        }
        let wall = match self.time {
            Some(time) => time.on(self.day()?)?,
            None => self.day()?.and_time(otherwise),
        };
        let at = match (&self.zone, self.time) {
            (Some(zone), Some(_)) => zone.moment(wall, clock)?,
            _ => clock.local(wall),
        };
        fits_in_name(at.date_naive()).then_some(at)
    }
}

/// The days that a phrase may mean by its own digits, each with how day and month were
/// read and whether the year lacks its century.
fn written_days(phrase: &Phrase, calendar: &Calendar) -> Vec<(DigitOrder, NaiveDate, bool)> {
    match &phrase.subject {
        Some(Subject::Dates(days)) => {
            let written = days.iter().filter_map(|day| {
                let year = day.year.xor(phrase.year).filter(|year| year.digits != 3)?;
                Some((day.order, day.in_year(year.full(calendar.today))?, year.digits == 2))
            });
            written.collect()
        }
        // `2026-W47-5`
        Some(Subject::Days(span)) if span.first == span.last && phrase.year.is_none() => {
            vec![(DigitOrder::Fixed, span.first, false)]
        }
        _ => Vec::new(),
    }
}

/// Parses a time alone: `21:14`, `9:14 pm`.
pub fn time_of_day(text: &str, clock: &Clock) -> Option<NaiveTime> {
    let phrase = Phrase::parse(&normalize(text), &Calendar::new(text, clock)).ok()??;
    let alone = !phrase.has_day() && phrase.year.is_none() && phrase.part.is_none();
    phrase.time.filter(|time| alone && !time.next_day).map(|time| time.time)
}

/// The same in the zone of this place, as no other is named.
pub fn time_here(text: &str, clock: &Clock) -> Option<NaiveTime> {
    let phrase = Phrase::parse(&normalize(text), &Calendar::new(text, clock)).ok()??;
    time_of_day(text, clock).filter(|_| phrase.zone.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::at("2026-11-28T21:14:03+00:00".parse().unwrap())
    }

    fn at(text: &str) -> Option<String> {
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap();
        let at = Timestamp::parse(text, &clock())?.at(&clock(), noon)?;
        Some(at.format("%Y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn whole_dates_are_read_in_every_form() {
        for (text, expected) in [
            ("2026-11-12", "2026-11-12 12:00"),
            ("18.11.2026", "2026-11-18 12:00"),
            ("November 19, 2026", "2026-11-19 12:00"),
            ("Thursday, November 19, 2026", "2026-11-19 12:00"),
            ("2026-03-04 Wed 21:14", "2026-03-04 21:14"),
            ("Wed, 04 Mar 2026 21:14:00 -0500", "2026-03-04 21:14"),
            ("2026-11-23 09:14:03 PM", "2026-11-23 21:14"),
            ("2026-11-15_2114-0500", "2026-11-15 21:14"),
            ("20261112", "2026-11-12 12:00"),
            ("1793660400000", "2026-11-02 23:00"),
            ("2026-W47-5", "2026-11-20 12:00"),
        ] {
            assert_eq!(at(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_counts_from_today_or_lacks_a_part_is_none() {
        for text in [
            "Sunday", "yesterday", "3 days ago", "20 nov", "november 2026", "2026", "2026-W47",
            "[[2026-11-02]]", "7", "7d", "Fri 19 Nov 2026", "2026-11-12 evening", "21:14", "1984",
        ] {
            assert!(Timestamp::parse(text, &clock()).is_none(), "{text}");
        }
    }

    #[test]
    fn a_time_alone_has_no_day_and_no_zone_of_its_own() {
        let time =
            |text: &str| time_here(text, &clock()).map(|time| time.format("%H:%M").to_string());
        for (text, expected) in [
            ("21:00", "21:00"),
            ("9pm", "21:00"),
            ("9 p.m.", "21:00"),
            ("noon", "12:00"),
            ("midnight", "00:00"),
            ("8.30", "08:30"),
            ("half past nine", "09:30"),
            ("21h14", "21:14"),
        ] {
            assert_eq!(time(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "", "9", "25:00", "24:00", "yesterday 21:00", "21:00 UTC", "21:00+02:00", "now", "soon",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn two_digits_of_a_year_and_two_orders_are_told() {
        let stamp = Timestamp::parse("03/14/26 21:14", &clock()).unwrap();
        assert!(stamp.has_short_year() && stamp.day().is_none());
        let stamp = Timestamp::parse("05/06/2020", &clock()).unwrap();
        assert!(stamp.fits(DigitOrder::DayFirst) && stamp.fits(DigitOrder::MonthFirst));
        assert_eq!(stamp.in_order(DigitOrder::DayFirst).day().unwrap().to_string(), "2020-06-05");
        let stamp = Timestamp::parse("13/06/2020", &clock()).unwrap();
        assert!(stamp.fits(DigitOrder::DayFirst) && !stamp.fits(DigitOrder::MonthFirst));
    }
}

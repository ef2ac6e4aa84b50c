//! The meaning of a phrase today: a moment, a day, or several days.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::dates::DateError;
use crate::words::long_day;

use super::numeric::CalendarDay;
use super::phrase::{Calendar, Occurrence, Phrase, Shift, Subject};
use super::relative::{day_of, later};
use super::stretch::unit_around;
use super::vocabulary::{PartOfDay, TimeUnit};
use super::{DateSpan, fits_in_name};

#[derive(Clone, Copy, Debug)]
pub enum DateReading {
    Moment(DateTime<FixedOffset>),
    /// A day without a time. `relative`: it was counted from today.
    Day {
        day: NaiveDate,
        relative: bool,
    },
    Days(DateSpan),
}

type DateResult<T> = Result<Option<T>, DateError>;

impl Phrase {
    pub fn has_nothing_yet(&self) -> bool {
        !self.has_day() && self.year.is_none() && self.time.is_none() && self.part.is_none()
    }

    pub fn read(&self, calendar: &Calendar) -> DateResult<DateReading> {
        let untimed = self.time.is_none() && self.part.is_none() && self.zone.is_none();
        if let Some(Subject::Moment(at)) = self.subject {
            let alone = untimed && self.weekday.is_none() && self.year.is_none();
            return Ok((alone && !self.week_of).then_some(DateReading::Moment(at)));
        }
        let Some(span) = self.days(calendar)? else { return Ok(None) };
        let span = if self.week_of {
            unit_around(TimeUnit::Week, span.first).filter(|_| span.first == span.last)
        } else {
            Some(span)
        };
        let Some(span) = span.filter(|span| fits_in_name(span.first) && fits_in_name(span.last))
        else {
            return Ok(None);
        };
        let single = (span.first == span.last).then_some(span.first);
        Ok(match (single, untimed) {
            (Some(day), true) => Some(DateReading::Day { day, relative: self.is_relative() }),
            (Some(day), false) => self.moment(day, calendar)?.map(DateReading::Moment),
            (None, true) => Some(DateReading::Days(span)),
            (None, false) => None,
        })
    }

    /// Is the day counted from today? Such days end when the evening ends.
    fn is_relative(&self) -> bool {
        match &self.subject {
            Some(Subject::Day(_)) => true,
            Some(Subject::Days(_)) => self.weekday.is_some(),
            Some(Subject::Dates(_) | Subject::Month(..) | Subject::Moment(_)) => false,
            None => self.day_of_month.is_none() && self.year.is_none(),
        }
    }

    fn days(&self, calendar: &Calendar) -> DateResult<DateSpan> {
        match &self.subject {
            Some(Subject::Dates(days)) if self.day_of_month.is_none() => {
                Ok(self.settle(days, calendar)?.map(DateSpan::of_day))
            }
            Some(Subject::Month(month, which)) => self.days_of_month(*month, *which, calendar),
            Some(Subject::Day(day)) => Ok(self.day_near(*day, calendar).map(DateSpan::of_day)),
            Some(Subject::Days(span)) => Ok(self.days_within(*span)),
            Some(Subject::Dates(_) | Subject::Moment(_)) => Ok(None),
            None => Ok(self.days_without_subject(calendar)),
        }
    }

    /// A whole month, or a day of it.
    fn days_of_month(
        &self,
        month: u32,
        which: Occurrence,
        calendar: &Calendar,
    ) -> DateResult<DateSpan> {
        match (which, self.weekday, self.day_of_month) {
            (_, None, None) => self.month(month, which, calendar),
            (Occurrence::Latest, _, Some(day)) => {
                let Some(day) = CalendarDay::new(self.year, month, day) else { return Ok(None) };
                Ok(self.settle(&[day], calendar)?.map(DateSpan::of_day))
            }
            _ => Ok(None),
        }
    }

    /// A day counted from today, or a weekday as long ago: “a week ago friday” is as many
    /// days before friday.
    fn day_near(&self, day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
        if self.year.is_some() || self.day_of_month.is_some() {
            return None;
        }
        let Some((weekday, which)) = self.weekday else { return Some(day) };
        let days_back = (calendar.today - day).num_days();
        let whole_weeks = days_back > 0 && days_back % 7 == 0;
        let day = day_of(weekday, which, calendar.today).filter(|_| whole_weeks)?;
        later(day, -days_back)
    }

    /// Several days, or a weekday or a day of the month among them.
    fn days_within(&self, span: DateSpan) -> Option<DateSpan> {
        match (self.weekday, self.day_of_month) {
            (Some((weekday, Occurrence::Latest)), None) => {
                let day = later(span.first, weekday.num_days_from_monday().into())?;
                let is_within = (day - span.first).num_days() < 7 && day <= span.last;
                is_within.then(|| DateSpan::of_day(day))
            }
            (None, Some(day)) => {
                let is_month = span.first.with_day(1) == Some(span.first)
                    && (span.last - span.first).num_days() < 31;
                span.first.with_day(day).filter(|_| is_month).map(DateSpan::of_day)
            }
            (None, None) => self.year.is_none().then_some(span),
            (Some(_), _) => None,
        }
    }

    /// A weekday, a day of the month, both, or a year alone; today for a time alone.
    fn days_without_subject(&self, calendar: &Calendar) -> Option<DateSpan> {
        match (self.weekday, self.day_of_month, self.year) {
            (None, Some(day), None) => latest_of_month(day, calendar).map(DateSpan::of_day),
            // “friday the 13th”: the latest day that is both.
            (Some((weekday, Occurrence::Latest)), Some(day), None) => {
                let matches = |date: &NaiveDate| date.day() == day && date.weekday() == weekday;
                // Every day of the month falls on every weekday within 28 years.
                let mut days_back = (0..28 * 366).filter_map(|days| later(calendar.latest, -days));
                days_back.find(matches).map(DateSpan::of_day)
            }
            (Some((weekday, which)), None, None) => {
                day_of(weekday, which, calendar.latest).map(DateSpan::of_day)
            }
            (None, None, Some(year)) => {
                let day = NaiveDate::from_ymd_opt(year.full(calendar.today), 1, 1)?;
                unit_around(TimeUnit::Year, day)
            }
            (None, None, None) => Some(DateSpan::of_day(calendar.today)),
            _ => None,
        }
    }

    /// Picks the reading that fits the weekday. Exactly one must remain.
    fn settle(&self, days: &[CalendarDay], calendar: &Calendar) -> DateResult<NaiveDate> {
        let given = || calendar.given.to_owned();
        let mut dates = Vec::new();
        for day in days {
            if let Some(year) = day.year.or(self.year).filter(|year| year.digits == 3) {
                return Err(DateError::EarlyYear { given: given(), year: year.number });
            }
            if day.year.is_some() && self.year.is_some() {
                return Ok(None);
            }
            let date = match day.year.or(self.year) {
                Some(year) => day.in_year(year.full(calendar.today)),
                None => latest(*day, calendar.latest_date),
            };
            dates.extend(date);
        }
        let fits = |date: &&NaiveDate| self.weekday.is_none_or(|(day, _)| date.weekday() == day);
        let fitting: Vec<NaiveDate> = dates.iter().filter(fits).copied().collect();
        match (&fitting[..], &dates[..]) {
            ([date], _) => Ok(Some(*date)),
            ([first, second, ..], _) => {
                let readings = [*first, *second].map(long_day);
                Err(DateError::Ambiguous { given: given(), readings })
            }
            ([], [day, ..]) => Err(DateError::OtherWeekday { given: given(), day: *day }),
            // 29 February in a year without one.
            ([], []) => {
                let year = days.iter().find_map(|day| day.year.or(self.year));
                let last =
                    year.and_then(|year| NaiveDate::from_ymd_opt(year.full(calendar.today), 2, 28));
                last.map_or(Ok(None), |nearest| {
                    Err(DateError::NoSuchDay { given: given(), nearest })
                })
            }
        }
    }

    fn month(&self, month: u32, which: Occurrence, calendar: &Calendar) -> DateResult<DateSpan> {
        if let Some(year) = self.year.filter(|year| year.digits == 3) {
            let given = calendar.given.to_owned();
            return Err(DateError::EarlyYear { given, year: year.number });
        }
        let first = |year| NaiveDate::from_ymd_opt(year, month, 1);
        let (year, now) = (calendar.latest_date.year(), calendar.latest_date.month());
        let year = match (self.year, which) {
            (Some(explicit), Occurrence::Latest) => explicit.full(calendar.today),
            (Some(_), _) => return Ok(None),
            (None, Occurrence::Latest) => year - i32::from(month > now),
            (None, Occurrence::Last) => year - i32::from(month >= now),
            (None, Occurrence::This) => year,
            (None, Occurrence::Next) => year + i32::from(month <= now),
            (None, Occurrence::BeforeLast) => return Ok(None),
        };
        Ok(first(year).and_then(|day| unit_around(TimeUnit::Month, day)))
    }

    /// The time on a day. A time in the small hours of a day counted from today is on the
    /// next date, unless that is in the future.
    fn moment(&self, day: NaiveDate, calendar: &Calendar) -> DateResult<DateTime<FixedOffset>> {
        let Some(wall) = self.wall_time(day, calendar) else { return Ok(None) };
        let Some(zone) = &self.zone else { return Ok(Some(calendar.clock.local(wall))) };
        let moment = zone.moment(wall, calendar.clock);
        match zone.ambiguous_name().filter(|_| moment.is_none()) {
            Some((zone, offset)) => Err(DateError::AmbiguousZone {
                given: calendar.given.to_owned(),
                zone,
                example: format!("{}{offset}", wall.format("%Y-%m-%dT%H:%M:%S")),
            }),
            None => Ok(moment),
        }
    }

    fn wall_time(&self, day: NaiveDate, calendar: &Calendar) -> Option<NaiveDateTime> {
        let clock = calendar.clock;
        let has_passed = |time: NaiveTime| {
            let next = day.succ_opt().map(|next| next.and_time(time));
            next.is_some_and(|next| next <= clock.now.naive_local())
        };
        let (time, next) = match (self.time, self.part) {
            (Some(time), Some(part)) => {
                let (time, is_next) = time.in_part(part);
                // “3 at night” is of the night that was; “3 tonight” is still to come.
                let may_come = part != PartOfDay::Night || self.has_day();
                (time, is_next && (may_come || has_passed(time)))
            }
            (Some(time), None) => {
                let tomorrow = time.on(day)?.date() != day;
                let in_small_hours =
                    self.is_relative() && self.zone.is_none() && time.time < clock.day_ends;
                (time.time, tomorrow || (in_small_hours && has_passed(time.time)))
            }
            (None, Some(part)) => (self.hour_of(part.hour())?, false),
            (None, None) => return None,
        };
        let day = if next { day.succ_opt()? } else { day };
        Some(day.and_time(time))
    }

    /// The hour for a part of the day, two hours earlier or later if the phrase says so.
    fn hour_of(&self, hour: u32) -> Option<NaiveTime> {
        let hour = match self.shift {
            Shift::Early => hour - 2,
            Shift::None => hour,
            Shift::Late => hour + 2,
        };
        NaiveTime::from_hms_opt(hour, 0, 0)
    }
}

/// The latest such day up to `not_after`; for 29 February that may be years ago.
fn latest(day: CalendarDay, not_after: NaiveDate) -> Option<NaiveDate> {
    let year = not_after.year();
    (0..9).filter_map(|back| day.in_year(year - back)).find(|date| *date <= not_after)
}

fn latest_of_month(day: u32, calendar: &Calendar) -> Option<NaiveDate> {
    let first = calendar.latest_date.with_day(1)?;
    let months = (0..3).filter_map(|back| first.checked_sub_months(chrono::Months::new(back)));
    months.filter_map(|month| month.with_day(day)).find(|date| *date <= calendar.latest_date)
}

impl DateReading {
    /// A day alone means that day at the time of day of `at`, and in its zone, if that isn't
    /// the local one. A day counted from today takes the small hours on the next date.
    pub fn as_moment_at_time_of(
        self,
        at: DateTime<FixedOffset>,
        calendar: &Calendar,
    ) -> Result<DateTime<FixedOffset>, DateSpan> {
        let clock = calendar.clock;
        let DateReading::Day { day, relative } = self else { return self.as_moment(calendar) };
        let time = at.time();
        let next = if relative && time < clock.day_ends { day.succ_opt() } else { None };
        let wall = next.unwrap_or(day).and_time(time);
        let is_local = clock.local(at.naive_local()).offset() == at.offset();
        let elsewhere =
            if is_local { None } else { wall.and_local_timezone(*at.offset()).single() };
        Ok(elsewhere.unwrap_or_else(|| clock.local(wall)))
    }

    /// A day alone means that day at the current time of day. After midnight, while the
    /// evening lasts, a calendar day means noon.
    pub fn as_moment(self, calendar: &Calendar) -> Result<DateTime<FixedOffset>, DateSpan> {
        let clock = calendar.clock;
        let (day, relative) = match self {
            DateReading::Moment(at) => return Ok(at),
            DateReading::Days(span) => return Err(span),
            DateReading::Day { day, relative } => (day, relative),
        };
        let now = clock.now.naive_local();
        let small_hours = now.time() < clock.day_ends;
        let wall = match (small_hours, relative) {
            (true, true) => day.succ_opt().map(|day| day.and_time(now.time())),
            (true, false) if day != now.date() => {
                NaiveTime::from_hms_opt(12, 0, 0).map(|noon| day.and_time(noon))
            }
            _ => None,
        };
        let wall = wall.unwrap_or_else(|| day.and_time(now.time()));
        let wall = wall.with_nanosecond(0).unwrap_or(wall);
        Ok(if wall == now { clock.now } else { clock.local(wall) })
    }

    pub fn as_days(self, calendar: &Calendar) -> DateSpan {
        match self {
            DateReading::Moment(at) => DateSpan::of_day(calendar.clock.day_of(at)),
            DateReading::Day { day, .. } => DateSpan::of_day(day),
            DateReading::Days(span) => span,
        }
    }
}

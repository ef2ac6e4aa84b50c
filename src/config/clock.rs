//! Now, and the day that a moment belongs to.

use chrono::{
    DateTime, Duration, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

use crate::error::Result;

use super::file::ConfigFile;
use super::{ConfigError, Env};

/// Now, and how a day is cut.
#[derive(Clone, Debug)]
pub struct Clock {
    /// To the second, which is as fine as an entry's `at`.
    pub now: DateTime<FixedOffset>,
    /// The same moment as finely as the system tells it, which keeps entries of
    /// one second in the order in which they were written.
    pub written: DateTime<FixedOffset>,
    /// An evening may last until this time of the next morning.
    pub day_ends: NaiveTime,
    /// Until then morning practices are due.
    pub morning_ends: NaiveTime,
    /// From then on evening practices are due.
    pub evening_begins: NaiveTime,
    /// It stands still: its moment was given, and not read from the system.
    fixed: bool,
}

impl Clock {
    /// The same clock as it stood, or will stand, at another moment.
    pub fn at_moment(&self, now: DateTime<FixedOffset>) -> Clock {
        Clock { now, ..self.clone() }
    }

    /// The system's clock.
    pub fn now() -> Clock {
        Clock { fixed: false, ..Clock::at(Local::now().fixed_offset()) }
    }

    /// The system's clock, or one that stands where the environment says.
    pub(super) fn read(env: Env) -> Result<Clock> {
        Ok(fixed_moment(env)?.map_or_else(Clock::now, Clock::at))
    }

    /// The same hours at this moment, for work that takes its time.
    pub fn tick(&self) -> Clock {
        let Clock { now, written, .. } = if self.fixed { self.clone() } else { Clock::now() };
        Clock { now, written, ..self.clone() }
    }

    /// A clock that stands still at a moment.
    pub fn at(now: DateTime<FixedOffset>) -> Clock {
        let hour = |h| NaiveTime::from_hms_opt(h, 0, 0).unwrap_or_default();
        let written = now;
        let now = now - Duration::nanoseconds(i64::from(now.timestamp_subsec_nanos()));
        Clock {
            now,
            written,
            day_ends: hour(0),
            morning_ends: hour(12),
            evening_begins: hour(17),
            fixed: true,
        }
    }

    /// The user's own hours, if they follow one another; otherwise none of them.
    pub(super) fn set(&mut self, file: &ConfigFile) -> bool {
        let day_ends = file.day_ends.unwrap_or(self.day_ends);
        let morning_ends = file.morning_ends.unwrap_or(self.morning_ends);
        let evening_begins = file.evening_begins.unwrap_or(self.evening_begins);
        let in_order = day_ends < morning_ends && morning_ends < evening_begins;
        if in_order {
            *self = Clock { day_ends, morning_ends, evening_begins, ..self.clone() };
        }
        in_order
    }

    /// The day that a moment belongs to: its local date, or the one before
    /// while the evening still lasts.
    pub fn day_of(&self, at: DateTime<FixedOffset>) -> NaiveDate {
        (at.naive_local() - (self.day_ends - NaiveTime::MIN)).date()
    }

    /// The day that it is, as the setting `day-ends` has it.
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now)
    }

    /// How many days later than its day's name an entry's local date may be.
    pub fn day_overhang(&self) -> Duration {
        if self.day_ends == NaiveTime::MIN { Duration::zero() } else { Duration::days(1) }
    }

    /// A moment by the clocks of this place.
    pub fn here(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&Local).fixed_offset()
    }

    /// A local wall-clock time as a moment. Where clocks went forward over it,
    /// the moment they jumped to; where they went back over it, the first.
    pub fn local(&self, wall: NaiveDateTime) -> DateTime<FixedOffset> {
        let skipped = || {
            let later = Local.from_local_datetime(&(wall + Duration::hours(1)));
            later.earliest().map(|t| t.fixed_offset())
        };
        let moments = Local.from_local_datetime(&wall);
        // Neither in order nor always right, in the hours around a change.
        let shows = |t: &DateTime<Local>| t.with_timezone(&Utc).with_timezone(&Local).naive_local();
        let both = [moments.earliest(), moments.latest()].into_iter().flatten();
        let first = both.filter(|t| shows(t) == wall).min();
        let moment = first.map(|t| t.fixed_offset()).or_else(skipped);
        moment.unwrap_or_else(|| wall.and_utc().fixed_offset())
    }
}

fn fixed_moment(env: Env) -> Result<Option<DateTime<FixedOffset>>> {
    let Some(value) = env("INWARD_NOW") else { return Ok(None) };
    let given = value.to_string_lossy().into_owned();
    let fixed = DateTime::parse_from_rfc3339(&given).map_err(|_| ConfigError::BadEnvironment {
        name: "INWARD_NOW",
        given,
        wanted: "a moment such as 2026-11-23T21:14:03+01:00",
    })?;
    Ok(Some(fixed.with_timezone(&Local).fixed_offset()))
}

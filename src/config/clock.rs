//! Now, and the day that a moment belongs to.

use chrono::{
    DateTime, Duration, FixedOffset, Local, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};

use crate::error::Result;

use super::file::ConfigFile;
use super::{ConfigError, Env, local_zone};

/// The current time, and when days, mornings and evenings end.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Now, to the second, as precise as an entry's `at`.
    pub now: DateTime<FixedOffset>,
    /// Now, as precisely as the system says, so that entries of one second keep the order
    /// in which they were written.
    pub written: DateTime<FixedOffset>,
    /// An evening lasts until this time of the next morning.
    pub day_ends: NaiveTime,
    /// Morning practices are due until then.
    pub morning_ends: NaiveTime,
    /// Evening practices are due from then on.
    pub evening_begins: NaiveTime,
    /// Does it stand still, at a given moment?
    fixed: bool,
}

impl Clock {
    /// The clock at another moment.
    pub fn at_moment(&self, now: DateTime<FixedOffset>) -> Clock {
        Clock { now, ..self.clone() }
    }

    /// The system's clock.
    pub fn now() -> Clock {
        Clock { fixed: false, ..Clock::at(Local::now().fixed_offset()) }
    }

    /// The system's clock, or one that stands still at the moment in the environment.
    pub(super) fn read(env: Env) -> Result<Clock> {
        Ok(fixed_moment(env)?.map_or_else(Clock::now, Clock::at))
    }

    /// The clock with the current time, for work that takes long.
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

    /// Takes over the user's hours, if they are in order; returns whether they are.
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

    /// The current day, by the setting `day-ends`.
    pub fn today(&self) -> NaiveDate {
        self.day_of(self.now)
    }

    /// By how many days an entry's local date may be later than its day.
    pub fn day_overhang(&self) -> Duration {
        if self.day_ends == NaiveTime::MIN { Duration::zero() } else { Duration::days(1) }
    }

    /// A moment in the local time zone.
    pub fn here(&self, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        at.with_timezone(&Local).fixed_offset()
    }

    /// May the time at this moment be called so here, as in CET?
    pub fn is_called(&self, name: &str, at: DateTime<FixedOffset>) -> bool {
        local_zone::is_called(name, at).unwrap_or(true)
    }

    /// A local time as a moment. If clocks skipped it, the moment they skipped to; if it
    /// occurred twice, the first.
    pub fn local(&self, wall: NaiveDateTime) -> DateTime<FixedOffset> {
        let skipped = || {
            let later = Local.from_local_datetime(&(wall + Duration::hours(1)));
            later.earliest().map(|t| t.fixed_offset())
        };
        let moments = Local.from_local_datetime(&wall);
        // chrono's two moments may be in wrong order, or wrong, around a change.
        let local_time =
            |t: &DateTime<Local>| t.with_timezone(&Utc).with_timezone(&Local).naive_local();
        let moments = [moments.earliest(), moments.latest()].into_iter().flatten();
        let first = moments.filter(|t| local_time(t) == wall).min();
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
        expected: "a time such as 2026-11-23T21:14:03+01:00",
    })?;
    Ok(Some(fixed.with_timezone(&Local).fixed_offset()))
}

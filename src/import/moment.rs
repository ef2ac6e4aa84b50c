//! The moment of an imported entry, and whether its source gives another time for it.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime, NaiveTime};

use super::{ImportContext, ImportIssue};

/// A moment, with the local time in the source if the clocks skipped that.
#[derive(Clone, Copy, Debug)]
pub struct LocalMoment {
    pub at: DateTime<FixedOffset>,
    skipped: Option<NaiveTime>,
}

impl LocalMoment {
    /// `local` is the time of day in the source, if it's of this place.
    pub fn new(at: DateTime<FixedOffset>, local: Option<NaiveTime>) -> LocalMoment {
        LocalMoment { at, skipped: local.filter(|local| *local != at.time()) }
    }

    /// The issue if the clocks skipped the local time.
    pub fn issue(&self) -> Option<ImportIssue> {
        self.skipped.map(|given| ImportIssue::SkippedHour { given, read: self.at.time() })
    }
}

/// A moment of which the source gives the zone.
impl From<DateTime<FixedOffset>> for LocalMoment {
    fn from(at: DateTime<FixedOffset>) -> LocalMoment {
        LocalMoment::new(at, None)
    }
}

impl ImportContext<'_> {
    /// A local time as a moment; `None` if its year doesn't fit into file names.
    pub fn local(&self, wall: NaiveDateTime) -> Option<LocalMoment> {
        let fits = (1..=9999).contains(&wall.year());
        fits.then(|| LocalMoment::new(self.clock.local(wall), Some(wall.time())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_that_clocks_skipped_is_named() {
        let at = DateTime::parse_from_rfc3339("2026-03-29T03:30:00+02:00").unwrap();
        let issue = |time: &str| LocalMoment::new(at, Some(time.parse().unwrap())).issue();
        let why = issue("02:30:00").unwrap();
        assert_eq!(why.sentence(), "the clocks skipped 02:30 that day, so it's imported as 03:30");
        assert_eq!(issue("03:30:00"), None);
        assert_eq!(LocalMoment::from(at).issue(), None);
    }
}

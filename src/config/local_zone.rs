//! What the time is called here, such as CET, which the offset doesn't tell: New York and
//! Havana have one offset and two names for it.

use std::path::Path;

use chrono::{DateTime, Duration, FixedOffset, Local, Offset, TimeZone};
use chrono_tz::{OffsetName, Tz};

/// The time zone of this place, as the system names it.
#[derive(Clone, Debug, PartialEq)]
enum LocalZone {
    /// Of the time zone database.
    Named(Tz),
    /// POSIX's rule, such as `CET-1CEST,M3.5.0,M10.5.0/3`.
    Rule(String),
}

impl LocalZone {
    /// Parses the value of `TZ`, or what the system calls its zone.
    fn parse(text: &str) -> Option<LocalZone> {
        let text = text.trim_start_matches(':');
        if let Ok(zone) = text.parse() {
            return Some(LocalZone::Named(zone));
        }
        let is_rule = !text.starts_with('/') && text.contains(|c: char| c.is_ascii_digit());
        is_rule.then(|| LocalZone::Rule(text.to_owned()))
    }

    fn calls_it(&self, name: &str, at: DateTime<FixedOffset>) -> bool {
        match self {
            LocalZone::Named(zone) => {
                let offset = zone.offset_from_utc_datetime(&at.naive_utc());
                offset.abbreviation().is_some_and(|own| own.eq_ignore_ascii_case(name))
            }
            LocalZone::Rule(rule) => {
                let mut words = rule.split(|c: char| !c.is_ascii_alphabetic());
                words.any(|word| word.eq_ignore_ascii_case(name))
            }
        }
    }
}

/// Is the time at this moment called so here? `None` where the system doesn't say which
/// zone this is.
pub fn is_called(name: &str, at: DateTime<FixedOffset>) -> Option<bool> {
    let given = std::env::var("TZ").ok().filter(|zone| !zone.is_empty());
    let zone = given.or_else(|| iana_time_zone::get_timezone().ok())?;
    Some(LocalZone::parse(&zone)?.calls_it(name, at))
}

/// The folders of the time zone database, as chrono looks for it.
const ZONES: [&str; 4] =
    ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];

/// Is it a zone that times here go by? Not if it's misspelt, or if this system has no time
/// zone database: then they go by the system's own, or by UTC.
pub fn is_followed(given: &str, now: DateTime<FixedOffset>) -> bool {
    match LocalZone::parse(given) {
        Some(LocalZone::Named(zone)) => {
            // Half a year apart, as two zones may agree in winter alone.
            [now, now + Duration::days(182)].iter().all(|at| {
                let here = Local.offset_from_utc_datetime(&at.naive_utc());
                zone.offset_from_utc_datetime(&at.naive_utc()).fix() == here.fix()
            })
        }
        Some(LocalZone::Rule(_)) => true,
        None => {
            let name = given.trim_start_matches(':');
            let folders = ZONES.iter().any(|folder| Path::new(folder).join(name).is_file());
            matches!(name, "" | "localtime") || folders
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_nobody_knows_is_not_followed() {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        for zone in ["", ":", "localtime", "IST-5:30", "CET-1CEST,M3.5.0,M10.5.0/3"] {
            assert!(is_followed(zone, now), "{zone}");
        }
        // The tests' own process goes by another.
        for zone in ["Nowhere", "Europe/Berlim", "/nowhere", "Pacific/Kiritimati"] {
            assert!(!is_followed(zone, now), "{zone}");
        }
    }

    #[test]
    fn a_place_knows_what_its_time_is_called() {
        let (winter, summer) = ("2026-01-20T12:00:00Z", "2026-07-20T12:00:00Z");
        for (zone, name, at, expected) in [
            ("America/New_York", "est", winter, true),
            ("America/New_York", "CST", winter, false),
            ("America/New_York", "EST", summer, false),
            ("America/Havana", "CST", winter, true),
            ("Europe/Dublin", "IST", summer, true),
            ("Europe/Dublin", "IST", winter, false),
            ("Europe/Berlin", "IST", summer, false),
            (":Asia/Jerusalem", "IST", winter, true),
            ("IST-5:30", "IST", winter, true),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "cest", summer, true),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "IST", winter, false),
        ] {
            let calls_it = LocalZone::parse(zone).unwrap().calls_it(name, at.parse().unwrap());
            assert_eq!(calls_it, expected, "{name} in {zone} at {at}");
        }
        for unknown in ["/etc/localtime", "", "Nowhere"] {
            assert_eq!(LocalZone::parse(unknown), None, "{unknown}");
        }
    }
}

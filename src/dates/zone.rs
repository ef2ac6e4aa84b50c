//! Time zones as written after a time: offsets, the abbreviations that `date` prints, and
//! the names of the time zone database.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::config::Clock;

#[derive(Clone, Debug)]
pub enum Zone {
    /// `Z` or UTC, which says nothing about the place.
    Utc,
    Offset(FixedOffset),
    /// An abbreviation, with every offset that it stands for, in minutes.
    Abbreviated(&'static str, &'static [i32]),
    Named(Tz),
}

/// The abbreviations of the time zone database, with every offset in use, in minutes
/// (IANA tz, 2025). IST, CST and BST are used in several places.
const ABBREVIATIONS: &[(&str, &[i32])] = &[
    ("gmt", &[0]),
    ("wet", &[0]),
    ("west", &[60]),
    ("cet", &[60]),
    ("cest", &[120]),
    ("eet", &[120]),
    ("eest", &[180]),
    ("msk", &[180]),
    ("bst", &[60]),
    ("ist", &[330, 60, 120]),
    ("idt", &[180]),
    ("wat", &[60]),
    ("cat", &[120]),
    ("sast", &[120]),
    ("eat", &[180]),
    ("pkt", &[300]),
    ("wib", &[420]),
    ("wita", &[480]),
    ("wit", &[540]),
    ("hkt", &[480]),
    ("jst", &[540]),
    ("kst", &[540]),
    ("awst", &[480]),
    ("acst", &[570]),
    ("acdt", &[630]),
    ("aest", &[600]),
    ("aedt", &[660]),
    ("chst", &[600]),
    ("nzst", &[720]),
    ("nzdt", &[780]),
    ("sst", &[-660]),
    ("hst", &[-600]),
    ("hdt", &[-540]),
    ("akst", &[-540]),
    ("akdt", &[-480]),
    ("pst", &[-480, 480]),
    ("pdt", &[-420]),
    ("mst", &[-420]),
    ("mdt", &[-360]),
    ("cst", &[-360, 480, -300]),
    ("cdt", &[-300, -240]),
    ("est", &[-300]),
    ("edt", &[-240]),
    ("ast", &[-240]),
    ("adt", &[-180]),
    ("nst", &[-210]),
    ("ndt", &[-150]),
];

impl Zone {
    /// Parses a zone of any kind, ignoring case.
    pub fn parse(text: &str) -> Option<Zone> {
        let text = text.to_lowercase();
        if matches!(text.as_str(), "z" | "utc" | "-00:00" | "-0000") {
            return Some(Zone::Utc);
        }
        let abbreviation = ABBREVIATIONS.iter().find(|(name, _)| *name == text);
        if let Some((name, offsets)) = abbreviation {
            return Some(Zone::Abbreviated(name, offsets));
        }
        let digits = ["utc", "gmt"].iter().find_map(|name| text.strip_prefix(name));
        if let Some(offset) = offset(digits.unwrap_or(&text)) {
            return Some(Zone::Offset(offset));
        }
        text.contains('/').then(|| Zone::from_name(&text))?
    }

    /// Finds a zone of the time zone database, such as `Europe/Berlin`, ignoring case.
    pub fn from_name(name: &str) -> Option<Zone> {
        let zone = TZ_VARIANTS.iter().find(|zone| zone.name().eq_ignore_ascii_case(name));
        zone.copied().map(Zone::Named)
    }

    /// The moment at which a clock in this zone shows a time. Of several offsets, the one
    /// that is called so here; `None` if none is, or if the clock never shows that time.
    pub fn moment(&self, wall: NaiveDateTime, clock: &Clock) -> Option<DateTime<FixedOffset>> {
        let here_offset = || *clock.local(wall).offset();
        match self {
            Zone::Utc => Some(clock.here(wall.and_utc().fixed_offset())),
            Zone::Offset(offset) => wall.and_local_timezone(*offset).single(),
            Zone::Abbreviated(name, offsets) => {
                let at = |minutes: &i32| {
                    wall.and_local_timezone(FixedOffset::east_opt(minutes * 60)?).single()
                };
                if let [only] = offsets {
                    return at(only);
                }
                // In an hour that occurs twice, the abbreviation says which one.
                let offsets_here = [
                    here_offset(),
                    *clock.here(clock.local(wall) + chrono::Duration::hours(1)).offset(),
                ];
                let is_here = |at: &DateTime<FixedOffset>| {
                    offsets_here.contains(at.offset()) && clock.is_called(name, *at)
                };
                offsets.iter().filter_map(at).find(is_here)
            }
            Zone::Named(zone) => {
                // Take the time as UTC and correct it by the offset then: twice, as the
                // first guess may be on the other side of a change.
                let offset = |seconds| offset_at(zone, seconds);
                let utc = wall.and_utc().timestamp();
                let guess = offset(utc)?.local_minus_utc();
                let offset = offset(utc - i64::from(guess))?;
                wall.and_local_timezone(offset).single()
            }
        }
    }

    /// The name of a zone that several places call so, with one of their offsets.
    pub fn ambiguous_name(&self) -> Option<(String, FixedOffset)> {
        let Zone::Abbreviated(name, [first, _, ..]) = self else { return None };
        Some((name.to_uppercase(), FixedOffset::east_opt(first * 60)?))
    }

    /// A moment in this zone.
    pub fn local_time(
        &self,
        at: DateTime<FixedOffset>,
        clock: &Clock,
    ) -> Option<DateTime<FixedOffset>> {
        Some(match self {
            Zone::Utc => clock.here(at),
            Zone::Offset(offset) => at.with_timezone(offset),
            Zone::Abbreviated(_, minutes) => {
                let [only] = minutes else { return None };
                at.with_timezone(&FixedOffset::east_opt(only * 60)?)
            }
            Zone::Named(zone) => at.with_timezone(&offset_at(zone, at.timestamp())?),
        })
    }
}

fn offset_at(zone: &Tz, seconds: i64) -> Option<FixedOffset> {
    let moment = DateTime::<Utc>::from_timestamp(seconds, 0)?.naive_utc();
    Some(zone.offset_from_utc_datetime(&moment).fix())
}

/// `+01:00`, `+0100`, `-05`, `+5`.
fn offset(text: &str) -> Option<FixedOffset> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at_checked(2)?,
        None => (rest, "00"),
    };
    let parse_two = |text: &str| {
        let digits = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<i32>().ok())?
    };
    let (hours, minutes) = (parse_two(hours)?, parse_two(minutes)?);
    let is_valid = hours <= 18 && minutes < 60;
    is_valid.then(|| FixedOffset::east_opt(sign * (hours * 3600 + minutes * 60)))?
}

/// Parses seconds since 1970, as `date +%s` prints them, or milliseconds.
pub fn since_1970(digits: &str) -> Option<DateTime<FixedOffset>> {
    let is_digits = digits.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = is_digits.then(|| digits.parse().ok())??;
    let seconds = match digits.len() {
        9 | 10 => number,
        13 => number.div_euclid(1000),
        _ => return None,
    };
    DateTime::<Utc>::from_timestamp(seconds, 0).map(|at| at.fixed_offset())
}

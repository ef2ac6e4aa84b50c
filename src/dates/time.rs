//! Parses a time of day: `21:14`, `9pm`, `21h14`, noon, half past nine.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::vocabulary::{PartOfDay, small_number};
use super::words::DateWord;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTime {
    pub time: NaiveTime,
    /// Is it an hour up to twelve without am or pm? A part of the day elsewhere may
    /// decide (“nine last night”).
    pub open: bool,
    /// Is it `24:00`?
    pub next_day: bool,
}

impl ClockTime {
    fn new(hour: u32, minute: u32, second: u32) -> Option<ClockTime> {
        let next_day = (hour, minute, second) == (24, 0, 0);
        let hour = if next_day { 0 } else { hour };
        // A leap second counts as second 59.
        let time = NaiveTime::from_hms_opt(hour, minute, second.min(59))?;
        Some(ClockTime { time, open: (1..=12).contains(&hour), next_day })
    }

    pub fn on(self, day: NaiveDate) -> Option<NaiveDateTime> {
        let day = if self.next_day { day.checked_add_days(Days::new(1))? } else { day };
        Some(day.and_time(self.time))
    }

    /// The time in a part of the day, and whether that is after midnight: nine in the
    /// evening is 21:00, and one at night is on the next date.
    pub fn in_part(self, part: PartOfDay) -> (NaiveTime, bool) {
        use chrono::Timelike;
        let hour = self.time.hour();
        let at_hour = |hour: u32| self.time.with_hour(hour).unwrap_or(self.time);
        let (time, is_night) = match part {
            PartOfDay::Morning => {
                (if self.open && hour == 12 { at_hour(0) } else { self.time }, false)
            }
            PartOfDay::Afternoon if self.open && hour < 12 => (at_hour(hour + 12), false),
            PartOfDay::Afternoon => (self.time, false),
            PartOfDay::Evening if self.open && hour < 12 => (at_hour(hour + 12), true),
            PartOfDay::Tonight | PartOfDay::Night if self.open && (5..12).contains(&hour) => {
                (at_hour(hour + 12), true)
            }
            PartOfDay::Evening | PartOfDay::Tonight | PartOfDay::Night
                if self.open && hour == 12 =>
            {
                (at_hour(0), true)
            }
            PartOfDay::Evening | PartOfDay::Tonight | PartOfDay::Night => (self.time, true),
        };
        (time, is_night && time.hour() < 6)
    }
}

/// The time at the start of some words, and how many words it takes. A full stop
/// separates hours and minutes only with `dotted`, where it can't be a date.
pub fn at_start(words: &[DateWord], dotted: bool) -> Option<(ClockTime, usize)> {
    noon_or_midnight(words).or_else(|| relative_to_hour(words)).or_else(|| in_digits(words, dotted))
}

fn noon_or_midnight(words: &[DateWord]) -> Option<(ClockTime, usize)> {
    let twelve = usize::from(words.first()?.text == "12");
    let hour = match words.get(twelve)?.text.as_str() {
        "noon" | "midday" => 12,
        "midnight" => 0,
        _ => return None,
    };
    let time = ClockTime::new(hour, 0, 0)?;
    Some((ClockTime { open: false, ..time }, twelve + 1))
}

/// `half past nine`, `quarter to 8 pm`, `ten past 7`.
fn relative_to_hour(words: &[DateWord]) -> Option<(ClockTime, usize)> {
    let article = usize::from(words.first()?.text == "a");
    let first = words.get(article)?;
    let minutes = match first.text.as_str() {
        "half" => 30,
        "quarter" => 15,
        word => first.number().map(|(n, _)| n).or_else(|| small_number(word))?,
    };
    let unit_words = usize::from(words.get(article + 1)?.text.starts_with("minute"));
    let direction = words.get(article + unit_words + 1)?.text.as_str();
    let used = article + unit_words + 2;
    let (hour, more) = hour(words.get(used..)?)?;
    let minute = match direction {
        "past" if minutes < 60 => minutes,
        "to" | "before" if (1..60).contains(&minutes) => 60 - minutes,
        _ => return None,
    };
    let is_before = matches!(direction, "to" | "before");
    let hour = ClockTime {
        time: hour.time - chrono::Duration::hours(i64::from(is_before))
            + chrono::Duration::minutes(i64::from(minute)),
        ..hour
    };
    Some((hour, used + more))
}

/// A whole hour, with or without am or pm.
fn hour(words: &[DateWord]) -> Option<(ClockTime, usize)> {
    let first = words.first()?;
    let number = match first.number() {
        Some((n, 1 | 2)) => n,
        Some(_) => return None,
        None => small_number(&first.text)?,
    };
    with_am_or_pm(ClockTime::new(number, 0, 0)?, words.get(1)).map(|(time, more)| (time, 1 + more))
}

/// Applies a following am or pm, if there is one. Returns how many words that took.
fn with_am_or_pm(time: ClockTime, next: Option<&DateWord>) -> Option<(ClockTime, usize)> {
    use chrono::Timelike;
    let shift = match next.map(|word| word.text.as_str()) {
        Some("am" | "a") => 0,
        Some("pm" | "p") => 12,
        Some("h" | "hours") => return Some((ClockTime { open: false, ..time }, 1)),
        Some("o'clock" | "oclock") => return Some((time, 1)),
        _ => return Some((time, 0)),
    };
    let hour = (1..=12).contains(&time.time.hour()).then(|| time.time.hour() % 12 + shift)?;
    Some((ClockTime { time: time.time.with_hour(hour)?, open: false, next_day: false }, 1))
}

fn in_digits(words: &[DateWord], dotted: bool) -> Option<(ClockTime, usize)> {
    let first = words.first()?;
    if words.get(1).is_some_and(|word| matches!(word.text.as_str(), "o'clock" | "oclock")) {
        return hour(words);
    }
    if let Some(time) = clock(&first.text, dotted || is_am_or_pm(words.get(1))) {
        return with_am_or_pm(time, words.get(1)).map(|(time, more)| (time, 1 + more));
    }
    let (number, digits) = first.number()?;
    let next = words.get(1).map(|word| word.text.as_str());
    // `21h14`
    if next == Some("h") && words.get(1)?.glued && digits <= 2 {
        let minutes = words.get(2).filter(|word| word.glued).and_then(DateWord::number);
        let (minutes, used) = match minutes {
            Some((minutes, 2)) => (minutes, 3),
            Some(_) => return None,
            None if dotted && number < 24 => (0, 2),
            None => return None,
        };
        return Some((ClockTime { open: false, ..ClockTime::new(number, minutes, 0)? }, used));
    }
    if is_am_or_pm(words.get(1)) && digits <= 2 {
        return with_am_or_pm(ClockTime::new(number, 0, 0)?, words.get(1))
            .map(|(time, more)| (time, 1 + more));
    }
    // `2114 hours`
    if digits == 4 && matches!(next, Some("hours" | "h")) {
        return Some((
            ClockTime { open: false, ..ClockTime::new(number / 100, number % 100, 0)? },
            2,
        ));
    }
    // Four digits after “at”.
    if first.after_at && digits == 4 {
        return Some((
            ClockTime { open: false, ..ClockTime::new(number / 100, number % 100, 0)? },
            1,
        ));
    }
    None
}

/// An hour given as a number alone, where other words make it an hour.
pub fn bare_hour(words: &[DateWord]) -> Option<(ClockTime, usize)> {
    hour(words).map(|(time, used)| {
        (
            ClockTime {
                open: time.open && words.first().is_some_and(|w| !w.text.starts_with('0')),
                ..time
            },
            used,
        )
    })
}

fn is_am_or_pm(word: Option<&DateWord>) -> bool {
    word.is_some_and(|word| matches!(word.text.as_str(), "am" | "pm"))
        || word.is_some_and(|word| word.glued && matches!(word.text.as_str(), "a" | "p"))
}

/// A clock time: `21:14`, `21:14:03.5`; also with full stops if `dotted`.
fn clock(text: &str, dotted: bool) -> Option<ClockTime> {
    let (whole, _fraction) = match text.match_indices(['.', ',']).next() {
        Some((at, _)) if text.contains(':') => text.split_at(at),
        _ => (text, ""),
    };
    let parts: Vec<&str> = match (whole.contains(':'), dotted) {
        (true, _) => whole.split(':').collect(),
        (false, true) => whole.split('.').collect(),
        (false, false) => return None,
    };
    let number = |text: &&str| {
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        (digits && text.len() <= 2).then(|| text.parse::<u32>().ok())?
    };
    let minutes_are_whole = parts.iter().skip(1).all(|part| part.len() == 2);
    let numbers: Option<Vec<u32>> = parts.iter().map(number).collect();
    let time = match numbers?[..] {
        [hour, minute] => ClockTime::new(hour, minute, 0),
        [hour, minute, second] if second <= 60 => ClockTime::new(hour, minute, second),
        _ => None,
    }?;
    // `09:30` is in the morning, `9:30` may be either.
    Some(ClockTime { open: time.open && !whole.starts_with('0'), ..time })
        .filter(|_| minutes_are_whole)
}

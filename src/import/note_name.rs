//! Parses the day in a note's name and folders, and the rest of the name.

use chrono::{NaiveDate, NaiveTime};

use crate::config::Clock;
use crate::dates::{Timestamp, Zone, time_of_day};

use super::vault;

/// The parts of a name.
pub struct NoteName {
    pub day: NameDay,
    pub time: Option<NaiveTime>,
    pub zone: Option<Zone>,
    /// The rest of the name.
    pub title: String,
}

impl NoteName {
    /// Are there no words in it beside its day?
    pub fn is_day_alone(&self) -> bool {
        vault::is_stub(&self.title) || !matches!(self.day, NameDay::Clear(_))
    }
}

pub enum NameDay {
    Clear(NaiveDate),
    /// With a two-digit year, or with day and month in unknown order.
    Unclear(String),
    /// Written as a day that no calendar has, such as 2026-02-30.
    NoSuchDay(String),
}

/// How many places to try at either end of a name: a longer one is a title, with a date
/// at one end if it has one.
const MOST_BOUNDS: usize = 20;

/// Parses the last parts of a path, such as `2026-11-12.md`, `18.11.2026.md`, `November
/// 19, 2026.md`, `2026/11-November/22.md`.
pub fn of_path(path: &str, stem: &str, clock: &Clock) -> Option<NoteName> {
    in_name(stem, clock).or_else(|| in_folders(path, stem, clock)).or_else(|| no_such_day(stem))
}

/// Finds the longest piece of a name that is a date, from the left.
fn in_name(stem: &str, clock: &Clock) -> Option<NoteName> {
    if !stem.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let bounds = bounds(stem);
    let mut unclear = None;
    for start in &bounds {
        for end in bounds.iter().rev().filter(|end| *end > start) {
            let piece = trim(&stem[*start..*end]);
            let Some(stamp) = date_alone(piece, clock) else { continue };
            let (before, after) = (&stem[..*start], &stem[*end..]);
            let (time, zone, time_length) = match stamp.time() {
                Some(time) => (Some(time), None, 0),
                None => time_after(after, clock),
            };
            let title = join_title(before, &after[time_length..]);
            match stamp.day() {
                Some(day) => return Some(NoteName { day: NameDay::Clear(day), time, zone, title }),
                None => {
                    let day = NameDay::Unclear(piece.to_owned());
                    unclear.get_or_insert(NoteName { day, time, zone, title });
                }
            }
        }
    }
    unclear
}

/// Finds what is written like `2026-02-30`, where nothing in the name is a date.
fn no_such_day(stem: &str) -> Option<NoteName> {
    let is_separator = |c: char| matches!(c, '-' | '_' | '.');
    let has_shape = |piece: &&str| piece.split(is_separator).map(str::len).eq([4, 2, 2]);
    let given = stem.split(|c: char| !c.is_ascii_digit() && !is_separator(c)).find(has_shape)?;
    let day = NameDay::NoSuchDay(given.to_owned());
    Some(NoteName { day, time: None, zone: None, title: stem.to_owned() })
}

/// Where a date may start or end: between words, and before the T of a time.
fn bounds(stem: &str) -> Vec<usize> {
    let mut bounds = vec![0];
    let mut last = ' ';
    for (at, c) in stem.char_indices() {
        let is_separator = |c: char| !c.is_alphanumeric();
        let starts_time = c == 'T' && last.is_ascii_digit();
        if at > 0 && (is_separator(c) || is_separator(last) || starts_time) {
            bounds.push(at);
        }
        last = c;
    }
    bounds.push(stem.len());
    if bounds.len() > 2 * MOST_BOUNDS {
        bounds.drain(MOST_BOUNDS..bounds.len() - MOST_BOUNDS);
    }
    bounds
}

/// Parses a date with its year that isn't part of a longer number.
fn date_alone(piece: &str, clock: &Clock) -> Option<Timestamp> {
    let digits = piece.bytes().filter(u8::is_ascii_digit).count();
    // Twelve or fourteen digits are a date and a time.
    let has_time = matches!(digits, 12 | 14) && digits == piece.len();
    let may_be_date = piece.len() >= 6 && ((3..=8).contains(&digits) || has_time);
    if !may_be_date || !piece.ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    // File names separate words with `_` and `-`: `2026_11_23`, `2026-11-23-Monday`.
    let spaced = space_words(piece);
    Timestamp::parse(&spaced, clock).filter(|stamp| has_time || !stamp.has_time())
}

/// Replaces underscores, and hyphens beside letters, by spaces; between digits,
/// underscores by hyphens.
fn space_words(piece: &str) -> String {
    let chars: Vec<char> = piece.chars().collect();
    let is_letter =
        |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphabetic());
    let all_digits = !chars.iter().any(|c| c.is_alphabetic());
    let replace = |(at, c): (usize, &char)| match c {
        '_' if all_digits => '-',
        '_' => ' ',
        '-' if is_letter(at.checked_sub(1)) || is_letter(Some(at + 1)) => ' ',
        c => *c,
    };
    chars.iter().enumerate().map(replace).collect()
}

/// Parses a time after a date: `T21-14`, ` 21.14.05`, `-2114`, `_2114-0500`, ` 9pm`.
/// Returns the length of that text too, in bytes.
fn time_after(rest: &str, clock: &Clock) -> (Option<NaiveTime>, Option<Zone>, usize) {
    let skip = usize::from(rest.starts_with(['T', ' ', '_', '-']));
    let body = &rest[skip..];
    let ends = body.char_indices().filter(|(_, c)| !c.is_alphanumeric() && !"+.-:".contains(*c));
    let word = &body[..ends.map(|(at, _)| at).next().unwrap_or(body.len())];
    for end in word.char_indices().rev().map(|(at, c)| at + c.len_utf8()) {
        let piece = &word[..end];
        // In `2114-0500` a zone follows the sign, but `0930-1130` is a span of time.
        let is_span = |at: usize| piece[at..].starts_with('-') && piece[at + 1..] > piece[..at];
        let sign = piece.rfind(['+', '-']).filter(|at| piece.len() - at >= 5 && !is_span(*at));
        let (clock_part, zone) = match sign.map(|at| piece.split_at(at)) {
            Some((clock_part, zone)) if Zone::parse(zone).is_some() => {
                (clock_part, Zone::parse(zone))
            }
            _ => match piece.strip_suffix('Z') {
                Some(clock_part) => (clock_part, Some(Zone::Utc)),
                None => (piece, None),
            },
        };
        if let Some(time) = time_in(clock_part, clock) {
            return (Some(time), zone, skip + end);
        }
    }
    (None, None, 0)
}

fn time_in(piece: &str, clock: &Clock) -> Option<NaiveTime> {
    if !piece.contains(|c: char| c.is_ascii_alphabetic()) {
        let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
        let shape = match digits.len() {
            4 => "%H%M",
            6 => "%H%M%S",
            _ => return None,
        };
        // Pairs of digits, or all digits together.
        let pairs = piece.split(|c: char| !c.is_ascii_digit()).all(|pair| pair.len() == 2);
        let well_formed = pairs || digits.len() == piece.len();
        return NaiveTime::parse_from_str(&digits, shape).ok().filter(|_| well_formed);
    }
    time_of_day(piece, clock)
}

fn join_title(before: &str, after: &str) -> String {
    let (before, after) = (trim(before), trim(after));
    if before.is_empty() || after.is_empty() {
        format!("{before}{after}")
    } else {
        format!("{before} {after}")
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches([' ', '-', '_', '–', '.', ','])
}

/// Parses a day in folders: `2026/11/22`, `2026/11-November/22`, `2026/November/22
/// Sunday`, `2026-11/22`; or any note in a folder for a day, such as `2026/11/22/walk`
/// and `22.11.2026/walk`.
fn in_folders(path: &str, stem: &str, clock: &Clock) -> Option<NoteName> {
    let folders: Vec<&str> = path.rsplit('/').skip(1).take(3).collect();
    if let Some((day, title)) = day_below(stem, &folders) {
        let title = title.to_owned();
        return Some(NoteName { day: NameDay::Clear(day), time: None, zone: None, title });
    }
    let parent = folders.first()?;
    let date_in_parent = date_alone(parent, clock).and_then(|stamp| stamp.day());
    let date_in_path = || day_below(parent, &folders[1..]).filter(|(_, rest)| rest.is_empty());
    let day = date_in_parent.or_else(|| date_in_path().map(|(day, _)| day))?;
    Some(NoteName { day: NameDay::Clear(day), time: None, zone: None, title: stem.to_owned() })
}

/// A name that begins with a day of the month, in folders for the month and year; with
/// the rest of the name.
fn day_below<'a>(name: &'a str, folders: &[&str]) -> Option<(NaiveDate, &'a str)> {
    let (day, title) = leading_number(name)?;
    let folder = folders.first()?;
    let (year, month) = match folder.split_at_checked(4).filter(|(year, _)| is_year(year)) {
        // `2026-11`, inside a year or not.
        Some((year, month)) => (year, trim(month)),
        None => (*folders.get(1).filter(|year| is_year(year))?, *folder),
    };
    let month = month_of(month)?;
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)?;
    Some((day, if is_weekday(title) { "" } else { title }))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Splits off a number of one or two digits.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let number = text.get(..end).filter(|_| end <= 2)?.parse().ok()?;
    let rest = &text[end..];
    let rest =
        ["st", "nd", "rd", "th"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let is_separate = rest.is_empty() || !rest.starts_with(char::is_alphanumeric);
    is_separate.then(|| (number, trim(rest)))
}

/// `11`, `11-November`, `November`, `Nov`.
fn month_of(text: &str) -> Option<u32> {
    let (number, name) = match leading_number(text) {
        Some((number, rest)) => (Some(number), rest),
        None => (None, text),
    };
    let from_name = name.parse::<chrono::Month>().ok().map(|month| month.number_from_month());
    match (number, from_name) {
        (Some(number), _) if number <= 12 && (name.is_empty() || from_name == Some(number)) => {
            Some(number)
        }
        (None, from_name) => from_name,
        _ => None,
    }
}

fn is_weekday(text: &str) -> bool {
    text.parse::<chrono::Weekday>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str) -> Option<(String, String)> {
        let clock = Clock::at("2026-11-23T21:14:03+00:00".parse().unwrap());
        let name = path.rsplit('/').next().unwrap();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let name = of_path(path, stem, &clock)?;
        let NameDay::Clear(day) = name.day else { return None };
        let time = name.time.map_or(String::new(), |time| time.format(" %H:%M").to_string());
        Some((format!("{day}{time}"), name.title))
    }

    #[test]
    fn a_name_tells_its_day_time_and_title() {
        for (path, day, title) in [
            ("2026-11-12.md", "2026-11-12", ""),
            ("18.11.2026.md", "2026-11-18", ""),
            ("November 19, 2026.md", "2026-11-19", ""),
            ("19 Nov 2026.md", "2026-11-19", ""),
            ("Thursday, November 19, 2026.md", "2026-11-19", ""),
            ("2026-11-19 Thursday.md", "2026-11-19", ""),
            ("2026-11-19-Thu.md", "2026-11-19", ""),
            ("2026_11_23.md", "2026-11-23", ""),
            ("20261123.md", "2026-11-23", ""),
            ("2026-11-15_2114-0500.md", "2026-11-15 21:14", ""),
            ("2026-11-23T21-14-05 By the weir.md", "2026-11-23 21:14", "By the weir"),
            ("2026-11-23 21.14 By the weir.md", "2026-11-23 21:14", "By the weir"),
            ("2026-11-23 9pm.md", "2026-11-23 21:00", ""),
            ("202611232114 Note.md", "2026-11-23 21:14", "Note"),
            ("2026-11-23 - By the weir.md", "2026-11-23", "By the weir"),
            ("Walk 2026-11-23 with Rui.md", "2026-11-23", "Walk with Rui"),
            ("Journal 18.11.2026.md", "2026-11-18", "Journal"),
            ("2026-11-23 1999 things.md", "2026-11-23", "1999 things"),
            ("2026-11-23 2 dogs.md", "2026-11-23", "2 dogs"),
            ("2026/11/22.md", "2026-11-22", ""),
            ("a/2026/11-November/22.md", "2026-11-22", ""),
            ("2026/November/22 Sunday.md", "2026-11-22", ""),
            ("2026/11/22 - By the weir.md", "2026-11-22", "By the weir"),
            ("2026-11/22.md", "2026-11-22", ""),
            ("2026/2026-11/22.md", "2026-11-22", ""),
            ("2026/Nov/22nd.md", "2026-11-22", ""),
            ("2026/11/22/walk.md", "2026-11-22", "walk"),
            ("22.11.2026/walk.md", "2026-11-22", "walk"),
            ("2026-11-22T2114Z.md", "2026-11-22 21:14", ""),
            ("2026-11-22 0930-1130 Rui.md", "2026-11-22 09:30", "1130 Rui"),
            (
                "a b c d e f g h i j k l m n o p q r s t u v w x y 2026-11-22.md",
                "2026-11-22",
                "a b c d e f g h i j k l m n o p q r s t u v w x y",
            ),
        ] {
            let expected = Some((day.to_owned(), title.to_owned()));
            assert_eq!(of(path), expected, "{path}");
        }
    }

    #[test]
    fn what_is_no_whole_date_tells_none() {
        for path in [
            "notes.md",
            "12026-11-23.md",
            "2026-13-23.md",
            "2026-11-2é.md",
            "123456.md",
            "2026-11.md",
            "2026-W47.md",
            "2026/13/01.md",
            "2026/12-November/22.md",
            "22.md",
            "18.11.26.md",
            "03-04-2026.md",
            "call +49 30 1234567.md",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}

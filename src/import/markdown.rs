//! Markdown: a file an entry, or a file a day, with front matter or without, as
//! Obsidian and its like keep them; and what `export` wrote, entry by entry.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::{Map, Value as Json};

use crate::import::LeftOut;

use super::front::{self, Parts};
use super::page::{Page, tags_in, trimmed};
use super::{Desk, Input, Read, Source, Spot, told};

pub const SOURCE: Source = Source {
    name: "markdown",
    about: "a markdown file, or a folder of them such as an Obsidian vault",
    extensions: &["md", "markdown"],
    read,
};

fn read(input: &Input, desk: &Desk) -> Read {
    let text = match input.text() {
        Ok(text) => text.replace("\r\n", "\n"),
        Err(why) => return Read::nothing(input, why),
    };
    let Parts { front, body, line } = front::split(&text);
    if told::is_told(body) {
        return told::read(input, body, line, desk);
    }
    let mut read = Read::default();
    let (fields, body) = match front.map_or_else(|| Ok(Map::new()), front::fields) {
        Ok(fields) => (fields, body),
        Err((at, why)) => {
            read.problem(input, at + 1, LeftOut::FrontMatter { why });
            (Map::new(), &*text)
        }
    };
    if body.trim().is_empty() && fields.is_empty() {
        return Read::nothing(input, LeftOut::NothingInIt);
    }
    let note = Note { input, fields, body };
    match note.at(desk) {
        Ok(at) => {
            let page = note.page();
            let words = format!("{} {}", page.title, page.text);
            let words: Vec<&str> = words.split_whitespace().collect();
            let known_by = format!("{} {}", at.format("%Y-%m-%d %H:%M"), words.join(" "));
            read.keep(input, line, at, page, known_by, desk);
        }
        Err(why) => read.problem(input, Spot::default(), why),
    }
    read
}

/// A file that is one entry.
struct Note<'a> {
    input: &'a Input,
    fields: Map<String, Json>,
    body: &'a str,
}

/// Fields that say when, the first that is there.
const DATES: &[&str] = &["date", "created", "created_at", "creation date", "datetime", "day"];
const TAGS: &[&str] = &["tags", "tag", "keywords"];
const TITLE: &str = "title";
const TIME: &str = "time";

impl Note<'_> {
    fn field(&self, names: &[&str]) -> Option<&Json> {
        let named = |name: &&str| self.fields.iter().find(|(key, _)| key.to_lowercase() == **name);
        names.iter().find_map(named).map(|(_, value)| value)
    }

    /// When it was: the front matter knows best, then the name, then the
    /// folders. A day alone is kept at noon.
    fn at(&self, desk: &Desk) -> Result<DateTime<FixedOffset>, LeftOut> {
        let local = |wall: NaiveDateTime| {
            desk.local(wall).ok_or_else(|| LeftOut::BadDate { given: wall.to_string() })
        };
        if let Some(given) = self.field(DATES).filter(|value| !value.is_null()) {
            let given = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
            if let Ok(exact) = DateTime::parse_from_rfc3339(&given) {
                return Ok(exact);
            }
            let (day, time) = day_and_time(&given).ok_or(LeftOut::BadDate { given })?;
            let said = self.field(&[TIME]).and_then(Json::as_str).and_then(clock_time);
            return local(day.and_time(time.or(said).unwrap_or(NOON)));
        }
        let (day, time) =
            self.in_name().map(|(day, time, _)| (day, time)).ok_or(LeftOut::NoDate)?;
        local(day.and_time(time.unwrap_or(NOON)))
    }

    /// The date in the file's name, or that its folders and name make, and what
    /// else the name says.
    fn in_name(&self) -> Option<(NaiveDate, Option<NaiveTime>, &str)> {
        let stem = self.input.stem();
        if let Some((at, length)) = date_within(stem) {
            let day = compact_date(&stem[at..at + length])?;
            let rest = &stem[at + length..];
            let (time, taken) = time_at(rest);
            let said = if at == 0 { &rest[taken..] } else { &stem[..at] };
            return Some((day, time, said.trim_matches([' ', '-', '_', '–', '.', ','])));
        }
        let parts: Vec<&str> = self.input.path.rsplit('/').skip(1).take(2).collect();
        let [month, year] = parts[..] else { return None };
        let day = NaiveDate::parse_from_str(&format!("{year}-{month}-{stem}"), "%Y-%m-%d").ok()?;
        (year.len() == 4).then_some((day, None, ""))
    }

    fn page(&self) -> Page {
        let (heading, rest) = heading(self.body);
        let of_heading = heading.filter(|h| date_within(h).is_none() && !is_day_words(h));
        let named = self.in_name().map_or("", |(_, _, said)| said);
        let front = self.field(&[TITLE]).and_then(Json::as_str).map(str::trim);
        let (title, text) = match (front.filter(|title| !title.is_empty()), of_heading) {
            (Some(title), heading) if heading.is_none_or(|h| h == title) => {
                (title.to_owned(), if heading.is_some() { rest } else { self.body })
            }
            (Some(title), _) => (title.to_owned(), self.body),
            (None, Some(heading)) => (heading.to_owned(), rest),
            // A heading that is the date says nothing more.
            (None, None) => (named.to_owned(), if heading.is_some() { rest } else { self.body }),
        };
        let text = trimmed(text).to_owned();
        let mut tags = self.front_tags();
        // A number is no tag, but counts something.
        let worded = |tag: &&str| tag.contains(char::is_alphabetic);
        tags.extend(tags_in(&text, &['#']).filter(worded).map(str::to_owned));
        Page { title, text, tags, fields: self.others() }
    }

    /// A list, or words with commas between.
    fn front_tags(&self) -> Vec<String> {
        let word = |value: &Json| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match self.field(TAGS) {
            Some(Json::Array(items)) => items.iter().map(word).collect(),
            Some(Json::String(words)) => words.split([',', ' ']).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// Fields that no answer or tag holds.
    fn others(&self) -> Map<String, Json> {
        let used = |key: &str| {
            let known = DATES.iter().chain(TAGS).chain([&TITLE, &TIME]);
            known.into_iter().any(|known| key.to_lowercase() == **known)
        };
        let fields = self.fields.iter().filter(|(key, _)| !used(key));
        let fields: Map<String, Json> = fields.map(|(k, v)| (k.clone(), v.clone())).collect();
        Map::from_iter([("front_matter".to_owned(), Json::Object(fields))])
    }
}

const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).unwrap();

/// `2026-11-23`, with a time behind it or none.
fn day_and_time(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let day = compact_date(day)?;
    let time = time.trim();
    if time.is_empty() { Some((day, None)) } else { Some((day, Some(clock_time(time)?))) }
}

fn clock_time(text: &str) -> Option<NaiveTime> {
    const SHAPES: &[&str] = &["%H:%M:%S", "%H:%M", "%H:%M:%S%.f", "%I:%M %p", "%I:%M:%S %p"];
    SHAPES.iter().find_map(|shape| NaiveTime::parse_from_str(text.trim(), shape).ok())
}

/// Eight digits of a date, with whatever stands between them.
fn compact_date(text: &str) -> Option<NaiveDate> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let shaped = text.chars().all(|c| c.is_ascii_digit() || "-_./".contains(c));
    if digits.len() != 8 || !shaped {
        return None;
    }
    NaiveDate::parse_from_str(&digits, "%Y%m%d").ok()
}

/// Where a date stands in a name: its first byte, and its length.
fn date_within(text: &str) -> Option<(usize, usize)> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.filter_map(|at| Some((at, date_length(text, at)?))).next()
}

fn date_length(text: &str, at: usize) -> Option<usize> {
    let digit_before = text[..at].ends_with(|c: char| c.is_ascii_digit());
    let fits = |length: &usize| {
        let piece = text.get(at..at + length).filter(|p| p.starts_with(['1', '2']));
        piece.is_some_and(|piece| compact_date(piece).is_some() && parts_are_whole(piece))
    };
    // 2026-11-23 and 20261123.
    [10, 8].into_iter().find(fits).filter(|_| !digit_before)
}

fn parts_are_whole(date: &str) -> bool {
    let lengths: Vec<usize> = date.split(['-', '_', '.', '/']).map(str::len).collect();
    lengths == [4, 2, 2] || lengths == [8]
}

/// A time behind a date in a name: `T21-14`, ` 21.14.05`, `-2114`; and its length.
fn time_at(text: &str) -> (Option<NaiveTime>, usize) {
    let skip = usize::from(text.starts_with(['T', ' ', '_', '-']));
    let body = &text[skip..];
    let end = body.find(|c: char| !c.is_ascii_digit() && !".-:h".contains(c)).unwrap_or(body.len());
    let piece = body[..end].trim_end_matches(['.', '-', ':']);
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    let shape = match digits.len() {
        4 => "%H%M",
        6 => "%H%M%S",
        _ => return (None, 0),
    };
    match NaiveTime::parse_from_str(&digits, shape) {
        Ok(time) => (Some(time), skip + piece.len()),
        Err(_) => (None, 0),
    }
}

/// The heading that a text begins with, and what stands below it.
fn heading(body: &str) -> (Option<&str>, &str) {
    let start = body.trim_start_matches('\n');
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    match first.strip_prefix("# ") {
        Some(title) => (Some(title.trim()), rest),
        None => (None, body),
    }
}

fn is_day_words(text: &str) -> bool {
    const SHAPES: &[&str] =
        &["%A %d %B %Y", "%A, %d %B %Y", "%A, %B %d, %Y", "%B %d, %Y", "%d %B %Y"];
    SHAPES.iter().any(|shape| NaiveDate::parse_from_str(text, shape).is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{desk, input, said};
    use super::*;

    fn of(path: &str, text: &str) -> Read {
        desk(|desk| read(&input(path, text), desk))
    }

    fn when(path: &str, text: &str) -> String {
        of(path, text).drafts[0].entry.at.naive_local().to_string()
    }

    #[test]
    fn a_daily_note_is_an_entry_of_its_day() {
        let read = of("vault/2026-11-23.md", "# Monday, 23 November 2026\n\nThe heron #sea #1\n");
        assert_eq!(said(&read.drafts[0]), [("page", "The heron #sea #1")]);
        assert_eq!(read.drafts[0].entry.tags, ["sea"]);
        assert_eq!(read.problems, []);
        assert_eq!(when("2026-11-23.md", "x"), "2026-11-23 12:00:00");
    }

    #[test]
    fn names_tell_days_and_times_in_many_ways() {
        for (name, told) in [
            ("2026-11-23 2114.md", "2026-11-23 21:14:00"),
            ("2026-11-23T21-14-05 By the weir.md", "2026-11-23 21:14:05"),
            ("20261123.md", "2026-11-23 12:00:00"),
            ("Walk 2026-11-23.md", "2026-11-23 12:00:00"),
            ("notes/2026/11/23.md", "2026-11-23 12:00:00"),
            ("2026_11_23.markdown", "2026-11-23 12:00:00"),
            ("2026-11-23 1999 things.md", "2026-11-23 12:00:00"),
        ] {
            assert_eq!(when(name, "x"), told, "{name}");
        }
        for name in ["notes.md", "12026-11-23.md", "2026-13-23.md", "2026-11-2é.md", "123456.md"] {
            assert_eq!(of(name, "x").problems[0].why, LeftOut::NoDate, "{name}");
        }
    }

    #[test]
    fn front_matter_knows_best_and_none_of_it_is_lost() {
        let text = "---\ndate: 2026-11-20T08:15:00+05:30\ntags: [sea, two words]\nmood: calm\ntitle: Weir\n---\n# Weir\n\nThe heron";
        let read = of("2026-11-23.md", text);
        let entry = &read.drafts[0].entry;
        assert_eq!(entry.at.to_rfc3339(), "2026-11-20T08:15:00+05:30");
        assert_eq!(entry.tags, ["sea", "two-words"]);
        assert_eq!(said(&read.drafts[0]), [("page", "The heron"), ("title", "Weir")]);
        assert_eq!(entry.unknown["imported"]["front_matter"]["mood"], "calm");
        assert_eq!(
            when("x.md", "---\ndate: 2026-11-20\ntime: 21:14\n---\nx"),
            "2026-11-20 21:14:00"
        );
    }

    #[test]
    fn a_title_is_in_the_name_or_the_first_heading() {
        let read = of("2026-11-23 By the weir.md", "The heron");
        assert_eq!(said(&read.drafts[0])[1], ("title", "By the weir"));
        let read = of("2026-11-23.md", "# By the weir\n\n# Not this\nThe heron");
        assert_eq!(
            said(&read.drafts[0]),
            [("page", "# Not this\nThe heron"), ("title", "By the weir")]
        );
    }

    #[test]
    fn front_matter_that_cannot_be_read_stays_text() {
        let text = "---\na: [b\n---\nThe heron";
        let read = of("2026-11-23.md", text);
        assert_eq!(said(&read.drafts[0]), [("page", text)]);
        assert_eq!(read.problems[0].spot.line, Some(3));
        assert!(matches!(read.problems[0].why, LeftOut::FrontMatter { .. }));
    }

    #[test]
    fn a_date_that_is_none_is_named() {
        let read = of("2026-11-23.md", "---\ndate: soon\n---\nx");
        assert_eq!(read.problems[0].why, LeftOut::BadDate { given: "soon".into() });
    }
}

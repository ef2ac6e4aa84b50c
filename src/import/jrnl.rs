//! jrnl: its plain text, in one file or in a folder of days, and its JSON
//! export. A line that begins with a date in brackets begins an entry. jrnl
//! rewrites its whole file each time, so all dates in it are written alike, and
//! a line whose brackets hold something else is text.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::import::LeftOut;

use super::listed::listed;
use super::page::{Page, tags_in, trimmed};
use super::{Desk, Input, Read, Source};

pub const SOURCE: Source = Source {
    name: "jrnl",
    about: "a jrnl text file, a folder of them, or what `jrnl --export json` printed",
    extensions: &["txt", "json", "jrnl"],
    read,
};

fn read(input: &Input, desk: &Desk) -> Read {
    let text = match input.text() {
        Ok(text) => text,
        Err(why) => return Read::nothing(input, why),
    };
    if text.starts_with("gAAAA") {
        return Read::nothing(input, LeftOut::Encrypted);
    }
    if text.trim_start().starts_with('{') {
        json(input, text, desk)
    } else {
        plain(input, text, desk)
    }
}

/// What jrnl can be told to write between the brackets: its own default
/// first, the day before the month last.
const DATES: &[&str] = &[
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%A %d %B %Y",
    "%d %B %Y",
    "%B %d, %Y",
];
const TIMES: &[&str] = &["%I:%M:%S %p", "%H:%M:%S", "%H:%M", "%I:%M %p"];

/// One way to write a moment; in a folder of days the date may be missing.
#[derive(Clone, Copy)]
struct Shape(Option<&'static str>, Option<&'static str>);

impl Shape {
    fn all() -> impl Iterator<Item = Shape> {
        let times = || TIMES.iter().map(|time| Some(*time));
        let dated = DATES
            .iter()
            .flat_map(move |date| times().chain([None]).map(|time| Shape(Some(date), time)));
        dated.chain(times().map(|time| Shape(None, time)))
    }

    fn read(self, text: &str, day: Option<NaiveDate>) -> Option<NaiveDateTime> {
        // What is no date is mostly seen at once.
        if !text.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match (self, day) {
            (Shape(Some(date), Some(time)), _) => {
                let both = |between: &str| {
                    NaiveDateTime::parse_from_str(text, &format!("{date}{between}{time}")).ok()
                };
                both(" ").or_else(|| both("T"))
            }
            (Shape(Some(date), None), _) => {
                NaiveDate::parse_from_str(text, date).ok()?.and_hms_opt(12, 0, 0)
            }
            (Shape(None, Some(time)), Some(day)) => {
                chrono::NaiveTime::parse_from_str(text, time).ok().map(|time| day.and_time(time))
            }
            _ => None,
        }
    }
}

/// `[2026-11-23 09:14:03 PM] The title`.
fn header(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('[')?.split_once("] ").filter(|(date, _)| !date.contains(']'))
}

fn plain(input: &Input, text: &str, desk: &Desk) -> Read {
    let mut read = Read::default();
    let lines: Vec<&str> = text.lines().collect();
    let day = day_of_path(&input.path);
    let headers = || {
        let all = lines.iter().enumerate().filter_map(|(i, line)| Some((i, header(line)?)));
        all.map(|(i, (date, rest))| (i, date, rest))
    };
    let fits =
        |shape: Shape| headers().filter(|(_, date, _)| shape.read(date, day).is_some()).count();
    // Of shapes that read as many, the first of the list.
    let all = Shape::all().map(|shape| (fits(shape), shape)).filter(|(fits, _)| *fits > 0);
    let all: Vec<(usize, Shape)> = all.collect();
    let best = all.iter().copied().reduce(|best, next| if next.0 > best.0 { next } else { best });
    let Some((most, shape)) = best else {
        let why = if text.trim().is_empty() { LeftOut::NothingInIt } else { LeftOut::NoHeader };
        return Read::nothing(input, why);
    };
    let as_good: Vec<Shape> = all.iter().filter(|(fits, _)| *fits == most).map(|s| s.1).collect();
    let apart = headers().find_map(|(i, date, _)| {
        let at = shape.read(date, day)?;
        let otherwise = as_good.iter().filter_map(|other| other.read(date, day)).any(|o| o != at);
        otherwise.then(|| (i, date.to_owned(), at.date().to_string()))
    });
    if let Some((i, given, day)) = apart {
        read.problem(input, i + 1, LeftOut::DaysOrMonths { given, read: day });
    }
    let mut begun: Vec<(usize, NaiveDateTime, &str)> = Vec::new();
    for (i, date, rest) in headers() {
        match shape.read(date, day) {
            Some(at) => begun.push((i, at, rest)),
            None if Shape::all().any(|other| other.read(date, day).is_some()) => {
                read.problem(input, i + 1, LeftOut::LooksLikeHeader);
            }
            None => {}
        }
    }
    let first = begun.first().map_or(lines.len(), |(i, ..)| *i);
    if let Some(start) = lines[..first].iter().position(|line| !line.trim().is_empty()) {
        read.problem(input, start + 1, LeftOut::BeforeTheFirst { to: first });
    }
    let ends = begun.iter().skip(1).map(|(i, ..)| *i).chain([lines.len()]);
    for ((start, at, title), end) in begun.iter().zip(ends) {
        let at = *at;
        let (title, is_starred) = star(title.trim());
        let Some(at) = desk.local(at) else {
            read.problem(input, start + 1, LeftOut::BadDate { given: at.to_string() });
            continue;
        };
        let text = trimmed(&lines[start + 1..end].join("\n")).to_owned();
        let tags = [title, &*text].into_iter().flat_map(|text| tags_in(text, &['@', '#']));
        let tags = tags.map(str::to_owned).collect();
        let page = Page { title: title.to_owned(), text, tags, fields: starred(is_starred) };
        let known_by = known_by(at, &page);
        read.keep(input, start + 1, at, page, known_by, desk);
    }
    read
}

/// `2026/11/23.txt` in a folder journal.
fn day_of_path(path: &str) -> Option<NaiveDate> {
    let mut parts = path.strip_suffix(".txt")?.rsplit('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    NaiveDate::parse_from_str(&format!("{year}-{month}-{day}"), "%Y-%m-%d").ok()
}

/// jrnl takes a first line that ends with a star for starred, and any stars
/// around it away.
fn star(title: &str) -> (&str, bool) {
    match title.ends_with('*') {
        true => (title.trim_matches([' ', '*']), true),
        false => (title, false),
    }
}

/// The export knows no seconds, and may part title and text elsewhere than the
/// file does: the same entry is to be known by either.
fn known_by(at: DateTime<FixedOffset>, page: &Page) -> String {
    let words = format!("{} {}", page.title, page.text);
    let words: Vec<&str> = words.split_whitespace().collect();
    format!("{} {}", at.format("%Y-%m-%d %H:%M"), words.join(" "))
}

fn starred(yes: bool) -> Map<String, Json> {
    Map::from_iter([("starred".to_owned(), json!(yes))])
}

#[derive(Deserialize)]
struct Exported {
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    date: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    starred: bool,
}

fn json(input: &Input, text: &str, desk: &Desk) -> Read {
    let mut read = Read::default();
    let entries = match listed::<Exported>(text, "a jrnl export") {
        Ok(entries) => entries,
        Err(why) => return Read::nothing(input, why),
    };
    for (spot, entry) in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(why) => {
                read.problem(input, spot, why);
                continue;
            }
        };
        let given = format!("{} {}", entry.date, entry.time);
        let wall = NaiveDateTime::parse_from_str(&given, "%Y-%m-%d %H:%M").ok();
        let Some(at) = wall.and_then(|wall| desk.local(wall)) else {
            read.problem(input, spot, LeftOut::BadDate { given });
            continue;
        };
        let (title, text) = (entry.title.trim().to_owned(), trimmed(&entry.body).to_owned());
        let page = Page { title, text, tags: entry.tags, fields: starred(entry.starred) };
        let known_by = known_by(at, &page);
        read.keep(input, spot, at, page, known_by, desk);
    }
    read
}

#[cfg(test)]
mod tests {
    use super::super::tests::{desk, input, said};
    use super::*;

    fn read_text(path: &str, text: &str) -> Read {
        desk(|desk| read(&input(path, text), desk))
    }

    const TWO: &str = "[2020-05-01 10:00:00 AM] First sentence here.\nAnd a body @home #x\n\n[2026-11-22 09:00:05 PM] Starred thing *\n";

    #[test]
    fn an_entry_has_its_time_title_text_tags_and_star() {
        let read = read_text("journal.txt", TWO);
        assert_eq!(read.problems, []);
        let [first, second] = &read.drafts[..] else { panic!("{:?}", read.drafts) };
        assert_eq!(first.entry.at.naive_local().to_string(), "2020-05-01 10:00:00");
        assert_eq!(
            said(first),
            [("page", "And a body @home #x"), ("title", "First sentence here.")]
        );
        assert_eq!(first.entry.tags, ["home", "x"]);
        assert_eq!(said(second), [("page", "Starred thing")]);
        assert_eq!(second.entry.unknown["imported"]["starred"], true);
        assert_eq!(second.entry.at.naive_local().to_string(), "2026-11-22 21:00:05");
    }

    #[test]
    fn lines_that_look_like_headers_but_are_none_stay_text() {
        let body = "[1] a note\n[x] done\n[2020-05-01 10:00] another shape\n[2020-05-01 10:00:00 AM]no space\n [2020-05-01 10:00:00 AM] indented\n[]( ) x\n[a] [b] c";
        let read = read_text("j.txt", &format!("[2020-05-01 10:00:00 AM] T\n{body}\n"));
        assert_eq!(said(&read.drafts[0]), [("page", body), ("title", "T")]);
        assert_eq!(read.drafts.len(), 1);
        let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
        assert_eq!((problem.spot.line, &problem.why), (Some(4), &LeftOut::LooksLikeHeader));
    }

    #[test]
    fn dates_that_can_be_read_in_two_ways_are_pointed_out_once() {
        let read = read_text("j.txt", "[05/06/2020 10:00] a\n[07/06/2020 11:00] b\n");
        let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
        let read =
            LeftOut::DaysOrMonths { given: "05/06/2020 10:00".into(), read: "2020-05-06".into() };
        assert_eq!((problem.spot.line, &problem.why), (Some(1), &read));
        let told = |text: &str| read_text("j.txt", text).problems;
        assert_eq!(told("[05/05/2020 10:00] a\n[06/06/2020 11:00] b\n"), []);
        assert_eq!(told("[05/06/2020 10:00] a\n[13/06/2020 11:00] b\n"), []);
    }

    #[test]
    fn a_star_ends_the_first_line_as_jrnl_has_it() {
        for (line, title, starred) in [
            ("Glued*", "Glued", true),
            ("Word *", "Word", true),
            ("**Bold title**", "Bold title", true),
            ("* lead", "* lead", false),
            ("Second* .", "Second* .", false),
        ] {
            assert_eq!(star(line), (title, starred), "{line}");
        }
    }

    #[test]
    fn the_shape_that_fits_most_headers_is_the_files() {
        let text = "[13/05/2020 10:00] a\n[01/06/2020 11:00] b\n";
        let days: Vec<String> =
            read_text("j.txt", text).drafts.iter().map(|d| d.entry.day().to_string()).collect();
        assert_eq!(days, ["2020-05-13", "2020-06-01"]);
    }

    #[test]
    fn text_before_the_first_entry_is_named_by_its_lines() {
        let read = read_text("j.txt", &format!("\nlost words\nmore\n{TWO}"));
        assert_eq!(read.drafts.len(), 2);
        assert_eq!(read.problems[0].spot.line, Some(2));
        assert_eq!(read.problems[0].why, LeftOut::BeforeTheFirst { to: 3 });
    }

    #[test]
    fn in_a_folder_the_place_says_the_day() {
        let read = read_text("2020/05/17.txt", "[10:00] one\n\n[11:30] two\n");
        let at: Vec<String> =
            read.drafts.iter().map(|d| d.entry.at.naive_local().to_string()).collect();
        assert_eq!(at, ["2020-05-17 10:00:00", "2020-05-17 11:30:00"]);
    }

    #[test]
    fn the_export_and_the_file_are_known_as_the_same() {
        let export = r##"{"tags": {}, "entries": [
            {"title": "First sentence here.", "body": "And a body @home #x",
             "date": "2020-05-01", "time": "10:00", "tags": ["@home", "#x"], "starred": false},
            {"title": 3},
            {"title": "x", "date": "2020-13-01", "time": "10:00"}
        ]}"##;
        let read = read_text("export.json", export);
        assert_eq!(read.drafts[0].known_by, read_text("j.txt", TWO).drafts[0].known_by);
        assert_eq!(
            read.problems.iter().map(|p| p.spot.line).collect::<Vec<_>>(),
            [Some(4), Some(5)]
        );
    }

    #[test]
    fn what_is_no_journal_is_said_to_be_none() {
        let why = |text: &str| read_text("j.txt", text).problems.remove(0).why;
        assert_eq!(why("words\n[x] y\n"), LeftOut::NoHeader);
        assert_eq!(why("\n"), LeftOut::NothingInIt);
        assert_eq!(why("gAAAAABf"), LeftOut::Encrypted);
        assert!(matches!(why("{\"a\": 1}"), LeftOut::NoEntries { .. }));
        assert!(matches!(why("{\"a\": "), LeftOut::NotJson { .. }));
    }
}

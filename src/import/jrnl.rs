//! jrnl: its plain text, in one file or in a folder of days, and its JSON
//! export. A line that begins with a date in brackets begins an entry. jrnl
//! rewrites its whole file each time, so all dates in it are written alike, and
//! a line whose brackets hold something else is text.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::dates::{Order, Stamp, time_of_day};
use crate::error::ImportIssue;

use super::json_entries::json_entries;
use super::page::{Page, tags_in, trimmed};
use super::{ImportContext, Input, Read, Source};

pub const SOURCE: Source = Source {
    name: "jrnl",
    about: "a jrnl text file, a folder of them, or what `jrnl --export json` printed",
    extensions: &["txt", "json", "jrnl", "journal"],
    sets_aside: |_| None,
    read,
};

/// How each version of jrnl begins what it encrypted.
const ENCRYPTED: &[&str] = &["gAAAA", "JRNLv"];

fn read(input: &Input, context: &ImportContext) -> Read {
    let text = match input.text() {
        Ok(text) => text,
        // Version 1 encrypted to bare bytes; text in an older encoding has no such ones.
        Err(ImportIssue::NotUtf8 { .. })
            if input.bytes.iter().any(|b| matches!(b, 0..8 | 14..27)) =>
        {
            return Read::nothing(input, ImportIssue::EncryptedJrnl);
        }
        Err(why) => return Read::nothing(input, why),
    };
    if ENCRYPTED.iter().any(|begins| text.starts_with(begins)) {
        return Read::nothing(input, ImportIssue::EncryptedJrnl);
    }
    let folder_day = day_of_path(&input.path);
    if context.jrnl.is_folder && folder_day.is_none() {
        return Read::nothing(input, ImportIssue::NotInJrnlFolder);
    }
    if text.trim_start().starts_with('{') {
        json(input, text, context)
    } else {
        plain(input, text, folder_day, context)
    }
}

/// A line that may begin an entry, and what its date can be.
struct Header<'a> {
    /// From 0.
    line: usize,
    date: &'a str,
    title: &'a str,
    reading: Reading,
}

enum Reading {
    Moment(Stamp),
    /// In a form that only the settings know.
    Wall(NaiveDateTime),
    /// In a folder of days, the date may be missing.
    Time(NaiveTime),
    None,
}

/// `[2026-11-23 09:14:03 PM] The title`; before version 2, without the brackets.
fn header(line: &str, brackets: bool) -> Option<(&str, &str)> {
    if brackets {
        return line.strip_prefix('[')?.split_once("] ").filter(|(date, _)| !date.contains(']'));
    }
    let starts = line.starts_with(|c: char| c.is_ascii_digit());
    let spaces = line.match_indices(' ').map(|(at, _)| at).nth(1).filter(|_| starts)?;
    Some((&line[..spaces], &line[spaces + 1..]))
}

impl<'a> Header<'a> {
    fn all(lines: &[&'a str], folder_day: Option<NaiveDate>, context: &ImportContext) -> Vec<Self> {
        let first = lines.iter().find(|line| !line.trim().is_empty());
        let brackets = !first.is_some_and(|line| {
            let bare = header(line, false).and_then(|(date, _)| Stamp::parse(date, context.clock));
            bare.is_some_and(|stamp| stamp.has_time())
        });
        let one = |(line, text): (usize, &&'a str)| {
            let (date, title) = header(text, brackets)?;
            Some(Header { line, date, title, reading: Reading::of(date, folder_day, context) })
        };
        let all = lines.iter().enumerate().filter_map(one);
        // Without brackets, most lines with a number in front are text.
        all.filter(|header| brackets || header.is_readable()).collect()
    }

    fn is_readable(&self) -> bool {
        !matches!(self.reading, Reading::None)
    }

    /// Would somebody take it for a date? Short ones are footnotes and boxes.
    fn looks_like_one(&self) -> bool {
        let digits = self.date.chars().filter(char::is_ascii_digit).count();
        self.is_readable() || (digits >= 4 && self.date.chars().count() > 6)
    }

    /// How its date is written, whatever it is: `9999-9-9 weekday 9:9`.
    fn shape(&self) -> String {
        let mut shape = String::new();
        let mut rest = self.date;
        while let Some(c) = rest.chars().next() {
            let same = |other: char| match c {
                c if c.is_ascii_digit() => other.is_ascii_digit(),
                c if c.is_alphabetic() => other.is_alphabetic(),
                c if c.is_whitespace() => other.is_whitespace(),
                _ => false,
            };
            let end = rest.find(|other| !same(other)).unwrap_or(rest.len()).max(c.len_utf8());
            let (run, after) = rest.split_at(end);
            shape += kind_of(run);
            rest = after;
        }
        shape
    }
}

fn kind_of(run: &str) -> &str {
    match run.chars().next() {
        // A year in full is no day, month or year of two digits.
        Some(c) if c.is_ascii_digit() => {
            if run.len() > 2 {
                "9999"
            } else {
                "9"
            }
        }
        Some(c) if c.is_whitespace() => " ",
        Some(c) if c.is_alphabetic() => match run.to_lowercase().as_str() {
            "am" | "pm" => "half",
            _ if run.parse::<chrono::Month>().is_ok() => "month",
            _ if run.parse::<chrono::Weekday>().is_ok() => "weekday",
            _ => "zone",
        },
        _ => run,
    }
}

impl Reading {
    fn of(date: &str, folder_day: Option<NaiveDate>, context: &ImportContext) -> Reading {
        // What is no date is mostly seen at once.
        if !date.contains(|c: char| c.is_ascii_digit()) {
            return Reading::None;
        }
        if let Some(stamp) = Stamp::parse(date, context.clock) {
            return Reading::Moment(stamp);
        }
        let format = context.jrnl.time_format.as_deref();
        if let Some(wall) = format.and_then(|format| wall_in(date, format)) {
            return Reading::Wall(wall);
        }
        match folder_day.and_then(|_| time_of_day(date, context.clock)) {
            Some(time) => Reading::Time(time),
            None => Reading::None,
        }
    }
}

fn wall_in(date: &str, format: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(date, format)
        .ok()
        .or_else(|| NaiveDate::parse_from_str(date, format).ok()?.and_hms_opt(12, 0, 0))
}

fn plain(
    input: &Input,
    text: &str,
    folder_day: Option<NaiveDate>,
    context: &ImportContext,
) -> Read {
    let lines: Vec<&str> = text.lines().collect();
    let headers = Header::all(&lines, folder_day, context);
    let Some(shape) = commonest_shape(&headers) else {
        let long = |header: &&Header| header.date.chars().count() > 6;
        let digits = |header: &&Header| header.date.contains(|c: char| c.is_ascii_digit());
        let like = headers.iter().filter(long).find(digits);
        let why = match like {
            Some(header) => ImportIssue::UnreadableHeaders { given: header.date.to_owned() },
            None if text.trim().is_empty() => ImportIssue::NothingInIt,
            None => ImportIssue::NoHeader,
        };
        let mut read = Read::default();
        match like {
            Some(header) => read.problem(input, header.line + 1, why),
            None => read.problem(input, super::Spot::default(), why),
        }
        return read;
    };
    let mut read = Read::default();
    let is_entry = |header: &Header| header.is_readable() && header.shape() == shape;
    let (entries, others): (Vec<Header>, Vec<Header>) = headers.into_iter().partition(is_entry);
    if let Some(short) = entries.iter().find(|header| header.has_short_year()) {
        let given = short.date.to_owned();
        read.problem(input, short.line + 1, ImportIssue::TwoDigitYear { given });
        return read;
    }
    let (order, unsettled) = order(&entries, context.jrnl.order);
    if let Some((line, why)) = unsettled {
        read.problem(input, line + 1, why);
    }
    for other in others.iter().filter(|header| header.looks_like_one()) {
        let given = other.date.to_owned();
        read.problem(input, other.line + 1, ImportIssue::LooksLikeHeader { given });
    }
    let mut reader = Reader { input, context, lines: &lines, folder_day, order, read };
    let mut state = State::BeforeTheFirst;
    for header in &entries {
        reader.close(&state, header.line);
        state = State::In(header);
    }
    reader.close(&state, lines.len());
    reader.read
}

/// Of shapes that as many lines have, the first in the file.
fn commonest_shape(headers: &[Header]) -> Option<String> {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for header in headers.iter().filter(|header| header.is_readable()) {
        counts.entry(header.shape()).or_insert((0, header.line)).0 += 1;
    }
    let best = |(_, (count, line)): &(String, (usize, usize))| (*count, std::cmp::Reverse(*line));
    counts.into_iter().max_by_key(best).map(|(shape, _)| shape)
}

/// Which of day and month comes first: what the settings say, what fits more lines,
/// or else the month; then that is told.
fn order(entries: &[Header], settled: Option<Order>) -> (Order, Option<(usize, ImportIssue)>) {
    let fits = |order| {
        let stamps = entries.iter().filter_map(Header::stamp);
        stamps.filter(|stamp| stamp.fits(order)).count()
    };
    match (settled, fits(Order::DayFirst), fits(Order::MonthFirst)) {
        (Some(order), ..) => return (order, None),
        (None, day_first, month_first) if day_first > month_first => {
            return (Order::DayFirst, None);
        }
        (None, day_first, month_first) if day_first < month_first => {
            return (Order::MonthFirst, None);
        }
        (None, ..) => {}
    }
    let unsettled = entries.iter().find_map(|header| {
        let stamp = header.stamp().filter(|stamp| stamp.day().is_none())?;
        let day = stamp.clone().in_order(Order::MonthFirst).day()?;
        let given = header.date.to_owned();
        Some((header.line, ImportIssue::DaysOrMonths { given, read: day.to_string() }))
    });
    (Order::MonthFirst, unsettled)
}

impl Header<'_> {
    fn stamp(&self) -> Option<&Stamp> {
        match &self.reading {
            Reading::Moment(stamp) => Some(stamp),
            Reading::Wall(_) | Reading::Time(_) | Reading::None => None,
        }
    }

    fn has_short_year(&self) -> bool {
        self.stamp().is_some_and(Stamp::has_short_year)
    }
}

/// Where in the file a line is.
enum State<'a> {
    BeforeTheFirst,
    In(&'a Header<'a>),
}

struct Reader<'a> {
    input: &'a Input,
    context: &'a ImportContext<'a>,
    lines: &'a [&'a str],
    folder_day: Option<NaiveDate>,
    order: Order,
    read: Read,
}

impl Reader<'_> {
    /// Ends what was begun, before a line.
    fn close(&mut self, state: &State, end: usize) {
        match state {
            State::In(header) => self.keep(header, end),
            State::BeforeTheFirst => {
                let start = self.lines[..end].iter().position(|line| !line.trim().is_empty());
                if let Some(start) = start {
                    let why = ImportIssue::BeforeTheFirst { to: end };
                    self.read.problem(self.input, start + 1, why);
                }
            }
        }
    }

    fn keep(&mut self, header: &Header, end: usize) {
        let (title, is_starred) = star(header.title.trim());
        let Some(at) = self.at(header) else {
            let given = header.date.to_owned();
            return self.read.problem(self.input, header.line + 1, ImportIssue::BadDate { given });
        };
        let text = trimmed(&self.lines[header.line + 1..end].join("\n")).to_owned();
        let marks = &self.context.jrnl.tag_symbols;
        let tags = [title, &*text].into_iter().flat_map(|text| tags_in(text, marks));
        // A symbol of the writer's own is no part of the tag.
        let bare = |tag: &str| tag.trim_start_matches(|c| marks.contains(&c)).to_owned();
        let own = |tag: &str| if tag.starts_with(['@', '#']) { tag.to_owned() } else { bare(tag) };
        let tags = tags.map(own).collect();
        let page = Page { title: title.to_owned(), text, tags, fields: starred(is_starred) };
        let known_by = known_by(at, &page);
        self.read.keep(self.input, header.line + 1, at, page, known_by, self.context);
    }

    /// The day of a folder is the file's, whatever the line says, as jrnl has it.
    fn at(&self, header: &Header) -> Option<DateTime<FixedOffset>> {
        let (context, noon) = (self.context, NaiveTime::from_hms_opt(12, 0, 0)?);
        let at = match &header.reading {
            Reading::Time(time) => return context.local(self.folder_day?.and_time(*time)),
            Reading::None => return None,
            Reading::Wall(wall) => context.local(*wall)?,
            Reading::Moment(stamp) => stamp.clone().in_order(self.order).at(context.clock, noon)?,
        };
        match self.folder_day.filter(|day| *day != at.date_naive()) {
            Some(day) => context.local(day.and_time(at.time())),
            None => Some(at),
        }
    }
}

/// `2026/11/23.txt` in a folder of days.
pub fn day_of_path(path: &str) -> Option<NaiveDate> {
    let mut parts = path.strip_suffix(".txt")?.rsplit('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let written = (year.len(), month.len(), day.len()) == (4, 2, 2);
    NaiveDate::parse_from_str(&format!("{year}-{month}-{day}"), "%Y-%m-%d").ok().filter(|_| written)
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

fn json(input: &Input, text: &str, desk: &ImportContext) -> Read {
    let mut read = Read::default();
    let entries = match json_entries::<Exported>(text, "a jrnl export") {
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
            read.problem(input, spot, ImportIssue::BadDate { given });
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
    use super::super::JrnlSettings;
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
        let why = ImportIssue::LooksLikeHeader { given: "2020-05-01 10:00".into() };
        assert_eq!((problem.spot.line, &problem.why), (Some(4), &why));
    }

    #[test]
    fn dates_that_can_be_read_in_two_ways_are_pointed_out_once() {
        let read = read_text("j.txt", "[05/06/2020 10:00] a\n[07/06/2020 11:00] b\n");
        let [problem] = &read.problems[..] else { panic!("{:?}", read.problems) };
        let read = ImportIssue::DaysOrMonths {
            given: "05/06/2020 10:00".into(),
            read: "2020-05-06".into(),
        };
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
        assert_eq!(read.problems[0].why, ImportIssue::BeforeTheFirst { to: 3 });
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
        assert_eq!(why("words\n[x] y\n"), ImportIssue::NoHeader);
        assert_eq!(why("\n"), ImportIssue::NothingInIt);
        assert_eq!(why("gAAAAABf"), ImportIssue::EncryptedJrnl);
        assert_eq!(why("JRNLv3 0\nc29t"), ImportIssue::EncryptedJrnl);
        let latin = Input { path: "j.txt".into(), bytes: b"[2020-05-01 10:00] Caf\xe9\n".into() };
        let latin = desk(|context| read(&latin, context)).problems.remove(0).why;
        assert_eq!(latin, ImportIssue::NotUtf8 { line: 1 });
        let sealed = Input { path: "j.txt".into(), bytes: b"\xc3s\x02\xd3\x0a\x8f".into() };
        let sealed = desk(|context| read(&sealed, context)).problems.remove(0).why;
        assert_eq!(sealed, ImportIssue::EncryptedJrnl);
        let given = "ashasd7zdskhz7asdkjasd".to_owned();
        assert_eq!(
            why("[ashasd7zdskhz7asdkjasd] Entry\nx\n"),
            ImportIssue::UnreadableHeaders { given }
        );
        assert!(matches!(why("{\"a\": 1}"), ImportIssue::NoEntries { .. }));
        assert!(matches!(why("{\"a\": "), ImportIssue::NotJson { .. }));
    }

    #[test]
    fn every_form_that_jrnl_can_be_told_to_write_is_read() {
        for (header, expected) in [
            ("2013-06-09 15:39", "2013-06-09 15:39:00"),
            ("2013-06-09", "2013-06-09 12:00:00"),
            ("09.06.2013 15:39", "2013-06-09 15:39:00"),
            ("2022-03-02 9:25:00 AM", "2022-03-02 09:25:00"),
            ("2026-03-04 Wed 21:14", "2026-03-04 21:14:00"),
            ("Wed 2026-03-04 21:14", "2026-03-04 21:14:00"),
            ("Wed, 04 Mar 2026 21:14:03", "2026-03-04 21:14:03"),
            ("Wed Mar  4 21:14:03 2026", "2026-03-04 21:14:03"),
            ("March 04, 2026 09:14 PM", "2026-03-04 21:14:00"),
            ("4 March 2026, 21:14", "2026-03-04 21:14:00"),
            ("2026-03-04T21:14:03", "2026-03-04 21:14:03"),
            ("20260304 2114", "2026-03-04 21:14:00"),
            ("2026/03/04 at 9:14pm", "2026-03-04 21:14:00"),
        ] {
            let read = read_text("j.txt", &format!("[{header}] A\nb\n"));
            assert_eq!(read.problems, [], "{header}");
            let at = read.drafts[0].entry.at.naive_local().to_string();
            assert_eq!(at, expected, "{header}");
        }
    }

    #[test]
    fn years_of_two_digits_are_refused_and_named() {
        let read = read_text("j.txt", "[03/14/26 21:14] By the canal\nx\n");
        let given = "03/14/26 21:14".to_owned();
        assert!(read.drafts.is_empty());
        // Among years in full, such a line is text.
        let mixed = "[03/14/2026 21:14] A\n[03/15/26 21:14] b\n[03/16/2026 21:14] C\n";
        assert_eq!(read_text("j.txt", mixed).drafts.len(), 2);
        assert_eq!(read.problems[0].why, ImportIssue::TwoDigitYear { given });
    }

    #[test]
    fn headers_of_version_1_had_no_brackets_and_those_in_it_are_text() {
        let text = "2010-06-10 15:00 A life.\n\n2013-06-10 15:40 He said \"[this]\".\n[2019-08-03 12:55] Some chat log\n2 dogs\n";
        let read = read_text("j.txt", text);
        let said: Vec<_> = read.drafts.iter().flat_map(said).collect();
        assert_eq!(
            said,
            [
                ("page", "A life."),
                ("page", "[2019-08-03 12:55] Some chat log\n2 dogs"),
                ("title", "He said \"[this]\".")
            ]
        );
    }

    #[test]
    fn a_folder_of_days_says_the_day_and_holds_nothing_else() {
        let folder = |path: &str, text: &str| {
            desk(|context| {
                let jrnl = JrnlSettings { is_folder: true, ..JrnlSettings::default() };
                read(&input(path, text), &ImportContext { jrnl: &jrnl, ..*context })
            })
        };
        let other = folder("2020/09/notes.txt", "[2022-03-02 9:25:00 AM] Other\n");
        assert_eq!(other.problems[0].why, ImportIssue::NotInJrnlFolder);
        let moved = folder("2020/09/24.txt", "[2022-03-02 9:25:00 AM] Here\n");
        assert_eq!(moved.drafts[0].entry.at.naive_local().to_string(), "2020-09-24 09:25:00");
    }

    #[test]
    fn the_settings_say_which_signs_begin_a_tag_and_which_comes_first() {
        let jrnl =
            JrnlSettings::parse("tagsymbols: '+'\ntimeformat: '%d/%m/%Y %H:%M'\n", "".as_ref());
        let text = "[05/06/2020 10:00] A +sea @home #x\n";
        let read =
            desk(|context| read(&input("j.txt", text), &ImportContext { jrnl: &jrnl, ..*context }));
        assert_eq!(read.drafts[0].entry.tags, ["sea"]);
        assert_eq!(read.drafts[0].entry.day().to_string(), "2020-06-05");
        assert_eq!(read.problems, []);
        let jrnl = JrnlSettings::parse("timeformat: '%d.%m. %Y - %H:%M Uhr'\n", "".as_ref());
        let text = "[04.03. 2026 - 21:14 Uhr] A\n";
        let read = desk(|context| {
            super::read(&input("j.txt", text), &ImportContext { jrnl: &jrnl, ..*context })
        });
        let at = read.drafts[0].entry.at.naive_local().to_string();
        assert_eq!(at, "2026-03-04 21:14:00");
    }
}

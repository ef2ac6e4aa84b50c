//! Day One: the JSON export, in its zip archive or out of it. Texts are
//! markdown in which Day One has escaped every mark; what a person saw is kept.
//! Photos and the like stay behind, and are named.

use chrono::{DateTime, FixedOffset};
use chrono_tz::Tz;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::error::LeftOut;

use super::listed::listed;
use super::page::{Page, trimmed};
use super::{Desk, Input, Read, Source};

pub const SOURCE: Source = Source {
    name: "dayone",
    about: "the zip archive of a Day One JSON export, or a .json file out of it",
    extensions: &["json"],
    read,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Exported {
    #[serde(default)]
    uuid: String,
    creation_date: String,
    #[serde(default)]
    time_zone: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tags: Vec<String>,
    /// Everything else, of which some is kept as it is.
    #[serde(flatten)]
    others: Map<String, Json>,
}

/// What is kept of the rest: what a person would miss, and no bookkeeping.
const FIELDS: &[&str] = &["starred", "pinned", "location", "weather", "userActivity", "music"];
const ATTACHED: &[&str] = &["photos", "videos", "audios", "pdfAttachments"];

fn read(input: &Input, desk: &Desk) -> Read {
    let text = match input.text() {
        Ok(text) => text,
        Err(why) => return Read::nothing(input, None, why),
    };
    let entries = match listed::<Exported>(text, "a Day One export") {
        Ok(entries) => entries,
        Err(why) => return Read::nothing(input, None, why),
    };
    let mut read = Read::default();
    for (line, entry) in entries {
        match entry {
            Ok(entry) => keep(input, line, entry, desk, &mut read),
            Err(why) => read.problem(input, line, why),
        }
    }
    read
}

fn keep(input: &Input, line: usize, entry: Exported, desk: &Desk, read: &mut Read) {
    let Ok(created) = DateTime::parse_from_rfc3339(&entry.creation_date) else {
        return read.problem(input, line, LeftOut::BadDate { given: entry.creation_date });
    };
    let at = in_zone(created, &entry.time_zone).unwrap_or_else(|| {
        let given = entry.time_zone.clone();
        read.problem(input, line, LeftOut::UnknownZone { given });
        created
    });
    let attached = attachments(&entry.others);
    for name in &attached {
        read.problem(input, line, LeftOut::Attachment { name: name.clone() });
    }
    let mut fields = Map::new();
    for name in FIELDS {
        fields.extend(entry.others.get(*name).map(|value| ((*name).to_owned(), value.clone())));
    }
    fields.insert("time_zone".into(), json!(entry.time_zone));
    fields.insert("attachments".into(), json!(attached));
    let plain = unescape(&entry.text);
    let (title, text) = title(trimmed(&plain));
    let known_by = match entry.uuid.as_str() {
        "" => format!("{} {}", created.to_rfc3339(), entry.text),
        uuid => uuid.to_owned(),
    };
    // An entry of pictures alone still says when it was, and where.
    let text = if title.is_empty() && text.is_empty() { attached.join("\n") } else { text };
    let page = Page { title, text, tags: entry.tags, fields };
    read.keep(input, line, at, page, known_by, desk);
}

/// The same moment by the clock on the wall where it was written.
fn in_zone(at: DateTime<FixedOffset>, zone: &str) -> Option<DateTime<FixedOffset>> {
    if zone.is_empty() {
        return Some(at);
    }
    // Day One's own name for Greenwich, with or without hours.
    if let Some(offset) = zone.strip_prefix("GMT") {
        let hours = if offset.is_empty() { "+0000" } else { offset };
        let offset: FixedOffset = hours.parse().ok()?;
        return Some(at.with_timezone(&offset));
    }
    Some(at.with_timezone(&zone.parse::<Tz>().ok()?).fixed_offset())
}

/// The names that the files have in the archive, as far as they are told.
fn attachments(others: &Map<String, Json>) -> Vec<String> {
    let all = ATTACHED.iter().filter_map(|kind| Some((*kind, others.get(*kind)?.as_array()?)));
    let named = all.flat_map(|(kind, files)| files.iter().map(move |file| name(kind, file)));
    named.collect()
}

fn name(kind: &str, file: &Json) -> String {
    let text = |field: &str| file.get(field).and_then(Json::as_str).filter(|t| !t.is_empty());
    let stem = text("md5").or(text("identifier")).unwrap_or("without a name");
    match text("type").or(text("format")) {
        Some(ending) => format!("{kind}/{stem}.{ending}"),
        None => format!("{kind}/{stem}"),
    }
}

/// A first line that is a heading is the title.
fn title(text: &str) -> (String, String) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.strip_prefix("# ") {
        Some(title) => (title.trim().to_owned(), trimmed(rest).to_owned()),
        None => (String::new(), text.to_owned()),
    }
}

/// A backslash before a mark says that the mark is itself.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if escapes { chars.next() } else { Some(c) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::{desk, input, said};
    use super::*;

    const EXPORT: &str = r##"{"metadata": {"version": "1.0"}, "entries": [
        {"uuid": "A1", "creationDate": "2026-11-23T20:14:03Z", "timeZone": "Europe\/Berlin",
         "text": "# By the weir\n\nThe heron\\. It stayed\\!\n\\- not a list\n![](dayone-moment:\/\/X1)",
         "tags": ["sea side"], "starred": true, "isAllDay": false,
         "location": {"placeName": "Weir", "latitude": 48.1},
         "photos": [{"identifier": "X1", "md5": "abc", "type": "jpeg"}]},
        {"uuid": "A2", "creationDate": "2026-07-01T10:00:00Z", "timeZone": "America/New_York", "text": "Summer"},
        {"uuid": "A3", "creationDate": "2026-07-01T10:00:00Z", "timeZone": "Moon/Sea", "text": "Far"},
        {"uuid": "A4", "creationDate": "soon", "text": "Never"},
        {"uuid": "A5", "creationDate": "2026-07-01T10:00:00Z", "timeZone": "GMT+0200", "text": ""},
        {"text": "no date"}
    ]}"##;

    #[test]
    fn an_entry_keeps_its_wall_clock_title_tags_star_and_place() {
        let read = desk(|desk| read(&input("Journal.json", EXPORT), desk));
        let first = &read.drafts[0];
        assert_eq!(first.entry.at.to_rfc3339(), "2026-11-23T21:14:03+01:00");
        let text = "The heron. It stayed!\n- not a list\n![](dayone-moment://X1)";
        assert_eq!(said(first), [("page", text), ("title", "By the weir")]);
        assert_eq!(first.entry.tags, ["sea-side"]);
        let imported = &first.entry.unknown["imported"];
        assert_eq!(imported["starred"], true);
        assert_eq!(imported["location"]["placeName"], "Weir");
        assert_eq!(imported["time_zone"], "Europe/Berlin");
        assert_eq!(imported["attachments"], json!(["photos/abc.jpeg"]));
        assert_eq!(read.drafts[1].entry.at.to_rfc3339(), "2026-07-01T06:00:00-04:00");
    }

    #[test]
    fn what_did_not_come_is_named_by_its_line() {
        let read = desk(|desk| read(&input("Journal.json", EXPORT), desk));
        let told: Vec<_> = read.problems.iter().map(|p| (p.line.unwrap(), &p.why)).collect();
        let photo = LeftOut::Attachment { name: "photos/abc.jpeg".into() };
        let zone = LeftOut::UnknownZone { given: "Moon/Sea".into() };
        let date = LeftOut::BadDate { given: "soon".into() };
        assert_eq!(told[..3], [(2, &photo), (8, &zone), (9, &date)]);
        assert_eq!(told[3], (10, &LeftOut::NothingInIt));
        assert!(matches!(told[4], (11, LeftOut::NotAnEntry { .. })), "{told:?}");
        assert_eq!(read.drafts.len(), 3);
    }
}

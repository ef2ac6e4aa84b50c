//! Day One: the JSON export, in its zip archive or on its own. Its texts are markdown in
//! which Day One escaped every mark; they are unescaped to what a person saw. Photos and
//! other files are imported if they are beside it, and reported if not.

mod placeholders;

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::dates::Zone;
use crate::import::ImportIssue;

use super::json_entries::{each_entry, or_null};
use super::page::{NotePage, trim_blank_lines};
use super::rich_text::{self, Markdown};
use super::{ImportContext, ImportInput, ImportRead, ImportSource, LinkedFiles, SourceSpot};
use placeholders::without_placeholders;

pub const SOURCE: ImportSource = ImportSource {
    name: "dayone",
    title: "Day One",
    about: "the zip archive of a Day One JSON export, or a .json file out of it",
    extensions: &["json"],
    sets_aside: |_| None,
    templates: |_| Vec::new(),
    read,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DayOneExport {
    #[serde(default, deserialize_with = "or_null")]
    uuid: String,
    creation_date: String,
    #[serde(default, deserialize_with = "or_null")]
    time_zone: String,
    #[serde(default, deserialize_with = "or_null")]
    text: String,
    /// JSON in a string. It has the words if `text` is empty.
    #[serde(default, deserialize_with = "or_null")]
    rich_text: String,
    #[serde(default, deserialize_with = "or_null")]
    tags: Vec<String>,
    /// Everything else, most of which is kept.
    #[serde(flatten)]
    others: Map<String, Json>,
}

/// Fields about the device, which aren't kept.
const BOOKKEEPING: &[&str] = &[
    "creationDevice",
    "creationDeviceModel",
    "creationDeviceType",
    "creationOSName",
    "creationOSVersion",
    "duration",
    "editingTime",
    "modifiedDate",
];
const ATTACHMENT_FIELDS: &[&str] = &["photos", "videos", "audios", "pdfAttachments"];

fn read(input: &ImportInput, context: &ImportContext) -> ImportRead {
    each_entry(input, "a Day One export", |spot, entry, read| {
        take_entry(input, spot, entry, context, read);
    })
}

fn take_entry(
    input: &ImportInput,
    spot: SourceSpot,
    entry: DayOneExport,
    context: &ImportContext,
    read: &mut ImportRead,
) {
    let Ok(created) = DateTime::parse_from_rfc3339(&entry.creation_date) else {
        return read.problem(input, spot, ImportIssue::BadDate { given: entry.creation_date });
    };
    let at = in_zone(created, &entry.time_zone, context).unwrap_or_else(|| {
        let given = entry.time_zone.clone();
        read.problem(input, spot, ImportIssue::UnknownZone { given });
        created
    });
    let attachments = attachments(&entry.others);
    let mut files = LinkedFiles::default();
    for DayOneFile { place, name, .. } in &attachments {
        match input.nearby_file(place) {
            Some(file) => files.found.push(file.named(name.clone())),
            None => {
                let why = ImportIssue::Attachment { name: place.clone() };
                files.missing.push(input.problem(spot, why));
            }
        }
    }
    let is_attached = |id: &str| attachments.iter().any(|file| file.id.as_deref() == Some(id));
    let places: Vec<&str> = attachments.iter().map(|file| &*file.place).collect();
    let mut fields = Map::new();
    let is_handled = |name: &str| BOOKKEEPING.contains(&name) || ATTACHMENT_FIELDS.contains(&name);
    let others = entry.others.iter().filter(|(name, _)| !is_handled(name));
    fields.extend(others.map(|(name, value)| (name.clone(), value.clone())));
    fields.insert("time_zone".into(), json!(entry.time_zone));
    fields.insert("attachments".into(), json!(places));
    // Only `text` is escaped, rich text isn't.
    let plain = match (entry.text.is_empty(), entry.rich_text.is_empty()) {
        (true, false) => {
            rich_text::markdown(&entry.rich_text).map(|Markdown { text, embedded }| {
                fields.insert("embedded".into(), json!(embedded));
                without_placeholders(&text, is_attached)
            })
        }
        _ => Some(unescape(&without_placeholders(&entry.text, is_attached))),
    };
    let Some(plain) = plain else {
        let why = "inward can't read its rich text".to_owned();
        return read.problem(input, spot, ImportIssue::NotAnEntry { why });
    };
    let (title, text) = title(trim_blank_lines(&plain));
    // An entry of photos alone gets their names as its text.
    let text = if title.is_empty() && text.is_empty() { places.join("\n") } else { text };
    let page = NotePage { title, text, tags: entry.tags, fields, files };
    read.take_page(input, spot, at, page, &entry.uuid, context);
}

/// The same moment in the zone where it was written.
fn in_zone(
    at: DateTime<FixedOffset>,
    name: &str,
    context: &ImportContext,
) -> Option<DateTime<FixedOffset>> {
    if name.is_empty() {
        return Some(at);
    }
    // Day One also writes names such as `GMT+0200`.
    match Zone::parse(name).or_else(|| Zone::from_name(name))? {
        Zone::Utc => Some(at),
        zone => zone.local_time(at, context.clock),
    }
}

/// A photo or other file: its path beside the JSON, the name it had, and its id in the text.
struct DayOneFile {
    place: String,
    name: String,
    id: Option<String>,
}

fn attachments(others: &Map<String, Json>) -> Vec<DayOneFile> {
    let lists =
        ATTACHMENT_FIELDS.iter().filter_map(|kind| Some((*kind, others.get(*kind)?.as_array()?)));
    let files =
        lists.flat_map(|(kind, files)| files.iter().map(move |file| attachment(kind, file)));
    files.collect()
}

fn attachment(kind: &str, file: &Json) -> DayOneFile {
    let text = |field: &str| file.get(field).and_then(Json::as_str).filter(|t| !t.is_empty());
    let stem = text("md5").or(text("identifier")).unwrap_or("without a name");
    let folder = if kind == "pdfAttachments" { "pdfs" } else { kind };
    let file_name = match text("type").or(text("format")) {
        Some(ending) => format!("{stem}.{ending}"),
        None => stem.to_owned(),
    };
    let name = text("filename").unwrap_or(&file_name).to_owned();
    let id = text("identifier").map(str::to_owned);
    DayOneFile { place: format!("{folder}/{file_name}"), name, id }
}

/// Splits off the title: a first line that is a heading.
fn title(text: &str) -> (String, String) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.strip_prefix("# ") {
        Some(title) => (title.trim().to_owned(), trim_blank_lines(rest).to_owned()),
        None => (String::new(), text.to_owned()),
    }
}

/// Removes the backslash before each escaped mark.
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
    use super::super::tests::{answers_of, input, with_context};
    use super::*;

    const EXPORT: &str = r##"{"metadata": {"version": "1.0"}, "entries": [
        {"uuid": "A1", "creationDate": "2026-11-23T20:14:03Z", "timeZone": "Europe\/Berlin",
         "text": "# By the weir\n\nThe heron\\. It stayed\\!\n\\- not a list\n![](dayone-moment:\/\/X1)",
         "tags": ["sea side"], "starred": true, "isAllDay": false, "isPinned": true, "editingTime": 3.5,
         "location": {"placeName": "Weir", "latitude": 48.135124999999997, "id": 12345678901234567890123},
         "photos": [{"identifier": "X1", "md5": "abc", "type": "jpeg"}]},
        {"uuid": "A2", "creationDate": "2026-07-01T10:00:00Z", "timeZone": "America/New_York", "text": "Summer"},
        {"uuid": "A3", "creationDate": "2026-07-01T10:00:00Z", "timeZone": "Moon/Sea", "text": "Far"},
        {"uuid": "A4", "creationDate": "soon", "text": "Never"},
        {"uuid": "A5", "creationDate": "2026-07-01T10:00:00Z", "timeZone": "GMT+0200", "text": ""},
        {"text": "no date"}
    ]}"##;

    #[test]
    fn an_entry_keeps_its_wall_clock_title_tags_star_and_place() {
        let read = with_context(|context| read(&input("Journal.json", EXPORT), context));
        let first = &read.entries[0];
        assert_eq!(first.entry.at.to_rfc3339(), "2026-11-23T21:14:03+01:00");
        let text = "The heron. It stayed!\n- not a list";
        assert_eq!(answers_of(first), [("page", text), ("title", "By the weir")]);
        assert_eq!(first.entry.tags, ["sea-side", "starred"]);
        let imported = &first.entry.unknown["imported"];
        assert_eq!(imported["starred"], true);
        assert_eq!(imported["isPinned"], true);
        assert!(imported.get("editingTime").is_none() && imported.get("isAllDay").is_none());
        let place = imported["location"].to_string();
        // To the digit.
        let whole =
            r#"{"placeName":"Weir","latitude":48.135124999999997,"id":12345678901234567890123}"#;
        assert_eq!(place, whole);
        assert_eq!(imported["time_zone"], "Europe/Berlin");
        assert_eq!(imported["attachments"], json!(["photos/abc.jpeg"]));
        assert_eq!(read.entries[1].entry.at.to_rfc3339(), "2026-07-01T06:00:00-04:00");
    }

    #[test]
    fn rich_text_alone_comes_as_its_words_and_null_says_nothing() {
        let rich = json!({"contents": [
            {"text": "By the weir\n", "attributes": {"line": {"header": 1}}},
            {"text": "The heron. ", "attributes": {"bold": true}}, {"embeddedObjects": []},
            {"text": "It \\. stayed"}
        ]});
        let one = json!({"uuid": "B1", "creationDate": "2026-07-01T10:00:00Z", "timeZone": null,
                         "tags": null, "text": null, "richText": rich.to_string()});
        let bad = json!({"uuid": "B2", "creationDate": "2026-07-01T10:00:00Z", "richText": "{"});
        let text = json!({ "entries": [one, bad] }).to_string();
        let read = with_context(|context| read(&input("Journal.json", &text), context));
        let [only] = &read.entries[..] else { panic!("{read:?}") };
        assert_eq!(
            answers_of(only),
            [("page", "**The heron.** It \\. stayed"), ("title", "By the weir")]
        );
        let [problem] = &read.problems[..] else { panic!("{read:?}") };
        assert_eq!(problem.spot, SourceSpot { line: Some(1), entry: Some(2) });
    }

    #[test]
    fn an_entry_of_photos_alone_has_their_names_whatever_stands_for_them_in_its_text() {
        let photos = json!([{"identifier": "X1", "md5": "abc", "type": "jpeg"}]);
        let rich =
            json!({"contents": [{"embeddedObjects": [{"type": "photo", "identifier": "X1"}]}]});
        for (text, rich) in [("![](dayone-moment:/photo/X1)\n", ""), ("", &*rich.to_string())] {
            let entry = json!({"uuid": "C1", "creationDate": "2026-07-01T10:00:00Z", "text": text,
                               "richText": rich, "photos": photos});
            let export = json!({ "entries": [entry] }).to_string();
            let read = with_context(|context| read(&input("Journal.json", &export), context));
            assert_eq!(answers_of(&read.entries[0]), [("page", "photos/abc.jpeg")]);
        }
    }

    #[test]
    fn a_year_that_no_file_could_be_named_for_is_no_date() {
        let text = r#"{"entries": [{"creationDate": "0000-01-01T00:00:00Z", "timeZone": "", "text": "Far"}]}"#;
        let read = with_context(|context| read(&input("Journal.json", text), context));
        assert!(read.entries.is_empty());
        let [problem] = &read.problems[..] else { panic!("{read:?}") };
        assert!(matches!(problem.why, ImportIssue::BadDate { .. }), "{problem:?}");
    }

    #[test]
    fn what_did_not_come_is_named_by_its_line() {
        let read = with_context(|context| read(&input("Journal.json", EXPORT), context));
        let issues: Vec<_> = read.problems.iter().map(|p| (p.spot.line.unwrap(), &p.why)).collect();
        let photo = ImportIssue::Attachment { name: "photos/abc.jpeg".into() };
        let [missing] = &read.entries[0].files.missing[..] else { panic!("{read:?}") };
        assert_eq!((missing.spot.line, &missing.why), (Some(2), &photo));
        let zone = ImportIssue::UnknownZone { given: "Moon/Sea".into() };
        let date = ImportIssue::BadDate { given: "soon".into() };
        assert_eq!(issues[..2], [(8, &zone), (9, &date)]);
        assert_eq!(issues[2], (10, &ImportIssue::NothingInIt));
        assert!(matches!(issues[3], (11, ImportIssue::NotAnEntry { .. })), "{issues:?}");
        assert_eq!(read.entries.len(), 3);
    }
}

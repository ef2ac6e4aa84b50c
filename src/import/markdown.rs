//! Markdown: one entry or one day in each file, with or without front matter, as Obsidian
//! and similar programs write it; and what `export` wrote, entry by entry.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value as Json, json};

use crate::dates::Timestamp;
use crate::import::ImportIssue;

use super::front::{self, FrontMatter};
use super::note_date::{self, NoteDate};
use super::note_name::{self, NoteName};
use super::page::{NotePage, prose, tags_in, trim_blank_lines};
use super::{
    ImportContext, ImportInput, ImportRead, ImportSource, LinkedFiles, SourceSpot,
    exported_markdown, vault,
};

pub const SOURCE: ImportSource = ImportSource {
    name: "markdown",
    about: "a markdown file, or a folder of them such as an Obsidian vault",
    extensions: &["md", "markdown"],
    sets_aside: vault::exclusion,
    read,
};

fn read(input: &ImportInput, context: &ImportContext) -> ImportRead {
    let text = match input.text() {
        Ok(text) => text.replace("\r\n", "\n"),
        Err(why) => return ImportRead::nothing(input, why),
    };
    let FrontMatter { front, body, line } = front::split(&text);
    if exported_markdown::is_exported(body) {
        return exported_markdown::read(input, body, line, context);
    }
    let mut read = ImportRead::default();
    let (fields, problems) = front.map_or_else(Default::default, front::fields);
    for (at, why) in problems {
        read.problem(input, at + 1, ImportIssue::FrontMatter { why });
    }
    if body.trim().is_empty() && fields.is_empty() {
        return ImportRead::nothing(input, ImportIssue::NothingInIt);
    }
    let name = note_name::of_path(&input.path, input.stem(), context.clock);
    let note = Note { input, front, fields, body, name };
    let heading = heading(body).map(|heading| heading.text);
    let date = note_date::of(&note.fields, note.name.as_ref(), heading, context);
    for why in date.problems {
        read.problem(input, SourceSpot::default(), why);
    }
    match date.result {
        Ok(date) => {
            let page = note.page(&date, context);
            let text = format!("{} {}", page.title, page.text);
            let text: Vec<&str> = text.split_whitespace().collect();
            let dedup_key = format!("{} {}", date.at.format("%Y-%m-%d %H:%M"), text.join(" "));
            read.take_page(input, line, date.at, page, dedup_key, context);
        }
        Err(why) => read.problem(input, SourceSpot::default(), why),
    }
    read
}

/// A file with one entry.
struct Note<'a> {
    input: &'a ImportInput,
    front: Option<&'a str>,
    fields: Map<String, Json>,
    body: &'a str,
    name: Option<NoteName>,
}

/// The fields for tags; the first one present counts.
const TAGS: &[&str] = &["tags", "tag", "keywords"];
const TITLE: &str = "title";

impl Note<'_> {
    fn page(&self, date: &NoteDate, context: &ImportContext) -> NotePage {
        let mut used_keys = date.used_keys.clone();
        let (tag_key, mut tags) = self.front_tags().unwrap_or_default();
        used_keys.extend(tag_key);
        let front_title = self.title();
        used_keys.extend(front_title.as_ref().map(|(key, _)| key.clone()));
        let front_title = front_title.map(|(_, title)| title);
        let (title, text) = self.title_and_text(front_title, date.at, context);
        let mut text = trim_blank_lines(text).to_owned();
        if text.is_empty() && title.is_empty() || self.body.trim().is_empty() {
            // A note may consist of front matter alone.
            text = self.front.map_or(text, |front| front.trim().to_owned());
        }
        // A number alone isn't a tag.
        let has_letters = |tag: &&str| tag.contains(char::is_alphabetic);
        let prose = prose(&text);
        tags.extend(tags_in(&prose, &['#']).filter(has_letters).map(str::to_owned));
        let mut fields = self.others(&used_keys);
        let stem = self.input.stem();
        let file_title = self.name.as_ref().map_or(stem, |name| &name.title);
        if !file_title.is_empty() && file_title != title && file_title != text {
            fields.insert("name".into(), json!(stem));
        }
        NotePage { title, text, tags, fields, files: LinkedFiles::default() }
    }

    /// The title in the front matter, with its key. It may be a number.
    fn title(&self) -> Option<(String, String)> {
        let (key, value) = self.fields.iter().find(|(key, _)| key.to_lowercase() == TITLE)?;
        let title = note_date::words_of(value)?.trim().to_owned();
        (!title.is_empty()).then(|| (key.clone(), title))
    }

    /// The title and the text. The title is the front matter's, the first heading, or the
    /// file name without the date. A heading that is only the entry's day is dropped.
    fn title_and_text(
        &self,
        front: Option<String>,
        at: DateTime<FixedOffset>,
        context: &ImportContext,
    ) -> (String, &str) {
        let heading = heading(self.body);
        let is_day = |text: &str| {
            let day = Timestamp::parse(text, context.clock).filter(|stamp| !stamp.has_time());
            day.and_then(|stamp| stamp.day()) == Some(at.date_naive())
        };
        let file_title =
            self.name.as_ref().map_or(self.input.stem(), |name| &name.title).to_owned();
        match (front, heading) {
            (Some(title), Some(heading)) if heading.text == title || is_day(heading.text) => {
                (title, heading.rest)
            }
            (Some(title), _) => (title, self.body),
            (None, Some(heading)) if is_day(heading.text) => (file_title, heading.rest),
            (None, Some(heading)) if heading.level == 1 => (heading.text.to_owned(), heading.rest),
            (None, _) => (file_title, self.body),
        }
    }

    /// The tags in the front matter, a list or words separated by commas or spaces, and
    /// their key.
    fn front_tags(&self) -> Option<(Option<String>, Vec<String>)> {
        let find = |name: &&str| self.fields.iter().find(|(key, _)| key.to_lowercase() == **name);
        let (key, value) = TAGS.iter().find_map(find)?;
        let tags: Vec<String> = match value {
            Json::Array(items) => items.iter().map(note_date::words_of).collect::<Option<_>>()?,
            Json::String(words) => words.split([',', ' ']).map(str::to_owned).collect(),
            Json::Number(number) => vec![number.to_string()],
            Json::Null | Json::Bool(_) | Json::Object(_) => return None,
        };
        let tags = tags.into_iter().filter(|tag| !tag.trim().is_empty()).collect();
        Some((Some(key.clone()), tags))
    }

    /// The fields that don't go into an answer, a tag or the moment.
    fn others(&self, used_keys: &[String]) -> Map<String, Json> {
        let others = self.fields.iter().filter(|(key, _)| !used_keys.contains(key));
        let others: Map<String, Json> = others.map(|(k, v)| (k.clone(), v.clone())).collect();
        Map::from_iter([("front_matter".to_owned(), Json::Object(others))])
    }
}

/// The heading that a text starts with, and the rest.
struct Heading<'a> {
    level: usize,
    text: &'a str,
    rest: &'a str,
}

fn heading(body: &str) -> Option<Heading<'_>> {
    let start = body.trim_start_matches('\n');
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    // A heading underlined with = or -.
    let (underline, rest_below) = rest.split_once('\n').unwrap_or((rest, ""));
    let is_underlined = underline.len() > 1
        && ['=', '-'].iter().any(|c| underline.trim_end().chars().all(|u| u == *c));
    if is_underlined && !first.trim().is_empty() && !first.starts_with(['#', '-', '>', '`']) {
        let level = if underline.starts_with('=') { 1 } else { 2 };
        return Some(Heading { level, text: first.trim(), rest: rest_below });
    }
    let text = first.trim_start_matches('#');
    let level = first.len() - text.len();
    let text = text.strip_prefix(' ').filter(|_| (1..=6).contains(&level))?.trim();
    Some(Heading { level, text, rest })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answers_of, input, with_context};
    use super::*;

    fn of(path: &str, text: &str) -> ImportRead {
        with_context(|context| read(&input(path, text), context))
    }

    fn when(path: &str, text: &str) -> String {
        of(path, text).drafts[0].entry.at.naive_local().to_string()
    }

    #[test]
    fn a_daily_note_is_an_entry_of_its_day() {
        let read = of("vault/2026-11-23.md", "# Monday, 23 November 2026\n\nThe heron #sea #1\n");
        assert_eq!(answers_of(&read.drafts[0]), [("page", "The heron #sea #1")]);
        assert_eq!(read.drafts[0].entry.tags, ["sea"]);
        assert_eq!(read.problems, []);
        assert_eq!(when("2026-11-23.md", "x"), "2026-11-23 12:00:00");
    }

    #[test]
    fn a_picture_that_is_linked_and_not_there_is_named_and_another_note_is_not() {
        let text = "The heron ![](lake.jpg), as in [May](2026-05-01.md) and [[June.md]]";
        let read = of("2026-11-23.md", text);
        let missing = &read.drafts[0].files.missing;
        let why: Vec<&ImportIssue> = missing.iter().map(|problem| &problem.why).collect();
        assert_eq!(why, [&ImportIssue::LinkedFile { name: "lake.jpg".into() }]);
    }

    #[test]
    fn names_tell_days_and_times_in_many_ways() {
        for (name, expected) in [
            ("2026-11-23 2114.md", "2026-11-23 21:14:00"),
            ("2026-11-23T21-14-05 By the weir.md", "2026-11-23 21:14:05"),
            ("20261123.md", "2026-11-23 12:00:00"),
            ("Walk 2026-11-23.md", "2026-11-23 12:00:00"),
            ("notes/2026/11/23.md", "2026-11-23 12:00:00"),
            ("2026_11_23.markdown", "2026-11-23 12:00:00"),
            ("2026-11-23 1999 things.md", "2026-11-23 12:00:00"),
        ] {
            assert_eq!(when(name, "x"), expected, "{name}");
        }
        for name in ["notes.md", "12026-11-23.md", "2026-13-23.md", "2026-11-2é.md", "123456.md"] {
            assert_eq!(of(name, "x").problems[0].why, ImportIssue::NoDate, "{name}");
        }
        for name in ["03-04-2026.md", "18.11.26.md"] {
            assert!(
                matches!(of(name, "x").problems[0].why, ImportIssue::UnclearDate { .. }),
                "{name}"
            );
        }
    }

    #[test]
    fn front_matter_knows_best_and_none_of_it_is_lost() {
        let text = "---\ndate: 2026-11-20T08:15:00+05:30\ntags: [sea, two words]\nmood: calm\ntitle: Weir\n---\n# Weir\n\nThe heron";
        let read = of("2026-11-23.md", text);
        let entry = &read.drafts[0].entry;
        assert_eq!(entry.at.to_rfc3339(), "2026-11-20T08:15:00+05:30");
        assert_eq!(entry.tags, ["sea", "two-words"]);
        assert_eq!(answers_of(&read.drafts[0]), [("page", "The heron"), ("title", "Weir")]);
        assert_eq!(entry.unknown["imported"]["front_matter"]["mood"], "calm");
        assert_eq!(
            when("x.md", "---\ndate: 2026-11-20\ntime: 21:14\n---\nx"),
            "2026-11-20 21:14:00"
        );
    }

    #[test]
    fn a_title_is_in_the_name_or_the_first_heading() {
        let read = of("2026-11-23 By the weir.md", "The heron");
        assert_eq!(answers_of(&read.drafts[0])[1], ("title", "By the weir"));
        let read = of("2026-11-23.md", "# By the weir\n\n# Not this\nThe heron");
        assert_eq!(
            answers_of(&read.drafts[0]),
            [("page", "# Not this\nThe heron"), ("title", "By the weir")]
        );
    }

    #[test]
    fn front_matter_that_cannot_be_read_is_kept_and_named_by_its_line() {
        let read = of("2026-11-23.md", "---\nmood: calm\na: [b\n---\nThe heron");
        assert_eq!(answers_of(&read.drafts[0]), [("page", "The heron")]);
        let front = &read.drafts[0].entry.unknown["imported"]["front_matter"];
        assert_eq!(front, &json!({"mood": "calm", "a": "[b"}));
        assert!(matches!(read.problems[0].why, ImportIssue::FrontMatter { .. }));
        assert!(read.problems[0].spot.line >= Some(3));
    }

    #[test]
    fn the_day_is_the_fields_then_the_names_then_the_headings_then_the_bookkeeping() {
        for (name, text, expected) in [
            (
                "2026-11-12.md",
                "---\ndate: 2026-11-13\ncreated: 2026-11-15\n---\n# 2026-11-14\nx",
                "2026-11-13 12:00:00",
            ),
            (
                "2026-11-12.md",
                "---\ncreated: 2026-11-15\n---\n# 2026-11-14\nx",
                "2026-11-12 12:00:00",
            ),
            ("note.md", "---\ncreated: 2026-11-15\n---\n# 2026-11-14\nx", "2026-11-14 12:00:00"),
            (
                "note.md",
                "---\nmodified: 2026-11-16\ncreated: 2026-11-15 09:30\n---\nx",
                "2026-11-15 09:30:00",
            ),
            ("2026-11-12.md", "---\ntime: 21:14\n---\nx", "2026-11-12 21:14:00"),
            ("2026-11-12.md", "---\nCreated: 2026-11-12T07:05:00\n---\nx", "2026-11-12 07:05:00"),
            ("2026-11-12.md", "---\ndate: \n---\nx", "2026-11-12 12:00:00"),
            ("note.md", "14 November 2026\n====\nx", "2026-11-14 12:00:00"),
            ("2026-11-12.md", "---\ndate: 3/4/26\n---\nx", "2026-11-12 12:00:00"),
        ] {
            assert_eq!(when(name, text), expected, "{name} {text}");
        }
    }

    #[test]
    fn a_date_that_cannot_be_read_is_named_and_the_next_source_tells_the_day() {
        let read = of("2026-11-23.md", "---\ndate: soon\n---\nx");
        let why = ImportIssue::DateNotRead { field: "date".into(), given: "soon".into() };
        assert_eq!(read.problems[0].why, why);
        assert_eq!(read.drafts[0].entry.day().to_string(), "2026-11-23");
        assert_eq!(read.drafts[0].entry.unknown["imported"]["front_matter"]["date"], "soon");
        let read = of("note.md", "---\ndate: 11/12/2026\n---\nx");
        let field = Some("date".into());
        let why = ImportIssue::UnclearDate { given: "11/12/2026".into(), field };
        assert_eq!(read.problems[0].why, why);
        let read = of("note.md", "---\ndate: 05/13/20\n---\nx");
        let why = ImportIssue::ShortYear { given: "05/13/20".into(), field: "date".into() };
        assert_eq!(read.problems[0].why, why);
        let read = of("note.md", "---\ndate: soon\n---\nx");
        assert_eq!(read.problems[0].why, ImportIssue::BadDate { given: "soon".into() });
        assert!(read.drafts.is_empty());
    }

    #[test]
    fn nothing_that_was_written_is_lost() {
        let json = |path: &str, text: &str| {
            let read = of(path, text);
            serde_json::to_string(&read.drafts[0].entry).unwrap()
        };
        for (path, text, kept) in [
            (
                "2026-11-12.md",
                "# Walk with Rui on 2026-11-12, by the canal\n\nx",
                "Walk with Rui on 2026-11-12, by the canal",
            ),
            ("2026-11-12.md", "# 2026-11-13\nx", "2026-11-13"),
            ("2026-11-12.md", "---\ntitle: 1984\n---\nx", "1984"),
            ("2026-11-12.md", "---\ntime: 21h14\ntags: [a]\nkeywords: rain\n---\nx", "rain"),
            ("2026-11-12.md", "---\ntime: 21h14\n---\nx", "21h14"),
            ("2026-11-12.md", "---\nmood: 7\nsleep: 6.5\n---\n", "sleep: 6.5"),
            ("2026-11-12.md", "---\ndate: November 12, 2026\n---\nx", "November 12, 2026"),
            ("2026-11-12 Canal.md", "# Lock\nx", "2026-11-12 Canal"),
            ("2026-11-12.md", "---\ntitle: A\n---\n# B\nx", "# B"),
            ("2026-11-12.md", "## By hand\nx", "## By hand"),
            ("2026-11-12.md", "---\ntags: {a: b}\n---\nx", "{\"a\":\"b\"}"),
        ] {
            let json = json(path, text);
            assert!(json.contains(kept), "{text}: {json}");
        }
    }

    #[test]
    fn tags_are_words_of_prose_in_any_script() {
        let text =
            "#café #हिन्दी #cafe\u{301} `#code` x\n```c\nint x; #define\n```\n~~~\n#no\n~~~\n#yes";
        assert_eq!(of("2026-11-12.md", text).drafts[0].entry.tags, ["café", "हिन्दी", "yes"]);
    }
}

//! Markdown: one entry or one day in each file, with or without front matter, as Obsidian
//! and similar programs write it; and what `export` wrote, entry by entry.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value as Json, json};

use crate::config::line_of;
use crate::dates::Timestamp;
use crate::import::ImportIssue;

use super::front::{self, FrontMatter};
use super::note_date::{self, NoteDate};
use super::note_name::{self, NoteName};
use super::page::{NotePage, sort_tags, tags_in, trim_blank_lines};
use super::prose::prose;
use super::{
    ImportContext, ImportInput, ImportProblem, ImportRead, ImportSource, LinkedFiles, SourceSpot,
    exported_markdown, is_empty, vault,
};

pub const SOURCE: ImportSource = ImportSource {
    name: "markdown",
    title: "markdown",
    about: "a markdown file, or a folder of them such as an Obsidian vault",
    extensions: &["md", "markdown"],
    sets_aside: vault::exclusion,
    templates: vault::templates,
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
    let name = note_name::of_path(&input.path, input.stem(), context.clock);
    let has_title = name.as_ref().is_some_and(|name| !name.is_day_alone());
    if body.trim().is_empty() && fields.is_empty() && !has_title {
        return ImportRead::nothing(input, ImportIssue::NothingInIt);
    }
    let note = Note { input, front, fields, body, line, name };
    let heading = heading(body).map(|heading| heading.text);
    let date = note_date::of(&note.fields, note.name.as_ref(), heading, context);
    for why in date.problems {
        read.problem(input, SourceSpot::default(), why);
    }
    match date.result {
        Ok(date) => {
            let page = note.page(&date, !read.problems.is_empty(), context);
            read.take_page(input, line, date.moment.at, page, "", context);
            let missing = read.entries.iter_mut().flat_map(|parsed| &mut parsed.files.missing);
            read.problems.iter_mut().chain(missing).for_each(|problem| note.locate(problem));
            // The time isn't in a line of the body.
            let issue = date.moment.issue().filter(|_| !read.entries.is_empty());
            issue.into_iter().for_each(|why| read.problem(input, SourceSpot::default(), why));
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
    /// The line that the body starts on.
    line: usize,
    name: Option<NoteName>,
}

/// The fields for tags; the first one present counts.
const TAGS: &[&str] = &["tags", "tag", "keywords"];
const TITLE: &str = "title";

impl Note<'_> {
    /// The entry's page. `has_problems` if some of the front matter couldn't be read.
    fn page(&self, date: &NoteDate, has_problems: bool, context: &ImportContext) -> NotePage {
        let mut used_keys = date.used_keys.clone();
        let (tag_key, mut tags) = self.front_tags().unwrap_or_default();
        used_keys.extend(tag_key);
        let front_title = self.title();
        used_keys.extend(front_title.as_ref().map(|(key, _)| key.clone()));
        let front_title = front_title.map(|(_, title)| title);
        let (at, is_titled) = (date.moment.at, front_title.is_some());
        let (mut title, text) = self.title_and_text(front_title, at, context);
        let mut text = trim_blank_lines(text).to_owned();
        // Not so a heading: people write those.
        let is_of_name = !is_titled && title == self.title_of_name();
        if text.is_empty() && is_of_name && vault::is_stub(&title) {
            title.clear();
        }
        if text.is_empty() && title.is_empty() || self.body.trim().is_empty() {
            // A note may consist of front matter alone, but not of dates and tags. A tag of
            // several words may say something.
            let invalid_tags = sort_tags(tags.iter().map(String::as_str)).1;
            let has_words = tags.iter().any(|tag| tag.trim().contains(char::is_whitespace));
            let has_more = has_problems || has_words || !invalid_tags.is_empty();
            let is_more = |(key, value): (&String, &Json)| {
                let is_used = used_keys.contains(key) || is_blank(value);
                !is_used && !note_date::is_date(key, value, context.clock)
            };
            if has_more || self.fields.iter().any(is_more) {
                text = self.front.map_or(text, |front| front.trim().to_owned());
            }
        }
        for prose in [prose(&title), prose(&text)] {
            tags.extend(tags_in(&prose, &['#']).filter(has_letters).map(str::to_owned));
        }
        let mut fields = self.others(&used_keys);
        let stem = self.input.stem();
        let file_title = self.title_of_name();
        if !file_title.is_empty() && file_title != title && file_title != text {
            fields.insert("name".into(), json!(stem));
        }
        NotePage { title, text, tags, fields, files: LinkedFiles::default() }
    }

    /// The name of the file without its date.
    fn title_of_name(&self) -> &str {
        self.name.as_ref().map_or(self.input.stem(), |name| &name.title)
    }

    /// The title in the front matter, with its key. It may be a number.
    fn title(&self) -> Option<(String, String)> {
        let (key, value) = self.fields.iter().find(|(key, _)| key.to_lowercase() == TITLE)?;
        let title = note_date::words_of(value)?.trim().to_owned();
        (!title.is_empty()).then(|| (key.clone(), title))
    }

    /// The title and the text. The title is the front matter's, the first heading, or the
    /// file name without the date. A heading that is empty or only the entry's day is
    /// dropped.
    fn title_and_text(
        &self,
        front: Option<String>,
        at: DateTime<FixedOffset>,
        context: &ImportContext,
    ) -> (String, &str) {
        let heading = heading(self.body);
        let says_no_more = |text: &str| {
            let day = Timestamp::parse(text, context.clock).filter(|stamp| !stamp.has_time());
            text.is_empty() || day.and_then(|stamp| stamp.day()) == Some(at.date_naive())
        };
        let file_title = self.title_of_name().to_owned();
        match (front, heading) {
            (Some(title), Some(heading)) if heading.text == title || says_no_more(heading.text) => {
                (title, heading.rest)
            }
            (Some(title), _) => (title, self.body),
            (None, Some(heading)) if says_no_more(heading.text) => (file_title, heading.rest),
            (None, Some(heading)) if heading.level == 1 => (heading.text.to_owned(), heading.rest),
            (None, _) => (file_title, self.body),
        }
    }

    /// The tags in the front matter, a list or words separated by commas or spaces, and
    /// their key.
    fn front_tags(&self) -> Option<(Option<String>, Vec<String>)> {
        let (key, value) = self.tag_field()?;
        let tags: Vec<String> = match value {
            Json::Array(items) => {
                let items = items.iter().filter(|item| !item.is_null());
                items.map(note_date::words_of).collect::<Option<_>>()?
            }
            Json::String(words) => words.split([',', ' ']).map(str::to_owned).collect(),
            Json::Number(number) => vec![number.to_string()],
            Json::Null => Vec::new(),
            Json::Bool(_) | Json::Object(_) => return None,
        };
        let mut tags: Vec<String> = tags.into_iter().filter(|tag| !tag.trim().is_empty()).collect();
        // To YAML, a tag with its mark is a comment.
        let lines = self.tag_lines().map(|(_, lines)| lines).unwrap_or_default();
        let lines = lines.lines().filter(|line| !line.starts_with('#'));
        let marked = lines.flat_map(|line| tags_in(line, &['#'])).filter(has_letters);
        tags.extend(marked.map(str::to_owned));
        Some((Some(key.clone()), tags))
    }

    /// The field for tags, of those that are there.
    fn tag_field(&self) -> Option<(&String, &Json)> {
        let find = |name: &&str| self.fields.iter().find(|(key, _)| key.to_lowercase() == **name);
        TAGS.iter().find_map(find)
    }

    /// Its lines, and the number of the first in the front matter.
    fn tag_lines(&self) -> Option<(usize, String)> {
        front::block_of(self.front?, self.tag_field()?.0)
    }

    /// Gives a problem with a tag or a link the line that has it, if that can be found.
    fn locate(&self, problem: &mut ImportProblem) {
        let (ImportIssue::NotATag { given: words } | ImportIssue::LinkedFile { name: words }) =
            &problem.why
        else {
            return;
        };
        let tag_lines = self.tag_lines().map(|(first, lines)| (first + 1, lines));
        let body = (self.line, self.body.to_owned());
        let line = tag_lines
            .into_iter()
            .chain([body])
            .find_map(|(first, lines)| lines.find(words).map(|at| first + line_of(&lines, at) - 1));
        problem.spot = line.map_or(problem.spot, SourceSpot::from);
    }

    /// The fields that don't go into an answer, a tag or the moment.
    fn others(&self, used_keys: &[String]) -> Map<String, Json> {
        let others = self.fields.iter().filter(|(key, _)| !used_keys.contains(key));
        let others: Map<String, Json> = others.map(|(k, v)| (k.clone(), v.clone())).collect();
        Map::from_iter([("front_matter".to_owned(), Json::Object(others))])
    }
}

/// A number alone isn't a tag.
fn has_letters(tag: &&str) -> bool {
    tag.contains(char::is_alphabetic)
}

/// Does a field say nothing, as a template's often do?
fn is_blank(value: &Json) -> bool {
    match value {
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.iter().all(is_blank),
        Json::Object(fields) => fields.values().all(is_blank),
        Json::Null | Json::Bool(_) | Json::Number(_) => is_empty(value),
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
    // "#" alone is an empty one.
    let is_heading = (1..=6).contains(&level) && (text.is_empty() || text.starts_with(' '));
    let text = Some(text.trim()).filter(|_| is_heading)?;
    Some(Heading { level, text, rest })
}

#[cfg(test)]
mod tests;

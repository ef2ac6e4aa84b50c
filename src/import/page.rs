//! Makes an entry of the practice `write` from a page of another journal.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value as Json, json};
use unicode_normalization::char::is_combining_mark;

use crate::dates;
use crate::entry::{self, Answer, Entry, Value, same_tag};
use crate::error::Result;
use crate::import::ImportIssue;
use crate::practice::{self, Practice};

use super::links::{links_in, possible_links};
use super::moment::LocalMoment;
use super::nearby::LinkedFiles;
use super::prose::prose;
use super::{
    DedupKey, ImportContext, ImportInput, ImportRead, ParsedEntry, SourceSpot, set_imported_fields,
};

const PRACTICE: &str = "write";
const TITLE: &str = "title";
/// The field for a star, and its tag.
pub const STARRED: &str = "starred";

/// The parts of a page. A title without text becomes the text.
#[derive(Default)]
pub struct NotePage {
    pub title: String,
    pub text: String,
    /// As written there, with their marks.
    pub tags: Vec<String>,
    pub fields: Map<String, Json>,
    /// Attachments besides the files that its text links to.
    pub files: LinkedFiles,
}

impl ImportRead {
    /// Makes an entry of a page, unless it's empty. `source_id` is the id that its own program
    /// gave it, if any.
    pub fn take_page(
        &mut self,
        input: &ImportInput,
        spot: impl Into<SourceSpot>,
        moment: impl Into<LocalMoment>,
        page: NotePage,
        source_id: &str,
        context: &ImportContext,
    ) {
        let (spot, moment) = (spot.into(), moment.into());
        let at = moment.at;
        if !dates::fits_in_name(at.date_naive()) {
            return self.problem(input, spot, ImportIssue::BadDate { given: at.to_string() });
        }
        if page.title.is_empty() && page.text.is_empty() {
            return self.problem(input, spot, ImportIssue::NothingInIt);
        }
        // A star can't be filtered by, but a tag can.
        let is_starred = page.fields.get(STARRED) == Some(&Json::Bool(true));
        let words = page.tags.iter().map(String::as_str).chain(is_starred.then_some(STARRED));
        let (tags, invalid_tags) = sort_tags(words);
        let dedup_key = DedupKey::Words(dedup_words(source_id, at, &page));
        let mut fields = page.fields;
        let mut files = page.files;
        let linked = [&page.title, &page.text].into_iter().flat_map(|words| links_of(words));
        for (link, is_clear) in linked.filter(|(link, _)| !is_note(link)) {
            match input.nearby_file(&link) {
                Some(file) if !files.found.contains(&file) => files.found.push(file),
                None if is_clear && (is_file(&link) || input.is_left_behind(&link)) => {
                    let why = ImportIssue::LinkedFile { name: link };
                    files.missing.push(input.problem(spot, why));
                }
                Some(_) | None => {}
            }
        }
        if !invalid_tags.is_empty() {
            fields.insert("tags".into(), json!(invalid_tags));
        }
        for given in invalid_tags {
            self.problem(input, spot, ImportIssue::NotATag { given });
        }
        match entry(at, page.title, page.text, tags, fields, context) {
            Ok(entry) => {
                self.entries.push(ParsedEntry { entry, dedup_key, files });
                moment.issue().into_iter().for_each(|why| self.problem(input, spot, why));
            }
            Err(error) => {
                self.problem(input, spot, ImportIssue::Unreadable { why: error.to_string() });
            }
        }
    }
}

/// What identifies a page whenever it's read: its program's own id, its minute and its words.
/// A page that was changed since is a new one. Minutes, because jrnl's JSON has no seconds; and
/// words, because jrnl's two forms may split title and text in different places.
fn dedup_words(source_id: &str, at: DateTime<FixedOffset>, page: &NotePage) -> String {
    let minute = at.format("%Y-%m-%d %H:%M").to_string();
    let words = page.title.split_whitespace().chain(page.text.split_whitespace());
    let id = Some(source_id).filter(|id| !id.is_empty());
    let parts: Vec<&str> = id.into_iter().chain([&*minute]).chain(words).collect();
    parts.join(" ")
}

/// The links of a text, and whether each is clearly one. What is linked from code, or only looks
/// like a link, is attached if it's there, but nobody misses it if it isn't.
fn links_of(text: &str) -> Vec<(String, bool)> {
    let clear = links_in(&prose(text));
    let mut others = possible_links(text);
    let seen: HashSet<&str> = clear.iter().map(String::as_str).collect();
    others.retain(|link| !seen.contains(&**link));
    let others = others.into_iter().map(|link| (link, false));
    clear.into_iter().map(|link| (link, true)).chain(others).collect()
}

/// Does a link lead to another note, which is an entry of its own?
fn is_note(link: &str) -> bool {
    let ending = link.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["md", "markdown"].contains(&&*ending))
}

/// Does a link lead to a file, by its ending? Obsidian links other notes without one, and a
/// dot in a note's name isn't one.
fn is_file(link: &str) -> bool {
    !link.starts_with("www.") && entry::media_type(link) != entry::OTHER_TYPE
}

fn entry(
    at: DateTime<FixedOffset>,
    title: String,
    text: String,
    tags: Vec<String>,
    fields: Map<String, Json>,
    context: &ImportContext,
) -> Result<Entry> {
    let write = context.practices.practice(PRACTICE);
    let (title, text) = if text.is_empty() { (text, title) } else { (title, text) };
    let mut answers = vec![answer(write, primary(write), text)];
    if !title.is_empty() {
        answers.push(answer(write, TITLE, title));
    }
    let mut entry = Entry::new(PRACTICE, at, context.clock.written, tags, answers)?;
    set_imported_fields(&mut entry, fields);
    Ok(entry)
}

fn primary(write: Option<&Practice>) -> &str {
    write.map_or("page", |practice| &practice.primary)
}

/// An answer in the question's wording, if the practice has that question.
fn answer(write: Option<&Practice>, id: &str, text: String) -> Answer {
    let value = Value::Text(text);
    match write.and_then(|practice| practice.question(id)) {
        Some(question) => question.answer_with(value),
        None => text_answer(id, id, value),
    }
}

pub fn text_answer(id: &str, asked: &str, value: Value) -> Answer {
    Answer {
        question: id.to_owned(),
        asked: asked.to_owned(),
        scale: None,
        value,
        labels: BTreeMap::new(),
        unknown: Map::new(),
    }
}

/// Trims empty lines at both ends, and white space at the end.
pub fn trim_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    &text[line..]
}

/// Finds tags such as `@home` and `#home`, after white space or at the start.
pub fn tags_in<'a>(text: &'a str, marks: &'a [char]) -> impl Iterator<Item = &'a str> {
    let is_tag_char = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "-+*#/_".contains(c);
    text.split_whitespace().filter(move |word| word.starts_with(marks)).filter_map(move |word| {
        let end = word[1..].find(|c| !is_tag_char(c)).map_or(word.len(), |at| at + 1);
        (end > 1).then(|| &word[..end])
    })
}

/// Splits words into valid tags, without duplicates, and words that can't be tags.
pub fn sort_tags<'a>(words: impl IntoIterator<Item = &'a str>) -> (Vec<String>, Vec<String>) {
    let (mut tags, mut invalid): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for word in words {
        // A tag of two words stays one tag.
        let joined = word.split_whitespace().collect::<Vec<_>>().join("-");
        let bare = joined.trim_start_matches(['@', '#']);
        match practice::tag(bare) {
            Some(tag) if !tags.iter().any(|tag_before| same_tag(tag_before, &tag)) => {
                tags.push(tag);
            }
            Some(_) => {}
            None if bare.is_empty() => {}
            None => invalid.push(word.to_owned()),
        }
    }
    (tags, invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_lines_indent_is_part_of_a_text_and_empty_lines_are_not() {
        assert_eq!(trim_blank_lines("\n \n  a\n\nb \n\n"), "  a\n\nb");
        assert_eq!(trim_blank_lines("a"), "a");
        assert_eq!(trim_blank_lines(" \n "), "");
    }

    #[test]
    fn tags_of_two_words_become_one_and_odd_ones_are_told() {
        let (tags, odd) = sort_tags(["@home", "sea side", "#home", "c++", "#"]);
        assert_eq!(tags, ["home", "sea-side"]);
        assert_eq!(odd, ["c++"]);
    }
}

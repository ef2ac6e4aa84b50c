//! A page from elsewhere as an entry of the practice `write`.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value as Json, json};
use unicode_normalization::char::is_combining_mark;

use crate::dates;
use crate::entry::{Answer, Entry, Value};
use crate::error::Result;
use crate::import::ImportIssue;
use crate::practice::{self, LoadedPractice, Practice};

use super::nearby::{ImportedFile, links_in};
use super::{
    ImportContext, ImportIdentity, ImportInput, ImportRead, ImportedEntry, SourceSpot, note,
};

const PRACTICE: &str = "write";
const TITLE: &str = "title";

/// What stood there. A title alone is a page without a title.
#[derive(Default)]
pub struct NotePage {
    pub title: String,
    pub text: String,
    /// As they stood there, with their marks.
    pub tags: Vec<String>,
    pub fields: Map<String, Json>,
    /// What comes with it, besides what its text links to.
    pub files: Vec<ImportedFile>,
}

impl ImportRead {
    /// Takes a page in, if there is anything on it.
    pub fn to_entry(
        &mut self,
        input: &ImportInput,
        spot: impl Into<SourceSpot>,
        at: DateTime<FixedOffset>,
        page: NotePage,
        known_by: String,
        desk: &ImportContext,
    ) {
        let spot = spot.into();
        if !dates::has_a_name(at.date_naive()) {
            return self.problem(input, spot, ImportIssue::BadDate { given: at.to_string() });
        }
        if page.title.is_empty() && page.text.is_empty() {
            return self.problem(input, spot, ImportIssue::NothingInIt);
        }
        let (tags, odd) = sort_tags(page.tags.iter().map(String::as_str));
        let mut fields = page.fields;
        let mut files = page.files;
        let links = links_in(&page.text).into_iter().filter(|link| !is_note(link));
        for link in links {
            match input.nearby_file(&link) {
                Some(file) if !files.contains(&file) => files.push(file),
                None if input.stays_behind(&link) => {
                    self.problem(input, spot, ImportIssue::Attachment { name: link });
                }
                Some(_) | None => {}
            }
        }
        if !odd.is_empty() {
            fields.insert("tags".into(), json!(odd));
        }
        for given in odd {
            self.problem(input, spot, ImportIssue::NotATag { given });
        }
        match entry(at, page.title, page.text, tags, fields, desk) {
            Ok(entry) => {
                let known_by = ImportIdentity::Words(known_by);
                self.drafts.push(ImportedEntry { entry, known_by, files });
            }
            Err(error) => {
                self.problem(input, spot, ImportIssue::Unreadable { why: error.to_string() });
            }
        }
    }
}

/// Does a link lead to another note, which is an entry of its own?
fn is_note(link: &str) -> bool {
    let ending = link.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["md", "markdown"].contains(&&*ending))
}

fn entry(
    at: DateTime<FixedOffset>,
    title: String,
    text: String,
    tags: Vec<String>,
    fields: Map<String, Json>,
    desk: &ImportContext,
) -> Result<Entry> {
    let write = desk.practices.get(PRACTICE).and_then(LoadedPractice::practice);
    let (title, text) = if text.is_empty() { (text, title) } else { (title, text) };
    let mut answers = vec![answer(write, primary(write), text)];
    if !title.is_empty() {
        answers.push(answer(write, TITLE, title));
    }
    let mut entry = Entry::new(PRACTICE, at, desk.clock.written, tags, answers)?;
    note(&mut entry, fields);
    Ok(entry)
}

fn primary(write: Option<&Practice>) -> &str {
    write.map_or("page", |practice| &practice.primary)
}

/// In the question's wording, where the practice has such a question.
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

/// Without the empty lines around it, and the white space at its end.
pub fn trim_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let start = text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len());
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    &text[line..]
}

/// `@home` and `#home`, after white space or at the beginning.
pub fn tags_in<'a>(text: &'a str, marks: &'a [char]) -> impl Iterator<Item = &'a str> {
    let of_tag = |c: char| c.is_alphanumeric() || is_combining_mark(c) || "-+*#/_".contains(c);
    text.split_whitespace().filter(move |word| word.starts_with(marks)).filter_map(move |word| {
        let end = word[1..].find(|c| !of_tag(c)).map_or(word.len(), |at| at + 1);
        (end > 1).then(|| &word[..end])
    })
}

/// A markdown text without its code, in which a `#` is no tag.
pub fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.lines() {
        let start = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (Some(_), _) => {}
            (None, None) => {
                // Between two backticks; an odd one is itself.
                let pieces: Vec<&str> = line.split('`').collect();
                let outside = |i: &usize| {
                    i.is_multiple_of(2) || (i + 1 == pieces.len() && pieces.len().is_multiple_of(2))
                };
                let kept = pieces.iter().enumerate().filter(|(i, _)| outside(i));
                kept.for_each(|(_, piece)| prose.extend([*piece, " "]));
                prose.push('\n');
            }
        }
    }
    prose
}

/// The tags that can be tags here, and the words that cannot.
pub fn sort_tags<'a>(words: impl IntoIterator<Item = &'a str>) -> (Vec<String>, Vec<String>) {
    let (mut tags, mut odd): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for word in words {
        // Two words are one tag, as they were elsewhere.
        let joined = word.split_whitespace().collect::<Vec<_>>().join("-");
        match practice::tags(joined.trim_start_matches(['@', '#'])).as_deref() {
            Some([tag]) if !tags.iter().any(|known| same_tag(known, tag)) => tags.push(tag.clone()),
            Some(_) => {}
            None => odd.push(word.to_owned()),
        }
    }
    (tags, odd)
}

/// Elsewhere, tags that differ in case alone are one.
pub fn same_tag(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other.to_lowercase()
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

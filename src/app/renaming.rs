//! Entries under other names, and a word about what that did.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::app::CommandError;
use crate::entry::Entry;
use crate::error::Result;
use crate::import::remove_origin;
use crate::journal::StoredEntry;
use crate::practice::{Practice, Practices, Question, QuestionKind};
use crate::redact::Redaction;
use crate::render::clean_line;

use super::App;

pub struct Renaming {
    redaction: Redaction,
}

/// What it did to an entry.
#[derive(Default)]
pub struct ReplacementNote {
    replaced: usize,
    /// A line for each of the entry's in which part of a name is left.
    left: Vec<String>,
    /// How many attachments stay behind.
    files: usize,
}

/// What it did to all entries so far.
#[derive(Default)]
pub struct ReplacementCount {
    replaced: usize,
    left: usize,
    files: usize,
}

impl Renaming {
    /// No other names.
    pub fn none() -> Renaming {
        Renaming { redaction: Redaction::default() }
    }

    pub fn is_none(&self) -> bool {
        self.redaction.is_empty()
    }

    /// The names to replace, each as NAME=ALIAS, and the partner's alias.
    pub fn read(app: &App, names: &[String], partner: Option<&str>) -> Result<Renaming> {
        let mut names = names.to_vec();
        if let Some(alias) = partner {
            let partner = app.config.partner.as_ref().ok_or(CommandError::NoPartner)?;
            names.push(format!("{partner}={alias}"));
        }
        let redaction = Redaction::read(names.iter().map(String::as_str))?;
        // They are read from every practice: nothing to do for nobody.
        let common = if redaction.is_empty() { HashSet::new() } else { common_words() };
        Ok(Renaming { redaction: redaction.with_common_words(common) })
    }

    /// A text of this program's own, such as the partner's name.
    pub fn text(&self, text: &str) -> String {
        if self.is_none() { text.to_owned() } else { self.redaction.text(text).0 }
    }

    /// An entry as it is to be read.
    pub fn of<'e>(
        &self,
        kept: &'e StoredEntry,
        app: &App,
    ) -> Result<(Cow<'e, StoredEntry>, ReplacementNote)> {
        let mut note = ReplacementNote::default();
        if self.redaction.is_empty() {
            return Ok((Cow::Borrowed(kept), note));
        }
        let mut kept = kept.clone();
        for head in std::iter::once(&mut kept.entry).chain(&mut kept.beside) {
            let (renamed, of_head) = self.rename(head, app)?;
            note.replaced += of_head.replaced;
            note.left.extend(of_head.left);
            note.files += of_head.files;
            *head = renamed;
        }
        Ok((Cow::Owned(kept), note))
    }

    fn rename(&self, entry: &Entry, app: &App) -> Result<(Entry, ReplacementNote)> {
        let (mut other, replaced) = self.redaction.entry(entry)?;
        // No name can be replaced in a picture, and what it is called may be one.
        let files = std::mem::take(&mut other.attachments).len();
        // A hash of the text as it was could confirm a guess at the name.
        remove_origin(&mut other);
        let when = app.moment_words(other.at);
        let left = self.redaction.remains(&other).into_iter().map(|remains| {
            let (part, line) = (clean_line(&remains.part), clean_line(&remains.line));
            format!("Part of a name is left (“{part}”), {when}: {line}")
        });
        let left = left.collect();
        Ok((other, ReplacementNote { replaced, left, files }))
    }

    /// Says where part of a name is left in an entry, before anybody has it.
    pub fn warn(&self, note: ReplacementNote, count: &mut ReplacementCount, app: &App) {
        count.replaced += note.replaced;
        count.left += note.left.len();
        count.files += note.files;
        for line in note.left {
            app.terminal.say_unwrapped(&line);
        }
    }

    /// Says what it did to all of them.
    pub fn print_summary(&self, count: &ReplacementCount, app: &App) {
        if self.redaction.is_empty() {
            return;
        }
        let times = match count.replaced {
            1 => "1 place".into(),
            n => format!("{n} places"),
        };
        let left = match count.left {
            0 => "No part of them is left.".to_owned(),
            1 => "1 line still has part of one.".to_owned(),
            n => format!("{n} lines still have part of one."),
        };
        let files = match count.files {
            0 => "",
            _ => " Attachments are left out: no name can be replaced in them.",
        };
        app.terminal.say(&format!("Names were replaced in {times}. {left}{files}"));
    }
}

/// The ids and the wordings in the practices that come with the program.
fn common_words() -> HashSet<String> {
    let of = |practice: &Practice| {
        let practice = practice.clone().with_partner_name(None);
        let of_question = |question: &Question| {
            let words = match &question.kind {
                QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. } => {
                    options.iter().flat_map(|o| [o.id.clone(), o.label.clone()]).collect()
                }
                QuestionKind::Scale { labels, .. } => labels.clone(),
                _ => Vec::new(),
            };
            words.into_iter().chain([question.id.clone(), question.ask.clone()]).collect()
        };
        let words = practice.all_questions().flat_map::<Vec<String>, _>(of_question);
        words.chain([practice.name.clone()]).collect::<Vec<_>>()
    };
    Practices::built_in().valid().flat_map(of).collect()
}

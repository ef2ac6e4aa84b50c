//! What other journals hold, on its way in. A source reads the bytes of one
//! file into drafts, and says of each thing that it could not read where it
//! stands and why. Nothing here touches the journal: what comes out are
//! entries, under ids that are the same each time.

mod dayone;
mod errors;
mod exported_markdown;
mod files;
mod front;
mod identify;
mod inward;
mod issue;
mod jrnl;
mod json_entries;
mod markdown;
mod nearby;
mod note_date;
mod note_name;
mod page;
mod parse_answer;
mod rich_text;
pub(crate) mod salt;
mod vault;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDateTime};
use serde_json::{Map, Value as Json};

use crate::config::Clock;
use crate::entry::Entry;
use crate::practice::Practices;

pub use errors::ImportError;
pub(crate) use files::gather;
pub(crate) use identify::{IdentifiedEntries, IdentifiedEntry, identify, origin, remove_origin};
pub use issue::ImportIssue;
pub use jrnl::JrnlSettings;
pub use nearby::{ImportedFile, NearbyFiles};

/// One kind of journal that can be read.
pub struct ImportSource {
    /// What `--from` calls it.
    pub name: &'static str,
    /// What PATH may be.
    pub about: &'static str,
    /// How the names of its files end.
    pub extensions: &'static [&'static str],
    /// Why something below the folder is none of it, though its name ends so.
    pub sets_aside: fn(&str) -> Option<&'static str>,
    /// Reads one file: entries, and what could not be read.
    pub read: fn(&ImportInput, &ImportContext) -> ImportRead,
}

/// The list of sources: one file and one line each.
pub const SOURCES: &[ImportSource] =
    &[jrnl::SOURCE, dayone::SOURCE, markdown::SOURCE, inward::SOURCE];

/// One file of a source.
pub struct ImportInput {
    /// Its path below what the user named, for reports, and for days that
    /// stand in names.
    pub path: String,
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// What lies beside it.
    pub nearby: NearbyFiles,
}

/// What a source may look things up in.
pub struct ImportContext<'a> {
    /// Times without a zone are local ones.
    pub clock: &'a Clock,
    /// To find the questions of our own exports by their wording.
    pub practices: &'a Practices,
    /// What jrnl's own settings say.
    pub jrnl: &'a JrnlSettings,
}

/// What a file held.
#[derive(Debug, Default)]
pub struct ImportRead {
    /// Entries, in the order of the file.
    pub drafts: Vec<ImportedEntry>,
    /// What could not be read, or only in part.
    pub problems: Vec<ImportProblem>,
}

/// Something that did not come, or came otherwise than it stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// The file, below what the user named.
    pub path: String,
    /// Where in it.
    pub spot: SourceSpot,
    /// What is wrong there.
    pub why: ImportIssue,
}

/// Where in a file something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceSpot {
    /// From 1, where a line can be named.
    pub line: Option<usize>,
    /// From 1, in a list of which much may stand on one line.
    pub entry: Option<usize>,
}

impl From<usize> for SourceSpot {
    fn from(line: usize) -> SourceSpot {
        SourceSpot { line: Some(line), entry: None }
    }
}

/// An entry on its way in.
#[derive(Clone, Debug)]
pub struct ImportedEntry {
    /// The entry, under an id that `identify` settles.
    pub entry: Entry,
    /// How it is known again.
    pub known_by: ImportIdentity,
    /// What comes with it.
    pub files: Vec<ImportedFile>,
}

/// What tells that an entry was imported before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportIdentity {
    /// The id that an export gave it, and the tag that proves whose export it was.
    Exported {
        /// What the export says proves whose it is.
        tag: Option<String>,
    },
    /// The same, of another head of the entry before it.
    OtherHead {
        /// What the export says proves whose it is.
        tag: Option<String>,
    },
    /// Words that are the same whenever the source is read: an id of the
    /// source's own, or the time and the text.
    Words(String),
}

impl ImportRead {
    fn problem(&mut self, input: &ImportInput, spot: impl Into<SourceSpot>, why: ImportIssue) {
        self.problems.push(ImportProblem { path: input.path.clone(), spot: spot.into(), why });
    }

    /// Nothing of the file could be read.
    fn nothing(input: &ImportInput, why: ImportIssue) -> ImportRead {
        let mut read = ImportRead::default();
        read.problem(input, SourceSpot::default(), why);
        read
    }
}

impl ImportInput {
    /// The text, without a byte order mark.
    fn text(&self) -> Result<&str, ImportIssue> {
        const SEALED: [&[u8]; 2] = [b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"];
        if SEALED.iter().any(|sign| self.bytes.starts_with(sign)) {
            return Err(ImportIssue::Sealed);
        }
        let text = std::str::from_utf8(&self.bytes).map_err(|e| {
            let before = &self.bytes[..e.valid_up_to()];
            ImportIssue::NotUtf8 { line: 1 + before.iter().filter(|byte| **byte == b'\n').count() }
        })?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The name without its ending.
    fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }
}

impl ImportContext<'_> {
    /// A time on the wall as a moment, where file names have room for its day.
    fn local(&self, wall: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
        (1..=9999).contains(&wall.year()).then(|| self.clock.local(wall))
    }
}

/// Where the source kept something that no practice asks for, an entry keeps
/// it in this field.
pub const IMPORTED: &str = "imported";

fn note(entry: &mut Entry, fields: Map<String, Json>) {
    let filled = fields.into_iter().filter(|(_, value)| !is_empty(value));
    let filled: Map<String, Json> = filled.collect();
    if !filled.is_empty() {
        entry.unknown.insert(IMPORTED.into(), Json::Object(filled));
    }
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::String(text) => text.is_empty(),
        Json::Array(items) => items.is_empty(),
        Json::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Value;

    /// What a source reads with: built-in practices, and UTC.
    pub fn desk<T>(work: impl FnOnce(&ImportContext) -> T) -> T {
        let clock = Clock::at("2026-11-23T21:14:03+00:00".parse().unwrap());
        let practices = Practices::load("/nowhere".as_ref(), &[]);
        let jrnl = JrnlSettings::default();
        work(&ImportContext { clock: &clock, practices: &practices, jrnl: &jrnl })
    }

    pub fn input(path: &str, text: &str) -> ImportInput {
        ImportInput { path: path.into(), bytes: text.into(), nearby: NearbyFiles::None }
    }

    pub fn said(draft: &ImportedEntry) -> Vec<(&str, &str)> {
        draft.entry.answers.iter().map(|a| (a.question.as_str(), text(&a.value))).collect()
    }

    fn text(value: &Value) -> &str {
        let Value::Text(text) = value else { panic!("{value:?}") };
        text
    }
}

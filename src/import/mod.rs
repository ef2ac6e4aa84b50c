//! Imports from other journals. A source parses the bytes of one file into entries, and
//! reports what it couldn't read, where and why. Nothing here touches the journal: the
//! result is entries, under ids that are the same each time.

mod dayone;
mod errors;
mod exported_markdown;
mod files;
mod front;
mod html_links;
mod identify;
mod inward;
mod issue;
mod jrnl;
mod json_entries;
mod links;
mod markdown;
mod moment;
mod nearby;
mod note_date;
mod note_name;
mod page;
mod parse_answer;
mod prose;
mod rich_text;
pub(crate) mod salt;
mod vault;
mod zip_words;

use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};

use crate::config::Clock;
use crate::entry::Entry;
use crate::practice::Practices;
use crate::render::{ExportKind, PageOrigin, page_origin};

pub use errors::ImportError;
pub(crate) use files::gather;
pub(crate) use identify::{
    IdentifiedEntries, IdentifiedEntry, identify, origin, remove_origin, said_hash,
};
pub use issue::ImportIssue;
pub use jrnl::JrnlSettings;
pub use nearby::{ImportedFile, LinkedFiles, NearbyFiles};

/// One kind of journal that can be read.
pub struct ImportSource {
    /// Its name for `--from`.
    pub name: &'static str,
    /// Its name in a sentence.
    pub title: &'static str,
    /// What PATH may be, for the help.
    pub about: &'static str,
    /// The extensions of its files.
    pub extensions: &'static [&'static str],
    /// Why a path below the folder isn't the source's, in spite of its extension.
    pub sets_aside: fn(&str) -> Option<&'static str>,
    /// Its templates below a folder, which aren't entries.
    pub templates: fn(&Path) -> Vec<PathBuf>,
    /// Parses one file.
    pub read: fn(&ImportInput, &ImportContext) -> ImportRead,
}

/// All sources. The code of a new one is one file and one line; docs/ARCHITECTURE.md says what
/// tells people about it.
pub const SOURCES: &[ImportSource] =
    &[jrnl::SOURCE, dayone::SOURCE, markdown::SOURCE, inward::SOURCE];

/// One file of a source.
pub struct ImportInput {
    /// Its path below what the user named, for reports and for dates in names.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The files beside it.
    pub nearby: NearbyFiles,
}

/// What parsing depends on besides the file.
pub struct ImportContext<'a> {
    /// The local zone, for times without one.
    pub clock: &'a Clock,
    /// To find questions by their wording in our own exports.
    pub practices: &'a Practices,
    /// The partner's name, which an option of our own exports may have.
    pub partner: Option<&'a str>,
    /// jrnl's own settings.
    pub jrnl: &'a JrnlSettings,
}

/// The result of parsing a file.
#[derive(Debug, Default)]
pub struct ImportRead {
    /// Entries, in the order of the file.
    pub entries: Vec<ParsedEntry>,
    /// What couldn't be read, or only in part.
    pub problems: Vec<ImportProblem>,
}

/// Something that wasn't imported, or was imported with a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// The file, below what the user named.
    pub path: String,
    /// The place in it.
    pub spot: SourceSpot,
    /// What is wrong there.
    pub why: ImportIssue,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceSpot {
    /// The line, from 1, if it's known.
    pub line: Option<usize>,
    /// The number of the entry, from 1, in a list that may be all on one line.
    pub entry: Option<usize>,
}

impl From<usize> for SourceSpot {
    fn from(line: usize) -> SourceSpot {
        SourceSpot { line: Some(line), entry: None }
    }
}

/// An entry that has been parsed.
#[derive(Clone, Debug)]
pub struct ParsedEntry {
    /// The entry, under an id that `identify` will replace.
    pub entry: Entry,
    /// What identifies it.
    pub dedup_key: DedupKey,
    /// Its attachments.
    pub files: LinkedFiles,
}

/// What identifies an entry, so that it isn't imported twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DedupKey {
    /// An entry of an export, identified by its id and its content.
    Exported(ExportProof),
    /// Another head of the entry before it.
    OtherHead(ExportProof),
    /// Text that is the same whenever the source is read: an id of the source's own, or
    /// the time and the text.
    Words(String),
}

/// What proves that nobody changed an entry since it was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportProof {
    /// Nothing.
    None,
    /// A tag, which also proves whose export it is if the journal's key verifies it.
    Tag(String),
    /// The hash of the whole page.
    PageHash,
}

impl ExportProof {
    /// A page that is as an export wrote it says of each of its entries that nobody changed
    /// it.
    fn of_page(bytes: &[u8]) -> ExportProof {
        match std::str::from_utf8(bytes).map(|text| page_origin(text, ExportKind::NONE)) {
            Ok(PageOrigin::Unchanged | PageOrigin::OtherExport) => ExportProof::PageHash,
            Ok(PageOrigin::Changed | PageOrigin::Elsewhere) | Err(_) => ExportProof::None,
        }
    }

    fn tag(&self) -> Option<&str> {
        if let ExportProof::Tag(tag) = self { Some(tag) } else { None }
    }
}

impl ImportRead {
    fn problem(&mut self, input: &ImportInput, spot: impl Into<SourceSpot>, why: ImportIssue) {
        self.problems.push(input.problem(spot, why));
    }

    /// Its problems, without what was kept as text of a file that isn't imported.
    pub fn reported_problems(&self) -> impl Iterator<Item = &ImportProblem> {
        let is_lost = |problem: &ImportProblem| problem.why.is_lost();
        let is_nothing = self.entries.is_empty() && self.problems.iter().any(is_lost);
        self.problems.iter().filter(move |problem| !is_nothing || is_lost(problem))
    }

    /// The result for a file of which nothing could be read.
    fn nothing(input: &ImportInput, why: ImportIssue) -> ImportRead {
        let mut read = ImportRead::default();
        read.problem(input, SourceSpot::default(), why);
        read
    }
}

impl ImportInput {
    fn problem(&self, spot: impl Into<SourceSpot>, why: ImportIssue) -> ImportProblem {
        ImportProblem { path: self.path.clone(), spot: spot.into(), why }
    }

    /// What Windows writes as UTF-16 becomes UTF-8.
    fn new(path: String, bytes: Vec<u8>, nearby: NearbyFiles) -> ImportInput {
        let unit = match bytes.get(..2) {
            Some([0xFF, 0xFE]) => Some(u16::from_le_bytes as fn([u8; 2]) -> u16),
            Some([0xFE, 0xFF]) => Some(u16::from_be_bytes as fn([u8; 2]) -> u16),
            _ => None,
        };
        let Some(unit) = unit else { return ImportInput { path, bytes, nearby } };
        let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
        let text = String::from_utf16(&units);
        ImportInput { path, bytes: text.map_or(bytes, String::into_bytes), nearby }
    }

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

    /// The name without its extension.
    fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }
}

/// The field of an entry for what the source had and no practice asks about.
pub const IMPORTED: &str = "imported";

fn set_imported_fields(entry: &mut Entry, fields: Map<String, Json>) {
    let fields = fields.into_iter().filter(|(_, value)| !is_empty(value));
    let fields: Map<String, Json> = fields.collect();
    if !fields.is_empty() {
        entry.unknown.insert(IMPORTED.into(), Json::Object(fields));
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

    /// Calls `work` with a context of built-in practices and UTC.
    pub fn with_context<T>(work: impl FnOnce(&ImportContext) -> T) -> T {
        let clock = Clock::at("2026-11-23T21:14:03+00:00".parse().unwrap());
        let practices = Practices::load("/nowhere".as_ref(), &[]);
        let jrnl = JrnlSettings::default();
        work(&ImportContext { clock: &clock, practices: &practices, partner: None, jrnl: &jrnl })
    }

    pub fn input(path: &str, text: &str) -> ImportInput {
        ImportInput { path: path.into(), bytes: text.into(), nearby: NearbyFiles::None }
    }

    pub fn answers_of(parsed: &ParsedEntry) -> Vec<(&str, &str)> {
        parsed.entry.answers.iter().map(|a| (a.question.as_str(), text(&a.value))).collect()
    }

    #[test]
    fn what_windows_writes_is_read() {
        let text = "[2026-11-23 21:14] Grüße 🌊\n";
        let bytes = |mark: u16, of: fn(u16) -> [u8; 2]| -> Vec<u8> {
            [mark].into_iter().chain(text.encode_utf16()).flat_map(of).collect()
        };
        for bytes in [bytes(0xFEFF, u16::to_le_bytes), bytes(0xFEFF, u16::to_be_bytes)] {
            let input = ImportInput::new("a.txt".into(), bytes, NearbyFiles::None);
            assert_eq!(input.text().unwrap(), text);
        }
        let broken = vec![0xFF, 0xFE, 0x00, 0xD8, 0x20, 0x00];
        let input = ImportInput::new("a.txt".into(), broken.clone(), NearbyFiles::None);
        assert_eq!(input.bytes, broken);
    }

    fn text(value: &Value) -> &str {
        let Value::Text(text) = value else { panic!("{value:?}") };
        text
    }
}

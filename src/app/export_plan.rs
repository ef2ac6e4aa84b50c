//! What `export` does, settled before anything is opened: which entries, as which
//! document, to which place. [`ExportPlan::run`] reads them and writes it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::io::Write;
use std::path::Path;

use crate::disk;
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{ReadOrder, SearchResult, StoredEntry};
use crate::keys::KeyError;
use crate::query::Query;
use crate::render::{
    self, Contents, EntryLinks, Export, ExportFormat, ExportGrouping, ExportKind, ExportParts,
    Layout, LinkedEntry, Template, clean,
};
use crate::seal::{ExportKey, Identity, Recipients};
use crate::secret::SecretBytes;
use crate::words::count_of;

use super::App;
use super::damage_lines::some_left_out;
use super::entry_redaction::{EntryRedaction, RedactionCount};
use super::export_place::{ExportPlace, readers, sealed_for};
use super::exported_files::{WrittenFiles, attachments_of};
use super::key::recipients_text;
use super::stale_pages::{EarlierPages, WrittenPages};
use super::stream::{Stream, write_all};
use super::survey::Survey;

/// One export, with every flag read.
pub struct ExportPlan {
    /// Unique beginnings of the ids of these entries alone; of the query's where it is empty.
    pub ids: Vec<String>,
    pub query: Query,
    /// What the query was given, in words.
    pub filters: Vec<String>,
    pub place: ExportPlace,
    pub format: &'static ExportFormat,
    /// Filled in place of the format.
    pub template: Option<Template>,
    /// Who alone can open it; plain text without.
    pub recipients: Option<Recipients>,
    pub redaction: EntryRedaction,
    /// What makes a page, and in a folder a file.
    pub by: ExportGrouping,
    /// Replaces files that are there.
    pub force: bool,
}

impl ExportPlan {
    pub fn run(&self, app: &App) -> Result<Exit> {
        self.place.check(app, self.recipients.is_some(), self.force)?;
        let identity = app.unlock()?;
        self.files_folder()
            .map_or(Ok(()), |folder| app.refuse_own_places(&folder.join("attachments")))?;
        let earlier = self.place.folder().map(|folder| EarlierPages::read(folder, app));
        let written = match self.parts() {
            Some(parts) => self.write_stream(app, &identity, parts),
            None => self.write_documents(app, &identity),
        };
        if let Some(earlier) = earlier {
            match &written {
                Ok(written) => earlier.sweep(app, &identity, self, &written.pages)?,
                // Everything on earlier pages may have been deleted since.
                Err(error) if error.exit() == Exit::NothingMatched => {
                    earlier.sweep(app, &identity, self, &WrittenPages::default())?;
                }
                Err(_) => {}
            }
        }
        let written = written?;
        if let Some(path) = self.place.path() {
            self.print_where(app, path, written.attached);
        }
        let exit = if written.not_replaced.is_empty() { Exit::Done } else { Exit::SomeDamaged };
        Ok(app.finish(&written.damaged, exit))
    }

    /// How the document is written entry by entry, where it can be: as one, in the
    /// order of time, with nothing that needs all of it at hand.
    fn parts(&self) -> Option<&'static ExportParts> {
        let whole = self.template.is_some()
            || self.recipients.is_some()
            || self.query.last.is_some()
            || !self.ids.is_empty()
            || self.by == ExportGrouping::Practice
            || matches!(self.place, ExportPlace::Folder(_));
        self.format.parts().filter(|_| !whole)
    }

    fn layout<'a>(
        &'a self,
        app: &'a App,
        links: &'a EntryLinks,
        key: Option<&'a ExportKey>,
        kind: &'a ExportKind,
        contents: Option<&'a Contents>,
    ) -> Layout<'a> {
        // What other names stand in is no longer what the journal holds.
        let key = key.filter(|_| self.redaction.is_none());
        let layout = Layout::new(self.by, app.clock(), self.redaction.practices(app), links);
        Layout { kind, key, has_files: self.carries_files(), contents, ..layout }
    }

    fn write_stream(
        &self,
        app: &App,
        identity: &Identity,
        parts: &'static ExportParts,
    ) -> Result<WrittenFiles> {
        let key = ExportKey::of(identity);
        let (order, redaction) = (ReadOrder::OldestFirst, &self.redaction);
        let none = Survey::default();
        let layout =
            self.layout(app, &none.links, key.as_ref(), ExportKind::NONE, Some(&none.contents));
        let unlinked = Stream { app, identity, order, parts, layout, redaction };
        let Survey { links, contents, chunks } = if self.format.has_contents_and_links {
            self.survey(&unlinked)?
        } else {
            Survey::default()
        };
        let layout = self.layout(app, &links, key.as_ref(), ExportKind::NONE, Some(&contents));
        let stream = Stream { layout, ..unlinked };
        self.write(app, self.place.path(), |out| {
            let (files, damaged) = match chunks {
                Some((chunks, damaged)) => {
                    stream.write_chunks(&self.query, chunks, damaged, out)?
                }
                None => stream.write(&self.query, out)?,
            };
            // Before the document has its name: whoever sees it finds what it links to.
            Ok(self.write_files(app, identity, &files)?.after(damaged))
        })
    }

    /// One document; in a folder, one for each page.
    fn write_documents(&self, app: &App, identity: &Identity) -> Result<WrittenFiles> {
        let result = self.find(app, identity)?;
        if result.entries.is_empty() && !some_left_out(&result.damaged) {
            self.write(app, None, |out| self.write_empty(out))?;
            return Err(app.nothing_found(&self.query, &result.damaged));
        }
        let entries = self.redact(app, render::oldest_first(&result.entries))?;
        let entries: Vec<&StoredEntry> = entries.iter().map(Cow::as_ref).collect();
        let links = EntryLinks::among(entries.iter().map(|kept| LinkedEntry::of(&kept.entry)));
        let key = ExportKey::of(identity);
        let contents = self.contents(app, identity, &entries)?;
        let kind = self.kind(key.as_ref(), &entries);
        let layout = self.layout(app, &links, key.as_ref(), &kind, contents.as_ref());
        let export = Export { entries, layout };
        let files = export.entries.iter().filter(|_| self.carries_files());
        let files: Vec<_> = files.flat_map(|kept| attachments_of(kept)).collect();
        if let Some(recipients) = self.recipients.as_ref().filter(|_| !files.is_empty()) {
            let damaged = self.write_archive(app, identity, recipients, &export, &files)?;
            return Ok(WrittenFiles { damaged, ..WrittenFiles::default() }.after(result.damaged));
        }
        if let ExportPlace::Folder(folder) = &self.place {
            // Before what is attached is there already.
            self.refuse_foreign_pages(folder, &export)?;
        }
        let mut written = self.write_files(app, identity, &files)?.after(result.damaged);
        match &self.place {
            ExportPlace::Folder(folder) => {
                written.pages = self.write_pages(app, folder, &export)?;
            }
            ExportPlace::Output | ExportPlace::File(_) => {
                let bytes = self.document(&export)?;
                self.write(app, self.place.path(), |out| write_all(out, &bytes))?;
            }
        }
        Ok(written)
    }

    /// The entries that it is of, newest first.
    fn find(&self, app: &App, identity: &Identity) -> Result<SearchResult> {
        if self.ids.is_empty() {
            return app.find(&self.query, identity, &|stored| stored);
        }
        let named = app.resolve(&self.ids, identity);
        let mut result = named.inspect_err(|error| {
            if error.exit() == Exit::NothingMatched {
                // That no entry has this id is what the error says.
                let _ = self.write(app, None, |out| self.write_empty(out));
            }
        })?;
        let place = |entry: &Entry| (entry.at.naive_local(), entry.written, entry.id.clone());
        result.entries.sort_by_key(|stored| Reverse(place(&stored.entry)));
        result.entries.dedup_by(|a, b| a.entry.id == b.entry.id);
        Ok(result)
    }

    /// A program that reads the document gets one, with nothing in it.
    fn write_empty(&self, out: &mut dyn Write) -> Result<()> {
        let document = self.template.is_none() && self.recipients.is_none();
        let to_output = matches!(self.place, ExportPlace::Output);
        let parts = self.format.parts().filter(|_| document && to_output);
        parts.map_or(Ok(()), |parts| write_all(out, parts.empty.as_bytes()))
    }

    /// The one way out of an export: to a file, whole or not at all, or to standard
    /// output.
    pub(super) fn write<T>(
        &self,
        app: &App,
        path: Option<&Path>,
        fill: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<T> {
        match path {
            Some(path) => disk::write_with(path, self.force, fill),
            None => app.terminal.print_with(fill),
        }
    }

    /// The entries under other names, after a word on where part of one is left.
    fn redact<'e>(
        &self,
        app: &App,
        entries: Vec<&'e StoredEntry>,
    ) -> Result<Vec<Cow<'e, StoredEntry>>> {
        let redacted = entries.into_iter().map(|entry| self.redaction.of(entry, app));
        let (entries, notes): (Vec<_>, Vec<_>) =
            redacted.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        let mut count = RedactionCount::default();
        notes.into_iter().for_each(|note| self.redaction.warn(note, &mut count, app));
        self.redaction.print_summary(&count, app);
        Ok(entries)
    }

    pub(super) fn document(&self, export: &Export) -> Result<SecretBytes> {
        sealed_for(self.recipients.as_ref(), self.text(export)?)
    }

    pub(super) fn text(&self, export: &Export) -> Result<SecretBytes> {
        Ok(SecretBytes::from(match &self.template {
            Some(template) => template.write(export)?,
            None => self.format.write(export),
        }))
    }

    pub(super) fn file_name(&self, page: &str) -> String {
        format!("{page}.{}", self.file_ending())
    }

    pub(super) fn file_ending(&self) -> String {
        let extension = self.template.as_ref().map_or(self.format.extension, Template::extension);
        let sealed = if self.recipients.is_some() { ".age" } else { "" };
        format!("{extension}{sealed}")
    }

    /// Can its pages be asked which entries are on them?
    pub(super) fn names_entries(&self) -> bool {
        self.template.is_none() && self.recipients.is_none() && self.format.marks.is_some()
    }

    /// The line that goes with every export to a file.
    fn print_where(&self, app: &App, path: &Path, attached: usize) {
        let beside = self.place_of_files(path, attached);
        let path = clean(&path.display().to_string()).into_owned();
        let files = if self.place.folder().is_some() { "those files" } else { "that file" };
        let entries = if self.ids.len() == 1 { "this entry" } else { "these entries" };
        let readers = readers(self.recipients.is_some(), files, entries);
        let evident = self.template.is_some()
            || path.ends_with('/')
            || path.trim_end_matches(".age").ends_with(self.format.extension);
        let format = if evident { String::new() } else { format!(" as {}", self.format.name) };
        app.terminal.say(&format!("Exported to {path}{format}{beside}. {readers}"));
    }

    /// " and attachments/ (2 files); keep them together", where a document has files beside it.
    fn place_of_files(&self, path: &Path, attached: usize) -> String {
        if attached == 0 || !matches!(self.place, ExportPlace::File(_)) {
            return String::new();
        }
        let count = count_of(attached, "file", "files");
        let folder = path.with_file_name("attachments");
        let folder = clean(&folder.display().to_string()).into_owned();
        format!(" and {folder}/ ({count}); keep them together")
    }
}

/// The recipients that these arguments are, or that the files they name list, one a
/// line, as `age -R` reads it.
///
/// # Errors
/// A file that lists none, or a line that is none.
pub fn read_recipients(arguments: &[String]) -> Result<Option<Recipients>> {
    if arguments.is_empty() {
        return Ok(None);
    }
    let lists: Result<Vec<String>> =
        arguments.iter().map(|argument| recipient_lines(argument)).collect();
    Recipients::parse(&lists?.join("\n"), "--recipient").map(Some)
}

fn recipient_lines(argument: &str) -> Result<String> {
    let Some(text) = recipients_text(argument)? else { return Ok(argument.to_owned()) };
    if Recipients::parse(&text, argument)?.is_empty() {
        return Err(KeyError::NoRecipients { path: argument.into() }.into());
    }
    Ok(text)
}

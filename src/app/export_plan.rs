//! What `export` does, settled before anything is opened: which entries, as which
//! document, to which place. [`ExportPlan::run`] reads them and writes it.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError};
use crate::error::{Exit, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::keys::KeyError;
use crate::query::Query;
use crate::render::{
    self, Contents, EntryLinks, Export, ExportFormat, ExportGrouping, ExportParts, Layout,
    LinkedEntry, Template, clean,
};
use crate::seal::{ExportKey, Identity, Recipient, Recipients};
use crate::secret::SecretBytes;

use super::damage_lines::some_left_out;
use super::exported_files::{AttachmentStore, ExportedAttachment, attachments_of};
use super::renaming::{Renaming, ReplacementCount};
use super::stream::{Stream, write_all};
use super::survey::Survey;
use super::{App, CommandError};

/// One export, with every flag read.
pub struct ExportPlan {
    pub query: Query,
    /// What the query was given, in words.
    pub filters: Vec<String>,
    pub place: ExportPlace,
    pub format: &'static ExportFormat,
    /// Filled in place of the format.
    pub template: Option<Template>,
    /// Who alone can open it; plain text without.
    pub recipients: Option<Recipients>,
    pub renaming: Renaming,
    /// What makes a page, and in a folder a file.
    pub by: ExportGrouping,
    /// Replaces files that are there.
    pub force: bool,
}

/// Where an export goes.
pub enum ExportPlace {
    Output,
    File(PathBuf),
    Folder(PathBuf),
}

impl ExportPlace {
    /// From `--output`: a folder is one that there is, or a name that ends in `/`.
    pub fn parse(output: Option<&str>) -> ExportPlace {
        match output {
            None | Some("-") => ExportPlace::Output,
            Some(name) if name.ends_with('/') || Path::new(name).is_dir() => {
                ExportPlace::Folder(name.into())
            }
            Some(name) => ExportPlace::File(name.into()),
        }
    }

    fn path(&self) -> Option<&Path> {
        match self {
            ExportPlace::Output => None,
            ExportPlace::File(path) | ExportPlace::Folder(path) => Some(path),
        }
    }
}

impl ExportPlan {
    pub fn run(&self, app: &App) -> Result<Exit> {
        self.place.path().map_or(Ok(()), |path| app.refuse_own_places(path))?;
        match &self.place {
            ExportPlace::Output
                if self.recipients.is_some() && app.terminal.output_is_terminal() =>
            {
                return Err(CommandError::SealedToTerminal.into());
            }
            ExportPlace::File(path) => self.refuse_existing(path)?,
            ExportPlace::Output | ExportPlace::Folder(_) => {}
        }
        let identity = app.unlock()?;
        self.files_folder()
            .map_or(Ok(()), |folder| app.refuse_own_places(&folder.join("attachments")))?;
        let damaged = match self.parts() {
            Some(parts) => self.write_stream(app, &identity, parts)?,
            None => self.write_documents(app, &identity)?,
        };
        if let Some(path) = self.place.path() {
            self.print_where(app, path);
        }
        Ok(app.finish(&damaged, Exit::Done))
    }

    /// How the document is written entry by entry, where it can be: as one, in the
    /// order of time, with nothing that needs all of it at hand.
    fn parts(&self) -> Option<&'static ExportParts> {
        let whole = self.template.is_some()
            || self.recipients.is_some()
            || self.query.last.is_some()
            || self.by == ExportGrouping::Practice
            || matches!(self.place, ExportPlace::Folder(_));
        self.format.parts.as_ref().filter(|_| !whole)
    }

    fn layout<'a>(
        &self,
        app: &'a App,
        links: &'a EntryLinks,
        key: Option<&'a ExportKey>,
        contents: Option<&'a Contents>,
    ) -> Layout<'a> {
        // What other names stand in is no longer what the journal holds.
        let key = key.filter(|_| self.renaming.is_none());
        let (clock, practices) = (app.clock(), &app.practices);
        let has_files = self.carries_files();
        Layout { by: self.by, alone: false, clock, practices, links, key, has_files, contents }
    }

    /// Does what is attached go with it? On standard output only in a sealed archive;
    /// nowhere where other names stand in the words.
    fn carries_files(&self) -> bool {
        let to_output = matches!(self.place, ExportPlace::Output) && self.recipients.is_none();
        let names_them = self.template.is_some() || self.format.attaches;
        names_them && self.renaming.is_none() && !to_output
    }

    /// Below which folder it goes, where it is not sealed.
    fn files_folder(&self) -> Option<&Path> {
        let folder = match &self.place {
            ExportPlace::Output => return None,
            ExportPlace::File(path) => path.parent().filter(|it| !it.as_os_str().is_empty()),
            ExportPlace::Folder(folder) => Some(folder.as_path()),
        };
        let folder = folder.unwrap_or(Path::new("."));
        Some(folder).filter(|_| self.carries_files() && self.recipients.is_none())
    }

    fn write_files(
        &self,
        app: &App,
        identity: &Identity,
        files: &[ExportedAttachment],
    ) -> Result<Vec<Damaged>> {
        let Some(folder) = self.files_folder() else { return Ok(Vec::new()) };
        let journal = &app.journal();
        AttachmentStore { journal, identity }.write_files(files, folder, self.force)
    }

    fn write_stream(
        &self,
        app: &App,
        identity: &Identity,
        parts: &'static ExportParts,
    ) -> Result<Vec<Damaged>> {
        let key = ExportKey::of(identity);
        let survey = match self.format.titled {
            true => self.survey(app, identity)?,
            false => Survey::default(),
        };
        let layout = self.layout(app, &survey.links, key.as_ref(), Some(&survey.contents));
        let order = ReadOrder::OldestFirst;
        let stream = Stream { app, identity, order, parts, layout, renaming: &self.renaming };
        self.write(app, self.place.path(), |out| {
            let (files, damaged) = stream.write(&self.query, out)?;
            // Before the document has its name: whoever sees it finds what it links to.
            Ok([damaged, self.write_files(app, identity, &files)?].concat())
        })
    }

    /// One document; in a folder, one for each page.
    fn write_documents(&self, app: &App, identity: &Identity) -> Result<Vec<Damaged>> {
        let result = app.find_as(&self.query, identity, &|stored| stored)?;
        if result.entries.is_empty() && !some_left_out(&result.damaged) {
            self.write(app, None, |out| self.write_empty(out))?;
            return Err(app.nothing_matched(&result.damaged));
        }
        let entries = self.rename(app, render::oldest_first(&result.entries))?;
        let entries: Vec<&StoredEntry> = entries.iter().map(Cow::as_ref).collect();
        let links = EntryLinks::among(entries.iter().map(|kept| LinkedEntry::of(&kept.entry)));
        let key = ExportKey::of(identity);
        let contents = self.contents(app, identity, &entries)?;
        let layout = self.layout(app, &links, key.as_ref(), Some(&contents));
        let export = Export { entries, layout };
        let files = export.entries.iter().filter(|_| self.carries_files());
        let files: Vec<_> = files.flat_map(|kept| attachments_of(kept)).collect();
        let mut damaged = result.damaged;
        if let Some(recipients) = self.recipients.as_ref().filter(|_| !files.is_empty()) {
            damaged.extend(self.write_archive(app, identity, recipients, &export, &files)?);
            return Ok(damaged);
        }
        if let ExportPlace::Folder(folder) = &self.place {
            // Before what is attached is there already.
            self.refuse_foreign_pages(folder, &export)?;
        }
        damaged.extend(self.write_files(app, identity, &files)?);
        match &self.place {
            ExportPlace::Folder(folder) => self.write_pages(app, folder, &export)?,
            ExportPlace::Output | ExportPlace::File(_) => {
                let bytes = self.document(&export)?;
                self.write(app, self.place.path(), |out| write_all(out, &bytes))?;
            }
        }
        Ok(damaged)
    }

    /// A program that reads the document gets one, with nothing in it.
    fn write_empty(&self, out: &mut dyn Write) -> Result<()> {
        let document = self.template.is_none() && self.recipients.is_none();
        let to_output = matches!(self.place, ExportPlace::Output);
        let parts = self.format.parts.as_ref().filter(|_| document && to_output);
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
    fn rename<'e>(
        &self,
        app: &App,
        entries: Vec<&'e StoredEntry>,
    ) -> Result<Vec<Cow<'e, StoredEntry>>> {
        let renamed = entries.into_iter().map(|entry| self.renaming.of(entry, app));
        let (entries, notes): (Vec<_>, Vec<_>) =
            renamed.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        let mut count = ReplacementCount::default();
        notes.into_iter().for_each(|note| self.renaming.warn(note, &mut count, app));
        self.renaming.print_summary(&count, app);
        Ok(entries)
    }

    pub(super) fn document(&self, export: &Export) -> Result<SecretBytes> {
        let text = self.text(export)?;
        match &self.recipients {
            Some(recipients) => recipients.seal_bytes(&text).map(SecretBytes::from),
            None => Ok(text),
        }
    }

    pub(super) fn text(&self, export: &Export) -> Result<SecretBytes> {
        Ok(SecretBytes::from(match &self.template {
            Some(template) => template.write(export)?,
            None => (self.format.write)(export),
        }))
    }

    pub(super) fn file_name(&self, page: &str) -> String {
        let extension = self.template.as_ref().map_or(self.format.extension, Template::extension);
        let sealed = if self.recipients.is_some() { ".age" } else { "" };
        format!("{page}.{extension}{sealed}")
    }

    pub(super) fn refuse_existing(&self, path: &Path) -> Result<()> {
        match path.symlink_metadata().is_ok() && !path.is_dir() && !self.force {
            true => Err(DiskError::FileExists { path: path.to_owned() }.into()),
            false => Ok(()),
        }
    }

    /// The line that goes with every export to a file.
    fn print_where(&self, app: &App, path: &Path) {
        let path = clean(&path.display().to_string()).into_owned();
        let readers = match &self.recipients {
            None => "It is plain text: whoever can read those files can read these entries.",
            Some(_) => "It is encrypted: only the keys named with --recipient open it.",
        };
        let evident = self.template.is_some()
            || path.ends_with('/')
            || path.trim_end_matches(".age").ends_with(self.format.extension);
        let format = if evident { String::new() } else { format!(" as {}", self.format.name) };
        app.terminal.say(&format!("Exported to {path}{format}. {readers}"));
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
    let file = Path::new(argument);
    if Recipient::parse(argument).is_ok() || !file.is_file() {
        return Ok(argument.to_owned());
    }
    let text = std::fs::read_to_string(file).map_err(DiskError::io("read", file))?;
    if Recipients::parse(&text, argument)?.is_empty() {
        return Err(KeyError::NoRecipients { path: file.to_owned() }.into());
    }
    Ok(text)
}

//! What is attached to exported entries: in a folder beside the document, or in one sealed
//! archive with it.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tar::{EntryType, Header};

use crate::disk::{self, DiskError};
use crate::entry::Attachment;
use crate::error::Result;
use crate::journal::{Damaged, Journal, StoredEntry};
use crate::render::exported_attachment_place;
use crate::seal::{AttachmentFileName, Identity, StreamSummary};
use crate::secret::SecretBytes;

use super::App;
use super::attachment_copies::copy_plain;
use super::export_place::ExportPlace;
use super::export_plan::ExportPlan;
use super::stale_pages::WrittenPages;

/// A file that goes with an export.
pub struct ExportedAttachment {
    name: AttachmentFileName,
    attachment: Attachment,
}

/// What became of an export's entries and of the files that go with them.
#[derive(Default)]
pub struct WrittenFiles {
    /// Those that are not whole, and were left out.
    pub damaged: Vec<Damaged>,
    /// How many attachments are in the folder now.
    pub attached: usize,
    /// Files that were there already, with other bytes than what was attached.
    pub not_replaced: Vec<PathBuf>,
    /// In a folder, the pages.
    pub pages: WrittenPages,
}

impl WrittenFiles {
    /// With what was damaged already, before it.
    pub fn after(self, damaged: Vec<Damaged>) -> WrittenFiles {
        WrittenFiles { damaged: [damaged, self.damaged].concat(), ..self }
    }
}

/// Everything that is attached to an entry, in any of its heads.
pub fn attachments_of(stored: &StoredEntry) -> Vec<ExportedAttachment> {
    let mut seen = HashSet::new();
    let all = stored.heads().flat_map(|head| head.attachments.iter().map(move |it| (head, it)));
    all.filter(|(_, attachment)| seen.insert(attachment.id.clone()))
        .map(|(head, attachment)| ExportedAttachment {
            name: AttachmentFileName::of(head, attachment),
            attachment: attachment.clone(),
        })
        .collect()
}

/// Where the bytes of attachments come from.
#[derive(Clone, Copy)]
pub struct AttachmentStore<'a> {
    pub journal: &'a Journal,
    pub identity: &'a Identity,
}

impl AttachmentStore<'_> {
    fn open(&self, file: &ExportedAttachment) -> std::result::Result<Box<dyn io::Read>, Damaged> {
        self.journal.read_attachment(&file.name, &file.attachment, self.identity)
    }

    /// Writes files below the folder of an export. A file that is there already under the
    /// name of one, which has the id of the attachment in it, is left as it is.
    ///
    /// # Errors
    /// `NotAPlainFile` for anything but a file, before the first is written, and what writing
    /// failed with.
    pub fn write_files(
        &self,
        files: &[ExportedAttachment],
        folder: &Path,
        force: bool,
    ) -> Result<WrittenFiles> {
        let place =
            |file: &ExportedAttachment| folder.join(exported_attachment_place(&file.attachment));
        files.iter().try_for_each(|file| refuse_other_than_file(place(file)))?;
        let mut written = WrittenFiles { attached: files.len(), ..WrittenFiles::default() };
        for file in files {
            let path = place(file);
            if !force && path.symlink_metadata().is_ok() {
                written.not_replaced.extend((!has_bytes(&path, &file.attachment)).then_some(path));
                continue;
            }
            match self.open(file) {
                Ok(mut plain) => {
                    path.parent().map_or(Ok(()), disk::make_folder)?;
                    disk::write_with(&path, force, |out| copy_plain(&mut *plain, out, &path))?;
                }
                Err(why) => {
                    written.attached -= 1;
                    written.damaged.push(why);
                }
            }
        }
        Ok(written)
    }

    /// Writes documents and files as one tar archive. What is not whole is left out and
    /// returned.
    ///
    /// # Errors
    /// What writing failed with.
    pub fn write_archive(
        &self,
        documents: &[(String, SecretBytes)],
        files: &[ExportedAttachment],
        time: i64,
        out: &mut dyn Write,
    ) -> Result<Vec<Damaged>> {
        let failed = |e| DiskError::io("write", Path::new("the archive"))(e);
        let mut archive = tar::Builder::new(out);
        let mut damaged = Vec::new();
        for (name, text) in documents {
            let mut header = header(text.len() as u64, time);
            archive.append_data(&mut header, name, &text[..]).map_err(failed)?;
        }
        for file in files {
            match self.open(file) {
                Ok(plain) => {
                    let mut header = header(file.attachment.bytes, time);
                    let place = exported_attachment_place(&file.attachment);
                    archive.append_data(&mut header, place, plain).map_err(failed)?;
                }
                Err(why) => damaged.push(why),
            }
        }
        archive.finish().map_err(failed)?;
        Ok(damaged)
    }
}

/// Whether someone changed it or it was cut short, nobody can tell.
const OTHER_BYTES: &str = "Not replaced, and not what was attached (add --force to replace it)";

impl ExportPlan {
    /// Does what is attached go with it? On standard output only in a sealed archive;
    /// nowhere where other names stand in the words.
    pub(super) fn carries_files(&self) -> bool {
        let to_output = matches!(self.place, ExportPlace::Output) && self.recipients.is_none();
        let names_them = self.template.is_some() || self.format.links_attachments;
        names_them && self.redaction.is_none() && !to_output
    }

    /// Below which folder it goes, where it is not sealed.
    pub(super) fn files_folder(&self) -> Option<&Path> {
        let folder = match &self.place {
            ExportPlace::Output => return None,
            ExportPlace::File(path) => path.parent().filter(|it| !it.as_os_str().is_empty()),
            ExportPlace::Folder(folder) => Some(folder.as_path()),
        };
        let folder = folder.unwrap_or(Path::new("."));
        Some(folder).filter(|_| self.carries_files() && self.recipients.is_none())
    }

    /// Writes what is attached, and names each file that is there with other bytes.
    pub(super) fn write_files(
        &self,
        app: &App,
        identity: &Identity,
        files: &[ExportedAttachment],
    ) -> Result<WrittenFiles> {
        let Some(folder) = self.files_folder() else { return Ok(WrittenFiles::default()) };
        let journal = &app.journal();
        let store = AttachmentStore { journal, identity };
        let written = store.write_files(files, folder, self.force)?;
        written.not_replaced.iter().for_each(|path| app.name_file(OTHER_BYTES, path));
        Ok(written)
    }
}

/// A folder or a link in the place of a file is nothing that an export wrote.
fn refuse_other_than_file(path: PathBuf) -> Result<()> {
    if path.symlink_metadata().is_ok_and(|it| !it.is_file()) {
        Err(DiskError::NotAPlainFile { path }.into())
    } else {
        Ok(())
    }
}

/// Is this a file, and has it the bytes that were attached?
fn has_bytes(path: &Path, attachment: &Attachment) -> bool {
    let is_file =
        path.symlink_metadata().is_ok_and(|it| it.is_file() && it.len() == attachment.bytes);
    let summary = || StreamSummary::of(&mut std::fs::File::open(path)?);
    is_file && summary().is_ok_and(|summary| summary.sha256 == attachment.sha256)
}

/// A file of its owner's alone.
fn header(size: u64, time: i64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(size);
    header.set_mtime(u64::try_from(time).unwrap_or_default());
    header
}

/// The name of the document within an archive that is written to this file: `week.md` of
/// `week.md.age`.
pub fn document_name(path: Option<&PathBuf>, extension: &str) -> String {
    let name = path.and_then(|path| path.file_name()).map(|name| name.to_string_lossy());
    let name = name.as_deref().unwrap_or("journal");
    let endings = [".age", ".tar", &format!(".{extension}")];
    let stem = endings.iter().fold(name, |name, ending| name.strip_suffix(ending).unwrap_or(name));
    let stem = if stem.is_empty() { "journal" } else { stem };
    format!("{stem}.{extension}")
}

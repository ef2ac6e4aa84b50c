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
use crate::render::export_place;
use crate::seal::{AttachmentFileName, Identity, StreamSummary};
use crate::secret::SecretBytes;

use super::saving::copy_plain;

/// A file that goes with an export.
pub struct ExportedAttachment {
    name: AttachmentFileName,
    attachment: Attachment,
}

/// Everything that is attached to an entry, in any of its heads.
pub fn attachments_of(kept: &StoredEntry) -> Vec<ExportedAttachment> {
    let mut seen = HashSet::new();
    let all = kept.heads().flat_map(|head| head.attachments.iter().map(move |it| (head, it)));
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

    /// Writes files below the folder of an export, after all of their names were looked
    /// at. What is not whole is left out and returned.
    ///
    /// # Errors
    /// `FileExists` without `force`, or what writing failed with.
    pub fn write_files(
        &self,
        files: &[ExportedAttachment],
        folder: &Path,
        force: bool,
    ) -> Result<Vec<Damaged>> {
        let path = |file: &ExportedAttachment| folder.join(export_place(&file.attachment));
        // An earlier export may have written it.
        let is_there =
            |file: &&ExportedAttachment| !force && has_bytes(&path(file), &file.attachment);
        let new: Vec<&ExportedAttachment> = files.iter().filter(|file| !is_there(file)).collect();
        let taken = new.iter().map(|file| path(file)).find(|path| path.symlink_metadata().is_ok());
        if let Some(path) = taken.filter(|_| !force) {
            return Err(DiskError::FileExists { path }.into());
        }
        let mut damaged = Vec::new();
        for file in new {
            match self.open(file) {
                Ok(mut plain) => {
                    let path = path(file);
                    path.parent().map_or(Ok(()), disk::make_folder)?;
                    disk::write_with(&path, force, |out| copy_plain(&mut *plain, out, &path))?;
                }
                Err(why) => damaged.push(why),
            }
        }
        Ok(damaged)
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
                    let place = export_place(&file.attachment);
                    archive.append_data(&mut header, place, plain).map_err(failed)?;
                }
                Err(why) => damaged.push(why),
            }
        }
        archive.finish().map_err(failed)?;
        Ok(damaged)
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

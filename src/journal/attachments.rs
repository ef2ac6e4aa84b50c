//! Files kept with entries, each sealed in a file of its own in its entry's month. They
//! are published before the entry that names them, and removed before the last revision
//! that named them: without that revision, nothing would say that they may go.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;

use serde_json::{Map, Value as Json};

use crate::disk::DiskError;
use crate::entry::{Attachment, AttachmentId, Entry, EntryId};
use crate::error::{Error, Result};
use crate::seal::{
    AttachmentFileName, Damage, Identity, Recipients, Sealed, SealedStream, StreamError,
    StreamSummary, stream_damage,
};

use super::heads::heads;
use super::month::Month;
use super::name::{self};
use super::stored_entry::attachment_ids;
use super::{Damaged, Journal, JournalError, StoredEntry};

/// A file that is to be kept with an entry.
pub trait AttachmentSource: Sync {
    /// Its name and media type.
    fn name_and_type(&self) -> (String, String);

    /// Fields of an earlier attachment that this version of inward doesn't know.
    fn unknown(&self) -> Map<String, Json> {
        Map::new()
    }

    /// Passes its bytes to `take`, and returns what `take` does.
    ///
    /// # Errors
    /// Why it can't be opened, and the errors of `take`.
    fn read(
        &self,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<StreamSummary>,
    ) -> Result<StreamSummary>;

    /// The error for bytes that couldn't be read to their end.
    fn read_error(&self, error: io::Error) -> Error;
}

/// An attachment that is to be sealed again. Its bytes have been checked to their end.
struct StoredAttachment<'a> {
    journal: &'a Journal,
    path: PathBuf,
    attachment: &'a Attachment,
    identity: &'a Identity,
}

impl AttachmentSource for StoredAttachment<'_> {
    fn name_and_type(&self) -> (String, String) {
        (self.attachment.name.clone(), self.attachment.media_type.clone())
    }

    fn unknown(&self) -> Map<String, Json> {
        self.attachment.unknown.clone()
    }

    fn read(
        &self,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<StreamSummary>,
    ) -> Result<StreamSummary> {
        let plain = self.journal.open_attachment(&self.path, self.attachment, self.identity);
        take(&mut *plain.map_err(|why| self.unreadable(why))?)
    }

    fn read_error(&self, error: io::Error) -> Error {
        self.unreadable(stream_damage(&error))
    }
}

impl StoredAttachment<'_> {
    fn unreadable(&self, why: Damage) -> Error {
        unreadable(self.attachment, Damaged { path: self.path.clone(), why })
    }
}

/// The failure of whatever needs the bytes of an attachment that is damaged.
fn unreadable(attachment: &Attachment, Damaged { path, why }: Damaged) -> Error {
    JournalError::AttachmentUnreadable { name: attachment.name.clone(), path, why }.into()
}

impl Journal {
    /// Seals files into an entry's month, then publishes the entry, which names them. If
    /// anything fails, the files are removed.
    ///
    /// # Errors
    /// A file that can't be read or sealed, and the errors of `publish`.
    pub fn publish_with_files(
        &self,
        mut entry: Entry,
        files: &[&dyn AttachmentSource],
        recipients: &Recipients,
        publish: impl FnOnce(&Sealed) -> Result<()>,
    ) -> Result<Entry> {
        let old_count = entry.attachments.len();
        let sealed = files.iter().try_for_each(|file| {
            entry.attachments.push(self.seal_file(*file, &entry, recipients)?);
            Ok(())
        });
        let published = sealed.and_then(|()| publish(&recipients.seal(&entry)?));
        match published {
            Ok(()) => Ok(entry),
            // The entry is there, so its files must be too.
            Err(error) if error.is_unconfirmed() => Err(error),
            Err(error) => {
                let new = entry.attachments[old_count..].iter();
                new.for_each(|it| self.discard_file(&AttachmentFileName::of(&entry, it)));
                Err(error)
            }
        }
    }

    fn discard_file(&self, name: &AttachmentFileName) {
        if let Ok(folder) = self.month_folder(name.day) {
            folder.discard(name::attachment_file_name(name).as_ref());
        }
    }

    fn seal_file(
        &self,
        file: &dyn AttachmentSource,
        entry: &Entry,
        recipients: &Recipients,
    ) -> Result<Attachment> {
        let id: AttachmentId = self.random_id()?;
        let file_name =
            AttachmentFileName { day: entry.day(), entry: entry.id.clone(), id: id.clone() };
        let StreamSummary { bytes, sha256 } = file.read(&mut |input| {
            let published =
                recipients.seal_stream(input).publish(self, &file_name, &|e| file.read_error(e));
            // An unconfirmed file may be there all the same, and no entry will name it.
            published.inspect_err(|_| self.discard_file(&file_name))
        })?;
        let (name, media_type) = file.name_and_type();
        Ok(Attachment { id, name, media_type, bytes, sha256, unknown: file.unknown() })
    }

    /// Keeps an attachment, already sealed, that comes from another device.
    ///
    /// # Errors
    /// As [`Journal::append`]; `failed` makes the error for bytes that can't be read.
    pub fn append_attachment(
        &self,
        name: &AttachmentFileName,
        sealed: SealedStream,
        failed: &dyn Fn(io::Error) -> Error,
    ) -> Result<()> {
        sealed.publish(self, name, failed).map(drop)
    }

    /// All attachments of an entry, to be sealed again.
    ///
    /// # Errors
    /// `AttachmentUnreadable`, where one can't be read to its end.
    pub fn kept_attachments<'a>(
        &'a self,
        entry: &'a Entry,
        identity: &'a Identity,
    ) -> Result<Vec<Box<dyn AttachmentSource + 'a>>> {
        let attachments = entry.attachments.iter().map(|attachment| {
            let name = AttachmentFileName::of(entry, attachment);
            let path = self.find_attachment(&name, attachment, identity);
            let path = path.map_err(|damaged| unreadable(attachment, damaged))?;
            let attachments = StoredAttachment { journal: self, path, attachment, identity };
            Ok(Box::new(attachments) as Box<dyn AttachmentSource + 'a>)
        });
        attachments.collect()
    }

    /// The attachments that a new revision would name and another edit has removed since:
    /// no head names them, and no file holds them.
    ///
    /// # Errors
    /// A journal that can't be listed.
    pub fn detached_meanwhile(
        &self,
        new: &Entry,
        identity: &Identity,
    ) -> Result<BTreeSet<AttachmentId>> {
        let month = Month::of(new.day());
        if new.attachments.is_empty() {
            return Ok(BTreeSet::new());
        }
        let path = self.root.join(month.place());
        let files = self.attachment_files(month, &new.id).map_err(DiskError::io("list", &path))?;
        let is_gone = |it: &&Attachment| {
            files.as_ref().is_none_or(|files| !files.has(&it.id))
                && self
                    .find_attachment(&AttachmentFileName::of(new, it), it, identity)
                    .is_err_and(|damaged| matches!(damaged.why, Damage::AttachmentMissing { .. }))
        };
        let gone: BTreeSet<AttachmentId> =
            new.attachments.iter().filter(is_gone).map(|it| it.id.clone()).collect();
        if gone.is_empty() {
            return Ok(gone);
        }
        // Unless every head opens, nothing is removed.
        let attached_now = self.attached_to_heads(month, &new.id, identity)?;
        Ok(attached_now.map(|attached_now| &gone - &attached_now).unwrap_or_default())
    }

    /// The attachments of an entry's heads as they are now. `None` unless every file of
    /// the entry opens.
    fn attached_to_heads(
        &self,
        month: Month,
        id: &EntryId,
        identity: &Identity,
    ) -> Result<Option<BTreeSet<AttachmentId>>> {
        let groups = self.scan_prefix(id.as_str())?.groups;
        let mut groups = groups.into_iter();
        let group = groups.find(|it| it.id == *id && Month::of(it.day()) == month);
        let revisions = group.map(|group| self.open_group(&group, identity));
        let revisions = revisions.filter(|it| it.damaged.is_empty() && !it.revisions.is_empty());
        Ok(revisions.map(|revisions| attachment_ids(heads(&revisions.revisions))))
    }

    /// Removes the attachment files that only replaced revisions name. Where a head names
    /// an attachment whose file isn't here, another file may hold its bytes, and all of
    /// them stay.
    pub(super) fn discard_attachments(&self, old: &StoredEntry, identity: &Identity) {
        if old.attached.is_empty() {
            return;
        }
        let month = Month::of(old.entry.day());
        // By now, another edit may be a head beside the new one.
        let Ok(Some(attached_now)) = self.attached_to_heads(month, &old.entry.id, identity) else {
            return;
        };
        let Ok(Some(files)) = self.attachment_files(month, &old.entry.id) else { return };
        if !attached_now.iter().all(|id| files.has(id)) {
            return;
        }
        let is_unnamed =
            |id: &AttachmentId| old.attached.contains(id) && !attached_now.contains(id);
        for (_, _, name) in files.files.iter().filter(|(_, id, _)| is_unnamed(id)) {
            files.folder.discard(name);
        }
    }

    /// Removes the files of these attachments of an entry. What can't be removed is an
    /// error.
    pub(super) fn remove_attachments(
        &self,
        month: Month,
        entry: &EntryId,
        ids: &BTreeSet<AttachmentId>,
    ) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let path = self.root.join(month.place());
        let files = self.attachment_files(month, entry).map_err(DiskError::io("list", &path))?;
        let Some(files) = files else { return Ok(()) };
        let mut matching = files.files.iter().filter(|(_, id, _)| ids.contains(id));
        matching.try_for_each(|(_, _, name)| files.folder.remove_item(name))
    }
}

impl SealedStream<'_> {
    fn publish(
        self,
        journal: &Journal,
        name: &AttachmentFileName,
        failed: &dyn Fn(io::Error) -> Error,
    ) -> Result<StreamSummary> {
        let file_name = name::attachment_file_name(name);
        let folder = journal.month_folder(name.day)?;
        let path = folder.path().join(&file_name);
        let published = folder.publish_with(&file_name, |out| {
            self.write_to(out).map_err(|error| match error {
                StreamError::Reading(e) => failed(e),
                StreamError::Writing(e) => DiskError::io("write", &path)(e),
                StreamError::Sealing(e) => e,
                StreamError::NotSealed => failed(io::ErrorKind::InvalidData.into()),
            })
        });
        published.map_err(|mut error| {
            if let Some(failure) = error.of_mut::<DiskError>() {
                failure.reword_for_attachment(&path);
            }
            error
        })
    }
}

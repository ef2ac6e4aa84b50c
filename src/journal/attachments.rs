//! Files kept with entries, each sealed in a file of its own in its entry's month:
//! published before the entry that names it, and removed before the last revision that
//! did: what is left behind a revision nobody knows of.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::PathBuf;

use serde_json::{Map, Value as Json};

use crate::disk::DiskError;
use crate::entry::{Attachment, AttachmentId, Entry, EntryId, Id};
use crate::error::{Error, Result};
use crate::seal::{
    AttachmentFileName, Damage, Identity, Recipients, Sealed, SealedStream, StreamError,
    StreamSummary, stream_damage,
};

use super::heads::heads;
use super::month::Month;
use super::name::{self};
use super::stored::attachment_ids;
use super::{Damaged, Journal, JournalError, StoredEntry};

/// Where the bytes of a file come from that is to be kept with an entry.
pub trait AttachmentSource: Sync {
    /// What it is called, and its media type.
    fn name_and_type(&self) -> (String, String);

    /// What is known of it besides.
    fn unknown(&self) -> Map<String, Json> {
        Map::new()
    }

    /// Gives its bytes to whoever takes them, and returns what came of that.
    ///
    /// # Errors
    /// What keeps it from being opened, and those of `take`.
    fn read(
        &self,
        take: &mut dyn FnMut(&mut dyn Read) -> Result<StreamSummary>,
    ) -> Result<StreamSummary>;

    /// What it means that they could not be read to their end.
    fn failed(&self, error: io::Error) -> Error;
}

/// An attachment of an entry, to be sealed anew: its bytes were read through once and
/// are whole.
struct KeptAttachment<'a> {
    journal: &'a Journal,
    path: PathBuf,
    attachment: &'a Attachment,
    identity: &'a Identity,
}

impl AttachmentSource for KeptAttachment<'_> {
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
        let opened = self.journal.open_attachment(&self.path, self.attachment, self.identity);
        take(&mut *opened.map_err(|why| self.unreadable(why))?)
    }

    fn failed(&self, error: io::Error) -> Error {
        self.unreadable(stream_damage(&error))
    }
}

impl KeptAttachment<'_> {
    fn unreadable(&self, why: Damage) -> Error {
        unreadable(self.attachment, Damaged { path: self.path.clone(), why })
    }
}

/// The failure of whatever needs the bytes of an attachment that is damaged.
fn unreadable(attachment: &Attachment, Damaged { path, why }: Damaged) -> Error {
    JournalError::AttachmentUnreadable { name: attachment.name.clone(), path, why }.into()
}

impl Journal {
    /// Seals files into the month of an entry, and then publishes the entry, which names
    /// them. Where anything fails, they go again.
    ///
    /// # Errors
    /// Where a file cannot be read or sealed, and those of `publish`.
    pub fn publish_with_files(
        &self,
        mut entry: Entry,
        files: &[&dyn AttachmentSource],
        recipients: &Recipients,
        publish: impl FnOnce(&Sealed) -> Result<()>,
    ) -> Result<Entry> {
        let before = entry.attachments.len();
        let sealed = files.iter().try_for_each(|file| {
            entry.attachments.push(self.seal_file(*file, &entry, recipients)?);
            Ok(())
        });
        let published = sealed.and_then(|()| publish(&recipients.seal(&entry)?));
        match published {
            Ok(()) => Ok(entry),
            // It is there, and so must they be.
            Err(error) if error.is_unconfirmed() => Err(error),
            Err(error) => {
                let new = entry.attachments[before..].iter();
                new.for_each(|it| self.discard_file(&AttachmentFileName::of(&entry, it)));
                Err(error)
            }
        }
    }

    fn discard_file(&self, name: &AttachmentFileName) {
        if let Ok(folder) = self.month_folder(name.day) {
            folder.discard(name::write_attachment(name).as_ref());
        }
    }

    fn seal_file(
        &self,
        file: &dyn AttachmentSource,
        entry: &Entry,
        recipients: &Recipients,
    ) -> Result<Attachment> {
        let (day, id): (_, AttachmentId) = (entry.day(), Id::random()?);
        let file_name = AttachmentFileName { day, entry: entry.id.clone(), id: id.clone() };
        let StreamSummary { bytes, sha256 } = file.read(&mut |input| {
            let published =
                recipients.seal_stream(input).publish(self, &file_name, &|e| file.failed(e));
            // It may be there all the same, unconfirmed, and no entry will name it.
            published.inspect_err(|_| self.discard_file(&file_name))
        })?;
        let (name, media_type) = file.name_and_type();
        Ok(Attachment { id, name, media_type, bytes, sha256, unknown: file.unknown() })
    }

    /// Keeps the sealed bytes of an attachment that comes from another device.
    ///
    /// # Errors
    /// As [`Journal::append`]; `failed` words what kept them from being read.
    pub fn append_attachment(
        &self,
        name: &AttachmentFileName,
        sealed: SealedStream,
        failed: &dyn Fn(io::Error) -> Error,
    ) -> Result<()> {
        sealed.publish(self, name, failed).map(drop)
    }

    /// Everything that is attached to an entry, to be sealed anew.
    ///
    /// # Errors
    /// `AttachmentUnreadable`, where one is not whole.
    pub fn kept_attachments<'a>(
        &'a self,
        entry: &'a Entry,
        identity: &'a Identity,
    ) -> Result<Vec<Box<dyn AttachmentSource + 'a>>> {
        let kept = entry.attachments.iter().map(|attachment| {
            let name = AttachmentFileName::of(entry, attachment);
            let path = self.find_attachment(&name, attachment, identity);
            let path = path.map_err(|damaged| unreadable(attachment, damaged))?;
            let kept = KeptAttachment { journal: self, path, attachment, identity };
            Ok(Box::new(kept) as Box<dyn AttachmentSource + 'a>)
        });
        kept.collect()
    }

    /// What a new revision would still name, and another edit has taken off its entry
    /// since: no revision that stands now names it, and no file holds it.
    ///
    /// # Errors
    /// What keeps the journal from being looked at.
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
        let there = self.attachment_files(month, &new.id).map_err(DiskError::io("list", &path))?;
        let is_gone = |it: &&Attachment| {
            there.as_ref().is_none_or(|there| !there.has(&it.id))
                && self
                    .find_attachment(&AttachmentFileName::of(new, it), it, identity)
                    .is_err_and(|damaged| matches!(damaged.why, Damage::AttachmentMissing { .. }))
        };
        let gone: BTreeSet<AttachmentId> =
            new.attachments.iter().filter(is_gone).map(|it| it.id.clone()).collect();
        if gone.is_empty() {
            return Ok(gone);
        }
        // Where that cannot be told, nothing is taken off.
        let named = self.named_now(month, &new.id, identity)?;
        Ok(named.map(|named| &gone - &named).unwrap_or_default())
    }

    /// What the heads that are here now have attached. `None` where that cannot be
    /// told: not all of them open.
    fn named_now(
        &self,
        month: Month,
        id: &EntryId,
        identity: &Identity,
    ) -> Result<Option<BTreeSet<AttachmentId>>> {
        let groups = self.scan_prefix(id.as_str())?.groups;
        let mut groups = groups.into_iter();
        let group = groups.find(|it| it.id == *id && Month::of(it.day()) == month);
        let opened = group.map(|group| self.open_group(&group, identity));
        let opened = opened.filter(|it| it.damaged.is_empty() && !it.revisions.is_empty());
        Ok(opened.map(|opened| attachment_ids(heads(&opened.revisions))))
    }

    /// Removes the files of an entry that only revisions named which are replaced now.
    /// Where one that stands names what is not here under that id, another may stand in
    /// for it, and all stay.
    pub(super) fn discard_attachments(&self, old: &StoredEntry, identity: &Identity) {
        if old.attached.is_empty() {
            return;
        }
        let month = Month::of(old.entry.day());
        // Another edit may stand beside the new one by now.
        let Ok(Some(named)) = self.named_now(month, &old.entry.id, identity) else { return };
        let Ok(Some(there)) = self.attachment_files(month, &old.entry.id) else { return };
        if !named.iter().all(|id| there.has(id)) {
            return;
        }
        let is_over = |id: &AttachmentId| old.attached.contains(id) && !named.contains(id);
        for (_, _, name) in there.files.iter().filter(|(_, id, _)| is_over(id)) {
            there.folder.discard(name);
        }
    }

    /// Removes files of an entry for good, of these attachments.
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
        let there = self.attachment_files(month, entry).map_err(DiskError::io("list", &path))?;
        let Some(there) = there else { return Ok(()) };
        let mut of = there.files.iter().filter(|(_, id, _)| ids.contains(id));
        of.try_for_each(|(_, _, name)| there.folder.remove_item(name))
    }
}

impl SealedStream<'_> {
    fn publish(
        self,
        journal: &Journal,
        name: &AttachmentFileName,
        failed: &dyn Fn(io::Error) -> Error,
    ) -> Result<StreamSummary> {
        let file_name = name::write_attachment(name);
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
                failure.tell_of_part(&path);
            }
            error
        })
    }
}

//! The files of attachments, found and read. A file is found by its two ids; the day in
//! its name only says in which month.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::disk::Folder;
use crate::entry::{Attachment, AttachmentId, Entry, EntryId};
use crate::seal::{
    AttachmentFileName, Damage, Identity, has_whole_length, padded_length, stream_damage,
};

use super::month::Month;
use super::name::{self, NameKind};
use super::stored::read_damage;
use super::{Damaged, Journal};

impl Journal {
    /// The files of attachments of one entry in a month's folder, our own names first.
    pub(super) fn attachment_files(
        &self,
        month: Month,
        id: &EntryId,
    ) -> io::Result<Option<MonthFiles>> {
        let path = self.root.join(month.place());
        let Ok(Some(folder)) = Folder::find(&*self.disk, &path) else { return Ok(None) };
        let read = |name: OsString| {
            let (label, kind) = name::read_attachment(&name.to_string_lossy())?;
            (label.entry == *id).then_some((kind, label.id, name))
        };
        let mut files: Vec<_> =
            folder.list()?.into_iter().filter_map(|item| read(item.name)).collect();
        files.sort();
        Ok(Some(MonthFiles { folder, files }))
    }

    /// Is there a file that may hold an attachment, by its name and its length alone?
    pub fn has_attachment(&self, name: &AttachmentFileName, attachment: &Attachment) -> bool {
        let month = Month::of(name.day);
        let listed = match Folder::find(&*self.disk, &self.root.join(month.place())) {
            Ok(Some(folder)) => {
                let place = Journal::attachment_place(name);
                let own = Path::new(&place).file_name().unwrap_or_default();
                if folder.about_item(own).is_ok() {
                    return true;
                }
                self.attachment_files(month, &name.entry)
            }
            Ok(None) => return false,
            // What cannot be looked at may be there.
            Err(_) => return true,
        };
        listed.map_or(true, |files| {
            files.is_some_and(|files| !files.candidates(attachment).is_empty())
        })
    }

    /// The file that has the whole bytes of an attachment, read through: under its own
    /// name, under one that a syncer gave it, or where a device sealed it anew that knew
    /// nothing of the revision which names this one.
    ///
    /// # Errors
    /// What is wrong with the first file that is called so; `AttachmentMissing`, where none
    /// is.
    pub fn find_attachment(
        &self,
        name: &AttachmentFileName,
        attachment: &Attachment,
        identity: &Identity,
    ) -> std::result::Result<PathBuf, Damaged> {
        let own = self.root.join(Journal::attachment_place(name));
        let damaged = match self.check_attachment(&own, attachment, identity) {
            Ok(()) => return Ok(own),
            Err(why) => Damaged { path: own.clone(), why },
        };
        let listed = self.attachment_files(Month::of(name.day), &name.entry);
        let listed = listed.map_err(|e| Damaged { why: stream_damage(&e), ..damaged.clone() })?;
        let mut damaged = Some(damaged).filter(|damaged| damaged.why != Damage::Gone);
        for (path, id) in listed.iter().flat_map(|files| files.candidates(attachment)) {
            match self.check_attachment(&path, attachment, identity) {
                Ok(()) => return Ok(path),
                Err(why) if id == attachment.id => {
                    damaged.get_or_insert(Damaged { path, why });
                }
                Err(_) => {}
            }
        }
        let why = Damage::AttachmentMissing { name: attachment.name.clone() };
        Err(damaged.unwrap_or(Damaged { path: own, why }))
    }

    fn check_attachment(
        &self,
        path: &Path,
        attachment: &Attachment,
        identity: &Identity,
    ) -> std::result::Result<(), Damage> {
        let mut plain = self.open_attachment(path, attachment, identity)?;
        io::copy(&mut plain, &mut io::sink()).map_err(|e| stream_damage(&e))?;
        Ok(())
    }

    pub(super) fn open_attachment(
        &self,
        path: &Path,
        attachment: &Attachment,
        identity: &Identity,
    ) -> std::result::Result<Box<dyn Read>, Damage> {
        let (file, _) = self.open_sealed(path)?;
        Ok(Box::new(identity.open_attachment(file, attachment)?))
    }

    /// A sealed file of the journal's, to be read as it is wanted, and its length in
    /// bytes.
    ///
    /// # Errors
    /// What keeps it from being opened.
    pub fn open_sealed(
        &self,
        path: &Path,
    ) -> std::result::Result<(Box<dyn Read + Send>, u64), Damage> {
        let folder = path.parent().and_then(|folder| Folder::find(&*self.disk, folder).ok()?);
        let folder = folder.ok_or(Damage::Gone)?;
        let opened = folder.open_file(path.file_name().unwrap_or_default());
        opened.map(|(file, about)| (file, about.stamp.size)).map_err(read_damage)
    }

    /// The bytes of an attachment, after they were found to be whole.
    ///
    /// # Errors
    /// As [`Journal::find_attachment`].
    pub fn read_attachment(
        &self,
        name: &AttachmentFileName,
        attachment: &Attachment,
        identity: &Identity,
    ) -> std::result::Result<Box<dyn Read>, Damaged> {
        let path = self.find_attachment(name, attachment, identity)?;
        let opened = self.open_attachment(&path, attachment, identity);
        opened.map_err(|why| Damaged { path, why })
    }

    /// What is attached to an entry and not whole.
    pub fn damaged_attachments(&self, entry: &Entry, identity: &Identity) -> Vec<Damaged> {
        let check = |it: &Attachment| {
            self.find_attachment(&AttachmentFileName::of(entry, it), it, identity).err()
        };
        entry.attachments.iter().filter_map(check).collect()
    }
}

/// Is a sealed file all there, as far as can be told? Of one that is sealed to somebody
/// else, its length tells.
///
/// # Errors
/// `NotSealed`, `Broken` or `Unreadable`.
pub fn check_attachment(
    mut sealed: impl Read,
    length: u64,
    identity: Option<&Identity>,
) -> std::result::Result<(), Damage> {
    /// No list of recipients is nearly as long, in bytes.
    const LONGEST_HEADER: u64 = 64 << 10;
    let mut begins = Vec::new();
    let read = sealed.by_ref().take(LONGEST_HEADER).read_to_end(&mut begins);
    read.map_err(|e| stream_damage(&e))?;
    match identity.map(|identity| identity.check_stream(begins.as_slice().chain(sealed))) {
        Some(Ok(())) => Ok(()),
        Some(Err(why @ (Damage::Broken | Damage::NotSealed | Damage::Unreadable { .. }))) => {
            Err(why)
        }
        _ if has_whole_length(&begins, length) => Ok(()),
        _ => Err(Damage::Broken),
    }
}

/// What is in a month's folder of one entry's attachments.
pub(super) struct MonthFiles {
    pub folder: Folder,
    pub files: Vec<(NameKind, AttachmentId, OsString)>,
}

impl MonthFiles {
    pub fn has(&self, id: &AttachmentId) -> bool {
        self.files.iter().any(|(_, there, _)| there == id)
    }

    /// The files that may hold an attachment: those with its id, then others of about
    /// its length.
    fn candidates(&self, attachment: &Attachment) -> Vec<(PathBuf, AttachmentId)> {
        let (own, others): (Vec<_>, Vec<_>) =
            self.files.iter().partition(|(_, id, _)| *id == attachment.id);
        let others = others.into_iter().filter(|(_, _, name)| self.has_length(name, attachment));
        let place = |(_, id, name): &(NameKind, AttachmentId, OsString)| {
            (self.folder.path().join(name), id.clone())
        };
        own.into_iter().chain(others).map(place).collect()
    }

    /// Is a file as long as the sealed attachment, but for what age puts before it?
    fn has_length(&self, name: &OsStr, attachment: &Attachment) -> bool {
        const MOST_BEFORE: u64 = 64 << 10;
        let padded = padded_length(attachment.bytes as usize) as u64;
        let tags = 16 * (padded / (64 << 10) + 1);
        let about = self.folder.about_item(name);
        about.is_ok_and(|it| (padded..padded + tags + MOST_BEFORE).contains(&it.stamp.size))
    }
}

//! Finds and reads the files of attachments. The two ids in a file's name say whose it
//! is; the day only says in which month it is kept.

use std::ffi::{OsStr, OsString};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::disk::Folder;
use crate::entry::{Attachment, AttachmentId, Entry, EntryId};
use crate::seal::{
    AttachmentFileName, Damage, Identity, has_padded_length, padded_length, stream_damage,
};

use super::month::Month;
use super::name::{self, NameKind};
use super::stored::read_damage;
use super::{Damaged, Journal};

impl Journal {
    /// The attachment files of one entry in a month's folder, our own names first.
    pub(super) fn attachment_files(
        &self,
        month: Month,
        id: &EntryId,
    ) -> io::Result<Option<MonthFiles>> {
        let path = self.root.join(month.place());
        let Ok(Some(folder)) = Folder::find(&*self.disk, &path) else { return Ok(None) };
        let read = |file_name: OsString| {
            let (name, kind) = name::parse_attachment(&file_name.to_string_lossy())?;
            (name.entry == *id).then_some((kind, name.id, file_name))
        };
        let mut files: Vec<_> =
            folder.list()?.into_iter().filter_map(|item| read(item.name)).collect();
        files.sort();
        Ok(Some(MonthFiles { folder, files }))
    }

    /// Is there a file that may hold an attachment, by its name and its length alone?
    pub fn has_attachment(&self, name: &AttachmentFileName, attachment: &Attachment) -> bool {
        let month = Month::of(name.day);
        let files = match Folder::find(&*self.disk, &self.root.join(month.place())) {
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
        files.map_or(true, |files| {
            files.is_some_and(|files| !files.candidates(attachment).is_empty())
        })
    }

    /// The path of a file that holds an attachment, read to its end to check it: under
    /// its own name, under a sync tool's name for a copy, or sealed again by a device that
    /// didn't know the revision that names this one.
    ///
    /// # Errors
    /// The damage of the first file with this id; `AttachmentMissing` where there is
    /// none.
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
        let files = self.attachment_files(Month::of(name.day), &name.entry);
        let files = files.map_err(|e| Damaged { why: stream_damage(&e), ..damaged.clone() })?;
        let mut damaged = Some(damaged).filter(|damaged| damaged.why != Damage::Gone);
        for (path, id) in files.iter().flat_map(|files| files.candidates(attachment)) {
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

    /// Opens one of the journal's sealed files: a reader, and the file's length in bytes.
    ///
    /// # Errors
    /// Why it can't be opened.
    pub fn open_sealed(
        &self,
        path: &Path,
    ) -> std::result::Result<(Box<dyn Read + Send>, u64), Damage> {
        let folder = path.parent().and_then(|folder| Folder::find(&*self.disk, folder).ok()?);
        let folder = folder.ok_or(Damage::Gone)?;
        let file = folder.open_file(path.file_name().unwrap_or_default());
        file.map(|(file, about)| (file, about.stamp.size)).map_err(read_damage)
    }

    /// Checks an attachment to its end, then opens it for reading.
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
        let reader = self.open_attachment(&path, attachment, identity);
        reader.map_err(|why| Damaged { path, why })
    }

    /// The damage of each attachment of an entry that can't be read to its end.
    pub fn damaged_attachments(&self, entry: &Entry, identity: &Identity) -> Vec<Damaged> {
        let check = |it: &Attachment| {
            self.find_attachment(&AttachmentFileName::of(entry, it), it, identity).err()
        };
        entry.attachments.iter().filter_map(check).collect()
    }
}

/// Checks that a sealed file is complete. One that's sealed to someone else is judged by
/// its length alone.
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
    let mut start = Vec::new();
    let read = sealed.by_ref().take(LONGEST_HEADER).read_to_end(&mut start);
    read.map_err(|e| stream_damage(&e))?;
    match identity.map(|identity| identity.check_stream(start.as_slice().chain(sealed))) {
        Some(Ok(())) => Ok(()),
        Some(Err(why @ (Damage::Broken | Damage::NotSealed | Damage::Unreadable { .. }))) => {
            Err(why)
        }
        _ if has_padded_length(&start, length) => Ok(()),
        _ => Err(Damage::Broken),
    }
}

/// One entry's attachment files in a month's folder.
pub(super) struct MonthFiles {
    pub folder: Folder,
    pub files: Vec<(NameKind, AttachmentId, OsString)>,
}

impl MonthFiles {
    pub fn has(&self, id: &AttachmentId) -> bool {
        self.files.iter().any(|(_, file_id, _)| file_id == id)
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

    /// Might a file of this length be the sealed attachment? The header that age puts
    /// before it may have any length up to the longest.
    fn has_length(&self, name: &OsStr, attachment: &Attachment) -> bool {
        const MOST_BEFORE: u64 = 64 << 10;
        let padded = padded_length(attachment.bytes as usize) as u64;
        let tags = 16 * (padded / (64 << 10) + 1);
        let about = self.folder.about_item(name);
        about.is_ok_and(|it| (padded..padded + tags + MOST_BEFORE).contains(&it.stamp.size))
    }
}

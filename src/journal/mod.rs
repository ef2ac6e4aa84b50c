//! The journal: a dated directory of sealed entries. It takes nothing else,
//! changes no file once it is there, and keeps no index that two devices could
//! both touch.
//!
//! Its unit is the month. [`Journal::months`] walks the folders in order;
//! [`Journal::read`] reads several at a time and hands on what each holds; all of an
//! entry's files are in one folder, so nothing outside it has a say.

mod attachment_files;
mod attachments;
mod cipher;
mod draft;
mod errors;
mod file_label;
mod heads;
mod month;
mod month_reading;
pub(crate) mod name;
mod named_memory;
mod pack;
pub(crate) mod pack_cache;
mod pending_reseal;
mod reading;
mod reseal;
mod scan;
pub mod seen;
mod stored;
mod succession;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::dates::{self, DateError};
use crate::disk::{DiskError, DiskRef, Folder};
use crate::entry::Entry;
use crate::error::Result;
use crate::home_place::HomePlace;
use crate::seal::{AttachmentFileName, Damage, EntryFileName, Identity, Sealed};

use pack_cache::PackCache;
pub(crate) use seen::SeenStore;

pub(crate) use attachment_files::check_attachment;
pub use attachments::AttachmentSource;
pub use draft::Drafts;
pub use errors::JournalError;
pub use file_label::JournalFile;
pub use month::Month;
pub(crate) use pending_reseal::PendingReseal;
pub(crate) use reading::{MapFn, OnBatch};
pub use reading::{ReadOrder, Reader, SearchResult};
pub(crate) use reseal::Keyring;
pub(crate) use scan::ScannedFile;
pub use stored::StoredEntry;
pub(crate) use stored::looks_intact;
pub(crate) use succession::Succession;

/// Larger than any entry that we write, in bytes; a guard for memory, not a limit
/// that anyone meets.
pub const LARGEST: u64 = 96 << 20;

/// The folder of sealed entries.
#[derive(Clone)]
pub struct Journal {
    root: PathBuf,
    /// What its place is remembered by, where it is in there.
    home: Option<PathBuf>,
    disk: DiskRef,
    /// What was read of it before, for whoever has its key.
    packs: Option<PackCache>,
    /// And what was in it, so that what goes missing is named.
    seen: Option<SeenStore>,
}

/// A file that has an entry's name and could not be read as that entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Damaged {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: Damage,
}

impl Journal {
    /// A journal in this folder, which need not be there yet. It has no packs.
    pub fn at(disk: DiskRef, root: &Path) -> Journal {
        Journal { root: root.to_owned(), home: None, disk, packs: None, seen: None }
    }

    /// The same, of somebody with this home.
    pub fn in_home(self, home: &Path) -> Journal {
        Journal { home: Some(home.to_owned()), ..self }
    }

    /// What this device remembers it by.
    pub fn home_place(&self) -> HomePlace {
        HomePlace::of(&self.root, self.home.as_deref())
    }

    /// The same, with its packs among the caches in this folder.
    pub fn with_packs_in(self, caches: &Path) -> Journal {
        let packs = PackCache::of(&self, caches);
        Journal { packs: Some(packs), ..self }
    }

    /// The same, with what this device remembers of it under this state folder. It is
    /// now.
    pub fn remembering(self, state: &Path, now: DateTime<FixedOffset>) -> Journal {
        let seen = SeenStore::of(&self, state, now);
        Journal { seen: Some(seen), ..self }
    }

    /// Takes as right that what was named at these places is missing.
    pub fn accept_losses(&self, identity: &Identity, named: &HashSet<&Path>) {
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(identity));
        seen.iter().for_each(|seen| seen.accept(self, named));
    }

    /// Remembers a revision that was published just now, so that it is missed if it goes
    /// before its month is read again.
    pub fn note_published(&self, entry: &Entry, identity: &Identity) {
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(identity));
        seen.iter().for_each(|seen| seen.note(entry));
    }

    /// Throws away what was packed of it.
    pub fn delete_packs(&self) {
        self.packs.iter().for_each(PackCache::delete);
    }

    /// The folder that it is in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The disk that it is on.
    pub fn disk(&self) -> DiskRef {
        self.disk.clone()
    }

    /// Is its folder there?
    ///
    /// # Errors
    /// A `DiskError`, where that cannot be told.
    pub fn exists(&self) -> Result<bool> {
        Ok(Folder::find(&*self.disk, &self.root)?.is_some())
    }

    /// Has it a folder of this day's year?
    pub fn has_year(&self, day: NaiveDate) -> bool {
        let root = Folder::find(&*self.disk, &self.root).ok().flatten();
        root.is_some_and(|root| root.about_item(day.format("%Y").to_string().as_ref()).is_ok())
    }

    /// Has it no folder of a year? Every journal has one in which something was ever
    /// kept, deleted or not.
    ///
    /// # Errors
    /// A `DiskError`, where the folder cannot be listed.
    pub fn is_bare(&self) -> Result<bool> {
        let Some(root) = Folder::find(&*self.disk, &self.root)? else { return Ok(true) };
        let items = root.list().map_err(DiskError::io("open", &self.root))?;
        let is_year = |name: &[u8]| name.len() == 4 && name.iter().all(u8::is_ascii_digit);
        Ok(!items.iter().any(|item| is_year(item.name.as_encoded_bytes())))
    }

    /// Makes its folder, where there is none.
    ///
    /// # Errors
    /// `NotAFolder` or `Io`.
    pub fn make(&self) -> Result<()> {
        Folder::make(&*self.disk, &self.root).map(drop)
    }

    /// The device that it is on.
    fn device(&self) -> Option<u64> {
        let root = Folder::find(&*self.disk, &self.root).ok()??;
        root.about().ok().map(|about| about.device)
    }

    /// Makes sure that an entry of this day could be kept.
    ///
    /// # Errors
    /// `OutsideYears`, or what keeps the month's folder from being made or written.
    pub fn prepare(&self, day: NaiveDate) -> Result<()> {
        self.month_folder(day)?.check_writable()
    }

    fn month_folder(&self, day: NaiveDate) -> Result<Folder> {
        if !dates::has_a_name(day) {
            // Under another name it would never be found again.
            return Err(DateError::OutsideYears { given: day.to_string() }.into());
        }
        let [year, month] = ["%Y", "%m"].map(|part| day.format(part).to_string());
        Folder::make(&*self.disk, &self.root)?.enter(&year)?.enter(&month)
    }

    /// Keeps an entry. When this returns, it is on the disk under its name. The cost
    /// does not depend on how many entries there are: nothing is listed, read or
    /// derived. What is asked of the system is three folders, the inner ones each by
    /// its own name so that no link in the journal leads elsewhere; a file without a
    /// name, and one write into it; the wait for its bytes; its name; and the wait
    /// for that.
    ///
    /// # Errors
    /// `TooLong`, `NameTaken`, `Unconfirmed` (it is there), or `Io` (it is not).
    pub fn append(&self, sealed: &Sealed) -> Result<()> {
        let label = sealed.label();
        if sealed.bytes().len() as u64 > LARGEST {
            // It would be refused when it is read.
            return Err(DiskError::TooLong {
                source: "the entry".into(),
                limit_mib: LARGEST >> 20,
            }
            .into());
        }
        self.month_folder(label.day)?.publish(&name::write(label), sealed.bytes())
    }

    /// Where an entry's file is, below the root.
    pub fn place(label: &EntryFileName) -> String {
        format!("{}/{}", Month::of(label.day).place(), name::write(label))
    }

    /// Where an attachment's file is, below the root.
    pub fn attachment_place(name: &AttachmentFileName) -> String {
        format!("{}/{}", Month::of(name.day).place(), name::write_attachment(name))
    }

    /// Whose attachment has this place, if it is one of ours.
    pub fn attachment_at(place: &str) -> Option<AttachmentFileName> {
        let (name, _) = name::read_attachment(place.rsplit('/').next()?)?;
        (Journal::attachment_place(&name) == place).then_some(name)
    }

    /// Whose file has this place, if it is one of ours.
    pub fn label_at(place: &str) -> Option<EntryFileName> {
        let (label, _) = name::read(place.rsplit('/').next()?)?;
        (Journal::place(&label) == place).then_some(label)
    }

    /// Keeps the whole bytes of a file beside the one that is damaged, under the
    /// name of a copy: it is read instead, and nothing has to move.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn publish_copy(&self, sealed: &Sealed) -> Result<PathBuf> {
        let label = sealed.label();
        let name = name::conflict_copy_name(label);
        self.month_folder(label.day)?.publish(&name, sealed.bytes())?;
        Ok(self.root.join(Journal::place(label)).with_file_name(name))
    }

    /// Keeps a new revision, which must be of the same month, and then removes the files
    /// that it replaces. If the second step fails, those files are known to
    /// be replaced all the same.
    ///
    /// # Errors
    /// As [`Journal::append`]; then what it replaces stays.
    pub fn supersede(&self, old: &StoredEntry, new: &Sealed, identity: &Identity) -> Result<()> {
        // Kept but not confirmed is an error too: then what it replaces stays.
        self.append(new)?;
        // Before the revisions that name them: what is left after those nobody knows.
        self.discard_attachments(old, identity);
        self.discard(&old.files);
        Ok(())
    }

    /// Removes files that are known to be replaced, and then the packs of what they
    /// said.
    pub fn discard(&self, files: &[PathBuf]) {
        let mut days = Vec::new();
        for file in files {
            let Some((folder, name)) = file.parent().zip(file.file_name()) else { continue };
            if let Ok(Some(folder)) = Folder::find(&*self.disk, folder) {
                folder.discard(name);
            }
            days.extend(name::read(&name.to_string_lossy()).map(|(label, _)| label.day));
        }
        self.packs.iter().for_each(|packs| packs.forget_days(days.iter().copied()));
    }

    pub(crate) fn packs(&self) -> Option<&PackCache> {
        self.packs.as_ref()
    }
}

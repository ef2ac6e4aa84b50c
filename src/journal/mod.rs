//! The journal: a dated directory of sealed entries. It accepts nothing else, never
//! changes a published file, and keeps no index that two devices could both change.
//!
//! Its unit is the month. [`Journal::months`] walks the folders in order;
//! [`Journal::read`] reads several at a time and passes on what each holds. All files of
//! an entry are in one folder, so no other folder matters to it.

mod attachment_files;
mod attachments;
mod cipher;
mod draft;
mod errors;
mod fate;
mod heads;
mod journal_file;
mod month;
mod month_reading;
pub(crate) mod name;
mod named_memory;
pub mod pack;
pub(crate) mod pack_cache;
mod pending_reseal;
mod presence;
mod read_pass;
mod reading;
mod reseal;
mod scan;
pub mod seen;
mod stored;
mod stored_entry;
mod succession;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::dates::{self, DateError};
use crate::disk::{DiskError, DiskRef, Folder};
use crate::entry::{Entry, EntryError, Id};
use crate::error::Result;
use crate::home_place::HomePlace;
use crate::seal::{AttachmentFileName, Damage, EntryFileName, Identity, Sealed};

use pack_cache::PackCache;
pub(crate) use seen::SeenStore;

pub(crate) use attachment_files::check_attachment;
pub use attachments::AttachmentSource;
pub use draft::{Drafts, HeldDrafts};
pub use errors::JournalError;
pub(crate) use fate::{EntryFate, EntryFates};
pub use journal_file::JournalFile;
pub use month::Month;
pub(crate) use pending_reseal::{KeyChangeKind, PendingReseal};
pub(crate) use reading::{MapFn, OnBatch};
pub use reading::{ReadOrder, Reader, SearchResult};
pub(crate) use reseal::Keyring;
pub(crate) use scan::{EntryFiles, ScannedFile};
pub(crate) use stored::looks_intact;
pub use stored_entry::{Elsewhere, StoredEntry};
pub use succession::Succession;

/// A limit for memory, larger than any entry that inward writes, in bytes.
pub const LARGEST_ENTRY: u64 = 96 << 20;

/// The folder of sealed entries.
#[derive(Clone)]
pub struct Journal {
    root: PathBuf,
    /// The home that its place is remembered relative to, if it is inside.
    home: Option<PathBuf>,
    disk: DiskRef,
    /// What was read of it before, encrypted.
    packs: Option<PackCache>,
    /// Which revisions were in it before, so that a missing one is named.
    seen: Option<SeenStore>,
}

/// A file with an entry's name that couldn't be read as that entry.
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

    /// The same, with its place remembered relative to this home.
    pub fn in_home(self, home: &Path) -> Journal {
        Journal { home: Some(home.to_owned()), ..self }
    }

    /// The name under which this device remembers it.
    pub fn home_place(&self) -> HomePlace {
        HomePlace::of(&self.root, self.home.as_deref())
    }

    /// The same, with its packs among the caches in this folder.
    pub fn with_packs_in(self, caches: &Path) -> Journal {
        let packs = PackCache::of(&self, caches);
        Journal { packs: Some(packs), ..self }
    }

    /// The same, with this device's memory of it under a state folder. `now` says since
    /// when something is missing.
    pub fn remembering(self, state: &Path, now: DateTime<FixedOffset>) -> Journal {
        let seen = SeenStore::of(&self, state, now);
        Journal { seen: Some(seen), ..self }
    }

    /// Accepts that what was reported missing at these paths is gone.
    pub fn accept_losses(&self, identity: &Identity, reported: &HashSet<&Path>) {
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(identity));
        seen.iter().for_each(|seen| seen.accept(self, reported));
    }

    /// Remembers a revision that was just published, so that its loss is reported even if
    /// its month isn't read before.
    pub fn note_published(&self, entry: &Entry, identity: &Identity) {
        let seen = self.seen.as_ref().and_then(|seen| seen.unlock(identity));
        seen.iter().for_each(|seen| seen.note(entry));
    }

    /// Deletes its packs.
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

    /// Makes its folder if there is none.
    ///
    /// # Errors
    /// `NotAFolder` or `Io`.
    pub fn make(&self) -> Result<()> {
        Folder::make(&*self.disk, &self.root).map(drop)
    }

    fn device(&self) -> Option<u64> {
        let root = Folder::find(&*self.disk, &self.root).ok()??;
        root.about().ok().map(|about| about.device)
    }

    /// Checks that an entry of this day can be kept.
    ///
    /// # Errors
    /// `OutsideYears`, or what keeps the month's folder from being made or written.
    pub fn prepare(&self, day: NaiveDate) -> Result<()> {
        self.month_folder(day)?.check_writable()
    }

    /// A new id, for the name of a new file in it.
    fn random_id<const MIN: usize>(&self) -> Result<Id<MIN>> {
        let bytes = self.disk.random_bytes();
        let bytes = bytes.map_err(|e| EntryError::Random { why: e.to_string() })?;
        Ok(Id::of(&bytes))
    }

    fn month_folder(&self, day: NaiveDate) -> Result<Folder> {
        if !dates::fits_in_name(day) {
            // Its name wouldn't read back as that day.
            return Err(DateError::OutsideYears { given: day.to_string() }.into());
        }
        let [year, month] = ["%Y", "%m"].map(|part| day.format(part).to_string());
        Folder::make(&*self.disk, &self.root)?.enter(&year)?.enter(&month)
    }

    /// Keeps an entry. When this returns, it's on the disk under its name. The cost
    /// doesn't depend on the number of entries: nothing is listed, read or derived. The
    /// system calls are: open three folders (the inner ones by their own names, so that
    /// no link in the journal leads elsewhere), write an unnamed file, sync it, name it,
    /// and sync the folder.
    ///
    /// # Errors
    /// `TooLong`, `NameTaken`, `Unconfirmed` (the file is there), or `Io` (it isn't).
    pub fn append(&self, sealed: &Sealed) -> Result<()> {
        let name = sealed.name();
        if sealed.bytes().len() as u64 > LARGEST_ENTRY {
            // Reading would refuse it.
            return Err(DiskError::TooLong {
                source: "the entry".into(),
                limit_mib: LARGEST_ENTRY >> 20,
            }
            .into());
        }
        self.month_folder(name.day)?.publish(&name::file_name(name), sealed.bytes())
    }

    /// The path of an entry's file below the root.
    pub fn place(name: &EntryFileName) -> String {
        format!("{}/{}", Month::of(name.day).place(), name::file_name(name))
    }

    /// The path of an attachment's file below the root.
    pub fn attachment_place(name: &AttachmentFileName) -> String {
        format!("{}/{}", Month::of(name.day).place(), name::attachment_file_name(name))
    }

    /// The attachment whose file has this path below the root, if there is such a one.
    pub fn attachment_at(place: &str) -> Option<AttachmentFileName> {
        let (name, _) = name::parse_attachment(place.rsplit('/').next()?)?;
        (Journal::attachment_place(&name) == place).then_some(name)
    }

    /// The revision whose file has this path below the root, if there is such a one.
    pub fn entry_at(place: &str) -> Option<EntryFileName> {
        let (name, _) = name::parse(place.rsplit('/').next()?)?;
        (Journal::place(&name) == place).then_some(name)
    }

    /// Keeps an intact copy of a damaged file beside it, under the name of a copy.
    /// Readers take the copy, and nothing has to move.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn publish_intact_copy(&self, sealed: &Sealed) -> Result<PathBuf> {
        let name = sealed.name();
        let copy_name = name::intact_copy_name(name);
        self.month_folder(name.day)?.publish(&copy_name, sealed.bytes())?;
        Ok(self.root.join(Journal::place(name)).with_file_name(copy_name))
    }

    /// Keeps a new revision, which must be of the same month, then removes the files that
    /// it replaces. If removing fails, readers still know that they are replaced.
    ///
    /// # Errors
    /// As [`Journal::append`]; then what it replaces stays.
    pub fn supersede(&self, old: &StoredEntry, new: &Sealed, identity: &Identity) -> Result<()> {
        // An unconfirmed revision is an error too: then the old files stay.
        self.append(new)?;
        // Before the revisions that name them: nothing else says that they may go.
        self.discard_attachments(old, identity);
        self.discard(&old.files);
        Ok(())
    }

    /// Removes files that are known to be replaced, then the packs that hold their text.
    /// Returns how many files went; those that stay are still known to be replaced.
    pub fn discard(&self, files: &[PathBuf]) -> usize {
        let mut days = Vec::new();
        let mut count = 0;
        for file in files {
            let Some((folder, file_name)) = file.parent().zip(file.file_name()) else { continue };
            if let Ok(Some(folder)) = Folder::find(&*self.disk, folder) {
                count += usize::from(folder.try_discard(file_name));
            }
            days.extend(name::parse(&file_name.to_string_lossy()).map(|(name, _)| name.day));
        }
        self.packs.iter().for_each(|packs| packs.forget_days(days.iter().copied()));
        count
    }

    pub(crate) fn packs(&self) -> Option<&PackCache> {
        self.packs.as_ref()
    }
}

//! The journal: a dated directory of sealed entries. It takes nothing else,
//! changes no file once it is there, and keeps no index that two devices could
//! both touch.

mod cache;
mod check;
mod days;
mod draft;
mod heads;
mod name;
mod names;
mod read;
mod reseal;
mod scan;
mod windows;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::dates;
use crate::disk::Folder;
use crate::error::{Damage, Error, Result};
use crate::seal::{Identity, Label, Sealed};

use cache::Cache;
use names::Names;

pub use check::{Seen, others_may_read};
pub use days::{Make, Visit};
pub use draft::Drafts;
pub use read::{Found, Kept, Reader, Watch, looks_whole};
pub use reseal::{Keyring, Pending, Resealed};
pub use scan::{File, Group};
pub use windows::Order;

/// Larger than any entry that we write; a guard for memory, not a limit that
/// anyone meets.
pub const LARGEST: u64 = 96 << 20;

pub struct Journal {
    root: PathBuf,
    /// What is known of it already, for whoever reads.
    cache: Option<Cache>,
}

/// A file that has an entry's name and could not be read as that entry.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Damaged {
    pub path: PathBuf,
    pub why: Damage,
}

impl Journal {
    pub fn at(root: &Path) -> Journal {
        Journal { root: root.to_owned(), cache: None }
    }

    /// The same, read with the help of what lies among the caches there.
    pub fn cached(self, caches: &Path) -> Journal {
        Journal { cache: Some(Cache::of(&self.root, caches)), ..self }
    }

    /// Throws away what is noted of what was read.
    pub fn forget(&self) {
        self.cache.iter().for_each(Cache::forget);
    }

    /// Every name in it.
    fn names(&self) -> Result<Names> {
        Names::list(&self.root, Vec::new())
    }

    /// The same, with what is known of it, for whoever has its key.
    fn names_known(&self, identity: &Identity) -> Result<Names> {
        match &self.cache {
            Some(cache) => cache.names(&self.root, identity),
            None => self.names(),
        }
    }

    /// Names among which the latest so many entries are, if that can be known
    /// without all of them.
    fn names_near(&self, identity: &Identity, count: usize) -> Result<Option<Names>> {
        let cache = self.cache.as_ref();
        cache.map_or(Ok(None), |cache| cache.near(&self.root, identity, count))
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Makes sure that an entry of this day could be kept.
    pub fn prepare(&self, day: NaiveDate) -> Result<()> {
        self.month(day)?.check_writable()
    }

    fn month(&self, day: NaiveDate) -> Result<Folder> {
        if !dates::has_a_name(day) {
            // Under another name it would never be found again.
            return Err(Error::BadWhen { given: day.to_string() });
        }
        let [year, month] = ["%Y", "%m"].map(|part| day.format(part).to_string());
        Folder::make(&self.root)?.enter(&year)?.enter(&month)
    }

    /// Keeps an entry. When this returns, it is on the disk under its name.
    /// The cost does not know how many entries there are: nothing is listed, read
    /// or derived. What is asked of the system is three folders, the inner ones each
    /// by its own name so that no link in the journal leads elsewhere; a file without
    /// a name, and one write into it; the wait for its bytes; its name; and the wait
    /// for that.
    pub fn append(&self, sealed: &Sealed) -> Result<()> {
        let label = sealed.label();
        if sealed.bytes().len() as u64 > LARGEST {
            // It would be refused when it is read.
            return Err(Error::TooLong { source: "the entry".into(), limit_mib: LARGEST >> 20 });
        }
        self.month(label.day)?.publish(&name::write(label), sealed.bytes())
    }

    /// Where an entry's file lies, below the root.
    pub fn place(label: &Label) -> String {
        format!("{}/{}", label.day.format("%Y/%m"), name::write(label))
    }

    /// Whose file lies there, if it is one of ours in the place that it has.
    pub fn label_at(place: &str) -> Option<Label> {
        let (label, _) = name::read(place.rsplit('/').next()?)?;
        (Journal::place(&label) == place).then_some(label)
    }

    /// Keeps the whole bytes of a file beside the one that is damaged, under the
    /// name of a copy: it is read instead, and nothing has to move.
    pub fn put_beside(&self, sealed: &Sealed) -> Result<PathBuf> {
        let label = sealed.label();
        let name = name::beside(label);
        self.month(label.day)?.publish(&name, sealed.bytes())?;
        Ok(self.root.join(Journal::place(label)).with_file_name(name))
    }

    /// Keeps a new revision and then removes the files that it replaces. If
    /// the second step fails, those files are known to be replaced all the same.
    pub fn supersede(&self, old: &Kept, new: &Sealed) -> Result<()> {
        // Kept but not confirmed is an error too: then what it replaces stays.
        self.append(new)?;
        for file in &old.files {
            let _ = std::fs::remove_file(file);
        }
        // Nor is what they said kept on in the cache.
        let days = old.files.iter().filter_map(|file| name::read(file.file_name()?.to_str()?));
        let days: Vec<NaiveDate> = days.map(|(label, _)| label.day).collect();
        self.cache.iter().for_each(|cache| cache.forget_days(&days));
        Ok(())
    }
}

//! What reading has found out already, for the next time: the names, and what
//! was opened, sealed. It can go at any moment, and goes at any sign of doubt;
//! whatever fails here is done as if it were not there.

mod check;
mod ids;
mod names;
mod noted;
mod opened;
mod record;

use std::fmt::Write;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::names::Names;
use crate::disk::{self, Folder};
use crate::error::Result;
use crate::seal::Identity;
use crate::wiped::Wiped;
use ids::IDS;
use names::NAMES;
use noted::{NoteKind, Noted};

pub use check::look_around;
pub use opened::{Opened, Spot};

/// The cache of one journal.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Among the caches in this folder, that of the journal in that one.
    pub fn of(journal: &Path, caches: &Path) -> Cache {
        // One journal, by whatever way it is reached.
        let place = std::fs::canonicalize(journal).or_else(|_| std::path::absolute(journal));
        let place = place.unwrap_or_else(|_| journal.to_owned());
        let hash = Sha256::digest(place.as_os_str().as_encoded_bytes());
        let name = hash.iter().take(8).fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        });
        Cache { folder: caches.join(name) }
    }

    /// Every name in the journal, for whoever has its key.
    pub fn names(&self, root: &Path, identity: &Identity) -> Result<Names> {
        let begun = Instant::now();
        let (Some(noted), Some(ids)) =
            (self.noted(&NAMES, root, identity), self.noted(&IDS, root, identity))
        else {
            return Names::list(root, Vec::new());
        };
        let months = noted.read(root).and_then(|notes| names::months(&notes));
        let half = months.is_some() && !ids.is_there();
        let names = Names::list(root, months.unwrap_or_default())?;
        if (half || noted::is_worth_noting(&names)) && Folder::make(&self.folder).is_ok() {
            noted.write(root, &names, begun.elapsed());
            ids.write(root, &names, begun.elapsed());
        }
        Ok(names)
    }

    /// Names among which the latest so many entries are, if that can be known
    /// without all of them.
    pub fn near(&self, root: &Path, identity: &Identity, count: usize) -> Result<Option<Names>> {
        let Some(noted) = self.noted(&IDS, root, identity) else { return Ok(None) };
        match noted.read(root) {
            Some(notes) => ids::near(root, &notes, count),
            None => {
                // Whoever reads all names writes it anew.
                noted.remove();
                Ok(None)
            }
        }
    }

    fn noted<'k>(
        &self,
        kind: &'k NoteKind,
        root: &Path,
        identity: &'k Identity,
    ) -> Option<Noted<'k>> {
        Noted::at(&self.folder, kind, identity).filter(|_| noted::tells_of_changes(root))
    }

    /// Throws away what was opened of some days.
    pub fn forget_days(&self, days: &[NaiveDate]) {
        for pack in opened::packs(&self.folder).filter(|pack| days.iter().any(|day| pack.has(*day)))
        {
            pack.remove();
        }
    }

    /// Throws away all that was opened.
    pub fn forget_opened(&self) {
        opened::packs(&self.folder).for_each(|pack| pack.remove());
    }

    /// Throws it away.
    pub fn forget(&self) {
        // What is left of it is thrown away by whoever doubts it next.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What lies sealed in a file, opened while it is read, into a buffer that is
/// made for so many bytes.
fn unseal(
    identity: &Identity,
    file: &Path,
    largest: u64,
    room: impl FnOnce(usize) -> Wiped,
) -> Option<Wiped> {
    let (sealed, about) = disk::open(file, largest).ok()?;
    let mut plain = room(usize::try_from(about.st_size).ok()?);
    identity.open_into(BufReader::with_capacity(1 << 16, sealed), &mut plain).ok()?;
    Some(plain)
}

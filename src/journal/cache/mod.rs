//! What reading has found out already, for the next time: the names, and what
//! was opened, sealed. It can go at any moment, and goes at any sign of doubt;
//! whatever fails here is done as if it were not there.

mod names;
mod opened;
mod record;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::names::Names;
use crate::disk::Folder;
use crate::error::Result;

pub use opened::Opened;

/// The cache of one journal.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Among the caches in this folder, that of the journal in that one.
    pub fn of(journal: &Path, caches: &Path) -> Cache {
        let place = std::path::absolute(journal).unwrap_or_else(|_| journal.to_owned());
        let hash = Sha256::digest(place.as_os_str().as_encoded_bytes());
        let name = hash.iter().take(8).fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02x}");
            name
        });
        Cache { folder: caches.join(name) }
    }

    /// Every name in the journal.
    pub fn names(&self, root: &Path) -> Result<Names> {
        let file = self.folder.join("names");
        let known = names::read(&file, root).unwrap_or_default();
        let names = Names::list(root, known)?;
        if names::is_worth_noting(&names, root) && Folder::make(&self.folder).is_ok() {
            names::write(&file, root, &names);
        }
        Ok(names)
    }

    /// Throws away what was opened of some days.
    pub fn forget_days(&self, days: &[NaiveDate]) {
        for pack in opened::packs(&self.folder).filter(|pack| days.iter().any(|day| pack.has(*day)))
        {
            pack.remove();
        }
    }

    /// Throws it away.
    pub fn forget(&self) {
        // What is left of it is thrown away by whoever doubts it next.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

//! The file of a month's memory: its name, its encryption, and what was loaded from it.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::disk::{Folder, ReadError};
use crate::journal::Damaged;
use crate::journal::cipher::{self, CipherKey, TAG, Tag};
use crate::journal::month::Month;
use crate::seal::Damage;
use crate::secret::SecretBytes;

use super::SUFFIX;
use super::month_memory::MonthMemory;

const FORMAT: &[u8] = b"inward-seen/1\n";
/// A limit far above the size of any month's memory, in bytes.
const LARGEST_MEMORY: u64 = 64 << 20;

/// A key of memories, derived from one of the identity's.
pub struct SeenKey {
    /// Distinguishes this key's files from those of other keys.
    pub name: String,
    pub key: CipherKey,
}

impl SeenKey {
    pub fn file_name(&self, month: Month) -> String {
        format!("{month}-{}{SUFFIX}", self.name)
    }
}

/// Says whether anything changed since the memory was last compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The pack that holds what was compared.
    pub pack: Option<Tag>,
    /// Was nothing missing?
    pub quiet: bool,
}

/// A month's memory, as it was before its folder was listed.
pub struct LoadedMemory {
    pub(super) month: Month,
    /// The file, if there is one.
    pub(super) sealed: Option<Vec<u8>>,
    /// Is it under the newest key?
    pub(super) is_newest: bool,
    pub(super) head: Head,
    /// The bytes after the head.
    pub(super) body: SecretBytes,
    memory: OnceCell<Option<MonthMemory>>,
    /// The path of a file that can't be read or decrypted.
    pub(super) broken: Option<PathBuf>,
    /// The path of the last file that was tried.
    pub(super) path: PathBuf,
}

impl LoadedMemory {
    /// No memory of a month.
    pub(super) fn none(month: Month) -> LoadedMemory {
        LoadedMemory {
            month,
            sealed: None,
            is_newest: true,
            head: Head::default(),
            body: SecretBytes::default(),
            memory: OnceCell::new(),
            broken: None,
            path: PathBuf::new(),
        }
    }

    /// Was it last compared with this very pack?
    pub fn was_compared_with(&self, pack: Option<Tag>) -> bool {
        self.broken.is_none() && pack.is_some() && self.head.pack == pack
    }

    pub fn month(&self) -> Month {
        self.month
    }

    pub fn is_none(&self) -> bool {
        self.sealed.is_none() && self.broken.is_none()
    }

    /// The path of a memory that can't be used.
    pub(super) fn broken(&self) -> Option<&Path> {
        let is_undecodable = || self.sealed.is_some() && self.decoded().is_none();
        self.broken.as_deref().or_else(|| is_undecodable().then_some(&*self.path))
    }

    /// Names a memory that can't be used.
    pub(super) fn damage(&self) -> Option<Damaged> {
        let why = Damage::MemoryBroken { month: self.month.to_string() };
        Some(Damaged { path: self.broken()?.to_owned(), why })
    }

    /// May it contain an entry whose id begins with this? Ids are in it as plain text.
    pub fn may_hold(&self, prefix: &str) -> bool {
        memchr::memmem::find(&self.body, prefix.as_bytes()).is_some()
    }

    /// The memory; empty if there is none that can be read.
    pub fn memory(&self) -> &MonthMemory {
        const EMPTY: &MonthMemory = &MonthMemory::EMPTY;
        self.decoded().unwrap_or(EMPTY)
    }

    fn decoded(&self) -> Option<&MonthMemory> {
        self.memory.get_or_init(|| MonthMemory::decode(&self.body)).as_ref()
    }
}

/// The file's bytes; `None` only if there's no such file.
pub fn read(folder: &Folder, name: &str) -> Result<Option<Vec<u8>>, ()> {
    match folder.read(name.as_ref(), LARGEST_MEMORY) {
        Ok((bytes, _)) => Ok(Some(bytes)),
        Err(ReadError::Gone) => Ok(None),
        Err(ReadError::NotAFile | ReadError::TooLarge | ReadError::Unreadable(_)) => Err(()),
    }
}

/// Encrypts a month's memory.
pub fn encode(head: Head, memory: &MonthMemory, month: Month, key: &SeenKey) -> Option<Vec<u8>> {
    let head = postcard::to_stdvec(&head).ok()?;
    let body = memory.encode()?;
    let mut plain = SecretBytes::with_capacity(head.len() + body.len() + TAG);
    plain.extend_from_slice(&head);
    plain.extend_from_slice(&body);
    cipher::encrypt(FORMAT, month.to_string().as_bytes(), plain, &key.key)
}

/// Decrypts a month's memory into its head and the bytes of its body.
pub fn decode(bytes: Vec<u8>, month: Month, key: &SeenKey) -> Option<(Head, SecretBytes)> {
    let mut file = SecretBytes::from(bytes);
    let text = cipher::decrypt(FORMAT, month.to_string().as_bytes(), &mut file, &key.key)?;
    let (head, body) = postcard::take_from_bytes(&file[text]).ok()?;
    Some((head, SecretBytes::from(body.to_vec())))
}

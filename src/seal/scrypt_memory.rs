//! scrypt takes its memory at once and cannot be told that there is none: it is asked
//! for beforehand, so that too little of it is an error and not the end of the program.

use std::cell::Cell;

use age::{DecryptError, Identity};
use age_core::format::{FileKey, Stanza};

/// The memory that a work factor takes, in bytes: 128 · r · 2^factor, with r = 8 as age
/// has it (RFC 7914, section 2).
fn needed(work_factor: u8) -> usize {
    1024_usize.saturating_mul(1 << work_factor.min(48))
}

/// What else it takes on the way, in bytes, generously.
const SLACK: usize = 1 << 18;

/// The memory that scrypt needs is not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMemory {
    /// What was asked for.
    pub mib: u64,
}

/// Can scrypt have its memory now?
pub fn check(work_factor: u8) -> Result<(), NoMemory> {
    let bytes = needed(work_factor);
    let reserved = Vec::<u8>::new().try_reserve_exact(bytes.saturating_add(SLACK));
    reserved.map_err(|_| NoMemory { mib: (bytes >> 20) as u64 })
}

/// An identity of a passphrase that looks at the memory before it is tried.
pub struct MemoryChecked {
    identity: age::scrypt::Identity,
    largest: u8,
    refused: Cell<Option<NoMemory>>,
}

impl MemoryChecked {
    /// Work factors above `largest` are refused by the identity itself.
    pub fn of(mut identity: age::scrypt::Identity, largest: u8) -> MemoryChecked {
        identity.set_max_work_factor(largest);
        MemoryChecked { identity, largest, refused: Cell::new(None) }
    }

    /// Why it was not tried, where that is why it opened nothing.
    pub fn refused(&self) -> Option<NoMemory> {
        self.refused.get()
    }
}

impl Identity for MemoryChecked {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let factor = stanza.args.get(1).and_then(|factor| factor.parse().ok());
        if let Some(factor) = factor.filter(|factor| *factor <= self.largest)
            && let Err(lacking) = check(factor)
        {
            self.refused.set(Some(lacking));
            return Some(Err(DecryptError::DecryptionFailed));
        }
        self.identity.unwrap_stanza(stanza)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_a_work_factor_is_asked_for_and_that_of_none_is_refused() {
        assert_eq!(needed(18), 256 << 20);
        assert_eq!(check(10), Ok(()));
        assert!(check(62).is_err());
    }
}

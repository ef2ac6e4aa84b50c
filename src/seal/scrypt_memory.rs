//! Checks that scrypt can have its memory. It allocates at once and aborts on failure, so
//! this tries first and returns an error.

use std::cell::Cell;

use age::{DecryptError, Identity};
use age_core::format::{FileKey, Stanza};

/// The memory that a work factor needs, in bytes: 128 · r · 2^factor, with r = 8 in age
/// (RFC 7914, section 2).
fn needed(work_factor: u8) -> usize {
    1024_usize.saturating_mul(1 << work_factor.min(48))
}

/// A generous allowance for what else is allocated, in bytes.
const SLACK: usize = 1 << 18;

/// scrypt can't have the memory that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMemory {
    /// How much it needs, in MiB.
    pub mib: u64,
}

/// Can scrypt have its memory now?
pub fn check(work_factor: u8) -> Result<(), NoMemory> {
    let bytes = needed(work_factor);
    let reserved = Vec::<u8>::new().try_reserve_exact(bytes.saturating_add(SLACK));
    reserved.map_err(|_| NoMemory { mib: (bytes >> 20) as u64 })
}

/// A passphrase identity that checks the memory before it tries to open anything.
pub struct MemoryChecked {
    identity: age::scrypt::Identity,
    largest: u8,
    shortage: Cell<Option<NoMemory>>,
}

impl MemoryChecked {
    /// Work factors above `largest` are refused by the identity itself.
    pub fn of(mut identity: age::scrypt::Identity, largest: u8) -> MemoryChecked {
        identity.set_max_work_factor(largest);
        MemoryChecked { identity, largest, shortage: Cell::new(None) }
    }

    /// The memory shortage, if that's why it opened nothing.
    pub fn shortage(&self) -> Option<NoMemory> {
        self.shortage.get()
    }
}

impl Identity for MemoryChecked {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        let factor = stanza.args.get(1).and_then(|factor| factor.parse().ok());
        if let Some(factor) = factor.filter(|factor| *factor <= self.largest)
            && let Err(shortage) = check(factor)
        {
            self.shortage.set(Some(shortage));
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

//! Plain text that is wiped when it's dropped. zeroize wipes a `Vec` byte by byte; this
//! wipes a block at a time, which matters for a whole journal.

use std::mem::take;
use std::ops::{Deref, DerefMut};

use zeroize::Zeroize;

/// Bytes that are wiped when they are dropped.
#[derive(Default)]
pub struct SecretBytes(Vec<u8>);

impl SecretBytes {
    /// An empty buffer with this capacity, in bytes. One that grows leaves copies in
    /// memory.
    pub fn with_capacity(bytes: usize) -> SecretBytes {
        SecretBytes(Vec::with_capacity(bytes))
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(bytes: Vec<u8>) -> SecretBytes {
        SecretBytes(bytes)
    }
}

impl From<String> for SecretBytes {
    fn from(text: String) -> SecretBytes {
        SecretBytes(text.into_bytes())
    }
}

impl Deref for SecretBytes {
    type Target = Vec<u8>;
    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for SecretBytes {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

impl Drop for SecretBytes {
    fn drop(&mut self) {
        self.0.spare_capacity_mut().zeroize();
        self.0.as_mut_slice().zeroize();
    }
}

/// Wipes a text that isn't needed any more.
pub fn wipe(text: &mut String) {
    drop(SecretBytes::from(take(text)));
}

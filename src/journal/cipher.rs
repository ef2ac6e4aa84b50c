//! How packs and memories are encrypted on this device: a header that names the format, a
//! nonce of 24 bytes, and the text under XChaCha20-Poly1305.

use std::ops::Range;

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::secret::SecretBytes;

const NONCE: usize = 24;
pub const TAG: usize = 16;

/// The key of the cipher.
pub type CipherKey = zeroize::Zeroizing<[u8; 32]>;
/// The authentication tag, unique to each encryption.
pub type Tag = [u8; TAG];

/// Returns the encrypted file. `plain` should have spare capacity for a tag. `bound` is
/// authenticated and not stored: the file opens only with the same `bound`.
pub fn encrypt(
    head: &[u8],
    bound: &[u8],
    mut plain: SecretBytes,
    key: &CipherKey,
) -> Option<Vec<u8>> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).ok()?;
    let cipher = XChaCha20Poly1305::new(key.as_slice().into());
    let bound = [head, bound].concat();
    let tag = cipher.encrypt_in_place_detached(&nonce.into(), &bound, &mut plain).ok()?;
    Some([head, &nonce, &plain, &tag].concat())
}

/// Decrypts a file in place, and returns where its text is. `None` if it is damaged,
/// bound to something else, or under another key.
pub fn decrypt(
    head: &[u8],
    bound: &[u8],
    file: &mut SecretBytes,
    key: &CipherKey,
) -> Option<Range<usize>> {
    let start = head.len() + NONCE;
    let end = file.len().checked_sub(TAG).filter(|end| *end >= start)?;
    if !file.starts_with(head) {
        return None;
    }
    let (prefix, rest) = file.split_at_mut(start);
    let (text, tag) = rest.split_at_mut(end - start);
    let nonce = XNonce::from_slice(&prefix[head.len()..]);
    let cipher = XChaCha20Poly1305::new(key.as_slice().into());
    let bound = [head, bound].concat();
    cipher.decrypt_in_place_detached(nonce, &bound, text, (&*tag).into()).ok()?;
    Some(start..end)
}

/// The tag of an encrypted file.
pub fn tag(file: &[u8]) -> Option<Tag> {
    file.last_chunk().copied()
}

//! The cipher of what this device keeps for itself about a journal: a head that names
//! the format, a nonce of 24 bytes, and the text under XChaCha20-Poly1305.

use std::ops::Range;

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::secret::SecretBytes;

const NONCE: usize = 24;
pub const TAG: usize = 16;

/// What the cipher is keyed with.
pub type CipherKey = zeroize::Zeroizing<[u8; 32]>;
/// Tells one encryption from every other.
pub type Tag = [u8; TAG];

/// The whole file; `plain` wants room for a tag behind it. `bound` is authenticated with
/// it and not in it: the file opens only where the same is said again.
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

/// Decrypts a file in place, and says where its text is. `None` for one that is
/// damaged, bound to something else, or of another key.
pub fn decrypt(
    head: &[u8],
    bound: &[u8],
    file: &mut SecretBytes,
    key: &CipherKey,
) -> Option<Range<usize>> {
    let begin = head.len() + NONCE;
    let end = file.len().checked_sub(TAG).filter(|end| *end >= begin)?;
    if !file.starts_with(head) {
        return None;
    }
    let (before, rest) = file.split_at_mut(begin);
    let (text, tag) = rest.split_at_mut(end - begin);
    let nonce = XNonce::from_slice(&before[head.len()..]);
    let cipher = XChaCha20Poly1305::new(key.as_slice().into());
    let bound = [head, bound].concat();
    cipher.decrypt_in_place_detached(nonce, &bound, text, (&*tag).into()).ok()?;
    Some(begin..end)
}

/// The tag of an encrypted file.
pub fn tag(file: &[u8]) -> Option<Tag> {
    file.last_chunk().copied()
}

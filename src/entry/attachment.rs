//! A file kept with an entry: what the sealed entry says of it. Its bytes are sealed in
//! a file of their own, so that a page of text is never as large as a film.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Entry, Id};

/// 50 bits: what an attachment's file is called by, beside its entry's id.
pub type AttachmentId = Id<10>;

/// What an entry says of a file that is kept with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachment {
    /// Half of its file's name; the other half is the entry's id.
    pub id: AttachmentId,
    /// What the file was called. An entry from elsewhere may say anything here.
    pub name: String,
    /// Its media type, guessed from the name.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its length in bytes: what follows in the sealed file is padding.
    pub bytes: u64,
    /// The hash of those bytes.
    pub sha256: ContentHash,
    /// Fields of a later version of this program, carried through an edit.
    #[serde(flatten)]
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// SHA-256 of a file's bytes; in JSON 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash(pub [u8; 32]);

impl TryFrom<String> for ContentHash {
    type Error = &'static str;

    fn try_from(text: String) -> Result<ContentHash, &'static str> {
        const WRONG: &str = "not 64 hexadecimal digits";
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(WRONG);
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| WRONG)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| WRONG)?;
        }
        Ok(ContentHash(hash))
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> String {
        hash.to_string()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Attachment {
    /// About how long it is, written down with the names of its fields.
    pub(super) fn weight(&self) -> usize {
        192 + self.name.len()
    }
}

impl Entry {
    /// Are the same files kept with both? Sealed anew, a file has another id.
    pub fn has_same_attachments(&self, other: &Entry) -> bool {
        self.attachments_under(&self.id) == other.attachments_under(&self.id)
    }

    /// Its attachments as they would be under one and the same id.
    pub(super) fn attachments_under(&self, id: &AttachmentId) -> Vec<Attachment> {
        let under = |it: &Attachment| Attachment { id: id.clone(), ..it.clone() };
        self.attachments.iter().map(under).collect()
    }
}

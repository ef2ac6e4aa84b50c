//! An attachment, as the sealed entry describes it. Its bytes are in a sealed file of
//! their own, so that a page of text is never as large as a video.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Entry, Id};

/// 50 bits: an attachment's id, in its file's name after the entry's id.
pub type AttachmentId = Id<10>;

/// An entry's description of an attached file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attachment {
    /// The second part of its file's name, after the entry's id.
    pub id: AttachmentId,
    /// The file's name. In an entry from elsewhere this may be any text.
    pub name: String,
    /// Its media type, guessed from the name.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its length in bytes, without the padding in the sealed file.
    pub bytes: u64,
    /// The hash of those bytes.
    pub sha256: ContentHash,
    /// Fields of a newer version of inward, kept through an edit.
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
    /// About how long its JSON is, in bytes.
    pub(super) fn json_length(&self) -> usize {
        192 + self.name.len()
    }
}

impl Entry {
    /// Has it this file? Its id is another where two devices attached it, or it was sealed
    /// again.
    pub fn has_file(&self, file: &Attachment) -> bool {
        let is_same = |it: &Attachment| it.name == file.name && it.sha256 == file.sha256;
        self.attachments.iter().any(is_same)
    }

    /// Have both the same attachments? One that was sealed again has another id.
    pub fn has_same_attachments(&self, other: &Entry) -> bool {
        self.attachments_under(&self.id) == other.attachments_under(&self.id)
    }

    /// Its attachments with their ids replaced by `id`, for comparing.
    pub(super) fn attachments_under(&self, id: &AttachmentId) -> Vec<Attachment> {
        let with_id = |it: &Attachment| Attachment { id: id.clone(), ..it.clone() };
        self.attachments.iter().map(with_id).collect()
    }
}

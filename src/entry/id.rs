//! Random ids of entries, revisions and attachments.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use super::EntryError;

/// Crockford's base32 in lower case, without letters that look alike.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Is this byte in the alphabet?
const SYMBOLS: [bool; 256] = {
    let (mut symbols, mut i) = ([false; 256], 0);
    while i < ALPHABET.len() {
        symbols[ALPHABET[i] as usize] = true;
        i += 1;
    }
    symbols
};

/// A random id of at least `MIN` symbols of five bits each. It is held in place, without
/// memory of its own: every entry that is read has several.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id<const MIN: usize> {
    /// Zeros behind the last one, so that ids have the order of their texts.
    symbols: [u8; MOST],
    length: u8,
}

/// The most symbols that an id has.
const MOST: usize = 32;

/// 50 bits: the id of an entry.
pub type EntryId = Id<10>;
/// 30 bits: the id of a revision among those of its entry.
pub type RevisionId = Id<6>;

impl<const MIN: usize> Id<MIN> {
    /// A new id from the system's random source.
    ///
    /// # Errors
    /// `Random` if the system gives no random numbers.
    pub fn random() -> crate::error::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|e| EntryError::Random { why: e.to_string() })?;
        Ok(Id::of(&bytes))
    }

    /// An id made of bytes, which must be as good as random.
    pub fn of(bytes: &[u8; 16]) -> Self {
        let symbols = bytes.map(|byte| ALPHABET[usize::from(byte % 32)]);
        Id::of_symbols(&symbols[..MIN])
    }

    /// Of at most [`MOST`] symbols.
    fn of_symbols(text: &[u8]) -> Self {
        let mut symbols = [0; MOST];
        symbols[..text.len()].copy_from_slice(text);
        Id { symbols, length: text.len() as u8 }
    }

    /// The symbols.
    pub fn as_str(&self) -> &str {
        // Every symbol is ASCII.
        std::str::from_utf8(&self.symbols[..usize::from(self.length)]).unwrap_or_default()
    }

    /// Is this text a valid id?
    pub fn is(text: &str) -> bool {
        let fits = (MIN..=MOST).contains(&text.len());
        fits && text.bytes().all(|b| SYMBOLS[usize::from(b)])
    }
}

/// Normalizes an id that a person typed, as Crockford's base32 prescribes: any case, `o`
/// for zero, `i` and `l` for one.
pub fn normalize_id(text: &str) -> String {
    let fold = |c: char| match c.to_ascii_lowercase() {
        'o' => '0',
        'i' | 'l' => '1',
        other => other,
    };
    text.trim().chars().map(fold).collect()
}

impl<const MIN: usize> FromStr for Id<MIN> {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match Self::is(text) {
            true => Ok(Id::of_symbols(text.as_bytes())),
            false => Err(format!("not an id of {MIN} or more base32 symbols")),
        }
    }
}

impl<const MIN: usize> Serialize for Id<MIN> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, const MIN: usize> Deserialize<'de> for Id<MIN> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor<const MIN: usize>;
        impl<const MIN: usize> Visitor<'_> for IdVisitor<MIN> {
            type Value = Id<MIN>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Id<MIN>, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(IdVisitor)
    }
}

impl<const MIN: usize> fmt::Display for Id<MIN> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<const MIN: usize> fmt::Debug for Id<MIN> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Id({:?})", self.as_str())
    }
}

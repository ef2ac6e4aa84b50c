//! Random ids of entries, revisions and attachments.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

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

/// A random id of at least `MIN` symbols of five bits each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id<const MIN: usize>(String);

/// 50 bits: the id of an entry.
pub type EntryId = Id<10>;
/// 30 bits: the id of a revision among those of its entry.
pub type RevisionId = Id<6>;

impl<const MIN: usize> Id<MIN> {
    const MAX: usize = 32;

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
        let symbols = bytes.iter().take(MIN).map(|b| ALPHABET[usize::from(b % 32)] as char);
        Id(symbols.collect())
    }

    /// The symbols.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is this text a valid id?
    pub fn is(text: &str) -> bool {
        let fits = (MIN..=Self::MAX).contains(&text.len());
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
        text.to_owned().try_into()
    }
}

impl<const MIN: usize> TryFrom<String> for Id<MIN> {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if Self::is(&text) {
            Ok(Id(text))
        } else {
            Err(format!("not an id of {MIN} or more base32 symbols"))
        }
    }
}

impl<const MIN: usize> From<Id<MIN>> for String {
    fn from(id: Id<MIN>) -> String {
        id.0
    }
}

impl<const MIN: usize> fmt::Display for Id<MIN> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

//! Words of a practice file that each stand for one variant, as `shows = "weeks"` does.

use std::fmt::{self, Display, Formatter};

use serde::de::{self, DeserializeOwned, IntoDeserializer};

/// The words there are, in place of one that isn't among them.
#[derive(Debug)]
pub struct KnownWords(pub &'static [&'static str]);

/// # Errors
/// The words that `T` has, if this isn't one of them.
pub fn parse_word<T: DeserializeOwned>(word: &str) -> Result<T, KnownWords> {
    T::deserialize(word.into_deserializer())
}

impl Display for KnownWords {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for KnownWords {}

impl de::Error for KnownWords {
    fn custom<M: Display>(_: M) -> KnownWords {
        KnownWords(&[])
    }

    fn unknown_variant(_: &str, known: &'static [&'static str]) -> KnownWords {
        KnownWords(known)
    }
}

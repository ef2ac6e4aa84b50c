//! A name and what stands for it, and one pattern for all of them.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::error::Result;

use super::RedactError;

pub struct RedactedName {
    /// Any white space may stand between them.
    pub words: Vec<String>,
    alias: String,
    /// Without a capital in it, it is meant in any case.
    any_case: bool,
}

impl RedactedName {
    /// From `NAME=ALIAS`.
    pub fn read(argument: &str) -> Result<RedactedName> {
        let bad = || RedactError::BadName { given: argument.to_owned() };
        let (name, alias) = argument.split_once('=').ok_or_else(bad)?;
        let words: Vec<String> = name.split_whitespace().map(|w| w.nfc().collect()).collect();
        let alias = alias.trim().to_owned();
        if words.is_empty() || alias.is_empty() {
            return Err(bad().into());
        }
        let any_case = !name.chars().any(char::is_uppercase);
        Ok(RedactedName { words, alias, any_case })
    }

    /// As it is written, or in capitals throughout; or in any case.
    fn pattern(&self) -> String {
        let joined = |words: Vec<String>| {
            words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join(r"\s+")
        };
        let written = joined(self.words.clone());
        let capitals = self.words.iter().map(|word| word.chars().map(upper).collect());
        match self.any_case {
            true => format!("((?i:{written}))"),
            false => format!("({written}|{})", joined(capitals.collect())),
        }
    }

    /// The alias, in capitals where the name was and is not meant so.
    pub fn alias_for(&self, name: &str) -> String {
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        let shouted = letters().count() > 1 && letters().all(char::is_uppercase);
        let written_so =
            self.words.concat().chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if shouted && !written_so { self.alias.to_uppercase() } else { self.alias.clone() }
    }
}

/// Letters whose other case is several stay as they are.
fn upper(c: char) -> char {
    Some(c.to_uppercase()).filter(|u| u.len() == 1).and_then(|mut u| u.next()).unwrap_or(c)
}

/// One alternation of the names as whole words, with or without the s of a possessive;
/// each name is a group of its own. Of names that begin alike, the first is meant. An
/// underscore ends a word here, as it does in markdown.
pub fn pattern(names: &[RedactedName]) -> Result<Regex> {
    let any: Vec<String> = names.iter().map(RedactedName::pattern).collect();
    let boundary = r"[^\p{Alphabetic}\p{N}]";
    let pattern = format!(r"(?:\A|{boundary})(?:{})[sS]?(?:\z|{boundary})", any.join("|"));
    // Only names of megabytes are more than it can hold.
    let too_long = |_| RedactError::BadName { given: any.join(", ") };
    Ok(Regex::new(&pattern).map_err(too_long)?)
}

//! A name and its alias, and one pattern for all names.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use crate::error::Result;

use super::RedactError;

pub struct RedactedName {
    /// The words of the name, which any white space may separate.
    pub words: Vec<String>,
    pub alias: String,
    /// Written without capitals, it matches in any case.
    any_case: bool,
}

impl RedactedName {
    /// Parses `NAME=ALIAS`.
    pub fn read(argument: &str) -> Result<RedactedName> {
        let error = || RedactError::BadName { given: argument.to_owned() };
        let (name, alias) = argument.split_once('=').ok_or_else(error)?;
        let words: Vec<String> = name.split_whitespace().map(|w| w.nfc().collect()).collect();
        let alias = alias.trim().to_owned();
        if words.is_empty() || alias.is_empty() {
            return Err(error().into());
        }
        let any_case = !name.chars().any(char::is_uppercase);
        Ok(RedactedName { words, alias, any_case })
    }

    /// "Sam Miller=P".
    pub fn words_and_alias(&self) -> String {
        format!("{}={}", self.words.join(" "), self.alias)
    }

    /// A pattern for the name in any case, its words together or with a hyphen between them.
    pub fn tag_pattern(&self) -> String {
        let words: Vec<String> = self.words.iter().map(|word| regex::escape(word)).collect();
        format!("((?i:{}))", words.join("[-_]?"))
    }

    /// The alias in a tag, which is one word in small letters.
    pub fn tag_alias(&self) -> String {
        self.alias.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
    }

    /// A pattern for the name as written or all in capitals; or in any case.
    pub fn pattern(&self) -> String {
        let join = |words: Vec<String>| {
            words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join(r"\s+")
        };
        let as_written = join(self.words.clone());
        let capitals = self.words.iter().map(|word| word.chars().map(upper).collect());
        if self.any_case {
            format!("((?i:{as_written}))")
        } else {
            format!("({as_written}|{})", join(capitals.collect()))
        }
    }

    /// The alias for an occurrence of the name: in capitals if that is, unless the name
    /// always is.
    pub fn alias_for(&self, name: &str) -> String {
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        let in_capitals = letters().count() > 1 && letters().all(char::is_uppercase);
        let always_in_capitals =
            self.words.concat().chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        if in_capitals && !always_in_capitals {
            self.alias.to_uppercase()
        } else {
            self.alias.clone()
        }
    }
}

/// The capital of a letter, unless that would be several letters.
fn upper(c: char) -> char {
    Some(c.to_uppercase()).filter(|u| u.len() == 1).and_then(|mut u| u.next()).unwrap_or(c)
}

/// Scripts that put no spaces between words, or, as Korean, none before what follows a name:
/// a name's ends can't be told there (Unicode 16: the blocks of Thai and Lao, Burmese, Khmer,
/// kana, Han and Hangul).
const UNSPACED: &[(char, char)] = &[
    ('\u{0e00}', '\u{0eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{323af}'),
];

/// A pattern for all names as whole words, with or without a possessive s, and anywhere in
/// scripts without spaces; each name is a group, whose own pattern `of` gives. Of names that
/// match at one place, the first counts. An underscore isn't part of a word, as in markdown.
pub fn pattern(names: &[RedactedName], of: fn(&RedactedName) -> String) -> Result<Regex> {
    let unspaced: String = UNSPACED.iter().map(|(first, last)| format!("{first}-{last}")).collect();
    let boundary = format!(r"[^\p{{Alphabetic}}\p{{N}}]|[{unspaced}]");
    let alternative = |name: &RedactedName| {
        let is_open = |letter: Option<char>| {
            let is_in = |letter: char| UNSPACED.iter().any(|(a, z)| (*a..=*z).contains(&letter));
            letter.is_some_and(is_in)
        };
        let first = name.words.first().and_then(|word| word.chars().next());
        let last = name.words.last().and_then(|word| word.chars().last());
        let before = if is_open(first) { String::new() } else { format!(r"(?:\A|{boundary})") };
        let after = if is_open(last) { String::new() } else { format!(r"[sS]?(?:\z|{boundary})") };
        format!("{before}{}{after}", of(name))
    };
    let alternatives: Vec<String> = names.iter().map(alternative).collect();
    compile(&alternatives.join("|"), names)
}

/// Compiles a pattern for these names.
pub fn compile(pattern: &str, names: &[RedactedName]) -> Result<Regex> {
    // Only names of megabytes exceed the limit.
    let given = || names.iter().map(RedactedName::words_and_alias).collect::<Vec<_>>().join(", ");
    Ok(Regex::new(pattern).map_err(|_| RedactError::BadName { given: given() })?)
}

//! Letters with any accents in place of those without.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use regex::bytes::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Accents that follow their letter as characters of their own.
const MARKS: &str = "[\\u{300}-\\u{36f}]";

/// The Latin letters with an accent, each as one character.
const ACCENTED: [std::ops::RangeInclusive<char>; 2] =
    ['\u{c0}'..='\u{24f}', '\u{1e00}'..='\u{1eff}'];

/// A text whose Latin letters may have any accents, unless it gives them one. It takes longer to
/// build and to find than the text itself, so it's built for the first text with an accent.
#[derive(Clone, Debug)]
pub struct AccentedText(Arc<LazyLock<Option<Regex>, Build>>);

type Build = Box<dyn FnOnce() -> Option<Regex> + Send>;

impl AccentedText {
    /// `None` for a text without such a letter.
    pub fn new(text: &str, any_case: bool, escape: fn(&str) -> String) -> Option<AccentedText> {
        let text = text.to_owned();
        let may_have_any = text.bytes().any(|byte| byte.is_ascii_alphabetic());
        may_have_any.then(|| AccentedText::of(move || build(&with_any(&text, escape), any_case)))
    }

    /// The same text in any case.
    pub fn in_any_case(&self) -> AccentedText {
        let own = self.clone();
        AccentedText::of(move || build((**own.0).as_ref()?.as_str(), true))
    }

    fn of(build: impl FnOnce() -> Option<Regex> + Send + 'static) -> AccentedText {
        AccentedText(Arc::new(LazyLock::new(Box::new(build))))
    }

    /// What finds it in these bytes; `None` if they have no accents.
    pub fn finder(&self, bytes: &[u8]) -> Option<&Regex> {
        if may_have_accents(bytes) { (**self.0).as_ref() } else { None }
    }
}

/// `None` for a text that is too long; then it's found by its own letters alone.
fn build(pattern: &str, any_case: bool) -> Option<Regex> {
    RegexBuilder::new(pattern).case_insensitive(any_case).build().ok()
}

/// A pattern in which each Latin letter without an accent may have any. Other characters match
/// themselves, their accents composed or decomposed.
fn with_any(text: &str, escape: fn(&str) -> String) -> String {
    let mut pattern = String::new();
    let accented = accented();
    let mut letters = text.nfc().peekable();
    while let Some(letter) = letters.next() {
        let own_mark = letters.peek().is_some_and(|next| is_combining_mark(*next));
        let composed = letter.to_string();
        let decomposed: String = composed.nfd().collect();
        if letter.is_ascii_alphabetic() && !own_mark {
            let accented = accented.get(&letter).map_or("", String::as_str);
            pattern += &format!("[{letter}{accented}]{MARKS}*");
        } else if decomposed == composed {
            pattern += &escape(&composed);
        } else {
            pattern += &format!("(?:{}|{})", escape(&composed), escape(&decomposed));
        }
    }
    pattern
}

/// The letters with accents, by the one without.
fn accented() -> HashMap<char, String> {
    let mut by_letter: HashMap<char, String> = HashMap::new();
    for accented in ACCENTED.into_iter().flatten() {
        let mut first = None;
        decompose_canonical(accented, |part| _ = first.get_or_insert(part));
        if let Some(letter) = first.filter(|letter| *letter != accented) {
            by_letter.entry(letter).or_default().push(accented);
        }
    }
    by_letter
}

/// May one of those, or a mark, be in a text? They begin with these bytes, and English
/// punctuation does not.
fn may_have_accents(text: &[u8]) -> bool {
    // In blocks, which the processor compares at once.
    const BLOCK: usize = 256;
    let begins = |byte: &u8| matches!(byte, 0xC3..=0xC9 | 0xCC | 0xCD | 0xE1);
    text.chunks(BLOCK).any(|block| block.iter().fold(false, |any, byte| any | begins(byte)))
}

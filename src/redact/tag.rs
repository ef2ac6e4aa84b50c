//! Tags, and the @words and #words of a text, which are written in small letters: a name in
//! them is one in any case.

use std::ops::Range;

use regex::Regex;

use crate::error::Result;

use super::RedactedName;
use super::name::{compile, pattern};

/// What finds names in tags.
pub struct TagPatterns {
    /// A word with @ or # before it, not as in an address of mail.
    word: Regex,
    /// Names in any case; each is a group.
    names: Regex,
}

impl TagPatterns {
    /// # Errors
    /// `RedactError` for names that are too long.
    pub fn of(names: &[RedactedName]) -> Result<TagPatterns> {
        let word = r"(?:\A|[^\p{Alphabetic}\p{N}_])[@#]([\p{Alphabetic}\p{M}\p{N}_+*/-]+)";
        Ok(TagPatterns {
            word: compile(word, names)?,
            names: pattern(names, RedactedName::tag_pattern)?,
        })
    }

    /// The names in a text's tags by their index, in order. With `is_tag`, all of it is one.
    pub fn find(&self, text: &str, is_tag: bool) -> Vec<(usize, Range<usize>)> {
        if is_tag {
            return self.find_in_word(text, 0..text.len());
        }
        let words = self.word.captures_iter(text).filter_map(|it| Some(it.get(1)?.range()));
        words.flat_map(|word| self.find_in_word(text, word)).collect()
    }

    fn find_in_word(&self, text: &str, word: Range<usize>) -> Vec<(usize, Range<usize>)> {
        let mut places = Vec::new();
        let mut end = 0;
        let tag = &text[word.clone()];
        while let Some(groups) = self.names.captures_at(tag, end) {
            let name_at = |group: usize| Some((group - 1, groups.get(group)?));
            let Some((name, place)) = (1..groups.len()).find_map(name_at) else { break };
            places.push((name, word.start + place.start()..word.start + place.end()));
            end = place.end();
        }
        places
    }
}

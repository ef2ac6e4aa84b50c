//! Tags, as they are typed.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::entry::same_tag;

/// Tags with commas between, or each behind its #; a tag of several words is joined with
/// hyphens. `None` where one of them cannot be one.
pub(super) fn tags(text: &str) -> Option<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for piece in text.split(',') {
        let mut words: Vec<String> = Vec::new();
        for word in piece.split_whitespace() {
            match words.last_mut() {
                Some(last) if !word.starts_with('#') => last.extend(["-", word]),
                Some(_) | None => words.push(word.to_owned()),
            }
        }
        for word in words {
            let tag = tag(&word)?;
            if !tags.iter().any(|other| same_tag(other, &tag)) {
                tags.push(tag);
            }
        }
    }
    Some(tags)
}

/// One tag, with or without its #, in NFC; `None` where it can't be one, as without a letter or
/// digit.
pub fn tag(word: &str) -> Option<String> {
    let good =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '/');
    let tag = word.strip_prefix('#').unwrap_or(word);
    let has_word = tag.chars().any(char::is_alphanumeric);
    (has_word && tag.chars().all(good)).then(|| tag.nfc().collect())
}

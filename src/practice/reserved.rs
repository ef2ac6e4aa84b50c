//! Words that a question, a section or a person cannot be called by, as they mean
//! something already where an answer is given or read. The check of practice files
//! asks this table; a test holds that every flag of a practice is in it, and another
//! that the reference page names them all.

use super::HOLD_BACK;

const FLAG: &str = "a flag of every practice";
const FLAG_LATER: &str = "a flag of practices with a follow-up";
const FLAG_CARDS: &str = "a flag of practices of cards";
const FLAG_TIMER: &str = "a flag of practices with a timer";
const RESERVED_FLAG: &str = "reserved for a flag of inward's own";
const EDIT: &str = "a flag of `inward edit`, which takes the flags of all practices";
const CONDITION: &str = "a word of conditions";
const CARE: &str = "the answer that brings suggestions to share back";
const ENTRY: &str = "a field of every entry";

/// Each word, and what it is.
pub const RESERVED: &[(&str, &str)] = &[
    ("about", ENTRY),
    ("answers", FLAG),
    ("any", CONDITION),
    ("ask", FLAG),
    ("at", FLAG),
    ("attach", FLAG),
    ("color", RESERVED_FLAG),
    ("detach", EDIT),
    ("follow-up", FLAG_LATER),
    ("for", FLAG_CARDS),
    ("help", FLAG),
    (HOLD_BACK, CARE),
    ("id", ENTRY),
    ("journal", FLAG),
    ("json", FLAG),
    ("part", RESERVED_FLAG),
    ("practice", ENTRY),
    ("quiet", FLAG),
    ("replaces", ENTRY),
    ("revision", ENTRY),
    ("settle", EDIT),
    ("sit", FLAG_TIMER),
    ("tag", FLAG),
    ("untag", EDIT),
    ("version", FLAG),
    ("words", FLAG),
    ("written", ENTRY),
];

/// What this word is already, if it cannot name a question.
pub fn reserved_by(word: &str) -> Option<&'static str> {
    RESERVED.iter().find(|(known, _)| *known == word).map(|(_, what)| *what)
}

/// Can a practice, a question or an option be called so? Then it can be typed
/// as it stands, and no shell reads anything else in it.
pub fn is_word(word: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(good)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_page_names_every_reserved_word() {
        let page = include_str!("../../prompts/README.md");
        let named =
            page.split_once("a question can't be called").expect("a sentence of the page").1;
        let named = named.split_once("\n\n").map_or(named, |(sentence, _)| sentence);
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        let known: Vec<&str> = RESERVED.iter().map(|(word, _)| *word).collect();
        assert_eq!(named, known);
    }
}

//! The need of a sentence: "a bit of warning", "to be heard".

use super::piece::{after, begins_with, first_word, small, tidy, without_leads};

const LEADS: &[&str] =
    &["i need", "need", "i'd need", "i would need", "i want", "i'd like", "i would like"];
/// Verbs that nobody takes for a thing, so that "to" belongs before them.
const VERBS: &[&str] = &[
    "accept", "ask", "be", "become", "breathe", "cry", "do", "feel", "find", "forgive", "get",
    "give", "go", "have", "hear", "know", "learn", "leave", "let", "listen", "make", "remember",
    "say", "see", "sit", "stay", "stop", "take", "talk", "tell", "think",
];
/// What is followed by "to" and is still nobody's name.
const THINGS: &[&str] = &[
    "courage", "energy", "everyone", "freedom", "help", "more", "nobody", "permission", "people",
    "room", "someone", "somebody", "something", "somewhere", "space", "strength", "things", "time",
    "words", "you",
];

/// One need, as it stands after "I need".
pub fn need(typed: &str, partner: Option<&str>) -> String {
    let text = tidy(typed);
    let text = without_leads(&text, LEADS);
    let text = match after(text, "for") {
        Some(rest) if rest.contains(" to ") => rest,
        _ => text,
    };
    let word = first_word(text);
    let named = text.split(' ').nth(1) == Some("to") && !THINGS.contains(&word.as_str());
    if begins_with(text, VERBS) {
        return format!("to {}", small(text, partner));
    }
    if named { text.to_owned() } else { small(text, partner) }
}

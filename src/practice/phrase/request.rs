//! A request that they are free to turn down, as a question by its first word.

use crate::practice::lists;

use super::piece::{after, begins_with, first_word, small, tidy, without_leads};

/// What the question says already.
const LEADS: &[&str] = &[
    "would you be willing to",
    "would you",
    "could you",
    "can you",
    "will you",
    "if you could",
    "i wish you would",
    "i'd like you to",
    "i would like you to",
    "i want you to",
    "i need you to",
    "please",
    "for you to",
    "you to",
    "you",
    "to",
];
const NOT: &[&str] = &["not to", "not", "don't", "do not", "never"];
const US: &[&str] = &["we could", "we can", "we", "could we", "can we", "shall we", "let's"];
const ME: &[&str] =
    &["i'd like to", "i would like to", "i want to", "i need to", "could i", "can i", "may i", "i"];
/// What is asked for, and not to be done.
const WISHES: &[&str] = &["i'd like", "i would like", "i want", "i need"];
const THINGS: &[&str] = &[
    "a", "an", "another", "any", "half", "less", "more", "my", "no", "some", "something",
    "anything", "the", "time", "your", "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty", "thirty",
];
/// Words in -ing that are no doing.
const NO_GERUNDS: &[&str] = &[
    "anything", "bring", "ceiling", "cling", "darling", "during", "evening", "everything", "fling",
    "king", "morning", "nothing", "ping", "ring", "sing", "something", "spring", "string", "swing",
    "thing", "wing",
];

/// The question, with its mark; `None` where nothing is asked.
pub fn request(typed: &str, partner: Option<&str>) -> Option<String> {
    let text = tidy(typed);
    let text = without_leads(&text, LEADS);
    let said = |rest: &str| small(rest, partner);
    let following = |leads: &[&str]| {
        let rests = leads.iter().filter_map(|lead| after(text, lead));
        rests.min_by_key(|rest| rest.len()).filter(|rest| !rest.is_empty())
    };
    if text.is_empty() {
        return None;
    }
    let question = if let Some(rest) = following(NOT) {
        let verb = if is_gerund(rest) { "open to not" } else { "willing not to" };
        format!("Would you be {verb} {}", said(rest))
    } else if is_gerund(text) {
        format!("Would you be open to {}", said(text))
    } else if is_thing(text) {
        format!("Could I ask you for {}", said(text))
    } else if let Some(rest) = following(US) {
        format!("Could we {}", said(rest))
    } else if let Some(thing) = following(WISHES).filter(|rest| is_thing(rest)) {
        format!("Could I ask you for {}", said(thing))
    } else if let Some(rest) = following(ME) {
        format!("Would it be all right if I {}", said(rest))
    } else {
        format!("Would you be willing to {}", said(text))
    };
    Some(question + "?")
}

fn is_thing(text: &str) -> bool {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let mut needs = lists::needs().iter().flat_map(|group| &group.entries);
    is_number || begins_with(text, THINGS) || needs.any(|need| need.label == text.to_lowercase())
}

/// Does it begin with a doing: "putting it away"?
pub fn is_gerund(text: &str) -> bool {
    let word = first_word(text);
    word.len() > 4 && word.ends_with("ing") && !NO_GERUNDS.contains(&word.as_str())
}

//! A clause about a person, with its subject: the one that was typed, or the one that the
//! sentence has for it.

use super::piece::{after, after_name, begins_with, first_word, small, without_leads};
use super::request::is_gerund;
use super::situation::{is_name, is_owner};
use super::state::is_state;
use super::verb::{
    ADVERBS as VERB_ADVERBS, Person, SUBJECT_PHRASES, THIRD_PERSON, agreed, ends_as_third_person,
};
use crate::words::capitalize;

/// What joins a clause to the one before it, which the sentence does itself.
const JOINTS: &[&str] = &["and", "then"];
const ME: &[&str] = &["i", "i'll", "i will"];
const YOU: &[&str] = &["you", "you'll", "you will"];
/// Leads whose "not" would be left without its verb.
const WILL_NOT: &[&str] = &["i will not", "i'll not", "you will not", "you'll not", "will not"];

/// First words that are the subject of a clause, up to their apostrophe: "I" of "I'm".
const SUBJECTS: &[&str] = &[
    "i", "we", "you", "he", "she", "it", "they", "my", "our", "your", "his", "her", "their", "the",
    "this", "that", "there", "no", "nobody", "nothing", "everybody", "everyone", "everything",
    "somebody", "someone", "something",
];
/// "No longer answer" is something done, and its subject is missing.
const ADVERBS: &[&str] = &["no longer"];
/// "I go quiet" of "go quiet", and "my chest goes tight" as it is; `None` of nothing.
pub fn my_clause(text: &str, partner: Option<&str>) -> Option<String> {
    let deed = deed(text, ME);
    if is_nothing(&deed) {
        return None;
    }
    Some(match subject_clause(&deed, partner) {
        Some(clause) => clause,
        None => mine(&agreed(&small(&deed, partner), Person::I)),
    })
}

/// "I go quiet", and "I'm leaving".
fn mine(deed: &str) -> String {
    match after(deed, "am") {
        Some(rest) if !rest.is_empty() => format!("I'm {rest}"),
        Some(_) | None => format!("I {deed}"),
    }
}

/// What someone else does.
pub enum TheirClause {
    /// Without "you".
    You(String),
    /// With a subject of its own.
    Other(String),
}

/// What the other one does, or whoever else is named; `None` of nothing.
pub fn their_clause(text: &str, partner: Option<&str>) -> Option<TheirClause> {
    let deed = deed(text, YOU);
    if is_nothing(&deed) {
        return None;
    }
    Some(match subject_clause(&deed, partner) {
        Some(clause) => TheirClause::Other(clause),
        None => TheirClause::You(agreed(&small(&deed, partner), Person::You)),
    })
}

/// What happens in the end, where the text says who or what it happens to.
pub fn subject_clause(text: &str, partner: Option<&str>) -> Option<String> {
    if first_word(text) == "i" {
        return Some(capitalize(text));
    }
    if has_subject(text, partner) {
        return Some(small(text, partner));
    }
    is_third_person(text).then(|| text.to_owned())
}

/// Is there nothing to say, or is that what it says?
pub fn is_nothing(text: &str) -> bool {
    ["", "nothing", "never"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// The text without what joins it to the clause before.
pub fn without_joints(text: &str) -> &str {
    without_leads(text, JOINTS)
}

/// What is done, without the subject that the sentence has for it.
fn deed(text: &str, subject: &[&str]) -> String {
    let text = without_joints(text);
    if let Some(rest) = WILL_NOT.iter().find_map(|lead| after(text, lead)) {
        return format!("won't {rest}").trim_end().to_owned();
    }
    let text = without_leads(text, subject);
    match after(text, "not") {
        Some(rest) if is_gerund(rest) || is_state(rest) => format!("not {rest}"),
        Some(rest) if !rest.is_empty() => format!("don't {rest}"),
        Some(_) | None => text.to_owned(),
    }
}

fn has_subject(text: &str, partner: Option<&str>) -> bool {
    let is_named = partner.is_some_and(|name| after_name(text, name).is_some());
    let is_known = SUBJECTS.contains(&first_word(text).as_str()) && !begins_with(text, ADVERBS);
    is_named || is_known || begins_with(text, SUBJECT_PHRASES)
}

/// Does it begin with a name, and say what that one is or does: "Sam looks away", "Tom's
/// silent"?
fn is_third_person(text: &str) -> bool {
    let Some((name, rest)) = text.split_once(' ') else { return false };
    let verb = rest.split([' ', ',']).next().unwrap_or_default();
    // An adverb at the end is of the deed before it: "Shout always".
    let is_adverb = rest.contains(' ') && begins_with(rest, VERB_ADVERBS);
    let does = begins_with(rest, THIRD_PERSON) || is_adverb || ends_as_third_person(verb);
    (does && is_name(name)) || is_owner(name)
}

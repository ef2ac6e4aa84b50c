//! "If the day runs late, then I will step outside for a minute."

use super::piece::{
    after, begins_with, happening, small, small_clause, tidy, without_lead, without_leads,
};
use super::request::is_gerund;
use super::verb::Tense;

const IF: &[&str] = &["if", "when", "whenever"];
/// What "then I will" says already.
const THEN: &[&str] = &[
    "then", "i will", "i'll", "i'd", "i would", "i can", "i could", "i should", "i'm going to",
    "i am going to", "i want to", "i'd like to", "i", "to",
];
const NOT: &[&str] = &["i won't", "i don't", "i do not", "won't", "don't", "do not"];
/// What is no deed of one's own: it follows "then" as it is.
const OWN_SUBJECT: &[&str] = &[
    "we", "we'll", "you", "he", "she", "it", "they", "let's", "a", "an", "the", "my", "our",
    "your", "his", "her", "their", "no", "nothing", "nobody", "someone", "something", "some",
    "one", "two", "three", "four", "five", "ten", "twenty", "half",
];

/// The plan, said as one sentence; `None` where either half is missing.
pub fn plan(when: &str, then: &str, partner: Option<&str>) -> Option<String> {
    let (when, then) = (condition(when), deed(then, partner));
    let both = !when.is_empty() && !then.is_empty();
    both.then(|| format!("If {when}, then {then}."))
}

fn condition(typed: &str) -> String {
    let text = tidy(typed);
    happening(&small_clause(without_leads(&text, IF)), Tense::Now)
}

fn deed(typed: &str, partner: Option<&str>) -> String {
    let text = tidy(typed);
    let text = without_lead(&text, &["then"]);
    let named = partner.is_some_and(|name| super::piece::after_name(text, name).is_some());
    if named || begins_with(text, OWN_SUBJECT) {
        return small(text, partner);
    }
    if let Some(rest) = NOT.iter().find_map(|lead| after(text, lead)).filter(|r| !r.is_empty()) {
        return format!("I will not {}", small(rest, partner));
    }
    let text = small(without_leads(text, THEN), partner);
    if text.is_empty() {
        text
    } else if is_gerund(&text) {
        format!("I will be {text}")
    } else {
        format!("I will {text}")
    }
}

/// The two halves of an intention that is a whole plan: "If …, then I will …" or
/// "When …, I'll …".
pub fn split_plan(intention: &str) -> Option<(String, String)> {
    let text = tidy(intention);
    let rest = IF.iter().find_map(|lead| after(&text, lead))?;
    let breaks = rest.match_indices(',').map(|(at, _)| (&rest[..at], rest[at + 1..].trim_start()));
    let leads = ["then", "i will", "i'll"];
    let (when, then) = breaks.into_iter().find(|(_, then)| begins_with(then, &leads))?;
    let then = without_leads(then, &leads);
    let both = !when.trim().is_empty() && !then.is_empty();
    both.then(|| (when.trim().to_owned(), then.to_owned()))
}

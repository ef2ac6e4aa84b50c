//! One piece of a sentence, made ready to stand inside it: its edges, its leading
//! words and its first letter.

use super::request::is_gerund;
use super::situation::is_thing_of;
use super::state::{is_atmosphere, is_plural, with_article};
use super::verb::{A, Tense, is_past_verb, is_thing};
use crate::words::uncapitalize;

/// Marks that open and close a quotation, as several languages have them.
const QUOTES: &[(char, char)] = &[
    ('"', '"'),
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‘', '’'),
    ('\'', '\''),
    ('「', '」'),
];

/// What ends a sentence or a clause, and has no place inside another.
const FINAL: &[char] = &['.', '!', '?', '…', ',', ';', ':', '。', '！', '？', '，'];

/// First words that are certain to be no name, so that a clause may begin small.
pub const NO_NAMES: &[&str] = &[
    "a", "all", "an", "another", "any", "anybody", "anyone", "anything", "both", "each", "either",
    "every", "everybody", "everyone", "everything", "he", "her", "here", "him", "his", "how", "it",
    "its", "me", "my", "neither", "no", "nobody", "none", "nothing", "nowhere", "one", "our",
    "people", "she", "some", "somebody", "someone", "something", "that", "the", "their", "them",
    "there", "these", "they", "this", "those", "two", "us", "we", "what", "whatever", "who", "you",
    "your",
];

/// Words that join a clause to the one before it, so that no "when" is put there.
pub const JOINERS: &[&str] = &[
    "when", "whenever", "while", "as", "after", "before", "during", "at", "on", "in", "since",
    "because", "every time", "each time", "if", "with", "without", "once", "until", "about",
    "around", "over", "under", "near", "by", "for", "from", "despite", "wherever",
];

/// Without what stands around it: quotes around the whole, a leading ellipsis, the mark
/// that ends it. One space between words.
pub fn tidy(typed: &str) -> String {
    let mut text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    loop {
        let inner = text.trim_start_matches("...").trim_start_matches('…').trim_end_matches(FINAL);
        let inner = without_quotes(inner.trim()).trim();
        if inner.len() == text.len() {
            return text;
        }
        text = inner.to_owned();
    }
}

/// [`tidy`], but a question keeps its mark.
pub fn tidy_question(typed: &str) -> String {
    let text = tidy(typed);
    let is_edge = |c: &char| FINAL.contains(c) || QUOTES.iter().any(|(_, close)| close == c);
    let mut edge = typed.trim_end().chars().rev().take_while(is_edge);
    match edge.find(|c| matches!(c, '?' | '？')) {
        Some(mark) if !text.is_empty() => format!("{text}{mark}"),
        Some(_) | None => text,
    }
}

fn without_quotes(text: &str) -> &str {
    let inner = QUOTES.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        (!closes_inside(inner, *open, *close)).then_some(inner)
    });
    inner.unwrap_or(text)
}

/// Does the first quotation end before the end? An apostrophe between letters does not
/// end one.
fn closes_inside(inner: &str, open: char, close: char) -> bool {
    let chars: Vec<char> = inner.chars().collect();
    let letter =
        |at: Option<usize>| at.and_then(|i| chars.get(i)).is_some_and(|c| c.is_alphabetic());
    let ends = |i: usize| !(letter(i.checked_sub(1)) && letter(Some(i + 1)));
    (0..chars.len()).any(|i| (chars[i] == close || chars[i] == open) && ends(i))
}

/// Without these words at its beginning, as often as they come. Case and the shape of
/// an apostrophe make no difference.
pub fn without_leads<'a>(mut text: &'a str, leads: &[&str]) -> &'a str {
    while let Some(rest) = longest(text, leads) {
        text = rest;
    }
    text
}

/// Without the longest of these words at its beginning, once.
pub fn without_lead<'a>(text: &'a str, leads: &[&str]) -> &'a str {
    longest(text, leads).unwrap_or(text)
}

fn longest<'a>(text: &'a str, leads: &[&str]) -> Option<&'a str> {
    leads.iter().filter_map(|lead| after(text, lead)).min_by_key(|rest| rest.len())
}

/// What follows these words, where the text begins with them and they end there.
pub fn after<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in words.chars() {
        let found = rest.next()?;
        let apostrophe = wanted == '\'' && found == '’';
        if !apostrophe && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
    let trimmed = rest.trim_start_matches([' ', ',', ':', '…']);
    (!rest.starts_with(goes_on)).then_some(trimmed)
}

/// Does the text begin with any of these?
pub fn begins_with(text: &str, words: &[&str]) -> bool {
    words.iter().any(|words| after(text, words).is_some())
}

/// The first word, up to its apostrophe, small: "they" of "They're".
pub fn first_word(text: &str) -> String {
    let word = text.split([' ', ',', '\'', '’']).next().unwrap_or_default();
    word.to_lowercase()
}

/// Begins small, but for "I", the partner's name, and what has a second capital.
pub fn small(text: &str, partner: Option<&str>) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let is_capital = |c: char| c.is_uppercase();
    let name = partner.is_some_and(|name| after_name(text, name).is_some()) || is_owner(word);
    if first_word(text) == "i" || name || word.chars().skip(1).any(is_capital) {
        return text.to_owned();
    }
    uncapitalize(text)
}

/// "Sam's", but neither "Everyone's" nor "Today's".
fn is_owner(word: &str) -> bool {
    const OTHERS: &[&str] = &["let", "today", "tomorrow", "tonight", "where", "yesterday"];
    let stem = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
    let stem = stem.map(str::to_lowercase);
    stem.is_some_and(|stem| ![NO_NAMES, OTHERS].concat().contains(&stem.as_str()))
}

/// Begins small only where its first word can be no name.
pub fn small_clause(text: &str) -> String {
    let word = first_word(text);
    let sure = NO_NAMES.contains(&word.as_str()) || begins_with(text, JOINERS);
    if sure { small(text, None) } else { text.to_owned() }
}

/// The text after the partner's name, which may have an ending: "Sam's".
pub fn after_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(name).filter(|_| !name.is_empty())?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// A clause that says when: with "when" before it unless it brings its own word.
pub fn time_clause(typed: &str, tense: Tense) -> String {
    let text = small_clause(&tidy(typed));
    if text.is_empty() || begins_with(&text, JOINERS) {
        text
    } else {
        format!("when {}", happening(&text, tense))
    }
}

/// Doings of two, where only one could be meant by "I'm".
const OURS: &[&str] =
    &["arguing", "discussing", "fighting", "getting", "making", "planning", "spending", "talking"];

/// A thing alone is said to be there, or to be what it's about; and a doing has someone who
/// does it.
pub fn happening(text: &str, tense: Tense) -> String {
    let there = tense.of("there's", "there was");
    if let Some(thing) = with_article(text) {
        return format!("{there} {thing}");
    }
    if let Some(doing) = doing(text, tense) {
        return doing;
    }
    let about = tense.of("it's about", "it was about");
    if is_atmosphere(text) {
        format!("{there} {}", text.to_lowercase())
    } else if is_plural(text) {
        format!("{} {}", tense.of("it comes to", "it came to"), text.to_lowercase())
    } else if is_thing(text) && A.contains(&first_word(text).as_str()) {
        format!("{there} {text}")
    } else if is_thing(text) || is_thing_of(text) {
        format!("{about} {text}")
    } else {
        text.to_owned()
    }
}

/// "We're getting too close", and "I'm not being heard"; "I'm late" of "being late".
fn doing(text: &str, tense: Tense) -> Option<String> {
    let (not, deed) = after(text, "not").map_or(("", text), |rest| ("not ", rest));
    if !is_gerund(deed) {
        return None;
    }
    let next = deed.split(' ').nth(1).unwrap_or_default();
    let is_mine = is_past_verb(next) || deed.split(' ').any(|word| word == "my");
    let deed = after(deed, "being").filter(|_| !is_past_verb(next)).unwrap_or(deed);
    let who = if OURS.contains(&first_word(deed).as_str()) && !is_mine {
        tense.of("we're", "we were")
    } else {
        tense.of("I'm", "I was")
    };
    Some(format!("{who} {not}{}", small(deed, None)))
}

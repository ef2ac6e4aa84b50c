//! The verb of a clause: for which person it is, and whether it tells of then.

use crate::config::Chapter;

use super::piece::{after, first_word};
use super::request::is_gerund;
use super::state::is_state;

/// Whose verb it is.
#[derive(Clone, Copy)]
pub enum Person {
    I,
    You,
}

impl Person {
    fn be(self) -> [&'static str; 2] {
        match self {
            Person::I => ["am", "am not"],
            Person::You => ["are", "aren't"],
        }
    }
}

/// What a third person does, in words that are no plural of a thing: "Sam walks out", but
/// not "Slam doors".
pub const THIRD_PERSON: &[&str] = &[
    "asks", "becomes", "brings", "comes", "cries", "does", "doesn't", "drinks", "gets", "gives",
    "goes", "grabs", "has", "hangs", "ignores", "is", "isn't", "keeps", "laughs", "leaves", "lets",
    "makes", "pulls", "pushes", "puts", "rolls", "says", "screams", "sends", "shouts", "shuts",
    "sits", "slams", "sleeps", "starts", "stops", "storms", "sulks", "takes", "tells", "throws",
    "waits", "walks", "wants", "withdraws", "won't", "yells",
];
/// Words in -s that are no verb of a third person.
const NO_VERBS: &[&str] = &[
    "always", "as", "days", "downstairs", "hours", "perhaps", "sometimes", "this", "upstairs",
    "was", "yes",
];
/// What may come before the verb.
pub const ADVERBS: &[&str] = &[
    "also", "always", "just", "maybe", "never", "often", "only", "perhaps", "simply", "sometimes",
    "still", "suddenly", "then", "usually",
];
const JOINING: &[&str] = &["and", "but", "or", "then"];
const PAST: &[&str] = &[
    "agreed", "ate", "became", "began", "bit", "blew", "bought", "broke", "brought", "built",
    "came", "caught", "chose", "clung", "couldn't", "crept", "dealt", "did", "didn't", "disagreed",
    "drank", "drew", "drove", "fed", "fell", "felt", "fled", "flew", "forgave", "forgot", "fought",
    "found", "freed", "froze", "gave", "got", "grew", "had", "heard", "held", "hid", "hung",
    "kept", "knelt", "knew", "laid", "lay", "led", "left", "lost", "made", "meant", "met", "paid",
    "ran", "rang", "said", "sang", "sat", "saw", "sent", "shook", "shrank", "slept", "slid",
    "snuck", "sold", "spat", "spent", "spoke", "spun", "stole", "stood", "struck", "stuck",
    "swept", "swore", "swung", "taught", "thought", "threw", "told", "took", "tore", "understood",
    "was", "wasn't", "went", "wept", "were", "weren't", "withdrew", "withheld", "woke", "wore",
    "wouldn't", "wrote",
];
/// Verbs that are the same now and then: "I shut down".
const SAME_FORM: &[&str] = &[
    "beat", "bet", "bid", "burst", "cast", "cost", "cut", "hit", "hurt", "let", "put", "quit",
    "read", "set", "shed", "shut", "split", "spread", "thrust", "upset",
];

/// What is done, as a person does it: "get annoyed" of "gets annoyed", and "are leaving" of
/// "leaving", "are silent" of "silent".
pub fn agreed(deed: &str, person: Person) -> String {
    if has_no_verb(deed) {
        return format!("{} {deed}", person.be()[0]);
    }
    let mut is_verb_next = true;
    let mut is_first = true;
    let words = deed.split(' ').map(|word| {
        let is_verb = is_verb_next && is_of_third_person(word, is_first);
        let is_adverb = is_first && is_adverb(word);
        is_first = is_adverb;
        is_verb_next = is_adverb || JOINING.contains(&word) || word.ends_with(',');
        if is_verb { plain(word, person) } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// "Leaving", "not angry": is it what someone does or is, without the verb for it?
pub fn has_no_verb(deed: &str) -> bool {
    let bare = after(deed, "not").unwrap_or(deed);
    is_gerund(bare) || is_state(bare)
}

/// "Always", "quietly": may it come before the verb?
fn is_adverb(word: &str) -> bool {
    const VERBS: &[&str] = &["apply", "comply", "fly", "rely", "reply"];
    let word = word.to_lowercase();
    ADVERBS.contains(&word.as_str()) || (word.ends_with("ly") && !VERBS.contains(&word.as_str()))
}

/// The first word of what someone does is a verb, and any later one only where it's known.
fn is_of_third_person(word: &str, is_first: bool) -> bool {
    let known = known_form(word);
    let is_known = THIRD_PERSON.contains(&known.as_str()) && known != "won't";
    is_known || (is_first && ends_as_third_person(word))
}

/// Small, with a plain apostrophe, and without a comma.
fn known_form(word: &str) -> String {
    word.to_lowercase().replace('’', "'").trim_end_matches(',').to_owned()
}

/// "cry" of "cries".
fn plain(word: &str, person: Person) -> String {
    let comma = if word.ends_with(',') { "," } else { "" };
    let known = known_form(word);
    let [is, is_not] = person.be();
    let plain = match known.as_str() {
        "is" => is,
        "isn't" => is_not,
        "has" => "have",
        "hasn't" => "haven't",
        "does" => "do",
        "doesn't" => "don't",
        "goes" => "go",
        other => return without_ending(other) + comma,
    };
    format!("{plain}{comma}")
}

fn without_ending(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hisses = ["sses", "shes", "ches", "xes", "zzes"].iter().any(|end| word.ends_with(end));
    word[..word.len() - if hisses { 2 } else { 1 }].to_owned()
}

/// When something is told of.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Tense {
    #[default]
    Now,
    Then,
}

impl Tense {
    pub fn of<'a>(self, now: &'a str, then: &'a str) -> &'a str {
        match self {
            Tense::Now => now,
            Tense::Then => then,
        }
    }
}

/// Subjects of several words, for whom a verb is as for "I" or "Sam".
pub const SUBJECT_PHRASES: &[&str] =
    &["one of us", "one of them", "both of us", "neither of us", "the two of us"];

/// When a clause with its subject tells of: "I went quiet", "my chest goes tight". `None` of
/// "I shut down", which may be either; apart, where the question asks of then, also of a verb
/// that isn't certain to be one of now.
pub fn tense_of(clause: &str, chapter: Chapter) -> Option<Tense> {
    let phrase = SUBJECT_PHRASES.iter().find_map(|phrase| after(clause, phrase));
    let (subject, rest) = match phrase {
        Some(rest) => (String::new(), rest),
        None => clause
            .split_once(' ')
            .map_or((known_form(clause), ""), |(subject, rest)| (known_form(subject), rest)),
    };
    // Of someone else, the subject may have a second word.
    let is_short = phrase.is_some() || ["i", "you"].contains(&subject.as_str());
    let words = rest.split(' ').map(known_form).filter(|word| !ADVERBS.contains(&word.as_str()));
    let verbs: Vec<String> = words.take(if is_short { 1 } else { 2 }).collect();
    let has = |is_it: fn(&str) -> bool| verbs.iter().any(|verb| is_it(verb));
    if has(is_past_verb) || (subject.ends_with("'d") && has(|verb| verb == "been")) {
        return Some(Tense::Then);
    }
    let is_now = ["'m", "'re"].iter().any(|end| subject.ends_with(end)) || has(is_present_verb);
    let is_open = has(|verb| SAME_FORM.contains(&verb)) || chapter == Chapter::Apart;
    (is_now || !is_open).then_some(Tense::Now)
}

/// Is this certain to be a verb that tells of now?
fn is_present_verb(word: &str) -> bool {
    const BE: &[&str] = &["am", "are", "aren't", "can't", "don't"];
    let is_bare = || THIRD_PERSON.iter().any(|third| plain(third, Person::You) == word);
    !SAME_FORM.contains(&word) && (BE.contains(&word) || ends_as_third_person(word) || is_bare())
}

/// Has it an ending that a verb has after "Sam": "looks", but not "Sam's" or "kiss"?
pub fn ends_as_third_person(word: &str) -> bool {
    let word = known_form(word);
    let ends_so = ["'s", "ss", "us"].iter().all(|end| !word.ends_with(end));
    word.ends_with('s') && ends_so && !NO_VERBS.contains(&word.as_str())
}

/// Is this a verb that tells of then?
pub fn is_past_verb(word: &str) -> bool {
    let word = known_form(word);
    let is_regular = word.len() > 3 && word.ends_with("ed") && !word.ends_with("eed");
    is_regular || PAST.contains(&word.as_str())
}

/// Has it the form of a verb of then, or of one after "Sam"?
pub fn is_verb(word: &str) -> bool {
    is_past_verb(word) || ends_as_third_person(word)
}

/// Is there a verb behind the first word, as far as its form tells?
pub fn has_verb(text: &str) -> bool {
    text.split(' ').skip(2).any(is_verb)
}

/// "Money", "the dishes", "a long silence": is it a thing alone, as far as its form tells?
pub fn is_thing(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let first = first_word(text);
    match words.as_slice() {
        [_, _] => A.contains(&first.as_str()) || THE.contains(&first.as_str()),
        [_, _, _] => A.contains(&first.as_str()) && !has_verb(text),
        [one] => is_bare_thing(one) && !is_state(one),
        [] | [_, ..] => false,
    }
}

/// Before a thing that is there or isn't.
pub const A: &[&str] = &["a", "an", "no"];
/// Before a thing that is known already.
pub const THE: &[&str] = &["her", "his", "my", "our", "the", "their", "your"];
/// Single words that say when or how, and name nothing.
const NO_THINGS: &[&str] = &[
    "abroad", "afraid", "again", "alone", "always", "angry", "apart", "busy", "drunk", "early",
    "everywhere", "fine", "here", "home", "hungry", "ill", "late", "never", "now", "nowhere",
    "often", "sad", "sick", "sober", "sometimes", "soon", "there", "today", "together", "tonight",
    "unsafe", "upset", "well", "yesterday",
];

pub fn is_bare_thing(word: &str) -> bool {
    let word = known_form(word);
    let is_plain = word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic());
    let ends_otherwise = ["ed", "ly"].iter().any(|end| word.ends_with(end));
    is_plain && !ends_otherwise && !is_gerund(&word) && !NO_THINGS.contains(&word.as_str())
}

//! What is typed as a picture, without a verb that is anyone's: "her moving out", "a week of
//! distance"; and the names in it, as far as their form tells.

use super::piece::{JOINERS, NO_NAMES, after, first_word};
use super::request::is_gerund;
use super::state::{DEGREES, is_kind, is_state};
use super::verb::{
    A, ADVERBS, SUBJECT_PHRASES, THE, THIRD_PERSON, ends_as_third_person, has_verb, is_bare_thing,
    is_past_verb, is_verb,
};

/// Who may be in a picture.
const PEOPLE: &[&str] = &[
    "both", "everybody", "everyone", "her", "him", "his", "me", "my", "nobody", "no one", "our",
    "someone", "the two of us", "their", "them", "us", "us both", "you", "you both", "your",
    "the kids", "the children",
];
/// Names that look like verbs.
const NAMES: &[&str] = &[
    "agnes", "ahmed", "alexis", "alfred", "andreas", "boris", "carlos", "charles", "chris",
    "dennis", "doris", "elias", "francis", "hans", "iris", "jack", "james", "jared", "jonas",
    "jules", "lucas", "luis", "lukas", "mark", "matthias", "mohammed", "nicholas", "nicolas",
    "niels", "rob", "sue", "thomas", "tobias", "travis", "wilfred", "will",
];
/// Other first words before one in -s: what is done to several things, and how many there are.
const NO_NAME_BEFORE_S: &[&str] = &[
    "answer", "apologise", "ask", "avoid", "back", "badly", "bang", "bite", "blow", "bottle",
    "break", "burn", "buy", "call", "cancel", "check", "clean", "clear", "close", "cook", "count",
    "criticise", "cross", "cut", "deflect", "demand", "dismiss", "do", "dodge", "drink", "drop",
    "exchange", "few", "fewer", "find", "five", "fold", "forget", "four", "freeze", "give", "go",
    "hide", "hold", "hurl", "insult", "into", "less", "lock", "long", "make", "many", "mention",
    "miss", "mock", "more", "move", "name", "not", "off", "offer", "open", "order", "out", "pack",
    "pick", "play", "point", "quote", "raise", "read", "refuse", "repeat", "sadly", "same", "say",
    "search", "see", "send", "set", "several", "share", "sigh", "silently", "six", "skip", "slap",
    "smash", "spill", "start", "stay", "stonewall", "swallow", "swap", "take", "tears", "tell",
    "ten", "text", "three", "throw", "to", "try", "turn", "twist", "up", "use", "want", "wash",
    "watch", "wave", "wipe", "write",
];
/// Before something of which there is more than one, or some.
const QUANTITIES: &[&str] = &["another", "half", "less", "more"];
/// What there is so much of: "days of silence", "silence for days".
const LASTING: &[&str] = &[
    "days", "distance", "hours", "lots", "months", "nights", "plenty", "quiet", "silence", "tears",
    "weeks",
];
const NUMBERS: &[&str] =
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several"];
/// Who is not who does it.
const OBJECTS: &[&str] = &["him", "me", "them", "us"];
/// Before what belongs to a thing: "a week of distance".
const OF_A_THING: &[&str] =
    &["about", "at", "between", "for", "from", "in", "of", "on", "over", "with", "without"];

/// Someone doing something, or a thing, and no clause of either?
pub fn is_situation(text: &str) -> bool {
    let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    let is_in = |table: &[&str], word: &str| table.contains(&word);
    let is_some = match words.as_slice() {
        [number, what, of, ..] if is_in(NUMBERS, number) => is_in(LASTING, what) && of == "of",
        [what, of, ..] if is_in(LASTING, what) => is_in(OF_A_THING, of),
        [some, ..] => is_in(OBJECTS, some) || (is_in(QUANTITIES, some) && !has_verb(text)),
        [] => false,
    };
    is_some || is_doing(text) || is_thing_of(text) || is_large_thing(text)
}

/// "Her moving out", "both of us crying", "Sam not answering".
fn is_doing(text: &str) -> bool {
    let name = || text.split_once(' ').filter(|(name, _)| is_name(name)).map(|(_, rest)| rest);
    let someone = || {
        let (first, rest) = text.split_once(' ')?;
        let (_, rest) =
            rest.split_once(' ').filter(|_| THE.contains(&first.to_lowercase().as_str()))?;
        Some(rest)
    };
    let many = || text.split_once(' ').filter(|(many, _)| is_many(many)).map(|(_, rest)| rest);
    let people = PEOPLE.iter().chain(SUBJECT_PHRASES).filter_map(|people| after(text, people));
    let rests = people.chain(name()).chain(many()).chain(someone());
    rests.into_iter().any(|rest| is_gerund(without_adverbs(rest)))
}

/// "Doors" of "doors slamming", but not "keeps" of "keeps asking".
fn is_many(word: &str) -> bool {
    ends_as_third_person(word) && !THIRD_PERSON.contains(&word.to_lowercase().as_str())
}

fn without_adverbs(text: &str) -> &str {
    let adverb = |word: &&str| ADVERBS.contains(word) || ["both", "not"].contains(word);
    let rest = text.split_once(' ').filter(|(word, _)| adverb(word));
    rest.map_or(text, |(_, rest)| rest)
}

/// "Jo's place", but neither "Jo's silent" nor "Jo's crying".
pub fn is_thing_of(text: &str) -> bool {
    let Some((owner, thing)) = text.split_once(' ') else { return false };
    let is_whose = is_owner(owner) && !PRONOUNS.contains(&first_word(owner).as_str());
    is_whose && is_bare_thing(thing) && !is_state(thing) && !is_past_verb(thing)
}

/// "A week of distance", "a long walk home", "the usual silence".
fn is_large_thing(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let [first, second, third, ..] = words.as_slice() else { return false };
    let first = first.to_lowercase();
    let is_known_verb = |word: &&str| THIRD_PERSON.contains(word) || ["was", "were"].contains(word);
    let is_some = A.contains(&first.as_str()) && *second != "one";
    let is_known = THE.contains(&first.as_str());
    let has_verb_behind = match *second {
        "few" | "couple" => text.split(' ').skip(3).any(is_verb),
        _ => has_verb(text),
    };
    if OF_A_THING.contains(third) {
        (is_some || is_known) && !words.iter().any(is_known_verb)
    } else {
        (is_some || (is_known && is_kind(second))) && !has_verb_behind
    }
}

/// Who is no name before "'s".
const PRONOUNS: &[&str] =
    &["he", "here", "how", "it", "let", "she", "that", "there", "what", "who"];

/// "Sam's", and "mum's", as it begins a clause.
pub fn is_owner(word: &str) -> bool {
    let word = word.replace('’', "'");
    word.ends_with("'s") && first_word(&word) != "let"
}

/// Has it the form of a name, and is it no word that begins a deed or a thing?
pub fn is_name(word: &str) -> bool {
    let small = word.to_lowercase();
    let is_in = |tables: &[&[&str]]| tables.iter().any(|table| table.contains(&small.as_str()));
    let third = format!("{small}s");
    let is_verb = is_past_verb(&small) || THIRD_PERSON.contains(&third.as_str());
    let is_adverb = small.len() > 5 && small.ends_with("ly");
    let ends_otherwise = ends_as_third_person(&small) || is_gerund(&small) || is_adverb;
    let is_other = is_verb
        || ends_otherwise
        || is_kind(&small)
        || is_in(&[NO_NAMES, NO_NAME_BEFORE_S, JOINERS, ADVERBS, DEGREES]);
    let is_whole = word.starts_with(char::is_uppercase) && !word.contains(['\'', '’']);
    is_whole && (is_in(&[NAMES]) || !is_other)
}

//! Words typed without the verb or the article that a sentence needs: how someone is, and
//! things that there is one of.

use super::piece::{after, first_word};
use super::verb::ends_as_third_person;

/// How someone is, in words that alone are no deed.
const STATES: &[&str] = &[
    "afraid", "alone", "angry", "annoyed", "anxious", "bitter", "bored", "busy", "calm", "cold",
    "cross", "cruel", "curt", "defensive", "distant", "drunk", "furious", "gone", "icy",
    "impatient", "jealous", "loud", "mad", "mean", "nasty", "polite", "quiet", "rude", "sad",
    "sarcastic", "scared", "sharp", "silent", "smug", "sober", "sulky", "tense", "tired", "upset",
    "withdrawn",
];
/// What may stand before, and between, such words.
pub const DEGREES: &[&str] = &[
    "always", "and", "completely", "just", "often", "quite", "really", "so", "still", "suddenly",
    "too", "totally", "very",
];
/// Things that there is one of, as a talk may end with.
const COUNTED: &[&str] = &[
    "apology", "argument", "disagreement", "door", "fight", "goodbye", "hug", "joke", "kiss",
    "quarrel", "row", "scene", "shoulder", "shrug", "sigh", "standoff", "truce", "wall",
];
/// Things that there is one of once they are said to be of some kind.
const UNCOUNTED: &[&str] = &["distance", "quiet", "silence"];
/// Which kind, besides words in -ed.
const KINDS: &[&str] = &[
    "awkward", "bad", "big", "cold", "huge", "little", "long", "loud", "nasty", "quick", "quiet",
    "short", "silent", "small", "tense", "terrible",
];

/// Kinds of things that are met in number: "serious talks".
const KINDS_OF_MANY: &[&str] = &[
    "deep", "difficult", "emotional", "endless", "family", "hard", "harsh", "heavy", "important",
    "late", "money", "personal", "serious", "social", "weekend",
];
/// What may be in the air, and is no subject.
const ATMOSPHERES: &[&str] = &[
    "closeness", "conflict", "criticism", "disagreement", "distance", "drama", "friction", "noise",
    "pressure", "shouting", "silence", "stress", "tension", "trouble",
];

/// "Serious talks", "raised voices": things of some kind, of which there is more than one.
pub fn is_plural(text: &str) -> bool {
    let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    match words.as_slice() {
        [kind, things] | [kind, _, things] => is_kind(kind) && ends_as_third_person(things),
        [] | [_, ..] => false,
    }
}

/// "Big", "serious", "raised": does it say of which kind a thing is?
pub fn is_kind(word: &str) -> bool {
    let word = word.to_lowercase();
    let is_made = word.len() > 4 && word.ends_with("ed");
    is_made || [KINDS, KINDS_OF_MANY, STATES].concat().contains(&word.as_str())
}

/// "Conflict", "too much tension": is it a word alone for what may be in the air?
pub fn is_atmosphere(text: &str) -> bool {
    let text = text.to_lowercase();
    let how = text.split_once(' ').filter(|(kind, _)| is_kind(kind)).map(|(_, thing)| thing);
    let much = after(&text, "too much").or(how);
    ATMOSPHERES.contains(&much.unwrap_or(&text))
}

/// "Silent", "very quiet", "cold and distant": is it how someone is, and no deed?
pub fn is_state(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(' ').map(|word| word.trim_end_matches(','));
    let is_last = words.next_back().is_some_and(|last| STATES.contains(&last));
    is_last && words.all(|word| STATES.contains(&word) || DEGREES.contains(&word))
}

/// "A fight" of "fight", and "a slammed door" of "slammed door".
pub fn with_article(text: &str) -> Option<String> {
    let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    let is_in = |table: &[&str], word: &str| table.contains(&word);
    let is_thing = match words.as_slice() {
        [thing] => is_in(COUNTED, thing),
        [kind, thing] => {
            let is_kind = kind.ends_with("ed") || is_in(KINDS, kind);
            is_kind && (is_in(COUNTED, thing) || is_in(UNCOUNTED, thing))
        }
        [] | [_, ..] => false,
    };
    let article = if first_word(text).starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    is_thing.then(|| format!("{article} {}", words.join(" ")))
}

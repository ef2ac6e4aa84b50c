//! "I feel lonely when the phone stays on the table. I need to be heard."

use crate::practice::lists;
use crate::words::capitalize;

use super::need::need;
use super::piece::{small, tidy, time_clause, without_leads};
use super::request::request;
use super::verb::Tense;
use super::{Pieces, enumerate};

const LEADS: &[&str] =
    &["i feel", "i'm", "i am", "i'm feeling", "i am feeling", "i felt", "feeling", "feel"];
/// Ways of saying that there is no word for it yet.
const UNSURE: &[&str] = &[
    "i don't know", "i do not know", "don't know", "not sure", "not sure yet", "no idea",
    "i have no idea", "i've no idea",
];

/// The sentence; `None` without a feeling and a need.
pub fn feel(pieces: &Pieces) -> Option<String> {
    let partner = pieces.partner;
    let when = time_clause(pieces.first("when"), Tense::Now);
    let feeling = match feelings(pieces.all("under"), partner) {
        Feeling::Words(under) => Feeling::Words(under),
        Feeling::Unsure | Feeling::None => feelings(pieces.all("feeling"), partner),
    };
    let felt = match feeling {
        Feeling::Words(words) => Some(format!("I feel {words}")),
        Feeling::Unsure => Some("I'm not sure yet what I feel".to_owned()),
        Feeling::None => None,
    };
    let needs = each(pieces.all("need"), |typed| need(typed, partner));
    let need = (!needs.is_empty()).then(|| enumerate(&needs));
    let first = match (felt, need, when.is_empty()) {
        (None, None, _) => return None,
        (Some(felt), None, true) => format!("{felt}."),
        (Some(felt), None, false) => format!("{felt} {when}."),
        (Some(felt), Some(need), true) => format!("{felt}. I need {need}."),
        (Some(felt), Some(need), false) => format!("{felt} {when}. I need {need}."),
        (None, Some(need), true) => format!("I need {need}."),
        (None, Some(need), false) => format!("{}, I need {need}.", capitalize(&when)),
    };
    let request = request(pieces.first("request"), partner);
    Some([Some(first), request].into_iter().flatten().collect::<Vec<_>>().join(" "))
}

enum Feeling {
    Words(String),
    Unsure,
    None,
}

fn feelings(answers: &[String], partner: Option<&str>) -> Feeling {
    let (unsure, words): (Vec<String>, Vec<String>) =
        each(answers, |typed| bare(typed, partner)).into_iter().partition(|word| is_unsure(word));
    if !words.is_empty() {
        Feeling::Words(enumerate(&split_known(words)))
    } else if !unsure.is_empty() {
        Feeling::Unsure
    } else {
        Feeling::None
    }
}

/// Without "I feel", which the sentence says.
fn bare(typed: &str, partner: Option<&str>) -> String {
    let text = tidy(typed);
    if is_unsure(&text) { text } else { small(without_leads(&text, LEADS), partner) }
}

fn is_unsure(text: &str) -> bool {
    UNSURE.contains(&text.to_lowercase().replace('’', "'").as_str())
}

/// Several known feelings that were typed as one answer, each for itself.
fn split_known(words: Vec<String>) -> Vec<String> {
    let is_known = |word: &str| {
        lists::feelings().iter().flat_map(|group| &group.entries).any(|known| known.label == word)
    };
    let split = |word: String| {
        let parts: Vec<String> = word.split(',').map(|part| part.trim().to_lowercase()).collect();
        if parts.len() > 1 && parts.iter().all(|part| is_known(part)) { parts } else { vec![word] }
    };
    words.into_iter().flat_map(split).collect()
}

/// Each answer as a piece, once, without those that are empty.
pub fn each(answers: &[String], piece: impl Fn(&str) -> String) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in answers.iter().map(|answer| piece(answer)).filter(|piece| !piece.is_empty()) {
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }
    pieces
}

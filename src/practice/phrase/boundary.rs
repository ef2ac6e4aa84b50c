//! "I leave the room when voices get loud, and if it is crossed I go for a walk."

use super::Pieces;
use super::loops::trigger_clause;
use super::piece::{small, tidy, without_leads};

const ME: &[&str] = &["then", "i", "i'll", "i will", "i'd"];

/// The sentence; `None` without what one does.
pub fn boundary(pieces: &Pieces) -> Option<String> {
    let deed = |piece: &str| {
        let text = tidy(pieces.first(piece));
        small(without_leads(&text, ME), pieces.partner)
    };
    let (first, then) = (deed("do"), deed("then"));
    let when = trigger_clause(pieces.first("when"));
    if first.is_empty() {
        return None;
    }
    let when = if when.is_empty() { when } else { format!(" {when}") };
    let then = match then.is_empty() {
        true => then,
        false => format!(", and if it is crossed I {then}"),
    };
    Some(format!("I {first}{when}{then}."))
}

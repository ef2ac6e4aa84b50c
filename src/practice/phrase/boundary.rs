//! "I leave the room when voices get loud, and if it is crossed I go for a walk."

use super::Pieces;
use super::loops::trigger_clause;
use super::piece::{first_word, tidy, without_leads};
use super::subject::{my_clause, without_joints};
use super::verb::Tense;
use crate::words::capitalize;

/// What the sentence says before what follows, in whichever words it's typed.
const CROSSED: &[&str] = &[
    "if it is crossed",
    "if it's crossed",
    "if that isn't enough",
    "if that is not enough",
    "if it isn't enough",
    "if it doesn't help",
    "if that doesn't help",
    "if not",
    "or",
    "or else",
    "otherwise",
];

/// A boundary says what its writer will do.
pub fn ask_back(pieces: &Pieces) -> Option<&'static str> {
    let mine = my_clause(&tidy(pieces.first("do")), pieces.partner)?;
    let is_mine = ["i", "my"].contains(&first_word(&mine).as_str());
    (!is_mine).then_some("A boundary is about your side. What would you do?")
}

/// The sentence; `None` without what one does.
pub fn boundary(pieces: &Pieces) -> Option<String> {
    let clause = |text: &str| my_clause(text, pieces.partner);
    let first = capitalize(&clause(&tidy(pieces.first("do")))?);
    let when = trigger_clause(pieces.first("when"), Tense::Now);
    let when = if when.is_empty() { when } else { format!(" {when}") };
    let then = tidy(pieces.first("then"));
    let then = clause(without_leads(without_joints(&then), CROSSED));
    let then = then.map(|then| format!(", and if it is crossed {then}"));
    Some(format!("{first}{when}{}.", then.unwrap_or_default()))
}

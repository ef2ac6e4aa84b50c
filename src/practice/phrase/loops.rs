//! What goes back and forth between two, in one sentence; and, where it isn't safe, what
//! one does and what that looks after.

use super::feel::each;
use super::piece::{
    after_name, begins_with, capital, small, small_clause, tidy, time_clause, without_lead,
    without_leads,
};
use super::{Pieces, all};
use crate::entry::same;

const ME: &[&str] = &["i", "i'll", "i will"];
/// The subjects that the other's move may bring.
const THEM: &[&str] = &["he", "she", "they", "my"];
/// The story after which nothing is told as a thing of two.
const UNSAFE: &str = "it isn't safe to do anything else";
pub(super) const UNKNOWN: &str = "I don't know yet";

/// "When plans change, I go quiet, and you, as I see it, keep asking."
pub fn circle(pieces: &Pieces) -> Option<String> {
    if is_unsafe(pieces) {
        return unsafe_circle(pieces);
    }
    let story = story(pieces.first("story"));
    let mine = match (my_move(pieces), story.is_empty()) {
        (None, true) => None,
        (None, false) => Some(format!("I tell myself “{story}”")),
        (Some(deed), true) => Some(format!("I {deed}")),
        (Some(deed), false) => Some(format!("I {deed} and tell myself “{story}”")),
    };
    let theirs = their_move(pieces);
    let middle = match (mine, theirs) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one,
        (Some(mine), Some(theirs)) if theirs.starts_with("as ") => format!("{mine}, and, {theirs}"),
        (Some(mine), Some(theirs)) => format!("{mine}, and {theirs}"),
    };
    let ending = ending(pieces.first("ending"));
    Some(capital(&format!("{}{middle}{ending}.", opening(pieces))))
}

/// "When plans change, …", as long as nobody has moved.
pub fn beginning(pieces: &Pieces) -> Option<String> {
    let opening = opening(pieces);
    (!opening.is_empty()).then(|| capital(&format!("{opening}…")))
}

/// "Start in the middle, and it goes: when you keep asking, I go quiet."
pub fn turn(pieces: &Pieces) -> Option<String> {
    let text = tidy(pieces.first("their-move"));
    let (mine, theirs) = (my_move(pieces)?, subject_and_move(&text, pieces)?);
    let theirs = match theirs {
        (true, deed) => format!("you {deed}"),
        (false, deed) => deed,
    };
    let turned = format!("Start in the middle, and it goes: when {theirs}, I {mine}.");
    (!is_unsafe(pieces)).then_some(turned)
}

fn is_unsafe(pieces: &Pieces) -> bool {
    same(&story(pieces.first("story")), UNSAFE)
}

fn unsafe_circle(pieces: &Pieces) -> Option<String> {
    let deed = my_move(pieces)?;
    let first = capital(&format!("{}I {deed}, because {UNSAFE}.", opening(pieces)));
    let kept = protects(pieces).map(|kept| format!(" It looks after {kept}."));
    Some(first + &kept.unwrap_or_default())
}

/// "When voices get loud, I leave the room, and it looks after my safety."
pub fn shelter(pieces: &Pieces) -> Option<String> {
    if is_unsafe(pieces) {
        return unsafe_circle(pieces);
    }
    let deed = my_move(pieces)?;
    let kept = protects(pieces).map(|kept| format!(", and it looks after {kept}"));
    Some(capital(&format!("{}I {deed}{}.", opening(pieces), kept.unwrap_or_default())))
}

/// The clause of when, with a comma and a space, where there is one.
fn opening(pieces: &Pieces) -> String {
    let clause = trigger_clause(pieces.first("trigger"));
    if clause.is_empty() { clause } else { format!("{clause}, ") }
}

/// A leading "when" or "if" is the sentence's own "when".
pub fn trigger_clause(typed: &str) -> String {
    let text = tidy(typed);
    time_clause(without_lead(&text, &["when", "if"]))
}

fn my_move(pieces: &Pieces) -> Option<String> {
    let text = tidy(pieces.first("move"));
    let deed = small(without_leads(&text, ME), pieces.partner);
    (!deed.is_empty()).then_some(deed)
}

fn story(typed: &str) -> String {
    let text = tidy(typed);
    tidy(without_leads(&text, &["i tell myself", "i tell myself that", "that"]))
}

fn their_move(pieces: &Pieces) -> Option<String> {
    let text = tidy(pieces.first("their-move"));
    let (is_you, deed) = subject_and_move(&text, pieces)?;
    let subject = if is_you { "you, " } else { "" };
    Some(format!("{subject}as I see it, {deed}"))
}

/// Is it "you" who moves, and the move; another subject stands in it.
fn subject_and_move(text: &str, pieces: &Pieces) -> Option<(bool, String)> {
    let named = pieces.partner.is_some_and(|name| after_name(text, name).is_some());
    let text = without_leads(text, &["you", "you'll", "you will"]);
    let is_you = !named && !begins_with(text, THEM);
    (!text.is_empty()).then(|| (is_you, small(text, pieces.partner)))
}

fn ending(typed: &str) -> String {
    let text = tidy(typed);
    let text = small_clause(without_leads(&text, &["and it ends", "it ends", "ends"]));
    if text.is_empty() { text } else { format!(", and it ends {text}") }
}

fn protects(pieces: &Pieces) -> Option<String> {
    all(&each(pieces.all("protects"), |typed| small(&tidy(typed), pieces.partner)))
}

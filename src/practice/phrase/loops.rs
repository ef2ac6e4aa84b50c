//! What goes back and forth between two, in one sentence; and, where it isn't safe, what
//! one does and what that looks after.

use super::feel::each;
use super::piece::{
    after, begins_with, small, small_clause, tidy, tidy_question, time_clause, without_lead,
    without_leads,
};
use super::situation::is_situation;
use super::state::{is_plural, with_article};
use super::subject::{
    TheirClause, is_nothing, my_clause, subject_clause, their_clause, without_joints,
};
use super::verb::{A, Tense, has_no_verb, has_verb, is_thing, tense_of};
use super::{Pieces, all};
use crate::config::Chapter;
use crate::entry::same;
use crate::words::capitalize;

/// What the sentence says before a story, and before an ending.
const TELLING: &[&str] = &[
    "and tell myself", "and i tell myself", "tell myself", "i tell myself", "and told myself",
    "and i told myself", "told myself", "i told myself", "that",
];
const ENDING: &[&str] = &["it ends", "ends", "it ended", "ended", "in the end"];
/// The story after which nothing is told as a thing of two.
const UNSAFE: &str = "it isn't safe to do anything else";
const WAS_UNSAFE: &str = "it wasn't safe to do anything else";
pub(super) const UNKNOWN: &str = "I don't know yet";

/// "When plans change, I go quiet, and you, as I see it, keep asking."
pub fn circle(pieces: &Pieces) -> Option<String> {
    if is_unsafe(pieces) {
        return unsafe_circle(pieces);
    }
    let story = story(pieces.first("story"));
    let tense = tense(pieces);
    let tell = tense.of("tell", "told");
    let mine = match (my_move(pieces), story.is_empty()) {
        (None, true) => None,
        (None, false) => Some(format!("I {tell} myself “{story}”")),
        (Some(mine), true) => Some(mine),
        (Some(mine), false) => {
            let me = if begins_with(&mine, &["i", "i'm", "i've", "i'd"]) { "" } else { "I " };
            Some(format!("{mine} and {me}{tell} myself “{story}”"))
        }
    };
    let theirs = their_move(pieces)
        .map(|theirs| if does_the_same(pieces) { format!("{theirs}, too") } else { theirs });
    let middle = match (mine, theirs) {
        (None, None) => return None,
        (Some(one), None) | (None, Some(one)) => one,
        (Some(mine), Some(theirs)) if theirs.starts_with("as ") => format!("{mine}, and, {theirs}"),
        (Some(mine), Some(theirs)) => format!("{mine}, and {theirs}"),
    };
    let ending = ending(pieces.first("ending"), tense, pieces.partner);
    Some(capitalize(&format!("{}{middle}{ending}.", opening(pieces))))
}

/// "When plans change, …", as long as nobody has moved.
pub fn beginning(pieces: &Pieces) -> Option<String> {
    let opening = opening(pieces);
    (!opening.is_empty()).then(|| capitalize(&format!("{opening}…")))
}

/// "Start in the middle, and it goes: when you keep asking, I go quiet."
pub fn turn(pieces: &Pieces) -> Option<String> {
    let (mine, theirs) = (my_move(pieces)?, their_clause_of(pieces)?);
    let theirs = match theirs {
        TheirClause::You(deed) => format!("you {}", tense(pieces).told(&deed)),
        TheirClause::Other(clause) => clause,
    };
    let tense = tense(pieces);
    let so = format!("so {} I", tense.of("do", "did"));
    let mine = if does_the_same(pieces) { so } else { mine };
    let goes = tense.of("goes", "went");
    let turned = format!("Start in the middle, and it {goes}: when {theirs}, {mine}.");
    (!is_unsafe(pieces)).then_some(turned)
}

/// Does the one do what the other does?
fn does_the_same(pieces: &Pieces) -> bool {
    match their_clause_of(pieces) {
        Some(TheirClause::You(deed)) => my_move(pieces) == Some(format!("I {deed}")),
        Some(TheirClause::Other(_)) | None => false,
    }
}

fn is_unsafe(pieces: &Pieces) -> bool {
    same(&tidy(&story(pieces.first("story"))), UNSAFE)
}

fn unsafe_circle(pieces: &Pieces) -> Option<String> {
    let mine = my_move(pieces)?;
    let tense = tense(pieces);
    let because = tense.of(UNSAFE, WAS_UNSAFE);
    let first = capitalize(&format!("{}{mine}, because {because}.", opening(pieces)));
    let kept = protects(pieces).map(|kept| format!(" It {} {kept}.", tense.looks_after()));
    Some(first + &kept.unwrap_or_default())
}

/// "When voices get loud, I leave the room, and it looks after my safety."
pub fn shelter(pieces: &Pieces) -> Option<String> {
    if is_unsafe(pieces) {
        return unsafe_circle(pieces);
    }
    let mine = my_move(pieces)?;
    let looks_after = tense(pieces).looks_after();
    let kept = protects(pieces).map(|kept| format!(", and it {looks_after} {kept}"));
    Some(capitalize(&format!("{}{mine}{}.", opening(pieces), kept.unwrap_or_default())))
}

impl Tense {
    /// What the other one is, or is doing, as it was where the rest is of then.
    fn told(self, deed: &str) -> String {
        match (self, after(deed, "are")) {
            (Tense::Then, Some(rest)) => format!("were {rest}"),
            (Tense::Then, None) | (Tense::Now, _) => deed.to_owned(),
        }
    }

    fn looks_after(self) -> &'static str {
        self.of("looks after", "looked after")
    }
}

/// As the first of these tells that says so: what one does, what the other one does, and what
/// comes before. Where none of them does, as the questions ask.
fn tense(pieces: &Pieces) -> Tense {
    let trigger = tidy(pieces.first("trigger"));
    let trigger = without_lead(&trigger, &["when", "if"]);
    let has_verb = |piece: &str| !has_no_verb(&tidy(pieces.first(piece)));
    let mine = || my_clause(&tidy(pieces.first("move")), pieces.partner);
    let theirs = || match their_clause_of(pieces)? {
        TheirClause::You(deed) => Some(format!("you {deed}")),
        TheirClause::Other(clause) => Some(clause),
    };
    let trigger = || (!has_no_verb(trigger)).then(|| trigger.to_owned());
    let tense_of = |clause: String| tense_of(&clause, pieces.chapter);
    let mine = has_verb("move").then(mine).flatten().and_then(tense_of);
    let theirs = || has_verb("their-move").then(theirs).flatten().and_then(tense_of);
    mine.or_else(theirs).or_else(|| trigger().and_then(tense_of)).unwrap_or(match pieces.chapter {
        Chapter::Together => Tense::Now,
        Chapter::Apart => Tense::Then,
    })
}

/// The clause of when, with a comma and a space, where there is one.
fn opening(pieces: &Pieces) -> String {
    let clause = trigger_clause(pieces.first("trigger"), tense(pieces));
    if clause.is_empty() { clause } else { format!("{clause}, ") }
}

/// A leading "when" or "if" is the sentence's own "when".
pub fn trigger_clause(typed: &str, tense: Tense) -> String {
    let text = tidy(typed);
    time_clause(without_lead(&text, &["when", "if"]), tense)
}

fn my_move(pieces: &Pieces) -> Option<String> {
    let typed = tidy(pieces.first("move"));
    let clause = my_clause(&typed, pieces.partner)?;
    Some(match (tense(pieces), after(&clause, "I'm").filter(|_| has_no_verb(&typed))) {
        (Tense::Then, Some(rest)) => format!("I was {rest}"),
        (Tense::Then, None) | (Tense::Now, _) => clause,
    })
}

fn story(typed: &str) -> String {
    tidy_question(without_leads(&tidy_question(typed), TELLING))
}

fn their_clause_of(pieces: &Pieces) -> Option<TheirClause> {
    their_clause(&tidy(pieces.first("their-move")), pieces.partner)
}

fn their_move(pieces: &Pieces) -> Option<String> {
    Some(match their_clause_of(pieces)? {
        TheirClause::You(deed) => format!("you, as I see it, {}", tense(pieces).told(&deed)),
        TheirClause::Other(clause) => format!("as I see it, {clause}"),
    })
}

/// "it ends in tears", "it ends with us crying", and "in the end I sleep on the couch".
fn ending(typed: &str, tense: Tense, partner: Option<&str>) -> String {
    let text = tidy(typed);
    let text = without_leads(without_joints(&text), ENDING);
    let ends = tense.of("ends", "ended");
    if is_nothing(text) {
        return String::new();
    }
    if let Some(thing) = with_article(text) {
        return format!(", and it {ends} with {thing}");
    }
    if after(text, "the same").is_some_and(|rest| !has_verb(&format!("the same {rest}"))) {
        return format!(", and it {ends} {}", small_clause(text));
    }
    if is_thing(text) || is_plural(text) {
        return format!(", and it {ends} with {}", small(text, partner));
    }
    if is_situation(text) {
        return format!(", and it {ends} with {}", small_clause(text));
    }
    match subject_clause(text, partner) {
        Some(clause) => format!(", and in the end {clause}"),
        None if begins_with(text, A) => format!(", and in the end {}", small_clause(text)),
        None => format!(", and it {ends} {}", small_clause(text)),
    }
}

fn protects(pieces: &Pieces) -> Option<String> {
    all(&each(pieces.all("protects"), |typed| small(&tidy(typed), pieces.partner)))
}

//! Sentences built from what was answered a piece at a time: pieces in, one well-formed
//! sentence out. What a grammar has no rule for goes in as it was typed, and too few
//! pieces make no sentence.

mod boundary;
mod feel;
mod loops;
mod need;
mod piece;
mod plan;
mod request;
mod situation;
mod state;
mod subject;
#[cfg(test)]
mod tests;
mod verb;

use serde::Deserialize;

use crate::config::Chapter;
use crate::entry::same;

pub use piece::small;
pub use plan::{plan, split_plan};

/// The rules by which pieces become a sentence. A practice file names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grammar {
    /// "I feel … when …. I need …. Would you be willing to …?"
    Feel,
    /// "If …, then I will …."
    Plan,
    /// "When …, I … and tell myself “…”, and you, as I see it, …, and it ends …."
    Loop,
    /// "When …, I …, and it looks after …."
    Shelter,
    /// "I … when …, and if it is crossed I …."
    Boundary,
}

impl Grammar {
    /// What its pieces are called, in the order in which they are asked.
    pub fn pieces(self) -> &'static [&'static str] {
        match self {
            Grammar::Feel => &["feeling", "under", "when", "need", "request"],
            Grammar::Plan => &["if", "then"],
            Grammar::Loop => &["trigger", "move", "story", "their-move", "ending"],
            Grammar::Shelter => &["trigger", "move", "protects"],
            Grammar::Boundary => &["do", "when", "then"],
        }
    }

    /// What it reads besides, where it isn't safe to do anything else.
    pub fn asides(self) -> &'static [&'static str] {
        match self {
            Grammar::Loop => &["protects"],
            Grammar::Shelter => &["story"],
            Grammar::Feel | Grammar::Plan | Grammar::Boundary => &[],
        }
    }

    /// How a sentence stands whose pieces are not yet enough for one: "When plans change, …"
    pub fn begin(self, pieces: &Pieces) -> Option<String> {
        match self {
            Grammar::Loop | Grammar::Shelter => loops::beginning(pieces),
            Grammar::Feel | Grammar::Plan | Grammar::Boundary => None,
        }
    }

    /// What goes back and forth, told from its middle.
    pub fn turn(self, pieces: &Pieces) -> Option<String> {
        match self {
            Grammar::Loop => loops::turn(pieces),
            Grammar::Feel | Grammar::Plan | Grammar::Shelter | Grammar::Boundary => None,
        }
    }

    /// What to ask back where the sentence says what someone else will do.
    pub fn ask_back(self, pieces: &Pieces) -> Option<&'static str> {
        match self {
            Grammar::Boundary => boundary::ask_back(pieces),
            Grammar::Feel | Grammar::Plan | Grammar::Loop | Grammar::Shelter => None,
        }
    }

    /// The sentence that the pieces make, if they are enough for one.
    pub fn build(self, pieces: &Pieces) -> Option<String> {
        match self {
            Grammar::Feel => feel::feel(pieces),
            Grammar::Plan => plan(pieces.first("if"), pieces.first("then"), pieces.partner),
            Grammar::Loop => loops::circle(pieces),
            Grammar::Shelter => loops::shelter(pieces),
            Grammar::Boundary => boundary::boundary(pieces),
        }
    }
}

/// What was answered, by the names that the grammar has for its pieces.
#[derive(Clone, Debug, Default)]
pub struct Pieces<'a> {
    /// Every answer to each piece; a piece without an answer is left out.
    pub answers: Vec<(&'a str, Vec<String>)>,
    /// The name that was set for the partner, which keeps its capital.
    pub partner: Option<&'a str>,
    /// Apart, the questions ask of then.
    pub chapter: Chapter,
}

impl Pieces<'_> {
    fn all(&self, piece: &str) -> &[String] {
        let found = self.answers.iter().find(|(name, _)| *name == piece);
        found.map_or(&[], |(_, answers)| answers.as_slice())
    }

    fn first(&self, piece: &str) -> &str {
        self.all(piece).first().map_or("", String::as_str)
    }
}

/// Several answers with "and" before the last, but for "I don't know yet"; `None` of none.
pub fn all(words: &[String]) -> Option<String> {
    let known: Vec<String> =
        words.iter().filter(|word| !same(word, loops::UNKNOWN)).cloned().collect();
    (!known.is_empty()).then(|| enumerate(&known))
}

/// "a, b and c".
pub fn enumerate(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

//! What a practice offers besides keeping the entry, where the answers call for it.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use serde::Deserialize;

use crate::entry::Answer;

use super::{Condition, Practice, all_match};

/// A few words and some ways on. Which one is chosen is kept nowhere.
#[derive(Clone, Debug)]
pub struct Offer {
    pub say: String,
    pub when: Vec<Condition>,
    pub ways: Vec<OfferWay>,
}

#[derive(Clone, Debug)]
pub struct OfferWay {
    pub label: String,
    pub opens: OfferTarget,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferTarget {
    /// Nothing more: the entry is kept.
    End,
    /// A question of this practice, which is asked nowhere else.
    Question(String),
    /// Another practice, once this entry is kept.
    Practice(String),
    /// A page to read, which comes back to the offer.
    Page(HelpPage),
}

/// A page of help that a session shows on its own screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelpPage {
    /// About safety.
    Safety,
    /// About people to talk to.
    Support,
}

impl HelpPage {
    /// The page, wrapped at 80; the same for everyone.
    pub const fn text(self) -> &'static str {
        match self {
            HelpPage::Safety => include_str!("help/safety.txt"),
            HelpPage::Support => include_str!("help/support.txt"),
        }
    }
}

impl Practice {
    /// What these answers call for.
    pub fn fitting_offer(&self, answers: &[Answer]) -> Option<&Offer> {
        self.offer.as_ref().filter(|offer| all_match(&offer.when, answers))
    }

    /// The practices that it offers next.
    pub fn offered_practices(&self) -> impl Iterator<Item = &str> {
        let ways = self.offer.iter().flat_map(|offer| &offer.ways);
        ways.filter_map(|way| match &way.opens {
            OfferTarget::Practice(name) => Some(name.as_str()),
            OfferTarget::End | OfferTarget::Question(_) | OfferTarget::Page(_) => None,
        })
    }

    /// Is this question asked only where it is chosen in the offer?
    pub fn is_offered(&self, question: &str) -> bool {
        let opens = |way: &OfferWay| way.opens == OfferTarget::Question(question.to_owned());
        self.offer.iter().flat_map(|offer| &offer.ways).any(opens)
    }
}

//! Why an entry has no answer to a question.

use crate::config::Chapter;
use crate::entry::Entry;

use super::{Fear, Form, Practice, Question, all_match};

/// Why a number is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingReason {
    /// The question would be asked beside these answers, and none was given.
    Skipped,
    /// The writer said that they couldn't say.
    CantSay,
    /// The other answers, or the part of the practice, leave the question out.
    NotAsked,
}

impl MissingReason {
    /// Every reason, with its code in tables and what that means.
    pub const CODES: [(MissingReason, &'static str, &'static str); 3] = [
        (MissingReason::Skipped, "skipped", "asked, and not answered"),
        (MissingReason::CantSay, "cant-say", "answered with “can't say”"),
        (MissingReason::NotAsked, "not-asked", "not asked in this entry"),
    ];

    /// Its code in tables.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(reason, ..)| *reason == self).map_or("", |(_, code, _)| code)
    }
}

impl Practice {
    /// Why this entry of the practice has no answer to a question. No entry keeps what it was
    /// not asked, so the practice's file says it, as it is now and in the form without care or
    /// separation.
    pub fn missing_reason(&self, question: &str, entry: &Entry) -> MissingReason {
        match self.asks(question, entry) {
            true => MissingReason::Skipped,
            false => MissingReason::NotAsked,
        }
    }

    /// The form of most entries.
    pub fn in_usual_form(self) -> Practice {
        self.adapted_to(Form { fear: Fear::None, chapter: Chapter::Together })
    }

    fn asks(&self, question: &str, entry: &Entry) -> bool {
        let later = self.follow_up.iter().flat_map(|follow_up| &follow_up.questions);
        let mut asked: Box<dyn Iterator<Item = &Question>> = match entry.about {
            Some(_) => Box::new(later),
            None => Box::new(self.questions.iter()),
        };
        asked.any(|q| {
            q.id == question
                && all_match(&q.when, &entry.answers)
                && !self.is_offered(&q.id)
                && self.has_reached(q, entry)
        })
    }

    /// One session of a practice in parts asks one of its sections.
    fn has_reached(&self, question: &Question, entry: &Entry) -> bool {
        let section = |id: &str| self.question(id).and_then(|q| q.section.as_ref());
        !self.parts
            || entry.answers.iter().any(|a| section(&a.question) == question.section.as_ref())
    }
}

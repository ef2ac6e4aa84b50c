//! Why an entry has no answer to a question.

use crate::entry::Entry;

use super::{Practice, Question, all_match};

/// Why a number is missing. An entry keeps what was answered and nothing of what was asked:
/// a question may have been skipped, or left out because the answers came from flags, the
/// session ended early, or the journal was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingReason {
    /// The question may have been asked beside these answers, and has none.
    Unanswered,
    /// The writer said that they couldn't say.
    CantSay,
    /// The other answers, or the part of the practice, leave the question out.
    NotAsked,
    /// It was answered as another kind of question, or on another scale than now.
    AskedOtherwise,
}

impl MissingReason {
    /// Every reason, with its code in tables and what that means.
    pub const CODES: [(MissingReason, &'static str, &'static str); 4] = [
        (MissingReason::Unanswered, "unanswered", "skipped, or not asked that time"),
        (MissingReason::CantSay, "cant-say", "answered with “can't say”"),
        (MissingReason::NotAsked, "not-asked", "not asked beside these answers"),
        (
            MissingReason::AskedOtherwise,
            "asked-otherwise",
            "answered on another scale, or as another kind of question",
        ),
    ];

    /// Its code in tables.
    pub fn code(self) -> &'static str {
        Self::CODES.iter().find(|(reason, ..)| *reason == self).map_or("", |(_, code, _)| code)
    }
}

impl Practice {
    /// Would this form ask the question beside an entry's answers?
    pub fn may_ask(&self, question: &str, entry: &Entry) -> bool {
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

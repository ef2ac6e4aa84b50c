//! What is made of one practice: one part alone, or what it asks later about an entry.

use super::{Practice, Question};

impl Practice {
    /// The primary question in another wording.
    pub fn asking_primary(mut self, ask: String) -> Practice {
        let primary = self.questions.iter_mut().find(|question| question.id == self.primary);
        primary.into_iter().for_each(|question| question.ask.clone_from(&ask));
        self
    }

    /// One part alone, by its place from 1.
    pub fn part(mut self, number: usize) -> Option<Practice> {
        let count = self.sections.len();
        let section = self.sections.get(number.checked_sub(1)?)?.clone();
        self.questions.retain(|q| q.section.as_ref() == Some(&section.id));
        self.primary = self.questions.first()?.id.clone();
        self.title = format!("{}, session {number} of {count}", self.title);
        self.sentences.retain(|it| it.section.as_ref().is_none_or(|id| *id == section.id));
        self.sections = vec![section];
        Some(self)
    }

    /// The part that an unfinished session was in.
    pub fn only_questions(self, asked: &[String]) -> Practice {
        let was_asked = |q: &&Question| asked.contains(&q.id);
        let section = self.questions.iter().find(was_asked).and_then(|q| q.section.as_ref());
        let place = self.sections.iter().position(|s| Some(&s.id) == section);
        match place.filter(|_| self.parts) {
            Some(place) => self.clone().part(place + 1).unwrap_or(self),
            None => self,
        }
    }

    /// What is asked later of an entry, as a practice of its own.
    pub fn following_up(mut self) -> Option<Practice> {
        let follow_up = self.follow_up.take()?;
        self.primary = follow_up.questions.first()?.id.clone();
        self.questions = follow_up.questions;
        self.follow_up_lead = follow_up.lead;
        self.closing = follow_up.closing;
        self.closing_by_day.clear();
        self.intro = None;
        self.more = None;
        self.rehearsal = None;
        self.offer = None;
        self.sections.clear();
        self.recalls.clear();
        self.month = None;
        self.sentences.clear();
        self.parts = false;
        self.follows_up.clear();
        Some(self)
    }
}

//! What is made of one practice: one part alone, or what it asks later about an entry.

use crate::entry::{Answer, Value};

use super::{Condition, ConditionalLine, Practice, Question, QuestionKind};

impl Practice {
    /// The question of this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        let of_sentence = self.sentences.iter().map(|sentence| &sentence.question);
        self.questions.iter().chain(of_sentence).find(|q| q.id == id)
    }

    /// The primary question in another wording.
    pub fn asking_primary(mut self, ask: String) -> Practice {
        let primary = self.questions.iter_mut().find(|question| question.id == self.primary);
        primary.into_iter().for_each(|question| question.ask.clone_from(&ask));
        self
    }

    /// What it asks, what it asks back later, and what it builds of the answers.
    pub fn all_questions(&self) -> impl Iterator<Item = &Question> {
        let later = self.follow_up.iter().flat_map(|f| &f.questions);
        let built = self.sentences.iter().map(|sentence| &sentence.question);
        self.questions.iter().chain(later).chain(built)
    }

    /// The names under which its patterns stand beside others.
    pub fn looks(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().filter_map(|pattern| pattern.look.as_deref())
    }

    /// Every condition on what it asks, and on what it says by the answers.
    pub(super) fn conditions_mut(&mut self) -> Vec<&mut Condition> {
        let mut questions: Vec<&mut Question> = self.questions.iter_mut().collect();
        let mut lines: Vec<&mut ConditionalLine> = self.closing.iter_mut().collect();
        lines.extend(self.more.iter_mut().flat_map(|more| &mut more.say));
        lines.extend(self.sections.iter_mut().flat_map(|section| &mut section.closing));
        if let Some(follow_up) = &mut self.follow_up {
            questions.extend(&mut follow_up.questions);
            lines.extend(&mut follow_up.closing);
        }
        let mut all: Vec<&mut Condition> = Vec::new();
        for question in questions {
            all.extend(&mut question.when);
            let around = question.helps.iter_mut().chain(&mut question.reply);
            lines.extend(question.asks.iter_mut().chain(around));
        }
        all.extend(lines.into_iter().flat_map(|line| &mut line.when));
        all.extend(self.offer.iter_mut().flat_map(|offer| &mut offer.when));
        all.extend(self.word_notes.iter_mut().flat_map(|note| &mut note.when));
        all
    }

    /// Parts the answers that become the entry's tags from those that stay.
    pub fn part_tags(&self, answers: Vec<Answer>) -> (Vec<Answer>, Vec<String>) {
        let is_tags = |a: &Answer| {
            matches!(self.question(&a.question), Some(Question { kind: QuestionKind::Tags, .. }))
        };
        let (tags, answers): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_tags);
        let tags = tags
            .iter()
            .flat_map(|a| if let Value::Chosen(tags) = &a.value { &tags[..] } else { &[] });
        (answers, tags.cloned().collect())
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

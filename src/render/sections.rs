//! The parts of a practice, as headings among an entry's answers.

use crate::entry::{Answer, Entry, Value};
use crate::practice::{LoadedPractice, Practice, Practices, name_partner};

use super::clean_line;

/// The parts of an entry's practice; of one without several, no heading.
#[derive(Clone, Copy)]
pub struct Sections<'a> {
    practice: Option<&'a Practice>,
}

/// Answers that stand below one heading.
pub struct AnswerGroup<'e> {
    pub title: Option<String>,
    pub answers: Vec<&'e Answer>,
}

impl<'a> Sections<'a> {
    /// As the practice's file has them now.
    pub fn of(entry: &Entry, practices: &'a Practices) -> Sections<'a> {
        let practice = practices.get(&entry.practice).and_then(LoadedPractice::practice);
        Sections { practice: practice.filter(|practice| practice.sections.len() > 1) }
    }

    /// The heading above this answer.
    pub fn title(&self, answer: &Answer) -> Option<String> {
        let practice = self.practice?;
        let question = practice.question(&answer.question)?;
        let section =
            practice.sections.iter().find(|s| Some(&s.id) == question.section.as_ref())?;
        Some(clean_line(&name_partner(&section.title, None)))
    }

    /// The answers in their order, cut wherever another heading begins.
    pub fn groups<'e>(&self, answers: Vec<&'e Answer>) -> Vec<AnswerGroup<'e>> {
        let mut groups: Vec<AnswerGroup> = Vec::new();
        for answer in answers {
            let title = self.title(answer);
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.answers.push(answer),
                None => groups.push(AnswerGroup { title, answers: vec![answer] }),
            }
        }
        groups
    }
}

/// What was answered: of several choices each by itself, anything else in one piece.
pub fn spoken(answer: &Answer) -> Vec<String> {
    match &answer.value {
        Value::Chosen(_) => answer.chosen(),
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) => vec![answer.text()],
    }
}

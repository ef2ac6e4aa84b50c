//! The parts of a practice, as headings among an entry's answers.

use crate::entry::{Answer, Entry, Value};
use crate::practice::{Form, Practice, Practices, name_partner};

use super::clean_line;

/// The parts of an entry's practice, in the form in which it was asked; of one without
/// several, no heading.
#[derive(Clone, Copy)]
pub struct Sections<'a> {
    practice: Option<&'a Practice>,
    form: Form,
}

/// Answers that stand below one heading.
pub struct AnswerGroup<'e> {
    pub title: Option<String>,
    pub answers: Vec<&'e Answer>,
}

impl<'a> Sections<'a> {
    /// As the practice's file has them now, where nobody in particular reads.
    pub fn of(entry: &Entry, practices: &'a Practices) -> Sections<'a> {
        Sections::read_in(entry, practices, Form::USUAL)
    }

    /// As the reader's form has them, unless the entry's own words tell its form.
    pub fn read_in(entry: &Entry, practices: &'a Practices, form: Form) -> Sections<'a> {
        let practice = practices.practice(&entry.practice);
        let practice = practice.filter(|practice| practice.sections.len() > 1);
        let form = practice.map_or(form, |practice| practices.form_of(entry, practice, form));
        Sections { practice, form }
    }

    /// The heading above this answer.
    pub fn title(&self, answer: &Answer) -> Option<String> {
        let practice = self.practice?;
        // An answer to what that form leaves out stays where it belongs.
        let section = practice.question(&answer.question)?.section.as_ref()?;
        let section = practice.sections.iter().find(|other| other.id == *section)?;
        Some(clean_line(&name_partner(&section.title_in(self.form), None)))
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

/// The answer's paragraphs: one for each of several choices, and one for anything else.
pub fn spoken(answer: &Answer) -> Vec<String> {
    match &answer.value {
        Value::Chosen(_) => answer.chosen(),
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) => vec![answer.text()],
    }
}

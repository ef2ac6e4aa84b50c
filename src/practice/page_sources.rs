//! "Your page" of earlier sessions: which of them it is made of, and what of it already
//! was on the page before.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};
use crate::words::{day_range_words, long_day};

use super::connections::days_before;
use super::own_page::{
    LaterAnswer, OwnPage, OwnPagePart, SPAN, SPAN_HEADING, is_own_page, page_answer,
};
use super::{EarlierEntries, Practice};

/// Days after which words of a page are dated, where it has newer ones. A choice for the next
/// month is then over.
const MONTH: u32 = 31;

/// A heading of two pages whose words are the same answer.
pub struct RepeatedPart {
    pub heading: String,
    /// "28 November", the day of that answer.
    pub day: String,
}

impl<'a> EarlierEntries<'a> {
    /// The newest page of a practice.
    pub fn newest_page(self, practice: &str) -> Option<&'a Entry> {
        self.of(practice, 0).find(|entry| is_own_page(entry))
    }

    /// The last page that is old enough to stand beside this one.
    pub fn page_before(self, practice: &Practice, page: &Entry) -> Option<&'a Entry> {
        let days = practice.page.as_ref()?.beside_days;
        let last = days_before(self.clock.day_of(page.at), days);
        let is_old = |entry: &&Entry| self.clock.day_of(entry.at) <= last;
        self.of(&practice.name, 0).filter(is_old).find(|entry| is_own_page(entry))
    }

    /// The newest session of a section.
    pub fn newest_session(self, practice: &Practice, section: &str) -> Option<&'a Entry> {
        self.sessions(practice, section).next()
    }

    /// The session that a part of the page is from: the newest that says anything of it, in
    /// whichever form. What was done about a next step is told of the newest session alone.
    fn session_of(self, practice: &Practice, part: &OwnPagePart) -> Option<&'a Entry> {
        let mut sessions = self.sessions(practice, part.section.get_ref());
        if part.later.is_some() {
            return sessions.next();
        }
        let parts = practice.page.iter().flat_map(|layout| &layout.parts);
        let alike: Vec<&OwnPagePart> = parts.filter(|it| it.id == part.id).collect();
        let says = |part: &&OwnPagePart, session: &Entry| {
            !part.answers(practice, session, None, None).is_empty()
        };
        sessions.find(|session| alike.iter().any(|part| says(part, session)))
    }

    /// The sessions of a section, the newest first.
    fn sessions<'b>(
        self,
        practice: &'b Practice,
        section: &'b str,
    ) -> impl Iterator<Item = &'a Entry> + use<'a, 'b> {
        let is_inside = move |entry: &&Entry| {
            let mut inside =
                practice.questions.iter().filter(|q| q.section.as_deref() == Some(section));
            entry.about.is_none() && inside.any(|question| entry.answer(&question.id).is_some())
        };
        self.of(&practice.name, 0).filter(is_inside)
    }

    /// The page that the sessions make, once there is one of the last section. Of the
    /// practice the page alone is in a form: each session was asked in its own.
    pub fn compose_page(self, practice: &Practice) -> Option<OwnPage> {
        let page_layout = practice.page.as_ref()?;
        let session = |section: &str| self.newest_session(practice, section);
        let last = session(&practice.sections.last()?.id)?;
        let sessions = practice.sections.iter().filter_map(|section| session(&section.id));
        let mut sources: Vec<&Entry> = sessions.collect();
        let is_whole = sources.len() == practice.sections.len();
        let parts = page_layout.parts.iter().filter_map(|part| {
            Some((part, self.session_of(practice, part)?, self.later_answer(practice, part)))
        });
        let mut parts: Vec<(&OwnPagePart, &Entry, Option<LaterAnswer>)> = parts.collect();
        let instead = |(_, _, later): &(_, _, Option<LaterAnswer<'a>>)| match later {
            Some(LaterAnswer::Instead(asking, _)) => Some(*asking),
            Some(LaterAnswer::Over(_)) | None => None,
        };
        parts.retain(|part| {
            let source = instead(part).unwrap_or(part.1);
            !page_layout.is_from_before_care(part.0, source.written)
        });
        sources.extend(parts.iter().map(|(_, session, _)| *session));
        let newer: Vec<&Entry> = parts.iter().filter_map(instead).collect();
        sources.extend(&newer);
        let (first_day, last_day) = self.days_of(&sources)?;
        let mut answers: Vec<Answer> = Vec::new();
        for part in &parts {
            let (layout, session, later) = part;
            let day = self.clock.day_of(instead(part).unwrap_or(session).at);
            let is_passed_by = newer.iter().any(|asking| day < self.clock.day_of(asking.at));
            let is_old = is_passed_by || day < days_before(last_day, MONTH);
            let from = is_old.then(|| long_day(day));
            let said = layout.answers(practice, session, later.as_ref(), from.as_deref());
            answers.extend(said.into_iter().filter(|answer| !page_layout.presses(&answer.text())));
        }
        let span = day_range_words(first_day, last_day);
        answers.push(page_answer(SPAN, SPAN_HEADING, Value::Text(span), BTreeMap::new()));
        sources.extend(parts.iter().filter_map(|(_, _, later)| match later {
            Some(LaterAnswer::Over(asking)) => Some(*asking),
            Some(LaterAnswer::Instead(..)) | None => None,
        }));
        let written = sources.iter().map(|entry| entry.written).max()?;
        Some(OwnPage { answers, about: last.id.clone(), written, is_whole })
    }

    /// What the askings after a session say about a part, the newest that says anything of it.
    /// A session that says nothing there leaves it as it was.
    fn later_answer(self, practice: &Practice, part: &OwnPagePart) -> Option<LaterAnswer<'a>> {
        part.later.as_ref()?;
        for session in self.sessions(practice, part.section.get_ref()) {
            let is_about =
                |entry: &&Entry| entry.about.as_ref().is_some_and(|id| session.has_id(id));
            let askings = self.of(&practice.name, 0).filter(is_about);
            let mut askings = askings.filter(|entry| !is_own_page(entry));
            if let Some(later) = askings.find_map(|asking| part.later_answer(asking)) {
                return Some(later);
            }
            if !part.text(session).is_empty() {
                return None;
            }
        }
        None
    }

    /// The headings of a newer page whose words already were on the earlier one, each with
    /// the day that they are from: nobody was asked twice.
    pub fn repeated_parts(self, practice: &Practice, then: &Entry) -> Vec<RepeatedPart> {
        let parts = practice.page.iter().flat_map(|layout| &layout.parts);
        let repeated = parts.filter_map(|part| {
            let session = self.session_of(practice, part)?;
            let source = match self.later_answer(practice, part) {
                Some(LaterAnswer::Instead(asking, _)) => asking,
                Some(LaterAnswer::Over(_)) | None => session,
            };
            let is_repeated = source.written <= then.written && session.written <= then.written;
            let day = self.date_words(source);
            is_repeated.then(|| RepeatedPart { heading: part.heading.clone(), day })
        });
        repeated.collect()
    }

    fn days_of(self, entries: &[&Entry]) -> Option<(NaiveDate, NaiveDate)> {
        let days = || entries.iter().map(|entry| self.clock.day_of(entry.at));
        days().min().zip(days().max())
    }
}

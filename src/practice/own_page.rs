//! "Your page": what the newest session of each part says, in the writer's own words. It
//! is an entry of its own, whose answers stand under headings.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::entry::{Answer, Entry, EntryId, Value};

use super::{Condition, EarlierEntries, Practice, all_match, fill};

/// What stands above every page, and in the menu of the parts.
pub const PAGE_TITLE: &str = "Your page";
/// The answer that every page ends with: the days that its words are from.
const SPAN: &str = "page-span";
const SPAN_HEADING: &str = "In my own words";
/// What the ids of a page's answers begin with.
const PREFIX: &str = "page-";
/// In place of a mark, of choices that got none.
pub const UNMARKED: &str = "also";
/// What is asked beneath two pages.
pub const BESIDE: &str = "beside";

/// How a page is composed.
#[derive(Clone, Debug)]
pub struct PageLayout {
    pub parts: Vec<PagePart>,
    /// Days, after which an earlier page stands beside a new one.
    pub beside: u32,
}

/// A heading, and what stands below it, from one section's newest session.
#[derive(Clone, Debug)]
pub struct PagePart {
    pub id: String,
    pub section: String,
    pub heading: String,
    /// There only where something was asked in these words.
    pub asked: Option<String>,
    /// On the session.
    pub when: Vec<Condition>,
    /// Lines with `{question}` in them; each is there where its answers are.
    pub say: Vec<String>,
    /// The question whose choices stand here by their marks.
    pub marks: Option<String>,
    /// What was answered to this later, about that session, stands in place of the lines.
    pub later: Option<String>,
}

/// A page that is not kept yet.
pub struct OwnPage {
    pub answers: Vec<Answer>,
    /// The session that it follows.
    pub about: EntryId,
    /// When the newest of its words were written.
    pub written: DateTime<FixedOffset>,
    /// Is there a session of every section?
    pub is_whole: bool,
}

/// Is this entry a page?
pub fn is_own_page(entry: &Entry) -> bool {
    entry.answer(SPAN).is_some()
}

/// The days that a page's words are from.
pub fn page_span(entry: &Entry) -> Option<String> {
    entry.answer(SPAN).map(|span| format!("{}, {}", span.asked, span.text()))
}

/// The answers that stand under a page's headings.
pub fn page_answers(entry: &Entry) -> impl Iterator<Item = &Answer> {
    let is_under = |a: &&Answer| a.question.starts_with(PREFIX) && a.question != SPAN;
    entry.answers.iter().filter(is_under)
}

/// The answers of a page that are no part of it.
pub fn beside_answers(entry: &Entry) -> impl Iterator<Item = &Answer> {
    entry.answers.iter().filter(|a| !a.question.starts_with(PREFIX))
}

impl<'a> EarlierEntries<'a> {
    /// The newest page of a practice.
    pub fn newest_page(self, practice: &str) -> Option<&'a Entry> {
        self.of(practice, 0).find(|entry| is_own_page(entry))
    }

    /// The newest session of a section.
    pub fn newest_session(self, practice: &Practice, section: &str) -> Option<&'a Entry> {
        let mut sessions = self.of(&practice.name, 0).filter(|entry| entry.about.is_none());
        sessions.find(|entry| {
            let inside =
                practice.questions.iter().filter(|q| q.section.as_deref() == Some(section));
            inside.into_iter().any(|question| entry.answer(&question.id).is_some())
        })
    }

    /// The page that the sessions make, once there is one of the last section. The practice
    /// is in no form: each session was asked in its own.
    pub fn compose_page(self, practice: &Practice) -> Option<OwnPage> {
        let layout = practice.page.as_ref()?;
        let session = |section: &str| self.newest_session(practice, section);
        let last = session(&practice.sections.last()?.id)?;
        let sessions = practice.sections.iter().filter_map(|section| session(&section.id));
        let mut sources: Vec<&Entry> = sessions.collect();
        let is_whole = sources.len() == practice.sections.len();
        let (first_day, last_day) = self.days_of(&sources)?;
        let later = self.later_asking(last);
        let parts = layout.parts.iter();
        let parts = parts.filter_map(|part| Some((part, session(&part.section)?)));
        let mut answers: Vec<Answer> =
            parts.flat_map(|(part, session)| part.answers(practice, session, later)).collect();
        let span = span_words(first_day, last_day);
        answers.push(page_answer(SPAN, SPAN_HEADING, Value::Text(span), BTreeMap::new()));
        sources.extend(later);
        let written = sources.iter().map(|entry| entry.written).max()?;
        Some(OwnPage { answers, about: last.id.clone(), written, is_whole })
    }

    /// The newest asking of what became of a session.
    fn later_asking(self, session: &Entry) -> Option<&'a Entry> {
        let is_about = |entry: &&Entry| entry.about.as_ref().is_some_and(|id| session.has_id(id));
        self.of(&session.practice, 0).filter(is_about).find(|entry| !is_own_page(entry))
    }

    fn days_of(self, entries: &[&Entry]) -> Option<(NaiveDate, NaiveDate)> {
        let days = || entries.iter().map(|entry| self.clock.day_of(entry.at));
        days().min().zip(days().max())
    }
}

impl PagePart {
    /// What it says of its session, in one answer, or of marks in one for each.
    fn answers(&self, practice: &Practice, session: &Entry, later: Option<&Entry>) -> Vec<Answer> {
        let was_asked =
            |asked: &String| session.answers.iter().any(|answer| answer.asked == *asked);
        let fits = all_match(&self.when, &session.answers);
        if !fits || !self.asked.as_ref().is_none_or(was_asked) {
            return Vec::new();
        }
        if let Some(of) = &self.marks {
            return self.marked(practice, session, of);
        }
        let later = later.zip(self.later.as_ref());
        let later = later.and_then(|(entry, id)| entry.answer(id).map(Answer::text));
        let said = || self.say.iter().filter_map(|line| fill(line, &session.answers));
        let text = later.unwrap_or_else(|| said().collect::<Vec<_>>().join("\n"));
        let id = format!("{PREFIX}{}", self.id);
        let answer = || page_answer(&id, &self.heading, Value::Text(text.clone()), BTreeMap::new());
        (!text.is_empty()).then(answer).into_iter().collect()
    }

    /// The choices of a question by their marks, and those without one.
    fn marked(&self, practice: &Practice, session: &Entry, of: &str) -> Vec<Answer> {
        let is_mark = |q: &&super::Question| q.mark.as_ref().is_some_and(|mark| mark.of == of);
        let marks: Vec<_> = practice.questions.iter().filter(is_mark).collect();
        let marked = marks.iter().filter_map(|question| session.answer(&question.id));
        let marked: Vec<&String> = marked.flat_map(chosen_ids).collect();
        let answers = marks.iter().filter_map(|question| {
            let label = &question.mark.as_ref()?.label;
            let answer = session.answer(&question.id)?;
            Some(self.row(&question.id, label, answer, |_| true))
        });
        let rest = session
            .answer(of)
            .map(|answer| self.row(of, UNMARKED, answer, |id| !marked.contains(&id)));
        let rows = answers.chain(rest);
        rows.filter(|row| chosen_ids(row).next().is_some()).collect()
    }

    fn row(
        &self,
        id: &str,
        label: &str,
        answer: &Answer,
        is_in: impl Fn(&String) -> bool,
    ) -> Answer {
        let ids: Vec<String> = chosen_ids(answer).filter(|id| is_in(id)).cloned().collect();
        let labels = answer.labels.iter().filter(|(id, _)| ids.contains(id));
        let labels = labels.map(|(id, label)| (id.clone(), label.clone())).collect();
        let heading = format!("{}: {label}", self.heading);
        page_answer(&format!("{PREFIX}{id}"), &heading, Value::Chosen(ids), labels)
    }
}

fn chosen_ids(answer: &Answer) -> impl Iterator<Item = &String> {
    let ids: &[String] = match &answer.value {
        Value::Chosen(ids) => ids,
        Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) => &[],
    };
    ids.iter()
}

fn page_answer(
    question: &str,
    asked: &str,
    value: Value,
    labels: BTreeMap<String, String>,
) -> Answer {
    let (question, asked) = (question.to_owned(), asked.to_owned());
    let unknown = serde_json::Map::new();
    Answer { question, asked, scale: None, value, labels, unknown }
}

/// "3 to 28 November 2026", and no more of the first day than is another.
fn span_words(first: NaiveDate, last: NaiveDate) -> String {
    let end = last.format("%-d %B %Y");
    let start = match (first == last, first.year() == last.year(), first.month() == last.month()) {
        (true, _, _) => return end.to_string(),
        (false, true, true) => "%-d",
        (false, true, false) => "%-d %B",
        (false, false, _) => "%-d %B %Y",
    };
    format!("{} to {end}", first.format(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_names_no_more_of_its_first_day_than_is_another() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let last = day(2026, 11, 28);
        for (first, wanted) in [
            (last, "28 November 2026"),
            (day(2026, 11, 3), "3 to 28 November 2026"),
            (day(2026, 10, 3), "3 October to 28 November 2026"),
            (day(2025, 11, 3), "3 November 2025 to 28 November 2026"),
        ] {
            assert_eq!(span_words(first, last), wanted);
        }
    }
}

//! "Your page": what the newest session of each part says, in the writer's own words. It
//! is an entry of its own, whose answers stand under headings.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use toml::Spanned;

use crate::entry::{Answer, Entry, EntryId, Value};
use crate::words::{number_words, plural};

use super::file::{conditions, one_or_more};
use super::page_heading::page_heading;
use super::{
    CareMark, Condition, Fear, Form, OwnPageHeading, Practice, Question, QuestionKind, all_match,
    fill,
};

/// What stands above every page, and in the menu of the parts.
pub const PAGE_TITLE: &str = "Your page";
/// The answer that every page ends with: the days that its words are from.
pub(super) const SPAN: &str = "page-span";
pub(super) const SPAN_HEADING: &str = "In my own words";
/// What the ids of a page's answers begin with.
pub(super) const PREFIX: &str = "page-";
/// In place of a mark, of choices that got none.
pub const UNMARKED: &str = "also";
pub(super) const BESIDE: &str = "beside";
pub(super) const BESIDE_ASK: &str = "Two pages, {span} apart. What do you see?";

/// How a page is composed.
#[derive(Clone, Debug)]
pub struct OwnPageLayout {
    pub parts: Vec<OwnPagePart>,
    /// Days, after which an earlier page stands beside a new one.
    pub beside_days: u32,
    /// What its answers are answers to, though nobody is asked.
    pub questions: Vec<Question>,
    /// Headings that this form doesn't have.
    pub left_out: Vec<String>,
    /// What was chosen that presses towards someone: in care it stands on no page.
    pub pressing: Vec<String>,
    /// When care came on, where it is: what the writer set out to do before that stands on no
    /// page.
    pub care_since: Option<DateTime<FixedOffset>>,
}

impl OwnPageLayout {
    /// Keeps the parts that stand on a page composed in this form.
    pub fn keep_to(&mut self, form: Form) {
        let fits = |part: &OwnPagePart| part.care.fits(form);
        let (stays, goes): (Vec<_>, Vec<_>) = self.parts.drain(..).partition(fits);
        let is_gone = |heading: &String| !stays.iter().any(|part| part.heading == *heading);
        self.left_out = goes.into_iter().map(|part| part.heading).filter(is_gone).collect();
        self.parts = stays;
        if form.fear != Fear::Known {
            self.pressing.clear();
        }
    }

    /// An earlier page, which may have been composed in another form, as it stands in this one.
    pub fn without_left_out(&self, page: &Entry) -> Entry {
        let mut page = page.clone();
        let is_of = |part: &OwnPagePart, answer: &Answer| {
            answer.question.strip_prefix(PREFIX).is_some_and(|id| id == part.id)
        };
        let written = page.written;
        let stays = |answer: &Answer| {
            let mut of = self.parts.iter().filter(|part| is_of(part, answer));
            !self.left_out.iter().any(|heading| heading == OwnPageHeading::of(&answer.asked).words)
                && !self.presses(&answer.text())
                && !of.any(|part| self.is_from_before_care(part, written))
        };
        page.answers.retain(stays);
        page
    }

    /// Do these words press towards someone, where no page may? A boundary has the label of
    /// its last piece in it.
    pub(super) fn presses(&self, words: &str) -> bool {
        self.pressing.iter().any(|label| words.contains(label.as_str()))
    }

    /// Does this part say what the writer set out to do, and was that written then before care
    /// came on?
    pub(super) fn is_from_before_care(
        &self,
        part: &OwnPagePart,
        written: DateTime<FixedOffset>,
    ) -> bool {
        part.since_care && self.care_since.is_some_and(|since| written < since)
    }
}

/// A heading, and what stands below it, from one section's newest session.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPagePart {
    pub id: String,
    pub section: Spanned<String>,
    pub heading: String,
    /// There only where something was asked in these words.
    #[serde(rename = "asked")]
    pub asked_as: Option<String>,
    /// On the session.
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    /// Lines with `{question}` in them; each is there where its answers are.
    #[serde(default, deserialize_with = "one_or_more")]
    pub say: Vec<String>,
    /// The question whose choices stand here by their marks.
    pub marks: Option<Spanned<String>>,
    /// What was answered to this later, about that session, stands in place of the lines.
    pub later: Option<String>,
    /// What is answered then, and the part is over.
    #[serde(default, deserialize_with = "conditions")]
    pub over: Vec<Condition>,
    /// Whether it's on the page only in care, or never.
    #[serde(default)]
    pub care: CareMark,
    /// While care is on: only where it was written since.
    #[serde(default, rename = "since-care")]
    pub since_care: bool,
}

/// What was said later about a part of a page.
pub(super) enum LaterAnswer<'a> {
    /// In place of its lines.
    Instead(&'a Entry, String),
    /// It is over.
    Over(&'a Entry),
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

impl OwnPage {
    /// Does it say anything else than this kept page? One that was changed by hand is left
    /// as it is, until something newer is written.
    pub fn differs_from(&self, kept: &Entry) -> bool {
        let of_page = |answers: &[Answer]| -> Vec<(String, String)> {
            let inside = answers.iter().filter(|a| a.question.starts_with(PREFIX));
            inside.map(|a| (a.question.clone(), a.text())).collect()
        };
        let is_by_hand = !kept.replaces.is_empty();
        kept.written < self.written
            || (!is_by_hand && of_page(&self.answers) != of_page(&kept.answers))
    }
}

/// The question beneath two pages that are `days` apart.
pub fn beside_question(days: u32) -> Question {
    Question::plain(BESIDE, &BESIDE_ASK.replace("{span}", &rough_span(days)), QuestionKind::Long)
}

/// Days in a month, on average.
const MONTH: f64 = 30.44;

/// "three months", and of less than two the weeks or the days.
fn rough_span(days: u32) -> String {
    let of = |length: f64| (f64::from(days) / length).round() as usize;
    let (count, one, several) = match days {
        0..14 => (of(1.0), "day", "days"),
        14..60 => (of(7.0), "week", "weeks"),
        60.. => (of(MONTH), "month", "months"),
    };
    format!("{} {}", number_words(count), plural(count, one, several))
}

impl Practice {
    /// The practice as a page of it is edited: by the headings that stand on the page.
    pub fn of_page(mut self, page: &Entry) -> Practice {
        let headings = self.page.iter().flat_map(|layout| layout.questions.clone());
        let stands = |q: Question| {
            let asked = &page.answer(&q.id).filter(|a| q.asked_as(&a.asked))?.asked;
            Some(Question { ask: asked.clone(), ..q })
        };
        self.questions = headings.filter_map(stands).collect();
        self.sentences.clear();
        self
    }
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

impl OwnPagePart {
    /// What it says of its session, in one answer, or of marks in one for each. `from` is the
    /// day that it is from, where the page has newer words.
    pub(super) fn answers(
        &self,
        practice: &Practice,
        session: &Entry,
        later: Option<&LaterAnswer>,
        from: Option<&str>,
    ) -> Vec<Answer> {
        let was_asked =
            |asked: &String| session.answers.iter().any(|answer| answer.asked == *asked);
        let fits = all_match(&self.when, &session.answers);
        if !fits || !self.asked_as.as_ref().is_none_or(was_asked) {
            return Vec::new();
        }
        if let Some(of) = &self.marks {
            return self.marked(practice, session, of.get_ref(), from);
        }
        let text = match later {
            None => self.text(session),
            Some(LaterAnswer::Instead(_, text)) => text.clone(),
            Some(LaterAnswer::Over(_)) => String::new(),
        };
        let id = format!("{PREFIX}{}", self.id);
        let heading = page_heading(&self.heading, from, None);
        let answer = || page_answer(&id, &heading, Value::Text(text.clone()), BTreeMap::new());
        (!text.is_empty()).then(answer).into_iter().collect()
    }

    /// What an asking says about it, where it says anything.
    pub(super) fn later_answer<'a>(&self, asking: &'a Entry) -> Option<LaterAnswer<'a>> {
        let instead = asking.answer(self.later.as_ref()?).map(Answer::text);
        let is_over = || !self.over.is_empty() && all_match(&self.over, &asking.answers);
        match instead {
            Some(text) => Some(LaterAnswer::Instead(asking, text)),
            None => is_over().then_some(LaterAnswer::Over(asking)),
        }
    }

    /// What its lines say of a session.
    pub(super) fn text(&self, session: &Entry) -> String {
        let lines = self.say.iter().filter_map(|line| fill(line, &session.answers));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The choices of a question by their marks, and those without one. Where none has any,
    /// nothing is said of marks.
    fn marked(
        &self,
        practice: &Practice,
        session: &Entry,
        of: &str,
        from: Option<&str>,
    ) -> Vec<Answer> {
        let is_mark = |q: &&Question| q.mark.as_ref().is_some_and(|mark| mark.of == of);
        let marks: Vec<_> = practice.questions.iter().filter(is_mark).collect();
        let marked = marks.iter().filter_map(|question| session.answer(&question.id));
        let marked: Vec<&String> = marked.flat_map(chosen_ids).collect();
        let heading = |mark: Option<&str>| page_heading(&self.heading, from, mark);
        let answers = marks.iter().filter_map(|question| {
            let label = &question.mark.as_ref()?.label;
            let answer = session.answer(&question.id)?;
            Some(row(&question.id, &heading(Some(label)), answer, |_| true))
        });
        let unmarked = heading((!marked.is_empty()).then_some(UNMARKED));
        let rest =
            session.answer(of).map(|answer| row(of, &unmarked, answer, |id| !marked.contains(&id)));
        let rows = answers.chain(rest);
        rows.filter(|row| chosen_ids(row).next().is_some()).collect()
    }
}

fn row(id: &str, heading: &str, answer: &Answer, is_in: impl Fn(&String) -> bool) -> Answer {
    let ids: Vec<String> = chosen_ids(answer).filter(|id| is_in(id)).cloned().collect();
    let labels = answer.labels.iter().filter(|(id, _)| ids.contains(id));
    let labels = labels.map(|(id, label)| (id.clone(), label.clone())).collect();
    page_answer(&format!("{PREFIX}{id}"), heading, Value::Chosen(ids), labels)
}

fn chosen_ids(answer: &Answer) -> impl Iterator<Item = &String> {
    let ids: &[String] = if let Value::Chosen(ids) = &answer.value { ids } else { &[] };
    ids.iter()
}

pub(super) fn page_answer(
    question: &str,
    asked: &str,
    value: Value,
    labels: BTreeMap<String, String>,
) -> Answer {
    Answer {
        question: question.to_owned(),
        asked: asked.to_owned(),
        scale: None,
        value,
        labels,
        unknown: serde_json::Map::new(),
    }
}

#[cfg(test)]
mod tests;

//! A journal for these tests, and the month that it makes.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use serde_json::{Value as Json, json};

use crate::config::{Chapter, Clock};
use crate::entry::{Entry, testing};
use crate::pattern::{Figures, Fold, FoldPlan, MonthBehind, MonthInput, Request, month_behind};
use crate::practice::{EarlierEntries, Fear, Form, Practices};
use crate::render::TextPage;

use super::super::MonthPage;

pub const OPEN: Form = Form { fear: Fear::None, chapter: Chapter::Together };
pub const CARE: Form = Form { fear: Fear::Known, chapter: Chapter::Together };
pub const APART: Form = Form { fear: Fear::None, chapter: Chapter::Apart };
pub const APART_CARE: Form = Form { fear: Fear::Known, chapter: Chapter::Apart };

/// A journal that is looked at on Saturday 28 November 2026, in the evening.
pub struct PlayedJournal {
    practices: Practices,
    pub entries: Vec<Entry>,
    /// When care came on, where that matters.
    pub care_since: Option<DateTime<FixedOffset>>,
}

impl PlayedJournal {
    pub fn new() -> PlayedJournal {
        PlayedJournal { practices: Practices::built_in(), entries: Vec::new(), care_since: None }
    }

    /// Keeps answers, each by its question, on a day of 2026.
    pub fn keep(&mut self, practice: &str, day: &str, answers: Json) {
        let asked = self.practices.practice(practice).unwrap();
        let answers = answers.as_object().unwrap().iter().map(|(id, value)| {
            let question = asked.all_questions().find(|question| question.id == *id).unwrap();
            let value = question.accept(value).unwrap().unwrap();
            serde_json::to_value(question.answer_with(value)).unwrap()
        });
        let hour = if practice == "intent" { "08:00" } else { "20:00" };
        let answers: Vec<Json> = answers.collect();
        let (at, id) = (format!("2026-{day}T{hour}:00Z"), self.entries.len());
        self.entries.push(testing::entry(json!({
            "id": format!("k3v9q{id:05}"), "revision": format!("x{id:05}"),
            "practice": practice, "at": at, "answers": answers,
        })));
    }

    pub fn evening(&mut self, day: &str, answers: Json) {
        self.keep("reflect", day, answers);
    }

    /// So many evenings in a row from this day on, each with the same answers.
    pub fn evenings(&mut self, first: &str, count: u64, answers: &Json) {
        let first: NaiveDate = format!("2026-{first}").parse().unwrap();
        for day in (0..count).map(|days| first + Days::new(days)) {
            self.evening(&day.format("%m-%d").to_string(), answers.clone());
        }
    }

    pub fn facts(&self, form: Form) -> MonthBehind {
        let screen = self.screen(form);
        let (entries, clock) = (self.newest_first(), clock());
        month_behind(&MonthInput {
            past: EarlierEntries { entries: &entries, clock: &clock },
            practices: &self.practices,
            form,
            care_since: self.care_since.filter(|_| form.fear == Fear::Known),
            partner: None,
            closeness: screen.change_of("reflect", "closeness"),
        })
    }

    /// The first screen of `patterns`.
    pub fn screen(&self, form: Form) -> Figures {
        let practices = &self.practices.worded_for(form.chapter, None);
        let (clock, chapter) = (&clock(), form.chapter);
        let (request, until) = (Request::Overview, clock.today());
        let (against, texts) = (None, 0);
        let plan = FoldPlan { practices, chapter, clock, request, until, against, texts };
        let mut fold = Fold::new(&plan);
        self.newest_first().iter().for_each(|entry| fold.add(entry));
        fold.finish(form.fear)
    }

    fn newest_first(&self) -> Vec<Entry> {
        let mut entries = self.entries.clone();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        entries
    }

    pub fn page(&self, form: Form, width: usize, is_linear: bool) -> String {
        let page = TextPage { width, colour: false };
        let title = "The month behind you";
        MonthPage { title, form, partner: None, is_linear, page }.text(&self.facts(form))
    }

    pub fn text(&self, form: Form) -> String {
        self.page(form, 80, false)
    }

    #[track_caller]
    pub fn has(&self, form: Form, line: &str) {
        let text = self.text(form);
        assert!(text.lines().any(|other| other == line), "“{line}” is missing in:\n{text}");
    }

    #[track_caller]
    pub fn has_not(&self, form: Form, words: &str) {
        let text = self.text(form);
        assert!(!text.contains(words), "“{words}” is in:\n{text}");
    }
}

fn clock() -> Clock {
    Clock::at("2026-11-28T21:00:00Z".parse().unwrap())
}

/// How what was said on these days was received.
pub fn received(journal: &mut PlayedJournal, all: &[(&str, &str)]) {
    for (day, answer) in all {
        journal.keep("feel", day, json!({ "received": answer }));
    }
}

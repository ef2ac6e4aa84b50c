//! What was marked as fear or harm in whichever practice, as its file marks it: a row for each
//! answer that says the same.

use chrono::NaiveDate;
use serde::Serialize;

use crate::entry::Entry;
use crate::practice::{Fear, HarmKind, HarmMark, name_partner};

use super::{MonthEntries, MonthInput};

/// Answers that are counted in a line of their own, by practice and question.
const COUNTED: [(&str, &str); 2] = [("feel", "received"), ("needs", "respected")];

/// How often one thing was marked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HarmCount {
    pub practice: String,
    pub question: String,
    /// The option, or the newest step.
    pub answer: String,
    /// What a step or a yes answers, in a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// In so many entries.
    pub times: usize,
    pub latest: NaiveDate,
    /// Does it stay off whatever isn't wiped?
    #[serde(skip)]
    pub is_private: bool,
}

impl MonthInput<'_> {
    /// What was marked, the newest first. Steps, and what doesn't turn care on, are told of
    /// only while it is on.
    pub(super) fn harm(&self, month: &MonthEntries) -> Vec<HarmCount> {
        let care = self.form.fear == Fear::Known;
        let mut rows: Vec<HarmCount> = Vec::new();
        let inside = month.all.iter().filter(|(day, _)| month.now.has(*day));
        for (day, entry) in inside {
            let mut of_entry: Vec<HarmCount> = Vec::new();
            for mark in self.practices.harm_in(entry) {
                let is_shown = care || mark.kind == HarmKind::Fear && !mark.is_level();
                let row = self.row(*day, entry, &mark);
                if is_shown && !is_counted(entry, &mark) && !of_entry.iter().any(|it| it.says(&row))
                {
                    of_entry.push(row);
                }
            }
            for row in of_entry {
                match rows.iter_mut().find(|other| other.says(&row)) {
                    Some(other) => other.times += 1,
                    None => rows.push(row),
                }
            }
        }
        // What was chosen stands by the evenings, which are counted in the same words.
        rows.sort_by_key(|row| row.item.is_some());
        rows
    }

    fn row(&self, latest: NaiveDate, entry: &Entry, mark: &HarmMark) -> HarmCount {
        let id = &mark.answer.question;
        let practice = self.practice(&entry.practice);
        let question = practice.and_then(|practice| practice.question(id));
        let short = question.and_then(|question| question.short_in(self.form));
        let item = || match short {
            Some(short) => name_partner(&short, self.partner),
            None => mark.answer.asked.clone(),
        };
        let is_about_fear = practice.is_some_and(|it| it.is_about_fear(id));
        HarmCount {
            practice: entry.practice.clone(),
            question: id.clone(),
            answer: mark.words.clone(),
            item: mark.is_level().then(item),
            times: 1,
            latest,
            is_private: mark.kind == HarmKind::Someone
                || question.is_some_and(|question| question.reveal)
                || mark.is_level() && is_about_fear,
        }
    }
}

/// Does another line of the page count it?
fn is_counted(entry: &Entry, mark: &HarmMark) -> bool {
    let is_of_evening = entry.practice == "reflect" && entry.about.is_none();
    let counts_evenings = is_of_evening && mark.kind == HarmKind::Fear && !mark.is_level();
    let place = (entry.practice.as_str(), mark.answer.question.as_str());
    counts_evenings || COUNTED.contains(&place)
}

impl HarmCount {
    /// Do both say the same, be it on another step of one scale, or at another question?
    fn says(&self, other: &HarmCount) -> bool {
        self.practice == other.practice
            && match (&self.item, &other.item) {
                (None, None) => self.answer == other.answer,
                (Some(_), Some(_)) => self.question == other.question,
                (Some(_), None) | (None, Some(_)) => false,
            }
    }
}

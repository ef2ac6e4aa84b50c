//! Answers of one session crossed: what was done beside what came before it, and the
//! numbers of the days around.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use crate::entry::{Entry, Value, is_cant_say};
use crate::practice::{AnswerOption, Question};
use crate::words::uncapitalize;

use super::counts::choices;
use super::gauge::{Gauge, Measure, NewestWording, Scope};
use super::looks::DONT_KNOW;
use super::recurring::{is_text, words_alone};
use super::{Body, ValueUnit};

mod standouts;

pub use standouts::Standout;
use standouts::{RowSessions, standouts};

/// Sessions before they are crossed.
const FEWEST: usize = 3;
/// A text of the writer's own is a row from so many times on.
const AGAIN: usize = 2;
/// Rows that are compared: with more, none would stand out.
const MOST_COMPARED: usize = 12;
/// Days before and after.
const AROUND: i64 = 3;
/// Numbers of a day around before it has a mean.
const LEAST_AROUND: usize = 3;

/// One answer, and how often it went with each column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatrixRow {
    pub question: String,
    pub answer: String,
    /// How often it was given beside an answer to what the columns are of.
    pub times: usize,
    pub counts: Vec<usize>,
    /// Does it say that the writer didn't know? Such an answer names nothing.
    #[serde(skip)]
    pub is_unknown: bool,
}

/// The numbers of another practice on the days around what the first column is of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClosenessAround {
    /// The question that asks for them.
    pub question: String,
    pub title: String,
    pub low: f64,
    pub high: f64,
    pub days: Vec<AroundDay>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AroundDay {
    /// Days after it; before it, less than nought.
    pub after: i64,
    /// `None` of too few answers.
    pub mean: Option<f64>,
    pub answers: usize,
}

pub(super) struct Matrix<'a> {
    scope: Scope<'a>,
    columns: BTreeMap<String, MatrixLabel>,
    rows: HashMap<(usize, String), MatrixLabel>,
    /// How often a row's answer and a column's were given together.
    both: HashMap<(usize, String, String), usize>,
    /// Each session's day, and which columns it counts for.
    days: Vec<(NaiveDate, Vec<String>)>,
    /// The sessions that answered each question of the rows, by their place among the days.
    answered: Vec<Vec<usize>>,
    newest: NewestWording,
    title: String,
    numbers: HashMap<NaiveDate, f64>,
}

/// An answer's id, its wording, and how often it was given.
type MatrixColumn<'m> = (&'m String, &'m str, usize);

/// The newest wording, and how often.
struct MatrixLabel {
    label: String,
    times: usize,
    /// The sessions in which it was given; only rows have them.
    sessions: Vec<usize>,
}

impl MatrixLabel {
    fn new(label: String) -> MatrixLabel {
        MatrixLabel { label, times: 0, sessions: Vec::new() }
    }
}

impl<'a> Matrix<'a> {
    pub fn new(scope: Scope<'a>) -> Matrix<'a> {
        let questions = scope.pattern.of.len().saturating_sub(1);
        Matrix {
            scope,
            columns: BTreeMap::new(),
            rows: HashMap::new(),
            both: HashMap::new(),
            days: Vec::new(),
            answered: vec![Vec::new(); questions],
            newest: NewestWording::default(),
            title: String::new(),
            numbers: HashMap::new(),
        }
    }

    /// What was answered, each with the key by which it counts as the same.
    fn answers(&self, entry: &Entry, id: &str) -> Vec<(String, String)> {
        let answer = entry.answer(id).filter(|answer| answer.value != Value::CantSay);
        let question = self.scope.question(id);
        let kind = question.map(|question| &question.kind);
        let Some(answer) = answer.filter(|answer| self.scope.includes(answer)) else {
            return Vec::new();
        };
        let labels = choices(answer).into_iter();
        if is_text(kind) {
            labels.map(|(_, label)| (words_alone(&label), label)).collect()
        } else {
            labels.map(|(id, label)| (id, beside_name(question, label))).collect()
        }
    }

    /// What the look is about: of a question with options, the first of them.
    fn lead(&self) -> Option<&'a AnswerOption> {
        self.scope.question(self.scope.id())?.kind.options().first()
    }

    /// What the look is about, though it was never chosen; then the rest, the commonest
    /// first.
    fn ordered_columns(&self) -> Vec<MatrixColumn<'_>> {
        let columns = self.columns.iter();
        let mut columns: Vec<MatrixColumn> =
            columns.map(|(id, of)| (id, of.label.as_str(), of.times)).collect();
        let lead = self.lead();
        if let Some(lead) = lead.filter(|lead| !self.columns.contains_key(&lead.id)) {
            columns.push((&lead.id, &lead.label, 0));
        }
        let is_lead = |id: &String| lead.is_some_and(|lead| lead.id == *id);
        columns.sort_by_key(|(id, _, times)| (!is_lead(id), Reverse(*times), *id));
        columns
    }

    /// By the first column, the highest first; each with its sessions.
    fn sorted_rows<'m>(&'m self, columns: &[&String]) -> Vec<(MatrixRow, RowSessions<'m>)> {
        let texts: Vec<bool> = self
            .scope
            .pattern
            .of
            .iter()
            .skip(1)
            .map(|id| is_text(self.scope.question(id).map(|question| &question.kind)))
            .collect();
        let of = &self.scope.pattern.of;
        let rows = self.rows.iter().filter(|((at, _), row)| !texts[*at] || row.times >= AGAIN);
        let row = |((at, key), row): (&'m (usize, String), &'m MatrixLabel)| {
            let count = |column: &&String| {
                self.both.get(&(*at, key.clone(), (**column).clone())).copied().unwrap_or(0)
            };
            let sessions = RowSessions { with: &row.sessions, answered: &self.answered[*at] };
            let row = MatrixRow {
                question: of[at + 1].clone(),
                answer: row.label.clone(),
                times: row.times,
                counts: columns.iter().map(count).collect(),
                is_unknown: is_unknown(key),
            };
            (row, sessions)
        };
        let mut rows: Vec<(MatrixRow, RowSessions)> = rows.map(row).collect();
        rows.sort_by(|(a, _), (b, _)| {
            let order =
                |row: &MatrixRow| (Reverse(row.counts.first().copied()), Reverse(row.times));
            order(a).cmp(&order(b)).then_with(|| a.answer.cmp(&b.answer))
        });
        rows
    }

    /// The sessions that count for this column.
    fn sessions_of(&self, column: &String) -> Vec<usize> {
        let sessions = self.days.iter().enumerate();
        sessions.filter(|(_, (_, of))| of.contains(column)).map(|(at, _)| at).collect()
    }

    /// Around the days that count for this column.
    fn around(&self, column: &String) -> Option<ClosenessAround> {
        let scale = self.newest.scale()?;
        let days = || self.days.iter().filter(|(_, of)| of.contains(column)).map(|(day, _)| day);
        let day = |after: i64| {
            let beside = days().filter_map(|day| {
                self.numbers.get(&day.checked_add_signed(Duration::days(after))?)
            });
            let (answers, sum) =
                beside.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
            let mean = (answers >= LEAST_AROUND).then(|| sum / answers as f64);
            AroundDay { after, mean, answers }
        };
        let days: Vec<AroundDay> = (-AROUND..=AROUND).map(day).collect();
        let enough = days.iter().filter(|day| day.mean.is_some()).count() > 1;
        let question = self.scope.pattern.by.as_ref().map(|by| by.question.clone());
        enough.then(|| ClosenessAround {
            question: question.unwrap_or_default(),
            title: self.title.clone(),
            low: scale.min as f64,
            high: scale.max as f64,
            days,
        })
    }
}

impl Gauge for Matrix<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let [of_columns, of_rows @ ..] = self.scope.pattern.of.as_slice() else { return };
        let columns = self.answers(entry, of_columns);
        if columns.is_empty() {
            return;
        }
        let session = self.days.len();
        self.days.push((day, columns.iter().map(|(id, _)| id.clone()).collect()));
        let rows: Vec<_> = of_rows
            .iter()
            .enumerate()
            .flat_map(|(at, id)| self.answers(entry, id).into_iter().map(move |of| (at, of)))
            .collect();
        for (at, (key, label)) in rows {
            if !is_unknown(&key) {
                add_session(&mut self.answered[at], session);
            }
            let row = self.rows.entry((at, key.clone()));
            let row = row.or_insert_with(|| MatrixLabel::new(label));
            row.times += 1;
            add_session(&mut row.sessions, session);
            for (column, _) in &columns {
                *self.both.entry((at, key.clone(), column.clone())).or_default() += 1;
            }
        }
        for (id, label) in columns {
            self.columns.entry(id).or_insert_with(|| MatrixLabel::new(label)).times += 1;
        }
    }

    fn group(&mut self, day: NaiveDate, entry: &Entry) {
        let Some(by) = &self.scope.pattern.by else { return };
        let Some(answer) = entry.answer(&by.question) else { return };
        let Some(value) = answer.value.number() else { return };
        if self.newest.compares(None, answer) {
            self.title.clone_from(&answer.asked);
            // The newest of a day counts.
            self.numbers.entry(day).or_insert(value);
        }
    }

    fn measure(self: Box<Self>, _first_day: Option<NaiveDate>) -> Measure {
        let sessions = self.days.len();
        let columns = self.ordered_columns();
        let ids: Vec<&String> = columns.iter().map(|(id, ..)| *id).collect();
        let rows = self.sorted_rows(&ids);
        let compared = &rows[..rows.len().min(MOST_COMPARED)];
        let standouts = ids.first().map(|lead| standouts(compared, &self.sessions_of(lead)));
        let standouts = standouts.unwrap_or_default();
        let rows = rows.into_iter().map(|(row, _)| row).collect();
        let around = ids.first().and_then(|lead| self.around(lead));
        let totals = columns.iter().map(|(.., times)| *times).collect();
        let columns = columns.into_iter().map(|(_, label, _)| label.to_owned()).collect();
        let enough = (sessions, FEWEST, ValueUnit::Entries);
        Measure::enough(sessions, enough, || Body::Matrix {
            columns,
            totals,
            rows,
            standouts,
            around,
        })
    }
}

/// Does the answer name nothing?
fn is_unknown(key: &str) -> bool {
    key == DONT_KNOW || is_cant_say(key)
}

/// Adds a session once, though several of its answers are added.
fn add_session(to: &mut Vec<usize>, session: usize) {
    if to.last() != Some(&session) {
        to.push(session);
    }
}

/// "before that: close", where the question has a name for it: among the answers to others,
/// "close" alone says too little.
fn beside_name(question: Option<&Question>, label: String) -> String {
    let Some(name) = question.and_then(|question| question.short.as_ref()) else { return label };
    format!("{name}: {}", uncapitalize(&label))
}

#[cfg(test)]
mod tests;

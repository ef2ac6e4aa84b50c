//! Answers of one session crossed: what was done beside what came before it, and the
//! numbers of the days around.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use crate::entry::{Entry, Value};
use crate::practice::QuestionKind;

use super::counts::choices;
use super::gauge::{Gauge, Measure, Newest, Scope};
use super::recurring::{is_text, words_alone};
use super::{Body, ValueUnit};

/// Sessions before they are crossed.
const FEWEST: usize = 3;
/// A text of the writer's own is a row from so many times on.
const AGAIN: usize = 2;
const MOST_ROWS: usize = 12;
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
}

/// The numbers of another practice on the days around.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClosenessAround {
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
    days: Vec<NaiveDate>,
    newest: Newest,
    title: String,
    numbers: HashMap<NaiveDate, f64>,
}

/// The newest wording, and how often.
struct MatrixLabel {
    label: String,
    times: usize,
}

impl<'a> Matrix<'a> {
    pub fn new(scope: Scope<'a>) -> Matrix<'a> {
        Matrix {
            scope,
            columns: BTreeMap::new(),
            rows: HashMap::new(),
            both: HashMap::new(),
            days: Vec::new(),
            newest: Newest::default(),
            title: String::new(),
            numbers: HashMap::new(),
        }
    }

    /// What was answered, each by what makes it the same.
    fn answers(&self, entry: &Entry, id: &str) -> Vec<(String, String)> {
        let answer = entry.answer(id).filter(|answer| answer.value != Value::CantSay);
        let kind = self.scope.question(id).map(|question| &question.kind);
        let Some(answer) = answer.filter(|answer| self.scope.includes(answer)) else {
            return Vec::new();
        };
        let labels = choices(answer).into_iter();
        match is_text(kind) {
            true => labels.map(|(_, label)| (words_alone(&label), label)).collect(),
            false => labels.collect(),
        }
    }

    /// The columns in the order of their options; the writer's own words after them.
    fn ordered_columns(&self) -> Vec<(&String, &MatrixLabel)> {
        let options = match self.scope.question(self.scope.id()).map(|question| &question.kind) {
            Some(QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }) => {
                options.as_slice()
            }
            Some(_) | None => &[],
        };
        let place = |id: &str| options.iter().position(|option| option.id == id);
        let mut columns: Vec<_> = self.columns.iter().collect();
        columns.sort_by_key(|(id, column)| {
            (place(id).unwrap_or(usize::MAX), Reverse(column.times), (*id).clone())
        });
        columns
    }

    /// By the first column, the highest first.
    fn sorted_rows(&self, columns: &[&String]) -> Vec<MatrixRow> {
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
        let row = |((at, key), row): (&(usize, String), &MatrixLabel)| {
            let count = |column: &&String| {
                self.both.get(&(*at, key.clone(), (**column).clone())).copied().unwrap_or(0)
            };
            MatrixRow {
                question: of[at + 1].clone(),
                answer: row.label.clone(),
                times: row.times,
                counts: columns.iter().map(count).collect(),
            }
        };
        let mut rows: Vec<MatrixRow> = rows.map(row).collect();
        rows.sort_by(|a, b| {
            let order =
                |row: &MatrixRow| (Reverse(row.counts.first().copied()), Reverse(row.times));
            order(a).cmp(&order(b)).then_with(|| a.answer.cmp(&b.answer))
        });
        rows.truncate(MOST_ROWS);
        rows
    }

    fn around(&self) -> Option<ClosenessAround> {
        let scale = self.newest.scale()?;
        let day = |after: i64| {
            let beside = self.days.iter().filter_map(|day| {
                self.numbers.get(&day.checked_add_signed(Duration::days(after))?)
            });
            let (answers, sum) =
                beside.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value));
            let mean = (answers >= LEAST_AROUND).then(|| sum / answers as f64);
            AroundDay { after, mean, answers }
        };
        let days: Vec<AroundDay> = (-AROUND..=AROUND).map(day).collect();
        let enough = days.iter().filter(|day| day.mean.is_some()).count() > 1;
        let (low, high) = (scale.min as f64, scale.max as f64);
        enough.then(|| ClosenessAround { title: self.title.clone(), low, high, days })
    }
}

impl Gauge for Matrix<'_> {
    fn add(&mut self, day: NaiveDate, entry: &Entry) {
        let [of_columns, of_rows @ ..] = self.scope.pattern.of.as_slice() else { return };
        let columns = self.answers(entry, of_columns);
        if columns.is_empty() {
            return;
        }
        self.days.push(day);
        let rows: Vec<_> = of_rows
            .iter()
            .enumerate()
            .flat_map(|(at, id)| self.answers(entry, id).into_iter().map(move |of| (at, of)))
            .collect();
        for (at, (key, label)) in rows {
            let row = self.rows.entry((at, key.clone()));
            row.or_insert(MatrixLabel { label, times: 0 }).times += 1;
            for (column, _) in &columns {
                *self.both.entry((at, key.clone(), column.clone())).or_default() += 1;
            }
        }
        for (id, label) in columns {
            self.columns.entry(id).or_insert(MatrixLabel { label, times: 0 }).times += 1;
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

    fn measure(self: Box<Self>) -> Measure {
        let sessions = self.days.len();
        let columns = self.ordered_columns();
        let ids: Vec<&String> = columns.iter().map(|(id, _)| *id).collect();
        let rows = self.sorted_rows(&ids);
        let columns = columns.into_iter().map(|(_, column)| column.label.clone()).collect();
        let around = self.around();
        let enough = (sessions, FEWEST, ValueUnit::Entries);
        Measure::enough(sessions, enough, || Body::Matrix { columns, rows, around })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;
    use crate::practice::{Pattern, PatternDisplay, PatternGrouping};

    fn entry(day: &str, answers: serde_json::Value) -> Entry {
        let at = format!("{day}T20:00:00+00:00");
        testing::entry(serde_json::json!({ "practice": "notice", "at": at, "answers": answers }))
    }

    fn moment(day: &str, under: &str, did: &str) -> Entry {
        let answer = |question: &str, value: &str| {
            serde_json::json!({ "question": question, "asked": question, "value": [value],
                "labels": { value: value.to_uppercase() } })
        };
        entry(day, serde_json::json!([answer("under", under), answer("did", did)]))
    }

    #[test]
    fn rows_are_counted_beside_columns_and_days_around_have_their_means() {
        let mut pattern = Pattern::plain("", "did", PatternDisplay::Matrix);
        pattern.of.push("under".into());
        let (practice, question) = ("reflect".to_owned(), "closeness".to_owned());
        pattern.by = Some(PatternGrouping { practice, question });
        let mut matrix = Box::new(Matrix::new(Scope::plain(pattern)));
        for (day, under, did) in [
            ("2026-11-20", "hurt", "quiet"),
            ("2026-11-14", "hurt", "quiet"),
            ("2026-11-08", "hurt", "stayed"),
            ("2026-11-02", "fear", "stayed"),
        ] {
            matrix.add(day.parse().unwrap(), &moment(day, under, did));
            let before = day.parse::<NaiveDate>().unwrap() - Duration::days(1);
            for (day, value) in [(before, 3), (day.parse().unwrap(), 1)] {
                let number = serde_json::json!([{ "question": "closeness", "asked": "Close?",
                    "scale": { "min": 0, "max": 4 }, "value": value }]);
                matrix.group(day, &entry(&day.to_string(), number));
            }
        }
        let Body::Matrix { columns, rows, around } = matrix.measure().body else { panic!() };
        assert_eq!(columns, ["QUIET", "STAYED"]);
        let rows: Vec<_> = rows.iter().map(|row| (&*row.answer, row.times, &*row.counts)).collect();
        assert_eq!(rows, [("HURT", 3, &[2, 1][..]), ("FEAR", 1, &[0, 1][..])]);
        let days = around.unwrap().days;
        let means: Vec<_> = days.iter().map(|day| (day.after, day.mean)).collect();
        assert_eq!(means[2..4], [(-1, Some(3.0)), (0, Some(1.0))]);
        assert_eq!(means[0], (-3, None), "no answers have no mean");
    }
}

//! The wide form: a row an entry, a column for each sentence, number, choice and score.

use std::collections::HashMap;

use crate::entry::{Answer, Entry, Value};
use crate::journal::StoredEntry;
use crate::pattern::{ScoreValue, scores};
use crate::practice::{MissingReason, Practice, PracticeForms};

use super::columns::{AnswerPart, Column, ColumnContents, Columns, sentence};
use super::measure::{MeasureColumn, MeasureKind};
use super::{Export, entry_cells, text, write_rows};

/// The columns of every entry, and what each of them has.
pub const ENTRY_COLUMNS: [(&str, &str); 7] = [
    ("id", "the entry's name"),
    ("day", "the day it counts for"),
    ("at", "the time it is about"),
    ("practice", "the practice that asked"),
    ("tags", "its tags, with spaces between"),
    ("about", "the id of the earlier entry that it follows up"),
    ("conflict", "1 if it was also edited, moved or deleted on another device, otherwise 0"),
];

/// The whole table.
pub fn table(export: &Export) -> String {
    let columns = Columns::of(&export.newest(), export.layout.practices);
    let names = columns.all.iter().map(|column| text(&column.name));
    let head = ENTRY_COLUMNS.iter().map(|(name, _)| (*name).to_owned()).chain(names).collect();
    let rows = export.entries.iter().map(|kept| row(kept, &columns, export));
    write_rows(std::iter::once(head).chain(rows))
}

fn row(kept: &StoredEntry, columns: &Columns, export: &Export) -> Vec<String> {
    let entry = &kept.entry;
    let practice = columns.practices.get(&entry.practice);
    // An entry that follows another one up answers no questionnaire.
    let scored = practice.filter(|_| entry.about.is_none()).map(PracticeForms::usual);
    let scored = scored.map(|practice| scores(practice, &entry.answers)).unwrap_or_default();
    let forms = practice.map(|practice| practice.fitting(entry));
    let mut answers: HashMap<&str, &Answer> = HashMap::with_capacity(entry.answers.len());
    for answer in &entry.answers {
        // Of a question that was answered twice, the first counts.
        answers.entry(&answer.question).or_insert(answer);
    }
    let answers = RowAnswers { entry, forms, answers, scored };
    let mut row = entry_cells(kept, export.layout.clock).to_vec();
    row.extend(columns.all.iter().map(|column| {
        if column.practice == entry.practice { answers.cell(column) } else { String::new() }
    }));
    row
}

/// What one entry has for its columns.
struct RowAnswers<'a> {
    entry: &'a Entry,
    /// Those in which it can have been asked; none where nobody has its practice.
    forms: Option<Vec<&'a Practice>>,
    answers: HashMap<&'a str, &'a Answer>,
    scored: Vec<ScoreValue>,
}

impl RowAnswers<'_> {
    fn cell(&self, column: &Column) -> String {
        match &column.contents {
            ColumnContents::Answer { measure, part: AnswerPart::Missing } => {
                self.missing(measure).map_or("", MissingReason::code).to_owned()
            }
            ColumnContents::Answer { measure, part } => {
                let answer = self.answers.get(measure.question.as_str());
                let answer = answer.filter(|answer| measure.takes(answer));
                answer.map(|it| answer_cell(measure, part, &it.value)).unwrap_or_default()
            }
            ColumnContents::Sentence { .. } => {
                sentence(self.entry).map(|answer| text(&answer.text())).unwrap_or_default()
            }
            ColumnContents::Score { score, .. } => {
                let scored = self.scored.iter().find(|scored| scored.id == score.id);
                let value = scored.and_then(|scored| scored.value);
                value.map(|value| value.to_string()).unwrap_or_default()
            }
        }
    }

    /// Why there is no value; without the practice nobody knows what was asked.
    fn missing(&self, measure: &MeasureColumn) -> Option<MissingReason> {
        let question = measure.question.as_str();
        match self.answers.get(question) {
            Some(answer) if answer.value == Value::CantSay => Some(MissingReason::CantSay),
            Some(answer) => (!measure.takes(answer)).then_some(MissingReason::AskedOtherwise),
            None => self.forms.as_ref().map(|forms| {
                let may_ask = forms.iter().any(|form| form.may_ask(question, self.entry));
                if may_ask { MissingReason::Unanswered } else { MissingReason::NotAsked }
            }),
        }
    }
}

fn answer_cell(measure: &MeasureColumn, part: &AnswerPart, value: &Value) -> String {
    let flag = |yes: bool| u8::from(yes).to_string();
    match (part, value) {
        (AnswerPart::Value, Value::Number(number)) => number.to_string(),
        (AnswerPart::Value, Value::YesNo(yes)) => flag(*yes),
        // A column of numbers stays one: what was said in words once is in the other form.
        (AnswerPart::Value, Value::Text(words)) => match &measure.kind {
            MeasureKind::Choice(_) => text(words),
            MeasureKind::Number { .. } | MeasureKind::YesNo | MeasureKind::Choices(_) => {
                String::new()
            }
        },
        (AnswerPart::Counts, Value::Text(id)) => {
            let option = measure.options().iter().find(|option| option.id == *id);
            option.and_then(|option| option.counts).map(|n| n.to_string()).unwrap_or_default()
        }
        (AnswerPart::Option(option), Value::Chosen(ids)) => flag(ids.contains(&option.id)),
        (AnswerPart::OwnWords, Value::Chosen(ids)) => {
            let own = |id: &&String| !measure.options().iter().any(|option| option.id == **id);
            text(&ids.iter().filter(own).map(String::as_str).collect::<Vec<_>>().join("; "))
        }
        (
            AnswerPart::Value
            | AnswerPart::Counts
            | AnswerPart::Option(_)
            | AnswerPart::OwnWords
            | AnswerPart::Missing,
            Value::CantSay | Value::YesNo(_) | Value::Number(_) | Value::Text(_) | Value::Chosen(_),
        ) => String::new(),
    }
}

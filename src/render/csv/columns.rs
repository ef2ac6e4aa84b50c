//! The columns of the wide form. The table and its codebook are both made of them, so
//! that each column is described and nothing else is.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use crate::entry::{Answer, Entry, Value};
use crate::pattern::{ScoreValue, scores};
use crate::practice::{Practice, PracticeForms, Practices, SENTENCE, Score};

use super::measure::{CodedOption, MeasureColumn, MeasureKind, measures};

/// One column of a practice.
pub struct Column {
    /// As R keeps it: `reflect.closeness`.
    pub name: String,
    pub practice: String,
    pub contents: ColumnContents,
}

/// What a column has in its cells.
pub enum ColumnContents {
    /// The sentence that the answers build, with the wording of its question.
    Sentence { wording: String },
    /// Something of the answer to a question.
    Answer { measure: Rc<MeasureColumn>, part: AnswerPart },
    /// A score of the practice.
    Score {
        score: Box<Score>,
        range: (f64, f64),
        /// Does it count what is asked about fear, which no mean on a screen does?
        has_private: bool,
    },
}

/// Which part of an answer.
pub enum AnswerPart {
    /// The number, 1 or 0 for yes or no, or the id of what was chosen.
    Value,
    /// What the chosen option counts in a score.
    Counts,
    /// 1 or 0: was this option among those chosen?
    Option(CodedOption),
    /// Of several choices, words of the writer's own.
    OwnWords,
    /// Why there is no value.
    Missing,
}

/// The columns of these entries, and the practices that tell what is missing.
pub struct Columns {
    pub all: Vec<Column>,
    pub practices: BTreeMap<String, PracticeForms>,
}

impl Columns {
    /// Every column that these entries can fill: those of the practices' files, and those
    /// of questions and options that only the entries still know.
    pub fn of(entries: &[&Entry], practices: &Practices) -> Columns {
        let mut by_practice: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            by_practice.entry(&entry.practice).or_default().push(entry);
        }
        let (mut all, mut known) = (Vec::new(), BTreeMap::new());
        for (name, entries) in by_practice {
            let practice = practices.practice(name);
            let practice = practice.map(|practice| practice.clone().with_partner_name(None));
            let wording = sentence_wording(practice.as_ref(), &entries);
            all.extend(wording.map(|wording| Column {
                name: column_name(name, &[SENTENCE]),
                practice: name.to_owned(),
                contents: ColumnContents::Sentence { wording },
            }));
            for measure in measures(practice.as_ref(), &entries) {
                all.extend(answer_columns(name, &Rc::new(measure)));
            }
            if let Some(practice) = practice {
                all.extend(score_columns(&practice));
                known.insert(name.to_owned(), PracticeForms::of(&practice));
            }
        }
        // Two ids may differ in what no name of a column can have.
        let mut names = HashSet::new();
        for column in &mut all {
            while !names.insert(column.name.clone()) {
                column.name.push('_');
            }
        }
        Columns { all, practices: known }
    }
}

/// A name that R keeps as it is.
fn column_name(practice: &str, parts: &[&str]) -> String {
    let name = std::iter::once(&practice).chain(parts).copied().collect::<Vec<_>>().join(".");
    let part = |c: char| if c.is_alphanumeric() || c == '.' { c } else { '_' };
    name.chars().map(part).collect()
}

fn answer_columns(practice: &str, measure: &Rc<MeasureColumn>) -> Vec<Column> {
    let name: Vec<&str> =
        std::iter::once(measure.question.as_str()).chain(measure.former.as_deref()).collect();
    let column = |ending: &[&str], part: AnswerPart| Column {
        name: column_name(practice, &[name.as_slice(), ending].concat()),
        practice: practice.to_owned(),
        contents: ColumnContents::Answer { measure: Rc::clone(measure), part },
    };
    let mut columns = match &measure.kind {
        MeasureKind::Number { .. } | MeasureKind::YesNo => vec![column(&[], AnswerPart::Value)],
        MeasureKind::Choice(options) => {
            let counts = options.iter().any(|option| option.counts.is_some());
            let counts = counts.then(|| column(&["counts"], AnswerPart::Counts));
            std::iter::once(column(&[], AnswerPart::Value)).chain(counts).collect()
        }
        MeasureKind::Choices(options) => {
            let of_option = |option: &CodedOption| {
                column(&["is", &option.id], AnswerPart::Option(option.clone()))
            };
            let own = column(&["own", "words"], AnswerPart::OwnWords);
            options.iter().map(of_option).chain([own]).collect()
        }
    };
    // What was asked otherwise once is missing from the question's own columns.
    let missing = measure.former.is_none();
    columns.extend(missing.then(|| column(&["missing"], AnswerPart::Missing)));
    columns
}

fn score_columns(practice: &Practice) -> Vec<Column> {
    let column = |(score, ScoreValue { range, .. }): (&Score, ScoreValue)| Column {
        name: column_name(&practice.name, &["score", &score.id]),
        practice: practice.name.clone(),
        contents: ColumnContents::Score {
            has_private: practice.has_private_items(&score.id),
            score: Box::new(score.clone()),
            range,
        },
    };
    // Of no answers, a score still has its range.
    practice.scores.iter().zip(scores(practice, &[])).map(column).collect()
}

/// How the practice asks for its sentence, or the entries of one whose file is gone.
fn sentence_wording(practice: Option<&Practice>, entries: &[&Entry]) -> Option<String> {
    let of_file = practice.and_then(|practice| practice.sentences.first());
    let of_entries = || entries.iter().find_map(|entry| sentence(entry));
    let of_file = of_file.map(|sentence| sentence.question.ask.clone());
    of_file.or_else(|| of_entries().map(|answer| answer.asked.clone()))
}

/// The answer that is a sentence built of the others.
pub fn sentence(entry: &Entry) -> Option<&Answer> {
    let first = entry.answers.first();
    first.filter(|it| it.question == SENTENCE && matches!(it.value, Value::Text(_)))
}

//! What each column of the wide form holds: a row a column, and below it a row for each
//! value that has a wording of its own.

use crate::practice::{MissingReason, Practice, SENTENCE, ScoreRule};

use super::columns::{AnswerPart, Column, ColumnContents, Columns};
use super::measure::{CodedOption, MeasureColumn, MeasureKind};
use super::wide::ENTRY_COLUMNS;
use super::{Export, text, write_rows};

const HEAD: [&str; 12] = [
    "name", "practice", "question", "kind", "wording", "value", "label", "counts", "min", "max",
    "of", "reverse",
];

/// `patterns` leaves them out of its mean, and says so.
const WITH_PRIVATE: &str = "(with the private questions)";

/// One row; what it doesn't say is empty.
#[derive(Clone, Default)]
struct CodebookRow {
    name: String,
    practice: String,
    question: String,
    kind: &'static str,
    wording: String,
    value: String,
    label: String,
    counts: String,
    min: String,
    max: String,
    of: String,
    reverse: String,
}

impl CodebookRow {
    fn cells(self) -> Vec<String> {
        let kind = self.kind.to_owned();
        // A step of a scale is a number, and may be negative.
        let value = match self.value.parse::<f64>() {
            Ok(_) => self.value,
            Err(_) => text(&self.value),
        };
        let words = [self.name, self.practice, self.question, kind, self.wording];
        let words = words.iter().map(|words| text(words));
        let rest = [value, text(&self.label), self.counts, self.min, self.max];
        words.chain(rest).chain([self.of, self.reverse].map(|ids| text(&ids))).collect()
    }
}

/// The whole codebook of these entries' columns.
pub fn codebook(export: &Export) -> String {
    let columns = Columns::of(&export.newest(), export.layout.practices);
    let of_entry = ENTRY_COLUMNS.iter().map(|(name, wording)| CodebookRow {
        name: (*name).to_owned(),
        kind: "entry",
        wording: (*wording).to_owned(),
        ..CodebookRow::default()
    });
    let mut practices: Vec<&str> = columns.all.iter().map(|it| it.practice.as_str()).collect();
    practices.dedup();
    let practices = practices.into_iter().filter_map(|it| export.layout.practices.practice(it));
    let rows = practices.flat_map(of_practice).chain(columns.all.iter().flat_map(rows));
    let rows = of_entry.chain(rows).map(CodebookRow::cells);
    write_rows(std::iter::once(HEAD.map(str::to_owned).to_vec()).chain(rows))
}

/// Where a practice comes from. Its rows have no name, as they describe no column.
fn of_practice(practice: &Practice) -> Vec<CodebookRow> {
    let row = |(kind, words): (&'static str, &str)| CodebookRow {
        practice: practice.name.clone(),
        kind,
        wording: words.to_owned(),
        ..CodebookRow::default()
    };
    practice.origin.fields().map(row).collect()
}

fn rows(column: &Column) -> Vec<CodebookRow> {
    let (name, practice) = (column.name.clone(), column.practice.clone());
    let row = CodebookRow { name, practice, ..CodebookRow::default() };
    match &column.contents {
        ColumnContents::Sentence { wording } => vec![CodebookRow {
            question: SENTENCE.to_owned(),
            kind: "sentence",
            wording: wording.clone(),
            ..row
        }],
        ColumnContents::Answer { measure, part } => {
            let (question, wording) = (measure.question.clone(), measure.wording.clone());
            answer_rows(CodebookRow { question, wording, ..row }, measure, part)
        }
        ColumnContents::Score { score, range, has_private } => vec![CodebookRow {
            kind: match score.how {
                ScoreRule::Mean => "mean",
                ScoreRule::Sum => "sum",
                ScoreRule::MeanOfScores => "mean-of-scores",
            },
            wording: if *has_private {
                format!("{} {WITH_PRIVATE}", score.title)
            } else {
                score.title.clone()
            },
            min: range.0.to_string(),
            max: range.1.to_string(),
            of: score.of.join(" "),
            reverse: score.reverse.join(" "),
            ..row
        }],
    }
}

fn answer_rows(row: CodebookRow, measure: &MeasureColumn, part: &AnswerPart) -> Vec<CodebookRow> {
    let valued = |kind, coded: Vec<(String, String, String)>| {
        let of_value =
            |(value, label, counts)| CodebookRow { kind, value, label, counts, ..row.clone() };
        let values: Vec<CodebookRow> = coded.into_iter().map(of_value).collect();
        std::iter::once(CodebookRow { kind, ..row.clone() }).chain(values).collect::<Vec<_>>()
    };
    let coded = |value: &str, label: &str| (value.to_owned(), label.to_owned(), String::new());
    match (part, &measure.kind) {
        (AnswerPart::Value, MeasureKind::Number { name, min, max, labels }) => {
            let labels = labels.iter().map(|(value, label)| coded(value, label)).collect();
            let mut rows = valued(*name, labels);
            for row in &mut rows {
                (row.min, row.max) = (min.clone(), max.clone());
            }
            rows
        }
        (AnswerPart::Value, MeasureKind::YesNo) => {
            valued("yes-no", vec![coded("0", "no"), coded("1", "yes")])
        }
        (AnswerPart::Value, MeasureKind::Choice(options)) => {
            let of_option = |option: &CodedOption| {
                let counts = option.counts.map(|counts| counts.to_string()).unwrap_or_default();
                (option.id.clone(), option.label.clone(), counts)
            };
            valued("choice", options.iter().map(of_option).collect())
        }
        (AnswerPart::Option(option), _) => {
            let (value, label) = (option.id.clone(), option.label.clone());
            vec![CodebookRow { kind: "chosen", value, label, ..row }]
        }
        (AnswerPart::Counts, _) => vec![CodebookRow { kind: "counts", ..row }],
        (AnswerPart::OwnWords | AnswerPart::Value, _) => {
            vec![CodebookRow { kind: "own-words", ..row }]
        }
        (AnswerPart::Missing, _) => {
            let codes = MissingReason::CODES.iter().map(|(_, code, means)| coded(code, means));
            valued("missing", codes.collect())
        }
    }
}

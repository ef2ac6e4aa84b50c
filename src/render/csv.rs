//! CSV: a row an answer, which loses little, and a row an entry with a column
//! for each scale and number, which R and pandas read as it is.

use std::collections::{BTreeSet, HashMap};

use ::csv::{Terminator, WriterBuilder};

use crate::config::Clock;
use crate::entry::{Entry, Value};

use super::{ExportFormat, ExportParts};

pub const FORMAT: ExportFormat = ExportFormat {
    name: "csv",
    extension: "csv",
    attaches: false,
    about: "a row for each answer",
    write: |export| answers(&export.newest(), export.layout.clock),
    parts: Some(ExportParts {
        entry: |layout, kept| rows(std::iter::once(&kept.entry), layout.clock),
        head: |_, _| String::new(),
        before: HEAD,
        between: "",
        after: "",
        empty: HEAD,
        shows_links: false,
    }),
};

pub const WIDE: ExportFormat = ExportFormat {
    name: "csv-wide",
    extension: "csv",
    attaches: false,
    about: "a row for each entry, a column for each scale and number",
    write: |export| wide(&export.newest(), export.layout.clock),
    parts: None,
};

const HEAD: &str = "id,day,at,practice,tags,about,question,asked,value,said,min,max\r\n";

fn answers(entries: &[&Entry], clock: &Clock) -> String {
    HEAD.to_owned() + &rows(entries.iter().copied(), clock)
}

fn rows<'a>(entries: impl Iterator<Item = &'a Entry>, clock: &Clock) -> String {
    write_rows(entries.flat_map(|entry| {
        entry.answers.iter().map(move |answer| {
            let bound = |of: fn(&crate::entry::Scale) -> i64| {
                answer.scale.as_ref().map(of).map_or(String::new(), |n| n.to_string())
            };
            vec![
                entry.id.to_string(),
                clock.day_of(entry.at).to_string(),
                entry.at.to_rfc3339(),
                text(&entry.practice),
                text(&entry.tags.join(" ")),
                entry.about.as_ref().map(ToString::to_string).unwrap_or_default(),
                text(&answer.question),
                text(&answer.asked),
                value(&answer.value),
                text(&answer.text()),
                bound(|scale| scale.min),
                bound(|scale| scale.max),
            ]
        })
    }))
}

fn wide(entries: &[&Entry], clock: &Clock) -> String {
    let column = |entry: &Entry, question: &str| {
        // A name that R keeps as it is.
        format!("{}.{question}", entry.practice).replace('-', "_")
    };
    let mut columns: BTreeSet<String> = BTreeSet::new();
    for entry in entries {
        let numbers = entry.answers.iter().filter(|a| numeric(&a.value).is_some());
        columns.extend(numbers.map(|a| column(entry, &a.question)));
    }
    let mut head = ["id", "day", "at", "practice"].map(str::to_owned).to_vec();
    head.extend(columns.iter().map(|name| text(name)));
    let rows = entries.iter().map(|entry| {
        let mut row = vec![
            entry.id.to_string(),
            clock.day_of(entry.at).to_string(),
            entry.at.to_rfc3339(),
            text(&entry.practice),
        ];
        let mut cells: HashMap<String, Option<String>> = HashMap::new();
        for answer in &entry.answers {
            // Of a question that was answered twice, the first counts.
            let cell = cells.entry(column(entry, &answer.question));
            cell.or_insert_with(|| numeric(&answer.value));
        }
        row.extend(columns.iter().map(|name| cells.remove(name).flatten().unwrap_or_default()));
        row
    });
    write_rows(std::iter::once(head).chain(rows))
}

fn numeric(value: &Value) -> Option<String> {
    match value {
        Value::Number(n) => Some(n.to_string()),
        Value::YesNo(yes) => Some(u8::from(*yes).to_string()),
        _ => None,
    }
}

/// As it is kept: the id of what was chosen, not its wording.
fn value(value: &Value) -> String {
    match value {
        Value::CantSay => String::new(),
        Value::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(n) => n.to_string(),
        Value::Text(words) => text(words),
        Value::Chosen(ids) => text(&ids.join("; ")),
    }
}

/// A spreadsheet takes a cell that begins so for a formula, and runs it. The
/// mark before it keeps it a text; numbers of ours need none.
fn text(words: &str) -> String {
    let formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{words}") } else { words.to_owned() }
}

fn write_rows(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        // A row of as many cells as the first, into memory: neither can fail.
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn entry() -> Entry {
        testing::entry(serde_json::json!({
            "practice": "assess",
            "tags": ["a", "b"],
            "answers": [
                {"question": "push-pull", "asked": "How?", "scale": {"min": -2, "max": 2}, "value": -1,
                 "labels": {"-1": "seldom"}},
                {"question": "frightened", "asked": "Were you?", "value": false},
                {"question": "saw", "asked": "What?", "value": ["one", "two"], "labels": {"one": "The one"}},
                {"question": "skip", "asked": "Well?", "scale": {"min": 0, "max": 4}, "value": null},
                {"question": "note", "asked": "Note?", "value": "=HYPERLINK(\"x\"), and\n\"more\""}
            ]
        }))
    }

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn each_answer_has_a_row_and_no_cell_is_a_formula() {
        let entry = entry();
        let rows = read(&answers(&[&entry], &Clock::at(entry.at)));
        assert_eq!(rows[0].join(",") + "\r\n", HEAD);
        let cells = |row: usize| rows[row][6..].join("|");
        assert_eq!(cells(1), "push-pull|How?|-1|'-1 of -2–2 (seldom)|-2|2");
        assert_eq!(cells(2), "frightened|Were you?|no|no||");
        assert_eq!(cells(3), "saw|What?|one; two|The one, two||");
        assert_eq!(cells(4), "skip|Well?||can't say|0|4");
        assert_eq!(rows[5][8], "'=HYPERLINK(\"x\"), and\n\"more\"");
        assert_eq!(
            rows[1][..6].join("|"),
            "k3v9q2m8ab|2026-11-23|2026-11-23T21:14:03+01:00|assess|a b|"
        );
    }

    #[test]
    fn the_wide_form_has_a_column_for_each_number_and_nothing_for_what_is_missing() {
        let (entry, mut other) = (entry(), entry());
        other.practice = "walk".into();
        other.answers.truncate(1);
        let rows = read(&wide(&[&entry, &other], &Clock::at(entry.at)));
        assert_eq!(
            rows[0].join("|"),
            "id|day|at|practice|assess.frightened|assess.push_pull|walk.push_pull"
        );
        assert_eq!(rows[1][3..].join("|"), "assess|0|-1|");
        assert_eq!(rows[2][3..].join("|"), "walk|||-1");
    }
}

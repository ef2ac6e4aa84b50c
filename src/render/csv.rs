//! CSV: a row an answer, which loses little; a row an entry with a column for each
//! number, choice and score, which R and pandas read as it is; and what those columns hold.

mod codebook;
mod columns;
mod measure;
mod wide;

use ::csv::{Terminator, WriterBuilder};

use crate::config::Clock;
use crate::entry::{Scale, Value};
use crate::journal::{Elsewhere, StoredEntry};

use super::sections::Sections;
use super::{Export, ExportFormat, ExportParts, ExportWriter, Layout, MarkSyntax, clean};

pub const FORMAT: ExportFormat = ExportFormat {
    name: "csv",
    extension: "csv",
    links_attachments: false,
    has_contents_and_links: false,
    marks: Some(FIRST_CELL),
    writer: ExportWriter::Entries(ExportParts {
        entry: rows,
        head: None,
        before: |_| HEAD.to_owned(),
        between: "",
        after: "",
        empty: HEAD,
        page: None,
    }),
};

pub const WIDE: ExportFormat = ExportFormat {
    name: "csv-wide",
    extension: "csv",
    links_attachments: false,
    has_contents_and_links: false,
    marks: Some(FIRST_CELL),
    writer: ExportWriter::Whole(wide::table),
};

pub const CODEBOOK: ExportFormat = ExportFormat {
    name: "codebook",
    extension: "csv",
    links_attachments: false,
    has_contents_and_links: false,
    marks: None,
    writer: ExportWriter::Whole(codebook::codebook),
};

/// Each row begins with its entry's id.
const FIRST_CELL: MarkSyntax = MarkSyntax { before_id: "\n", words: 0, before_revision: None };

const HEAD: &str =
    "id,day,at,practice,tags,about,conflict,section,question,asked,value,said,min,max\r\n";

fn rows(layout: &Layout, kept: &StoredEntry) -> String {
    let sections = Sections::of(&kept.entry, layout.practices);
    write_rows(kept.entry.answers.iter().map(|answer| {
        let bound = |of: fn(&Scale) -> i64| {
            answer.scale.as_ref().map(of).map_or(String::new(), |n| n.to_string())
        };
        let of_entry = entry_cells(kept, layout.clock);
        let of_answer = [
            text(&sections.title(answer).unwrap_or_default()),
            text(&answer.question),
            text(&answer.asked),
            value(&answer.value),
            text(&answer.text()),
            bound(|scale| scale.min),
            bound(|scale| scale.max),
        ];
        of_entry.into_iter().chain(of_answer).collect()
    }))
}

/// What every row says of its entry.
fn entry_cells(kept: &StoredEntry, clock: &Clock) -> [String; 7] {
    let entry = &kept.entry;
    let is_alone = match kept.elsewhere {
        Elsewhere::Nothing => kept.other_heads.is_empty(),
        Elsewhere::Deleted | Elsewhere::Moved(_) => false,
    };
    [
        entry.id.to_string(),
        clock.day_of(entry.at).to_string(),
        entry.at_text(),
        text(&entry.practice),
        text(&entry.tags.join(" ")),
        entry.about.as_ref().map(ToString::to_string).unwrap_or_default(),
        u8::from(!is_alone).to_string(),
    ]
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

/// What a spreadsheet takes for the beginning of a formula; some take the wide forms of
/// East Asian keyboards, too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Without control characters: `| head` hands them to a terminal, and some readers end at a
/// zero. A spreadsheet takes a cell that begins so for a formula, and runs it. The mark
/// before it keeps it a text; numbers of ours need none.
fn text(words: &str) -> String {
    let words = clean(words);
    if words.starts_with(FORMULA) { format!("'{words}") } else { words.into_owned() }
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
mod tests;

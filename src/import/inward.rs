//! inward's own JSON: what `export --format json` wrote. Entries come back as
//! they were, with their ids.

use chrono::Datelike;
use serde_json::value::RawValue;

use crate::entry::{Entry, FormerIds, UnreadableEntry};
use crate::import::ImportIssue;

use super::json_entries::json_entries;
use super::{ImportContext, ImportIdentity, ImportInput, ImportRead, ImportSource, ImportedEntry};

pub const SOURCE: ImportSource = ImportSource {
    name: "inward",
    about: "what `inward export --format json` wrote, a file or a folder of them",
    extensions: &["json"],
    sets_aside: |_| None,
    read,
};

fn read(input: &ImportInput, _: &ImportContext) -> ImportRead {
    let text = match input.text() {
        Ok(text) => text,
        Err(why) => return ImportRead::nothing(input, why),
    };
    let entries = match json_entries::<Box<RawValue>>(text, "an export of inward") {
        Ok(entries) => entries,
        Err(why) => return ImportRead::nothing(input, why),
    };
    let mut read = ImportRead::default();
    for (spot, raw) in entries {
        match raw.and_then(|raw| parse_entry(&raw)) {
            Ok(entry) => read.drafts.push(ImportedEntry { entry, known_by: ImportIdentity::Id }),
            Err(why) => read.problem(input, spot, why),
        }
    }
    read
}

fn parse_entry(raw: &RawValue) -> Result<Entry, ImportIssue> {
    let entry = Entry::from_json(raw.get().as_bytes()).map_err(|e| match e {
        UnreadableEntry::NotAnEntry(why) => ImportIssue::NotAnEntry { why },
        UnreadableEntry::NewerFormat(format) => ImportIssue::NewerFormat { format },
    })?;
    // Which entry of this journal it stands for is not for a file from elsewhere to
    // say.
    let entry = Entry { was: FormerIds::default(), now: None, ..entry };
    match (1..=9999).contains(&entry.day().year()) {
        true => Ok(entry),
        false => Err(ImportIssue::BadDate { given: entry.at.to_rfc3339() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{desk, input};
    use super::*;

    const ONE: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":["aaaaaa"],"practice":"reflect","at":"2026-11-23T21:14:03+05:30","written":"2026-11-23T21:14:03+01:00","tags":["repair"],"weather":"rain","answers":[]}"#;

    #[test]
    fn an_entry_comes_back_whole_and_a_broken_one_hides_no_other() {
        let newer = r#"{"format":2}"#;
        let text = format!("{{\"version\":1,\"entries\":[\n{newer},\n{{\"format\":1}},\n{ONE}]}}");
        let read = desk(|desk| read(&input("all.json", &text), desk));
        assert_eq!(read.drafts[0].entry, Entry::from_json(ONE.as_bytes()).unwrap());
        let moved = ONE.replace("\"practice\"", "\"was\":\"aaaaaaaaaa\",\"practice\"");
        let moved = desk(|desk| {
            super::read(&input("all.json", &format!("{{\"entries\":[{moved}]}}")), desk)
        });
        assert!(moved.drafts[0].entry.was.is_empty(), "it stands for no entry that is here");
        assert_eq!(read.problems[0].why, ImportIssue::NewerFormat { format: 2 });
        assert_eq!(
            read.problems.iter().map(|p| p.spot.line).collect::<Vec<_>>(),
            [Some(2), Some(3)]
        );
    }

    #[test]
    fn a_year_that_no_name_has_room_for_is_refused() {
        let text = format!("{{\"entries\":[{}]}}", ONE.replace("\"at\":\"2026", "\"at\":\"+12026"));
        let read = desk(|desk| read(&input("all.json", &text), desk));
        assert!(read.drafts.is_empty() && read.problems.len() == 1, "{read:?}");
    }
}

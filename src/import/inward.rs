//! inward's own JSON, as `export --format json` writes it. Entries come back as they
//! were, with their ids.

use chrono::Datelike;
use serde_json::value::RawValue;

use crate::entry::{Entry, UnreadableEntry};
use crate::import::ImportIssue;
use crate::render::{FILE_FIELD, OTHERS_FIELD as OTHERS, export_place};
use crate::seal::ExportKey;

use super::json_entries::json_entries;
use super::page::sort_tags;
use super::{
    ImportContext, ImportIdentity, ImportInput, ImportRead, ImportSource, ImportedEntry,
    ImportedFile,
};

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
        let mut entry = match raw.and_then(|raw| parse_entry(raw.get())) {
            Ok(entry) => entry,
            Err(why) => {
                read.problem(input, spot, why);
                continue;
            }
        };
        sort_entry_tags(&mut entry, &mut |why| read.problem(input, spot, why));
        let heads = entry.unknown.remove(OTHERS);
        let tag = take_tag(&mut entry);
        let files = nearby_files(input, &mut entry, &mut |why| read.problem(input, spot, why));
        let identity = ImportIdentity::Exported { tag };
        read.drafts.push(ImportedEntry { entry, identity, files });
        for head in heads.iter().filter_map(|heads| heads.as_array()).flatten() {
            match parse_entry(&head.to_string()) {
                Ok(mut entry) => {
                    sort_entry_tags(&mut entry, &mut |why| read.problem(input, spot, why));
                    // A head has no other heads of its own.
                    entry.unknown.remove(OTHERS);
                    let identity = ImportIdentity::OtherHead { tag: take_tag(&mut entry) };
                    let problem = &mut |why| read.problem(input, spot, why);
                    let files = nearby_files(input, &mut entry, problem);
                    read.drafts.push(ImportedEntry { entry, identity, files });
                }
                Err(why) => read.problem(input, spot, why),
            }
        }
    }
    read
}

/// Removes invalid tags from an entry, and reports them.
fn sort_entry_tags(entry: &mut Entry, problem: &mut dyn FnMut(ImportIssue)) {
    let (tags, invalid) = sort_tags(entry.tags.iter().map(String::as_str));
    if !invalid.is_empty() {
        entry.tags = tags;
        invalid.into_iter().for_each(|given| problem(ImportIssue::NotATag { given }));
    }
}

/// The entry's attachments beside the export. Their place is computed, as the `file`
/// field isn't covered by the tag.
fn nearby_files(
    input: &ImportInput,
    entry: &mut Entry,
    problem: &mut dyn FnMut(ImportIssue),
) -> Vec<ImportedFile> {
    let mut files = Vec::new();
    for attachment in &mut entry.attachments {
        attachment.unknown.remove(FILE_FIELD);
        match input.nearby_file(&export_place(attachment)) {
            Some(file) => files.push(file.exported_as(attachment.clone())),
            None => problem(ImportIssue::Attachment { name: attachment.name.clone() }),
        }
    }
    files
}

/// Removes the tag that proves whose export it is.
fn take_tag(entry: &mut Entry) -> Option<String> {
    entry.unknown.remove(ExportKey::FIELD)?.as_str().map(str::to_owned)
}

fn parse_entry(json: &str) -> Result<Entry, ImportIssue> {
    let entry = Entry::from_json(json.as_bytes()).map_err(|e| match e {
        UnreadableEntry::NotAnEntry(why) => ImportIssue::NotAnEntry { why },
        UnreadableEntry::NewerFormat(format) => ImportIssue::NewerFormat { format },
    })?;
    match (1..=9999).contains(&entry.day().year()) {
        true => Ok(entry),
        false => Err(ImportIssue::BadDate { given: entry.at.to_rfc3339() }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{input, with_context};
    use super::*;

    const ONE: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":["aaaaaa"],"practice":"reflect","at":"2026-11-23T21:14:03+05:30","written":"2026-11-23T21:14:03+01:00","tags":["repair"],"weather":"rain","answers":[]}"#;

    #[test]
    fn an_entry_comes_back_whole_and_a_broken_one_hides_no_other() {
        let newer = r#"{"format":2}"#;
        let text = format!("{{\"version\":1,\"entries\":[\n{newer},\n{{\"format\":1}},\n{ONE}]}}");
        let read = with_context(|context| read(&input("all.json", &text), context));
        assert_eq!(read.drafts[0].entry, Entry::from_json(ONE.as_bytes()).unwrap());
        assert_eq!(read.problems[0].why, ImportIssue::NewerFormat { format: 2 });
        assert_eq!(
            read.problems.iter().map(|p| p.spot.line).collect::<Vec<_>>(),
            [Some(2), Some(3)]
        );
    }

    #[test]
    fn a_year_that_no_name_has_room_for_is_refused() {
        let text = format!("{{\"entries\":[{}]}}", ONE.replace("\"at\":\"2026", "\"at\":\"+12026"));
        let read = with_context(|context| read(&input("all.json", &text), context));
        assert!(read.drafts.is_empty() && read.problems.len() == 1, "{read:?}");
    }
}

//! inward's own JSON, as `export --format json` writes it. Entries come back as they
//! were, with their ids.

use chrono::Datelike;
use serde_json::value::RawValue;

use crate::entry::{Entry, UnreadableEntry, Value};
use crate::import::{ImportIssue, SourceSpot};
use crate::render::{
    ADDED_FIELDS, FILE_FIELD, OTHERS_FIELD as OTHERS, VERSION, exported_attachment_place,
};
use crate::seal::ExportKey;

use super::json_entries::{each_entry, entry_fault};
use super::page::sort_tags;
use super::{
    DedupKey, ExportProof, ImportContext, ImportInput, ImportRead, ImportSource, LinkedFiles,
    ParsedEntry,
};

pub const SOURCE: ImportSource = ImportSource {
    name: "inward",
    title: "inward",
    about: "a file that `inward export --format json` wrote, or a folder of them",
    extensions: &["json"],
    sets_aside: |_| None,
    templates: |_| Vec::new(),
    read,
};

fn read(input: &ImportInput, _: &ImportContext) -> ImportRead {
    if let Some(version) = input.text().ok().and_then(other_version) {
        return ImportRead::nothing(input, ImportIssue::NewerExport { version });
    }
    each_entry(input, "an export of inward", |spot, raw: Box<RawValue>, read| {
        let heads = take_head(input, spot, raw.get(), DedupKey::Exported, read);
        for head in heads.iter().filter_map(|heads| heads.as_array()).flatten() {
            take_head(input, spot, &head.to_string(), DedupKey::OtherHead, read);
        }
    })
}

/// Takes one head of an entry, and returns the others that it has in its `others` field.
fn take_head(
    input: &ImportInput,
    spot: SourceSpot,
    json: &str,
    dedup_key: fn(ExportProof) -> DedupKey,
    read: &mut ImportRead,
) -> Option<serde_json::Value> {
    let mut entry = match parse_entry(json) {
        Ok(entry) => entry,
        Err(why) => {
            read.problem(input, spot, why);
            return None;
        }
    };
    sort_entry_tags(&mut entry, &mut |why| read.problem(input, spot, why));
    drop_impossible_steps(&mut entry, &mut |why| read.problem(input, spot, why));
    let others = entry.unknown.remove(OTHERS);
    entry.unknown.retain(|field, _| !ADDED_FIELDS.contains(&field.as_str()));
    let dedup_key = dedup_key(take_tag(&mut entry));
    let files = nearby_files(input, &mut entry, spot);
    read.entries.push(ParsedEntry { entry, dedup_key, files });
    others
}

/// Removes invalid tags from an entry, and reports them.
fn sort_entry_tags(entry: &mut Entry, problem: &mut dyn FnMut(ImportIssue)) {
    let (tags, invalid) = sort_tags(entry.tags.iter().map(String::as_str));
    if !invalid.is_empty() {
        entry.tags = tags;
        invalid.into_iter().for_each(|given| problem(ImportIssue::NotATag { given }));
    }
}

/// Removes answers that are no step of their own scale, and reports them: a figure of them
/// would be of nothing that anyone could choose.
fn drop_impossible_steps(entry: &mut Entry, problem: &mut dyn FnMut(ImportIssue)) {
    entry.answers.retain(|answer| {
        let (Some(scale), Value::Number(number)) = (answer.scale, &answer.value) else {
            return true;
        };
        let is_step = scale.has_step(number);
        if !is_step {
            let (question, given) = (answer.question.clone(), number.to_string());
            problem(ImportIssue::NotAStep { question, given, min: scale.min, max: scale.max });
        }
        is_step
    });
}

/// What the export says its version is, where that isn't the one that is known: a higher
/// one changes what fields mean.
fn other_version(text: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct VersionField {
        version: Option<serde_json::Value>,
    }
    let version = serde_json::from_str::<VersionField>(text).ok()?.version?;
    (version.as_u64() != Some(VERSION)).then(|| version.to_string())
}

/// The entry's attachments beside the export. Their place is computed, as the `file`
/// field isn't covered by the tag.
fn nearby_files(input: &ImportInput, entry: &mut Entry, spot: SourceSpot) -> LinkedFiles {
    let mut files = LinkedFiles::default();
    for attachment in &mut entry.attachments {
        attachment.unknown.remove(FILE_FIELD);
        match input.nearby_file(&exported_attachment_place(attachment)) {
            Some(file) => files.found.push(file.exported_as(attachment.clone())),
            None => {
                let why = ImportIssue::Attachment { name: attachment.name.clone() };
                files.missing.push(input.problem(spot, why));
            }
        }
    }
    files
}

/// Removes the tag that proves whose export it is.
fn take_tag(entry: &mut Entry) -> ExportProof {
    let tag = entry.unknown.remove(ExportKey::FIELD);
    let tag = tag.and_then(|tag| tag.as_str().map(str::to_owned));
    tag.map_or(ExportProof::None, ExportProof::Tag)
}

fn parse_entry(json: &str) -> Result<Entry, ImportIssue> {
    let entry = Entry::from_json(json.as_bytes()).map_err(|e| match e {
        UnreadableEntry::NotAnEntry(why) => {
            let is_bad = serde_json::from_str::<Entry>(json).is_err();
            let why = if is_bad { entry_fault::<Entry>(json) } else { why };
            ImportIssue::NotAnEntry { why }
        }
        UnreadableEntry::NewerFormat(format) => ImportIssue::NewerFormat { format },
    })?;
    if !(1..=9999).contains(&entry.day().year()) {
        return Err(ImportIssue::BadDate { given: entry.at.to_rfc3339() });
    }
    Ok(entry)
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
        assert_eq!(read.entries[0].entry, Entry::from_json(ONE.as_bytes()).unwrap());
        assert_eq!(read.problems[0].why, ImportIssue::NewerFormat { format: 2 });
        for version in ["2", "\"x\""] {
            let text = format!("{{\"version\":{version},\"entries\":[{ONE}]}}");
            let read = with_context(|context| super::read(&input("all.json", &text), context));
            assert!(read.entries.is_empty(), "{version}");
            let why = ImportIssue::NewerExport { version: version.into() };
            assert_eq!(read.problems[0].why, why);
        }
        assert_eq!(
            read.problems.iter().map(|p| p.spot.line).collect::<Vec<_>>(),
            [Some(2), Some(3)]
        );
    }

    #[test]
    fn what_the_journal_said_of_an_entry_is_no_part_of_it() {
        let fields = r#""also_deleted":true,"also_moved":"aaaaaaaaaa","others":[],"weather""#;
        let text = format!("{{\"entries\":[{}]}}", ONE.replace(r#""weather""#, fields));
        let read = with_context(|context| read(&input("all.json", &text), context));
        assert_eq!(read.entries[0].entry, Entry::from_json(ONE.as_bytes()).unwrap());
    }

    #[test]
    fn the_tag_that_may_prove_whose_export_it_is_is_kept_beside_the_entry() {
        let tagged = ONE.replace(r#""weather""#, r#""mac":"a1b2","weather""#);
        let text = format!("{{\"version\":1,\"entries\":[{tagged}]}}");
        let read = with_context(|context| read(&input("all.json", &text), context));
        assert_eq!(read.entries[0].entry, Entry::from_json(ONE.as_bytes()).unwrap());
        let proof = ExportProof::Tag("a1b2".to_owned());
        assert_eq!(read.entries[0].dedup_key, DedupKey::Exported(proof));
    }

    #[test]
    fn an_answer_that_is_no_step_of_its_scale_is_left_out_and_named() {
        let answers = |value: &str, range: &str| {
            let answers = format!(
                r#""answers":[{{"question":"closeness","asked":"How close?","scale":{range},"value":{value}}},{{"question":"saw","asked":"What?","value":"A heron"}}]"#
            );
            let text = format!("{{\"entries\":[{}]}}", ONE.replace(r#""answers":[]"#, &answers));
            let read = with_context(|context| read(&input("all.json", &text), context));
            let sentences: Vec<_> = read.problems.iter().map(|p| p.why.sentence()).collect();
            (read.entries[0].entry.answers.len(), sentences)
        };
        let (from_0_to_4, from_4_to_0) = (r#"{"min":0,"max":4}"#, r#"{"min":4,"max":0}"#);
        for value in ["0", "4", "3.0", "null"] {
            assert_eq!(answers(value, from_0_to_4), (2, vec![]), "{value}");
        }
        for value in ["77", "-3", "3.5", "1e300"] {
            let (count, sentences) = answers(value, from_0_to_4);
            assert_eq!((count, sentences.len()), (1, 1), "{value}");
            assert!(sentences[0].starts_with("the answer to “closeness” is "), "{sentences:?}");
            assert!(sentences[0].contains("isn't on the scale 0–4"), "{sentences:?}");
        }
        assert_eq!(answers("2", from_4_to_0).0, 1);
    }

    #[test]
    fn a_field_that_cannot_be_read_is_named() {
        for (from, to, why) in [
            ("2026-11-23T21:14:03+05:30", "yesterday", "inward can't read its `at`"),
            (r#""answers":[]"#, r#""answers":[{"question":3}]"#, "inward can't read its `answers`"),
            (
                r#""answers":[]"#,
                r#""answers":[{"question":"a","value":1}]"#,
                "inward can't read its `answers`",
            ),
            (
                r#""answers":[]"#,
                r#""answers":[{"question":"a","asked":"A","scale":{"min":0},"value":1}]"#,
                "inward can't read its `answers`",
            ),
            (
                r#""answers":[]"#,
                r#""attachments":[{"id":"aaaaaaaaaa"}]"#,
                "inward can't read its `attachments`",
            ),
            (r#""practice":"reflect","#, "", "it has no `practice`"),
        ] {
            let text = format!("{{\"entries\":[\n{}]}}", ONE.replace(from, to));
            let read = with_context(|context| read(&input("all.json", &text), context));
            let why = ImportIssue::NotAnEntry { why: why.into() };
            assert_eq!((read.problems[0].spot.line, &read.problems[0].why), (Some(2), &why));
        }
    }

    #[test]
    fn a_year_that_no_name_has_room_for_is_refused() {
        let text = format!("{{\"entries\":[{}]}}", ONE.replace("\"at\":\"2026", "\"at\":\"+12026"));
        let read = with_context(|context| read(&input("all.json", &text), context));
        assert!(read.entries.is_empty() && read.problems.len() == 1, "{read:?}");
    }
}

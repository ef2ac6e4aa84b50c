//! `--json`: one documented, versioned shape. Entries stand in it as they do
//! inside a sealed file, so nothing is lost and `jq` knows them both.

use std::borrow::Cow;
use std::io::sink;

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter};
use serde_json::{Serializer, Value};

use crate::entry::Entry;
use crate::journal::{Elsewhere, StoredEntry};

use super::clean::{each_byte, is_override};
use super::file_name::exported_attachment_place;
use super::{ExportFormat, ExportParts, ExportWriter, Layout, MarkSyntax};

/// The field of an entry that holds its other heads, where there are any.
pub const OTHERS: &str = "others";

/// The fields of an entry that say what another device did to it, unaware of the edits here:
/// true, and the id under which it is there, too.
const ALSO_DELETED: &str = "also_deleted";
const ALSO_MOVED: &str = "also_moved";

/// The fields that the journal adds to an entry, which an import takes off.
pub const ADDED: [&str; 3] = [OTHERS, ALSO_DELETED, ALSO_MOVED];

/// The field of an attachment that says where its file is, beside the document.
pub const FILE: &str = "file";

/// The version of every `--json` document.
pub const VERSION: u64 = 1;

pub const FORMAT: ExportFormat = ExportFormat {
    name: "json",
    extension: "json",
    links_attachments: true,
    has_contents_and_links: false,
    marks: Some(MarkSyntax {
        before_id: "\n      \"id\": \"",
        words: 0,
        before_revision: Some("\"revision\": \""),
    }),
    writer: ExportWriter::Entries(PARTS),
};

/// As `document` would write it, entry by entry.
pub const PARTS: ExportParts = ExportParts {
    entry: entry_json,
    head: None,
    before: |_| "{\n  \"version\": 1,\n  \"entries\": [\n".to_owned(),
    between: ",\n",
    after: "\n  ]\n}\n",
    empty: "{\n  \"version\": 1,\n  \"entries\": []\n}\n",
    page: None,
};

/// An entry, as far to the right as it stands in the document.
fn entry_json(layout: &Layout, kept: &StoredEntry) -> String {
    let entry = with_others(layout, kept);
    let mut text = Vec::with_capacity(entry.json_length());
    text.extend_from_slice(b"    ");
    let mut deep = PrettyFormatter::new();
    // Within the document's object, and its list. Neither fails into memory, and
    // an entry always has a text.
    let _ = deep.begin_object(&mut sink()).and_then(|()| deep.begin_array(&mut sink()));
    let _ = entry.serialize(&mut Serializer::with_formatter(&mut text, deep));
    let text = String::from_utf8(text).unwrap_or_default();
    let plain = each_byte(&text, |b| matches!(b, b' '..=b'~') | (b == b'\n'));
    if plain || !text.contains(needs_escape) { text } else { escape(&text) }
}

/// The newest head, with the other ones in a field of their own, each tagged by itself, and
/// with what was done elsewhere.
fn with_others<'a>(layout: &Layout, kept: &'a StoredEntry) -> Cow<'a, Entry> {
    let tagged = |entry: &'a Entry| {
        let mut entry = Cow::Borrowed(entry);
        if ADDED.iter().any(|field| entry.unknown.contains_key(*field)) {
            // Not from here: an import takes that field for ours, and off before it
            // checks the tag.
            entry.to_mut().unknown.retain(|field, _| !ADDED.contains(&field.as_str()));
        }
        if let Some(key) = layout.key {
            entry = Cow::Owned(key.tag(&entry));
        }
        if layout.has_files && !entry.attachments.is_empty() {
            // Behind the tag: an import takes it off before it checks that.
            for attachment in &mut entry.to_mut().attachments {
                attachment
                    .unknown
                    .insert(FILE.into(), exported_attachment_place(attachment).into());
            }
        }
        entry
    };
    let mut entry = tagged(&kept.entry);
    if !kept.other_heads.is_empty() {
        let others = kept.other_heads.iter().map(tagged);
        // Maps with names of text, which cannot fail to become JSON.
        let others = others.map(|other| serde_json::to_value(&*other).unwrap_or_default());
        entry.to_mut().unknown.insert(OTHERS.into(), others.collect());
    }
    let elsewhere = match &kept.elsewhere {
        Elsewhere::Nothing => None,
        Elsewhere::Deleted => Some((ALSO_DELETED, Value::Bool(true))),
        Elsewhere::Moved(now) => Some((ALSO_MOVED, now.to_string().into())),
    };
    if let Some((field, value)) = elsewhere {
        entry.to_mut().unknown.insert(field.into(), value);
    }
    entry
}

/// A document of the one shape: an object whose first field is its version.
pub fn document(fields: Value) -> String {
    let mut object = serde_json::Map::new();
    object.insert("version".into(), VERSION.into());
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
    // Maps of JSON values always have a text.
    let text = serde_json::to_string_pretty(&Value::Object(object)).unwrap_or_default();
    escape(&text) + "\n"
}

/// JSON escapes only the first 32 control characters; a terminal acts on more.
fn needs_escape(c: char) -> bool {
    (c.is_control() && c != '\n') || is_override(c)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if needs_escape(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_in_it_is_a_control_character_and_nothing_is_lost() {
        let hostile = "\u{1b}]0;x\u{7} \u{9b}31m \u{7f} \u{202e}";
        let text = document(json!({ "said": hostile }));
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        let back: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(back["said"], hostile);
        assert_eq!(back["version"], 1);
    }
}

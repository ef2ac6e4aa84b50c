//! `--json`: one documented, versioned shape. Entries stand in it as they do
//! inside a sealed file, so nothing is lost and `jq` knows them both.

use serde_json::{Value, json};

use crate::entry::Entry;

use super::{Format, clean::is_override};

/// The version of every `--json` document.
pub const VERSION: u64 = 1;

pub const FORMAT: Format = Format {
    name: "json",
    extension: "json",
    about: "one object with every entry whole",
    write: |export| entries(&export.entries),
};

pub fn entries(entries: &[&Entry]) -> String {
    document(json!({ "entries": entries }))
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
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if (c.is_control() && c != '\n') || is_override(c) {
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

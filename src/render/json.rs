//! `--json`: one documented, versioned shape. Entries stand in it as they do
//! inside a sealed file, so nothing is lost and `jq` knows them both.

use rayon::prelude::*;
use serde_json::Value;

use crate::entry::Entry;

use super::{Format, Parts, clean::is_override};

/// The version of every `--json` document.
pub const VERSION: u64 = 1;

pub const FORMAT: Format = Format {
    name: "json",
    extension: "json",
    about: "one object with every entry whole",
    write: |export| entries(&export.entries),
    parts: Some(PARTS),
};

/// As `document` would write it, entry by entry.
const PARTS: Parts = Parts {
    part: |export| list(&export.entries),
    before: "{\n  \"version\": 1,\n  \"entries\": [\n",
    between: ",\n",
    after: "\n  ]\n}\n",
    empty: "{\n  \"version\": 1,\n  \"entries\": []\n}\n",
};

pub fn entries(entries: &[&Entry]) -> String {
    match entries {
        [] => PARTS.empty.to_owned(),
        entries => PARTS.before.to_owned() + &list(entries) + PARTS.after,
    }
}

fn list(entries: &[&Entry]) -> String {
    let one = |entry: &&Entry| {
        // An entry always has a text.
        let text = serde_json::to_string_pretty(entry).unwrap_or_default();
        escape(&format!("    {}", text.replace('\n', "\n    ")))
    };
    entries.par_iter().map(one).collect::<Vec<_>>().join(",\n")
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
    if text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n')) {
        return text.to_owned();
    }
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

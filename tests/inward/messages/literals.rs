//! What the sources of failures can say, by the strings in them.

use std::path::Path;

use regex::Regex;

use crate::harness::files;

/// What is no sentence of its own: a part that another sentence takes in, a word before one,
/// or a mark in what the system says.
const PARTS: [&str; 4] =
    ["it doesn't come to an end", "only Linux keeps keys for a time", "Not read:", "(os error"];

/// Every piece between what is filled in, with its file.
pub fn pieces() -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (literal, filled) =
        (Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap(), Regex::new(r"\{[^}]*\}").unwrap());
    let mut all = Vec::new();
    for file in files(&source) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        if !says_what_is_wrong(&text) {
            continue;
        }
        let code = code(&text);
        let texts = literal.captures_iter(&code).map(|found| unescape(&found[1]));
        for text in texts.filter(|text| text.trim().contains(' ')) {
            let pieces = filled.split(&text).map(one_line);
            let pieces = pieces.filter(|it| it.len() >= 6 && !PARTS.contains(&it.as_str()));
            all.extend(pieces.map(|piece| (file.display().to_string(), piece)));
        }
    }
    all
}

fn says_what_is_wrong(text: &str) -> bool {
    let enums = ["Damage", "Finding", "ImportIssue"];
    text.contains("impl Failure for ")
        || text.contains("impl fmt::Display for Error ")
        || enums.iter().any(|name| text.contains(&format!("pub enum {name} {{\n")))
}

/// Without its comments, attributes and tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let is_code =
        |line: &&str| !line.trim_start().starts_with("//") && !line.trim_start().starts_with('#');
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// The text of a literal, a line each where it breaks one.
fn unescape(literal: &str) -> String {
    let text = literal.replace("\\\n", "").replace("\\n", "\n");
    text.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// As it stands in the list, however either is broken into lines.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! What the sources of failures can say, by the strings in them.

use regex::Regex;

use crate::harness::source_files;

/// What is no sentence of its own: a part that another sentence takes in, a word before one,
/// or a mark in what the system says.
const PARTS: [&str; 4] =
    ["it doesn't come to an end", "only Linux keeps keys for a time", "Not read:", "(os error"];

/// Every piece between what is filled in, with its file.
pub fn pieces() -> Vec<(String, String)> {
    let (literal, filled) =
        (Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap(), Regex::new(r"\{[^}]*\}").unwrap());
    let mut all = Vec::new();
    for file in source_files().into_iter().filter(|file| says_what_is_wrong(&file.code)) {
        let code = without_attributes(&file.code);
        let texts = literal.captures_iter(&code).map(|found| unescape(&found[1]));
        for text in texts.filter(|text| text.trim().contains(' ')) {
            let pieces = filled.split(&text).map(one_line);
            let pieces = pieces.filter(|it| it.len() >= 6 && !PARTS.contains(&it.as_str()));
            all.extend(pieces.map(|piece| (file.path.display().to_string(), piece)));
        }
    }
    all
}

fn says_what_is_wrong(text: &str) -> bool {
    let enums = ["Damage", "Finding", "ImportIssue"];
    text.contains("Failure for ")
        || text.contains("impl fmt::Display for Error ")
        || enums.iter().any(|name| text.contains(&format!("pub enum {name} {{\n")))
}

fn without_attributes(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
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

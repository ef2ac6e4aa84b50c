//! What isn't TOML, in plain words, and how to fix it.

/// How the reader's message begins, what that means, and how to fix it.
const MISTAKES: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "There's no text in quotes here.",
        "Put the text in quotes, as in `title = \"A walk\"`.",
    ),
    ("invalid basic string, expected `\"`", "The closing quote is missing.", "Add \" at the end."),
    ("invalid literal string, expected `'`", "The closing quote is missing.", "Add ' at the end."),
    ("invalid multi-line", "The closing quotes are missing.", "Add the same three at the end."),
    ("missing escaped value", "A backslash stands alone.", "Write \\\\ for a backslash."),
    ("unclosed array table", "The brackets aren't closed.", "Write it as in `[[question]]`."),
    ("unclosed table", "The bracket isn't closed.", "Write it as in `[follow-up]`."),
    ("unclosed array", "The list isn't closed.", "Add ] at its end."),
    ("unclosed inline table", "The table isn't closed.", "Add } at its end."),
    ("duplicate key", "This field is here already.", "Remove one of the two."),
    (
        "key with no value",
        "There's no = here.",
        "Write NAME = VALUE, with text in quotes; a remark starts with #.",
    ),
    ("missing value", "There's no value after the =.", "Add one, or remove the line."),
    ("missing comma", "A comma is missing.", "Put one between the two."),
];

/// What a message of the TOML reader means, and how to fix it.
pub fn toml_words(message: &str) -> (&'static str, &'static str) {
    let known = MISTAKES.iter().find(|(start, ..)| message.starts_with(start));
    known.map_or(
        ("This can't be read.", "Write NAME = VALUE, with text in quotes."),
        |(_, what, fix)| (what, fix),
    )
}

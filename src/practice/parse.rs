//! A practice file read whole: TOML, then the model, then what is wrong with it.

use crate::config::line_of;
use crate::error::plain;

use super::file::PracticeFile;
use super::lint::lint;
use super::{Mistake, Practice};

/// # Errors
/// What TOML cannot read; or every other mistake at once, in the order of the lines.
pub(super) fn parse(name: &str, text: &str, reserved: &[&str]) -> Result<Practice, Vec<Mistake>> {
    let file: PracticeFile = toml::from_str(text).map_err(|e| {
        let what = format!("{}.", in_words(e.message().trim_end_matches('.')).replace('\n', ", "));
        let line = line_of(text, e.span().map_or(0, |s| s.start));
        let fix = "`inward help practice-files` lists every key.";
        vec![Mistake { line, what, fix: fix.into() }]
    })?;
    lint(name, text, &file, reserved)
}

/// What a value should have been, by the words of TOML's manual rather than those of the
/// program's own types.
fn in_words(message: &str) -> String {
    const WORDS: [(&str, &str); 4] = [
        ("a sequence", "a list [ … ]"),
        ("a map", "a table { … }"),
        ("f64", "a number"),
        ("wanted string or table", "expected a text or a table { … }"),
    ];
    let whole = ["u8", "u16", "u32", "u64", "usize", "i32", "i64"].map(|it| (it, "a whole number"));
    let all = WORDS.iter().copied().chain(whole);
    let known = all.fold(message.to_owned(), |message, (own, word)| {
        let (own, word) = match own.starts_with("wanted") {
            true => (own.to_owned(), word.to_owned()),
            false => (format!("expected {own}"), format!("expected {word}")),
        };
        message.replace(&own, &word)
    });
    match known.split_once("expected struct ") {
        Some((before, after)) => {
            let rest = after.trim_start_matches(|letter: char| letter.is_alphanumeric());
            format!("{before}expected a table {{ … }}{rest}")
        }
        None => known,
    }
}

pub(super) fn unreadable(source: &std::io::Error) -> Mistake {
    let what = format!("inward couldn't read the file: {}.", plain(source));
    Mistake { line: 1, what, fix: "Check that it's UTF-8 text, and that you may read it.".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_kind_is_named_in_words_of_toml() {
        for (line, words) in [
            ("rehearse = 3", "expected a table { … }"),
            ("questions = 3\nfollows-up = 3", "expected a"),
            ("beside = \"x\"", "expected a whole number"),
            ("scale = \"x\"", "expected a table { … }"),
            ("tags = { a = 1 }", "expected a"),
            ("title = 3", "expected a string"),
        ] {
            let mistakes = parse("walk", line, &[]).unwrap_err();
            let what = &mistakes[0].what;
            assert!(what.contains(words) || what.contains("unknown field"), "{line}: {what}");
            for own in ["struct", "u32", "i64", "sequence", "wanted", "File"] {
                assert!(!what.contains(own), "{line}: {what}");
            }
        }
    }
}

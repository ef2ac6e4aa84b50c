//! A practice file read whole: TOML, then the model, then what is wrong with it.

use crate::error::plain;

use super::field_mistakes::read_fields;
use super::lint::lint_file;
use super::{Mistake, Practice, convert};

/// # Errors
/// Every mistake in it, in the order of the lines; or, if it isn't TOML, what keeps it from
/// being that.
pub(super) fn parse(name: &str, text: &str, reserved: &[&str]) -> Result<Practice, Vec<Mistake>> {
    let read = read_fields(text)?;
    let linted = lint_file(name, text, &read.file, &read.left_out, reserved);
    if read.mistakes.is_empty() {
        return linted;
    }
    let mut all = read.mistakes;
    all.extend(linted.err().unwrap_or_default());
    all.sort_by_key(|mistake| mistake.line);
    Err(all)
}

/// A practice that comes with the program. A test lints each, so that no start has to.
pub(super) fn parse_built_in(name: &str, text: &str) -> Result<Practice, Vec<Mistake>> {
    Ok(convert::practice(name, &read_fields(text)?.file))
}

pub(super) fn unreadable(source: &std::io::Error) -> Mistake {
    let what = format!("inward couldn't read the file: {}.", plain(source));
    Mistake { line: 1, what, fix: "Check that it's UTF-8 text, and that you may read it.".into() }
}

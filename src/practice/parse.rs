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
        let what = format!("{}.", e.message().trim_end_matches('.').replace('\n', ", "));
        let line = line_of(text, e.span().map_or(0, |s| s.start));
        let mend = "`inward help practice-files` has every key.";
        vec![Mistake { line, what, mend: mend.into() }]
    })?;
    lint(name, text, &file, reserved)
}

pub(super) fn unreadable(source: &std::io::Error) -> Mistake {
    let what = format!("The file could not be read: {}.", plain(source));
    Mistake { line: 1, what, mend: "Check that it is UTF-8 text that you may read.".into() }
}

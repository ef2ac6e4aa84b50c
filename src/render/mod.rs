//! Entries and patterns for people and programs to read. Pure: what comes in
//! is text out; the page says how wide and whether in colour.

mod bars;
mod claims;
mod clean;
mod csv;
mod drawing;
mod escape;
mod figures;
mod json;
mod key;
mod list;
mod markdown;
mod page;
mod report;
mod rows;
mod search_result;
mod sentences;
mod shares;
mod svg;
mod template;
mod terminal;
mod unit;

use crate::journal::StoredEntry;

pub use clean::{clean, clean_line, clean_page};
pub use escape::{escape_item, unescape, unescape_items, unescape_line};
pub use figures::{FigureOptions, figures};
pub use json::{OTHERS as OTHERS_FIELD, PARTS as JSON, VERSION, document, entries as json_entries};
pub use key::{key_code, key_page};
pub use list::{ListRow, list};
pub use markdown::{MARK, OTHER};
pub use page::figures_page;
pub use report::{scores, session_report, side_by_side};
pub use search_result::{result_row, results};
pub use template::{Template, TemplateError};
pub use terminal::{day_words, moment_words, one, show};
pub use unit::{Export, ExportFile, ExportGrouping, ExportUnit, Layout};

/// What the terminal looks like.
#[derive(Clone, Copy, Debug)]
pub struct HtmlPage {
    pub width: usize,
    pub colour: bool,
}

/// One way to export.
pub struct ExportFormat {
    pub name: &'static str,
    pub extension: &'static str,
    pub about: &'static str,
    pub write: fn(&Export) -> String,
    /// How it is written entry by entry, where it can be.
    pub parts: Option<ExportParts>,
}

/// A document that is made entry by entry, the oldest first.
pub struct ExportParts {
    pub entry: fn(&Layout, &StoredEntry) -> String,
    /// What stands before the first entry of a page.
    pub head: fn(ExportGrouping, &ExportFile) -> String,
    pub before: &'static str,
    pub between: &'static str,
    pub after: &'static str,
    /// The whole document where there is no entry.
    pub empty: &'static str,
}

/// The list of formats: one file and one line each.
pub const FORMATS: &[ExportFormat] =
    &[markdown::FORMAT, json::FORMAT, page::FORMAT, csv::FORMAT, csv::WIDE];

/// Oldest first: the order in which a journal is read through.
pub fn in_order(kept: &[StoredEntry]) -> Vec<&StoredEntry> {
    kept.iter().rev().collect()
}

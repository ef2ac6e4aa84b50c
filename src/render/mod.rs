//! Entries and patterns for people and programs to read. Pure: what comes in
//! is text out; the page says how wide and whether in colour.

mod chart;
mod claims;
mod clean;
mod contents;
mod csv;
mod drawing;
mod entry_text;
mod escape;
mod figures;
mod figures_page;
mod file_name;
mod file_size;
mod html;
mod json;
mod key;
mod lasting;
mod least_telling;
mod links;
mod list;
mod markdown;
mod month_behind;
mod own_page;
mod page_mark;
mod paper;
mod paragraphs;
mod proportion;
mod report;
mod search_result;
mod sections;
mod sentences;
mod session_report;
mod svg;
mod template;
mod terminal;
mod two_columns;
mod unit;

use rayon::prelude::*;

use crate::journal::StoredEntry;

pub use chart::FigureOptions;
pub(crate) use chart::PRIVATE;
pub(crate) use clean::clean_page;
use clean::{as_clean_line, is_clean_line};
pub use clean::{clean, clean_line};
pub use contents::Contents;
pub(crate) use contents::{CONTENTS, TITLE};
pub(crate) use entry_text::{EntryPage, EntrySurroundings};
#[cfg(test)]
pub(crate) use escape::escape;
pub(crate) use escape::{unescape, unescape_line};
pub use figures::{WordsAround, closer_look};
pub(crate) use figures::{held_back, overview};
pub(crate) use figures_page::{FiguresPage, figures_page};
pub(crate) use file_name::{ATTACHMENTS, exported_attachment_place, numbered, safe_file_name};
pub(crate) use file_size::file_size;
pub(crate) use json::{
    ADDED as ADDED_FIELDS, FILE as FILE_FIELD, OTHERS as OTHERS_FIELD, PARTS as JSON, VERSION,
    document,
};
pub(crate) use key::{key_code, key_page};
pub(crate) use lasting::lasting_sentence;
pub(crate) use links::is_link_line;
pub use links::{EntryLinks, LinkedEntry};
pub(crate) use list::{ListRow, list};
pub use markdown::ExportKind;
pub(crate) use markdown::{
    ANSWER, ATTACHED, ITEM, ITEM_INDENT, MARK, OTHER, PageOrigin, TABLE, TABLE_RULE, is_page_hash,
    page_origin,
};
pub(crate) use month_behind::{MonthPage, received_sentence};
pub(crate) use own_page::{own_page, two_pages};
pub(crate) use page_mark::{MarkSyntax, PageMark, names_entries, page_marks};
pub(crate) use paper::paper_page;
pub(crate) use paragraphs::{hang, help_page, unfill};
pub(crate) use report::{scores, side_by_side};
pub(crate) use search_result::{result_row, results};
pub(crate) use session_report::{
    ReportLayout, report_question, report_screens, session_picture, whole_report,
};
pub(crate) use template::Template;
pub use template::TemplateError;
pub(crate) use terminal::{cut, day_words, moment_words};
pub(crate) use two_columns::{COLUMN_WIDTH, has_two_columns, two_columns};
pub use unit::{Export, ExportGrouping, Layout};
pub(crate) use unit::{ExportUnit, PageKey};

/// What the terminal looks like.
#[derive(Clone, Copy, Debug)]
pub struct TextPage {
    /// In columns.
    pub width: usize,
    /// May it be coloured?
    pub colour: bool,
}

/// One way to export.
pub struct ExportFormat {
    /// What `--format` calls it.
    pub name: &'static str,
    /// How its files end, without the dot.
    pub extension: &'static str,
    /// Does it link to attachments? Then they are written beside it.
    pub links_attachments: bool,
    /// Does one document of all entries begin with a table of contents, and link those that
    /// belong together? Then the journal is read once before the first is written.
    pub has_contents_and_links: bool,
    /// How it names the entries in a file, where a later export can find them.
    pub marks: Option<MarkSyntax>,
    /// What makes the document.
    pub writer: ExportWriter,
}

/// How a format makes a document.
pub enum ExportWriter {
    /// Entry by entry; then a long journal needs no more memory.
    Entries(ExportParts),
    /// From all of them at once.
    Whole(fn(&Export) -> String),
}

/// A document that is made entry by entry, the oldest first.
pub struct ExportParts {
    /// One entry.
    pub entry: fn(&Layout, &StoredEntry) -> String,
    /// What stands before an entry, where pages have headings: those that the entry before it,
    /// if there is one, does not stand below.
    pub head: Option<HeadingFn>,
    /// What begins the document.
    pub before: fn(&Layout) -> String,
    /// What stands between two entries.
    pub between: &'static str,
    /// What ends it.
    pub after: &'static str,
    /// The whole document where there is no entry.
    pub empty: &'static str,
    /// What a file among others makes of its document, where it says more.
    pub page: Option<fn(&Export, String) -> String>,
}

/// The headings before an entry, by the page of the entry before it and by its own.
pub type HeadingFn = fn(&Layout, Option<&PageKey>, &PageKey) -> String;

impl ExportFormat {
    /// The whole document.
    pub fn write(&self, export: &Export) -> String {
        match &self.writer {
            ExportWriter::Entries(parts) => parts.write(export),
            ExportWriter::Whole(write) => write(export),
        }
    }

    /// How it is written entry by entry, where it can be.
    pub(crate) fn parts(&self) -> Option<&ExportParts> {
        match &self.writer {
            ExportWriter::Entries(parts) => Some(parts),
            ExportWriter::Whole(_) => None,
        }
    }
}

impl ExportParts {
    /// What stands before an entry: what begins the document or separates it from the entry
    /// before it, whose page is the last, and its headings.
    pub(crate) fn before_entry(
        &self,
        layout: &Layout,
        last: Option<&PageKey>,
        page: &PageKey,
    ) -> String {
        let before = last.map_or_else(|| (self.before)(layout), |_| self.between.to_owned());
        before + &self.head.map_or(String::new(), |head| head(layout, last, page))
    }

    /// The whole document; where pages have headings, in their order.
    pub(crate) fn write(&self, export: &Export) -> String {
        if export.entries.is_empty() && !self.empty.is_empty() {
            return self.empty.to_owned();
        }
        let layout = &export.layout;
        let entries = match self.head {
            Some(_) => export.units().into_iter().flat_map(|unit| unit.entries).collect(),
            None => export.entries.clone(),
        };
        let texts: Vec<String> =
            entries.par_iter().map(|kept| (self.entry)(layout, kept)).collect();
        let (mut document, mut last) = (String::new(), None);
        for (kept, text) in entries.iter().zip(texts) {
            let page = layout.by.page(&kept.entry, layout.clock);
            document += &self.before_entry(layout, last.as_ref(), &page);
            document += &text;
            last = Some(page);
        }
        if last.is_none() {
            document += &(self.before)(layout);
        }
        document += self.after;
        match self.page {
            Some(page) if layout.in_folder => page(export, document),
            _ => document,
        }
    }
}

/// Every format, in the order of the help.
pub const FORMATS: &[ExportFormat] =
    &[markdown::FORMAT, json::FORMAT, html::FORMAT, csv::FORMAT, csv::WIDE, csv::CODEBOOK];

/// The order in which a journal is read through, of entries as a search gives them:
/// newest first.
pub fn oldest_first(entries: &[StoredEntry]) -> Vec<&StoredEntry> {
    entries.iter().rev().collect()
}

//! Entries as a list, or as JSON.

use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{ReadOrder, SearchResult};
use crate::query::Query;
use crate::render::{self, EntryLinks, EntryPage, ExportGrouping, Layout, TextPage};
use crate::seal::Identity;

use super::App;
use super::renaming::Renaming;
use super::stream::Stream;

/// Prints what was found, if it is anything.
pub fn print_results<T>(
    app: &App,
    found: &SearchResult<T>,
    text: impl FnOnce(&[T], &TextPage) -> String,
) -> Result<()> {
    if found.entries.is_empty() {
        return Ok(());
    }
    app.terminal.print_paged(&text(&found.entries, &app.terminal.page()))
}

/// Prints what there is, for a program.
pub fn print_json(app: &App, query: &Query, identity: &Identity) -> Result<Exit> {
    let (clock, practices) = (app.clock(), &app.practices);
    let (by, links) = (ExportGrouping::Entry, &EntryLinks::default());
    let layout = Layout {
        by,
        alone: false,
        clock,
        practices,
        links,
        key: None,
        has_files: false,
        contents: None,
    };
    let (order, renaming) = (ReadOrder::NewestFirst, &Renaming::none());
    let stream = Stream { app, identity, order, parts: &render::JSON, layout, renaming };
    let (_, damaged) = app.terminal.print_with(|out| stream.write(query, out))?;
    Ok(app.finish(&damaged, Exit::Done))
}

impl App {
    /// One version of an entry, by itself.
    pub fn entry_text(&self, entry: &Entry, page: &TextPage) -> String {
        let (clock, practices) = (self.clock(), &self.practices);
        EntryPage { clock, practices, page }.one(entry)
    }
}

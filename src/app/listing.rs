//! Entries as a list, or as JSON.

use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{ReadOrder, SearchResult, StoredEntry};
use crate::practice::Fear;
use crate::prompt::read_through;
use crate::query::Query;
use crate::render::{self, EntryLinks, EntryPage, Export, ExportGrouping, Layout, TextPage};
use crate::seal::Identity;

use super::App;
use super::entry_redaction::EntryRedaction;
use super::stream::Stream;

/// Below what is held back: how to have it shown again.
const BRING_BACK: &str = "To bring it back: Esc in any practice, then “Suggestions to share”.";

/// Why something is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldBackReason {
    Sharing,
    /// It's about what was written before care came on.
    BeforeCare,
}

impl HeldBackReason {
    /// Why it's held back, and how to bring it back.
    pub(super) fn sentence(self) -> String {
        format!("{} {BRING_BACK}", self.words())
    }

    fn words(self) -> &'static str {
        match self {
            HeldBackReason::Sharing => "It's about sharing.",
            HeldBackReason::BeforeCare => {
                "It's about something from before suggestions to share were left out."
            }
        }
    }
}

/// Prints what was found, if it is anything.
pub fn print_results<T>(
    app: &App,
    results: &SearchResult<T>,
    text: impl FnOnce(&[T], &TextPage) -> String,
) -> Result<()> {
    if results.entries.is_empty() {
        return Ok(());
    }
    app.terminal.print_paged(&text(&results.entries, &app.terminal.page()))
}

/// Prints what there is, for a program.
pub fn print_json(app: &App, query: &Query, identity: &Identity) -> Result<Exit> {
    let (clock, practices) = (app.clock(), &app.practices);
    let links = &EntryLinks::default();
    let layout = Layout::new(ExportGrouping::Entry, clock, practices, links);
    let stream = Stream {
        app,
        identity,
        order: ReadOrder::NewestFirst,
        parts: &render::JSON,
        layout,
        redaction: &EntryRedaction::none(),
    };
    let (_, damaged) = app.terminal.print_with(|out| stream.write(query, out))?;
    Ok(app.finish(&damaged, Exit::Done))
}

/// The document that a program gets of entries that were read already.
pub fn json_of(app: &App, entries: &[StoredEntry]) -> String {
    let links = &EntryLinks::default();
    let layout = Layout::new(ExportGrouping::Entry, app.clock(), &app.practices, links);
    render::JSON.write(&Export { entries: entries.iter().collect(), layout })
}

impl App {
    /// Shows what is held back on the screen that is wiped: left standing, it would tell that
    /// it is.
    ///
    /// # Errors
    /// `Cancelled`, or what the terminal says.
    pub fn show_held_back(
        &self,
        lines: &[String],
        why: HeldBackReason,
        more: Option<&str>,
    ) -> Result<()> {
        let screen = self.terminal.screen()?;
        let page = screen.page();
        let back = why.sentence();
        let lines = lines.iter().map(String::as_str).chain([back.as_str()]).chain(more);
        let lines: Vec<String> = lines.map(|line| page.wrap(line, "")).collect();
        read_through(&lines.join("\n"), &screen).map(|_| ())
    }

    /// One version of an entry, by itself.
    pub fn entry_text(&self, entry: &Entry, page: &TextPage) -> String {
        let (clock, practices) = (self.clock(), &self.practices);
        EntryPage { clock, practices, form: self.form(Fear::None), page }.one(entry)
    }
}

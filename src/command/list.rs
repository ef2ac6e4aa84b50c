//! `list`: a line an entry.

use clap::Args;

use crate::error::{Exit, Result};
use crate::journal::{ReadOrder, SearchResult};
use crate::query::Query;
use crate::render::{self, ExportGrouping, HtmlPage, Layout, ListRow};
use crate::seal::Identity;

use super::Context;
use super::args::{JsonArg, QueryArgs, VerbArgs};
use super::renaming::Renaming;
use super::stream::Stream;

/// List entries, newest first
///
/// A line for each entry: its id, its time, its practice and how it begins. Any
/// unique beginning of an id names the entry to show, edit and delete.
#[derive(Args)]
pub struct ListArgs {
    #[command(flatten)]
    output: JsonArg,
    #[command(flatten)]
    query: QueryArgs,
}

impl VerbArgs for ListArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        let query = context.query(&self.query)?;
        let identity = context.unlock()?;
        if self.output.json {
            return print_json(context, &query, &identity);
        }
        let found = context.find_as(&query, &identity, &|kept| ListRow::of(&kept))?;
        print(context, &found, |rows, page| render::list(rows, true, context.clock(), page))?;
        context.end(&found)
    }
}

/// Prints what was found, if it is anything.
pub fn print<T>(
    context: &Context,
    found: &SearchResult<T>,
    text: impl FnOnce(&[T], &HtmlPage) -> String,
) -> Result<()> {
    if found.entries.is_empty() {
        return Ok(());
    }
    context.terminal.print_paged(&text(&found.entries, &context.terminal.page()))
}

/// Prints what there is, for a program.
pub fn print_json(context: &Context, query: &Query, identity: &Identity) -> Result<Exit> {
    let (clock, practices) = (context.clock(), &context.practices);
    let layout = Layout { by: ExportGrouping::Entry, alone: false, clock, practices };
    let (order, renaming) = (ReadOrder::NewestFirst, &Renaming::none());
    let stream = Stream { context, identity, order, parts: &render::JSON, layout, renaming };
    let damaged = context.terminal.print_with(|out| stream.write(query, out))?;
    Ok(context.finish(&damaged, Exit::Done))
}

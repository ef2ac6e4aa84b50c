//! `list`: a line an entry.

use clap::Args;

use crate::app::{App, JsonArg, QueryArgs, VerbArgs, print_json, print_results};
use crate::error::{Exit, Result};
use crate::render::{self, ListRow};

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
    fn run(self, app: &App) -> Result<Exit> {
        let query = app.query(&self.query)?;
        let identity = app.unlock()?;
        if self.output.json {
            return print_json(app, &query, &identity);
        }
        let found = app.find_as(&query, &identity, &|kept| ListRow::of(&kept))?;
        print_results(app, &found, |rows, page| render::list(rows, true, app.clock(), page))?;
        app.end_reading(&found)
    }
}

//! `due`: the practices due now, known without unlocking anything.

use clap::Args;
use serde_json::json;

use crate::app::{App, Candidates, JsonArg, VerbArgs, due_follow_ups, due_now, due_practices};
use crate::error::{Exit, Result};
use crate::practice::Practice;
use crate::render::document;

/// List the practices due now; exit 1 if none
///
/// Looks only at when each practice was last kept on this device, and asks for no passphrase.
/// Exits with 0 if something is due and with 1 if nothing is, for scripts and shell prompts.
///
/// In the first days, only daily practices become due by themselves; monthly ones do from the
/// second week, one a week at most. A practice that you name is due unless it was kept in its
/// time. A practice that asks what became of an earlier entry is due, too.
#[derive(Args)]
pub struct DueArgs {
    /// Only these
    #[arg(value_name = "PRACTICE", add = Candidates::Practice)]
    practices: Vec<String>,
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for DueArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let asked = self.practices;
        asked.iter().try_for_each(|name| app.practice(name).map(|_| ()))?;
        let kept = app.state();
        let mut due = match asked.as_slice() {
            [] => due_practices(app, &kept),
            _ => due_now(app, &kept),
        };
        let back = due_follow_ups(app)?.into_iter();
        due.extend(back.filter(|p| !holds(&due, p)).collect::<Vec<_>>());
        due.retain(|practice| asked.is_empty() || asked.contains(&practice.name));
        if self.output.json {
            let names: Vec<_> = due.iter().map(|practice| &practice.name).collect();
            app.terminal.print(&document(json!({ "due": names })))?;
        } else if !app.terminal.is_quiet() {
            let lines: String = due.iter().map(|practice| format!("{}\n", practice.name)).collect();
            app.terminal.print(&lines)?;
        }
        Ok(if due.is_empty() { Exit::NothingMatched } else { Exit::Done })
    }
}

fn holds(due: &[&Practice], practice: &Practice) -> bool {
    due.iter().any(|other| other.name == practice.name)
}

//! `due`: the practices due now, known without unlocking anything.

use clap::Args;
use serde_json::json;

use crate::app::{App, Candidates, JsonArg, VerbArgs, due_follow_ups, due_now, due_practices};
use crate::error::{Exit, Result};
use crate::practice::Practice;
use crate::render::document;

/// List the practices due now; exit 1 if none
///
/// Looks only at when you last kept each practice on this device, and asks for no passphrase.
/// Exits with 0 if something is due and with 1 if nothing is, for scripts and shell prompts.
///
/// At first, only daily practices become due. The monthly ones follow from the second week, at
/// most one a week. If you give a practice, only its own cadence counts: it's due in its part
/// of the day, its week or its month until you've kept it, and never without a cadence. A
/// practice with a follow-up to ask is due, too; `inward routine` doesn't go through those.
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
        let names = self.practices;
        names.iter().try_for_each(|name| app.practice(name).map(|_| ()))?;
        let state = app.state();
        let mut due = match names.as_slice() {
            // A reminder may outlive the journal.
            _ if !app.keys().exist() => Vec::new(),
            [] => due_practices(app, &state),
            _ => due_now(app, &state),
        };
        let back = due_follow_ups(app)?.into_iter();
        due.extend(back.filter(|p| !holds(&due, p)).collect::<Vec<_>>());
        due.retain(|practice| names.is_empty() || names.contains(&practice.name));
        if self.output.json {
            let due_names: Vec<_> = due.iter().map(|practice| &practice.name).collect();
            app.terminal.print(&document(json!({ "due": due_names })))?;
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

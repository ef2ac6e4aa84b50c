//! `routine`: the practices for this hour, one after another.

use clap::Args;
use serde_json::json;

use crate::app::{
    App, Candidates, PracticeArgs, RoutineMemory, VerbArgs, due_follow_ups, find_routine,
    practices_of_hour, record_at,
};
use crate::error::{Exit, Result};
use crate::practice::Practice;
use crate::prompt::{AskError, choose};
use crate::render::{clean_line, document};

/// Go through what's due, one practice after another
#[derive(Args)]
pub struct RoutineArgs {
    /// morning, evening, or one of your own
    #[arg(value_name = "ROUTINE", add = Candidates::Routine)]
    name: Vec<String>,
    /// Only list the practices it would go through
    #[arg(long)]
    list: bool,
    /// With --list, print JSON and nothing else on standard output
    #[arg(long, requires = "list")]
    json: bool,
}

impl VerbArgs for RoutineArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let steps = match self.name.as_slice() {
            [] => practices_of_hour(app)?,
            words => find_routine(app, &words.join(" "))?,
        };
        if self.list {
            let names = steps.iter().map(|practice| practice.name.as_str());
            app.terminal.print(&if self.json {
                document(json!({ "routine": names.collect::<Vec<_>>() }))
            } else {
                names.map(|name| format!("{name}\n")).collect()
            })?;
            return Ok(if steps.is_empty() { Exit::NothingMatched } else { Exit::Done });
        }
        if !app.terminal.can_ask() {
            let instead = "Add --list to see what it would go through.".to_owned();
            return Err(AskError::NeedsTerminal { doing: "go through a routine", instead }.into());
        }
        if steps.is_empty() {
            app.terminal.say(&match due_follow_ups(app)?.first() {
                None => "Nothing is due now. You can still keep any practice.".to_owned(),
                Some(practice) => format!(
                    "No practice is due now. `inward {} --follow-up` asks about an earlier entry.",
                    practice.name
                ),
            });
            return Ok(Exit::NothingMatched);
        }
        walk(app, &steps)
    }
}

fn walk(app: &App, steps: &[&Practice]) -> Result<Exit> {
    let mut memory = RoutineMemory::default();
    let mut exit = Exit::Done;
    for (i, practice) in steps.iter().enumerate() {
        // Calling the routine asks for the first one.
        if i > 0 {
            match next(app, practice)? {
                RoutineStep::Start => {}
                RoutineStep::Skip => continue,
                RoutineStep::Stop => break,
            }
        }
        // A session takes time, so the next one gets a new clock.
        let now = app.clock().tick().now;
        let ended = record_at(app, &practice.name, PracticeArgs::default(), now, &mut memory)?;
        if ended == Exit::SomeDamaged {
            exit = ended;
        }
        if memory.was_stopped() {
            break;
        }
    }
    Ok(exit)
}

enum RoutineStep {
    Start,
    Skip,
    Stop,
}

fn next(app: &App, practice: &Practice) -> Result<RoutineStep> {
    let screen = app.terminal.screen()?;
    screen.title(&practice.title);
    screen.paragraph(&format!("{}.", clean_line(&practice.about)));
    let lines = ["Start it", "Skip it", "Stop here"];
    Ok(match choose("", &lines, "Skip it", &screen)? {
        Some(0) => RoutineStep::Start,
        Some(2) => RoutineStep::Stop,
        _ => RoutineStep::Skip,
    })
}

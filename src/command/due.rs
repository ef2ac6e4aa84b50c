//! `due`: what comes round now, known without unlocking anything. Whatever asks
//! that question, a verb, a prompt or a reminder, asks it here.

use clap::Args;
use serde_json::json;

use crate::config::Clock;
use crate::error::{Exit, Result};
use crate::practice::{Cadence, Practice};
use crate::render::document;
use crate::state::State;

use super::Context;
use super::args::{Candidates, JsonArg, VerbArgs};
use super::history::{History, fear};

/// Say which practices come round now; exit 1 if none
///
/// Knows only when each practice was last kept on this device, and asks for no
/// passphrase. Exits with 0 where something is due and with 1 where nothing is,
/// for use in scripts and shell prompts.
///
/// In the first days, only the practices of the day come round by themselves; one
/// that is asked about by name is due whenever it was not kept in its time. A
/// practice that asks back about an earlier entry is due as well.
#[derive(Args)]
pub struct DueArgs {
    /// Ask about these alone
    #[arg(value_name = "PRACTICE", add = Candidates::Practice)]
    practices: Vec<String>,
    #[command(flatten)]
    output: JsonArg,
}

impl VerbArgs for DueArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        let asked = self.practices;
        asked.iter().try_for_each(|name| context.practice(name).map(|_| ()))?;
        let kept = context.state();
        let mut due = match asked.as_slice() {
            [] => due_practices(context, &kept),
            _ => due(context, &kept),
        };
        let back = due_follow_ups(context, &kept)?.into_iter();
        due.extend(back.filter(|p| !holds(&due, p)).collect::<Vec<_>>());
        due.retain(|practice| asked.is_empty() || asked.contains(&practice.name));
        if self.output.json {
            let names: Vec<_> = due.iter().map(|practice| &practice.name).collect();
            context.terminal.print(&document(json!({ "due": names })))?;
        } else if !context.terminal.is_quiet() {
            let lines: String = due.iter().map(|practice| format!("{}\n", practice.name)).collect();
            context.terminal.print(&lines)?;
        }
        Ok(if due.is_empty() { Exit::NothingMatched } else { Exit::Done })
    }
}

fn holds(due: &[&Practice], practice: &Practice) -> bool {
    due.iter().any(|other| other.name == practice.name)
}

/// Days in which only the practices of the day come round by themselves: a
/// newcomer is not met with everything at once.
const SETTLING_IN: i64 = 5;

/// What comes round by itself, in the order of the list. Before the first
/// sitting there is always one to begin with, at any hour.
pub fn due_practices<'a>(context: &'a Context, kept: &State) -> Vec<&'a Practice> {
    let is_early = |practice: &&Practice| {
        kept.last_kept(&practice.name).is_none() && is_early(practice, kept, context.clock())
    };
    let (mut early, due): (Vec<_>, Vec<_>) = due(context, kept).into_iter().partition(is_early);
    early.truncate(1);
    if due.is_empty() && kept.first_day().is_none() { early } else { due }
}

fn is_early(practice: &Practice, kept: &State, clock: &Clock) -> bool {
    let daily = [Cadence::Morning, Cadence::Evening, Cadence::Daily].contains(&practice.cadence);
    let begun = kept.first_day().map(|at| clock.day_of(at));
    !daily && begun.is_none_or(|day| (clock.today() - day).num_days() < SETTLING_IN)
}

fn due<'a>(context: &'a Context, kept: &State) -> Vec<&'a Practice> {
    let is_due =
        |name: &str, cadence: Cadence| cadence.is_due(kept.last_kept(name), context.clock());
    context.practices.due(is_due).collect()
}

/// Does anything wait, by the times alone? For what may open nothing.
pub fn anything(context: &Context, kept: &State) -> bool {
    !due_practices(context, kept).is_empty() || waiting(context, kept).next().is_some()
}

fn waiting<'a>(context: &'a Context, kept: &State) -> impl Iterator<Item = &'a Practice> {
    let now = context.clock().now;
    let asking = context.practices.names().filter(move |name| kept.follow_up_is_due(name, now));
    asking.filter_map(|name| context.practices.get(name)?.practice())
}

/// The practices that ask back about an earlier entry. Locked, only the times
/// are known; where the journal can be opened, what it says decides.
pub fn due_follow_ups<'a>(context: &'a Context, kept: &State) -> Result<Vec<&'a Practice>> {
    let mut waiting: Vec<&Practice> = waiting(context, kept).collect();
    let memory = if waiting.is_empty() { None } else { History::load_unlocked(context, &waiting)? };
    if let Some(memory) = memory {
        let (fear, past) = (fear(Some(&memory), context), memory.past(context));
        waiting.retain(|p| past.to_follow_up(&(*p).clone().adapted_to(fear)).is_some());
    }
    Ok(waiting)
}

//! `routine`: the practices that belong to the hour, one after another.

use clap::Args;

use crate::command::CommandError;
use crate::config::Config;
use crate::error::{Error, Exit, Result};
use crate::practice::{Cadence, Practice};
use crate::prompt::AskError;
use crate::prompt::choose;
use crate::render::clean_line;
use crate::state::State;

use super::args::{Candidates, VerbArgs};
use super::due::due_practices;
use super::{Context, PracticeArgs, record_at};

/// Go through the practices of the hour, one after another
///
/// Without ROUTINE, what is due now: `intent` in the morning, `reflect` in the
/// evening, and what comes round each week or month when its day has come.
/// `morning` and `evening` are the same at any hour. What was kept today is passed
/// over. Between two practices you choose: go on, leave that one out (Esc), or
/// stop. Ctrl-C stops all of it, and what you answered is kept as a draft.
///
/// Routines of your own stand in config.toml under [routines], as in: morning =
/// ["pause", "intent"]. One called morning or evening takes the place of the
/// built-in one, by the hour too.
#[derive(Args)]
pub struct RoutineArgs {
    /// morning, evening, or one of your own
    #[arg(value_name = "ROUTINE", add = Candidates::Routine)]
    name: Vec<String>,
    /// Only print which practices it would go through
    #[arg(long)]
    list: bool,
}

const BUILT_IN: &[(&str, Cadence)] =
    &[("morning", Cadence::Morning), ("evening", Cadence::Evening)];

impl VerbArgs for RoutineArgs {
    fn run(self, context: &Context) -> Result<Exit> {
        let steps = match self.name.as_slice() {
            [] => practices_of_hour(context)?,
            words => find_routine(context, &words.join(" "))?,
        };
        if self.list {
            let names = steps.iter().map(|practice| format!("{}\n", practice.name));
            context.terminal.print(&names.collect::<String>())?;
            return Ok(if steps.is_empty() { Exit::NothingMatched } else { Exit::Done });
        }
        if !context.terminal.can_ask() {
            let instead = "Add --list to see what it would go through.".to_owned();
            return Err(
                AskError::NeedsTerminal { doing: "go through a routine on", instead }.into()
            );
        }
        if steps.is_empty() {
            let words = "There is nothing in it now. Any practice can be kept all the same.";
            context.terminal.say(words);
            return Ok(Exit::NothingMatched);
        }
        walk(context, &steps)
    }
}

fn walk(context: &Context, steps: &[&Practice]) -> Result<Exit> {
    for (i, practice) in steps.iter().enumerate() {
        // The first was asked for by calling the routine.
        if i > 0 {
            match next(context, practice)? {
                RoutineStep::GoOn => {}
                RoutineStep::LeaveOut => continue,
                RoutineStep::Stop => break,
            }
        }
        // A sitting takes its time, and the next one begins after it.
        let now = Config::load(context.config.paths.clone(), &crate::config::process_env);
        let now = now.map_or(context.clock().now, |config| config.clock.now);
        record_at(context, &practice.name, PracticeArgs::default(), now)?;
    }
    Ok(Exit::Done)
}

enum RoutineStep {
    GoOn,
    LeaveOut,
    Stop,
}

fn next(context: &Context, practice: &Practice) -> Result<RoutineStep> {
    let screen = context.terminal.screen()?;
    screen.title(&practice.title);
    screen.paragraph(&format!("{}.", clean_line(&practice.about)));
    let lines = ["Go on with it", "Leave it out", "That is enough for now"].map(str::to_owned);
    Ok(match choose("", &lines, &screen)? {
        Some(0) => RoutineStep::GoOn,
        Some(2) => RoutineStep::Stop,
        _ => RoutineStep::LeaveOut,
    })
}

/// The user's own for this hour, or whatever is due.
fn practices_of_hour(context: &Context) -> Result<Vec<&Practice>> {
    let clock = context.clock();
    let hour = BUILT_IN.iter().find(|(_, cadence)| cadence.is_due(None, clock));
    match hour.filter(|(name, _)| context.config.routines.contains_key(*name)) {
        Some((name, _)) => find_routine(context, name),
        None => Ok(due_practices(context, &context.state())),
    }
}

fn find_routine<'a>(context: &'a Context, name: &str) -> Result<Vec<&'a Practice>> {
    let (kept, clock) = (context.state(), context.clock());
    let open = |practice: &&Practice| {
        kept.last_kept(&practice.name).is_none_or(|at| clock.day_of(at) < clock.today())
    };
    if let Some(own) = context.config.routines.get(name) {
        let steps = own.iter().map(|step| {
            let found = context.practices.get(step).and_then(|found| found.practice());
            found.ok_or_else(|| bad(context, name, step))
        });
        return Ok(steps.collect::<Result<Vec<_>>>()?.into_iter().filter(open).collect());
    }
    let Some((_, cadence)) = BUILT_IN.iter().find(|(known, _)| *known == name) else {
        return Err(
            CommandError::UnknownRoutine { given: name.to_owned(), known: known(context) }.into()
        );
    };
    Ok(built_in(context, *cadence, &kept).into_iter().filter(open).collect())
}

/// The names of all routines, the built-in ones first.
pub fn known(context: &Context) -> Vec<String> {
    let built_in = BUILT_IN.iter().map(|(name, _)| name.to_string());
    let mut own = context.config.routines.keys().cloned().collect::<Vec<_>>();
    own.retain(|name| !BUILT_IN.iter().any(|(known, _)| known == name));
    built_in.chain(own).collect()
}

/// Those of this part of the day, and those that come round in weeks and months.
fn built_in<'a>(context: &'a Context, cadence: Cadence, kept: &State) -> Vec<&'a Practice> {
    let of_a_part = |cadence| BUILT_IN.iter().any(|(_, part)| *part == cadence);
    let due: Vec<&str> =
        due_practices(context, kept).iter().map(|practice| practice.name.as_str()).collect();
    let belongs = |p: &&Practice| {
        p.cadence == cadence || (!of_a_part(p.cadence) && due.contains(&p.name.as_str()))
    };
    context.practices.valid().filter(belongs).collect()
}

/// A routine that names what cannot be asked.
pub fn bad(context: &Context, name: &str, given: &str) -> Error {
    let known = context.practices.valid().map(|practice| practice.name.clone()).collect();
    CommandError::BadRoutine { name: name.to_owned(), given: given.to_owned(), known }.into()
}

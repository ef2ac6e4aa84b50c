//! What is due now, by the times alone. Whatever asks that question, a verb, a prompt
//! or a reminder, asks it here.

use crate::config::Clock;
use crate::error::Result;
use crate::practice::{Cadence, Practice};
use crate::state::State;

use super::App;
use super::history::{History, fear};

/// Days in which only the practices of the day come round by themselves: a
/// newcomer is not met with everything at once.
const SETTLING_IN: i64 = 5;

/// What comes round by itself, in the order of the list. Before the first
/// sitting there is always one to begin with, at any hour.
pub fn due_practices<'a>(app: &'a App, kept: &State) -> Vec<&'a Practice> {
    let is_early = |practice: &&Practice| {
        kept.last_kept(&practice.name).is_none() && is_early(practice, kept, app.clock())
    };
    let (mut early, due): (Vec<_>, Vec<_>) = due_now(app, kept).into_iter().partition(is_early);
    early.truncate(1);
    if due.is_empty() && kept.first_day().is_none() { early } else { due }
}

fn is_early(practice: &Practice, kept: &State, clock: &Clock) -> bool {
    let daily = [Cadence::Morning, Cadence::Evening, Cadence::Daily].contains(&practice.cadence);
    let begun = kept.first_day().map(|at| clock.day_of(at));
    !daily && begun.is_none_or(|day| (clock.today() - day).num_days() < SETTLING_IN)
}

/// Every practice whose time has come, whatever the newcomer is spared.
pub fn due_now<'a>(app: &'a App, kept: &State) -> Vec<&'a Practice> {
    let is_due = |name: &str, cadence: Cadence| cadence.is_due(kept.last_kept(name), app.clock());
    app.practices.due(is_due).collect()
}

/// Does anything wait, by the times alone? For what may open nothing.
pub fn is_anything_due(app: &App, kept: &State) -> bool {
    !due_practices(app, kept).is_empty() || waiting(app, kept).next().is_some()
}

fn waiting<'a>(app: &'a App, kept: &State) -> impl Iterator<Item = &'a Practice> {
    let now = app.clock().now;
    let asking = app.practices.names().filter(move |name| kept.follow_up_is_due(name, now));
    asking.filter_map(|name| app.practices.get(name)?.practice())
}

/// The practices that ask back about an earlier entry. Locked, only the times
/// are known; where the journal can be opened, what it says decides.
pub fn due_follow_ups<'a>(app: &'a App, kept: &State) -> Result<Vec<&'a Practice>> {
    let mut waiting: Vec<&Practice> = waiting(app, kept).collect();
    let memory = if waiting.is_empty() { None } else { History::load_unlocked(app, &waiting)? };
    if let Some(memory) = memory {
        let (fear, past) = (fear(Some(&memory)), memory.past(app));
        waiting.retain(|p| past.to_follow_up(&(*p).clone().adapted_to(fear)).is_some());
    }
    Ok(waiting)
}

//! What is due now, by the times alone. Whatever asks that question, a verb, a prompt
//! or a reminder, asks it here.

use chrono::{Days, NaiveDate};

use crate::config::Clock;
use crate::entry::Entry;
use crate::error::Result;
use crate::practice::{Cadence, Fear, Practice, monthly_turn};
use crate::seal::{EntryFileName, Identity};
use crate::state::State;

use super::App;
use super::history::History;

/// Days in which only the practices of the day are due by themselves: a
/// newcomer is not met with everything at once.
const SETTLING_IN: i64 = 5;

/// What is due by itself, in the order of the list, and of the practices of a
/// month at most one. Before the first session there is always one to begin with, at
/// any hour.
pub fn due_practices<'a>(app: &'a App, state: &State) -> Vec<&'a Practice> {
    let clock = app.clock();
    let mut due = due_now(app, state);
    if state.first_day(clock.now).is_none() {
        let (mut first, later): (Vec<_>, Vec<_>) = due.into_iter().partition(|p| p.is_daily());
        first.extend(later.into_iter().take(usize::from(first.is_empty())));
        return first;
    }
    let days = days_since_first(state, clock);
    due.retain(|practice| days >= Some(i64::from(practice.begins)));
    let turn = turn_of_month(app, state, &due);
    due.retain(|practice| match practice.cadence {
        Cadence::Monthly => turn.as_ref() == Some(&practice.name),
        Cadence::Weekly | Cadence::On(_) => {
            state.last_kept(&practice.name, clock.now).is_some() || days >= Some(SETTLING_IN)
        }
        Cadence::Morning | Cadence::Evening | Cadence::Daily | Cadence::AsNeeded => true,
    });
    due
}

/// How many days have passed since the first entry, if there is one: `None` is less than any.
fn days_since_first(state: &State, clock: &Clock) -> Option<i64> {
    let first_day = clock.day_of(state.first_day(clock.now)?);
    Some((clock.today() - first_day).num_days())
}

/// The practice of a month whose turn it is.
fn turn_of_month(app: &App, state: &State, due: &[&Practice]) -> Option<String> {
    let clock = app.clock();
    let is_due = |name: &str| due.iter().any(|practice| practice.name == name);
    if !due.iter().any(|practice| practice.cadence == Cadence::Monthly) {
        return None;
    }
    let first_day = clock.day_of(state.first_day(clock.now)?);
    let last = |name: &str| Some(clock.day_of(state.last_kept(name, clock.now)?));
    let names = app.practices.monthly();
    monthly_turn(&names, is_due, last, first_day, clock.today()).map(str::to_owned)
}

/// Every practice whose time has come, whatever the newcomer is spared.
pub fn due_now<'a>(app: &'a App, state: &State) -> Vec<&'a Practice> {
    let clock = app.clock();
    let is_due =
        |name: &str, cadence: Cadence| cadence.is_due(state.last_kept(name, clock.now), clock);
    app.practices.due(is_due).collect()
}

/// Is anything due, by the times alone? For what may open nothing.
pub fn is_anything_due(app: &App, state: &State) -> bool {
    // A shell's prompt asks this. One daily practice that is due answers it, unread.
    let clock = app.clock();
    let is_due = |name: &str, cadence: Cadence| {
        cadence.is_daily() && cadence.is_due(state.last_kept(name, clock.now), clock)
    };
    app.practices.is_due_at_once(is_due) || !due_practices(app, state).is_empty()
}

/// The practices that ask back about an earlier entry. Notes say where to look, and the
/// entries decide; both are sealed, so that locked nothing asks. A note goes by its age alone:
/// if what entries say took it away, the folder would tell whoever looks at it. What is
/// listed is seen by anyone, so care doesn't matter here: the session steps aside.
pub fn due_follow_ups(app: &App) -> Result<Vec<&Practice>> {
    let Some(identity) = app.keys().unlocked_identity() else { return Ok(Vec::new()) };
    let ripe = ripe_notes(app, &identity);
    let is_noted = |name: &&str| ripe.iter().any(|note| note.practice == *name);
    let names = app.practices.names().filter(is_noted);
    let mut waiting: Vec<&Practice> =
        names.filter_map(|name| app.practices.practice(name)).collect();
    let form = app.form(Fear::None);
    waiting.retain(|practice| (*practice).clone().adapted_to(form).follow_up.is_some());
    // Of the days that may be asked about first: mostly nothing waits, and all the rest can
    // stay closed.
    for from in [first_day_asked_about(app, &waiting), None] {
        if waiting.is_empty() {
            break;
        }
        let Some(history) = History::of_practices(app, &identity, &waiting, from)? else { break };
        let past = history.past(app);
        waiting.retain(|practice| past.to_follow_up(practice, None).is_some());
    }
    Ok(waiting)
}

/// The first day on which an entry can be that one of these practices asks about now. A
/// note's own day isn't it, where its entry was moved to an earlier one.
fn first_day_asked_about(app: &App, practices: &[&Practice]) -> Option<NaiveDate> {
    let within = practices.iter().filter_map(|it| Some(it.follow_up.as_ref()?.within)).max()?;
    app.clock().today().checked_sub_days(Days::new(u64::from(within)))
}

/// The notes of entries that may be asked back about now. Those whose time is over go.
fn ripe_notes(app: &App, identity: &Identity) -> Vec<Entry> {
    let notes = app.follow_up_notes();
    let mut ripe = notes.open(identity).0;
    ripe.retain(|note| {
        let age = note_age(app, note);
        if age == NoteAge::Late {
            notes.remove(&EntryFileName::of(note));
        }
        age == NoteAge::Ripe
    });
    ripe
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NoteAge {
    Early,
    Ripe,
    Late,
}

fn note_age(app: &App, note: &Entry) -> NoteAge {
    let practice = app.practices.practice(&note.practice);
    let Some(follow_up) = practice.and_then(|practice| practice.follow_up.as_ref()) else {
        return NoteAge::Late;
    };
    let clock = app.clock();
    let since = clock.day_of(note.at);
    match (clock.today() - since).num_days() {
        days if days < i64::from(follow_up.after) => NoteAge::Early,
        days if days <= i64::from(follow_up.within) => NoteAge::Ripe,
        _ => NoteAge::Late,
    }
}

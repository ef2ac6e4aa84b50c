//! Which practices a routine goes through.

use std::rc::Rc;

use crate::config::ConfigError;
use crate::error::{Error, Result};
use crate::practice::{Cadence, Practice};
use crate::state::State;

use super::App;
use super::care::SessionCare;
use super::due::due_practices;
use super::errors::CommandError;
use super::history::History;
use super::key_at_hand::KeyAtHand;

/// What one practice of a routine leaves to those after it.
#[derive(Default)]
pub struct RoutineMemory {
    pub(super) key: KeyAtHand,
    care: Option<Rc<SessionCare>>,
}

impl RoutineMemory {
    /// What earlier entries say to this practice, where they can be opened without asking.
    pub(super) fn open_history(&self, app: &App, practice: &Practice) -> Result<Option<History>> {
        History::load(app, &self.key, &[practice])
    }

    /// The care of the next session, in which holds what was said in those before it.
    pub(super) fn open_care(&mut self, history: Option<&History>) -> Rc<SessionCare> {
        let care = Rc::new(match &self.care {
            Some(earlier) => SessionCare::following(earlier, history),
            None => SessionCare::open(history),
        });
        self.care = Some(Rc::clone(&care));
        care
    }

    /// Did someone stop right after an answer that turns care on?
    pub fn was_stopped(&self) -> bool {
        self.care.as_ref().is_some_and(|care| care.was_stopped())
    }
}

const ROUTINES: &[(&str, Cadence)] =
    &[("morning", Cadence::Morning), ("evening", Cadence::Evening)];

/// The user's own for this hour, or whatever is due.
pub fn practices_of_hour(app: &App) -> Result<Vec<&Practice>> {
    let clock = app.clock();
    let hour = ROUTINES.iter().find(|(_, cadence)| cadence.is_due(None, clock));
    match hour.filter(|(name, _)| app.config.routines.contains_key(*name)) {
        Some((name, _)) => find_routine(app, name),
        None => Ok(due_practices(app, &app.state())),
    }
}

pub fn find_routine<'a>(app: &'a App, name: &str) -> Result<Vec<&'a Practice>> {
    let state = app.state();
    let clock = app.clock();
    let open = |practice: &&Practice| {
        state.last_kept(&practice.name, clock.now).is_none_or(|at| clock.day_of(at) < clock.today())
    };
    if let Some(own) = app.config.routines.get(name) {
        let steps = own.iter().map(|step| {
            let practice = app.practices.get(step).and_then(|loaded| loaded.practice());
            practice.ok_or_else(|| {
                bad_routine(app, name, app.config.line_of(&format!("routines.{name}")), step)
            })
        });
        return Ok(steps.collect::<Result<Vec<_>>>()?.into_iter().filter(open).collect());
    }
    let Some((_, cadence)) = ROUTINES.iter().find(|(known, _)| *known == name) else {
        return Err(CommandError::UnknownRoutine {
            given: name.to_owned(),
            known: routine_names(app),
        }
        .into());
    };
    Ok(built_in(app, *cadence, &state).into_iter().filter(open).collect())
}

/// The names of all routines, the built-in ones first.
pub fn routine_names(app: &App) -> Vec<String> {
    let built_in = ROUTINES.iter().map(|(name, _)| name.to_string());
    let mut own = app.config.routines.keys().cloned().collect::<Vec<_>>();
    own.retain(|name| !ROUTINES.iter().any(|(known, _)| known == name));
    built_in.chain(own).collect()
}

/// Those of this part of the day, and the weekly and monthly ones.
fn built_in<'a>(app: &'a App, cadence: Cadence, state: &State) -> Vec<&'a Practice> {
    let of_a_part = |cadence| ROUTINES.iter().any(|(_, part)| *part == cadence);
    let due: Vec<&str> =
        due_practices(app, state).iter().map(|practice| practice.name.as_str()).collect();
    let belongs = |p: &&Practice| {
        p.cadence == cadence || (!of_a_part(p.cadence) && due.contains(&p.name.as_str()))
    };
    app.practices.valid().filter(belongs).collect()
}

/// A routine that names what cannot be asked.
pub fn bad_routine(app: &App, name: &str, line: Option<usize>, given: &str) -> Error {
    let known = app.practices.valid().map(|practice| practice.name.clone()).collect();
    let (name, given) = (name.to_owned(), given.to_owned());
    ConfigError::BadRoutine { name, line, given, known }.into()
}

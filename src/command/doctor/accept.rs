//! `doctor --accept`: stops naming what is missing.

use std::collections::HashSet;
use std::path::Path;

use crate::app::App;
use crate::checks::{Diagnosis, Finding};
use crate::error::Result;
use crate::query::Query;
use crate::seal::Identity;

/// Accepts what was named as missing. Returns true if nothing is missing any more: files that
/// disappeared since are named, too, and what couldn't be accepted stays missing.
pub(super) fn accept_losses(
    app: &App,
    identity: &Identity,
    diagnoses: &mut Vec<Diagnosis>,
) -> Result<bool> {
    let lost = diagnoses.iter().filter(|diagnosis| diagnosis.what.is_lost());
    let named: HashSet<&Path> = lost.map(|diagnosis| diagnosis.path.as_path()).collect();
    if named.is_empty() {
        return Ok(false);
    }
    let journal = app.remembered_journal();
    journal.accept_losses(identity, &named);
    let again = journal.find(&Query::everything(), identity, app.clock())?.damaged;
    let mut left = again.into_iter().filter(|damaged| damaged.why.is_loss()).peekable();
    let is_done = left.peek().is_none();
    let new: Vec<_> = left.filter(|damaged| !named.contains(&*damaged.path)).collect();
    diagnoses
        .extend(new.into_iter().map(|d| Diagnosis { path: d.path, what: Finding::Lost(d.why) }));
    Ok(is_done)
}

pub(super) fn say_outcome(app: &App, accepted: bool, refused: bool) {
    if accepted {
        app.terminal.say("Accepted. Missing entries won't be reported again.");
    } else if refused {
        app.terminal.say("Some entries couldn't be accepted, so inward will report them again.");
    }
}

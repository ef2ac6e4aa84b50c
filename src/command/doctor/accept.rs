//! `doctor --accept`: stops naming what is missing.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::app::App;
use crate::checks::{Diagnosis, Finding};
use crate::error::Result;
use crate::query::Query;
use crate::seal::Identity;

/// Accepts what was named as missing, and says so in `diagnoses`. What couldn't be accepted stays
/// missing, and files that disappeared since are named, too.
pub(super) fn accept_losses(
    app: &App,
    identity: &Identity,
    diagnoses: &mut Vec<Diagnosis>,
) -> Result<()> {
    let lost = diagnoses.iter().filter(|diagnosis| diagnosis.what.is_lost());
    let named: HashSet<PathBuf> = lost.map(|diagnosis| diagnosis.path.clone()).collect();
    if named.is_empty() {
        return Ok(());
    }
    let journal = app.remembered_journal();
    journal.accept_losses(identity, &named.iter().map(PathBuf::as_path).collect::<HashSet<_>>());
    let mut left = journal.find(&Query::everything(), identity, app.clock())?.damaged;
    left.retain(|damaged| damaged.why.is_loss());
    let is_left = |path: &Path| left.iter().any(|damaged| damaged.path == path);
    for Diagnosis { path, what } in diagnoses.iter_mut() {
        if let Finding::Lost(why) = what
            && !is_left(path)
        {
            *what = Finding::Accepted(why.clone());
        }
    }
    let new = left.into_iter().filter(|damaged| !named.contains(&damaged.path));
    diagnoses.extend(new.map(|d| Diagnosis { path: d.path, what: Finding::Lost(d.why) }));
    Ok(())
}

pub(super) fn say_outcome(app: &App, is_accepted: bool, diagnoses: &[Diagnosis]) {
    if diagnoses.iter().any(|diagnosis| diagnosis.what.is_lost()) {
        app.terminal.say("Some entries couldn't be accepted, so inward will report them again.");
    } else if is_accepted {
        app.terminal.say("Accepted. Missing entries won't be reported again.");
    }
}

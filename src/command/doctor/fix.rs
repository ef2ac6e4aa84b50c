//! `doctor --fix`: narrows permissions, and adds good copies of damaged files.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::app::App;
use crate::checks::{Diagnosis, Finding};
use crate::journal::Journal;
use crate::seal::{EntryFileName, Identity, Sealed};
use crate::sync::{GitEnv, Sync};

pub struct FixReport {
    pub path: PathBuf,
    pub how: &'static str,
}

/// Makes files private again, and removes those it could fix from `diagnoses`.
pub fn repair(diagnoses: &mut Vec<Diagnosis>) -> Vec<FixReport> {
    let mut fixed = Vec::new();
    diagnoses.retain(|Diagnosis { path, what }| {
        let Finding::OthersMayRead { mode } = what else { return true };
        let own = std::fs::Permissions::from_mode(mode & 0o700);
        let done = std::fs::set_permissions(path, own).is_ok();
        let path = path.clone();
        fixed.extend(done.then_some(FixReport { path, how: "only you can read it now" }));
        !done
    });
    fixed
}

/// The files that are damaged here and undamaged in the repository this journal syncs with;
/// none if git can't be asked.
pub fn in_git(app: &App, identity: &Identity, seen: &mut [Diagnosis]) -> Vec<Sealed> {
    let journal = app.journal();
    let entry_name = |seen: &Diagnosis| {
        let place = seen.path.strip_prefix(journal.root()).ok()?.to_str()?;
        Journal::entry_at(place).filter(|_| matches!(seen.what, Finding::Damaged(_)))
    };
    let names: Vec<EntryFileName> = seen.iter().filter_map(entry_name).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let sync = Sync {
        private: &[],
        journal: &journal,
        state: &app.config.paths.state,
        env: GitEnv { may_ask: false, own_ssh: true },
        day: app.clock().today(),
        identity: Some(identity),
        audience: None,
    };
    let mut whole = sync.intact_copies(&names).unwrap_or_default();
    whole.retain(|sealed| identity.open(sealed).is_ok());
    for seen in seen.iter_mut() {
        let here = entry_name(seen).is_some_and(|name| whole.iter().any(|s| *s.name() == name));
        if let (true, Finding::Damaged(why)) = (here, &seen.what) {
            seen.what = Finding::DamagedHere(why.clone());
        }
    }
    whole
}

/// Puts good copies beside the damaged files, which stay as they are.
pub fn put_beside(app: &App, whole: &[Sealed], seen: &mut Vec<Diagnosis>) -> Vec<FixReport> {
    let journal = app.journal();
    let mut fixed = Vec::new();
    for sealed in whole {
        let damaged = journal.root().join(Journal::place(sealed.name()));
        if let Ok(copy) = journal.publish_intact_copy(sealed) {
            seen.retain(|seen| seen.path != damaged || !seen.what.is_damage());
            let how = "a good copy from git is beside the damaged file; inward now reads that";
            fixed.push(FixReport { path: copy, how });
        }
    }
    fixed
}

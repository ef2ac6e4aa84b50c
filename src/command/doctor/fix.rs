//! What `doctor --fix` does: it narrows permissions, and adds what is whole.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::app::App;
use crate::checks::{Diagnosis, Finding};
use crate::journal::Journal;
use crate::seal::{EntryFileName, Identity, Sealed};
use crate::sync::{GitEnv, Sync};

/// What was mended, and how.
pub struct FixReport {
    pub path: PathBuf,
    pub how: &'static str,
}

/// Takes away what others may do with our files; what was mended is no longer
/// among what was seen.
pub fn repair(seen: &mut Vec<Diagnosis>) -> Vec<FixReport> {
    let mut mended = Vec::new();
    seen.retain(|Diagnosis { path, what }| {
        let Finding::OthersMayRead { mode } = what else { return true };
        let own = std::fs::Permissions::from_mode(mode & 0o700);
        let done = std::fs::set_permissions(path, own).is_ok();
        let path = path.clone();
        mended.extend(done.then_some(FixReport { path, how: "only you can read it now" }));
        !done
    });
    mended
}

/// What is damaged here, and whole in the repository with which this journal is
/// synced. Where that cannot be asked, nothing is known.
pub fn in_git(app: &App, identity: &Identity, seen: &mut [Diagnosis]) -> Vec<Sealed> {
    let journal = app.journal();
    let label = |seen: &Diagnosis| {
        let place = seen.path.strip_prefix(journal.root()).ok()?.to_str()?;
        Journal::label_at(place).filter(|_| matches!(seen.what, Finding::Damaged(_)))
    };
    let labels: Vec<EntryFileName> = seen.iter().filter_map(label).collect();
    if labels.is_empty() {
        return Vec::new();
    }
    let sync = Sync {
        journal: &journal,
        state: &app.config.paths.state,
        env: GitEnv { may_ask: false, own_ssh: true },
        day: app.clock().today(),
        identity: Some(identity),
        audience: None,
    };
    let mut whole = sync.intact_copies(&labels).unwrap_or_default();
    whole.retain(|sealed| identity.open(sealed).is_ok());
    for seen in seen.iter_mut() {
        let here = label(seen).is_some_and(|label| whole.iter().any(|s| *s.label() == label));
        if let (true, Finding::Damaged(why)) = (here, &seen.what) {
            seen.what = Finding::DamagedHere(why.clone());
        }
    }
    whole
}

/// Puts what is whole beside what is damaged, which stays as it is.
pub fn put_beside(app: &App, whole: &[Sealed], seen: &mut Vec<Diagnosis>) -> Vec<FixReport> {
    let journal = app.journal();
    let mut mended = Vec::new();
    for sealed in whole {
        let damaged = journal.root().join(Journal::place(sealed.label()));
        if let Ok(copy) = journal.publish_copy(sealed) {
            seen.retain(|seen| seen.path != damaged || !seen.what.is_damage());
            let how = "a good copy from git, beside the damaged file, to be read instead";
            mended.push(FixReport { path: copy, how });
        }
    }
    mended
}

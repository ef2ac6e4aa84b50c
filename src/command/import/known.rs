//! Which entries of an import are in the journal already.

use std::collections::{HashMap, HashSet};

use crate::app::App;
use crate::entry::{EntryId, RevisionId};
use crate::error::Result;
use crate::import::{self, DedupKey, ExportProof, IdentifiedEntry, ParsedEntry};
use crate::journal::{ReadOrder, Reader, StoredEntry};
use crate::query::Query;
use crate::seal::Identity;

use super::earlier::EntriesHere;
use super::report;

/// The identity, if it is available without asking. For an export that may be this journal's
/// own, or a changed one of what is here, asks for the passphrase if it can.
pub(super) fn identity(
    app: &App,
    files: &[Vec<ParsedEntry>],
    here: &EntriesHere,
) -> Result<Option<Identity>> {
    // A passphrase command works without asking anyone.
    let by_command = || match app.config.passphrase_command() {
        Ok(Some(_)) => app.unlock().inspect_err(|error| app.terminal.warn(error)).ok(),
        _ => None,
    };
    let unlocked = app.keys().unlocked_identity().or_else(by_command);
    let has = |is_one: fn(&ExportProof, bool) -> bool| {
        files.iter().flatten().any(|draft| match &draft.dedup_key {
            DedupKey::Exported(proof) | DedupKey::OtherHead(proof) => {
                is_one(proof, here.has(&draft.entry.id))
            }
            DedupKey::Words(_) => false,
        })
    };
    let is_tagged = has(|proof, _| matches!(proof, ExportProof::Tag(_)));
    let may_be_changed = has(|proof, is_here| is_here && *proof == ExportProof::None);
    if unlocked.is_some() || !(is_tagged || may_be_changed) {
        return Ok(unlocked);
    }
    if app.terminal.can_ask() {
        return app.unlock().map(Some);
    }
    if !is_tagged {
        // What that leaves out is said once it's known.
        return Ok(None);
    }
    report::tell_new_ids(app);
    Ok(None)
}

/// What an open journal says of the entries in it.
#[derive(Default)]
struct OpenedEntries {
    /// By which imported entries are recognized, as another device gives other ids.
    origins: HashSet<String>,
    /// The revisions of each entry, with those they replaced.
    revisions: HashMap<EntryId, Vec<RevisionId>>,
    /// What the heads say of each entry that the files name.
    said: HashMap<EntryId, Vec<[u8; 16]>>,
}

impl OpenedEntries {
    fn read(app: &App, identity: &Identity, entries: &[IdentifiedEntry]) -> Result<OpenedEntries> {
        let named: HashSet<&EntryId> =
            entries.iter().filter_map(|it| it.claimed.as_ref()).collect();
        let query = &Query::everything();
        let reader = Reader { identity, query, clock: app.clock(), progress: &|_, _| true };
        let summary = |stored: StoredEntry| {
            let id = stored.entry.id.clone();
            let origins = stored.heads().filter_map(import::origin).map(str::to_owned);
            let origins = origins.collect::<Vec<String>>();
            let said = named.contains(&id).then(|| stored.heads().map(import::said_hash));
            let said = said.map(|hashes| hashes.collect::<Vec<_>>());
            (id, origins, said, stored.revisions)
        };
        let mut opened = OpenedEntries::default();
        app.cached_journal().read(&reader, ReadOrder::NewestFirst, &summary, &mut |read| {
            for (id, origins, said, revisions) in read {
                opened.origins.extend(origins);
                opened.said.extend(said.map(|said| (id.clone(), said)));
                opened.revisions.insert(id, revisions);
            }
            Ok(true)
        })?;
        Ok(opened)
    }

    /// Is it a version of an entry here that this key proves, and that was never here?
    fn is_new_version(&self, it: &IdentifiedEntry) -> bool {
        let known = self.revisions.get(&it.entry.id).filter(|_| it.is_own);
        known.is_some_and(|known| !known.contains(&it.entry.revision))
    }

    /// Does the entry of this id say something else here? One that was deleted here, or is
    /// damaged, can't be compared.
    fn says_else(&self, id: &EntryId, it: &IdentifiedEntry) -> bool {
        let said = self.said.get(id);
        said.is_some_and(|said| !said.contains(&import::said_hash(&it.entry)))
    }
}

/// The entries that aren't in the journal yet, or not with all of their files: by their ids,
/// which can be seen without opening anything, and, if the journal is open, by their origin
/// and by what they say.
pub(super) fn unknown(
    app: &App,
    here: &EntriesHere,
    entries: Vec<IdentifiedEntry>,
    identity: Option<&Identity>,
) -> Result<Vec<IdentifiedEntry>> {
    let locked = identity.is_none() && !here.is_empty();
    let opened = match identity.filter(|_| !here.is_empty()) {
        Some(identity) => OpenedEntries::read(app, identity, &entries)?,
        None => OpenedEntries::default(),
    };
    // Nothing proves that it is as it was exported, so it may have been changed since.
    let is_doubtful = |it: &&IdentifiedEntry| {
        let is_here = it.claimed.as_ref().is_some_and(|id| here.has(id));
        is_here && !it.is_unchanged && !here.has(&it.entry.id)
    };
    if locked && entries.iter().any(|it| is_doubtful(&it)) {
        report::tell_changes_left_out(app);
    }
    // An entry with an id that is here is known, whatever the file contains: it may have
    // been edited or deleted here since.
    let is_known = |it: &IdentifiedEntry| {
        let IdentifiedEntry { entry, claimed, .. } = it;
        if opened.is_new_version(it) || here.earlier(it).is_some() {
            return false;
        }
        let is_changed = |id: &EntryId| is_doubtful(&it) && opened.says_else(id, it);
        entry.deleted
            || here.has(&entry.id)
            || claimed.as_ref().is_some_and(|id| here.has(id) && !is_changed(id))
            || import::origin(entry).is_some_and(|origin| opened.origins.contains(origin))
    };
    let new: Vec<_> = entries.into_iter().filter(|it| !is_known(it)).collect();
    if locked && !new.is_empty() {
        report::tell_imported_twice(app);
    }
    Ok(new)
}

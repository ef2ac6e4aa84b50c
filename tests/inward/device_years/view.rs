//! What is in a device's folder, and what a rule of ten lines makes of it. Only what
//! changed is looked at again, and only what is new is opened.

use std::cell::Ref;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use inward::entry::{Entry, EntryId};
use inward::journal::{Journal, JournalFile};
use inward::seal::Identity;

use super::opening::Keyring;
use super::people::text;
use super::syncers::{is_passing, own};
use super::world::{Device, journal};
use crate::harness::simulated::Files;

/// What a device shows: of each entry, what its heads say.
pub type Shown = BTreeMap<EntryId, BTreeSet<String>>;

type Bytes = Arc<[u8]>;

#[derive(Default)]
pub struct View {
    /// Every file, by its place in the journal.
    pub files: BTreeMap<String, Bytes>,
    /// Those that have arrived whole, each by the name that it was given, and the places
    /// where it is.
    named: BTreeMap<JournalFile, BTreeMap<String, Bytes>>,
    /// What came since somebody asked.
    pub came: BTreeSet<String>,
    /// And which names went.
    pub went: BTreeSet<JournalFile>,
    rule: Rule,
}

/// The revisions that open, and which of them the rule shows.
#[derive(Default)]
struct Rule {
    identity: Option<Arc<Identity>>,
    revisions: BTreeMap<EntryId, BTreeMap<String, Rc<Entry>>>,
    unopened: BTreeSet<String>,
    /// Entries of which a file came or went.
    changed: BTreeSet<EntryId>,
    shown: Shown,
}

impl View {
    /// The last place that a file has, and its bytes.
    pub fn of(&self, file: &JournalFile) -> Option<(&String, &Bytes)> {
        self.named.get(file)?.last_key_value()
    }

    pub fn names(&self) -> impl Iterator<Item = &JournalFile> {
        self.named.keys()
    }

    pub fn has(&self, file: &JournalFile) -> bool {
        self.named.contains_key(file)
    }

    /// All revisions of an entry that open.
    pub fn revisions(&self, of: &EntryId) -> impl Iterator<Item = &Entry> {
        self.rule.revisions.get(of).into_iter().flat_map(|all| all.values().map(|entry| &**entry))
    }

    pub fn all_revisions(&self) -> impl Iterator<Item = &Entry> {
        self.rule.revisions.values().flat_map(BTreeMap::values).map(|entry| &**entry)
    }

    /// By the rule alone: heads are those that no other replaces; a copy under other keys
    /// stands and falls with its original.
    pub fn heads(&self, of: &EntryId) -> impl Iterator<Item = &Entry> {
        let is_replaced = |entry: &Entry| {
            let names = |other: &Entry| other.replaces.contains(&entry.revision);
            let outdoes = |other: &Entry| {
                entry.copy_of.as_ref().is_some_and(|original| {
                    other.replaces.contains(original) && other.copy_of.as_ref() != Some(original)
                })
            };
            self.revisions(of).any(|it| names(it) || outdoes(it))
        };
        self.revisions(of).filter(move |entry| !entry.deleted && !is_replaced(entry))
    }

    pub fn shown(&self) -> &Shown {
        &self.rule.shown
    }

    fn look_again(&mut self, files: &mut Files) {
        let journal = journal();
        for path in files.take_changed() {
            let Ok(place) = path.strip_prefix(&journal) else { continue };
            let (place, there) = (place.to_str().unwrap(), files.bytes(&path));
            let before = self.files.get(place);
            if before.map(Arc::as_ptr) == there.as_ref().map(Arc::as_ptr) {
                continue;
            }
            if before.is_some() {
                self.remove(place);
            }
            if let Some(bytes) = there {
                self.add(place.to_owned(), bytes);
            }
        }
    }

    fn remove(&mut self, place: &str) {
        self.files.remove(place);
        let Some(file) = name_at(place) else { return };
        if let Some(places) = self.named.get_mut(&file) {
            places.remove(place);
            if places.is_empty() {
                self.named.remove(&file);
            }
        }
        self.rule.unopened.remove(place);
        self.rule.changed.insert(file.entry().clone());
        if let Some(all) = self.rule.revisions.get_mut(file.entry()) {
            all.remove(place);
        }
        self.went.insert(file);
    }

    fn add(&mut self, place: String, bytes: Bytes) {
        if let Some(file) = name_at(&place) {
            self.rule.unopened.insert(place.clone());
            self.named.entry(file).or_default().insert(place.clone(), bytes.clone());
        }
        self.came.insert(place.clone());
        self.files.insert(place, bytes);
    }

    fn open(&mut self, identity: &Arc<Identity>, keyring: &Keyring) {
        let rule = &mut self.rule;
        if rule.identity.as_ref().is_none_or(|before| !Arc::ptr_eq(before, identity)) {
            *rule = Rule { identity: Some(identity.clone()), ..Rule::default() };
            rule.unopened.extend(self.files.keys().cloned());
        }
        for place in std::mem::take(&mut rule.unopened) {
            let label = Journal::entry_at(&own(&place));
            let entry = label.and_then(|label| keyring.open(identity, label, &self.files[&place]));
            let Some(entry) = entry else { continue };
            rule.changed.insert(entry.id.clone());
            rule.revisions.entry(entry.id.clone()).or_default().insert(place, entry);
        }
        for id in std::mem::take(&mut rule.changed) {
            let heads: BTreeSet<String> = self.heads(&id).map(|it| text(it).to_owned()).collect();
            match heads.is_empty() {
                true => self.rule.shown.remove(&id),
                false => self.rule.shown.insert(id, heads),
            };
        }
    }
}

/// The name that a file was given, if it has arrived whole.
pub fn name_at(place: &str) -> Option<JournalFile> {
    let arrived = Some(own(place)).filter(|_| !is_passing(place));
    arrived.and_then(|place| JournalFile::at(&place))
}

impl Device {
    /// As its folder is now.
    pub fn view(&self) -> Ref<'_, View> {
        self.disk.change(|files| self.view.borrow_mut().look_again(files));
        self.view.borrow()
    }

    /// The same, with all opened that its key opens.
    pub fn opened(&self) -> Ref<'_, View> {
        drop(self.view());
        self.view.borrow_mut().open(&self.identity(), &self.keyring);
        self.view.borrow()
    }

    /// What came since this was last asked.
    pub fn what_came(&self) -> BTreeSet<String> {
        drop(self.view());
        std::mem::take(&mut self.view.borrow_mut().came)
    }

    /// Which names went since this was last asked, and didn't come back.
    pub fn what_went(&self) -> BTreeSet<JournalFile> {
        drop(self.view());
        let went = std::mem::take(&mut self.view.borrow_mut().went);
        let view = self.view.borrow();
        went.into_iter().filter(|file| !view.has(file)).collect()
    }
}

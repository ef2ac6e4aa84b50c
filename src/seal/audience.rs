//! To whom a file is sealed, as far as its header shows: the number of keys, and which of
//! the reader's own keys opened it. This reveals a device that doesn't know of a change
//! of keys.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use age::DecryptError;
use age_core::format::{FileKey, Stanza};

use crate::entry::{Entry, EntryId, RevisionId};
use crate::words::{count_of, plural};

use super::{EntryFileName, Recipients};

/// How a file's keys differ from the list of recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mismatch {
    /// More keys than the list names.
    MoreKeys,
    /// Fewer keys.
    FewerKeys,
    /// Opened by a key of the reader's that the list no longer names.
    RotatedKey,
    /// None of the reader's keys opens it.
    AnotherKey,
}

impl Mismatch {
    /// A sentence for `count` files (an entry may have several, a deleted one has one): what is
    /// wrong, and how to fix it.
    pub fn sentence(self, count: usize) -> String {
        let files = count_of(count, "file is", "files are");
        let them = plural(count, "it", "them");
        match self {
            Mismatch::MoreKeys => format!(
                "{files} encrypted to more recipients than are on your list. If you removed a key here, run `inward key remove` on the device that wrote {them}, too. If you added a key there, run `inward key add` here. Then run `inward key reseal` here"
            ),
            Mismatch::FewerKeys => format!(
                "{files} encrypted to fewer recipients than are on your list. If you don't know a key that `inward key` shows, run `inward key remove` here. If you added a key here, run `inward key add` on the device that wrote {them}, too. If you removed a key there, run `inward key remove` here. Then run `inward key reseal` here: everyone on the list can then read {them}"
            ),
            // First the case in which the other advice would put back a key that was replaced.
            Mismatch::AnotherKey => format!(
                "{files} encrypted to another key only, so you can't read {them} here. If you ran `inward key rotate` on another device, run `inward key backup FILE` on that device, then `inward init --identity FILE` here. If a device that always had its own key wrote {them}, run `inward key add` on that device, with this device's key (`inward key show` here prints it; if that device has it already, run `inward key reseal` there instead). Then run `inward sync` on both"
            ),
            Mismatch::RotatedKey => format!(
                "{files} encrypted to a key you have replaced. If another device wrote {them}, it needs the new one: back it up here and run `inward init --identity FILE` there. If that device has a key of its own, run `inward key add` and `inward key remove` there instead. Then run `inward key reseal` here"
            ),
        }
    }
}

/// How many keys a file is sealed to: the stanzas of its header
/// (<https://c2sp.org/age#recipient-stanza>), without the one that age may add so that
/// readers learn to ignore unknown ones.
pub fn key_count(sealed: &[u8]) -> usize {
    let lines = sealed.split(|byte| *byte == b'\n');
    let header = lines.take_while(|line| !line.starts_with(b"---"));
    let tags = header.filter_map(|line| line.strip_prefix(b"-> "));
    let tags = tags.map(|rest| rest.split(|byte| *byte == b' ').next().unwrap_or_default());
    tags.filter(|tag| !tag.ends_with(b"-grease")).count()
}

/// The list that files are compared with.
#[derive(Clone)]
pub struct Audience {
    list: Recipients,
    /// A plugin may write several stanzas for one key.
    has_plugin: bool,
}

impl Audience {
    /// An audience of this list.
    pub fn of(list: Recipients) -> Audience {
        let has_plugin = list.iter().any(|key| key.plugin().is_some());
        Audience { list, has_plugin }
    }

    /// Compares the number of a file's keys with the list.
    pub fn compare(&self, sealed: &[u8]) -> Option<Mismatch> {
        let expected = self.list.iter().count();
        match key_count(sealed).cmp(&expected) {
            std::cmp::Ordering::Greater if self.has_plugin => None,
            std::cmp::Ordering::Greater => Some(Mismatch::MoreKeys),
            std::cmp::Ordering::Less => Some(Mismatch::FewerKeys),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The same for a file that the reader opened with `key`, if its public half is
    /// known.
    pub fn compare_opened(&self, sealed: &[u8], key: Option<&str>) -> Option<Mismatch> {
        match key {
            Some(key) if !self.list.contains(key) => Some(Mismatch::RotatedKey),
            Some(_) | None => self.compare(sealed),
        }
    }
}

/// The opened files that are sealed to other keys than the list names.
#[derive(Default)]
pub struct AudienceLog(Mutex<AudienceNotes>);

#[derive(Default)]
struct AudienceNotes {
    mismatches: BTreeMap<EntryFileName, Mismatch>,
    replaced: HashSet<(EntryId, RevisionId)>,
}

impl AudienceLog {
    fn notes(&self) -> MutexGuard<'_, AudienceNotes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, name: &EntryFileName, mismatch: Mismatch) {
        self.notes().mismatches.insert(name.clone(), mismatch);
    }

    /// Notes what an entry replaces. A file of that, which a syncer or a backup brought back,
    /// says nothing about who writes with which keys.
    pub(super) fn note_replaced(&self, entry: &Entry) {
        let mut replaced = entry.replaces.iter().chain(&entry.copy_of).peekable();
        if replaced.peek().is_some() {
            let named = replaced.map(|revision| (entry.id.clone(), revision.clone()));
            self.notes().replaced.extend(named);
        }
    }

    /// Returns what was noted of files that nothing replaces, and empties the log.
    pub fn take(&self) -> BTreeMap<EntryFileName, Mismatch> {
        let AudienceNotes { mut mismatches, replaced } = std::mem::take(&mut *self.notes());
        mismatches.retain(|name, _| !replaced.contains(&(name.id.clone(), name.revision.clone())));
        mismatches
    }
}

/// What an identity compares with and notes in while it opens files.
#[derive(Clone)]
pub(super) struct AudienceWatch {
    pub audience: Audience,
    pub log: Arc<AudienceLog>,
}

/// A key that notes whether it was the one that opened the file.
pub(super) struct TrackedKey<'a> {
    pub key: &'a dyn age::Identity,
    pub number: usize,
    pub opened_by: &'a Cell<Option<usize>>,
}

impl age::Identity for TrackedKey<'_> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.unwrap_stanzas(std::slice::from_ref(stanza))
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        let unwrapped = self.key.unwrap_stanzas(stanzas)?;
        if unwrapped.is_ok() {
            self.opened_by.set(Some(self.number));
        }
        Some(unwrapped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;
    use crate::seal::{Identity, Sealed};

    fn list(of: &[&Identity]) -> Recipients {
        let keys: Vec<String> = of.iter().flat_map(|identity| identity.recipients()).collect();
        Recipients::parse(&keys.join("\n"), "test").unwrap()
    }

    #[test]
    fn keys_are_counted_without_grease() {
        let (desk, phone) = (Identity::generate(), Identity::generate());
        // age puts grease in at random: some of these have it.
        let mut grease_count = 0;
        for _ in 0..200 {
            let bytes = list(&[&desk, &phone]).seal_bytes(b"-> X25519 not a stanza\n").unwrap();
            assert_eq!(key_count(&bytes), 2);
            grease_count += usize::from(bytes.windows(7).any(|part| part == b"-grease"));
        }
        assert!(grease_count > 0);
        assert_eq!(key_count(b"age-encryption.org/v1\n-> X25519 a\n--- m\n-> X25519 b\n"), 1);
    }

    #[test]
    fn a_file_is_compared_with_the_list_by_its_keys_and_by_the_one_that_opened_it() {
        let (desk, phone) = (Identity::generate(), Identity::generate());
        let both = list(&[&desk, &phone]).seal_bytes(b"").unwrap();
        let alone = list(&[&desk]).seal_bytes(b"").unwrap();
        let audience = |of: &[&Identity]| Audience::of(list(of));
        assert_eq!(audience(&[&desk]).compare(&both), Some(Mismatch::MoreKeys));
        assert_eq!(audience(&[&desk, &phone]).compare(&alone), Some(Mismatch::FewerKeys));
        assert_eq!(audience(&[&desk, &phone]).compare(&both), None);
        let (old, new) = (desk.recipients(), phone.recipients());
        let now = audience(&[&phone]);
        assert_eq!(now.compare_opened(&alone, Some(&old[0])), Some(Mismatch::RotatedKey));
        assert_eq!(now.compare_opened(&alone, Some(&new[0])), None);
        assert_eq!(now.compare_opened(&alone, None), None);
        // A plugin may write several stanzas for one key, but not none.
        let plugin = Recipients::parse("age1nowhere1qqqsyqcyq5rqw76xl7d", "test").unwrap();
        assert_eq!(Audience::of(plugin.clone()).compare(&both), None);
        let none = b"age-encryption.org/v1\n--- m\n";
        assert_eq!(Audience::of(plugin).compare(none), Some(Mismatch::FewerKeys));
    }

    #[test]
    fn a_key_that_was_replaced_is_not_advised_to_be_added_again() {
        let words = Mismatch::AnotherKey.sentence(9);
        assert!(words.starts_with("9 files are"), "{words}");
        let place = |command| words.find(command).unwrap();
        assert!(place("inward key rotate") < place("inward init --identity"), "{words}");
        assert!(place("inward init --identity") < place("inward key add"), "{words}");
    }

    /// A revision of one entry, sealed.
    fn sealed(to: &Recipients, revision: &str, replaces: &str, copy_of: Option<&str>) -> Sealed {
        let replaces: Vec<&str> = replaces.split_whitespace().collect();
        let mut entry = serde_json::json!({
            "revision": revision, "replaces": replaces, "answers": []
        });
        copy_of.into_iter().for_each(|original| entry["copy_of"] = original.into());
        to.seal(&testing::entry(entry)).unwrap()
    }

    #[test]
    fn what_is_opened_is_noted_where_its_keys_are_others_until_something_replaces_it() {
        let [old, new, phone] = [(); 3].map(|()| Identity::generate());
        let own = new.and(&old).unwrap();
        let (audience, log) = (Audience::of(list(&[&new])), Arc::new(AudienceLog::default()));
        let own = own.watching(audience, log.clone());
        let right = sealed(&list(&[&new]), "aaaaaa", "", None);
        let rotated = sealed(&list(&[&old]), "bbbbbb", "", None);
        let more = sealed(&list(&[&phone, &new]), "cccccc", "", None);
        let open = |file: &Sealed| drop(own.open(file).unwrap());
        let noted = || log.take().into_iter().map(|(name, why)| (name.revision.to_string(), why));
        let noted = || noted().collect::<Vec<_>>();
        [&right, &rotated, &more].into_iter().for_each(open);
        let both = [("bbbbbb", Mismatch::RotatedKey), ("cccccc", Mismatch::MoreKeys)];
        assert_eq!(noted(), both.map(|(revision, why)| (revision.to_owned(), why)));
        assert_eq!(noted(), [], "it was taken");
        // A draft stays on this device.
        own.open_draft(&more).unwrap();
        assert_eq!(noted(), []);
        let later = sealed(&list(&[&new]), "dddddd", "cccccc", None);
        let copy = sealed(&list(&[&new]), "eeeeee", "", Some("bbbbbb"));
        [&rotated, &more, &later, &copy].into_iter().for_each(open);
        assert_eq!(noted(), [], "what replaces them is sealed as the list says");
        open(&more);
        own.note_replaced(&own.open_draft(&later).unwrap());
        assert_eq!(noted(), [], "read from elsewhere");
    }
}

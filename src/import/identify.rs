//! Ids that are the same each time, so that nothing is imported twice, and
//! what was deleted stays deleted, without the journal being opened.
//!
//! An id is in a file's name, which others may hold. So it is a keyed hash: who
//! has the names and guesses at a text can confirm nothing without the salt.

use std::collections::HashMap;

use hmac::{Hmac, Mac};
use serde_json::{Map, Value as Json, json};
use sha2::Sha256;

use crate::entry::{Entry, EntryId, RevisionId};

use super::{Draft, IMPORTED, KnownBy};

/// Bytes of this device's own, beside the keys: as many as the hash works on.
pub type Salt = [u8; 64];

/// For what lies inside the sealed entry.
const UNSALTED: Salt = [0; 64];

const FROM: &str = "from";
const ORIGIN: &str = "origin";

/// Gives each draft the id that it has whenever its source is read. Entries
/// that are alike in everything are counted, so that none is lost.
pub fn identify(drafts: Vec<Draft>, source: &str, salt: &Salt) -> Vec<Entry> {
    let mut alike: HashMap<String, usize> = HashMap::new();
    let one = |draft: Draft| {
        let words = match draft.known_by {
            KnownBy::Words(words) => words,
            KnownBy::Id => return draft.entry,
            KnownBy::IdAndText => return with_revision(draft.entry, salt),
        };
        let origin = hash(&UNSALTED, &[source.as_bytes(), words.as_bytes()]);
        let origin = hex(&origin);
        let count = alike.entry(origin.clone()).or_default();
        *count += 1;
        let origin = if *count == 1 { origin } else { format!("{origin}.{count}") };
        let mut entry = draft.entry;
        entry.id = EntryId::of(&hash(salt, &[b"id", origin.as_bytes()]));
        // The same too: of two imports at once, one finds the name taken.
        entry.revision = RevisionId::of(&hash(salt, &[b"revision", origin.as_bytes()]));
        mark(&mut entry, source, &origin);
        entry
    };
    drafts.into_iter().map(one).collect()
}

fn with_revision(entry: Entry, salt: &Salt) -> Entry {
    let said = json!([entry.at, entry.tags, entry.answers]).to_string();
    Entry { revision: RevisionId::of(&hash(salt, &[b"said", said.as_bytes()])), ..entry }
}

/// Inside the sealed entry it is also said where it came from, without the
/// salt: another device knows it again by that.
fn mark(entry: &mut Entry, source: &str, origin: &str) {
    let imported = entry.unknown.entry(IMPORTED).or_insert_with(|| Json::Object(Map::new()));
    if let Json::Object(fields) = imported {
        fields.insert(FROM.into(), json!(source));
        fields.insert(ORIGIN.into(), json!(origin));
    }
}

/// What an imported entry is known by on every device.
pub fn origin(entry: &Entry) -> Option<&str> {
    entry.unknown.get(IMPORTED)?.get(ORIGIN)?.as_str()
}

/// For a copy that is to tell less than the entry does.
pub fn forget_origin(entry: &mut Entry) {
    if let Some(Json::Object(fields)) = entry.unknown.get_mut(IMPORTED) {
        fields.remove(ORIGIN);
    }
}

/// The first half of an HMAC-SHA-256, over parts that cannot run into each other.
fn hash(key: &Salt, parts: &[&[u8]]) -> [u8; 16] {
    let mut mac = Hmac::<Sha256>::new(key.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    std::array::from_fn({
        let whole = mac.finalize().into_bytes();
        move |i| whole[i]
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(words: &str) -> Draft {
        let at = "2026-11-23T21:14:03+01:00".parse().unwrap();
        let entry = Entry::new("write", at, at, Vec::new(), Vec::new()).unwrap();
        Draft { entry, known_by: KnownBy::Words(words.into()) }
    }

    fn ids(drafts: Vec<Draft>, salt: u8) -> Vec<String> {
        let entries = identify(drafts, "jrnl", &[salt; 64]);
        entries.iter().map(|e| format!("{}.{}", e.id, e.revision)).collect()
    }

    #[test]
    fn a_draft_has_the_same_id_each_time_and_another_one_another() {
        let first = ids(vec![draft("a"), draft("b")], 1);
        assert_eq!(first, ids(vec![draft("a"), draft("b")], 1));
        assert_ne!(first[0], first[1]);
        assert_eq!(first[0].len(), "k3v9q2m8ab.x7f2qd".len(), "it looks like any other");
    }

    #[test]
    fn without_the_salt_an_id_confirms_no_guess() {
        assert_ne!(ids(vec![draft("a")], 1), ids(vec![draft("a")], 2));
        let origins = [1, 2].map(|salt| identify(vec![draft("a")], "jrnl", &[salt; 64]));
        assert_eq!(origin(&origins[0][0]), origin(&origins[1][0]));
    }

    #[test]
    fn entries_that_are_alike_in_everything_are_each_kept() {
        let all = ids(vec![draft("a"), draft("a"), draft("a")], 1);
        assert_ne!(all[0], all[1]);
        assert_ne!(all[1], all[2]);
        assert_eq!(all[0], ids(vec![draft("a")], 1)[0]);
    }
}

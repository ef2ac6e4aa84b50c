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

use super::page::same_tag;
use super::{IMPORTED, ImportIdentity, ImportedEntry};

/// Bytes of this device's own, beside the keys: as many as the hash works on.
pub type Salt = [u8; 64];

/// For what lies inside the sealed entry.
const UNSALTED: Salt = [0; 64];

const FROM: &str = "from";
const ORIGIN: &str = "origin";

/// The entries of all files, and how many stood in more than one of them.
pub struct IdentifiedEntries {
    pub entries: Vec<Entry>,
    pub repeated: usize,
}

/// Gives each draft the id that it has whenever its source is read. Entries
/// that are alike within a file are counted, so that none is lost; what another
/// file holds too, such as an older export beside a newer one, is the same.
pub fn identify(files: Vec<Vec<ImportedEntry>>, source: &str, salt: &Salt) -> IdentifiedEntries {
    let mut all = Candidates {
        places: HashMap::new(),
        entries: Vec::new(),
        foreign: Vec::new(),
        repeated: 0,
    };
    for drafts in files {
        let mut alike: HashMap<String, usize> = HashMap::new();
        for ImportedEntry { entry, known_by } in drafts {
            let words = match known_by {
                ImportIdentity::Words(words) => words,
                ImportIdentity::Id => {
                    all.add_exported(entry);
                    continue;
                }
                ImportIdentity::IdAndText => {
                    all.add_exported(with_revision(entry, salt));
                    continue;
                }
            };
            let origin = hex(&hash(&UNSALTED, &[source.as_bytes(), words.as_bytes()]));
            let count = alike.entry(origin.clone()).or_default();
            *count += 1;
            *count = all.take(entry, &origin, *count, source, salt);
        }
    }
    merge_tags(&mut all.entries, &all.foreign);
    IdentifiedEntries { entries: all.entries, repeated: all.repeated }
}

/// What has been read so far.
struct Candidates {
    /// Which entry has an origin, or an id and a revision.
    places: HashMap<String, usize>,
    entries: Vec<Entry>,
    /// Those of them that another program wrote.
    foreign: Vec<usize>,
    repeated: usize,
}

impl Candidates {
    /// An entry with an id and a revision of its own.
    fn add_exported(&mut self, entry: Entry) {
        let name = format!("{} {}", entry.id, entry.revision);
        match self.places.get(&name) {
            Some(_) => self.repeated += 1,
            None => self.add(name, entry),
        }
    }

    fn add(&mut self, name: String, entry: Entry) {
        self.places.insert(name, self.entries.len());
        self.entries.push(entry);
    }

    /// The n-th of its file that is alike. Where another file has an n-th that
    /// says something else, as a later version does, it is one more; which one
    /// it became is returned.
    fn take(
        &mut self,
        mut entry: Entry,
        origin: &str,
        n: usize,
        source: &str,
        salt: &Salt,
    ) -> usize {
        for n in n.. {
            let name = if n == 1 { origin.to_owned() } else { format!("{origin}.{n}") };
            let Some(place) = self.places.get(&name) else {
                entry.id = EntryId::of(&hash(salt, &[b"id", name.as_bytes()]));
                // The same too: of two imports at once, one finds the name taken.
                entry.revision = RevisionId::of(&hash(salt, &[b"revision", name.as_bytes()]));
                set_origin(&mut entry, source, &name);
                self.foreign.push(self.entries.len());
                self.add(name, entry);
                return n;
            };
            let first = &mut self.entries[*place];
            if content(first) == content(&entry) {
                let known = |tag: &String| first.tags.iter().any(|known| same_tag(known, tag));
                let new = entry.tags.into_iter().filter(|tag| !known(tag));
                let new: Vec<String> = new.collect();
                first.tags.extend(new);
                self.repeated += 1;
                return n;
            }
        }
        n
    }
}

/// Sea, sea and SEA become the one that is written most often; of as many, the first.
fn merge_tags(entries: &mut [Entry], foreign: &[usize]) {
    let mut spellings: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    for tag in foreign.iter().flat_map(|at| &entries[*at].tags) {
        let known = spellings.entry(tag.to_lowercase()).or_default();
        match known.iter_mut().find(|(spelling, _)| spelling == tag) {
            Some((_, count)) => *count += 1,
            None => known.push((tag.clone(), 1)),
        }
    }
    spellings.retain(|_, spellings| spellings.len() > 1);
    let most = |spellings: &[(String, usize)]| {
        let first = |best: &(String, usize), next: &(String, usize)| next.1 > best.1;
        spellings.iter().cloned().reduce(|best, next| if first(&best, &next) { next } else { best })
    };
    for at in foreign {
        for tag in &mut entries[*at].tags {
            let best = spellings.get(&tag.to_lowercase()).and_then(|spellings| most(spellings));
            if let Some((spelling, _)) = best {
                *tag = spelling;
            }
        }
    }
}

/// Its words, however they were parted into a title and a text, and whatever
/// stood before them.
fn content(entry: &Entry) -> (Vec<String>, Option<&Json>) {
    let said = entry.answers.iter().rev().map(|answer| answer.text()).collect::<Vec<_>>();
    let words = said.iter().flat_map(|said| said.split_whitespace()).map(str::to_owned);
    let front = entry.unknown.get(IMPORTED).and_then(|fields| fields.get("front_matter"));
    (words.collect(), front)
}

fn with_revision(entry: Entry, salt: &Salt) -> Entry {
    let said = json!([entry.at, entry.tags, entry.answers]).to_string();
    Entry { revision: RevisionId::of(&hash(salt, &[b"said", said.as_bytes()])), ..entry }
}

/// Inside the sealed entry it is also said where it came from, without the
/// salt: another device knows it again by that.
fn set_origin(entry: &mut Entry, source: &str, origin: &str) {
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
pub fn remove_origin(entry: &mut Entry) {
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

    fn draft(words: &str) -> ImportedEntry {
        let at = "2026-11-23T21:14:03+01:00".parse().unwrap();
        let entry = Entry::new("write", at, at, Vec::new(), Vec::new()).unwrap();
        ImportedEntry { entry, known_by: ImportIdentity::Words(words.into()) }
    }

    fn ids(drafts: Vec<ImportedEntry>, salt: u8) -> Vec<String> {
        let entries = identify(vec![drafts], "jrnl", &[salt; 64]).entries;
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
    fn tags_that_differ_in_case_alone_become_the_commonest() {
        let tagged = |words: &str, tag: &str| {
            let ImportedEntry { entry, known_by } = draft(words);
            ImportedEntry { entry: Entry { tags: vec![tag.to_owned()], ..entry }, known_by }
        };
        let drafts = [("a", "Sea"), ("b", "sea"), ("c", "SEA"), ("d", "sea"), ("e", "Weir")];
        let drafts = drafts.iter().map(|(words, tag)| tagged(words, tag)).collect();
        let entries = identify(vec![drafts], "jrnl", &[1; 64]).entries;
        let tags: Vec<&str> = entries.iter().map(|entry| entry.tags[0].as_str()).collect();
        assert_eq!(tags, ["sea", "sea", "sea", "sea", "Weir"]);
    }

    #[test]
    fn without_the_salt_an_id_confirms_no_guess() {
        assert_ne!(ids(vec![draft("a")], 1), ids(vec![draft("a")], 2));
        let one = |salt| identify(vec![vec![draft("a")]], "jrnl", &[salt; 64]).entries;
        let origins = [1, 2].map(one);
        assert_eq!(origin(&origins[0][0]), origin(&origins[1][0]));
    }

    #[test]
    fn entries_that_are_alike_in_everything_are_each_kept() {
        let all = ids(vec![draft("a"), draft("a"), draft("a")], 1);
        assert_ne!(all[0], all[1]);
        assert_ne!(all[1], all[2]);
        assert_eq!(all[0], ids(vec![draft("a")], 1)[0]);
    }

    #[test]
    fn what_stands_in_two_files_is_the_same_and_a_later_version_is_one_more() {
        let salt = [1; 64];
        let files = vec![vec![draft("a"), draft("a"), draft("b")], vec![draft("a"), draft("a")]];
        let both = identify(files, "jrnl", &salt);
        assert_eq!((both.entries.len(), both.repeated), (3, 2));
        let mut later = draft("a");
        later.entry.tags = vec!["sea".into()];
        let files = vec![vec![draft("a")], vec![later.clone()]];
        let both = identify(files, "jrnl", &salt);
        assert_eq!((both.entries.len(), &both.entries[0].tags[0]), (1, &"sea".to_owned()));
        later.entry.unknown.insert(IMPORTED.into(), json!({"front_matter": {"mood": "calm"}}));
        let both = identify(vec![vec![draft("a")], vec![later]], "jrnl", &salt);
        assert_eq!((both.entries.len(), both.repeated), (2, 0));
        assert_ne!(both.entries[0].id, both.entries[1].id);
    }
}

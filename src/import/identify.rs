//! Ids that are the same each time, so that nothing is imported twice, and
//! what was deleted stays deleted, without the journal being opened.
//!
//! An id is in a file's name, which others may hold. So it is a keyed hash: who
//! has the names and guesses at a text can confirm nothing without the salt.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::Datelike;
use hmac::{Hmac, Mac};
use serde_json::{Map, Value as Json, json};
use sha2::Sha256;

use crate::entry::{Entry, EntryId, FormerIds, RevisionId};
use crate::seal::ExportKey;

use super::page::same_tag;
use super::{IMPORTED, ImportIdentity, ImportedEntry, ImportedFile};

/// Bytes of this device's own, beside the keys: as many as the hash works on.
pub type Salt = [u8; 64];

/// For what lies inside the sealed entry.
const UNSALTED: Salt = [0; 64];

const FROM: &str = "from";
const ORIGIN: &str = "origin";

/// The entries of all files, and how many stood in more than one of them.
pub struct IdentifiedEntries {
    pub entries: Vec<IdentifiedEntry>,
    pub repeated: usize,
}

/// An entry under the id that it is to have here.
pub struct IdentifiedEntry {
    pub entry: Entry,
    /// The id that a file gives it, where nothing proves that this journal did.
    pub claimed: Option<EntryId>,
    /// Did this journal's key prove that it was exported under this id?
    pub is_own: bool,
    /// What comes with it.
    pub files: Vec<ImportedFile>,
}

/// Where the heads of an entry belong.
struct HeadPlace {
    id: EntryId,
    /// All of an entry lies in the folder of one month.
    month: (i32, u32),
}

impl HeadPlace {
    fn of(entry: &Entry) -> HeadPlace {
        HeadPlace { id: entry.id.clone(), month: month(entry) }
    }
}

fn month(entry: &Entry) -> (i32, u32) {
    (entry.day().year(), entry.day().month())
}

/// Gives each draft the id that it has whenever its source is read. Entries
/// that are alike within a file are counted, so that none is lost; what another
/// file holds too, such as an older export beside a newer one, is the same. Ids,
/// revisions and links stay only with what `key` proves this journal to have exported.
pub fn identify(
    files: Vec<Vec<ImportedEntry>>,
    source: &str,
    salt: &Salt,
    key: Option<&ExportKey>,
) -> IdentifiedEntries {
    let mut all = CollectedEntries { salt, source, ..CollectedEntries::default() };
    for drafts in files {
        let mut alike: HashMap<String, usize> = HashMap::new();
        // Where the exported entry before this one is, unless it is this journal's own:
        // nobody adds a version to that without the key.
        let mut before = None;
        for ImportedEntry { entry, known_by, files } in drafts {
            let (tag, of) = match known_by {
                ImportIdentity::Exported { tag } => (tag, None),
                ImportIdentity::OtherHead { tag } => (tag, before.take()),
                ImportIdentity::Words(words) => {
                    all.add_words(entry, files, &words, &mut alike);
                    continue;
                }
            };
            before = match key.zip(tag).is_some_and(|(key, tag)| key.verify(&entry, &tag)) {
                true => {
                    all.add_own(entry, files);
                    None
                }
                false => Some(all.add_claimed(entry, files, of)),
            };
        }
    }
    all.relink();
    merge_tags(&mut all.entries, &all.foreign);
    IdentifiedEntries { entries: all.entries, repeated: all.repeated }
}

/// What has been read so far.
struct CollectedEntries<'a> {
    salt: &'a Salt,
    source: &'a str,
    /// Which entry has an origin, or an id and a revision.
    places: HashMap<String, usize>,
    entries: Vec<IdentifiedEntry>,
    /// Those of them that another program wrote.
    foreign: Vec<usize>,
    repeated: usize,
}

impl Default for CollectedEntries<'_> {
    fn default() -> Self {
        CollectedEntries {
            salt: &UNSALTED,
            source: "",
            places: HashMap::new(),
            entries: Vec::new(),
            foreign: Vec::new(),
            repeated: 0,
        }
    }
}

impl CollectedEntries<'_> {
    /// An entry that is known by its words, of which the file may have several.
    fn add_words(
        &mut self,
        entry: Entry,
        files: Vec<ImportedFile>,
        words: &str,
        alike: &mut HashMap<String, usize>,
    ) {
        let origin = hex(&hash(&UNSALTED, &[self.source.as_bytes(), words.as_bytes()]));
        let count = alike.entry(origin.clone()).or_default();
        *count += 1;
        *count = self.take(entry, files, &origin, *count);
    }

    /// An entry that this journal exported.
    fn add_own(&mut self, entry: Entry, files: Vec<ImportedFile>) {
        let name = format!("{} {}", entry.id, entry.revision);
        // It may have been edited in another journal of the same key: what it replaced
        // there is not replaced here.
        // What is attached is sealed anew, under ids of its own.
        let (replaces, attachments) = (Vec::new(), Vec::new());
        let entry = Entry { replaces, copy_of: None, attachments, ..entry };
        self.add_once(name, IdentifiedEntry { entry, claimed: None, is_own: true, files });
    }

    /// An entry with an id that anybody may have written: it gets another one, and
    /// stands in place of nothing. A head of the same entry as the one before it gets
    /// the id of that one, as long as both lie in one month.
    fn add_claimed(
        &mut self,
        entry: Entry,
        files: Vec<ImportedFile>,
        of: Option<HeadPlace>,
    ) -> HeadPlace {
        let said = json!([entry.practice, entry.at, entry.tags, entry.answers]).to_string();
        let origin =
            hex(&hash(&UNSALTED, &[b"exported", entry.id.as_str().as_bytes(), said.as_bytes()]));
        let claimed = Some(entry.id.clone());
        let mut entry = Entry {
            id: match of {
                Some(of) if of.month == month(&entry) => of.id,
                _ => self.entry_id(&origin),
            },
            revision: self.revision_id(&origin),
            replaces: Vec::new(),
            copy_of: None,
            was: FormerIds::default(),
            now: None,
            attachments: Vec::new(),
            ..entry
        };
        set_origin(&mut entry, self.source, &origin);
        let place = HeadPlace::of(&entry);
        self.add_once(origin, IdentifiedEntry { entry, claimed, is_own: false, files });
        place
    }

    fn add_once(&mut self, name: String, entry: IdentifiedEntry) {
        match self.places.get(&name) {
            Some(_) => self.repeated += 1,
            None => self.add(name, entry),
        }
    }

    fn add(&mut self, name: String, entry: IdentifiedEntry) {
        self.places.insert(name, self.entries.len());
        self.entries.push(entry);
    }

    fn entry_id(&self, origin: &str) -> EntryId {
        EntryId::of(&hash(self.salt, &[b"id", origin.as_bytes()]))
    }

    /// The same each time too: of two imports at once, one finds the name taken.
    fn revision_id(&self, origin: &str) -> RevisionId {
        RevisionId::of(&hash(self.salt, &[b"revision", origin.as_bytes()]))
    }

    /// A link to what another entry of the file was called follows it; a link to
    /// anything else is not for a file to make.
    fn relink(&mut self) {
        let renamed = |it: &IdentifiedEntry| Some((it.claimed.clone()?, it.entry.id.clone()));
        let renamed: HashMap<EntryId, EntryId> = self.entries.iter().filter_map(renamed).collect();
        for it in self.entries.iter_mut().filter(|it| it.claimed.is_some()) {
            it.entry.about = it.entry.about.take().and_then(|id| renamed.get(&id).cloned());
        }
    }

    /// The n-th of its file that is alike. Where another file has an n-th that
    /// says something else, as a later version does, it is one more; which one
    /// it became is returned.
    fn take(
        &mut self,
        mut entry: Entry,
        files: Vec<ImportedFile>,
        origin: &str,
        n: usize,
    ) -> usize {
        for n in n.. {
            let name = if n == 1 { origin.to_owned() } else { format!("{origin}.{n}") };
            let Some(place) = self.places.get(&name) else {
                entry.id = self.entry_id(&name);
                entry.revision = self.revision_id(&name);
                set_origin(&mut entry, self.source, &name);
                self.foreign.push(self.entries.len());
                let (claimed, is_own) = (None, false);
                self.add(name, IdentifiedEntry { entry, claimed, is_own, files });
                return n;
            };
            let first = &mut self.entries[*place].entry;
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
fn merge_tags(entries: &mut [IdentifiedEntry], foreign: &[usize]) {
    let mut spellings: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    for tag in foreign.iter().flat_map(|at| &entries[*at].entry.tags) {
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
        for tag in &mut entries[*at].entry.tags {
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

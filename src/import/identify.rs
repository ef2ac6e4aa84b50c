//! Gives imported entries ids that are the same each time, so that nothing is imported
//! twice, and what was deleted stays deleted, without opening the journal.
//!
//! An id shows in a file's name, which others may see. So it's a keyed hash: nobody can
//! confirm a guess at a text without the salt.

mod content;
mod origin;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::Datelike;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::entry::{Entry, EntryId, FormerIds, RevisionId, same_tag, tag_key};
use crate::seal::ExportKey;

use content::{content, exported_content, said_content};
use origin::set_origin;

pub use origin::{origin, remove_origin};

use super::{DedupKey, ExportProof, LinkedFiles, ParsedEntry};

/// Random bytes of this device, kept beside the keys; one block of the hash.
pub type Salt = [u8; 64];

/// For the origin, which is inside the sealed entry.
const UNSALTED: Salt = [0; 64];

/// The entries of all files, and how many were in more than one of them.
pub struct IdentifiedEntries {
    pub entries: Vec<IdentifiedEntry>,
    pub repeated: usize,
}

/// An entry with the id that it'll have here.
pub struct IdentifiedEntry {
    pub entry: Entry,
    /// The id in the file, unless the file proves that this journal gave it.
    pub claimed: Option<EntryId>,
    /// Does its tag prove that this journal exported it?
    pub is_own: bool,
    /// Does its page's hash prove that nobody changed it since it was exported?
    pub is_unchanged: bool,
    /// Its attachments.
    pub files: LinkedFiles,
    /// The revision that it gets with no file, with one, and so on, up to all of its files:
    /// so a name shows whether an earlier import found fewer. Empty for an export's entries.
    pub by_file_count: Vec<RevisionId>,
}

impl IdentifiedEntry {
    fn of_export(entry: Entry, claimed: Option<EntryId>, files: LinkedFiles) -> Self {
        let is_own = claimed.is_none();
        let by_file_count = Vec::new();
        IdentifiedEntry { entry, claimed, is_own, is_unchanged: false, files, by_file_count }
    }
}

/// The id and month that the heads of an entry share.
struct HeadPlace {
    id: EntryId,
    /// All files of an entry are in the folder of one month.
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

/// Gives each entry the id that it gets whenever its source is read. Equal entries within
/// a file are numbered, so that none is lost; an equal entry in another file, such as an
/// older export, is the same entry. Ids, revisions and links are kept only where `key`
/// proves that this journal exported them.
pub fn identify(
    files: Vec<Vec<ParsedEntry>>,
    source: &str,
    salt: &Salt,
    key: Option<&ExportKey>,
) -> IdentifiedEntries {
    let mut collected = CollectedEntries { salt, source, ..CollectedEntries::default() };
    for entries in files {
        let mut counts: HashMap<String, usize> = HashMap::new();
        // The exported entry before this one, unless it is this journal's own: nobody may
        // add a head to that without the key.
        let mut previous_head = None;
        for ParsedEntry { entry, dedup_key, files } in entries {
            let (proof, head_of) = match dedup_key {
                DedupKey::Exported(proof) => (proof, None),
                DedupKey::OtherHead(proof) => (proof, previous_head.take()),
                DedupKey::Words(words) => {
                    collected.add_words(entry, files, &words, &mut counts);
                    continue;
                }
            };
            let tagged = key.zip(proof.tag());
            previous_head = if tagged.is_some_and(|(key, tag)| key.verify(&entry, tag)) {
                collected.add_own(entry, files);
                None
            } else {
                Some(collected.add_claimed(entry, files, head_of, &proof))
            };
        }
    }
    collected.relink();
    merge_tags(&mut collected.entries, &collected.foreign);
    IdentifiedEntries { entries: collected.entries, repeated: collected.repeated }
}

/// The entries collected so far.
struct CollectedEntries<'a> {
    salt: &'a Salt,
    source: &'a str,
    /// The index of the entry with an origin, or with an id and a revision.
    places: HashMap<String, usize>,
    entries: Vec<IdentifiedEntry>,
    /// The indices of those that another program wrote.
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
    /// Adds an entry that is identified by its words. A file may have several with the
    /// same.
    fn add_words(
        &mut self,
        entry: Entry,
        files: LinkedFiles,
        words: &str,
        counts: &mut HashMap<String, usize>,
    ) {
        let origin = hex(&hash(&UNSALTED, &[self.source.as_bytes(), words.as_bytes()]));
        let count = counts.entry(origin.clone()).or_default();
        *count += 1;
        *count = self.add_numbered(entry, files, &origin, *count);
    }

    /// Adds an entry that this journal exported.
    fn add_own(&mut self, entry: Entry, files: LinkedFiles) {
        let name = format!("{} {}", entry.id, entry.revision);
        // It may have been edited in another journal with the same key: a revision that
        // it replaced there isn't replaced here.
        // Attachments are sealed again under new ids.
        let entry = Entry { replaces: Vec::new(), copy_of: None, attachments: Vec::new(), ..entry };
        self.add_once(name, IdentifiedEntry::of_export(entry, None, files));
    }

    /// Adds an entry with an id that anybody may have written. It gets a new id and
    /// replaces nothing. A head of the entry before it gets that one's id, as long as
    /// both are of one month.
    fn add_claimed(
        &mut self,
        entry: Entry,
        files: LinkedFiles,
        head_of: Option<HeadPlace>,
        proof: &ExportProof,
    ) -> HeadPlace {
        let content = exported_content(&entry);
        let origin =
            hex(&hash(&UNSALTED, &[b"exported", entry.id.as_str().as_bytes(), content.as_bytes()]));
        let claimed = Some(entry.id.clone());
        let mut entry = Entry {
            id: match head_of {
                Some(head) if head.month == month(&entry) => head.id,
                _ => self.entry_id(&origin),
            },
            revision: self.revision_id(&origin, 0),
            replaces: Vec::new(),
            copy_of: None,
            was: FormerIds::default(),
            now: None,
            attachments: Vec::new(),
            ..entry
        };
        set_origin(&mut entry, self.source, &origin);
        let place = HeadPlace::of(&entry);
        let is_unchanged = *proof == ExportProof::PageHash;
        let entry = IdentifiedEntry::of_export(entry, claimed, files);
        self.add_once(origin, IdentifiedEntry { is_unchanged, ..entry });
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

    /// The revision is the same each time too, so that of two imports at once one finds
    /// the name taken.
    fn revision_id(&self, origin: &str, file_count: usize) -> RevisionId {
        let count = (file_count as u64).to_be_bytes();
        RevisionId::of(&hash(self.salt, &[b"revision", origin.as_bytes(), &count]))
    }

    /// Links to the old id of another entry in the file follow its new id; links to
    /// anything else are removed, as a file has no say in those.
    fn relink(&mut self) {
        let new_ids = |it: &IdentifiedEntry| Some((it.claimed.clone()?, it.entry.id.clone()));
        let new_ids: HashMap<EntryId, EntryId> = self.entries.iter().filter_map(new_ids).collect();
        for it in self.entries.iter_mut().filter(|it| it.claimed.is_some()) {
            it.entry.about = it.entry.about.take().and_then(|id| new_ids.get(&id).cloned());
        }
    }

    /// Adds the n-th of a file's entries with this origin. If another file has an n-th
    /// that differs, as a later version does, this one gets the next number. Returns its
    /// number.
    fn add_numbered(
        &mut self,
        mut entry: Entry,
        files: LinkedFiles,
        origin: &str,
        n: usize,
    ) -> usize {
        for n in n.. {
            let name = if n == 1 { origin.to_owned() } else { format!("{origin}.{n}") };
            let Some(place) = self.places.get(&name) else {
                entry.id = self.entry_id(&name);
                let revision_id = |count| self.revision_id(&name, count);
                let by_file_count = (0..=files.found.len()).map(revision_id).collect();
                entry.revision = revision_id(files.found.len());
                set_origin(&mut entry, self.source, &name);
                self.foreign.push(self.entries.len());
                let entry = IdentifiedEntry {
                    entry,
                    claimed: None,
                    is_own: false,
                    is_unchanged: false,
                    files,
                    by_file_count,
                };
                self.add(name, entry);
                return n;
            };
            let first = &mut self.entries[*place].entry;
            if content(first) == content(&entry) {
                let has_tag = |tag: &String| first.tags.iter().any(|other| same_tag(other, tag));
                let new = entry.tags.into_iter().filter(|tag| !has_tag(tag));
                let new: Vec<String> = new.collect();
                first.tags.extend(new);
                self.repeated += 1;
                return n;
            }
        }
        n
    }
}

/// Unifies tags that differ only in case: Sea, sea and SEA become the most frequent one,
/// or the first of several.
fn merge_tags(entries: &mut [IdentifiedEntry], foreign: &[usize]) {
    let mut spellings: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    for tag in foreign.iter().flat_map(|index| &entries[*index].entry.tags) {
        let counts = spellings.entry(tag_key(tag)).or_default();
        match counts.iter_mut().find(|(spelling, _)| spelling == tag) {
            Some((_, count)) => *count += 1,
            None => counts.push((tag.clone(), 1)),
        }
    }
    spellings.retain(|_, spellings| spellings.len() > 1);
    let commonest = |spellings: &[(String, usize)]| {
        let first = |best: &(String, usize), next: &(String, usize)| next.1 > best.1;
        spellings.iter().cloned().reduce(|best, next| if first(&best, &next) { next } else { best })
    };
    for index in foreign {
        for tag in &mut entries[*index].entry.tags {
            let best = spellings.get(&tag_key(tag)).and_then(|spellings| commonest(spellings));
            if let Some((spelling, _)) = best {
                *tag = spelling;
            }
        }
    }
}

/// A hash of what an entry says, by which it's the same in the journal and in any export of it.
pub fn said_hash(entry: &Entry) -> [u8; 16] {
    hash(&UNSALTED, &[said_content(entry).as_bytes()])
}

/// The first half of an HMAC-SHA-256. Each part is preceded by its length, so that no two
/// lists of parts give the same input.
fn hash(key: &Salt, parts: &[&[u8]]) -> [u8; 16] {
    let mut mac = Hmac::<Sha256>::new(key.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    std::array::from_fn({
        let bytes = mac.finalize().into_bytes();
        move |i| bytes[i]
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

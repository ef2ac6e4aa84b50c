//! Packs: what a month's files say, read once and kept encrypted on this device, so
//! that the next reading opens one file instead of many. A pack can go at any
//! moment, and goes at any sign of doubt; whatever fails here is done as if there
//! were none.
//!
//! A file `2026-11.pack` is a line that names the format, a nonce of 24 bytes,
//! and, under XChaCha20-Poly1305, an index in postcard followed by the JSON of
//! every entry that it names. Its key is HKDF-SHA-256 of the secret key, the journal
//! and the month, so that no pack passes for another's.

use serde::{Deserialize, Serialize};

use crate::disk::FileStamp;
use crate::secret::SecretBytes;

use super::cipher::{self, CipherKey, TAG, Tag};
use super::name;

const FORMAT: &[u8] = b"inward-pack/3\n";

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub name: String,
    /// From the descriptor that it was read from.
    pub stamp: FileStamp,
    /// How long its JSON is, in bytes.
    length: u32,
}

#[derive(Serialize, Deserialize)]
struct Index {
    /// The month's folder, when it was listed.
    folder: FileStamp,
    /// Did every file of an entry's name open? Then nothing in the folder is
    /// missing here.
    complete: bool,
    /// By entry.
    records: Vec<Record>,
}

/// A month's pack, open.
pub struct Pack {
    index: Index,
    /// Where each record's JSON begins, and the last one ends.
    places: Vec<usize>,
    plain: SecretBytes,
}

/// A record and its JSON, on their way into a pack.
pub struct NewRecord {
    pub name: String,
    pub stamp: FileStamp,
    pub json: SecretBytes,
}

impl Pack {
    /// Packs what was read of a month. `None` where it does not fit.
    pub fn build(
        folder: FileStamp,
        complete: bool,
        mut records: Vec<NewRecord>,
    ) -> Option<SecretBytes> {
        records.sort_by(|a, b| by_entry(&a.name).cmp(&by_entry(&b.name)));
        let record = |new: &NewRecord| {
            let length = u32::try_from(new.json.len()).ok()?;
            Some(Record { name: new.name.clone(), stamp: new.stamp, length })
        };
        let index = records.iter().map(record).collect::<Option<Vec<_>>>()?;
        let index = Index { folder, complete, records: index };
        let index = postcard::to_stdvec(&index).ok()?;
        let size = index.len() + records.iter().map(|new| new.json.len()).sum::<usize>();
        let mut plain = SecretBytes::with_room(size + TAG);
        plain.extend_from_slice(&index);
        records.iter().for_each(|new| plain.extend_from_slice(&new.json));
        Some(plain)
    }

    /// Encrypts what `build` made.
    pub fn encrypt(plain: SecretBytes, key: &CipherKey) -> Option<Vec<u8>> {
        cipher::encrypt(FORMAT, &[], plain, key)
    }

    /// Opens a pack. `None` for one that is damaged, another's, or of another key.
    pub fn open(file: Vec<u8>, key: &CipherKey) -> Option<Pack> {
        let mut file = SecretBytes::from(file);
        let text = cipher::decrypt(FORMAT, &[], &mut file, key)?;
        let (index, texts) = postcard::take_from_bytes::<Index>(&file[text.clone()]).ok()?;
        let mut at = text.end - texts.len();
        let mut places = vec![at];
        for record in &index.records {
            at = at.checked_add(record.length as usize)?;
            places.push(at);
        }
        (at == text.end).then_some(Pack { index, places, plain: file })
    }

    /// Tells this pack from every other.
    pub fn tag(&self) -> Option<Tag> {
        cipher::tag(&self.plain)
    }

    /// Was the folder so when everything in it was read?
    pub fn has_stamp(&self, folder: &FileStamp) -> bool {
        self.index.complete && self.index.folder == *folder
    }

    pub fn records(&self) -> &[Record] {
        &self.index.records
    }

    /// The JSON of a record.
    pub fn json(&self, at: usize) -> &[u8] {
        &self.plain[self.places[at]..self.places[at + 1]]
    }

    /// The JSON of every record, one after another.
    pub fn all_json(&self) -> &[u8] {
        &self.plain[self.places[0]..self.places[self.places.len() - 1]]
    }

    /// The JSON of a file, if it still is what it was.
    pub fn find(&self, name: &str, stamp: &FileStamp) -> Option<&[u8]> {
        let key = by_entry(name);
        let at = self.index.records.binary_search_by(|record| by_entry(&record.name).cmp(&key));
        let at = at.ok().filter(|at| self.index.records[*at].stamp == *stamp)?;
        Some(self.json(at))
    }

    /// Does it hold these very files of this very folder, and no others?
    pub fn is_same(&self, folder: &FileStamp, complete: bool, records: &[NewRecord]) -> bool {
        let holds = |new: &NewRecord| self.find(&new.name, &new.stamp).is_some();
        self.index.folder == *folder
            && self.index.complete == complete
            && self.index.records.len() == records.len()
            && records.iter().all(holds)
    }

    /// The records of each entry, by their places.
    pub fn entries(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let records = &self.index.records;
        let chunks = records.chunk_by(|a, b| by_entry(&a.name).0 == by_entry(&b.name).0);
        chunks.scan(0, |begin, chunk| {
            let range = *begin..*begin + chunk.len();
            *begin = range.end;
            Some(range)
        })
    }
}

/// The order of records: those of one entry stand together.
fn by_entry(name: &str) -> (&str, &str) {
    (name::parts(name).map_or("", |parts| parts.id), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: FileStamp = FileStamp { inode: 7, size: 2, modified: 3, changed: 4 };

    fn plain() -> SecretBytes {
        let record = |name: &str, json: &str| NewRecord {
            name: name.into(),
            stamp: STAMP,
            json: json.to_owned().into(),
        };
        let records = vec![
            record("2026-11-02-bbbbbbbbbb.aaaaaa.age", "{\"b\":1}"),
            record("2026-11-03-aaaaaaaaaa.bbbbbb.age", "{\"a\":2}"),
            record("2026-11-01-bbbbbbbbbb.cccccc.age", "{\"b\":3}"),
        ];
        Pack::build(STAMP, true, records).unwrap()
    }

    fn key(byte: u8) -> CipherKey {
        CipherKey::new([byte; 32])
    }

    #[test]
    fn a_pack_says_what_was_put_in_it_entry_by_entry() {
        let pack = Pack::open(Pack::encrypt(plain(), &key(1)).unwrap(), &key(1)).unwrap();
        let texts: Vec<Vec<&[u8]>> =
            pack.entries().map(|range| range.map(|at| pack.json(at)).collect()).collect();
        assert_eq!(texts, [vec![&b"{\"a\":2}"[..]], vec![b"{\"b\":3}", b"{\"b\":1}"]]);
        assert_eq!(pack.find("2026-11-02-bbbbbbbbbb.aaaaaa.age", &STAMP), Some(&b"{\"b\":1}"[..]));
        let other = FileStamp { size: 3, ..STAMP };
        assert_eq!(pack.find("2026-11-02-bbbbbbbbbb.aaaaaa.age", &other), None);
        assert!(pack.has_stamp(&STAMP) && !pack.has_stamp(&other));
    }

    #[test]
    fn every_flipped_bit_every_cut_and_another_key_is_found() {
        let file = Pack::encrypt(plain(), &key(1)).unwrap();
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut flipped = file.clone();
                flipped[at] ^= 1 << bit;
                assert!(Pack::open(flipped, &key(1)).is_none(), "byte {at}");
            }
            assert!(Pack::open(file[..at].to_vec(), &key(1)).is_none(), "cut at {at}");
        }
        assert!(Pack::open(file, &key(2)).is_none());
    }
}

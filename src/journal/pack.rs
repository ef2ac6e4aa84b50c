//! Packs: the text of a month's entries, encrypted on this device, so that the next
//! reading opens one file instead of many. A pack can be deleted at any moment and is
//! deleted at any doubt; every failure here means reading as if there were none.
//!
//! A file `2026-11.pack` is a line that names the format, a nonce of 24 bytes, and, under
//! XChaCha20-Poly1305, an index in postcard followed by the JSON of each entry in the
//! index, and zeros up to a length that the entries' own files tell already. Its key is
//! HKDF-SHA-256 of the secret key, the journal and the month, so that no pack is taken for
//! another's.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::disk::FileStamp;
use crate::seal::padded_length;
use crate::secret::SecretBytes;

use super::cipher::{self, CipherKey, TAG, Tag};
use super::name;

const FORMAT: &[u8] = b"inward-pack/4\n";

/// Room for a record in the index, in bytes: a file's name, and numbers that take up to 10
/// each.
const RECORD: usize = 96;

/// One file in the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Of the file in its month's folder.
    pub name: String,
    /// The stamp of the file descriptor that was read.
    pub stamp: FileStamp,
    /// The length of its JSON, in bytes.
    length: u32,
}

#[derive(Serialize, Deserialize)]
struct Index {
    /// The stamp of the month's folder when it was listed.
    folder: FileStamp,
    /// Did every entry's file open? Then the folder holds no entry that isn't
    /// in the pack.
    complete: bool,
    /// Sorted by entry.
    records: Vec<Record>,
}

/// A month's pack, decrypted.
pub struct Pack {
    index: Index,
    /// Where each record's JSON begins in `plain`, and where the last one ends.
    offsets: Vec<usize>,
    plain: SecretBytes,
}

/// A file that is to go into a pack.
pub struct NewRecord {
    /// Of the file in its month's folder.
    pub name: String,
    /// The stamp of the file descriptor that was read.
    pub stamp: FileStamp,
    /// The entry in it.
    pub json: SecretBytes,
}

impl Pack {
    /// The plain bytes of a pack. `None` if they'd be too large for the format.
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
        let length = size.max(room_for(&records));
        let mut plain = SecretBytes::with_capacity(length + TAG);
        plain.extend_from_slice(&index);
        records.iter().for_each(|new| plain.extend_from_slice(&new.json));
        plain.resize(length, 0);
        Some(plain)
    }

    /// Encrypts the bytes that `build` returned.
    pub fn encrypt(plain: SecretBytes, key: &CipherKey) -> Option<Vec<u8>> {
        cipher::encrypt(FORMAT, &[], plain, key)
    }

    /// Decrypts a pack. `None` if it is damaged, another month's, or under another key.
    pub fn open(file: Vec<u8>, key: &CipherKey) -> Option<Pack> {
        let mut file = SecretBytes::from(file);
        let text = cipher::decrypt(FORMAT, &[], &mut file, key)?;
        Pack::decode(file, text)
    }

    /// Reads a pack whose plain bytes are at `text` in a file.
    pub fn decode(file: SecretBytes, text: Range<usize>) -> Option<Pack> {
        let (index, texts) = postcard::take_from_bytes::<Index>(&file[text.clone()]).ok()?;
        let mut at = text.end - texts.len();
        let mut offsets = vec![at];
        for record in &index.records {
            at = at.checked_add(record.length as usize)?;
            offsets.push(at);
        }
        (at <= text.end).then_some(Pack { index, offsets, plain: file })
    }

    /// Its tag, unique to it.
    pub fn tag(&self) -> Option<Tag> {
        cipher::tag(&self.plain)
    }

    /// Is the pack complete, and the folder unchanged since?
    pub fn has_stamp(&self, folder: &FileStamp) -> bool {
        self.index.complete && self.index.folder == *folder
    }

    /// What stands in the index: a record for each file.
    pub fn records(&self) -> &[Record] {
        &self.index.records
    }

    /// The JSON of a record.
    pub fn json(&self, at: usize) -> &[u8] {
        &self.plain[self.offsets[at]..self.offsets[at + 1]]
    }

    /// The JSON of all records, concatenated.
    pub fn all_json(&self) -> &[u8] {
        &self.plain[self.offsets[0]..self.offsets[self.offsets.len() - 1]]
    }

    /// The JSON of a file, if its stamp is the same as when it was read.
    pub fn find(&self, name: &str, stamp: &FileStamp) -> Option<&[u8]> {
        let key = by_entry(name);
        let at = self.index.records.binary_search_by(|record| by_entry(&record.name).cmp(&key));
        let at = at.ok().filter(|at| self.index.records[*at].stamp == *stamp)?;
        Some(self.json(at))
    }

    /// Does it hold exactly these files of this folder?
    pub fn is_same(&self, folder: &FileStamp, complete: bool, records: &[NewRecord]) -> bool {
        let holds = |new: &NewRecord| self.find(&new.name, &new.stamp).is_some();
        self.index.folder == *folder
            && self.index.complete == complete
            && self.index.records.len() == records.len()
            && records.iter().all(holds)
    }

    /// The records of each entry, as ranges of indices.
    pub fn entries(&self) -> impl Iterator<Item = Range<usize>> {
        let records = &self.index.records;
        let chunks = records.chunk_by(|a, b| by_entry(&a.name).0 == by_entry(&b.name).0);
        chunks.scan(0, |begin, chunk| {
            let range = *begin..*begin + chunk.len();
            *begin = range.end;
            Some(range)
        })
    }
}

/// A length in bytes that says no more of the entries than the lengths of their files do: as
/// if each were padded here as it is there.
fn room_for(records: &[NewRecord]) -> usize {
    let texts = records.iter().map(|new| RECORD + padded_length(new.json.len()));
    RECORD + texts.sum::<usize>()
}

/// The sort key of records: those of one entry are together.
fn by_entry(name: &str) -> (&str, &str) {
    (name::parts(name).map_or("", |parts| parts.id), name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::seen::Lineage;
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
    fn its_length_tells_no_more_than_the_lengths_of_the_files_do() {
        let length = |texts: [usize; 3], stamp: FileStamp| {
            let record = |(n, length): (usize, usize)| NewRecord {
                name: format!("2026-11-0{n}-{n}aaaaaaaaa.bbbbbb.age"),
                stamp,
                json: "x".repeat(length).into(),
            };
            let records = texts.into_iter().enumerate().map(record).collect();
            let file = Pack::encrypt(Pack::build(stamp, true, records).unwrap(), &key(1)).unwrap();
            let pack = Pack::open(file.clone(), &key(1)).unwrap();
            assert_eq!(pack.all_json().len(), texts.iter().sum::<usize>());
            file.len()
        };
        let large = FileStamp { inode: u64::MAX, size: u64::MAX, ..STAMP };
        let short = length([1, 900, 2000], STAMP);
        assert_eq!(length([2048, 2, 1500], large), short);
        assert!(length([2049, 2, 1500], STAMP) > short);
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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn other_bytes_are_a_pack_that_can_be_read_or_none(
            at in 0..200_usize,
            bytes in prop::collection::vec(any::<u8>(), 1..12),
            length in 100..7000_usize,
        ) {
            let mut changed = plain().to_vec();
            changed.splice(at..at + bytes.len(), bytes);
            changed.truncate(length);
            let end = changed.len();
            let Some(pack) = Pack::decode(SecretBytes::from(changed), 0..end) else { return Ok(()) };
            for Record { name, stamp, .. } in pack.records() {
                pack.find(name, stamp).and_then(|json| Lineage::of_json(name, json));
            }
            let lengths = pack.entries().flatten().map(|at| pack.json(at).len());
            prop_assert!(lengths.sum::<usize>() <= end);
        }
    }
}

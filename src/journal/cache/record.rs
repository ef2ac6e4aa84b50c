//! What a pack holds: for each file that was opened how it was at the time, its
//! name, and its entry's JSON without the spaces.

use std::ops::Range;

use crate::journal::names::Stamp;
use crate::wiped::Wiped;

/// Owned, on the way into a pack.
pub struct Record {
    pub name: String,
    pub stamp: Stamp,
    pub json: Wiped,
}

/// Where a record stands in a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: Range<usize>,
    pub stamp: Stamp,
    pub json: Range<usize>,
}

/// What stands before a record's name and its JSON: how long they are, and the
/// stamp, each number with its lowest byte first.
const HEAD: usize = 1 + 4 + 8 + 8 + 16 + 16;

impl Record {
    pub fn size(&self) -> usize {
        HEAD + self.name.len() + self.json.len()
    }
}

/// The text of a pack. `mark` proves that whoever wrote it had the secret key.
/// Nothing, where a name or an entry is longer than any.
pub fn write(mark: &str, records: &[Record]) -> Option<Wiped> {
    let room = records.iter().map(Record::size).sum::<usize>() + mark.len() + 1;
    let mut text = Wiped::with_room(room);
    text.extend_from_slice(mark.as_bytes());
    text.push(b'\n');
    for Record { name, stamp, json } in records {
        text.push(name.len().try_into().ok()?);
        text.extend_from_slice(&u32::try_from(json.len()).ok()?.to_le_bytes());
        text.extend_from_slice(&stamp.inode.to_le_bytes());
        text.extend_from_slice(&stamp.size.to_le_bytes());
        text.extend_from_slice(&stamp.modified.to_le_bytes());
        text.extend_from_slice(&stamp.changed.to_le_bytes());
        text.extend_from_slice(name.as_bytes());
        text.extend_from_slice(json);
    }
    Some(text)
}

/// Every record, in the order of names; nothing unless all of it is as it was
/// written.
pub fn read(mark: &str, text: &[u8]) -> Option<Vec<Place>> {
    let mut rest = text.strip_prefix(mark.as_bytes())?.strip_prefix(b"\n")?;
    let mut places: Vec<Place> = Vec::with_capacity(text.len() / 512);
    while !rest.is_empty() {
        let [name] = take(&mut rest)?;
        let json = u32::from_le_bytes(take(&mut rest)?) as usize;
        let stamp = Stamp {
            inode: u64::from_le_bytes(take(&mut rest)?),
            size: u64::from_le_bytes(take(&mut rest)?),
            modified: i128::from_le_bytes(take(&mut rest)?),
            changed: i128::from_le_bytes(take(&mut rest)?),
        };
        let at = text.len() - rest.len();
        let name = at..at + usize::from(name);
        let json = name.end..name.end.checked_add(json)?;
        rest = text.get(json.end..)?;
        let in_order =
            places.last().is_none_or(|last| text[last.name.clone()] < text[name.clone()]);
        if !in_order {
            return None;
        }
        places.push(Place { name, stamp, json });
    }
    Some(places)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(name: &str, json: &str) -> Record {
        let stamp =
            Stamp { inode: 7, size: 2300, modified: -1, changed: 1_800_000_000_000_000_000 };
        Record { name: name.into(), stamp, json: json.as_bytes().to_vec().into() }
    }

    #[test]
    fn what_was_written_reads_back() {
        let records = [record("a", "{\"a\":1}"), record("b", "line\nline\n"), record("c", "")];
        let text = write("mark", &records).unwrap();
        let places = read("mark", &text).unwrap();
        assert_eq!(places.len(), 3);
        for (place, record) in places.iter().zip(&records) {
            assert_eq!(text[place.name.clone()], *record.name.as_bytes());
            assert_eq!(text[place.json.clone()], record.json[..]);
            assert_eq!(place.stamp, record.stamp);
        }
        assert_eq!(read("mark", &write("mark", &[]).unwrap()), Some(Vec::new()));
    }

    #[test]
    fn a_pack_that_is_not_as_it_was_written_is_no_pack() {
        let text = write("mark", &[record("a", "{\"a\":1}"), record("b", "{}")]).unwrap();
        assert_eq!(read("other", &text), None);
        for end in 0..text.len() {
            let cut = read("mark", &text[..end]);
            // Cut between two records it is whole, which sealing rules out.
            assert!(cut.is_none_or(|places| places.len() < 2), "{end}");
        }
        let twice = write("mark", &[record("b", "{}"), record("a", "{}")]).unwrap();
        assert_eq!(read("mark", &twice), None);
    }

    proptest! {
        #[test]
        fn whatever_lies_in_a_pack_is_read_or_refused(
            at in any::<prop::sample::Index>(),
            cut in 0..40usize,
            put in prop_oneof![
                prop::collection::vec(any::<u8>(), 0..60),
                prop::collection::vec(prop_oneof![Just(0u8), Just(255u8)], 0..60),
            ],
        ) {
            let records = [record("a", "{\"a\":1}"), record("b", "line\nline\n"), record("é", "")];
            let mut text = write("mark", &records).unwrap().to_vec();
            let at = at.index(text.len() + 1);
            text.splice(at..(at + cut).min(text.len()), put);
            for place in read("mark", &text).into_iter().flatten() {
                prop_assert!(text.get(place.name).is_some() && text.get(place.json).is_some());
            }
        }

        #[test]
        fn what_is_written_reads_back_whatever_it_says(
            said in prop::collection::btree_map("[0-9a-z.-]{1,40}", ".{0,200}", 0..12),
            numbers in any::<(u64, u64, i128, i128)>(),
        ) {
            let (inode, size, modified, changed) = numbers;
            let stamp = Stamp { inode, size, modified, changed };
            let of = |(name, json): (&String, &String)| Record { stamp, ..record(name, json) };
            let records: Vec<Record> = said.iter().map(of).collect();
            let text = write("mark", &records).unwrap();
            let places = read("mark", &text).unwrap();
            prop_assert_eq!(places.len(), records.len());
            for (place, record) in places.iter().zip(&records) {
                prop_assert_eq!(&text[place.name.clone()], record.name.as_bytes());
                prop_assert_eq!(&text[place.json.clone()], &record.json[..]);
                prop_assert_eq!(place.stamp, stamp);
            }
        }
    }
}

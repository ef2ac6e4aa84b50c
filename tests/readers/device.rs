//! What this device wrote for itself, once it is decrypted.

use inward::disk::FileStamp;
use inward::journal::pack::{NewRecord, Pack};
use inward::journal::seen::{EntrySighting, Lineage, MonthMemory, MonthSighting};

use super::{Reader, seeds};

const STAMP: FileStamp = FileStamp { inode: 7, size: 2048, modified: 3, changed: 4 };

/// One revision, one that replaces it, and a deletion of another entry.
const NAMES: [&str; 3] = [
    "2026-11-23-k3v9q2m8ab.x7f2qd.age",
    "2026-11-23-k3v9q2m8ab.b4n6wz.age",
    "2026-11-24-aaaaaaaaaa.cccccc.age",
];

const JSON: [&str; 3] =
    [seeds::ENTRY, "{\"replaces\":[\"x7f2qd\"]}", "{\"copy_of\":\"dddddd\",\"deleted\":true}"];

pub const PACK: Reader = Reader { name: "pack", seeds: packs, words: &[&NAMES], read: read_pack };

fn packs() -> Vec<Vec<u8>> {
    let record = |(name, json): (&&str, &&str)| NewRecord {
        name: (*name).into(),
        stamp: STAMP,
        json: (*json).to_owned().into(),
    };
    let of = |files: usize| {
        let records = NAMES.iter().zip(&JSON).take(files).map(record).collect();
        Pack::build(STAMP, true, records).unwrap().to_vec()
    };
    vec![of(0), of(1), of(3)]
}

fn read_pack(bytes: &[u8]) {
    let Some(pack) = Pack::decode(bytes.to_vec().into(), 0..bytes.len()) else { return };
    for record in pack.records() {
        let json = pack.find(&record.name, &record.stamp);
        json.and_then(|json| Lineage::of_json(&record.name, json));
    }
    let lengths = pack.entries().flatten().map(|at| pack.json(at).len());
    let all: usize = lengths.sum();
    assert_eq!(all, pack.all_json().len(), "each text belongs to one entry");
}

pub const MEMORY: Reader =
    Reader { name: "memory", seeds: memories, words: &[&NAMES], read: read_memory };

/// As the month is after it was read, and after a file of it has gone.
fn memories() -> Vec<Vec<u8>> {
    let mut memory = MonthMemory::EMPTY;
    let mut after = |files: &[usize], now: i64| {
        memory.update(&sighting(files), now);
        memory.encode().unwrap_or_default().to_vec()
    };
    vec![after(&[], 0), after(&[0, 2], 0), after(&[1, 2], 1), after(&[0], 2)]
}

/// What a reading of some of the files says of both entries.
fn sighting(files: &[usize]) -> MonthSighting {
    let mut month = MonthSighting::new();
    for at in 0..NAMES.len() {
        let (id, lineage) = Lineage::of_json(NAMES[at], JSON[at].as_bytes()).unwrap();
        let entry: &mut EntrySighting = month.entry(id).or_default();
        entry.revisions.extend(files.contains(&at).then_some(lineage));
    }
    month
}

fn read_memory(bytes: &[u8]) {
    let Some(memory) = MonthMemory::decode(bytes) else { return };
    let again = memory.encode().unwrap_or_default();
    assert_eq!(MonthMemory::decode(&again).as_ref(), Some(&memory), "it is written as it was");
    memory.unmet(|_, _| true);
    for files in [&[][..], &[0, 2], &[1, 2], &[0, 1, 2]] {
        let mut memory = memory.clone();
        memory.update(&sighting(files), i64::MAX);
        let losses = memory.losses();
        memory.accept(|loss| losses.contains(loss));
        assert_eq!(memory.losses(), [], "what was reported and taken is not told again");
    }
}

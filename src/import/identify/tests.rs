use serde_json::json;

use crate::seal::Identity;

use super::super::IMPORTED;

use super::*;

fn parsed(words: &str) -> ParsedEntry {
    let at = "2026-11-23T21:14:03+01:00".parse().unwrap();
    let entry = Entry::new("write", at, at, Vec::new(), Vec::new()).unwrap();
    ParsedEntry { entry, dedup_key: DedupKey::Words(words.into()), files: LinkedFiles::default() }
}

fn ids(entries: Vec<ParsedEntry>, salt: u8) -> Vec<String> {
    let entries = identify(vec![entries], "jrnl", &[salt; 64], None).entries;
    entries.iter().map(|entry| format!("{}.{}", entry.entry.id, entry.entry.revision)).collect()
}

#[test]
fn an_entry_has_the_same_id_each_time_and_another_one_another() {
    let first = ids(vec![parsed("a"), parsed("b")], 1);
    assert_eq!(first, ids(vec![parsed("a"), parsed("b")], 1));
    assert_ne!(first[0], first[1]);
    assert_eq!(first[0].len(), "k3v9q2m8ab.x7f2qd".len(), "it looks like any other");
}

#[test]
fn tags_that_differ_in_case_alone_become_the_commonest() {
    let tagged = |words: &str, tag: &str| {
        let ParsedEntry { entry, dedup_key, files } = parsed(words);
        ParsedEntry { entry: Entry { tags: vec![tag.to_owned()], ..entry }, dedup_key, files }
    };
    let entries = [("a", "Sea"), ("b", "sea"), ("c", "SEA"), ("d", "sea"), ("e", "Weir")];
    let entries = entries.iter().map(|(words, tag)| tagged(words, tag)).collect();
    let entries = identify(vec![entries], "jrnl", &[1; 64], None).entries;
    let tags: Vec<&str> = entries.iter().map(|entry| entry.entry.tags[0].as_str()).collect();
    assert_eq!(tags, ["sea", "sea", "sea", "sea", "Weir"]);
}

#[test]
fn without_the_salt_an_id_confirms_no_guess() {
    assert_ne!(ids(vec![parsed("a")], 1), ids(vec![parsed("a")], 2));
    let entries_with = |salt| identify(vec![vec![parsed("a")]], "jrnl", &[salt; 64], None).entries;
    let origins = [1, 2].map(entries_with);
    assert_eq!(origin(&origins[0][0].entry), origin(&origins[1][0].entry));
}

#[test]
fn only_its_own_key_lets_an_exported_entry_say_what_it_is() {
    let key = ExportKey::of(&Identity::generate()).unwrap();
    let attached = json!([{
        "id": "k3v9q2m8ab", "name": "lake.jpg", "type": "image/jpeg", "bytes": 3,
        "sha256": "0".repeat(64),
    }]);
    let exported = Entry {
        replaces: vec!["aaaaaa".parse().unwrap()],
        attachments: serde_json::from_value(attached).unwrap(),
        about: Some("aaaaaaaaaa".parse().unwrap()),
        ..parsed("a").entry
    };
    let mut tagged = key.tag(&exported);
    let tag = tagged.unknown.remove(ExportKey::FIELD).unwrap();
    let file = |tag: Option<&str>| {
        let proof = tag.map_or(ExportProof::None, |tag| ExportProof::Tag(tag.to_owned()));
        let dedup_key = DedupKey::Exported(proof);
        vec![vec![ParsedEntry { entry: tagged.clone(), dedup_key, files: LinkedFiles::default() }]]
    };
    let own = identify(file(tag.as_str()), "inward", &[1; 64], Some(&key)).entries;
    // What it replaced may have been replaced in another journal of this key alone, and its
    // files are here under ids that they get here.
    let proven = Entry { replaces: Vec::new(), attachments: Vec::new(), ..exported.clone() };
    assert_eq!((&own[0].entry, &own[0].claimed), (&proven, &None));
    let other = ExportKey::of(&Identity::generate()).unwrap();
    for (tag, key) in [(None, Some(&key)), (tag.as_str(), None), (tag.as_str(), Some(&other))] {
        let entry = &identify(file(tag), "inward", &[1; 64], key).entries[0];
        assert_eq!(entry.claimed.as_ref(), Some(&exported.id));
        assert!(entry.entry.id != exported.id && entry.entry.revision != exported.revision);
        assert!(entry.entry.replaces.is_empty() && entry.entry.about.is_none());
        let again = &identify(file(tag), "inward", &[1; 64], key).entries[0];
        assert_eq!(again.entry.id, entry.entry.id, "and the same each time");
    }
}

#[test]
fn a_link_within_a_file_follows_what_it_points_to() {
    let first = parsed("a").entry;
    let second = Entry { about: Some(first.id.clone()), ..parsed("b").entry };
    let claimed = |entry: &Entry| ParsedEntry {
        files: LinkedFiles::default(),
        entry: entry.clone(),
        dedup_key: DedupKey::Exported(ExportProof::None),
    };
    let files = vec![vec![claimed(&second), claimed(&first)]];
    let entries = identify(files, "inward", &[1; 64], None).entries;
    assert_eq!(entries[0].entry.about.as_ref(), Some(&entries[1].entry.id));
}

#[test]
fn entries_that_are_alike_in_everything_are_each_kept() {
    let entries = ids(vec![parsed("a"), parsed("a"), parsed("a")], 1);
    assert_ne!(entries[0], entries[1]);
    assert_ne!(entries[1], entries[2]);
    assert_eq!(entries[0], ids(vec![parsed("a")], 1)[0]);
}

#[test]
fn what_stands_in_two_files_is_the_same_and_a_later_version_is_one_more() {
    let salt = [1; 64];
    let files = vec![vec![parsed("a"), parsed("a"), parsed("b")], vec![parsed("a"), parsed("a")]];
    let both = identify(files, "jrnl", &salt, None);
    assert_eq!((both.entries.len(), both.repeated), (3, 2));
    let mut later = parsed("a");
    later.entry.tags = vec!["sea".into()];
    let files = vec![vec![parsed("a")], vec![later.clone()]];
    let both = identify(files, "jrnl", &salt, None);
    assert_eq!((both.entries.len(), &both.entries[0].entry.tags[0]), (1, &"sea".to_owned()));
    later.entry.unknown.insert(IMPORTED.into(), json!({"front_matter": {"mood": "calm"}}));
    let both = identify(vec![vec![parsed("a")], vec![later]], "jrnl", &salt, None);
    assert_eq!((both.entries.len(), both.repeated), (2, 0));
    assert_ne!(both.entries[0].entry.id, both.entries[1].entry.id);
}

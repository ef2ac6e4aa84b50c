//! With a cache or without: whatever happens to a journal's files between two
//! readings, and whatever is asked for, both show the same.

use std::path::{Path, PathBuf};

use inward::config::Clock;
use inward::disk::real;
use inward::entry::{Answer, Entry, Value};
use inward::journal::{Journal, SearchResult};
use inward::query::{Query, TextMatcher};
use inward::seal::{EntryFileName, Identity, Recipients};
use proptest::prelude::*;

use crate::harness::{Home, crafted, files};
use crate::kills_cache::{SEARCH, packs, put, ready_for_packs};

/// By then, what was written just now is old enough for its stamp to be trusted.
const LATER: &str = "2100-01-01T12:00:00+00:00";

/// A file of a revision, and where it lies.
#[derive(Clone, Debug)]
struct Piece {
    entry: u8,
    revision: u8,
    replaces: Vec<u8>,
    deleted: bool,
    day: i64,
    word: u8,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Own,
    AnotherMonth,
    Copy,
    Passing,
    CutShort,
}

/// What happens to a journal after it was read.
#[derive(Clone, Debug)]
enum Event {
    Comes(Piece),
    Goes(prop::sample::Index),
    IsChanged(prop::sample::Index),
    IsReadFor(u8),
}

fn piece() -> impl Strategy<Value = Piece> {
    let place = prop_oneof![
        6 => Just(Place::Own),
        1 => Just(Place::AnotherMonth),
        1 => Just(Place::Copy),
        1 => Just(Place::Passing),
        1 => Just(Place::CutShort),
    ];
    let replaces = prop::collection::vec(0..4u8, 0..3);
    let told = (0..50u8, 0..4u8, replaces, prop::bool::weighted(0.15), 0..100i64, 0..5u8, place);
    told.prop_map(|(entry, revision, replaces, deleted, day, word, place)| Piece {
        entry,
        revision,
        replaces,
        deleted,
        day,
        word,
        place,
    })
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => piece().prop_map(Event::Comes),
        2 => any::<prop::sample::Index>().prop_map(Event::Goes),
        1 => any::<prop::sample::Index>().prop_map(Event::IsChanged),
        2 => (0..8u8).prop_map(Event::IsReadFor),
    ]
}

impl Piece {
    fn entry(&self) -> Entry {
        let base = crafted("");
        let answer = Answer {
            value: Value::Text(format!("word{} of \"{}\"\n", self.word, self.revision)),
            ..base.answers[0].clone()
        };
        let revision = |n: &u8| format!("rrrrr{n}").parse().unwrap();
        Entry {
            id: format!("aaaaaaaa{:02}", self.entry).parse().unwrap(),
            revision: revision(&self.revision),
            replaces: self.replaces.iter().filter(|n| **n != self.revision).map(revision).collect(),
            practice: if self.word == 0 { "reflect".into() } else { "write".into() },
            tags: if self.word == 1 { vec!["repair".into()] } else { Vec::new() },
            at: base.at - chrono::Duration::days(self.day),
            answers: if self.deleted { Vec::new() } else { vec![answer] },
            deleted: self.deleted,
            ..base
        }
    }

    fn put(&self, journal: &Path, recipients: &Recipients) {
        let entry = self.entry();
        let sealed = recipients.seal(&entry).unwrap();
        let own = journal.join(Journal::place(&EntryFileName::of(&entry)));
        let name = own.file_name().unwrap().to_str().unwrap();
        let path = match self.place {
            Place::Own | Place::CutShort => own.clone(),
            Place::AnotherMonth => journal.join("2025/03").join(name),
            Place::Copy => own.with_file_name(name.replace(".age", " 2.age")),
            Place::Passing => own.with_file_name(format!(".syncthing.{name}.tmp")),
        };
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let length = sealed.bytes().len();
        let cut = if matches!(self.place, Place::CutShort) { 1 } else { 0 };
        std::fs::write(path, &sealed.bytes()[..length - cut]).unwrap();
    }
}

fn query(which: u8) -> Query {
    let day = |text: &str| Some(text.parse().unwrap());
    let all = Query::everything();
    match which {
        0 => all,
        1 => Query { last: Some(3), ..all },
        2 => Query { last: Some(40), ..all },
        3 => Query { from: day("2026-10-01"), to: day("2026-11-10"), ..all },
        4 => Query { practices: vec!["reflect".into()], ..all },
        5 => Query { tags: vec!["repair".into()], last: Some(2), ..all },
        6 => Query { containing: vec![TextMatcher::text("WORD2 of \"1").unwrap()], ..all },
        _ => Query { on_days: Some(vec![day("2026-11-01").unwrap()]), ..all },
    }
}

fn shown(found: &SearchResult) -> Vec<(&Entry, &[Entry], &[inward::entry::RevisionId])> {
    found.entries.iter().map(|kept| (&kept.entry, &*kept.other_heads, &*kept.revisions)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_journal_shows_the_same_with_a_cache_as_without_whatever_happens_to_its_files(
        events in prop::collection::vec(event(), 1..30),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("journal");
        let identity = Identity::generate();
        let recipients = Recipients::parse(&identity.recipients().join("\n"), "test").unwrap();
        let clock = Clock::at(LATER.parse().unwrap());
        let plain = Journal::at(real(), &root);
        let known = Journal::at(real(), &root).with_packs_in(&folder.path().join("cache"));
        // Enough for a cache to be worth its while.
        for entry in 0..45 {
            let (day, word) = (i64::from(entry) * 2, entry % 5);
            Piece { entry, revision: 0, replaces: vec![], deleted: false, day, word, place: Place::Own }
                .put(&root, &recipients);
        }
        let find = |journal: &Journal, which| journal.find(&query(which), &identity, &clock).unwrap();
        find(&known, 0);
        prop_assert!(!files(&folder.path().join("cache")).is_empty(), "there is a cache");
        let one = |at: &prop::sample::Index| {
            let all = files(&root);
            (!all.is_empty()).then(|| at.get(&all).clone())
        };
        for event in &events {
            match event {
                Event::Comes(piece) => piece.put(&root, &recipients),
                Event::Goes(at) => one(at).iter().for_each(|file| std::fs::remove_file(file).unwrap()),
                Event::IsChanged(at) => {
                    let Some(file) = one(at) else { continue };
                    let mut bytes = std::fs::read(&file).unwrap();
                    *bytes.last_mut().unwrap() ^= 1;
                    std::fs::write(file, bytes).unwrap();
                }
                Event::IsReadFor(which) => drop(find(&known, *which)),
            }
        }
        let everything = find(&plain, 0);
        for _ in 0..2 {
            for which in 0..8 {
                let (with, without) = (find(&known, which), find(&plain, which));
                prop_assert_eq!(shown(&with), shown(&without), "{:?}", query(which));
                prop_assert_eq!(&with.damaged, &without.damaged, "{:?}", query(which));
                if let Some(last) = query(which).last.filter(|_| query(which).tags.is_empty()) {
                    let newest: Vec<_> = shown(&everything).into_iter().take(last).collect();
                    prop_assert_eq!(shown(&with), newest, "the last {}", last);
                }
            }
        }
    }
}

/// What the packs say, opened by what the format's documentation tells.
fn packed(home: &Home) -> String {
    packs(home).iter().map(|pack| open(home, pack).unwrap_or_default()).collect()
}

fn open(home: &Home, pack: &Path) -> Option<String> {
    use chacha20poly1305::aead::{Aead, Payload};
    use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
    let month = pack.file_stem().unwrap().to_str().unwrap();
    let info = format!("inward pack 4\0journal\0{month}");
    let secret = home.identity();
    let mut key = [0; 32];
    let hkdf = hkdf::Hkdf::<sha2::Sha256>::new(None, secret.secret().unwrap().as_bytes());
    hkdf.expand(info.as_bytes(), &mut key).unwrap();
    let file = std::fs::read(pack).unwrap();
    let aad = &b"inward-pack/4\n"[..];
    let (nonce, msg) = file.strip_prefix(aad)?.split_at(24);
    let cipher = XChaCha20Poly1305::new(&key.into());
    let plain = cipher.decrypt(nonce.into(), Payload { msg, aad }).ok()?;
    Some(String::from_utf8_lossy(&plain).into_owned())
}

#[test]
fn a_pack_is_encrypted_for_this_key_this_journal_and_this_month_alone() {
    let home = ready_for_packs();
    put(&home, 0..40);
    home.run(SEARCH).ok();
    assert!(packed(&home).contains("butterbur 17"));
    assert!(crate::harness::holding("butterbur", &[home.path()]).is_empty());
    // One month's pack in the place of another's is none.
    let [first, second] = [0, 1].map(|n| packs(&home)[n].clone());
    std::fs::copy(&first, &second).unwrap();
    assert_eq!(open(&home, &second), None);
    let count = home.run(SEARCH).ok().stdout.matches("butterbur ").count();
    assert_eq!(count, 40);
    assert!(open(&home, &second).is_some(), "it was made again");
}

#[test]
fn what_was_edited_or_deleted_here_is_gone_from_the_packs_at_once() {
    let home = ready_for_packs();
    put(&home, 0..40);
    home.run(SEARCH).ok();
    let id = |words: &str| {
        let found = home.run(&format!("search --json '{words}'")).ok().json();
        found["entries"][0]["id"].as_str().unwrap().to_owned()
    };
    let (edited, deleted) = (id("butterbur 17"), id("butterbur 23"));
    let moved = id("butterbur 29");
    assert!(packed(&home).contains("butterbur 17") && packed(&home).contains("butterbur 23"));
    home.run(&format!("edit {edited} --answers -")).stdin(r#"{"page": "foxglove"}"#).ok();
    assert!(!packed(&home).contains("butterbur 17"));
    home.run(SEARCH).ok();
    home.run(&format!("delete {deleted} --yes")).ok();
    assert!(!packed(&home).contains("butterbur 23"));
    home.run(SEARCH).ok();
    assert!(packed(&home).contains("butterbur 29"));
    home.run(&format!("edit {moved} --at 2026-01-05")).ok();
    assert!(!packed(&home).contains("butterbur 29"));
    assert_eq!(home.run("search --json 'butterbur 29'").ok().json()["entries"][0]["was"], moved);
}

#[test]
fn what_another_tool_removed_is_gone_from_a_pack_once_its_month_is_read() {
    let home = ready_for_packs();
    put(&home, 0..40);
    home.run(SEARCH).ok();
    let first = files(&home.journal()).remove(0);
    let month = first.parent().unwrap();
    let (year, number) = (month.parent().unwrap().file_name(), month.file_name());
    let [year, number] = [year, number].map(|name| name.unwrap().to_str().unwrap().to_owned());
    let pack = packs(&home).into_iter().find(|it| it.ends_with(format!("{year}-{number}.pack")));
    let pack = pack.unwrap();
    // Too few are left for a pack of their own.
    files(month).iter().skip(2).for_each(|file| std::fs::remove_file(file).unwrap());
    home.run(&format!("list --on {year}-{number}")).outcome();
    assert!(!pack.exists(), "{pack:?}");
}

#[test]
fn after_a_change_of_keys_nothing_is_left_of_the_packs() {
    let home = ready_for_packs();
    put(&home, 0..40);
    let said = || home.run(SEARCH).ok().stdout.matches("butterbur ").count();
    let before = said();
    assert_eq!(packs(&home).len(), 3);
    home.run("key rotate").ok();
    assert_eq!(packs(&home), Vec::<PathBuf>::new());
    assert_eq!(said(), before);
}

#[test]
fn a_folder_that_changed_after_it_was_packed_is_listed_again() {
    let home = ready_for_packs();
    put(&home, 0..60);
    home.run(SEARCH).ok();
    assert_eq!(packs(&home).len(), 3);
    let shows = |count| {
        let shown = home.run(SEARCH).ok();
        assert_eq!(shown.json()["entries"].as_array().unwrap().len(), count);
        let identity = home.identity();
        let clock = Clock::at(LATER.parse().unwrap());
        let found =
            Journal::at(real(), &home.journal()).find(&query(0), &identity, &clock).unwrap();
        assert_eq!(found.entries.len(), count);
        assert!(shown.stderr.lines().all(|line| line.starts_with("Missing: ")), "{shown:?}");
    };
    shows(60);
    put(&home, 60..61);
    shows(61);
    let away = files(&home.journal()).remove(7);
    std::fs::remove_file(&away).unwrap();
    shows(60);
    let other = files(&home.journal()).remove(9);
    std::fs::rename(&other, other.with_file_name("away")).unwrap();
    shows(59);
}

//! Heads, damage and swapped names, on journals in folders of their own.

use std::sync::Mutex;

use super::*;
use crate::config::Clock;
use crate::disk;
use crate::entry::testing;
use crate::journal::pack_cache::PackCache;
use crate::journal::{AttachmentSource, Elsewhere, JournalError, JournalFile, Reader, month};
use crate::query::Query;
use crate::seal::{AttachmentFileName, Damage, EntryFileName, Recipients, StreamSummary};

pub struct TestJournal {
    _folder: tempfile::TempDir,
    pub journal: Journal,
    pub identity: Identity,
    recipients: Recipients,
}

pub fn desk() -> TestJournal {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    let recipients = Recipients::parse(&identity.recipients().join("\n"), "test").unwrap();
    let journal = Journal::at(disk::real(), &folder.path().join("journal"));
    TestJournal { _folder: folder, journal, identity, recipients }
}

pub fn entry(id: &str, revision: &str, replaces: &[&str], day: u32, words: &str) -> Entry {
    let at = format!("2026-11-{day:02}T21:14:03+01:00");
    testing::entry(serde_json::json!({
        "id": id, "revision": revision, "replaces": replaces, "practice": "write",
        "at": at, "answers": [{"question": "page", "asked": "?", "value": words}]
    }))
}

impl TestJournal {
    pub fn keep(&self, entry: &Entry) -> PathBuf {
        let sealed = self.recipients.seal(entry).unwrap();
        self.journal.append(&sealed).unwrap();
        let name = super::super::name::file_name(sealed.name());
        self.journal.root().join(entry.at.format("%Y/%m").to_string()).join(name)
    }

    fn find(&self, query: &Query) -> SearchResult {
        read_with(&self.journal, self, query)
    }
}

const A: &str = "aaaaaaaaaa";
const B: &str = "bbbbbbbbbb";

#[test]
fn an_id_is_named_by_any_unique_beginning() {
    let desk = desk();
    desk.keep(&entry("aaaaaaaaa1", "aaaaa1", &[], 1, "one"));
    desk.keep(&entry("aaaaaaaaa2", "aaaaa2", &[], 1, "two"));
    desk.keep(&entry(B, "bbbbb1", &[], 1, "three"));
    let named = |id: &str| desk.journal.resolve(&[id.to_owned()], &desk.identity);
    assert_eq!(named("BB").unwrap().entries[0].entry.id.as_str(), B);
    assert!(
        matches!(named("a"), Err(e) if matches!(e.of(), Some(JournalError::AmbiguousId { .. })))
    );
    assert!(
        matches!(named("zz"), Err(e) if matches!(e.of(), Some(JournalError::NoSuchEntry { .. })))
    );
    assert!(
        matches!(named(""), Err(e) if matches!(e.of(), Some(JournalError::AmbiguousId { .. })))
    );
}

#[test]
fn a_file_in_the_folder_of_another_month_is_damage_and_not_read_as_anything() {
    let desk = desk();
    let path = desk.keep(&entry(A, "aaaaa1", &[], 1, "first"));
    desk.keep(&entry(B, "bbbbb1", &[], 2, "second"));
    let elsewhere = desk.journal.root().join("2026/12").join(path.file_name().unwrap());
    std::fs::create_dir_all(elsewhere.parent().unwrap()).unwrap();
    std::fs::rename(&path, &elsewhere).unwrap();
    let result = desk.find(&Query::everything());
    assert_eq!(result.entries.len(), 1);
    let place = "2026/11/2026-11-01-aaaaaaaaaa.aaaaa1.age".to_owned();
    assert_eq!(result.damaged, [Damaged { path: elsewhere, why: Damage::WrongFolder { place } }]);
}

#[test]
fn an_entry_that_was_moved_to_another_month_is_shown_there_alone_and_found_by_its_former_id() {
    let desk = desk();
    let first = desk.keep(&entry(A, "aaaaa1", &[], 1, "first"));
    let bytes = std::fs::read(&first).unwrap();
    let old = desk.find(&Query::everything()).entries.remove(0);
    let dated = Entry { at: old.entry.at - chrono::Duration::days(60), ..old.entry.clone() };
    let (moved, mark) =
        dated.move_to(&old.entry, old.revisions.clone(), old.entry.written).unwrap();
    desk.keep(&moved);
    desk.journal.supersede(&old, &desk.recipients.seal(&mark).unwrap(), &desk.identity).unwrap();
    assert!(!first.exists());
    let shown = |desk: &TestJournal| -> Vec<EntryId> {
        desk.find(&Query::everything()).entries.into_iter().map(|stored| stored.entry.id).collect()
    };
    assert_eq!(shown(&desk), std::slice::from_ref(&moved.id));
    let named = desk.journal.resolve(&[A.to_owned()], &desk.identity).unwrap();
    assert_eq!(named.entries[0].entry.id, moved.id);
    assert!(named.entries[0].entry.has_id(&A.parse().unwrap()));
    // Brought back by a sync tool, it stays where it went.
    std::fs::write(&first, bytes).unwrap();
    assert_eq!(shown(&desk), std::slice::from_ref(&moved.id));
    // Edited elsewhere meanwhile, it is there twice: nothing is lost.
    desk.keep(&entry(A, "aaaaa3", &["aaaaa1"], 1, "edited elsewhere"));
    assert_eq!(shown(&desk), [A.parse().unwrap(), moved.id]);
}

#[test]
fn only_the_replaced_files_that_went_are_counted() {
    let desk = desk();
    let [went, stayed, gone] = [1, 2, 3].map(|day| desk.keep(&entry(A, "aaaaa1", &[], day, "x")));
    // What can't be removed: here, as it's a folder.
    std::fs::remove_file(&stayed).unwrap();
    std::fs::create_dir(&stayed).unwrap();
    std::fs::remove_file(&gone).unwrap();
    assert_eq!(desk.journal.discard(&[went.clone(), stayed.clone(), gone]), 1);
    assert!(!went.exists() && stayed.exists());
}

/// The same journal, read with packs.
fn cached(desk: &TestJournal) -> Journal {
    desk.journal.clone().with_packs_in(&desk._folder.path().join("cache"))
}

/// What the journal says became of an entry elsewhere, read in each of the ways there are.
fn elsewhere(desk: &TestJournal, id: &str) -> Elsewhere {
    let named = desk.journal.resolve(&[id.to_owned()], &desk.identity).unwrap().entries;
    let cached = cached(desk);
    let read = [&desk.journal, &cached, &cached].map(|journal| {
        let mut entries = read_with(journal, desk, &Query::everything()).entries;
        entries.retain(|stored| stored.entry.id.as_str() == id);
        entries
    });
    let mut all: Vec<Elsewhere> =
        read.into_iter().flatten().chain(named).map(|stored| stored.elsewhere).collect();
    assert_eq!(all.len(), 4);
    all.dedup();
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn an_entry_counts_as_moved_elsewhere_while_it_is_there_and_as_deleted_once_it_is_deleted_there() {
    let desk = desk();
    let old = entry(A, "aaaaa1", &[], 1, "first");
    let dated = Entry { at: old.at - chrono::Duration::days(60), ..old.clone() };
    let (moved, mark) = dated.move_to(&old, vec![old.revision.clone()], old.written).unwrap();
    desk.keep(&mark);
    desk.keep(&entry(A, "aaaaa3", &["aaaaa1"], 1, "edited elsewhere"));
    assert_eq!(elsewhere(&desk, A), Elsewhere::Nothing, "it isn't there yet");
    desk.keep(&moved);
    assert_eq!(elsewhere(&desk, A), Elsewhere::Moved(moved.id.clone()));
    // Moved on from there, it's found by that id.
    let dated = Entry { at: moved.at - chrono::Duration::days(60), ..moved.clone() };
    let (again, mark) = dated.move_to(&moved, vec![moved.revision.clone()], moved.written).unwrap();
    desk.keep(&again);
    desk.keep(&mark);
    assert_eq!(elsewhere(&desk, A), Elsewhere::Moved(moved.id.clone()));
    desk.keep(&again.clone().deletion(vec![again.revision.clone()], again.written).unwrap());
    assert_eq!(elsewhere(&desk, A), Elsewhere::Deleted);
    // Two devices moved it, and one of these is there.
    let dated = Entry { at: old.at - chrono::Duration::days(90), ..old.clone() };
    let (other, mark) = dated.move_to(&old, vec![old.revision.clone()], old.written).unwrap();
    desk.keep(&mark);
    assert_eq!(elsewhere(&desk, A), Elsewhere::Deleted);
    desk.keep(&other);
    assert_eq!(elsewhere(&desk, A), Elsewhere::Moved(other.id));
}

#[test]
fn an_entry_counts_as_deleted_elsewhere_beside_a_deletion_that_knew_nothing_of_its_edit() {
    let desk = desk();
    let old = entry(A, "aaaaa1", &[], 1, "first");
    desk.keep(&entry(A, "aaaaa3", &["aaaaa1"], 1, "edited elsewhere"));
    desk.keep(&old.deletion(vec!["aaaaa1".parse().unwrap()], Default::default()).unwrap());
    assert_eq!(elsewhere(&desk, A), Elsewhere::Deleted);
}

fn packs(desk: &TestJournal) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(desk._folder.path().join("cache")).into_iter().flatten();
    let files = folders.flatten().flat_map(|folder| std::fs::read_dir(folder.path()).unwrap());
    let paths = files.map(|file| file.unwrap().path());
    let mut packs: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|e| e == "pack")).collect();
    packs.sort();
    packs
}

/// By then, what was written just now is old enough for its stamp to be trusted.
fn read_with(journal: &Journal, desk: &TestJournal, query: &Query) -> SearchResult {
    let now = chrono::DateTime::parse_from_rfc3339("2100-01-01T12:00:00+01:00").unwrap();
    journal.find(query, &desk.identity, &Clock::at(now)).unwrap()
}

/// Sixty entries over twenty days.
fn full_desk() -> TestJournal {
    let desk = desk();
    for n in 0..60 {
        let (id, revision) = (format!("aaaaaaaa{n:02}"), format!("aaaa{n:02}"));
        desk.keep(&entry(&id, &revision, &[], 1 + n % 20, &format!("words of {n}\n\"said\"")));
    }
    desk
}

#[test]
fn a_pack_that_is_damaged_or_anothers_is_thrown_away_and_made_again() {
    let desk = full_desk();
    read_with(&cached(&desk), &desk, &Query::everything());
    let pack = packs(&desk).remove(0);
    let whole = std::fs::read(&pack).unwrap();
    let another = full_desk();
    read_with(&cached(&another), &another, &Query::everything());
    let others = std::fs::read(packs(&another).remove(0)).unwrap();
    for bytes in [&whole[..whole.len() - 1], b"", b"inward-pack/4\n", &others] {
        std::fs::write(&pack, bytes).unwrap();
        assert_eq!(read_with(&cached(&desk), &desk, &Query::everything()).entries.len(), 60);
        assert_ne!(std::fs::read(&pack).unwrap(), bytes);
    }
    // Nor does one month's pack pass for another's.
    let other_month = pack.with_file_name("2026-10.pack");
    std::fs::write(&other_month, whole).unwrap();
    let mut october = entry(A, "aaaaa1", &[], 1, "october");
    october.at -= chrono::Duration::days(30);
    desk.keep(&october);
    assert_eq!(read_with(&cached(&desk), &desk, &Query::everything()).entries.len(), 61);
    assert!(!other_month.exists());
}

#[test]
fn a_file_that_was_changed_in_place_is_damage_though_its_pack_knows_it() {
    let desk = full_desk();
    let read = || read_with(&cached(&desk), &desk, &Query::everything());
    assert_eq!((read().entries.len(), read().damaged), (60, Vec::new()));
    let folder = desk.journal.root().join("2026/11");
    let path = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let read = read();
    assert_eq!((read.entries.len(), &read.damaged[0].path), (59, &path));
}

#[test]
fn a_month_of_which_little_or_nothing_is_left_has_no_pack() {
    for left in [5, 0] {
        let desk = full_desk();
        read_with(&cached(&desk), &desk, &Query::everything());
        assert_eq!(packs(&desk).len(), 1);
        let folder = desk.journal.root().join("2026/11");
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        files.skip(left).collect::<Vec<_>>().iter().for_each(|f| std::fs::remove_file(f).unwrap());
        let result = read_with(&cached(&desk), &desk, &Query::everything());
        assert_eq!((result.entries.len(), packs(&desk).len()), (left, 0));
    }
}

#[test]
fn packs_of_a_journal_that_is_no_longer_there_go() {
    let (desk, caches) = (full_desk(), tempfile::tempdir().unwrap());
    let caches = caches.path().join("cache");
    read_with(&desk.journal.clone().with_packs_in(&caches), &desk, &Query::everything());
    let gone = full_desk();
    read_with(&gone.journal.clone().with_packs_in(&caches), &gone, &Query::everything());
    assert_eq!(std::fs::read_dir(&caches).unwrap().count(), 2);
    std::fs::remove_dir_all(gone.journal.root()).unwrap();
    read_with(&desk.journal.clone().with_packs_in(&caches), &desk, &Query::everything());
    assert_eq!(std::fs::read_dir(&caches).unwrap().count(), 1);
}

#[test]
fn a_journal_reached_through_a_link_or_in_a_home_that_moved_has_the_same_packs() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let folder = |home: &Path| {
        let (journal, caches) = (home.join("journal"), home.join("cache"));
        std::fs::create_dir_all(&journal).unwrap();
        PackCache::of(&Journal::at(disk::real(), &journal).in_home(home), &caches)
            .folder()
            .strip_prefix(home)
            .unwrap()
            .to_owned()
    };
    let (one, two) = (home.join("one"), home.join("two"));
    let name = folder(&one);
    assert_eq!(folder(&two), name);
    std::os::unix::fs::symlink(one.join("journal"), home.join("link")).unwrap();
    let linked = Journal::at(disk::real(), &home.join("link")).in_home(&one);
    let linked = PackCache::of(&linked, &one.join("cache"));
    assert_eq!(linked.folder(), one.join(name));
}

#[test]
fn a_revision_that_was_written_since_the_list_takes_nothing_away_from_it() {
    let desk = desk();
    let first = entry(A, "aaaaa1", &[], 1, "one");
    desk.keep(&first);
    let attached = AttachmentFileName {
        day: first.day(),
        entry: first.id.clone(),
        id: "cccccccccc".parse().unwrap(),
    };
    let files = [JournalFile::Entry(EntryFileName::of(&first)), JournalFile::Attachment(attached)];
    desk.keep(&entry(A, "aaaaa2", &["aaaaa1"], 1, "two"));
    let succession =
        desk.journal.succession(&desk.identity, &files, &|_| false, &|_| false).unwrap();
    assert!(succession.replaced.is_empty());
    assert!(succession.heads.contains(&files[0]));
}

#[test]
fn of_an_entry_that_every_device_has_in_one_revision_nothing_is_opened_to_learn_what_replaces_it() {
    let desk = desk();
    let kept = desk.keep_with_file(entry(A, "aaaaa1", &[], 1, "one"));
    let attached = AttachmentFileName::of(&kept, &kept.attachments[0]);
    let files = [JournalFile::Entry(EntryFileName::of(&kept)), JournalFile::Attachment(attached)];
    // What was opened is known to be current.
    let known = |removed: bool, shared: bool| {
        desk.journal.succession(&desk.identity, &files, &|_| removed, &|_| shared).unwrap().heads
    };
    assert_eq!(known(false, true), HashSet::new());
    let both: HashSet<JournalFile> = files.iter().cloned().collect();
    assert_eq!([known(false, false), known(true, true)], [both.clone(), both]);
}

#[test]
fn a_key_that_opens_nothing_of_a_journal_is_not_its_own() {
    let desk = desk();
    let other = Identity::generate();
    desk.journal.make().unwrap();
    assert!(desk.journal.root().is_dir());
    assert!(desk.journal.may_open(&other).unwrap(), "nothing speaks against it");
    desk.keep(&entry(A, "aaaaa1", &[], 1, "one"));
    assert!(desk.journal.may_open(&desk.identity).unwrap());
    assert!(!desk.journal.may_open(&other).unwrap());
}

#[test]
fn for_the_newest_few_no_more_than_those_are_opened() {
    let desk = full_desk();
    let (clock, opened) = (Clock::at("2100-01-01T12:00:00+01:00".parse().unwrap()), Mutex::new(0));
    let progress = |count: usize, _: usize| {
        *opened.lock().unwrap() = count;
        true
    };
    let query = Query { last: Some(4), ..Query::default() };
    let (identity, query) = (&desk.identity, &query);
    let reader = Reader { identity, query, clock: &clock, progress: &progress };
    let found = desk.journal.find_all(&reader).unwrap();
    let days: Vec<_> = found.entries.iter().map(|stored| stored.entry.day().to_string()).collect();
    assert_eq!(days, ["2026-11-20", "2026-11-20", "2026-11-20", "2026-11-19"]);
    // Three are of each day.
    assert_eq!(*opened.lock().unwrap(), 6);
}

#[test]
fn a_month_that_is_gone_is_missed_and_one_that_is_there_is_not() {
    let desk = desk();
    let now = "2100-01-01T12:00:00+01:00".parse().unwrap();
    let remembering = desk.journal.clone().remembering(&desk._folder.path().join("state"), now);
    desk.keep(&entry(A, "aaaaa1", &[], 1, "one"));
    let read = || read_with(&remembering, &desk, &Query::everything()).damaged.len();
    assert_eq!((read(), read()), (0, 0));
    let second = desk.keep(&entry(B, "bbbbb1", &[], 2, "two"));
    assert_eq!(read(), 0);
    std::fs::remove_file(second).unwrap();
    assert_eq!(read(), 1, "what came since is remembered, too");
    std::fs::remove_dir_all(desk.journal.root().join("2026")).unwrap();
    assert_eq!(read(), 2);
}

#[test]
fn of_months_after_the_newest_that_is_read_each_that_is_gone_is_missed() {
    let desk = desk();
    let now = "2100-01-01T12:00:00+01:00".parse().unwrap();
    let remembering = desk.journal.clone().remembering(&desk._folder.path().join("state"), now);
    desk.keep(&entry(A, "aaaaa1", &[], 1, "one"));
    let in_month = |id: &str, at: &str| {
        let at = format!("{at}T21:14:03+01:00").parse().unwrap();
        desk.keep(&Entry { at, ..entry(id, "bbbbb1", &[], 1, "two") })
    };
    let newest = Query { last: Some(1), ..Query::everything() };
    let missing = |query: &Query| read_with(&remembering, &desk, query).damaged.len();
    // One earlier and one much later; the later one goes, and its folder with it.
    in_month(B, "2020-01-05");
    in_month("cccccccccc", "2030-05-05");
    assert_eq!(missing(&Query::everything()), 0);
    std::fs::remove_dir_all(desk.journal.root().join("2030")).unwrap();
    assert_eq!(missing(&newest), 1);
}

#[test]
fn every_month_of_a_long_journal_is_read_however_many_are_read_at_once() {
    let desk = desk();
    for month in 0..40_u32 {
        let at = format!("{}-{:02}-05T21:14:03+01:00", 2020 + month / 12, 1 + month % 12);
        let id = format!("aaaaaaaa{month:02}");
        desk.keep(&Entry { at: at.parse().unwrap(), ..entry(&id, "aaaaa1", &[], 1, "one") });
    }
    let days = |query: &Query| -> Vec<chrono::NaiveDate> {
        desk.find(query).entries.iter().map(|stored| stored.entry.day()).collect()
    };
    let all = days(&Query::everything());
    assert_eq!((all.len(), all.is_sorted_by(|a, b| a > b)), (40, true));
    let last = days(&Query { last: Some(30), ..Query::everything() });
    assert_eq!(last, all[..30]);
}

#[test]
fn a_folder_that_nobody_touches_is_listed_once_and_its_stamp_relied_on() {
    let desk = full_desk();
    let path = desk.journal.root().join("2026/11");
    let folder = Folder::open(&*desk.journal.disk(), &path).unwrap();
    let (long_ago, soon) = (0, chrono::Utc::now().timestamp_nanos_opt().unwrap() + 60_000_000_000);
    assert!(month::list(&folder, soon).unwrap().settled);
    let new = month::list(&folder, long_ago).unwrap();
    assert_eq!((new.settled, new.names.len()), (false, 60));
}

/// A file of some bytes.
struct Bytes;

impl AttachmentSource for Bytes {
    fn name_and_type(&self) -> (String, String) {
        ("lake.jpg".into(), "image/jpeg".into())
    }
    fn read(
        &self,
        take: &mut dyn FnMut(&mut dyn std::io::Read) -> Result<StreamSummary>,
    ) -> Result<StreamSummary> {
        take(&mut &b"the lake"[..])
    }
    fn read_error(&self, error: std::io::Error) -> crate::error::Error {
        panic!("{error}")
    }
}

impl TestJournal {
    fn keep_with_file(&self, entry: Entry) -> Entry {
        let publish = |sealed: &Sealed| self.journal.append(sealed);
        self.journal.publish_with_files(entry, &[&Bytes], &self.recipients, publish).unwrap()
    }
}

#[test]
fn a_file_that_is_sealed_again_keeps_its_name_and_type() {
    let desk = desk();
    let kept = desk.keep_with_file(entry(A, "aaaaa1", &[], 1, "one"));
    let files = desk.journal.kept_attachments(&kept, &desk.identity).unwrap();
    assert_eq!(files[0].name_and_type(), Bytes.name_and_type());
}

#[test]
fn a_file_is_detached_where_no_head_names_it_and_stays_while_one_does_not_open() {
    let desk = desk();
    let kept = desk.keep_with_file(entry(A, "aaaaa1", &[], 1, "one"));
    let (id, journal) = (kept.attachments[0].id.clone(), &desk.journal);
    let name = JournalFile::Attachment(AttachmentFileName::of(&kept, &kept.attachments[0]));
    let detached = || journal.detached_meanwhile(&kept, &desk.identity).unwrap();
    assert!(detached().is_empty());
    let first = JournalFile::Entry(EntryFileName::of(&kept));
    let among = [first, name.clone()];
    let replaced = |among: &[JournalFile]| {
        journal
            .succession(&desk.identity, among, &|_| true, &|_| true)
            .unwrap()
            .replaced
            .contains(&name)
    };
    assert!(!replaced(&among), "a head names it");
    // An edit elsewhere takes it away.
    let edit = entry(A, "aaaaa2", &["aaaaa1"], 1, "two");
    let edited = desk.keep(&edit);
    let [_, attached] = among.clone();
    let among = [among.to_vec(), vec![JournalFile::Entry(EntryFileName::of(&edit))]].concat();
    assert!(replaced(&among));
    std::fs::remove_file(journal.root().join(attached.place())).unwrap();
    assert_eq!(detached().into_iter().collect::<Vec<_>>(), [id]);
    // While a revision doesn't open, it may be the one that names it.
    let bytes = std::fs::read(&edited).unwrap();
    std::fs::write(&edited, &bytes[..bytes.len() - 1]).unwrap();
    assert!(detached().is_empty());
    assert!(!replaced(&among));
}

//! The steps on the two ways through the house, one by one, so that what became
//! slower has an address: `cargo bench --bench steps`. `benches/compare` measures
//! whole commands beside other programs.

#[path = "../tests/generate/mod.rs"]
mod generate;

use divan::{Bencher, black_box};

use generate::Writer;
use inward::config::Clock;
use inward::entry::Entry;
use inward::journal::{Journal, StoredEntry};
use inward::practice::Practices;
use inward::query::{Query, TextMatcher};
use inward::render::{EntryLinks, Export, ExportGrouping, FORMATS, Layout};
use inward::seal::{Identity, Recipients};

fn main() {
    divan::main();
}

/// How many entries the journals here have.
const MANY: usize = 2_000;

fn entries(count: usize) -> Vec<Entry> {
    let now = "2026-11-23T21:14:03+01:00".parse().unwrap();
    Writer::new(1).with_stories().many(count, now)
}

fn clock() -> Clock {
    // Later than what was written just now, so that it is packed.
    Clock::at("2100-01-01T12:00:00+00:00".parse().unwrap())
}

fn keys() -> (Identity, Recipients) {
    let identity = Identity::generate();
    let recipients = Recipients::parse(&identity.recipients().join("\n"), "bench").unwrap();
    (identity, recipients)
}

/// A journal on disk, and who can read it.
struct Desk {
    folder: tempfile::TempDir,
    identity: Identity,
}

impl Desk {
    fn new() -> Desk {
        let (identity, recipients) = keys();
        let folder = tempfile::tempdir().unwrap();
        generate::keep(&entries(MANY), &recipients, &folder.path().join("journal"));
        Desk { folder, identity }
    }

    fn journal(&self) -> Journal {
        Journal::at(inward::disk::real(), &self.folder.path().join("journal"))
    }

    fn cached(&self) -> Journal {
        self.journal().with_packs_in(&self.folder.path().join("cache"))
    }

    fn find(&self, journal: &Journal, query: &Query) -> usize {
        journal.find(query, &self.identity, &clock()).unwrap().entries.len()
    }
}

#[divan::bench]
fn seal_one(bencher: Bencher) {
    let (entry, (_, recipients)) = (entries(1).remove(0), keys());
    bencher.bench(|| recipients.seal(black_box(&entry)).unwrap());
}

#[divan::bench]
fn open_one(bencher: Bencher) {
    let (identity, recipients) = keys();
    let sealed = recipients.seal(&entries(1)[0]).unwrap();
    bencher.bench(|| identity.open(black_box(&sealed)).unwrap());
}

#[divan::bench]
fn read_the_json_of_one(bencher: Bencher) {
    let json = entries(1)[0].to_json().unwrap();
    bencher.bench(|| Entry::from_json(black_box(&json)).unwrap());
}

#[divan::bench]
fn scan_the_names(bencher: Bencher) {
    let desk = Desk::new();
    bencher.bench(|| desk.journal().scan().unwrap().groups.len());
}

#[divan::bench]
fn find_the_newest(bencher: Bencher) {
    let desk = Desk::new();
    let query = Query { last: Some(1), ..Query::default() };
    bencher.bench(|| desk.find(&desk.journal(), &query));
}

#[divan::bench(sample_count = 10)]
fn find_all_without_a_cache(bencher: Bencher) {
    let desk = Desk::new();
    bencher.bench(|| desk.find(&desk.journal(), &Query::everything()));
}

#[divan::bench]
fn find_all_with_a_cache(bencher: Bencher) {
    let desk = Desk::new();
    desk.find(&desk.cached(), &Query::everything());
    bencher.bench(|| desk.find(&desk.cached(), &Query::everything()));
}

#[divan::bench]
fn find_a_rare_word_with_a_cache(bencher: Bencher) {
    let desk = Desk::new();
    desk.find(&desk.cached(), &Query::everything());
    let containing = vec![TextMatcher::text("zanzibar").unwrap()];
    let query = Query { containing, ..Query::default() };
    bencher.bench(|| desk.find(&desk.cached(), &query));
}

#[divan::bench]
fn match_a_query(bencher: Bencher) {
    let entries = entries(MANY);
    let containing = vec![TextMatcher::text("zanzibar").unwrap()];
    let query = Query { containing, ..Query::default() };
    let clock = clock();
    bencher.bench(|| entries.iter().filter(|entry| query.matches(entry, &clock)).count());
}

#[divan::bench(args = ["markdown", "json"])]
fn render(bencher: Bencher, name: &str) {
    let format = FORMATS.iter().find(|format| format.name == name).unwrap();
    let (entries, clock) = (entries(MANY), clock());
    let practices = Practices::load("/nowhere".as_ref(), &[]);
    let links = EntryLinks::default();
    let layout = Layout::new(ExportGrouping::Day, &clock, &practices, &links);
    let entries: Vec<StoredEntry> = entries.into_iter().map(StoredEntry::new).collect();
    let export = Export { entries: entries.iter().collect(), layout };
    bencher.bench(|| format.write(black_box(&export)).len());
}

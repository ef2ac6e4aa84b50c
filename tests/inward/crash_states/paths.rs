//! What people do with a journal, and what must stand after it, before it, and while it
//! is done.

use inward::disk::{DiskRef, real};
use std::sync::Arc;

use super::models::Record;
use super::stage::{Stage, beginning, first_id};
use super::tree::Tree;
use crate::harness::recorded::{RecordedDisk, Slip};

/// Some deeds, one after another.
pub struct CrashPath {
    pub name: &'static str,
    /// Does what was done before, and reached the disk.
    prepare: fn(&Stage),
    pub deeds: &'static [Deed],
}

pub struct Deed {
    work: Work,
    /// First answers of entries that are there afterwards and were not before.
    adds: &'static [&'static str],
    takes: &'static [&'static str],
    /// May some of it be done and not the rest?
    in_parts: bool,
}

enum Work {
    /// `ID` stands for the entry that says "second".
    Verb(&'static str),
    Draft(&'static str),
    DraftGone,
}

const fn verb(arguments: &'static str) -> Deed {
    Deed { work: Work::Verb(arguments), adds: &[], takes: &[], in_parts: false }
}

const fn draft(words: &'static str) -> Deed {
    Deed { work: Work::Draft(words), ..verb("") }
}

impl Deed {
    const fn adds(self, adds: &'static [&'static str]) -> Deed {
        Deed { adds, ..self }
    }

    const fn takes(self, takes: &'static [&'static str]) -> Deed {
        Deed { takes, ..self }
    }

    const fn in_parts(self) -> Deed {
        Deed { in_parts: true, ..self }
    }
}

const fn path(name: &'static str, deeds: &'static [Deed]) -> CrashPath {
    CrashPath { name, prepare: |_| (), deeds }
}

pub const PATHS: &[CrashPath] = &[
    path("keep", &[verb("write third").adds(&["third"])]),
    path("keep in a new year", &[verb("write third --at 2025-01-02").adds(&["third"])]),
    path("edit", &[verb("edit ID --answers HERE/new.json").adds(&["new"]).takes(&["second"])]),
    path("edit the day", &[verb("edit ID --at 2026-11-19")]),
    path(
        "move",
        // For a moment it is in both months.
        &[verb("edit ID --at 2025-01-02").adds(&["second"]).takes(&["second"]).in_parts()],
    ),
    path("delete", &[verb("delete ID --yes").takes(&["second"])]),
    path("attach", &[verb("write third --attach HERE/lake.jpg").adds(&["third"])]),
    path("attach and detach", &[verb("edit ID --attach HERE/lake.jpg --detach note.txt")]),
    path("import", &[verb("import --from jrnl HERE/jrnl.txt").adds(&["one", "two"]).in_parts()]),
    path("read, with packs and what was seen", &[verb("list"), verb("search page"), verb("list")]),
    path("add a key", &[verb("key add HERE/phone.pub --name phone")]),
    CrashPath {
        prepare: |stage| drop(stage.ok("key add HERE/phone.pub --name phone")),
        ..path("remove a key", &[verb("key remove phone")])
    },
    path("rotate", &[verb("key rotate")]),
    path("re-seal", &[verb("key reseal")]),
    path("drafts", &[draft("one"), draft("two"), Deed { work: Work::DraftGone, ..verb("") }]),
    path(
        "a day",
        &[
            verb("list"),
            verb("write third").adds(&["third"]),
            verb("edit ID --answers HERE/new.json").adds(&["new"]).takes(&["second"]),
            verb("list"),
            verb("write fourth --at 2026-11-22").adds(&["fourth"]),
            draft("one"),
            verb("delete ID --yes").takes(&["new"]),
            verb("list"),
            verb("write fifth --attach HERE/lake.jpg").adds(&["fifth"]),
        ],
    ),
];

/// Another device kept an entry, edited one and deleted one, and synced. Needs git.
pub const SYNC: CrashPath = CrashPath {
    prepare: |stage| {
        stage.make_remote();
        stage.ok("sync init HERE/remote");
        stage.ok("sync");
        let other = stage.with_its_key();
        let sync = format!("sync init {}/remote", stage.here());
        other.ok(&sync);
        other.ok("sync");
        other.ok("write theirs --attach HERE/lake.jpg");
        other.ok(&format!("edit {} --answers HERE/new.json", beginning().id));
        let pages = other.ok("search --json 'page 1'");
        other.ok(&format!("delete {} --yes", first_id(&pages)));
        other.ok("sync");
    },
    ..path("sync", &[verb("sync").adds(&["new", "theirs"]).takes(&["page 1", "second"]).in_parts()])
};

impl CrashPath {
    /// A home in which it is about to be done.
    pub fn begin(&self) -> Stage {
        let stage = Stage::of(&beginning().tree);
        (self.prepare)(&stage);
        stage
    }

    /// What is called, one command after another.
    pub fn verbs(&self) -> impl Iterator<Item = String> {
        let verbs = self.deeds.iter().filter_map(|deed| match deed.work {
            Work::Verb(arguments) => Some(arguments),
            Work::Draft(_) | Work::DraftGone => None,
        });
        verbs.map(|arguments| arguments.replace("ID", &beginning().id))
    }

    pub fn has_drafts(&self) -> bool {
        self.verbs().count() < self.deeds.len()
    }

    /// Does it all on a disk that notes it.
    pub fn record(&self, slip: Option<Slip>) -> Record {
        let stage = self.begin();
        let before = Tree::read(&stage.home());
        let recorded = RecordedDisk::new(real(), slip);
        let disk: DiskRef = Arc::new(recorded.clone());
        for deed in self.deeds {
            deed.run(&stage, &disk);
            recorded.note_done();
        }
        let home = stage.home();
        let steps = recorded.steps().into_iter();
        Record { before, steps: steps.map(|step| step.below(&home)).collect() }
    }

    /// What is expected of a state before which so many deeds were done.
    pub fn expectation(&self, done: usize) -> Expectation {
        let mut said = beginning().said.clone();
        let mut draft = None;
        for deed in &self.deeds[..done] {
            said = deed.after(&said);
            draft = deed.draft_after(draft);
        }
        let next = self.deeds.get(done);
        Expectation {
            after: next.map(|deed| deed.after(&said)),
            in_parts: next.is_some_and(|deed| deed.in_parts),
            adds: next.map(|deed| deed.adds).unwrap_or_default(),
            drafts: [Some(draft), next.map(|deed| deed.draft_after(draft))],
            said,
        }
    }
}

impl Deed {
    fn run(&self, stage: &Stage, disk: &DiskRef) {
        let drafts = stage.drafts(disk);
        match self.work {
            Work::Verb(arguments) => {
                let ran = stage.run(disk, &arguments.replace("ID", &beginning().id));
                assert_eq!(ran.exit, 0, "{arguments}: {ran:?}");
            }
            Work::Draft(words) => drafts.save(&stage.draft(words)).unwrap(),
            Work::DraftGone => drafts.remove(stage.draft("").name()),
        }
    }

    fn after(&self, before: &[String]) -> Vec<String> {
        let mut after = before.to_vec();
        for gone in self.takes {
            let place = after.iter().position(|said| said == gone).unwrap();
            after.remove(place);
        }
        after.extend(self.adds.iter().map(|said| (*said).to_owned()));
        after.sort();
        after
    }

    fn draft_after(&self, before: Option<&'static str>) -> Option<&'static str> {
        match self.work {
            Work::Verb(_) => before,
            Work::Draft(words) => Some(words),
            Work::DraftGone => None,
        }
    }
}

/// What may be found.
pub struct Expectation {
    /// What whoever waited was told.
    said: Vec<String>,
    /// What the deed that was under way comes to.
    after: Option<Vec<String>>,
    in_parts: bool,
    adds: &'static [&'static str],
    /// What the draft says before and after that deed. One that was given up is not
    /// missed; it may come back.
    drafts: [Option<Option<&'static str>>; 2],
}

impl Expectation {
    pub fn allows(&self, shown: &[String]) -> bool {
        let after = self.after.as_ref().unwrap_or(&self.said);
        if shown == self.said || shown == *after {
            return true;
        }
        let has_all = |of: &dyn Fn(&String) -> usize| {
            self.said.iter().chain(after).all(|said| count(shown, said) >= of(said))
        };
        let known = |said: &String| {
            let adds = self.adds.iter().filter(|adds| *adds == said).count();
            count(shown, said) <= count(&self.said, said) + adds
        };
        let both = |said: &String| count(&self.said, said).min(count(after, said));
        self.in_parts && has_all(&both) && shown.iter().all(known)
    }

    pub fn allows_draft(&self, words: Option<&str>) -> bool {
        let [before, after] = self.drafts;
        // Removing waits for no disk.
        let gone = before == Some(None) || after == Some(None);
        gone || [before, after].contains(&Some(words))
    }
}

fn count(among: &[String], said: &String) -> usize {
    among.iter().filter(|other| *other == said).count()
}

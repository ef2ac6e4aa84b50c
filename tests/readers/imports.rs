//! Journals that other programs wrote, and our own pages after someone edited them.

use chrono::Datelike;
use inward::entry::Entry;
use inward::import::{ImportContext, ImportInput, ImportRead, JrnlSettings, SOURCES};
use inward::journal::StoredEntry;
use inward::render::{
    EntryLinks, Export, ExportGrouping, ExportKind, FORMATS, Layout, LinkedEntry, clean,
};

use super::{PRACTICES, Reader, bytes, clocks, seeds, text};

const MEANT: &[&str] = &[
    "[2026-11-20 10:00]",
    "@tag",
    "&a",
    "*a",
    "? ",
    "!!str ",
    "|\n",
    "## ",
    "**",
    "```",
    "dayone-moment://",
    "<!-- inward write aaaaaaaaaa 2026-11-20T10:00:00Z -->",
];

pub const JRNL: Reader = Reader {
    name: "import-jrnl",
    seeds: || bytes(&[seeds::JRNL, seeds::JRNL_JSON]),
    words: &[seeds::DATES, MEANT],
    read: |bytes| read("jrnl", &["2026/11/20.txt", "Journal.json"], bytes),
};

pub const DAY_ONE: Reader = Reader {
    name: "import-dayone",
    seeds: || bytes(&[seeds::DAY_ONE]),
    words: &[seeds::DATES, MEANT],
    read: |bytes| read("dayone", &["Journal.json", "export.zip"], bytes),
};

pub const MARKDOWN: Reader = Reader {
    name: "import-markdown",
    seeds: || bytes(&[seeds::NOTE]),
    words: &[seeds::DATES, MEANT],
    read: |bytes| read("markdown", &["2026-11-20.md", "notes.md"], bytes),
};

pub const INWARD: Reader = Reader {
    name: "import-inward",
    seeds: || bytes(&[seeds::EXPORT]),
    words: &[seeds::DATES, MEANT],
    read: |bytes| read("inward", &["export.json"], bytes),
};

fn import(source: &str, path: &str, bytes: &[u8], context: &ImportContext) -> ImportRead {
    let source = SOURCES.iter().find(|it| it.name == source).unwrap();
    let input =
        ImportInput { path: path.into(), bytes: bytes.to_vec(), nearby: Default::default() };
    (source.read)(&input, context)
}

fn read(source: &str, paths: &[&str], bytes: &[u8]) {
    let jrnl = JrnlSettings::default();
    for clock in clocks() {
        let context =
            ImportContext { clock: &clock, practices: &PRACTICES, partner: None, jrnl: &jrnl };
        for path in paths {
            for draft in import(source, path, bytes, &context).entries {
                let year = draft.entry.day().year();
                assert!((1..=9999).contains(&year), "{source}: {year}");
                assert!(draft.entry.to_json().is_ok());
            }
        }
    }
}

pub const ROUND_TRIP: Reader = Reader {
    name: "round-trip",
    seeds: || bytes(&["He waited.\nIt rained.\n\n- so", "# A title\n\n**bold** <!-- x -->"]),
    words: &[MEANT],
    read: read_exported,
};

/// An answer comes back from every page that it is exported to, by the letter but for
/// what `clean` and the page's own end of lines take.
fn read_exported(bytes: &[u8]) {
    let words = text(bytes);
    let mut json: serde_json::Value = serde_json::from_str(seeds::PAGE).unwrap();
    json["answers"][0]["value"] = words.as_ref().into();
    let Ok(entry) = Entry::from_json(&serde_json::to_vec(&json).unwrap()) else { return };
    let (clock, jrnl) = (&clocks()[0], &JrnlSettings::default());
    let context = ImportContext { clock, practices: &PRACTICES, partner: None, jrnl };
    let cleaned = clean(&words).trim_matches('\n').to_owned();
    let expected = Some(cleaned).filter(|words| !words.trim().is_empty());
    for (name, by) in ExportGrouping::NAMES {
        let page = export(&entry, by, &context);
        let ImportRead { entries, .. } = import("markdown", "notes.md", page.as_bytes(), &context);
        assert_eq!(entries.len(), 1, "by {name}");
        let back = entries[0].entry.answers.first().map(|answer| answer.text());
        assert_eq!(back, expected, "by {name}");
    }
}

fn export(entry: &Entry, by: ExportGrouping, context: &ImportContext) -> String {
    let stored = StoredEntry::new(entry.clone());
    let links = &EntryLinks::among([LinkedEntry::of(entry)]);
    let layout = Layout::new(by, context.clock, context.practices, links);
    let layout = Layout { in_folder: true, kind: &ExportKind::named("day"), ..layout };
    let format = FORMATS.iter().find(|format| format.name == "markdown").unwrap();
    format.write(&Export { entries: vec![&stored], layout })
}

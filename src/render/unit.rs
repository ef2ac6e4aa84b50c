//! An export as its reader turns the pages: by day, entry, month or practice.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::config::Clock;
use crate::entry::{Entry, EntryId};
use crate::journal::StoredEntry;
use crate::practice::Practices;
use crate::seal::ExportKey;

use super::{Contents, EntryLinks, ExportKind, day_words};

/// What makes a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportGrouping {
    /// A page a day.
    Day,
    /// A page an entry.
    Entry,
    /// A page a month.
    Month,
    /// A page a practice.
    Practice,
}

impl ExportGrouping {
    /// Each by what `--by` calls it.
    pub const NAMES: [(&'static str, ExportGrouping); 4] = [
        ("day", ExportGrouping::Day),
        ("entry", ExportGrouping::Entry),
        ("month", ExportGrouping::Month),
        ("practice", ExportGrouping::Practice),
    ];

    /// What `--by` calls it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, by)| *by == self).map_or("", |(name, _)| name)
    }

    /// What stands above a page; above one of an entry, the heading of that.
    pub fn title(self, page: &PageKey) -> Option<String> {
        match self {
            ExportGrouping::Day => Some(day_words(page.day)),
            ExportGrouping::Month => Some(page.day.format("%B %Y").to_string()),
            ExportGrouping::Practice => Some(page.name.clone()),
            ExportGrouping::Entry => None,
        }
    }

    /// The page that an entry stands on.
    pub fn page(self, entry: &Entry, clock: &Clock) -> PageKey {
        self.page_of(&entry.id, entry.at, &entry.practice, clock)
    }

    /// The page of an entry that isn't at hand, by what decides it.
    pub fn page_of(
        self,
        id: &EntryId,
        at: DateTime<FixedOffset>,
        practice: &str,
        clock: &Clock,
    ) -> PageKey {
        let day = clock.day_of(at);
        let name = match self {
            ExportGrouping::Day => day.to_string(),
            ExportGrouping::Month => month_name(day),
            ExportGrouping::Practice => slug(practice),
            // Versions of one entry share its page.
            ExportGrouping::Entry => format!("{day}-{id}"),
        };
        PageKey { name, day }
    }
}

/// `2026-11`: a day without its last three characters. Every entry of an export asks for it,
/// and `format("%Y-%m")` would parse its pattern each time.
pub(super) fn month_name(day: NaiveDate) -> String {
    let mut name = day.to_string();
    name.truncate(name.len() - "-01".len());
    name
}

/// How entries are laid out.
#[derive(Clone, Copy)]
pub struct Layout<'a> {
    /// What makes a page.
    pub by: ExportGrouping,
    /// Is it one file among others, which says of itself what it holds?
    pub in_folder: bool,
    /// What such a file says of the export that wrote it.
    pub kind: &'a ExportKind,
    /// To which day an hour after midnight belongs.
    pub clock: &'a Clock,
    /// For titles, and the wording of options.
    pub practices: &'a Practices,
    /// Which entries follow up which.
    pub links: &'a EntryLinks,
    /// Proves to an import that the entries are this journal's; none where they were
    /// changed on the way out.
    pub key: Option<&'a ExportKey>,
    /// Is what is attached in a folder beside the document? Then it is linked.
    pub has_files: bool,
    /// What the one document of all of them says first.
    pub contents: Option<&'a Contents>,
}

impl<'a> Layout<'a> {
    /// One document, with no files beside it and nothing that proves where it is from.
    pub fn new(
        by: ExportGrouping,
        clock: &'a Clock,
        practices: &'a Practices,
        links: &'a EntryLinks,
    ) -> Layout<'a> {
        Layout {
            by,
            in_folder: false,
            kind: ExportKind::NONE,
            clock,
            practices,
            links,
            key: None,
            has_files: false,
            contents: None,
        }
    }
}

/// What is exported, and how.
pub struct Export<'a> {
    /// Oldest first.
    pub entries: Vec<&'a StoredEntry>,
    /// How they are laid out.
    pub layout: Layout<'a>,
}

/// Which page it is.
pub struct PageKey {
    /// The name of its file, without the extension.
    pub name: String,
    /// The day of its first entry.
    pub day: NaiveDate,
}

/// A page, and what stands on it.
pub struct ExportUnit<'a> {
    pub page: PageKey,
    pub entries: Vec<&'a StoredEntry>,
}

impl<'a> Export<'a> {
    /// Each entry once, as its newest head has it.
    pub fn newest(&self) -> Vec<&'a Entry> {
        self.entries.iter().map(|kept| &kept.entry).collect()
    }

    /// The pages, in order.
    pub fn units(&self) -> Vec<ExportUnit<'a>> {
        let mut units: BTreeMap<String, ExportUnit> = BTreeMap::new();
        for entry in &self.entries {
            let page = self.layout.by.page(&entry.entry, self.layout.clock);
            let name = page.name.clone();
            let new = || ExportUnit { page, entries: Vec::new() };
            units.entry(name).or_insert_with(new).entries.push(entry);
        }
        let mut units: Vec<ExportUnit> = units.into_values().collect();
        if self.layout.by == ExportGrouping::Entry {
            // Within a day by the hour, which no name tells.
            units.sort_by_key(|unit| unit.entries.first().map(|kept| kept.entry.at.naive_local()));
        }
        units
    }

    /// The export of one page alone.
    pub fn of(&self, unit: &ExportUnit<'a>) -> Export<'a> {
        Export {
            entries: unit.entries.clone(),
            layout: Layout { in_folder: true, contents: None, ..self.layout },
        }
    }
}

/// No file's name is longer than 255 bytes, and an ending is still to come.
const LONGEST_SLUG: usize = 128;

/// A practice's name, safe in a file's name and in a comment: no file can have
/// named a practice otherwise, but an entry from elsewhere may.
pub fn slug(name: &str) -> String {
    let is_plain = (1..=LONGEST_SLUG).contains(&name.len());
    if is_plain && name.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return name.to_owned();
    }
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
    let mut slug: String = name.chars().map(safe).collect::<String>().replace("--", "__");
    while slug.len() > LONGEST_SLUG {
        slug.pop();
    }
    if slug.is_empty() { "_".to_owned() } else { slug }
}

//! Which entries follow up which: an entry that asks what became of an earlier one
//! names it, and the earlier one points forward.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::config::Clock;
use crate::entry::{Entry, EntryId, FormerIds};
use crate::practice::{Practices, is_own_page};

use super::list::headline;
use super::terminal::{cut, date_and_today, near_day_words};
use super::unit::slug;
use super::{ExportGrouping, Layout, TextPage, clean_line, day_words, markdown};

/// Columns of the quote from an entry that is followed up.
const MOST: usize = 200;

/// An entry as another one names it.
#[derive(Clone, Debug)]
pub struct LinkedEntry {
    /// Its name.
    pub id: EntryId,
    /// The moment that it is about.
    pub at: DateTime<FixedOffset>,
    /// The practice that asked.
    pub practice: String,
    was: FormerIds,
    about: Option<EntryId>,
    /// What it says first, where that is to be quoted.
    words: String,
}

impl LinkedEntry {
    /// An entry with its words, to be quoted.
    pub fn quoting(entry: &Entry, practices: &Practices) -> LinkedEntry {
        LinkedEntry { words: cut(&headline(entry, practices), MOST), ..LinkedEntry::of(entry) }
    }

    /// An entry without its words.
    pub fn of(entry: &Entry) -> LinkedEntry {
        LinkedEntry {
            id: entry.id.clone(),
            at: entry.at,
            practice: entry.practice.clone(),
            was: entry.was.clone(),
            about: followed_up(entry).cloned(),
            words: String::new(),
        }
    }

    /// "Sunday 22 November 2026, 20:10 feel".
    fn full_name(&self) -> String {
        let (day, time) = (day_words(self.at.date_naive()), self.at.format("%H:%M"));
        format!("{day}, {time} {}", slug(&self.practice))
    }
}

/// The entry that another one follows up, as far as it is known.
pub enum EarlierEntry<'a> {
    /// It is among those that were looked at.
    Known(&'a LinkedEntry),
    /// It was deleted, or is not among them.
    Elsewhere,
}

/// The entry that this one follows up. A page belongs to the session it was composed after,
/// and asks nothing about it.
pub fn followed_up(entry: &Entry) -> Option<&EntryId> {
    entry.about.as_ref().filter(|_| !is_own_page(entry))
}

/// A link in words.
pub struct LinkSentence {
    pub lead: &'static str,
    pub words: String,
    pub to: Option<EntryId>,
}

/// The links among some entries.
#[derive(Debug, Default)]
pub struct EntryLinks {
    entries: Vec<LinkedEntry>,
    /// By each id that it has or had.
    by_id: HashMap<EntryId, usize>,
    /// The entries that follow each up, the earliest first.
    later: HashMap<usize, Vec<usize>>,
}

impl EntryLinks {
    /// The links among these entries, in any order. An entry may come more than once.
    pub fn among(entries: impl IntoIterator<Item = LinkedEntry>) -> EntryLinks {
        let mut links = EntryLinks::default();
        for entry in entries {
            if links.by_id.contains_key(&entry.id) {
                continue;
            }
            let place = links.entries.len();
            for id in std::iter::once(&entry.id).chain(entry.was.iter()) {
                links.by_id.insert(id.clone(), place);
            }
            links.entries.push(entry);
        }
        for (place, entry) in links.entries.iter().enumerate() {
            let target = entry.about.as_ref().and_then(|about| links.by_id.get(about));
            if let Some(target) = target.filter(|target| **target != place) {
                links.later.entry(*target).or_default().push(place);
            }
        }
        for later in links.later.values_mut() {
            later.sort_by_key(|place| links.entries[*place].at);
        }
        links
    }

    /// What an entry follows up, if it does.
    pub fn earlier(&self, about: Option<&EntryId>) -> Option<EarlierEntry<'_>> {
        let place = self.by_id.get(about?);
        Some(
            place.map_or(EarlierEntry::Elsewhere, |place| {
                EarlierEntry::Known(&self.entries[*place])
            }),
        )
    }

    /// The entries that follow this one up, the earliest first.
    pub fn later(&self, id: &EntryId) -> impl Iterator<Item = &LinkedEntry> {
        let places = self.by_id.get(id).and_then(|place| self.later.get(place));
        places.into_iter().flatten().map(|place| &self.entries[*place])
    }

    /// What a list says of an entry's links, with a space behind it.
    pub(super) fn list_mark(&self, id: &EntryId, about: Option<&EntryId>, clock: &Clock) -> String {
        let day = |at: DateTime<FixedOffset>| short_near_day(clock.day_of(at), clock.today());
        let back = self.earlier(about).map(|earlier| match earlier {
            EarlierEntry::Known(entry) => format!("(follows {}) ", day(entry.at)),
            EarlierEntry::Elsewhere => "(a follow-up) ".to_owned(),
        });
        let forward = self.later(id).last();
        let forward = forward.map(|entry| format!("(followed up {}) ", day(entry.at)));
        back.unwrap_or_default() + &forward.unwrap_or_default()
    }

    /// What `show` says of them, in quiet lines.
    pub(super) fn lines(&self, entry: &Entry, clock: &Clock, page: &TextPage) -> String {
        let moment = |entry: &LinkedEntry| {
            let (date, today) = date_and_today(entry.at, clock);
            let day = near_day_words(date, today);
            let practice = clean_line(&entry.practice);
            format!("{day}, {} · {practice} · {}", entry.at.format("%H:%M"), entry.id)
        };
        let mut lines = Vec::new();
        match self.earlier(followed_up(entry)) {
            None => {}
            Some(EarlierEntry::Elsewhere) => lines.push(format!("{BACK}{UNKNOWN}")),
            Some(EarlierEntry::Known(earlier)) => {
                lines.push(format!("{BACK}{}", moment(earlier)));
                lines.push(format!("“{}”", earlier.words));
            }
        }
        lines.extend(self.later(&entry.id).map(|later| format!("{FORWARD}{}", moment(later))));
        lines.iter().map(|line| format!("{}\n", page.quiet(&page.wrap(line, "  ")))).collect()
    }

    /// What a page that holds all of them says of an entry's links.
    pub(super) fn sentences(&self, entry: &Entry) -> Vec<LinkSentence> {
        let sentence = |lead, to: &LinkedEntry| LinkSentence {
            lead,
            words: to.full_name(),
            to: Some(to.id.clone()),
        };
        let back = self.earlier(followed_up(entry)).map(|earlier| match earlier {
            EarlierEntry::Known(earlier) => sentence(BACK, earlier),
            EarlierEntry::Elsewhere => {
                LinkSentence { lead: BACK, words: UNKNOWN.to_owned(), to: None }
            }
        });
        back.into_iter()
            .chain(self.later(&entry.id).map(|later| sentence(FORWARD, later)))
            .collect()
    }

    /// What markdown says of an entry's links, a line each; in one file among others, as links.
    pub(super) fn markdown(&self, entry: &Entry, layout: &Layout) -> Vec<String> {
        let mut lines = Vec::new();
        match self.earlier(followed_up(entry)) {
            None => {}
            Some(EarlierEntry::Elsewhere) => lines.push(format!("{BACK}{UNKNOWN}")),
            Some(EarlierEntry::Known(earlier)) => {
                lines.push(format!("{BACK}{}", markdown_link(earlier, layout)));
            }
        }
        let later = self.later(&entry.id);
        lines.extend(later.map(|later| format!("{FORWARD}{}", markdown_link(later, layout))));
        lines
    }
}

const BACK: &str = "Follows up ";
const FORWARD: &str = "Followed up ";
const UNKNOWN: &str = "an earlier entry";

/// Is this line of markdown one of ours, below an entry's comment?
pub fn is_link_line(line: &str) -> bool {
    let line = line.trim_end();
    let Some(to) = line.strip_prefix(BACK).or_else(|| line.strip_prefix(FORWARD)) else {
        return false;
    };
    let is_day = |(day, _): (&str, &str)| NaiveDate::parse_from_str(day, "%A %d %B %Y").is_ok();
    to == UNKNOWN
        || (to.starts_with("[[") && to.ends_with("]]"))
        || (to.starts_with('[') && to.ends_with(".md)"))
        || to.split_once(", ").is_some_and(is_day)
}

/// As Obsidian reads it between notes, and any reader between the files of entries.
fn markdown_link(entry: &LinkedEntry, layout: &Layout) -> String {
    if !layout.in_folder {
        return entry.full_name();
    }
    let page = layout.by.page_of(&entry.id, entry.at, &entry.practice, layout.clock).name;
    match layout.by {
        ExportGrouping::Entry => format!("[{}]({page}.md)", entry.full_name()),
        ExportGrouping::Day | ExportGrouping::Month | ExportGrouping::Practice => {
            let heading = markdown::heading(layout, entry.at, &slug(&entry.practice));
            // Only below its day is the hour of a month's entry one of its kind.
            let day = layout.clock.day_of(entry.at).format(markdown::DAY_OF_MONTH);
            let day = match layout.by {
                ExportGrouping::Month => format!("{day}#"),
                ExportGrouping::Day | ExportGrouping::Practice | ExportGrouping::Entry => {
                    String::new()
                }
            };
            format!("[[{page}#{day}{heading}]]")
        }
    }
}

/// "22 Nov", with the year only when it is another one.
fn short_near_day(day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;
    let same = day.year() == today.year();
    day.format(if same { "%-d %b" } else { "%-d %b %Y" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn entry(id: &str, at: &str, about: Option<&str>) -> LinkedEntry {
        LinkedEntry::quoting(
            &testing::entry(serde_json::json!({
                "id": id, "at": at, "about": about, "practice": "feel",
                "answers": [{"question": "feeling", "asked": "I feel …", "value": id}]
            })),
            &Practices::built_in(),
        )
    }

    #[test]
    fn an_entry_may_be_followed_up_twice_and_nothing_follows_up_itself() {
        let early = || entry("aaaaaaaaaa", "2026-11-22T20:10:00+01:00", None);
        let late = entry("cccccccccc", "2026-11-29T20:10:00+01:00", Some("aaaaaaaaaa"));
        let soon = entry("bbbbbbbbbb", "2026-11-25T20:10:00+01:00", Some("aaaaaaaaaa"));
        let own = entry("dddddddddd", "2026-11-25T20:10:00+01:00", Some("dddddddddd"));
        let links = EntryLinks::among([late, early(), soon.clone(), own, early(), soon]);
        let later = |id: &str| {
            let id: EntryId = id.parse().unwrap();
            links.later(&id).map(|entry| entry.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(later("aaaaaaaaaa"), ["bbbbbbbbbb", "cccccccccc"]);
        assert!(later("dddddddddd").is_empty() && later("eeeeeeeeee").is_empty());
        assert!(links.earlier(None).is_none());
    }

    #[test]
    fn a_page_of_ones_own_follows_up_nothing() {
        let session = entry("aaaaaaaaaa", "2026-11-22T20:10:00+01:00", None);
        let page = testing::entry(serde_json::json!({
            "id": "bbbbbbbbbb", "at": "2026-11-22T20:10:00+01:00", "about": "aaaaaaaaaa",
            "practice": "guide", "answers": [
                {"question": "page-span", "asked": "In my own words", "value": "3 November"}]
        }));
        let links = EntryLinks::among([session, LinkedEntry::of(&page)]);
        assert!(links.earlier(followed_up(&page)).is_none());
        assert_eq!(links.later(&"aaaaaaaaaa".parse().unwrap()).count(), 0);
    }

    #[test]
    fn a_line_that_is_no_link_is_left_to_its_writer() {
        for line in [
            "Follows up [[2026-11-22#20:10 feel]]",
            "Followed up [Sunday 22 November 2026, 20:10 feel](2026-11-22-k3v9q2m8ab.md)",
            "Follows up Sunday 22 November 2026, 20:10 feel",
            "Follows up an earlier entry",
        ] {
            assert!(is_link_line(line), "{line}");
        }
        for line in ["", "Follows up", "Follows up with Kim, later", "Followed up on Sunday, 22"] {
            assert!(!is_link_line(line), "{line}");
        }
    }
}

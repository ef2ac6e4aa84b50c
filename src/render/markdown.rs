//! Markdown: a file a day that Obsidian reads as a daily note, or one
//! document. Titles and questions are its structure; an answer can never become
//! part of it. A comment that no reader shows names each entry, so that it can
//! be read back.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use chrono::{DateTime, FixedOffset, Timelike};
use rayon::prelude::*;

use crate::entry::{Answer, Entry, Value};
use crate::journal::StoredEntry;
use crate::practice::{LoadedPractice, Practice, name_partner};

use super::escape::{escape, escape_item, escape_words};
use super::file_name::export_place;
use super::file_size::file_size;
use super::unit::{ExportFile, Layout, slug};
use super::{
    Export, ExportFormat, ExportGrouping, ExportParts, clean, clean_line, terminal::day_words,
};

pub const FORMAT: ExportFormat = ExportFormat {
    name: "markdown",
    extension: "md",
    attaches: true,
    about: "to read, print, or keep in Obsidian",
    write: document,
    parts: Some(PARTS),
};

const PARTS: ExportParts = ExportParts {
    entry: entry_text,
    head,
    before: "",
    between: "\n",
    after: "",
    empty: "",
    shows_links: true,
};

/// What begins the comment behind an entry's heading.
pub const MARK: &str = "<!-- inward ";

/// What that comment says last of a version that an edit made elsewhere left.
pub const OTHER: &str = " other";

/// What begins the list of what is attached.
pub const ATTACHED: &str = "<!-- attached -->";

/// The question whose answer is a title wherever it is short.
const TITLE: &str = "title";

fn document(export: &Export) -> String {
    let pages = export.units().into_par_iter().map(|unit| {
        let each = unit.entries.iter().map(|kept| entry_text(&export.layout, kept));
        head(export.layout.by, &unit.page) + &each.collect::<Vec<_>>().join(PARTS.between)
    });
    let pages: Vec<String> = pages.collect();
    let front = if export.layout.alone { front_matter(export) } else { String::new() };
    front + &pages.join(PARTS.between)
}

fn front_matter(export: &Export) -> String {
    let entries = export.newest();
    let practices: BTreeSet<&str> = entries.iter().map(|e| &*e.practice).collect();
    let tags: BTreeSet<&str> = entries.iter().flat_map(|e| &e.tags).map(|t| &**t).collect();
    let mut text = "---\n".to_owned();
    let first = entries.first();
    if let Some(first) =
        first.filter(|_| matches!(export.layout.by, ExportGrouping::Day | ExportGrouping::Entry))
    {
        text += &format!("date: {}\n", export.layout.clock.day_of(first.at));
    }
    text += &yaml_list("practices", practices);
    text += &yaml_list("tags", tags);
    text + "---\n\n"
}

/// A quoted YAML string is a JSON string, so nothing in it can break out.
fn yaml_list(key: &str, items: BTreeSet<&str>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let quoted = items.iter().map(|item| serde_json::Value::from(clean_line(item)).to_string());
    format!("{key}: [{}]\n", quoted.collect::<Vec<_>>().join(", "))
}

fn head(by: ExportGrouping, page: &ExportFile) -> String {
    match by {
        ExportGrouping::Day => format!("# {}\n\n", day_words(page.day)),
        ExportGrouping::Month => format!("# {}\n\n", page.day.format("%B %Y")),
        ExportGrouping::Practice => format!("# {}\n\n", page.name),
        ExportGrouping::Entry => String::new(),
    }
}

fn entry_text(layout: &Layout, kept: &StoredEntry) -> String {
    let entry = &kept.entry;
    let words: usize = entry.answers.iter().map(|a| a.asked.len() + a.value.length() + 32).sum();
    let mut text = String::with_capacity(words + words / 8 + 256);
    // Into memory, which takes whatever it is given.
    let _ = write_one(&mut text, layout, entry, "");
    for other in &kept.beside {
        text.push('\n');
        let _ = write_one(&mut text, layout, other, OTHER);
    }
    text
}

/// `mark` is what the comment says of the entry beyond its name.
fn write_one(text: &mut String, layout: &Layout, entry: &Entry, mark: &str) -> fmt::Result {
    let level = if layout.by == ExportGrouping::Entry { "#" } else { "##" };
    let practice = slug(&entry.practice);
    text.push_str(level);
    text.push(' ');
    text.push_str(&heading(layout, entry.at, &practice));
    text.push_str(if mark == OTHER { ", edited elsewhere" } else { "" });
    if let Some(title) = entry.answers.iter().find_map(title) {
        text.push_str(": ");
        escape_words(text, title);
    }
    write!(text, "\n{MARK}{practice} {} {}", entry.id, entry.at.to_rfc3339())?;
    if let Some(id) = &entry.about {
        write!(text, " about-{id}")?;
    }
    text.push_str(mark);
    text.push_str(" -->\n");
    for line in layout.links.markdown(entry, layout) {
        text.push_str(&line);
        text.push('\n');
    }
    for (i, tag) in entry.tags.iter().enumerate() {
        text.push_str(if i == 0 { "\n#" } else { " #" });
        escape_words(text, &clean_line(tag));
    }
    text.push_str(if entry.tags.is_empty() { "" } else { "\n" });
    let parts = parts_of(layout, entry);
    let mut part = None;
    for answer in entry.answers.iter().filter(|answer| title(answer).is_none()) {
        let its_part = parts.and_then(|practice| part_title(practice, answer));
        if let Some(title) = its_part.as_ref().filter(|_| its_part != part) {
            write!(text, "\n{level}# ")?;
            escape_words(text, title);
            text.push('\n');
        }
        part = its_part;
        text.push_str("\n**");
        escape_words(text, &clean_line(&answer.asked));
        text.push_str("**\n\n");
        said(text, answer);
        text.push('\n');
    }
    attached(text, layout, entry)
}

/// A list of what is attached, with links where that lies beside the document. Pictures
/// are shown where the document is.
fn attached(text: &mut String, layout: &Layout, entry: &Entry) -> fmt::Result {
    if !entry.attachments.is_empty() {
        write!(text, "\n{ATTACHED}\n\n")?;
    }
    for attachment in &entry.attachments {
        let mut name = String::new();
        escape_words(&mut name, &clean_line(&attachment.name));
        let size = file_size(attachment.bytes);
        let picture = if attachment.media_type.starts_with("image/") { "!" } else { "" };
        match layout.has_files {
            true => {
                let place = export_place(attachment);
                writeln!(text, "- {picture}[{name}](<{place}>), {size}")?;
            }
            false => writeln!(text, "- {name}, {size}")?,
        }
    }
    Ok(())
}

/// Of several choices, a comma within one is told from those between them.
fn said(text: &mut String, answer: &Answer) {
    match &answer.value {
        Value::Chosen(_) => {
            for (i, words) in answer.chosen().iter().enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                text.push_str(&escape_item(&clean(words)));
            }
        }
        Value::Text(words) if answer.labels.is_empty() => escape(text, &clean(words)),
        _ => escape(text, &clean(&answer.text())),
    }
}

/// What the heading of an entry says of its moment and its practice.
pub(super) fn heading(layout: &Layout, at: DateTime<FixedOffset>, practice: &str) -> String {
    let day = layout.clock.day_of(at);
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    match layout.by {
        ExportGrouping::Day => format!("{time} {practice}"),
        ExportGrouping::Month => format!("{}, {time} {practice}", day.format("%A %-d %B")),
        ExportGrouping::Practice => format!("{}, {time}", day_words(day)),
        ExportGrouping::Entry => format!("{}, {time} {practice}", day_words(day)),
    }
}

/// The writer's own title, where this is one and fits on a line.
fn title(answer: &Answer) -> Option<&str> {
    let Value::Text(text) = &answer.value else { return None };
    let fits = answer.question == TITLE && !text.is_empty() && clean_line(text) == *text;
    fits.then_some(text)
}

/// The practice, where it has several parts.
fn parts_of<'a>(layout: &Layout<'a>, entry: &Entry) -> Option<&'a Practice> {
    let practice = layout.practices.get(&entry.practice).and_then(LoadedPractice::practice)?;
    (practice.sections.len() > 1).then_some(practice)
}

/// The part that a question stands in.
fn part_title(practice: &Practice, answer: &Answer) -> Option<String> {
    let question = practice.question(&answer.question)?;
    let section = practice.sections.iter().find(|s| Some(&s.id) == question.section.as_ref())?;
    Some(clean_line(&name_partner(&section.title, None)))
}

#[cfg(test)]
mod tests {
    use super::super::{EntryLinks, LinkedEntry};
    use super::*;
    use crate::config::Clock;
    use crate::entry::testing;
    use crate::practice::Practices;

    fn entry(practice: &str, answers: serde_json::Value) -> Entry {
        testing::entry(serde_json::json!({
            "practice": practice,
            "tags": ["repair"], "answers": answers
        }))
    }

    fn reflection() -> Entry {
        let scale = serde_json::json!({"min": 0, "max": 4});
        entry(
            "reflect",
            serde_json::json!([
                {"question": "closeness", "asked": "How close did you feel?", "scale": scale, "value": 3},
                {"question": "connection", "asked": "One moment", "value": "He waited.\nIt rained."}
            ]),
        )
    }

    fn written(entries: &[&Entry], by: ExportGrouping, alone: bool) -> String {
        let entries: Vec<StoredEntry> =
            entries.iter().map(|entry| StoredEntry::new((*entry).clone())).collect();
        let clock = Clock::at("2026-11-23T22:00:00+01:00".parse().unwrap());
        let practices = Practices::load("/nowhere".as_ref(), &[]);
        let links = EntryLinks::among(entries.iter().map(|kept| LinkedEntry::of(&kept.entry)));
        let (clock, practices, links) = (&clock, &practices, &links);
        let layout = Layout { by, alone, clock, practices, links, key: None, has_files: false };
        document(&Export { entries: entries.iter().collect(), layout })
    }

    const MARKED: &str = "<!-- inward reflect k3v9q2m8ab 2026-11-23T21:14:03+01:00 -->";

    #[test]
    fn a_day_is_a_daily_note() {
        let text = written(&[&reflection()], ExportGrouping::Day, true);
        let expected = format!(
            "---\ndate: 2026-11-23\npractices: [\"reflect\"]\ntags: [\"repair\"]\n---\n\n# Monday 23 November 2026\n\n## 21:14 reflect\n{MARKED}\n\n#repair\n\n**How close did you feel?**\n\n3 of 0–4\n\n**One moment**\n\nHe waited.  \nIt rained.\n"
        );
        // A tag's mark would be taken for a heading at the line's beginning.
        assert_eq!(text, expected);
    }

    #[test]
    fn a_month_a_practice_and_an_entry_have_headings_of_their_own() {
        for (by, expected) in [
            (ExportGrouping::Month, "# November 2026\n\n## Monday 23 November, 21:14 reflect\n"),
            (ExportGrouping::Practice, "# reflect\n\n## Monday 23 November 2026, 21:14\n"),
            (ExportGrouping::Entry, "# Monday 23 November 2026, 21:14 reflect\n"),
        ] {
            let text = written(&[&reflection()], by, false);
            assert!(text.starts_with(&format!("{expected}{MARKED}\n")), "{text}");
        }
    }

    #[test]
    fn the_parts_of_a_practice_have_headings_and_a_title_is_one() {
        let scale = serde_json::json!({"min": 0, "max": 4});
        let item =
            |id: &str| serde_json::json!({"question": id, "asked": id, "scale": scale, "value": 3});
        let assessed = entry(
            "assess",
            serde_json::json!([item("withdrew-me"), item("tension"), item("fragile")]),
        );
        let text = written(&[&assessed], ExportGrouping::Day, false);
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("### ")).collect();
        assert_eq!(headings, ["### Stepping back", "### How things were between you"]);
        let page = entry(
            "write",
            serde_json::json!([
                {"question": "page", "asked": "Write what's there.", "value": "x"},
                {"question": "title", "asked": "A title, if you like.", "value": "By the *weir* #"}
            ]),
        );
        let text = written(&[&page], ExportGrouping::Day, false);
        assert!(
            text.contains("\n## 21:14 write: By the *weir* \\#\n") && !text.contains("if you like"),
            "{text}"
        );
    }

    #[test]
    fn nothing_breaks_out_of_the_front_matter_the_comment_or_a_files_name() {
        let mut hostile = reflection();
        hostile.tags = vec!["a\"]\nevil: yes".into()];
        hostile.practice = "../x --> <script>".into();
        let text = written(&[&hostile], ExportGrouping::Practice, true);
        assert!(text.contains(r#"tags: ["a\"] evil: yes"]"#), "{text}");
        assert!(text.contains("<!-- inward ___x______script_ k3v9q2m8ab"), "{text}");
    }
}

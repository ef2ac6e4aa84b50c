//! Markdown: a file a day that Obsidian reads as a daily note, or one
//! document. Titles and questions are its structure; an answer can never become
//! part of it. A comment that no reader shows names each entry, so that it can
//! be read back.

mod answers;
mod front_matter;
#[cfg(test)]
mod tests;
mod unchanged;

use std::fmt::{self, Write};

use chrono::{DateTime, FixedOffset};

use crate::entry::{Answer, Entry, Value};
use crate::journal::StoredEntry;
use crate::practice::{PAGE_TITLE, is_own_page};

use super::escape::escape_words;
use super::file_name::exported_attachment_place;
use super::file_size::file_size;
use super::sections::Sections;
use super::terminal::{clock_time, day_words, time_of_its_day};
use super::unit::{Layout, PageKey, slug};
use super::{
    ExportFormat, ExportGrouping, ExportParts, ExportWriter, MarkSyntax, as_clean_line,
    is_clean_line,
};

pub use answers::{ANSWER, ITEM, ITEM_INDENT, TABLE, TABLE_RULE};
pub use unchanged::{ExportKind, PageOrigin, is_page_hash, page_origin};

pub const FORMAT: ExportFormat = ExportFormat {
    name: "markdown",
    extension: "md",
    links_attachments: true,
    has_contents_and_links: true,
    marks: Some(MarkSyntax { before_id: MARK, words: 1, before_revision: Some(REVISION) }),
    writer: ExportWriter::Entries(ExportParts {
        entry: entry_text,
        head: Some(head),
        before: |layout| layout.contents.map_or(String::new(), |it| it.markdown(layout.by)),
        between: "\n",
        after: "",
        empty: "",
        page: Some(|export, text| {
            let text = front_matter::front_matter(export) + &text;
            unchanged::with_hash(text, export.layout.kind)
        }),
    }),
};

/// What begins the comment behind an entry's heading.
pub const MARK: &str = "<!-- inward ";

/// What that comment says last of a version that an edit made elsewhere left.
pub const OTHER: &str = " other";

/// In a file among others, what stands in that comment before the revision that is shown.
pub const REVISION: &str = " revision-";

/// What begins the list of what is attached.
pub const ATTACHED: &str = "<!-- attached -->";

/// The question whose answer is a title wherever it is short.
const TITLE: &str = "title";

/// The mark of a heading, so deep below a page's own. In the one document, which has a
/// title, everything is one deeper.
fn level(layout: &Layout, depth: usize) -> &'static str {
    const MARKS: &str = "######";
    let titled = usize::from(layout.contents.is_some());
    &MARKS[..(1 + titled + depth).min(MARKS.len())]
}

/// The headings between two entries: of a page, and in a month of a day.
fn head(layout: &Layout, last: Option<&PageKey>, now: &PageKey) -> String {
    let mut text = String::new();
    if last.is_none_or(|last| last.name != now.name)
        && let Some(title) = layout.by.title(now)
    {
        text += &format!("{} {title}\n\n", level(layout, 0));
    }
    if layout.by == ExportGrouping::Month && last.is_none_or(|last| last.day != now.day) {
        text += &format!("{} {}\n\n", level(layout, 1), now.day.format(DAY_OF_MONTH));
    }
    text
}

/// A day's heading in a month, which has the year.
pub const DAY_OF_MONTH: &str = "%A %-d %B";

/// How deep an entry's heading is.
fn depth(by: ExportGrouping) -> usize {
    match by {
        ExportGrouping::Entry => 0,
        ExportGrouping::Day | ExportGrouping::Practice => 1,
        ExportGrouping::Month => 2,
    }
}

fn entry_text(layout: &Layout, kept: &StoredEntry) -> String {
    let entry = &kept.entry;
    let words: usize = entry.answers.iter().map(|a| a.asked.len() + a.value.length() + 32).sum();
    let mut text = String::with_capacity(words + words / 8 + 256);
    // Into memory, which takes whatever it is given.
    let _ = write_one(&mut text, layout, entry, "");
    for other in &kept.other_heads {
        text.push('\n');
        let _ = write_one(&mut text, layout, other, OTHER);
    }
    text
}

/// `mark` is what the comment says of the entry beyond its name.
fn write_one(text: &mut String, layout: &Layout, entry: &Entry, mark: &str) -> fmt::Result {
    let depth = depth(layout.by);
    let practice = slug(&entry.practice);
    text.push_str(level(layout, depth));
    text.push(' ');
    text.push_str(&heading(layout, entry.at, &practice));
    text.push_str(if mark == OTHER { ", edited elsewhere" } else { "" });
    let own_page = is_own_page(entry).then_some(PAGE_TITLE);
    if let Some(title) = entry.answers.iter().find_map(title).or(own_page) {
        text.push_str(": ");
        escape_words(text, title);
    }
    write!(text, "\n{MARK}{practice} {} {}", entry.id, entry.at_text())?;
    if let Some(id) = &entry.about {
        write!(text, " about-{id}")?;
    }
    if layout.in_folder {
        write!(text, "{REVISION}{}", entry.original())?;
    }
    text.push_str(mark);
    text.push_str(" -->\n");
    for line in layout.links.markdown(entry, layout) {
        text.push_str(&line);
        text.push('\n');
    }
    for (i, tag) in entry.tags.iter().enumerate() {
        text.push_str(if i == 0 { "\n#" } else { " #" });
        escape_words(text, &as_clean_line(tag));
    }
    text.push_str(if entry.tags.is_empty() { "" } else { "\n" });
    let answers = entry.answers.iter().filter(|answer| title(answer).is_none()).collect();
    for group in Sections::of(entry, layout.practices).groups(answers) {
        answers::write_group(text, level(layout, depth + 1), &group)?;
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
        escape_words(&mut name, &as_clean_line(&attachment.name));
        let size = file_size(attachment.bytes);
        let picture = if attachment.media_type.starts_with("image/") { "!" } else { "" };
        if layout.has_files {
            let place = exported_attachment_place(attachment);
            writeln!(text, "- {picture}[{name}](<{place}>), {size}")?;
        } else {
            writeln!(text, "- {name}, {size}")?;
        }
    }
    Ok(())
}

/// What the heading of an entry says of its moment and its practice.
pub(super) fn heading(layout: &Layout, at: DateTime<FixedOffset>, practice: &str) -> String {
    let moment = || format!("{}, {}", day_words(at.date_naive()), clock_time(at));
    match layout.by {
        ExportGrouping::Day | ExportGrouping::Month => {
            format!("{} {practice}", time_of_its_day(at, layout.clock))
        }
        ExportGrouping::Practice => moment(),
        ExportGrouping::Entry => format!("{} {practice}", moment()),
    }
}

/// The writer's own title, where this is one and fits on a line.
fn title(answer: &Answer) -> Option<&str> {
    let Value::Text(text) = &answer.value else { return None };
    let fits = answer.question == TITLE && !text.is_empty() && is_clean_line(text);
    fits.then_some(text)
}

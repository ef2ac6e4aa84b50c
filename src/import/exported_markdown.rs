//! Markdown that `export` wrote. A comment above each entry gives its practice and
//! moment; tags and answers follow. Text that was added by hand goes to the answer above
//! it.

mod collector;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};

use crate::entry::{Entry, EntryId};
use crate::import::ImportIssue;
use crate::practice::PAGE_TITLE;
use crate::render::{
    ATTACHED, CONTENTS, MARK, OTHER, TITLE, is_link_line, is_page_hash, unescape_line,
};

use super::links::links_in;
use super::page::sort_tags;
use super::{
    DedupKey, ExportProof, ImportContext, ImportInput, ImportRead, ImportedFile, LinkedFiles,
    ParsedEntry,
};
use collector::AnswerCollector;

/// Did `export` write it?
pub fn is_exported(body: &str) -> bool {
    body.lines().any(|line| line.starts_with(MARK))
}

/// The parts of that comment.
struct EntryMark<'a> {
    practice: &'a str,
    id: EntryId,
    at: DateTime<FixedOffset>,
    about: Option<EntryId>,
    /// Is it another head of the entry before it?
    is_other: bool,
}

fn parse_mark(line: &str) -> Option<EntryMark<'_>> {
    let inside = line.strip_prefix(MARK)?.trim_end().strip_suffix("-->")?;
    let mut words = inside.split_whitespace();
    let (practice, id, at) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
    let at = DateTime::parse_from_rfc3339(at).ok().filter(|at| (1..=9999).contains(&at.year()))?;
    let rest: Vec<&str> = words.collect();
    let about = rest.iter().find_map(|word| word.strip_prefix("about-")?.parse().ok());
    let is_other = rest.contains(&OTHER.trim_start());
    Some(EntryMark { practice, id, at, about, is_other })
}

/// Reads entries from a body that starts on line `first_line` of the file, from 1.
pub fn read(
    input: &ImportInput,
    body: &str,
    first_line: usize,
    context: &ImportContext,
) -> ImportRead {
    let mut read = ImportRead::default();
    let proof = ExportProof::of_page(&input.bytes);
    let lines: Vec<&str> = body.lines().collect();
    let lines = blank_own_lines(lines);
    let marks: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].starts_with(MARK)).collect();
    let starts: Vec<usize> = marks.iter().map(|mark| section_start(&lines, *mark)).collect();
    let preamble = &lines[..starts.first().copied().unwrap_or_default()];
    if let Some(start) = preamble.iter().position(|line| !line.trim().is_empty()) {
        let to = first_line + preamble.len() - 1;
        read.problem(input, first_line + start, ImportIssue::BeforeTheFirst { to });
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut left_out: HashSet<(String, String)> = HashSet::new();
    for (mark, end) in marks.iter().zip(ends) {
        let Some(entry_mark) = parse_mark(lines[*mark]) else {
            let why = "the comment that names it was changed".to_owned();
            read.problem(input, first_line + mark, ImportIssue::NotAnEntry { why });
            continue;
        };
        let heading = mark.checked_sub(1).map(|i| lines[i]).filter(|line| line.starts_with('#'));
        let dedup_key = if entry_mark.is_other {
            DedupKey::OtherHead(proof.clone())
        } else {
            DedupKey::Exported(proof.clone())
        };
        let (answers, attachment_list) = split_attachments(&lines[mark + 1..end]);
        let files = links_in(&attachment_list.join("\n"));
        let found = files.iter().filter_map(|link| exported_file(input, link)).collect();
        let files = LinkedFiles { found, missing: Vec::new() };
        match entry(entry_mark, heading, answers, context) {
            Ok((entry, headings)) => {
                for heading in headings {
                    // The practice's own are above every entry of it.
                    let practice = entry.practice.clone();
                    if left_out.insert((practice.clone(), heading.clone())) {
                        let issue = ImportIssue::Heading { heading, practice };
                        read.problem(input, first_line + mark, issue);
                    }
                }
                read.entries.push(ParsedEntry { entry, dedup_key, files });
            }
            Err(error) => {
                let why = error.to_string();
                read.problem(input, first_line + mark, ImportIssue::Unreadable { why });
            }
        }
    }
    read
}

/// Splits off the list of attachments from an entry's lines.
fn split_attachments<'a, 'b>(lines: &'b [&'a str]) -> (&'b [&'a str], &'b [&'a str]) {
    let list = lines.iter().position(|line| line.trim_end() == ATTACHED);
    lines.split_at(list.unwrap_or(lines.len()))
}

/// A file of that list, under its original name: the export puts an id before it.
fn exported_file(input: &ImportInput, link: &str) -> Option<ImportedFile> {
    let file = input.nearby_file(link)?;
    let name = file.name.split_once('-').map(|(_, name)| name.to_owned());
    Some(match name {
        Some(name) => file.named(name),
        None => file,
    })
}

/// The lines with what says nothing of an entry left empty: the contents of a document, and
/// the hash of a page.
fn blank_own_lines(mut lines: Vec<&str>) -> Vec<&str> {
    let markers: Vec<usize> = (0..lines.len()).filter(|i| lines[*i] == CONTENTS).collect();
    if let [begin, end] = markers[..] {
        lines[begin..=end].fill("");
        let title = (0..begin).rev().find(|i| !lines[*i].trim().is_empty());
        if let Some(title) = title.filter(|i| lines[*i].strip_prefix("# ") == Some(TITLE)) {
            lines[title] = "";
        }
    }
    lines.iter_mut().filter(|line| is_page_hash(line)).for_each(|line| *line = "");
    lines
}

/// Where what belongs to an entry begins: at its heading, or at the first of those of the
/// page and the day which it opens.
fn section_start(lines: &[&str], mark: usize) -> usize {
    let practice = parse_mark(lines[mark]).map(|mark| mark.practice);
    let is_heading = |i: &usize| lines[*i].starts_with('#');
    let Some(mut start) = mark.checked_sub(1).filter(is_heading) else { return mark };
    while let Some(above) = (0..start).rev().find(|i| !lines[*i].trim().is_empty())
        && is_page_title(lines[above], practice)
    {
        start = above;
    }
    start
}

/// A day, a month, or the name of the entry's practice, as `export` writes them.
fn is_page_title(line: &str, practice: Option<&str>) -> bool {
    let title = line.trim_start_matches('#');
    let Some(title) = title.strip_prefix(' ').filter(|_| title.len() < line.len()) else {
        return false;
    };
    let is_day = |text: &str| NaiveDate::parse_from_str(text, DAY).is_ok();
    // A day without its year; that one had every day.
    let is_day_of_month = |(weekday, rest): (&str, &str)| {
        weekday.parse::<Weekday>().is_ok()
            && NaiveDate::parse_from_str(&format!("{rest} 2000"), "%d %B %Y").is_ok()
    };
    is_day(title)
        || title.split_once(' ').is_some_and(is_day_of_month)
        || NaiveDate::parse_from_str(&format!("1 {title}"), "%d %B %Y").is_ok()
        || practice == Some(title)
}

/// A day's heading, with its year.
const DAY: &str = "%A %d %B %Y";

/// The entry, and the headings that it was read without.
fn entry(
    mark: EntryMark,
    heading: Option<&str>,
    lines: &[&str],
    context: &ImportContext,
) -> crate::error::Result<(Entry, Vec<String>)> {
    let practice = context.practices.practice(mark.practice);
    // Links are skipped, as the comment says which entry it is about.
    let links = lines.iter().take_while(|line| is_link_line(line)).count();
    let (tags, lines) = tags(&lines[links..]);
    let mut collector = AnswerCollector::new(practice, context.partner);
    collector.add_blocks(lines);
    // A page is headed as one, which is no title that was written.
    let own_page = practice.and_then(|practice| practice.page.as_ref()).map(|_| PAGE_TITLE);
    let title = heading.and_then(|heading| heading.split_once(": "));
    if let Some((_, title)) = title.filter(|(_, title)| Some(*title) != own_page) {
        collector.add_title(unescape_line(title));
    }
    let written = context.clock.written;
    let left_out = std::mem::take(&mut collector.left_out);
    let entry = Entry::new(mark.practice, mark.at, written, tags, collector.in_order())?;
    Ok((Entry { id: mark.id, about: mark.about, ..entry }, left_out))
}

/// Splits off the line of tags, if the first line with text is one.
fn tags<'a, 'b>(lines: &'b [&'a str]) -> (Vec<String>, &'b [&'a str]) {
    let first = lines.iter().position(|line| !line.trim().is_empty());
    let line = first.map(|i| lines[i]).filter(|line| line.starts_with(['#', '\\']));
    let words: Option<Vec<String>> = line.and_then(|line| {
        let words = line.split(' ').map(unescape_line);
        words
            .map(|word| Some(word.strip_prefix('#')?.to_owned()).filter(|w| !w.is_empty()))
            .collect()
    });
    let Some((words, first)) = words.zip(first) else { return (Vec::new(), lines) };
    match sort_tags(words.iter().map(String::as_str)) {
        (tags, invalid) if invalid.is_empty() => (tags, &lines[first + 1..]),
        // Then `export` didn't write this line.
        _ => (Vec::new(), lines),
    }
}

//! One page of HTML that holds everything itself: no script, no font, no image,
//! no request to anywhere. maud escapes whatever an entry says, and the page's
//! own policy forbids the rest.

#[cfg(test)]
mod legibility;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::entry::Attachment;
use crate::journal::StoredEntry;
use crate::pattern::FigureDay;

use super::chart::{ChartPart, squares};
use super::file_name::export_place;
use super::file_size::file_size;
use super::list::part_sentence;
use super::sections::{Sections, spoken};
use super::{ExportFormat, Layout, clean, clean_line, day_words, svg};

pub const FORMAT: ExportFormat = ExportFormat {
    name: "html",
    extension: "html",
    attaches: true,
    titled: true,
    about: "one page to read, or to print",
    write: |export| entries(&export.entries, &export.layout),
    parts: None,
};

const STYLE: &str = include_str!("page.css");
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(super) fn html_page(title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { h1 { (title) } (body) } }
        }
    };
    page.into_string() + "\n"
}

/// The entries themselves, under their days, below the days of each year.
fn entries(entries: &[&StoredEntry], layout: &Layout) -> String {
    let clock = layout.clock;
    let mut days: BTreeMap<NaiveDate, Vec<&StoredEntry>> = BTreeMap::new();
    for kept in entries {
        days.entry(clock.day_of(kept.entry.at)).or_default().push(kept);
    }
    let counted = days.iter().map(|(day, of)| FigureDay { day: *day, entries: of.len() });
    let counted: Vec<FigureDay> = counted.collect();
    let years: Vec<&[FigureDay]> = counted.chunk_by(|a, b| a.day.year() == b.day.year()).collect();
    let about = layout.contents.map_or("", |contents| contents.about.as_str());
    let body = html! {
        @if !about.is_empty() { p.quiet { (clean_line(about)) } }
        nav aria-label="Days" {
            a.skip href="#entries" { "Skip to the entries" }
            @for year in years {
                @if let (Some(first), Some(last)) = (year.first(), year.last()) {
                    h2 { (first.day.format("%Y")) }
                    @if let ChartPart::Calendar(calendar) = squares(first.day, last.day, year) {
                        (svg::calendar(&calendar))
                    }
                    @for month in year.chunk_by(|a, b| a.day.month() == b.day.month()) { (month_links(month)) }
                }
            }
        }
        div id="entries" {}
        @for (day, entries) in &days {
            section id={ "d" (day) } {
                h2 { (day_words(*day)) }
                @for kept in entries { (article(kept, layout)) }
            }
        }
    };
    html_page("A journal", &body)
}

/// A month's days, each a link; closed, so that they are no stops on the way.
fn month_links(month: &[FigureDay]) -> Markup {
    html! {
        @if let Some(first) = month.first() {
            details.days {
                summary { (first.day.format("%B %Y")) }
                ul {
                    @for day in month {
                        li { a href={ "#d" (day.day) } { (day_words(day.day)) } }
                    }
                }
            }
        }
    }
}

fn article(kept: &StoredEntry, layout: &Layout) -> Markup {
    let entry = &kept.entry;
    let (sentence, answers) = part_sentence(entry);
    let groups = Sections::of(entry, layout.practices).groups(answers.iter().collect());
    html! {
        article id={ "e" (entry.id) } {
            h3 { (entry.at.format("%H:%M")) " " (clean_line(&entry.practice)) }
            @if !entry.tags.is_empty() {
                p.quiet { @for tag in &entry.tags { "#" (clean_line(tag)) " " } }
            }
            @for link in layout.links.sentences(entry, layout.clock) {
                p.quiet {
                    (link.lead)
                    @match &link.to {
                        Some(id) => a href={ "#e" (id) } { (link.words) },
                        None => (link.words),
                    }
                }
            }
            @if let Some(sentence) = sentence { p.said { strong { (clean(&sentence.text())) } } }
            @for group in &groups {
                @if let Some(title) = &group.title { h4 { (title) } }
                dl {
                    @for answer in &group.answers {
                        dt { (clean_line(&answer.asked)) }
                        @for words in spoken(answer) { dd.said { (clean(&words)) } }
                    }
                }
            }
            @if !entry.attachments.is_empty() {
                dl {
                    dt { "Attached" }
                    @for attachment in &entry.attachments { dd { (attached(attachment, layout.has_files)) } }
                }
            }
            @if !kept.beside.is_empty() {
                p.quiet { "Also edited elsewhere. `inward show " (entry.id) "` has every version." }
            }
        }
    }
}

/// The name of a file, which leads to it where it lies beside the page.
fn attached(attachment: &Attachment, has_files: bool) -> Markup {
    let (name, size) = (clean_line(&attachment.name), file_size(attachment.bytes));
    html! {
        @if has_files { a href=(in_address(&export_place(attachment))) { (name) } }
        @else { (name) }
        ", " (size)
    }
}

/// A path as an address has it: what is no letter, digit or mark of a path becomes its
/// bytes, percent-encoded.
fn in_address(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one = |byte: u8| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    path.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{EntryLinks, ExportGrouping};
    use super::*;
    use crate::config::Clock;
    use crate::entry::testing;
    use crate::practice::Practices;

    fn entry(words: &str) -> StoredEntry {
        StoredEntry::new(testing::entry(serde_json::json!({
            "practice": "re<b>flect",
            "tags": ["\"><script>"],
            "answers": [{"question": "connection", "asked": "<i>One</i>", "value": words}]
        })))
    }

    fn page_of(entry: &StoredEntry) -> String {
        let (links, clock) = (&EntryLinks::default(), &Clock::at(entry.entry.at));
        let (by, practices) = (ExportGrouping::Day, &Practices::built_in());
        let (alone, has_files, key, contents) = (false, false, None, None);
        let layout = Layout { by, alone, clock, practices, links, key, has_files, contents };
        entries(&[entry], &layout)
    }

    #[test]
    fn an_answer_never_becomes_part_of_the_page() {
        let hostile =
            "</dd><script>alert(1)</script><img src=x onerror=alert(1)> &amp; \u{1b}[31m \u{202e}x";
        let text = page_of(&entry(hostile));
        for bad in ["<script", "<img", "<b>", "<i>", "\u{1b}", "\u{202e}"] {
            assert!(!text.contains(bad), "{bad}");
        }
        assert!(text.contains("&lt;/dd&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
        assert!(text.contains("&amp;amp; ␛[31m x"), "what was written is what is read: {text}");
    }

    #[test]
    fn a_page_holds_everything_itself() {
        let text = page_of(&entry("A day."));
        assert!(text.starts_with("<!DOCTYPE html><html lang=\"en\">"));
        for elsewhere in ["http:", "https:", "src=", "url(", "@import", "<link", "<script"] {
            assert!(!text.contains(elsewhere), "{elsewhere}");
        }
        assert!(text.contains("default-src &#39;none&#39;") || text.contains("default-src 'none'"));
    }
}

//! One page of HTML that holds everything itself: no script, no font, no image,
//! no request to anywhere. maud escapes whatever an entry says, and the page's
//! own policy forbids the rest.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::entry::{Answer, Attachment, Entry};
use crate::journal::StoredEntry;
use crate::pattern::FigureDay;
use crate::practice::{PAGE_TITLE, beside_answers, is_own_page, page_span};

use super::chart::{ChartPart, squares};
use super::file_name::exported_attachment_place;
use super::file_size::file_size;
use super::list::part_sentence;
use super::own_page::blocks;
use super::sections::{Sections, spoken};
use super::terminal::time_of_its_day;
use super::{ExportFormat, ExportWriter, Layout, MarkSyntax, clean, clean_line, day_words, svg};

pub const FORMAT: ExportFormat = ExportFormat {
    name: "html",
    extension: "html",
    links_attachments: true,
    has_contents_and_links: true,
    marks: Some(MarkSyntax { before_id: "<article id=\"e", words: 0, before_revision: None }),
    writer: ExportWriter::Whole(|export| entries(&export.entries, &export.layout)),
};

const STYLE: &str = include_str!("html.css");
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
    let title = title(entries, layout);
    let body = html! {
        @if let Some(contents) = layout.contents {
            @if !contents.about.is_empty() { p.quiet { (clean_line(&contents.about)) } }
            (days_nav(&counted))
        }
        @for (day, entries) in &days {
            section id={ "d" (day) } {
                @if day_words(*day) != title { h2 { (day_words(*day)) } }
                @for kept in entries { (article(kept, layout)) }
            }
        }
    };
    html_page(&title, &body)
}

/// What the whole is called: a page by what it is of, and so a document of one day.
fn title(entries: &[&StoredEntry], layout: &Layout) -> String {
    let pages = || entries.iter().map(|kept| layout.by.page(&kept.entry, layout.clock));
    let is_one_page = || {
        let mut names = pages().map(|page| page.name);
        names.next().is_some_and(|first| names.all(|name| name == first))
    };
    match entries {
        [kept] if layout.contents.is_none() && is_own_page(&kept.entry) => PAGE_TITLE.to_owned(),
        [first, ..] if layout.contents.is_none() && is_one_page() => {
            let page = layout.by.page(&first.entry, layout.clock);
            clean_line(&layout.by.title(&page).unwrap_or_else(|| day_words(page.day)))
        }
        _ => "A journal".to_owned(),
    }
}

/// From this many days on, a calendar shows more than a list.
const CALENDAR: i64 = 15;

/// Where each day is, as a calendar and as links, from the year with its first.
fn days_nav(days: &[FigureDay]) -> Markup {
    let span = days.first().zip(days.last());
    let has_calendar = span.is_some_and(|(a, b)| (b.day - a.day).num_days() + 1 >= CALENDAR);
    html! {
        nav aria-label="Days" {
            a.skip href="#entries" { "Skip to the entries" }
            @for year in days.chunk_by(|a, b| a.day.year() == b.day.year()) {
                @if let (Some(first), Some(last), true) = (year.first(), year.last(), has_calendar) {
                    h2 { (first.day.format("%Y")) }
                    @if let ChartPart::Calendar(calendar) = squares(first.day, last.day, year) {
                        (svg::calendar(&calendar))
                    }
                }
                @for month in year.chunk_by(|a, b| a.day.month() == b.day.month()) { (month_links(month)) }
            }
        }
        div id="entries" {}
    }
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
    html! {
        article id={ "e" (entry.id) } {
            @match (is_own_page(entry), layout.contents.is_some()) {
                (false, _) => h3 { (time_of_its_day(entry.at, layout.clock)) " " (clean_line(&entry.practice)) },
                (true, true) => h3 { (PAGE_TITLE) },
                // Alone, it has that title already.
                (true, false) => {},
            }
            @if !entry.tags.is_empty() {
                p.quiet { @for tag in &entry.tags { "#" (clean_line(tag)) " " } }
            }
            @for link in layout.links.sentences(entry) {
                p.quiet {
                    (link.lead)
                    @match &link.to {
                        Some(id) => a href={ "#e" (id) } { (link.words) },
                        None => (link.words),
                    }
                }
            }
            @if is_own_page(entry) { (own_page_parts(entry, layout)) } @else { (answers(entry, layout)) }
            @if !entry.attachments.is_empty() {
                dl {
                    dt { "Attached" }
                    @for attachment in &entry.attachments { dd { (attached(attachment, layout.has_files)) } }
                }
            }
            @if !kept.other_heads.is_empty() {
                p.quiet { "Also edited elsewhere. `inward show " (entry.id) "` shows every revision." }
            }
        }
    }
}

fn answers(entry: &Entry, layout: &Layout) -> Markup {
    let (sentence, answers) = part_sentence(entry);
    let groups = Sections::of(entry, layout.practices).groups(answers.iter().collect());
    html! {
        @if let Some(sentence) = sentence { p.said dir="auto" { strong { (clean(&sentence.text())) } } }
        @for group in &groups {
            @if let Some(title) = &group.title { h4 { (title) } }
            dl { @for answer in &group.answers { (asked_and_answered(answer)) } }
        }
    }
}

fn asked_and_answered(answer: &Answer) -> Markup {
    html! {
        dt { (clean_line(&answer.asked)) }
        @for words in spoken(answer) { dd.said dir="auto" { (clean(&words)) } }
    }
}

/// "Your page" as a terminal has it: each heading once, and the days last.
fn own_page_parts(entry: &Entry, layout: &Layout) -> Markup {
    let mut beside = beside_answers(entry).peekable();
    html! {
        @for block in blocks(entry) {
            // Alone, no title of its own stands between the day and these.
            @if layout.contents.is_some() { h4 { (block.heading) } } @else { h3 { (block.heading) } }
            @if let Some(from) = &block.from { p.quiet { (from) } }
            dl {
                @if !block.text.is_empty() { dd.said dir="auto" { (block.text) } }
                @for (mark, choices) in &block.rows {
                    @if !mark.is_empty() { dt { (mark) } }
                    dd { (choices.join(" · ")) }
                }
            }
        }
        @if let Some(span) = page_span(entry) { p.quiet { (clean_line(&span)) } }
        @if beside.peek().is_some() { dl { @for answer in beside { (asked_and_answered(answer)) } } }
    }
}

/// The name of a file, which leads to it where it lies beside the page.
fn attached(attachment: &Attachment, has_files: bool) -> Markup {
    let (name, size) = (clean_line(&attachment.name), file_size(attachment.bytes));
    html! {
        @if has_files { a href=(in_address(&exported_attachment_place(attachment))) { (name) } }
        @else { (name) }
        ", " (size)
    }
}

/// A path as an address has it: what is no letter, digit or mark of a path becomes its
/// bytes, percent-encoded.
fn in_address(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let one = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    path.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    mod legibility;

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
        let practices = &Practices::built_in();
        entries(&[entry], &Layout::new(ExportGrouping::Day, clock, practices, links))
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
    fn each_text_has_the_direction_of_its_own_letters() {
        let text = page_of(&entry("هو انتظرني."));
        assert!(text.contains("<dd class=\"said\" dir=\"auto\">هو"), "{text}");
    }

    #[test]
    fn the_writers_own_page_is_a_page_as_on_a_terminal() {
        let answers = serde_json::json!([
            { "question": "page-needs-met", "asked": "What I need: mostly met", "value": ["rest"] },
            { "question": "page-needs-unmet", "asked": "What I need: mostly not met",
              "value": ["touch", "time alone"] },
            { "question": "page-choice", "asked": "My choice", "value": "Rest" },
            { "question": "page-span", "asked": "In my own words", "value": "3 to 28 November" },
            { "question": "beside", "asked": "What do you see?", "value": "Less noise" },
        ]);
        let page = serde_json::json!({ "practice": "guide", "answers": answers });
        let mut page = testing::entry(page);
        let text = page_of(&StoredEntry::new(page.clone()));
        let text = &text[text.find("<main>").unwrap()..];
        assert_eq!(text.matches("What I need").count(), 1, "{text}");
        assert!(text.contains("<dt>mostly not met</dt><dd>touch · time alone</dd>"), "{text}");
        assert!(text.contains("<h3>What I need</h3>") && !text.contains("<h4>"), "{text}");
        assert!(!text.contains("guide"), "{text}");
        let footer = "<p class=\"quiet\">In my own words, 3 to 28 November</p>";
        assert!(text.find("My choice") < text.find(footer) && text.contains(footer), "{text}");
        assert!(text.contains("What do you see?") && text.contains("Less noise"), "{text}");
        page.answers.pop();
        assert!(!page_of(&StoredEntry::new(page)).contains("<dl></dl>"));
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

//! Entries on a terminal: dates in words, lines no longer than the page, calm
//! colour where there is any.

use anstyle::{AnsiColor, Color, Style};
use chrono::{DateTime, Datelike, FixedOffset, Month, NaiveDate};

use crate::config::Clock;
use crate::entry::{Attachment, Entry};
use crate::journal::StoredEntry;
use crate::practice::is_own_page;

use super::clean::each_byte;
use super::file_size::file_size;
use super::list::part_sentence;
use super::own_page::own_page;
use super::{EntryLinks, TextPage, clean, clean_line};

const INK: Style =
    AnsiColor::Black.on_default().bg_color(Some(Color::Ansi(AnsiColor::BrightWhite)));
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
const ACCENT: Style = AnsiColor::Cyan.on_default();
/// Seen on a dark page, on a light one, and without colour.
const FOUND: Style = Style::new().bold().underline();

/// Lines longer than this tire the eye, however wide the window.
pub(super) const WIDEST: usize = 80;

impl TextPage {
    /// The text in a style, where the page has colour.
    pub fn paint(&self, style: Style, text: &str) -> String {
        if !self.colour {
            return text.to_owned();
        }
        // Line by line, so that each can be drawn by itself.
        let lines = text.split('\n').map(|line| format!("{style}{line}{style:#}"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What can be passed over.
    pub fn quiet(&self, text: &str) -> String {
        self.paint(QUIET, text)
    }

    /// What the eye should find first.
    pub fn strong(&self, text: &str) -> String {
        self.paint(STRONG, text)
    }

    /// The one hue that is ours, for marks alone: words have the terminal's own colour.
    pub fn accent(&self, text: &str) -> String {
        self.paint(ACCENT, text)
    }

    /// Black on white, whatever the terminal's own colours are.
    pub fn ink(&self, text: &str) -> String {
        self.paint(INK, text)
    }

    /// What a search found.
    pub fn found(&self, text: &str) -> String {
        self.paint(FOUND, text)
    }

    /// A message in lines that fit, broken at spaces alone: a path or a command
    /// in it stays whole, to be copied.
    pub fn wrap_message(&self, text: &str) -> String {
        let options = textwrap::Options::new(self.width.clamp(10, WIDEST))
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        textwrap::fill(text, options)
    }

    /// The text in lines that fit, each behind the same indent.
    pub fn wrap(&self, text: &str, indent: &str) -> String {
        let width = self.width.min(WIDEST).max(indent.len() + 10);
        let options =
            textwrap::Options::new(width).initial_indent(indent).subsequent_indent(indent);
        textwrap::fill(text, options)
    }
}

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "Monday 23 November 2026". An export has one for each of its days, and chrono's
/// own formats are read anew each time.
pub fn day_words(day: NaiveDate) -> String {
    let weekday = WEEKDAYS[day.weekday().num_days_from_monday() as usize % 7];
    let month = u8::try_from(day.month()).ok().and_then(|month| Month::try_from(month).ok());
    format!("{weekday} {} {} {}", day.day(), month.map_or("", |month| month.name()), day.year())
}

/// "today", "yesterday", "Friday 20 November", with the year only when it is
/// another one.
pub(super) fn near_day_words(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        0 => "today".into(),
        1 => "yesterday".into(),
        _ if day.year() == today.year() => day.format("%A %-d %B").to_string(),
        _ => day_words(day),
    }
}

/// "3 Nov 2026".
pub(super) fn short_day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

pub fn moment_words(at: DateTime<FixedOffset>, clock: &Clock) -> String {
    format!("{} at {}", near_day_words(clock.day_of(at), clock.today()), at.format("%H:%M"))
}

pub(super) fn pad(text: &str, width: usize) -> String {
    let have = textwrap::core::display_width(text);
    let text = if have > width { cut(text, width) } else { text.to_owned() };
    let gap = width.saturating_sub(textwrap::core::display_width(&text));
    text + &" ".repeat(gap)
}

pub(crate) fn cut(text: &str, width: usize) -> String {
    if each_byte(text, |b| matches!(b, b' '..=b'~')) {
        // A byte is a column: most lines are such, and may be long.
        return match text.get(..width.saturating_sub(1)) {
            Some(begins) if text.len() > width => begins.trim_end().to_owned() + "…",
            _ => text.to_owned(),
        };
    }
    let mut out = String::new();
    let mut used = 0;
    // Marks without a width of their own do not go on for ever.
    for (count, c) in text.chars().enumerate() {
        let wide = textwrap::core::display_width(c.encode_utf8(&mut [0; 4]));
        if used + wide >= width || count >= 4 * width {
            let rest = &text[out.len()..];
            let fits = count < 4 * width && used + textwrap::core::display_width(rest) <= width;
            return if fits { text.to_owned() } else { out.trim_end().to_owned() + "…" };
        }
        used += wide;
        out.push(c);
    }
    out
}

/// An entry whole, with the versions that edits made apart have left.
pub fn show(kept: &StoredEntry, links: &EntryLinks, clock: &Clock, page: &TextPage) -> String {
    let mut text = linked(&kept.entry, links, clock, page);
    if !kept.beside.is_empty() {
        let id = &kept.entry.id;
        let words = format!(
            "This entry was also edited elsewhere. `inward edit {id}` settles which one is kept."
        );
        text += &format!("\n{}\n", page.wrap(&words, "  "));
    }
    if kept.deleted_elsewhere {
        let id = &kept.entry.id;
        let words = format!(
            "This entry was also deleted elsewhere, and is here because of an edit. `inward edit {id} --settle` keeps it; `inward delete {id}` deletes it."
        );
        text += &format!("\n{}\n", page.wrap(&words, "  "));
    }
    for other in &kept.beside {
        text += &format!("\n{}", one(other, clock, page));
    }
    text
}

/// One version of an entry, by itself.
pub fn one(entry: &Entry, clock: &Clock, page: &TextPage) -> String {
    linked(entry, &EntryLinks::default(), clock, page)
}

fn linked(entry: &Entry, links: &EntryLinks, clock: &Clock, page: &TextPage) -> String {
    let day = near_day_words(clock.day_of(entry.at), clock.today());
    let mut first = day.chars();
    let day: String =
        first.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + first.as_str();
    let time = entry.at.format("%H:%M");
    let practice = clean_line(&entry.practice);
    let mut text = format!(
        "{} {}\n",
        page.strong(&format!("{day}, {time}")),
        page.quiet(&format!("· {practice} · {}", entry.id)),
    );
    if !entry.tags.is_empty() {
        let tags = entry.tags.iter().map(|t| format!("#{}", clean_line(t))).collect::<Vec<_>>();
        text += &format!("{}\n", page.quiet(&page.wrap(&tags.join(" "), "")));
    }
    text += &links.lines(entry, clock, page);
    text += &match is_own_page(entry) {
        true => format!("\n{}", own_page(entry, clock, page)),
        false => answers(entry, page),
    };
    if !entry.attachments.is_empty() {
        let lines = entry.attachments.iter().map(|it| page.wrap(&attachment_line(it), "    "));
        let lines = lines.collect::<Vec<_>>().join("\n");
        text += &format!("\n{}\n{lines}\n", page.strong("  Attached"));
    }
    text
}

fn answers(entry: &Entry, page: &TextPage) -> String {
    let (sentence, answers) = part_sentence(entry);
    let sentence = sentence.map(|sentence| {
        let said = page.wrap(&clean(&sentence.text()), "  ");
        format!("\n{}\n", page.strong(said.trim_end()))
    });
    let answers = answers.iter().map(|answer| {
        let asked = page.wrap(&clean_line(&answer.asked), "  ");
        let said = page.wrap(&clean(&answer.text()), "    ");
        format!("\n{}\n{}\n", page.strong(&asked), said.trim_end())
    });
    sentence.into_iter().chain(answers).collect()
}

/// "lake.jpg, 179 KiB"
pub(super) fn attachment_line(attachment: &Attachment) -> String {
    format!("{}, {}", clean_line(&attachment.name), file_size(attachment.bytes))
}

#[cfg(test)]
mod tests {
    use super::super::list::{ListRow, list};
    use super::*;
    use crate::entry::testing;

    fn clock() -> Clock {
        Clock::at(DateTime::parse_from_rfc3339("2026-11-23T22:00:00+01:00").unwrap())
    }

    fn kept(at: &str, words: &str) -> StoredEntry {
        let entry = testing::entry(serde_json::json!({
            "practice": "reflect",
            "at": at, "tags": ["repair"],
            "answers": [
                {"question": "outcome", "asked": "How did it go?", "value": "did",
                 "labels": {"did": "I did it"}},
                {"question": "connection", "asked": "One moment of connection", "value": words}
            ]
        }));
        StoredEntry::new(entry)
    }

    const PLAIN: TextPage = TextPage { width: 60, colour: false };

    #[test]
    fn a_list_has_days_in_words_and_a_line_an_entry() {
        let all = [
            kept(
                "2026-11-23T21:14:03+01:00",
                "He waited for me at the door, in the rain, with soup.",
            ),
            kept("2026-11-20T21:14:03+01:00", "None today"),
            kept("2025-11-20T21:14:03+01:00", "静かな夜"),
        ];
        let expected = "\
today
  k3v9q2m8ab  21:14  reflect  He waited for me at the door,…

Friday 20 November
  k3v9q2m8ab  21:14  reflect  None today

Thursday 20 November 2025
  k3v9q2m8ab  21:14  reflect  静かな夜
";
        let rows: Vec<ListRow> = all.iter().map(ListRow::of).collect();
        assert_eq!(list(&rows, true, &clock(), &PLAIN), expected);
    }

    #[test]
    fn an_entry_is_wrapped_to_the_page() {
        let kept = kept(
            "2026-11-23T21:14:03+01:00",
            "He waited for me at the door, in the rain, with soup.\n\nI stayed.",
        );
        let page = TextPage { width: 40, colour: false };
        let expected = "\
Today, 21:14 · reflect · k3v9q2m8ab
#repair

  How did it go?
    I did it

  One moment of connection
    He waited for me at the door, in the
    rain, with soup.

    I stayed.
";
        assert_eq!(
            show(&kept, &EntryLinks::default(), &clock(), &page).replace("    \n", "\n"),
            expected
        );
    }

    #[test]
    fn nothing_in_an_entry_reaches_the_terminal_as_a_command() {
        let mut kept = kept("2026-11-23T21:14:03+01:00", "\u{1b}[2J\u{9b}2J\u{7}");
        kept.entry.tags = vec!["\u{1b}[31m".into()];
        kept.entry.practice = "re\u{1b}flect".into();
        kept.entry.answers[1].asked = "\u{1b}]0;title\u{7}".into();
        kept.entry.answers[0].labels.insert("did".into(), "\u{1b}c".into());
        let listed = list(&[ListRow::of(&kept)], true, &clock(), &PLAIN);
        for text in [show(&kept, &EntryLinks::default(), &clock(), &PLAIN), listed] {
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        }
    }

    #[test]
    fn a_very_narrow_page_still_shows_everything() {
        let page = TextPage { width: 12, colour: false };
        let kept = kept("2026-11-23T21:14:03+01:00", "Words.");
        assert!(show(&kept, &EntryLinks::default(), &clock(), &page).contains("Words."));
        list(&[ListRow::of(&kept)], true, &clock(), &page);
    }
}

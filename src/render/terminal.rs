//! Text on a terminal: dates in words, lines no longer than the page, calm colour where
//! there is any.

use anstyle::{Ansi256Color, AnsiColor, Color, Style};
use chrono::{DateTime, Datelike, FixedOffset, Month, Months, NaiveDate};

use crate::config::Clock;

use super::TextPage;
use super::clean::each_byte;

const INK: Style =
    AnsiColor::Black.on_default().bg_color(Some(Color::Ansi(AnsiColor::BrightWhite)));
const QUIET: Style = Style::new().dimmed();
const STRONG: Style = Style::new().bold();
/// A green with the same value in every terminal, of more than 4.5 to 1 on white and on black:
/// the sixteen colours are each terminal's own, and its cyan can't be seen on white.
const HUE: Ansi256Color = Ansi256Color(29);
const ACCENT: Style = HUE.on_default();
/// Seen on a dark page, on a light one, and without colour.
const HIGHLIGHT: Style = Style::new().bold().underline();

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
    pub fn highlight(&self, text: &str) -> String {
        self.paint(HIGHLIGHT, text)
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

    /// The text in lines that fit, each behind the same indent, broken at spaces: a date, a
    /// path or a command's word stays whole where it fits in a line. How wide a tab is only the
    /// terminal knows, so it becomes spaces.
    pub fn wrap(&self, text: &str, indent: &str) -> String {
        let width = self.width.min(WIDEST).max(indent.len() + 10);
        let options = textwrap::Options::new(width)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(indent)
            .subsequent_indent(indent);
        textwrap::fill(&text.replace('\t', TAB), options)
    }
}

const TAB: &str = "    ";

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// "Monday 23 November 2026". An export has one for each of its days, and chrono's
/// own formats are read again each time.
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

/// What stands above a day's entries: the same, and of an anniversary, how long ago
/// it was.
pub(super) fn day_heading(day: NaiveDate, today: NaiveDate) -> String {
    let words = near_day_words(day, today);
    let since = (today - day).num_days();
    let years = today.year() - day.year();
    let is_anniversary = (day.day(), day.month()) == (today.day(), today.month());
    let ago = match (since, years) {
        (7, _) => "a week ago".to_owned(),
        _ if since > 0 && today.checked_sub_months(Months::new(1)) == Some(day) => {
            "a month ago".to_owned()
        }
        (1.., 1) if is_anniversary => "a year ago".to_owned(),
        (1.., 2..) if is_anniversary => format!("{years} years ago"),
        _ => return words,
    };
    format!("{ago}, {words}")
}

/// "3 Nov 2026".
pub(super) fn short_day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

pub fn moment_words(at: DateTime<FixedOffset>, clock: &Clock) -> String {
    format!("{} at {}", near_day_words(clock.day_of(at), clock.today()), at.format("%H:%M"))
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    // A byte is a column: most lines are such, and may be long.
    if each_byte(text, |b| matches!(b, b' '..=b'~')) {
        return text.len();
    }
    textwrap::core::display_width(text)
}

pub(super) fn pad(text: &str, width: usize) -> String {
    let text = if columns(text) > width { cut(text, width) } else { text.to_owned() };
    let gap = width.saturating_sub(columns(&text));
    text + &" ".repeat(gap)
}

pub(crate) fn cut(text: &str, width: usize) -> String {
    if each_byte(text, |b| matches!(b, b' '..=b'~')) {
        // A byte is a column, as in `columns`.
        return match text.get(..width.saturating_sub(1)) {
            Some(begins) if text.len() > width => begins.trim_end().to_owned() + "…",
            _ => text.to_owned(),
        };
    }
    let mut used = 0;
    // Marks without a width of their own do not go on for ever.
    for (count, (at, c)) in text.char_indices().enumerate() {
        let wide = columns(c.encode_utf8(&mut [0; 4]));
        if used + wide >= width || count >= 4 * width {
            let fits = count < 4 * width && used + columns(&text[at..]) <= width;
            return if fits { text.to_owned() } else { text[..at].trim_end().to_owned() + "…" };
        }
        used += wide;
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{HUE, TextPage};

    #[test]
    fn a_line_with_tabs_is_no_wider_than_the_page() {
        let page = TextPage { width: 20, colour: false };
        assert_eq!(page.wrap("\tone\ttwo three four", "  "), "      one    two\n  three four");
    }

    #[test]
    fn a_path_stays_whole_where_it_fits_in_a_line() {
        let page = TextPage { width: 30, colour: false };
        let wrapped = page.wrap("at once; `rm -r ~/.cache/inward` deletes all of it", "");
        assert_eq!(wrapped, "at once; `rm -r\n~/.cache/inward` deletes all\nof it");
        let long = page.wrap(&"x".repeat(40), "");
        assert_eq!(long.lines().next().map(str::len), Some(30));
    }

    /// Of a colour of the cube that begins at 16, six steps of each channel (xterm).
    fn luminance(colour: u8) -> f64 {
        let steps = [0.0, 95.0, 135.0, 175.0, 215.0, 255.0];
        let at = usize::from(colour) - 16;
        let linear = |step: usize| {
            let value: f64 = steps[step % 6] / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(at / 36) + 0.7152 * linear(at / 6) + 0.0722 * linear(at)
    }

    #[test]
    fn marks_are_seen_on_a_white_page_and_on_a_black_one() {
        // As WCAG 2.2, 1.4.3 wants it of text: block glyphs are drawn as letters are.
        let (white, black) = (1.05, 0.05);
        let hue = luminance(HUE.0) + 0.05;
        assert!(white / hue >= 4.5, "{}", white / hue);
        assert!(hue / black >= 4.5, "{}", hue / black);
    }
}

//! Text on a terminal: dates in words, lines no longer than the page, calm colour where
//! there is any.

use anstyle::{Ansi256Color, AnsiColor, Color, Style};
use chrono::{DateTime, Datelike, FixedOffset, Month, Months, NaiveDate, Timelike};
use textwrap::WordSeparator;
use textwrap::core::Word;
use unicode_segmentation::UnicodeSegmentation;

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
            .word_separator(textwrap::WordSeparator::Custom(words))
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .initial_indent(indent)
            .subsequent_indent(indent);
        textwrap::fill(&text.replace('\t', TAB), options)
    }
}

const TAB: &str = "    ";

/// The words of a line, parted at spaces. An emoji of several characters is a word of its own,
/// as a long word is broken between any two characters.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let words = WordSeparator::AsciiSpace.find_words(line);
    if line.is_ascii() {
        return Box::new(words);
    }
    let mut end = 0;
    Box::new(words.flat_map(move |word| {
        let start = end;
        end += word.word.len() + word.whitespace.len();
        let mut places = emoji_ends(word.word);
        places.push(end - start);
        let starts = std::iter::once(0).chain(places.clone());
        let pieces = starts.zip(places).filter(|(from, to)| from < to);
        let pieces = pieces.map(|(from, to)| Word::from(&line[start + from..start + to]));
        pieces.collect::<Vec<_>>()
    }))
}

/// Where emoji of several characters begin and end in a word, short of its end.
fn emoji_ends(word: &str) -> Vec<usize> {
    let is_emoji = |letter: &str| {
        let mut chars = letter.chars();
        let is_picture = |c| matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}');
        chars.next().is_some_and(is_picture) && chars.next().is_some()
    };
    let emoji = word.grapheme_indices(true).filter(|(_, letter)| is_emoji(letter));
    let ends = emoji.flat_map(|(at, letter)| [at, at + letter.len()]);
    ends.filter(|at| *at < word.len()).collect()
}

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
    let (date, today) = date_and_today(at, clock);
    format!("{} at {}", near_day_words(date, today), clock_time(at))
}

/// "21:14".
pub(super) fn clock_time(at: DateTime<FixedOffset>) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The date that stands beside the clock time of a moment, and the date that is today to it.
/// Of an hour that `day-ends` counts to the evening before, both are the calendar's: beside
/// that evening's date it would be read as a day earlier.
pub(super) fn date_and_today(at: DateTime<FixedOffset>, clock: &Clock) -> (NaiveDate, NaiveDate) {
    match clock.day_of(at) {
        day if day == at.date_naive() => (day, clock.today()),
        _ => (at.date_naive(), clock.now.date_naive()),
    }
}

/// The clock time of a moment below the heading of its day: "21:14", or "Tue 01:30" where
/// `day-ends` counts the hour to the evening before.
pub(super) fn time_of_its_day(at: DateTime<FixedOffset>, clock: &Clock) -> String {
    let time = clock_time(at);
    if clock.day_of(at) == at.date_naive() { time } else { format!("{} {time}", at.weekday()) }
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
    let (mut used, mut count) = (0, 0);
    // Letter by letter as they are seen: a family emoji is one.
    for (at, letter) in text.grapheme_indices(true) {
        let wide = columns(letter);
        count += letter.chars().count();
        // Marks without a width of their own do not go on for ever.
        let is_long = count > 4 * width;
        if used + wide >= width || is_long {
            let fits = !is_long && used + columns(&text[at..]) <= width;
            return if fits { text.to_owned() } else { text[..at].trim_end().to_owned() + "…" };
        }
        used += wide;
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::{Clock, HUE, TextPage, cut, moment_words, time_of_its_day};

    #[test]
    fn an_hour_after_midnight_stands_beside_its_own_date_whatever_day_it_counts_to() {
        let at = |text: &str| format!("2026-11-{text}:00+01:00").parse().unwrap();
        for (now, moment, words, below) in [
            ("23T14:00", "23T02:30", "today at 02:30", "Mon 02:30"),
            ("23T14:00", "22T02:30", "yesterday at 02:30", "Sun 02:30"),
            ("23T14:00", "21T02:30", "Saturday 21 November at 02:30", "Sat 02:30"),
            ("23T01:40", "23T01:30", "today at 01:30", "Mon 01:30"),
            ("23T01:40", "22T01:30", "yesterday at 01:30", "Sun 01:30"),
            ("23T01:40", "22T21:00", "today at 21:00", "21:00"),
            ("23T14:00", "22T21:00", "yesterday at 21:00", "21:00"),
        ] {
            let mut clock = Clock::at(at(now));
            clock.day_ends = NaiveTime::from_hms_opt(4, 0, 0).unwrap();
            let both = (moment_words(at(moment), &clock), time_of_its_day(at(moment), &clock));
            assert_eq!(both, (words.to_owned(), below.to_owned()), "{moment} at {now}");
        }
    }

    #[test]
    fn a_line_with_tabs_is_no_wider_than_the_page() {
        let page = TextPage { width: 20, colour: false };
        assert_eq!(page.wrap("\tone\ttwo three four", "  "), "      one    two\n  three four");
    }

    #[test]
    fn a_letter_of_several_characters_is_neither_cut_nor_broken() {
        const FAMILY: &str = "👩‍👩‍👧";
        assert_eq!(cut(&format!("ab{FAMILY}cd"), 7), "ab…");
        assert_eq!(cut(&format!("ab{FAMILY}cd"), 9), format!("ab{FAMILY}…"));
        assert_eq!(cut("cafe\u{301}s and more", 6), "cafe\u{301}s…");
        assert_eq!(cut("🇩🇪🇫🇷🇮🇹", 4), "🇩🇪…");
        let page = TextPage { width: 10, colour: false };
        for letter in [FAMILY, "👍🏽", "❤️‍🔥", "🇩🇪"] {
            for before in 0..10 {
                let text = format!("{}{letter}{letter}ab c", "x".repeat(before));
                let wrapped = page.wrap(&text, "");
                assert_eq!(wrapped.replace(['\n', ' '], ""), text.replace(' ', ""));
                assert_eq!(wrapped.matches(letter).count(), 2, "{wrapped}");
            }
        }
        assert_eq!(
            page.wrap("日本語です、はい", ""),
            "日本語です\n、はい",
            "any other word breaks anywhere"
        );
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

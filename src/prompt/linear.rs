//! Plain lines, for a screen reader, a serial line, or a terminal that can do no more:
//! they are only ever appended, options have numbers, and there is no escape sequence of
//! any kind.

use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::error::Result;
use crate::render::clean_line;

use super::esc_menu::{Drops, EscChoice};
use super::line_keys::{LineEnd, read_line, sleep_until_key};
use super::linear_marks::{self, is_number};
use super::list_keys::{keys_words, lines_named};
use super::list_prompt::ListPrompt;
use super::list_rows::ListLine;
use super::mark_prompt::MarkPrompt;
use super::prompter::{PauseEnd, PauseKind, Prompter, TextEnd};
use super::text_input::TextPrompt;
use super::timer::{TimerForm, left_words};
use super::{Screen, linear_text};

/// How often the timer says what is left.
const COUNT: Duration = Duration::from_secs(30);

pub(super) struct Linear;

impl Prompter for Linear {
    fn choose(&self, list: &mut ListPrompt, screen: &Screen) -> Result<Option<usize>> {
        let options = Options::of(list);
        if !list.message.is_empty() {
            screen.line(list.message);
        }
        options.print(screen);
        loop {
            say(&options.how(list), screen);
            let Some(typed) = answer(screen)? else { return Ok(None) };
            if typed.trim().is_empty() {
                let line = &list.lines[list.at];
                match (list.skips, list.at) {
                    (true, 0) => screen.line("Skipped."),
                    _ => say_chosen(&words(line, options.has_keys), screen),
                }
                return Ok(Some(list.at));
            }
            if let Some(at) = options.find(&typed, list) {
                say_chosen(&words(&list.lines[at], options.has_keys), screen);
                return Ok(Some(at));
            }
            if let Some(other) = list.other().filter(|_| !is_number(&typed)) {
                say(&format!("In your own words: {}", clean_line(typed.trim())), screen);
                list.typed = typed;
                return Ok(Some(other));
            }
            let keys = options.has_keys.then(|| format!(" Type {}.", keys_words(&list.lines)));
            say(&format!("That isn't one of them.{}", keys.unwrap_or_default()), screen);
        }
    }

    fn mark(&self, prompt: &mut MarkPrompt, screen: &Screen) -> Result<Option<()>> {
        linear_marks::mark(prompt, screen)
    }

    fn text(&self, prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
        linear_text::text(prompt, screen)
    }

    fn pause(&self, kind: PauseKind, screen: &Screen) -> Result<PauseEnd> {
        let keys = match kind {
            PauseKind::Next | PauseKind::Page { .. } => "Enter continues.",
            PauseKind::Private => "Press Enter to see it, or type s and press Enter to skip it.",
            PauseKind::Part => {
                "Press Enter to start, or type s and press Enter to skip this part. Ctrl-C stops at once."
            }
        };
        loop {
            say(keys, screen);
            return Ok(match answer(screen)? {
                None => PauseEnd::Esc,
                Some(word) if kind.skips() && is_skip(&word) => PauseEnd::Skip,
                // “No”, for one, doesn't open what can't be taken off the screen.
                Some(word) if kind.skips() && !word.trim().is_empty() => continue,
                Some(_) => PauseEnd::Continue,
            });
        }
    }

    fn menu(&self, choices: &[EscChoice], _: Drops, screen: &Screen) -> Result<EscChoice> {
        if let Some(choice) = screen.take_choice() {
            return Ok(choice);
        }
        let words: Vec<&str> = choices.iter().map(|choice| choice.word()).collect();
        let (last, others) = words.split_last().unwrap_or((&"continue", &[]));
        let mut how = "";
        loop {
            screen.line(&format!("{how}{} or {last}?", others.join(", ")));
            how = "Type one of these words: ";
            let Some(typed) = answer(screen)? else {
                return Ok(screen.take_choice().unwrap_or(EscChoice::Continue));
            };
            let typed = typed.trim().to_lowercase();
            let begins = |choice: &&EscChoice| choice.word().starts_with(&typed);
            // As in a menu, whose first line is “Continue”. Where it leads is asked again, so
            // that what is typed next is never an answer by mistake.
            if typed.is_empty() {
                say_chosen(EscChoice::Continue.word(), screen);
                return Ok(EscChoice::Continue);
            }
            // An s alone could skip, or stop.
            let mut begun = choices.iter().filter(begins);
            if let (Some(choice), None) = (begun.next(), begun.next()) {
                return Ok(*choice);
            }
        }
    }

    fn sit(&self, whole: Duration, _: TimerForm, screen: &Screen) -> Result<Duration> {
        screen.line("Any key ends it.");
        let begun = Instant::now();
        let mut said = whole + COUNT;
        loop {
            let left = whole.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Ok(whole);
            }
            if left + COUNT <= said {
                screen.line(&left_words(left));
                said = left;
            }
            let step = Duration::from_millis(left.as_millis() as u64 % COUNT.as_millis() as u64);
            let step = step.max(Duration::from_millis(50));
            if sleep_until_key(step, screen.terminal)? {
                return Ok(begun.elapsed().min(whole));
            }
        }
    }
}

/// An s, or the word that it stands for.
fn is_skip(typed: &str) -> bool {
    ["s", "skip"].iter().any(|word| typed.trim().eq_ignore_ascii_case(word))
}

/// A line that was typed; `None` where it is for the menu.
pub(super) fn answer(screen: &Screen) -> Result<Option<Zeroizing<String>>> {
    screen.terminal.echo("> ");
    match read_line(None, false, screen)? {
        LineEnd::Esc(_) | LineEnd::Command => Ok(None),
        LineEnd::End => Ok(Some(Zeroizing::default())),
        LineEnd::Line(line) | LineEnd::Editor(line) | LineEnd::Pasted(line) => Ok(Some(line)),
    }
}

/// Says something in lines as wide as the page.
pub(super) fn say(text: &str, screen: &Screen) {
    screen.line(&screen.page().wrap(text, ""));
}

pub(super) fn say_chosen(words: &str, screen: &Screen) {
    let end = if words.ends_with(['.', '…', '?', '!']) { "" } else { "." };
    say(&format!("Chose: {words}{end}"), screen);
}

/// Lines with their numbers, below their headings.
pub(super) fn print_numbered(lines: &[ListLine], screen: &Screen) {
    let mut above = None;
    for (at, line) in lines.iter().enumerate() {
        if let Some(heading) = line.heading.as_ref().filter(|heading| above != Some(*heading)) {
            screen.line(&format!("{heading}:"));
        }
        above = line.heading.as_ref();
        say(&format!("{}. {}", at + 1, line.text), screen);
    }
}

/// Lines with what is to be typed for each.
struct Options {
    /// What is typed, the place in the list, and the line.
    all: Vec<(String, usize, String)>,
    has_keys: bool,
}

impl Options {
    fn of(list: &ListPrompt) -> Options {
        let skipped = usize::from(list.skips);
        // The program's own yes or no, which can't be skipped, has numbers like any list.
        let has_keys = list.has_keys && list.skips;
        let lines = list.lines.iter().enumerate().skip(skipped);
        let all = lines.map(|(at, line)| {
            let key = line.split("  ").next().filter(|_| has_keys).map(str::to_owned);
            (key.unwrap_or_else(|| (at + 1 - skipped).to_string()), at, line.clone())
        });
        Options { all: all.collect(), has_keys }
    }

    fn print(&self, screen: &Screen) {
        for (key, _, line) in &self.all {
            if self.has_keys {
                say(&clean_line(line), screen);
            } else {
                say(&format!("{key}. {}", clean_line(line)), screen);
            }
        }
    }

    fn how(&self, list: &ListPrompt) -> String {
        let what = match (self.has_keys, list.takes_words) {
            (true, _) => "Type one of them",
            (false, false) => "Type a number",
            (false, true) => "Type a number, or your own words",
        };
        match (list.skips, list.at) {
            (true, 0) => format!("{what}, or Enter to skip."),
            (_, first) => {
                format!("{what}, or press Enter for “{}”.", clean_line(&list.lines[first]))
            }
        }
    }

    /// By its key; by the beginning of its words as well, where there is but one.
    fn find(&self, typed: &str, list: &ListPrompt) -> Option<usize> {
        if self.has_keys {
            let named = lines_named(typed, &list.lines);
            return only(&named).filter(|at| *at >= usize::from(list.skips));
        }
        let typed = typed.trim().to_lowercase();
        let by_number = self.all.iter().find(|(key, _, _)| *key == typed).map(|(_, at, _)| *at);
        by_number.or_else(|| {
            let begins = |line: &str| words(line, false).to_lowercase().starts_with(&typed);
            let begun = self.all.iter().filter(|(_, _, line)| begins(line));
            only(&begun.map(|(_, at, _)| *at).collect::<Vec<usize>>())
        })
    }
}

fn only(places: &[usize]) -> Option<usize> {
    match places {
        [one] => Some(*one),
        _ => None,
    }
}

/// The words of a scale's line, without its number.
fn words(line: &str, has_keys: bool) -> String {
    let words =
        if has_keys { line.split_once("  ").map_or(line, |(_, words)| words) } else { line };
    clean_line(words.trim_end_matches('.'))
}

#[cfg(test)]
mod tests;

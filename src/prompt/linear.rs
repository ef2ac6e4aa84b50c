//! The accessible form: lines that are only ever appended, options with numbers, and no
//! escape sequence of any kind, for a screen reader, a serial line, or a terminal that can
//! do no more.

use std::io::{Write, stderr};
use std::time::{Duration, Instant};

use zeroize::Zeroizing;

use crate::error::Result;
use crate::render::clean_line;

use super::Screen;
use super::esc_menu::EscChoice;
use super::line_keys::{LineEnd, read_line, sleep_until_key};
use super::list_rows::ListLine;
use super::prompter::{
    ListPrompt, PART_KEYS, PRIVATE_KEYS, PauseEnd, PauseKind, Prompter, TextEnd,
};
use super::text_input::TextPrompt;
use super::timer::{TimerForm, left_words};

/// How often the timer says what is left.
const COUNT: Duration = Duration::from_secs(30);

pub(super) struct Linear;

impl Prompter for Linear {
    fn choose(&self, list: &ListPrompt, screen: &Screen) -> Result<Option<usize>> {
        let options = Options::of(list);
        if !list.message.is_empty() {
            screen.line(list.message);
        }
        options.print(screen);
        loop {
            screen.line(&options.how(list));
            let Some(typed) = answer(screen)? else { return Ok(None) };
            if typed.trim().is_empty() {
                let line = &list.lines[list.first];
                screen.line(&match (list.skips, list.first) {
                    (true, 0) => "Skipped.".to_owned(),
                    _ => format!("Chose: {}.", words(line, list.has_keys)),
                });
                return Ok(Some(list.first));
            }
            if let Some(at) = options.find(&typed) {
                screen.line(&format!("Chose: {}.", words(&list.lines[at], list.has_keys)));
                return Ok(Some(at));
            }
            screen.line("That isn't one of them.");
        }
    }

    fn mark(
        &self,
        lines: &[ListLine],
        most: usize,
        marks: &mut Vec<usize>,
        screen: &Screen,
    ) -> Result<Option<()>> {
        print_numbered(lines, screen);
        let names = |marks: &[usize]| {
            marks.iter().map(|at| lines[*at].text.as_str()).collect::<Vec<_>>().join("; ")
        };
        loop {
            screen.line(&match marks.is_empty() {
                true => "Type numbers with spaces between, or Enter to skip.".to_owned(),
                false => format!("Now: {}. Enter keeps them; or type numbers.", names(marks)),
            });
            let Some(typed) = answer(screen)? else { return Ok(None) };
            let words = typed.split([' ', ',']).filter(|word| !word.is_empty());
            let place = |word: &str| word.parse::<usize>().ok()?.checked_sub(1);
            let found: Option<Vec<usize>> =
                words.map(|word| place(word).filter(|at| *at < lines.len())).collect();
            match found {
                None => screen.line("Those aren't all numbers from the list."),
                Some(found) if found.len() > most => screen.line(&format!("At most {most}.")),
                Some(found) => {
                    if !found.is_empty() {
                        *marks = found;
                    }
                    screen.line(&match marks.is_empty() {
                        true => "Skipped.".to_owned(),
                        false => format!("Chose: {}.", names(marks)),
                    });
                    return Ok(Some(()));
                }
            }
        }
    }

    fn text(&self, prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
        if !prompt.text.trim().is_empty() {
            screen.line("Now:");
            screen.line(&prompt.text);
        }
        if prompt.is_long {
            return long(prompt, screen);
        }
        print_numbered(&prompt.suggestions, screen);
        one_line(prompt, screen)
    }

    fn pause(&self, kind: PauseKind, screen: &Screen) -> Result<PauseEnd> {
        screen.line(match kind {
            PauseKind::Next => "Enter continues.",
            PauseKind::Private => PRIVATE_KEYS,
            PauseKind::Part => PART_KEYS[0],
        });
        Ok(match answer(screen)? {
            None => PauseEnd::Esc,
            Some(word) if kind.skips() && word.trim().eq_ignore_ascii_case("s") => PauseEnd::Skip,
            Some(_) => PauseEnd::Continue,
        })
    }

    fn menu(&self, choices: &[EscChoice], _: bool, screen: &Screen) -> Result<EscChoice> {
        if let Some(choice) = screen.command() {
            return Ok(choice);
        }
        let words: Vec<&str> = choices.iter().map(|choice| choice.word()).collect();
        loop {
            let (last, others) = words.split_last().unwrap_or((&"continue", &[]));
            screen.line(&format!("{} or {last}?", others.join(", ")));
            let Some(typed) = answer(screen)? else {
                return Ok(screen.command().unwrap_or(EscChoice::Continue));
            };
            let typed = typed.trim().to_lowercase();
            let begins = |choice: &&EscChoice| choice.word().starts_with(&typed);
            match choices.iter().find(begins) {
                Some(_) if typed.is_empty() => return Ok(EscChoice::Continue),
                Some(choice) => return Ok(*choice),
                None => {}
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
            if sleep_until_key(step)? {
                return Ok(begun.elapsed().min(whole));
            }
        }
    }
}

/// A line that was typed; `None` where it is for the menu.
fn answer(screen: &Screen) -> Result<Option<Zeroizing<String>>> {
    let _ = write!(stderr(), "> ");
    match read_line(None, false, screen)? {
        LineEnd::Esc(_) => Ok(None),
        LineEnd::End => Ok(Some(Zeroizing::default())),
        LineEnd::Line(line) if screen.take_command(&line) => Ok(None),
        LineEnd::Line(line) | LineEnd::Editor(line) => Ok(Some(line)),
    }
}

/// Lines with their numbers, below their headings.
fn print_numbered(lines: &[ListLine], screen: &Screen) {
    let mut above = None;
    for (at, line) in lines.iter().enumerate() {
        if let Some(heading) = line.heading.as_ref().filter(|heading| above != Some(*heading)) {
            screen.line(&format!("{heading}:"));
        }
        above = line.heading.as_ref();
        screen.line(&format!("{}. {}", at + 1, line.text));
    }
}

fn one_line(prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
    screen.line(match (prompt.suggestions.is_empty(), prompt.text.trim().is_empty()) {
        (true, true) => "Type it, or Enter to skip.",
        (false, true) => "Type it, or the number of one of these, or Enter to skip.",
        (_, false) => "Enter keeps it; or type what should stand instead.",
    });
    let _ = write!(stderr(), "> ");
    let typed = match read_line(Some(""), false, screen)? {
        LineEnd::Esc(line) => {
            if !line.trim().is_empty() {
                prompt.text = line;
            }
            screen.note_typed(prompt.text.clone());
            return Ok(TextEnd::Esc);
        }
        LineEnd::Line(line) if screen.take_command(&line) => {
            // What was typed for the menu is no answer.
            screen.note_typed(prompt.text.clone());
            return Ok(TextEnd::Esc);
        }
        LineEnd::End => Zeroizing::default(),
        LineEnd::Line(line) | LineEnd::Editor(line) => line,
    };
    let number = typed.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    if let Some(suggestion) = number.and_then(|at| prompt.suggestions.get(at)) {
        prompt.text = Zeroizing::new(suggestion.text.clone());
        screen.line(&format!("Chose: {}", suggestion.text));
    } else if !typed.trim().is_empty() {
        prompt.text = typed;
    } else if prompt.text.trim().is_empty() {
        screen.line("Skipped.");
    }
    Ok(TextEnd::Done)
}

/// Lines until a full stop alone; they go below what stands there.
fn long(prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
    screen.line(
        "Type as many lines as you like, or Enter to skip. A full stop alone on a line ends it.",
    );
    loop {
        let line = match read_line(Some(&prompt.text), true, screen)? {
            LineEnd::Esc(line) => {
                add_line(&mut prompt.text, &line);
                return Ok(TextEnd::Esc);
            }
            LineEnd::End => return Ok(TextEnd::Done),
            LineEnd::Editor(line) => {
                add_line(&mut prompt.text, &line);
                return Ok(TextEnd::Editor);
            }
            LineEnd::Line(line) if line.trim() == "." => return Ok(TextEnd::Done),
            LineEnd::Line(line) if line.trim().is_empty() && prompt.text.is_empty() => {
                screen.line("Skipped.");
                return Ok(TextEnd::Done);
            }
            LineEnd::Line(line) if screen.take_command(&line) => {
                screen.note_typed(prompt.text.clone());
                return Ok(TextEnd::Esc);
            }
            LineEnd::Line(line) => line,
        };
        push_line(&mut prompt.text, &line);
    }
}

fn push_line(text: &mut Zeroizing<String>, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// What stands in a line that a key ended is not lost to it.
fn add_line(text: &mut Zeroizing<String>, line: &str) {
    if !line.is_empty() {
        push_line(text, line);
    }
}

/// Lines with what is to be typed for each.
struct Options<'a> {
    /// What is typed, the place in the list, and the line.
    all: Vec<(String, usize, &'a str)>,
    has_keys: bool,
}

impl<'a> Options<'a> {
    fn of(list: &ListPrompt<'a>) -> Options<'a> {
        let skipped = usize::from(list.skips);
        let lines = list.lines.iter().enumerate().skip(skipped);
        let all = lines.map(|(at, line)| match list.has_keys {
            true => (line.split("  ").next().unwrap_or(line).to_owned(), at, line.as_str()),
            false => ((at + 1 - skipped).to_string(), at, line.as_str()),
        });
        Options { all: all.collect(), has_keys: list.has_keys }
    }

    fn print(&self, screen: &Screen) {
        for (key, _, line) in &self.all {
            match self.has_keys {
                true => screen.line(&clean_line(line)),
                false => screen.line(&format!("{key}. {}", clean_line(line))),
            }
        }
    }

    fn how(&self, list: &ListPrompt) -> String {
        let what = if self.has_keys { "Type one of them" } else { "Type a number" };
        match (list.skips, list.first) {
            (true, 0) => format!("{what}, or Enter to skip."),
            (_, first) => format!("{what}, or Enter for “{}”.", clean_line(&list.lines[first])),
        }
    }

    /// By its key; by the beginning of its words as well, where there is but one.
    fn find(&self, typed: &str) -> Option<usize> {
        let typed = typed.trim().to_lowercase();
        let is_key = |key: &str| key.to_lowercase() == typed;
        let found = self.all.iter().find(|(key, _, _)| is_key(key)).map(|(_, at, _)| *at);
        found.or_else(|| {
            let begins = |line: &&str| line.to_lowercase().starts_with(&typed);
            let mut all = self.all.iter().filter(|(_, _, line)| begins(line));
            all.next().filter(|_| all.next().is_none()).map(|(_, at, _)| *at)
        })
    }
}

/// The words of a scale's line, without its number.
fn words(line: &str, has_keys: bool) -> String {
    let words =
        if has_keys { line.split_once("  ").map_or(line, |(_, words)| words) } else { line };
    clean_line(words.trim_end_matches('.'))
}

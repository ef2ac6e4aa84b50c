//! Several marks in plain lines: numbers of lines, or words of one's own.

use crate::error::Result;

use super::Screen;
use super::linear::{answer, print_numbered, say, say_chosen};
use super::mark_prompt::MarkPrompt;

/// Asks until what is typed can be marked; nothing typed leaves the marks as they are.
pub(super) fn mark(prompt: &mut MarkPrompt, screen: &Screen) -> Result<Option<()>> {
    print_numbered(&prompt.lines, screen);
    loop {
        say(&how_to_mark(prompt), screen);
        let Some(typed) = answer(screen)? else { return Ok(None) };
        if let Err(refusal) = take_marks(prompt, &typed) {
            screen.line(&refusal);
            continue;
        }
        if prompt.marks.is_empty() {
            screen.line("Skipped.");
        } else {
            say_chosen(&names(prompt), screen);
        }
        return Ok(Some(()));
    }
}

/// What is marked, in words.
fn names(prompt: &MarkPrompt) -> String {
    let marked = prompt.marks.iter().map(|at| prompt.lines[*at].text.as_str());
    marked.collect::<Vec<_>>().join("; ")
}

fn how_to_mark(prompt: &MarkPrompt) -> String {
    let words = if prompt.other().is_some() { ", or your own words" } else { "" };
    if prompt.marks.is_empty() {
        format!("Type numbers with spaces between{words}, or Enter to skip.")
    } else {
        let them = if prompt.marks.len() == 1 { "it" } else { "them" };
        format!("Now: {}. Press Enter to keep {them}, or type numbers{words}.", names(prompt))
    }
}

/// Marks the lines of these numbers, or what the words say, in the place of what was marked.
/// Nothing typed leaves it as it is.
///
/// # Errors
/// What is said where it is neither.
fn take_marks(prompt: &mut MarkPrompt, typed: &str) -> std::result::Result<(), String> {
    let words: Vec<&str> = typed.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return Ok(());
    }
    let before = std::mem::take(&mut prompt.marks);
    let taken = if words.iter().all(|word| is_number(word)) {
        take_numbers(prompt, &words)
    } else {
        take_words(prompt, typed)
    };
    taken.inspect_err(|_| prompt.marks = before)
}

fn take_numbers(prompt: &mut MarkPrompt, words: &[&str]) -> std::result::Result<(), String> {
    let marks: Option<Vec<usize>> = words.iter().map(|word| line_numbered(prompt, word)).collect();
    let Some(marks) = marks else {
        return Err("Those aren't all numbers from the list.".to_owned());
    };
    if let Some(alone) = prompt.clash(&marks) {
        return Err(format!("“{alone}” can't be combined with anything else."));
    }
    let is_few = marks.iter().all(|line| prompt.mark(*line));
    if is_few { Ok(()) } else { Err(at_most(prompt)) }
}

/// Words of one's own, with numbers and labels of lines among their commas.
fn take_words(prompt: &mut MarkPrompt, typed: &str) -> std::result::Result<(), String> {
    let has_number = typed.split(',').any(|part| line_numbered(prompt, part).is_some());
    let is_taken = if has_number {
        typed.split(',').map(str::trim).filter(|part| !part.is_empty()).all(|part| {
            match line_numbered(prompt, part) {
                Some(line) => prompt.mark(line),
                None => prompt.add_words(part),
            }
        })
    } else {
        prompt.add_words(typed)
    };
    if is_taken {
        return Ok(());
    }
    Err(match prompt.other() {
        Some(_) => at_most(prompt),
        None => "Those aren't all numbers from the list.".to_owned(),
    })
}

fn line_numbered(prompt: &MarkPrompt, word: &str) -> Option<usize> {
    let place = word.trim().parse::<usize>().ok()?.checked_sub(1);
    place.filter(|at| *at < prompt.lines.len())
}

pub(super) fn is_number(word: &str) -> bool {
    word.trim().parse::<usize>().is_ok()
}

fn at_most(prompt: &MarkPrompt) -> String {
    format!("At most {}.", prompt.most)
}

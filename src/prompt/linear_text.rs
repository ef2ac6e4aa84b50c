//! A text in plain lines: one, or many. A line that was typed can't be changed, so what stands
//! there already is kept, replaced, or added to.

use zeroize::Zeroizing;

use crate::error::Result;

use super::Screen;
use super::line_keys::{LineEnd, read_line};
use super::linear::{print_numbered, say, say_chosen};
use super::linear_marks::is_number;
use super::prompter::TextEnd;
use super::text_input::TextPrompt;

/// Asks for it, below what stands there already.
pub(super) fn text(prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
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

fn one_line(prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
    let how = match (prompt.suggestions.is_empty(), prompt.text.trim().is_empty()) {
        (true, true) => "Type it, or Enter to skip.",
        (false, true) => "Type it, or the number of one of these, or Enter to skip.",
        (_, false) => "Press Enter to keep it, or type something else.",
    };
    loop {
        say(how, screen);
        screen.terminal.echo("> ");
        let typed = match read_line(Some(""), false, screen)? {
            LineEnd::Esc(line) => {
                if !line.trim().is_empty() {
                    prompt.text = line;
                }
                screen.rescue().note_typed(prompt.text.clone());
                return Ok(TextEnd::Esc);
            }
            LineEnd::Command => {
                // What was typed for the menu is no answer.
                screen.rescue().note_typed(prompt.text.clone());
                return Ok(TextEnd::Esc);
            }
            LineEnd::End => Zeroizing::default(),
            LineEnd::Line(line) | LineEnd::Editor(line) | LineEnd::Pasted(line) => line,
        };
        let number = typed.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        if let Some(suggestion) = number.and_then(|at| prompt.suggestions.get(at)) {
            prompt.text = Zeroizing::new(suggestion.text.clone());
            say_chosen(&suggestion.text, screen);
        } else if is_number(&typed) && !prompt.suggestions.is_empty() {
            let number = typed.trim();
            say(
                &format!(
                    "There's no {number} in the list. If you mean the number itself, add a word to it."
                ),
                screen,
            );
            continue;
        } else if !typed.trim().is_empty() {
            prompt.text = typed;
        } else if prompt.text.trim().is_empty() {
            screen.line("Skipped.");
        }
        return Ok(TextEnd::Done);
    }
}

/// Lines until a full stop alone; they go below what stands there, which an empty line at once
/// leaves as it is.
fn long(prompt: &mut TextPrompt, screen: &Screen) -> Result<TextEnd> {
    let how = if prompt.text.trim().is_empty() {
        "Type as many lines as you like, or Enter to skip. A full stop alone on a line ends it."
    } else {
        "Press Enter to keep it. What you type goes below it, as many lines as you like. A full stop alone on a line ends it. Ctrl-O opens it all in your editor."
    };
    say(how, screen);
    let mut is_first = true;
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
            LineEnd::Line(line)
                if line.trim().is_empty() && (is_first || prompt.text.is_empty()) =>
            {
                if prompt.text.trim().is_empty() {
                    screen.line("Skipped.");
                }
                return Ok(TextEnd::Done);
            }
            LineEnd::Command => {
                screen.rescue().note_typed(prompt.text.clone());
                return Ok(TextEnd::Esc);
            }
            LineEnd::Line(line) | LineEnd::Pasted(line) => line,
        };
        is_first = false;
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

//! The user's pager, kept from writing down what it shows.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::error::Result;
use crate::render::clean_page;

use super::Terminal;

/// less's options. R: our colours. F: as if it were not there for a short text. X: what it
/// showed last stays, with the ids that the next command needs. Ps: the prompt, up to `$`, as
/// a colon alone doesn't say how to leave. Other programs that read this variable may take
/// capitals in it for options.
const LESS: &str = r"FRXPs?eend:space\: next page., q\: back$";

impl Terminal {
    /// Data that may be long: through the pager where it does not fit.
    pub fn print_paged(&self, text: &str) -> Result<()> {
        // Where there is no terminal, asking for its size would run a program.
        let long = self.output_is_terminal() && text.lines().count() >= self.height();
        // A pager moves the cursor; in plain lines one runs only where it was asked for.
        let long = long && !(self.accessible && self.pager.is_none());
        if long && show(self, &clean_page(text))? { Ok(()) } else { self.print(text) }
    }

    /// A manual page, by the system's own formatter, which pages it. Is there one?
    pub fn show_manual(&self, source: &str) -> Result<bool> {
        let formatters: [&[&str]; 2] = [&["mandoc", "-a"], &["man", "-l", "-"]];
        for words in formatters {
            if pipe_into(self, words, source)? == Some(true) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Shows a text; `false` where there is no pager to show it with.
fn show(terminal: &Terminal, text: &str) -> Result<bool> {
    let command = terminal.pager.as_deref().unwrap_or("less");
    let words = shell_words::split(command).unwrap_or_default();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // Whoever leaves the pager early has read enough, whatever its exit status.
    Ok(pipe_into(terminal, &words, text)?.is_some())
}

/// Runs a program on a text; how it ended, or nothing where there is no such program.
fn pipe_into(terminal: &Terminal, words: &[&str], text: &str) -> Result<Option<bool>> {
    let Some((program, arguments)) = words.split_first() else { return Ok(None) };
    let spawned = Command::new(program)
        .args(arguments)
        .env("LESS", LESS)
        // What we write is UTF-8, whatever the locale.
        .env("LESSCHARSET", "utf-8")
        // less would keep searches in a file, and could save or edit the text.
        .env("LESSHISTFILE", "-")
        .env("LESSSECURE", "1")
        .stdin(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else { return Ok(None) };
    let mut ended = false;
    terminal.lend(|| {
        if let Some(mut input) = child.stdin.take() {
            let _ = input.write_all(text.as_bytes());
        }
        ended = child.wait().is_ok_and(|status| status.success());
    });
    Ok(Some(ended))
}

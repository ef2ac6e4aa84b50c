//! Answers in one's own words: a line, or many. What was typed is never lost to
//! a key: Esc asks first, and Ctrl-C leaves it to the draft.

use std::sync::{Arc, Mutex};

use inquire::autocompletion::Replacement;
use inquire::{Autocomplete, CustomUserError, InquireError, Text};

use crate::error::Result;
use crate::practice::PracticeError;
use crate::practice::{Question, Suggestion};
use crate::render::{clean, clean_line};

use super::choices::{look, stopped};
use super::question_input::Input;
use super::{Screen, editor};

/// Text on a line, with suggestions below that match what is typed.
pub(super) fn one_line(
    question: &Question,
    before: Option<&str>,
    suggestions: &[Suggestion],
    screen: &Screen,
) -> Result<Input> {
    let help = screen.hint(match suggestions {
        [] => &["Enter to go on, empty to skip", "Enter to go on"],
        _ => &[
            "your own words, or ↓ for one of these; Enter to go on, empty to skip",
            "↓ for some; empty to skip; Enter to go on",
            "↓ for some; Enter to go on",
            "Enter to go on",
        ],
    });
    // Some of them are made of earlier entries.
    let offered = suggestions.iter().map(|s| clean_line(&s.say)).collect();
    let typing = TextSuggestions { text: screen.typed_text(), offered, editor: false };
    let shown = clean(before.unwrap_or_default()).into_owned();
    let mut text = shown.clone();
    loop {
        let answer = match typed(&text, &help, &typing, screen)? {
            TextInput::Words(answer) => answer,
            TextInput::Esc | TextInput::Editor => return Ok(Input::Esc(typing.text())),
        };
        match question.read(unless_same(&answer, &shown, before)) {
            Err(error) if matches!(error.of(), Some(PracticeError::BadAnswer { .. })) => {
                screen.line(&screen.page().wrap(&clean_line(&error.hint()), ""));
                text = answer;
            }
            read => return read.map(Input::Answer),
        }
    }
}

/// Many lines. Tab opens the user's editor on what is typed so far.
pub(super) fn long(question: &Question, before: &str, screen: &Screen) -> Result<Input> {
    let keys = [
        "Enter to go on, empty to skip; Alt+Enter for a new line",
        "Enter to go on, empty to skip",
        "Enter to go on",
    ];
    let editor = editor::name(screen.terminal);
    let tab = editor.map(|name| format!(", Tab for {name}")).unwrap_or_default();
    let hints = keys.map(|keys| format!("{keys}{tab}"));
    let help = screen.hint(&hints.each_ref().map(String::as_str));
    let typing = TextSuggestions { text: screen.typed_text(), offered: Vec::new(), editor: true };
    let shown = clean(before).into_owned();
    let mut text = shown.clone();
    loop {
        match typed(&text, &help, &typing, screen)? {
            TextInput::Editor => match editor::edit(&typing.text(), screen)? {
                Some(edited) => {
                    let lines = edited.trim().lines().count();
                    screen.line(&screen.page().quiet(&match lines {
                        1 => "One line from the editor.".to_owned(),
                        lines => format!("{lines} lines from the editor."),
                    }));
                    return question.read(&edited).map(Input::Answer);
                }
                None => text = typing.text(),
            },
            TextInput::Esc => return Ok(Input::Esc(typing.text())),
            TextInput::Words(answer) => {
                let answer = unless_same(&answer, &shown, Some(before));
                return question.read(answer).map(Input::Answer);
            }
        }
    }
}

/// How the typing of an answer ends.
enum TextInput {
    Words(String),
    Esc,
    /// The rest is to be written in the editor.
    Editor,
}

/// Reads the words.
fn typed(text: &str, help: &str, typing: &TextSuggestions, screen: &Screen) -> Result<TextInput> {
    let answer = Text::new("")
        .with_initial_value(text)
        .with_help_message(help)
        .with_autocomplete(typing.clone())
        .with_render_config(look(screen.page().colour))
        .prompt();
    match answer {
        Ok(answer) => Ok(TextInput::Words(answer)),
        Err(InquireError::OperationCanceled) => Ok(TextInput::Esc),
        Err(InquireError::Custom(asked)) if asked.is::<OpenEditor>() => Ok(TextInput::Editor),
        Err(other) => Err(stopped(other)),
    }
}

/// What stood there is shown without its control characters; left as it is
/// shown, it stays what it was.
fn unless_same<'a>(answer: &'a str, shown: &str, before: Option<&'a str>) -> &'a str {
    before.filter(|_| answer == shown).unwrap_or(answer)
}

/// Sees every key: what is typed so far, for whatever ends the prompt; the
/// suggestions that match it; and Tab, which in a long answer asks for the
/// editor.
#[derive(Clone)]
struct TextSuggestions {
    text: Arc<Mutex<String>>,
    offered: Vec<String>,
    editor: bool,
}

impl TextSuggestions {
    fn text(&self) -> String {
        self.text.lock().map(|text| text.clone()).unwrap_or_default()
    }
}

#[derive(Debug)]
struct OpenEditor;

impl std::fmt::Display for OpenEditor {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("the editor was asked for")
    }
}

impl std::error::Error for OpenEditor {}

impl Autocomplete for TextSuggestions {
    fn get_suggestions(
        &mut self,
        typed: &str,
    ) -> std::result::Result<Vec<String>, CustomUserError> {
        if let Ok(mut text) = self.text.lock() {
            typed.clone_into(&mut text);
        }
        let typed = typed.to_lowercase();
        let fits = |s: &&String| s.to_lowercase().contains(&typed) && **s != typed;
        Ok(self.offered.iter().filter(fits).cloned().collect())
    }

    fn get_completion(
        &mut self,
        _: &str,
        suggestion: Option<String>,
    ) -> std::result::Result<Replacement, CustomUserError> {
        if self.editor { Err(Box::new(OpenEditor)) } else { Ok(suggestion) }
    }
}

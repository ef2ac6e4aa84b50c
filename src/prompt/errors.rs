//! What could not be asked, or not be read as answers.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use std::path::PathBuf;

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum AskError {
    Terminal {
        why: String,
    },
    NeedsTerminal {
        doing: &'static str,
        instead: String,
    },
    /// `file` is one of the user's own, where no answer is being written.
    Editor {
        fault: EditorFault,
        file: Option<PathBuf>,
    },
    PassphraseCommand {
        command: String,
        why: String,
    },
    AnswersNotJson {
        source: String,
        why: String,
    },
    AnswersNotAnObject {
        source: String,
    },
    PipedTextUnused,
}

/// Why no editor was there.
#[derive(Clone, Debug)]
pub enum EditorFault {
    NoneFound,
    OpenQuote { setting: String },
    Failed { command: String, why: String },
}

impl Failure for AskError {
    fn fact(&self) -> String {
        match self {
            AskError::Terminal { why } => {
                format!("The terminal can't be used for questions ({why}).")
            }
            AskError::NeedsTerminal { doing, .. } => {
                format!("inward can't {doing}: there's no terminal.")
            }
            AskError::Editor { fault, file } => match fault {
                EditorFault::NoneFound => "No editor was found.".into(),
                EditorFault::OpenQuote { setting } => {
                    format!("The editor that's set, {setting}, has a quote that isn't closed.")
                }
                EditorFault::Failed { command, why } => {
                    let of_text = " Your text is as it was before.";
                    let of_text = if file.is_none() { of_text } else { "" };
                    format!("The editor `{command}` failed ({why}).{of_text}")
                }
            },
            AskError::PassphraseCommand { command, why } => {
                format!("The passphrase command `{command}` gave no passphrase ({why}).")
            }
            AskError::AnswersNotJson { source, why } => {
                format!("The answers {source} aren't JSON ({why}).")
            }
            AskError::AnswersNotAnObject { source } => {
                format!("The answers {source} aren't a JSON object.")
            }
            AskError::PipedTextUnused => {
                "There's text on standard input, and nothing reads it.".into()
            }
        }
    }

    fn hint(&self) -> String {
        match self {
            AskError::Terminal { .. } => {
                "Run this in an ordinary terminal, or give the answers as flags; --help shows how."
                    .into()
            }
            AskError::NeedsTerminal { instead, .. } => instead.clone(),
            AskError::Editor { file, .. } => {
                let instead = file.as_ref().map_or("type the answer here".into(), |file| {
                    format!("edit {} yourself", file.display())
                });
                format!("Set VISUAL or EDITOR to one that works, or {instead}.")
            }
            AskError::PassphraseCommand { .. } => {
                "Run it by hand to see why; it must print the passphrase on its first line.".into()
            }
            AskError::AnswersNotJson { .. } => {
                r#"Give one object, such as {"closeness": 3}."#.into()
            }
            AskError::AnswersNotAnObject { .. } => {
                r#"Give one object, such as {"closeness": 3}."#.into()
            }
            AskError::PipedTextUnused => {
                "To keep that text, give - as the only word. To ignore it, add </dev/null.".into()
            }
        }
    }

    fn exit(&self) -> Exit {
        if let AskError::Terminal { .. } | AskError::Editor { .. } = self {
            Exit::CouldNot
        } else if let AskError::PassphraseCommand { .. } = self {
            Exit::Locked
        } else {
            Exit::WrongInput
        }
    }
}

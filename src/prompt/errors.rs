//! What could not be asked, or not be read as answers.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

use crate::error::{Exit, Failure};

#[derive(Debug)]
pub enum AskError {
    Terminal { why: String },
    NeedsTerminal { doing: &'static str, instead: String },
    Editor { command: String, why: String },
    PassphraseCommand { command: String, why: String },
    AnswersNotJson { source: String, why: String },
    AnswersNotAnObject { source: String },
    PipedTextUnused,
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
            AskError::Editor { command, why } => {
                format!("The editor `{command}` failed ({why}). Your text is as it was before.")
            }
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
            AskError::Editor { .. } => {
                "Set VISUAL or EDITOR to one that works, or type the answer here.".into()
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

//! What an age plugin says and asks while it opens an entry: to plug a key in,
//! to touch it, its PIN.

use std::io::Write;

use inquire::{Confirm, Text};
use secrecy::SecretString;

use crate::render::clean_line;
use crate::seal::PluginCallbacks;

use super::password_input::hidden_plainly;

/// On the terminal, where there is one.
pub const TALK: PluginCallbacks = PluginCallbacks { say, confirm, public, secret };

fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{}", clean_line(message));
}

fn confirm(message: &str, yes: &str, no: Option<&str>) -> Option<bool> {
    let help = format!("y: {}, n: {}", clean_line(yes), clean_line(no.unwrap_or("no")));
    Confirm::new(&clean_line(message)).with_help_message(&help).prompt().ok()
}

fn public(message: &str) -> Option<String> {
    Text::new(&clean_line(message)).prompt().ok()
}

fn secret(message: &str) -> Option<SecretString> {
    hidden_plainly(&clean_line(message)).ok()
}

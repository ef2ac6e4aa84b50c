//! `key`: the identity that opens the journal, and the recipients it is sealed to.

mod backup;
mod passphrase;
mod recipients;
mod show;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use crate::app::{App, Candidates, JsonArg, VerbArgs, key_document, line};
use crate::error::{Exit, Result};

/// Show, back up or change the key; add a device
///
/// `add` and `remove` change who can read: another device, or another person. `rotate` makes a
/// new key. All three encrypt every entry again; if that is interrupted, `reseal` continues it.
/// Copies elsewhere, in backups and with a sync tool, stay readable with the old keys.
#[derive(Args)]
pub struct KeyArgs {
    #[command(flatten)]
    output: JsonArg,
    #[command(subcommand)]
    action: Option<KeyAction>,
}

#[derive(Subcommand)]
enum KeyAction {
    /// Show what opens the journal, and who can read it (the default)
    Show {
        #[command(flatten)]
        output: JsonArg,
    },
    /// Write a copy of the key to keep elsewhere; without FILE, show it on the terminal
    Backup(BackupArgs),
    /// Change the passphrase, or give the key one
    Passphrase {
        /// Remove the passphrase
        #[arg(long)]
        remove: bool,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Let another device or person read the journal, by encrypting every entry to them, too
    Add(AddArgs),
    /// Remove a recipient, and encrypt every entry again without it
    Remove {
        /// The recipient, the start of it, or its name
        #[arg(value_name = "RECIPIENT", required = true, add = Candidates::Recipient)]
        recipient: Vec<String>,
        #[command(flatten)]
        leave: LeaveArg,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Make a new key, and encrypt every entry to it
    Rotate {
        #[command(flatten)]
        leave: LeaveArg,
        #[command(flatten)]
        output: JsonArg,
    },
    /// Continue an interrupted change of keys, or encrypt everything once more
    Reseal {
        #[command(flatten)]
        leave: LeaveArg,
        #[command(flatten)]
        output: JsonArg,
    },
}

#[derive(Args)]
struct BackupArgs {
    /// Where to write it; - is standard output
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    file: Option<PathBuf>,
    /// Write a page to print, with a QR code to scan
    #[arg(long, value_name = "FILE.svg", value_hint = ValueHint::AnyPath)]
    page: Option<PathBuf>,
    /// Check that an earlier copy still opens, and can read an entry
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath,
          conflicts_with_all = ["file", "page"])]
    check: Option<PathBuf>,
    #[command(flatten)]
    output: JsonArg,
}

#[derive(Args)]
struct AddArgs {
    /// An age, SSH or plugin recipient, or a file of them
    #[arg(value_name = "RECIPIENT|FILE", required = true, value_hint = ValueHint::FilePath)]
    recipient: Vec<String>,
    /// A name for it in the list
    #[arg(long, value_name = "NAME", value_parser = line)]
    name: Option<String>,
    #[command(flatten)]
    output: JsonArg,
}

#[derive(Args)]
struct LeaveArg {
    /// Continue without the files that can't be opened
    #[arg(long)]
    leave: bool,
}

impl VerbArgs for KeyArgs {
    fn run(self, app: &App) -> Result<Exit> {
        let show = KeyAction::Show { output: self.output };
        let (exit, output) = match self.action.unwrap_or(show) {
            KeyAction::Show { output } => return show::run(app, output.json),
            KeyAction::Backup(args) => return backup::run(app, args),
            KeyAction::Passphrase { remove, output } => (passphrase::run(app, remove)?, output),
            KeyAction::Add(args) => (recipients::add(app, &args)?, args.output),
            KeyAction::Remove { recipient, leave, output } => {
                (recipients::remove(app, &recipient.join(" "), leave.leave)?, output)
            }
            KeyAction::Rotate { leave, output } => (recipients::rotate(app, leave.leave)?, output),
            KeyAction::Reseal { leave, output } => (recipients::reseal(app, leave.leave)?, output),
        };
        if output.json {
            app.terminal.print_change(&key_document(app)?)?;
        }
        Ok(exit)
    }
}

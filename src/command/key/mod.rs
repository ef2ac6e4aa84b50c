//! `key`: what opens the journal, and to whom it is sealed.

mod backup;
mod passphrase;
mod recipients;
mod show;

use crate::error::{Exit, Result};

use super::given::JSON;
use super::{Arg, Context, Given, Takes, Verb};

pub const VERB: Verb = Verb {
    name: "key",
    about: "The key: show, back up, change its passphrase, add a device",
    details: "`show` says what opens the journal and to whom entries are sealed. `backup FILE` writes a copy of the key to keep elsewhere; alone, it shows one on the terminal, and --page FILE.svg makes a page to print. `passphrase` changes the passphrase, or gives the key one; with --remove it takes it away. `add RECIPIENT` and `remove RECIPIENT` change who can read: another device, another person. `rotate` makes a new key. After these three, every entry is sealed anew; `reseal` goes on where that was interrupted, or does it once more. Copies that lie elsewhere, in backups and with a sync service, stay readable with the keys that they were sealed to.",
    args: &[
        Arg::new(
            "action",
            Takes::WordOf(
                "ACTION",
                &["show", "backup", "passphrase", "add", "remove", "rotate", "reseal"],
                false,
            ),
            "show (the default), backup, passphrase, add, remove, rotate or reseal",
        ),
        Arg::new(
            "value",
            Takes::Words("RECIPIENT|FILE", 0),
            "add, remove: an age, SSH or plugin recipient, a file of them, or a name; backup: a file",
        ),
        Arg::new("name", Takes::One("NAME"), "add: whose it is, for you to read in the list"),
        Arg::new("page", Takes::One("FILE.svg"), "backup: a page to print, with a code to scan"),
        Arg::new("remove", Takes::Nothing, "passphrase: leave the key without one"),
        Arg::new(
            "leave",
            Takes::Nothing,
            "remove, rotate, reseal: leave files that cannot be opened as they are",
        ),
        JSON,
    ],
    query: false,
    run,
};

fn run(context: &Context, given: &Given) -> Result<Exit> {
    match given.one("action") {
        Some("backup") => backup::run(context, given),
        Some("passphrase") => passphrase::run(context, given),
        Some("add") => recipients::add(context, given),
        Some("remove") => recipients::remove(context, given),
        Some("rotate") => recipients::rotate(context, given),
        Some("reseal") => recipients::reseal(context, given),
        _ => show::run(context, given),
    }
}

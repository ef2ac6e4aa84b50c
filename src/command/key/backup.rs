//! `key backup`: a copy of the key to keep elsewhere, opened again to check it.

use std::path::Path;

use serde_json::json;
use zeroize::Zeroizing;

use crate::app::{App, CommandError};
use crate::disk;
use crate::disk::DiskError;
use crate::error::{Exit, Result};
use crate::keys::KeyError;
use crate::prompt::read_through;
use crate::query::Query;
use crate::render::{self, clean, document};
use crate::seal::Damage;

use super::BackupArgs;

const FOR_A_COPY: &str =
    "A backup opens only with your passphrase, so inward checks that you still know it.";

pub fn run(app: &App, args: BackupArgs) -> Result<Exit> {
    if let Some(copy) = &args.check {
        return check(app, copy, args.output.json);
    }
    let (keys, terminal) = (app.keys(), &app.terminal);
    let page = args.page.as_deref();
    let plainly = args.file.as_deref() == Some(Path::new("-"));
    let copy = args.file.as_deref().filter(|_| !plainly);
    if let Some(path) = page.filter(|path| path.extension().is_none_or(|end| end != "svg")) {
        return Err(CommandError::BadKeyPage { path: path.to_owned() }.into());
    }
    for path in [page, copy].into_iter().flatten() {
        check_place(path, &app.config.paths.journal)?;
    }
    let is_shown = copy.is_none() && page.is_none();
    if args.output.json && is_shown && !plainly && terminal.output_is_terminal() {
        return Err(KeyError::ScrolledBack.into());
    }
    let file = keys.identity_file();
    // Ask for the passphrase even while unlocked: a copy is no use to someone who has
    // forgotten it.
    let mut passphrase_prompt = app.passphrase_source_for(&file, FOR_A_COPY)?;
    let own = keys.open_own_key("back it up", &mut passphrase_prompt)?;
    drop(passphrase_prompt);
    let text = keys.backup(&own)?;
    if let Some(path) = copy {
        write_new(path, &text)?;
        if !keys.is_backup(path, &own) {
            return Err(KeyError::NotVerified { path: path.to_owned() }.into());
        }
        terminal.say("Key copied, and the copy checked.");
    }
    if let Some(path) = page {
        let page = render::key_page(&text, own.has_passphrase(), app.clock());
        let page = Zeroizing::new(page.ok_or(CommandError::KeyPageTooFull)?);
        write_new(path, &page)?;
        let name = path.display().to_string();
        terminal
            .say(&format!("The page is ready: open {} in a browser and print it.", clean(&name)));
    }
    if args.output.json {
        let path = |path: Option<&Path>| path.map(|path| path.to_string_lossy().into_owned());
        let copied = json!({ "file": path(copy), "page": path(page),
                             "key": is_shown.then_some(&*text),
                             "passphrase": own.has_passphrase() });
        let printed = Zeroizing::new(document(json!({ "copied": copied })));
        terminal.print_outcome(&printed, !is_shown)?;
    } else if is_shown {
        show(app, &text, plainly)?;
    }
    let protected = if own.has_passphrase() {
        "It opens with the key's current passphrase."
    } else {
        "It has no passphrase: anyone who finds it can read the journal."
    };
    terminal.say(&format!(
        "Keep it where it won't get lost. {protected} `inward init --identity FILE` restores it."
    ));
    Ok(Exit::Done)
}

/// Opens a copy with its own passphrase, and then an entry with the key in it; without an
/// entry, compares that with the list of recipients.
fn check(app: &App, copy: &Path, in_json: bool) -> Result<Exit> {
    let (keys, terminal) = (app.keys(), &app.terminal);
    let backup = keys.open_backup(copy, &mut app.passphrase_source(copy)?)?;
    // Whether it opens the journal, only an entry shows.
    terminal.say(if backup.has_passphrase() {
        "This copy opens with its passphrase."
    } else {
        "This copy has no passphrase: anyone who finds it can use it."
    });
    let newest = Query { last: Some(1), ..Query::everything() };
    let results = app.journal().find(&newest, &backup.identity, app.clock())?;
    if results.damaged.iter().any(|damaged| damaged.why == Damage::SealedToAnother) {
        return Err(KeyError::OldCopy { path: copy.to_owned() }.into());
    }
    if results.entries.is_empty() && keys.is_foreign(&backup) {
        return Err(KeyError::CopyDoesNotFit { path: copy.to_owned() }.into());
    }
    terminal.say(&match results.entries.first() {
        Some(newest) => {
            format!("It opens the newest entry, {}.", app.moment_words(newest.entry.at))
        }
        None => "There's no entry yet to try it on.".to_owned(),
    });
    if in_json {
        let newest = results.entries.first().map(|stored| &stored.entry);
        let opened = newest
            .map(|entry| json!({ "id": entry.id, "practice": entry.practice, "at": entry.at }));
        let checked = json!({ "file": copy.to_string_lossy(),
                              "passphrase": backup.has_passphrase(), "opened": opened });
        terminal.print(&document(json!({ "checked": checked })))?;
    }
    Ok(app.finish(&results.damaged, Exit::Done))
}

/// Checks, before asking for the passphrase, that the file can be written.
fn check_place(path: &Path, journal: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(CommandError::CopyExists { path: path.to_owned() }.into());
    }
    disk::file_name(path)?;
    if disk::is_within(path, journal) {
        return Err(CommandError::CopyInTheJournal { path: path.to_owned() }.into());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder.filter(|folder| !folder.is_dir()) {
        Some(folder) if !folder.exists() => {
            Err(DiskError::io("write", path)(rustix::io::Errno::NOENT.into()))
        }
        Some(folder) => Err(DiskError::FolderExpected { path: folder.to_owned() }.into()),
        None => Ok(()),
    }
}

/// Writes a copy. Where a file took its name meanwhile, that stays: there's no flag to replace
/// it with.
fn write_new(path: &Path, text: &str) -> Result<()> {
    disk::write(path, text.as_bytes(), false).map_err(|error| {
        let Some(DiskError::FileExists { path }) = error.of() else { return error };
        CommandError::CopyExists { path: path.clone() }.into()
    })
}

/// Shows the key: on a terminal, without leaving it in the scrollback; in a script, for the
/// next command.
fn show(app: &App, text: &str, plainly: bool) -> Result<()> {
    let terminal = &app.terminal;
    if plainly || !terminal.output_is_terminal() || !terminal.can_ask() {
        return terminal.print(text);
    }
    let columns = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
    // A line that is broken at the edge is copied as two, and opens nothing.
    if columns > terminal.page().width {
        return Err(CommandError::NarrowWindow { columns }.into());
    }
    let screen = terminal.screen()?;
    read_through(text, &screen)?;
    read_through(&render::key_code(text, &screen.page(), terminal.height()), &screen).map(|_| ())
}

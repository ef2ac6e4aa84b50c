//! `key add`, `key remove`, `key rotate`: to whom entries are sealed, and then
//! every entry sealed anew. What is to be done is noted before it begins, so
//! that whatever interrupts it, the next run goes on.

use crate::ask::Bar;
use crate::error::{Error, Exit, KeyFault, Result};
use crate::journal::Pending;
use crate::keys::List;
use crate::seal::{Identity, Recipient, Recipients};

use super::super::{Context, Given};

const ROTATE: &str = "rotate";
const REMOVE: &str = "remove";
const ELSEWHERE: &str = "Copies that lie elsewhere stay readable with that key.";

pub fn add(context: &Context, given: &Given) -> Result<Exit> {
    let keys = context.keys();
    let name = given.one("name").map(one_line).transpose()?;
    let lines = named_keys(given)?;
    let _held = keys.hold_changes()?;
    let identity = context.unlock()?;
    finish_earlier(context, &identity)?;
    let mut list = keys.list()?;
    let mut new = false;
    for line in &lines {
        // What an SSH key ends with says whose it is.
        let key = Recipient::parse(line).map_or(line.clone(), |key| key.text().to_owned());
        let comment = line.strip_prefix(&key).map(str::trim).filter(|rest| !rest.is_empty());
        new |= list.add(&key, name.as_deref().or(comment));
    }
    if !new {
        context.terminal.say("Entries are sealed to that key already.");
        return Ok(Exit::Done);
    }
    context
        .terminal
        .say("Whoever holds that key can read everything here, from the first entry on.");
    change("add", context, &identity, &list)
}

pub fn remove(context: &Context, given: &Given) -> Result<Exit> {
    let keys = context.keys();
    let meant = given.all("value").join(" ");
    let _held = keys.hold_changes()?;
    let named = keys.list()?.meant(&meant);
    if Pending::read(&context.config.paths.state).is_none() {
        // Before a passphrase is asked for.
        named?;
    }
    let identity = context.unlock()?;
    let earlier = finish_earlier(context, &identity)?;
    let mut list = keys.list()?;
    let gone = match list.meant(&meant) {
        // It was this one that was interrupted.
        Err(_) if earlier.is_some_and(|earlier| earlier.of == REMOVE) => {
            context.terminal.say(ELSEWHERE);
            return Ok(Exit::Done);
        }
        gone => gone?,
    };
    list.remove(&gone.key);
    if !identity.fits(&list.recipients("recipients.txt")?) {
        return Err(Error::Key(KeyFault::OwnRecipient));
    }
    change(REMOVE, context, &identity, &list)?;
    context.terminal.say(ELSEWHERE);
    Ok(Exit::Done)
}

pub fn rotate(context: &Context) -> Result<Exit> {
    let keys = context.keys();
    let _held = keys.hold_changes()?;
    let file = keys.identity_file();
    let own = keys.own("rotate", &mut context.asking(&file)?)?;
    if finish_earlier(context, &own.identity)?.is_some_and(|earlier| earlier.of == ROTATE) {
        return after_rotation(context, &own.identity);
    }
    refuse_what_cannot_be_opened(context, &own.identity)?;
    let (identity, list) = keys.rotate(own)?;
    change(ROTATE, context, &identity, &list)?;
    after_rotation(context, &identity)
}

fn after_rotation(context: &Context, identity: &Identity) -> Result<Exit> {
    context.terminal.say("Make a new backup: the one that you have holds the old key alone. Copies of entries that lie elsewhere stay readable with it.");
    let several = context.keys().list()?.rows().len() > 1;
    if let ([new, old, ..], true) = (identity.recipients().as_slice(), several) {
        context.terminal.say("The other devices seal to the old key still. On each of them, run:");
        context
            .terminal
            .say_as_it_is(&format!("  inward key add {new}\n  inward key remove {old}"));
    }
    Ok(Exit::Done)
}

/// Seals everything anew to the recipients that there are, or goes on with it.
pub fn reseal(context: &Context) -> Result<Exit> {
    let keys = context.keys();
    let _held = keys.hold_changes()?;
    let identity = context.unlock()?;
    if finish_earlier(context, &identity)?.is_some() {
        return Ok(Exit::Done);
    }
    change("reseal", context, &identity, &keys.list()?)
}

/// The keys on the command line: one, or those in a file.
fn named_keys(given: &Given) -> Result<Vec<String>> {
    let text = given.all("value").join(" ");
    if text.is_empty() {
        return Err(Error::MissingArgument { wanted: Some("The recipient".into()) });
    }
    let named = Recipients::parse(&text, "the command line");
    let file = std::path::Path::new(&text);
    if named.is_ok() || !file.is_file() {
        return named.map(|_| vec![text]);
    }
    let lines = std::fs::read_to_string(file).map_err(Error::disk("read", file))?;
    Recipients::parse(&lines, &text)?;
    let keys = lines.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    Ok(keys.map(str::to_owned).collect())
}

fn one_line(name: &str) -> Result<String> {
    let name = name.trim();
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Error::Key(KeyFault::BadName { given: name.to_owned() }));
    }
    Ok(name.to_owned())
}

/// Nothing starts if something could be left behind.
fn refuse_what_cannot_be_opened(context: &Context, identity: &Identity) -> Result<()> {
    let damaged = context.journal().damaged(identity)?;
    if damaged.is_empty() {
        return Ok(());
    }
    context.finish(&damaged, Exit::SomeDamaged);
    Err(Error::Key(KeyFault::CannotOpenAll { damaged: damaged.len() }))
}

/// Makes this the list, and seals everything to it.
fn change(of: &str, context: &Context, identity: &Identity, list: &List) -> Result<Exit> {
    list.recipients("the new list")?.check()?;
    refuse_what_cannot_be_opened(context, identity)?;
    let before = context.keys().list()?.text();
    let pending = Pending::all(of, &context.journal(), before, list.text())?;
    pending.write(&context.config.paths.state)?;
    go_on(context, identity, &pending)
}

/// Ends a change that was interrupted, and tells which.
fn finish_earlier(context: &Context, identity: &Identity) -> Result<Option<Pending>> {
    let state = &context.config.paths.state;
    let Some(mut pending) = Pending::read(state) else { return Ok(None) };
    context.terminal.say("An earlier change of keys was interrupted; going on with it.");
    if context.keys().list()?.text() != pending.recipients {
        // It came no further than its note: what was kept since then is sealed
        // to another list as well.
        let Pending { of, before, recipients, .. } = pending;
        pending = Pending::all(&of, &context.journal(), before, recipients)?;
        pending.write(state)?;
    }
    go_on(context, identity, &pending)?;
    Ok(Some(pending))
}

fn go_on(context: &Context, identity: &Identity, pending: &Pending) -> Result<Exit> {
    let keys = context.keys();
    let mut list = keys.list()?;
    // A list that was edited by hand meanwhile is what its owner wants.
    if list.text() == pending.before {
        list = List::read(&pending.recipients);
    }
    let recipients = list.recipients("the new list")?;
    // Sealed to nobody who is here, it could not be read back.
    if !identity.fits(&recipients) {
        return Err(Error::IdentityDoesNotFit { identity: keys.identity_file() });
    }
    if keys.list()? != list {
        keys.replace_list(&list)?;
    }
    let bar = Bar::new("Sealing anew");
    let resealed =
        context.journal().reseal(pending, identity, &recipients, &|done, of| bar.at(done, of))?;
    drop(bar);
    if !resealed.damaged.is_empty() {
        context.finish(&resealed.damaged, Exit::SomeDamaged);
        return Err(Error::Key(KeyFault::Unfinished { left: resealed.damaged.len() }));
    }
    Pending::forget(&context.config.paths.state)?;
    // What is held is of the key before.
    keys.lock();
    let entries = match resealed.revisions {
        0 => "There was no entry to seal anew.".to_owned(),
        1 => "1 entry is sealed anew.".to_owned(),
        n => format!("{n} entries are sealed anew."),
    };
    context.terminal.say(&entries);
    Ok(Exit::Done)
}

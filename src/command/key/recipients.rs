//! `key add`, `key remove`, `key rotate`: change the recipients, and then seal every entry
//! again. The plan is noted on disk first, so that `key reseal` can continue after any
//! interruption; a new change replaces an interrupted one.

use crate::app::{App, recipients_text};
use crate::entry::Entry;
use crate::error::{Exit, Result};
use crate::journal::{AttachmentSource, Damaged, KeyChangeKind, Keyring, PendingReseal};
use crate::keys::{KeyError, RecipientRow, RecipientsFile};
use crate::prompt::ProgressBar;
use crate::seal::{Damage, Identity, Recipient, Recipients, argument_label};
use crate::words::plural;

use super::AddArgs;

const FOR_ROTATING: &str = "To replace the key, inward needs your passphrase, even while the journal is unlocked. The new key gets the same one.";

// Of one added key, and of several.
const READS_ALL: [&str; 2] = [
    "Anyone with that key can now read every entry.",
    "Anyone with one of those keys can now read every entry.",
];
const LISTED: [&str; 2] =
    ["Entries are already encrypted to that key.", "Entries are already encrypted to those keys."];
const CONFIRMED: [&str; 2] = [
    "From now on, that key counts as one you know.",
    "From now on, those keys count as ones you know.",
];
const MAY_LACK: [&str; 2] = [
    "Entries from before it was on your list may not be encrypted to it. `inward key reseal` makes sure that all are.",
    "Entries from before they were on your list may not be encrypted to them. `inward key reseal` makes sure that all are.",
];
const ADDED: [&str; 2] = [
    "Your other devices don't encrypt to it until you run this there:",
    "Your other devices don't encrypt to them until you run this there:",
];
const FINISHED: &str = "This finished a rotation that had stopped halfway, with the key it had made. If you hadn't started one, run `inward key rotate` again: it makes a new key.";

const REMOVED: &str = "Your other devices still encrypt to it until you run this there:";

const OPEN_DRAFT: &str = "A draft is open in another window. Its next answer encrypts it again. If that window is closed instead, run `inward key reseal`.";

/// A change of keys under way.
struct KeyChange<'a> {
    of: KeyChangeKind,
    app: &'a App,
    identity: &'a Identity,
    /// Leave files that can't be opened, instead of stopping because of them.
    leave: bool,
}

pub fn add(app: &App, args: &AddArgs) -> Result<Exit> {
    let keys = app.keys();
    let lines = named_keys(&args.recipient.join(" "))?;
    let _held = keys.hold_changes()?;
    let identity = &app.unlock_to_reseal()?;
    let mut list = keys.list()?;
    let before = list.text();
    let (mut new, mut named) = (false, Vec::new());
    for line in &lines {
        // The comment at the end of an SSH key names its owner.
        let key = Recipient::parse(line).map_or(line.clone(), |key| key.text().to_owned());
        if is_replaced(&key, identity, &list) {
            return Err(KeyError::ReplacedRecipient { key }.into());
        }
        let comment = line.strip_prefix(&key).map(str::trim).filter(|rest| !rest.is_empty());
        new |= list.add(&key, args.name.as_deref().or(comment));
        named.push(key);
    }
    let unknown = keys.unconfirmed_recipients(identity)?;
    let words = |[one, several]: [&'static str; 2]| plural(named.len(), one, several);
    // Adding a reader puts files that can't be opened here at no risk.
    let change = KeyChange { of: KeyChangeKind::Add, app, identity, leave: true };
    if new {
        let exit = change.make(before, &list, &named)?;
        app.terminal.say(words(READS_ALL));
        app.name_readers(identity, &named)?;
        app.try_opening(&lines, Some(identity))?;
        say_elsewhere(app, words(ADDED), "add", &lines);
        return Ok(exit);
    }
    keys.confirm_recipients(identity, &named)?;
    let is_unknown = unknown.iter().any(|row| named.contains(&row.key));
    app.terminal.say(if is_unknown { words(CONFIRMED) } else { words(LISTED) });
    match app.pending_reseal()? {
        Some(pending) => change.continue_reseal(&pending, &named),
        None if is_unknown => {
            // Nothing records what was encrypted again since someone added the line.
            app.terminal.say(words(MAY_LACK));
            Ok(Exit::Done)
        }
        None => Ok(Exit::Done),
    }
}

/// Is it a key of one's own that isn't on the list, while a newer one is? A stolen key must not
/// become a reader again by mistake.
fn is_replaced(key: &str, identity: &Identity, list: &RecipientsFile) -> bool {
    let rows = list.rows();
    let is_listed = |key: &str| rows.iter().any(|row| row.key == key);
    // Newest first.
    let own = identity.recipients();
    let mut newer = own.iter().take_while(|own| *own != key);
    own.iter().any(|own| own == key) && !is_listed(key) && newer.any(|own| is_listed(own))
}

pub fn remove(app: &App, meant: &str, leave: bool) -> Result<Exit> {
    let keys = app.keys();
    let _held = keys.hold_changes()?;
    app.refuse_emptied_journal()?;
    let mut list = keys.list()?;
    let before = list.text();
    let row = match (list.find(meant), interrupted_removal(app.pending_reseal()?, meant)) {
        // The interrupted change was this one. What its note says is done may not be.
        (Err(_), Some(row)) => row,
        (row, _) => row?,
    };
    list.remove(&row.key);
    let identity = &app.unlock_to_reseal()?;
    let exit =
        KeyChange { of: KeyChangeKind::Remove, app, identity, leave }.make(before, &list, &[])?;
    app.name_readers(identity, &[])?;
    app.terminal.say("Copies elsewhere stay readable with that key.");
    say_elsewhere(app, REMOVED, "remove", &[row.key]);
    Ok(exit)
}

/// The key that an earlier, interrupted removal took out, if it's the one that is meant.
fn interrupted_removal(earlier: Option<PendingReseal>, meant: &str) -> Option<RecipientRow> {
    let earlier = earlier.filter(|earlier| earlier.of == KeyChangeKind::Remove)?;
    RecipientsFile::read(&earlier.before).find(meant).ok()
}

/// The commands to run on every other device, because lists of recipients aren't synced.
fn say_elsewhere(app: &App, why: &str, action: &str, keys: &[String]) {
    app.terminal.say(why);
    let commands = keys.iter().map(|key| format!("  inward key {action} {key}"));
    app.terminal.say_unwrapped(&commands.collect::<Vec<_>>().join("\n"));
}

pub fn rotate(app: &App, leave: bool) -> Result<Exit> {
    let keys = app.keys();
    let _held = keys.hold_changes()?;
    app.refuse_emptied_journal()?;
    let file = keys.identity_file();
    let mut passphrase_prompt = app.passphrase_source_for(&file, FOR_ROTATING)?;
    let own = keys.open_own_key("replace it", &mut passphrase_prompt)?;
    drop(passphrase_prompt);
    let newest = own.identity.recipients().into_iter().next();
    let change = KeyChange { of: KeyChangeKind::Rotate, app, identity: &own.identity, leave };
    let earlier = app.pending_reseal()?.filter(|it| is_rotation_of(&own.identity, it));
    let (identity, exit) = if let Some(earlier) = earlier {
        let exit = change.continue_reseal(&earlier, &[])?;
        (own.identity, exit)
    } else {
        keys.check_list()?;
        change.refuse_what_does_not_open()?;
        let before = keys.list()?.text();
        let (identity, list) = keys.rotate(own)?;
        let change = KeyChange { of: KeyChangeKind::Rotate, app, identity: &identity, leave: true };
        let exit = change.make(before, &list, &[])?;
        (identity, exit)
    };
    if identity.recipients().into_iter().next() == newest {
        app.terminal.say(FINISHED);
    }
    after_rotation(app, &identity, exit)
}

/// Did a rotation of this key leave the note? The note can be made up, but not the key: its
/// newest takes the place of an earlier one.
fn is_rotation_of(identity: &Identity, note: &PendingReseal) -> bool {
    let lists = |list: &str, key: &String| {
        RecipientsFile::read(list).rows().iter().any(|row| row.key == *key)
    };
    match identity.recipients().as_slice() {
        [newest, earlier @ ..] if note.of == KeyChangeKind::Rotate => {
            lists(&note.recipients, newest)
                && !lists(&note.before, newest)
                && earlier.iter().any(|key| lists(&note.before, key))
        }
        _ => false,
    }
}

fn after_rotation(app: &App, identity: &Identity, exit: Exit) -> Result<Exit> {
    // The unlocked key is the old one.
    app.lock_again();
    app.name_readers(identity, &[])?;
    let say = |text: &str| app.terminal.say(text);
    say(
        "Make a new backup with `inward key backup FILE`, and copy the journal's folder again: your old backup has only the old key, which still opens copies of entries elsewhere. If another device shares this key, run `inward init --identity FILE` there, with the new backup.",
    );
    let several = app.keys().list()?.rows().len() > 1;
    if let ([new, old, ..], true) = (identity.recipients().as_slice(), several) {
        say(
            "If another of your devices has its own key, it still encrypts to the old one. Run this there:",
        );
        app.terminal.say_unwrapped(&format!("  inward key add {new}\n  inward key remove {old}"));
    }
    Ok(exit)
}

/// Seals everything again to the present recipients, or continues that.
pub fn reseal(app: &App, leave: bool) -> Result<Exit> {
    let keys = app.keys();
    let _held = keys.hold_changes()?;
    let identity = &app.unlock_to_reseal()?;
    let change = KeyChange { of: KeyChangeKind::Reseal, app, identity, leave };
    let pending = app.pending_reseal()?;
    let exit = match &pending {
        Some(pending) => change.continue_reseal(pending, &[])?,
        None => {
            let list = keys.list()?;
            change.make(list.text(), &list, &[])?
        }
    };
    if pending.is_some_and(|pending| is_rotation_of(identity, &pending)) {
        return after_rotation(app, identity, exit);
    }
    app.name_readers(identity, &[])?;
    Ok(exit)
}

/// The keys on the command line: one, or those in a file.
fn named_keys(text: &str) -> Result<Vec<String>> {
    let Some(lines) = recipients_text(text)? else {
        return Recipients::parse(text, &argument_label(text)).map(|_| vec![text.to_owned()]);
    };
    Recipients::parse(&lines, text)?;
    let keys = lines.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    Ok(keys.map(str::to_owned).collect())
}

impl KeyChange<'_> {
    /// Replaces the list `before` with this one, and seals everything to it. Those of it that
    /// the owner just named are known, also to whoever continues this after an interruption.
    fn make(&self, before: String, list: &RecipientsFile, named: &[String]) -> Result<Exit> {
        let keys = self.app.keys();
        let config = &self.app.config.paths.config;
        self.app.refuse_emptied_journal()?;
        self.refuse_to_lock_out(&list.recipients("the new list")?)?;
        keys.check_list()?;
        self.refuse_what_does_not_open()?;
        // It may have been edited by hand while the passphrase was being asked for.
        if keys.list()?.text() != before {
            return Err(KeyError::ListChanged.into());
        }
        let pending = PendingReseal::new(self.of, &self.app.journal(), before, list.text())?;
        if !named.is_empty() {
            keys.confirm_recipients(self.identity, named)?;
        }
        pending.write(&*self.app.disk(), config)?;
        self.continue_reseal(&pending, named)
    }

    /// Refuses a list without any key that is here: nothing could be read back.
    fn refuse_to_lock_out(&self, recipients: &Recipients) -> Result<()> {
        if !recipients.is_empty() && recipients.opened_by(self.identity)? {
            return Ok(());
        }
        // An empty list isn't for want of that key alone.
        self.app.keys().audience()?;
        Err(KeyError::OwnRecipient.into())
    }

    /// Refuses to start if some file would be left behind, unless that is what's wanted.
    fn refuse_what_does_not_open(&self) -> Result<()> {
        if self.leave {
            return Ok(());
        }
        let damaged = self.app.journal().damaged(self.identity)?;
        if damaged.is_empty() {
            return Ok(());
        }
        self.app.finish(&damaged, Exit::SomeDamaged);
        let is_to_other = |damaged: &&Damaged| damaged.why == Damage::SealedToAnother;
        let to_others = damaged.iter().filter(is_to_other).count();
        let broken = damaged.len() - to_others;
        Err(KeyError::CannotOpenAll { to_others, broken }.into())
    }

    /// Seals everything that is pending to the list that the change made. Whom it adds, the owner
    /// named just now, or the key confirms.
    fn continue_reseal(&self, pending: &PendingReseal, named: &[String]) -> Result<Exit> {
        let (app, keys) = (self.app, self.app.keys());
        pending.check(&app.journal())?;
        let mut list = keys.list()?;
        // A list edited by hand in the meantime is what its owner wants.
        if list.text() == pending.before {
            list = RecipientsFile::read(&pending.recipients);
            app.name_left_out(&keys.leave_out_unasked(self.identity, &mut list, named)?);
        }
        let recipients = list.recipients("the new list")?;
        self.refuse_to_lock_out(&recipients)?;
        // By now, everything sealed to the old list is published, and sealed again below.
        keys.settle_list(&list)?;
        // What was removed counts as unknown if someone puts it back.
        keys.confirm_recipients(self.identity, &[])?;
        let append = |entry: Entry, files: &[&dyn AttachmentSource]| app.append(entry, files);
        let ring = Keyring { identity: self.identity, append: &append };
        app.terminal.last_word("Stopped. The change of keys is half done, and you can read every entry. `inward key reseal` continues it.");
        let bar = ProgressBar::new("Encrypting again", &app.terminal);
        // Nothing that the old key opens stays in the cache, however this ends.
        app.cached_journal().delete_packs();
        let resealed = app.journal().reseal(pending, &ring, &|done, of| bar.at(done, of))?;
        drop(bar);
        self.reseal_drafts(&recipients)?;
        // It is sealed to a key that may no longer be trusted.
        app.cached_journal().delete_packs();
        app.terminal.last_word("");
        app.terminal.say(&match resealed.entries {
            0 => "There are no entries to encrypt again.".to_owned(),
            1 => "Encrypted 1 entry again.".to_owned(),
            n => format!("Encrypted {n} entries again."),
        });
        // A file that the disk couldn't read may be readable tomorrow. Others are left only
        // if that was asked for, or if another device can open them.
        let unreadable = |damaged: &Damaged| matches!(damaged.why, Damage::Unreadable { .. });
        let left = resealed.damaged.len();
        if left > 0 && (!self.leave || resealed.damaged.iter().any(unreadable)) {
            app.finish(&resealed.damaged, Exit::SomeDamaged);
            return Err(KeyError::Unfinished { left }.into());
        }
        PendingReseal::forget(&*app.disk(), &app.config.paths.config)?;
        Ok(app.finish(&resealed.damaged, Exit::Done))
    }

    /// What hasn't become an entry yet opens with the same keys as the entries do.
    fn reseal_drafts(&self, recipients: &Recipients) -> Result<()> {
        self.app.follow_up_notes().reseal(self.identity, recipients)?;
        if self.app.drafts().reseal(self.identity, recipients)? > 0 {
            self.app.terminal.say(OPEN_DRAFT);
        }
        Ok(())
    }
}

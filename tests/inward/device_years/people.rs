//! What people do on a device, through what its verbs are made of; now and then the
//! process is killed in the middle, or the disk fails once.

use std::path::Path;

use chrono::Duration;
use inward::cli::{Surroundings, run_in};
use inward::config::Clock;
use inward::disk::real;
use inward::entry::{Entry, EntryId, Value};
use inward::error::Result;
use inward::journal::{Journal, StoredEntry};
use inward::keys::Keys;
use inward::prompt::Transcript;
use inward::query::Query;
use inward::seal::{EntryFileName, PluginCallbacks};

use super::bugs::Bug;
use super::world::{Device, HOME, Promise, World};
use crate::harness::crafted;
use crate::harness::simulated::Trouble;

/// No disk holds this.
pub const MARK: &str = "plaintext";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Keep,
    Edit,
    Move,
    Delete,
    Read,
    RotateKey,
}

impl Deed {
    /// How it is counted that it was killed.
    fn killed(self) -> Option<&'static str> {
        Some(match self {
            Deed::Keep => "killed while keeping",
            Deed::Edit => "killed while editing",
            Deed::Move => "killed while moving",
            Deed::Delete => "killed while deleting",
            Deed::RotateKey => "killed while a key changes",
            Deed::Read => return None,
        })
    }
}

/// So many in twenty of each.
const DEEDS: [(Deed, u8); 5] =
    [(Deed::Keep, 7), (Deed::Edit, 5), (Deed::Move, 2), (Deed::Delete, 2), (Deed::Read, 4)];

pub fn text(entry: &Entry) -> &str {
    match entry.answers.first().map(|answer| &answer.value) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

impl Device {
    /// What its journal shows, by what it says: ids are dice.
    pub fn shown(&self, journal: &Journal, clock: &Clock) -> Vec<StoredEntry> {
        let found = journal.find(&Query::everything(), &self.identity(), clock).unwrap();
        let mut entries = found.entries;
        entries.sort_by(|a, b| text(&a.entry).cmp(text(&b.entry)));
        entries
    }
}

impl World {
    pub fn person(&mut self) {
        let (device, deed) = (self.device(), self.deed());
        if deed == Deed::Read {
            return self.read(device);
        }
        let after = self.dice.usize(..12);
        let trouble = match self.dice.u8(..20) {
            0..3 => Trouble::Killed(after),
            3..5 => Trouble::Fails(after),
            _ => Trouble::Never,
        };
        self.devices[device].disk.meet(trouble);
        let promises = self.does(device, deed);
        let met = self.devices[device].disk.meet(Trouble::Never) > 0;
        if met {
            match (trouble, deed.killed()) {
                (Trouble::Killed(_), Some(killed)) => self.note(killed),
                _ => self.note("a call failed"),
            }
        }
        match promises {
            Ok(promises) => self.promises.extend(promises),
            Err(error) => assert!(met, "{deed:?}: {error}"),
        }
    }

    fn deed(&mut self) -> Deed {
        if self.chance(0.01) {
            return Deed::RotateKey;
        }
        let mut left = self.dice.u8(..20);
        for (deed, of) in DEEDS {
            match left.checked_sub(of) {
                Some(rest) => left = rest,
                None => return deed,
            }
        }
        Deed::Read
    }

    fn does(&mut self, on: usize, deed: Deed) -> Result<Vec<Promise>> {
        if deed == Deed::RotateKey {
            return self.rotate_key(on);
        }
        if deed == Deed::Keep {
            return self.keep(on);
        }
        let day = self.day;
        let device = &self.devices[on];
        let mut all = device.shown(&device.journal(), &device.clock(day));
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let old = all.swap_remove(self.dice.usize(..all.len()));
        match deed {
            Deed::Move => self.move_away(on, &old),
            Deed::Delete => self.delete(on, &old),
            Deed::Edit | Deed::Keep | Deed::Read | Deed::RotateKey => self.edit(on, &old),
        }
    }

    fn id(&mut self, length: usize) -> String {
        let alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";
        (0..length).map(|_| alphabet[self.dice.usize(..32)] as char).collect()
    }

    fn words(&mut self) -> Value {
        self.texts += 1;
        Value::Text(format!("{MARK} {:06}", self.texts))
    }

    /// The same with ids of these dice.
    fn numbered(&mut self, entry: Entry) -> Entry {
        Entry { revision: self.id(6).parse().unwrap(), ..entry }
    }

    fn publish(&mut self, on: usize, entry: &Entry) -> Result<()> {
        let device = &self.devices[on];
        let draft = Path::new(HOME).join("state");
        if self.bug == Some(Bug::PlainTextIsLeft) {
            device.disk.change(|files| files.put(&draft, "draft.txt", text(entry).as_bytes()));
        }
        let published = device.keys().seal(entry, |sealed| device.journal().append(sealed));
        if published.is_ok() {
            device.disk.change(|files| files.remove(&draft, "draft.txt".as_ref()));
        }
        published
    }

    fn keep(&mut self, on: usize) -> Result<Vec<Promise>> {
        let now = self.devices[on].now(self.day);
        let at = now - Duration::days(self.dice.i64(0..40));
        let mut entry = Entry { at, written: now, ..crafted("") };
        entry.answers[0].value = self.words();
        entry.id = self.id(10).parse().unwrap();
        let entry = self.numbered(entry);
        match self.publish(on, &entry) {
            Err(error) if self.bug != Some(Bug::KeptIsSaidTooEarly) => Err(error),
            Ok(()) | Err(_) => Ok(vec![Promise::of(&entry)]),
        }
    }

    /// A new revision, and then nothing of the old.
    fn supersede(&mut self, on: usize, old: &StoredEntry, new: &Entry) -> Result<()> {
        let device = &self.devices[on];
        let (journal, identity) = (device.cached_journal(self.day), device.identity());
        if self.bug == Some(Bug::EditRemovesFirst) {
            journal.discard(&old.files);
        }
        device.keys().seal(new, |sealed| journal.supersede(old, sealed, &identity))?;
        journal.note_published(new, &identity);
        Ok(())
    }

    fn edit(&mut self, on: usize, old: &StoredEntry) -> Result<Vec<Promise>> {
        let written = self.devices[on].now(self.day);
        let replaces = match self.bug {
            Some(Bug::EditReplacesNothing) => Vec::new(),
            Some(Bug::EditForgetsAncestors) => vec![old.entry.revision.clone()],
            _ => old.revisions.clone(),
        };
        let mut edited = old.entry.clone();
        edited.answers[0].value = self.words();
        if self.bug == Some(Bug::EditInPlace) {
            self.write_over(on, &edited)?;
            return Ok(vec![Promise::of(&edited)]);
        }
        let new = edited.revise(replaces, written)?;
        let new = self.numbered(new);
        self.supersede(on, old, &new)?;
        Ok(vec![Promise::of(&new)])
    }

    fn write_over(&mut self, on: usize, entry: &Entry) -> Result<()> {
        let device = &self.devices[on];
        device.keys().seal(entry, |sealed| {
            device.put(Path::new(&Journal::place(&EntryFileName::of(entry))), sealed.bytes());
            Ok(())
        })
    }

    fn delete(&mut self, on: usize, old: &StoredEntry) -> Result<Vec<Promise>> {
        let written = self.devices[on].now(self.day);
        let replaces = match self.bug {
            Some(Bug::DeletionNamesOneHead) => vec![old.entry.revision.clone()],
            _ => old.revisions.clone(),
        };
        let mark = old.entry.clone().deletion(replaces, written)?;
        let mark = self.numbered(mark);
        let mut promise = Promise::of(&mark);
        promise.replaces = old.revisions.iter().cloned().collect();
        if self.bug == Some(Bug::DeletionLeavesNoMark) {
            self.devices[on].journal().discard(&old.files);
            // Nobody looks for the mark, only for what it was about.
            promise.revision = old.entry.revision.clone();
            return Ok(vec![promise]);
        }
        self.supersede(on, old, &mark)?;
        Ok(vec![promise])
    }

    fn move_away(&mut self, on: usize, old: &StoredEntry) -> Result<Vec<Promise>> {
        let written = self.devices[on].now(self.day);
        let mut edited = old.entry.clone();
        edited.at -= Duration::days(self.dice.i64(32..70));
        let (mut moved, mut mark) = edited.move_to(&old.entry, old.revisions.clone(), written)?;
        let id: EntryId = self.id(10).parse().unwrap();
        moved.id = id.clone();
        mark.now = Some(id);
        let (moved, mark) = (self.numbered(moved), self.numbered(mark));
        if self.bug == Some(Bug::MoveDeletesFirst) {
            self.supersede(on, old, &mark)?;
            self.publish(on, &moved)?;
        } else {
            self.publish(on, &moved)?;
            self.supersede(on, old, &mark)?;
        }
        Ok(vec![Promise::of(&moved), Promise::of(&mark)])
    }

    /// With all that the verb does. Nobody changes keys anywhere before every device has
    /// those of the change before.
    fn rotate_key(&mut self, on: usize) -> Result<Vec<Promise>> {
        if self.new_key_on.is_some_and(|other| other != on) {
            return Ok(Vec::new());
        }
        self.new_key_on = Some(on);
        if self.bug == Some(Bug::OldKeyIsThrownAway) {
            self.throw_keys_away(on);
        }
        self.devices[on].call(self.day, "key rotate")?;
        Ok(Vec::new())
    }

    fn throw_keys_away(&mut self, on: usize) {
        let other = tempfile::tempdir().unwrap();
        Keys::new(real(), other.path(), None, PluginCallbacks::SILENT).create(None, &[]).unwrap();
        for file in ["identity.txt", "recipients.txt"] {
            let bytes = std::fs::read(other.path().join(file)).unwrap();
            let config = Path::new(HOME).join("config");
            self.devices[on].disk.change(|files| files.put(&config, file, &bytes));
        }
    }

    /// Whatever of a change of keys was stopped comes to its end, and reaches every device.
    pub fn finish_keys(&mut self) {
        let Some(on) = self.new_key_on else { return };
        if let Err(error) = self.devices[on].call(self.day, "key rotate") {
            self.broken = Some(format!("a change of keys comes to no end: {error}"));
        }
        self.carry_keys(on);
        self.note("the key came late");
    }
}

impl Device {
    /// The program itself, on its disk.
    fn call(&self, day: i64, arguments: &str) -> Result<()> {
        let now = self.now(day).to_rfc3339();
        let env = |name: &str| match name {
            "INWARD_HOME" => Some(HOME.into()),
            "INWARD_NOW" => Some(now.clone().into()),
            "HOME" => Some("/".into()),
            _ => None,
        };
        let words = std::iter::once("inward").chain(arguments.split(' ')).map(Into::into);
        let transcript = Some(Transcript::default());
        let surroundings = Surroundings { env: &env, disk: self.disk(), transcript };
        run_in(&surroundings, words.collect()).map(drop)
    }
}

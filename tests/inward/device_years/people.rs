//! What people do on a device, through what its verbs are made of; now and then the
//! process is killed in the middle, or the disk fails once.

use std::path::Path;

use chrono::Duration;
use inward::cli::{Surroundings, run_in};
use inward::config::Clock;
use inward::entry::{Entry, EntryId, Value};
use inward::error::Result;
use inward::journal::{Journal, JournalFile, StoredEntry};
use inward::prompt::Transcript;
use inward::query::Query;
use inward::seal::{AttachmentFileName, EntryFileName};

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
    Draft,
    Import,
    ChangeKeys,
}

impl Deed {
    /// How it is counted that it was killed.
    fn killed(self) -> Option<&'static str> {
        Some(match self {
            Deed::Keep => "killed while keeping",
            Deed::Edit => "killed while editing",
            Deed::Move => "killed while moving",
            Deed::Delete => "killed while deleting",
            Deed::Draft => "killed while saving a draft",
            Deed::Import => "killed while importing",
            Deed::ChangeKeys => "killed while keys change",
            Deed::Read => return None,
        })
    }
}

/// So many in twenty of each.
const DEEDS: [(Deed, u8); 6] = [
    (Deed::Keep, 11),
    (Deed::Edit, 3),
    (Deed::Move, 2),
    (Deed::Delete, 1),
    (Deed::Read, 2),
    (Deed::Draft, 1),
];

pub fn text(entry: &Entry) -> &str {
    match entry.answers.first().map(|answer| &answer.value) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

impl Device {
    /// An entry that it shows.
    pub fn stored(&self, id: &EntryId) -> Result<StoredEntry> {
        let found = self.journal().resolve(&[id.to_string()], &self.identity())?;
        Ok(found.entries.into_iter().next().expect("it is shown"))
    }

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
            let from_files = self.chance(0.2);
            return self.read(device, from_files);
        }
        let after = self.dice.usize(..12);
        let trouble = match self.dice.u8(..20) {
            0..3 => Trouble::Killed(after),
            3..5 => Trouble::Fails(after),
            _ => Trouble::Never,
        };
        self.devices[device].disk.meet(trouble);
        let promises = self.noting_removals(device, |world| world.does(device, deed));
        let met = self.devices[device].disk.meet(Trouble::Never) > 0;
        if met {
            match (trouble, deed.killed()) {
                (Trouble::Killed(_), Some(killed)) => self.note(killed),
                _ => self.note("a call failed"),
            }
        }
        match promises {
            Ok(promises) => self.promises.extend(promises),
            Err(_) if met => {}
            Err(error) => self.broken = Some(format!("{deed:?} fails: {error}")),
        }
    }

    fn deed(&mut self) -> Deed {
        match self.dice.u16(..1000) {
            0..3 => return Deed::ChangeKeys,
            3..8 => return Deed::Import,
            _ => {}
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
        match deed {
            Deed::ChangeKeys => return self.change_keys(on),
            Deed::Keep => return self.keep(on),
            Deed::Draft => return self.draft(on),
            Deed::Import => return self.import(on),
            Deed::Edit | Deed::Move | Deed::Delete | Deed::Read => {}
        }
        let Some(old) = self.pick(on)? else { return Ok(Vec::new()) };
        match deed {
            Deed::Move => self.move_away(on, &old),
            Deed::Delete => self.delete(on, &old),
            Deed::Edit | Deed::Keep | Deed::Read | Deed::Draft => self.edit(on, &old),
            Deed::Import | Deed::ChangeKeys => self.edit(on, &old),
        }
    }

    /// One of the entries that a device shows, as a verb finds it by its id.
    fn pick(&mut self, on: usize) -> Result<Option<StoredEntry>> {
        let ids: Vec<EntryId> = self.devices[on].opened().shown().keys().cloned().collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let id = &ids[self.dice.usize(..ids.len())];
        self.devices[on].stored(id).map(Some)
    }

    pub fn id(&mut self, length: usize) -> String {
        let alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";
        (0..length).map(|_| alphabet[self.dice.usize(..32)] as char).collect()
    }

    pub fn words(&mut self) -> Value {
        self.texts += 1;
        Value::Text(format!("{MARK} {:06}", self.texts))
    }

    /// The same with ids of these dice.
    pub fn numbered(&mut self, entry: Entry) -> Entry {
        Entry { revision: self.id(6).parse().unwrap(), ..entry }
    }

    fn publish(&mut self, on: usize, entry: &Entry) -> Result<()> {
        let device = &self.devices[on];
        let draft = Path::new(HOME).join("state");
        if self.bug == Some(Bug::PlainTextIsLeft) {
            device.disk.change(|files| files.put(&draft, "draft.txt", text(entry).as_bytes()));
        }
        let published = device.keys().seal(|list| device.journal().append(&list.seal(entry)?));
        if published.is_ok() {
            device.disk.change(|files| files.remove(&draft, "draft.txt".as_ref()));
        }
        published
    }

    fn keep(&mut self, on: usize) -> Result<Vec<Promise>> {
        let now = self.devices[on].now(self.day);
        // Much happened in the month in which it all began: enough for a pack.
        let at = match self.chance(0.4) {
            true => self.devices[on].now(0) - Duration::days(self.dice.i64(0..20)),
            false => now - Duration::days(self.dice.i64(0..40)),
        };
        let mut entry = Entry { at, written: now, ..crafted("") };
        entry.answers[0].value = self.words();
        entry.id = self.id(10).parse().unwrap();
        let mut entry = self.numbered(entry);
        if self.chance(0.2) {
            self.attach(on, &mut entry)?;
            self.note("kept with a file");
        }
        match self.publish(on, &entry) {
            Err(error) if self.bug != Some(Bug::KeptIsSaidTooEarly) => Err(error),
            Ok(()) | Err(_) => Ok(vec![Promise::of(&entry)]),
        }
    }

    /// A new revision, and then nothing of the old.
    pub fn supersede(&mut self, on: usize, old: &StoredEntry, new: &Entry) -> Result<()> {
        let device = &self.devices[on];
        let (journal, identity) = (device.cached_journal(self.day), device.identity());
        if self.bug == Some(Bug::EditRemovesFirst) {
            journal.discard(&old.files);
        }
        device.keys().seal(|list| journal.supersede(old, &list.seal(new)?, &identity))?;
        if self.bug == Some(Bug::FilesGoWithTheOldRevision) {
            for file in &old.entry.attachments {
                let name = AttachmentFileName::of(&old.entry, file);
                device.remove(&JournalFile::Attachment(name).place());
            }
        }
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
        if !edited.attachments.is_empty() && self.chance(0.2) {
            self.give_up_files(old);
            edited.attachments.clear();
            self.note("a file was removed");
        }
        let device = &self.devices[on];
        // Someone may have removed a file on a device that knew more.
        let gone = device.journal().detached_meanwhile(&edited, &device.identity())?;
        edited.attachments.retain(|file| !gone.contains(&file.id));
        let new = edited.revise(replaces, written)?;
        let new = self.numbered(new);
        self.supersede(on, old, &new)?;
        Ok(vec![Promise::of(&new)])
    }

    fn write_over(&mut self, on: usize, entry: &Entry) -> Result<()> {
        let device = &self.devices[on];
        device.keys().seal(|list| {
            let sealed = list.seal(entry)?;
            device.put(&Journal::place(&EntryFileName::of(entry)), sealed.bytes());
            Ok(())
        })
    }

    fn delete(&mut self, on: usize, old: &StoredEntry) -> Result<Vec<Promise>> {
        let written = self.devices[on].now(self.day);
        let replaces = match self.bug {
            Some(Bug::DeletionNamesOneHead) => vec![old.entry.revision.clone()],
            _ => old.revisions.clone(),
        };
        self.give_up_files(old);
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
        // The verb seals them again in the other month; here they stay behind.
        self.give_up_files(old);
        edited.attachments.clear();
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
}

impl Device {
    /// The program itself, on its disk.
    pub fn call(&self, day: i64, arguments: &str) -> Result<()> {
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

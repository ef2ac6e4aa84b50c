//! What people have beside the words of an entry: files that are attached, drafts, and
//! journals of other programs.

use std::collections::BTreeSet;
use std::path::Path;

use inward::entry::{Attachment, AttachmentId, ContentHash, Entry, EntryId};
use inward::error::Result;
use inward::journal::{Drafts, Journal, StoredEntry};
use inward::seal::{AttachmentFileName, Recipients};
use sha2::{Digest, Sha256};

use super::people::{MARK, text};
use super::view::View;
use super::world::{Device, HOME, Promise, World};
use crate::harness::crafted;

/// A journal of jrnl that each device may import, as often as it likes.
const FOREIGN: &str =
    "[2026-10-01 10:00] plaintext of one\n\n[2026-10-02 10:00] plaintext of two\n";
const SALT: &str = "import-salt";

impl Device {
    pub fn recipients_file(&self) -> String {
        let files = self.disk.change(|files| files.below(&Path::new(HOME).join("config")));
        String::from_utf8(files[Path::new("recipients.txt")].to_vec()).unwrap()
    }

    fn recipients(&self) -> Recipients {
        Recipients::parse(&self.recipients_file(), "recipients.txt").unwrap()
    }

    pub fn drafts(&self) -> Drafts {
        Drafts::at(self.disk(), &Path::new(HOME).join("state"))
    }

    /// Ids of what is imported are the same on devices with the same salt.
    pub fn put_salt(&self, byte: u8) {
        let config = Path::new(HOME).join("config");
        self.disk.change(|files| files.put(&config, SALT, [byte; 64]));
    }

    /// Which files of the heads that it shows can't be read.
    pub fn lacks(&self, journal: &Journal, entries: &[StoredEntry]) -> BTreeSet<AttachmentId> {
        let identity = self.identity();
        let heads = entries.iter().flat_map(StoredEntry::heads);
        let files = heads.flat_map(|head| head.attachments.iter().map(move |it| (head, it)));
        let is_missing = |(head, file): &(&Entry, &Attachment)| {
            let name = AttachmentFileName::of(head, file);
            journal.find_attachment(&name, file, &identity).is_err()
        };
        files.filter(is_missing).map(|(_, file)| file.id.clone()).collect()
    }
}

impl World {
    /// Seals a file into the entry's month, which then names it.
    pub fn attach(&mut self, on: usize, entry: &mut Entry) -> Result<()> {
        let bytes = format!("{MARK} of a file {:06}", self.texts);
        let bytes = bytes.repeat(self.dice.usize(1..2_000)).into_bytes();
        let attachment = Attachment {
            id: self.id(10).parse().unwrap(),
            name: "lake.txt".to_owned(),
            media_type: "text/plain".to_owned(),
            bytes: bytes.len() as u64,
            sha256: ContentHash(Sha256::digest(&bytes).into()),
            unknown: serde_json::Map::new(),
        };
        let name = AttachmentFileName::of(entry, &attachment);
        let device = &self.devices[on];
        let (recipients, mut bytes) = (device.recipients(), &bytes[..]);
        let sealed = recipients.seal_stream(&mut bytes);
        device.journal().append_attachment(&name, sealed, &|error| panic!("{error}"))?;
        entry.attachments.push(attachment);
        Ok(())
    }

    /// From now on nobody promises these files.
    pub fn give_up_files(&mut self, of: &StoredEntry) {
        let files = of.heads().flat_map(|head| &head.attachments);
        self.given_up.extend(files.map(|file| file.sha256));
    }

    /// Keys are changed only where every file can be read, so whoever changes them takes
    /// those away that an entry names and another device took away.
    pub fn detach_what_is_gone(&mut self, on: usize) {
        let has_files =
            |view: &View, id: &EntryId| view.heads(id).any(|head| !head.attachments.is_empty());
        let ids: Vec<EntryId> = {
            let view = self.devices[on].opened();
            view.shown().keys().filter(|id| has_files(&view, id)).cloned().collect()
        };
        for id in ids {
            let device = &self.devices[on];
            let Ok(stored) = device.stored(&id) else { continue };
            let missing = device.lacks(&device.journal(), std::slice::from_ref(&stored));
            let is_gone = |file: &Attachment| {
                missing.contains(&file.id) && self.given_up.contains(&file.sha256)
            };
            if !stored.heads().flat_map(|head| &head.attachments).any(is_gone) {
                continue;
            }
            let mut edited = stored.entry.clone();
            edited.attachments.retain(|file| !is_gone(file));
            let new = edited.revise(stored.revisions.clone(), device.now(self.day)).unwrap();
            let new = self.numbered(new);
            match self.supersede(on, &stored, &new) {
                Ok(()) => self.promises.push(Promise::of(&new)),
                // The disk fails; the keys will stay as they are, too.
                Err(_) => return,
            }
            self.note("a file that was gone was removed");
        }
    }

    /// A draft is saved after each answer, and is gone when it's kept or discarded.
    pub fn draft(&mut self, on: usize) -> Result<Vec<Promise>> {
        let ids = ("dddddddddd".parse().unwrap(), "dddddd".parse().unwrap());
        let mut draft = Entry { id: ids.0, revision: ids.1, ..crafted("") };
        draft.answers[0].value = self.words();
        let words = self.chance(0.7).then(|| text(&draft).to_owned());
        // Until the deed is done, either may be there.
        let device = &mut self.devices[on];
        device.draft.push(words.clone());
        let drafts = device.drafts();
        match words.is_some() {
            true => device.keys().seal(|list| drafts.save(&list.seal(&draft)?))?,
            false => drafts.clear(),
        }
        // Nobody is told that a draft is gone.
        if words.is_some() {
            self.devices[on].draft = vec![words];
        }
        Ok(Vec::new())
    }

    /// What the draft of a device says is one of what it may say.
    pub fn check_draft(&mut self, on: usize) {
        let device = &self.devices[on];
        let (drafts, damaged) = device.drafts().open(&device.identity());
        let words = drafts.first().map(|draft| text(draft).to_owned());
        if !damaged.is_empty() || drafts.len() > 1 || !device.draft.contains(&words) {
            let wrong = format!("the draft says {words:?}, not {:?}; {damaged:?}", device.draft);
            self.broken = Some(format!("device {on}: {wrong}"));
        }
    }

    /// The same journal of another program, which may be there already, on one device and
    /// sometimes on another before they meet.
    pub fn import(&mut self, on: usize) -> Result<Vec<Promise>> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), FOREIGN).unwrap();
        let call = format!("import --from jrnl {}", file.path().display());
        let mut promises = Vec::new();
        for on in [on, self.device()] {
            let device = &self.devices[on];
            device.call(self.day, &call)?;
            let view = device.opened();
            let ids = view.shown().keys();
            let newest = ids.filter_map(|id| view.heads(id).max_by_key(|head| head.written));
            let foreign = newest.filter(|head| FOREIGN.contains(text(head)));
            promises.extend(foreign.map(Promise::of));
            drop(view);
            self.note("imported");
        }
        Ok(promises)
    }
}

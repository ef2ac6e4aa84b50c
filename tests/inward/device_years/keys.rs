//! Keys that change on one device and reach the others late.

use std::path::Path;

use inward::disk::real;
use inward::error::Result;
use inward::journal::JournalFile;
use inward::keys::Keys;
use inward::seal::{AttachmentFileName, Identity, PluginCallbacks};

use super::bugs::Bug;
use super::world::{DEVICES, HOME, Promise, World};

impl World {
    /// With all that the verbs do. Nobody changes keys anywhere before every device has
    /// those of the change before.
    pub fn change_keys(&mut self, on: usize) -> Result<Vec<Promise>> {
        if self.new_keys.is_some() {
            return Ok(Vec::new());
        }
        self.detach_what_is_gone(on);
        let phone = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(phone.path(), Identity::generate().recipients().join("\n")).unwrap();
        let add = format!("key add {} --name phone", phone.path().display());
        let has_phone = self.devices[on].recipients_file().contains("phone");
        let (call, end, rare) = match (self.dice.u8(..3), has_phone) {
            (0, _) => ("key rotate".to_owned(), "key rotate", "the key was changed"),
            (_, true) => ("key remove phone".to_owned(), "key reseal", "a recipient was removed"),
            (_, false) => (add, "key reseal", "a recipient was added"),
        };
        // What is stopped comes to its end by that.
        self.new_keys = Some((on, end));
        if self.bug == Some(Bug::OldKeyIsThrownAway) {
            self.throw_keys_away(on);
        }
        match self.devices[on].call(self.day, &call) {
            Ok(()) => self.note(rare),
            Err(_) if self.awaits_files(on) => self.note("a change of keys had to wait"),
            Err(error) => return Err(error),
        }
        Ok(Vec::new())
    }

    /// Does an entry of this device name a file that only another device has so far? Then
    /// the program changes no keys before it has come.
    fn awaits_files(&self, on: usize) -> bool {
        let view = self.devices[on].opened();
        let heads = view.shown().keys().flat_map(|id| view.heads(id));
        let names = heads.flat_map(|head| {
            head.attachments.iter().map(|file| AttachmentFileName::of(head, file))
        });
        let files = names.map(JournalFile::Attachment).filter(|file| !view.has(file));
        let others = (0..DEVICES).filter(|other| *other != on);
        let others: Vec<_> = others.map(|other| self.devices[other].view()).collect();
        files.into_iter().any(|file| others.iter().any(|view| view.has(&file)))
    }

    fn throw_keys_away(&mut self, on: usize) {
        let other = tempfile::tempdir().unwrap();
        Keys::new(real(), other.path(), None, PluginCallbacks::SILENT).create(None, &[]).unwrap();
        for file in ["identity.txt", "recipients.txt"] {
            let bytes = std::fs::read(other.path().join(file)).unwrap();
            let config = Path::new(HOME).join("config");
            self.devices[on].disk.change(|files| files.put(&config, file, bytes));
        }
    }

    /// Whatever of a change of keys was stopped comes to its end, and reaches every device.
    pub fn finish_keys(&mut self) {
        let Some((on, end)) = self.new_keys else { return };
        let ended = self.noting_removals(on, |world| {
            world.detach_what_is_gone(on);
            world.devices[on].call(world.day, end)
        });
        match ended {
            Ok(()) => {}
            Err(_) if self.awaits_files(on) => {
                return self.note("a change of keys had to wait");
            }
            Err(error) => {
                self.broken = Some(format!("a change of keys comes to no end: {error}"));
            }
        }
        self.carry_keys(on);
        self.note("the keys came late");
    }
}

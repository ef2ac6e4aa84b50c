//! Sealing to the recipients listed at that very moment. Sealing holds a shared lock on
//! the list from reading it until the result is published; changing the list takes an
//! exclusive one. So once a change has replaced the list, nothing sealed to the old one
//! appears any more, and what appeared before is there to be sealed again. Without locks,
//! on some network disks, only the moment between reading and publishing is left open,
//! and `sync` and `doctor` report what slips through.

use crate::disk::{HeldFile, Hold};
use crate::error::Result;
use crate::seal::Recipients;

use super::{Keys, RECIPIENTS, RecipientsFile};

impl Keys {
    /// Has `work` seal an entry and publish it. No change of keys completes in between.
    ///
    /// # Errors
    /// A list that can't be read, and the errors of `work`.
    pub fn seal<T>(&self, work: impl FnOnce(&Recipients) -> Result<T>) -> Result<T> {
        let _lock = self.hold_list(Hold::Shared);
        work(&self.read_recipients()?)
    }

    /// Replaces the list, after everyone sealing to the old one has published.
    ///
    /// # Errors
    /// `NotVerified` or a `DiskError`; then the old list stays.
    pub fn settle_list(&self, list: &RecipientsFile) -> Result<()> {
        let _lock = self.hold_list(Hold::Exclusive);
        if self.list().is_ok_and(|before| before == *list) {
            return Ok(());
        }
        self.replace_list(list)
    }

    fn hold_list(&self, hold: Hold) -> Option<HeldFile> {
        self.open_folder().ok()?.hold(RECIPIENTS, hold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::{Identity, PluginCallbacks};
    use std::sync::mpsc;
    use std::time::Duration;

    /// The race, made deterministic: the list is read, and changed before the entry that
    /// was sealed to it is published.
    #[test]
    fn a_change_of_the_list_waits_for_what_is_being_sealed_and_what_follows_is_sealed_to_it() {
        let folder = tempfile::tempdir().unwrap();
        let keys = || Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
        let phone = Identity::generate();
        keys().create(None, &phone.recipients()).unwrap();
        let mut without = keys().list().unwrap();
        without.remove(&phone.recipients()[0]);
        let entry = crate::entry::Entry::from_json(
            br#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","practice":"write",
            "at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00",
            "answers":[]}"#,
        )
        .unwrap();
        let (sender, receiver) = mpsc::channel();
        std::thread::scope(|scope| {
            let opens = keys().seal(|recipients| {
                let sealed = recipients.seal(&entry)?;
                scope.spawn(|| {
                    keys().settle_list(&without).unwrap();
                    sender.send(()).unwrap();
                });
                let early = receiver.recv_timeout(Duration::from_millis(200));
                assert!(early.is_err(), "the list changed before the entry was published");
                Ok(phone.open(&sealed).is_ok())
            });
            assert!(opens.unwrap());
        });
        receiver.recv().unwrap();
        let opens = keys().seal(|list| Ok(phone.open(&list.seal(&entry)?).is_ok())).unwrap();
        assert!(!opens, "sealed to the list of before");
        assert_eq!(keys().list().unwrap(), without);
        // Reading the list waits for nobody.
        let _lock = keys().hold_list(Hold::Exclusive);
        assert!(keys().recipients().as_ref().is_ok_and(|it: &Recipients| !it.is_empty()));
    }
}

//! Which recipients were added with the key. `recipients.txt` is plain text, so anyone at
//! the shell can add a line to it. A line of `recipients.confirmed` can be made only with the
//! identity's secret: it is HKDF-SHA-256 of that and of the recipient, in hex. It is the
//! newest secret, so that whoever had the key before a rotation can't make one either.

use std::io::ErrorKind;

use crate::disk::{Confirm, DiskError, Folder};
use crate::error::Result;
use crate::seal::{Identity, Recipient};

use super::recipients_file::without_comment;
use super::{Keys, RECIPIENTS, RecipientRow, RecipientsFile};

pub(super) const CONFIRMED: &str = "recipients.confirmed";

/// The line that confirms a recipient. `None` where a plugin or a locked SSH key holds the
/// secret.
fn confirmation(identity: &Identity, key: &str) -> Option<String> {
    let purpose: &[&[u8]] = &[b"inward confirmed recipient 1\0", key.as_bytes()];
    let tag = Identity::derive_key_of(identity.secrets().next()?, purpose)?;
    Some(tag.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Can this identity confirm recipients? Otherwise nothing says which of them its owner added.
pub fn can_confirm_recipients(identity: &Identity) -> bool {
    confirmation(identity, "").is_some()
}

impl Keys {
    /// The recipients in the list beside the identity's newest key. None where it isn't known
    /// which that is, as with a plugin's.
    ///
    /// # Errors
    /// As [`Keys::list`].
    pub fn other_recipients(&self, identity: &Identity) -> Result<Vec<RecipientRow>> {
        let Some(own) = identity.recipients().into_iter().next() else { return Ok(Vec::new()) };
        let mut rows = self.list()?.rows();
        // Nothing is encrypted to a line that isn't a key.
        rows.retain(|row| row.key != own && Recipient::parse(&row.key).is_ok());
        Ok(rows)
    }

    /// Those of them that weren't added with this identity.
    ///
    /// # Errors
    /// As [`Keys::list`].
    pub fn unconfirmed_recipients(&self, identity: &Identity) -> Result<Vec<RecipientRow>> {
        let mut rows = self.other_recipients(identity)?;
        if !rows.is_empty() {
            // What can't be read confirms nobody.
            let lines = self.confirmed_lines().unwrap_or_default();
            rows.retain(|row| is_confirmed(identity, row, &lines) == Some(false));
        }
        Ok(rows)
    }

    /// Leaves out of a list what it adds to the present one and nobody with this key asked for, as
    /// someone did for those of `asked` just now: a note of a change that is to be continued can
    /// be made up, but a recipient is confirmed before one is written. Returns what it left out,
    /// to be named: the confirmation of one that was asked for may be lost, or there is none, as
    /// with a plugin's key.
    ///
    /// # Errors
    /// As [`Keys::confirm_recipients`].
    pub fn leave_out_unasked(
        &self,
        identity: &Identity,
        list: &mut RecipientsFile,
        asked: &[String],
    ) -> Result<Vec<RecipientRow>> {
        let (own, listed) = (identity.recipients(), self.list()?.rows());
        let mut added = list.rows();
        added.retain(|row| {
            let is_asked = own.iter().chain(asked).any(|key| *key == row.key);
            !is_asked && listed.iter().all(|listed| listed.key != row.key)
        });
        if !added.is_empty() {
            let lines = self.confirmed_lines()?;
            added.retain(|row| is_confirmed(identity, row, &lines) != Some(true));
        }
        added.iter().for_each(|row| list.remove(&row.key));
        Ok(added)
    }

    /// Those of them that a change of keys doesn't explain which stopped halfway: until a rotation
    /// reaches the list, that has the key before in place of the newest. Only whoever has the key
    /// can have made both, so nothing else that says so is believed.
    ///
    /// # Errors
    /// As [`Keys::list`].
    pub fn unexplained_recipients(&self, identity: &Identity) -> Result<Vec<RecipientRow>> {
        let (own, listed) = (identity.recipients(), self.list()?.rows());
        let has_newest = listed.iter().any(|row| own.first() == Some(&row.key));
        let mut rows = self.unconfirmed_recipients(identity)?;
        rows.retain(|row| has_newest || !own.contains(&row.key));
        Ok(rows)
    }

    /// Is each of these recipients confirmed? None where this identity can't say, as a plugin's
    /// can't.
    ///
    /// # Errors
    /// As [`Keys::list`].
    pub fn are_confirmed(
        &self,
        identity: &Identity,
        rows: &[RecipientRow],
    ) -> Result<Option<Vec<bool>>> {
        if !can_confirm_recipients(identity) {
            return Ok(None);
        }
        let mut known = self.confirmed_recipients(identity)?;
        known.extend(identity.recipients().into_iter().next());
        Ok(Some(rows.iter().map(|row| known.contains(&row.key)).collect()))
    }

    /// The keys of the others, which were.
    ///
    /// # Errors
    /// As [`Keys::confirm_recipients`].
    pub fn confirmed_recipients(&self, identity: &Identity) -> Result<Vec<String>> {
        let mut rows = self.other_recipients(identity)?;
        if !rows.is_empty() {
            let lines = self.confirmed_lines()?;
            rows.retain(|row| is_confirmed(identity, row, &lines) == Some(true));
        }
        Ok(rows.into_iter().map(|row| row.key).collect())
    }

    /// Confirms these recipients, beside those in the list that are confirmed already.
    ///
    /// # Errors
    /// As [`Keys::list`], or a [`DiskError`].
    pub fn confirm_recipients(&self, identity: &Identity, new: &[String]) -> Result<()> {
        self.replace_confirmed(identity, &[new, &self.confirmed_recipients(identity)?].concat())
    }

    /// Lets a newer key confirm what another does. Before it takes the other's place, and
    /// beside what is confirmed already, so that nothing is lost wherever a change of keys
    /// stops.
    ///
    /// # Errors
    /// As [`Keys::confirm_recipients`].
    pub(super) fn carry_confirmed(&self, from: &Identity, to: &Identity) -> Result<()> {
        if !self.has(RECIPIENTS) {
            return Ok(());
        }
        let keys = self.confirmed_recipients(from)?;
        let lines = keys.iter().filter_map(|key| confirmation(to, key));
        self.put_confirmed(self.confirmed_lines()?.lines().map(str::to_owned).chain(lines))
    }

    /// Confirms these recipients and no others.
    ///
    /// # Errors
    /// A [`DiskError`].
    pub(super) fn replace_confirmed(&self, identity: &Identity, keys: &[String]) -> Result<()> {
        self.put_confirmed(
            keys.iter().filter_map(|key| confirmation(identity, &without_comment(key))),
        )
    }

    fn put_confirmed(&self, lines: impl Iterator<Item = String>) -> Result<()> {
        let mut lines: Vec<String> = lines.map(|line| format!("{line}\n")).collect();
        lines.sort();
        lines.dedup();
        let text = lines.concat();
        if text == self.confirmed_lines()? {
            return Ok(());
        }
        self.make_folder()?.put(CONFIRMED, text.as_bytes(), Confirm::Yes)
    }

    /// Empty if there are none.
    fn confirmed_lines(&self) -> Result<String> {
        let Some(folder) = Folder::find(&*self.disk, &self.folder)? else {
            return Ok(String::new());
        };
        match folder.read_user_file(CONFIRMED) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(String::new()),
            Err(e) => Err(DiskError::io("read", &self.folder.join(CONFIRMED))(e)),
        }
    }
}

/// Does one of these lines confirm it? `None` where the identity can't tell.
fn is_confirmed(identity: &Identity, row: &RecipientRow, lines: &str) -> Option<bool> {
    let line = confirmation(identity, &row.key)?;
    Some(lines.lines().any(|confirmed| confirmed == line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::PluginCallbacks;

    #[test]
    fn only_a_recipient_that_was_added_with_the_newest_key_is_confirmed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(crate::disk::real(), folder.path(), None, PluginCallbacks::SILENT);
        let [phone, stranger] = [(); 2].map(|()| Identity::generate().recipients().remove(0));
        keys.create(None, std::slice::from_ref(&phone)).unwrap();
        let open = || keys.unlocked_identity().unwrap();
        let unconfirmed = |identity: &Identity| -> Vec<String> {
            let rows = keys.unconfirmed_recipients(identity).unwrap().into_iter();
            rows.map(|row| row.key).collect()
        };
        assert!(unconfirmed(&open()).is_empty(), "it was given as the journal was made");
        // A name that inward gives proves nothing.
        let list = folder.path().join(RECIPIENTS);
        let text = std::fs::read_to_string(&list).unwrap();
        std::fs::write(&list, format!("{text}# this device\n{stranger}\n")).unwrap();
        assert_eq!(unconfirmed(&open()), [stranger.as_str()]);
        keys.confirm_recipients(&open(), &[]).unwrap();
        assert_eq!(unconfirmed(&open()), [stranger.as_str()], "it stays so");
        let old = open();
        let (new, after) = keys.rotate(keys.open_own_key("", &mut || panic!()).unwrap()).unwrap();
        let own = old.recipients().remove(0);
        assert_eq!(unconfirmed(&new), [own, stranger.clone()], "the new key knows the phone");
        assert_eq!(unconfirmed(&old), [stranger.as_str()], "and the old one still does");
        assert_eq!(keys.unexplained_recipients(&new).unwrap().len(), 1, "that key is one's own");
        let mut rows = after.rows();
        rows.push(RecipientRow { key: format!("{stranger} # laptop"), name: None });
        let confirmed = keys.are_confirmed(&new, &rows).unwrap();
        assert_eq!(confirmed, Some(vec![true, true, false, false]), "the last is no key");
        keys.settle_list(&after).unwrap();
        let text = std::fs::read_to_string(&list).unwrap();
        std::fs::write(&list, format!("{text}{}\n", old.recipients()[0])).unwrap();
        assert_eq!(keys.unexplained_recipients(&new).unwrap().len(), 2, "one's own, put back");
        std::fs::write(&list, text).unwrap();
        // Who has an earlier key can confirm with it.
        keys.confirm_recipients(&old, std::slice::from_ref(&stranger)).unwrap();
        assert_eq!(unconfirmed(&new), [phone.clone(), stranger.clone()]);
        keys.confirm_recipients(&new, &[phone.clone(), stranger]).unwrap();
        assert!(unconfirmed(&new).is_empty());
        // What takes the record away confirms nothing.
        std::fs::remove_file(folder.path().join(CONFIRMED)).unwrap();
        assert_eq!(unconfirmed(&new).len(), 2);
        // What can't be read leaves out nobody without a word.
        std::fs::create_dir(folder.path().join(CONFIRMED)).unwrap();
        let laptop = Identity::generate().recipients().remove(0);
        let mut asked = RecipientsFile::read(&format!("{laptop}\n"));
        assert!(keys.leave_out_unasked(&new, &mut asked, &[]).is_err());
        assert!(keys.confirm_recipients(&new, std::slice::from_ref(&laptop)).is_err());
        assert_eq!((asked.rows().len(), unconfirmed(&new).len()), (1, 2));
        // What is left out is said.
        std::fs::remove_dir(folder.path().join(CONFIRMED)).unwrap();
        let named = std::slice::from_ref(&laptop);
        assert!(keys.leave_out_unasked(&new, &mut asked, named).unwrap().is_empty());
        let left_out = keys.leave_out_unasked(&new, &mut asked, &[]).unwrap();
        assert_eq!(left_out.iter().map(|row| &row.key).collect::<Vec<_>>(), [&laptop]);
        assert!(asked.rows().is_empty());
    }
}

//! Opening what is sealed: decrypting it to the end, and comparing it with its name and
//! with the list of recipients.

use std::cell::Cell;
use std::io::{BufRead, Read};

use age::stream::StreamReader;

use crate::entry::{Entry, UnreadableEntry};
use crate::secret::SecretBytes;

use super::audience::{AudienceWatch, TrackedKey};
use super::identity::{Identity, PublicKey};
use super::{Damage, Sealed};

impl Identity {
    /// Decrypts a file of the journal, and compares the entry with the file's name.
    ///
    /// # Errors
    /// `SealedToAnother`; `Broken` (changed or cut short: it's always read to the end);
    /// `Plugin`; `NotAnEntry`; `NewerFormat`; `Swapped` if the entry isn't the one in the
    /// name.
    pub fn open(&self, sealed: &Sealed) -> Result<Entry, Damage> {
        let (entry, key) = self.open_with(sealed)?;
        if let Some(AudienceWatch { audience, log }) = &self.watch {
            let mismatch = audience.compare_opened(sealed.bytes(), self.public_key(key));
            mismatch.iter().for_each(|mismatch| log.note(&sealed.name, *mismatch));
            log.note_replaced(&entry);
        }
        Ok(entry)
    }

    /// Is a file sealed to none of these keys? Only its header is read, and no plugin is asked.
    pub fn is_locked_out_of(&self, sealed: &Sealed) -> bool {
        let asks = self.public.iter().any(|key| matches!(key, PublicKey::Plugin(_)));
        !asks && matches!(self.decryptor(sealed.bytes()), Err(Damage::SealedToAnother))
    }

    /// Notes what an entry replaces that was read from elsewhere than its file.
    pub fn note_replaced(&self, entry: &Entry) {
        self.watch.iter().for_each(|watch| watch.log.note_replaced(entry));
    }

    /// Decrypts a draft. Drafts stay here, so it doesn't matter to whom else it's sealed.
    ///
    /// # Errors
    /// As [`Identity::open`].
    pub fn open_draft(&self, sealed: &Sealed) -> Result<Entry, Damage> {
        self.open_with(sealed).map(|(entry, _)| entry)
    }

    fn public_key(&self, number: Option<usize>) -> Option<&str> {
        match self.public.get(number?)? {
            PublicKey::Key(key) => Some(key),
            PublicKey::Plugin(_) => None,
        }
    }

    /// The entry, and the number of the key that opened it.
    fn open_with(&self, sealed: &Sealed) -> Result<(Entry, Option<usize>), Damage> {
        let (plain, key) = self.decrypt_with(sealed.bytes())?;
        let entry = Entry::from_json(&plain).map_err(|e| match e {
            UnreadableEntry::NotAnEntry(why) => Damage::NotAnEntry { why },
            UnreadableEntry::NewerFormat(format) => Damage::NewerFormat { format },
        })?;
        if sealed.name.agrees_with(&entry) { Ok((entry, key)) } else { Err(Damage::Swapped) }
    }

    pub(super) fn decrypt(&self, sealed: &[u8]) -> Result<SecretBytes, Damage> {
        self.decrypt_with(sealed).map(|(plain, _)| plain)
    }

    fn decrypt_with(&self, sealed: &[u8]) -> Result<(SecretBytes, Option<usize>), Damage> {
        let (mut reader, key) = self.decryptor(sealed)?;
        // The plain text is never longer, so the buffer never moves.
        let mut plain = SecretBytes::with_capacity(sealed.len());
        // To the end: only there does age know that nothing is missing.
        reader.read_to_end(&mut plain).map_err(|_| Damage::Broken)?;
        Ok((plain, key))
    }

    /// A reader of a sealed file's plain bytes, and the number of the key that opened it.
    pub(super) fn decryptor<R: BufRead>(
        &self,
        sealed: R,
    ) -> Result<(StreamReader<R>, Option<usize>), Damage> {
        let damage = |e: age::DecryptError| match e {
            age::DecryptError::NoMatchingKeys => Damage::SealedToAnother,
            age::DecryptError::Plugin(errors) => {
                let why = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
                Damage::Plugin { why: super::plain_words(&why) }
            }
            _ => Damage::Broken,
        };
        let decryptor = age::Decryptor::new_buffered(sealed).map_err(damage)?;
        let opened_by = Cell::new(None);
        let keys = self.keys.iter().enumerate();
        let keys =
            keys.map(|(number, key)| TrackedKey { key: &**key, number, opened_by: &opened_by });
        let keys: Vec<TrackedKey> = keys.collect();
        let keys = keys.iter().map(|key| key as &dyn age::Identity);
        let reader = decryptor.decrypt(keys).map_err(damage)?;
        Ok((reader, opened_by.get()))
    }
}

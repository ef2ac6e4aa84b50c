//! Sealing and opening: age, and nothing else, stands between an entry and
//! the disk. `Recipients` seal, `Identity` opens, and `Sealed` is the only
//! thing that the journal takes, so plain text cannot be stored by mistake.

mod attached;
mod audience;
mod damage;
mod errors;
mod export_key;
mod file;
mod identity;
mod native;
mod plugin_callbacks;
mod plugin_key;
mod recipient;
mod scrypt_memory;
#[cfg(test)]
mod vectors;

use chrono::NaiveDate;

use crate::entry::{Entry, EntryId, RevisionId};
use crate::error::Error;

pub use attached::{
    AttachmentFileName, AttachmentReader, SealedStream, StreamError, StreamSummary,
};
pub(crate) use attached::{has_whole_length, stream_damage};
pub use audience::{Audience, AudienceLog, Mismatch, key_count};
pub use damage::Damage;
pub use errors::{NotARecipient, SealError};
pub(crate) use export_key::ExportKey;
pub use file::IdentityFile;
pub(crate) use file::{Locked, NotOpened, armour, seal_with_passphrase};
pub use identity::Identity;
pub(crate) use identity::{IdentityMatch, NotAnIdentity};
pub use plugin_callbacks::PluginCallbacks;
pub(crate) use recipient::Recipient;
pub use recipient::Recipients;
pub use scrypt_memory::NoMemory;

/// A size below which every entry looks alike; it fits in one disk block.
const SMALLEST: usize = 2048;

/// What the name of a sealed file tells, and all that it tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryFileName {
    /// The local date of the entry's `at`.
    pub day: NaiveDate,
    /// The entry.
    pub id: EntryId,
    /// The version of it.
    pub revision: RevisionId,
}

impl EntryFileName {
    /// What an entry's file is to be called.
    pub fn of(entry: &Entry) -> EntryFileName {
        let (id, revision) = (entry.id.clone(), entry.revision.clone());
        EntryFileName { day: entry.day(), id, revision }
    }

    /// Does the name say what the entry does?
    pub fn agrees_with(&self, entry: &Entry) -> bool {
        self.day == entry.day() && self.id == entry.id && self.revision == entry.revision
    }
}

/// An entry encrypted to the journal's recipients.
pub struct Sealed {
    label: EntryFileName,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Bytes that lie in the journal. They must at least begin as age files do.
    ///
    /// # Errors
    /// `NotSealed`, where they do not begin as age files do.
    pub fn from_bytes(label: EntryFileName, bytes: Vec<u8>) -> Result<Sealed, Damage> {
        if bytes.starts_with(attached::AGE) {
            Ok(Sealed { label, bytes })
        } else {
            Err(Damage::NotSealed)
        }
    }

    /// Is it as long as something that we sealed? Nearly no file is that was
    /// cut short. What others sealed by hand may have any length.
    pub fn has_a_whole_length(&self) -> bool {
        has_whole_length(&self.bytes, self.bytes.len() as u64)
    }

    /// What its file is called.
    pub fn label(&self) -> &EntryFileName {
        &self.label
    }

    /// The age file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Padmé (Nikitin et al., PURBs, 2019): the length keeps so few significant
/// bits that it tells little, for at most 12 % more.
pub(crate) fn padded_length(length: usize) -> usize {
    let length = length.max(SMALLEST);
    let exponent = length.ilog2();
    let size_of_exponent = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - size_of_exponent)) - 1;
    (length + mask) & !mask
}

/// Its name was checked before anything was looked for, let alone run.
fn unresolved(e: age::plugin::ResolveError) -> Error {
    match e {
        age::plugin::ResolveError::MissingPlugin { binary_name } => {
            SealError::PluginMissing { program: binary_name }.into()
        }
        other => SealError::PluginFailed { why: plain_words(&other.to_string()) }.into(),
    }
}

/// The crate's messages, without the marks that isolate directions of writing.
fn plain_words(text: &str) -> String {
    let marks = |c: char| !('\u{2066}'..='\u{2069}').contains(&c);
    let text: String = text.chars().filter(|c| marks(*c)).collect();
    let text = text.replace(|c: char| c.is_control(), " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::testing;

    fn entry() -> Entry {
        testing::page("quiet words")
    }

    fn pair() -> (Identity, Recipients) {
        let identity = Identity::generate();
        let recipients = Recipients::parse(&identity.recipients().join("\n"), "here").unwrap();
        (identity, recipients)
    }

    #[test]
    fn what_was_sealed_opens_to_the_same_entry() {
        let (identity, recipients) = pair();
        let sealed = recipients.seal(&entry()).unwrap();
        assert!(!String::from_utf8_lossy(sealed.bytes()).contains("quiet"));
        assert_eq!(identity.open(&sealed), Ok(entry()));
    }

    #[test]
    fn small_entries_are_of_one_size_inside() {
        let (identity, recipients) = pair();
        let sealed = recipients.seal(&entry()).unwrap();
        let plain = identity.decrypt(sealed.bytes()).unwrap();
        assert_eq!(plain.len(), 2048);
        assert!(plain.ends_with(b"}]}  ") || plain.ends_with(b"  "));
    }

    #[test]
    fn padding_follows_padme() {
        assert_eq!(padded_length(1), 2048);
        assert_eq!(padded_length(2048), 2048);
        assert_eq!(padded_length(2049), 2176);
        assert_eq!(padded_length(9 * 1024 * 1024 + 1), 9 * 1024 * 1024 + (1 << 18));
    }

    #[test]
    fn another_identity_does_not_open_it() {
        let sealed = pair().1.seal(&entry()).unwrap();
        assert_eq!(Identity::generate().open(&sealed), Err(Damage::SealedToAnother));
    }

    #[test]
    fn every_flipped_byte_and_every_cut_is_found() {
        let (identity, recipients) = pair();
        let whole = recipients.seal(&entry()).unwrap();
        let label = whole.label().clone();
        for at in 0..whole.bytes().len() {
            let mut bytes = whole.bytes().to_vec();
            bytes[at] ^= 1;
            let read = Sealed::from_bytes(label.clone(), bytes).and_then(|s| identity.open(&s));
            assert!(read.is_err(), "byte {at} was flipped unseen");
            let cut = whole.bytes()[..at].to_vec();
            let read = Sealed::from_bytes(label.clone(), cut).and_then(|s| identity.open(&s));
            assert!(read.is_err(), "cut at {at} unseen");
        }
    }

    #[test]
    fn a_file_that_is_cut_short_has_no_whole_length() {
        let (_, recipients) = pair();
        let long = "x".repeat(200_000);
        for text in ["quiet words", long.as_str()] {
            let mut entry = entry();
            entry.answers[0].value = crate::entry::Value::Text(text.to_owned());
            let whole = recipients.seal(&entry).unwrap();
            assert!(whole.has_a_whole_length());
            let cut = |at: usize| {
                let bytes = whole.bytes()[..at].to_vec();
                Sealed::from_bytes(whole.label().clone(), bytes)
                    .is_ok_and(|s| s.has_a_whole_length())
            };
            let short = (0..whole.bytes().len()).filter(|at| cut(*at)).count();
            // Padded lengths are rare: one in some hundred of a large file.
            assert!(short * 100 < whole.bytes().len(), "{short} of {}", whole.bytes().len());
        }
    }

    #[test]
    fn a_swapped_name_does_not_pass() {
        let (identity, recipients) = pair();
        let sealed = recipients.seal(&entry()).unwrap();
        let label = EntryFileName { id: "zzzzzzzzzz".parse().unwrap(), ..sealed.label().clone() };
        let swapped = Sealed::from_bytes(label, sealed.bytes().to_vec()).unwrap();
        assert_eq!(identity.open(&swapped), Err(Damage::Swapped));
    }

    #[test]
    fn plain_text_is_no_sealed_file() {
        let label = pair().1.seal(&entry()).unwrap().label().clone();
        assert!(matches!(Sealed::from_bytes(label, b"quiet words".into()), Err(Damage::NotSealed)));
    }

    #[test]
    fn an_identity_says_nothing_of_itself_when_printed() {
        assert_eq!(format!("{:?}", Identity::generate()), "Identity(…)");
    }
}

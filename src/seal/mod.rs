//! Sealing and opening with age. `Recipients` seal, `Identity` opens, and `Sealed` is the
//! only thing that the journal accepts, so plain text can't be stored by mistake.

mod attached;
mod audience;
mod damage;
mod errors;
mod export_key;
mod file;
mod identity;
mod native;
mod opening;
mod plugin_callbacks;
mod plugin_key;
mod recipient;
mod scrypt_memory;

use chrono::NaiveDate;

use crate::entry::{Entry, EntryId, RevisionId};
use crate::error::Error;

pub use attached::{AttachmentFileName, SealedStream, StreamError, StreamSummary};
pub(crate) use attached::{has_padded_length, stream_damage};
pub use audience::{Audience, AudienceLog, Mismatch};
pub(crate) use damage::Absence;
pub use damage::Damage;
pub use errors::{NotARecipient, SealError, argument_label};
pub(crate) use export_key::ExportKey;
pub use file::IdentityFile;
pub(crate) use file::{LockedIdentity, PassphraseError, armour, seal_with_passphrase};
pub use identity::{Identity, IdentityKey};
pub(crate) use identity::{IdentityMatch, NotAnIdentity};
pub use plugin_callbacks::PluginCallbacks;
pub(crate) use recipient::Recipient;
pub use recipient::Recipients;
pub use scrypt_memory::NoMemory;

/// The padded size of a small entry, in bytes. It fits in one disk block.
const SMALLEST: usize = 2048;

/// Everything that the name of an entry's file says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryFileName {
    /// The local date of the entry's `at`.
    pub day: NaiveDate,
    /// The entry.
    pub id: EntryId,
    /// Its revision.
    pub revision: RevisionId,
}

impl EntryFileName {
    /// The name for an entry's file.
    pub fn of(entry: &Entry) -> EntryFileName {
        EntryFileName { day: entry.day(), id: entry.id.clone(), revision: entry.revision.clone() }
    }

    /// Are the day, the id and the revision the entry's?
    pub fn agrees_with(&self, entry: &Entry) -> bool {
        self.day == entry.day() && self.id == entry.id && self.revision == entry.revision
    }
}

/// An entry encrypted to the journal's recipients.
pub struct Sealed {
    name: EntryFileName,
    bytes: Vec<u8>,
}

impl Sealed {
    /// A file of the journal. It must at least begin as an age file.
    ///
    /// # Errors
    /// `NotSealed` if it doesn't.
    pub fn from_bytes(name: EntryFileName, bytes: Vec<u8>) -> Result<Sealed, Damage> {
        if bytes.starts_with(attached::AGE) {
            Ok(Sealed { name, bytes })
        } else {
            Err(Damage::NotSealed)
        }
    }

    /// Has it a length that sealing produces? Hardly any file that was cut short has.
    /// Files that others sealed by hand may have any length.
    pub fn has_padded_length(&self) -> bool {
        has_padded_length(&self.bytes, self.bytes.len() as u64)
    }

    /// The name of its file.
    pub fn name(&self) -> &EntryFileName {
        &self.name
    }

    /// The age file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Padmé (Nikitin et al., PURBs, 2019): rounds a length up to one with so few significant
/// bits that it says little, for at most 12 % more bytes.
pub(crate) fn padded_length(length: usize) -> usize {
    let length = length.max(SMALLEST);
    let exponent = length.ilog2();
    let size_of_exponent = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - size_of_exponent)) - 1;
    (length + mask) & !mask
}

/// The error for a plugin that can't be found. Its name was checked before anything was
/// searched for or run.
fn plugin_error(e: age::plugin::ResolveError) -> Error {
    match e {
        age::plugin::ResolveError::MissingPlugin { binary_name } => {
            SealError::PluginMissing { program: binary_name }.into()
        }
        other => SealError::PluginFailed { why: plain_words(&other.to_string()) }.into(),
    }
}

/// A message of the crate without the marks that isolate writing directions, and on one
/// line.
fn plain_words(text: &str) -> String {
    let is_text = |c: char| !('\u{2066}'..='\u{2069}').contains(&c);
    let text: String = text.chars().filter(|c| is_text(*c)).collect();
    let text = text.replace(|c: char| c.is_control(), " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    mod vectors;

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
    fn what_stands_before_a_key_answers_for_it() {
        struct Nobody;
        impl age::Identity for Nobody {
            fn unwrap_stanza(
                &self,
                _: &age_core::format::Stanza,
            ) -> Option<std::result::Result<age_core::format::FileKey, age::DecryptError>>
            {
                None
            }
        }
        let (identity, recipients) = pair();
        let sealed = recipients.seal(&entry()).unwrap();
        let identity = identity.behind(|_| Box::new(Nobody));
        assert_eq!(identity.open(&sealed), Err(Damage::SealedToAnother));
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
        let name = whole.name().clone();
        for at in 0..whole.bytes().len() {
            let mut bytes = whole.bytes().to_vec();
            bytes[at] ^= 1;
            let read = Sealed::from_bytes(name.clone(), bytes).and_then(|s| identity.open(&s));
            assert!(read.is_err(), "byte {at} was flipped unseen");
            let cut = whole.bytes()[..at].to_vec();
            let read = Sealed::from_bytes(name.clone(), cut).and_then(|s| identity.open(&s));
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
            assert!(whole.has_padded_length());
            let cut = |at: usize| {
                let bytes = whole.bytes()[..at].to_vec();
                Sealed::from_bytes(whole.name().clone(), bytes).is_ok_and(|s| s.has_padded_length())
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
        let name = || sealed.name().clone();
        for name in [
            EntryFileName { id: "zzzzzzzzzz".parse().unwrap(), ..name() },
            EntryFileName { revision: "zzzzzz".parse().unwrap(), ..name() },
            EntryFileName { day: name().day.succ_opt().unwrap(), ..name() },
        ] {
            let swapped = Sealed::from_bytes(name, sealed.bytes().to_vec()).unwrap();
            assert_eq!(identity.open(&swapped), Err(Damage::Swapped));
        }
    }

    #[test]
    fn what_opens_and_is_no_entry_is_said_to_be_none_or_a_newer_versions() {
        let (identity, recipients) = pair();
        let open = |plain: &[u8]| {
            let bytes = recipients.seal_bytes(plain).unwrap();
            identity.open(&Sealed::from_bytes(EntryFileName::of(&entry()), bytes).unwrap())
        };
        assert!(matches!(open(b"quiet words"), Err(Damage::NotAnEntry { .. })));
        let newer = entry().to_json().unwrap();
        let newer = String::from_utf8(newer.to_vec()).unwrap();
        let newer = newer.replacen("\"format\":1", "\"format\":9", 1);
        assert_eq!(open(newer.as_bytes()), Err(Damage::NewerFormat { format: 9 }));
    }

    #[test]
    fn a_plugins_words_are_on_one_line_and_turn_no_text_around() {
        assert_eq!(
            plain_words("\u{2068}age-plugin-x\u{2069} says\n\tno\u{1b}[1m "),
            "age-plugin-x says no [1m"
        );
    }

    #[test]
    fn plain_text_is_no_sealed_file() {
        let name = pair().1.seal(&entry()).unwrap().name().clone();
        assert!(matches!(Sealed::from_bytes(name, b"quiet words".into()), Err(Damage::NotSealed)));
    }

    #[test]
    fn an_identity_says_nothing_of_itself_when_printed() {
        assert_eq!(format!("{:?}", Identity::generate()), "Identity(…)");
    }
}

//! Sealing and opening: age, and nothing else, stands between an entry and
//! the disk. `Recipients` seal, `Identity` opens, and `Sealed` is the only
//! thing that the journal takes, so plain text cannot be stored by mistake.

use std::fmt;
use std::io::{Read, Write};

use age::secrecy::ExposeSecret;
use chrono::NaiveDate;
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::entry::{Entry, EntryId, RevisionId, Unreadable};
use crate::error::{Damage, Error, Result};

/// What age's own program uses. Never calibrated by time: a key made on a slow
/// day must not be a weak one.
pub const WORK_FACTOR: u8 = 18;
/// More than this was not made by us, and would hold up the machine.
pub const MAX_WORK_FACTOR: u8 = 20;

/// A size below which every entry looks alike; it fits in one disk block.
const SMALLEST: usize = 2048;

/// What the name of a sealed file tells, and all that it tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    pub day: NaiveDate,
    pub id: EntryId,
    pub revision: RevisionId,
}

impl Label {
    pub fn of(entry: &Entry) -> Label {
        let (id, revision) = (entry.id.clone(), entry.revision.clone());
        Label { day: entry.day(), id, revision }
    }
}

/// An entry encrypted to the journal's recipients.
pub struct Sealed {
    label: Label,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Bytes that lie in the journal. They must at least begin as age files do.
    pub fn found(label: Label, bytes: Vec<u8>) -> std::result::Result<Sealed, Damage> {
        if bytes.starts_with(b"age-encryption.org/v1\n") {
            Ok(Sealed { label, bytes })
        } else {
            Err(Damage::NotSealed)
        }
    }

    pub fn label(&self) -> &Label {
        &self.label
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The public keys to whom entries are sealed.
#[derive(Clone)]
pub struct Recipients(Vec<(String, age::x25519::Recipient)>);

impl Recipients {
    /// One a line; empty lines and lines that begin with # say nothing.
    pub fn parse(text: &str, source: &str) -> Result<Recipients> {
        let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
        let keys = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let parsed = keys.map(|(line, key)| match key.parse() {
            Ok(recipient) => Ok((key.to_owned(), recipient)),
            Err(_) => Err(Error::BadRecipient { source: source.to_owned(), line }),
        });
        Ok(Recipients(parsed.collect::<Result<_>>()?))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known == key)
    }

    pub fn seal(&self, entry: &Entry) -> Result<Sealed> {
        let mut plain = entry.to_json().map_err(|e| Error::Sealing { why: e.to_string() })?;
        let padded = padded(plain.len());
        plain.resize(padded, b' ');
        Ok(Sealed { label: Label::of(entry), bytes: self.encrypt(&plain)? })
    }

    fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>> {
        let recipients = self.0.iter().map(|(_, r)| r as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients)
            .map_err(|e| Error::Sealing { why: e.to_string() })?;
        let sealing = |e: std::io::Error| Error::Sealing { why: e.to_string() };
        let mut bytes = Vec::with_capacity(plain.len() + 1024);
        let mut writer = encryptor.wrap_output(&mut bytes).map_err(sealing)?;
        writer.write_all(plain).map_err(sealing)?;
        writer.finish().map_err(sealing)?;
        Ok(bytes)
    }
}

/// Padmé (Nikitin et al., PURBs, 2019): the length keeps so few significant
/// bits that it tells little, for at most 12 % more.
fn padded(length: usize) -> usize {
    let length = length.max(SMALLEST);
    let exponent = length.ilog2();
    let size_of_exponent = exponent.ilog2() + 1;
    let mask = (1usize << (exponent - size_of_exponent)) - 1;
    (length + mask) & !mask
}

/// The secret key, or several, in memory. No Debug that shows it, no
/// Serialize; the crate wipes it when it is dropped.
pub struct Identity(Vec<age::x25519::Identity>);

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Identity {
    pub fn generate() -> Identity {
        Identity(vec![age::x25519::Identity::generate()])
    }

    /// The lines of an identity file; the number of the first bad one, or 0
    /// where there is no key at all.
    pub fn parse(text: &str) -> std::result::Result<Identity, usize> {
        let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
        let keys = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let keys: std::result::Result<Vec<age::x25519::Identity>, usize> =
            keys.map(|(line, key)| key.parse().map_err(|_| line)).collect();
        match keys? {
            none if none.is_empty() => Err(0),
            keys => Ok(Identity(keys)),
        }
    }

    pub fn recipients(&self) -> Vec<String> {
        self.0.iter().map(|identity| identity.to_public().to_string()).collect()
    }

    /// The secret lines of an identity file.
    pub fn to_lines(&self) -> Zeroizing<String> {
        let mut lines = Zeroizing::new(String::with_capacity(128 * self.0.len()));
        for identity in &self.0 {
            lines.push_str(identity.to_string().expose_secret());
            lines.push('\n');
        }
        lines
    }

    pub fn open(&self, sealed: &Sealed) -> std::result::Result<Entry, Damage> {
        let plain = self.decrypt(sealed.bytes())?;
        let entry = Entry::from_json(&plain).map_err(|e| match e {
            Unreadable::NotAnEntry(why) => Damage::NotAnEntry { why },
            Unreadable::NewerFormat(format) => Damage::NewerFormat { format },
        })?;
        if Label::of(&entry) == sealed.label { Ok(entry) } else { Err(Damage::Swapped) }
    }

    fn decrypt(&self, bytes: &[u8]) -> std::result::Result<Zeroizing<Vec<u8>>, Damage> {
        let damage = |e: age::DecryptError| match e {
            age::DecryptError::NoMatchingKeys => Damage::SealedToAnother,
            _ => Damage::Broken,
        };
        let decryptor = age::Decryptor::new_buffered(bytes).map_err(damage)?;
        let keys = self.0.iter().map(|identity| identity as &dyn age::Identity);
        let mut reader = decryptor.decrypt(keys).map_err(damage)?;
        // Never more than the sealed bytes, so the buffer does not move.
        let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
        // To the end: only there has age checked that nothing is missing.
        reader.read_to_end(&mut plain).map_err(|_| Damage::Broken)?;
        Ok(plain)
    }
}

/// Seals the text of an identity file with a passphrase, as `age -p` does.
pub fn seal_with_passphrase(text: &str, passphrase: &SecretString) -> Result<Vec<u8>> {
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(WORK_FACTOR);
    let sealing = |why: String| Error::Sealing { why };
    let one = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(one).map_err(|e| sealing(e.to_string()))?;
    let mut bytes = Vec::new();
    let mut writer = encryptor.wrap_output(&mut bytes).map_err(|e| sealing(e.to_string()))?;
    writer.write_all(text.as_bytes()).map_err(|e| sealing(e.to_string()))?;
    writer.finish().map_err(|e| sealing(e.to_string()))?;
    Ok(bytes)
}

/// Why a passphrase did not open a file.
#[derive(Debug, PartialEq, Eq)]
pub enum NotOpened {
    WrongPassphrase,
    ExcessiveWork(u8),
    NotPassphrase,
    Broken,
}

/// Is this an age file, in binary or in armour?
pub fn is_age_file(bytes: &[u8]) -> bool {
    bytes.starts_with(b"age-encryption.org/")
        || bytes.trim_ascii_start().starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----")
}

pub fn open_with_passphrase(
    bytes: &[u8],
    passphrase: &SecretString,
) -> std::result::Result<Zeroizing<String>, NotOpened> {
    let reader = age::armor::ArmoredReader::new(bytes);
    let decryptor = age::Decryptor::new_buffered(reader).map_err(|_| NotOpened::Broken)?;
    if !decryptor.is_scrypt() {
        return Err(NotOpened::NotPassphrase);
    }
    let mut identity = age::scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    let keys = std::iter::once(&identity as &dyn age::Identity);
    let mut reader = decryptor.decrypt(keys).map_err(|e| match e {
        age::DecryptError::ExcessiveWork { required, .. } => NotOpened::ExcessiveWork(required),
        age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed
        | age::DecryptError::NoMatchingKeys => NotOpened::WrongPassphrase,
        _ => NotOpened::Broken,
    })?;
    let mut text = Zeroizing::new(String::with_capacity(bytes.len()));
    reader.read_to_string(&mut text).map_err(|_| NotOpened::Broken)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry::from_json(
            br#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","practice":"write",
            "at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00",
            "answers":[{"question":"page","asked":"?","value":"quiet words"}]}"#,
        )
        .unwrap()
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
        assert_eq!(padded(1), 2048);
        assert_eq!(padded(2048), 2048);
        assert_eq!(padded(2049), 2176);
        assert_eq!(padded(9 * 1024 * 1024 + 1), 9 * 1024 * 1024 + (1 << 18));
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
            let read = Sealed::found(label.clone(), bytes).and_then(|s| identity.open(&s));
            assert!(read.is_err(), "byte {at} was flipped unseen");
            let cut = whole.bytes()[..at].to_vec();
            let read = Sealed::found(label.clone(), cut).and_then(|s| identity.open(&s));
            assert!(read.is_err(), "cut at {at} unseen");
        }
    }

    #[test]
    fn a_swapped_name_does_not_pass() {
        let (identity, recipients) = pair();
        let sealed = recipients.seal(&entry()).unwrap();
        let label = Label { id: "zzzzzzzzzz".parse().unwrap(), ..sealed.label().clone() };
        let swapped = Sealed::found(label, sealed.bytes().to_vec()).unwrap();
        assert_eq!(identity.open(&swapped), Err(Damage::Swapped));
    }

    #[test]
    fn plain_text_is_no_sealed_file() {
        let label = pair().1.seal(&entry()).unwrap().label().clone();
        assert!(matches!(Sealed::found(label, b"quiet words".into()), Err(Damage::NotSealed)));
    }

    #[test]
    fn an_identity_says_nothing_of_itself_when_printed() {
        assert_eq!(format!("{:?}", Identity::generate()), "Identity(…)");
    }

    #[test]
    fn a_passphrase_opens_what_it_sealed_and_another_does_not() {
        let right = SecretString::from("right".to_owned());
        let bytes = seal_with_passphrase("text\n", &right).unwrap();
        assert!(bytes.windows(4).any(|w| w == b" 18\n"), "the work factor is 18");
        assert_eq!(open_with_passphrase(&bytes, &right).unwrap().as_str(), "text\n");
        let wrong = SecretString::from("wrong".to_owned());
        assert_eq!(open_with_passphrase(&bytes, &wrong), Err(NotOpened::WrongPassphrase));
    }

    #[test]
    fn an_excessive_work_factor_is_refused_at_once() {
        let bytes = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAA";
        let any = SecretString::from("any".to_owned());
        assert_eq!(open_with_passphrase(bytes, &any), Err(NotOpened::ExcessiveWork(30)));
    }
}

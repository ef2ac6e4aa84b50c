//! Identity files: open, sealed with a passphrase as `age -p` does it, or an
//! SSH key with a passphrase of its own.

use std::io::{Read, Write};

use age::ssh;
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::seal::SealError;

use super::identity::NotAnIdentity;
use super::scrypt_memory::{self, MemoryChecked, NoMemory};
use super::{Identity, PluginCallbacks};

/// The scrypt work factor that the age program uses. Never calibrated by time: a key made
/// on a slow day must not be weak.
pub const WORK_FACTOR: u8 = 18;
/// The highest work factor that is tried. A higher one wasn't made by us and would stall
/// the machine.
pub const MAX_WORK_FACTOR: u8 = 20;

/// A parsed identity file.
pub enum IdentityFile {
    /// It needs no passphrase.
    Open(Identity),
    /// It is encrypted with a passphrase.
    Locked(LockedIdentity),
}

/// An identity that opens with a passphrase.
pub enum LockedIdentity {
    Age(Vec<u8>, PluginCallbacks),
    Ssh(Box<ssh::EncryptedKey>),
}

/// Why a passphrase didn't open a file.
#[derive(Debug)]
pub enum PassphraseError {
    WrongPassphrase,
    ExcessiveWork(u8),
    NoMemory(NoMemory),
    NotPassphrase,
    Broken,
    NotAnIdentity(NotAnIdentity),
}

/// Is this an age file, in binary or in armour?
fn is_age_file(bytes: &[u8]) -> bool {
    bytes.starts_with(b"age-encryption.org/")
        || bytes.trim_ascii_start().starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----")
}

impl IdentityFile {
    /// Reads an age identity file, or an SSH key, encrypted or not.
    ///
    /// # Errors
    /// Why it isn't one, without quoting it.
    pub fn parse(
        bytes: &[u8],
        callbacks: PluginCallbacks,
    ) -> std::result::Result<IdentityFile, NotAnIdentity> {
        // A byte order mark, as some editors write, is no part of it.
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        if is_age_file(bytes) {
            // What is pasted may begin with empty lines.
            let bytes = bytes.trim_ascii_start().to_vec();
            return Ok(IdentityFile::Locked(LockedIdentity::Age(bytes, callbacks)));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| NotAnIdentity::Empty)?;
        if text.trim_start().starts_with("-----BEGIN ") {
            return parse_ssh(text.trim_start());
        }
        Identity::parse(text, callbacks).map(IdentityFile::Open)
    }
}

fn parse_ssh(text: &str) -> std::result::Result<IdentityFile, NotAnIdentity> {
    let unsupported = |why: &str| NotAnIdentity::Ssh(why.to_owned());
    let key = ssh::Identity::from_buffer(text.as_bytes(), None);
    match key.map_err(|_| unsupported("it isn't a private key that age can read"))? {
        key @ ssh::Identity::Unencrypted(_) => Identity::of_ssh(key, Some(text))
            .map(IdentityFile::Open)
            .ok_or_else(|| unsupported("age doesn't use this kind of SSH key")),
        ssh::Identity::Encrypted(key) => {
            Ok(IdentityFile::Locked(LockedIdentity::Ssh(Box::new(key))))
        }
        ssh::Identity::Unsupported(kind) => Err(unsupported(match kind {
            ssh::UnsupportedKey::EncryptedPem => {
                "it's in an old format; `ssh-keygen -p -f FILE` converts it"
            }
            ssh::UnsupportedKey::Hardware(_) => "a key in hardware can't open age files",
            _ => "age doesn't use this kind of SSH key",
        })),
    }
}

impl LockedIdentity {
    /// Is it an age file, as inward writes them?
    pub fn is_age(&self) -> bool {
        matches!(self, LockedIdentity::Age(..))
    }

    /// Tries the passphrase as typed, then with its accents composed and decomposed:
    /// keyboards and systems differ.
    pub fn open(
        &self,
        passphrase: &SecretString,
    ) -> std::result::Result<Identity, PassphraseError> {
        let mut result = self.open_as(passphrase);
        for spelling in other_spellings(passphrase) {
            if !matches!(result, Err(PassphraseError::WrongPassphrase)) {
                break;
            }
            result = self.open_as(&spelling);
        }
        result
    }

    fn open_as(&self, passphrase: &SecretString) -> std::result::Result<Identity, PassphraseError> {
        match self {
            LockedIdentity::Age(bytes, callbacks) => {
                let text = open_with_passphrase(bytes, passphrase)?;
                Identity::parse(&text, *callbacks).map_err(PassphraseError::NotAnIdentity)
            }
            LockedIdentity::Ssh(key) => {
                let key = key.decrypt(passphrase.clone()).map_err(passphrase_error)?;
                Identity::of_ssh(key.into(), None).ok_or(PassphraseError::Broken)
            }
        }
    }
}

/// The same letters in NFC and NFD, where those are other bytes.
fn other_spellings(passphrase: &SecretString) -> Vec<SecretString> {
    let typed = passphrase.expose_secret();
    let mut spellings: Vec<Zeroizing<String>> = Vec::new();
    // Allocated at once: a string that grows leaves copies in memory.
    let collect = |letters: &mut dyn Iterator<Item = char>| {
        let mut text = Zeroizing::new(String::with_capacity(12 * typed.len()));
        text.extend(letters);
        text
    };
    for text in [collect(&mut typed.nfc()), collect(&mut typed.nfd())] {
        if *text != typed && !spellings.contains(&text) {
            spellings.push(text);
        }
    }
    spellings.iter().map(|text| SecretString::from(text.as_str())).collect()
}

/// Seals the text of an identity file with a passphrase, as `age -p` does.
pub fn seal_with_passphrase(text: &str, passphrase: &SecretString) -> Result<Vec<u8>> {
    scrypt_memory::check(WORK_FACTOR).map_err(SealError::NoMemory)?;
    let mut recipient = age::scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(WORK_FACTOR);
    let sealing = |why: String| SealError::Sealing { why };
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor =
        age::Encryptor::with_recipients(recipients).map_err(|e| sealing(e.to_string()))?;
    let mut bytes = Vec::new();
    let mut writer = encryptor.wrap_output(&mut bytes).map_err(|e| sealing(e.to_string()))?;
    writer.write_all(text.as_bytes()).map_err(|e| sealing(e.to_string()))?;
    writer.finish().map_err(|e| sealing(e.to_string()))?;
    Ok(bytes)
}

/// An age file as ASCII text that can be printed, typed and mailed.
pub fn armour(bytes: &[u8]) -> Result<String> {
    use age::armor::{ArmoredWriter, Format};
    let sealing = |e: std::io::Error| SealError::Sealing { why: e.to_string() };
    let mut armoured = Vec::new();
    let mut writer =
        ArmoredWriter::wrap_output(&mut armoured, Format::AsciiArmor).map_err(sealing)?;
    writer.write_all(bytes).map_err(sealing)?;
    writer.finish().map_err(sealing)?;
    String::from_utf8(armoured).map_err(|e| SealError::Sealing { why: e.to_string() }.into())
}

fn passphrase_error(e: age::DecryptError) -> PassphraseError {
    match e {
        age::DecryptError::ExcessiveWork { required, .. } => {
            PassphraseError::ExcessiveWork(required)
        }
        age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed
        | age::DecryptError::NoMatchingKeys => PassphraseError::WrongPassphrase,
        _ => PassphraseError::Broken,
    }
}

pub(super) fn open_with_passphrase(
    bytes: &[u8],
    passphrase: &SecretString,
) -> std::result::Result<Zeroizing<String>, PassphraseError> {
    let reader = age::armor::ArmoredReader::new(bytes);
    let decryptor = age::Decryptor::new_buffered(reader).map_err(|_| PassphraseError::Broken)?;
    if !decryptor.is_scrypt() {
        return Err(PassphraseError::NotPassphrase);
    }
    let identity = age::scrypt::Identity::new(passphrase.clone());
    let identity = MemoryChecked::of(identity, MAX_WORK_FACTOR);
    let keys = std::iter::once(&identity as &dyn age::Identity);
    let reader = decryptor.decrypt(keys);
    if let Some(shortage) = identity.shortage() {
        return Err(PassphraseError::NoMemory(shortage));
    }
    let mut reader = reader.map_err(passphrase_error)?;
    let mut text = Zeroizing::new(String::with_capacity(bytes.len()));
    reader.read_to_string(&mut text).map_err(|_| PassphraseError::Broken)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_opens_what_it_sealed_and_another_does_not() {
        let right = SecretString::from("right".to_owned());
        let bytes = seal_with_passphrase("text\n", &right).unwrap();
        assert!(bytes.windows(4).any(|w| w == b" 18\n"), "the work factor is 18");
        assert_eq!(open_with_passphrase(&bytes, &right).unwrap().as_str(), "text\n");
        let armoured = armour(&bytes).unwrap();
        assert_eq!(open_with_passphrase(armoured.as_bytes(), &right).unwrap().as_str(), "text\n");
        let wrong = SecretString::from("wrong".to_owned());
        let refused = open_with_passphrase(&bytes, &wrong);
        assert!(matches!(refused, Err(PassphraseError::WrongPassphrase)));
    }

    #[test]
    fn a_passphrase_opens_however_its_accents_are_typed() {
        let spellings = |text: &str| -> Vec<String> {
            let typed = SecretString::from(text.to_owned());
            other_spellings(&typed).iter().map(|s| s.expose_secret().to_owned()).collect()
        };
        assert_eq!(spellings("caf\u{e9}"), ["cafe\u{301}"]);
        assert_eq!(spellings("cafe\u{301}"), ["caf\u{e9}"]);
        assert!(spellings("plain").is_empty());
        let (composed, parted) = ("caf\u{e9}".to_owned(), "cafe\u{301}".to_owned());
        let identity = Identity::generate();
        let text = identity.to_file();
        let bytes = seal_with_passphrase(&text, &SecretString::from(composed)).unwrap();
        let Ok(IdentityFile::Locked(locked)) = IdentityFile::parse(&bytes, PluginCallbacks::SILENT)
        else {
            panic!("it is locked")
        };
        assert!(locked.open(&SecretString::from(parted)).is_ok());
    }

    #[test]
    fn what_no_passphrase_opens_is_not_called_a_wrong_passphrase() {
        let any = SecretString::from("any".to_owned());
        let of = Identity::generate();
        let list = crate::seal::Recipients::parse(&of.recipients().join("\n"), "test").unwrap();
        let to_a_key = list.seal_bytes(b"words").unwrap();
        let armoured = format!("\n {}", armour(&to_a_key).unwrap());
        for bytes in [&to_a_key[..], armoured.as_bytes(), &to_a_key[..40]] {
            let parsed = IdentityFile::parse(bytes, PluginCallbacks::SILENT);
            let Ok(IdentityFile::Locked(locked)) = parsed else { panic!("it is an age file") };
            assert!(locked.is_age());
            let refused = locked.open(&any).err().unwrap();
            match bytes.len() {
                40 => assert!(matches!(refused, PassphraseError::Broken)),
                _ => assert!(matches!(refused, PassphraseError::NotPassphrase), "{refused:?}"),
            }
        }
        let open = IdentityFile::parse(of.to_file().as_bytes(), PluginCallbacks::SILENT);
        assert!(matches!(open, Ok(IdentityFile::Open(open)) if open.is_same(&of)));
    }

    #[test]
    fn a_key_is_read_behind_a_byte_order_mark() {
        let of = Identity::generate();
        let parse = |text: &str| {
            IdentityFile::parse(format!("\u{feff}{text}").as_bytes(), PluginCallbacks::SILENT)
        };
        let open = parse(&of.to_file());
        assert!(matches!(open, Ok(IdentityFile::Open(open)) if open.is_same(&of)));
        let locked = parse(&armour(b"age-encryption.org/v1\n-> scrypt").unwrap());
        assert!(matches!(locked, Ok(IdentityFile::Locked(_))));
    }

    #[test]
    fn an_excessive_work_factor_is_refused_at_once() {
        let bytes = b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\nAAAAAAAAAAAAAAAAAAAA";
        let any = SecretString::from("any".to_owned());
        let refused = open_with_passphrase(bytes, &any);
        assert!(matches!(refused, Err(PassphraseError::ExcessiveWork(30))));
    }
}

//! Recipients: every kind that age knows, one a line, as `age -R` reads them too.

use std::io::Write;

use age::plugin::RecipientPluginV1;
use age::ssh::ParseRecipientKeyError;
use age::{EncryptError, NoCallbacks, plugin, ssh, tag, tagpq, x25519};

use crate::entry::{Entry, EntryError};
use crate::error::{Error, Result};
use crate::seal::{NotARecipient, SealError};

use super::{EntryFileName, Identity, Sealed, padded_length};

/// One public key.
#[derive(Clone)]
pub struct Recipient {
    /// As written in a list, without an SSH key's comment.
    text: String,
    key: RecipientKey,
}

#[derive(Clone)]
enum RecipientKey {
    X25519(x25519::Recipient),
    Tag(tag::Recipient),
    /// Boxed because it's nine times as large as the others.
    TagPq(Box<tagpq::Recipient>),
    Ssh(ssh::Recipient),
    Plugin(plugin::Recipient),
}

impl Recipient {
    pub fn parse(text: &str) -> std::result::Result<Recipient, NotARecipient> {
        let text = text.trim();
        if text.starts_with("ssh-") || text.starts_with("ecdsa-") || text.starts_with("sk-") {
            let key: ssh::Recipient = text.parse().map_err(not_ssh)?;
            return Ok(Recipient { text: key.to_string(), key: RecipientKey::Ssh(key) });
        }
        if text.to_ascii_uppercase().starts_with("AGE-") || text.starts_with("-----BEGIN ") {
            return Err(NotARecipient::Secret);
        }
        let key = (text.parse().map(RecipientKey::X25519))
            .or_else(|_| text.parse().map(RecipientKey::Tag))
            .or_else(|_| text.parse().map(Box::new).map(RecipientKey::TagPq))
            // Its name is checked here; nothing is run yet.
            .or_else(|_| text.parse().map(RecipientKey::Plugin))
            .map_err(|_| NotARecipient::Unknown)?;
        Ok(Recipient { text: text.to_owned(), key })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the plugin that it needs.
    pub fn plugin(&self) -> Option<&str> {
        let RecipientKey::Plugin(key) = &self.key else { return None };
        Some(key.plugin())
    }

    /// Does a plugin or hardware hold its secret half?
    pub fn is_held_elsewhere(&self) -> bool {
        self.is_tag() || self.plugin().is_some()
    }

    /// Is its secret half in hardware, so that the public half doesn't say whose it is?
    pub(super) fn is_tag(&self) -> bool {
        matches!(self.key, RecipientKey::Tag(_) | RecipientKey::TagPq(_))
    }

    /// What kind of key it is, in age's words.
    pub fn kind(&self) -> String {
        match &self.key {
            RecipientKey::X25519(_) => "X25519".to_owned(),
            RecipientKey::Tag(_) => "hardware".to_owned(),
            RecipientKey::TagPq(_) => "hardware, post-quantum".to_owned(),
            RecipientKey::Ssh(ssh::Recipient::SshRsa(..)) => "SSH, RSA".to_owned(),
            RecipientKey::Ssh(ssh::Recipient::SshEd25519(..)) => "SSH, Ed25519".to_owned(),
            RecipientKey::Plugin(key) => format!("plugin {}", key.plugin()),
        }
    }
}

fn not_ssh(e: ParseRecipientKeyError) -> NotARecipient {
    match e {
        ParseRecipientKeyError::RsaModulusTooSmall => NotARecipient::RsaTooSmall,
        ParseRecipientKeyError::RsaModulusTooLarge => NotARecipient::RsaTooLarge,
        ParseRecipientKeyError::Unsupported(kind) => NotARecipient::SshKind(kind),
        _ => NotARecipient::Unknown,
    }
}

/// The list of everyone to whom entries are sealed.
#[derive(Clone)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// Parses a list, one recipient a line. Empty lines and lines that begin with # are
    /// ignored.
    ///
    /// # Errors
    /// `NotARecipient` with its line.
    pub fn parse(text: &str, source: &str) -> Result<Recipients> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
        let keys = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let parsed = keys.map(|(line, key)| {
            Recipient::parse(key).map_err(|why| {
                let source = source.to_owned();
                SealError::NotARecipient { source, line, why }
            })
        });
        let mut keys: Vec<Recipient> = parsed.collect::<std::result::Result<_, SealError>>()?;
        // A key that is listed twice is sealed to once.
        let mut texts = std::collections::HashSet::new();
        keys.retain(|key| texts.insert(key.text.clone()));
        Ok(Recipients(keys))
    }

    /// The recipients, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &Recipient> {
        self.0.iter()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Does the list contain this key, without an SSH key's comment?
    pub fn contains(&self, key: &str) -> bool {
        self.0.iter().any(|recipient| recipient.text == key)
    }

    /// Checks that all of them can be sealed to together now. A missing plugin must be
    /// noticed before the first question, not after the last.
    ///
    /// # Errors
    /// A plugin that is missing or fails, or keys that age does not mix.
    pub fn check(&self) -> Result<()> {
        let certain =
            |r: &Recipient| matches!(r.key, RecipientKey::X25519(_) | RecipientKey::Ssh(_));
        if self.0.iter().all(certain) { Ok(()) } else { self.encrypt(b"").map(drop) }
    }

    /// Does this identity open what is sealed to these? Found out by trying.
    ///
    /// # Errors
    /// As [`Recipients::check`].
    pub fn opened_by(&self, identity: &Identity) -> Result<bool> {
        Ok(identity.decrypt(&self.encrypt(b"")?).is_ok())
    }

    /// Seals an entry to all of them, padded by Padmé to at least 2 KiB.
    ///
    /// # Errors
    /// `NotJson`; a plugin that is missing or fails; keys that age does not mix.
    pub fn seal(&self, entry: &Entry) -> Result<Sealed> {
        let mut plain = entry.to_json().map_err(|e| EntryError::NotJson { why: e.to_string() })?;
        let padded = padded_length(plain.len());
        plain.resize(padded, b' ');
        Ok(Sealed { name: EntryFileName::of(entry), bytes: self.encrypt(&plain)? })
    }

    /// Seals bytes that aren't an entry: an export for someone else.
    ///
    /// # Errors
    /// As [`Recipients::check`].
    pub fn seal_bytes(&self, plain: &[u8]) -> Result<Vec<u8>> {
        self.encrypt(plain)
    }

    fn encrypt(&self, plain: &[u8]) -> Result<Vec<u8>> {
        let sealing = |e: std::io::Error| SealError::Sealing { why: e.to_string() };
        let mut bytes = Vec::with_capacity(plain.len() + 1024);
        let mut writer = self.encryptor()?.wrap_output(&mut bytes).map_err(sealing)?;
        writer.write_all(plain).map_err(sealing)?;
        writer.finish().map_err(sealing)?;
        Ok(bytes)
    }

    /// An encryptor with a new file key, wrapped for each recipient.
    pub(super) fn encryptor(&self) -> Result<age::Encryptor> {
        let plugins = self.plugins()?;
        let direct = self.0.iter().filter_map(|recipient| match &recipient.key {
            RecipientKey::X25519(key) => Some(key as &dyn age::Recipient),
            RecipientKey::Tag(key) => Some(key as &dyn age::Recipient),
            RecipientKey::TagPq(key) => Some(&**key as &dyn age::Recipient),
            RecipientKey::Ssh(key) => Some(key as &dyn age::Recipient),
            RecipientKey::Plugin(_) => None,
        });
        let recipients = direct.chain(plugins.iter().map(|plugin| plugin as &dyn age::Recipient));
        age::Encryptor::with_recipients(recipients).map_err(encrypt_error)
    }

    /// Each plugin once, with all of its recipients. Public keys need no callbacks.
    fn plugins(&self) -> Result<Vec<RecipientPluginV1<NoCallbacks>>> {
        let keys = self.0.iter().filter_map(|recipient| {
            let RecipientKey::Plugin(key) = &recipient.key else { return None };
            Some(key.clone())
        });
        let keys: Vec<plugin::Recipient> = keys.collect();
        let mut names: Vec<&str> = keys.iter().map(|key| key.plugin()).collect();
        names.sort_unstable();
        names.dedup();
        let plugins = names.into_iter().map(|name| {
            RecipientPluginV1::new(name, &keys, &[], NoCallbacks)
                .map_err(|e| encrypt_error(EncryptError::PluginResolve(e)))
        });
        plugins.collect()
    }
}

fn encrypt_error(e: EncryptError) -> Error {
    match e {
        EncryptError::IncompatibleRecipients { .. } => SealError::Mixed.into(),
        EncryptError::PluginResolve(e) => super::plugin_error(e),
        EncryptError::Plugin(errors) => {
            let why = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
            SealError::PluginFailed { why: super::plain_words(&why) }.into()
        }
        other => SealError::Sealing { why: super::plain_words(&other.to_string()) }.into(),
    }
}

#[cfg(test)]
mod tests;

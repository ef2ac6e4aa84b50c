//! The secret keys: age's own, SSH keys, and those that a plugin holds. In memory only,
//! and wiped by the crate when they're dropped.

use std::fmt;
use std::sync::Arc;

use age::secrecy::ExposeSecret;
use age::{plugin, ssh, x25519};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::error::Error;

use super::audience::{Audience, AudienceLog, AudienceWatch};
use super::native::NativeKey;
use super::plugin_key::PluginKey;
use super::{PluginCallbacks, Recipients};

/// What is known of a secret key's public half.
pub(super) enum PublicKey {
    /// The recipient.
    Key(String),
    /// Only the plugin's name.
    Plugin(String),
}

/// What finds a file's own key in its header.
pub type IdentityKey = Box<dyn age::Identity + Send + Sync>;

/// The secret key, or several. No Debug that shows it, no Serialize.
pub struct Identity {
    pub(super) keys: Vec<IdentityKey>,
    pub(super) public: Vec<PublicKey>,
    text: IdentityText,
    pub(super) watch: Option<AudienceWatch>,
}

/// The text that an identity can be parsed from again.
enum IdentityText {
    /// A line for each key, in age's form.
    Lines(Zeroizing<String>),
    /// An SSH key's file.
    Ssh(Zeroizing<String>),
    /// None: an SSH key with a passphrase, once opened.
    None,
}

/// Does an identity open what is sealed to a list of recipients?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityMatch {
    Yes,
    No,
    /// Only its plugin knows.
    Perhaps,
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// Why a text is no identity file.
#[derive(Debug)]
pub enum NotAnIdentity {
    Empty,
    Line(usize),
    Ssh(String),
    /// It needs a plugin that isn't there.
    Refused(Error),
}

impl Identity {
    /// A new key, from the system's random source.
    pub fn generate() -> Identity {
        let key = x25519::Identity::generate();
        let mut lines = Zeroizing::new(String::with_capacity(128));
        lines.push_str(key.to_string().expose_secret());
        lines.push('\n');
        let public = vec![PublicKey::Key(key.to_public().to_string())];
        Identity { keys: vec![native(key)], public, text: IdentityText::Lines(lines), watch: None }
    }

    /// Parses the lines of an identity file.
    ///
    /// # Errors
    /// The line that is no identity, or `Empty`; a plugin whose program is missing.
    pub fn parse(text: &str, callbacks: PluginCallbacks) -> Result<Identity, NotAnIdentity> {
        let mut identity = Identity {
            keys: Vec::new(),
            public: Vec::new(),
            text: IdentityText::None,
            watch: None,
        };
        let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
        for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            if let Ok(key) = line.parse::<x25519::Identity>() {
                identity.public.push(PublicKey::Key(key.to_public().to_string()));
                identity.keys.push(native(key));
            } else if let Ok(key) = line.parse::<plugin::Identity>() {
                let name = key.plugin().to_owned();
                let plugin = PluginKey::new(key, callbacks);
                let plugin = plugin.map_err(|e| NotAnIdentity::Refused(super::plugin_error(e)))?;
                identity.public.push(PublicKey::Plugin(name));
                identity.keys.push(Box::new(plugin));
            } else {
                return Err(NotAnIdentity::Line(number));
            }
        }
        if identity.keys.is_empty() {
            return Err(NotAnIdentity::Empty);
        }
        identity.text = IdentityText::Lines(secret_lines(text));
        Ok(identity)
    }

    /// An SSH key that needs no passphrase, or has been opened.
    pub(super) fn of_ssh(key: ssh::Identity, lines: Option<&str>) -> Option<Identity> {
        let public = ssh::Recipient::try_from(key.clone()).ok()?.to_string();
        Some(Identity {
            keys: vec![Box::new(key)],
            public: vec![PublicKey::Key(public)],
            text: lines.map_or(IdentityText::None, |text| {
                IdentityText::Ssh(Zeroizing::new(text.to_owned()))
            }),
            watch: None,
        })
    }

    /// Its public keys, as far as they are known.
    pub fn recipients(&self) -> Vec<String> {
        let keys = self.public.iter().filter_map(|public| match public {
            PublicKey::Key(key) => Some(key.clone()),
            PublicKey::Plugin(_) => None,
        });
        keys.collect()
    }

    /// Is one of these recipients its own, as far as that's known without asking a
    /// plugin?
    pub fn fits(&self, recipients: &Recipients) -> IdentityMatch {
        let fit = |public: &PublicKey| match public {
            PublicKey::Key(key) if recipients.contains(key) => IdentityMatch::Yes,
            PublicKey::Plugin(name)
                if recipients.iter().any(|r| r.plugin() == Some(name) || r.is_tag()) =>
            {
                IdentityMatch::Perhaps
            }
            PublicKey::Key(_) | PublicKey::Plugin(_) => IdentityMatch::No,
        };
        let fits: Vec<IdentityMatch> = self.public.iter().map(fit).collect();
        let best =
            [IdentityMatch::Yes, IdentityMatch::Perhaps].into_iter().find(|fit| fits.contains(fit));
        best.unwrap_or(IdentityMatch::No)
    }

    /// May opening an entry ask the person something?
    pub fn may_ask(&self) -> bool {
        self.public.iter().any(|public| matches!(public, PublicKey::Plugin(_)))
    }

    /// Is it a key of age's own kind, such as this program makes?
    pub fn is_native(&self) -> bool {
        matches!(self.text, IdentityText::Lines(_)) && !self.may_ask()
    }

    /// The secret text that it can be parsed from again. `None` for an SSH key with a
    /// passphrase.
    pub fn secret(&self) -> Option<&str> {
        match &self.text {
            IdentityText::Lines(text) | IdentityText::Ssh(text) => Some(text),
            IdentityText::None => None,
        }
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        match &self.text {
            IdentityText::Lines(text) => text.lines(),
            IdentityText::Ssh(_) | IdentityText::None => "".lines(),
        }
    }

    /// The text of its file: the newest public key, and each secret line. The other
    /// public keys follow from those, and a short text fits on a printed page.
    pub fn to_file(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(128 * (1 + self.public.len())));
        if let Some(PublicKey::Key(key)) = self.public.first() {
            text.push_str("# public key: ");
            text.push_str(key);
            text.push('\n');
        }
        for line in self.lines() {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// The keys of this identity, then those of another.
    ///
    /// # Errors
    /// Lines that don't parse, though all of them did before.
    pub fn and(&self, other: &Identity) -> Result<Identity, NotAnIdentity> {
        let mut text = Zeroizing::new(String::with_capacity(128 * (self.keys.len() + 8)));
        for line in self.lines().chain(other.lines().filter(|l| self.lines().all(|own| own != *l)))
        {
            text.push_str(line);
            text.push('\n');
        }
        Identity::parse(&text, PluginCallbacks::SILENT)
    }

    /// Are all secret lines of the other among its own?
    pub fn holds(&self, other: &Identity) -> bool {
        other.lines().all(|line| self.lines().any(|own| own == line))
    }

    /// Has it the same secret lines, in the same order?
    pub fn is_same(&self, other: &Identity) -> bool {
        self.lines().next().is_some() && self.lines().eq(other.lines())
    }

    /// The same identity, noting every file that it opens and that is sealed to other
    /// keys than the audience's.
    pub fn watching(self, audience: Audience, log: Arc<AudienceLog>) -> Identity {
        Identity { watch: Some(AudienceWatch { audience, log }), ..self }
    }

    /// The same identity, with each of its keys behind another that may answer for it.
    pub fn behind(self, another: impl FnMut(IdentityKey) -> IdentityKey) -> Identity {
        Identity { keys: self.keys.into_iter().map(another).collect(), ..self }
    }

    /// A symmetric key for one purpose on this device, by HKDF-SHA-256 (RFC 5869) of the
    /// secret text. `None` where the secret isn't available.
    pub fn derive_key(&self, purpose: &[&[u8]]) -> Option<Zeroizing<[u8; 32]>> {
        let secret = self.secret().filter(|_| !self.may_ask())?;
        Identity::derive_key_of(secret, purpose)
    }

    /// The same from one of its secrets alone, so that it stays the same when others are
    /// added.
    pub fn derive_key_of(secret: &str, purpose: &[&[u8]]) -> Option<Zeroizing<[u8; 32]>> {
        let mut key = Zeroizing::new([0; 32]);
        let hkdf = hkdf::Hkdf::<Sha256>::new(None, secret.as_bytes());
        hkdf.expand_multi_info(purpose, key.as_mut_slice()).ok()?;
        Some(key)
    }

    /// Each secret text, newest first; none where a plugin holds one.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let ssh = if let IdentityText::Ssh(text) = &self.text { Some(text.as_str()) } else { None };
        let is_available = !self.may_ask();
        self.lines().chain(ssh).filter(move |_| is_available)
    }
}

fn native(key: x25519::Identity) -> IdentityKey {
    match NativeKey::from_identity(&key) {
        Some(native) => Box::new(native),
        None => Box::new(key),
    }
}

/// The lines that aren't comments, each with a line end.
fn secret_lines(text: &str) -> Zeroizing<String> {
    let mut lines = Zeroizing::new(String::with_capacity(text.len() + 1));
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests;

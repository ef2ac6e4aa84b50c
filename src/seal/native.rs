//! age's own kind of key, with its public half stored. The age crate computes that again
//! for each file, which takes a quarter of the time of opening an entry. This implements
//! <https://c2sp.org/age#x25519-recipient-stanza> as strictly as the crate does, and is
//! tested with age's own test vectors.

use age::secrecy::ExposeSecret;
use age::{DecryptError, x25519};
use age_core::format::{FILE_KEY_BYTES, FileKey, Stanza};
use age_core::primitives::{aead_decrypt, bech32_decode, hkdf};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, Zeroizing};

const TAG: &str = "X25519";
const LABEL: &[u8] = b"age-encryption.org/v1/X25519";
/// The length of the Poly1305 tag.
const MAC_BYTES: usize = 16;

/// An X25519 key pair. Its secret half is wiped when it's dropped.
pub struct NativeKey {
    secret: StaticSecret,
    public: PublicKey,
}

impl NativeKey {
    /// `None` only if the crate printed a key that it couldn't parse itself.
    pub fn from_identity(key: &x25519::Identity) -> Option<NativeKey> {
        let line = key.to_string();
        let bytes = bech32_decode(
            line.expose_secret(),
            |_| (),
            |_| Ok(()),
            |_, bytes| Ok(Zeroizing::new(bytes.collect::<Vec<u8>>())),
        );
        let mut bytes: [u8; 32] = bytes.ok()?.as_slice().try_into().ok()?;
        let secret = StaticSecret::from(bytes);
        bytes.zeroize();
        Some(NativeKey { public: PublicKey::from(&secret), secret })
    }
}

impl age::Identity for NativeKey {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        if stanza.tag != TAG {
            return None;
        }
        let Some(share) = share(stanza) else { return Some(Err(DecryptError::InvalidHeader)) };
        let shared = self.secret.diffie_hellman(&share);
        if !shared.was_contributory() {
            return Some(Err(DecryptError::InvalidHeader));
        }
        let salt = [*share.as_bytes(), *self.public.as_bytes()].concat();
        let key = Zeroizing::new(hkdf(&salt, LABEL, shared.as_bytes()));
        // If it doesn't open, it's for someone else.
        let plain = aead_decrypt(&key, FILE_KEY_BYTES, &stanza.body).ok().map(Zeroizing::new)?;
        Some(Ok(FileKey::init_with_mut(|file_key| file_key.copy_from_slice(&plain))))
    }
}

/// The sender's public key; `None` if the stanza isn't well formed.
fn share(stanza: &Stanza) -> Option<PublicKey> {
    let [text] = &stanza.args[..] else { return None };
    let share = BASE64_STANDARD_NO_PAD.decode(text).ok()?;
    let body_fits = stanza.body.len() == FILE_KEY_BYTES + MAC_BYTES;
    <[u8; 32]>::try_from(share).ok().filter(|_| body_fits).map(PublicKey::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::{Identity as _, Recipient as _};

    /// What a stanza comes to, as far as it can be compared.
    fn unwrap_key(by: &dyn age::Identity, stanza: &Stanza) -> Option<Result<[u8; 16], String>> {
        let file_key = by.unwrap_stanza(stanza)?;
        Some(file_key.map(|key| *key.expose_secret()).map_err(|e| format!("{e:?}")))
    }

    #[test]
    fn every_stanza_is_read_as_the_crate_reads_it() {
        let key = x25519::Identity::generate();
        let ours = NativeKey::from_identity(&key).unwrap();
        let file_key = FileKey::new(Box::new([7; 16]));
        let (stanzas, _) = key.to_public().wrap_file_key(&file_key).unwrap();
        let whole = || Stanza {
            tag: stanzas[0].tag.clone(),
            args: stanzas[0].args.clone(),
            body: stanzas[0].body.clone(),
        };
        assert_eq!(unwrap_key(&ours, &whole()), Some(Ok([7; 16])));
        let strange = x25519::Identity::generate();
        assert!(NativeKey::from_identity(&strange).unwrap().unwrap_stanza(&whole()).is_none());

        let low_order = BASE64_STANDARD_NO_PAD.encode([0; 32]);
        let args = |args: &[&str]| args.iter().map(|arg| arg.to_string()).collect::<Vec<_>>();
        let share = whole().args[0].clone();
        let mut stanzas = vec![
            Stanza { tag: "x25519".into(), ..whole() },
            Stanza { args: args(&[]), ..whole() },
            Stanza { args: args(&[&share, &share]), ..whole() },
            Stanza { args: args(&[&share[1..]]), ..whole() },
            Stanza { args: args(&[&(share.clone() + "=")]), ..whole() },
            Stanza { args: args(&[&low_order]), ..whole() },
            Stanza { body: whole().body[1..].to_vec(), ..whole() },
            Stanza { body: [whole().body, vec![0]].concat(), ..whole() },
        ];
        for at in 0..share.len() {
            let other = if share.as_bytes()[at] == b'A' { "B" } else { "A" };
            let mut changed = share.clone();
            changed.replace_range(at..=at, other);
            stanzas.push(Stanza { args: vec![changed], ..whole() });
        }
        for at in 0..32 {
            let mut changed = whole();
            changed.body[at] ^= 1;
            stanzas.push(changed);
        }
        for stanza in stanzas {
            let (ours, crates) = (unwrap_key(&ours, &stanza), unwrap_key(&key, &stanza));
            assert_eq!(ours, crates, "{} {:?} {:?}", stanza.tag, stanza.args, stanza.body);
            assert!(!matches!(ours, Some(Ok(_))), "{:?}", stanza.args);
        }
    }
}

//! age's own kind of key, with its public half at hand. The crate works that out
//! anew for each file, which is a quarter of what opening an entry takes. What is
//! read here is <https://c2sp.org/age#x25519-recipient-stanza>, as strictly as
//! the crate reads it, and age's test vectors are opened by it.

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
/// What age puts behind what it seals, to know it again.
const MAC_BYTES: usize = 16;

/// Its secret half is wiped when it is dropped.
pub struct Native {
    secret: StaticSecret,
    public: PublicKey,
}

impl Native {
    /// `None` only if the crate wrote a key that it would not read itself.
    pub fn from_identity(key: &x25519::Identity) -> Option<Native> {
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
        Some(Native { public: PublicKey::from(&secret), secret })
    }
}

impl age::Identity for Native {
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
        // Where it does not open, it is for somebody else.
        let opened = aead_decrypt(&key, FILE_KEY_BYTES, &stanza.body).ok().map(Zeroizing::new)?;
        Some(Ok(FileKey::init_with_mut(|file_key| file_key.copy_from_slice(&opened))))
    }
}

/// The sender's half of the agreement; nothing where the stanza is not as the
/// format has it.
fn share(stanza: &Stanza) -> Option<PublicKey> {
    let [given] = &stanza.args[..] else { return None };
    let share = BASE64_STANDARD_NO_PAD.decode(given).ok()?;
    let whole = stanza.body.len() == FILE_KEY_BYTES + MAC_BYTES;
    <[u8; 32]>::try_from(share).ok().filter(|_| whole).map(PublicKey::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use age::Identity as _;
    use age::Recipient as _;

    /// What a stanza comes to, as far as it can be compared.
    fn unwrap_key(by: &dyn age::Identity, stanza: &Stanza) -> Option<Result<[u8; 16], String>> {
        let opened = by.unwrap_stanza(stanza)?;
        Some(opened.map(|key| *key.expose_secret()).map_err(|e| format!("{e:?}")))
    }

    #[test]
    fn every_stanza_is_read_as_the_crate_reads_it() {
        let key = x25519::Identity::generate();
        let ours = Native::from_identity(&key).unwrap();
        let file_key = FileKey::new(Box::new([7; 16]));
        let (stanzas, _) = key.to_public().wrap_file_key(&file_key).unwrap();
        let whole = || Stanza {
            tag: stanzas[0].tag.clone(),
            args: stanzas[0].args.clone(),
            body: stanzas[0].body.clone(),
        };
        assert_eq!(unwrap_key(&ours, &whole()), Some(Ok([7; 16])));
        let strange = x25519::Identity::generate();
        assert!(Native::from_identity(&strange).unwrap().unwrap_stanza(&whole()).is_none());

        let low_order = BASE64_STANDARD_NO_PAD.encode([0; 32]);
        let args = |args: &[&str]| args.iter().map(|arg| arg.to_string()).collect::<Vec<_>>();
        let share = whole().args[0].clone();
        let mut ways = vec![
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
            ways.push(Stanza { args: vec![changed], ..whole() });
        }
        for at in 0..32 {
            let mut changed = whole();
            changed.body[at] ^= 1;
            ways.push(changed);
        }
        for stanza in ways {
            let (ours, crates) = (unwrap_key(&ours, &stanza), unwrap_key(&key, &stanza));
            assert_eq!(ours, crates, "{} {:?} {:?}", stanza.tag, stanza.args, stanza.body);
            assert!(!matches!(ours, Some(Ok(_))), "{:?}", stanza.args);
        }
    }
}

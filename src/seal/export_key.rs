//! Recognises a journal's own entries when they come back as JSON.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::entry::Entry;

use super::Identity;

/// Authenticates exported entries under the secret key. Only entries with a valid tag
/// keep their id, revision and `replaces` on import: otherwise anyone who knows an
/// entry's id could hand out a file whose import deletes it.
///
/// One key for each secret, newest first. The newest tags and any of them verifies, so
/// that exports from before a rotation are recognised.
pub struct ExportKey(Vec<Zeroizing<[u8; 32]>>);

impl ExportKey {
    /// The field of an exported entry that holds its tag.
    pub const FIELD: &str = "mac";

    /// `None` where the secret isn't available, as with a plugin.
    pub fn of(identity: &Identity) -> Option<ExportKey> {
        let key = |secret| Identity::derive_key_of(secret, &[b"inward export 1"]);
        let keys: Vec<_> = identity.secrets().map(key).collect::<Option<_>>()?;
        (!keys.is_empty()).then_some(ExportKey(keys))
    }

    /// The entry with its tag: HMAC-SHA-256 in hexadecimal, over its JSON with sorted
    /// keys and without space. Without one where it has no such JSON.
    pub fn tag(&self, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        entry.unknown.remove(ExportKey::FIELD);
        let mac = self.0.first().zip(text_of(&entry)).and_then(|(key, text)| mac(key, &text));
        if let Some(mac) = mac {
            let tag = format!("{:x}", mac.finalize().into_bytes());
            entry.unknown.insert(ExportKey::FIELD.into(), tag.into());
        }
        entry
    }

    /// Was this entry, whose tag has been taken out of it, exported under this key?
    pub fn verify(&self, entry: &Entry, tag: &str) -> bool {
        let digits =
            |at: usize| tag.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let bytes: Option<Vec<u8>> = (0..tag.len()).step_by(2).map(digits).collect();
        let Some((bytes, text)) = bytes.zip(text_of(entry)) else { return false };
        let is_of = |key| mac(key, &text).is_some_and(|mac| mac.verify_slice(&bytes).is_ok());
        self.0.iter().any(is_of)
    }
}

impl ExportKey {
    /// HMAC-SHA-256 of a text that is no entry, in hexadecimal: what nobody without the key
    /// can tell from another text's. One under each key, the newest first.
    pub fn digests(&self, text: &str) -> Vec<String> {
        // No entry's JSON begins so.
        let text = format!("digest\n{text}");
        let macs = self.0.iter().filter_map(|key| mac(key, &text));
        macs.map(|mac| format!("{:x}", mac.finalize().into_bytes())).collect()
    }
}

/// The text that is authenticated. Sorted and without spaces, as programs may have
/// reordered or indented the JSON.
fn text_of(entry: &Entry) -> Option<Zeroizing<String>> {
    let mut json = serde_json::to_value(entry).ok()?;
    json.sort_all_objects();
    Some(Zeroizing::new(json.to_string()))
}

fn mac(key: &Zeroizing<[u8; 32]>, text: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).ok()?;
    mac.update(text.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":["aaaaaa"],"practice":"write","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","tags":[],"long":1.50,"answers":[]}"#;

    fn key() -> ExportKey {
        ExportKey::of(&Identity::generate()).unwrap()
    }

    /// The entry and its tag, as an import separates them.
    fn split_tag(mut entry: Entry) -> (Entry, String) {
        let tag = entry.unknown.remove(ExportKey::FIELD).unwrap();
        (entry, tag.as_str().unwrap().to_owned())
    }

    #[test]
    fn an_entry_is_known_again_however_its_json_is_laid_out() {
        let (key, entry) = (key(), Entry::from_json(ENTRY.as_bytes()).unwrap());
        let tagged = serde_json::to_value(key.tag(&entry)).unwrap();
        let mut sorted = tagged.clone();
        sorted.sort_all_objects();
        for text in [tagged.to_string(), format!("{sorted:#}")] {
            let (entry, tag) = split_tag(Entry::from_json(text.as_bytes()).unwrap());
            assert!(key.verify(&entry, &tag), "{text}");
        }
    }

    #[test]
    fn what_was_changed_or_tagged_by_another_is_not() {
        let (ours, entry) = (key(), Entry::from_json(ENTRY.as_bytes()).unwrap());
        let (entry, tag) = split_tag(ours.tag(&entry));
        assert!(!key().verify(&entry, &tag));
        let other = Entry { replaces: vec!["bbbbbb".parse().unwrap()], ..entry.clone() };
        assert!(!ours.verify(&other, &tag));
        for tag in ["", "zz", "0", &tag[2..], "ää", &(tag.clone() + "00")] {
            assert!(!ours.verify(&entry, tag), "{tag}");
        }
    }
}

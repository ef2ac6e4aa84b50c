//! What lets a journal know its own entries again when they come back as JSON.

use hmac::{Hmac, Mac};
use serde_json::Value as Json;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::entry::Entry;

use super::Identity;

/// Authenticates exported entries under the secret key. An id, a revision and what
/// it replaces are believed of nobody else: whoever knows an entry's id could
/// otherwise hand out a file whose import deletes it.
pub struct ExportKey(Zeroizing<[u8; 32]>);

impl ExportKey {
    /// The field of an exported entry that holds its tag.
    pub const FIELD: &str = "mac";

    /// `None` where the secret is not at hand, as with a plugin.
    pub fn of(identity: &Identity) -> Option<ExportKey> {
        identity.derive_key(&[b"inward export 1"]).map(ExportKey)
    }

    /// The entry with its tag: HMAC-SHA-256 in hexadecimal, over its JSON with sorted
    /// keys and without space.
    pub fn tag(&self, entry: &Entry) -> Entry {
        let mut entry = entry.clone();
        entry.unknown.remove(ExportKey::FIELD);
        let tag = self.mac(&entry).finalize().into_bytes();
        let tag: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
        entry.unknown.insert(ExportKey::FIELD.into(), tag.into());
        entry
    }

    /// Was this entry, whose tag has been taken out of it, exported under this key?
    pub fn verify(&self, entry: &Entry, tag: &str) -> bool {
        let digits =
            |at: usize| tag.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let bytes: Option<Vec<u8>> = (0..tag.len()).step_by(2).map(digits).collect();
        bytes.is_some_and(|bytes| self.mac(entry).verify_slice(&bytes).is_ok())
    }

    fn mac(&self, entry: &Entry) -> Hmac<Sha256> {
        // Programs between may sort or indent: neither changes what is said.
        let mut json = serde_json::to_value(entry).unwrap_or(Json::Null);
        json.sort_all_objects();
        // HMAC takes keys of every length, and one of this length as it is.
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(&*self.0);
        let mut mac = Hmac::<Sha256>::new((&*block).into());
        mac.update(json.to_string().as_bytes());
        mac
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = r#"{"format":1,"id":"k3v9q2m8ab","revision":"x7f2qd","replaces":["aaaaaa"],"practice":"write","at":"2026-11-23T21:14:03+01:00","written":"2026-11-23T21:14:03+01:00","tags":[],"long":1.50,"answers":[]}"#;

    fn key() -> ExportKey {
        ExportKey::of(&Identity::generate()).unwrap()
    }

    /// As an import reads it: the tag apart.
    fn parted(mut entry: Entry) -> (Entry, String) {
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
            let (entry, tag) = parted(Entry::from_json(text.as_bytes()).unwrap());
            assert!(key.verify(&entry, &tag), "{text}");
        }
    }

    #[test]
    fn what_was_changed_or_tagged_by_another_is_not() {
        let (ours, entry) = (key(), Entry::from_json(ENTRY.as_bytes()).unwrap());
        let (entry, tag) = parted(ours.tag(&entry));
        assert!(!key().verify(&entry, &tag));
        let other = Entry { replaces: vec!["bbbbbb".parse().unwrap()], ..entry.clone() };
        assert!(!ours.verify(&other, &tag));
        for tag in ["", "zz", "0", &tag[2..], "ää", &(tag.clone() + "00")] {
            assert!(!ours.verify(&entry, tag), "{tag}");
        }
    }
}

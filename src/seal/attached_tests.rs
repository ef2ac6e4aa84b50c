use super::*;

use serde_json::{Map, json};

const BYTES: &[u8] = b"the heron on the weir";

fn pair() -> (Identity, Recipients) {
    let identity = Identity::generate();
    let recipients = Recipients::parse(&identity.recipients().join("\n"), "here").unwrap();
    (identity, recipients)
}

fn sealed(bytes: &[u8], recipients: &Recipients) -> (Vec<u8>, Attachment) {
    let mut out = Vec::new();
    let summary = recipients.seal_stream(&mut &bytes[..]).write_to(&mut out).unwrap();
    let attachment = Attachment {
        id: "7m2c9xqa4t".parse().unwrap(),
        name: "heron.txt".into(),
        media_type: "text/plain".into(),
        bytes: summary.bytes,
        sha256: summary.sha256,
        unknown: Map::new(),
    };
    (out, attachment)
}

fn open_attached(sealed: &[u8], of: &Attachment, identity: &Identity) -> Result<Vec<u8>, Damage> {
    let mut plain = Vec::new();
    let mut reader = identity.open_attachment(sealed, of)?;
    reader.read_to_end(&mut plain).map_err(|e| stream_damage(&e))?;
    Ok(plain)
}

#[test]
fn what_was_sealed_comes_back_to_the_byte_whatever_its_length() {
    let (identity, recipients) = pair();
    for length in
        [0, 1, 2047, 2048, 2049, BUFFER_SIZE - 1, BUFFER_SIZE, BUFFER_SIZE + 1, 3 * BUFFER_SIZE + 7]
    {
        let bytes: Vec<u8> = (0..length).map(|at| at as u8).collect();
        let (file, attachment) = sealed(&bytes, &recipients);
        assert_eq!(attachment.bytes, length as u64);
        assert_eq!(open_attached(&file, &attachment, &identity), Ok(bytes), "{length}");
        assert!(has_padded_length(&file[..1024], file.len() as u64), "{length}");
        let cut = file.len() as u64 - 1;
        assert!(!has_padded_length(&file[..1024], cut), "{length}");
    }
}

#[test]
fn its_length_says_as_little_as_an_entrys() {
    let (identity, recipients) = pair();
    let (file, _) = sealed(BYTES, &recipients);
    let plain = identity.decrypt(&file).unwrap();
    assert_eq!(plain.len(), 2048);
    assert!(plain.starts_with(BYTES) && plain[BYTES.len()..].iter().all(|byte| *byte == 0));
}

#[test]
fn every_flipped_byte_and_every_cut_is_found() {
    let (identity, recipients) = pair();
    let (file, attachment) = sealed(BYTES, &recipients);
    for at in 0..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 1;
        assert!(open_attached(&flipped, &attachment, &identity).is_err(), "byte {at}");
        assert!(open_attached(&file[..at], &attachment, &identity).is_err(), "cut at {at}");
    }
    let longer = [&file[..], b"x"].concat();
    assert_eq!(open_attached(&longer, &attachment, &identity), Err(Damage::Broken));
}

#[test]
fn another_whole_file_is_not_taken_for_it() {
    let (identity, recipients) = pair();
    let (_, attachment) = sealed(BYTES, &recipients);
    for other in [&b"the heron on the wall"[..], b"the heron", b"the heron on the weir, later"] {
        let (file, of_other) = sealed(other, &recipients);
        let read = open_attached(&file, &attachment, &identity);
        // Padded, another length that begins alike looks like it: the hash is of `bytes`.
        let alike = other.starts_with(BYTES);
        assert_eq!(read, if alike { Ok(BYTES.to_vec()) } else { Err(Damage::OtherBytes) });
        let longer = Attachment { bytes: 4096, ..of_other };
        assert_eq!(open_attached(&file, &longer, &identity), Err(Damage::OtherBytes));
    }
    let another = Identity::generate();
    let (file, attachment) = sealed(BYTES, &recipients);
    assert_eq!(open_attached(&file, &attachment, &another), Err(Damage::SealedToAnother));
    assert_eq!(open_attached(BYTES, &attachment, &identity), Err(Damage::NotSealed));
}

#[test]
fn what_is_no_hash_is_no_attachment() {
    let json = |sha256: &str| {
        json!({"format": 1, "id": "k3v9q2m8ab", "revision": "x7f2qd", "practice": "write",
               "at": "2026-11-23T21:14:03+01:00", "written": "2026-11-23T21:14:03+01:00",
               "attachments": [{"id": "7m2c9xqa4t", "name": "a", "type": "text/plain",
                                "bytes": 1, "sha256": sha256, "later": true}],
               "answers": []})
    };
    let read = |sha256: &str| crate::entry::Entry::from_json(json(sha256).to_string().as_bytes());
    for wrong in ["", "00", &"g".repeat(64), &"é".repeat(32), &"0".repeat(65)] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
    let entry = read(&"0a".repeat(32)).unwrap();
    assert_eq!(
        serde_json::to_value(&entry).unwrap()["attachments"],
        json(&"0a".repeat(32))["attachments"]
    );
}

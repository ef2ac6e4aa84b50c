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

#[test]
fn a_sealed_file_is_checked_to_its_end_by_whoever_has_the_key_alone() {
    let (identity, recipients) = pair();
    let (file, _) = sealed(&[7; 3 * BUFFER_SIZE], &recipients);
    let check = |sealed: &[u8]| identity.check_stream(sealed);
    assert_eq!(check(&file), Ok(()));
    assert_eq!(check(&file[..file.len() - 1]), Err(Damage::Broken));
    assert_eq!(check(&file[..2 * BUFFER_SIZE]), Err(Damage::Broken));
    assert_eq!(check(b"words"), Err(Damage::NotSealed));
    assert_eq!(Identity::generate().check_stream(&file[..]), Err(Damage::SealedToAnother));
    let (unreadable, why) = (FailsAt(0), "the disk is full".to_owned());
    assert_eq!(identity.check_stream(unreadable), Err(Damage::Unreadable { why }));
}

#[test]
fn bytes_that_are_sealed_already_are_copied_and_no_others_are() {
    let (file, _) = sealed(BYTES, &pair().1);
    let copy = |mut input: &[u8]| {
        let mut out = Vec::new();
        (SealedStream::copying(&mut input).write_to(&mut out), out)
    };
    let (summary, out) = copy(&file);
    assert_eq!(out, file);
    assert_eq!(summary.unwrap(), StreamSummary::of(&mut &file[..]).unwrap());
    for plain in [
        &b""[..],
        &AGE[..AGE.len() - 1],
        b"the heron on the weir, and much else",
        b"age-encryption.org/v2\n",
    ] {
        let (refused, out) = copy(plain);
        assert!(matches!(refused, Err(StreamError::NotSealed)) && out.is_empty());
    }
}

/// A full disk, after so many bytes.
struct FailsAt(usize);

impl FailsAt {
    fn next(&mut self, wanted: usize) -> io::Result<usize> {
        let count = wanted.min(self.0).min(100);
        self.0 -= count;
        if count == 0 { Err(io::Error::from_raw_os_error(28)) } else { Ok(count) }
    }
}

impl Read for FailsAt {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.next(buffer.len())
    }
}

impl Write for FailsAt {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.next(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_stream_fails_as_its_input_or_its_output_did_wherever_that_was() {
    let recipients = pair().1;
    let seal =
        |input: &mut dyn Read, out: &mut dyn Write| recipients.seal_stream(input).write_to(out);
    for length in [0, 150, 1000, 2200] {
        let full = seal(&mut &BYTES[..], &mut FailsAt(length)).unwrap_err();
        let StreamError::Writing(error) = full else { panic!("{full:?}") };
        assert_eq!(error.raw_os_error(), Some(28), "after {length} bytes");
        let unreadable = seal(&mut FailsAt(length), &mut io::sink()).unwrap_err();
        assert!(matches!(unreadable, StreamError::Reading(e) if e.raw_os_error() == Some(28)));
    }
    let interrupted = &mut Interrupted { is_next: true, left: BYTES };
    assert_eq!(
        StreamSummary::of(interrupted).unwrap(),
        StreamSummary::of(&mut &BYTES[..]).unwrap()
    );
}

/// Bytes before each of which a signal comes.
struct Interrupted {
    is_next: bool,
    left: &'static [u8],
}

impl Read for Interrupted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_next = !self.is_next;
        if self.is_next {
            self.left.read(&mut buffer[..1])
        } else {
            Err(ErrorKind::Interrupted.into())
        }
    }
}

#[test]
fn what_is_sealed_while_it_is_made_opens_and_what_failed_is_not_taken_for_whole() {
    let (identity, recipients) = pair();
    let sealing = |e: io::Error| crate::seal::SealError::Sealing { why: e.to_string() }.into();
    let mut out = Vec::new();
    let made = recipients.seal_while(
        &mut out,
        |to| to.write_all(BYTES).map(|()| 7).map_err(sealing),
        sealing,
    );
    assert_eq!((made.unwrap(), &**identity.decrypt(&out).unwrap()), (7, BYTES));
    let mut out = Vec::new();
    let failed =
        recipients.seal_while::<()>(&mut out, |_| Err(sealing(ErrorKind::Other.into())), sealing);
    assert!(failed.is_err() && identity.decrypt(&out).is_err());
    assert!(
        recipients
            .seal_while(&mut FailsAt(200), |to| to.write_all(BYTES).map_err(sealing), sealing)
            .is_err()
    );
}

//! Files that are kept with entries, sealed and opened as they pass: however large one
//! is, a few buffers of it are in memory.

use std::fmt;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};

use age::stream::StreamReader;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::entry::{Attachment, AttachmentId, ContentHash, Entry, EntryId};
use crate::error::{Error, plain};
use crate::secret::SecretBytes;

use super::{Damage, Identity, Recipients, padded_length};

/// How much is in memory at once, in bytes: a chunk of age's.
const ROOM: usize = 64 << 10;
/// How every age file begins.
pub(super) const AGE: &[u8] = b"age-encryption.org/v1\n";

/// What the name of an attachment's file tells, and all that it tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttachmentFileName {
    /// The day of the entry when the file was attached: its month is where it lies.
    pub day: NaiveDate,
    /// The entry.
    pub entry: EntryId,
    /// The attachment.
    pub id: AttachmentId,
}

impl AttachmentFileName {
    /// What the file of an entry's attachment is called, unless the entry's day was
    /// changed since.
    pub fn of(entry: &Entry, attachment: &Attachment) -> AttachmentFileName {
        let (day, entry, id) = (entry.day(), entry.id.clone(), attachment.id.clone());
        AttachmentFileName { day, entry, id }
    }
}

/// Sealed bytes on their way to a disk. Like [`super::Sealed`] they are made of
/// plain ones by `seal`, or are sealed already; a journal takes nothing else.
pub struct SealedStream<'a> {
    from: StreamSource<'a>,
}

enum StreamSource<'a> {
    Plain { recipients: &'a Recipients, input: &'a mut dyn Read },
    Sealed { input: &'a mut dyn Read },
}

/// What passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamSummary {
    /// How long it was, in bytes, before it was padded.
    pub bytes: u64,
    /// And its hash.
    pub sha256: ContentHash,
}

impl StreamSummary {
    /// What there is to say of bytes, which are read to their end.
    ///
    /// # Errors
    /// What kept them from being read.
    pub fn of(input: &mut dyn Read) -> io::Result<StreamSummary> {
        copy(input, &mut io::sink()).map_err(|error| match error {
            StreamError::Reading(e) | StreamError::Writing(e) => e,
            StreamError::Sealing(_) | StreamError::NotSealed => ErrorKind::Other.into(),
        })
    }
}

/// Why a stream did not come to its end.
#[derive(Debug)]
pub enum StreamError {
    /// What was to be sealed could not be read.
    Reading(io::Error),
    /// What was sealed could not be written.
    Writing(io::Error),
    /// It could not be sealed.
    Sealing(Error),
    /// What is said to be sealed is not.
    NotSealed,
}

impl Recipients {
    /// Seals what is read, padded with zeros by Padmé to at least 2 KiB.
    pub fn seal_stream<'a>(&'a self, input: &'a mut dyn Read) -> SealedStream<'a> {
        SealedStream { from: StreamSource::Plain { recipients: self, input } }
    }

    /// Seals what `fill` writes and is no entry, as it is written: an archive for
    /// somebody else.
    ///
    /// # Errors
    /// As [`Recipients::check`], those of `fill`, and what writing failed with.
    pub fn seal_while<T>(
        &self,
        out: &mut dyn Write,
        fill: impl FnOnce(&mut dyn Write) -> Result<T, Error>,
        writing: impl Fn(io::Error) -> Error,
    ) -> Result<T, Error> {
        let mut writer = self.encryptor()?.wrap_output(out).map_err(&writing)?;
        let filled = fill(&mut writer)?;
        writer.finish().map_err(writing)?;
        Ok(filled)
    }
}

impl<'a> SealedStream<'a> {
    /// Bytes that are sealed already. They must at least begin as age files do.
    pub fn copying(input: &'a mut dyn Read) -> SealedStream<'a> {
        SealedStream { from: StreamSource::Sealed { input } }
    }

    /// Writes it all; of sealed bytes, the summary is of these.
    ///
    /// # Errors
    /// A [`StreamError`]; then what was written is of no use.
    pub fn write_to(self, out: &mut dyn Write) -> Result<StreamSummary, StreamError> {
        match self.from {
            StreamSource::Sealed { input } => {
                let mut begins = [0; AGE.len()];
                input.read_exact(&mut begins).map_err(|_| StreamError::NotSealed)?;
                if begins != AGE {
                    return Err(StreamError::NotSealed);
                }
                copy(&mut begins.chain(input), out)
            }
            StreamSource::Plain { recipients, input } => {
                let encryptor = recipients.encryptor().map_err(StreamError::Sealing)?;
                let mut sealed = encryptor.wrap_output(out).map_err(StreamError::Writing)?;
                let summary = copy(input, &mut sealed)?;
                let padding = padded_length(summary.bytes as usize) as u64 - summary.bytes;
                io::copy(&mut io::repeat(0).take(padding), &mut sealed)
                    .map_err(StreamError::Writing)?;
                sealed.finish().map_err(StreamError::Writing)?;
                Ok(summary)
            }
        }
    }
}

fn copy(input: &mut dyn Read, out: &mut dyn Write) -> Result<StreamSummary, StreamError> {
    let (mut bytes, mut hash) = (0, Sha256::new());
    let mut room = SecretBytes::from(vec![0; ROOM]);
    loop {
        let count = match input.read(&mut room) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(StreamError::Reading(e)),
        };
        hash.update(&room[..count]);
        out.write_all(&room[..count]).map_err(StreamError::Writing)?;
        bytes += count as u64;
    }
    Ok(StreamSummary { bytes, sha256: ContentHash(hash.finalize().into()) })
}

/// The plain bytes of an attachment. It ends without an error only where they are all
/// that its entry says, and age found the sealed file unchanged to its end: until then,
/// act on nothing that was read.
pub struct AttachmentReader<R> {
    plain: StreamReader<R>,
    left: u64,
    hash: Sha256,
    expected: ContentHash,
    is_checked: bool,
}

/// The bytes are not those that the entry names.
#[derive(Debug)]
struct OtherBytes;

impl fmt::Display for OtherBytes {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("not the file that its entry names")
    }
}

impl std::error::Error for OtherBytes {}

impl Identity {
    /// Opens the sealed file of an attachment.
    ///
    /// # Errors
    /// `NotSealed`, `SealedToAnother`, `Broken` or `Plugin`, of its beginning alone.
    pub fn open_attachment<R: Read>(
        &self,
        sealed: R,
        attachment: &Attachment,
    ) -> Result<AttachmentReader<BufReader<R>>, Damage> {
        Ok(AttachmentReader {
            plain: self.open_stream(sealed)?,
            left: attachment.bytes,
            hash: Sha256::new(),
            expected: attachment.sha256,
            is_checked: false,
        })
    }

    /// Opens a sealed file to its end, whatever is in it.
    ///
    /// # Errors
    /// As [`Identity::open_attachment`], and `Broken` or `Unreadable` further on.
    pub fn check_stream(&self, sealed: impl Read) -> Result<(), Damage> {
        let mut plain = self.open_stream(sealed)?;
        io::copy(&mut plain, &mut io::sink()).map_err(|e| stream_damage(&e))?;
        Ok(())
    }

    fn open_stream<R: Read>(&self, sealed: R) -> Result<StreamReader<BufReader<R>>, Damage> {
        let mut sealed = BufReader::with_capacity(ROOM, sealed);
        let begins = sealed.fill_buf().map_err(|e| stream_damage(&e))?;
        if !begins.starts_with(AGE) {
            return Err(Damage::NotSealed);
        }
        self.decryptor(sealed).map(|(plain, _)| plain)
    }
}

impl<R: Read> AttachmentReader<R> {
    /// After the last byte: the padding is read to where age checks that nothing is
    /// missing.
    fn check_end(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.is_checked, true) {
            io::copy(&mut self.plain, &mut io::sink())?;
            let hash = std::mem::replace(&mut self.hash, Sha256::new()).finalize();
            if self.expected != ContentHash(hash.into()) {
                return Err(io::Error::new(ErrorKind::InvalidData, OtherBytes));
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for AttachmentReader<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let most = room.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.plain.read(&mut room[..most])?;
        if count < most && count == 0 {
            // Whole, and shorter than its entry says.
            return Err(io::Error::new(ErrorKind::InvalidData, OtherBytes));
        }
        self.hash.update(&room[..count]);
        self.left -= count as u64;
        if self.left == 0 {
            self.check_end()?;
        }
        Ok(count)
    }
}

/// What an error in the middle of a sealed file says of that file.
pub fn stream_damage(error: &io::Error) -> Damage {
    let is_other = error.get_ref().is_some_and(|inner| inner.is::<OtherBytes>());
    match error.kind() {
        _ if is_other => Damage::OtherBytes,
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => Damage::Broken,
        _ => Damage::Unreadable { why: plain(error) },
    }
}

/// Is a file of this length, which begins so, as long as one that we sealed? Nearly
/// none is that was cut short.
pub fn has_whole_length(begins: &[u8], length: u64) -> bool {
    const NONCE: u64 = 16;
    const TAG: u64 = 16;
    let mac = begins.windows(5).position(|bytes| bytes == b"\n--- ");
    let end = mac.and_then(|at| {
        let rest = &begins[at + 1..];
        Some(at + 2 + rest.iter().position(|byte| *byte == b'\n')?)
    });
    let Some(sealed) = end.and_then(|end| length.checked_sub(end as u64 + NONCE)) else {
        return false;
    };
    let chunks = sealed.div_ceil(ROOM as u64 + TAG).max(1);
    sealed
        .checked_sub(chunks * TAG)
        .is_some_and(|plain| plain == padded_length(plain as usize) as u64)
}

#[cfg(test)]
#[path = "attached_tests.rs"]
mod tests;

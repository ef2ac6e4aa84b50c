//! Attachments, sealed and opened as streams: however large a file is, only a few buffers
//! of it are in memory.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};

use age::stream::{StreamReader, StreamWriter};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::entry::{Attachment, AttachmentId, ContentHash, Entry, EntryId};
use crate::error::{Error, plain};
use crate::secret::SecretBytes;

use super::{Damage, Identity, Recipients, padded_length};

/// Buffer size in bytes: one chunk of an age file.
const BUFFER_SIZE: usize = 64 << 10;
/// The first line of every age file.
pub(super) const AGE: &[u8] = b"age-encryption.org/v1\n";

/// Everything that the name of an attachment's file says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttachmentFileName {
    /// The entry's day when the file was attached. It decides the month's folder.
    pub day: NaiveDate,
    /// The entry.
    pub entry: EntryId,
    /// The attachment.
    pub id: AttachmentId,
}

impl AttachmentFileName {
    /// The name of an attachment's file, unless the entry's day was changed since.
    pub fn of(entry: &Entry, attachment: &Attachment) -> AttachmentFileName {
        AttachmentFileName { day: entry.day(), entry: entry.id.clone(), id: attachment.id.clone() }
    }
}

/// Sealed bytes on their way to the disk. Like [`super::Sealed`], they come only from
/// `seal`, or begin as age files do; a journal accepts nothing else.
pub struct SealedStream<'a> {
    source: StreamSource<'a>,
}

enum StreamSource<'a> {
    Plain { recipients: &'a Recipients, input: &'a mut dyn Read },
    Sealed { input: &'a mut dyn Read },
}

/// The length and hash of a stream's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamSummary {
    /// The length in bytes, without padding.
    pub bytes: u64,
    /// The hash of those bytes.
    pub sha256: ContentHash,
}

impl StreamSummary {
    /// Reads bytes to their end and sums them up.
    ///
    /// # Errors
    /// What reading failed with.
    pub fn of(input: &mut dyn Read) -> io::Result<StreamSummary> {
        copy(input, &mut io::sink()).map_err(|error| match error {
            StreamError::Reading(e) | StreamError::Writing(e) => e,
            StreamError::Sealing(_) | StreamError::NotSealed => ErrorKind::Other.into(),
        })
    }
}

/// Why sealing a stream failed.
#[derive(Debug)]
pub enum StreamError {
    /// The input couldn't be read.
    Reading(io::Error),
    /// The output couldn't be written.
    Writing(io::Error),
    /// Sealing itself failed.
    Sealing(Error),
    /// The input should be sealed already and isn't.
    NotSealed,
}

impl Recipients {
    /// Seals a stream, padded with zeros by Padmé to at least 2 KiB.
    pub fn seal_stream<'a>(&'a self, input: &'a mut dyn Read) -> SealedStream<'a> {
        SealedStream { source: StreamSource::Plain { recipients: self, input } }
    }

    /// Seals, as it's written, what `fill` writes and isn't an entry: an archive for
    /// someone else.
    ///
    /// # Errors
    /// As [`Recipients::check`]; the errors of `fill`; and `writing` of what writing
    /// failed with.
    pub fn seal_while<T>(
        &self,
        out: &mut dyn Write,
        fill: impl FnOnce(&mut dyn Write) -> Result<T, Error>,
        writing: impl Fn(io::Error) -> Error,
    ) -> Result<T, Error> {
        let failure = Cell::new(None);
        let mut writer = begin(self.encryptor()?, out, &failure).map_err(&writing)?;
        let result = fill(&mut writer)?;
        writer.finish().map_err(writing)?;
        Ok(result)
    }
}

impl<'a> SealedStream<'a> {
    /// Bytes that are sealed already. They must at least begin as an age file.
    pub fn copying(input: &'a mut dyn Read) -> SealedStream<'a> {
        SealedStream { source: StreamSource::Sealed { input } }
    }

    /// Writes everything. Of bytes that were sealed already, the summary is of the sealed
    /// ones.
    ///
    /// # Errors
    /// A [`StreamError`]; what was written by then is useless.
    pub fn write_to(self, out: &mut dyn Write) -> Result<StreamSummary, StreamError> {
        match self.source {
            StreamSource::Sealed { input } => {
                let mut first_line = [0; AGE.len()];
                input.read_exact(&mut first_line).map_err(|_| StreamError::NotSealed)?;
                if first_line != AGE {
                    return Err(StreamError::NotSealed);
                }
                copy(&mut first_line.chain(input), out)
            }
            StreamSource::Plain { recipients, input } => {
                let encryptor = recipients.encryptor().map_err(StreamError::Sealing)?;
                let failure = Cell::new(None);
                let mut sealed = begin(encryptor, out, &failure).map_err(StreamError::Writing)?;
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

/// Begins an encrypted stream. Of a header that can't be written, age tells why in words that
/// are none of the system's: the error is the writer's own.
fn begin<'w>(
    encryptor: age::Encryptor,
    out: &'w mut dyn Write,
    failure: &'w Cell<Option<io::Error>>,
) -> io::Result<StreamWriter<FailureNote<'w>>> {
    let noting = FailureNote { out, failure };
    encryptor.wrap_output(noting).map_err(|error| failure.take().unwrap_or(error))
}

/// A writer that notes what last failed.
struct FailureNote<'w> {
    out: &'w mut dyn Write,
    failure: &'w Cell<Option<io::Error>>,
}

impl Write for FailureNote<'_> {
    /// Writes all of it. If only part of a header is written, age fails and gives no reason.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write_all(bytes).map(|()| bytes.len()).inspect_err(|error| {
            let of_system = error.raw_os_error().map(io::Error::from_raw_os_error);
            self.failure.set(Some(of_system.unwrap_or_else(|| error.kind().into())));
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn copy(input: &mut dyn Read, out: &mut dyn Write) -> Result<StreamSummary, StreamError> {
    let (mut bytes, mut hash) = (0, Sha256::new());
    let mut buffer = SecretBytes::from(vec![0; BUFFER_SIZE]);
    loop {
        let count = match input.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => count,
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(StreamError::Reading(e)),
        };
        hash.update(&buffer[..count]);
        out.write_all(&buffer[..count]).map_err(StreamError::Writing)?;
        bytes += count as u64;
    }
    Ok(StreamSummary { bytes, sha256: ContentHash(hash.finalize().into()) })
}

/// The plain bytes of an attachment. Reading ends without an error only if the bytes are
/// exactly those that the entry names and age found the file unchanged to its end. Act on
/// nothing before that.
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
        f.write_str("not the file its entry refers to")
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

    /// Decrypts a sealed file to its end, whatever is in it.
    ///
    /// # Errors
    /// As [`Identity::open_attachment`], and `Broken` or `Unreadable` further on.
    pub fn check_stream(&self, sealed: impl Read) -> Result<(), Damage> {
        let mut plain = self.open_stream(sealed)?;
        io::copy(&mut plain, &mut io::sink()).map_err(|e| stream_damage(&e))?;
        Ok(())
    }

    fn open_stream<R: Read>(&self, sealed: R) -> Result<StreamReader<BufReader<R>>, Damage> {
        let mut sealed = BufReader::with_capacity(BUFFER_SIZE, sealed);
        let start = sealed.fill_buf().map_err(|e| stream_damage(&e))?;
        if !start.starts_with(AGE) {
            return Err(Damage::NotSealed);
        }
        self.decryptor(sealed).map(|(plain, _)| plain)
    }
}

impl<R: Read> AttachmentReader<R> {
    /// After the last byte: reads the padding up to where age checks that nothing is
    /// missing, and compares the hash.
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
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let limit = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.plain.read(&mut buffer[..limit])?;
        if count < limit && count == 0 {
            // Intact, and shorter than its entry says.
            return Err(io::Error::new(ErrorKind::InvalidData, OtherBytes));
        }
        self.hash.update(&buffer[..count]);
        self.left -= count as u64;
        if self.left == 0 {
            self.check_end()?;
        }
        Ok(count)
    }
}

/// The damage that a read error in a sealed file means.
pub fn stream_damage(error: &io::Error) -> Damage {
    let is_other = error.get_ref().is_some_and(|inner| inner.is::<OtherBytes>());
    match error.kind() {
        _ if is_other => Damage::OtherBytes,
        ErrorKind::InvalidData | ErrorKind::UnexpectedEof => Damage::Broken,
        _ => Damage::Unreadable { why: plain(error) },
    }
}

/// Could a file of this length, with these first bytes, be as we sealed it? Padded
/// lengths are rare, so hardly any file that was cut short passes.
pub fn has_padded_length(start: &[u8], length: u64) -> bool {
    const NONCE: u64 = 16;
    const TAG: u64 = 16;
    let mac = start.windows(5).position(|bytes| bytes == b"\n--- ");
    let end = mac.and_then(|at| {
        let rest = &start[at + 1..];
        Some(at + 2 + rest.iter().position(|byte| *byte == b'\n')?)
    });
    let Some(payload) = end.and_then(|end| length.checked_sub(end as u64 + NONCE)) else {
        return false;
    };
    let chunks = payload.div_ceil(BUFFER_SIZE as u64 + TAG).max(1);
    payload
        .checked_sub(chunks * TAG)
        .is_some_and(|plain| plain == padded_length(plain as usize) as u64)
}

#[cfg(test)]
#[path = "attached_tests.rs"]
mod tests;

//! A document that is written while the journal is read: each entry becomes text
//! on the core that opened it, so that a long life needs no more memory than a
//! short one.

use std::io::{self, Write};

use crate::disk::DiskError;
use crate::error::{Error, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::query::Query;
use crate::render::{ExportFile, ExportParts, Layout};
use crate::seal::Identity;
use crate::secret::SecretBytes;

use super::App;
use super::damage_lines::some_left_out;
use super::exported_files::{ExportedAttachment, attachments_of};
use super::renaming::{Renaming, ReplacementCount, ReplacementNote};

/// What is sent on at once, in bytes.
const ROOM: usize = 1 << 16;

pub struct Stream<'a> {
    pub app: &'a App,
    pub identity: &'a Identity,
    pub order: ReadOrder,
    pub parts: &'static ExportParts,
    pub layout: Layout<'a>,
    pub renaming: &'a Renaming,
}

/// What an entry became, and the page that it stands on.
struct PageChunk {
    page: ExportFile,
    text: SecretBytes,
    files: Vec<ExportedAttachment>,
    note: ReplacementNote,
}

impl Stream<'_> {
    /// Everything that a query names; what is attached to it, to be written beside it; and
    /// what could not be read.
    pub fn write(
        &self,
        query: &Query,
        out: &mut dyn Write,
    ) -> Result<(Vec<ExportedAttachment>, Vec<Damaged>)> {
        let (parts, app, identity) = (self.parts, self.app, self.identity);
        let mut out = StreamOutput { buffer: SecretBytes::with_capacity(ROOM), to: out };
        let (mut page, mut count): (Option<ExportFile>, _) = (None, ReplacementCount::default());
        let mut files = Vec::new();
        let chunk = |stored: StoredEntry| self.chunk(&stored);
        let mut on_batch = |batch: Vec<Result<PageChunk>>| {
            let mut chunks = batch.into_iter().collect::<Result<Vec<_>>>()?;
            if self.order == ReadOrder::OldestFirst {
                // By the wall clock, whose day may end after midnight.
                chunks.sort_by_key(|chunk| chunk.page.day);
            }
            for chunk in chunks {
                self.renaming.warn(chunk.note, &mut count, app);
                match page {
                    None => out.send((parts.before)(&self.layout).as_bytes())?,
                    Some(_) => out.send(parts.between.as_bytes())?,
                }
                out.send((parts.head)(&self.layout, page.as_ref(), &chunk.page).as_bytes())?;
                out.send(&chunk.text)?;
                files.extend(chunk.files);
                page = Some(chunk.page);
            }
            Ok(true)
        };
        let damaged = app.read_through(query, identity, self.order, &chunk, &mut on_batch)?;
        let any = page.is_some();
        // A program that reads the document gets one, with nothing in it.
        out.send(if any { parts.after } else { parts.empty }.as_bytes())?;
        out.flush()?;
        self.renaming.print_summary(&count, app);
        match any || some_left_out(&damaged) {
            true => Ok((files, damaged)),
            false => Err(app.nothing_matched(&damaged)),
        }
    }

    fn chunk(&self, stored: &StoredEntry) -> Result<PageChunk> {
        let (stored, note) = self.renaming.of(stored, self.app)?;
        Ok(PageChunk {
            page: self.layout.by.page(&stored.entry, self.layout.clock),
            text: (self.parts.entry)(&self.layout, &stored).into(),
            files: match self.layout.has_files {
                true => attachments_of(&stored),
                false => Vec::new(),
            },
            note,
        })
    }
}

/// A way out that is not used for each few words.
struct StreamOutput<'o> {
    buffer: SecretBytes,
    to: &'o mut dyn Write,
}

impl StreamOutput<'_> {
    fn send(&mut self, bytes: &[u8]) -> Result<()> {
        if self.buffer.len() + bytes.len() > ROOM {
            self.flush()?;
        }
        if bytes.len() > ROOM {
            return write_all(self.to, bytes);
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        write_all(self.to, &self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

/// Writes to wherever an export goes.
pub fn write_all(out: &mut dyn Write, bytes: &[u8]) -> Result<()> {
    out.write_all(bytes).map_err(|e| match e.kind() {
        io::ErrorKind::BrokenPipe => Error::PipeClosed,
        _ => DiskError::io("write", "the export".as_ref())(e),
    })
}

//! A document that is written while the journal is read: each entry becomes text
//! on the core that opened it, so that a long life needs no more memory than a
//! short one.

use std::io::{self, Write};

use crate::disk::DiskError;
use crate::error::{Error, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::query::Query;
use crate::query::QueryError;
use crate::render::{ExportFile, ExportParts, Layout};
use crate::seal::Identity;
use crate::secret::SecretBytes;

use super::App;
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
    told: ReplacementNote,
}

impl Stream<'_> {
    /// Everything that a query names; and what could not be read.
    pub fn write(&self, query: &Query, out: &mut dyn Write) -> Result<Vec<Damaged>> {
        let (parts, app, identity) = (self.parts, self.app, self.identity);
        let mut out = StreamOutput { buffer: SecretBytes::with_room(ROOM), to: out };
        let (mut page, mut tally): (Option<ExportFile>, _) = (None, ReplacementCount::default());
        let piece = |kept: StoredEntry| self.piece(&kept);
        let mut visit = |made: Vec<Result<PageChunk>>| {
            let mut pieces = made.into_iter().collect::<Result<Vec<_>>>()?;
            if self.order == ReadOrder::OldestFirst {
                // By the wall clock, whose day may end after midnight.
                pieces.sort_by_key(|piece| piece.page.day);
            }
            for piece in pieces {
                self.renaming.warn(piece.told, &mut tally, app);
                out.send(if page.is_none() { parts.before } else { parts.between }.as_bytes())?;
                if page.as_ref().is_none_or(|page| page.name != piece.page.name) {
                    out.send((parts.head)(self.layout.by, &piece.page).as_bytes())?;
                }
                out.send(&piece.text)?;
                page = Some(piece.page);
            }
            Ok(true)
        };
        let damaged = app.read_through(query, identity, self.order, &piece, &mut visit)?;
        let begun = page.is_some();
        // A program that reads the document gets one, with nothing in it.
        out.send(if begun { parts.after } else { parts.empty }.as_bytes())?;
        out.flush()?;
        self.renaming.print_summary(&tally, app);
        if begun || !damaged.is_empty() {
            Ok(damaged)
        } else {
            Err(QueryError::NothingMatched.into())
        }
    }

    fn piece(&self, kept: &StoredEntry) -> Result<PageChunk> {
        let (kept, told) = self.renaming.of(kept, self.app)?;
        Ok(PageChunk {
            page: self.layout.by.page(&kept.entry, self.layout.clock),
            text: (self.parts.entry)(&self.layout, &kept).into(),
            told,
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
            return written(self.to.write_all(bytes));
        }
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        written(self.to.write_all(&self.buffer))?;
        self.buffer.clear();
        Ok(())
    }
}

fn written(written: io::Result<()>) -> Result<()> {
    written.map_err(|e| match e.kind() {
        io::ErrorKind::BrokenPipe => Error::PipeClosed,
        _ => DiskError::io("write", "the export".as_ref())(e),
    })
}

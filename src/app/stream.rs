//! A document that is written while the journal is read: each entry becomes text
//! on the core that opened it, so that a long life needs no more memory than a
//! short one.

use std::io::Write;

use rayon::prelude::*;

use crate::disk::DiskError;
use crate::entry::Answer;
use crate::error::Result;
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::query::Query;
use crate::render::{ExportParts, Layout, LinkedEntry, PageKey};
use crate::seal::Identity;
use crate::secret::SecretBytes;

use super::App;
use super::damage_lines::some_left_out;
use super::entry_redaction::{EntryRedaction, RedactionCount, RedactionNote};
use super::exported_files::{ExportedAttachment, attachments_of};

/// Write buffer size in bytes.
const WRITE_BUFFER: usize = 1 << 16;

pub struct Stream<'a> {
    pub app: &'a App,
    pub identity: &'a Identity,
    pub order: ReadOrder,
    pub parts: &'static ExportParts,
    pub layout: Layout<'a>,
    pub redaction: &'a EntryRedaction,
}

/// What an entry became, and the page that it stands on.
pub struct EntryChunk {
    page: PageKey,
    body: ChunkBody,
    files: Vec<ExportedAttachment>,
    note: RedactionNote,
}

enum ChunkBody {
    Text(SecretBytes),
    /// It becomes text when all links are known.
    Linked(Box<StoredEntry>),
}

impl EntryChunk {
    /// The entry as an end of a link, where it may be one.
    pub fn link(&self) -> Option<LinkedEntry> {
        match &self.body {
            ChunkBody::Text(_) => None,
            ChunkBody::Linked(stored) => Some(LinkedEntry::of(&stored.entry)),
        }
    }

    /// About how much memory it takes, in bytes.
    pub fn size(&self) -> usize {
        let of_answer = |a: &Answer| ANSWER_SIZE + a.asked.len() + a.value.length();
        match &self.body {
            ChunkBody::Text(text) => text.len() + size_of::<EntryChunk>(),
            ChunkBody::Linked(stored) => {
                stored.heads().flat_map(|head| &head.answers).map(of_answer).sum::<usize>()
            }
        }
    }
}

/// What an answer takes beside its words, with the labels of its choices, in bytes.
const ANSWER_SIZE: usize = 600;

impl Stream<'_> {
    /// Everything that a query names; what is attached to it, to be written beside it; and
    /// what could not be read.
    pub fn write(
        &self,
        query: &Query,
        out: &mut dyn Write,
    ) -> Result<(Vec<ExportedAttachment>, Vec<Damaged>)> {
        let mut document = DocumentWriter::new(self, out);
        let chunk = |stored: StoredEntry| self.chunk(&stored, false);
        let mut on_batch = |batch: Vec<Result<EntryChunk>>| {
            let chunks = batch.into_iter().collect::<Result<Vec<_>>>()?;
            self.in_order(chunks).into_iter().try_for_each(|chunk| document.add(chunk))?;
            Ok(true)
        };
        let (app, identity) = (self.app, self.identity);
        let damaged = app.read_through(query, identity, self.order, &chunk, &mut on_batch)?;
        document.finish(query, damaged)
    }

    /// The same, of what was read already.
    pub fn write_chunks(
        &self,
        query: &Query,
        chunks: Vec<EntryChunk>,
        damaged: Vec<Damaged>,
        out: &mut dyn Write,
    ) -> Result<(Vec<ExportedAttachment>, Vec<Damaged>)> {
        let with_text = |chunk: EntryChunk| {
            let body = ChunkBody::Text(self.text(chunk.body));
            EntryChunk { body, ..chunk }
        };
        let chunks: Vec<EntryChunk> = chunks.into_par_iter().map(with_text).collect();
        let mut document = DocumentWriter::new(self, out);
        chunks.into_iter().try_for_each(|chunk| document.add(chunk))?;
        document.finish(query, damaged)
    }

    /// An entry as text; or as it is, where its links are not known yet.
    pub fn chunk(&self, stored: &StoredEntry, is_linked: bool) -> Result<EntryChunk> {
        let (stored, note) = self.redaction.of(stored, self.app)?;
        let files = if self.layout.has_files { attachments_of(&stored) } else { Vec::new() };
        Ok(EntryChunk {
            page: self.layout.by.page(&stored.entry, self.layout.clock),
            body: if is_linked {
                ChunkBody::Linked(Box::new(stored.into_owned()))
            } else {
                ChunkBody::Text((self.parts.entry)(&self.layout, &stored).into())
            },
            files,
            note,
        })
    }

    /// What a chunk says in the document. By now, all links are known.
    fn text(&self, body: ChunkBody) -> SecretBytes {
        match body {
            ChunkBody::Text(text) => text,
            ChunkBody::Linked(stored) => (self.parts.entry)(&self.layout, &stored).into(),
        }
    }

    /// Chunks that were read together, in the order of the document.
    pub fn in_order(&self, mut chunks: Vec<EntryChunk>) -> Vec<EntryChunk> {
        if self.order == ReadOrder::OldestFirst {
            // By the wall clock, whose day may end after midnight.
            chunks.sort_by_key(|chunk| chunk.page.day);
        }
        chunks
    }
}

/// A document while its entries come.
struct DocumentWriter<'a, 'o> {
    stream: &'a Stream<'a>,
    out: StreamOutput<'o>,
    /// The page of the last entry.
    page: Option<PageKey>,
    count: RedactionCount,
    files: Vec<ExportedAttachment>,
}

impl<'a, 'o> DocumentWriter<'a, 'o> {
    fn new(stream: &'a Stream<'a>, out: &'o mut dyn Write) -> Self {
        let out = StreamOutput { buffer: SecretBytes::with_capacity(WRITE_BUFFER), to: out };
        let count = RedactionCount::default();
        DocumentWriter { stream, out, page: None, count, files: Vec::new() }
    }

    fn add(&mut self, chunk: EntryChunk) -> Result<()> {
        let Stream { parts, layout, redaction, app, .. } = self.stream;
        redaction.warn(chunk.note, &mut self.count, app);
        let before = parts.before_entry(layout, self.page.as_ref(), &chunk.page);
        self.out.send(before.as_bytes())?;
        self.out.send(&self.stream.text(chunk.body))?;
        self.files.extend(chunk.files);
        self.page = Some(chunk.page);
        Ok(())
    }

    fn finish(
        mut self,
        query: &Query,
        damaged: Vec<Damaged>,
    ) -> Result<(Vec<ExportedAttachment>, Vec<Damaged>)> {
        let Stream { parts, redaction, app, .. } = self.stream;
        let any = self.page.is_some();
        // A program that reads the document gets one, with nothing in it.
        self.out.send(if any { parts.after } else { parts.empty }.as_bytes())?;
        self.out.flush()?;
        redaction.print_summary(&self.count, app);
        if any || some_left_out(&damaged) {
            Ok((self.files, damaged))
        } else {
            Err(app.nothing_found(query, &damaged))
        }
    }
}

/// Collects short pieces of text, so that each write is a long one.
struct StreamOutput<'o> {
    buffer: SecretBytes,
    to: &'o mut dyn Write,
}

impl StreamOutput<'_> {
    fn send(&mut self, bytes: &[u8]) -> Result<()> {
        if self.buffer.len() + bytes.len() > WRITE_BUFFER {
            self.flush()?;
        }
        if bytes.len() > WRITE_BUFFER {
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

/// Writes to wherever an export or a list goes.
pub fn write_all(out: &mut dyn Write, bytes: &[u8]) -> Result<()> {
    out.write_all(bytes).map_err(DiskError::writing_to("the output"))
}

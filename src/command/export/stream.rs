//! An export that is written while the journal is read, some days at a time, so
//! that a long life needs no more memory than a short one.

use std::borrow::Cow;
use std::io::Write;
use std::mem::take;

use zeroize::Zeroizing;

use crate::command::Context;
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::journal::Damaged;
use crate::query::Query;
use crate::render::{By, Export, Parts};

use super::renaming::Renaming;

pub struct Stream<'a> {
    context: &'a Context,
    parts: &'static Parts,
    by: By,
    renaming: Renaming,
    /// What may belong on the same page as what comes next.
    waiting: Vec<Entry>,
    begun: bool,
}

impl<'a> Stream<'a> {
    pub fn new(
        context: &'a Context,
        parts: &'static Parts,
        by: By,
        renaming: Renaming,
    ) -> Stream<'a> {
        Stream { context, parts, by, renaming, waiting: Vec::new(), begun: false }
    }

    /// Everything that a query names; and what could not be read.
    pub fn write(&mut self, query: &Query, out: &mut dyn Write) -> Result<Vec<Damaged>> {
        let damaged = self.context.read_through(query, &mut |kept| {
            for kept in kept {
                self.waiting.push(kept.entry);
                self.waiting.extend(kept.beside);
            }
            let whole = self.whole_pages();
            self.put(whole, out)?;
            Ok(true)
        })?;
        let rest = take(&mut self.waiting);
        self.put(rest, out)?;
        if !self.begun && damaged.is_empty() {
            // A program that reads the document gets one, with nothing in it.
            send(out, self.parts.empty)?;
            return Err(self.context.nothing(query));
        }
        send(out, if self.begun { self.parts.after } else { self.parts.empty })?;
        self.renaming.tell(self.context);
        Ok(damaged)
    }

    /// The entries of all pages but the last.
    fn whole_pages(&mut self) -> Vec<Entry> {
        let page = |entry: &Entry| self.by.page(entry, self.context.clock());
        let last = self.waiting.last().map(page);
        let begins = self.waiting.iter().position(|entry| Some(page(entry)) == last);
        let rest = self.waiting.split_off(begins.unwrap_or(0));
        std::mem::replace(&mut self.waiting, rest)
    }

    fn put(&mut self, entries: Vec<Entry>, out: &mut dyn Write) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let told = self.renaming.of(entries.iter().collect(), self.context)?;
        let export = Export {
            entries: told.iter().map(Cow::as_ref).collect(),
            by: self.by,
            alone: false,
            clock: self.context.clock(),
            practices: &self.context.practices,
        };
        let text = Zeroizing::new((self.parts.part)(&export));
        send(out, if self.begun { self.parts.between } else { self.parts.before })?;
        self.begun = true;
        send(out, &text)
    }
}

fn send(out: &mut dyn Write, text: &str) -> Result<()> {
    out.write_all(text.as_bytes()).map_err(|e| match e.kind() {
        std::io::ErrorKind::BrokenPipe => Error::PipeClosed,
        _ => Error::disk("write", "the export".as_ref())(e),
    })
}

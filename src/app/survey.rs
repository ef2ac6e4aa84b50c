//! What a document says of all its entries before the first of them, gathered ahead of
//! the entries themselves: how they are linked, and what there is.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use crate::error::Result;
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::query::Query;
use crate::render::{Contents, EntryLinks, ExportGrouping, LinkedEntry, PageKey};
use crate::seal::Identity;

use super::export_place::ExportPlace;
use super::export_plan::ExportPlan;
use super::stream::{EntryChunk, Stream};
use super::{App, ViewScope};

/// The links and the contents of a document.
#[derive(Default)]
pub struct Survey {
    pub links: EntryLinks,
    pub contents: Contents,
    /// The document's entries and what could not be read, where the survey was of them alone
    /// and there was room for them: then the journal isn't read a second time.
    pub chunks: Option<(Vec<EntryChunk>, Vec<Damaged>)>,
}

/// Most memory for the entries that a survey holds, in bytes. Beyond it, the journal is read
/// a second time.
const SURVEY_MEMORY: usize = 24 << 20;

impl ExportPlan {
    /// Reads the journal through for the links and the contents of this export; and of an
    /// export of everything, with the entries themselves.
    ///
    /// # Errors
    /// As [`App::find`].
    pub(super) fn survey(&self, stream: &Stream) -> Result<Survey> {
        let (app, clock) = (stream.app, stream.app.clock());
        let has_room = AtomicBool::new(self.query.is_everything());
        let make = |stored: StoredEntry| -> Result<SurveyedEntry> {
            let is_shown = stored.matches(&self.query, clock);
            let page = self.by.page(&stored.entry, clock);
            let is_end = is_shown && app.can_be_linked(&stored.entry);
            if has_room.load(Relaxed) {
                let chunk = stream.chunk(&stored, is_end)?;
                return Ok(SurveyedEntry {
                    is_shown,
                    page,
                    link: chunk.link(),
                    chunk: Some(chunk),
                });
            }
            let link = if is_end {
                Some(LinkedEntry::of(&self.redaction.of(&stored, app)?.0.entry))
            } else {
                None
            };
            Ok(SurveyedEntry { is_shown, page, link, chunk: None })
        };
        let mut gathered = SurveyPages::default();
        let mut ends = Vec::new();
        let mut chunks = Vec::new();
        let mut size = 0;
        let mut on_batch = |batch: Vec<Result<SurveyedEntry>>| {
            let mut of_batch = Vec::new();
            for entry in batch {
                let SurveyedEntry { is_shown, page, link, chunk } = entry?;
                gathered.add(self.by, &page, is_shown);
                ends.extend(link);
                size += chunk.as_ref().map_or(0, EntryChunk::size);
                of_batch.extend(chunk);
            }
            if size > SURVEY_MEMORY {
                has_room.store(false, Relaxed);
                chunks = Vec::new();
            } else {
                chunks.extend(stream.in_order(of_batch));
            }
            Ok(true)
        };
        // All of them, as it also says how many it is not of.
        let all = Query::everything();
        let damaged =
            app.read_through(&all, stream.identity, ReadOrder::OldestFirst, &make, &mut on_batch)?;
        let chunks = has_room.into_inner().then_some((chunks, damaged));
        let (links, contents) = (EntryLinks::among(ends), gathered.contents(self, app));
        Ok(Survey { links, contents, chunks })
    }

    /// The contents of a document whose entries are at hand; of pages, and of entries that
    /// were named one by one, none.
    ///
    /// # Errors
    /// As [`App::find`].
    pub(super) fn contents(
        &self,
        app: &App,
        identity: &Identity,
        entries: &[&StoredEntry],
    ) -> Result<Option<Contents>> {
        let has_contents = self.format.has_contents_and_links && self.template.is_none();
        let is_whole = self.ids.is_empty() && !matches!(self.place, ExportPlace::Folder(_));
        if !has_contents || !is_whole {
            return Ok(None);
        }
        let mut gathered = SurveyPages::default();
        for stored in entries {
            gathered.add(self.by, &self.by.page(&stored.entry, app.clock()), true);
        }
        if !self.query.is_everything() {
            let all = app.find(&Query::everything(), identity, &|_| ())?.entries;
            gathered.scope.all = all.len().max(entries.len());
        }
        Ok(Some(gathered.contents(self, app)))
    }
}

/// What the survey keeps of an entry.
struct SurveyedEntry {
    is_shown: bool,
    page: PageKey,
    link: Option<LinkedEntry>,
    chunk: Option<EntryChunk>,
}

#[derive(Default)]
struct SurveyPages {
    contents: Contents,
    scope: ViewScope,
}

impl SurveyPages {
    fn add(&mut self, by: ExportGrouping, page: &PageKey, is_shown: bool) {
        self.scope.add(page.day, is_shown);
        if is_shown {
            self.contents.add(by, page);
        }
    }

    fn contents(mut self, plan: &ExportPlan, app: &App) -> Contents {
        let filters = plan.filters.iter().map(|filter| plan.redaction.filter(filter, app));
        let filters: Vec<String> = filters.collect();
        self.contents.about = self.scope.within(&plan.query).words(&filters);
        self.contents
    }
}

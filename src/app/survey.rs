//! What a document says of all its entries before the first of them, gathered ahead of
//! the entries themselves: how they are linked, and what there is.

use crate::error::Result;
use crate::journal::{ReadOrder, StoredEntry};
use crate::query::Query;
use crate::render::{Contents, EntryLinks, ExportFile, ExportGrouping, LinkedEntry};
use crate::seal::Identity;

use super::export_plan::{ExportPlace, ExportPlan};
use super::{App, ViewScope};

/// The links and the contents of a document.
#[derive(Default)]
pub struct Survey {
    pub links: EntryLinks,
    pub contents: Contents,
}

impl ExportPlan {
    /// Reads the journal through for the links and the contents of this export alone.
    ///
    /// # Errors
    /// As [`App::find`].
    pub(super) fn survey(&self, app: &App, identity: &Identity) -> Result<Survey> {
        let clock = app.clock();
        let make = |kept: StoredEntry| -> Result<SurveyedEntry> {
            let is_shown = self.query.matches(&kept.entry, clock);
            let page = self.by.page(&kept.entry, clock);
            let is_end = is_shown && app.can_be_linked(&kept.entry);
            let link = match is_end {
                true => Some(LinkedEntry::of(&self.renaming.of(&kept, app)?.0.entry)),
                false => None,
            };
            Ok(SurveyedEntry { is_shown, page, link })
        };
        let (mut gathered, mut ends) = (Gathered::default(), Vec::new());
        let mut on_batch = |batch: Vec<Result<SurveyedEntry>>| {
            for entry in batch {
                let SurveyedEntry { is_shown, page, link } = entry?;
                gathered.add(self.by, &page, is_shown);
                ends.extend(link);
            }
            Ok(true)
        };
        // All of them, as it also says how many it is not of.
        let all = Query::everything();
        app.read_through(&all, identity, ReadOrder::NewestFirst, &make, &mut on_batch)?;
        let links = EntryLinks::among(ends);
        Ok(Survey { links, contents: gathered.contents(self) })
    }

    /// The contents of a document whose entries are at hand; of one without a title, or of
    /// pages, none.
    ///
    /// # Errors
    /// As [`App::find`].
    pub(super) fn contents(
        &self,
        app: &App,
        identity: &Identity,
        entries: &[&StoredEntry],
    ) -> Result<Contents> {
        let is_titled = self.format.titled && self.template.is_none();
        if !is_titled || matches!(self.place, ExportPlace::Folder(_)) {
            return Ok(Contents::default());
        }
        let mut gathered = Gathered::default();
        for kept in entries {
            gathered.add(self.by, &self.by.page(&kept.entry, app.clock()), true);
        }
        if !self.query.is_everything() {
            gathered.scope.all = app.count_entries(identity)?.max(entries.len());
        }
        Ok(gathered.contents(self))
    }
}

/// What the survey keeps of an entry.
struct SurveyedEntry {
    is_shown: bool,
    page: ExportFile,
    link: Option<LinkedEntry>,
}

#[derive(Default)]
struct Gathered {
    contents: Contents,
    scope: ViewScope,
}

impl Gathered {
    fn add(&mut self, by: ExportGrouping, page: &ExportFile, is_shown: bool) {
        self.scope.add(page.day, is_shown);
        if is_shown {
            self.contents.add(by, page);
        }
    }

    fn contents(mut self, plan: &ExportPlan) -> Contents {
        let filters: Vec<String> =
            plan.filters.iter().map(|filter| plan.renaming.text(filter)).collect();
        self.contents.about = self.scope.words(&filters);
        self.contents
    }
}

impl App {
    /// How many entries the journal shows.
    ///
    /// # Errors
    /// As [`App::find`].
    pub(super) fn count_entries(&self, identity: &Identity) -> Result<usize> {
        Ok(self.find_as(&Query::everything(), identity, &|_| ())?.entries.len())
    }
}

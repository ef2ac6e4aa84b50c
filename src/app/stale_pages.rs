//! What earlier exports left in a folder that is no longer so. Once an export is written,
//! every page that it didn't write either shows its entries as the journal has them, or it
//! is stale: an entry on it was deleted, dated elsewhere, or edited. A stale page is deleted
//! if nobody changed it and all its entries were deleted, or are on pages of the same kind
//! that this export wrote. Any other is named. Only what the journal says counts: another
//! journal's pages, and those of an entry that is damaged or missing, are left alone.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

use crate::disk::DiskError;
use crate::entry::EntryId;
use crate::error::Result;
use crate::journal::{EntryFate, EntryFates};
use crate::render::{ATTACHMENTS, ExportKind, ExportUnit, PageMark, PageOrigin, page_origin};
use crate::seal::Identity;

use super::App;
use super::export_kind::UNKNOWN_KIND;
use super::export_plan::ExportPlan;
use super::folder_page::{FolderPage, file_identity, pages_in};

/// What this export wrote.
#[derive(Default)]
pub struct WrittenPages {
    /// Their kind, as [`page_origin`] takes it.
    pub kind: ExportKind,
    /// Where each entry is.
    pub places: BTreeMap<EntryId, PathBuf>,
}

impl WrittenPages {
    pub(super) fn add(&mut self, unit: &ExportUnit, path: &Path) {
        let ids = unit.entries.iter().map(|stored| stored.entry.id.clone());
        self.places.extend(ids.map(|id| (id, path.to_owned())));
    }
}

/// What a page has that is no longer so, the gravest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Remnant {
    Edited,
    /// This export wrote it on another page.
    Rewritten,
    Moved,
    Deleted,
}

/// The pages in a folder, as they are before an export into it.
pub(super) struct EarlierPages {
    folder: PathBuf,
    pages: Vec<FolderPage>,
}

/// What an export did, to compare earlier pages with.
struct Sweep<'a> {
    app: &'a App,
    plan: &'a ExportPlan,
    written: &'a WrittenPages,
    fates: EntryFates<'a>,
}

impl EarlierPages {
    pub(super) fn read(folder: &Path, app: &App) -> EarlierPages {
        EarlierPages { folder: folder.to_owned(), pages: pages_in(folder, &app.practices) }
    }

    /// Deletes or names what is stale, once the export is written.
    ///
    /// # Errors
    /// A journal that can't be listed, and a page that can't be deleted.
    pub(super) fn sweep(
        &self,
        app: &App,
        identity: &Identity,
        plan: &ExportPlan,
        written: &WrittenPages,
    ) -> Result<()> {
        let files: HashSet<_> =
            written.places.values().filter_map(|path| file_identity(path)).collect();
        let is_left = |page: &&FolderPage| {
            file_identity(&page.path).is_some_and(|file| !files.contains(&file))
        };
        let left: Vec<&FolderPage> = self.pages.iter().filter(is_left).collect();
        if !left.is_empty() {
            let journal = app.journal();
            let sweep = Sweep { app, plan, written, fates: journal.fates(identity)? };
            sweep.tell_other_units(&left);
            left.into_iter().try_for_each(|page| sweep.settle(page))?;
        }
        self.name_unlinked(app);
        Ok(())
    }

    /// Names attachments that a page linked to before the export, and none does now.
    fn name_unlinked(&self, app: &App) {
        let linked = |pages: &[FolderPage]| -> BTreeSet<String> {
            pages.iter().flat_map(|page| page.linked.iter().cloned()).collect()
        };
        let before = linked(&self.pages);
        if before.is_empty() {
            return;
        }
        let now = linked(&pages_in(&self.folder, &app.practices));
        for path in self.attachments_of(&before.difference(&now).collect()) {
            app.name_file("No page links to it any more", &path);
        }
    }

    /// The files in the folder of attachments that have these ids.
    fn attachments_of(&self, ids: &BTreeSet<&String>) -> BTreeSet<PathBuf> {
        let items = std::fs::read_dir(self.folder.join(ATTACHMENTS)).into_iter().flatten();
        let has_id = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let id = name.as_deref().and_then(|name| name.split_once('-'));
            id.is_some_and(|(id, _)| ids.contains(&id.to_owned()))
        };
        items.flatten().map(|item| item.path()).filter(has_id).collect()
    }
}

impl Sweep<'_> {
    /// Says that pages of another unit, such as a month, show entries of this export too. They
    /// are as good as these, but whoever reads or imports the folder meets an entry twice.
    fn tell_other_units(&self, left: &[&FolderPage]) {
        let is_double = |page: &&&FolderPage| {
            let is_other = page.by.is_some_and(|by| by != self.plan.by);
            let shows = |mark: &PageMark| self.written.places.contains_key(&mark.id);
            is_other && self.has_its_ending(page) && page.marks.iter().any(shows)
        };
        let pages = match left.iter().filter(is_double).count() {
            0 => return,
            1 => "1 page, made with another --by, has".to_owned(),
            count => format!("{count} pages, made with another --by, have"),
        };
        self.app.terminal.say(&format!("{pages} these entries too, and inward left them there."));
    }

    /// Deletes a page that this export didn't write, or names it, if it is stale.
    fn settle(&self, page: &FolderPage) -> Result<()> {
        let remnants: Vec<Option<Remnant>> =
            page.marks.iter().map(|mark| self.remnant(page, mark)).collect();
        let Some(worst) = remnants.iter().flatten().max() else {
            if self.cannot_check(page) {
                self.app.name_file("Can't be checked for deleted entries", &page.path);
            }
            return Ok(());
        };
        let has_only = |settled: &[Remnant]| {
            remnants.iter().all(|it| it.is_some_and(|remnant| settled.contains(&remnant)))
        };
        let is_gone = has_only(&[Remnant::Deleted]);
        let is_settled = has_only(&[Remnant::Deleted, Remnant::Rewritten]);
        let may_delete = is_settled && self.may_delete(page, is_gone);
        if may_delete {
            std::fs::remove_file(&page.path).map_err(DiskError::io("remove", &page.path))?;
        }
        let what = match worst {
            Remnant::Deleted if may_delete && is_gone => {
                "Deleted, as it's no longer in the journal"
            }
            Remnant::Deleted | Remnant::Rewritten if may_delete => {
                "Deleted, as its entries moved to other pages"
            }
            Remnant::Deleted => "Still has a deleted entry",
            Remnant::Moved | Remnant::Rewritten => "Still has an entry that moved",
            Remnant::Edited => "Still has an earlier revision of an entry",
        };
        self.app.name_file(what, &page.path);
        Ok(())
    }

    /// What a page has of an entry that is no longer so.
    fn remnant(&self, page: &FolderPage, mark: &PageMark) -> Option<Remnant> {
        let is_written = |id: &EntryId| self.written.places.contains_key(id);
        // Of one grouping and format, each entry is on one page.
        let is_rewritten =
            page.by == Some(self.plan.by) && self.has_its_ending(page) && is_written(&mark.id);
        match self.fates.of(&mark.id, mark.revision.as_ref()) {
            EntryFate::Deleted => Some(Remnant::Deleted),
            EntryFate::Moved(ids) if ids.iter().all(is_written) => Some(Remnant::Rewritten),
            EntryFate::Moved(_) => Some(Remnant::Moved),
            EntryFate::Same | EntryFate::Edited if is_rewritten => Some(Remnant::Rewritten),
            EntryFate::Edited => Some(Remnant::Edited),
            EntryFate::Same | EntryFate::Unknown => None,
        }
    }

    /// Is the page as an export wrote it? Unless all of it was deleted, as an export of this
    /// kind did: one with other filters or names may be kept for someone else.
    fn may_delete(&self, page: &FolderPage, is_gone: bool) -> bool {
        if !page.is_markdown() || !self.fates.is_whole {
            return false;
        }
        let kind = &self.written.kind;
        let is_ours =
            self.plan.names_entries() && self.has_its_ending(page) && kind.name != UNKNOWN_KIND;
        // Once more: it may have been changed meanwhile.
        let text = std::fs::read_to_string(&page.path).unwrap_or_default();
        match page_origin(&text, kind) {
            PageOrigin::Unchanged => is_gone || is_ours,
            PageOrigin::OtherExport => is_gone,
            PageOrigin::Changed | PageOrigin::Elsewhere => false,
        }
    }

    /// Does the page end as those do that this export wrote?
    fn has_its_ending(&self, page: &FolderPage) -> bool {
        page.ending == self.plan.file_ending()
    }

    /// Would this export have written such a file, and name no entry in it?
    fn cannot_check(&self, page: &FolderPage) -> bool {
        page.marks.is_empty()
            && page.by == Some(self.plan.by)
            && self.has_its_ending(page)
            && !self.plan.names_entries()
    }
}

//! An export into a folder: a file for each page. A page that an earlier export wrote and
//! nobody has changed since is rewritten; one that someone changed is left, and named.

use std::path::Path;

use crate::disk;
use crate::error::{Error, Result, Stop};
use crate::render::{Export, ExportKind, ExportUnit, PageOrigin, page_origin};

use super::export_kind::UNKNOWN_KIND;
use super::export_place::refuse_existing;
use super::export_plan::ExportPlan;
use super::stale_pages::WrittenPages;
use super::stream::write_all;
use super::{App, CommandError};

/// What becomes of a file of that name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PageUpdate {
    Write,
    Replace,
    Leave,
}

impl ExportPlan {
    /// Looks at every name before the first file is written.
    ///
    /// # Errors
    /// `FileExists`, where no export wrote a file of that name, and `PageOfOtherExport`.
    pub(super) fn refuse_foreign_pages(&self, folder: &Path, export: &Export) -> Result<()> {
        let (kind, units) = (export.layout.kind, export.units());
        let path = |unit: &ExportUnit| folder.join(self.file_name(&unit.page.name));
        units.iter().try_for_each(|unit| self.update_of(&path(unit), kind).map(drop))
    }

    /// A file for each page. Names those that someone has changed since an earlier export,
    /// and leaves them.
    pub(super) fn write_pages(
        &self,
        app: &App,
        folder: &Path,
        export: &Export,
    ) -> Result<WrittenPages> {
        let (kind, units) = (export.layout.kind, export.units());
        let path = |unit: &ExportUnit| folder.join(self.file_name(&unit.page.name));
        let mut written = WrittenPages { kind: kind.clone(), ..WrittenPages::default() };
        disk::make_folder(folder)?;
        let mut left = Vec::new();
        app.terminal.working("Writing files", |watch| {
            for (done, unit) in units.iter().enumerate() {
                if !watch(done, units.len()) {
                    return Err(Error::Cancelled(Stop::Plain));
                }
                let (path, bytes) = (path(unit), self.document(&export.of(unit))?);
                // Once more: it may have been changed meanwhile.
                match self.update_of(&path, kind)? {
                    PageUpdate::Leave => left.push(path),
                    update => {
                        let replace = update == PageUpdate::Replace;
                        disk::write_with(&path, replace, |out| write_all(out, &bytes))?;
                        written.add(unit, &path);
                    }
                }
            }
            Ok(())
        })?;
        left.iter().for_each(|path| app.name_file("Not replaced, because you changed it", path));
        Ok(written)
    }

    /// What to do with the file of that name, if there is one.
    ///
    /// # Errors
    /// `FileExists`, where no export wrote it and nothing says to replace it, and
    /// `PageOfOtherExport`.
    fn update_of(&self, path: &Path, kind: &ExportKind) -> Result<PageUpdate> {
        if self.force {
            return Ok(PageUpdate::Replace);
        }
        let is_file = path.symlink_metadata().is_ok_and(|file| file.is_file());
        let text = if is_file { std::fs::read_to_string(path).ok() } else { None };
        match text.as_deref().map(|text| page_origin(text, kind)) {
            Some(PageOrigin::Unchanged) if kind.name != UNKNOWN_KIND => Ok(PageUpdate::Replace),
            Some(PageOrigin::Unchanged | PageOrigin::OtherExport) => {
                Err(CommandError::PageOfOtherExport { path: path.to_owned() }.into())
            }
            Some(PageOrigin::Changed) => Ok(PageUpdate::Leave),
            Some(PageOrigin::Elsewhere) | None => {
                refuse_existing(path, self.force).map(|()| PageUpdate::Write)
            }
        }
    }
}

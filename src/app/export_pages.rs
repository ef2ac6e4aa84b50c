//! An export into a folder: a file for each page. A page that an earlier export wrote and
//! nobody has changed since is written anew; one that somebody changed is left, and named.

use std::path::Path;

use crate::disk;
use crate::error::{Error, Result};
use crate::render::{Export, ExportUnit, PageOrigin, clean, page_origin};

use super::App;
use super::export_plan::ExportPlan;
use super::stream::write_all;

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
    /// `FileExists`, where no export wrote a file of that name.
    pub(super) fn refuse_foreign_pages(&self, folder: &Path, export: &Export) -> Result<()> {
        let path = |unit: &ExportUnit| folder.join(self.file_name(&unit.page.name));
        export.units().iter().try_for_each(|unit| self.update_of(&path(unit)).map(drop))
    }

    /// A file for each page.
    pub(super) fn write_pages(&self, app: &App, folder: &Path, export: &Export) -> Result<()> {
        let units = export.units();
        let path = |unit: &ExportUnit| folder.join(self.file_name(&unit.page.name));
        disk::make_folder(folder)?;
        let mut left = Vec::new();
        app.terminal.working("Writing files", |watch| {
            for (done, unit) in units.iter().enumerate() {
                if !watch(done, units.len()) {
                    return Err(Error::Cancelled { draft: None });
                }
                let (path, bytes) = (path(unit), self.document(&export.of(unit))?);
                // Once more: it may have been changed meanwhile.
                match self.update_of(&path)? {
                    PageUpdate::Leave => left.push(path),
                    update => {
                        let replace = update == PageUpdate::Replace;
                        disk::write_with(&path, replace, |out| write_all(out, &bytes))?;
                    }
                }
            }
            Ok(())
        })?;
        for path in left {
            let path = clean(&path.display().to_string()).into_owned();
            app.terminal.say(&format!("Left as it is, since it was changed by hand: {path}"));
        }
        Ok(())
    }

    /// What to do with the file of that name, if there is one.
    ///
    /// # Errors
    /// `FileExists`, where no export wrote it and nothing says to replace it.
    fn update_of(&self, path: &Path) -> Result<PageUpdate> {
        if self.force {
            return Ok(PageUpdate::Replace);
        }
        let is_file = path.symlink_metadata().is_ok_and(|file| file.is_file());
        let text = if is_file { std::fs::read_to_string(path).ok() } else { None };
        match text.as_deref().map(page_origin) {
            Some(PageOrigin::Unchanged) => Ok(PageUpdate::Replace),
            Some(PageOrigin::Changed) => Ok(PageUpdate::Leave),
            Some(PageOrigin::Elsewhere) | None => {
                self.refuse_existing(path).map(|()| PageUpdate::Write)
            }
        }
    }
}

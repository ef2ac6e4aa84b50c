//! A sealed export of entries to which files are attached: one tar archive with the
//! documents and the files, sealed as it is made.

use std::io::Write;

use crate::disk::{self, DiskError};
use crate::error::Result;
use crate::journal::Damaged;
use crate::render::{Export, ExportUnit, Template, clean};
use crate::seal::{Identity, Recipients};
use crate::secret::SecretBytes;

use super::App;
use super::export_place::{ExportPlace, refuse_existing};
use super::export_plan::ExportPlan;
use super::exported_files::{AttachmentStore, ExportedAttachment, document_name};

/// What a folder gets.
const ARCHIVE: &str = "inward.tar.age";

impl ExportPlan {
    /// The pages and what is attached, in one archive that is sealed as it is made.
    pub(super) fn write_archive(
        &self,
        app: &App,
        identity: &Identity,
        recipients: &Recipients,
        export: &Export,
        files: &[ExportedAttachment],
    ) -> Result<Vec<Damaged>> {
        let (journal, time) = (&app.journal(), app.clock().written.timestamp());
        let documents = self.archived_documents(export)?;
        let path = match &self.place {
            ExportPlace::Output => None,
            ExportPlace::File(path) => Some(path.clone()),
            ExportPlace::Folder(folder) => Some(folder.join(ARCHIVE)),
        };
        if let (ExportPlace::Folder(folder), Some(path)) = (&self.place, &path) {
            refuse_existing(path, self.force)?;
            disk::make_folder(folder)?;
        }
        let damaged = self.write(app, path.as_deref(), |out| {
            let store = AttachmentStore { journal, identity };
            let fill = |out: &mut dyn Write| store.write_archive(&documents, files, time, out);
            recipients.seal_while(out, fill, |e| DiskError::io("write", "the archive".as_ref())(e))
        })?;
        let file = path.map_or("FILE".to_owned(), |path| path.display().to_string());
        app.terminal.say(&format!(
            "Files are attached, so it's a tar archive. To open it: age -d -i KEY {} | tar x",
            clean(&file)
        ));
        Ok(damaged)
    }

    fn archived_documents(&self, export: &Export) -> Result<Vec<(String, SecretBytes)>> {
        let extension = self.template.as_ref().map_or(self.format.extension, Template::extension);
        match &self.place {
            ExportPlace::Folder(_) => {
                let units = export.units();
                let page = |unit: &ExportUnit| {
                    Ok((format!("{}.{extension}", unit.page.name), self.text(&export.of(unit))?))
                };
                units.iter().map(page).collect()
            }
            ExportPlace::Output => Ok(vec![(document_name(None, extension), self.text(export)?)]),
            ExportPlace::File(path) => {
                Ok(vec![(document_name(Some(path), extension), self.text(export)?)])
            }
        }
    }
}

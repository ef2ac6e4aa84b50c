//! Attachments as files again, in a folder of the user's own choosing.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{self, DiskError};
use crate::entry::AttachmentId;
use crate::error::Result;
use crate::journal::{Damaged, StoredEntry};
use crate::render::{numbered, safe_file_name};
use crate::seal::{AttachmentFileName, Identity};

use super::App;

/// What became of the attachments of some entries.
#[derive(Default)]
pub struct SavedFiles {
    /// The new files, in the order of what they are attached to.
    pub files: Vec<PathBuf>,
    /// What is damaged or missing, and was left out.
    pub damaged: Vec<Damaged>,
}

impl App {
    /// Of what is attached to these entries, that of which no file is there. Only names
    /// are looked at; `doctor` reads the files.
    pub fn missing_files<'e>(
        &self,
        entries: impl IntoIterator<Item = &'e StoredEntry>,
    ) -> HashSet<AttachmentId> {
        let heads = entries.into_iter().flat_map(StoredEntry::heads);
        let all = heads.flat_map(|entry| entry.attachments.iter().map(move |it| (entry, it)));
        let mut all = all.peekable();
        if all.peek().is_none() {
            return HashSet::new();
        }
        let journal = self.journal();
        let missing = all.filter(|(entry, attachment)| {
            !journal.has_attachment(&AttachmentFileName::of(entry, attachment), attachment)
        });
        missing.map(|(_, attachment)| attachment.id.clone()).collect()
    }

    /// Writes everything that is attached to these entries, to their other heads too,
    /// under safe names, and over no file that is there.
    ///
    /// # Errors
    /// A folder of our own, or what writing failed with.
    pub fn save_attachments(
        &self,
        entries: &[StoredEntry],
        folder: &Path,
        identity: &Identity,
    ) -> Result<SavedFiles> {
        self.refuse_own_places(folder)?;
        let mut saved = SavedFiles::default();
        let mut contents = HashSet::new();
        let journal = self.journal();
        let heads = entries.iter().flat_map(StoredEntry::heads);
        for (entry, attachment) in heads.flat_map(|it| it.attachments.iter().map(move |a| (it, a)))
        {
            // What two versions of an entry have alike is one file.
            if !contents.insert((&entry.id, &attachment.name, attachment.sha256)) {
                continue;
            }
            if saved.files.is_empty() {
                disk::make_folder(folder)?;
            }
            let name = AttachmentFileName::of(entry, attachment);
            let open = || journal.read_attachment(&name, attachment, identity);
            match write_new(folder, &safe_file_name(&attachment.name), &open)? {
                Ok(path) => saved.files.push(path),
                Err(damaged) => saved.damaged.push(damaged),
            }
        }
        Ok(saved)
    }
}

/// The bytes of an attachment, or what is wrong with them.
type OpenedAttachment = std::result::Result<Box<dyn io::Read>, Damaged>;

/// A new file of this name, or of this name with a number.
fn write_new(
    folder: &Path,
    name: &str,
    open: &dyn Fn() -> OpenedAttachment,
) -> Result<std::result::Result<PathBuf, Damaged>> {
    let names = std::iter::once(name.to_owned()).chain((2..).map(|n| numbered(name, n)));
    let mut paths = names.map(|name| folder.join(name));
    loop {
        let path = paths.find(|path| path.symlink_metadata().is_err()).unwrap_or_default();
        let mut plain = match open() {
            Ok(plain) => plain,
            Err(damaged) => return Ok(Err(damaged)),
        };
        match disk::write_with(&path, false, |out| copy_plain(&mut *plain, out, &path)) {
            // Someone was faster.
            Err(error) if matches!(error.of(), Some(DiskError::FileExists { .. })) => {}
            written => return written.map(|()| Ok(path)),
        }
    }
}

/// Copies the bytes of an attachment that was found to be whole.
///
/// # Errors
/// `Io` of either side.
pub fn copy_plain(plain: &mut dyn io::Read, out: &mut dyn io::Write, to: &Path) -> Result<()> {
    io::copy(plain, out).map(drop).map_err(DiskError::io("write", to))
}

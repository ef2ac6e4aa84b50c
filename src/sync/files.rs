//! Files on their way between the journal's folder and a repository: what is not
//! whole goes neither way.

use std::collections::BTreeMap;
use std::io;

use crate::disk::DiskError;
use crate::error::Result;
use crate::journal::{Damaged, Journal, ScannedFile, looks_intact};
use crate::seal::Damage;
use crate::seal::{EntryFileName, Sealed};

use super::git::{Blobs, Changes, FILE};
use super::merge::{Oid, Tree};
use super::place::Place;
use super::{Done, Here, Sync, Three};

impl Sync<'_> {
    /// A file that is not whole yet is no entry: it may be once its copying is
    /// over.
    pub(super) fn leave_out_what_is_not_whole(
        &self,
        here: &Here,
        merged: &mut BTreeMap<EntryFileName, Option<Oid>>,
        done: &mut Done,
    ) {
        merged.retain(|label, oid| {
            let Some(file) = here.get(label).filter(|_| oid.is_none()) else { return true };
            let whole = self.journal.first_intact(file, self.identity);
            if !file.passing {
                // What an edit takes away meanwhile is no damage.
                let damaged = whole.as_ref().err().filter(|damaged| damaged.why != Damage::Gone);
                done.left_out.extend(damaged.cloned());
            }
            whole.is_ok()
        });
    }

    /// Publishes here what is not here yet. What has an entry's name and is none
    /// stays in the repository, for as long as others keep it there: it comes no
    /// further, and is not sent again.
    pub(super) fn receive(
        &self,
        place: &Place,
        trees: &Three,
        merged: &mut BTreeMap<EntryFileName, Option<Oid>>,
        here: &mut Here,
        done: &mut Done,
    ) -> Result<()> {
        let mut reader = None;
        let mut gone = Vec::new();
        for (label, oid) in merged.iter_mut().filter(|(_, oid)| oid.is_some()) {
            if here.contains_key(label) {
                continue;
            }
            let blobs = match &mut reader {
                Some(blobs) => blobs,
                none => none.insert(place.git.reader()?),
            };
            let path = self.journal.root().join(Journal::place(label));
            // Somebody may have put whole bytes in the place of broken ones.
            let sides = [&trees.theirs, &trees.ours].map(|tree| tree.entries.get(label).cloned());
            let any = [oid.clone()].into_iter().chain(sides.clone()).flatten();
            let mut found = Err(Damage::Broken);
            for candidate in any {
                found = self
                    .whole_in(blobs, label, &candidate)
                    .map_err(DiskError::io("fetch", &path))?;
                if found.is_ok() {
                    *oid = Some(candidate);
                    break;
                }
            }
            let mismatch = self.audience.zip(found.as_ref().ok());
            let mismatch = mismatch.and_then(|(audience, it)| audience.compare(it.bytes()));
            match found.map(|sealed| self.journal.append(&sealed)) {
                Err(why) => {
                    let [theirs, ours] = sides;
                    // Away, nobody can say whether it was removed there; nor is
                    // what was not read known to be no entry.
                    let unread = why == Damage::TooLarge;
                    let ours = ours.filter(|_| unread || !trees.reached);
                    *oid = theirs.or(ours);
                    gone.extend(oid.is_none().then(|| label.clone()));
                    let passed = Damaged { path: Journal::place(label).into(), why };
                    done.passed_over.extend(oid.is_some().then_some(passed));
                }
                Ok(Err(error)) if !error.is_taken() => return Err(error),
                // Written meanwhile, which is as good.
                Ok(Ok(()) | Err(_)) => {
                    done.came += 1;
                    mismatch.iter().for_each(|it| *done.mismatches.entry(*it).or_default() += 1);
                    let file =
                        ScannedFile { label: label.clone(), paths: vec![path], passing: false };
                    here.insert(label.clone(), file);
                }
            }
        }
        gone.iter().for_each(|label| drop(merged.remove(label)));
        Ok(())
    }

    /// An entry's bytes in the repository; too large where they were not read.
    pub(super) fn whole_in(
        &self,
        blobs: &mut Blobs,
        label: &EntryFileName,
        oid: &str,
    ) -> io::Result<std::result::Result<Sealed, Damage>> {
        let Some(bytes) = blobs.read(oid)? else { return Ok(Err(Damage::TooLarge)) };
        let whole = |sealed: &Sealed| looks_intact(sealed, self.identity);
        let sealed = Sealed::from_bytes(label.clone(), bytes);
        Ok(sealed.and_then(|sealed| if whole(&sealed) { Ok(sealed) } else { Err(Damage::Broken) }))
    }

    pub(super) fn entries_into(
        &self,
        place: &Place,
        merged: &BTreeMap<EntryFileName, Option<Oid>>,
        first: &Tree,
        here: &Here,
        changes: &mut Changes,
    ) -> io::Result<()> {
        let path = |label: &EntryFileName| format!("{}{}", place.prefix, Journal::place(label));
        for label in first.entries.keys().filter(|label| !merged.contains_key(label)) {
            changes.remove(path(label).as_bytes())?;
        }
        for (label, oid) in merged {
            match oid {
                Some(oid) if first.entries.get(label) == Some(oid) => {}
                Some(oid) => changes.put(path(label).as_bytes(), FILE, oid)?,
                None => {
                    let sealed =
                        here.get(label).map(|file| self.journal.first_intact(file, self.identity));
                    // Gone meanwhile: replaced by an edit, which goes next time.
                    if let Some(Ok(sealed)) = sealed {
                        changes.add(&path(label), sealed.bytes())?;
                    }
                }
            }
        }
        Ok(())
    }
}

//! What each finding is and means, and what to do about it.

use super::Finding;

impl Finding {
    /// What it is and means, then what to do.
    pub fn sentence(&self) -> String {
        match self {
            Finding::Damaged(why) | Finding::Lost(why) => {
                format!("{}. {}", why.sentence(), why.hint())
            }
            Finding::Accepted(why) => why.sentence(),
            Finding::DamagedAttachment(why) => format!(
                "{}. Restore it from a backup or another device. If you use `inward sync`, move this file somewhere else and sync: that puts git's good copy here",
                why.sentence()
            ),
            Finding::OthersMayRead { mode } => format!(
                "other users of this computer can read it (mode {mode:03o}). `inward doctor --fix` stops that"
            ),
            Finding::KeyInTheJournal => {
                "this is a key, in a folder that gets synced. Anyone with a copy of that folder could read everything. Move the key out".into()
            }
            Finding::DamagedHere(why) => format!(
                "{}. git has a good copy. `inward doctor --fix` puts it beside this file, and inward then reads the copy",
                why.sentence()
            ),
            Finding::DamagedWithCopy(why) => format!(
                "{}. inward reads the good copy beside it instead. Keep the copy; you can delete this file",
                why.sentence()
            ),
            Finding::IntactCopy => {
                "a good copy; inward reads it instead of the damaged file beside it. Keep it".into()
            }
            Finding::Copy { same: true } => {
                "your sync tool made an exact copy of an entry. The entry counts once; you can delete the copy".into()
            }
            Finding::Copy { same: false } => {
                "a copy of an entry, but not an exact one: one of the two was encrypted again, or is damaged. inward reads the one that opens, and counts it once. Keep both".into()
            }
            Finding::OnlyCopy => {
                "inward made this good copy of a damaged file, which is gone now. inward reads the copy; you don't have to do anything".into()
            }
            Finding::Renamed => {
                "your sync tool renamed this entry. inward still reads it; you don't have to do anything".into()
            }
            Finding::Unread { place } => format!(
                "this entry is in the wrong folder, so inward doesn't read it. Move it to {place} in the journal's folder"
            ),
            Finding::UnreadDouble { same: true } => {
                "an exact copy of an entry, in the wrong folder. inward doesn't read it; you can delete it".into()
            }
            Finding::UnreadDouble { same: false } => {
                "a copy of an entry, but not an exact one, in the wrong folder. inward doesn't read it. Keep it until `inward doctor` finds no damage".into()
            }
            Finding::WrongDay { day } => format!(
                "a copy of an entry of {day}, with another day in its name. inward reads the file with the right day; you can delete this one"
            ),
            Finding::HalfSynced => {
                "your sync tool stopped halfway through this file. It will continue later; you don't have to do anything".into()
            }
            Finding::NotDownloaded => {
                "your sync tool hasn't downloaded this entry. Tell it to keep the journal's folder on this computer".into()
            }
            Finding::LeftByUs => {
                "inward was stopped while writing this. You can delete it".into()
            }
            Finding::KeptTwice { id, was } => format!(
                "this entry was moved here from another month, but the old one, {was}, is still there: another device edited or moved it too, or the move was interrupted. Both are kept. `inward show {was} {id}` shows them. Change the one you want to keep with `inward edit`, then delete the other: `inward delete {was}` or `inward delete {id}`"
            ),
            Finding::Replaced => {
                "a newer revision has replaced this one, so inward ignores it. You can delete it; `inward sync` does so while the journal is unlocked".into()
            }
            Finding::DeletedText => {
                "this file still has the text of a deleted entry; a backup or a sync tool may have brought it back. inward doesn't show it. You can delete the file; `inward sync` does so while the journal is unlocked".into()
            }
            Finding::Unreferenced => {
                "no entry here has this attachment. Your sync tool may still be downloading the entry, or inward was stopped while writing. If `inward doctor` still reports it in a few days, you can delete it".into()
            }
            Finding::CacheBroken => {
                "this part of the cache doesn't open: it's damaged, or encrypted to an earlier key. inward replaces it the next time it reads; nothing is lost".into()
            }
            Finding::CacheForeign => {
                "this isn't part of the cache; inward leaves it alone. You can delete anything in the cache at any time".into()
            }
            Finding::Foreign => "this isn't an entry; inward leaves it alone".into(),
            Finding::EditedTwice { id } => format!(
                "this entry was edited in two places at once, and every revision is kept. Choose one with `inward edit {id}`"
            ),
            Finding::EditedAndDeleted { id } => format!(
                "this entry was edited in one place and deleted in another at the same time, so it's still here. `inward edit {id} --settle` keeps it; `inward delete {id}` deletes it"
            ),
            Finding::SameAs { id, other, is_imported: true } => format!(
                "this entry says the same as {other}, at the same time; two devices may have imported it. `inward delete {id}` deletes this one and keeps the other"
            ),
            Finding::SameAs { id, other, is_imported: false } => format!(
                "this entry says the same as {other}, at the same time; it may have been kept twice. `inward delete {id}` deletes this one and keeps the other"
            ),
            Finding::FromTheFuture { written } => format!(
                "the date this entry was written, {written}, is in the future: the clock of the device that wrote it was wrong. Nothing is lost"
            ),
            Finding::PlainText => {
                "an answer that an editor left behind, in plain text. If no editor has it open, copy what you need and delete it".into()
            }
            Finding::DraftUnreadable(why) => format!("this draft can't be read: {}. Nothing else is affected", why.sentence()),
            Finding::Drafts { count: 1 } => "one unfinished entry. Continue or discard it with `inward resume`".into(),
            Finding::Drafts { count } => format!("{count} unfinished entries. Continue or discard them with `inward resume`"),
            Finding::BrokenState => {
                "this can't be read. It only records when you last kept each practice; your next entry starts a new record".into()
            }
            Finding::BrokenSyncMemory => {
                "this can't be read. It records where your journals sync. Restore it from a backup, or delete it and run `inward sync init REMOTE` with the same repository".into()
            }
            Finding::GitLock { is_ours: true } => {
                "a lock that git left when it was stopped. The next `inward sync` removes it".into()
            }
            Finding::GitLock { is_ours: false } => {
                "git is running in that repository, or was stopped halfway. If no git is running there, delete this file; otherwise syncing fails".into()
            }
            Finding::UnconfirmedRecipient { key } => format!(
                "inward didn't add the key {key}, which can read what you write. If you don't know it, `inward key remove {key}` removes it, but someone may notice. If you do, run `inward key add {key}`"
            ),
            Finding::BrokenRecipients { why, hint } => {
                format!("inward can't encrypt what you write: {why}. {hint}")
            }
            Finding::BrokenSalt => {
                "this wasn't made by an import. Restore it from a backup. Without it, inward recognizes imported entries only while the journal is unlocked".into()
            }
            Finding::BrokenPractice { name } => {
                format!("this practice has a mistake. `inward practices check {name}` shows the line")
            }
            Finding::HalfResealed { left: 1 } => {
                "a change of keys isn't finished: 1 entry is still encrypted as before. `inward key reseal` continues it".into()
            }
            Finding::HalfResealed { left } => format!(
                "a change of keys isn't finished: {left} entries are still encrypted as before. `inward key reseal` continues it"
            ),
            Finding::SealedToOthers { mismatch, count } => mismatch.sentence(*count),
        }
    }
}

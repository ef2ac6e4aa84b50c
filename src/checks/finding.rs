//! What `doctor` can find: what it is, what it means, and what to do.

#![allow(
    missing_docs,
    reason = "each variant is told in the sentence that a person reads of it, below"
)]

use crate::seal::{Damage, Mismatch};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An entry's file that cannot be read.
    Damaged(Damage),
    /// Something that was here, as this device remembers, and is missing.
    Lost(Damage),
    OthersMayRead {
        mode: u32,
    },
    KeyInTheJournal,
    /// A damaged file of which git has an intact copy.
    DamagedHere(Damage),
    /// A damaged file with an intact copy beside it.
    StoodInFor(Damage),
    /// That copy.
    StandsIn,
    /// A copy beside its original.
    Copy {
        same: bool,
    },
    /// A copy without its original.
    Renamed,
    /// An entry's file outside the month folders, without another one in them.
    Unread {
        place: String,
    },
    UnreadDouble {
        same: bool,
    },
    WrongDay {
        day: String,
    },
    HalfSynced,
    NotDownloaded,
    LeftByUs,
    Replaced,
    /// An attachment's file that no entry names.
    Unreferenced,
    Foreign,
    /// A file in the cache that doesn't open, or doesn't belong there.
    CacheBroken,
    CacheForeign,
    EditedTwice {
        id: String,
    },
    /// An entry that was moved to another month and is still in its old one too.
    KeptTwice {
        id: String,
        was: String,
    },
    SameAs {
        id: String,
        other: String,
    },
    FromTheFuture {
        written: String,
    },
    PlainText,
    DraftUnreadable(Damage),
    Drafts {
        count: usize,
    },
    BrokenState,
    BrokenSyncMemory,
    /// A lock of a killed git, in a repository of ours or of the user's.
    GitLock {
        is_ours: bool,
    },
    BrokenSalt,
    BrokenRecipients {
        why: String,
    },
    BrokenPractice {
        name: String,
    },
    HalfResealed {
        left: usize,
    },
    /// This many entries, the first of them here, were sealed by a device that doesn't
    /// know of a change of keys.
    SealedToOthers {
        mismatch: Mismatch,
        count: usize,
    },
}

impl Finding {
    /// Is it damage? A loss is, once no syncer may still be bringing the file.
    pub fn is_damage(&self) -> bool {
        let is_firm_loss = matches!(self, Finding::Lost(why) if why.is_firm_loss());
        is_firm_loss || matches!(self, Finding::Damaged(_) | Finding::DamagedHere(_))
    }

    pub fn is_lost(&self) -> bool {
        matches!(self, Finding::Lost(_))
    }

    /// The word before it. A file that only needs another key or program isn't damaged.
    pub fn word(&self) -> &'static str {
        match self {
            Finding::Damaged(
                Damage::SealedToAnother
                | Damage::NewerFormat { .. }
                | Damage::Plugin { .. }
                | Damage::InTheCloud
                | Damage::Gone,
            ) => "Not read:",
            Finding::Lost(_) => "Missing:",
            finding if finding.is_damage() => "Damaged:",
            _ => "Found:",
        }
    }

    pub fn is_of_a_copy(&self) -> bool {
        matches!(self, Finding::Copy { .. })
    }

    /// What it is and means, then what to do.
    pub fn sentence(&self) -> String {
        match self {
            Finding::Damaged(why) | Finding::Lost(why) => {
                format!("{}. {}", why.sentence(), why.hint())
            }
            Finding::OthersMayRead { mode } => format!(
                "others on this computer may look at it (mode {mode:03o}). `inward doctor --fix` makes it yours alone"
            ),
            Finding::KeyInTheJournal => {
                "it is a key, and lies in the folder that is synced. Whoever holds that folder could read everything: move it away".into()
            }
            Finding::DamagedHere(why) => format!(
                "{}. git has it whole: `inward doctor --fix` puts that copy beside it, to be read instead",
                why.sentence()
            ),
            Finding::StoodInFor(why) => format!(
                "{}. A whole copy lies beside it, and is read instead. Keep that one; this one may be removed",
                why.sentence()
            ),
            Finding::StandsIn => {
                "a whole copy, which is read in the place of the damaged file beside it. Keep it".into()
            }
            Finding::Copy { same: true } => {
                "a syncer's copy of an entry that is here under its own name too, byte for byte. It is counted once, and may be removed".into()
            }
            Finding::Copy { same: false } => {
                "a copy of an entry that is here under its own name too, with other bytes: one was sealed anew, or is damaged. The one that opens is read, and counted once; keep both".into()
            }
            Finding::Renamed => {
                "a syncer renamed an entry. It is read all the same; nothing needs doing".into()
            }
            Finding::Unread { place } => format!(
                "an entry that lies where none is looked for, so it is not read. Move it to {place} in the journal's folder"
            ),
            Finding::UnreadDouble { same: true } => {
                "a copy of an entry, byte for byte, where none is looked for. It is not read, and may be removed".into()
            }
            Finding::UnreadDouble { same: false } => {
                "a copy of an entry, with other bytes, where none is looked for. It is not read; keep it until `inward doctor` names no damage".into()
            }
            Finding::WrongDay { day } => format!(
                "a copy of an entry of {day}, named by another day. The entry is read from the file of its own day; this one may be removed"
            ),
            Finding::HalfSynced => {
                "a syncer was stopped in the middle of a file. It goes on by itself; let it finish".into()
            }
            Finding::NotDownloaded => {
                "the syncer keeps this entry elsewhere and has not fetched it. Tell it to keep the folder on this computer".into()
            }
            Finding::LeftByUs => {
                "left behind when inward was stopped while it wrote. Nothing needs it, and it may be removed".into()
            }
            Finding::KeptTwice { id, was } => format!(
                "it was moved here from another month, and {was} is the same entry elsewhere: it was edited or moved on another device meanwhile, or the move was interrupted. Both are kept; `inward delete` removes the one you don't want ({was} or {id})"
            ),
            Finding::Replaced => {
                "an older version of an entry, or one of a deleted entry, that came back. It is known to be replaced, and may be removed".into()
            }
            Finding::Unreferenced => {
                "a file attached to no entry that is here. A syncer may still be bringing the entry; or it was left behind when inward was stopped. If no entry has come for it in a few days, it may be removed".into()
            }
            Finding::CacheBroken => {
                "a part of the cache that does not open: damaged, or sealed to a key of before. The next reading throws it away and opens those entries anew; nothing is lost".into()
            }
            Finding::CacheForeign => {
                "it is no part of the cache, and was left alone. What lies in the cache may be removed at any time".into()
            }
            Finding::Foreign => "it is no entry of inward, and was left alone".into(),
            Finding::EditedTwice { id } => format!(
                "it was edited on two devices apart, and both versions are kept. `inward edit {id}` settles which stands"
            ),
            Finding::SameAs { id, other } => format!(
                "it says the same as {other}, of the same moment; two devices may have imported it. `inward delete {id}` takes this one away, and the other stays"
            ),
            Finding::FromTheFuture { written } => format!(
                "it was written on {written}, which is yet to come. The clock of the device that wrote it was wrong; nothing is lost by that"
            ),
            Finding::PlainText => {
                "the file of an answer in an editor, as plain text. If no editor is open on it, copy what you need from it, and remove it".into()
            }
            Finding::DraftUnreadable(why) => format!("a draft, and {}. Nothing else is touched by that", why.sentence()),
            Finding::Drafts { count: 1 } => "one unfinished entry. `inward resume` continues or discards it".into(),
            Finding::Drafts { count } => format!("{count} unfinished entries. `inward resume` continues or discards them"),
            Finding::BrokenState => {
                "it cannot be read. It only remembers when practices were kept, and is begun anew with the next".into()
            }
            Finding::BrokenSyncMemory => {
                "it cannot be read. It remembers where journals are synced: put it back from a backup, or remove it, and `inward sync init REMOTE` begins again with the same repository".into()
            }
            Finding::GitLock { is_ours: true } => {
                "a lock that git left when it was stopped. The next `inward sync` removes it".into()
            }
            Finding::GitLock { is_ours: false } => {
                "git is at work in that repository, or was stopped in the middle. If no git is running there, remove it, or syncing fails".into()
            }
            Finding::BrokenRecipients { why } => format!("nothing can be sealed by it. {why}"),
            Finding::BrokenSalt => {
                "it is not what an import made. Put it back from a backup; without it, imported entries are known again only while the journal is unlocked".into()
            }
            Finding::BrokenPractice { name } => {
                format!("it has a mistake. `inward practices check {name}` names its line")
            }
            Finding::HalfResealed { left } => format!(
                "a change of keys is half done: {left} entries are still sealed as before. `inward key reseal` continues it"
            ),
            Finding::SealedToOthers { mismatch, count } => mismatch.sentence(*count),
        }
    }
}

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
                "other users of this computer can read it (mode {mode:03o}). `inward doctor --fix` fixes that"
            ),
            Finding::KeyInTheJournal => {
                "it is a key, in the folder that gets synced. Whoever has that folder could read everything: move it away".into()
            }
            Finding::DamagedHere(why) => format!(
                "{}. git has a good copy: `inward doctor --fix` puts it beside this one, to be read instead",
                why.sentence()
            ),
            Finding::StoodInFor(why) => format!(
                "{}. A good copy is beside it, and is read instead. Keep that one; you can remove this one",
                why.sentence()
            ),
            Finding::StandsIn => {
                "a good copy, read instead of the damaged file beside it. Keep it".into()
            }
            Finding::Copy { same: true } => {
                "a syncer's copy of an entry that is here under its own name too, byte for byte. It is counted once, and may be removed".into()
            }
            Finding::Copy { same: false } => {
                "a copy of an entry that is here under its own name too, with other bytes: one was sealed anew, or is damaged. The one that opens is read, and counted once; keep both".into()
            }
            Finding::Renamed => {
                "a syncer renamed an entry. It is still read; you don't have to do anything".into()
            }
            Finding::Unread { place } => format!(
                "an entry in a place where none is expected, so it isn't read. Move it to {place} in the journal's folder"
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
                "a syncer was stopped halfway through a file. It will continue by itself".into()
            }
            Finding::NotDownloaded => {
                "the syncer has this entry elsewhere and hasn't fetched it. Tell it to keep the folder on this computer".into()
            }
            Finding::LeftByUs => {
                "left behind when inward was stopped while writing. You can remove it".into()
            }
            Finding::KeptTwice { id, was } => format!(
                "it was moved here from another month, and {was} is the same entry elsewhere: it was edited or moved on another device meanwhile, or the move was interrupted. Both are kept; `inward delete` removes the one you don't want ({was} or {id})"
            ),
            Finding::Replaced => {
                "an older version of an entry, or one of a deleted entry, that came back. It was replaced, and you can remove it".into()
            }
            Finding::Unreferenced => {
                "a file attached to no entry that is here. A syncer may still be bringing the entry; or it was left behind when inward was stopped. If no entry has come for it in a few days, it may be removed".into()
            }
            Finding::CacheBroken => {
                "a part of the cache that does not open: damaged, or sealed to a key of before. The next reading replaces it; nothing is lost".into()
            }
            Finding::CacheForeign => {
                "it isn't part of the cache, and was left alone. You can remove anything in the cache at any time".into()
            }
            Finding::Foreign => "it isn't an entry, and was left alone".into(),
            Finding::EditedTwice { id } => format!(
                "it was edited on two devices apart, and both versions are kept. `inward edit {id}` settles which one is kept"
            ),
            Finding::SameAs { id, other } => format!(
                "it says the same as {other}, of the same moment; two devices may have imported it. `inward delete {id}` deletes this one, and the other stays"
            ),
            Finding::FromTheFuture { written } => format!(
                "it was written on {written}, which is in the future. The clock of the device that wrote it was wrong; nothing is lost"
            ),
            Finding::PlainText => {
                "the file of an answer in an editor, as plain text. If no editor is open on it, copy what you need from it, and remove it".into()
            }
            Finding::DraftUnreadable(why) => format!("a draft, and {}. Nothing else is affected", why.sentence()),
            Finding::Drafts { count: 1 } => "one unfinished entry. `inward resume` continues or discards it".into(),
            Finding::Drafts { count } => format!("{count} unfinished entries. `inward resume` continues or discards them"),
            Finding::BrokenState => {
                "it cannot be read. It only remembers when practices were kept, and starts again with the next one".into()
            }
            Finding::BrokenSyncMemory => {
                "it cannot be read. It remembers where journals are synced: put it back from a backup, or remove it, and run `inward sync init REMOTE` with the same repository".into()
            }
            Finding::GitLock { is_ours: true } => {
                "a lock that git left when it was stopped. The next `inward sync` removes it".into()
            }
            Finding::GitLock { is_ours: false } => {
                "git is running in that repository, or was stopped halfway. If no git is running there, remove it, or syncing fails".into()
            }
            Finding::BrokenRecipients { why } => format!("nothing can be encrypted with it: {why}"),
            Finding::BrokenSalt => {
                "it isn't what an import made. Put it back from a backup; without it, imported entries are recognized only while the journal is unlocked".into()
            }
            Finding::BrokenPractice { name } => {
                format!("it has a mistake. `inward practices check {name}` names its line")
            }
            Finding::HalfResealed { left } => format!(
                "a change of keys isn't finished: {left} entries are still encrypted as before. `inward key reseal` continues it"
            ),
            Finding::SealedToOthers { mismatch, count } => mismatch.sentence(*count),
        }
    }
}

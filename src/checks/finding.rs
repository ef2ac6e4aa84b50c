//! What `doctor` can find, and what follows from it.

#![allow(missing_docs, reason = "the sentences below say what each variant means")]

mod sentence;

use crate::seal::{Damage, Mismatch};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// An entry's file that cannot be read.
    Damaged(Damage),
    /// Something that was here, as this device remembers, and is missing.
    Lost(Damage),
    /// The same, which its owner has just accepted.
    Accepted(Damage),
    OthersMayRead {
        mode: u32,
    },
    KeyInTheJournal,
    /// An attachment's file that is there and isn't as it was.
    DamagedAttachment(Damage),
    /// A damaged file of which git has an intact copy.
    DamagedHere(Damage),
    /// A damaged file with an intact copy beside it.
    DamagedWithCopy(Damage),
    /// The intact copy beside a damaged file.
    IntactCopy,
    /// A copy beside its original.
    Copy {
        same: bool,
    },
    /// The intact copy, once the damaged file is gone.
    OnlyCopy,
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
    /// A revision of an entry that was deleted.
    DeletedText,
    /// An attachment's file that no entry names.
    Unreferenced,
    Foreign,
    /// A file in the cache that doesn't open, or doesn't belong there.
    CacheBroken,
    CacheForeign,
    EditedTwice {
        id: String,
    },
    /// Edited on one device and deleted on another, and so still here.
    EditedAndDeleted {
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
        /// Did it come by an import?
        is_imported: bool,
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
    /// A recipient that wasn't added with the key.
    UnconfirmedRecipient {
        key: String,
    },
    /// Nothing can be encrypted to the list of recipients, and what to do about that.
    BrokenRecipients {
        why: String,
        hint: String,
    },
    BrokenPractice {
        name: String,
    },
    HalfResealed {
        left: usize,
    },
    /// This many files, the first of them here, were sealed by a device that doesn't
    /// know of a change of keys.
    SealedToOthers {
        mismatch: Mismatch,
        count: usize,
    },
}

/// What follows from a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FindingClass {
    Damage,
    /// It isn't damaged: it needs another key or program, or has to be fetched.
    Unread,
    /// A sync tool may still be bringing it.
    Loss,
    /// It has been missing for longer than that.
    FirmLoss,
    AcceptedLoss,
    /// Nothing can be kept until it's fixed.
    Obstacle,
    Note,
}

impl Finding {
    fn class(&self) -> FindingClass {
        match self {
            Finding::Damaged(
                Damage::SealedToAnother
                | Damage::NewerFormat { .. }
                | Damage::Plugin { .. }
                | Damage::InTheCloud
                | Damage::Gone,
            ) => FindingClass::Unread,
            Finding::Damaged(_) | Finding::DamagedHere(_) | Finding::DamagedAttachment(_) => {
                FindingClass::Damage
            }
            Finding::Lost(why) if why.is_firm_loss() => FindingClass::FirmLoss,
            Finding::Lost(_) => FindingClass::Loss,
            Finding::Accepted(_) => FindingClass::AcceptedLoss,
            Finding::BrokenRecipients { .. } => FindingClass::Obstacle,
            Finding::OthersMayRead { .. }
            | Finding::KeyInTheJournal
            | Finding::DamagedWithCopy(_)
            | Finding::IntactCopy
            | Finding::Copy { .. }
            | Finding::OnlyCopy
            | Finding::Renamed
            | Finding::Unread { .. }
            | Finding::UnreadDouble { .. }
            | Finding::WrongDay { .. }
            | Finding::HalfSynced
            | Finding::NotDownloaded
            | Finding::LeftByUs
            | Finding::Replaced
            | Finding::DeletedText
            | Finding::Unreferenced
            | Finding::Foreign
            | Finding::CacheBroken
            | Finding::CacheForeign
            | Finding::EditedTwice { .. }
            | Finding::EditedAndDeleted { .. }
            | Finding::KeptTwice { .. }
            | Finding::SameAs { .. }
            | Finding::FromTheFuture { .. }
            | Finding::PlainText
            | Finding::DraftUnreadable(_)
            | Finding::Drafts { .. }
            | Finding::BrokenState
            | Finding::BrokenSyncMemory
            | Finding::GitLock { .. }
            | Finding::BrokenSalt
            | Finding::UnconfirmedRecipient { .. }
            | Finding::BrokenPractice { .. }
            | Finding::HalfResealed { .. }
            | Finding::SealedToOthers { .. } => FindingClass::Note,
        }
    }

    /// Can something that was kept not be read? A loss counts, once no sync tool may still be
    /// bringing the file.
    pub fn is_damage(&self) -> bool {
        match self.class() {
            FindingClass::Damage | FindingClass::Unread | FindingClass::FirmLoss => true,
            FindingClass::Loss
            | FindingClass::AcceptedLoss
            | FindingClass::Obstacle
            | FindingClass::Note => false,
        }
    }

    /// Is something to be fixed: damage, or what keeps new entries from being kept?
    pub fn needs_fixing(&self) -> bool {
        self.is_damage() || self.class() == FindingClass::Obstacle
    }

    pub fn is_lost(&self) -> bool {
        match self.class() {
            FindingClass::Loss | FindingClass::FirmLoss => true,
            FindingClass::Damage
            | FindingClass::Unread
            | FindingClass::AcceptedLoss
            | FindingClass::Obstacle
            | FindingClass::Note => false,
        }
    }

    /// The word before it.
    pub fn word(&self) -> &'static str {
        match self.class() {
            FindingClass::Damage => "Damaged:",
            FindingClass::Unread => "Not read:",
            FindingClass::Loss | FindingClass::FirmLoss | FindingClass::AcceptedLoss => "Missing:",
            FindingClass::Obstacle | FindingClass::Note => "Found:",
        }
    }

    /// The entry that a finding names, and of a duplicate the other one. Of an entry that was
    /// moved and edited apart there's no duplicate: each of the two says something else.
    pub fn entry_ids(&self) -> (Option<&str>, Option<&str>) {
        if let Finding::SameAs { id, other, .. } = self {
            return (Some(id), Some(other));
        }
        let (Finding::EditedTwice { id }
        | Finding::EditedAndDeleted { id }
        | Finding::KeptTwice { id, .. }) = self
        else {
            return (None, None);
        };
        (Some(id), None)
    }

    /// Does a copy's name alone say it?
    pub fn is_by_name(&self) -> bool {
        matches!(self, Finding::Copy { .. } | Finding::HalfSynced)
    }
}

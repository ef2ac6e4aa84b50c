//! Bugs that a program like this one could have, to see that each is found.

use super::SEED;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bug {
    /// An edit names nothing that it replaces.
    EditReplacesNothing,
    /// An edit names only what it was made from, and not what that replaced.
    EditForgetsAncestors,
    /// The old revision goes before the new one is there.
    EditRemovesFirst,
    /// An edit is written over the old file.
    EditInPlace,
    /// A deletion removes the files and leaves no mark.
    DeletionLeavesNoMark,
    /// A deletion's mark replaces only one of the heads that it was shown.
    DeletionNamesOneHead,
    /// The entry goes from its month before it is in the other.
    MoveDeletesFirst,
    /// Whoever writes is told that it is kept, whatever came of it.
    KeptIsSaidTooEarly,
    /// What was typed lies beside the entry while it is sealed, and stays when that fails.
    PlainTextIsLeft,
    /// A file that a syncer gave another name is not looked at.
    OtherNamesAreIgnored,
    /// A pack is trusted whatever its folder's stamp says.
    StampsAreIgnored,
    /// A new key takes the place of the old one before anything is sealed to it.
    OldKeyIsThrownAway,
    /// An edit removes the files of what it replaces, though it names them too.
    FilesGoWithTheOldRevision,
    /// The id of what is imported depends on the device.
    ImportedIdsDiffer,
    /// A sync without the key brings back what was removed here.
    LockedSyncBringsBack,
}

/// Each with the first seed that shows it.
pub const BUGS: &[(Bug, u64)] = &[
    (Bug::EditReplacesNothing, SEED),
    (Bug::EditForgetsAncestors, SEED),
    (Bug::EditRemovesFirst, SEED + 32),
    (Bug::EditInPlace, SEED),
    (Bug::DeletionLeavesNoMark, SEED),
    (Bug::DeletionNamesOneHead, SEED + 1),
    (Bug::MoveDeletesFirst, SEED),
    (Bug::KeptIsSaidTooEarly, SEED),
    (Bug::PlainTextIsLeft, SEED + 5),
    (Bug::OtherNamesAreIgnored, SEED),
    (Bug::StampsAreIgnored, SEED + 1),
    (Bug::OldKeyIsThrownAway, SEED + 3),
    (Bug::FilesGoWithTheOldRevision, SEED + 13),
    (Bug::ImportedIdsDiffer, SEED + 8),
    (Bug::LockedSyncBringsBack, SEED),
];

//! What is found, and stops nothing, once each.

use chrono::NaiveDate;
use inward::checks::Finding;
use inward::config::SettingFault;
use inward::import::ImportIssue;
use inward::seal::{Damage, Mismatch};

fn day() -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 11, 23)
}

pub fn damages() -> Vec<Damage> {
    vec![
        Damage::NotSealed,
        Damage::SealedToAnother,
        Damage::Broken,
        Damage::NotAnEntry { why: "it said so".into() },
        Damage::NewerFormat { format: 9 },
        Damage::Plugin { why: "it said so".into() },
        Damage::Swapped,
        Damage::NotAFile,
        Damage::NotAFolder,
        Damage::NotAMonth,
        Damage::WrongFolder { place: "2026/11".into() },
        Damage::InTheCloud,
        Damage::Gone,
        Damage::TooLarge,
        Damage::Unreadable { why: "it said so".into() },
        Damage::AttachmentMissing { name: "lake.jpg".into() },
        Damage::OtherBytes,
        Damage::Missing { since: None },
        Damage::Missing { since: day() },
        Damage::OlderShown { since: None },
        Damage::OlderShown { since: day() },
        Damage::DeletedShown { since: None },
        Damage::DeletedShown { since: day() },
        Damage::MemoryBroken { month: "2026-11".into() },
    ]
}

pub fn findings() -> Vec<Finding> {
    vec![
        Finding::Damaged(Damage::Broken),
        Finding::Lost(Damage::Missing { since: day() }),
        Finding::Accepted(Damage::Missing { since: day() }),
        Finding::OthersMayRead { mode: 0o644 },
        Finding::KeyInTheJournal,
        Finding::DamagedAttachment(Damage::Broken),
        Finding::DamagedHere(Damage::Broken),
        Finding::DamagedWithCopy(Damage::Broken),
        Finding::IntactCopy,
        Finding::Copy { same: true },
        Finding::OnlyCopy,
        Finding::Renamed,
        Finding::Unread { place: "2026/11".into() },
        Finding::UnreadDouble { same: true },
        Finding::WrongDay { day: "2026-11-23".into() },
        Finding::HalfSynced,
        Finding::NotDownloaded,
        Finding::LeftByUs,
        Finding::KeptTwice { id: "k3v9q2m8ab".into(), was: "m2v9q2m8ab".into() },
        Finding::Replaced,
        Finding::DeletedText,
        Finding::Unreferenced,
        Finding::Foreign,
        Finding::CacheBroken,
        Finding::CacheForeign,
        Finding::EditedTwice { id: "k3v9q2m8ab".into() },
        Finding::EditedAndDeleted { id: "k3v9q2m8ab".into() },
        Finding::SameAs { id: "k3v9q2m8ab".into(), other: "m2v9q2m8ab".into(), is_imported: true },
        Finding::SameAs { id: "k3v9q2m8ab".into(), other: "m2v9q2m8ab".into(), is_imported: false },
        Finding::FromTheFuture { written: "2030-01-01".into() },
        Finding::PlainText,
        Finding::DraftUnreadable(Damage::Broken),
        Finding::Drafts { count: 4 },
        Finding::BrokenState,
        Finding::BrokenSyncMemory,
        Finding::GitLock { is_ours: true },
        Finding::GitLock { is_ours: false },
        Finding::BrokenSalt,
        Finding::UnconfirmedRecipient { key: "age1one".into() },
        Finding::BrokenRecipients { why: "it said so".into(), hint: "Do this".into() },
        Finding::BrokenPractice { name: "walk".into() },
        Finding::HalfResealed { left: 3 },
        Finding::HalfResealed { left: 1 },
        Finding::SealedToOthers { mismatch: Mismatch::MoreKeys, count: 2 },
        Finding::SealedToOthers { mismatch: Mismatch::FewerKeys, count: 1 },
        Finding::SealedToOthers { mismatch: Mismatch::RotatedKey, count: 2 },
        Finding::SealedToOthers { mismatch: Mismatch::AnotherKey, count: 2 },
        Finding::Copy { same: false },
        Finding::UnreadDouble { same: false },
        Finding::Drafts { count: 1 },
    ]
}

pub fn import_issues() -> Vec<ImportIssue> {
    vec![
        ImportIssue::NotUtf8 { line: 2 },
        ImportIssue::Sealed,
        ImportIssue::NoRoom { limit_mib: 32 },
        ImportIssue::TooLarge { limit_mib: 32 },
        ImportIssue::NotAFile,
        ImportIssue::Unreadable { why: "the reason it gave".into() },
        ImportIssue::BadArchive { why: "the reason it gave".into() },
        ImportIssue::EncryptedJrnl,
        ImportIssue::NotText,
        ImportIssue::NoHeader,
        ImportIssue::UnreadableHeaders { given: "03/04".into() },
        ImportIssue::TwoDigitYear { given: "03/04".into() },
        ImportIssue::NotInJrnlFolder,
        ImportIssue::SetAside { what: "templates" },
        ImportIssue::EntryTooLarge { of: "2026-11-20 21:00".into(), limit_mib: 32 },
        ImportIssue::BeforeTheFirst { to: 3 },
        ImportIssue::NotJson { why: "the reason it gave".into() },
        ImportIssue::NoEntries { of: "a Day One export" },
        ImportIssue::NoDate,
        ImportIssue::BadDate { given: "03/04".into() },
        ImportIssue::UnclearDate { given: "03/04".into(), field: None },
        ImportIssue::UnclearDate { given: "03/04/2026".into(), field: Some("date".into()) },
        ImportIssue::ShortYear { given: "05/13/20".into(), field: "date".into() },
        ImportIssue::NotAnEntry { why: "the reason it gave".into() },
        ImportIssue::NewerFormat { format: 9 },
        ImportIssue::NewerExport { version: "2".into() },
        ImportIssue::Attachment { name: "lake.jpg".into() },
        ImportIssue::LinkedFile { name: "lake.jpg".into() },
        ImportIssue::OtherAttachment { name: "lake.jpg".into() },
        ImportIssue::NothingInIt,
        ImportIssue::NotATag { given: "03/04".into() },
        ImportIssue::NotAStep { question: "closeness".into(), given: "77".into(), min: 0, max: 4 },
        ImportIssue::LooksLikeHeader { given: "03/04".into() },
        ImportIssue::NoSuchMoment { given: "2026-02-30 09:00".into() },
        ImportIssue::DaysOrMonths { given: "03/04".into(), read: "3 April".into() },
        ImportIssue::UnknownZone { given: "03/04".into() },
        ImportIssue::SkippedHour {
            given: "02:30:00".parse().expect("a time"),
            read: "03:30:00".parse().expect("a time"),
        },
        ImportIssue::FrontMatter { why: "the reason it gave".into() },
        ImportIssue::Heading { heading: "What I noticed".into(), practice: "walk".into() },
        ImportIssue::DateNotRead { field: "created".into(), given: "03/04".into() },
    ]
}

pub fn setting_faults() -> Vec<SettingFault> {
    vec![
        SettingFault::Unreadable { why: "it said so".into(), is_denied: false },
        SettingFault::Unreadable { why: "permission denied".into(), is_denied: true },
        SettingFault::NoSetting,
        SettingFault::Unknown { key: "day-end".into(), near: Some("day-ends".into()) },
        SettingFault::BadValue {
            key: "day-ends".into(),
            expected: "a time in quotes, such as \"04:00\"",
            near: None,
        },
        SettingFault::BadValue {
            key: "keys".into(),
            expected: "\"emacs\" or \"vi\"",
            near: Some("vi".into()),
        },
        SettingFault::HoursOutOfOrder,
        SettingFault::NoSuchPractice { given: "relfect".into(), near: Some("reflect".into()) },
        SettingFault::Unknown { key: "weather".into(), near: None },
        SettingFault::NoSuchPractice { given: "walk".into(), near: None },
    ]
}

//! What is found, and stops nothing, once each.

use inward::config::SettingFault;
use inward::import::LeftOut;
use inward::journal::Finding;
use inward::seal::Damage;

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
        Damage::WrongFolder { place: "2026/11".into() },
        Damage::InTheCloud,
        Damage::Gone,
        Damage::TooLarge,
        Damage::Unreadable { why: "it said so".into() },
    ]
}

pub fn findings() -> Vec<Finding> {
    vec![
        Finding::Damaged(Damage::Broken),
        Finding::OthersMayRead { mode: 0o644 },
        Finding::KeyInTheJournal,
        Finding::DamagedHere(Damage::Broken),
        Finding::StoodInFor(Damage::Broken),
        Finding::StandsIn,
        Finding::Copy { same: true },
        Finding::Renamed,
        Finding::Unread { place: "2026/11".into() },
        Finding::UnreadDouble { same: true },
        Finding::WrongDay { day: "2026-11-23".into() },
        Finding::HalfSynced,
        Finding::NotDownloaded,
        Finding::LeftByUs,
        Finding::KeptTwice { id: "k3v9q2m8ab".into(), was: "m2v9q2m8ab".into() },
        Finding::Replaced,
        Finding::Foreign,
        Finding::CacheBroken,
        Finding::CacheForeign,
        Finding::EditedTwice { id: "k3v9q2m8ab".into() },
        Finding::SameAs { id: "k3v9q2m8ab".into(), other: "--json".into() },
        Finding::FromTheFuture { written: "2030-01-01".into() },
        Finding::PlainText,
        Finding::DraftUnreadable(Damage::Broken),
        Finding::Drafts { count: 4 },
        Finding::BrokenState,
        Finding::BrokenSyncMemory,
        Finding::BrokenSalt,
        Finding::BrokenRecipients { why: "it said so".into() },
        Finding::BrokenPractice { name: "walk".into() },
        Finding::HalfResealed { left: 3 },
        Finding::Copy { same: false },
        Finding::UnreadDouble { same: false },
        Finding::Drafts { count: 1 },
    ]
}

pub fn left_out() -> Vec<LeftOut> {
    vec![
        LeftOut::NotUtf8 { line: 2 },
        LeftOut::Sealed,
        LeftOut::NoRoom { limit_mib: 32 },
        LeftOut::TooLarge { limit_mib: 32 },
        LeftOut::NotAFile,
        LeftOut::Unreadable { why: "it said so".into() },
        LeftOut::BadArchive { why: "it said so".into() },
        LeftOut::Encrypted,
        LeftOut::NoHeader,
        LeftOut::BeforeTheFirst { to: 3 },
        LeftOut::NotJson { why: "it said so".into() },
        LeftOut::NoEntries { of: "Day One" },
        LeftOut::NoDate,
        LeftOut::BadDate { given: "relfect".into() },
        LeftOut::NotAnEntry { why: "it said so".into() },
        LeftOut::NewerFormat { format: 9 },
        LeftOut::Attachment { name: "lake.jpg".into() },
        LeftOut::NothingInIt,
        LeftOut::NotATag { given: "relfect".into() },
        LeftOut::LooksLikeHeader,
        LeftOut::DaysOrMonths { given: "relfect".into(), read: "3 April".into() },
        LeftOut::UnknownZone { given: "relfect".into() },
        LeftOut::FrontMatter { why: "it said so".into() },
    ]
}

pub fn setting_faults() -> Vec<SettingFault> {
    vec![
        SettingFault::Unreadable { why: "it said so".into() },
        SettingFault::NoSetting,
        SettingFault::Unknown { key: "day-ends".into(), near: Some("reflect".into()) },
        SettingFault::BadValue {
            key: "day-ends".into(),
            wanted: "a time in quotes, such as \"04:00\"",
        },
        SettingFault::HoursOutOfOrder,
        SettingFault::NoSuchPractice { given: "relfect".into(), near: Some("reflect".into()) },
        SettingFault::Unknown { key: "weather".into(), near: None },
        SettingFault::NoSuchPractice { given: "walk".into(), near: None },
    ]
}

//! What can be wrong with one setting. None of it stops a command: what is
//! wrong is left out, and said.

use std::path::Path;

/// One thing in the settings that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingFault {
    /// The whole file.
    Unreadable { why: String },
    /// A line that is no setting at all.
    NoSetting,
    /// Of a later version, or misspelt.
    Unknown { key: String, near: Option<String> },
    /// `wanted` is what would be right.
    BadValue { key: String, wanted: &'static str },
    /// The hours of a day do not follow one another.
    HoursOutOfOrder,
    /// [cadence] names what is no practice.
    NoSuchPractice { given: String, near: Option<String> },
}

impl SettingFault {
    /// What happened, and what to do.
    pub(super) fn sentence(&self, file: &Path, line: usize) -> (String, String) {
        let place = format!("{} line {line}", file.display());
        let meant = |near: &Option<String>, otherwise: &str| {
            near.as_ref()
                .map_or_else(|| otherwise.to_owned(), |near| format!("Did you mean `{near}`?"))
        };
        match self {
            SettingFault::Unreadable { why } => (
                format!("{} cannot be read ({why}), and is left out.", file.display()),
                "Put a text file in its place (UTF-8); `inward config` shows every setting.".into(),
            ),
            SettingFault::NoSetting => (
                format!("{place} is no setting, and is left out."),
                "A setting is a name, = and a value, text in quotes; `inward config edit` opens the settings.".into(),
            ),
            SettingFault::Unknown { key, near } => (
                format!("There is no setting “{key}”; it stands in {place} and is left out."),
                meant(near, "`inward config` shows every setting."),
            ),
            SettingFault::BadValue { key, wanted } => (
                format!("The setting `{key}` in {place} cannot be read, and is left out."),
                format!("It wants {wanted}; `inward config edit` opens the settings."),
            ),
            SettingFault::HoursOutOfOrder => (
                format!("The hours in {place} do not follow one another, and are left out."),
                "`day-ends` must come before `morning-ends`, and that before `evening-begins`; `inward config edit` opens the settings.".into(),
            ),
            SettingFault::NoSuchPractice { given, near } => (
                format!("[cadence] in {place} names “{given}”, which is no practice, and is left out."),
                meant(near, "`inward practices` lists them."),
            ),
        }
    }
}

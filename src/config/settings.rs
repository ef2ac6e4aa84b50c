//! The table of all settings: what each is called, which values it takes, and how it gets
//! into the file's settings.

use chrono::NaiveTime;
use toml::de::DeValue;

use crate::error::nearest;

use super::Chapter;
use super::file::ConfigFile;

/// Sets a setting's value; `None` if it's not valid.
pub(super) enum SetValue {
    One(fn(&mut ConfigFile, &DeValue) -> Option<()>),
    /// A section, with the name of a setting that may be in it; takes the name of each, too.
    Each(&'static str, fn(&mut ConfigFile, &str, &DeValue) -> Option<()>),
}

impl SetValue {
    pub(super) fn is_section(&self) -> bool {
        matches!(self, SetValue::Each(..))
    }
}

const TEXT: &str = "text in quotes";
const TIME: &str = "a time in quotes, such as \"04:00\"";
/// The valid cadences, in words.
pub const CADENCES: &str =
    "morning, evening, daily, weekly, monthly, as-needed or a day of the week, in quotes";
const KEYS: &str = "\"emacs\" or \"vi\"";
const CHAPTERS: &str = "\"together\" or \"apart\"";
const YES_OR_NO: &str = "true or false";
const PRACTICES: &str = "practices in quotes and brackets, such as [\"pause\", \"intent\"]";

/// All settings, with the values they take; the commented file shows them.
pub(super) const SETTINGS: &[(&str, &str, SetValue)] = &[
    ("partner", TEXT, SetValue::One(|file, v| text(v).map(|v| file.partner = Some(v)))),
    (
        "chapter",
        CHAPTERS,
        SetValue::One(|file, v| {
            v.as_str().and_then(Chapter::by_name).map(|v| file.chapter = Some(v))
        }),
    ),
    ("identity", TEXT, SetValue::One(|file, v| text(v).map(|v| file.identity = Some(v)))),
    (
        "passphrase-command",
        TEXT,
        SetValue::One(|file, v| text(v).map(|v| file.passphrase_command = Some(v))),
    ),
    ("day-ends", TIME, SetValue::One(|file, v| time(v).map(|v| file.day_ends = Some(v)))),
    ("morning-ends", TIME, SetValue::One(|file, v| time(v).map(|v| file.morning_ends = Some(v)))),
    (
        "evening-begins",
        TIME,
        SetValue::One(|file, v| time(v).map(|v| file.evening_begins = Some(v))),
    ),
    (
        "remember-when-kept",
        YES_OR_NO,
        SetValue::One(|file, v| v.as_bool().map(|v| file.remember_when_kept = Some(v))),
    ),
    (
        "accessible",
        YES_OR_NO,
        SetValue::One(|file, v| v.as_bool().map(|v| file.accessible = Some(v))),
    ),
    ("keys", KEYS, SetValue::One(|file, v| keys(v).map(|v| file.keys = Some(v)))),
    ("editor", TEXT, SetValue::One(|file, v| text(v).map(|v| file.editor = Some(v)))),
    (
        "cadence",
        CADENCES,
        SetValue::Each("gratitude", |file, name, v| {
            text(v).map(|word| {
                file.cadence.insert(name.to_owned(), word);
            })
        }),
    ),
    (
        "routines",
        PRACTICES,
        SetValue::Each("morning", |file, name, v| {
            let steps: Option<Vec<_>> = v.as_array()?.iter().map(|v| text(v.get_ref())).collect();
            steps.map(|steps| {
                file.routines.insert(name.to_owned(), steps);
            })
        }),
    ),
];

/// The names among the values that settings take.
const NAMES: &[(&str, &[&str])] = &[
    (CHAPTERS, &["together", "apart"]),
    (YES_OR_NO, &["true", "false"]),
    (KEYS, &["emacs", "vi"]),
    (
        CADENCES,
        &[
            "morning", "evening", "daily", "weekly", "monthly", "as-needed", "monday", "tuesday",
            "wednesday", "thursday", "friday", "saturday", "sunday",
        ],
    ),
];

/// The value that was meant, if it's near one of those that are `expected`.
pub(super) fn nearest_value(given: &str, expected: &str) -> Option<&'static str> {
    let (_, names) = NAMES.iter().find(|(of, _)| *of == expected)?;
    nearest(given.trim_matches('"'), names.iter().copied())
}

/// The settings outside sections, each with the values it takes.
pub fn plain_settings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let plain = SETTINGS.iter().filter(|(.., take)| !take.is_section());
    plain.map(|(name, expected, _)| (*name, *expected))
}

fn keys(value: &DeValue) -> Option<String> {
    text(value).filter(|keys| ["emacs", "vi"].contains(&keys.as_str()))
}

fn text(value: &DeValue) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// A time in quotes, or without them as TOML also allows.
fn time(value: &DeValue) -> Option<NaiveTime> {
    match value {
        DeValue::Datetime(moment) if moment.date.is_none() && moment.offset.is_none() => {
            let time = moment.time?;
            NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), 0)
        }
        value => NaiveTime::parse_from_str(value.as_str()?.trim(), "%H:%M").ok(),
    }
}

/// The words for a value in the file, without the quotes that only the file needs.
pub(super) fn as_argument(expected: &str) -> String {
    let words = expected.replace(" in quotes and brackets", "").replace(", in quotes", "");
    let words = words.replace(" in quotes", "").replace('"', "");
    words.replace(['[', ']'], "\"")
}

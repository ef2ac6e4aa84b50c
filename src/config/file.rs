//! `config.toml`: its settings, and warnings about unusable ones.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use chrono::{DateTime, NaiveTime};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::SettingFault;
use crate::disk;
use crate::error::{Result, nearest, plain};

use super::settings::{SETTINGS, SetValue, nearest_value};
use super::{Chapter, Clock, line_of};

/// Every setting, explained and commented out: the text of a new file.
pub const COMMENTED: &str = include_str!("config.toml");

/// Something in the file that can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigWarning {
    pub line: usize,
    pub fault: SettingFault,
}

/// The settings in `config.toml`. All are optional.
#[derive(Clone, Debug, Default)]
pub struct ConfigFile {
    pub partner: Option<String>,
    pub chapter: Option<Chapter>,
    pub identity: Option<String>,
    pub passphrase_command: Option<String>,
    pub day_ends: Option<NaiveTime>,
    pub morning_ends: Option<NaiveTime>,
    pub evening_begins: Option<NaiveTime>,
    pub remember_when_kept: Option<bool>,
    pub editor: Option<String>,
    pub accessible: Option<bool>,
    pub keys: Option<String>,
    pub cadence: BTreeMap<String, String>,
    pub routines: BTreeMap<String, Vec<String>>,
    /// The line of each setting; in a section, as "cadence.walk".
    pub lines: BTreeMap<String, usize>,
}

/// Reads the file. Returns its settings, and warnings about unusable ones. A missing file
/// is empty.
pub fn read(path: &Path) -> Result<(ConfigFile, Vec<ConfigWarning>)> {
    match disk::read_user_text(path) {
        Ok(text) => Ok(ConfigReader::parse(&text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Default::default()),
        Err(e) => {
            // Writing works without the settings. Nothing is remembered, as the file
            // may have turned that off.
            let file = ConfigFile { remember_when_kept: Some(false), ..ConfigFile::default() };
            let is_denied = e.kind() == ErrorKind::PermissionDenied;
            let fault = SettingFault::Unreadable { why: plain(&e), is_denied };
            Ok((file, vec![ConfigWarning { line: 1, fault }]))
        }
    }
}

/// The settings in a text, and warnings about unusable ones.
pub(super) fn parse(text: &str) -> (ConfigFile, Vec<ConfigWarning>) {
    ConfigReader::parse(text)
}

/// What is wrong with a setting in a text; or with what was not so before it was set there,
/// the hours of a day or any line.
pub(super) fn fault_of(text: &str, before: &str, key: &str) -> Option<SettingFault> {
    let (file, warnings) = ConfigReader::parse(text);
    let (earlier_file, earlier) = ConfigReader::parse(before);
    let count = |of: &[ConfigWarning]| of.iter().filter(|it| it.fault.is_of_a_line()).count();
    let is_worse = count(&warnings) > count(&earlier);
    let is_in_order = |file| Clock::at(DateTime::UNIX_EPOCH.fixed_offset()).set(file);
    if !is_in_order(&file) && is_in_order(&earlier_file) {
        return Some(SettingFault::HoursOutOfOrder);
    }
    let concerns = |fault: &SettingFault| {
        matches!(fault, SettingFault::BadValue { key: bad_key, .. } if bad_key == key)
            || (is_worse && fault.is_of_a_line())
    };
    warnings.into_iter().map(|warning| warning.fault).find(concerns)
}

/// The text with blanks for each line that isn't a setting, which would hide others from the
/// parser.
pub(super) fn without_broken_lines(text: &str) -> String {
    let (_, warnings) = ConfigReader::parse(text);
    let lines: Vec<usize> =
        warnings.iter().filter(|it| it.fault.is_of_a_line()).map(|it| it.line).collect();
    let blank = |(at, line): (usize, &str)| {
        if lines.contains(&(at + 1)) { " ".repeat(line.len() - 1) + "\n" } else { line.to_owned() }
    };
    text.split_inclusive('\n').enumerate().map(blank).collect()
}

struct ConfigReader<'a> {
    text: &'a str,
    /// Lines that aren't TOML.
    broken: Vec<usize>,
    file: ConfigFile,
    warnings: Vec<ConfigWarning>,
}

impl ConfigReader<'_> {
    fn parse(text: &str) -> (ConfigFile, Vec<ConfigWarning>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let at = |e: &toml::de::Error| line_of(text, e.span().map_or(0, |span| span.start));
        let mut broken: Vec<usize> = errors.iter().map(at).collect();
        broken.sort_unstable();
        broken.dedup();
        let mut reader =
            ConfigReader { text, broken, file: ConfigFile::default(), warnings: Vec::new() };
        reader.take_all(table.get_ref());
        let ConfigReader { broken, mut file, mut warnings, .. } = reader;
        let rest = without(text, &broken);
        if rest != text {
            // The parser lost what follows such a line, so parse without them.
            (file, warnings) = ConfigReader::parse(&rest);
        }
        warnings.extend(
            broken.into_iter().map(|line| ConfigWarning { line, fault: SettingFault::NoSetting }),
        );
        warnings.sort_by_key(|warning| warning.line);
        (file, warnings)
    }

    fn take_all(&mut self, table: &DeTable) {
        for (name, value) in table {
            let key = name.get_ref().as_ref();
            let line = line_of(self.text, name.span().start);
            match SETTINGS.iter().find(|(name, ..)| *name == key) {
                None => self.warnings.push(ConfigWarning { line, fault: unknown(key) }),
                Some((_, expected, SetValue::One(take))) => {
                    self.take(key, line, value, expected, take);
                }
                Some((_, expected, SetValue::Each(_, take))) => match value.get_ref() {
                    DeValue::Table(section) => self.take_section(key, section, expected, *take),
                    _ => self.take(key, line, value, expected, |_, _| None),
                },
            }
        }
    }

    fn take_section(
        &mut self,
        section: &str,
        table: &DeTable,
        expected: &'static str,
        take: fn(&mut ConfigFile, &str, &DeValue) -> Option<()>,
    ) {
        for (name, value) in table {
            let own = name.get_ref().as_ref();
            let line = line_of(self.text, name.span().start);
            let key = format!("{section}.{own}");
            self.take(&key, line, value, expected, |file, value| take(file, own, value));
        }
    }

    fn take(
        &mut self,
        key: &str,
        line: usize,
        value: &Spanned<DeValue>,
        expected: &'static str,
        take: impl Fn(&mut ConfigFile, &DeValue) -> Option<()>,
    ) {
        self.file.lines.insert(key.to_owned(), line);
        let last = line_of(self.text, value.span().end);
        let count = self.broken.len();
        self.broken.retain(|broken| !(line..=last).contains(broken));
        let is_toml = self.broken.len() == count;
        if !is_toml || take(&mut self.file, value.get_ref()).is_none() {
            let given = value.get_ref().as_str();
            let near = given.and_then(|given| nearest_value(given, expected)).map(str::to_owned);
            let fault = SettingFault::BadValue { key: key.to_owned(), expected, near };
            self.warnings.push(ConfigWarning { line, fault });
        }
    }
}

/// The text with these lines emptied.
fn without(text: &str, lines: &[usize]) -> String {
    let keep = |(i, line)| if lines.contains(&(i + 1)) { "\n" } else { line };
    text.split_inclusive('\n').enumerate().map(keep).collect()
}

fn unknown(key: &str) -> SettingFault {
    let names = SETTINGS.iter().map(|(name, ..)| *name);
    SettingFault::Unknown { key: key.to_owned(), near: nearest(key, names).map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, SettingFault)> {
        ConfigReader::parse(text)
            .1
            .into_iter()
            .map(|warning| (warning.line, warning.fault))
            .collect()
    }

    /// The settings that were left out, and where.
    fn left_out(text: &str) -> Vec<(usize, String)> {
        let key = |fault| match fault {
            SettingFault::BadValue { key, .. } => key,
            other => format!("{other:?}"),
        };
        faults(text).into_iter().map(|(line, fault)| (line, key(fault))).collect()
    }

    #[test]
    fn the_commented_file_shows_every_setting_and_each_can_be_used_as_it_stands() {
        assert_eq!(faults(COMMENTED), []);
        assert!(COMMENTED.lines().all(|line| line.chars().count() < 80), "no terminal breaks one");
        assert!(COMMENTED.lines().all(|line| line.is_empty() || line.starts_with('#')));
        let lines = COMMENTED.lines().filter_map(|line| line.strip_prefix('#'));
        let lines: Vec<&str> = lines.filter(|rest| !rest.starts_with(' ')).collect();
        let (file, warnings) = ConfigReader::parse(&lines.join("\n"));
        assert_eq!(warnings, []);
        assert_eq!(file.routines["morning"], ["pause", "intent"]);
        let table: toml::Table = toml::from_str(&lines.join("\n")).unwrap();
        let names: Vec<&str> = SETTINGS.iter().map(|(name, ..)| *name).collect();
        assert_eq!(table.keys().collect::<Vec<_>>(), names);
    }

    #[test]
    fn a_setting_that_is_none_is_known_by_its_line_and_the_nearest() {
        let (file, warnings) =
            ConfigReader::parse("partner = \"Sam\"\n\nmorning-end = \"11:00\"\n");
        assert_eq!(file.partner.as_deref(), Some("Sam"));
        let (key, near) = ("morning-end".into(), Some("morning-ends".into()));
        assert_eq!(
            warnings,
            [ConfigWarning { line: 3, fault: SettingFault::Unknown { key, near } }]
        );
        let fault = SettingFault::Unknown { key: "weather".into(), near: None };
        assert_eq!(faults("[weather]\nrain = 1\n"), [(1, fault)]);
    }

    #[test]
    fn one_bad_setting_is_left_out_and_the_others_stand() {
        for (bad, key) in [
            ("day-ends = late", "day-ends"),
            ("day-ends = \"25:00\"", "day-ends"),
            ("day-ends = 25:00", "day-ends"),
            ("evening-begins = 17", "evening-begins"),
            ("partner =", "partner"),
            ("remember-when-kept = no", "remember-when-kept"),
            ("cadence = \"weekly\"", "cadence"),
            ("cadence.gratitude = 7", "cadence.gratitude"),
            ("routines.noon = \"pause\"", "routines.noon"),
            ("routines.noon = [\"pause\", 3]", "routines.noon"),
        ] {
            let text = format!("partner = \"Sam\"\n{bad}\neditor = \"nano\"\n");
            let text = text.replace("partner = \"Sam\"\npartner", "\npartner");
            assert_eq!(left_out(&text), [(2, key.to_owned())], "{bad}");
            assert_eq!(ConfigReader::parse(&text).0.editor.as_deref(), Some("nano"), "{bad}");
        }
    }

    #[test]
    fn a_line_that_is_no_setting_is_named_and_the_others_stand() {
        let (file, warnings) = ConfigReader::parse("gratitude sunday\npartner = \"Sam\"\n");
        assert_eq!(warnings, [ConfigWarning { line: 1, fault: SettingFault::NoSetting }]);
        assert_eq!(file.partner.as_deref(), Some("Sam"));
    }

    #[test]
    fn a_time_may_stand_without_quotes() {
        let (file, warnings) = ConfigReader::parse("day-ends = 04:00\n");
        assert_eq!((file.day_ends, warnings), (NaiveTime::from_hms_opt(4, 0, 0), Vec::new()));
    }
}

//! Gets or sets one setting in the text of the settings. Everything else in the text is
//! unchanged.

use toml::de::{DeTable, DeValue};

use crate::error::nearest;

use super::ConfigError;
use super::file::fault_of;
use super::settings::SETTINGS;

/// The value of a setting in the text; strings without their quotes. A setting in a
/// section is named with it, as in `cadence.gratitude`.
///
/// # Errors
///
/// `UnknownSetting`.
pub fn get(text: &str, key: &str) -> Result<Option<String>, ConfigError> {
    let (section, name) = find_setting(key)?;
    let (table, _) = DeTable::parse_recoverable(text);
    let table = match section {
        None => Some(table.get_ref()),
        Some(section) => table.get_ref().get(section).and_then(|value| value.get_ref().as_table()),
    };
    let value = table.and_then(|table| table.get(name));
    Ok(value.map(|value| match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        _ => text[value.span()].to_owned(),
    }))
}

/// The text with a setting set, replacing any earlier value.
///
/// # Errors
///
/// `UnknownSetting`; `BadValue` if the setting can't have that value.
pub fn set(text: &str, key: &str, value: &str) -> Result<String, ConfigError> {
    let (section, name) = find_setting(key)?;
    // The value may be TOML already, a string without quotes, or a list of words.
    let words = value.split([',', ' ']).filter(|word| !word.is_empty());
    let list: Vec<String> = words.map(quoted).collect();
    for toml_value in [value.to_owned(), quoted(value), format!("[{}]", list.join(", "))] {
        let new_text = put(text, section, name, &format!("{name} = {toml_value}"));
        if fault_of(&new_text, key).is_none() && get(&new_text, key)?.is_some() {
            return Ok(new_text);
        }
    }
    let expected = SETTINGS.iter().find(|(known, ..)| *known == section.unwrap_or(name));
    let expected = expected.map_or("another value", |(_, expected, _)| *expected);
    Err(ConfigError::BadValue { key: key.to_owned(), given: value.to_owned(), expected })
}

fn quoted(word: &str) -> String {
    toml::Value::from(word).to_string()
}

/// Splits a key into its section, if any, and name, and checks that it exists.
fn find_setting(key: &str) -> Result<(Option<&str>, &str), ConfigError> {
    let (section, name) = key.split_once('.').map_or((None, key), |(s, name)| (Some(s), name));
    let is_named = |setting: &str, section: Option<&str>| setting == section.unwrap_or(name);
    let row = SETTINGS.iter().find(|(setting, ..)| is_named(setting, section));
    let fits = row.is_some_and(|(.., take)| take.is_section() == section.is_some());
    let is_key_char = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if fits && !name.is_empty() && name.chars().all(is_key_char) {
        return Ok((section, name));
    }
    let names = SETTINGS.iter().map(|(setting, ..)| *setting);
    let near = nearest(section.unwrap_or(key), names.clone()).map(|near| match section {
        Some(_) => format!("{near}.{name}"),
        None => near.to_owned(),
    });
    let names = names.map(str::to_owned).collect();
    Err(ConfigError::UnknownSetting { given: key.to_owned(), near, known: names })
}

/// The text with `line` in place of the setting's line, or of its commented example, or
/// at the end of its section.
fn put(text: &str, section: Option<&str>, name: &str, line: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let is_header = |line: &&str| line.trim_start().starts_with('[');
    let header =
        |section: &str| lines.iter().position(|line| line.trim() == format!("[{section}]"));
    let start = match section {
        None => 0,
        Some(section) => match header(section) {
            Some(at) => at + 1,
            None => return format!("{}\n\n[{section}]\n{line}\n", text.trim_end()),
        },
    };
    let end = lines[start..].iter().position(is_header).map_or(lines.len(), |at| start + at);
    let is_setting = |line: &str| {
        let rest = line.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let find = |matches: &dyn Fn(&str) -> bool| (start..end).find(|at| matches(lines[*at]));
    match find(&is_setting).or_else(|| find(&|line| line.strip_prefix('#').is_some_and(is_setting)))
    {
        Some(at) => lines[at] = line,
        None => {
            let blank_lines = lines[start..end].iter().rev().take_while(|l| l.trim().is_empty());
            let at = end - blank_lines.count();
            lines.insert(at, line);
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::COMMENTED;

    #[test]
    fn a_setting_takes_the_place_of_its_example_and_everything_else_stays() {
        let text = set(COMMENTED, "partner", "Sam \"the\" Elder").unwrap();
        assert_eq!(get(&text, "partner").unwrap().as_deref(), Some("Sam \"the\" Elder"));
        assert_eq!(text.lines().count(), COMMENTED.lines().count());
        let again = set(&text, "partner", "Kim").unwrap();
        assert_eq!(get(&again, "partner").unwrap().as_deref(), Some("Kim"));
        assert_eq!(again.matches("partner =").count(), 1);
    }

    #[test]
    fn a_value_is_read_as_the_setting_wants_it() {
        for (key, given, value) in [
            ("day-ends", "04:00", "04:00"),
            ("remember-when-kept", "false", "false"),
            ("cadence.gratitude", "sunday", "sunday"),
            ("routines.night", "pause, reflect", "[\"pause\", \"reflect\"]"),
            ("routines.night", "[\"pause\"]", "[\"pause\"]"),
            ("partner", "true", "true"),
        ] {
            let text = set("# mine\n\n[cadence]\nwrite = \"daily\"\n", key, given).unwrap();
            assert_eq!(get(&text, key).unwrap().as_deref(), Some(value), "{key}: {text}");
            assert!(text.contains("# mine") && text.contains("write = \"daily\""), "{text}");
        }
    }

    #[test]
    fn what_is_no_setting_and_what_it_cannot_be_is_refused() {
        let near = |key: &str| match get("", key) {
            Err(ConfigError::UnknownSetting { near, .. }) => near,
            other => panic!("{key}: {other:?}"),
        };
        assert_eq!(near("partnr").as_deref(), Some("partner"));
        assert_eq!(near("cadense.write").as_deref(), Some("cadence.write"));
        assert_eq!(near("cadence"), Some("cadence".into()));
        assert_eq!(near("partner.x"), Some("partner.x".into()));
        for (key, value) in [("day-ends", "late"), ("remember-when-kept", "perhaps")] {
            assert!(matches!(set("", key, value), Err(ConfigError::BadValue { .. })), "{key}");
        }
    }
}

//! Gets or sets one setting in the text of the settings. Everything else in the text is
//! unchanged.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::nearest;

use super::file::{fault_of, without_broken_lines};
use super::settings::{SETTINGS, SetValue};
use super::{ConfigError, SettingFault, line_of};

/// The value of a setting in the text; strings without their quotes. A setting in a
/// section is named with it, as in `cadence.gratitude`.
///
/// # Errors
///
/// `UnknownSetting`.
pub fn get(text: &str, key: &str) -> Result<Option<String>, ConfigError> {
    let (section, name) = find_setting(key)?;
    Ok(find_value(&without_broken_lines(text), section, name).map(|value| match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        _ => text[value.span()].to_owned(),
    }))
}

/// The same as it stands there, in TOML.
///
/// # Errors
///
/// `UnknownSetting`.
pub fn get_toml(text: &str, key: &str) -> Result<Option<String>, ConfigError> {
    let (section, name) = find_setting(key)?;
    let whole = without_broken_lines(text);
    Ok(find_value(&whole, section, name).map(|value| text[value.span()].to_owned()))
}

fn find_value<'t>(
    text: &'t str,
    section: Option<&str>,
    name: &str,
) -> Option<Spanned<DeValue<'t>>> {
    let (table, _) = DeTable::parse_recoverable(text);
    let table = table.into_inner();
    match section {
        None => table.get(name).cloned(),
        Some(section) => table.get(section)?.get_ref().as_table()?.get(name).cloned(),
    }
}

/// The text with a setting set, replacing any earlier value; without it, if the value is
/// empty.
///
/// # Errors
///
/// `UnknownSetting`; `BadValue` or `HoursOutOfOrder` if the setting can't have that value;
/// `BrokenLine` if the text lets nothing be set.
pub fn set(text: &str, key: &str, value: &str) -> Result<String, ConfigError> {
    let (section, name) = find_setting(key)?;
    let mut out_of_order = false;
    for new_text in changed_texts(text, section, name, value) {
        match fault_of(&new_text, text, key) {
            None if get(&new_text, key)?.is_none() == value.trim().is_empty() => {
                return Ok(new_text);
            }
            fault => out_of_order |= fault == Some(SettingFault::HoursOutOfOrder),
        }
    }
    let is_valid = |text: &String| fault_of(text, "", key).is_none();
    if let Some(line) = broken_line(text)
        && changed_texts("", section, name, value).iter().any(is_valid)
    {
        return Err(ConfigError::BrokenLine { line });
    }
    let (key, given) = (key.to_owned(), value.to_owned());
    if out_of_order {
        return Err(ConfigError::HoursOutOfOrder { key, given });
    }
    let expected = SETTINGS.iter().find(|(known, ..)| *known == section.unwrap_or(name));
    let expected = expected.map_or("another value", |(_, expected, _)| *expected);
    Err(ConfigError::BadValue { key, given, expected })
}

/// The first line that isn't TOML.
fn broken_line(text: &str) -> Option<usize> {
    let (_, faults) = DeTable::parse_recoverable(text);
    Some(line_of(text, faults.first()?.span()?.start))
}

/// What the text may become, likeliest first. The value may be TOML already, a string without
/// quotes, or a list of words; and a value that is there may take several lines, or be broken.
fn changed_texts(text: &str, section: Option<&str>, name: &str, value: &str) -> Vec<String> {
    let place = find_value(&without_broken_lines(text), section, name).map(|value| value.span());
    if value.trim().is_empty() {
        return vec![place.map_or(text.to_owned(), |place| without_lines(text, place))];
    }
    let words = value.split([',', ' ']).filter(|word| !word.is_empty());
    let list: Vec<String> = words.map(quoted).collect();
    // A time without quotes is TOML only since 1.1, and others read the file, too.
    let is_time =
        DeValue::parse(value).is_ok_and(|it| matches!(it.get_ref(), DeValue::Datetime(_)));
    let raw = (!is_time).then(|| value.to_owned());
    let values = raw.into_iter().chain([quoted(value), format!("[{}]", list.join(", "))]);
    let is_bare = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let name = if name.chars().all(is_bare) { name.to_owned() } else { quoted(name) };
    let put = |value: String| {
        let by_line = put(text, section, &name, &format!("{name} = {value}"));
        let in_place = place
            .clone()
            .map(|place| format!("{}{value}{}", &text[..place.start], &text[place.end..]));
        in_place.into_iter().chain([by_line])
    };
    values.flat_map(put).collect()
}

/// The text without the lines that a value is on.
fn without_lines(text: &str, value: Range<usize>) -> String {
    let start = text[..value.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at + 1);
    format!("{}{}", &text[..start], &text[end..])
}

/// As TOML, on one line. JSON escapes all that TOML does, but for one character.
fn quoted(word: &str) -> String {
    serde_json::Value::from(word).to_string().replace('\u{7f}', "\\u007f")
}

/// Splits a key into its section, if any, and name, and checks that it exists.
fn find_setting(key: &str) -> Result<(Option<&str>, &str), ConfigError> {
    let (section, name) = key.split_once('.').map_or((None, key), |(s, name)| (Some(s), name));
    let is_named = |setting: &str, section: Option<&str>| setting == section.unwrap_or(name);
    let row = SETTINGS.iter().find(|(setting, ..)| is_named(setting, section));
    let fits = row.is_some_and(|(.., take)| take.is_section() == section.is_some());
    // Quotes are the file's, as in `"my own" = ["pause"]`.
    if fits && !name.trim().is_empty() && !name.contains(['"', '\'']) {
        return Ok((section, name));
    }
    let given = section.unwrap_or(key);
    let names = SETTINGS.iter().map(|(setting, ..)| *setting);
    let near =
        names.clone().find(|known| *known == given).or_else(|| nearest(given, names.clone()));
    let near = SETTINGS.iter().find(|(setting, ..)| Some(*setting) == near);
    let near = near.map(|(setting, _, take)| match take {
        SetValue::One(_) => (*setting).to_owned(),
        // The section alone is no setting.
        SetValue::Each(..) if section.is_some() && !name.is_empty() => {
            format!("{setting}.{}", name.replace(['"', '\''], ""))
        }
        SetValue::Each(example, _) => format!("{setting}.{example}"),
    });
    let names = SETTINGS.iter().map(|(setting, _, take)| match take {
        SetValue::One(_) => (*setting).to_owned(),
        SetValue::Each(..) => format!("{setting}.NAME"),
    });
    let names = names.collect();
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
    use crate::error::Failure;

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
    fn a_time_is_written_in_quotes_so_that_every_reader_of_toml_takes_it() {
        for given in ["04:00", "\"04:00\"", "4:00"] {
            let text = set("", "day-ends", given).unwrap();
            assert!(text.contains("day-ends = \"") && text.ends_with("00\"\n"), "{text}");
        }
    }

    #[test]
    fn a_line_that_hides_the_rest_is_named_where_a_value_would_be_valid() {
        let fault = |value| set("partner = \"Kim\"\nbad = [\n", "day-ends", value).unwrap_err();
        assert!(matches!(fault("04:00"), ConfigError::BrokenLine { line: 2 | 3 }));
        assert!(matches!(fault("soon"), ConfigError::BadValue { .. }));
    }

    #[test]
    fn a_setting_is_replaced_whole_however_it_was_written_and_an_empty_value_removes_it() {
        let sections = "[cadence]\nwrite = \"daily\" # mine\ncadence = 1\n";
        for (text, key) in [
            ("partner = \"\"\"\nA\nB\"\"\" # hers\neditor = \"vi\"\n", "partner"),
            ("partner = 'A' # hers\neditor = \"vi\"\n", "partner"),
            ("no setting\npartner = \"A\"\neditor = \"vi\"\n", "partner"),
            ("no setting\nat = all [\npartner = \"A\"\neditor = \"vi\"\n", "partner"),
            ("no setting\neditor = \"vi\"\n", "partner"),
            ("partner = 7\neditor = \"vi\"\n", "partner"),
            ("editor = \"vi\"\ncadence.write = \"daily\"\n", "cadence.write"),
            ("editor = \"vi\"\ncadence = { write = \"daily\" }\n", "cadence.write"),
            (&format!("editor = \"vi\"\n{sections}"), "cadence.write"),
        ] {
            let new = set(text, key, "weekly").unwrap();
            assert_eq!(get(&new, key).unwrap().as_deref(), Some("weekly"), "{new}");
            assert_eq!(get(&new, "editor").unwrap().as_deref(), Some("vi"), "{new}");
            let removed = set(&new, key, "").unwrap();
            assert_eq!(get(&removed, key).unwrap(), None, "{removed}");
            assert_eq!(get(&removed, "editor").unwrap().as_deref(), Some("vi"), "{removed}");
        }
        let lines = set("", "partner", "A\nB\u{7f}").unwrap();
        assert_eq!(lines.trim(), "partner = \"A\\nB\\u007f\"");
        assert_eq!(set("#partner = 1\n", "partner", " ").unwrap(), "#partner = 1\n");
    }

    #[test]
    fn hours_out_of_order_are_refused_unless_they_already_were() {
        let refused = |text: &str, key: &str, value: &str| {
            matches!(set(text, key, value), Err(ConfigError::HoursOutOfOrder { .. }))
        };
        assert!(refused("", "day-ends", "13:00"));
        assert!(refused("morning-ends = \"11:00\"\n", "evening-begins", "10:00"));
        let odd = "day-ends = \"13:00\"\nevening-begins = \"11:00\"\n";
        assert!(!refused(odd, "evening-begins", "21:00"));
        assert!(!refused(odd, "partner", "Sam"));
    }

    #[test]
    fn what_is_no_setting_and_what_it_cannot_be_is_refused() {
        let near = |key: &str| match get("", key) {
            Err(ConfigError::UnknownSetting { near, .. }) => near,
            other => panic!("{key}: {other:?}"),
        };
        assert_eq!(near("partnr").as_deref(), Some("partner"));
        assert_eq!(near("cadense.write").as_deref(), Some("cadence.write"));
        assert_eq!(near("cadence").as_deref(), Some("cadence.gratitude"));
        assert_eq!(near("routines.").as_deref(), Some("routines.morning"));
        assert_eq!(near("partner.x").as_deref(), Some("partner"));
        for (value, meant) in
            [("apar", "`apart`"), ("togeter", "`together`"), ("\"APART\"", "`apart`")]
        {
            let hint = set("", "chapter", value).unwrap_err().hint();
            assert!(hint.starts_with(&format!("Did you mean {meant}?")), "{value}: {hint}");
        }
        for (key, value) in [("day-ends", "late"), ("remember-when-kept", "perhaps")] {
            assert!(matches!(set("", key, value), Err(ConfigError::BadValue { .. })), "{key}");
        }
    }
}

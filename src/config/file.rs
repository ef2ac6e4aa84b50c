//! `config.toml`: what it may say, and what of it nobody knows.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Result, nearest};

use super::line_of;

/// Every setting, explained and commented out: what a new file begins with.
pub const COMMENTED: &str = include_str!("config.toml");

/// Of all settings; the commented file shows each of them.
const KEYS: &[&str] = &[
    "partner",
    "identity",
    "passphrase-command",
    "day-ends",
    "morning-ends",
    "evening-begins",
    "remember-when-kept",
    "editor",
    "cadence",
    "routines",
];

/// A setting that is none: of a later version, or misspelt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    pub key: String,
    pub line: usize,
    pub near: Option<&'static str>,
}

/// What `config.toml` may say. Everything has a default.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct File {
    pub partner: Option<String>,
    pub identity: Option<String>,
    pub passphrase_command: Option<String>,
    pub day_ends: Option<String>,
    pub morning_ends: Option<String>,
    pub evening_begins: Option<String>,
    pub remember_when_kept: Option<bool>,
    pub editor: Option<String>,
    pub cadence: BTreeMap<String, String>,
    pub routines: BTreeMap<String, Vec<String>>,
}

/// The file, and the keys in it that mean nothing. One that is not there says
/// nothing.
pub fn read(path: &Path) -> Result<(File, Vec<Odd>)> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Default::default()),
        Err(e) => return Err(Error::disk("read", path)(e)),
    };
    let bad = |e: toml::de::Error| Error::BadConfig {
        file: path.to_owned(),
        line: line_of(&text, e.span().map_or(0, |s| s.start)),
        why: e.message().trim_end_matches('.').to_owned(),
    };
    let file = toml::from_str(&text).map_err(bad)?;
    let table: toml::Table = toml::from_str(&text).map_err(bad)?;
    let unknown = table.keys().filter(|key| !KEYS.contains(&key.as_str()));
    Ok((file, unknown.map(|key| odd(key, &text)).collect()))
}

fn odd(key: &str, text: &str) -> Odd {
    let begins = |line: &str| line.trim_start_matches([' ', '\t', '[', '"', '\'']).starts_with(key);
    let line = 1 + text.lines().position(begins).unwrap_or(0);
    Odd { key: key.to_owned(), line, near: nearest(key, KEYS.iter().copied()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<(File, Vec<Odd>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn the_commented_file_shows_every_setting_and_each_can_be_used_as_it_stands() {
        assert_eq!(read_text(COMMENTED).unwrap().1, []);
        assert!(COMMENTED.lines().all(|line| line.is_empty() || line.starts_with('#')));
        let lines = COMMENTED.lines().filter_map(|line| line.strip_prefix('#'));
        let lines: Vec<&str> = lines.filter(|rest| !rest.starts_with(' ')).collect();
        let (file, odd) = read_text(&lines.join("\n")).unwrap();
        assert_eq!(odd, []);
        assert_eq!(file.routines["morning"], ["pause", "intent"]);
        let table: toml::Table = toml::from_str(&lines.join("\n")).unwrap();
        assert_eq!(table.keys().collect::<Vec<_>>(), KEYS);
    }

    #[test]
    fn a_setting_that_is_none_is_known_by_its_line_and_the_nearest() {
        let (file, odd) = read_text("partner = \"Sam\"\n\nmorning-end = \"11:00\"\n").unwrap();
        assert_eq!(file.partner.as_deref(), Some("Sam"));
        let near = Some("morning-ends");
        assert_eq!(odd, [Odd { key: "morning-end".into(), line: 3, near }]);
        let (_, odd) = read_text("[weather]\nrain = 1\n").unwrap();
        assert_eq!(odd, [Odd { key: "weather".into(), line: 1, near: None }]);
    }
}

//! What the practice file says around its questions.

use serde::Deserialize;
use toml::Spanned;

use crate::config::Chapter;

use super::super::CareMark;
use super::{ConditionsFile, OneOrMore};

#[derive(Deserialize)]
#[serde(untagged, expecting = "a line is a text, or { say = \"…\", when = { … } }")]
pub enum LineFile {
    Say(String),
    Full(LineTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineTable {
    /// Several take turns.
    pub say: OneOrMore<String>,
    #[serde(default)]
    pub when: ConditionsFile,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub care: CareMark,
    pub chapter: Option<Chapter>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a line of the day is a text, or { say = \"…\", today = true }")]
pub enum DayLineFile {
    Say(String),
    Full(DayLineTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayLineTable {
    pub say: String,
    #[serde(default)]
    pub today: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreatherFile {
    pub before: Spanned<String>,
    pub after: Option<u32>,
    #[serde(default)]
    pub apart: BreatherChangeFile,
    #[serde(default)]
    pub say: OneOrMore<LineFile>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct BreatherChangeFile {
    pub after: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RehearsalFile {
    #[serde(rename = "if")]
    pub condition: Spanned<String>,
    #[serde(rename = "then")]
    pub deed: Spanned<String>,
    pub whole: Option<Spanned<String>>,
}

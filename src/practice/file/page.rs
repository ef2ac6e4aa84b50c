//! The page that a practice of parts composes, as people write it.

use serde::Deserialize;
use toml::Spanned;

use super::{ConditionsFile, OneOrMore};
use crate::practice::CareMark;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageFile {
    #[serde(default = "quarter")]
    pub beside: u32,
    pub part: Vec<PagePartFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagePartFile {
    pub id: String,
    pub section: Spanned<String>,
    pub heading: String,
    pub asked: Option<String>,
    #[serde(default)]
    pub when: ConditionsFile,
    #[serde(default)]
    pub say: OneOrMore<String>,
    pub marks: Option<Spanned<String>>,
    pub later: Option<String>,
    #[serde(default)]
    pub over: ConditionsFile,
    #[serde(default)]
    pub care: CareMark,
}

/// Days.
fn quarter() -> u32 {
    90
}

//! Scores and how they are told, as people write them.

use serde::Deserialize;
use toml::Spanned;

use super::super::CareMark;
use super::{LineFile, OneOrMore, When};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreFile {
    pub id: Spanned<String>,
    pub title: String,
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    pub section: Option<Spanned<String>>,
    #[serde(default)]
    pub scores: Vec<Spanned<String>>,
    #[serde(default)]
    pub reverse: Vec<Spanned<String>>,
    pub how: Option<Spanned<String>>,
    pub least: Option<f64>,
    #[serde(default)]
    pub prorate: bool,
    pub sd: Option<f64>,
    pub reliability: Option<f64>,
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFile {
    #[serde(default)]
    pub ask: OneOrMore<LineFile>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcerptFile {
    pub items: Vec<Spanned<String>>,
    pub practice: String,
    pub question: String,
    #[serde(default)]
    pub when: When,
    #[serde(default = "four_weeks")]
    pub within: u32,
    #[serde(default)]
    pub care: CareMark,
}

fn four_weeks() -> u32 {
    28
}

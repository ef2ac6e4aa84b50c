//! Scores and how they are told, as people write them.

use serde::Deserialize;
use toml::Spanned;

use super::super::{CareMark, Condition, ConditionalLine, TitleChange};
use super::{conditions, days, one_or_more};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
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
    pub named_from: Option<i64>,
    pub sd: Option<f64>,
    pub reliability: Option<f64>,
    pub source: Option<String>,
    #[serde(default)]
    pub apart: TitleChange,
    #[serde(default)]
    pub care: TitleChange,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReportFile {
    pub note: Option<String>,
    pub question: Option<Spanned<String>>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub ask: Vec<ConditionalLine>,
    #[serde(default)]
    pub order: Vec<Spanned<String>>,
    #[serde(default)]
    pub beside: Vec<Spanned<String>>,
    #[serde(default)]
    pub beside_first: bool,
    pub lasting: Option<LastingFile>,
    #[serde(default)]
    pub apart: ReportChangeFile,
    #[serde(default)]
    pub care: ReportChangeFile,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReportChangeFile {
    pub note: Option<String>,
    pub order: Option<Vec<Spanned<String>>>,
    pub beside_first: Option<bool>,
    pub asks_lasting: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LastingFile {
    pub at_least: i64,
    pub ask: String,
    pub good: Option<GoodItemsFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GoodItemsFile {
    pub section: Spanned<String>,
    pub at_most: i64,
    pub ask: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcerptFile {
    pub items: Vec<Spanned<String>>,
    pub practice: String,
    pub question: String,
    pub with: Option<String>,
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    #[serde(default = "days::<28>")]
    pub within: u32,
    #[serde(default)]
    pub care: CareMark,
}

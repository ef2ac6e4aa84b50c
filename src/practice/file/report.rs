//! Scores and how they are told, as people write them.

use serde::Deserialize;
use toml::Spanned;

use super::super::{ConditionalLine, LastingRule, ReportChange, TitleChange};
use super::one_or_more;

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
    pub lasting: Option<LastingRule>,
    #[serde(default)]
    pub apart: ReportChange,
    #[serde(default)]
    pub care: ReportChange,
}

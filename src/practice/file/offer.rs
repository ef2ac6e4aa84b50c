//! The offer of a practice file as people write it.

use serde::Deserialize;
use toml::Spanned;

use super::super::Condition;
use super::conditions;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferFile {
    pub say: String,
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    pub ways: Vec<OfferWayFile>,
}

/// It opens one of these, or nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferWayFile {
    pub label: Spanned<String>,
    pub question: Option<Spanned<String>>,
    pub practice: Option<Spanned<String>>,
    pub page: Option<Spanned<String>>,
}

//! The offer of a practice file as people write it.

use serde::Deserialize;
use toml::Spanned;

use super::ConditionsFile;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferFile {
    pub say: String,
    #[serde(default)]
    pub when: ConditionsFile,
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

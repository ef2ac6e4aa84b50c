//! A built sentence of the practice file as people write it.

use serde::Deserialize;

use super::super::CareMark;
use super::OneOrMore;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceFile {
    pub grammar: Option<String>,
    #[serde(default)]
    pub prefix: String,
    #[serde(default)]
    pub say: OneOrMore<String>,
    pub after: OneOrMore<String>,
    pub section: Option<String>,
    pub ask: Option<String>,
    #[serde(default)]
    pub apart: SentenceChangeFile,
    #[serde(default)]
    pub care: CareMark,
    pub review: Option<SentenceReviewFile>,
}

/// What the chapter "apart" changes of it.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct SentenceChangeFile {
    pub ask: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceReviewFile {
    pub say: String,
    pub ways: [String; 3],
}

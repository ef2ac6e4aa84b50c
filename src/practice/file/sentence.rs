//! A built sentence of the practice file as people write it.

use serde::Deserialize;

use super::super::{CareMark, SentenceReview};
use super::one_or_more;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceFile {
    pub grammar: Option<String>,
    #[serde(default)]
    pub prefix: String,
    #[serde(default, deserialize_with = "one_or_more")]
    pub say: Vec<String>,
    #[serde(deserialize_with = "one_or_more")]
    pub after: Vec<String>,
    pub section: Option<String>,
    pub ask: Option<String>,
    #[serde(default)]
    pub apart: SentenceChangeFile,
    #[serde(default)]
    pub care: CareMark,
    pub review: Option<SentenceReview>,
}

/// What the chapter "apart" changes of it.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct SentenceChangeFile {
    pub ask: Option<String>,
}

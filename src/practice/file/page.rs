//! The page that a practice of parts composes, as people write it.

use serde::Deserialize;
use toml::Spanned;

use super::super::{CareMark, Condition};
use super::{conditions, days, one_or_more};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageFile {
    #[serde(default = "days::<90>")]
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
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub say: Vec<String>,
    pub marks: Option<Spanned<String>>,
    pub later: Option<String>,
    #[serde(default, deserialize_with = "conditions")]
    pub over: Vec<Condition>,
    #[serde(default)]
    pub care: CareMark,
    #[serde(default, rename = "since-care")]
    pub since_care: bool,
}

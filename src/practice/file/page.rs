//! The page that a practice of parts composes, as people write it.

use serde::Deserialize;

use super::super::OwnPagePart;
use super::days;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPageFile {
    #[serde(default = "days::<90>")]
    pub beside: u32,
    pub part: Vec<OwnPagePart>,
}

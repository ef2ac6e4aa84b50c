//! The page that a practice of parts composes, as people write it.

use serde::Deserialize;

use super::super::PagePart;
use super::days;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageFile {
    #[serde(default = "days::<90>")]
    pub beside: u32,
    pub part: Vec<PagePart>,
}

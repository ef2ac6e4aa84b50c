//! What the practice file says around its questions.

use serde::Deserialize;
use toml::Spanned;

use crate::config::Chapter;

use super::super::{CareMark, Condition, ConditionalLine, DayLine, Marks};
use super::{TextOr, conditions, one_or_more};

pub type LineFile = TextOr<LineTable>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineTable {
    /// Several take turns.
    #[serde(deserialize_with = "one_or_more")]
    pub say: Vec<String>,
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub care: CareMark,
    pub chapter: Option<Chapter>,
}

impl From<LineFile> for ConditionalLine {
    fn from(file: LineFile) -> ConditionalLine {
        match file {
            TextOr::Text(say) => {
                ConditionalLine { turns: vec![say], when: Vec::new(), marks: Marks::default() }
            }
            TextOr::Table(LineTable { say, when, sharing, care, chapter }) => {
                ConditionalLine { turns: say, when, marks: Marks { sharing, care, chapter } }
            }
        }
    }
}

pub type DayLineFile = TextOr<DayLine>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreatherFile {
    pub before: Spanned<String>,
    pub after: Option<u32>,
    #[serde(default)]
    pub apart: BreatherChangeFile,
    #[serde(default, deserialize_with = "one_or_more")]
    pub say: Vec<ConditionalLine>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct BreatherChangeFile {
    pub after: Option<u32>,
}

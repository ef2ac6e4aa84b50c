//! A question of the practice file as people write it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::config::Chapter;
use crate::entry::Scale;

use super::super::word::parse_word;
use super::super::{CareMark, ConditionalLine, KindName, Marks, Suggest, Suggestion};
use super::{AnswerTests, TextOr, one_or_more, yes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionFile {
    pub id: Spanned<String>,
    pub ask: AskFile,
    pub short: Option<String>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub help: Vec<ConditionalLine>,
    pub kind: Spanned<String>,
    pub options: Option<Vec<OptionFile>>,
    pub other: Option<bool>,
    pub from: Option<Spanned<String>>,
    #[serde(default)]
    pub without: Vec<Spanned<String>>,
    pub most: Option<usize>,
    #[serde(default)]
    pub each: Vec<ChoiceMarkFile>,
    pub scale: Option<ScaleFile>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub minutes: Option<u32>,
    #[serde(default)]
    pub lets_choose: bool,
    pub end: Option<String>,
    #[serde(default)]
    pub suggestions: Vec<Suggestion>,
    #[serde(default)]
    pub starts: Vec<Suggestion>,
    pub heading: Option<String>,
    #[serde(default)]
    pub suggest: Vec<Suggest>,
    #[serde(default)]
    pub when: BTreeMap<Spanned<String>, AnswerTests>,
    pub same_day: Option<String>,
    pub section: Option<Spanned<String>>,
    pub beside: Option<Spanned<String>>,
    pub under: Option<Spanned<String>>,
    pub line: Option<String>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub reply: Vec<ConditionalLine>,
    pub page: Option<Spanned<String>>,
    pub sets: Option<Spanned<String>>,
    #[serde(default)]
    pub reveal: bool,
    pub since_lift: Option<String>,
    pub comfort: Option<String>,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub harm: HarmFile,
    #[serde(default = "yes")]
    pub asked: bool,
    pub chapter: Option<Chapter>,
    #[serde(default)]
    pub locked: QuestionChangeFile,
    #[serde(default)]
    pub apart: QuestionChangeFile,
    #[serde(default)]
    pub care: CareFile,
    #[serde(default)]
    pub apart_care: QuestionChangeFile,
}

impl QuestionFile {
    /// `None` where there is no such kind.
    pub fn kind_name(&self) -> Option<KindName> {
        parse_word(self.kind.get_ref()).ok()
    }
}

/// What a form may change of a question.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct QuestionChangeFile {
    pub asked: Option<bool>,
    pub ask: Option<String>,
    pub short: Option<String>,
    pub help: Option<String>,
    pub options: Option<Vec<OptionFile>>,
    pub suggestions: Option<Vec<Suggestion>>,
    pub behind: Option<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "`care` is \"only\", false, or a table of asked, ask, help, options or suggestions"
)]
pub enum CareFile {
    Mark(CareMark),
    Change(Box<QuestionChangeFile>),
}

impl Default for CareFile {
    fn default() -> Self {
        CareFile::Mark(CareMark::Any)
    }
}

/// Is it about harm, and which of its options tell of it?
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "`harm` is true, or a list of the options that tell of it: [\"ignored\"]"
)]
pub enum HarmFile {
    Is(bool),
    Options(Vec<String>),
}

impl HarmFile {
    pub fn is_harm(&self) -> bool {
        !matches!(self, HarmFile::Is(false))
    }

    pub fn options(&self) -> &[String] {
        if let HarmFile::Options(options) = self { options } else { &[] }
    }
}

impl Default for HarmFile {
    fn default() -> Self {
        HarmFile::Is(false)
    }
}

/// One wording; several, of which the first that fits is asked; or one for each person
/// of whom the same thing is asked: then the ids are `question-person`.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "`ask` wants a text, a list of { say = \"…\", when = { … } }, or a table of person and text"
)]
pub enum AskFile {
    Once(String),
    First(Vec<ConditionalLine>),
    Of(toml::Table),
}

/// In what a form changes, a text may be the id of an option that the question has.
pub type OptionFile = TextOr<OptionTable>;

/// A mark that each choice may get.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceMarkFile {
    pub id: String,
    pub label: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionTable {
    pub id: String,
    pub label: String,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub care: CareMark,
    pub chapter: Option<Chapter>,
    pub value: Option<f64>,
    #[serde(default)]
    pub alone: bool,
}

pub type SuggestionFile = TextOr<SuggestionTable>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SuggestionTable {
    pub say: String,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub care: CareMark,
    pub chapter: Option<Chapter>,
}

impl From<SuggestionFile> for Suggestion {
    fn from(file: SuggestionFile) -> Suggestion {
        match file {
            TextOr::Text(say) => Suggestion { say, heading: None, marks: Marks::default() },
            TextOr::Table(SuggestionTable { say, sharing, care, chapter }) => {
                Suggestion { say, heading: None, marks: Marks { sharing, care, chapter } }
            }
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScaleFile {
    pub min: i64,
    pub max: i64,
    #[serde(default)]
    pub labels: Vec<String>,
    #[serde(default = "yes")]
    pub cant_say: bool,
}

impl ScaleFile {
    pub fn scale(&self) -> Scale {
        Scale { min: self.min, max: self.max }
    }
}

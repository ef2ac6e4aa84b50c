//! The practice file as people write it: TOML's shapes, and nothing decided.
//! `convert` makes a practice of them; the reference is `prompts/README.md`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::entry::Scale;

use super::{AnswerOption, Suggest, Suggestion};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PracticeFile {
    pub title: String,
    pub about: Option<String>,
    pub cadence: Option<Spanned<String>>,
    pub intro: Option<String>,
    pub primary: Option<Spanned<String>>,
    pub scale: Option<ScaleFile>,
    #[serde(default)]
    pub closing: OneOrMore<ClosingFile>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub parts: bool,
    pub beside: Option<u32>,
    #[serde(default)]
    pub afraid: Vec<When>,
    #[serde(default)]
    pub maybe_afraid: Vec<When>,
    #[serde(default)]
    pub lift: bool,
    #[serde(default)]
    pub section: Vec<SectionFile>,
    #[serde(default)]
    pub question: Vec<QuestionFile>,
    #[serde(default)]
    pub recall: Vec<RecallFile>,
    pub follow_up: Option<FollowUpFile>,
    pub sentence: Option<SentenceFile>,
    #[serde(default)]
    pub hint: Vec<HintFile>,
    #[serde(default)]
    pub score: Vec<ScoreFile>,
    pub report: Option<ReportFile>,
    #[serde(default)]
    pub excerpt: Vec<ExcerptFile>,
    #[serde(default)]
    pub pattern: Vec<PatternFile>,
}

/// Conditions by question. The keys of a nested table have no place of their
/// own in the file, so mistakes in them are named by their table's line.
pub type When = BTreeMap<String, TestFile>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SectionFile {
    pub id: Spanned<String>,
    pub title: String,
    pub intro: Option<String>,
    pub held_back: Option<String>,
    pub minutes: Option<u32>,
    pub closing: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionFile {
    pub id: Spanned<String>,
    pub ask: AskFile,
    pub help: Option<String>,
    pub kind: Spanned<String>,
    pub options: Option<Vec<OptionFile>>,
    pub other: Option<bool>,
    pub scale: Option<ScaleFile>,
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub minutes: Option<u32>,
    #[serde(default)]
    pub forms: bool,
    #[serde(default)]
    pub suggestions: Vec<SuggestionFile>,
    #[serde(default)]
    pub suggest: Vec<Suggest>,
    #[serde(default)]
    pub when: BTreeMap<Spanned<String>, TestFile>,
    pub section: Option<Spanned<String>>,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub harm: bool,
}

/// One wording, or one for each person of whom the same thing is asked: then
/// the ids are `question-person`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`ask` wants a text, or a table of person and text")]
pub enum AskFile {
    Once(String),
    Of(toml::Table),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "an option is a text, or { id = \"…\", label = \"…\" }")]
pub enum OptionFile {
    Label(String),
    Full(AnswerOption),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a suggestion is a text, or { say = \"…\", sharing = true }")]
pub enum SuggestionFile {
    Say(String),
    Full(Suggestion),
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

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a condition is a text, a list of them, or a table of answered, not, at-least, at-most, below, above or equal"
)]
pub enum TestFile {
    Is(String),
    OneOf(Vec<String>),
    Other(TestTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TestTable {
    pub answered: Option<bool>,
    pub not: Option<OneOrMore<String>>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub below: Option<String>,
    pub above: Option<String>,
    pub equal: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a closing is a text, or { say = \"…\", when = { … } }")]
pub enum ClosingFile {
    Say(String),
    Full(ClosingTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClosingTable {
    pub say: String,
    #[serde(default)]
    pub when: When,
    #[serde(default)]
    pub in_a_row: u32,
    #[serde(default)]
    pub sharing: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecallFile {
    pub practice: String,
    #[serde(default = "today")]
    pub within: u32,
    pub section: Option<Spanned<String>>,
    #[serde(default)]
    pub lead: String,
    #[serde(default)]
    pub say: OneOrMore<String>,
    pub show: Option<Spanned<String>>,
}

fn today() -> u32 {
    1
}

pub(super) fn month() -> u32 {
    30
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpFile {
    #[serde(default = "few_days")]
    pub after: u32,
    #[serde(default = "month")]
    pub within: u32,
    #[serde(default)]
    pub when: BTreeMap<Spanned<String>, TestFile>,
    pub lead: String,
    #[serde(default)]
    pub sharing: bool,
    pub question: Vec<QuestionFile>,
}

fn few_days() -> u32 {
    3
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceFile {
    pub say: OneOrMore<String>,
    pub after: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HintFile {
    #[serde(default)]
    pub questions: Vec<Spanned<String>>,
    pub words: Vec<String>,
    pub say: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
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
    pub sd: Option<f64>,
    pub reliability: Option<f64>,
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFile {
    #[serde(default)]
    pub ask: OneOrMore<String>,
    pub note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExcerptFile {
    pub items: Vec<Spanned<String>>,
    pub practice: String,
    pub question: String,
    #[serde(default)]
    pub when: When,
    #[serde(default = "four_weeks")]
    pub within: u32,
}

fn four_weeks() -> u32 {
    28
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternFile {
    pub title: String,
    pub shows: Spanned<String>,
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    #[serde(default)]
    pub without: OneOrMore<String>,
    pub by: Option<ByFile>,
    pub note: Option<String>,
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    pub sharing: bool,
}

/// A question of this practice, or of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByFile {
    pub practice: Option<String>,
    pub question: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "one, or a list of them, was wanted here")]
pub enum OneOrMore<T> {
    One(T),
    More(Vec<T>),
}

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        OneOrMore::More(Vec::new())
    }
}

impl<T> OneOrMore<T> {
    pub fn as_slice(&self) -> &[T] {
        match self {
            OneOrMore::One(one) => std::slice::from_ref(one),
            OneOrMore::More(more) => more,
        }
    }
}

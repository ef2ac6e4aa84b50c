//! The practice file as people write it: TOML's shapes, and nothing decided.
//! `convert` makes a practice of them; the reference is `prompts/README.md`.

mod line;
mod offer;
mod page;
mod question;
mod report;
mod sentence;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub use line::*;
pub use offer::*;
pub use page::*;
pub use question::*;
pub use report::*;
pub use sentence::*;

use super::TodayWords;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PracticeFile {
    pub title: String,
    pub about: Option<String>,
    pub cadence: Option<Spanned<String>>,
    #[serde(default)]
    pub begins: u32,
    pub intro: Option<String>,
    pub primary: Option<Spanned<String>>,
    pub scale: Option<ScaleFile>,
    #[serde(default)]
    pub closing: OneOrMore<LineFile>,
    #[serde(default)]
    pub closing_by_day: OneOrMore<DayLineFile>,
    pub more: Option<BreatherFile>,
    pub rehearse: Option<RehearsalFile>,
    pub offer: Option<OfferFile>,
    #[serde(default)]
    pub today: TodayWords,
    #[serde(default)]
    pub locked: IntroChangeFile,
    #[serde(default)]
    pub apart: IntroChangeFile,
    #[serde(default)]
    pub care: IntroChangeFile,
    #[serde(default)]
    pub apart_care: IntroChangeFile,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub parts: bool,
    #[serde(default)]
    pub follows_up: Vec<Spanned<String>>,
    #[serde(default)]
    pub cards: bool,
    pub beside: Option<u32>,
    pub page: Option<PageFile>,
    #[serde(default)]
    pub afraid: Vec<ConditionsFile>,
    #[serde(default)]
    pub pointer: Vec<ConditionsFile>,
    #[serde(default)]
    pub pointer_someone: Vec<ConditionsFile>,
    #[serde(default)]
    pub lift: bool,
    #[serde(default)]
    pub section: Vec<SectionFile>,
    #[serde(default)]
    pub question: Vec<QuestionFile>,
    pub month: Option<MonthFile>,
    #[serde(default)]
    pub recall: Vec<RecallFile>,
    pub evidence: Option<EvidenceFile>,
    pub follow_up: Option<FollowUpFile>,
    #[serde(default)]
    pub sentence: OneOrMore<SentenceFile>,
    #[serde(default)]
    pub hint: Vec<WordNoteFile>,
    #[serde(default)]
    pub score: Vec<ScoreFile>,
    pub report: Option<ReportFile>,
    #[serde(default)]
    pub excerpt: Vec<ExcerptFile>,
    #[serde(default)]
    pub pattern: Vec<PatternFile>,
    #[serde(default = "yes")]
    pub patterns: bool,
}

/// Conditions by question. The keys of a nested table have no place of their
/// own in the file, so mistakes in them are named by their table's line.
pub type ConditionsFile = BTreeMap<String, TestFile>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SectionFile {
    pub id: Spanned<String>,
    pub title: String,
    pub short: Option<String>,
    pub intro: Option<String>,
    #[serde(default)]
    pub closing: OneOrMore<LineFile>,
    #[serde(default)]
    pub locked: IntroChangeFile,
    #[serde(default)]
    pub apart: IntroChangeFile,
    #[serde(default)]
    pub care: IntroChangeFile,
    #[serde(default)]
    pub apart_care: IntroChangeFile,
}

/// What a form may change of a practice, or of a section.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct IntroChangeFile {
    pub title: Option<String>,
    pub intro: Option<String>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a condition is a text, a list of them, for `any` a list of tables, or a table of is, running, answered, not, at-least, at-most, below, above or equal"
)]
pub enum TestFile {
    Is(String),
    OneOf(Vec<String>),
    Any(Vec<ConditionsFile>),
    Other(TestTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TestTable {
    pub is: Option<OneOrMore<String>>,
    pub running: Option<u32>,
    pub answered: Option<bool>,
    pub not: Option<OneOrMore<String>>,
    pub at_least: Option<f64>,
    pub at_most: Option<f64>,
    pub below: Option<String>,
    pub above: Option<String>,
    pub equal: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthFile {
    pub lasting: String,
    pub empty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecallFile {
    pub practice: String,
    #[serde(default = "today")]
    pub within: u32,
    pub section: Option<Spanned<String>>,
    pub question: Option<Spanned<String>>,
    #[serde(default)]
    pub when: ConditionsFile,
    #[serde(default)]
    pub lead: String,
    #[serde(default)]
    pub say: OneOrMore<LineFile>,
    pub show: Option<Spanned<String>>,
}

fn today() -> u32 {
    1
}

pub(super) fn month() -> u32 {
    30
}

pub(super) fn few() -> usize {
    3
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpFile {
    #[serde(default = "few_days")]
    pub after: u32,
    #[serde(default = "month")]
    pub within: u32,
    #[serde(default = "yes")]
    pub reminds: bool,
    #[serde(default)]
    pub when: BTreeMap<Spanned<String>, TestFile>,
    pub lead: OneOrMore<String>,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub closing: OneOrMore<LineFile>,
    pub question: Vec<QuestionFile>,
}

fn yes() -> bool {
    true
}

fn few_days() -> u32 {
    3
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceFile {
    pub question: Spanned<String>,
    pub lead: String,
    pub most: usize,
    #[serde(default)]
    pub marked: bool,
    pub from: Vec<EvidenceSourceFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvidenceSourceFile {
    pub practice: String,
    pub asked: Option<String>,
    pub when: ConditionsFile,
    pub say: OneOrMore<String>,
    #[serde(default)]
    pub hard: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordNoteFile {
    #[serde(default)]
    pub questions: Vec<Spanned<String>>,
    #[serde(default)]
    pub when: ConditionsFile,
    pub words: Vec<String>,
    pub say: String,
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
    pub by: Option<GroupingFile>,
    pub note: Option<String>,
    pub look: Option<String>,
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub apart: TitleChangeFile,
    #[serde(default)]
    pub care: TitleChangeFile,
}

/// A question of this practice, or of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupingFile {
    pub practice: Option<String>,
    pub question: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "give one here, or a list of them")]
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

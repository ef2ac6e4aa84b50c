//! The practice file as people write it: TOML's shapes, and nothing decided.
//! Where that is all there is to a part of a practice, it is the model's own shape; of the
//! others `convert` makes one. The reference is `prompts/README.md`.

mod condition;
mod line;
mod offer;
mod page;
mod question;
mod report;
mod sentence;
mod shapes;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub use condition::*;
pub use line::*;
pub use offer::*;
pub use page::*;
pub use question::*;
pub use report::*;
pub use sentence::*;
pub use shapes::*;

use super::{
    Condition, ConditionalLine, Evidence, Excerpt, IntroChange, MonthOpening, Rehearsal,
    TitleChange, TodayWords, WordNote,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PracticeFile {
    pub title: String,
    pub about: Option<String>,
    pub source: Option<String>,
    pub licence: Option<String>,
    pub version: Option<EditionFile>,
    pub lang: Option<String>,
    pub cadence: Option<Spanned<String>>,
    #[serde(default)]
    pub begins: u32,
    pub intro: Option<String>,
    pub primary: Option<Spanned<String>>,
    pub scale: Option<ScaleFile>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub closing: Vec<ConditionalLine>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub closing_by_day: Vec<DayLineFile>,
    pub more: Option<BreatherFile>,
    pub rehearse: Option<Rehearsal>,
    pub offer: Option<OfferFile>,
    #[serde(default)]
    pub today: TodayWords,
    #[serde(default)]
    pub locked: IntroChange,
    #[serde(default)]
    pub apart: IntroChange,
    #[serde(default)]
    pub care: IntroChange,
    #[serde(default)]
    pub apart_care: IntroChange,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub parts: bool,
    #[serde(default)]
    pub follows_up: Vec<Spanned<String>>,
    #[serde(default)]
    pub cards: bool,
    pub beside: Option<u32>,
    pub page: Option<OwnPageFile>,
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
    pub month: Option<MonthOpening>,
    #[serde(default)]
    pub recall: Vec<RecallFile>,
    pub evidence: Option<Evidence>,
    pub follow_up: Option<FollowUpFile>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub sentence: Vec<SentenceFile>,
    #[serde(default)]
    pub hint: Vec<WordNote>,
    #[serde(default)]
    pub score: Vec<ScoreFile>,
    pub report: Option<ReportFile>,
    #[serde(default)]
    pub excerpt: Vec<Excerpt>,
    #[serde(default)]
    pub pattern: Vec<PatternFile>,
    #[serde(default = "yes")]
    pub patterns: bool,
}

/// Which edition of a questionnaire it is: 2, or "2nd revision".
#[derive(Deserialize)]
#[serde(untagged, expecting = "`version` wants a text in quotes or a whole number")]
pub enum EditionFile {
    Number(u32),
    Named(String),
}

impl EditionFile {
    pub fn text(&self) -> String {
        match self {
            EditionFile::Number(number) => number.to_string(),
            EditionFile::Named(words) => words.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SectionFile {
    pub id: Spanned<String>,
    pub title: String,
    pub short: Option<String>,
    pub intro: Option<String>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub closing: Vec<ConditionalLine>,
    #[serde(default)]
    pub locked: IntroChange,
    #[serde(default)]
    pub apart: IntroChange,
    #[serde(default)]
    pub care: IntroChange,
    #[serde(default)]
    pub apart_care: IntroChange,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecallFile {
    pub practice: String,
    #[serde(default = "days::<1>")]
    pub within: u32,
    pub section: Option<Spanned<String>>,
    pub question: Option<Spanned<String>>,
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    #[serde(default)]
    pub lead: String,
    #[serde(default, deserialize_with = "one_or_more")]
    pub say: Vec<ConditionalLine>,
    pub show: Option<Spanned<String>>,
    #[serde(default, rename = "since-care")]
    pub since_care: bool,
}

pub fn days<const DAYS: u32>() -> u32 {
    DAYS
}

pub(super) fn few() -> usize {
    3
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUpFile {
    #[serde(default = "days::<3>")]
    pub after: u32,
    #[serde(default = "days::<30>")]
    pub within: u32,
    #[serde(default = "yes")]
    pub reminds: bool,
    #[serde(default)]
    pub when: BTreeMap<Spanned<String>, AnswerTests>,
    #[serde(deserialize_with = "one_or_more")]
    pub lead: Vec<String>,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default, deserialize_with = "one_or_more")]
    pub closing: Vec<ConditionalLine>,
    pub question: Vec<QuestionFile>,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternFile {
    pub title: String,
    pub shows: Spanned<String>,
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    #[serde(default, deserialize_with = "one_or_more")]
    pub without: Vec<String>,
    pub by: Option<GroupingFile>,
    pub note: Option<String>,
    pub look: Option<String>,
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    pub sharing: bool,
    #[serde(default)]
    pub apart: TitleChange,
    #[serde(default)]
    pub care: TitleChange,
}

/// A question of this practice, or of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupingFile {
    pub practice: Option<String>,
    pub question: Spanned<String>,
}

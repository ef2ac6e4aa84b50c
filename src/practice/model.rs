//! The model: what a practice file can say. `prompts/README.md` tells the same
//! to those who write one.

#![allow(missing_docs, reason = "prompts/README.md tells what each key of a practice is")]

use serde::Deserialize;
use toml::Spanned;

use crate::config::Chapter;

use super::file::conditions;
use super::phrase::Grammar;
use super::{
    Cadence, Condition, ConditionalLine, DayLine, Evidence, Excerpt, FormChanges, IntroChange,
    Marks, Offer, Origin, OwnPageLayout, Question, Report, Score, TitleChange, TodayWords,
};

/// A practice: as `convert.rs` makes it of its file, and what is made of that for a session,
/// a `Practice` each time. `naming_day` and `with_partner_name` put in words; `part`,
/// `following_up` and `of_page` choose what is asked of it; `adapted_to` takes a form, once:
/// what one form leaves out is in `left_out`, and no other brings it back; `with_asked` adds
/// from there what a session has asked already. `question.rs` finds its questions,
/// `variant.rs` makes its parts, `form.rs` and `chapter.rs` its forms.
#[derive(Clone, Debug)]
pub struct Practice {
    /// The file's name, and the subcommand's.
    pub name: String,
    pub title: String,
    /// The line in `--help`.
    pub about: String,
    pub origin: Origin,
    /// The name that its wordings have for the partner.
    pub partner: Option<String>,
    pub cadence: Cadence,
    /// Days after the first entry before it is due by itself.
    pub begins: u32,
    pub intro: Option<String>,
    pub sections: Vec<Section>,
    pub questions: Vec<Question>,
    /// What its form doesn't ask, each behind the question before it.
    pub left_out: Vec<OmittedQuestion>,
    /// The id of the question that words and piped text answer.
    pub primary: String,
    /// By the answers: the first that fits, read on the screen.
    pub closing: Vec<ConditionalLine>,
    /// By the day: one of them, whatever was answered.
    pub closing_by_day: Vec<DayLine>,
    /// Where it asks whether to continue.
    pub more: Option<Breather>,
    pub rehearsal: Option<Rehearsal>,
    pub offer: Option<Offer>,
    pub today: TodayWords,
    pub changes: FormChanges<IntroChange>,
    pub tags: Vec<String>,
    /// Does a session take one section at a time?
    pub parts: bool,
    /// Does a session ask what a card says?
    pub cards: bool,
    /// Show the answers of a session this many days ago beside the new ones.
    pub beside_days: Option<u32>,
    /// What the newest session of each section is composed into.
    pub page: Option<OwnPageLayout>,
    /// Where it opens with the month behind one.
    pub month: Option<MonthOpening>,
    pub recalls: Vec<Recall>,
    pub evidence: Option<Evidence>,
    pub follow_up: Option<FollowUp>,
    /// The practices whose follow-ups it asks as well.
    pub follows_up: Vec<String>,
    /// What a follow-up quotes above its questions; empty in the practice itself.
    pub follow_up_lead: Vec<String>,
    /// For every part and form. One part has at most one in each form.
    pub sentences: Vec<Sentence>,
    pub word_notes: Vec<WordNote>,
    pub scores: Vec<Score>,
    pub report: Option<Report>,
    pub excerpts: Vec<Excerpt>,
    pub patterns: Vec<Pattern>,
    /// Is anything of it ever shown together?
    pub shows_patterns: bool,
    /// Answers that say that the writer is afraid: all of one list must hold.
    pub afraid: Vec<Vec<Condition>>,
    /// Answers that may or may not say so, after which the page about safety is pointed to.
    pub pointer: Vec<Vec<Condition>>,
    /// Answers that speak of fear without saying of whom, after which that page is pointed to.
    pub pointer_someone: Vec<Vec<Condition>>,
    /// Is the lift question asked at its end, whenever care is on?
    pub lift: bool,
}

/// A question that a form doesn't ask.
#[derive(Clone, Debug)]
pub struct OmittedQuestion {
    /// The question before it that is asked.
    pub behind: Option<String>,
    pub question: Question,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    pub title: String,
    /// What it is called above its answers, where that is something else.
    pub short: Option<String>,
    pub intro: Option<String>,
    pub changes: FormChanges<IntroChange>,
    /// Said at the end of a session that answered something of this section: the first
    /// that fits.
    pub closing: Vec<ConditionalLine>,
}

/// "Enough, or a little more?": the end of the short core, where there is more to ask.
#[derive(Clone, Debug)]
pub struct Breather {
    /// The first question behind it.
    pub before: String,
    /// It comes after this many questions in any case.
    pub after: Option<u32>,
    /// `after` in the chapter "apart".
    pub apart_after: Option<u32>,
    /// What is left; the first that fits.
    pub say: Vec<ConditionalLine>,
}

/// A plan in two halves, which is said back once. What is typed then is not kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// The question of its "if".
    #[serde(rename = "if")]
    pub condition: Spanned<String>,
    /// The question of its "then".
    #[serde(rename = "then")]
    pub deed: Spanned<String>,
    /// A question to which a whole plan may be typed: it fills both halves.
    pub whole: Option<Spanned<String>>,
}

/// How the primary question is worded below the month.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthOpening {
    /// Where something lasted: the sentence about it stands for `{lasting}`.
    pub lasting: String,
    /// Where nothing was written.
    pub empty: String,
}

/// What an earlier entry of some practice says to this one.
#[derive(Clone, Debug)]
pub struct Recall {
    pub practice: String,
    /// Days, today being the first; 0 is ever.
    pub within: u32,
    pub place: RecallPlace,
    /// On the earlier entry.
    pub when: Vec<Condition>,
    pub lead: String,
    /// Lines with `{question}` in them, each on the earlier entry. Empty where something else
    /// is shown.
    pub say: Vec<ConditionalLine>,
    pub shows: RecallDisplay,
    /// Of its own practice, too, nothing from before care came on is quoted while it is on.
    pub since_care: bool,
}

/// What a recall shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecallDisplay {
    /// Its own lines.
    #[serde(skip)]
    Lines,
    /// The scores of the latest entry that has any.
    Scores,
    /// How often what was said was heard, and what lasted of it.
    Received,
}

/// Where something earlier is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecallPlace {
    Opening,
    Section(String),
    /// Right above this question.
    Question(String),
}

/// What is asked some days later of what became of an entry.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Days: from when on, and until when.
    pub after: u32,
    pub within: u32,
    /// Is it among what is due? If not, it is asked only when a practice opens.
    pub reminds: bool,
    /// On the earlier entry.
    pub when: Vec<Condition>,
    /// Each is left out where an answer in it is missing.
    pub lead: Vec<String>,
    pub sharing: bool,
    pub questions: Vec<Question>,
    pub closing: Vec<ConditionalLine>,
}

/// The id of the answer that a built sentence is.
pub const SENTENCE: &str = "sentence";

/// A sentence that the answers build as they are given. The entry keeps it as its first
/// answer.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// What it is kept as: [`SENTENCE`].
    pub question: Question,
    /// The rules by which it is built; without them, its lines.
    pub grammar: Option<Grammar>,
    /// What the questions of its pieces have in front of the grammar's names.
    pub prefix: String,
    pub say: Vec<String>,
    /// After each of these it is shown whole, and a piece can be changed.
    pub after: Vec<String>,
    /// The part that builds it.
    pub section: Option<String>,
    pub marks: Marks,
    /// The chapter whose words its pieces are asked in.
    pub chapter: Chapter,
    pub review: SentenceReview,
}

/// What is said where the sentence can be changed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentenceReview {
    pub say: String,
    /// As it is; a piece of it; by hand.
    pub ways: [String; 3],
}

/// A kind word where an answer contains one of these.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordNote {
    #[serde(default)]
    pub questions: Vec<Spanned<String>>,
    /// On the answers up to it, its own among them.
    #[serde(default, deserialize_with = "conditions")]
    pub when: Vec<Condition>,
    pub words: Vec<String>,
    pub say: String,
}

/// What several sessions are shown to say together.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub title: String,
    pub changes: FormChanges<TitleChange>,
    pub shows: PatternDisplay,
    /// Questions, or for `Scores` scores.
    pub of: Vec<String>,
    /// Answers that do not count.
    pub without: Vec<String>,
    /// Grouped by another answer of the same day.
    pub by: Option<PatternGrouping>,
    pub note: Option<String>,
    /// The name under which `patterns` shows it beside others of that name.
    pub look: Option<String>,
    /// Goes before the patterns of every practice that do not.
    pub first: bool,
    /// Is about having shared something.
    pub sharing: bool,
}

impl Pattern {
    /// What one question shows, without a word of its practice's file.
    pub fn plain(title: &str, id: &str, shows: PatternDisplay) -> Pattern {
        Pattern {
            title: title.to_owned(),
            changes: FormChanges::default(),
            shows,
            of: vec![id.to_owned()],
            without: Vec::new(),
            by: None,
            note: None,
            look: None,
            first: false,
            sharing: false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PatternDisplay {
    /// What was written, newest first.
    Moments,
    /// The mean of each week.
    Weeks,
    /// How often each was chosen.
    Counts,
    /// The times of day.
    Hours,
    /// A number before, and the same after.
    #[serde(rename = "change")]
    BeforeAfter,
    /// Scores over all sessions, side by side.
    Scores,
    /// Answers that come again.
    Recurring,
    /// Answers of one session crossed with others.
    Matrix,
    /// The last two answers to each question, side by side.
    Sessions,
}

impl PatternDisplay {
    /// Can what is shown now be compared with what was shown then?
    pub fn compares_times(self) -> bool {
        use PatternDisplay as Shows;
        match self {
            Shows::Weeks | Shows::Counts | Shows::BeforeAfter | Shows::Scores | Shows::Sessions => {
                true
            }
            Shows::Moments | Shows::Hours | Shows::Recurring | Shows::Matrix => false,
        }
    }
}

#[derive(Clone, Debug)]
pub struct PatternGrouping {
    pub practice: String,
    pub question: String,
}

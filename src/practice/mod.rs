//! A practice: what it asks, in what order, and how often it is due.
//! Every practice is a TOML file; nothing here knows any of them by name.

mod answering;
mod asked_then;
mod builtin;
mod cadence;
mod cards;
mod care;
mod chapter;
mod condition;
mod condition_words;
mod connections;
mod convert;
mod convert_question;
mod convert_questionnaire;
mod entry_form;
mod errors;
mod evidence;
mod field_mistakes;
mod file;
mod fill;
mod form;
mod form_change;
mod harm;
mod line;
mod lint;
pub mod lists;
mod missing;
mod model;
mod offer;
mod origin;
mod others;
mod own_page;
mod own_wording;
mod page_heading;
mod page_sources;
mod parse;
pub mod phrase;
mod question;
mod question_kind;
mod questionnaire;
mod redact;
mod registry;
mod reserved;
mod schedule;
mod sentence;
mod unparsed;
mod variant;
mod word;
mod wording;

use std::path::{Path, PathBuf};

use crate::error::Result;

pub use answering::tag;
pub use builtin::BUILT_IN;
pub use cadence::Cadence;
pub use cards::Deck;
pub(crate) use care::{
    CareRecord, HOLD_BACK, LEFT_OUT, SafetyPointer, lift_choice, lift_question, only_lifts,
};
pub use condition::all_match;
pub(crate) use condition::{ANY, Condition, Repeat, Run, Test, run_of_entries};
pub(crate) use condition_words::all_words;
pub(crate) use connections::{EarlierEntries, is_since};
pub use entry_form::PracticeForms;
pub use errors::{Mistake, PracticeError};
pub use evidence::{Evidence, EvidenceSource};
pub(crate) use fill::fill;
pub use form::{CareMark, Fear, Form, FormChanges, Marks};
pub use form_change::{IntroChange, QuestionChange, TitleChange};
pub(crate) use harm::{HarmKind, HarmMark};
pub use line::{ConditionalLine, DayLine, first_fitting, first_words, line_of_day};
pub use missing::MissingReason;
pub use model::*;
pub use offer::{HelpPage, Offer, OfferTarget, OfferWay};
pub use origin::Origin;
pub(crate) use own_page::{
    OwnPage, PAGE_TITLE, UNMARKED, beside_answers, beside_question, is_own_page, page_answers,
    page_span,
};
pub use own_page::{OwnPageLayout, OwnPagePart};
pub(crate) use page_heading::OwnPageHeading;
pub(crate) use page_sources::RepeatedPart;
pub use question::*;
pub(crate) use question_kind::KindName;
pub use question_kind::QuestionKind;
pub use questionnaire::*;
pub use redact::Redact;
pub use registry::Practices;
pub(crate) use reserved::is_word;
#[cfg(test)]
pub(crate) use reserved::reserved_by;
pub use schedule::monthly_turn;
pub use wording::TodayWords;
pub(crate) use wording::name_partner;

/// A commented start for a practice of one's own.
pub const TEMPLATE: &str = include_str!("template.toml");

/// A practice that can be run, or the reasons why it cannot.
#[derive(Clone, Debug)]
pub enum LoadedPractice {
    /// It is valid.
    Valid(Box<Practice>),
    /// Its file has mistakes.
    Invalid {
        /// The practice that it would be.
        name: String,
        /// Its file.
        file: PathBuf,
        /// Every mistake in it.
        mistakes: Vec<Mistake>,
    },
}

impl LoadedPractice {
    /// Its name, valid or not.
    pub fn name(&self) -> &str {
        match self {
            LoadedPractice::Valid(practice) => &practice.name,
            LoadedPractice::Invalid { name, .. } => name,
        }
    }

    /// The practice, if its file is valid.
    pub fn practice(&self) -> Option<&Practice> {
        match self {
            LoadedPractice::Valid(practice) => Some(practice),
            LoadedPractice::Invalid { .. } => None,
        }
    }

    /// The practice.
    ///
    /// # Errors
    /// `Invalid`, with every mistake of its file.
    pub fn into_practice(self) -> Result<Practice> {
        match self {
            LoadedPractice::Valid(practice) => Ok(*practice),
            LoadedPractice::Invalid { file, mistakes, .. } => {
                Err(PracticeError::Invalid { file, mistakes }.into())
            }
        }
    }
}

/// Reads one practice file.
pub fn read(name: &str, file: &Path, text: &str, reserved: &[&str]) -> LoadedPractice {
    LoadedPractice::of(name, file, parse::parse(name, text, reserved))
}

impl LoadedPractice {
    /// With a valid practice changed so.
    fn map(self, change: impl FnOnce(Practice) -> Practice) -> LoadedPractice {
        match self {
            LoadedPractice::Valid(practice) => LoadedPractice::Valid(Box::new(change(*practice))),
            invalid @ LoadedPractice::Invalid { .. } => invalid,
        }
    }

    fn of(
        name: &str,
        file: &Path,
        parsed: std::result::Result<Practice, Vec<Mistake>>,
    ) -> LoadedPractice {
        match parsed {
            Ok(practice) => LoadedPractice::Valid(Box::new(practice)),
            Err(mistakes) => {
                LoadedPractice::Invalid { name: name.to_owned(), file: file.to_owned(), mistakes }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_practices_are_whole_and_the_list_is_the_folder() {
        for (name, text) in BUILT_IN {
            let found = read(name, Path::new("/nowhere"), text, &[]);
            assert!(found.practice().is_some(), "{found:?}");
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prompts");
        let mut files: Vec<String> = registry::own_files(&folder)
            .iter()
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut list: Vec<String> = BUILT_IN.iter().map(|(name, _)| name.to_string()).collect();
        files.sort();
        list.sort();
        assert_eq!(files, list);
    }

    #[test]
    fn the_commented_start_is_a_whole_practice() {
        assert!(read("walk", Path::new("walk.toml"), TEMPLATE, &[]).practice().is_some());
    }

    #[test]
    fn the_quoted_sentences_stand_word_for_word() {
        let of = |name: &str| BUILT_IN.iter().find(|(n, _)| *n == name).unwrap().1;
        let sample = "Today, I will notice when I or my partner need space without withdrawing.";
        assert!(of("intent").contains(sample));
        for question in [
            "Am I holding on because of love, fear, or habit?",
            "Does this relationship support my growth and well-being?",
            "Have my attempts to connect been respected?",
        ] {
            for practice in ["release", "guide"] {
                assert!(of(practice).contains(&format!("ask = \"{question}\"")), "{practice}");
            }
        }
    }

    #[test]
    fn nothing_is_shouted() {
        for (name, text) in BUILT_IN {
            assert!(!text.contains('!'), "{name}");
        }
    }

    #[test]
    fn the_examples_of_the_reference_page_and_the_example_file_are_whole() {
        let page = include_str!("../../prompts/README.md");
        let fences = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        let whole: Vec<&str> = fences.filter(|text| text.starts_with("title")).collect();
        assert!(whole.len() >= 3, "there are three worked examples");
        let example = include_str!("../../prompts/examples/ipip.toml");
        for text in whole.into_iter().chain([example]) {
            let found = read("example", Path::new("README.md"), text, &[]);
            assert!(found.practice().is_some(), "{found:?}");
        }
    }

    fn form(fear: Fear) -> Form {
        Form { fear, chapter: crate::config::Chapter::Together }
    }

    /// What would press a frightened writer to share, in any wording of a form.
    #[test]
    fn whoever_is_afraid_is_asked_nothing_about_sharing() {
        let all = Practices::load(Path::new("/nowhere"), &[]);
        for practice in all.valid() {
            let form = practice.clone().adapted_to(form(Fear::Known));
            assert!(form.questions.iter().all(|q| !q.sharing), "{}", form.name);
            assert!(form.closing.iter().all(|c| !c.marks.sharing), "{}", form.name);
            assert!(form.follow_up.is_none_or(|f| !f.sharing), "{}", practice.name);
        }
        let asked = |name: &str, id: &str, fear| {
            let practice = all.practice(name).unwrap();
            practice.clone().adapted_to(form(fear)).question(id).is_some()
        };
        for (name, id) in [
            ("reflect", "well-wisher"),
            ("feel", "request"),
            ("feel", "their-side"),
            ("gratitude", "share"),
        ] {
            assert!(asked(name, id, Fear::None), "{name} {id}");
            assert!(!asked(name, id, Fear::Known), "{name} {id}");
        }
    }

    #[test]
    fn the_users_own_file_replaces_a_built_in_and_a_broken_one_stops_nothing_else() {
        let own = tempfile::tempdir().unwrap();
        std::fs::write(own.path().join("intent.toml"), "title = 3").unwrap();
        std::fs::write(
            own.path().join("walk.toml"),
            "title = \"A walk\"\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\n",
        )
        .unwrap();
        let all = Practices::load(own.path(), &["list"]);
        assert!(matches!(all.get("intent"), Some(LoadedPractice::Invalid { .. })));
        assert!(all.practice("reflect").is_some());
        assert_eq!(all.practice("walk").unwrap().primary, "seen");
    }
}

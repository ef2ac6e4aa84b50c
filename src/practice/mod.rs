//! A practice: what it asks, in what order, and how often it comes round.
//! Every practice is a TOML file; nothing here knows any of them by name.

mod answering;
mod builtin;
mod cadence;
mod check;
mod condition;
mod connect;
mod file;

use std::path::{Path, PathBuf};

use crate::entry::{Answer, Entry, Scale, Value};
use crate::error::{Error, Mistake, Result};

pub use answering::tags;
pub use builtin::BUILT_IN;
pub use cadence::Cadence;
pub use condition::{Condition, Test, all_hold};
pub use connect::{Past, fill};

#[derive(Clone, Debug)]
pub struct Practice {
    /// The file's name, and the subcommand's.
    pub name: String,
    pub title: String,
    /// The line in `--help`.
    pub about: String,
    pub cadence: Cadence,
    pub intro: Option<String>,
    pub sections: Vec<Section>,
    pub questions: Vec<Question>,
    /// The id of the question that words and piped text answer.
    pub primary: String,
    pub closing: Vec<Closing>,
    pub tags: Vec<String>,
    /// The ideas that the practice carries, by number, with its parts.
    pub carries: Vec<u16>,
    /// Does a sitting take one section at a time?
    pub parts: bool,
    /// Show the answers of a sitting this many days ago beside the new ones.
    pub beside: Option<u32>,
    pub recalls: Vec<Recall>,
    pub follow_up: Option<FollowUp>,
    /// Of the entry that is asked back about, where this is that asking.
    pub follow_up_lead: Option<String>,
    pub sentence: Option<Sentence>,
    pub hints: Vec<Hint>,
    pub scores: Vec<Score>,
    pub report: Option<Report>,
    pub excerpts: Vec<Excerpt>,
    /// Answers that say that the writer is afraid: all of one list must hold.
    pub afraid: Vec<Vec<Condition>>,
    /// The answer that lifts it.
    pub lifted: Vec<Condition>,
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    pub title: String,
    pub intro: Option<String>,
    /// About how long a part takes.
    pub minutes: Option<u32>,
}

#[derive(Clone, Debug)]
pub struct Question {
    pub id: String,
    pub ask: String,
    pub help: Option<String>,
    pub kind: Kind,
    /// All of them must hold, or the question is not asked.
    pub when: Vec<Condition>,
    pub section: Option<String>,
    /// Suggests to share something, so it is left out where that may harm.
    pub sharing: bool,
    /// Asked only of a writer who is known to be afraid.
    pub afraid: bool,
    /// Earlier answers that become suggestions.
    pub suggest: Vec<Suggest>,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Text {
        suggestions: Vec<Suggestion>,
    },
    Long,
    Choice {
        options: Vec<Choice>,
        other: bool,
    },
    Choices {
        options: Vec<Choice>,
        other: bool,
    },
    Scale {
        scale: Scale,
        labels: Vec<String>,
        cant_say: bool,
    },
    YesNo,
    Number {
        min: Option<f64>,
        max: Option<f64>,
    },
    /// A timer, in minutes; with `forms`, the user chooses how and how long.
    Stillness {
        minutes: u32,
        forms: bool,
    },
    /// Words that become the entry's tags, and no answer.
    Tags,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub sharing: bool,
    /// What the option counts in a score.
    pub value: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct Suggestion {
    pub say: String,
    pub sharing: bool,
}

#[derive(Clone, Debug)]
pub struct Closing {
    pub say: String,
    pub when: Vec<Condition>,
    pub sharing: bool,
}

/// What an earlier entry of some practice says at the opening of this one, or
/// of one of its sections.
#[derive(Clone, Debug)]
pub struct Recall {
    pub practice: String,
    /// Days, today being the first; 0 is ever.
    pub within: u32,
    pub section: Option<String>,
    pub lead: String,
    /// Lines with `{question}` in them. Empty where `scores` are shown.
    pub say: Vec<String>,
    pub scores: bool,
}

/// An earlier entry's answers in one line, offered as an answer.
#[derive(Clone, Debug)]
pub struct Suggest {
    pub practice: String,
    pub within: u32,
    pub say: String,
}

/// What is asked some days later of what became of an entry.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Days: from when on, and until when.
    pub after: u32,
    pub within: u32,
    /// On the earlier entry.
    pub when: Vec<Condition>,
    pub lead: String,
    pub sharing: bool,
    pub questions: Vec<Question>,
}

/// Lines that the answers build as they are given.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub say: Vec<String>,
    /// After this question it is shown whole, and a piece can be changed.
    pub after: String,
}

/// A kind word where an answer contains one of these.
#[derive(Clone, Debug)]
pub struct Hint {
    pub questions: Vec<String>,
    pub words: Vec<String>,
    pub say: String,
}

#[derive(Clone, Debug)]
pub struct Score {
    pub id: String,
    pub title: String,
    /// Questions, or for `MeanOfScores` other scores.
    pub of: Vec<String>,
    pub reverse: Vec<String>,
    pub how: How,
    /// The share of them that must be answered.
    pub least: f64,
    /// Scales a sum up for the items that are missing.
    pub prorate: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    Mean,
    Sum,
    MeanOfScores,
}

/// How a scored sitting is told.
#[derive(Clone, Debug)]
pub struct Report {
    /// Questions to end on, one in turn.
    pub ask: Vec<String>,
    pub note: Option<String>,
}

/// Words of another practice that speak to some of these items.
#[derive(Clone, Debug)]
pub struct Excerpt {
    pub items: Vec<String>,
    pub practice: String,
    pub question: String,
    pub when: Vec<Condition>,
    pub within: u32,
}

/// Is the writer afraid of a partner? Known from sealed entries alone, and so
/// unknown while the journal is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fear {
    Known,
    None,
    Unknown,
}

/// A practice that can be run, or the reasons why it cannot.
#[derive(Clone, Debug)]
pub enum Found {
    Whole(Box<Practice>),
    Broken { name: String, file: PathBuf, mistakes: Vec<Mistake> },
}

impl Found {
    pub fn name(&self) -> &str {
        match self {
            Found::Whole(practice) => &practice.name,
            Found::Broken { name, .. } => name,
        }
    }

    pub fn whole(&self) -> Option<&Practice> {
        match self {
            Found::Whole(practice) => Some(practice),
            Found::Broken { .. } => None,
        }
    }

    pub fn into_whole(self) -> Result<Practice> {
        match self {
            Found::Whole(practice) => Ok(*practice),
            Found::Broken { file, mistakes, .. } => Err(Error::BrokenPractice { file, mistakes }),
        }
    }
}

/// The built-in practices with the user's own over them, in the order of the
/// list, the user's after it.
#[derive(Clone, Debug)]
pub struct Practices(Vec<Found>);

impl Practices {
    /// `reserved` are the words that a practice cannot be called by: the verbs.
    pub fn load(own: &Path, reserved: &[&str]) -> Practices {
        let mut all: Vec<Found> = BUILT_IN
            .iter()
            .map(|(name, text)| read(name, Path::new(&format!("{name}.toml")), text, reserved))
            .collect();
        for file in own_files(own) {
            let Some(name) = file.file_stem().and_then(|s| s.to_str()) else { continue };
            let found = match std::fs::read_to_string(&file) {
                Ok(text) => read(name, &file, &text, reserved),
                Err(e) => Found::Broken {
                    name: name.to_owned(),
                    mistakes: vec![check::unreadable(&e)],
                    file: file.clone(),
                },
            };
            match all.iter_mut().find(|f| f.name() == name) {
                Some(built_in) => *built_in = found,
                None => all.push(found),
            }
        }
        Practices(all)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Found> {
        self.0.iter()
    }

    pub fn whole(&self) -> impl Iterator<Item = &Practice> {
        self.0.iter().filter_map(Found::whole)
    }

    pub fn named(&self, name: &str) -> Option<&Found> {
        self.0.iter().find(|f| f.name() == name)
    }
}

fn own_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    files
}

/// Reads one practice file.
pub fn read(name: &str, file: &Path, text: &str, reserved: &[&str]) -> Found {
    match check::parse(name, text, reserved) {
        Ok(practice) => Found::Whole(Box::new(practice)),
        Err(mistakes) => Found::Broken { name: name.to_owned(), file: file.to_owned(), mistakes },
    }
}

impl Practice {
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// Parts the answers that become the entry's tags from those that stay.
    pub fn part_tags(&self, answers: Vec<Answer>) -> (Vec<Answer>, Vec<String>) {
        let is_tags = |a: &Answer| {
            matches!(self.question(&a.question), Some(Question { kind: Kind::Tags, .. }))
        };
        let (tags, answers): (Vec<_>, Vec<_>) = answers.into_iter().partition(is_tags);
        let tags = tags.into_iter().flat_map(|a| match a.value {
            Value::Chosen(tags) => tags,
            _ => Vec::new(),
        });
        (answers, tags.collect())
    }

    /// Every text that a person reads, to be worded.
    fn wordings(&mut self) -> Vec<&mut String> {
        let mut all = vec![&mut self.title, &mut self.about];
        all.extend(&mut self.intro);
        for section in &mut self.sections {
            all.push(&mut section.title);
            all.extend(&mut section.intro);
        }
        all.extend(self.closing.iter_mut().map(|c| &mut c.say));
        all.extend(self.hints.iter_mut().map(|h| &mut h.say));
        all.extend(self.scores.iter_mut().map(|s| &mut s.title));
        all.extend(self.sentence.iter_mut().flat_map(|s| &mut s.say));
        all.extend(self.report.iter_mut().flat_map(|r| r.ask.iter_mut().chain(&mut r.note)));
        for recall in &mut self.recalls {
            all.push(&mut recall.lead);
            all.extend(&mut recall.say);
        }
        let mut questions: Vec<&mut Question> = self.questions.iter_mut().collect();
        if let Some(follow_up) = &mut self.follow_up {
            all.push(&mut follow_up.lead);
            questions.extend(&mut follow_up.questions);
        }
        for question in questions {
            all.push(&mut question.ask);
            all.extend(&mut question.help);
            all.extend(question.suggest.iter_mut().map(|s| &mut s.say));
            all.extend(question.kind.wordings());
        }
        all
    }

    /// Puts the writer's own name for the partner wherever a wording has
    /// `{your partner}` or the like, or else the words between the braces.
    pub fn worded_for(mut self, partner: Option<&str>) -> Practice {
        for text in self.wordings() {
            *text = worded(text, partner);
        }
        self
    }

    /// The form for a writer who is, or is not, known to be afraid. Whoever is
    /// gets no suggestion to share anything, and may lift this. While nobody
    /// knows, nothing presses towards sharing; what asks about it has "not safe"
    /// among its answers.
    pub fn for_one(mut self, fear: Fear) -> Practice {
        self.questions.retain(|q| match fear {
            Fear::Known => !q.sharing,
            Fear::Unknown | Fear::None => !q.afraid,
        });
        if fear != Fear::None {
            let known = fear == Fear::Known;
            self.questions.iter_mut().for_each(|q| q.kind.leave_out_sharing(known));
            self.closing.retain(|c| !c.sharing);
            self.follow_up = self.follow_up.filter(|f| !(known && f.sharing));
        }
        self
    }

    /// One part alone, by its place from 1.
    pub fn part(mut self, number: usize) -> Option<Practice> {
        let count = self.sections.len();
        let section = self.sections.get(number.checked_sub(1)?)?.clone();
        self.questions.retain(|q| q.section.as_ref() == Some(&section.id));
        self.primary = self.questions.first()?.id.clone();
        self.title = format!("{}, part {number} of {count}", self.title);
        self.sections = vec![section];
        Some(self)
    }

    /// The part that a broken-off sitting was in.
    pub fn part_of(self, draft: &Entry) -> Practice {
        let has = |id: &String| draft.answer(id).is_some();
        let section = self.questions.iter().find(|q| has(&q.id)).and_then(|q| q.section.as_ref());
        let place = self.sections.iter().position(|s| Some(&s.id) == section);
        match place.filter(|_| self.parts) {
            Some(place) => self.clone().part(place + 1).unwrap_or(self),
            None => self,
        }
    }

    /// What is asked later of an entry, as a practice of its own.
    pub fn following_up(mut self) -> Option<Practice> {
        let follow_up = self.follow_up.take()?;
        self.primary = follow_up.questions.first()?.id.clone();
        self.questions = follow_up.questions;
        self.follow_up_lead = Some(follow_up.lead);
        self.intro = None;
        self.sections.clear();
        self.recalls.clear();
        self.closing.clear();
        self.sentence = None;
        self.parts = false;
        Some(self)
    }
}

impl Question {
    /// A question without any conditions or connections.
    pub fn plain(id: &str, ask: &str, kind: Kind) -> Question {
        Question {
            id: id.to_owned(),
            ask: ask.to_owned(),
            help: None,
            kind,
            when: Vec::new(),
            section: None,
            sharing: false,
            afraid: false,
            suggest: Vec::new(),
        }
    }
}

impl Kind {
    fn wordings(&mut self) -> Vec<&mut String> {
        match self {
            Kind::Text { suggestions } => suggestions.iter_mut().map(|s| &mut s.say).collect(),
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => {
                options.iter_mut().map(|o| &mut o.label).collect()
            }
            Kind::Scale { labels, .. } => labels.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    fn leave_out_sharing(&mut self, options_too: bool) {
        match self {
            Kind::Text { suggestions } => suggestions.retain(|s| !s.sharing),
            Kind::Choice { options, .. } | Kind::Choices { options, .. } if options_too => {
                options.retain(|o| !o.sharing);
            }
            _ => {}
        }
    }
}

/// Braces around words that end in "partner" hold the wording for when no
/// name is set; others hold the id of a question.
fn worded(text: &str, partner: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        let is_partner = inside.split_whitespace().last() == Some("partner");
        match (is_partner, partner) {
            (true, Some(name)) => out.push_str(name),
            (true, None) => out.push_str(inside),
            (false, _) => out.push_str(&format!("{{{inside}}}")),
        }
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partners_name_replaces_the_words_between_braces() {
        let text = "How close to {your partner}? {My partner} waited.";
        assert_eq!(worded(text, None), "How close to your partner? My partner waited.");
        assert_eq!(worded(text, Some("Sam")), "How close to Sam? Sam waited.");
        assert_eq!(worded("an open { brace", Some("Sam")), "an open { brace");
        assert_eq!(worded("{withdrew-partner}", Some("Sam")), "{withdrew-partner}");
    }

    #[test]
    fn the_built_in_practices_are_whole_and_the_list_is_the_folder() {
        let all = Practices::load(Path::new("/nowhere"), &[]);
        for found in all.iter() {
            assert!(found.whole().is_some(), "{found:?}");
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("prompts");
        let mut files: Vec<String> = own_files(&folder)
            .iter()
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut list: Vec<String> = BUILT_IN.iter().map(|(name, _)| name.to_string()).collect();
        files.sort();
        list.sort();
        assert_eq!(files, list);
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
        assert!(matches!(all.named("intent"), Some(Found::Broken { .. })));
        assert!(all.named("reflect").and_then(Found::whole).is_some());
        assert_eq!(all.named("walk").and_then(Found::whole).unwrap().primary, "seen");
    }
}

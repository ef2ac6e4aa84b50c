//! A practice: what it asks, in what order, and how often it comes round.
//! Every practice is a TOML file; nothing here knows any of them by name.

mod answering;
mod builtin;
mod cadence;
mod file;

use std::path::{Path, PathBuf};

use crate::entry::{Answer, Scale, Value};
use crate::error::{Error, Mistake, Result};

pub use answering::tags;
pub use builtin::BUILT_IN;
pub use cadence::Cadence;

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
}

#[derive(Clone, Debug)]
pub struct Section {
    pub id: String,
    pub title: String,
    pub intro: Option<String>,
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
}

#[derive(Clone, Debug)]
pub enum Kind {
    Text {
        suggestions: Vec<String>,
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
    /// A timer, in minutes.
    Stillness {
        minutes: u32,
    },
    /// Words that become the entry's tags, and no answer.
    Tags,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub id: String,
    pub label: String,
}

/// A condition on an earlier answer.
#[derive(Clone, Debug)]
pub struct Condition {
    pub question: String,
    pub holds: Test,
}

#[derive(Clone, Debug)]
pub enum Test {
    Answered(bool),
    OneOf(Vec<String>),
    NoneOf(Vec<String>),
    Between { at_least: Option<f64>, at_most: Option<f64> },
}

#[derive(Clone, Debug)]
pub struct Closing {
    pub say: String,
    pub when: Vec<Condition>,
}

/// A practice that can be run, or the reasons why it cannot.
#[derive(Clone, Debug)]
pub enum Found {
    Whole(Practice),
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
            Found::Whole(practice) => Ok(practice),
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
                    mistakes: vec![file::unreadable(&e)],
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
    match file::parse(name, text, reserved) {
        Ok(practice) => Found::Whole(practice),
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

    /// Puts the writer's own name for the partner wherever a wording has
    /// `{your partner}` or the like, or else the words between the braces.
    pub fn worded_for(mut self, partner: Option<&str>) -> Practice {
        let mend = |text: &mut String| *text = worded(text, partner);
        mend(&mut self.title);
        mend(&mut self.about);
        self.intro.iter_mut().for_each(mend);
        for section in &mut self.sections {
            mend(&mut section.title);
            section.intro.iter_mut().for_each(mend);
        }
        for question in &mut self.questions {
            mend(&mut question.ask);
            question.help.iter_mut().for_each(mend);
            question.kind.wordings().for_each(mend);
        }
        self.closing.iter_mut().for_each(|c| mend(&mut c.say));
        self
    }
}

impl Kind {
    fn wordings(&mut self) -> Box<dyn Iterator<Item = &mut String> + '_> {
        match self {
            Kind::Text { suggestions } => Box::new(suggestions.iter_mut()),
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => {
                Box::new(options.iter_mut().map(|o| &mut o.label))
            }
            Kind::Scale { labels, .. } => Box::new(labels.iter_mut()),
            _ => Box::new(std::iter::empty()),
        }
    }
}

fn worded(text: &str, partner: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push_str(partner.unwrap_or(inside));
        rest = tail;
    }
    out + rest
}

impl Condition {
    pub fn holds(&self, answers: &[Answer]) -> bool {
        let answer = answers.iter().find(|a| a.question == self.question);
        match (&self.holds, answer) {
            (Test::Answered(wanted), answer) => answer.is_some() == *wanted,
            (Test::NoneOf(_), None) => true,
            (_, None) => false,
            (Test::OneOf(wanted), Some(answer)) => wanted.iter().any(|w| answer.value.is(w)),
            (Test::NoneOf(unwanted), Some(answer)) => !unwanted.iter().any(|w| answer.value.is(w)),
            (Test::Between { at_least, at_most }, Some(answer)) => {
                let Value::Number(n) = &answer.value else { return false };
                let n = n.as_f64().unwrap_or(f64::NAN);
                at_least.is_none_or(|min| n >= min) && at_most.is_none_or(|max| n <= max)
            }
        }
    }
}

impl Value {
    /// Is this what the condition names? Words compare as people write them.
    fn is(&self, named: &str) -> bool {
        match self {
            Value::Text(text) => answering::same(text, named),
            Value::Chosen(ids) => ids.iter().any(|id| answering::same(id, named)),
            Value::YesNo(yes) => named == if *yes { "yes" } else { "no" },
            Value::Number(n) => n.to_string() == named,
            Value::CantSay => answering::is_cant_say(named),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(question: &str, value: Value) -> Answer {
        let asked = String::new();
        let (labels, unknown) = Default::default();
        Answer { question: question.into(), asked, scale: None, value, labels, unknown }
    }

    #[test]
    fn the_partners_name_replaces_the_words_between_braces() {
        let text = "How close to {your partner}? {My partner} waited.";
        assert_eq!(worded(text, None), "How close to your partner? My partner waited.");
        assert_eq!(worded(text, Some("Sam")), "How close to Sam? Sam waited.");
        assert_eq!(worded("an open { brace", Some("Sam")), "an open { brace");
    }

    #[test]
    fn a_condition_reads_an_answer_as_people_write_it() {
        let none = Condition {
            question: "connection".into(),
            holds: Test::OneOf(vec!["none today".into()]),
        };
        assert!(none.holds(&[said("connection", Value::Text("None today. ".into()))]));
        assert!(!none.holds(&[said("connection", Value::Text("He waited.".into()))]));
        assert!(!none.holds(&[]), "a skipped question meets no condition on its words");
    }

    #[test]
    fn a_range_holds_for_numbers_alone() {
        let low = Condition {
            question: "closeness".into(),
            holds: Test::Between { at_least: None, at_most: Some(1.0) },
        };
        assert!(low.holds(&[said("closeness", Value::Number(0.into()))]));
        assert!(!low.holds(&[said("closeness", Value::Number(2.into()))]));
        assert!(!low.holds(&[said("closeness", Value::CantSay)]), "can't say is not zero");
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

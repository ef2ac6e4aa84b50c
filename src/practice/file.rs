//! The practice file: TOML as people write it, checked, with every mistake
//! named by its line and the way to mend it.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use toml::Spanned;

use crate::config::line_of;
use crate::entry::Scale;
use crate::error::{Mistake, plain};

use super::{Cadence, Choice, Closing, Condition, Kind, Practice, Question, Section, Test};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PracticeFile {
    title: String,
    about: Option<String>,
    cadence: Option<Spanned<String>>,
    intro: Option<String>,
    primary: Option<Spanned<String>>,
    scale: Option<ScaleFile>,
    #[serde(default)]
    closing: OneOrMore<ClosingFile>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    carries: Vec<u16>,
    #[serde(default)]
    section: Vec<SectionFile>,
    #[serde(default)]
    question: Vec<QuestionFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionFile {
    id: Spanned<String>,
    title: String,
    intro: Option<String>,
    #[serde(default)]
    carries: Vec<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct QuestionFile {
    id: Spanned<String>,
    ask: Ask,
    help: Option<String>,
    kind: Spanned<String>,
    options: Option<Vec<OptionFile>>,
    other: Option<bool>,
    scale: Option<ScaleFile>,
    min: Option<f64>,
    max: Option<f64>,
    minutes: Option<u32>,
    suggestions: Option<Vec<String>>,
    #[serde(default)]
    when: BTreeMap<Spanned<String>, TestFile>,
    section: Option<Spanned<String>>,
    #[serde(default)]
    carries: Vec<u16>,
}

/// One wording, or one for each person of whom the same thing is asked: then
/// the ids are `question-person`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "`ask` wants a text, or a table of person and text")]
enum Ask {
    Once(String),
    Of(toml::Table),
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "an option is a text, or { id = \"…\", label = \"…\" }")]
enum OptionFile {
    Label(String),
    Both { id: String, label: String },
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScaleFile {
    min: i64,
    max: i64,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default = "yes")]
    cant_say: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "a condition is a text, a list of them, or a table of answered, not, at-least or at-most"
)]
enum TestFile {
    Is(String),
    OneOf(Vec<String>),
    Other(TestTable),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TestTable {
    answered: Option<bool>,
    not: Option<OneOrMore<String>>,
    at_least: Option<f64>,
    at_most: Option<f64>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a closing is a text, or { say = \"…\", when = { … } }")]
enum ClosingFile {
    Say(String),
    When {
        say: String,
        #[serde(default)]
        when: BTreeMap<String, TestFile>,
    },
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "one, or a list of them, was wanted here")]
enum OneOrMore<T> {
    One(T),
    More(Vec<T>),
}

impl<T> Default for OneOrMore<T> {
    fn default() -> Self {
        OneOrMore::More(Vec::new())
    }
}

impl<T> From<OneOrMore<T>> for Vec<T> {
    fn from(some: OneOrMore<T>) -> Vec<T> {
        match some {
            OneOrMore::One(one) => vec![one],
            OneOrMore::More(more) => more,
        }
    }
}

pub(super) fn unreadable(source: &std::io::Error) -> Mistake {
    let what = format!("The file could not be read: {}.", plain(source));
    Mistake { line: 1, what, mend: "Check that it is UTF-8 text that you may read.".into() }
}

pub(super) fn parse(name: &str, text: &str, reserved: &[&str]) -> Result<Practice, Vec<Mistake>> {
    let file: PracticeFile = toml::from_str(text).map_err(|e| {
        let what = format!("{}.", e.message().trim_end_matches('.').replace('\n', ", "));
        let line = line_of(text, e.span().map_or(0, |s| s.start));
        let mend = "See the practice files in the source for the words that it knows.".into();
        vec![Mistake { line, what, mend }]
    })?;
    let mut check = Check { text, mistakes: Vec::new() };
    check.name(name, reserved);
    let practice = check.practice(name, file);
    if check.mistakes.is_empty() { Ok(practice) } else { Err(check.mistakes) }
}

/// Words that a question cannot be called by: the flags of every practice.
const FLAGS: &[&str] =
    &["answers", "ask", "at", "color", "help", "journal", "json", "quiet", "tag", "version"];

const KINDS: &str = "text, long, choice, choices, scale, yes-no, number, stillness or tags";

struct Check<'a> {
    text: &'a str,
    mistakes: Vec<Mistake>,
}

impl Check<'_> {
    fn mistake(&mut self, byte: usize, what: String, mend: impl Into<String>) {
        let line = line_of(self.text, byte);
        self.mistakes.push(Mistake { line, what, mend: mend.into() });
    }

    fn name(&mut self, name: &str, reserved: &[&str]) {
        if reserved.contains(&name) {
            let mend = "Give the file another name; `inward --help` lists the verbs.";
            self.mistake(0, format!("“{name}” is a verb of inward."), mend);
        } else if !is_word(name) {
            let mend = "Name the file with lower-case letters, digits and hyphens.";
            self.mistake(0, format!("“{name}” cannot be a subcommand."), mend);
        }
    }

    fn practice(&mut self, name: &str, file: PracticeFile) -> Practice {
        let mut carries = file.carries;
        carries.extend(file.section.iter().flat_map(|s| &s.carries));
        carries.extend(file.question.iter().flat_map(|q| &q.carries));
        let sections = self.sections(file.section);
        let mut questions = Vec::new();
        for question in file.question {
            self.question(question, file.scale.as_ref(), &sections, &mut questions);
        }
        if questions.is_empty() {
            self.mistake(0, "It asks nothing.".into(), "Add a [[question]] with id, ask and kind.");
        }
        let closing = Vec::from(file.closing).into_iter();
        let closing = closing.map(|c| self.closing(c, &questions)).collect();
        Practice {
            name: name.to_owned(),
            about: file.about.unwrap_or_else(|| file.title.clone()),
            title: file.title,
            cadence: self.cadence(file.cadence),
            intro: file.intro,
            primary: self.primary(file.primary, &questions),
            sections,
            questions,
            closing,
            tags: file.tags,
            carries,
        }
    }

    fn cadence(&mut self, given: Option<Spanned<String>>) -> Cadence {
        let Some(given) = given else { return Cadence::AsNeeded };
        let known = Cadence::ALL.iter().find(|(word, _)| word == given.get_ref());
        if known.is_none() {
            let words: Vec<_> = Cadence::ALL.iter().map(|(word, _)| *word).collect();
            let what = format!("There is no cadence “{}”.", given.get_ref());
            self.mistake(given.span().start, what, format!("Use one of {}.", words.join(", ")));
        }
        known.map_or(Cadence::AsNeeded, |(_, cadence)| *cadence)
    }

    fn primary(&mut self, given: Option<Spanned<String>>, questions: &[Question]) -> String {
        let Some(given) = given else {
            return questions.first().map(|q| q.id.clone()).unwrap_or_default();
        };
        if !questions.iter().any(|q| q.id == *given.get_ref()) {
            let what = format!("The primary question “{}” is not there.", given.get_ref());
            self.mistake(given.span().start, what, "Name the id of one of the questions.");
        }
        given.into_inner()
    }

    fn sections(&mut self, given: Vec<SectionFile>) -> Vec<Section> {
        let mut seen = HashSet::new();
        for section in &given {
            self.id(&section.id, &mut seen);
        }
        let section =
            |s: SectionFile| Section { id: s.id.into_inner(), title: s.title, intro: s.intro };
        given.into_iter().map(section).collect()
    }

    fn id(&mut self, id: &Spanned<String>, seen: &mut HashSet<String>) {
        let (start, word) = (id.span().start, id.get_ref());
        if !is_word(word) {
            let mend = "Use lower-case letters, digits and hyphens, a letter first.";
            self.mistake(start, format!("“{word}” cannot be an id."), mend);
        } else if FLAGS.contains(&word.as_str()) {
            let mend = "Choose another id.";
            self.mistake(start, format!("“{word}” is a flag of every practice."), mend);
        } else if !seen.insert(word.clone()) {
            self.mistake(start, format!("The id “{word}” is there twice."), "Give each its own.");
        }
    }

    fn question(
        &mut self,
        file: QuestionFile,
        scale: Option<&ScaleFile>,
        sections: &[Section],
        questions: &mut Vec<Question>,
    ) {
        let mut seen = questions.iter().map(|q| q.id.clone()).collect();
        self.id(&file.id, &mut seen);
        let kind = self.kind(&file, scale);
        let section = file.section.as_ref().filter(|given| {
            let known = sections.iter().any(|s| s.id == *given.get_ref());
            if !known {
                let what = format!("There is no section “{}”.", given.get_ref());
                self.mistake(
                    given.span().start,
                    what,
                    "Add it as a [[section]], or take this out.",
                );
            }
            known
        });
        let section = section.map(|s| s.get_ref().clone());
        let when = file.when.into_iter();
        let when = when.map(|(q, test)| (q.span().start, q.into_inner(), test)).collect();
        let when = self.conditions(when, questions);
        let base = file.id.get_ref();
        let wordings: Vec<(String, String)> = match file.ask {
            Ask::Once(ask) => vec![(base.clone(), ask)],
            Ask::Of(people) => people
                .into_iter()
                .filter_map(|(person, ask)| {
                    Some((format!("{base}-{person}"), ask.as_str()?.to_owned()))
                })
                .collect(),
        };
        questions.extend(wordings.into_iter().map(|(id, ask)| Question {
            id,
            ask,
            help: file.help.clone(),
            kind: kind.clone(),
            when: when.clone(),
            section: section.clone(),
        }));
    }

    fn kind(&mut self, file: &QuestionFile, default: Option<&ScaleFile>) -> Kind {
        let word = file.kind.get_ref().as_str();
        let start = file.kind.span().start;
        let other = file.other.unwrap_or(false);
        match word {
            "text" => Kind::Text { suggestions: file.suggestions.clone().unwrap_or_default() },
            "long" => Kind::Long,
            "choice" => Kind::Choice { options: self.options(file), other },
            "choices" => Kind::Choices { options: self.options(file), other },
            "scale" => self.scale(start, file.scale.as_ref().or(default)),
            "yes-no" => Kind::YesNo,
            "number" => Kind::Number { min: file.min, max: file.max },
            "tags" => Kind::Tags,
            "stillness" => Kind::Stillness { minutes: file.minutes.unwrap_or(1) },
            _ => {
                self.mistake(start, format!("There is no kind “{word}”."), format!("Use {KINDS}."));
                Kind::Long
            }
        }
    }

    fn scale(&mut self, start: usize, given: Option<&ScaleFile>) -> Kind {
        let Some(file) = given.cloned() else {
            let mend = "Add scale = { min = 0, max = 4 } here, or once for the whole practice.";
            self.mistake(start, "This scale has no range.".into(), mend);
            return Kind::Long;
        };
        let steps = file.max.saturating_sub(file.min);
        if !(1..=100).contains(&steps) {
            let what = format!("The scale runs from {} to {}.", file.min, file.max);
            self.mistake(start, what, "Let max be larger than min, by 100 at most.");
        } else if !file.labels.is_empty() && file.labels.len() as i64 != steps + 1 {
            let what = format!("The scale has {} labels.", file.labels.len());
            let mend = format!("Give {} of them, one a step; \"\" leaves a step bare.", steps + 1);
            self.mistake(start, what, mend);
        }
        let scale = Scale { min: file.min, max: file.max };
        Kind::Scale { scale, labels: file.labels, cant_say: file.cant_say }
    }

    fn options(&mut self, file: &QuestionFile) -> Vec<Choice> {
        let start = file.kind.span().start;
        let given = file.options.as_deref().unwrap_or_default();
        let options: Vec<Choice> = given
            .iter()
            .map(|option| match option {
                OptionFile::Label(label) => Choice { id: slug(label), label: label.clone() },
                OptionFile::Both { id, label } => Choice { id: id.clone(), label: label.clone() },
            })
            .collect();
        let mut seen = HashSet::new();
        if options.is_empty() {
            let mend = "Add options = [\"…\", \"…\"].";
            self.mistake(start, "There is nothing to choose from.".into(), mend);
        } else if let Some(twice) = options.iter().find(|o| !seen.insert(&o.id)) {
            let what = format!("The option “{}” is there twice.", twice.id);
            self.mistake(start, what, "Give each option its own id.");
        }
        options
    }

    fn conditions(
        &mut self,
        given: Vec<(usize, String, TestFile)>,
        earlier: &[Question],
    ) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for (start, question, test) in given {
            if !earlier.iter().any(|q| q.id == question) {
                let what = format!("No earlier question is called “{question}”.");
                let mend = "A condition looks back: name a question that stands above.";
                self.mistake(start, what, mend);
            }
            let holds = match test {
                TestFile::Is(word) => Test::OneOf(vec![word]),
                TestFile::OneOf(words) => Test::OneOf(words),
                TestFile::Other(table) => match (table.answered, table.not) {
                    (Some(answered), _) => Test::Answered(answered),
                    (None, Some(not)) => Test::NoneOf(not.into()),
                    (None, None) => {
                        Test::Between { at_least: table.at_least, at_most: table.at_most }
                    }
                },
            };
            conditions.push(Condition { question, holds });
        }
        conditions
    }

    fn closing(&mut self, given: ClosingFile, questions: &[Question]) -> Closing {
        match given {
            ClosingFile::Say(say) => Closing { say, when: Vec::new() },
            ClosingFile::When { say, when } => {
                let start = self.text.find("closing").unwrap_or(0);
                let when = when.into_iter().map(|(q, test)| (start, q, test)).collect();
                Closing { say, when: self.conditions(when, questions) }
            }
        }
    }
}

fn is_word(word: &str) -> bool {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    word.starts_with(|c: char| c.is_ascii_lowercase()) && word.chars().all(good)
}

fn slug(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistakes(text: &str) -> Vec<(usize, String)> {
        let mistakes = parse("walk", text, &["list"]).err().unwrap_or_default();
        mistakes.into_iter().map(|m| (m.line, m.what)).collect()
    }

    #[test]
    fn every_mistake_is_found_at_once_each_with_its_line() {
        let text = "title = \"Walk\"\ncadence = \"hourly\"\n\n[[question]]\nid = \"Seen it\"\nask = \"Seen?\"\nkind = \"smell\"\n\n[[question]]\nid = \"tag\"\nask = \"How?\"\nkind = \"scale\"\nwhen = { later = \"x\" }\n";
        assert_eq!(
            mistakes(text),
            [
                (5, "“Seen it” cannot be an id.".to_owned()),
                (7, "There is no kind “smell”.".to_owned()),
                (10, "“tag” is a flag of every practice.".to_owned()),
                (12, "This scale has no range.".to_owned()),
                (13, "No earlier question is called “later”.".to_owned()),
                (2, "There is no cadence “hourly”.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_line() {
        let found = mistakes("title = \"Walk\"\ncolour = \"red\"\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, 2);
        assert!(found[0].1.contains("colour"), "{found:?}");
    }

    #[test]
    fn a_verb_keeps_its_name() {
        let found = parse("list", "title = \"List\"\n", &["list"]).unwrap_err();
        assert_eq!(found[0].what, "“list” is a verb of inward.");
    }

    #[test]
    fn one_item_can_be_asked_of_several_people() {
        let text = "title = \"W\"\nscale = { min = 0, max = 4 }\n[[question]]\nid = \"still\"\nkind = \"scale\"\nask = { me = \"I went quiet.\", partner = \"You did.\" }\n";
        let practice = parse("walk", text, &[]).unwrap();
        let ids: Vec<_> = practice.questions.iter().map(|q| q.id.as_str()).collect();
        assert_eq!(ids, ["still-me", "still-partner"]);
    }

    #[test]
    fn an_option_written_as_words_gets_its_id_from_them() {
        assert_eq!(slug("It never came up!"), "it-never-came-up");
    }
}

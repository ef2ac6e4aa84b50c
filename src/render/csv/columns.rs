//! The columns of the wide form. The table and its codebook are both made of them, so
//! that each column is described and nothing else is.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::entry::{Answer, Entry, Value};
use crate::pattern::{ScoreValue, scores};
use crate::practice::{
    LoadedPractice, Practice, PracticeForms, Practices, Question, QuestionKind, SENTENCE, Score,
};

/// One column of a practice.
pub struct Column {
    /// As R keeps it: `reflect.closeness`.
    pub name: String,
    pub practice: String,
    pub contents: ColumnContents,
}

/// What a column has in its cells.
pub enum ColumnContents {
    /// The sentence that the answers build, with the wording of its question.
    Sentence { wording: String },
    /// Something of the answer to a question.
    Answer { measure: Rc<MeasureColumn>, part: AnswerPart },
    /// A score of the practice.
    Score {
        score: Box<Score>,
        range: (f64, f64),
        /// Does it count what is asked about fear, which no mean on a screen does?
        has_private: bool,
    },
}

/// Which part of an answer.
pub enum AnswerPart {
    /// The number, 1 or 0 for yes or no, or the id of what was chosen.
    Value,
    /// What the chosen option counts in a score.
    Counts,
    /// 1 or 0: was this option among those chosen?
    Option(CodedOption),
    /// Of several choices, words of the writer's own.
    OwnWords,
    /// Why there is no value.
    Missing,
}

/// A question whose answers are numbers or choices.
pub struct MeasureColumn {
    pub question: String,
    pub wording: String,
    pub kind: MeasureKind,
    /// The options and steps whose words it has: entries from elsewhere may have very many.
    labelled: HashSet<String>,
}

pub enum MeasureKind {
    /// With its least and its most, and the words of its steps.
    Number {
        name: &'static str,
        min: String,
        max: String,
        labels: Vec<(String, String)>,
    },
    YesNo,
    Choice(Vec<CodedOption>),
    Choices(Vec<CodedOption>),
}

#[derive(Clone)]
pub struct CodedOption {
    pub id: String,
    pub label: String,
    pub counts: Option<f64>,
}

/// The columns of these entries, and the practices that tell what is missing.
pub struct Columns {
    pub all: Vec<Column>,
    pub practices: BTreeMap<String, PracticeForms>,
}

impl Columns {
    /// Every column that these entries can fill: those of the practices' files, and those
    /// of questions and options that only the entries still know.
    pub fn of(entries: &[&Entry], practices: &Practices) -> Columns {
        let mut by_practice: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            by_practice.entry(&entry.practice).or_default().push(entry);
        }
        let (mut all, mut known) = (Vec::new(), BTreeMap::new());
        for (name, entries) in by_practice {
            let practice = practices.get(name).and_then(LoadedPractice::practice);
            let practice = practice.map(|practice| practice.clone().with_partner_name(None));
            let wording = sentence_wording(practice.as_ref(), &entries);
            all.extend(wording.map(|wording| Column {
                name: column_name(name, &[SENTENCE]),
                practice: name.to_owned(),
                contents: ColumnContents::Sentence { wording },
            }));
            for measure in measures(practice.as_ref(), &entries) {
                all.extend(answer_columns(name, &Rc::new(measure)));
            }
            if let Some(practice) = practice {
                all.extend(score_columns(&practice));
                known.insert(name.to_owned(), PracticeForms::of(&practice));
            }
        }
        // Two ids may differ in what no name of a column can have.
        let mut names = HashSet::new();
        for column in &mut all {
            while !names.insert(column.name.clone()) {
                column.name.push('_');
            }
        }
        Columns { all, practices: known }
    }
}

/// A name that R keeps as it is.
fn column_name(practice: &str, parts: &[&str]) -> String {
    let name = std::iter::once(&practice).chain(parts).copied().collect::<Vec<_>>().join(".");
    let part = |c: char| if c.is_alphanumeric() || c == '.' { c } else { '_' };
    name.chars().map(part).collect()
}

fn answer_columns(practice: &str, measure: &Rc<MeasureColumn>) -> Vec<Column> {
    let column = |ending: &[&str], part: AnswerPart| Column {
        name: column_name(practice, &[&[measure.question.as_str()], ending].concat()),
        practice: practice.to_owned(),
        contents: ColumnContents::Answer { measure: Rc::clone(measure), part },
    };
    let mut columns = match &measure.kind {
        MeasureKind::Number { .. } | MeasureKind::YesNo => vec![column(&[], AnswerPart::Value)],
        MeasureKind::Choice(options) => {
            let counts = options.iter().any(|option| option.counts.is_some());
            let counts = counts.then(|| column(&["counts"], AnswerPart::Counts));
            std::iter::once(column(&[], AnswerPart::Value)).chain(counts).collect()
        }
        MeasureKind::Choices(options) => {
            let of_option = |option: &CodedOption| {
                column(&["is", &option.id], AnswerPart::Option(option.clone()))
            };
            let own = column(&["own", "words"], AnswerPart::OwnWords);
            options.iter().map(of_option).chain([own]).collect()
        }
    };
    columns.push(column(&["missing"], AnswerPart::Missing));
    columns
}

fn score_columns(practice: &Practice) -> Vec<Column> {
    let column = |(score, ScoreValue { range, .. }): (&Score, ScoreValue)| Column {
        name: column_name(&practice.name, &["score", &score.id]),
        practice: practice.name.clone(),
        contents: ColumnContents::Score {
            has_private: practice.has_private_items(&score.id),
            score: Box::new(score.clone()),
            range,
        },
    };
    // Of no answers, a score still has its range.
    practice.scores.iter().zip(scores(practice, &[])).map(column).collect()
}

/// How the practice asks for its sentence, or the entries of one whose file is gone.
fn sentence_wording(practice: Option<&Practice>, entries: &[&Entry]) -> Option<String> {
    let of_file = practice.and_then(|practice| practice.sentences.first());
    let of_entries = || entries.iter().find_map(|entry| sentence(entry));
    let of_file = of_file.map(|sentence| sentence.question.ask.clone());
    of_file.or_else(|| of_entries().map(|answer| answer.asked.clone()))
}

/// The answer that is a sentence built of the others.
pub fn sentence(entry: &Entry) -> Option<&Answer> {
    let first = entry.answers.first();
    first.filter(|it| it.question == SENTENCE && matches!(it.value, Value::Text(_)))
}

/// In the order of the file, and behind them those that only the entries know.
fn measures(practice: Option<&Practice>, entries: &[&Entry]) -> Vec<MeasureColumn> {
    let questions = practice.into_iter().flat_map(Practice::all_questions);
    let mut measures: Vec<MeasureColumn> =
        questions.filter_map(MeasureColumn::of_question).collect();
    // An entry from elsewhere may have very many.
    let place = |(at, measure): (usize, &MeasureColumn)| (measure.question.clone(), at);
    let mut places: HashMap<String, usize> = measures.iter().enumerate().map(place).collect();
    for answer in entries.iter().flat_map(|entry| &entry.answers) {
        match places.get(&answer.question) {
            Some(at) => measures[*at].add(answer),
            None => {
                if let Some(measure) = MeasureColumn::of_answer(answer) {
                    places.insert(answer.question.clone(), measures.len());
                    measures.push(measure);
                }
            }
        }
    }
    measures
}

impl MeasureColumn {
    /// What there is to choose from.
    pub fn options(&self) -> &[CodedOption] {
        match &self.kind {
            MeasureKind::Choice(options) | MeasureKind::Choices(options) => options,
            MeasureKind::Number { .. } | MeasureKind::YesNo => &[],
        }
    }

    fn new(question: String, wording: String, kind: MeasureKind) -> MeasureColumn {
        let labelled = match &kind {
            MeasureKind::Number { labels, .. } => labels.iter().map(|(id, _)| id.clone()).collect(),
            MeasureKind::YesNo => HashSet::new(),
            MeasureKind::Choice(options) | MeasureKind::Choices(options) => {
                options.iter().map(|option| option.id.clone()).collect()
            }
        };
        MeasureColumn { question, wording, kind, labelled }
    }

    fn of_question(question: &Question) -> Option<MeasureColumn> {
        let end = |end: Option<f64>| end.map(|end| end.to_string()).unwrap_or_default();
        let number = |name, min, max, labels| MeasureKind::Number { name, min, max, labels };
        let kind = match &question.kind {
            QuestionKind::Scale { scale, labels, .. } => {
                let steps = (scale.min..).map(|step| step.to_string()).zip(labels.iter().cloned());
                let labels = steps.filter(|(_, label)| !label.is_empty()).collect();
                number("scale", scale.min.to_string(), scale.max.to_string(), labels)
            }
            QuestionKind::Number { min, max } => number("number", end(*min), end(*max), Vec::new()),
            QuestionKind::Stillness { .. } => {
                number("minutes", String::new(), String::new(), Vec::new())
            }
            QuestionKind::YesNo => MeasureKind::YesNo,
            QuestionKind::Choice { options, .. } => {
                MeasureKind::Choice(options.iter().map(CodedOption::of).collect())
            }
            QuestionKind::Choices { options, .. } => {
                MeasureKind::Choices(options.iter().map(CodedOption::of).collect())
            }
            QuestionKind::Text { .. } | QuestionKind::Long | QuestionKind::Tags => return None,
        };
        Some(MeasureColumn::new(question.id.clone(), question.ask.clone(), kind))
    }

    /// Of a question that no file asks any more, as its answer tells it.
    fn of_answer(answer: &Answer) -> Option<MeasureColumn> {
        let kind = match &answer.value {
            Value::YesNo(_) => MeasureKind::YesNo,
            Value::Number(_) | Value::CantSay => {
                let end = |of: fn(&crate::entry::Scale) -> i64| {
                    answer.scale.as_ref().map(of).map_or(String::new(), |n| n.to_string())
                };
                let (min, max) = (end(|scale| scale.min), end(|scale| scale.max));
                let name = if answer.scale.is_some() { "scale" } else { "number" };
                MeasureKind::Number { name, min, max, labels: Vec::new() }
            }
            Value::Text(id) if answer.labels.contains_key(id) => MeasureKind::Choice(Vec::new()),
            Value::Text(_) => return None,
            Value::Chosen(_) => MeasureKind::Choices(Vec::new()),
        };
        let (question, wording) = (answer.question.clone(), answer.asked.clone());
        let mut measure = MeasureColumn::new(question, wording, kind);
        measure.add(answer);
        Some(measure)
    }

    /// Takes up the wording of what was chosen, where the file doesn't have it.
    fn add(&mut self, answer: &Answer) {
        let is_scale = answer.scale.is_some();
        for (id, label) in &answer.labels {
            let (id, label) = (id.clone(), label.clone());
            match &mut self.kind {
                MeasureKind::YesNo => {}
                MeasureKind::Number { labels, .. } => {
                    if is_scale && self.labelled.insert(id.clone()) {
                        labels.push((id, label));
                    }
                }
                MeasureKind::Choice(options) | MeasureKind::Choices(options) => {
                    if self.labelled.insert(id.clone()) {
                        options.push(CodedOption { id, label, counts: None });
                    }
                }
            }
        }
    }
}

impl CodedOption {
    fn of(option: &crate::practice::AnswerOption) -> CodedOption {
        CodedOption { id: option.id.clone(), label: option.label.clone(), counts: option.value }
    }
}

//! What the columns of the wide form measure: numbers and choices, those of one question apart
//! where it had another scale or kind once.

use std::collections::{HashMap, HashSet};

use crate::entry::{Answer, Entry, Value};
use crate::practice::{Practice, Question, QuestionKind};

/// A question whose answers are numbers or choices: all of them of one kind, and on one scale.
pub struct MeasureColumn {
    pub question: String,
    /// What its columns have in their names where the question is asked otherwise by now.
    pub former: Option<String>,
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

/// In the order of the file, and behind them those that only the entries know. What a question
/// was before it got another scale or kind stands behind it.
pub fn measures(practice: Option<&Practice>, entries: &[&Entry]) -> Vec<MeasureColumn> {
    let questions = practice.into_iter().flat_map(Practice::all_questions);
    let mut all: Vec<Vec<MeasureColumn>> =
        questions.filter_map(MeasureColumn::of_question).map(|measure| vec![measure]).collect();
    // An entry from elsewhere may have very many.
    let place = |(at, of): (usize, &Vec<MeasureColumn>)| (of[0].question.clone(), at);
    let mut places: HashMap<String, usize> = all.iter().enumerate().map(place).collect();
    for answer in entries.iter().flat_map(|entry| &entry.answers) {
        let mut of_question = places.get(&answer.question).map(|at| &mut all[*at]);
        let known = of_question.as_mut().and_then(|of| of.iter_mut().find(|it| it.takes(answer)));
        if let Some(known) = known {
            known.add(answer);
            continue;
        }
        let Some(measure) = MeasureColumn::of_answer(answer) else { continue };
        match of_question {
            Some(of) => of.push(MeasureColumn { former: Some(measure.kind.name()), ..measure }),
            None => {
                places.insert(answer.question.clone(), all.len());
                all.push(vec![measure]);
            }
        }
    }
    all.into_iter().flatten().collect()
}

impl MeasureKind {
    /// For the name of a column: `0.to.4`. Several choices have names of their own.
    fn name(&self) -> String {
        match self {
            MeasureKind::Number { name: "scale", min, max, .. } => format!("{min}.to.{max}"),
            MeasureKind::Number { name, .. } => (*name).to_owned(),
            MeasureKind::YesNo => "yes.no".to_owned(),
            MeasureKind::Choice(_) => "choice".to_owned(),
            MeasureKind::Choices(_) => "choices".to_owned(),
        }
    }
}

impl MeasureColumn {
    /// What there is to choose from.
    pub fn options(&self) -> &[CodedOption] {
        match &self.kind {
            MeasureKind::Choice(options) | MeasureKind::Choices(options) => options,
            MeasureKind::Number { .. } | MeasureKind::YesNo => &[],
        }
    }

    /// Is the answer one of its kind and on its scale?
    pub fn takes(&self, answer: &Answer) -> bool {
        match (&self.kind, &answer.value, answer.scale) {
            (
                MeasureKind::Number { name: "scale", min, max, .. },
                Value::Number(_) | Value::CantSay,
                Some(scale),
            ) => [scale.min, scale.max].map(|end| end.to_string()) == [min.as_str(), max.as_str()],
            (MeasureKind::Number { name, .. }, Value::Number(_), None) => *name != "scale",
            (MeasureKind::YesNo, Value::YesNo(_), _)
            | (MeasureKind::Choice(_), Value::Text(_), _)
            | (MeasureKind::Choices(_), Value::Chosen(_), _) => true,
            (_, Value::CantSay, None) => true,
            (
                MeasureKind::Number { .. }
                | MeasureKind::YesNo
                | MeasureKind::Choice(_)
                | MeasureKind::Choices(_),
                Value::CantSay
                | Value::YesNo(_)
                | Value::Number(_)
                | Value::Text(_)
                | Value::Chosen(_),
                _,
            ) => false,
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
        MeasureColumn { question, former: None, wording, kind, labelled }
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

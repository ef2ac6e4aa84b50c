//! From the scores and the report of the file to the model's.

use super::convert::{text, texts};
use super::file::*;
use super::word::parse_word;
use super::{FormChanges, Norms, Question, Report, Score, ScoreRule, TitleChange};

pub(super) fn score(file: &ScoreFile, questions: &[Question]) -> Score {
    let rule = file.how.as_ref().and_then(|how| parse_word(how.get_ref()).ok());
    let how = rule.unwrap_or(ScoreRule::Mean);
    let mut of = texts(if how == ScoreRule::MeanOfScores { &file.scores } else { &file.of });
    if let Some(section) = &file.section {
        let inside = questions.iter().filter(|q| q.section.as_ref() == Some(section.get_ref()));
        of.extend(inside.filter(|q| q.kind.counts()).map(|q| q.id.clone()));
    }
    let norms = match (file.sd, file.reliability, &file.source) {
        (Some(sd), Some(reliability), Some(source)) => {
            Some(Norms { sd, reliability, source: source.clone() })
        }
        _ => None,
    };
    Score {
        id: text(&file.id),
        title: file.title.clone(),
        note: None,
        changes: title_changes(&file.apart, &file.care),
        of,
        reverse: texts(&file.reverse),
        how,
        least: file.least.unwrap_or(0.75),
        prorate: file.prorate,
        named_from: file.named_from,
        norms,
    }
}

pub(super) fn title_changes(apart: &TitleChange, care: &TitleChange) -> FormChanges<TitleChange> {
    FormChanges { apart: apart.clone(), care: care.clone(), ..FormChanges::default() }
}

pub(super) fn report(file: &ReportFile) -> Report {
    let (apart, care) = (file.apart.clone(), file.care.clone());
    Report {
        note: file.note.clone(),
        question: file.question.as_ref().map(text),
        ask: file.ask.clone(),
        order: file.order.clone(),
        beside: texts(&file.beside),
        beside_first: file.beside_first,
        lasting: file.lasting.clone(),
        asks_lasting: true,
        changes: FormChanges { apart, care, ..FormChanges::default() },
    }
}

//! The headings of "Your page", with the day of what stands below them and with their marks.

use super::own_page::{BESIDE, BESIDE_ASK, OwnPagePart, PREFIX, SPAN, SPAN_HEADING, UNMARKED};
use super::question::AskTemplate;
use super::{Question, QuestionKind};

/// Between a heading and the day of what stands below it.
const FROM: &str = ", from ";
/// What stands above a page's answer: "What I need, from 3 May 2026: mostly met".
#[derive(Debug, PartialEq)]
pub struct OwnPageHeading<'a> {
    pub words: &'a str,
    /// The day of the words below it, where the page has newer ones.
    pub day: Option<&'a str>,
}

impl<'a> OwnPageHeading<'a> {
    /// Splits a heading that has no mark.
    pub fn of(asked: &'a str) -> OwnPageHeading<'a> {
        match asked.rsplit_once(FROM) {
            Some((words, day)) => OwnPageHeading { words, day: Some(day) },
            None => OwnPageHeading { words: asked, day: None },
        }
    }
}

/// The headings as questions, by which a page is known again where it was exported to.
pub(super) fn page_questions(parts: &[OwnPagePart], questions: &[Question]) -> Vec<Question> {
    let rows = |part: &OwnPagePart, of: &String| -> Vec<Question> {
        let row = |q: &Question| {
            let marks = match &q.mark {
                Some(mark) if mark.of == *of => vec![Some(mark.label.as_str())],
                None if q.id == *of => vec![Some(UNMARKED), None],
                Some(_) | None => return None,
            };
            Some(page_question(&q.id, &part.heading, &marks, q.kind.clone()))
        };
        // A wording with a mark is more than one without, and comes first.
        let (marks, rest): (Vec<_>, Vec<_>) = questions.iter().partition(|q| q.mark.is_some());
        marks.into_iter().chain(rest).filter_map(row).collect()
    };
    let of_part = |part: &OwnPagePart| match &part.marks {
        Some(of) => rows(part, of.get_ref()),
        None => vec![page_question(&part.id, &part.heading, &[None], QuestionKind::Long)],
    };
    let mut all: Vec<Question> = parts.iter().flat_map(of_part).collect();
    all.push(Question::plain(SPAN, SPAN_HEADING, QuestionKind::Long));
    all.push(Question::plain(BESIDE, BESIDE_ASK, QuestionKind::Long));
    all
}

/// A heading with each of these marks, with a day and without.
fn page_question(id: &str, heading: &str, marks: &[Option<&str>], kind: QuestionKind) -> Question {
    let wordings = marks
        .iter()
        .flat_map(|mark| [None, Some("{day}")].map(|day| page_heading(heading, day, *mark)));
    let templates = wordings.map(|text| AskTemplate { text, chapter: None });
    let templates: Vec<AskTemplate> = templates.collect();
    let ask = page_heading(heading, None, marks.first().copied().flatten());
    Question { templates, ..Question::plain(&format!("{PREFIX}{id}"), &ask, kind) }
}

pub(super) fn page_heading(heading: &str, day: Option<&str>, mark: Option<&str>) -> String {
    let day = day.map(|day| format!("{FROM}{day}")).unwrap_or_default();
    let mark = mark.map(|mark| format!(": {mark}")).unwrap_or_default();
    format!("{heading}{day}{mark}")
}

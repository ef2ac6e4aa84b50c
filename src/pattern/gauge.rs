//! What a pattern needs of entries while they pass by, and the figure that it makes
//! of that in the end. Entries come the newest first and are not held: a gauge keeps
//! numbers, days and short texts.

use std::rc::Rc;

use chrono::NaiveDate;

use crate::config::Chapter;
use crate::entry::{Answer, Entry, Scale, Value};
use crate::practice::{Pattern, PatternDisplay, Practice, Question, QuestionKind};

use super::before_after::BeforeAfterPairs;
use super::change::{Baseline, Change, Observation, Series};
use super::counts::Counts;
use super::groups::{Groups, Ungrouped};
use super::hours::Hours;
use super::looks::INTENTIONS;
use super::matrix::Matrix;
use super::moments::Moments;
use super::practice_questions::PracticeQuestions;
use super::recurring::RecurringGauge;
use super::scored::ScoredSessions;
use super::series::FigureLine;
use super::session_pairs::SessionPairs;
use super::weeks::Weeks;
use super::{Body, ValueUnit};

/// Whose answers a gauge reads, and how. `practice` is `None` where its file is gone
/// and only its entries are left.
#[derive(Clone)]
pub(super) struct Scope<'a> {
    pub practice: Option<&'a Practice>,
    pub questions: Rc<PracticeQuestions<'a>>,
    pub pattern: Pattern,
    pub chapter: Chapter,
    /// The last day that counts: the end of "now".
    pub until: NaiveDate,
    /// What "now" is compared with, where the writer names it.
    pub against: Option<Baseline>,
    /// The most texts that are shown of one figure.
    pub texts: usize,
    /// Is it looked at closely: each option, and month by month?
    pub is_closer: bool,
}

pub(super) trait Gauge {
    /// An entry of the practice itself, on its day.
    fn add(&mut self, day: NaiveDate, entry: &Entry);

    /// The answer alone, for a gauge of one question that looks at nothing else.
    fn add_answer(&mut self, _day: NaiveDate, _answer: &Answer) {}

    /// An entry of the practice that the pattern is grouped by, or that its question asks
    /// about.
    fn group(&mut self, _day: NaiveDate, _entry: &Entry) {}

    /// `first_day` is that of all entries, whichever practice they are of.
    fn measure(self: Box<Self>, first_day: Option<NaiveDate>) -> Measure;
}

/// What a figure shows, and how much it rests on.
pub(super) struct Measure {
    pub rests_on: usize,
    pub left_out: usize,
    pub ungrouped: Ungrouped,
    pub change: Option<Change>,
    /// Numbers over time that aren't in the body.
    pub series: Vec<FigureLine>,
    pub body: Body,
}

impl Measure {
    pub fn of(rests_on: usize, body: Body) -> Measure {
        let (ungrouped, series) = (Ungrouped::default(), Vec::new());
        Measure { rests_on, left_out: 0, ungrouped, change: None, series, body }
    }

    /// Where there is enough; else how much is missing.
    pub fn enough(
        rests_on: usize,
        (have, least, unit): (usize, usize, ValueUnit),
        body: impl FnOnce() -> Body,
    ) -> Measure {
        let too_few = Body::TooFew { have, least, unit };
        Measure::of(rests_on, if have >= least { body() } else { too_few })
    }
}

/// The wording and the scale of the newest number, with which older ones compare.
#[derive(Default)]
pub(super) struct NewestWording(Option<(String, Option<Scale>)>);

impl NewestWording {
    /// Does this ask the same, on the same scale? The first to come is the newest.
    pub fn compares(&mut self, question: Option<&Question>, answer: &Answer) -> bool {
        let newest = || (answer.asked.clone(), answer.scale);
        let (asked, scale) = self.0.get_or_insert_with(newest);
        let same = match question {
            Some(question) => question.asked_as(&answer.asked),
            None => answer.asked == *asked,
        };
        same && answer.scale == *scale && is_on_scale(answer)
    }

    pub fn scale(&self) -> Option<Scale> {
        self.0.as_ref().and_then(|(_, scale)| *scale)
    }

    /// Does the scale have two steps, so that a mean is a share?
    pub fn is_share(&self) -> bool {
        self.scale() == Some(Scale { min: 0, max: 1 })
    }
}

/// An answer from elsewhere may lie outside its own scale, where it says nothing.
pub(super) fn is_on_scale(answer: &Answer) -> bool {
    let value = answer.scale.zip(answer.value.number());
    value.is_none_or(|(scale, value)| scale.has(value))
}

impl<'a> Scope<'a> {
    pub fn gauge(self) -> Box<dyn Gauge + 'a> {
        match self.pattern.shows {
            PatternDisplay::Moments => Box::new(Moments::new(self)),
            PatternDisplay::Weeks => Box::new(Weeks::new(self)),
            PatternDisplay::Counts if self.pattern.by.is_some() => Box::new(Groups::new(self)),
            PatternDisplay::Counts => Box::new(Counts::new(self)),
            PatternDisplay::Hours => Box::new(Hours::new(self)),
            PatternDisplay::BeforeAfter => Box::new(BeforeAfterPairs::new(self)),
            PatternDisplay::Scores => Box::new(ScoredSessions::new(self)),
            PatternDisplay::Recurring => Box::new(RecurringGauge::new(self)),
            PatternDisplay::Matrix => Box::new(Matrix::new(self)),
            PatternDisplay::Sessions => Box::new(SessionPairs::new(self)),
        }
    }

    pub fn question(&self, id: &str) -> Option<&'a Question> {
        self.questions.get(id)
    }

    /// The practice whose entry of the same day is needed, or says of which kind the day is.
    pub fn looks_beside(&self) -> Option<&str> {
        let by = self.pattern.by.as_ref().map(|by| by.practice.as_str());
        by.or_else(|| self.question(self.id())?.same_day.as_deref())
    }

    /// The first question that the pattern is of.
    pub fn id(&self) -> &str {
        self.pattern.of.first().map(String::as_str).unwrap_or_default()
    }

    /// The answer to the first question, unless it's "can't say".
    pub fn answer<'e>(&self, entry: &'e Entry) -> Option<&'e Answer> {
        entry.answer(self.id()).filter(|answer| answer.value != Value::CantSay)
    }

    /// These answers, oldest first, as they are compared.
    pub fn series<'o>(
        &self,
        answers: &'o [Observation],
        (step, is_share): (f64, bool),
        first_day: Option<NaiveDate>,
    ) -> Series<'o> {
        Series { answers, today: self.until, against: self.against, step, is_share, first_day }
    }

    /// How many options have their share compared. The steps of a scale are compared as
    /// numbers, and of two that exclude each other one is the other turned round; but a deed
    /// is told as such, and so is harm.
    pub fn compared_options(&self, options: usize) -> usize {
        let Some(question) = self.question(self.id()) else { return 0 };
        match question.kind {
            QuestionKind::Choice { .. } | QuestionKind::YesNo
                if options == 2 && !self.has_deed() && !self.questions.is_harm(self.id()) =>
            {
                1
            }
            QuestionKind::Choice { .. } | QuestionKind::Choices { .. } | QuestionKind::YesNo => {
                options
            }
            QuestionKind::Scale { .. }
            | QuestionKind::Number { .. }
            | QuestionKind::Stillness { .. }
            | QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Tags => 0,
        }
    }

    /// Is its practice one of each day, so that a day counts once however often it is kept?
    pub fn is_once_a_day(&self) -> bool {
        self.practice.is_some_and(|practice| practice.cadence.is_daily())
    }

    /// Is this about intentions, whose last option is the deed?
    pub fn has_deed(&self) -> bool {
        self.pattern.look.as_deref() == Some(INTENTIONS)
    }

    /// Does this option tell of fear or of harm, as the practice's file has it?
    pub fn tells_harm(&self, option: &str) -> bool {
        self.practice.is_some_and(|practice| practice.marks_harm(self.id(), option))
    }

    pub fn includes(&self, answer: &Answer) -> bool {
        !self.pattern.without.iter().any(|word| answer.contains_answer(word))
    }
}

#[cfg(test)]
impl Scope<'_> {
    /// Of no practice, on an ordinary day.
    pub fn plain(pattern: Pattern) -> Scope<'static> {
        let until = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let questions = Rc::default();
        Scope {
            practice: None,
            questions,
            pattern,
            chapter: Chapter::Together,
            until,
            against: None,
            texts: 5,
            is_closer: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
title = "Q"
afraid = [{ hit = "often" }]
[[question]]
id = "hit"
ask = "Hit?"
kind = "choice"
harm = ["once"]
options = [{ id = "no", label = "No" }, { id = "once", label = "Once" }, { id = "often", label = "Often" }]
[[question]]
id = "shouted"
ask = "Shouted?"
kind = "yes-no"
harm = ["yes"]
[[question]]
id = "walked"
ask = "Walked?"
kind = "yes-no"
[[question]]
id = "said"
ask = "Said?"
kind = "text"
"#;

    fn practice() -> Practice {
        crate::practice::read("q", "q.toml".as_ref(), FILE, &[]).into_practice().unwrap()
    }

    fn scope<'a>(practice: &'a Practice, id: &str, look: Option<&str>) -> Scope<'a> {
        let mut pattern = Pattern::plain("", id, PatternDisplay::Counts);
        pattern.look = look.map(str::to_owned);
        let questions = Rc::new(PracticeQuestions::of(practice));
        Scope { practice: Some(practice), questions, ..Scope::plain(pattern) }
    }

    #[test]
    fn any_practice_says_itself_which_answers_tell_of_harm() {
        let practice = practice();
        let tells = |id: &str, option: &str| scope(&practice, id, None).tells_harm(option);
        assert_eq!(["no", "once", "often"].map(|it| tells("hit", it)), [false, true, true]);
        assert_eq!(["no", "yes"].map(|it| tells("shouted", it)), [false, true]);
    }

    #[test]
    fn of_two_options_one_is_compared_but_both_of_a_deed_and_of_harm() {
        let practice = practice();
        let compared = |id: &str, look: Option<&str>| {
            [2, 3].map(|options| scope(&practice, id, look).compared_options(options))
        };
        assert_eq!(compared("walked", None), [1, 3]);
        assert_eq!(compared("walked", Some(INTENTIONS)), [2, 3]);
        assert_eq!(compared("shouted", None), [2, 3]);
        assert_eq!(compared("said", None), [0, 0]);
    }
}

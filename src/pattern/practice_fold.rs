//! Which figures a practice has. Its file says what is worth showing; what it does
//! not name is shown by the kind of its answers.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};
use crate::practice::{Cadence, Fear, Pattern, PatternDisplay, Practice, Question, QuestionKind};

use super::figure::{Figure, HeldBackFigure};
use super::fold::{FoldPlan, Request};
use super::gauge::{Gauge, Scope};
use super::practice_questions::PracticeQuestions;

/// The look of what stands on paper alone, unless it goes before the rest.
pub const PAPER: &str = "paper";

pub(super) struct PracticeFold<'a> {
    plan: &'a FoldPlan<'a>,
    pub name: String,
    /// `None` where its file is gone and only its entries are left.
    pub practice: Option<&'a Practice>,
    entries: usize,
    /// What its file names.
    patterns: Vec<Slot<'a>>,
    /// What its file asks.
    questions: Rc<PracticeQuestions<'a>>,
    /// Questions of which the file names no pattern, as they come.
    others: Vec<QuestionFold<'a>>,
    /// Their places in that list.
    places: HashMap<String, usize>,
    /// The question that is asked for by its name.
    question: Option<QuestionFold<'a>>,
}

struct Slot<'a> {
    pattern: Pattern,
    gauge: Box<dyn Gauge + 'a>,
}

struct QuestionFold<'a> {
    id: String,
    /// Its place in the newest entry that answers it.
    place: usize,
    /// Is it shown only where a practice is looked at closely?
    closer: bool,
    slots: Vec<Slot<'a>>,
}

/// What came of a pattern.
pub(super) enum PatternResult {
    Shown(FigureRank, Box<Figure>),
    HeldBack(HeldBackFigure),
}

/// What goes before what.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FigureRank {
    /// The writer's own evidence of harm, while care is on.
    Harm,
    /// What its file puts before the figures of other practices.
    First,
    Rest,
}

impl<'a> PracticeFold<'a> {
    pub fn new(plan: &'a FoldPlan<'a>, name: &str) -> PracticeFold<'a> {
        let practice = plan.practices.iter().find(|practice| practice.name == name);
        let mut fold = PracticeFold {
            plan,
            name: name.to_owned(),
            practice,
            entries: 0,
            patterns: Vec::new(),
            questions: Rc::new(practice.map(PracticeQuestions::of).unwrap_or_default()),
            others: Vec::new(),
            places: HashMap::new(),
            question: None,
        };
        let named = practice.map(|practice| practice.patterns.as_slice()).unwrap_or_default();
        let shown = named.iter().filter(|pattern| match &plan.request {
            Request::Overview => {
                pattern.shows != PatternDisplay::Sittings && !is_for_paper_alone(pattern)
            }
            Request::Whole => !is_for_paper_alone(pattern),
            Request::Paper => true,
            Request::Named(name) if *name == fold.name => !is_for_paper_alone(pattern),
            Request::Named(name) => pattern.look.as_ref() == Some(name),
            Request::Question { .. } => false,
        });
        fold.patterns = shown.cloned().map(|pattern| fold.slot(pattern)).collect();
        fold
    }

    pub fn is_known(&self) -> bool {
        self.practice.is_some() || self.entries > 0
    }

    /// Is this practice as such looked at?
    fn is_shown(&self) -> bool {
        match &self.plan.request {
            Request::Overview | Request::Whole | Request::Paper => true,
            Request::Named(name) => *name == self.name,
            Request::Question { .. } => false,
        }
    }

    fn is_requested(&self, id: &str) -> bool {
        match &self.plan.request {
            Request::Overview | Request::Whole | Request::Paper => false,
            Request::Named(name) => name == id,
            Request::Question { practice, question } => *practice == self.name && question == id,
        }
    }

    fn slot(&self, pattern: Pattern) -> Slot<'a> {
        let plan = self.plan;
        let scope = Scope {
            practice: self.practice,
            questions: Rc::clone(&self.questions),
            pattern: pattern.clone(),
            chapter: plan.chapter,
            until: plan.until,
            against: plan.against,
            texts: plan.texts,
            closer: !plan.is_whole(),
        };
        Slot { pattern, gauge: scope.gauge() }
    }

    pub fn group(&mut self, day: NaiveDate, entry: &Entry) {
        let by =
            |pattern: &Pattern| pattern.by.as_ref().is_some_and(|by| by.practice == entry.practice);
        for slot in self.patterns.iter_mut().filter(|slot| by(&slot.pattern)) {
            slot.gauge.group(day, entry);
        }
    }

    pub fn add(&mut self, day: NaiveDate, entry: &Entry) {
        self.entries += 1;
        // Of a question that was answered twice, the first answer counts.
        let mut passed = HashSet::with_capacity(entry.answers.len());
        for (place, answer) in entry.answers.iter().enumerate() {
            if passed.insert(&answer.question) {
                self.add_question(place, answer);
                if let Some(at) = self.places.get(&answer.question) {
                    let slots = self.others[*at].slots.iter_mut();
                    slots.for_each(|slot| slot.gauge.add_answer(day, answer));
                }
            }
        }
        let requested = self.question.iter_mut().flat_map(|question| &mut question.slots);
        for slot in self.patterns.iter_mut().chain(requested) {
            slot.gauge.add(day, entry);
        }
    }

    /// The first answer to a question that passes is the newest, and its kind says
    /// what the others can show.
    fn add_question(&mut self, place: usize, answer: &Answer) {
        let id = &answer.question;
        if self.is_requested(id) && self.question.is_none() {
            let slots = self.patterns_of(answer).into_iter().map(|pattern| self.slot(pattern));
            let slots = slots.collect();
            self.question = Some(QuestionFold { id: id.clone(), place, closer: true, slots });
        }
        let known = self.places.contains_key(id);
        let whole = self.plan.is_whole();
        let unnamed = self.practice.is_some_and(|practice| !names_patterns(practice));
        // Shown where it is asked for by its name, and else nowhere.
        let is_private = self.practice.is_some_and(|practice| practice.is_private(id));
        let passed = known || is_private;
        if !self.is_shown() || self.is_named(id) || passed || (whole && !unnamed) {
            return;
        }
        let plain = self.by_kind(answer, false);
        let closer = plain.is_none();
        let pattern = plain.or_else(|| self.by_kind(answer, true).filter(|_| !whole));
        let slots = pattern.into_iter().map(|pattern| self.slot(pattern)).collect();
        self.places.insert(id.clone(), self.others.len());
        self.others.push(QuestionFold { id: id.clone(), place, closer, slots });
    }

    /// What an answer of this kind can show.
    fn by_kind(&self, newest: &Answer, texts: bool) -> Option<Pattern> {
        if self.practice.is_some_and(|practice| !practice.shows_patterns) {
            return None;
        }
        let id = &newest.question;
        let question = self.question_of(id);
        let shows = match (&newest.value, question.map(|q| &q.kind)) {
            (_, Some(QuestionKind::Scale { .. })) => PatternDisplay::Weeks,
            (_, Some(QuestionKind::Stillness { .. })) if !texts => return None,
            (Value::Number(_) | Value::CantSay, _) => PatternDisplay::Weeks,
            (Value::Chosen(_) | Value::YesNo(_), _) => PatternDisplay::Counts,
            (Value::Text(_), Some(QuestionKind::Choice { .. })) => PatternDisplay::Counts,
            (Value::Text(_), _) if !newest.labels.is_empty() => PatternDisplay::Counts,
            (Value::Text(_), _) if texts => PatternDisplay::Recurring,
            (Value::Text(_), _) => return None,
        };
        // What its own pattern passes over does not come again here either.
        let mut named = self.practice.into_iter().flat_map(|practice| &practice.patterns);
        let same = named.find(|p| p.shows == PatternDisplay::Recurring && p.of.contains(id));
        let without = same.map(|pattern| pattern.without.clone()).unwrap_or_default();
        let title = question.map_or(&newest.asked, |question| &question.ask);
        Some(Pattern { without, ..Pattern::plain(title, id, shows) })
    }

    /// Everything that a question can show by itself.
    fn patterns_of(&self, newest: &Answer) -> Vec<Pattern> {
        let Some(mut pattern) = self.by_kind(newest, true) else { return Vec::new() };
        let (id, ask) = (&newest.question, pattern.title.clone());
        match pattern.shows {
            PatternDisplay::Weeks => {
                let each =
                    Pattern::plain(&format!("{ask} (how often each)"), id, PatternDisplay::Counts);
                vec![pattern, each]
            }
            PatternDisplay::Recurring => {
                pattern.title = format!("{ask} (what came again)");
                vec![pattern, Pattern::plain(&ask, id, PatternDisplay::Moments)]
            }
            PatternDisplay::Moments
            | PatternDisplay::Counts
            | PatternDisplay::Hours
            | PatternDisplay::Change
            | PatternDisplay::Scores
            | PatternDisplay::Matrix
            | PatternDisplay::Sittings => vec![pattern],
        }
    }

    fn question_of(&self, id: &str) -> Option<&'a Question> {
        self.questions.get(id)
    }

    /// All of it.
    pub fn results(mut self, fear: Fear) -> Vec<PatternResult> {
        let mut others = std::mem::take(&mut self.others);
        // Texts after the rest where no file says what comes first.
        let unordered = self.practice.is_some_and(|practice| !names_patterns(practice));
        others.sort_by_key(|question| {
            let place = self.questions.place(&question.id).unwrap_or(usize::MAX);
            (unordered && question.closer, place, question.place)
        });
        let named = std::mem::take(&mut self.patterns).into_iter();
        let slots = named.chain(others.into_iter().flat_map(|question| question.slots));
        slots.filter_map(|slot| self.result(slot, fear)).collect()
    }

    /// Those of the question or of the look that is asked for by its name. Where it is about sharing and
    /// held back, that is said whether or not it was ever answered.
    pub fn of_question(mut self, fear: Fear) -> Vec<PatternResult> {
        let mut sharing = self.questions.ids_of_sharing().filter(|id| self.is_requested(id));
        if let Some(id) = sharing.next().filter(|_| fear != Fear::None) {
            let mut patterns = self.practice.into_iter().flat_map(|practice| &practice.patterns);
            let pattern = patterns.find(|pattern| pattern.of.iter().any(|of| of == id));
            let ask = self.questions.get(id).map(|question| &question.ask);
            let title = pattern.map(|pattern| &pattern.title).or(ask).cloned();
            let title = title.unwrap_or_default();
            return vec![PatternResult::HeldBack(self.held_back(title, vec![id.to_owned()]))];
        }
        let look = std::mem::take(&mut self.patterns).into_iter();
        let question = self.question.take().into_iter().flat_map(|question| question.slots);
        look.chain(question).filter_map(|slot| self.result(slot, fear)).collect()
    }

    /// While the writer is or may be afraid, what is about sharing is held back, and
    /// their own evidence of harm goes first, with no note that explains it away.
    fn result(&self, slot: Slot, fear: Fear) -> Option<PatternResult> {
        let of_any = |is: &dyn Fn(&str) -> bool| slot.pattern.of.iter().any(|id| is(id));
        let cautious = fear != Fear::None;
        let harm = cautious && of_any(&|id| self.is_harm(id));
        if cautious && !harm && of_any(&|id| self.questions.is_sharing(id)) {
            let Pattern { title, of, .. } = slot.pattern;
            let is_answered = slot.gauge.measure().rests_on > 0;
            return is_answered.then(|| PatternResult::HeldBack(self.held_back(title, of)));
        }
        let rank = match (harm, slot.pattern.first) {
            (true, _) => FigureRank::Harm,
            (false, true) => FigureRank::First,
            (false, false) => FigureRank::Rest,
        };
        let title = slot.pattern.titled(fear, self.plan.chapter);
        let figure = slot.figure(&self.name, self.practice);
        let note = figure.note.clone().filter(|_| !harm);
        Some(PatternResult::Shown(rank, Box::new(Figure { title, harm, note, ..figure })))
    }

    fn held_back(&self, title: String, of: Vec<String>) -> HeldBackFigure {
        HeldBackFigure { title, practice: self.name.clone(), of, held_back: true }
    }

    /// Is it a question about harm, or a score in which one counts?
    fn is_harm(&self, id: &str) -> bool {
        let scores = self.practice.into_iter().flat_map(|practice| &practice.scores);
        let mut items = scores.filter(|score| score.id == id).flat_map(|score| &score.of);
        self.questions.is_harm(id) || items.any(|item| self.questions.is_harm(item))
    }

    /// Do the file's patterns show this question?
    fn is_named(&self, id: &str) -> bool {
        let practice = self.practice.filter(|practice| names_patterns(practice));
        practice.is_some_and(|practice| {
            let mut of = practice.patterns.iter().flat_map(|pattern| &pattern.of);
            of.any(|of| of == id) || practice.is_item(id)
        })
    }
}

/// What goes before the rest is shown everywhere.
fn is_for_paper_alone(pattern: &Pattern) -> bool {
    pattern.look.as_deref() == Some(PAPER) && !pattern.first
}

/// Does its file say what is shown, beyond what is for paper alone?
fn names_patterns(practice: &Practice) -> bool {
    practice.patterns.iter().any(|pattern| pattern.look.as_deref() != Some(PAPER))
}

impl Slot<'_> {
    fn figure(self, practice: &str, file: Option<&Practice>) -> Figure {
        let measure = self.gauge.measure();
        Figure {
            title: self.pattern.title,
            practice: Some(practice.to_owned()),
            of: self.pattern.of,
            rests_on: measure.rests_on,
            left_out: measure.left_out,
            note: self.pattern.note,
            harm: false,
            first: self.pattern.first,
            for_paper: self.pattern.look.as_deref() == Some(PAPER),
            display: Some(self.pattern.shows),
            occasion: match file.map(|practice| practice.cadence) {
                _ if measure.several_a_day => "times",
                Some(Cadence::Morning) => "mornings",
                Some(Cadence::Evening) => "evenings",
                Some(Cadence::Daily) => "days",
                Some(Cadence::Weekly | Cadence::On(_) | Cadence::Monthly | Cadence::AsNeeded)
                | None => "times",
            },
            change: measure.change,
            series: measure.series,
            body: measure.body,
        }
    }
}

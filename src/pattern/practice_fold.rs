//! Which figures a practice has. Its file says what is worth showing; what it does
//! not name is shown by the kind of its answers.

mod results;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::NaiveDate;

use crate::entry::{Answer, Entry, Value};
use crate::practice::{Pattern, PatternDisplay, Practice, Question, QuestionKind};

use super::fold::{FoldPlan, Request};
use super::gauge::{Gauge, Scope};
use super::looks::{PAPER, RECURS};
use super::practice_questions::PracticeQuestions;

pub(super) use results::{FigureRank, PatternResult};

pub(super) struct PracticeFold<'a> {
    plan: &'a FoldPlan<'a>,
    request: &'a Request,
    pub name: String,
    /// `None` where its file is gone and only its entries are left.
    pub practice: Option<&'a Practice>,
    /// The journal's, known once every entry has passed.
    pub first_day: Option<NaiveDate>,
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
    /// The practice whose entries its gauge looks at as well.
    grouping_practice: Option<String>,
    gauge: Box<dyn Gauge + 'a>,
}

struct QuestionFold<'a> {
    id: String,
    /// Its place in the newest entry that answers it.
    place: usize,
    /// Is it shown only where a practice is looked at closely?
    closer: bool,
    /// Is it shown only as evidence of harm, as no pattern of its file is of it?
    in_care: bool,
    slots: Vec<Slot<'a>>,
}

impl<'a> PracticeFold<'a> {
    pub fn new(plan: &'a FoldPlan<'a>, request: &'a Request, name: &str) -> PracticeFold<'a> {
        let practice = plan.practices.iter().find(|practice| practice.name == name);
        let mut fold = PracticeFold {
            plan,
            request,
            name: name.to_owned(),
            practice,
            first_day: None,
            entries: 0,
            patterns: Vec::new(),
            questions: Rc::new(practice.map(PracticeQuestions::of).unwrap_or_default()),
            others: Vec::new(),
            places: HashMap::new(),
            question: None,
        };
        let named = practice.map(|practice| practice.patterns.as_slice()).unwrap_or_default();
        let scores = practice.and_then(scores_over_time);
        let shown = named.iter().chain(&scores).filter(|pattern| match request {
            Request::Overview => {
                pattern.shows != PatternDisplay::Sessions && !is_for_paper_alone(pattern)
            }
            Request::Whole => !is_for_paper_alone(pattern),
            Request::Paper => true,
            Request::Named(name) if *name == fold.name => !is_for_paper_alone(pattern),
            Request::Named(name) => pattern.look.as_ref() == Some(name),
            Request::Question { .. } => false,
        });
        let shown = shown.cloned().map(|pattern| fold.as_requested(pattern));
        fold.patterns = shown.map(|pattern| fold.slot(pattern)).collect();
        fold
    }

    /// What comes again is said in sentences where that is what was asked for.
    fn as_requested(&self, pattern: Pattern) -> Pattern {
        let is_asked = matches!(self.request, Request::Named(name) if name == RECURS);
        let counts = pattern.shows == PatternDisplay::Counts && pattern.by.is_none();
        let says_again = is_asked && counts && pattern.look.as_deref() == Some(RECURS);
        let shows = if says_again { PatternDisplay::Recurring } else { pattern.shows };
        Pattern { shows, ..pattern }
    }

    pub fn is_known(&self) -> bool {
        self.practice.is_some() || self.entries > 0
    }

    /// Is this practice as such looked at?
    fn is_shown(&self) -> bool {
        match self.request {
            Request::Overview | Request::Whole | Request::Paper => true,
            Request::Named(name) => *name == self.name,
            Request::Question { .. } => false,
        }
    }

    fn is_requested(&self, id: &str) -> bool {
        match self.request {
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
            is_closer: self.request.is_closer(),
        };
        let grouping_practice = scope.looks_beside().map(str::to_owned);
        Slot { pattern, grouping_practice, gauge: scope.gauge() }
    }

    pub fn group(&mut self, day: NaiveDate, entry: &Entry) {
        let requested = self.question.iter_mut().flat_map(|question| &mut question.slots);
        for slot in self.patterns.iter_mut().chain(requested) {
            if slot.grouping_practice.as_ref() == Some(&entry.practice) {
                slot.gauge.group(day, entry);
            }
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
            self.question = Some(QuestionFold {
                id: id.clone(),
                place,
                closer: true,
                in_care: false,
                slots: slots.collect(),
            });
        }
        let known = self.places.contains_key(id);
        let whole = !self.request.is_closer();
        let unnamed = self.practice.is_some_and(|practice| !names_patterns(practice));
        // Shown where it is asked for by its name, and else nowhere.
        let is_private = self.practice.is_some_and(|practice| practice.is_private(id));
        let passed = known || is_private;
        let in_care = whole && !unnamed && self.questions.is_harm(id);
        let left_out = whole && !unnamed && !in_care;
        if !self.is_shown() || self.is_named(id) || passed || left_out {
            return;
        }
        let mut plain = self.by_kind(answer, false);
        if let Some((pattern, question)) = plain.as_mut().zip(self.question_of(id))
            && in_care
        {
            pattern.title = question.short_name().to_owned();
        }
        let closer = plain.is_none();
        let pattern = plain.or_else(|| self.by_kind(answer, true).filter(|_| !whole));
        let slots = pattern.into_iter().map(|pattern| self.slot(pattern)).collect();
        self.places.insert(id.clone(), self.others.len());
        self.others.push(QuestionFold { id: id.clone(), place, closer, in_care, slots });
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
                pattern.title = format!("{ask} (what recurred)");
                vec![pattern, Pattern::plain(&ask, id, PatternDisplay::Moments)]
            }
            PatternDisplay::Moments
            | PatternDisplay::Counts
            | PatternDisplay::Hours
            | PatternDisplay::BeforeAfter
            | PatternDisplay::Scores
            | PatternDisplay::Matrix
            | PatternDisplay::Sessions => vec![pattern],
        }
    }

    fn question_of(&self, id: &str) -> Option<&'a Question> {
        self.questions.get(id)
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

/// The scores of a practice whose file has no pattern of any.
fn scores_over_time(practice: &Practice) -> Option<Pattern> {
    let has_pattern = practice.patterns.iter().any(|it| it.shows == PatternDisplay::Scores);
    if practice.scores.is_empty() || has_pattern || !practice.shows_patterns {
        return None;
    }
    let of = practice.scores.iter().map(|score| score.id.clone()).collect();
    Some(Pattern { of, ..Pattern::plain(&practice.title, "", PatternDisplay::Scores) })
}

/// What goes before the rest is shown everywhere.
fn is_for_paper_alone(pattern: &Pattern) -> bool {
    pattern.look.as_deref() == Some(PAPER) && !pattern.first
}

/// Does its file say what is shown, beyond what is for paper alone?
fn names_patterns(practice: &Practice) -> bool {
    practice.patterns.iter().any(|pattern| pattern.look.as_deref() != Some(PAPER))
}

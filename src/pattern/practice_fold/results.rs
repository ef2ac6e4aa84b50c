//! The figures of a practice's patterns: what is shown, in which rank, and what is held back.

use crate::practice::{Cadence, Fear, Form, Pattern, PatternDisplay};

use super::super::change::Baseline;
use super::super::figure::{Body, Figure, HeldBackFigure};
use super::super::recurring;
use super::{PracticeFold, Slot, names_patterns};

/// What two sessions are called where the writer names the earlier one.
const SESSIONS_SINCE_FIRST: &str = "The first and the latest, side by side";
const SESSIONS_SINCE_THEN: &str = "Then and now, side by side";
const LAST_SESSIONS: &str = "The last two answers to each";

/// The figure of a pattern, or that it's held back.
pub(in crate::pattern) enum PatternResult {
    Shown(FigureRank, Box<Figure>),
    HeldBack(HeldBackFigure),
}

/// Figures of a lower rank come first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::pattern) enum FigureRank {
    /// The writer's own evidence of harm, while care is on.
    Harm,
    /// What its file puts before the figures of other practices.
    First,
    Rest,
}
impl PracticeFold<'_> {
    /// All its figures.
    pub fn results(mut self, fear: Fear) -> Vec<PatternResult> {
        let mut others = std::mem::take(&mut self.others);
        others.retain(|question| !question.in_care || fear != Fear::None);
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

    /// The figures of the question or the look that was named. A question about sharing is said to
    /// be held back, whether or not it was ever answered.
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
            let is_answered = slot.gauge.measure(self.first_day).rests_on > 0;
            return is_answered.then(|| PatternResult::HeldBack(self.held_back(title, of)));
        }
        let rank = match (harm, slot.pattern.first) {
            (true, _) => FigureRank::Harm,
            (false, true) => FigureRank::First,
            (false, false) => FigureRank::Rest,
        };
        let title = match (slot.pattern.shows, self.plan.against) {
            (PatternDisplay::Sessions, Some(Baseline::First)) => SESSIONS_SINCE_FIRST.to_owned(),
            (PatternDisplay::Sessions, Some(Baseline::Span(_))) => SESSIONS_SINCE_THEN.to_owned(),
            (PatternDisplay::Sessions, Some(Baseline::Previous)) => LAST_SESSIONS.to_owned(),
            _ => slot.pattern.titled(fear, self.plan.chapter),
        };
        let figure = slot.figure(self);
        let note = figure.note.clone().filter(|_| !harm);
        let care = fear == Fear::Known;
        let body = self.body_for(figure.body, fear);
        let figure = Figure { title, harm, care, note, body, ..figure };
        Some(PatternResult::Shown(rank, Box::new(figure)))
    }

    /// What it shows while this is known of the writer. What care doesn't ask, it doesn't show
    /// beside what was asked.
    fn body_for(&self, mut body: Body, fear: Fear) -> Body {
        let care = fear == Fear::Known;
        let form = Form { fear, chapter: self.plan.chapter };
        let is_asked = |id: &str| self.questions.get(id).is_none_or(|it| it.is_asked(form));
        if let Body::Sessions { pairs } = &mut body {
            pairs.retain(|pair| !care || is_asked(&pair.question));
        }
        if let Body::Recurring { answers, .. } = &mut body {
            recurring::keep_shown(answers, care);
        }
        body
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
}

impl Slot<'_> {
    fn figure(self, fold: &PracticeFold) -> Figure {
        let measure = self.gauge.measure(fold.first_day);
        Figure {
            title: self.pattern.title,
            practice: Some(fold.name.clone()),
            of: self.pattern.of,
            rests_on: measure.rests_on,
            left_out: measure.left_out,
            ungrouped: measure.ungrouped,
            entries: fold.entries,
            note: self.pattern.note,
            harm: false,
            care: false,
            first: self.pattern.first,
            look: self.pattern.look,
            display: Some(self.pattern.shows),
            occasion: match fold.practice.map(|practice| practice.cadence) {
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

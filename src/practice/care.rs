//! Care: what holds from the moment a chosen answer says that the writer is afraid until
//! they ask for suggestions to share again. Nothing typed is looked at, and nothing but
//! opened entries and the answers of this very session is known.

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::entry::{Answer, Entry};

use super::{
    AnswerOption, Condition, Fear, Practice, Practices, Question, QuestionKind, all_match,
};

/// The question that lifts care, in an entry of any practice.
pub const HOLD_BACK: &str = "hold-back";

/// What is said above that question, and wherever care is on and nothing is asked.
pub const LEFT_OUT: &str =
    "At the moment this journal leaves out suggestions to share, or to talk things through.";

/// The lift question. It doesn't say why, so a glance at the screen gives nothing away.
pub fn lift_question() -> Question {
    let ask = "Should it keep leaving out suggestions to share?";
    let help = Some("Skip this and nothing changes.".to_owned());
    Question { help, ..Question::plain(HOLD_BACK, ask, QuestionKind::YesNo) }
}

/// The lift question as a choice, in which each answer says what follows from it.
pub fn lift_choice() -> Question {
    let options = [("yes", "Yes, keep leaving them out"), ("no", "No, bring them back")];
    let options = options.map(|(id, label)| AnswerOption::plain(id, label)).to_vec();
    Question { kind: QuestionKind::Choice { options, other: false }, ..lift_question() }
}

/// Does this entry hold nothing but the answer to that question? Then nothing was written in
/// it about the practice whose name it has.
pub fn only_lifts(entry: &Entry) -> bool {
    matches!(entry.answers.as_slice(), [answer] if answer.question == HOLD_BACK)
}

/// The answer that may mean fear, or a bad day.
const NOT_SAFE: &str = "Not safe, or not now";

/// What is said to whoever has just told that they are afraid.
const NOT_YOUR_FAULT: &str = "Being frightened is not your fault.";

/// Days.
const YEAR: i64 = 365;

type AnswerTime = DateTime<FixedOffset>;

/// What entries say of care, in whichever order they were read.
#[derive(Clone, Debug, Default)]
pub struct CareRecord {
    /// When each answer that turns care on was written.
    turned_on: Vec<AnswerTime>,
    /// When it was last lifted.
    lifted: Option<AnswerTime>,
}

impl CareRecord {
    /// An answer that was written then turned it on.
    #[cfg(test)]
    pub fn turned_on_at(at: AnswerTime) -> CareRecord {
        CareRecord { turned_on: vec![at], lifted: None }
    }

    /// Takes in what other entries say.
    pub fn merge(&mut self, other: CareRecord) {
        self.turned_on.extend(other.turned_on);
        self.lifted = self.lifted.max(other.lifted);
    }

    /// What answers say before they're kept: they may turn care on, but lift nothing.
    pub fn without_lift(self) -> CareRecord {
        CareRecord { lifted: None, ..self }
    }

    /// The answers that turned it on and that no later answer lifted.
    fn standing(&self) -> impl Iterator<Item = AnswerTime> {
        self.turned_on.iter().copied().filter(|at| self.lifted.is_none_or(|lifted| *at >= lifted))
    }

    /// Since when it is on, if it is.
    pub fn since(&self) -> Option<AnswerTime> {
        self.standing().min()
    }

    /// When an answer last turned it on, if it is on.
    pub fn latest(&self) -> Option<AnswerTime> {
        self.standing().max()
    }

    /// When it was last lifted, if that was within a year of this moment.
    pub fn lifted_lately(&self, now: AnswerTime) -> Option<AnswerTime> {
        self.lifted.filter(|lifted| now - *lifted < TimeDelta::days(YEAR))
    }

    /// Is the writer known to be afraid? What could not be read might say so.
    pub fn fear(&self, is_whole: bool) -> Fear {
        match (self.since(), is_whole) {
            (Some(_), _) => Fear::Known,
            (None, true) => Fear::None,
            (None, false) => Fear::Unknown,
        }
    }
}

impl Practices {
    /// What one revision of an entry says of care. Where two say different things, whoever
    /// is afraid must not lose care by an edit: the answer counts from when it was written,
    /// lifting it from the moment it is about. A lift that a clock has put ahead of `now`
    /// would silence every answer until then, and lifts nothing before it has come.
    fn care_record(&self, entry: &Entry, now: AnswerTime) -> CareRecord {
        let mut record = CareRecord::default();
        if is_lifted(&entry.answers) {
            record.lifted = Some(entry.at.min(entry.written)).filter(|at| *at <= now);
        } else if self.tell_fear(&entry.practice, &entry.answers) {
            record.turned_on.push(entry.written);
        }
        record
    }

    /// What these say of care. Of an entry that was edited twice, give both revisions: either
    /// may say that the writer is afraid.
    pub fn care_of<'e>(
        &self,
        entries: impl IntoIterator<Item = &'e Entry>,
        now: AnswerTime,
    ) -> CareRecord {
        entries.into_iter().fold(CareRecord::default(), |mut care, entry| {
            care.merge(self.care_record(entry, now));
            care
        })
    }

    /// Do these answers to a practice say that the writer is afraid?
    pub fn tell_fear(&self, practice: &str, answers: &[Answer]) -> bool {
        let mut rules = self.rules_of_fear(practice).flat_map(|practice| &practice.afraid);
        rules.any(|rule| says_so(rule, answers))
    }

    /// May an answer to this question of a practice say so? Then no line that is printed
    /// unasked has it.
    pub fn can_tell_fear(&self, practice: &str, id: &str) -> bool {
        id == HOLD_BACK || self.rules_of_fear(practice).any(|rules| rules.can_tell_fear(id))
    }

    /// What is said to whoever has just told it: the sentence of the question that told it,
    /// where it has one of its own.
    pub fn comfort(&self, practice: &str, answers: &[Answer]) -> &str {
        self.own_comfort(practice, answers).unwrap_or(NOT_YOUR_FAULT)
    }

    /// Do these answers tell fear itself, and not only what a question has a sentence of its
    /// own for?
    pub fn tells_fear_itself(&self, practice: &str, answers: &[Answer]) -> bool {
        self.tell_fear(practice, answers) && self.own_comfort(practice, answers).is_none()
    }

    fn own_comfort(&self, practice: &str, answers: &[Answer]) -> Option<&str> {
        let told = self.rules_of_fear(practice).flat_map(|practice| {
            let rules = practice.afraid.iter().filter(|rule| says_so(rule, answers));
            rules.map(|rule| {
                rule.iter().find_map(|c| practice.question(&c.question)?.comfort.as_deref())
            })
        });
        // Fear itself, where it was told as well, comes first.
        told.min_by_key(Option::is_some).flatten()
    }
}

/// Does each answer of one rule say that the writer is afraid?
pub(super) fn says_so(rule: &[Condition], answers: &[Answer]) -> bool {
    let is_clear = |condition: &Condition| {
        let answer = answers.iter().find(|a| a.question == condition.question);
        condition.holds(answers) && !answer.is_some_and(is_not_safe_or_not_now)
    };
    !rule.is_empty() && rule.iter().all(is_clear)
}

/// Do these answers bring suggestions to share back?
pub fn is_lifted(answers: &[Answer]) -> bool {
    answers.iter().any(|answer| answer.question == HOLD_BACK && answer.value.is("no"))
}

/// "Not safe, or not now" may mean fear or a bad day: it never turns care on, whatever id
/// the option had when it was chosen.
fn is_not_safe_or_not_now(answer: &Answer) -> bool {
    answer.value.is(NOT_SAFE)
        || answer.labels.iter().any(|(id, label)| answer.value.is(id) && label == NOT_SAFE)
}

/// Why the page about safety is offered, where answers may or may not mean fear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SafetyPointer {
    /// Something was not safe, or not now.
    NotSafe,
    /// There may be someone to be afraid of.
    Someone,
}

impl SafetyPointer {
    /// What is said; the page itself is opened there and then.
    pub fn words(self) -> &'static str {
        match self {
            SafetyPointer::NotSafe => "If it isn't safe, there's a page about that right here.",
            SafetyPointer::Someone => {
                "If there's someone you're afraid of, there's a page about that right here."
            }
        }
    }
}

impl Practice {
    /// Asks of the time since care was lifted alone, where a question can.
    pub fn since_lift(&mut self, day: &str) {
        for question in &mut self.questions {
            if let Some(ask) = &question.since_lift {
                question.ask = ask.replace("{day}", day);
            }
        }
    }

    /// Does the question only ask about fear, so that its answers are shown by its own name
    /// alone?
    pub fn is_private(&self, id: &str) -> bool {
        id == HOLD_BACK || self.question(id).is_some_and(|question| question.reveal)
    }

    /// Do these answers to it say that the writer is afraid?
    pub fn tells_fear(&self, answers: &[Answer]) -> bool {
        self.afraid.iter().any(|rule| says_so(rule, answers))
    }

    /// May an answer to this question say that the writer is afraid? Then where answers stand
    /// together, for anyone to see, it stands as answered and no more.
    pub fn can_tell_fear(&self, id: &str) -> bool {
        self.is_private(id) || self.is_about_fear(id)
    }

    /// Do answers to one of these questions say that the writer is afraid?
    pub fn tells_fear_among(&self, questions: &[String], answers: &[Answer]) -> bool {
        any_among(&self.afraid, questions, answers)
    }

    /// Do the answers to one of these questions say that there may be someone to be afraid of?
    pub fn tells_someone_among(&self, questions: &[String], answers: &[Answer]) -> bool {
        any_among(&self.pointer_someone, questions, answers)
    }

    /// Is the page about safety to be offered after these answers?
    pub fn safety_pointer(&self, answers: &[Answer]) -> Option<SafetyPointer> {
        let holds = |rules: &[Vec<Condition>]| rules.iter().any(|all| all_match(all, answers));
        let someone = holds(&self.pointer_someone);
        let not_safe = || holds(&self.pointer) || answers.iter().any(is_not_safe_or_not_now);
        if someone {
            Some(SafetyPointer::Someone)
        } else {
            not_safe().then_some(SafetyPointer::NotSafe)
        }
    }
}

fn any_among(rules: &[Vec<Condition>], questions: &[String], answers: &[Answer]) -> bool {
    let is_of_one = |c: &Condition| questions.iter().any(|id| c.is_of(id));
    let is_among = |rule: &[Condition]| rule.iter().any(is_of_one);
    rules.iter().any(|rule| is_among(rule) && says_so(rule, answers))
}

#[cfg(test)]
mod tests;

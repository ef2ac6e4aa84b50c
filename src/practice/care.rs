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

/// The same, to be asked: each answer says what follows from it.
pub fn lift_choice() -> Question {
    let options = [("yes", "Yes, keep leaving them out"), ("no", "No, bring them back")];
    let options = options.map(|(id, label)| AnswerOption::plain(id, label)).to_vec();
    Question { kind: QuestionKind::Choice { options, other: false }, ..lift_question() }
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

    /// The same, of what is not kept yet.
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
    pub fn care_record(&self, entry: &Entry, now: AnswerTime) -> CareRecord {
        let mut record = CareRecord::default();
        if is_lifted(&entry.answers) {
            record.lifted = Some(entry.at.min(entry.written)).filter(|at| *at <= now);
        } else if self.tell_fear(&entry.practice, &entry.answers) {
            record.turned_on.push(entry.written);
        }
        record
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
        let told = self.rules_of_fear(practice).flat_map(|practice| {
            let rules = practice.afraid.iter().filter(|rule| says_so(rule, answers));
            rules.map(|rule| {
                rule.iter().find_map(|c| practice.question(&c.question)?.comfort.as_deref())
            })
        });
        // Fear itself, where it was told as well, comes first.
        told.min_by_key(Option::is_some).flatten().unwrap_or(NOT_YOUR_FAULT)
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
        match someone {
            true => Some(SafetyPointer::Someone),
            false => not_safe().then_some(SafetyPointer::NotSafe),
        }
    }
}

fn any_among(rules: &[Vec<Condition>], questions: &[String], answers: &[Answer]) -> bool {
    let is_of_one = |c: &Condition| questions.iter().any(|id| c.is_of(id));
    let is_among = |rule: &[Condition]| rule.iter().any(is_of_one);
    rules.iter().any(|rule| is_among(rule) && says_so(rule, answers))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::entry::testing;

    /// An entry with one answer, about one day and written on another.
    fn entry(practice: &str, question: &str, value: Json, days: [u32; 2]) -> Entry {
        let [at, written] = days.map(|day| format!("2026-11-{day:02}T21:00:00+00:00"));
        let answers = json!([{ "question": question, "asked": "?", "value": value }]);
        testing::entry(json!({ "practice": practice, "at": at, "written": written,
                               "answers": answers }))
    }

    fn record(entries: &[Entry]) -> CareRecord {
        let practices = Practices::built_in();
        let mut record = CareRecord::default();
        let now = "2026-11-27T00:00:00+00:00".parse().unwrap();
        entries.iter().for_each(|entry| record.merge(practices.care_record(entry, now)));
        record
    }

    fn day(record: &CareRecord) -> Option<String> {
        record.since().map(|at| at.format("%-d").to_string())
    }

    const YES: (&str, &str) = ("assess", "frightened");

    fn yes(days: [u32; 2]) -> Entry {
        entry(YES.0, YES.1, json!(true), days)
    }

    fn lift(practice: &str, days: [u32; 2]) -> Entry {
        entry(practice, HOLD_BACK, json!(false), days)
    }

    #[test]
    fn care_lasts_from_the_first_answer_until_it_is_lifted_and_starts_over() {
        assert_eq!(day(&record(&[])), None);
        assert_eq!(day(&record(&[yes([3, 3]), yes([5, 5])])), Some("3".into()));
        assert_eq!(
            record(&[yes([3, 3]), yes([5, 5])]).latest().unwrap().format("%-d").to_string(),
            "5"
        );
        assert_eq!(day(&record(&[yes([3, 3]), lift("write", [4, 4])])), None, "in any practice");
        // In whichever order they are read.
        assert_eq!(
            day(&record(&[lift("pause", [4, 4]), yes([5, 5]), yes([3, 3])])),
            Some("5".into())
        );
        let kept_back = entry("reflect", HOLD_BACK, json!(true), [4, 4]);
        assert_eq!(day(&record(&[yes([3, 3]), kept_back])), Some("3".into()), "yes keeps it");
    }

    #[test]
    fn neither_an_edit_nor_a_date_takes_care_away() {
        // Written after the lift, of an evening before it.
        assert_eq!(day(&record(&[lift("write", [4, 4]), yes([2, 6])])), Some("6".into()));
        // The entry that lifted it was edited after a new answer.
        assert_eq!(day(&record(&[yes([5, 5]), lift("write", [4, 8])])), Some("5".into()));
        // A lift dated ahead doesn't lift what comes.
        assert_eq!(day(&record(&[lift("write", [28, 4]), yes([5, 5])])), Some("5".into()));
        // Nor does one that was kept by a clock ahead, before that day has come.
        assert_eq!(day(&record(&[yes([3, 3]), lift("write", [28, 28])])), Some("3".into()));
        // At one moment, and so in two heads of one entry, whoever is afraid counts.
        assert_eq!(day(&record(&[lift("write", [4, 4]), yes([4, 4])])), Some("4".into()));
    }

    #[test]
    fn whoever_answers_yes_and_then_lifts_care_in_one_session_has_lifted_it() {
        let mut both = yes([3, 3]);
        both.answers.extend(lift("assess", [3, 3]).answers.iter().cloned());
        assert_eq!(day(&record(&[yes([1, 1]), both])), None);
    }

    #[test]
    fn what_cannot_be_read_might_say_so() {
        assert_eq!(record(&[]).fear(true), Fear::None);
        assert_eq!(record(&[]).fear(false), Fear::Unknown);
        assert_eq!(record(&[yes([1, 1]), lift("write", [2, 2])]).fear(false), Fear::Unknown);
        assert_eq!(record(&[yes([1, 1])]).fear(false), Fear::Known);
    }

    #[test]
    fn what_is_said_first_is_about_what_was_told() {
        let practices = Practices::built_in();
        let answers = |all: &[(&str, i64)]| -> Vec<Answer> {
            let one = |(id, step): &(&str, i64)| {
                entry("assess", id, json!(step), [3, 3]).answers[0].clone()
            };
            all.iter().map(one).collect()
        };
        let frightened = "Being frightened is not your fault.";
        let of = |all: &[(&str, i64)]| practices.comfort("assess", &answers(all)).to_owned();
        assert_eq!(of(&[("changed", 3)]), "What someone else does is not your fault.");
        assert_eq!(of(&[("fear", 2)]), frightened);
        assert_eq!(of(&[("changed", 3), ("fear", 2)]), frightened);
        assert_eq!(of(&[("changed", 3), ("fear", 1)]), "What someone else does is not your fault.");
        let assess = practices.get("assess").and_then(|found| found.practice()).unwrap();
        assert!(assess.can_tell_fear("fear") && assess.can_tell_fear("frightened"));
        assert!(!assess.can_tell_fear("refused"));
    }

    #[test]
    fn not_safe_or_not_now_points_to_the_page_and_turns_nothing_on() {
        let mut ambiguous = entry("reflect", "disagreement", json!("not-safe"), [3, 3]);
        assert!(day(&record(std::slice::from_ref(&ambiguous))).is_some());
        // As an earlier wording of the option had it.
        ambiguous.answers[0].labels = [("not-safe".to_owned(), NOT_SAFE.to_owned())].into();
        assert_eq!(day(&record(std::slice::from_ref(&ambiguous))), None);
        let practices = Practices::built_in();
        let reflect = practices.get("reflect").and_then(|found| found.practice()).unwrap();
        let pointer = reflect.safety_pointer(&ambiguous.answers);
        assert_eq!(pointer, Some(SafetyPointer::NotSafe));
        let words = entry("write", "page", json!("It isn't safe here and I am afraid"), [3, 3]);
        assert_eq!(reflect.safety_pointer(&words.answers), None, "words are never scanned");
        assert_eq!(day(&record(&[words])), None);
    }
}

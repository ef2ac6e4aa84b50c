//! Conditions on answers: can what is tested ever hold?

use std::ops::Range;

use super::super::file::{AnswerTests, AskFile};
use super::super::{ANY, Condition, ConditionalLine, Question, QuestionKind, Repeat, Run, Test};
use super::{LintedFile, Mistakes};

/// A condition where it stands in the file. One of an excerpt is on another
/// practice's answers, and that practice's own matter.
struct LintedCondition<'a> {
    at: Range<usize>,
    question: &'a str,
    tests: Vec<&'a Test>,
    /// The questions that it may look back on.
    earlier: &'a [&'a Question],
}

impl<'a> LintedCondition<'a> {
    fn of(&self, id: &str) -> Option<&'a Question> {
        self.earlier.iter().find(|q| q.id == id).copied()
    }
}

fn conditions<'l>(linted: &'l LintedFile, mistakes: &Mistakes) -> Vec<LintedCondition<'l>> {
    let file = linted.file;
    let mut all: Vec<LintedCondition> = Vec::new();
    for question in linted.questions() {
        for (id, AnswerTests(tests)) in &question.file.when {
            add(&mut all, id.span(), id.get_ref(), tests, question.earlier);
        }
    }
    for (id, AnswerTests(tests)) in file.follow_up.iter().flat_map(|f| &f.when) {
        add(&mut all, id.span(), id.get_ref(), tests, linted.asked());
    }
    let mut nested: Vec<(&str, &Vec<Condition>, &[&Question])> = Vec::new();
    let own = linted.asked();
    nested.extend(lines(&file.closing).map(|when| ("closing", when, own)));
    let sections = file.section.iter().flat_map(|section| lines(&section.closing));
    nested.extend(sections.map(|when| ("section", when, own)));
    let page = file.page.iter().flat_map(|page| &page.part);
    nested.extend(page.clone().map(|part| ("page", &part.when, own)));
    nested.extend(page.map(|part| ("page", &part.over, linted.asked_later())));
    let more = file.more.iter().flat_map(|more| lines(&more.say));
    nested.extend(more.map(|when| ("more", when, own)));
    nested.extend(file.hint.iter().map(|note| ("hint", &note.when, own)));
    nested.extend(file.offer.iter().map(|offer| ("offer", &offer.when, own)));
    // What another practice asks is its own file's matter.
    for recall in linted.practice.recalls.iter().filter(|it| it.practice == linted.name) {
        nested.push(("recall", &recall.when, &linted.all));
        nested.extend(lines(&recall.say).map(|when| ("recall", when, linted.all.as_slice())));
    }
    let later = file.follow_up.iter().flat_map(|f| lines(&f.closing));
    nested.extend(later.map(|when| ("follow-up", when, linted.asked_later())));
    // What is asked later may turn care on as well.
    for (table, of) in [
        ("afraid", &linted.practice.afraid),
        ("pointer-someone", &linted.practice.pointer_someone),
        ("pointer", &linted.practice.pointer),
    ] {
        nested.extend(of.iter().map(|when| (table, when, linted.all.as_slice())));
    }
    for (table, when, earlier) in nested {
        add_each(&mut all, mistakes.place(table), when, earlier);
    }
    for question in linted.questions() {
        let at = question.file.id.span();
        if let AskFile::First(asks) = &question.file.ask {
            lines(asks).for_each(|when| add_each(&mut all, at.clone(), when, question.earlier));
        }
        let of_help = lines(&question.file.help);
        of_help.for_each(|when| add_each(&mut all, at.clone(), when, question.earlier));
        let of_reply = lines(&question.file.reply);
        of_reply.for_each(|when| add_each(&mut all, at.clone(), when, question.own_and_earlier));
    }
    all
}

/// Conditions without a place of their own: those of one question are one.
fn add_each<'l>(
    all: &mut Vec<LintedCondition<'l>>,
    at: Range<usize>,
    when: &'l [Condition],
    earlier: &'l [&'l Question],
) {
    for of_question in when.chunk_by(|a, b| a.question == b.question) {
        let tests = of_question.iter().map(|condition| &condition.holds);
        add(all, at.clone(), &of_question[0].question, tests, earlier);
    }
}

/// A condition, or each of those that stand under `any`.
fn add<'l>(
    all: &mut Vec<LintedCondition<'l>>,
    at: Range<usize>,
    question: &'l str,
    tests: impl IntoIterator<Item = &'l Test>,
    earlier: &'l [&'l Question],
) {
    let tests: Vec<&Test> = tests.into_iter().collect();
    if let [Test::Any(groups)] = tests.as_slice()
        && question == ANY
    {
        groups.iter().for_each(|group| add_each(all, at.clone(), group, earlier));
    } else {
        all.push(LintedCondition { at, question, tests, earlier });
    }
}

/// The conditions of lines.
fn lines(lines: &[ConditionalLine]) -> impl Iterator<Item = &Vec<Condition>> {
    lines.iter().map(|line| &line.when)
}

pub fn look_back(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        if condition.of(condition.question).is_none() {
            let what = format!("No earlier question is called “{}”.", condition.question);
            let fix = "Conditions look back: use a question above this one.";
            mistakes.add(condition.at, what, fix);
        }
    }
}

pub fn compare_with_earlier(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        for test in &condition.tests {
            let Test::Against { other, .. } = test else { continue };
            if condition.of(other).is_none() {
                let what = format!("No earlier question is called “{other}”.");
                mistakes.add(condition.at.clone(), what, "Use a question above this one.");
            }
        }
    }
}

/// A run is of certain answers, and longer than one.
pub fn runs(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        let is_short = |test: &&Test| {
            let (Test::Running(Run { times, .. }) | Test::Repeating(Repeat { times, .. })) = test
            else {
                return false;
            };
            *times < 2
        };
        if condition.tests.iter().any(is_short) {
            let fix = "Write { is = \"…\", running = 3 }, with 2 or more.";
            mistakes.add(condition.at, "`running` has nothing to count.".into(), fix);
        }
    }
}

/// Where nothing but the options can be answered, a condition on words names one.
pub fn name_options(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        let kind = condition.of(condition.question).map(|question| &question.kind);
        let ids: Vec<&str> = match kind {
            Some(
                QuestionKind::Choice { options, other: false }
                | QuestionKind::Choices { options, other: false },
            ) => options.iter().map(|option| option.id.as_str()).collect(),
            Some(QuestionKind::YesNo) => vec!["yes", "no"],
            Some(_) | None => continue,
        };
        for test in &condition.tests {
            let words = match test {
                Test::OneOf(words) | Test::NoneOf(words) | Test::Running(Run { words, .. }) => {
                    words
                }
                Test::Repeating(Repeat { without, .. }) => without,
                Test::Any(_) | Test::Answered(_) | Test::Between { .. } | Test::Against { .. } => {
                    continue;
                }
            };
            for word in words.iter().filter(|word| !ids.contains(&word.as_str())) {
                let fix = format!("Use one of {}.", ids.join(", "));
                mistakes.add_no_option(condition.at.clone(), word, ids.iter().copied(), &fix);
            }
        }
    }
}

/// Can the number be what a condition wants of it?
pub fn possible_numbers(linted: &LintedFile, mistakes: &mut Mistakes) {
    for condition in conditions(linted, mistakes) {
        let Some(question) = condition.of(condition.question) else { continue };
        let (min, max) = match &question.kind {
            QuestionKind::Scale { scale, .. } => (Some(scale.min as f64), Some(scale.max as f64)),
            QuestionKind::Number { min, max } => (*min, *max),
            QuestionKind::Stillness { .. } => (Some(0.0), None),
            QuestionKind::Text { .. }
            | QuestionKind::Long
            | QuestionKind::Choice { .. }
            | QuestionKind::Choices { .. }
            | QuestionKind::YesNo
            | QuestionKind::Tags => (Some(f64::INFINITY), Some(f64::NEG_INFINITY)),
        };
        for test in &condition.tests {
            let Test::Between { at_least, at_most } = test else { continue };
            let least = at_least.unwrap_or(f64::NEG_INFINITY).max(min.unwrap_or(f64::NEG_INFINITY));
            let most = at_most.unwrap_or(f64::INFINITY).min(max.unwrap_or(f64::INFINITY));
            if least > most {
                let what = format!("No answer to “{}” is such a number.", condition.question);
                let allowed = question.allowed_values();
                let fix = format!("Its answer is {allowed}; `at-least` and `at-most` must fit.");
                mistakes.add(condition.at.clone(), what, fix);
            }
        }
    }
}

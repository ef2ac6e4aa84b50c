//! Do the `{ids}` in what is said name questions that there are by then?

use std::ops::Range;

use super::super::fill::placeholder_questions;
use super::super::{ConditionalLine, Question, SENTENCE};
use super::{LintedFile, Mistakes};

/// What the program puts in itself, wherever a line is said by what was answered.
const WORDS: &[&str] = &["today", "running", "Running", "again"];
const DAY: &[&str] = &["day"];

/// A text with answers in it.
struct FilledText<'a> {
    at: Range<usize>,
    text: &'a str,
    /// The questions that may be answered by then.
    known: &'a [&'a Question],
    /// What stands for something else.
    words: &'static [&'static str],
}

pub fn known(linted: &LintedFile, mistakes: &mut Mistakes) {
    for FilledText { at, text, known, words } in texts(linted, mistakes) {
        let is_known = |id: &str| known.iter().any(|question| question.id == id);
        let open = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        for (id, _) in open {
            let partner = id.split_whitespace().last() == Some("partner");
            let sentence = !linted.practice.sentences.is_empty() && id == SENTENCE;
            let is_word = partner || sentence || words.contains(&id);
            if !is_word && !placeholder_questions(id).into_iter().all(is_known) {
                let what = format!("There's no question “{{{id}}}”.");
                mistakes.add(at.clone(), what, "Write the id of one between the braces.");
            }
        }
    }
}

fn texts<'l>(linted: &'l LintedFile, mistakes: &Mistakes) -> Vec<FilledText<'l>> {
    let practice = linted.practice;
    let mut all: Vec<FilledText> = Vec::new();
    let mut add = |table: &str, text: &'l str, known, words| {
        all.push(FilledText { at: mistakes.place(table), text, known, words });
    };
    if let Some(follow_up) = &practice.follow_up {
        follow_up.lead.iter().for_each(|text| add("follow-up", text, linted.asked(), DAY));
        turns(&follow_up.closing).for_each(|text| add("follow-up", text, &linted.all, WORDS));
    }
    let sentences = practice.sentences.iter().flat_map(|sentence| &sentence.say);
    sentences.for_each(|text| add("sentence", text, linted.asked(), &[]));
    let parts = practice.page.iter().flat_map(|page| &page.parts);
    parts.flat_map(|part| &part.say).for_each(|text| add("page", text, linted.asked(), &[]));
    turns(&practice.closing).for_each(|text| add("closing", text, linted.asked(), WORDS));
    let sections = practice.sections.iter().flat_map(|section| turns(&section.closing));
    sections.for_each(|text| add("section", text, linted.asked(), WORDS));
    // What another practice asks is its own file's matter.
    let recalls = practice.recalls.iter().filter(|recall| recall.practice == linted.name);
    let recalls = recalls.flat_map(|recall| turns(&recall.say));
    recalls.for_each(|text| add("recall", text, &linted.all, DAY));
    for question in linted.questions() {
        let at = question.file.id.span();
        let mut add = |text: &'l str, known| {
            all.push(FilledText { at: at.clone(), text, known, words: WORDS });
        };
        for own in question.own {
            let once = std::iter::once(own.ask.as_str());
            let asks = once.chain(own.help.as_deref()).chain(turns(&own.asks));
            asks.chain(turns(&own.helps)).for_each(|text| add(text, question.earlier));
        }
        turns(&question.file.reply).for_each(|text| add(text, question.own_and_earlier));
    }
    all
}

fn turns(lines: &[ConditionalLine]) -> impl Iterator<Item = &str> {
    lines.iter().flat_map(|line| &line.turns).map(String::as_str)
}

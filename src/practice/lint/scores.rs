//! Scores: what they are of, and what is known about them.

use std::collections::HashSet;
use std::ops::Range;

use super::super::file::ScoreFile;
use super::super::word::parse_word;
use super::super::{Score, ScoreRule};
use super::references::known_question;
use super::{LintedFile, Mistakes};

/// Each score: where it is named, as the file has it, and what it became.
fn scores<'l>(
    linted: &'l LintedFile,
) -> impl Iterator<Item = (Range<usize>, &'l ScoreFile, &'l Score)> {
    let pairs = linted.file.score.iter().zip(&linted.practice.scores);
    pairs.map(|(file, score)| (file.id.span(), file, score))
}

pub fn rule(linted: &LintedFile, mistakes: &mut Mistakes) {
    let rules = linted.file.score.iter().flat_map(|score| &score.how);
    for rule in rules.filter(|rule| parse_word::<ScoreRule>(rule.get_ref()).is_err()) {
        let what = format!("A score can't be a “{}”.", rule.get_ref());
        mistakes.add(rule.span(), what, "Use mean, sum or mean-of-scores.");
    }
}

pub fn items(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, file, score) in scores(linted) {
        if score.how != ScoreRule::MeanOfScores {
            file.of.iter().for_each(|id| known_question(id, linted.asked(), mistakes));
        }
        if score.of.is_empty() {
            let fix = "Give its items with of = [\"…\"], section = \"…\" or scores = [\"…\"].";
            mistakes.add(at, format!("The score “{}” has no items.", score.title), fix);
        }
    }
}

pub fn items_once(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, _, score) in scores(linted) {
        let mut seen = HashSet::new();
        if let Some(twice) = score.of.iter().find(|id| !seen.insert(id.as_str())) {
            let what = format!("“{twice}” is scored twice.");
            mistakes.add(at, what, "Give each item once, by `of` or by `section`.");
        }
    }
}

pub fn prorated_sums(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, _, score) in scores(linted) {
        if score.prorate && score.how != ScoreRule::Sum {
            let what = "Only a sum can be prorated.".to_owned();
            mistakes.add(at, what, "Remove prorate, or write how = \"sum\".");
        }
    }
}

pub fn reversed_items(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, _, score) in scores(linted) {
        if let Some(other) = score.reverse.iter().find(|id| !score.of.contains(id)) {
            let what = format!("“{other}” is reversed but not among the items.");
            mistakes.add(at, what, "Add it to `of`, or remove it from `reverse`.");
        }
    }
}

pub fn other_scores(linted: &LintedFile, mistakes: &mut Mistakes) {
    let means = scores(linted).filter(|(_, _, score)| score.how == ScoreRule::MeanOfScores);
    for (at, _, score) in means {
        if score.of.contains(&score.id) {
            let what = format!("The score “{}” is a mean of itself.", score.title);
            mistakes.add(at.clone(), what, "Name other scores.");
        }
        let unknown = |id: &&String| !linted.practice.scores.iter().any(|other| other.id == **id);
        if let Some(missing) = score.of.iter().find(unknown) {
            let fix = "Give the ids of other scores of this practice.";
            mistakes.add(at, format!("There's no score “{missing}”."), fix);
        }
    }
}

/// No mean is of another that is of it in turn, however far apart.
pub fn circles(linted: &LintedFile, mistakes: &mut Mistakes) {
    let means = || scores(linted).filter(|(_, _, score)| score.how == ScoreRule::MeanOfScores);
    for (at, _, score) in means() {
        let mut within: HashSet<&str> = HashSet::new();
        let mut open: Vec<&Score> = vec![score];
        while let Some(next) = open.pop() {
            let others = next.of.iter().filter(|id| within.insert(id));
            let of_means = |id: &String| means().find(|(_, _, other)| other.id == *id);
            open.extend(others.filter_map(of_means).map(|(_, _, other)| other));
        }
        // A mean of itself alone is said already.
        if within.contains(score.id.as_str()) && !score.of.contains(&score.id) {
            let what = format!("The score “{}” is a mean of itself, through another.", score.title);
            mistakes.add(at, what, "Give scores that aren't made of this one.");
        }
    }
}

pub fn numbers(linted: &LintedFile, mistakes: &mut Mistakes) {
    let of_items = scores(linted).filter(|(_, _, score)| score.how != ScoreRule::MeanOfScores);
    for (at, _, score) in of_items {
        let mut items = linted.asked().iter().filter(|question| score.of.contains(&question.id));
        if let Some(question) = items.find(|question| !question.kind.counts()) {
            let fix = "Use a scale, a number with min and max, yes-no, or a choice whose options all have a value.";
            mistakes.add(at, format!("“{}” has no number to score.", question.id), fix);
        }
    }
}

pub fn share_answered(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, _, score) in scores(linted) {
        if !(0.0..=1.0).contains(&score.least) {
            let fix = "Give the share that must be answered, from 0 to 1.";
            mistakes.add(at, format!("least is {}.", score.least), fix);
        }
    }
}

/// What two sessions can be told apart by: all of it, or nothing.
pub fn whole_norms(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, file, score) in scores(linted) {
        let none = file.sd.is_none() && file.reliability.is_none() && file.source.is_none();
        let sourced = score.norms.as_ref().is_some_and(|norms| !norms.source.trim().is_empty());
        if !none && !sourced {
            let what = format!("The norms of the score “{}” are incomplete.", score.title);
            let fix = "Give sd, reliability and the source of both, or none of them.";
            mistakes.add(at, what, fix);
        }
    }
}

pub fn possible_norms(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (at, _, score) in scores(linted) {
        let Some(norms) = &score.norms else { continue };
        if norms.sd <= 0.0 || !norms.sd.is_finite() {
            let fix = "Give the standard deviation of the score between people, above 0.";
            mistakes.add(at.clone(), format!("sd is {}.", norms.sd), fix);
        }
        let reliability = norms.reliability;
        if reliability <= 0.0 || reliability >= 1.0 || reliability.is_nan() {
            let fix = "Give the reliability of the score, above 0 and below 1.";
            mistakes.add(at, format!("reliability is {reliability}."), fix);
        }
    }
}

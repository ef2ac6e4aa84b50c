//! Patterns: can this be shown of that?

use crate::error::{did_you_mean, nearest};

use super::super::file::PatternFile;
use super::super::word::parse_word;
use super::super::{Pattern, PatternDisplay, QuestionKind};
use super::references::known_question;
use super::{LintedFile, Mistakes};

fn patterns<'l>(linted: &'l LintedFile) -> impl Iterator<Item = (&'l PatternFile, &'l Pattern)> {
    linted.file.pattern.iter().zip(&linted.practice.patterns)
}

pub fn display(linted: &LintedFile, mistakes: &mut Mistakes) {
    for shows in linted.file.pattern.iter().map(|pattern| &pattern.shows) {
        let Err(known) = parse_word::<PatternDisplay>(shows.get_ref()) else { continue };
        let what = format!("A pattern can't show “{}”.", shows.get_ref());
        let near = nearest(shows.get_ref(), known.0.iter().copied());
        mistakes.add(shows.span(), what, did_you_mean(near, &format!("Use one of {known}.")));
    }
}

pub fn how_many(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (file, pattern) in patterns(linted) {
        let count = match pattern.shows {
            PatternDisplay::Hours | PatternDisplay::Sessions => 0..=usize::MAX,
            PatternDisplay::BeforeAfter => 2..=2,
            PatternDisplay::Weeks | PatternDisplay::Scores => 1..=usize::MAX,
            PatternDisplay::Matrix => 2..=usize::MAX,
            PatternDisplay::Moments => 1..=2,
            PatternDisplay::Counts | PatternDisplay::Recurring => 1..=1,
        };
        if !count.contains(&pattern.of.len()) {
            let fix = match pattern.shows {
                PatternDisplay::BeforeAfter => "Give two questions: of = [\"before\", \"after\"].",
                PatternDisplay::Matrix => {
                    "Give the question for the columns, then the one for the rows: of = [\"did\", \"underneath\"]."
                }
                PatternDisplay::Moments
                | PatternDisplay::Weeks
                | PatternDisplay::Counts
                | PatternDisplay::Hours
                | PatternDisplay::Scores
                | PatternDisplay::Recurring
                | PatternDisplay::Sessions => {
                    "Give one question: of = [\"…\"]; moments take two, weeks and scores several."
                }
            };
            let what = format!(
                "“{}” has the wrong number of questions: {}.",
                pattern.title,
                pattern.of.len()
            );
            mistakes.add(file.shows.span(), what, fix);
        }
    }
}

pub fn suitable(linted: &LintedFile, mistakes: &mut Mistakes) {
    for (file, pattern) in patterns(linted) {
        for id in &file.of {
            let question = linted.all.iter().find(|q| q.id == *id.get_ref());
            let score = linted.practice.scores.iter().any(|score| score.id == *id.get_ref());
            match (pattern.shows, question) {
                (PatternDisplay::Scores, _) if score => {}
                (PatternDisplay::Scores, _) => {
                    let fix = "Give the id of a [[score]] of this practice.";
                    let known = linted.practice.scores.iter().map(|score| score.id.as_str());
                    mistakes.add_unknown("score", id, known, fix);
                }
                (_, None) => known_question(id, &linted.all, mistakes),
                (shows, Some(question)) => {
                    if let Some(kinds) = kinds_shown(shows, &question.kind) {
                        let what = format!("“{}” can't be shown this way.", id.get_ref());
                        mistakes.add(id.span(), what, format!("Give a question of kind {kinds}."));
                    }
                }
            }
        }
        // What another practice asks is its own file's matter.
        let own = file.by.iter().filter(|by| by.practice.is_none());
        own.for_each(|by| known_question(&by.question, &linted.all, mistakes));
    }
}

/// The kinds that can be shown so, where this is none of them.
fn kinds_shown(shows: PatternDisplay, kind: &QuestionKind) -> Option<&'static str> {
    use QuestionKind::{Long, Number, Scale, Stillness, Tags, Text};
    let (fits, kinds) = match shows {
        PatternDisplay::Weeks | PatternDisplay::BeforeAfter => {
            (matches!(kind, Scale { .. } | Number { .. } | Stillness { .. }), "a scale or a number")
        }
        PatternDisplay::Counts => {
            (!matches!(kind, Text { .. } | Long | Tags), "a choice, yes-no, a scale or a number")
        }
        PatternDisplay::Moments => (matches!(kind, Text { .. } | Long), "text or long"),
        PatternDisplay::Recurring | PatternDisplay::Matrix => (
            !matches!(kind, Scale { .. } | Number { .. } | Stillness { .. } | Tags),
            "text, long, a choice or yes-no",
        ),
        PatternDisplay::Hours | PatternDisplay::Sessions | PatternDisplay::Scores => (true, ""),
    };
    (!fits).then_some(kinds)
}

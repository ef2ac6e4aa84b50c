//! The part of the checking that is about scores.

use std::collections::HashSet;

use toml::Spanned;

use super::check::Check;
use super::file::ScoreFile;
use super::{How, Kind, Question, Score};

impl Check<'_> {
    pub(super) fn scores(&mut self, files: Vec<ScoreFile>, questions: &[Question]) -> Vec<Score> {
        let mut seen = HashSet::new();
        for file in &files {
            self.id(&file.id, &mut seen);
        }
        files.into_iter().map(|file| self.score(file, questions, &seen)).collect()
    }

    fn score(&mut self, file: ScoreFile, questions: &[Question], ids: &HashSet<String>) -> Score {
        let at = file.id.span();
        let how = self.how(&file);
        let mut of: Vec<String> = match how {
            How::MeanOfScores => file.scores.into_iter().map(Spanned::into_inner).collect(),
            _ => file.of.into_iter().map(|q| self.known(q, questions)).collect(),
        };
        if let Some(section) = &file.section {
            let inside = questions.iter().filter(|q| q.section.as_ref() == Some(section.get_ref()));
            of.extend(inside.filter(|q| counts(q)).map(|q| q.id.clone()));
        }
        let reverse: Vec<String> =
            file.reverse.into_iter().map(|q| self.known(q, questions)).collect();
        if of.is_empty() {
            let mend = "Name its items with of = [\"…\"], section = \"…\" or scores = [\"…\"].";
            self.mistake(at.clone(), format!("The score “{}” has no items.", file.title), mend);
        }
        let mut once = HashSet::new();
        if let Some(twice) = of.iter().find(|id| !once.insert(id.as_str())) {
            let what = format!("“{twice}” is scored twice.");
            self.mistake(at.clone(), what, "Name each item once, by `of` or by `section`.");
        }
        if file.prorate && how != How::Sum {
            let what = "Only a sum can be prorated.".to_owned();
            self.mistake(at.clone(), what, "Take prorate out, or write how = \"sum\".");
        }
        if let Some(odd) = reverse.iter().find(|q| !of.contains(q)) {
            let what = format!("“{odd}” is reversed but not among the items.");
            self.mistake(at.clone(), what, "Add it to `of`, or take it out of `reverse`.");
        }
        if how == How::MeanOfScores && of.contains(file.id.get_ref()) {
            let what = format!("The score “{}” is a mean of itself.", file.title);
            self.mistake(at.clone(), what, "Name other scores.");
        }
        let missing = of.iter().find(|id| how == How::MeanOfScores && !ids.contains(*id));
        if let Some(missing) = missing {
            let mend = "Name the ids of other scores of this practice.";
            self.mistake(at.clone(), format!("There is no score “{missing}”."), mend);
        }
        let uncounted = questions.iter().find(|q| of.contains(&q.id) && !counts(q));
        if let Some(question) = uncounted.filter(|_| how != How::MeanOfScores) {
            let mend = "Use a scale, a number with min and max, yes-no, or a choice whose options all have a value.";
            self.mistake(at.clone(), format!("“{}” has no number to score.", question.id), mend);
        }
        let least = file.least.unwrap_or(0.75);
        if !(0.0..=1.0).contains(&least) {
            let mend = "Give the share that must be answered, from 0 to 1.";
            self.mistake(at, format!("least is {least}."), mend);
        }
        let (id, title, prorate) = (file.id.into_inner(), file.title, file.prorate);
        Score { id, title, of, reverse, how, least, prorate }
    }

    fn how(&mut self, file: &ScoreFile) -> How {
        match file.how.as_ref().map(|how| (how.span(), how.get_ref().as_str())) {
            None | Some((_, "mean")) => How::Mean,
            Some((_, "sum")) => How::Sum,
            Some((_, "mean-of-scores")) => How::MeanOfScores,
            Some((at, word)) => {
                let mend = "Use mean, sum or mean-of-scores.";
                self.mistake(at, format!("A score cannot be a “{word}”."), mend);
                How::Mean
            }
        }
    }
}

/// Has an answer to this a number?
fn counts(question: &Question) -> bool {
    match &question.kind {
        Kind::Scale { .. } | Kind::YesNo => true,
        // Without both ends there is no range to reverse or to show.
        Kind::Number { min, max } => min.is_some() && max.is_some(),
        Kind::Choice { options, .. } => options.iter().all(|o| o.value.is_some()),
        _ => false,
    }
}

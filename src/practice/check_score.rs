//! The part of the checking that is about scores.

use std::collections::HashSet;

use toml::Spanned;

use super::check::Check;
use super::file::ScoreFile;
use super::{Norms, Question, QuestionKind, Score, ScoreRule};

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
            ScoreRule::MeanOfScores => file.scores.into_iter().map(Spanned::into_inner).collect(),
            _ => file.of.into_iter().map(|q| self.known_question(q, questions)).collect(),
        };
        if let Some(section) = &file.section {
            let inside = questions.iter().filter(|q| q.section.as_ref() == Some(section.get_ref()));
            of.extend(inside.filter(|q| counts(q)).map(|q| q.id.clone()));
        }
        let reverse: Vec<String> =
            file.reverse.into_iter().map(|q| self.known_question(q, questions)).collect();
        if of.is_empty() {
            let mend = "Name its items with of = [\"…\"], section = \"…\" or scores = [\"…\"].";
            self.mistake(at.clone(), format!("The score “{}” has no items.", file.title), mend);
        }
        let mut once = HashSet::new();
        if let Some(twice) = of.iter().find(|id| !once.insert(id.as_str())) {
            let what = format!("“{twice}” is scored twice.");
            self.mistake(at.clone(), what, "Name each item once, by `of` or by `section`.");
        }
        if file.prorate && how != ScoreRule::Sum {
            let what = "Only a sum can be prorated.".to_owned();
            self.mistake(at.clone(), what, "Take prorate out, or write how = \"sum\".");
        }
        if let Some(odd) = reverse.iter().find(|q| !of.contains(q)) {
            let what = format!("“{odd}” is reversed but not among the items.");
            self.mistake(at.clone(), what, "Add it to `of`, or take it out of `reverse`.");
        }
        if how == ScoreRule::MeanOfScores && of.contains(file.id.get_ref()) {
            let what = format!("The score “{}” is a mean of itself.", file.title);
            self.mistake(at.clone(), what, "Name other scores.");
        }
        let missing = of.iter().find(|id| how == ScoreRule::MeanOfScores && !ids.contains(*id));
        if let Some(missing) = missing {
            let mend = "Name the ids of other scores of this practice.";
            self.mistake(at.clone(), format!("There is no score “{missing}”."), mend);
        }
        let uncounted = questions.iter().find(|q| of.contains(&q.id) && !counts(q));
        if let Some(question) = uncounted.filter(|_| how != ScoreRule::MeanOfScores) {
            let mend = "Use a scale, a number with min and max, yes-no, or a choice whose options all have a value.";
            self.mistake(at.clone(), format!("“{}” has no number to score.", question.id), mend);
        }
        let least = file.least.unwrap_or(0.75);
        if !(0.0..=1.0).contains(&least) {
            let mend = "Give the share that must be answered, from 0 to 1.";
            self.mistake(at.clone(), format!("least is {least}."), mend);
        }
        let norms = self.norms(&file.title, at, (file.sd, file.reliability, file.source));
        let (id, title, prorate) = (file.id.into_inner(), file.title, file.prorate);
        Score { id, title, of, reverse, how, least, prorate, norms }
    }

    /// What two sessions can be told apart by: all of it, or nothing.
    fn norms(
        &mut self,
        title: &str,
        at: std::ops::Range<usize>,
        given: (Option<f64>, Option<f64>, Option<String>),
    ) -> Option<Norms> {
        let (sd, reliability, source) = match given {
            (None, None, None) => return None,
            (Some(sd), Some(reliability), Some(source)) if !source.trim().is_empty() => {
                (sd, reliability, source)
            }
            _ => {
                let what = format!("The norms of the score “{title}” are incomplete.");
                let mend = "Give sd, reliability and the source of both, or none of them.";
                self.mistake(at, what, mend);
                return None;
            }
        };
        if sd <= 0.0 || !sd.is_finite() {
            let mend = "Give the standard deviation of the score between people, above 0.";
            self.mistake(at.clone(), format!("sd is {sd}."), mend);
        }
        if reliability <= 0.0 || reliability >= 1.0 || reliability.is_nan() {
            let mend = "Give the reliability of the score, above 0 and below 1.";
            self.mistake(at, format!("reliability is {reliability}."), mend);
        }
        Some(Norms { sd, reliability, source })
    }

    fn how(&mut self, file: &ScoreFile) -> ScoreRule {
        match file.how.as_ref().map(|how| (how.span(), how.get_ref().as_str())) {
            None | Some((_, "mean")) => ScoreRule::Mean,
            Some((_, "sum")) => ScoreRule::Sum,
            Some((_, "mean-of-scores")) => ScoreRule::MeanOfScores,
            Some((at, word)) => {
                let mend = "Use mean, sum or mean-of-scores.";
                self.mistake(at, format!("A score cannot be a “{word}”."), mend);
                ScoreRule::Mean
            }
        }
    }
}

/// Has an answer to this a number?
fn counts(question: &Question) -> bool {
    match &question.kind {
        QuestionKind::Scale { .. } | QuestionKind::YesNo => true,
        // Without both ends there is no range to reverse or to show.
        QuestionKind::Number { min, max } => min.is_some() && max.is_some(),
        QuestionKind::Choice { options, .. } => options.iter().all(|o| o.value.is_some()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::parse;

    fn told(norms: &str) -> Vec<(usize, String)> {
        let text = format!(
            "title = \"Q\"\n[[question]]\nid = \"a\"\nask = \"A\"\nkind = \"yes-no\"\n[[score]]\nid = \"s\"\ntitle = \"S\"\nof = [\"a\"]\n{norms}"
        );
        let mistakes = parse("q", &text, &[]).err().unwrap_or_default();
        mistakes.into_iter().map(|m| (m.line, m.what)).collect()
    }

    #[test]
    fn norms_are_whole_with_their_source_and_possible() {
        assert_eq!(told(""), []);
        assert_eq!(told("sd = 0.8\nreliability = 0.82\nsource = \"A study, 1999\"\n"), []);
        let incomplete = [(7, "The norms of the score “S” are incomplete.".to_owned())];
        assert_eq!(told("sd = 0.8\nreliability = 0.82\n"), incomplete);
        assert_eq!(told("sd = 0.8\nsource = \"A study\"\n"), incomplete);
        assert_eq!(told("sd = 0.8\nreliability = 0.82\nsource = \" \"\n"), incomplete);
        let impossible = told("sd = 0\nreliability = 1\nsource = \"A study\"\n");
        let what = [(7, "sd is 0.".to_owned()), (7, "reliability is 1.".to_owned())];
        assert_eq!(impossible, what);
    }
}

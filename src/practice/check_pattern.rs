//! The part of the checking that is about patterns.

use super::check::Check;
use super::file::PatternFile;
use super::{Pattern, PatternDisplay, PatternGrouping, Question, QuestionKind, Score};

impl Check<'_> {
    pub(super) fn patterns(
        &mut self,
        practice: &str,
        files: Vec<PatternFile>,
        questions: &[&Question],
        scores: &[Score],
    ) -> Vec<Pattern> {
        files.into_iter().map(|file| self.pattern(practice, file, questions, scores)).collect()
    }

    fn pattern(
        &mut self,
        practice: &str,
        file: PatternFile,
        questions: &[&Question],
        scores: &[Score],
    ) -> Pattern {
        let (at, word) = (file.shows.span(), file.shows.get_ref());
        let shows =
            PatternDisplay::ALL.iter().find(|(name, _)| name == word).map(|(_, shows)| *shows);
        let shows = shows.unwrap_or_else(|| {
            let words: Vec<_> = PatternDisplay::ALL.iter().map(|(name, _)| *name).collect();
            let mend = format!("Use one of {}.", words.join(", "));
            self.mistake(at.clone(), format!("A pattern cannot show “{word}”."), mend);
            PatternDisplay::Moments
        });
        let of = file.of;
        let wanted = match shows {
            PatternDisplay::Hours | PatternDisplay::Sittings => 0..=usize::MAX,
            PatternDisplay::Change => 2..=2,
            PatternDisplay::Weeks | PatternDisplay::Scores => 1..=usize::MAX,
            PatternDisplay::Moments | PatternDisplay::Counts | PatternDisplay::Recurring => 1..=1,
        };
        if !wanted.contains(&of.len()) {
            let mend = match shows {
                PatternDisplay::Change => "Name two questions: of = [\"before\", \"after\"].",
                _ => "Name one question: of = [\"…\"]; weeks and scores take several.",
            };
            self.mistake(at, format!("“{}” is of {} questions.", file.title, of.len()), mend);
        }
        for id in &of {
            self.suits(shows, id, questions, scores);
        }
        let by = file.by.map(|by| {
            // What another practice asks is its own file's matter.
            if by.practice.is_none() {
                self.asked(&by.question, questions);
            }
            let own = || practice.to_owned();
            PatternGrouping {
                practice: by.practice.unwrap_or_else(own),
                question: by.question.into_inner(),
            }
        });
        Pattern {
            title: file.title,
            shows,
            of: of.into_iter().map(toml::Spanned::into_inner).collect(),
            without: file.without.into(),
            by,
            note: file.note,
            first: file.first,
            sharing: file.sharing,
        }
    }

    fn asked<'q>(
        &mut self,
        id: &toml::Spanned<String>,
        questions: &[&'q Question],
    ) -> Option<&'q Question> {
        let found = questions.iter().find(|q| q.id == *id.get_ref()).copied();
        if found.is_none() {
            let what = format!("There is no question “{}”.", id.get_ref());
            self.mistake(id.span(), what, "Name the id of one of this practice's questions.");
        }
        found
    }

    /// Can this be shown of that?
    fn suits(
        &mut self,
        shows: PatternDisplay,
        id: &toml::Spanned<String>,
        questions: &[&Question],
        scores: &[Score],
    ) {
        if shows == PatternDisplay::Scores {
            if !scores.iter().any(|score| score.id == *id.get_ref()) {
                let what = format!("There is no score “{}”.", id.get_ref());
                self.mistake(id.span(), what, "Name the id of a [[score]] of this practice.");
            }
            return;
        }
        let Some(question) = self.asked(id, questions) else { return };
        let (fits, wanted) = match shows {
            PatternDisplay::Weeks | PatternDisplay::Change => (
                matches!(
                    question.kind,
                    QuestionKind::Scale { .. }
                        | QuestionKind::Number { .. }
                        | QuestionKind::Stillness { .. }
                ),
                "a scale or a number",
            ),
            PatternDisplay::Counts => (
                !matches!(
                    question.kind,
                    QuestionKind::Text { .. } | QuestionKind::Long | QuestionKind::Tags
                ),
                "a choice, yes-no, a scale or a number",
            ),
            PatternDisplay::Moments | PatternDisplay::Recurring => (
                matches!(question.kind, QuestionKind::Text { .. } | QuestionKind::Long),
                "text or long",
            ),
            PatternDisplay::Hours | PatternDisplay::Sittings | PatternDisplay::Scores => (true, ""),
        };
        if !fits {
            let what = format!("“{}” cannot be shown so.", id.get_ref());
            self.mistake(id.span(), what, format!("Name a question of the kind {wanted}."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::parse;

    #[test]
    fn a_pattern_that_cannot_be_shown_is_named_with_its_line() {
        let text = "title = \"Walk\"\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\n\n[[pattern]]\ntitle = \"A\"\nshows = \"clouds\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"B\"\nshows = \"weeks\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"C\"\nshows = \"counts\"\nof = [\"heard\"]\n[[pattern]]\ntitle = \"D\"\nshows = \"change\"\nof = [\"seen\"]\n[[pattern]]\ntitle = \"E\"\nshows = \"scores\"\nof = [\"ease\"]\n";
        let mistakes = parse("walk", text, &[]).unwrap_err();
        let told: Vec<_> = mistakes.iter().map(|m| (m.line, m.what.as_str())).collect();
        assert_eq!(
            told,
            [
                (9, "A pattern cannot show “clouds”."),
                (14, "“seen” cannot be shown so."),
                (18, "There is no question “heard”."),
                (21, "“D” is of 1 questions."),
                (22, "“seen” cannot be shown so."),
                (26, "There is no score “ease”."),
            ]
        );
    }
}

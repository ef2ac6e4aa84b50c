//! The answers of a session, all in one place: before they are kept, and where a draft is
//! continued.

use textwrap::core::display_width;

use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, Question, SENTENCE};
use crate::render::{clean, clean_line, cut};

use super::choices::{choose_from, read_through};
use super::conversation::Conversation;
use super::question_input::QuestionEnd;
use super::sentence::{LOSES_WORDING, ends_own_wording};
use super::walk::Walk;

/// The answer in words: of a scale, its word alone where it has one.
fn words(answer: &Answer) -> String {
    let label = answer.value.number().and_then(|n| answer.labels.get(&n.to_string()));
    label.cloned().unwrap_or_else(|| answer.text())
}

/// The row that changes an answer. Of several under one question, each keeps its own line,
/// and what is too long is cut before it.
fn change_row(asked: &str, line: Option<&str>, room: usize) -> String {
    let row = format!("Change: {}", clean_line(asked));
    let line = line.map(clean_line).unwrap_or_default();
    match row.strip_suffix(&*line).filter(|_| !line.is_empty() && display_width(&row) > room) {
        Some(front) => {
            let room = room.saturating_sub(display_width(&line) + 1);
            format!("{} {line}", cut(front.trim_end(), room))
        }
        None => cut(&row, room),
    }
}

/// What stands for an answer that may tell of fear.
const KEPT: &str = "(answered, not shown)";
/// What the review asks first where its lines would hide the answers.
const SHORT_MENU: [&str; 3] = ["Keep it", "Change an answer", "Read all answers again"];
/// What a question that was shown on request is called where all answers stand.
const PRIVATE: &str = "the private question";

impl Conversation<'_> {
    /// Shows all answers, any of them to be changed. Are they to be kept as they stand?
    pub(super) fn review(&self, walk: &mut Walk) -> Result<bool> {
        let mut answers = walk.kept_answers();
        // As the entry is shown.
        answers.sort_by_key(|answer| answer.question != SENTENCE);
        // A single answer is on the screen already.
        if answers.len() < 2 {
            return Ok(true);
        }
        self.screen.clear();
        self.places.borrow_mut().clear();
        self.screen.title(&walk.practice().title);
        self.show_sentence(&answers, walk.practice());
        self.show_answers(&answers, walk.practice());
        let rows_above = self.screen.mark();
        let asked = |a: &Answer| {
            let question = walk.practice().question(&a.question)?.worded(&answers);
            Some(walk.practice().as_answered(question, a))
        };
        let questions: Vec<Question> = answers.iter().filter_map(asked).collect();
        let asked_as =
            |id: &str| answers.iter().find(|a| a.question == id).map(|a| a.asked.as_str());
        // Beside the mark, and short of the edge, where a terminal breaks it anywhere. In plain
        // lines it's wrapped like everything there.
        let row = self.screen.size().1.saturating_sub(4);
        let room = if self.screen.is_accessible() { usize::from(u16::MAX) } else { row };
        let mut lines = vec!["Keep it".to_owned()];
        lines.extend(questions.iter().map(|question| {
            let lost = if ends_own_wording(question, walk.practice(), &answers) {
                LOSES_WORDING
            } else {
                ""
            };
            if question.reveal {
                format!("Change: {PRIVATE}")
            } else {
                let room = room.saturating_sub(lost.len());
                // As it was asked, which stands above: care may ask it in other words by now.
                let asked = asked_as(&question.id).unwrap_or(&question.ask);
                change_row(asked, question.line.as_deref(), room) + lost
            }
        }));
        match self.choose_row(&lines, rows_above, || self.all_answers(&answers, walk.practice()))? {
            Some(0) => Ok(true),
            Some(index) => self.change(&questions[index - 1], walk).map(|()| false),
            None => self.goes_back(walk).map(|_| false),
        }
    }

    /// One of the review's lines. So many that they would push the answers off the screen
    /// wait behind a short menu, from which all answers can be read.
    fn choose_row(
        &self,
        lines: &[String],
        rows_above: usize,
        all_answers: impl Fn() -> String,
    ) -> Result<Option<usize>> {
        let (height, _) = self.screen.size();
        let hides_answers = rows_above + lines.len() >= height && lines.len() > height / 2;
        if self.screen.is_accessible() || !hides_answers {
            return choose_from("", lines, 0, self.screen);
        }
        loop {
            match choose_from("", &SHORT_MENU, 0, self.screen)? {
                Some(1) => loop {
                    if let Some(index) = choose_from("Which one?", &lines[1..], 0, self.screen)? {
                        return Ok(Some(index + 1));
                    }
                    if self.leaves_aside()? {
                        break;
                    }
                },
                Some(2) => {
                    let all = all_answers();
                    self.screen.aside(|| read_through(&all, self.screen))?;
                }
                chosen => return Ok(chosen),
            }
        }
    }

    /// Asks a question once more; back leaves its answer as it was, but for a sentence, whose
    /// words are nowhere else.
    pub(super) fn change(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let place = self.screen.mark();
        let menu = self.menu_aside(Some(question));
        let reply = self.read(question, false, Some(&menu), walk)?;
        if question.reveal {
            // Neither it nor its answer stays in sight.
            self.screen.rewind(place);
        }
        match reply {
            QuestionEnd::Answer(value) => {
                walk.pass(question, value.map(|value| question.answer_with(value)));
                self.save(walk);
                self.care(walk)?;
            }
            QuestionEnd::Back(Some(words)) if question.id == SENTENCE => {
                walk.hold(question, question.answer_with(words));
                self.save(walk);
            }
            QuestionEnd::Back(_) => {}
        }
        Ok(())
    }

    /// The sentence that is kept with its pieces. One that was worded by hand is among the
    /// answers, and one that tells of fear is not shown again. What stays hidden among the
    /// answers is left out of it, too.
    fn show_sentence(&self, answers: &[Answer], practice: &Practice) {
        let is_among = answers.iter().any(|answer| answer.question == SENTENCE);
        if is_among || practice.tells_fear(answers) {
            return;
        }
        let shown = answers.iter().filter(|answer| !practice.can_tell_fear(&answer.question));
        let shown: Vec<Answer> = shown.cloned().collect();
        if let Some(sentence) = practice.built_sentence(&shown) {
            let page = self.screen.page();
            self.screen.line(&page.strong(&page.wrap(&clean_line(&sentence), "  ")));
            self.screen.line("");
        }
    }

    /// What was answered; to a question that may tell of fear, only that it was.
    pub(super) fn show_answers(&self, answers: &[Answer], practice: &Practice) {
        self.screen.show(&self.all_answers(answers, practice));
        self.screen.line("");
    }

    /// The same as a text.
    fn all_answers(&self, answers: &[Answer], practice: &Practice) -> String {
        let page = self.screen.page();
        let mut all = String::new();
        for answer in answers {
            let asked = if practice.is_private(&answer.question) {
                PRIVATE.to_owned()
            } else {
                clean_line(&answer.asked)
            };
            let text = if practice.can_tell_fear(&answer.question) {
                KEPT.to_owned()
            } else {
                clean(&words(answer)).into_owned()
            };
            all += &format!("{}\n", page.quiet(&page.wrap(&asked, "")));
            all += &format!("{}\n", page.wrap(&text, "  ").trim_end());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_several_under_one_question_keep_their_own_lines() {
        let ask = "Am I holding on because of what I'd lose? Fear:";
        let row = |room| change_row(ask, Some("Fear:"), room);
        assert_eq!(row(80), format!("Change: {ask}"));
        let narrow = row(36);
        assert!(
            narrow.starts_with("Change: Am I holding") && narrow.ends_with("… Fear:"),
            "{narrow}"
        );
        assert!(display_width(&narrow) <= 36, "{narrow}");
        assert!(change_row(ask, None, 36).ends_with('…'));
    }
}

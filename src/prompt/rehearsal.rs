//! A plan, said back once: saying it or typing it helps to keep it in mind.

use crate::error::Result;
use crate::practice::{Question, QuestionKind};
use crate::render::clean_line;

use super::conversation::Conversation;
use super::question_input::Input;
use super::text_input::TextPrompt;
use super::walk::Walk;

const LEAD: &str = "Once more, so it sticks:";
const ASK: &str = "Say it aloud or in your head, or type it. Enter moves on.";

impl Conversation<'_> {
    /// Says the plan back, once it is whole. What is typed then is kept nowhere.
    pub(super) fn rehearse(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let practice = walk.practice();
        let Some(halves) = &practice.rehearsal else { return Ok(()) };
        let mut ends = std::iter::once(&halves.deed).chain(&halves.whole);
        if !ends.any(|id| *id.get_ref() == question.id) {
            return Ok(());
        }
        let Some(plan) = practice.plan(&walk.progress().answers) else { return Ok(()) };
        let screen = self.screen;
        let page = screen.page();
        screen.line(LEAD);
        screen.line(&page.strong(&page.wrap(&clean_line(&plan), "  ")));
        screen.line(&page.strong(&page.wrap(ASK, "")));
        screen.rescue().end();
        let typed = Question::plain("plan", ASK, QuestionKind::Text { suggestions: Vec::new() });
        let mut prompt = TextPrompt::new(&typed, "");
        while let Input::Esc(_) = prompt.read(&typed, screen)? {
            if self.goes_back(walk)? {
                return Ok(());
            }
        }
        screen.line("");
        Ok(())
    }
}

//! The one menu on Esc, the same everywhere, so that seeing it says nothing about anyone.

use crate::entry::Answer;
use crate::error::{Result, did_you_mean, nearest};
use crate::practice::{HelpPage, Practice};
use crate::render::clean_line;

use super::Screen;
use super::choices::yes;

/// What can be chosen in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EscChoice {
    /// Back to what was being answered, as it stands.
    Continue,
    /// To the question before.
    Back,
    /// Past this question, without an answer.
    Skip,
    /// Out of the session; the draft is kept.
    Stop,
    /// The page about safety.
    Safety,
    /// What is left out, and whether it should be.
    Sharing,
    /// The page about people to talk to, where a question is about them.
    Support,
}

/// The pages that the menu opens, and that come back to it.
pub trait SidePages {
    /// Shows a page of help on this screen.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    fn help(&self, page: HelpPage, screen: &Screen) -> Result<()>;

    /// Asks whether suggestions to share stay left out.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    fn sharing(&self, screen: &Screen) -> Result<()>;

    /// What follows from an answer, by all answers so far. What has to be said of it at once
    /// is said on this screen.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    fn answered(&self, answers: &[Answer], screen: &Screen) -> Result<CareStep>;
}

/// How the session continues after an answer.
pub enum CareStep {
    /// As it was.
    Continue,
    /// In another form of the practice.
    Adapt(Box<Practice>),
    /// In the form from before: the answer that had changed it was taken back.
    Restore(Box<Practice>),
    /// Not at all: what was answered is kept as it stands.
    Stop,
}

/// The menu as it stands at one place.
pub struct EscMenu<'a> {
    pub pages: &'a dyn SidePages,
    /// Is there a question before this one?
    pub can_go_back: bool,
    /// Is there a question to be skipped?
    pub can_skip: bool,
    /// The page of its own that the question has in it.
    pub page: Option<HelpPage>,
}

/// What stopping says where no draft has the answers, and what is asked then.
pub const STOP_AND_LOSE: &str = "Stop, and lose these answers";
pub const LOSE_ANSWERS: &str = "Lose these answers for good?";

/// What choices of the menu would drop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drops {
    /// Is there something typed?
    pub words_at_skip: bool,
    /// Could the draft not be saved?
    pub answers_at_stop: bool,
}

/// How a person leaves the menu, once the pages that it opens were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuExit {
    /// Not at all.
    Stay,
    Back,
    Skip,
    Stop,
}

impl EscMenu<'_> {
    /// Opens it. `has_words`: was something typed that a skip would drop? What no draft has is
    /// given up only by whoever says so twice.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    pub fn open(&self, has_words: bool, screen: &Screen) -> Result<MenuExit> {
        let drops = Drops { words_at_skip: has_words, answers_at_stop: !screen.rescue().is_safe() };
        let exit = self.choose(drops, screen)?;
        let is_lost = exit == MenuExit::Stop && drops.answers_at_stop;
        if is_lost && !yes(LOSE_ANSWERS, screen)? {
            return Ok(MenuExit::Stay);
        }
        Ok(exit)
    }

    fn choose(&self, drops: Drops, screen: &Screen) -> Result<MenuExit> {
        let choice = screen.prompter().menu(&self.choices(), drops, screen)?;
        match choice {
            EscChoice::Continue => Ok(MenuExit::Stay),
            EscChoice::Back if self.can_go_back => Ok(MenuExit::Back),
            EscChoice::Skip if self.can_skip => Ok(MenuExit::Skip),
            EscChoice::Back | EscChoice::Skip => Ok(MenuExit::Stay),
            EscChoice::Stop => Ok(MenuExit::Stop),
            EscChoice::Safety => aside(|| self.pages.help(HelpPage::Safety, screen), screen),
            EscChoice::Sharing => aside(|| self.pages.sharing(screen), screen),
            EscChoice::Support if self.has_support() => {
                aside(|| self.pages.help(HelpPage::Support, screen), screen)
            }
            EscChoice::Support => Ok(MenuExit::Stay),
        }
    }

    fn choices(&self) -> Vec<EscChoice> {
        let is_offered = |choice: &EscChoice| match choice {
            EscChoice::Back => self.can_go_back,
            EscChoice::Skip => self.can_skip,
            EscChoice::Support => self.has_support(),
            EscChoice::Continue | EscChoice::Stop | EscChoice::Safety | EscChoice::Sharing => true,
        };
        EscChoice::ALL.into_iter().filter(is_offered).collect()
    }

    fn has_support(&self) -> bool {
        self.page == Some(HelpPage::Support)
    }
}

/// Shows a page, and returns to where it was opened unless `:stop` was typed there.
fn aside(show: impl FnOnce() -> Result<()>, screen: &Screen) -> Result<MenuExit> {
    screen.aside(show)?;
    Ok(if screen.take_stop() { MenuExit::Stop } else { MenuExit::Stay })
}

impl EscChoice {
    const ALL: [EscChoice; 7] = [
        EscChoice::Continue,
        EscChoice::Back,
        EscChoice::Skip,
        EscChoice::Stop,
        EscChoice::Safety,
        EscChoice::Sharing,
        EscChoice::Support,
    ];

    /// What is typed for it where there is no menu.
    pub(super) fn word(self) -> &'static str {
        match self {
            EscChoice::Continue => "continue",
            EscChoice::Back => "back",
            EscChoice::Skip => "skip",
            EscChoice::Stop => "stop",
            EscChoice::Safety => "safety",
            EscChoice::Sharing => "sharing",
            EscChoice::Support => "people",
        }
    }

    /// What to say of a line that was meant as one of these and is none, such as `:help`: it's
    /// no answer, least of all where someone looked for the page about safety. A face such as
    /// `:D` is one.
    pub(super) fn unknown_command(line: &str) -> Option<String> {
        let word = line.trim().strip_prefix(':')?;
        let mut letters = word.chars();
        let is_word = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_some();
        if !is_word || word.contains(char::is_whitespace) || EscChoice::by_word(word).is_some() {
            return None;
        }
        let near = nearest(word, EscChoice::ALL.map(EscChoice::word));
        let near = near.map(|near| format!(":{near}"));
        let all = "At a question, type :back, :skip, :stop, :safety or :sharing alone on a line.";
        Some(format!("There's no :{}. {}", clean_line(word), did_you_mean(near.as_deref(), all)))
    }

    pub(super) fn by_word(word: &str) -> Option<EscChoice> {
        EscChoice::ALL.into_iter().find(|choice| choice.word().eq_ignore_ascii_case(word))
    }

    pub(super) fn words(self, drops: Drops) -> &'static str {
        match self {
            EscChoice::Continue => "Continue",
            EscChoice::Back => "Back to the previous question",
            EscChoice::Skip if drops.words_at_skip => "Skip this question and drop these words",
            EscChoice::Skip => "Skip this question",
            EscChoice::Stop if drops.answers_at_stop => STOP_AND_LOSE,
            EscChoice::Stop => "Stop here; your draft stays",
            EscChoice::Safety => "Safety",
            EscChoice::Sharing => "Suggestions to share",
            EscChoice::Support => "Read about people to talk to",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_and_a_word_that_is_no_command_is_asked_again_and_anything_else_is_an_answer() {
        for line in [":saftey", " :Safty. ", ":help", ":safety?", ":no"] {
            let refusal = EscChoice::unknown_command(line).unwrap();
            assert!(refusal.contains(":safety or :sharing"), "{line}: {refusal}");
        }
        for line in [":)", ":D", ":", "::", ":-)", ": safety", ":not today", "so:yes", ":3", ""] {
            assert_eq!(EscChoice::unknown_command(line), None, "{line}");
        }
    }
}

//! The one menu on Esc, the same everywhere, so that seeing it says nothing about anyone.

use crate::error::{Result, did_you_mean, nearest};
use crate::practice::{HelpPage, Question};
use crate::render::clean_line;

use super::Screen;
use super::care_screens::CareScreens;
use super::choices::{show_page, yes};

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

/// Where back leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackTarget {
    /// To the question before this one.
    Question,
    /// Out of what was entered aside, as from an answer to be changed to the list of answers.
    Page,
}

/// The menu as it stands at one place.
pub struct EscMenu<'a> {
    /// What only a session has.
    pub care_screens: Option<&'a dyn CareScreens>,
    /// Where back leads, if there is a way back.
    pub back: Option<BackTarget>,
    /// Is there a question to be skipped?
    pub can_skip: bool,
    /// The page of its own that the question has in it.
    pub page: Option<HelpPage>,
    /// What leaving is called where it doesn't end a session.
    pub leave: Option<&'static str>,
}

/// What stopping says where a draft has the answers.
pub const STOP_AND_KEEP: &str = "Stop here; the draft is kept";
/// What stopping says where no draft has the answers, and what is asked then.
pub const STOP_AND_LOSE: &str = "Stop, and lose these answers";
pub const LOSE_ANSWERS: &str = "Lose these answers for good?";
/// What is asked where no menu has said so.
const DROP_ANSWER: &str = "Drop your answer?";

/// What would be gone if the question were skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipLoss {
    Nothing,
    /// A page, which would only stay unread.
    Page,
    /// What is chosen there, or was answered.
    Answer,
    /// Words that are typed there.
    Words,
}

impl SkipLoss {
    fn is_loss(self) -> bool {
        match self {
            SkipLoss::Nothing | SkipLoss::Page => false,
            SkipLoss::Answer | SkipLoss::Words => true,
        }
    }
}

/// What choices of the menu would drop, and where they lead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drops {
    pub at_skip: SkipLoss,
    /// Could the draft not be saved?
    pub answers_at_stop: bool,
    pub back: Option<BackTarget>,
    /// What leaving is called where it drops nothing.
    pub leave: Option<&'static str>,
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
    /// The menu of a list that belongs to no session: with the page about safety, and this line
    /// to leave it.
    pub fn of_list(leave: &'static str) -> EscMenu<'static> {
        EscMenu { care_screens: None, back: None, can_skip: false, page: None, leave: Some(leave) }
    }

    /// The menu of a question that belongs to no session: back leads out of it.
    pub fn of_question(question: &Question) -> EscMenu<'static> {
        let page = question.page;
        let back = Some(BackTarget::Page);
        EscMenu { care_screens: None, back, can_skip: true, page, leave: None }
    }

    /// Opens it. What no draft has is given up only by whoever says so twice, and so is what
    /// is skipped, where no menu says it.
    ///
    /// # Errors
    /// `Cancelled` on Ctrl-C, or what the terminal says.
    pub fn open(&self, at_skip: SkipLoss, screen: &Screen) -> Result<MenuExit> {
        let leave = self.leave;
        let answers_at_stop = leave.is_none() && !screen.rescue().is_safe();
        let drops = Drops { at_skip, answers_at_stop, back: self.back, leave };
        let exit = self.choose(drops, screen)?;
        let doubt = match exit {
            MenuExit::Stop if answers_at_stop => Some(LOSE_ANSWERS),
            MenuExit::Skip if at_skip.is_loss() && screen.is_accessible() => Some(DROP_ANSWER),
            MenuExit::Stop | MenuExit::Skip | MenuExit::Stay | MenuExit::Back => None,
        };
        let is_meant = doubt.map_or(Ok(true), |doubt| yes(doubt, screen))?;
        Ok(if is_meant { exit } else { MenuExit::Stay })
    }

    fn choose(&self, drops: Drops, screen: &Screen) -> Result<MenuExit> {
        let choice = screen.prompter().menu(&self.choices(), drops, screen)?;
        match choice {
            EscChoice::Continue => Ok(MenuExit::Stay),
            EscChoice::Back if self.back.is_some() => Ok(MenuExit::Back),
            EscChoice::Skip if self.can_skip => Ok(MenuExit::Skip),
            EscChoice::Stop => Ok(MenuExit::Stop),
            EscChoice::Safety => aside(|| show_page(HelpPage::Safety, screen), screen),
            EscChoice::Support if self.has_support() => {
                aside(|| show_page(HelpPage::Support, screen), screen)
            }
            EscChoice::Sharing => match self.care_screens {
                Some(care_screens) => aside(|| care_screens.sharing(screen), screen),
                None => Ok(refuse(choice, screen)),
            },
            EscChoice::Back | EscChoice::Skip | EscChoice::Support => Ok(refuse(choice, screen)),
        }
    }

    fn choices(&self) -> Vec<EscChoice> {
        let is_offered = |choice: &EscChoice| match choice {
            EscChoice::Back => self.back.is_some(),
            EscChoice::Skip => self.can_skip,
            EscChoice::Support => self.has_support(),
            EscChoice::Sharing => self.care_screens.is_some(),
            EscChoice::Continue | EscChoice::Stop | EscChoice::Safety => true,
        };
        EscChoice::ALL.into_iter().filter(is_offered).collect()
    }

    fn has_support(&self) -> bool {
        self.page == Some(HelpPage::Support)
    }
}

/// Says why what was typed can't be done here. No menu has such a line.
fn refuse(choice: EscChoice, screen: &Screen) -> MenuExit {
    screen.paragraph(choice.refusal());
    MenuExit::Stay
}

/// Shows a page, and returns to where it was opened unless `:stop` was typed there.
fn aside(show: impl FnOnce() -> Result<()>, screen: &Screen) -> Result<MenuExit> {
    screen.aside(show)?;
    Ok(if screen.take_stop() { MenuExit::Stop } else { MenuExit::Stay })
}

impl EscChoice {
    /// Whatever can be typed; a new one is missing here until it's added.
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

    /// What to say where it was typed and can't be done.
    fn refusal(self) -> &'static str {
        match self {
            EscChoice::Back => "You can't go back from here.",
            EscChoice::Skip => "This can't be skipped.",
            EscChoice::Sharing => {
                "Suggestions to share are part of a practice. Type :sharing there."
            }
            EscChoice::Support => "There's no page about people to talk to here.",
            EscChoice::Continue | EscChoice::Stop | EscChoice::Safety => "",
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
            EscChoice::Back if drops.back == Some(BackTarget::Page) => "Back to the previous page",
            EscChoice::Back => "Back to the question before",
            EscChoice::Skip if drops.at_skip == SkipLoss::Words => {
                "Skip this question and drop these words"
            }
            EscChoice::Skip if drops.at_skip == SkipLoss::Page => "Skip this page",
            EscChoice::Skip => "Skip this question",
            EscChoice::Stop if drops.answers_at_stop => STOP_AND_LOSE,
            EscChoice::Stop => drops.leave.unwrap_or(STOP_AND_KEEP),
            EscChoice::Safety => "Safety",
            EscChoice::Sharing => "Suggestions to share",
            EscChoice::Support => "Read about people to talk to",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::QuestionKind;

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

    #[test]
    fn back_says_whether_it_leads_to_a_question_or_out_of_what_was_entered_aside() {
        let words = |back| {
            let at_skip = SkipLoss::Nothing;
            EscChoice::Back.words(Drops { at_skip, answers_at_stop: false, back, leave: None })
        };
        assert_eq!(words(Some(BackTarget::Question)), "Back to the question before");
        assert_eq!(words(Some(BackTarget::Page)), "Back to the previous page");
        let question = Question::plain("a", "A?", QuestionKind::Long);
        assert_eq!(EscMenu::of_question(&question).back, Some(BackTarget::Page));
    }
}

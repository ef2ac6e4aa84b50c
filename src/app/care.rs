//! Care in a session: what is known as it opens, the screen right after an answer that turns
//! care on, the lift question, and what the menu on Esc opens. Every line of it is on the
//! screen that is wiped.

use std::cell::Cell;

use crate::entry::{Answer, Value};
use crate::error::{Error, Result};
use crate::practice::{
    Fear, Form, HelpPage, LEFT_OUT, Practice, SafetyPointer, lift_choice, lift_question,
};
use crate::prompt::{
    CareScreens, CareStep, QuestionEnd, Screen, ask_question, choose_or_command, read_on, show_page,
};

use super::App;
use super::care_history::fear;
use super::history::History;

const FROM_NOW_ON: &str = "Your answer is encrypted like every other. From now on this journal leaves out suggestions to share, or to talk things through, until you say otherwise. While the journal is locked, inward can't read your answer, so its suggestions are the same for everyone.";
/// The same in a line, where there is no room for more.
const LEFT_OUT_FROM_HERE: &str =
    "This journal leaves out suggestions to share until you say otherwise.";
const LEAVES_AT_ONCE: &str = "Ctrl-C stops at once and clears the screen.";
const ONLY_LEAVES: &str = "Ctrl-C stops at once.";
const READ_NOW: &str = "Read about safety now";
const READ_AND_STAYS: &str = "Read about safety now (it stays on this screen)";
const LAST_WORD_IN_LINES: &str = "You can read about safety again at any time: type :safety alone on a line, in any practice. Your shell never sees it, so it has nothing to remember.";
const LAST_WORD: &str = "You can read about safety again at any time: Esc, then “Safety”, in any practice. Nothing is typed, so your shell has nothing to remember.";

/// What one time at the prompt knows of care, through every session in it.
pub struct SessionCare {
    /// As the entries have it, and what was kept since.
    known: Cell<Fear>,
    /// Was care on when it opened?
    was_on: bool,
    is_locked: bool,
    /// Is the lift question to be offered at the end of any practice?
    is_lift_due: bool,
    /// How the lift question was answered in the session under way.
    lift: Cell<Option<bool>>,
    was_lift_asked: Cell<bool>,
    /// Do the answers under way say that the writer is afraid?
    tells_fear: Cell<bool>,
    /// Did a session say so that is kept by now?
    was_said: Cell<bool>,
    was_shown: Cell<bool>,
    /// Was it said there that being frightened is nobody's fault?
    was_fear_named: Cell<bool>,
    was_stopped: Cell<bool>,
}

impl SessionCare {
    /// As the earlier entries have it, where they are at hand.
    pub fn open(history: Option<&History>) -> SessionCare {
        SessionCare {
            is_locked: history.is_none(),
            is_lift_due: history.is_some_and(|history| history.is_lift_due),
            known: Cell::new(fear(history)),
            was_on: fear(history) == Fear::Known,
            lift: Cell::default(),
            was_lift_asked: Cell::default(),
            tells_fear: Cell::default(),
            was_said: Cell::default(),
            was_shown: Cell::default(),
            was_fear_named: Cell::default(),
            was_stopped: Cell::default(),
        }
    }

    /// The same, behind another practice of one routine: what was said there holds here, and
    /// isn't explained again, though the journal be locked.
    pub fn following(earlier: &SessionCare, history: Option<&History>) -> SessionCare {
        let mut care = SessionCare::open(history);
        // What came on in this time at the prompt was not on before it, though it's kept by now.
        if care.is_locked || earlier.has_told_fear() {
            care.was_on = earlier.was_on;
        }
        if care.is_locked {
            care.known.set(earlier.fear());
        }
        care.was_said.set(earlier.has_told_fear());
        care.was_shown.set(earlier.was_shown.get());
        care.was_fear_named.set(earlier.was_fear_named.get());
        care.was_lift_asked.set(earlier.was_lift_asked.get());
        care
    }

    /// What is known by now.
    pub fn fear(&self) -> Fear {
        match self.known.get() {
            // It was lifted after whatever was said before.
            _ if self.is_lifted() => Fear::None,
            _ if self.tells_fear.get() => Fear::Known,
            known => known,
        }
    }

    /// The form that a practice takes by what is known.
    pub fn form(&self, app: &App) -> Form {
        app.form(self.fear())
    }

    /// Did an answer in this time at the prompt say that the writer is afraid?
    fn has_told_fear(&self) -> bool {
        self.tells_fear.get() || self.was_said.get()
    }

    /// May care be lifted? Not where it came on just now.
    fn can_lift(&self) -> bool {
        self.was_on && self.fear() == Fear::Known
    }

    /// A draft is continued. What it says was followed by its screen when it was said.
    pub fn resume(&self, app: &App, practice: &str, answers: &[Answer]) {
        let tells = app.practices.tell_fear(practice, answers);
        self.tells_fear.set(tells);
        self.was_shown.set(tells);
        self.was_fear_named.set(app.practices.tells_fear_itself(practice, answers));
    }

    /// Was it stopped on the screen right after? What was answered is kept, and no more asked.
    pub fn was_stopped(&self) -> bool {
        self.was_stopped.get()
    }

    /// What a session said is kept, and holds for the next one.
    pub fn settle(&self) {
        self.known.set(self.fear());
        self.was_said.set(self.has_told_fear());
        self.tells_fear.set(false);
        self.lift.set(None);
    }

    /// The answer to the lift question, to be kept with the others.
    pub fn lift_answer(&self) -> Option<Answer> {
        self.lift.get().map(|keeps| lift_question().answer_with(Value::YesNo(keeps)))
    }

    /// Are suggestions to share wanted back, and is that not kept yet?
    pub fn is_lifted(&self) -> bool {
        self.lift.get() == Some(false)
    }

    /// Is the lift question to be asked at the end of this practice? Never of whoever has just
    /// said that they are afraid: a quick "no" there would count for more than that.
    fn offers_lift(&self, practice: &Practice) -> bool {
        let is_due = (practice.lift || self.is_lift_due) && !self.has_told_fear();
        is_due && self.can_lift() && !self.was_lift_asked.get()
    }
}

/// It doesn't say what might be, so that a glance gives nothing away.
const SHOWN: &str = "Nothing is left out at the moment.";

/// What the screen shows of care in one session.
pub struct SessionCareScreens<'s> {
    pub app: &'s App,
    pub care: &'s SessionCare,
    /// The practice in the form for what is known.
    pub form: &'s dyn Fn(Fear) -> Practice,
    pub practice: &'s str,
    /// The form that it has.
    pub shaped: Cell<Fear>,
}

impl CareScreens for SessionCareScreens<'_> {
    fn sharing(&self, screen: &Screen) -> Result<()> {
        let care = self.care;
        if care.can_lift() {
            return self.ask_lift(screen);
        }
        let locked = self.app.locked_sentence(
            "so inward can't read what you chose before.",
            "To see it or change it, run `inward unlock` first.",
        );
        let words = match care.fear() {
            Fear::Known => LEFT_OUT,
            Fear::Unknown if care.is_locked => &locked,
            Fear::Unknown => {
                "Some entries can't be read, so inward can't tell what you chose before. `inward doctor` names them."
            }
            Fear::None => SHOWN,
        };
        say(words, &["Continue"], screen).map(|_| ())
    }

    fn answered(&self, answers: &[Answer], screen: &Screen) -> Result<CareStep> {
        let care = self.care;
        let tells = self.app.practices.tell_fear(self.practice, answers);
        let had_told_fear = care.tells_fear.replace(tells);
        let names_fear = tells && self.app.practices.tells_fear_itself(self.practice, answers);
        // Fear that is told after something else is heard, too.
        let is_more = names_fear && !care.was_fear_named.get();
        if tells && (!had_told_fear || is_more) {
            // It was said after the lift, if there was one.
            care.lift.set(None);
            let is_new = !care.was_shown.get() || is_more;
            let choice = is_new.then(|| self.turned_on(answers, screen)).transpose();
            if choice.map_err(Error::with_silent_stop)? == Some(CareChoice::Stop) {
                care.was_stopped.set(true);
                return Ok(CareStep::Stop);
            }
        }
        let fear = care.fear();
        if self.shaped.replace(fear) == fear {
            return Ok(CareStep::Continue);
        }
        let practice = Box::new((self.form)(fear));
        let is_taken_back = had_told_fear && !tells;
        Ok(if is_taken_back { CareStep::Restore(practice) } else { CareStep::Adapt(practice) })
    }
}

/// What was chosen on the screen right after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CareChoice {
    Continue,
    Stop,
}

impl SessionCareScreens<'_> {
    /// The screen right after an answer that turns care on, with the page about safety that it
    /// opens.
    fn turned_on(&self, answers: &[Answer], screen: &Screen) -> Result<CareChoice> {
        let comfort = self.app.practices.comfort(self.practice, answers);
        let thanks = format!("Thank you for saying so. {comfort} You can stop here.");
        self.care.was_fear_named.set(self.app.practices.tells_fear_itself(self.practice, answers));
        let was_explained = self.care.was_on || self.care.was_shown.replace(true);
        let (read, leaves) = if screen.is_accessible() {
            (READ_AND_STAYS, ONLY_LEAVES)
        } else {
            (READ_NOW, LEAVES_AT_ONCE)
        };
        let lines = [read, "Continue", "Stop here; what you answered is kept"];
        let short = format!("{thanks}\n\n{leaves}");
        let explaining = |words: &str| format!("{thanks}\n\n{words}\n\n{leaves}");
        let (whole, brief) = (explaining(FROM_NOW_ON), explaining(LEFT_OUT_FROM_HERE));
        // In a small window, what is explained waits: the thanks must not scroll away.
        let fits = |words: &str| !was_explained && screen.has_room(words, &lines);
        let is_whole = fits(&whole);
        let words = [&whole, &brief].into_iter().find(|words| fits(words)).unwrap_or(&short);
        let mut choice = offer_page(words, &lines, screen)?;
        if choice == 0 {
            show_page(HelpPage::Safety, screen)?;
            if screen.take_stop() {
                return Ok(CareChoice::Stop);
            }
            choice = 1 + say(&short, &lines[1..], screen)?;
        }
        if choice == 1 && !was_explained && !is_whole {
            say(FROM_NOW_ON, &["Continue"], screen)?;
        }
        Ok(if choice == 2 { CareChoice::Stop } else { CareChoice::Continue })
    }

    /// Asks whether suggestions to share stay left out. Skipped, nothing changes.
    fn ask_lift(&self, screen: &Screen) -> Result<()> {
        self.care.was_lift_asked.set(true);
        screen.clear();
        screen.paragraph(LEFT_OUT);
        let QuestionEnd::Answer(Some(value)) = ask_question(&lift_choice(), None, None, screen)?
        else {
            return say("It stays as it is.", &["Continue"], screen).map(|_| ());
        };
        let keeps = value.is("yes");
        self.care.lift.set(Some(keeps));
        let words = if keeps { "It stays as it is." } else { "They're back from now on." };
        say(words, &["Continue"], screen).map(|_| ())
    }

    /// At the end, before the entry is kept. Whoever leaves at once has skipped it.
    pub fn offer_lift(&self, practice: &Practice, screen: &Screen) {
        if self.care.offers_lift(practice) {
            let _ = self.ask_lift(screen);
        }
    }

    /// After the closing: the last word where care came on, or else the pointer where an
    /// answer may mean fear.
    pub fn close(&self, practice: &Practice, answers: &[Answer], screen: &Screen) -> Result<()> {
        let pointer = practice.safety_pointer(answers);
        // Nobody who has just said so is told what to do if it is so.
        let doubts = pointer == Some(SafetyPointer::Someone);
        if self.care.tells_fear.get() && (!self.care.was_on || doubts) {
            let words = if screen.is_accessible() { LAST_WORD_IN_LINES } else { LAST_WORD };
            return say(words, &["Continue"], screen).map(|_| ());
        }
        let Some(pointer) = pointer else { return Ok(()) };
        match offer_page(pointer.words(), &["Read it now", "Continue"], screen)? {
            0 => show_page(HelpPage::Safety, screen),
            _ => Ok(()),
        }
    }
}

/// Shows words by themselves until a line below them is chosen; Esc chooses none, `:safety`
/// opens that page, and `:stop` chooses the last. Then they are gone from the screen.
fn say(words: &str, lines: &[&str], screen: &Screen) -> Result<usize> {
    say_from(words, lines, 0, &|| false, screen)
}

/// The same, where the first line opens the page about safety, and `:safety` as well. What
/// would stay on the screen is opened by nobody who only presses Enter.
fn offer_page(words: &str, lines: &[&str], screen: &Screen) -> Result<usize> {
    let first = usize::from(screen.is_accessible());
    say_from(words, lines, first, &|| screen.take_safety(), screen)
}

/// The same, with this line marked first; the first one also where a command was typed for it.
fn say_from(
    words: &str,
    lines: &[&str],
    marked: usize,
    is_first_typed: &dyn Fn() -> bool,
    screen: &Screen,
) -> Result<usize> {
    screen.clear();
    screen.paragraph(words);
    loop {
        let choice = match lines.len() {
            1 => read_on(screen)?.then_some(0),
            _ => choose_or_command(lines, marked, screen)?,
        };
        let choice = choice.or_else(|| is_first_typed().then_some(0));
        if let Some(choice) = choice.or(screen.has_stop().then_some(lines.len() - 1)) {
            screen.clear();
            return Ok(choice);
        }
        if screen.take_safety() {
            screen.aside(|| show_page(HelpPage::Safety, screen))?;
        }
    }
}

#[cfg(test)]
mod tests;

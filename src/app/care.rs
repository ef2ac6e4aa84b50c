//! Care in a session: what is known as it opens, the screen right after an answer that turns
//! care on, the lift question, and what the menu on Esc opens. Every line of it is on the
//! screen that is wiped.

use std::cell::Cell;

use crate::entry::{Answer, Value};
use crate::error::{Error, Result};
use crate::practice::{Fear, Form, HelpPage, LEFT_OUT, Practice, lift_choice, lift_question};
use crate::prompt::{CareStep, Reply, Screen, SidePages, ask_question, choose, read_through};
use crate::render::help_page;

use super::App;
use super::history::{History, fear};

/// The page about safety, the same for everyone.
pub const SAFETY: &str = include_str!("../command/help/safety.txt");
/// The page about people to talk to.
pub const SUPPORT: &str = include_str!("../command/help/support.txt");

const THANKS: &str =
    "Thank you for saying so. Being frightened is not your fault. You can stop here.";
const FROM_NOW_ON: &str = "Your answer is encrypted like every other. From now on this journal leaves out suggestions to share, or to talk things through, until you say otherwise. It can only know this while it's unlocked.";
const LEAVES_AT_ONCE: &str = "Ctrl-C leaves at once and clears the screen.";
const ONLY_LEAVES: &str = "Ctrl-C leaves at once.";
const READ_NOW: &str = "Read about safety now";
const READ_AND_STAYS: &str = "Read about safety now (it stays on this screen)";
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
    told: Cell<bool>,
    /// Did a session say so that is kept by now?
    was_said: Cell<bool>,
    was_shown: Cell<bool>,
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
            told: Cell::default(),
            was_said: Cell::default(),
            was_shown: Cell::default(),
            was_stopped: Cell::default(),
        }
    }

    /// What is known by now.
    pub fn fear(&self) -> Fear {
        match self.known.get() {
            // It was lifted after whatever was said before.
            _ if self.is_lifted() => Fear::None,
            _ if self.told.get() => Fear::Known,
            known => known,
        }
    }

    /// The form that a practice takes by what is known.
    pub fn form(&self, app: &App) -> Form {
        Form { fear: self.fear(), chapter: app.config.chapter }
    }

    /// Did an answer in this time at the prompt say that the writer is afraid?
    fn was_told(&self) -> bool {
        self.told.get() || self.was_said.get()
    }

    /// May care be lifted? Not where it came on just now.
    fn can_lift(&self) -> bool {
        self.was_on && self.fear() == Fear::Known
    }

    /// A draft is continued. What it says was followed by its screen when it was said.
    pub fn resume(&self, app: &App, practice: &str, answers: &[Answer]) {
        let tells = app.practices.tell_fear(practice, answers);
        self.told.set(tells);
        self.was_shown.set(tells);
    }

    /// Was it stopped on the screen right after? What was answered is kept, and no more asked.
    pub fn was_stopped(&self) -> bool {
        self.was_stopped.get()
    }

    /// What a session said is kept, and holds for the next one.
    pub fn settle(&self) {
        self.known.set(self.fear());
        self.was_said.set(self.was_told());
        self.told.set(false);
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

    /// Is the lift question to be asked at the end of this practice?
    fn offers_lift(&self, practice: &Practice) -> bool {
        let is_due = practice.lift || (self.is_lift_due && !self.was_told());
        is_due && self.can_lift() && !self.was_lift_asked.get()
    }
}

/// What the screen shows of care in one session.
pub struct CarePages<'s> {
    pub app: &'s App,
    pub care: &'s SessionCare,
    /// The practice in the form for what is known.
    pub form: &'s dyn Fn(Fear) -> Practice,
    pub practice: &'s str,
    /// The form that it has.
    pub shaped: Cell<Fear>,
}

impl SidePages for CarePages<'_> {
    fn help(&self, page: HelpPage, screen: &Screen) -> Result<()> {
        let text = match page {
            HelpPage::Safety => SAFETY,
            HelpPage::Support => SUPPORT,
        };
        read_through(&help_page(text, &screen.page()), screen)
    }

    fn sharing(&self, screen: &Screen) -> Result<()> {
        let care = self.care;
        if care.can_lift() {
            return self.ask_lift(screen);
        }
        let words = match care.fear() {
            Fear::Known => LEFT_OUT,
            Fear::Unknown if care.is_locked => {
                "The journal is locked, so what you chose before can't be read."
            }
            Fear::Unknown => "Some entries can't be read, and so not what you chose before.",
            Fear::None => "Nothing is left out at the moment.",
        };
        say(words, &["Continue"], screen).map(|_| ())
    }

    fn answered(&self, answers: &[Answer], screen: &Screen) -> Result<CareStep> {
        let care = self.care;
        let tells = self.app.practices.tell_fear(self.practice, answers);
        if tells && !care.told.replace(tells) {
            // It was said after the lift, if there was one.
            care.lift.set(None);
            if !care.was_shown.replace(true) && self.turned_on(screen)? == CareChoice::Stop {
                care.was_stopped.set(true);
                return Ok(CareStep::Stop);
            }
        }
        care.told.set(tells);
        let fear = care.fear();
        Ok(match self.shaped.replace(fear) == fear {
            true => CareStep::Continue,
            false => CareStep::Adapt(Box::new((self.form)(fear))),
        })
    }
}

/// What was chosen on the screen right after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CareChoice {
    Continue,
    Stop,
}

impl CarePages<'_> {
    /// The screen right after an answer that turns care on. Ctrl-C leaves it without a word.
    fn turned_on(&self, screen: &Screen) -> Result<CareChoice> {
        let text =
            if self.care.was_on { THANKS.to_owned() } else { format!("{THANKS}\n\n{FROM_NOW_ON}") };
        let (read, leaves) = match screen.is_wiped() {
            true => (READ_NOW, LEAVES_AT_ONCE),
            false => (READ_AND_STAYS, ONLY_LEAVES),
        };
        let text = format!("{text}\n\n{leaves}");
        let silent = |error| match error {
            Error::Cancelled { .. } => Error::LeftAtOnce,
            other => other,
        };
        let lines = [read, "Continue", "Stop here"];
        let mut chosen = say(&text, &lines, screen).map_err(silent)?;
        if chosen == 0 {
            self.help(HelpPage::Safety, screen).map_err(silent)?;
            let text = format!("{THANKS}\n\n{leaves}");
            chosen = 1 + say(&text, &lines[1..], screen).map_err(silent)?;
        }
        Ok(if chosen == 2 { CareChoice::Stop } else { CareChoice::Continue })
    }

    /// Asks whether suggestions to share stay left out. Skipped, nothing changes.
    fn ask_lift(&self, screen: &Screen) -> Result<()> {
        self.care.was_lift_asked.set(true);
        screen.clear();
        screen.paragraph(LEFT_OUT);
        let Reply::Answer(Some(value)) = ask_question(&lift_choice(), None, None, screen)? else {
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
        if self.care.told.get() && !self.care.was_on {
            return say(LAST_WORD, &["Continue"], screen).map(|_| ());
        }
        let Some(pointer) = practice.safety_pointer(answers) else { return Ok(()) };
        match say(pointer.words(), &["Read it now", "Continue"], screen)? {
            0 => self.help(HelpPage::Safety, screen),
            _ => Ok(()),
        }
    }
}

/// Shows words by themselves until a line below them is chosen; Esc chooses none. Then they
/// are gone from the screen.
fn say(words: &str, lines: &[&str], screen: &Screen) -> Result<usize> {
    screen.clear();
    screen.paragraph(words);
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    loop {
        if let Some(chosen) = choose("", &lines, screen)? {
            screen.clear();
            return Ok(chosen);
        }
    }
}

//! How a session asks: in the form for what is known at each step.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::entry::{Answer, Entry};
use crate::error::Result;
use crate::practice::{Fear, Practice, RecallPlace, is_since};
use crate::prompt::{
    CareScreens as _, CareStep, Conversation, DraftSink as _, Progress, RecalledAnswers, Screen,
};

use super::care::SessionCareScreens;
use super::care_history::in_care_since;
use super::history::{lead_lines, recalled, with_history};
use super::session::Session;

impl Session<'_> {
    /// Asks, in the form for what is known at each step. Returns the answers, and the
    /// practice that was chosen to follow.
    pub(super) fn converse(
        &self,
        entry: &Entry,
        progress: Progress,
        screen: &Screen,
    ) -> Result<(Vec<Answer>, Option<String>)> {
        let form = |fear| self.adapted_practice(fear);
        let care_screens = self.care_screens(&form);
        let drafts = Arc::new(self.draft_sink(entry));
        // The command line may have said it already. Whoever stops at the screen about it has
        // said it all the same.
        let may_tell =
            |it: &Answer| self.app.practices.can_tell_fear(&self.base.name, &it.question);
        if progress.answers.iter().any(may_tell) {
            // Where that fails, the first answer that is typed says so.
            let _ = drafts.save(&progress);
        }
        let step = care_screens.answered(&progress.answers, screen)?;
        let recalled = self.recalled();
        let opening = match step {
            CareStep::Stop => None,
            CareStep::Continue | CareStep::Adapt(_) | CareStep::Restore(_) => {
                self.revealed_month(&care_screens, screen)?
            }
        };
        let conversation = Conversation {
            screen,
            drafts,
            opening,
            recalled: &recalled,
            care_screens: &care_screens,
            is_warned: Cell::default(),
            next_practice: RefCell::default(),
            places: RefCell::default(),
        };
        let mut answers = match step {
            CareStep::Stop => progress.answers,
            CareStep::Continue | CareStep::Adapt(_) | CareStep::Restore(_) => {
                conversation.run(form(self.care.fear()), progress)?
            }
        };
        if !self.care.was_stopped() {
            care_screens.offer_lift(&self.base, screen);
            self.tell(entry, &mut answers, &care_screens, screen)?;
        }
        answers.extend(self.care.lift_answer());
        Ok((answers, conversation.next_practice.into_inner()))
    }

    /// What stands above the questions.
    fn recalled(&self) -> Vec<RecalledAnswers> {
        let lead = &self.practice.follow_up_lead;
        // As it is by now: a draft may have said that the writer is afraid.
        let practice = self.base.clone().adapted_to(self.care.form(self.app));
        let history = self.history.as_ref();
        let since = self.in_care_since(self.care.fear());
        let about = self.about.as_ref().filter(|earlier| is_since(earlier, since));
        let earlier_answers = about.map(|earlier| RecalledAnswers {
            place: RecallPlace::Opening,
            lead: String::new(),
            lines: lead_lines(lead, earlier, self.app),
        });
        let lead = format!("This entry is for {}.", self.app.moment_words(self.at));
        let moment = RecalledAnswers { place: RecallPlace::Opening, lead, lines: Vec::new() };
        let mut all: Vec<_> = self.names_moment.then_some(moment).into_iter().collect();
        all.extend(recalled(&practice, history, self.app, self.day(), since));
        let clock = self.app.clock();
        let todays = |day| day == clock.today() || day == clock.now.date_naive();
        if self.history.is_none() && self.drafts().names().any(|draft| todays(draft.day)) {
            let words = "There's an unfinished entry from today; `inward resume` continues it.";
            let lines = vec![words.to_owned()];
            all.push(RecalledAnswers { place: RecallPlace::Opening, lead: String::new(), lines });
        }
        all.extend(earlier_answers);
        all
    }

    /// The practice as it is for whoever is, or is not, known to be afraid.
    pub(super) fn adapted_practice(&self, fear: Fear) -> Practice {
        let form = self.app.form(fear);
        let history = self.history.as_ref();
        let since = self.in_care_since(fear);
        let mut practice = self.base.clone().adapted_to(form);
        let lifted = history.and_then(|h| h.care.lifted_lately(self.app.clock().written));
        if let Some(lifted) = lifted {
            practice.since_lift(&self.app.clock().day_of(lifted).format("%-d %B").to_string());
        }
        let practice = with_history(practice, history, self.app, self.day(), since);
        self.with_month(practice, fear)
    }

    /// Since when care is on, where it is.
    pub(super) fn in_care_since(&self, fear: Fear) -> Option<DateTime<FixedOffset>> {
        in_care_since(self.history.as_ref(), fear, self.app)
    }

    pub(super) fn care_screens<'s>(
        &'s self,
        form: &'s dyn Fn(Fear) -> Practice,
    ) -> SessionCareScreens<'s> {
        let shaped = Cell::new(self.care.fear());
        SessionCareScreens {
            app: self.app,
            care: &self.care,
            form,
            practice: &self.base.name,
            shaped,
        }
    }

    /// Suggestions to share were wanted back from then on, whatever became of the rest. Returns
    /// the entry that says so, if it is kept now.
    pub(super) fn keep_lift(&self) -> Option<Entry> {
        if !self.care.is_lifted() {
            return None;
        }
        let answers = self.care.lift_answer().into_iter().collect();
        // Of the moment in which it was said, whatever the session is about and however
        // long ago that began.
        let name = &self.practice.name;
        let clock = self.app.clock().tick();
        let entry = Entry::new(name, clock.now, clock.written, Vec::new(), answers);
        let entry = entry.and_then(|entry| self.app.append(entry, &[]));
        entry.inspect_err(|error| self.app.terminal.warn(error)).ok()
    }
}

//! "Your page": composed once the last part is kept, shown, and kept as an entry that
//! follows that session.

use chrono::TimeDelta;

use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::keys::KeyObstacle;
use crate::practice::{Fear, OwnPage, Practice, RepeatedPart, beside_question};
use crate::prompt::{
    EscMenu, PageEnd, QuestionEnd, Screen, ask_question, choose_in_session, read_on, read_through,
};
use crate::render::{own_page, two_pages};
use crate::words::number_words;

use super::errors::CommandError;
use super::kept_record::KeptRecord;
use super::session::{Session, SessionEnd};

const KEPT_IN_CARE: &str = "Kept, encrypted like every other entry. An export would be plain text.";

impl Session<'_> {
    /// After a session of the last part: composes the page, shows it where that is wanted,
    /// and keeps it. Locked, it says what puts it together.
    pub(super) fn offer_page(&mut self, entry: &Entry, screen: &Screen) -> Result<Option<Entry>> {
        let Some(practice) = self.practice_of_page() else { return Ok(None) };
        if !is_of_last_part(&practice, entry) {
            return Ok(None);
        }
        let Some(history) = &mut self.history else {
            screen.clear();
            screen.paragraph(&self.locked_page_words(&practice));
            read_on(screen)?;
            return Ok(None);
        };
        history.add(entry.clone());
        let Some(composed) = history.past(self.app).compose_page(&practice) else {
            return Ok(None);
        };
        screen.clear();
        screen.paragraph(&ready_words(&practice, &composed));
        let keep = "Keep it without showing it";
        let form = |fear| self.adapted_practice(fear);
        let care_screens = self.care_screens(&form);
        let menu = EscMenu { care_screens: Some(&care_screens), ..EscMenu::of_list(keep) };
        let is_shown = choose_in_session(&["Show it now", keep], &menu, screen)? == Some(0);
        let page = self.page_entry(composed)?;
        let page = if is_shown {
            self.show_new_page(&practice, page, screen)
        } else {
            self.append_patiently(page, Vec::new(), &|| true, screen)
        };
        let practice = practice.name;
        match page {
            Err(cause @ Error::Failed(_)) => {
                Err(CommandError::PageNotKept { practice, cause: Box::new(cause) }.into())
            }
            page => page.map(Some),
        }
    }

    /// The page once more, from the menu: composed again where something was written or
    /// changed since, or where this form has none of what stands on it; and beside the one
    /// before where that is long ago.
    pub(super) fn show_page(
        &mut self,
        record: &mut KeptRecord,
        screen: &Screen,
    ) -> Result<SessionEnd> {
        let Some(practice) = self.practice_of_page() else { return Ok(SessionEnd::Nothing) };
        let Some(past) = self.history.as_ref().map(|history| history.past(self.app)) else {
            return Ok(SessionEnd::Nothing);
        };
        let newest = past.newest_page(&practice.name);
        let is_newer = |composed: &OwnPage| {
            let is_left_out = |newest: &Entry| in_this_form(&practice, newest) != *newest;
            newest.is_none_or(|newest| composed.differs_from(newest) || is_left_out(newest))
        };
        if let Some(composed) = past.compose_page(&practice).filter(is_newer) {
            let page = self.page_entry(composed)?;
            let page = self.show_new_page(&practice, page, screen)?;
            record.keep(&page, &self.practice);
            return Ok(SessionEnd::Kept { entry: Box::new(page), next: None });
        }
        let Some(newest) = newest else { return Ok(SessionEnd::Nothing) };
        let clock = self.app.clock();
        let page = screen.page();
        let text = match past.page_before(&practice, newest) {
            Some(then) => {
                let repeated = past.repeated_parts(&practice, then);
                let then = in_this_form(&practice, then);
                two_pages([&then, newest], &repeated, clock, &page, !screen.is_accessible())
            }
            None => own_page(newest, clock, &page),
        };
        read_through(&text, screen)?;
        Ok(SessionEnd::Shown)
    }

    fn locked_page_words(&self, practice: &Practice) -> String {
        let Some(KeyObstacle::Locked) = self.app.key_obstacle() else {
            return self.app.locked_words();
        };
        let count = number_words(practice.sections.len());
        let name = &practice.name;
        format!(
            "Your page is made from all {count} sessions, and they're locked. `inward unlock`, then `inward {name}`, puts it together."
        )
    }

    /// The practice with all of its parts, where it composes a page. That page alone is in the
    /// form of now.
    fn practice_of_page(&self) -> Option<Practice> {
        let practice = self.app.practices.practice(&self.base.name)?;
        let mut practice = practice.clone().with_partner_name(self.app.config.partner.as_deref());
        let form = self.care.form(self.app);
        let layout = practice.page.as_mut()?;
        layout.keep_to(form);
        layout.care_since = self.in_care_since(form.fear);
        Some(practice)
    }

    fn page_entry(&self, page: OwnPage) -> Result<Entry> {
        // Of the same moment as its last session, and yet behind it in every order.
        let written = self.app.clock().tick().written.max(page.written + TimeDelta::seconds(1));
        let entry = Entry::new(&self.base.name, self.at, written, Vec::new(), page.answers)?;
        Ok(Entry { about: Some(page.about), ..entry })
    }

    /// Shows a page that is not kept yet, beside the last one where that is long ago, and
    /// keeps it. Whatever ends the showing, it is kept.
    fn show_new_page(&self, practice: &Practice, page: Entry, screen: &Screen) -> Result<Entry> {
        let past = self.history.as_ref().map(|history| history.past(self.app));
        let before = past.and_then(|past| {
            let then = past.page_before(practice, &page)?;
            Some((in_this_form(practice, then), past.repeated_parts(practice, then)))
        });
        match before {
            Some((then, repeated)) => self.show_beside(&then, &repeated, page, screen),
            None => {
                let page = self.append_patiently(page, Vec::new(), &|| true, screen)?;
                let text = own_page(&page, self.app.clock(), &screen.page());
                let kept_line = screen.page().wrap(&self.kept_words(&page), "");
                let _ = read_through(&format!("{text}\n{kept_line}\n"), screen);
                Ok(page)
            }
        }
    }

    fn show_beside(
        &self,
        then: &Entry,
        repeated: &[RepeatedPart],
        mut page: Entry,
        screen: &Screen,
    ) -> Result<Entry> {
        let clock = self.app.clock();
        let text =
            two_pages([then, &page], repeated, clock, &screen.page(), !screen.is_accessible());
        let days = (clock.day_of(page.at) - clock.day_of(then.at)).num_days();
        let question = beside_question(u32::try_from(days).unwrap_or_default());
        screen.rescue().end();
        let reply = match read_through(&text, screen) {
            Ok(PageEnd::Read) => ask_question(&question, None, None, screen),
            Ok(PageEnd::Left) => Ok(QuestionEnd::Answer(None)),
            Err(error) => Err(error),
        };
        // All the rest of it can be composed again.
        let mut is_safe = true;
        if let Ok(QuestionEnd::Answer(Some(value)) | QuestionEnd::Back(Some(value))) = reply {
            page.answers.push(question.answer_with(value));
            is_safe = false;
        }
        let page = self.append_patiently(page, Vec::new(), &|| is_safe, screen)?;
        let _ = read_through(&screen.page().wrap(&self.kept_words(&page), ""), screen);
        Ok(page)
    }

    fn kept_words(&self, page: &Entry) -> String {
        if self.care.fear() == Fear::Known {
            return KEPT_IN_CARE.to_owned();
        }
        format!(
            "Kept. To print it: `inward export {} -o page.html`, then open that file in a browser. It's plain text, so anyone who has it can read it.",
            page.id
        )
    }
}

/// A page that may have been composed in another form, as it stands in that of now.
fn in_this_form(practice: &Practice, page: &Entry) -> Entry {
    match &practice.page {
        Some(layout) => layout.without_left_out(page),
        None => page.clone(),
    }
}

/// Was something of the last part answered?
fn is_of_last_part(practice: &Practice, entry: &Entry) -> bool {
    let last = practice.sections.last().map(|section| &section.id);
    let mut inside = practice.questions.iter().filter(|q| q.section.as_ref() == last);
    entry.about.is_none() && inside.any(|q| entry.answer(&q.id).is_some())
}

fn ready_words(practice: &Practice, page: &OwnPage) -> String {
    let of = if page.is_whole {
        format!("your {} sessions", number_words(practice.sections.len()))
    } else {
        "the sessions you kept".to_owned()
    };
    format!("Your page is ready: your own words, chosen from {of}.")
}

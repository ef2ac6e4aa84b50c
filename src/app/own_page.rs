//! "Your page": composed once the last part is kept, shown, and kept as an entry that
//! follows that session.

use chrono::TimeDelta;

use crate::entry::Entry;
use crate::error::Result;
use crate::practice::{
    BESIDE, EarlierEntries, Fear, OwnPage, Practice, Question, QuestionKind, count_words,
};
use crate::prompt::{Reply, Screen, ask_question, choose, read_through};
use crate::render::{own_page, two_pages};

use super::session::{Session, SessionEnd};

const KEPT: &str =
    "Kept. To print it, export it. The export is plain text, so whoever has the file can read it.";
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
            screen.paragraph(&locked_words(&practice));
            choose("", &["Continue".to_owned()], screen)?;
            return Ok(None);
        };
        history.add(entry.clone());
        let Some(composed) = history.past(self.app).compose_page(&practice) else {
            return Ok(None);
        };
        screen.clear();
        screen.paragraph(&ready_words(&practice, &composed));
        let lines = ["Show it now", "Keep it without showing it"].map(str::to_owned);
        let is_shown = choose("", &lines, screen)? == Some(0);
        let page = self.page_entry(composed)?;
        match is_shown {
            true => self.show_new_page(&practice, page, screen).map(Some),
            false => self.app.append(page, &[]).map(Some),
        }
    }

    /// The page once more, from the menu: composed anew where something was written since.
    pub(super) fn show_page(&mut self, screen: &Screen) -> Result<SessionEnd> {
        let Some(practice) = self.practice_of_page() else { return Ok(SessionEnd::Nothing) };
        let Some(past) = self.history.as_ref().map(|history| history.past(self.app)) else {
            return Ok(SessionEnd::Nothing);
        };
        let kept = past.newest_page(&practice.name);
        let is_newer = |composed: &OwnPage| kept.is_none_or(|kept| kept.written < composed.written);
        if let Some(composed) = past.compose_page(&practice).filter(is_newer) {
            let page = self.page_entry(composed)?;
            return Ok(SessionEnd::kept(self.show_new_page(&practice, page, screen)?));
        }
        let Some(kept) = kept else { return Ok(SessionEnd::Nothing) };
        read_through(&own_page(kept, self.app.clock(), &screen.page()), screen)?;
        Ok(SessionEnd::Shown)
    }

    /// The practice with all of its parts and in no form, where it composes a page.
    fn practice_of_page(&self) -> Option<Practice> {
        let practice = self.app.practices.get(&self.base.name)?.practice()?;
        let practice = practice.clone().with_partner_name(self.app.config.partner.as_deref());
        Some(practice).filter(|practice| practice.page.is_some())
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
        match past.and_then(|past| earlier_page(past, practice)) {
            Some(then) => self.show_beside(then, page, screen),
            None => {
                let page = self.app.append(page, &[])?;
                let text = own_page(&page, self.app.clock(), &screen.page());
                let kept = screen.page().wrap(self.kept_words(), "");
                let _ = read_through(&format!("{text}\n{kept}\n"), screen);
                Ok(page)
            }
        }
    }

    fn show_beside(&self, then: &Entry, mut page: Entry, screen: &Screen) -> Result<Entry> {
        let clock = self.app.clock();
        let text = two_pages(then, &page, clock, &screen.page(), screen.is_wiped());
        let days = (clock.day_of(page.at) - clock.day_of(then.at)).num_days();
        let question = beside_question(days);
        screen.end_answer();
        let read = read_through(&text, screen);
        let reply = read.and_then(|()| ask_question(&question, None, None, screen));
        if let Ok(Reply::Answer(Some(value)) | Reply::Back(Some(value))) = reply {
            page.answers.push(question.answer_with(value));
        }
        let page = self.app.append(page, &[])?;
        let _ = read_through(&screen.page().wrap(self.kept_words(), ""), screen);
        Ok(page)
    }

    fn kept_words(&self) -> &'static str {
        if self.care.fear() == Fear::Known { KEPT_IN_CARE } else { KEPT }
    }
}

/// The last page, where it is old enough to stand beside a new one.
fn earlier_page<'e>(past: EarlierEntries<'e>, practice: &Practice) -> Option<&'e Entry> {
    let days = practice.page.as_ref()?.beside;
    let page = past.newest_page(&practice.name)?;
    past.is_days_ago(page, days).then_some(page)
}

/// Was something of the last part answered?
fn is_of_last_part(practice: &Practice, entry: &Entry) -> bool {
    let last = practice.sections.last().map(|section| &section.id);
    let mut inside = practice.questions.iter().filter(|q| q.section.as_ref() == last);
    entry.about.is_none() && inside.any(|q| entry.answer(&q.id).is_some())
}

fn ready_words(practice: &Practice, page: &OwnPage) -> String {
    let count = count_words(practice.sections.len());
    match page.is_whole {
        true => format!("Your page is ready: your own words, from all {count} sessions."),
        false => "Your page is ready: your own words, from the sessions you kept.".to_owned(),
    }
}

fn locked_words(practice: &Practice) -> String {
    let count = count_words(practice.sections.len());
    let name = &practice.name;
    format!(
        "Your page is made from all {count} sessions, and they're locked. `inward unlock`, then `inward {name}`, puts it together."
    )
}

/// Days in a month, on average.
const MONTH: f64 = 30.44;

fn beside_question(days: i64) -> Question {
    let months = count_words((days as f64 / MONTH).round() as usize);
    let ask = format!("Two pages, {months} months apart. What do you see?");
    Question::plain(BESIDE, &ask, QuestionKind::Long)
}

//! The month behind one: above the questions of a practice that looks back on it, and by
//! itself where nobody can be asked.

use serde_json::json;

use crate::entry::{Answer, Entry};
use crate::error::{Exit, Result};
use crate::journal::{Damaged, ReadOrder, StoredEntry};
use crate::keys::KeyObstacle;
use crate::pattern::change::Change;
use crate::pattern::{Fold, FoldPlan, MonthBehind, MonthInput, Request, month_behind};
use crate::practice::{Fear, Form, Practice};
use crate::prompt::{CareScreens, EscMenu, Screen, reveal_page};
use crate::query::Query;
use crate::render::{MonthPage, PRIVATE, TextPage, document, lasting_sentence};
use crate::seal::Identity;

use super::App;
use super::care_history::{fear, in_care_since};
use super::damage_lines::some_left_out;
use super::history::History;
use super::key_at_hand::KeyAtHand;
use super::listing::HeldBackReason;
use super::session::Session;

/// Below a month on the screen, where entries were left out.
const PARTIAL: &str =
    "Some entries can't be read, so they're missing here. `inward doctor` names them.";

impl Session<'_> {
    fn month(&self, fear: Fear) -> Option<(MonthBehind, Form)> {
        let form = self.app.form(fear);
        Some((facts(self.app, self.history.as_ref()?, form), form))
    }

    /// The page that the session opens with, once its reader wants to see it: whoever opens it
    /// may not be alone. Asked wherever there may be something private, whatever was answered.
    pub(super) fn revealed_month(
        &self,
        care_screens: &dyn CareScreens,
        screen: &Screen,
    ) -> Result<Option<String>> {
        let Some(page) = self.month_opening(self.care.fear()) else { return Ok(None) };
        let is_private = |practice: &str, answer: &Answer| {
            self.app.practices.can_tell_fear(practice, &answer.question)
        };
        let mut entries = self.history.iter().flat_map(History::entries);
        let may_tell =
            entries.any(|entry| entry.answers.iter().any(|it| is_private(&entry.practice, it)));
        let care_screens = Some(care_screens);
        let menu = EscMenu { care_screens, can_skip: true, ..EscMenu::of_list("Stop here") };
        if !may_tell {
            return Ok(Some(page));
        }
        // Suggestions to share may have been wanted back meanwhile.
        let is_wanted = reveal_page(&menu, screen)?;
        Ok(is_wanted.then(|| self.month_opening(self.care.fear())).flatten())
    }

    /// The page itself; none where earlier entries are locked.
    fn month_opening(&self, fear: Fear) -> Option<String> {
        self.practice.month.as_ref()?;
        let (month, form) = self.month(fear)?;
        let messages = self.app.terminal.messages();
        let page = page(self.app, &self.practice, form, messages);
        // What is held back is the last of it. Left standing, this line would tell that it is.
        let is_said = !month.held_back.is_empty() && !self.app.terminal.is_accessible();
        let back = is_said.then(|| page.hang(&HeldBackReason::Sharing.sentence()) + "\n");
        let text = page.text(&month) + &back.unwrap_or_default();
        // Their names follow at the end, which whoever stops here never reaches.
        let is_partial = self.history.as_ref().is_some_and(|it| some_left_out(&it.damaged));
        let note = is_partial.then(|| format!("\n{}\n", messages.wrap(PARTIAL, "")));
        Some(text + &note.unwrap_or_default())
    }

    /// What could not be read of the entries that it shows together: the month, the scores
    /// of earlier sessions, or the page made of them. Whoever reads those would take them for
    /// all there is.
    pub(super) fn damaged_behind(&self) -> Vec<Damaged> {
        let practice = self.app.practices.practice(&self.base.name);
        let shows_earlier = practice.is_some_and(|practice| {
            practice.month.is_some() || practice.page.is_some() || practice.report.is_some()
        });
        let is_follow_up = self.about.is_some();
        let history = self.history.as_ref().filter(|_| shows_earlier && !is_follow_up);
        history.map(|history| history.damaged.clone()).unwrap_or_default()
    }

    /// The practice, whose first question speaks of what lasted.
    pub(super) fn with_month(&self, practice: Practice, fear: Fear) -> Practice {
        let Some(opening) = practice.month.clone() else { return practice };
        let Some((month, _)) = self.month(fear) else { return practice };
        let partner = self.app.config.partner.as_deref();
        let lasting = month.lasting_to_ask(fear).map(|row| lasting_sentence(row, partner));
        match lasting {
            Some(lasting) => {
                practice.asking_primary(opening.lasting.replace("{lasting}", &lasting))
            }
            None if month.is_empty() => practice.asking_primary(opening.empty),
            None => practice,
        }
    }
}

/// Prints it where nobody can be asked, or as JSON. What stays there says nothing of fear
/// itself; locked, it says only that.
pub fn print_month(app: &App, practice: &Practice, in_json: bool) -> Result<Exit> {
    app.refuse_before_setup()?;
    app.refuse_emptied_journal()?;
    let history = match app.config.passphrase_command()? {
        Some(_) => History::open(app, &app.unlock()?, &[practice], None)?,
        None => History::load(app, &KeyAtHand::default(), &[practice])?,
    };
    if let (None, Some(KeyObstacle::Unreadable | KeyObstacle::DoesNotFit)) =
        (&history, app.key_obstacle())
    {
        // It needs no passphrase, so the error of that is what there is to say.
        app.unlock()?;
    }
    let form = app.form(fear(history.as_ref()));
    let mut month = history.as_ref().map(|history| facts(app, history, form));
    if let Some(month) = &mut month {
        month.harm.retain(|row| !row.is_private);
        month.lasting.retain(|row| !row.is_fear);
    }
    app.terminal.print(&match (&month, in_json) {
        (month, true) => document(json!({ "month": month })),
        (Some(month), false) => {
            let text = page(app, practice, form, app.terminal.page()).text(month);
            text + &private_line(app, month)
        }
        (None, false) => format!("{}\n", app.terminal.page().wrap(&app.locked_words(), "")),
    })?;
    let damaged = history.map(|history| history.damaged).unwrap_or_default();
    Ok(app.finish(&damaged, Exit::Done))
}

/// Says that private answers are left out wherever there may be some, in every journal alike.
fn private_line(app: &App, month: &MonthBehind) -> String {
    let mut practices = month.practices.iter().map(|count| count.practice.as_str());
    if practices.any(|name| app.practices.keeps_private(name)) {
        format!("\n{}\n", app.terminal.page().wrap(PRIVATE, ""))
    } else {
        String::new()
    }
}

fn facts(app: &App, history: &History, form: Form) -> MonthBehind {
    month_behind(&MonthInput {
        past: history.past(app),
        practices: &app.practices,
        form,
        care_since: in_care_since(Some(history), form.fear, app),
        partner: app.config.partner.as_deref(),
        closeness: history.closeness.as_ref(),
    })
}

/// What the first screen of `patterns` says of closeness, which shares its level with the rows
/// beside it: of the same answers, a month says no more. It is of every entry, and none is held.
/// With what could not be read.
pub fn change_of_closeness(
    app: &App,
    identity: &Identity,
    fear: Fear,
) -> Result<(Option<Change>, Vec<Damaged>)> {
    let (chapter, clock) = (app.config.chapter, app.clock());
    let practices = app.practices.worded_for(chapter, app.config.partner.as_deref());
    let request = Request::Overview;
    let (until, against, texts) = (clock.today(), None, 0);
    let plan = FoldPlan { practices: &practices, chapter, clock, request, until, against, texts };
    let mut fold = Fold::new(&plan);
    let mut visit = |batch: Vec<Entry>| {
        batch.iter().for_each(|entry| fold.add(entry));
        Ok(true)
    };
    let make = |stored: StoredEntry| stored.entry;
    let everything = Query::everything();
    let order = ReadOrder::NewestFirst;
    let damaged = app.read_through(&everything, identity, order, &make, &mut visit)?;
    Ok((fold.finish(fear).change_of("reflect", "closeness").cloned(), damaged))
}

fn page<'p>(app: &'p App, practice: &'p Practice, form: Form, page: TextPage) -> MonthPage<'p> {
    MonthPage {
        title: &practice.title,
        form,
        partner: app.config.partner.as_deref(),
        is_linear: app.terminal.is_accessible(),
        page,
    }
}

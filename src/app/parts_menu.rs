//! The parts of a practice, one of which a session takes: what is kept of each, and the page
//! that they make.

use crate::error::Result;
use crate::practice::{PAGE_TITLE, Practice};
use crate::prompt::{EscMenu, Screen, choose_numbered};

use super::session::Session;

/// Above a menu that can't say what is kept, with the reason before it.
const NOT_SHOWN: &str = "so this list can't show what you've kept.";

/// What was chosen.
pub(super) enum PartChoice {
    Part(Box<Practice>),
    Page,
}

impl Session<'_> {
    /// Asks which part; the first that isn't kept is chosen already.
    pub(super) fn choose_part(&self, screen: &Screen) -> Result<Option<PartChoice>> {
        let practice = &self.practice;
        screen.title(&practice.title);
        if let Some(intro) = &practice.intro {
            screen.paragraph(intro);
        }
        if self.is_past_locked()? {
            screen.paragraph(&self.app.locked_sentence(NOT_SHOWN, ""));
        }
        let latest_days: Vec<Option<String>> =
            (0..practice.sections.len()).map(|at| self.latest_day(at)).collect();
        let mut lines: Vec<String> = self.part_lines(&latest_days, screen);
        let has_page = practice.page.is_some() && latest_days.last().is_some_and(Option::is_some);
        lines.extend(has_page.then(|| PAGE_TITLE.to_owned()));
        let first = latest_days.iter().position(Option::is_none).unwrap_or(lines.len() - 1);
        let form = |fear| self.adapted_practice(fear);
        let care_screens = self.care_screens(&form);
        let menu = EscMenu { care_screens: Some(&care_screens), ..EscMenu::of_list("Stop here") };
        let choice = choose_numbered(&lines, first, &menu, screen)?;
        screen.clear();
        Ok(match choice {
            Some(at) if at == latest_days.len() => Some(PartChoice::Page),
            Some(at) => {
                let part = self.base.clone().part(at + 1);
                // The intro was just read.
                part.map(|part| PartChoice::Part(Box::new(Practice { intro: None, ..part })))
            }
            None => None,
        })
    }

    /// Are there entries that can't be read?
    fn is_past_locked(&self) -> Result<bool> {
        let is_there = self.app.keys().exist() && !self.app.journal().is_empty()?;
        Ok(self.history.is_none() && is_there)
    }

    /// When the newest session of a part was, where that can be read.
    fn latest_day(&self, at: usize) -> Option<String> {
        let past = self.history.as_ref()?.past(self.app);
        let section = self.base.sections.get(at)?;
        past.newest_session(&self.base, &section.id).map(|entry| past.date_words(entry))
    }

    fn part_lines(&self, latest_days: &[Option<String>], screen: &Screen) -> Vec<String> {
        let sections = &self.practice.sections;
        let widest = sections.iter().map(|section| section.title.chars().count()).max();
        let widest = widest.unwrap_or_default();
        let line = |(at, latest_day): (usize, &Option<String>)| {
            let title = &sections[at].title;
            let line = match latest_day {
                Some(day) => format!("{title:<widest$}  kept {day}"),
                None => title.clone(),
            };
            // Lines that are only appended have numbers of their own.
            if screen.is_accessible() { line } else { format!("{}  {line}", at + 1) }
        };
        latest_days.iter().enumerate().map(line).collect()
    }
}

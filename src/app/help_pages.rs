//! What the menu on Esc shows, on the screen of the session.

use crate::error::Result;
use crate::prompt::{Screen, SidePages, read_through};
use crate::render::unfill;

const SAFETY: &str = include_str!("../command/help/safety.txt");

/// Pages of words that are always the same.
pub struct HelpPages;

impl SidePages for HelpPages {
    fn safety(&self, screen: &Screen) -> Result<()> {
        let page = screen.page();
        let text = unfill(SAFETY);
        let paragraphs = text.split("\n\n").map(|paragraph| page.wrap(paragraph, ""));
        read_through(&paragraphs.collect::<Vec<_>>().join("\n\n"), screen)
    }

    fn sharing(&self, screen: &Screen) -> Result<()> {
        read_through("Nothing is left out at the moment.", screen)
    }
}

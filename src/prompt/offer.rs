//! Where the answers call for something other than the practice: a few words by themselves,
//! and some ways on.

use crate::error::Result;
use crate::practice::{Offer, OfferTarget};

use super::choices::{choose_from, show_page};
use super::conversation::Conversation;
use super::walk::Walk;

impl Conversation<'_> {
    /// Offers it until a way is chosen that leads on. Esc opens the menu.
    pub(super) fn offer(&self, offer: &Offer, walk: &mut Walk) -> Result<()> {
        self.next_practice.take();
        self.screen.clear();
        self.places.borrow_mut().clear();
        self.screen.paragraph(&offer.say);
        let labels: Vec<&str> = offer.ways.iter().map(|way| way.label.as_str()).collect();
        loop {
            let Some(chosen) = choose_from("", &labels, 0, self.screen)? else {
                if self.goes_back(walk)? {
                    return Ok(());
                }
                if self.screen.is_accessible() {
                    self.screen.paragraph(&offer.say);
                }
                continue;
            };
            match &offer.ways[chosen].opens {
                OfferTarget::Page(page) => {
                    self.screen.aside(|| show_page(*page, self.screen))?;
                }
                OfferTarget::End => {
                    walk.pass_offer();
                    return Ok(());
                }
                OfferTarget::Question(id) => {
                    walk.pass_offer();
                    walk.take_up(id);
                    return Ok(());
                }
                OfferTarget::Practice(name) => {
                    walk.pass_offer_for_now();
                    self.next_practice.replace(Some(name.clone()));
                    return Ok(());
                }
            }
        }
    }
}

//! Which key opens earlier entries without asking anybody.

use std::rc::Rc;

use crate::seal::Identity;

use super::App;

/// The key that is at hand: one whose passphrase was typed for the current command, or else an
/// unlocked one. Nothing that is printed or kept on disk says which.
#[derive(Clone, Default)]
pub struct KeyAtHand(Option<Rc<Identity>>);

impl KeyAtHand {
    /// One that was opened for the current command alone.
    pub fn for_this_command(identity: Rc<Identity>) -> KeyAtHand {
        KeyAtHand(Some(identity))
    }

    /// Was one opened for the current command?
    pub fn is_opened(&self) -> bool {
        self.0.is_some()
    }

    /// The identity, if it needs nobody.
    pub fn identity(&self, app: &App) -> Option<Rc<Identity>> {
        let unlocked = || app.keys().unlocked_identity().filter(|it| !app.is_strange_key(it));
        let identity = self.0.clone().or_else(|| unlocked().map(Rc::new))?;
        app.note_unconfirmed(&identity);
        Some(identity)
    }
}

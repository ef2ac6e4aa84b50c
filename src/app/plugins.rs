//! What is to be known of a key that a plugin holds, when it is added: nobody but the
//! plugin can tell whether it opens what it seals.

use crate::error::Result;
use crate::seal::{Identity, IdentityMatch, Recipients, argument_label};

use super::App;

const TOUCHES: &str = "A plugin or a device holds that key. It may ask for a touch or a PIN for each entry you read with it.";
const NOT_TRIED: &str =
    "That key couldn't be tried here. Read an entry with it before you rely on it.";
const NOT_OPENED: &str = "inward encrypted a test file to that key, and the key here couldn't open it. If they belong together, the plugin has a fault: remove the key with `inward key remove`.";

impl App {
    /// Tries each key of these that a plugin or a device holds, where this identity may be
    /// its other half, and says what came of it.
    ///
    /// # Errors
    /// What the plugin or the identity failed with.
    pub fn try_opening(&self, keys: &[String], identity: Option<&Identity>) -> Result<()> {
        for key in keys {
            let alone = Recipients::parse(key, &argument_label(key))?;
            if !alone.iter().any(|key| key.is_held_elsewhere()) {
                continue;
            }
            self.terminal.say(TOUCHES);
            match identity.filter(|identity| identity.fits(&alone) == IdentityMatch::Perhaps) {
                None => self.terminal.say(NOT_TRIED),
                Some(identity) if alone.opened_by(identity)? => {}
                Some(_) => self.terminal.say(NOT_OPENED),
            }
        }
        Ok(())
    }
}

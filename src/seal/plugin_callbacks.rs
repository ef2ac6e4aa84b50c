//! What a plugin may show and ask the person.

use secrecy::SecretString;

/// Functions that a plugin's messages and questions go to.
#[derive(Clone, Copy)]
pub struct PluginCallbacks {
    /// Shows a message.
    pub say: fn(&str),
    /// Asks a question with one answer or two; `None` where nobody can be asked.
    pub confirm: fn(&str, &str, Option<&str>) -> Option<bool>,
    /// Asks for a text that may be shown while it's typed.
    pub public: fn(&str) -> Option<String>,
    /// Asks for a text that may not be shown.
    pub secret: fn(&str) -> Option<SecretString>,
}

impl PluginCallbacks {
    /// Answers nothing and shows nothing.
    pub const SILENT: PluginCallbacks = PluginCallbacks {
        say: |_| {},
        confirm: |_, _, _| None,
        public: |_| None,
        secret: |_| None,
    };
}

impl age::Callbacks for PluginCallbacks {
    fn display_message(&self, message: &str) {
        (self.say)(message);
    }
    fn confirm(&self, message: &str, yes: &str, no: Option<&str>) -> Option<bool> {
        (self.confirm)(message, yes, no)
    }
    fn request_public_string(&self, description: &str) -> Option<String> {
        (self.public)(description)
    }
    fn request_passphrase(&self, description: &str) -> Option<SecretString> {
        (self.secret)(description)
    }
}

//! Care in a session: the pages that are shown when an answer says that the writer is
//! afraid, and that the menu on Esc opens.

/// The page about safety, the same for everyone.
pub const SAFETY: &str = include_str!("../command/help/safety.txt");

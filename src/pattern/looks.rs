//! The looks that mean something here. A practice's file names the look that gathers a
//! pattern with others; any other name gathers just the same.

/// What comes before going quiet; of its options, the first is that.
pub const QUIET: &str = "quiet";
/// What became of intentions; of its options, the last is the deed.
pub const INTENTIONS: &str = "intentions";
/// What comes again, said in sentences.
pub const RECURS: &str = "recurs";
/// What stands on paper alone, unless it goes before the rest.
pub const PAPER: &str = "paper";

/// The option of someone who can't name it.
pub const DONT_KNOW: &str = "dont-know";

/// The closer looks that the first screen offers: a question, looks and practices.
pub const CLOSER: [&str; 6] = ["closeness", QUIET, INTENTIONS, "assess", "pause", RECURS];

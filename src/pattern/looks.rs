//! The looks that mean something here. A practice's file names the look that gathers a
//! pattern with others; any other name gathers just the same.

use super::Body;
use super::figure::Figure;

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
const CLOSER: [&str; 6] = ["closeness", QUIET, INTENTIONS, "assess", "pause", RECURS];

/// The closer look that shows this figure, if it rests on anything, or something was answered
/// otherwise.
pub fn closer_look_name(figure: &Figure) -> Option<&'static str> {
    CLOSER.into_iter().find(|name| is_shown_by(figure, name))
}

/// The closer looks that have something, and where the scores of other practices are.
pub fn closer_looks(figures: &[Figure]) -> Vec<String> {
    let has_something = |name: &&str| figures.iter().any(|figure| is_shown_by(figure, name));
    let mut names: Vec<String> =
        CLOSER.into_iter().filter(has_something).map(str::to_owned).collect();
    let of_scores = figures.iter().filter(|figure| matches!(figure.body, Body::Scores { .. }));
    for practice in of_scores.filter_map(|figure| figure.practice.as_ref()) {
        if !names.contains(practice) {
            names.push(practice.clone());
        }
    }
    names
}

fn is_shown_by(figure: &Figure, name: &str) -> bool {
    let is_of = figure.practice.as_deref() == Some(name)
        || figure.look.as_deref() == Some(name)
        || figure.of.iter().any(|of| of == name);
    is_of && figure.rests_on + figure.left_out > 0
}

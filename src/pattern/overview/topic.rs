//! What someone asks who looks back, and which figures are about it.

use crate::practice::PatternDisplay;

use super::super::figure::Figure;
use super::super::looks::{INTENTIONS, QUIET};

/// What someone asks who looks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OverviewTopic {
    /// How has it been?
    Closer,
    /// What happens before I go quiet?
    Quiet,
    /// What became of my intentions?
    Intentions,
    /// What hurt, and what was good?
    Healing,
    /// Other numbers.
    Beside,
}

impl OverviewTopic {
    pub const ALL: [OverviewTopic; 5] = [
        OverviewTopic::Closer,
        OverviewTopic::Quiet,
        OverviewTopic::Intentions,
        OverviewTopic::Healing,
        OverviewTopic::Beside,
    ];

    /// What a figure is about; `first` is the practice whose moments go before the rest.
    pub fn of(figure: &Figure, first: Option<&str>) -> Option<OverviewTopic> {
        match (figure.display?, figure.look.as_deref()) {
            (PatternDisplay::Moments, _) => figure.first.then_some(OverviewTopic::Closer),
            (PatternDisplay::Scores, _) => figure.first.then_some(OverviewTopic::Healing),
            (PatternDisplay::Matrix, Some(QUIET)) => Some(OverviewTopic::Quiet),
            (PatternDisplay::Counts, Some(INTENTIONS)) => Some(OverviewTopic::Intentions),
            (PatternDisplay::Weeks, _) if figure.practice.as_deref() == first => {
                Some(OverviewTopic::Closer)
            }
            (PatternDisplay::Weeks, _) => Some(OverviewTopic::Beside),
            (
                PatternDisplay::Matrix
                | PatternDisplay::Counts
                | PatternDisplay::Hours
                | PatternDisplay::BeforeAfter
                | PatternDisplay::Recurring
                | PatternDisplay::Sessions,
                _,
            ) => None,
        }
    }
}

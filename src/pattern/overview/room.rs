//! Which rows the first screen has room for, and what it leaves out first.

use super::super::change::Claim;
use super::{Overview, OverviewDetail, OverviewRow, OverviewTopic};

impl Overview {
    /// Leaves out what tells least, and no row with a direction; false where everything left is
    /// needed.
    pub fn shorten(&mut self) -> bool {
        let spare = |room| spare_row(&self.rows, room);
        match (spare(OverviewTopic::least_room), self.detail) {
            (Some(at), _) => self.beyond.insert(0, self.rows.remove(at)),
            (None, OverviewDetail::Whole) => self.detail = OverviewDetail::Dense,
            (None, OverviewDetail::Dense) => self.detail = OverviewDetail::WithoutPlans,
            (None, OverviewDetail::WithoutPlans) => self.detail = OverviewDetail::Brief,
            (None, OverviewDetail::Brief) => self.detail = OverviewDetail::Least,
            (None, OverviewDetail::Least) => match spare(OverviewTopic::one_row) {
                Some(at) => self.beyond.insert(0, self.rows.remove(at)),
                None => return false,
            },
        }
        true
    }
}

impl OverviewTopic {
    /// Rows that it has on one screen.
    fn room(self) -> usize {
        match self {
            OverviewTopic::Closer => 3,
            OverviewTopic::Healing => 2,
            OverviewTopic::Quiet | OverviewTopic::Intentions | OverviewTopic::Beside => 1,
        }
    }

    /// Rows that it keeps where the screen is full.
    fn least_room(self) -> usize {
        match self {
            OverviewTopic::Closer | OverviewTopic::Healing => 2,
            OverviewTopic::Quiet | OverviewTopic::Intentions => 1,
            OverviewTopic::Beside => 0,
        }
    }

    /// The row that answers it.
    fn one_row(self) -> usize {
        self.least_room().min(1)
    }
}

pub fn on_one_screen(mut rows: Vec<OverviewRow>) -> (Vec<OverviewRow>, Vec<OverviewRow>) {
    let mut beyond = Vec::new();
    while let Some(at) = spare_row(&rows, OverviewTopic::room) {
        beyond.insert(0, rows.remove(at));
    }
    (rows, beyond)
}

/// Of questions with more rows than there is room for, the last row of which nothing can be
/// said, and else the last of those that may go; what hurt goes last of all.
fn spare_row(rows: &[OverviewRow], room: fn(OverviewTopic) -> usize) -> Option<usize> {
    let has_more = |row: &OverviewRow| {
        rows.iter().filter(|it| it.topic == row.topic).count() > room(row.topic)
    };
    let spare = rows.iter().enumerate();
    let spare = spare.filter(|(_, row)| has_more(row) && !row.claim().is_direction());
    spare.max_by_key(|(at, row)| (!row.hurts, row.claim() == Claim::TooFew, *at)).map(|(at, _)| at)
}

//! What a figure claims, and the level that its claims share.

use chrono::NaiveDate;

use super::super::change::{Change, ChangeEvidence, Claim, share_level};
use super::{Body, Figure, FigureLine};

/// A claim, and what speaks for it.
type OpenClaim<'f> = (&'f mut Claim, ChangeEvidence);

/// `None` where no answers could have led to a claim.
fn open_claim(change: &mut Change) -> Option<OpenClaim<'_>> {
    change.evidence.map(|evidence| (&mut change.claim, evidence))
}

fn of_lines(lines: &mut [FigureLine]) -> Vec<&mut Change> {
    lines.iter_mut().filter_map(|line| line.change.as_mut()).collect()
}

impl Figure {
    /// Its claims share one level, the same wherever it is shown: what else stands on the
    /// page changes no word of it.
    pub(in crate::pattern) fn share_level(&mut self) {
        let mut claims: Vec<_> = self.changes().into_iter().filter_map(open_claim).collect();
        share_level(&mut claims);
        let of_option = self.deed().map(|deed| deed.claim);
        if let (Some(of_option), Some(deed)) = (of_option, &mut self.change) {
            deed.claim = of_option;
        }
    }

    /// What the first screen prints of it, and nothing else of it takes part of the level
    /// there. What the figure by itself doesn't claim stays unclaimed, so that no closer
    /// look takes a word of that screen back.
    pub(in crate::pattern) fn screen_claims(&mut self) -> Vec<OpenClaim<'_>> {
        let printed = self.printed().into_iter();
        let claims = printed.filter_map(open_claim).map(|(claim, evidence)| match claim {
            Claim::TooFew => (claim, evidence.withheld()),
            Claim::Higher | Claim::Lower | Claim::Same => (claim, evidence),
        });
        claims.collect()
    }

    /// Takes over the claim of each measure that the first screen has too: whoever looks closer
    /// at the same figures reads nothing else about them.
    pub(in crate::pattern) fn claim_alike(&mut self, of_screen: &Figure) {
        let is_same = self.practice == of_screen.practice
            && self.of.iter().any(|id| of_screen.of.contains(id));
        if !is_same {
            return;
        }
        let mut of_screen = of_screen.clone();
        let printed = of_screen.printed();
        let measure = |change: &Change| (change.then, change.now, change.evidence);
        for change in self.every_change() {
            let mut known = printed.iter();
            if let Some(known) = known.find(|known| measure(known) == measure(change)) {
                change.claim = known.claim;
            }
        }
    }

    /// Keeps its spans to the days from this one on.
    pub(in crate::pattern) fn begin_on(&mut self, first: NaiveDate) {
        for change in self.every_change() {
            let sides = change.then.iter_mut().chain([&mut change.now]);
            sides.for_each(|side| side.span = side.span.starting_on(first));
        }
    }

    /// Does it compare with a span that ends with this day?
    pub(in crate::pattern) fn compares_until(&mut self, day: NaiveDate) -> bool {
        self.every_change().iter().any(|change| change.then.is_some_and(|it| it.span.to == day))
    }

    /// What the first screen prints of it.
    fn printed(&mut self) -> Vec<&mut Change> {
        let lines = match &mut self.body {
            Body::Weeks { lines, .. } | Body::Scores { lines } => of_lines(lines),
            Body::TooFew { .. } => of_lines(&mut self.series),
            Body::Groups { together, .. } => {
                together.last_mut().map(|row| &mut row.change).into_iter().collect()
            }
            Body::Counts { counts, .. } => {
                let of_harm = counts.iter_mut().filter(|it| self.harm && it.harm);
                of_harm.filter_map(|count| count.change.as_mut()).collect()
            }
            Body::Days { .. }
            | Body::Moments { .. }
            | Body::BeforeAfter { .. }
            | Body::Recurring { .. }
            | Body::Matrix { .. }
            | Body::Sessions { .. } => Vec::new(),
        };
        self.change.as_mut().into_iter().chain(lines).collect()
    }

    /// The last option says what the row of its own says.
    pub(in crate::pattern) fn repeat_deed(&mut self) {
        let of_row = self.change.as_ref().map(|change| change.claim);
        if let (Some(of_row), Some(of_option)) = (of_row, self.deed()) {
            of_option.claim = of_row;
        }
    }

    /// The change of its last option, where options have one.
    fn deed(&mut self) -> Option<&mut Change> {
        let Body::Counts { counts, .. } = &mut self.body else { return None };
        counts.last_mut()?.change.as_mut()
    }

    /// Every change, with a deed only once.
    fn changes(&mut self) -> Vec<&mut Change> {
        let is_twice = usize::from(self.deed().is_some() && self.change.is_some());
        self.every_change().split_off(is_twice)
    }

    /// Every change, the figure's own first.
    fn every_change(&mut self) -> Vec<&mut Change> {
        let inside = match &mut self.body {
            Body::Weeks { lines, .. } | Body::Scores { lines } => of_lines(lines),
            Body::TooFew { .. } => of_lines(&mut self.series),
            Body::Counts { counts, .. } => {
                counts.iter_mut().filter_map(|count| count.change.as_mut()).collect()
            }
            Body::Groups { together, .. } => {
                together.iter_mut().map(|row| &mut row.change).collect()
            }
            Body::BeforeAfter { spans, .. } => spans.iter_mut().collect(),
            Body::Days { .. }
            | Body::Moments { .. }
            | Body::Recurring { .. }
            | Body::Matrix { .. }
            | Body::Sessions { .. } => Vec::new(),
        };
        self.change.as_mut().into_iter().chain(inside).collect()
    }
}

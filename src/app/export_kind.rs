//! The kind of an export into a folder: what else than the entries themselves decides what
//! stands on a page. A page of one kind never silently replaces a page of another, as one
//! without `--redact` would replace the page that was meant for someone else.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};

use crate::journal::StoredEntry;
use crate::render::{ExportGrouping, ExportKind};
use crate::seal::ExportKey;

use super::export_plan::ExportPlan;

/// The kind of an export that no other is known to be of, itself included.
pub(super) const UNKNOWN_KIND: &str = "unknown";

/// How much of the digest a page carries, in characters.
const SHORT: usize = 12;

impl ExportPlan {
    /// What makes a page, and where filters or other names decide what is on it, a digest of
    /// those. It is under the secret key, as it would confirm a guess at a name otherwise;
    /// where there is no such key, the kind is [`UNKNOWN_KIND`].
    /// What was given in another order, or ids cut shorter, is the same.
    pub(super) fn kind(&self, key: Option<&ExportKey>, entries: &[&StoredEntry]) -> ExportKind {
        let by = self.by.name();
        let mut filters = [self.ids_on_pages(entries), self.filters_on_pages()].concat();
        filters.sort();
        filters.dedup();
        let parts = [filters, self.redaction.names()].concat();
        if parts.is_empty() {
            return ExportKind::named(by);
        }
        let digests = key.map(|key| key.digests(&parts.join("\n"))).unwrap_or_default();
        let short = digests.iter().filter_map(|digest| digest.get(..SHORT));
        let mut names = short.map(|digest| format!("{by}-{digest}"));
        match names.next() {
            Some(name) => ExportKind { name, former_names: names.collect() },
            None => ExportKind::named(UNKNOWN_KIND),
        }
    }

    /// The entries that were named, where a page may have others.
    fn ids_on_pages(&self, entries: &[&StoredEntry]) -> Vec<String> {
        let is_named = !self.ids.is_empty() && self.by != ExportGrouping::Entry;
        let named = entries.iter().filter(|_| is_named);
        named.map(|stored| stored.entry.id.to_string()).collect()
    }

    /// The filters that may leave out an entry of a page which has others, with the days that
    /// they stand for now. `--last` is one by its number: it cuts elsewhere after each entry.
    fn filters_on_pages(&self) -> Vec<String> {
        let query = &self.query;
        let practices = || query.practices.iter().map(|name| format!("practice {name}"));
        let is_of_page = |filter: &String| practices().any(|practice| practice == *filter);
        let (from, to) = (query.from, query.to);
        let on_days = query.on_days.as_deref().unwrap_or_default();
        let (days, on_days, filters) = match self.by {
            ExportGrouping::Entry => return Vec::new(),
            ExportGrouping::Day => ([None, None], &[][..], self.filters.clone()),
            ExportGrouping::Month => {
                let from = from.filter(|day| day.day() != 1);
                let to = to.filter(|day| !is_end_of_month(*day));
                ([from, to], on_days, self.filters.clone())
            }
            ExportGrouping::Practice => {
                let others = self.filters.iter().filter(|filter| !is_of_page(filter));
                ([from, to], on_days, others.cloned().collect())
            }
        };
        let day = |side: &str, day: Option<NaiveDate>| Some(format!("{side} {}", day?));
        let moment =
            |side, at: Option<DateTime<FixedOffset>>| Some(format!("{side} {}", at?.to_rfc3339()));
        let [from, to] = days;
        let spans = [
            day("from", from),
            day("to", to),
            moment("since", query.since),
            moment("until", query.until),
        ];
        let on_days = on_days.iter().map(|day| format!("on {day}"));
        filters.into_iter().chain(spans.into_iter().flatten()).chain(on_days).collect()
    }
}

fn is_end_of_month(day: NaiveDate) -> bool {
    day.succ_opt().is_none_or(|next| next.day() == 1)
}

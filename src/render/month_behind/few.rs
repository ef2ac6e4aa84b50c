//! Months with few evenings, which are shown themselves, or with none.

use crate::pattern::SparseEvening;
use crate::practice::phrase::enumerate;
use crate::words::count_of;

use super::super::clean_line;
use super::lines::{MonthLines, quoted};

impl MonthLines<'_> {
    /// One to four evenings: the days themselves.
    pub fn each_evening(&self) -> Vec<String> {
        let each = &self.month.each;
        let evenings = count_of(each.len(), "evening", "evenings");
        let says = |evening: &SparseEvening| evening.word.is_some() || own(evening).is_some();
        let lead = format!("You wrote on {evenings}, too few to sum up.");
        let lead = match each.len() {
            _ if !each.iter().any(says) => return vec![self.page.hang(&lead)],
            1 => format!("{lead} Here it is:"),
            _ => format!("{lead} Here they are:"),
        };
        let mut lines = vec![self.page.hang(&lead)];
        if self.page.is_linear {
            lines.extend(each.iter().map(|evening| self.page.hang(&linear(evening))));
            return lines;
        }
        let word = |evening: &SparseEvening| evening.word.as_deref().map(clean_line);
        let width = |of: &dyn Fn(&SparseEvening) -> String| {
            each.iter().map(|evening| of(evening).chars().count()).max().unwrap_or(0)
        };
        let days = width(&|evening| day_of(evening));
        let words = width(&|evening| word(evening).unwrap_or_default());
        for evening in each {
            let day = format!("  {:days$}", day_of(evening));
            let step = match words {
                0 => String::new(),
                _ => format!("   {:words$}", word(evening).unwrap_or_default()),
            };
            let words = own(evening).map(|own| format!("   {own}")).unwrap_or_default();
            lines.push(self.page.hang_in(format!("{day}{step}{words}").trim_end()));
        }
        lines
    }

    /// No evening, but other entries.
    pub fn no_evening(&self) -> Vec<String> {
        let counts = self.month.practices.iter().filter(|count| count.entries > 0);
        let parts: Vec<String> = counts
            .map(|count| format!("{} `{}`", count.entries, clean_line(&count.practice)))
            .collect();
        let parts = enumerate(&parts);
        vec![self.page.hang(&format!("No evenings in these four weeks, but {parts}."))]
    }
}

/// "Sat 14 November".
fn day_of(evening: &SparseEvening) -> String {
    evening.day.format("%a %-d %B").to_string()
}

/// What stands beside an evening.
fn own(evening: &SparseEvening) -> Option<String> {
    let need = evening.need.as_ref().map(|need| format!("you needed {}", clean_line(need)));
    let none = || evening.had_none.then(|| "no moment of connection".to_owned());
    evening.quote.as_ref().map(|quote| quoted(&quote.words)).or(need).or_else(none)
}

fn linear(evening: &SparseEvening) -> String {
    let word = evening.word.as_ref().map(|word| format!(", {}", clean_line(word)));
    let own = own(evening).map(|own| format!(": {own}"));
    format!("{}{}{}", day_of(evening), word.unwrap_or_default(), own.unwrap_or_default())
}

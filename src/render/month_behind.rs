//! The month behind one, in words, on one screen. Which lines there are is decided by
//! their facts; here they only get their order and their words.

mod beside;
mod few;
mod lines;
mod received;
#[cfg(test)]
mod tests;

use textwrap::core::display_width;

use crate::config::Chapter;
use crate::pattern::{LEAST_EVENINGS, LastingAnswers, MonthBehind};
use crate::practice::{Fear, Form};

use super::claims::span_days;
use super::terminal::WIDEST;
use super::{TextPage, clean_line, held_back, lasting_sentence};

use lines::MonthLines;
pub use received::received_sentence;

const NOTHING: &str =
    "Nothing here from these four weeks, and that's fine. Good to see you. Start anywhere.";
/// Sentences about what lasted.
const MOST_LASTING: usize = 3;

/// How the page is made.
pub struct MonthPage<'p> {
    pub title: &'p str,
    pub form: Form,
    /// The writer's own name for the partner.
    pub partner: Option<&'p str>,
    /// Is it heard rather than seen, so that nothing stands side by side?
    pub is_linear: bool,
    pub page: TextPage,
}

impl MonthPage<'_> {
    /// The whole screen, wrapped, with its title.
    pub fn text(&self, month: &MonthBehind) -> String {
        let paragraphs = self.paragraphs(month).into_iter().filter(|lines| !lines.is_empty());
        let body = paragraphs.map(|lines| lines.join("\n")).collect::<Vec<_>>().join("\n\n");
        format!("{}\n\n{body}\n", self.heading(month))
    }

    /// The title, and at the other edge the days.
    fn heading(&self, month: &MonthBehind) -> String {
        let days = month.span.map(span_days).unwrap_or_default();
        let width = self.page.width.min(WIDEST);
        let used = display_width(self.title) + display_width(&days);
        let title = self.page.strong(&self.page.wrap(&clean_line(self.title), ""));
        match width.checked_sub(used + 1).filter(|_| !self.is_linear) {
            Some(gap) => format!("{title}{}{days}", " ".repeat(gap + 1)),
            None => format!("{title}\n{days}"),
        }
    }

    fn paragraphs(&self, month: &MonthBehind) -> Vec<Vec<String>> {
        let lines = MonthLines { month, page: self };
        if month.is_empty() {
            return vec![vec![self.hang(NOTHING)]];
        }
        let care = self.form.fear == Fear::Known;
        let apart = self.form.chapter == Chapter::Apart;
        // A mark of what wasn't safe comes first wherever it is not one of many.
        let not_safe = || lines.not_safe().into_iter().chain(lines.harm()).collect::<Vec<_>>();
        let first = if care || apart { Vec::new() } else { not_safe() };
        let lasting = self.lasting(month, first, |row| !care || row.hurts());
        let evenings = match month.evenings.of {
            0 => lines.no_evening(),
            few if few < LEAST_EVENINGS => lines.each_evening(),
            _ => lines.evenings(),
        };
        if care {
            let mut evidence = not_safe();
            evidence.extend(lines.received());
            evidence.extend(lasting);
            evidence.extend(lines.not_respected());
            let good = self.lasting(month, Vec::new(), |row| !row.hurts());
            let evenings = evenings.into_iter().chain(good).collect();
            let held_back = held_back(&month.held_back);
            let held_back = held_back.iter().map(|line| self.hang(line)).collect();
            return vec![evidence, evenings, held_back];
        }
        let mut body = if apart { not_safe() } else { Vec::new() };
        body.extend(evenings);
        body.extend(lines.received());
        // Between the days of few evenings and what lasted, the eye rests.
        let is_summed_up = month.evenings.of >= LEAST_EVENINGS;
        let (after, apart_from) =
            if is_summed_up { (lasting, Vec::new()) } else { (Vec::new(), lasting) };
        body.extend(after);
        body.extend(lines.low_stretch_elsewhere());
        vec![body, apart_from, lines.beside()]
    }

    /// At most three sentences; what wasn't safe is among the `first`, of which none is left
    /// out.
    fn lasting(
        &self,
        month: &MonthBehind,
        first: Vec<String>,
        is_of: impl Fn(&LastingAnswers) -> bool,
    ) -> Vec<String> {
        let rows = month.lasting.iter().filter(|row| is_of(row));
        let rows = rows.map(|row| self.hang(&lasting_sentence(row, self.partner)));
        let room = MOST_LASTING.saturating_sub(first.len());
        first.into_iter().chain(rows.take(room)).collect()
    }

    /// A sentence, whose further lines are indented by two columns.
    pub fn hang(&self, sentence: &str) -> String {
        self.wrap(sentence, "  ")
    }

    /// A line that is indented by two columns already; its further lines by four.
    fn hang_in(&self, line: &str) -> String {
        self.wrap(line, "    ")
    }

    /// First fit, as balanced lines would all be short.
    fn wrap(&self, text: &str, indent: &str) -> String {
        let options = textwrap::Options::new(self.page.width.clamp(12, WIDEST))
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent(indent);
        textwrap::fill(text, options)
    }
}

//! What was said on a screen, and where in it the question stands.

use textwrap::core::display_width;
use zeroize::Zeroizing;

/// All of it goes aside together, so that no mark is one into other lines.
#[derive(Default)]
pub struct Said {
    /// Each in its style.
    lines: Vec<Zeroizing<String>>,
    /// Where the question begins.
    question_at: usize,
    /// The same behind the titles above it.
    words_at: usize,
    /// Does an opening stand there, and no question below it yet?
    is_opening: bool,
}

impl Said {
    pub fn say(&mut self, text: &str) {
        self.lines.extend(text.split('\n').map(|line| Zeroizing::new(line.to_owned())));
    }

    /// A title, which is no part of the words below it.
    pub fn say_title(&mut self, text: &str) {
        let is_above_words = self.words_at == self.end();
        self.say(text);
        if is_above_words {
            self.words_at = self.end();
        }
    }

    /// How far it goes.
    pub fn end(&self) -> usize {
        self.lines.len()
    }

    /// Is another blank line to spare?
    pub fn ends_blank(&self) -> bool {
        self.lines.last().is_none_or(|line| line.is_empty())
    }

    pub fn clear(&mut self) {
        self.lines.clear();
        self.words_at = 0;
    }

    /// Takes back what was said since then.
    pub fn rewind(&mut self, mark: usize) {
        self.lines.truncate(mark);
    }

    pub fn lines_from(&self, mark: usize) -> Vec<String> {
        self.lines.iter().skip(mark).map(|line| line.to_string()).collect()
    }

    pub fn begin_opening(&mut self) {
        self.begin_question();
        self.is_opening = true;
    }

    pub fn end_opening(&mut self) {
        self.is_opening = false;
    }

    pub fn begin_question(&mut self) {
        if !std::mem::take(&mut self.is_opening) {
            self.move_question_to(self.end());
        }
    }

    pub fn move_question_to(&mut self, mark: usize) {
        (self.question_at, self.words_at) = (mark, mark);
    }

    pub fn question_at(&self) -> usize {
        self.question_at
    }

    /// The lines of the question, with its titles.
    pub fn question_length(&self) -> usize {
        self.end().saturating_sub(self.question_at)
    }

    /// The same without the titles.
    pub fn words_length(&self) -> usize {
        self.end().saturating_sub(self.words_at)
    }

    /// The last rows, at most so many and so wide.
    pub fn last_rows(&self, count: usize, width: usize) -> Vec<Zeroizing<String>> {
        let mut rows = Vec::new();
        for line in self.lines.iter().rev() {
            if display_width(line) <= width {
                rows.push(line.clone());
            } else {
                // The terminal was made narrower since.
                let wrapped = textwrap::wrap(line, width).into_iter().rev();
                rows.extend(wrapped.map(|row| Zeroizing::new(row.into_owned())));
            }
            if rows.len() >= count {
                break;
            }
        }
        rows.truncate(count);
        rows.reverse();
        rows
    }
}

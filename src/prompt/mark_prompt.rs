//! Several of a question's options to be marked, and words of one's own among them.

use zeroize::Zeroizing;

use crate::entry::same;
use crate::practice::AnswerOption;
use crate::render::clean_line;

use super::list_rows::ListLine;

/// The line that stands for words of one's own.
pub(super) const SOMETHING_ELSE: &str = "something else";

/// Lines with their marks: the options, the line for something else, and behind it the
/// words that were added.
pub(super) struct MarkPrompt {
    pub lines: Vec<ListLine>,
    /// Places among the lines, in their order.
    pub marks: Vec<usize>,
    /// How many may be marked.
    pub most: usize,
    /// The ids of the options.
    ids: Vec<String>,
    /// Beside which no other line is marked, such as "None".
    alone: Vec<usize>,
    takes_words: bool,
    /// The line that stays in sight below the others, whatever is typed.
    foot: Option<usize>,
    /// The words that were added, as they were typed.
    added: Vec<String>,
    /// What is being typed, to find a line or to become one.
    pub typed: Zeroizing<String>,
}

impl MarkPrompt {
    /// With these answers marked, be they ids or words of one's own.
    pub fn new(
        options: &[AnswerOption],
        takes_words: bool,
        most: Option<usize>,
        answers: &[String],
    ) -> MarkPrompt {
        let line = |option: &AnswerOption| ListLine {
            heading: option.group.as_ref().map(|group| clean_line(&group.heading)),
            text: clean_line(&option.label),
        };
        let mut lines: Vec<ListLine> = options.iter().map(line).collect();
        lines.extend(takes_words.then(|| ListLine::from(SOMETHING_ELSE.to_owned())));
        let is_alone = |at: &usize| options[*at].is_alone;
        let mut prompt = MarkPrompt {
            lines,
            marks: Vec::new(),
            most: most.unwrap_or(usize::MAX),
            ids: options.iter().map(|option| option.id.clone()).collect(),
            alone: (0..options.len()).filter(is_alone).collect(),
            takes_words,
            // Elsewhere what is typed and found nowhere chooses nothing.
            foot: options.iter().position(|option| option.stays).filter(|_| takes_words),
            added: Vec::new(),
            typed: Zeroizing::default(),
        };
        for answer in answers {
            match prompt.ids.iter().position(|id| id == answer) {
                Some(place) => prompt.marks.push(place),
                None => prompt.append(answer),
            }
        }
        prompt.marks.sort_unstable();
        prompt
    }

    /// The line that is marked for words still to be typed.
    pub fn other(&self) -> Option<usize> {
        self.takes_words.then_some(self.ids.len())
    }

    /// Is that line marked?
    pub fn asks_for_words(&self) -> bool {
        self.other().is_some_and(|other| self.marks.contains(&other))
    }

    /// Puts answers, ids or words of one's own, in the place of the line for something else.
    /// False, and nothing is changed, where they are more than may be marked.
    pub fn replace_other(&mut self, answers: &[String]) -> bool {
        let marks = self.marks.clone();
        let lines = self.lines.len();
        let added = self.added.len();
        let other = self.other();
        self.marks.retain(|mark| Some(*mark) != other);
        let mark = |answer: &String| match self.ids.iter().position(|id| id == answer) {
            Some(line) => self.mark(line),
            None => self.add(answer),
        };
        let fits = answers.iter().all(mark);
        if !fits {
            self.marks = marks;
            self.lines.truncate(lines);
            self.added.truncate(added);
        }
        fits
    }

    /// The lines that have what is typed in them, and below those, as long as something is
    /// typed, the line for something else. The one that stays in sight is the last of them, or
    /// of all.
    pub fn matching(&self) -> Vec<usize> {
        let typed = self.typed.trim().to_lowercase();
        let other = self.other().filter(|_| !typed.is_empty());
        let fits = |at: &usize| ![other, self.foot].contains(&Some(*at)) && self.has(*at, &typed);
        let found = self.foot.filter(|foot| self.has(*foot, &typed));
        let missed = self.foot.filter(|_| found.is_none());
        (0..self.lines.len()).filter(fits).chain(found).chain(other).chain(missed).collect()
    }

    /// Where this line is among them.
    pub fn place(&self, line: usize) -> usize {
        self.matching().iter().position(|at| *at == line).unwrap_or(0)
    }

    /// Is the last of them the one that stays in sight?
    pub fn has_foot(&self) -> bool {
        self.foot.is_some() && self.matching().last().copied() == self.foot
    }

    /// Is what is typed found in this line? One that stays in sight may be there without that.
    pub fn finds(&self, line: usize) -> bool {
        Some(line) == self.other() || self.has(line, &self.typed.trim().to_lowercase())
    }

    /// Is what is typed found in a line?
    pub fn is_found(&self) -> bool {
        let typed = self.typed.trim().to_lowercase();
        let has = |at: usize| Some(at) != self.other() && self.has(at, &typed);
        (0..self.lines.len()).any(has)
    }

    /// Has the line this in it, or its option's id: "grief" is "time to grieve".
    fn has(&self, line: usize, typed: &str) -> bool {
        let id = self.ids.get(line).map(|id| id.replace('-', " "));
        let is_id = id.is_some_and(|id| id.to_lowercase().contains(typed));
        is_id || self.lines[line].text.to_lowercase().contains(typed)
    }

    /// Is a space the next letter of what is being typed, rather than a mark? Always where
    /// it may become words of one's own; else as long as it goes on in several lines.
    pub fn takes_space(&self) -> bool {
        if self.typed.is_empty() || self.takes_words {
            return !self.typed.is_empty();
        }
        let longer = format!("{} ", self.typed.to_lowercase());
        let matching = self.matching();
        let goes_on = |at: &usize| self.has(*at, &longer);
        matching.len() > 1 && matching.iter().any(goes_on)
    }

    /// Marks a line, or takes its mark away. False where no more may be marked.
    pub fn toggle(&mut self, line: usize) -> bool {
        match self.marks.iter().position(|marked| *marked == line) {
            Some(at) => {
                self.marks.remove(at);
                true
            }
            None => self.mark(line),
        }
    }

    /// Marks a line. What stands alone takes the other marks away, and they take its own.
    pub fn mark(&mut self, line: usize) -> bool {
        if self.marks.contains(&line) {
            return true;
        }
        let is_alone = self.alone.contains(&line);
        let stays = |marked: &usize| !is_alone && !self.alone.contains(marked);
        let mut marks: Vec<usize> = self.marks.iter().copied().filter(stays).collect();
        if marks.len() >= self.most {
            return false;
        }
        marks.push(line);
        marks.sort_unstable();
        self.marks = marks;
        true
    }

    /// Marks what these words name, or adds them as words of one's own: whole, unless
    /// there is a line among what stands between their commas. False where no more may be
    /// marked.
    pub fn add_words(&mut self, words: &str) -> bool {
        let words = words.trim();
        let parts: Vec<&str> =
            words.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        let is_line = |part: &&str| self.line_named(part).is_some();
        if self.line_named(words).is_some() || !parts.iter().any(is_line) {
            return self.add(words);
        }
        parts.into_iter().all(|part| self.add(part))
    }

    fn add(&mut self, words: &str) -> bool {
        let line = self.line_named(words);
        if let Some(line) = line {
            return self.mark(line);
        }
        if !self.takes_words || words.is_empty() {
            return false;
        }
        let is_new = self.mark(self.lines.len());
        if is_new {
            self.lines.push(ListLine::from(clean_line(words)));
            self.added.push(words.to_owned());
        }
        is_new
    }

    /// Adds an earlier answer, marked.
    fn append(&mut self, words: &str) {
        self.marks.push(self.lines.len());
        self.lines.push(ListLine::from(clean_line(words)));
        self.added.push(words.to_owned());
    }

    fn line_named(&self, words: &str) -> Option<usize> {
        let is_it = |at: &usize| Some(*at) != self.other() && same(&self.lines[*at].text, words);
        (0..self.lines.len()).find(is_it)
    }

    /// Of marks that cannot stand beside each other, the label of the one that stands alone.
    pub fn clash(&self, marks: &[usize]) -> Option<&str> {
        let alone = marks.iter().find(|mark| self.alone.contains(mark));
        alone.filter(|_| marks.len() > 1).map(|at| self.lines[*at].text.as_str())
    }

    /// What is marked: ids of options, and words of one's own.
    pub fn answers(&self) -> Vec<String> {
        let first_added = self.lines.len() - self.added.len();
        let answer = |at: &usize| {
            let added = at.checked_sub(first_added).and_then(|at| self.added.get(at));
            self.ids.get(*at).or(added).cloned()
        };
        self.marks.iter().filter_map(answer).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompt(most: Option<usize>, answers: &[&str]) -> MarkPrompt {
        let option = |label: &str| AnswerOption {
            is_alone: label == "none",
            ..AnswerOption::plain(&label.replace(' ', "-"), label)
        };
        let options: Vec<AnswerOption> =
            ["none", "rest", "to be heard", "us, from a fight"].map(option).into();
        let answers: Vec<String> = answers.iter().map(|word| (*word).to_owned()).collect();
        MarkPrompt::new(&options, true, most, &answers)
    }

    #[test]
    fn what_stands_alone_is_marked_beside_nothing() {
        let mut prompt = prompt(None, &["rest"]);
        assert!(prompt.mark(0) && prompt.answers() == ["none"]);
        assert!(prompt.mark(1) && prompt.answers() == ["rest"]);
        assert!(prompt.add_words("a quiet hour") && prompt.mark(0));
        assert_eq!(prompt.answers(), ["none"]);
        assert_eq!((prompt.clash(&[0, 1]), prompt.clash(&[0])), (Some("none"), None));
    }

    #[test]
    fn a_line_is_found_by_the_id_that_would_be_kept_as_well() {
        let options = [AnswerOption::plain("grief", "time to grieve")];
        let mut list = MarkPrompt::new(&options, true, None, &[]);
        list.typed = Zeroizing::new("Grief".to_owned());
        assert_eq!(list.matching(), [0, 1]);
    }

    #[test]
    fn the_line_that_stays_is_the_last_in_sight_and_found_only_by_its_own_words() {
        let plain = AnswerOption::plain;
        let unsure = AnswerOption { stays: true, ..plain("not-sure-yet", "not sure yet") };
        let options = [unsure, plain("on-edge", "on edge"), plain("lonely", "lonely")];
        let mut list = MarkPrompt::new(&options, true, None, &[]);
        for (typed, matching, is_found) in [
            ("", &[1, 2, 3, 0][..], true),
            ("on e", &[1, 3, 0], true),
            ("zzz", &[3, 0], false),
            ("not s", &[0, 3], true),
        ] {
            list.typed = Zeroizing::new(typed.to_owned());
            assert_eq!(
                (list.matching(), list.is_found()),
                (matching.to_vec(), is_found),
                "{typed}"
            );
            assert_eq!(list.has_foot(), matching.last() == Some(&0), "{typed}");
        }
        let mut list = MarkPrompt::new(&options, false, None, &[]);
        list.typed = Zeroizing::new("zzz".to_owned());
        assert_eq!(list.matching(), [0; 0], "what is found nowhere chooses nothing");
    }

    #[test]
    fn words_in_the_place_of_something_else_are_marks_like_any_other() {
        let words = |answers: &[&str]| -> Vec<String> {
            answers.iter().map(|word| (*word).to_owned()).collect()
        };
        let mut list = prompt(Some(2), &["rest"]);
        assert!(list.mark(list.ids.len()) && list.asks_for_words());
        assert!(!list.replace_other(&words(&["a walk", "an hour"])), "one too many");
        assert!(list.asks_for_words() && list.lines.len() == 5, "nothing is changed");
        assert!(list.replace_other(&words(&["a walk"])));
        assert_eq!(list.answers(), ["rest", "a walk"]);
        let mut list = prompt(None, &["rest"]);
        assert!(list.mark(list.ids.len()) && list.replace_other(&words(&["none"])));
        assert_eq!(list.answers(), ["none"], "what stands alone has nothing beside it");
        assert!(list.mark(list.ids.len()) && list.replace_other(&[]));
        assert!(list.answers().is_empty() && !list.asks_for_words());
    }

    #[test]
    fn words_name_a_line_or_become_one_and_a_comma_alone_parts_nothing() {
        let mut prompt = prompt(Some(4), &["a walk, alone"]);
        assert!(prompt.add_words("Us, from a fight."));
        assert!(!prompt.add_words("to be heard, an hour, REST"), "one too many");
        let answers = ["rest", "to-be-heard", "us,-from-a-fight", "a walk, alone", "an hour"];
        assert_eq!(prompt.answers().len(), 4, "as many as may be");
        assert!(prompt.answers().iter().all(|answer| answers.contains(&answer.as_str())));
        assert!(!prompt.add_words("one more"));
    }
}

//! The answers of an exported entry, from the lines below its comment.

use crate::entry::{Answer, Value};
use crate::practice::{Form, Practice, Question, name_partner};
use crate::render::{ANSWER, TABLE, TABLE_RULE, unescape_line};

use super::super::page::text_answer;
use super::super::parse_answer::parse_answer;

/// The answer that an entry's heading has.
const TITLE_ID: &str = "title";

/// A question as it begins a block, and an answer that stands behind it on its line.
fn question_line(line: &str) -> Option<(String, Option<&str>)> {
    let rest = line.strip_prefix("**")?;
    match rest.strip_suffix("**") {
        Some(asked) => Some((unescape_line(asked), None)),
        None => rest.split_once(ANSWER).map(|(asked, answer)| (unescape_line(asked), Some(answer))),
    }
}

/// "| Question | 0–4 |", without its ends: "0–4".
fn table_scale(line: &str) -> Option<&str> {
    line.strip_prefix(TABLE)?.trim_end().strip_suffix(" |")
}

/// A row of a table: what was asked, and what was said on its scale.
fn table_row(line: &str, scale: &str) -> Option<(String, String)> {
    let row = line.strip_prefix("| ")?.trim_end().strip_suffix(" |")?;
    let mut escaped = false;
    let (end, _) = row.char_indices().find(|(_, c)| {
        let ends = *c == '|' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    })?;
    let (asked, answer) = (row[..end].trim_end(), row[end + 1..].trim_start());
    // The number, and behind it the words of its step.
    let number = answer.split([' ', ',']).next().filter(|number| number.parse::<i64>().is_ok());
    let answer = match number {
        Some(number) => format!("{number} of {scale}{}", &answer[number.len()..]),
        None => answer.to_owned(),
    };
    Some((unescape_line(asked), answer))
}

/// The answers of an entry, as they are read.
pub(super) struct AnswerCollector<'a> {
    practice: Option<&'a Practice>,
    partner: Option<&'a str>,
    answers: Vec<Answer>,
    /// Headings that were taken for the practice's, which isn't here to say so.
    pub left_out: Vec<String>,
}

impl<'a> AnswerCollector<'a> {
    /// Without the practice, what each line is has to show by itself. `partner` is the name
    /// that options may have.
    pub fn new(practice: Option<&'a Practice>, partner: Option<&'a str>) -> AnswerCollector<'a> {
        AnswerCollector { practice, partner, answers: Vec::new(), left_out: Vec::new() }
    }

    /// Takes the lines of an entry apart into its answers.
    pub fn add_blocks(&mut self, lines: &[&str]) {
        let mut block: (Option<String>, Vec<&str>) = (None, Vec::new());
        let mut blank = true;
        let mut scale = None;
        for (at, line) in lines.iter().enumerate() {
            let row = scale.and_then(|scale| table_row(line, scale));
            let begun = question_line(line).filter(|_| blank);
            match (row, begun) {
                (Some((asked, answer)), _) => {
                    self.add_answer(std::mem::take(&mut block));
                    self.add_answer((Some(asked), vec![&answer]));
                }
                (None, Some((asked, answer))) => {
                    let begun = (Some(asked), answer.into_iter().collect());
                    self.add_answer(std::mem::replace(&mut block, begun));
                }
                (None, None) if scale.is_some() && line.trim_end() == TABLE_RULE => {}
                (None, None) if blank && self.is_section_heading(line, &lines[at + 1..]) => {
                    let title = || unescape_line(line.trim_start_matches('#').trim());
                    self.left_out.extend(self.practice.is_none().then(title));
                }
                (None, None) => {
                    scale = table_scale(line).filter(|_| blank);
                    if scale.is_none() {
                        block.1.push(line);
                    }
                }
            }
            blank = line.trim().is_empty();
        }
        self.add_answer(block);
    }

    fn questions(&self) -> impl Iterator<Item = &Question> {
        let follow_up = self.practice.iter().filter_map(|p| p.follow_up.as_ref());
        let own = self.practice.iter().flat_map(|p| &p.questions);
        let built = self.practice.iter().flat_map(|p| &p.sentences).map(|s| &s.question);
        let page = self.practice.iter().filter_map(|p| p.page.as_ref());
        let page = page.flat_map(|page| &page.questions);
        built.chain(own).chain(follow_up.flat_map(|f| &f.questions)).chain(page)
    }

    /// The question with this wording that has no answer yet.
    fn question(&self, asked: &str) -> Option<&Question> {
        let is_unanswered = |q: &&Question| self.answers.iter().all(|a| a.question != q.id);
        let card = self.practice.filter(|practice| practice.cards);
        let is_card = |q: &Question| card.is_some_and(|practice| practice.primary == q.id);
        self.questions().filter(is_unanswered).find(|q| q.asked_as(asked) || is_card(q))
    }

    fn add_answer(&mut self, (asked, lines): (Option<String>, Vec<&str>)) {
        let text = lines.join("\n");
        if text.trim().is_empty() {
            return;
        }
        // Text before the first question was added by hand.
        let asked = asked.unwrap_or_else(|| "Added by hand".to_owned());
        let question = self.question(&asked);
        let id =
            question.map_or_else(|| self.new_question_id(&asked), |question| question.id.clone());
        let (value, scale, labels) = parse_answer(question, text.trim_matches('\n'), self.partner);
        let answer = Answer { scale, labels, ..text_answer(&id, &asked, value) };
        self.answers.push(answer);
    }

    /// An id for a question that the practice no longer has.
    fn new_question_id(&self, asked: &str) -> String {
        let words: Vec<String> = asked
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(6)
            .map(str::to_lowercase)
            .collect();
        let name = if words.is_empty() { "question".to_owned() } else { words.join("-") };
        let is_taken = |name: &str| self.answers.iter().any(|a| a.question == name);
        let numbered = (2..).map(|n| format!("{name}-{n}"));
        std::iter::once(name.clone()).chain(numbered).find(|n| !is_taken(n)).unwrap_or(name)
    }

    pub fn add_title(&mut self, title: String) {
        let question = self.questions().find(|q| q.id == TITLE_ID);
        let asked = question.map_or("Title", |q| q.ask.as_str()).to_owned();
        self.answers.push(text_answer(TITLE_ID, &asked, Value::Text(title)));
    }

    /// Is it the heading of a section of the practice? Without the practice, what stands right
    /// above a question is one: `export` escapes what an answer says.
    fn is_section_heading(&self, line: &str, below: &[&str]) -> bool {
        let Some(title) = line.strip_prefix("##").map(|rest| rest.trim_start_matches('#')) else {
            return false;
        };
        let Some(practice) = self.practice else {
            let next = below.iter().find(|line| !line.trim().is_empty());
            let begins = |line: &&str| question_line(line).is_some() || table_scale(line).is_some();
            return title.starts_with(' ') && next.is_some_and(begins);
        };
        let title = unescape_line(title.trim());
        practice.sections.iter().any(|section| {
            Form::all().any(|form| name_partner(&section.title_in(form), None) == title)
        })
    }

    /// The answers in the order of the page, which is the entry's own, whatever its practice
    /// asks by now. The title, which is in the heading, comes last until then, and gets the
    /// place that it has in the practice.
    pub fn in_order(mut self) -> Vec<Answer> {
        let ids: Vec<String> = self.questions().map(|q| q.id.clone()).collect();
        let place = |a: &Answer| ids.iter().position(|id| *id == a.question);
        let mut answers = std::mem::take(&mut self.answers);
        if let Some(title) = answers.pop_if(|answer| answer.question == TITLE_ID) {
            let own = place(&title);
            let behind = answers.iter().position(|it| own.is_some() && place(it) > own);
            answers.insert(behind.unwrap_or(answers.len()), title);
        }
        answers
    }
}

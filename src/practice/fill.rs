//! Lines with answers in them.

use crate::entry::Answer;

use super::phrase;

/// A line with answers in place of `{question}`; `None` where one is missing.
pub fn fill(line: &str, answers: &[Answer]) -> Option<String> {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (id, tail) = after.split_once('}')?;
        let said = placeholder(id, answers)?;
        out.push_str(before);
        // Inside a sentence an answer's own full stop would end it too soon.
        let behind = tail.strip_prefix('”').unwrap_or(tail);
        let is_last = behind.is_empty() || behind.starts_with('\n');
        let said = if is_last { &said } else { said.trim_end_matches(['.', '…']) };
        out.push_str(&said[overlap(&out, said)..]);
        rest = tail;
    }
    Some(out + rest)
}

/// What stands in place of `{question}`; of `{plan if then}`: the plan that the answers
/// to two questions make; of `{shelter trigger move}`: what the writer does when something
/// happens, and nothing of what anybody else does; of `{all question}`: several answers with "and" before the last;
/// of `{start question}`: how an answer begins, on one line; of `{passage question}`: the
/// same, on up to three; of `{step question}`: the word of a step; and of `{asked question}`:
/// what was asked, inside a sentence.
fn placeholder(inside: &str, answers: &[Answer]) -> Option<String> {
    let answer = |id: &str| answers.iter().find(|a| a.question == id);
    let of = |id: &str| answer(id).map(Answer::text);
    match inside.split(' ').collect::<Vec<_>>()[..] {
        ["plan", condition, deed] => phrase::plan(&of(condition)?, &of(deed)?, None),
        ["shelter", trigger, deed] => shelter(answer(trigger), answer(deed)?),
        ["all", id] => phrase::all(&answer(id)?.chosen()),
        ["asked", id] => Some(phrase::small(&answer(id)?.asked, None)),
        ["step", id] => Some(answer(id)?.step_words()),
        ["start", id] => Some(beginning(&of(id)?)),
        ["passage", id] => Some(passage(&of(id)?)),
        _ => of(inside),
    }
}

/// The questions whose answers `{inside}` stands for.
pub(super) fn placeholder_questions(inside: &str) -> Vec<&str> {
    match inside.split(' ').collect::<Vec<_>>()[..] {
        ["plan" | "shelter", first, second] => vec![first, second],
        ["all" | "asked" | "step" | "start" | "passage", id] => vec![id],
        _ => vec![inside],
    }
}

fn shelter(trigger: Option<&Answer>, deed: &Answer) -> Option<String> {
    let piece = |name: &'static str, answer: &Answer| (name, vec![answer.text()]);
    let trigger = trigger.map(|trigger| piece("trigger", trigger));
    let answers = trigger.into_iter().chain([piece("move", deed)]).collect();
    phrase::Grammar::Shelter.build(&phrase::Pieces { answers, ..phrase::Pieces::default() })
}

/// Columns of a line of which a quotation may fill the rest.
const BEGINNING: usize = 50;
/// Columns of a quotation of up to three lines, with its lead before it.
const PASSAGE: usize = 180;

/// The first line of a text, cut at a word where it is long.
fn beginning(text: &str) -> String {
    let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
    cut_at_word(line, BEGINNING, text)
}

/// As much of a text as stands on a few lines, its own lines one behind the other.
fn passage(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    cut_at_word(&words, PASSAGE, &words)
}

/// The line cut at a word to at most `columns`, without a quotation that the cut would leave
/// open. A mark says that `text` continues.
fn cut_at_word(line: &str, columns: usize, text: &str) -> String {
    let options = textwrap::Options::new(columns).break_words(true);
    let first = textwrap::wrap(line, options).into_iter().next().unwrap_or_default();
    if first.len() == text.trim().len() {
        return first.into_owned();
    }
    let is_open = first.rfind('“') > first.rfind('”');
    let quotation = first.rfind('“').filter(|at| is_open && *at > 0);
    format!("{} …", first[..quotation.unwrap_or(first.len())].trim_end())
}

/// How many bytes of the answer the line before it says already: "then I will"
/// and "I will wait" make "then I will wait".
fn overlap(line: &str, said: &str) -> usize {
    let said_words: Vec<&str> = said.split(' ').collect();
    let line_words: Vec<&str> = line.split_whitespace().collect();
    let ends_so = |count: &usize| {
        let tail = line_words.len().checked_sub(*count).map(|from| &line_words[from..]);
        let head = &said_words[..*count];
        let same = |(a, b): (&&str, &&str)| a.to_lowercase() == b.to_lowercase();
        tail.is_some_and(|tail| tail.iter().zip(head).all(same))
    };
    let shared = (1..said_words.len()).rev().find(ends_so).unwrap_or(0);
    said_words[..shared].iter().map(|word| word.len() + 1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Value;
    use crate::practice::{Question, QuestionKind};

    fn answers(pairs: &[(&str, &str)]) -> Vec<Answer> {
        let answer = |(id, text): &(&str, &str)| {
            Question::plain(id, "?", QuestionKind::Long).answer_with(Value::Text(text.to_string()))
        };
        pairs.iter().map(answer).collect()
    }

    #[test]
    fn a_line_is_said_only_when_all_its_answers_are_there() {
        let some = answers(&[("if", "the talk turns to summer.")]);
        assert_eq!(
            fill("If {if}, I stay.", &some).unwrap(),
            "If the talk turns to summer, I stay."
        );
        assert_eq!(fill("If {if}, then {then}.", &some), None);
        assert_eq!(fill("{plan if then}", &some), None);
        assert_eq!(
            fill("One plan: “{if}”", &some).unwrap(),
            "One plan: “the talk turns to summer.”"
        );
        let own_line = fill("You wrote:\n  {if}\nAnd then?", &some).unwrap();
        assert_eq!(own_line, "You wrote:\n  the talk turns to summer.\nAnd then?");
        let both = answers(&[("if", "When it rains."), ("then", "I'll walk")]);
        assert_eq!(fill("{plan if then}", &both).unwrap(), "If it rains, then I will walk.");
    }

    #[test]
    fn an_answer_is_quoted_by_its_beginning_and_several_with_an_and() {
        let long = "I'd need to see it for a while, and not only on good days.\nAnd rest.";
        let both = answers(&[("staying", long), ("leaving", "Quiet.")]);
        let line = "On staying: {start staying}\nOn leaving: {start leaving}";
        let said =
            "On staying: I'd need to see it for a while, and not only on …\nOn leaving: Quiet.";
        assert_eq!(fill(line, &both).unwrap(), said);
        assert_eq!(fill(line, &both[..1]), None, "both, or neither");
        let whole = "I'd need to see it for a while, and not only on good days. And rest.";
        assert_eq!(fill("{passage staying}", &both).unwrap(), whole);
        let much = answers(&[("staying", &"and so on ".repeat(30))]);
        let passage = fill("{passage staying}", &much).unwrap();
        assert!(passage.ends_with("on …") && passage.len() > 150, "{passage}");
        let open =
            answers(&[("sentence", "When plans change, I tell myself “I'll only make it worse”.")]);
        let cut = "When plans change, I tell myself …";
        assert_eq!(fill("{start sentence}", &open).unwrap(), cut, "no quotation is left open");
        let mut several = answers(&[("protects", "?")]);
        let words = ["my calm", "I don't know yet", "us"].map(str::to_owned).to_vec();
        several[0].value = Value::Chosen(words);
        assert_eq!(fill("It's {all protects}.", &several).unwrap(), "It's my calm and us.");
        several[0].value = Value::Chosen(vec!["I don't know yet".to_owned()]);
        assert_eq!(fill("It's {all protects}.", &several), None);
    }

    #[test]
    fn what_the_line_says_already_is_not_said_twice() {
        let both = answers(&[("if", "If he is late"), ("then", "I will wait a moment")]);
        let line = "If {if}, then I will {then}.";
        assert_eq!(fill(line, &both).unwrap(), "If he is late, then I will wait a moment.");
        let short = answers(&[("then", "will")]);
        assert_eq!(fill("I will {then}", &short).unwrap(), "I will will");
    }
}

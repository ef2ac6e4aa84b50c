//! A kind word about a word. It never refuses anything.

use crate::entry::Value;
use crate::error::Result;
use crate::practice::{Hint, Practice, Question};

use super::{Progress, Screen, choose, question_input};

/// Says the first hint that fits what was just answered, and offers to change
/// the answer.
pub fn offer(
    practice: &Practice,
    question: &Question,
    progress: &mut Progress,
    screen: &Screen,
) -> Result<()> {
    let answer = progress.answers.iter().find(|a| a.question == question.id).cloned();
    let Some(Value::Text(text)) = answer.as_ref().map(|a| &a.value) else { return Ok(()) };
    let of = |hint: &&Hint| hint.questions.is_empty() || hint.questions.contains(&question.id);
    let found = practice.hints.iter().filter(of).find_map(|hint| Some((hint, word(hint, text)?)));
    let Some((hint, word)) = found else { return Ok(()) };
    screen.paragraph(&hint.say.replace("{word}", word));
    let lines = ["Leave it as it is".to_owned(), "Say it another way".to_owned()];
    if choose("", &lines, screen)? != Some(1) {
        screen.line("");
        return Ok(());
    }
    screen.line("");
    let before = answer.as_ref().map(|a| &a.value);
    // Emptied here, what was said before still stands.
    if let Some(value) = question_input::question(question, before, screen)? {
        progress.set(question, Some(question.answer_with(value)));
    }
    Ok(())
}

/// The first of the hint's words that the text has as words.
fn word<'a>(hint: &'a Hint, text: &str) -> Option<&'a str> {
    let fold = |text: &str| -> String {
        let plain = |c: char| if c.is_alphanumeric() || c == '\'' { c } else { ' ' };
        let words: String = text.replace('’', "'").chars().map(plain).collect();
        words.to_lowercase().split_whitespace().map(|word| format!(" {word}")).collect::<String>()
            + " "
    };
    let text = fold(text);
    hint.words.iter().map(String::as_str).find(|word| text.contains(&fold(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_as_a_word_and_not_inside_another() {
        let words = ["always", "I feel that you"].map(str::to_owned).to_vec();
        let hint = Hint { questions: vec![], words, say: String::new() };
        assert_eq!(word(&hint, "You ALWAYS, always leave"), Some("always"));
        assert_eq!(word(&hint, "i feel  that you left"), Some("I feel that you"));
        assert_eq!(word(&hint, "hallways"), None);
        assert_eq!(word(&hint, ""), None);
    }
}

//! A kind word about a word in an answer. It never refuses anything.

use crate::entry::{Answer, Value};
use crate::error::Result;
use crate::practice::{Question, WordNote, all_match};

use super::conversation::Conversation;
use super::walk::Walk;

impl Conversation<'_> {
    /// Says the first note that fits what was just answered, and offers to say it another way,
    /// once.
    pub(super) fn word_note(&self, question: &Question, walk: &mut Walk) -> Result<()> {
        let answer = walk.progress().answer(&question.id);
        let Some(text) = answer.and_then(own_words) else { return Ok(()) };
        let of = |note: &&WordNote| {
            let mut named = note.questions.iter();
            let names = note.questions.is_empty() || named.any(|id| *id.get_ref() == question.id);
            names && all_match(&note.when, &walk.progress().answers)
        };
        let mut notes = walk.practice().word_notes.iter().filter(of);
        let Some((note, word)) = notes.find_map(|note| Some((note, word(note, &text)?))) else {
            return Ok(());
        };
        self.screen.paragraph(&note.say.replace("{word}", word));
        let lines = ["Leave it as it is".to_owned(), "Say it another way".to_owned()];
        let chosen = self.choose_below("", &lines, 0, &[], walk)?;
        self.screen.line("");
        if chosen == Some(1) { self.change(question, walk) } else { Ok(()) }
    }
}

/// What was typed, and not chosen.
fn own_words(answer: &Answer) -> Option<String> {
    match &answer.value {
        Value::Text(text) => Some(text.clone()),
        Value::Chosen(chosen) => {
            let own = chosen.iter().filter(|id| !answer.labels.contains_key(*id));
            Some(own.cloned().collect::<Vec<_>>().join(", "))
        }
        Value::Number(_) | Value::YesNo(_) | Value::CantSay => None,
    }
}

/// The first of the note's words that the text has as words.
fn word<'a>(note: &'a WordNote, text: &str) -> Option<&'a str> {
    let fold = |text: &str| -> String {
        let plain = |c: char| if c.is_alphanumeric() || c == '\'' { c } else { ' ' };
        let words: String = text.replace('’', "'").chars().map(plain).collect();
        words.to_lowercase().split_whitespace().map(|word| format!(" {word}")).collect::<String>()
            + " "
    };
    let text = fold(text);
    note.words.iter().map(String::as_str).find(|word| text.contains(&fold(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_as_a_word_and_not_inside_another() {
        let words = ["always", "I feel that you"].map(str::to_owned).to_vec();
        let note = WordNote { questions: vec![], when: vec![], words, say: String::new() };
        assert_eq!(word(&note, "You ALWAYS, always leave"), Some("always"));
        assert_eq!(word(&note, "i feel  that you left"), Some("I feel that you"));
        assert_eq!(word(&note, "hallways"), None);
        assert_eq!(word(&note, ""), None);
    }
}

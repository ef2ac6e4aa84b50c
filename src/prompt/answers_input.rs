//! Answers that need no asking: words, flags, a JSON object, piped text.

use std::io::Read;
use std::path::Path;

use serde::de::IgnoredAny;
use serde_json::{Map, Value as Json};
use zeroize::Zeroizing;

use crate::disk::DiskError;
use crate::entry::Answer;
use crate::error::Result;
use crate::practice::{Practice, PracticeError, Question};
use crate::prompt::AskError;

use super::answers_json::GivenAnswers;

/// Nobody types more at once, and a runaway pipe must end somewhere.
const LONGEST_MIB: u64 = 32;

/// What the command line gave. Everything in it is plain text still.
#[derive(Default)]
pub struct AnswersInput {
    pub words: Vec<String>,
    /// Question id and value.
    pub flags: Vec<(String, String)>,
    pub answers: Option<Map<String, Json>>,
    pub piped: Option<Zeroizing<String>>,
}

impl AnswersInput {
    /// Does anything answer this question?
    pub fn answers(&self, question: &str) -> bool {
        self.flags.iter().any(|(id, _)| id == question)
            || self.answers.as_ref().is_some_and(|a| a.contains_key(question))
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
            && self.flags.is_empty()
            && self.answers.is_none()
            && self.piped.is_none()
    }

    /// The answers, each read as its question wants it. All of them are
    /// checked before any is used.
    pub fn read(self, practice: &Practice) -> Result<Vec<Answer>> {
        let mut answers = Vec::new();
        let mut add = |id: &str, read: Option<crate::entry::Value>| -> Result<()> {
            let Some(value) = read else { return Ok(()) };
            if answers.iter().any(|a: &Answer| a.question == id) {
                return Err(PracticeError::AnsweredTwice { question: id.to_owned() }.into());
            }
            answers.extend(practice.question(id).map(|q| q.answer_with(value)));
            Ok(())
        };
        for (id, texts) in group_by_question(&self.flags) {
            let question = find(practice, id)?;
            add(id, question.read_all(&texts)?)?;
        }
        for (id, json) in self.answers.iter().flatten() {
            add(id, find(practice, id)?.accept(json)?)?;
        }
        let primary = find(practice, &practice.primary)?;
        if !self.words.is_empty() {
            add(&primary.id, primary.read(&self.words.join(" "))?)?;
        }
        if let Some(text) = &self.piped {
            add(&primary.id, primary.read(text)?)?;
        }
        Ok(super::in_order(practice, answers))
    }
}

/// Flags in their order, those of one question together.
pub fn group_by_question(flags: &[(String, String)]) -> Vec<(&str, Vec<&str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (id, text) in flags {
        match groups.iter_mut().find(|(known, _)| known == id) {
            Some((_, texts)) => texts.push(text),
            None => groups.push((id, vec![text])),
        }
    }
    groups
}

fn find<'a>(practice: &'a Practice, id: &str) -> Result<&'a Question> {
    let unknown = || PracticeError::UnknownQuestion {
        practice: practice.name.clone(),
        given: id.to_owned(),
        known: practice.questions.iter().map(|q| q.id.clone()).collect(),
    };
    Ok(practice.question(id).ok_or_else(unknown)?)
}

/// `--answers FILE`, or `-` for standard input.
pub fn json_object(file: &str) -> Result<Map<String, Json>> {
    let (text, source) = if file == "-" {
        (read_text(std::io::stdin().lock(), "standard input")?, "on standard input".to_owned())
    } else {
        let path = Path::new(file);
        let opened = std::fs::File::open(path).map_err(DiskError::of_given_file(path))?;
        (read_text(opened, file)?, format!("in {file}"))
    };
    match serde_json::from_str(&text) {
        Ok(GivenAnswers { answers, twice: None }) => Ok(answers),
        Ok(GivenAnswers { twice: Some(question), .. }) => {
            Err(PracticeError::AnsweredTwice { question }.into())
        }
        // JSON of another kind.
        Err(_) if !text.trim_start().starts_with('{') && is_json(&text) => {
            Err(AskError::AnswersNotAnObject { source }.into())
        }
        Err(e) => {
            let why = format!("line {} column {}", e.line(), e.column());
            Err(AskError::AnswersNotJson { source, why }.into())
        }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Text from outside: all of it, in UTF-8, or an error that says where not.
pub fn read_text(from: impl Read, source: &str) -> Result<Zeroizing<String>> {
    let mut bytes = Vec::new();
    from.take((LONGEST_MIB << 20) + 1)
        .read_to_end(&mut bytes)
        .map_err(DiskError::of_given_file(Path::new(source)))?;
    if bytes.len() as u64 > LONGEST_MIB << 20 {
        return Err(DiskError::TooLong { source: source.to_owned(), limit_mib: LONGEST_MIB }.into());
    }
    let text = String::from_utf8(bytes).map(Zeroizing::new);
    let mut text = text.map_err(|e| DiskError::not_utf8(source, &e.utf8_error()))?;
    // A byte order mark, as some editors write, is no part of it.
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::{self, Practice};

    fn walk() -> Practice {
        let text = "title = \"W\"\nprimary = \"seen\"\n[[question]]\nid = \"pace\"\nask = \"Pace?\"\nkind = \"scale\"\nscale = { min = 0, max = 4 }\n[[question]]\nid = \"seen\"\nask = \"Seen?\"\nkind = \"text\"\n";
        practice::read("walk", Path::new("walk.toml"), text, &[]).into_practice().unwrap()
    }

    fn said(offered: AnswersInput) -> Result<Vec<(String, String)>> {
        let answers = offered.read(&walk())?;
        Ok(answers.into_iter().map(|a| (a.question.clone(), a.text())).collect())
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn words_answer_the_primary_question_and_flags_the_others_in_the_practices_order() {
        let offered = AnswersInput {
            words: vec!["two".into(), "swans".into()],
            flags: vec![pair("pace", "3")],
            ..AnswersInput::default()
        };
        assert_eq!(said(offered).unwrap(), [pair("pace", "3 of 0–4"), pair("seen", "two swans")]);
    }

    #[test]
    fn nothing_is_answered_twice() {
        let offered = AnswersInput {
            words: vec!["swans".into()],
            flags: vec![pair("seen", "geese")],
            ..AnswersInput::default()
        };
        assert!(
            matches!(said(offered), Err(e) if matches!(e.of(), Some(PracticeError::AnsweredTwice { .. })))
        );
    }

    #[test]
    fn an_unknown_question_is_named_with_those_that_there_are() {
        let object = serde_json::json!({ "mood": 3 }).as_object().cloned();
        let error = said(AnswersInput { answers: object, ..AnswersInput::default() }).unwrap_err();
        assert_eq!(error.to_string(), "`walk` has no question `mood`.");
        assert_eq!(error.hint(), "Its questions are pace, seen.");
    }

    #[test]
    fn json_of_another_kind_is_told_from_an_object_with_a_fault_and_from_what_is_no_json() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.json");
        let given = |text: &str| {
            std::fs::write(&path, text).unwrap();
            json_object(path.to_str().unwrap()).unwrap_err()
        };
        for other in ["[1]", "3", "-2.5", "true", "null", "\"swans\"", " [{\"seen\": 1}]\n"] {
            let error = given(other);
            assert!(matches!(error.of(), Some(AskError::AnswersNotAnObject { .. })), "{other}");
        }
        // A number of more digits than any type has is kept under such a name.
        let odd_number = r#"{"pace": {"$serde_json::private::Number": "three"}}"#;
        for broken in ["", "{", "[1,", "[1] 2", "swans", "{\"seen\": }", odd_number] {
            let error = given(broken);
            assert!(matches!(error.of(), Some(AskError::AnswersNotJson { .. })), "{broken}");
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_text() {
        let read = |text: &str| read_text(text.as_bytes(), "standard input").unwrap().to_string();
        assert_eq!(read("\u{feff}the weir"), "the weir");
        assert_eq!(read("the\u{feff}weir"), "the\u{feff}weir", "only at the beginning");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_with_their_place() {
        let error = read_text(&b"ab\xff"[..], "standard input").unwrap_err();
        assert!(matches!(error.of(), Some(DiskError::NotUtf8 { byte: 3, .. })), "{error}");
    }
}

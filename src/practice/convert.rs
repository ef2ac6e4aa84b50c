//! From the shapes of the file to the model. This refuses nothing: what a file cannot
//! mean becomes something harmless here, and `lint` names it.

use std::cmp::Ordering;

use toml::Spanned;

use crate::entry::Scale;

use super::file::*;
use super::{
    AnswerOption, Cadence, Closing, Condition, Excerpt, FollowUp, Hint, Norms, Pattern,
    PatternDisplay, PatternGrouping, Practice, Question, QuestionKind, Recall, Report, Score,
    ScoreRule, Section, Sentence, Suggestion, Test,
};

pub(super) fn practice(name: &str, file: &PracticeFile) -> Practice {
    let of = |questions: &[QuestionFile]| -> Vec<Question> {
        questions.iter().flat_map(|question| question_of_each(question, &file.scale)).collect()
    };
    let questions = of(&file.question);
    let first = questions.first().map(|q| q.id.clone());
    Practice {
        name: name.to_owned(),
        title: file.title.clone(),
        about: file.about.as_ref().unwrap_or(&file.title).clone(),
        cadence: file
            .cadence
            .as_ref()
            .and_then(|w| Cadence::read(w.get_ref()))
            .unwrap_or(Cadence::AsNeeded),
        intro: file.intro.clone(),
        sections: file.section.iter().map(section).collect(),
        primary: file.primary.as_ref().map(text).or(first).unwrap_or_default(),
        closing: file.closing.as_slice().iter().map(closing).collect(),
        tags: file.tags.clone(),
        parts: file.parts,
        beside: file.beside,
        recalls: file.recall.iter().map(recall).collect(),
        follow_up: file.follow_up.as_ref().map(|follow_up| FollowUp {
            after: follow_up.after,
            within: follow_up.within,
            when: conditions(follow_up.when.iter().map(|(id, test)| (id.get_ref(), test))),
            lead: follow_up.lead.clone(),
            sharing: follow_up.sharing,
            questions: of(&follow_up.question),
        }),
        follow_up_lead: None,
        sentence: file.sentence.as_ref().map(|sentence| Sentence {
            say: sentence.say.as_slice().to_vec(),
            after: text(&sentence.after),
        }),
        hints: file.hint.iter().map(hint).collect(),
        scores: file.score.iter().map(|s| score(s, &questions)).collect(),
        report: file.report.as_ref().map(|report| Report {
            ask: report.ask.as_slice().to_vec(),
            note: report.note.clone(),
        }),
        excerpts: file.excerpt.iter().map(excerpt).collect(),
        patterns: file.pattern.iter().map(|p| pattern(name, p)).collect(),
        afraid: file.afraid.iter().map(conditions).collect(),
        lift: file.lift,
        maybe_afraid: file.maybe_afraid.iter().map(conditions).collect(),
        questions,
    }
}

fn text(text: &Spanned<String>) -> String {
    text.get_ref().clone()
}

fn texts(texts: &[Spanned<String>]) -> Vec<String> {
    texts.iter().map(text).collect()
}

fn section(file: &SectionFile) -> Section {
    Section {
        id: text(&file.id),
        title: file.title.clone(),
        intro: file.intro.clone(),
        held_back: file.held_back.clone(),
        minutes: file.minutes,
        closing: file.closing.clone(),
    }
}

/// The ids and wordings: one, or one for each person.
pub(super) fn wordings(file: &QuestionFile) -> Vec<(String, String)> {
    match &file.ask {
        AskFile::Once(ask) => vec![(text(&file.id), ask.clone())],
        AskFile::Of(people) => {
            let texts = people.iter().filter_map(|(who, ask)| Some((who, ask.as_str()?)));
            let of_person = |(who, ask): (&String, &str)| {
                (format!("{}-{who}", file.id.get_ref()), ask.to_owned())
            };
            texts.map(of_person).collect()
        }
    }
}

/// A question of each person of whom it is asked.
fn question_of_each(file: &QuestionFile, default: &Option<ScaleFile>) -> Vec<Question> {
    let question = |(id, ask): (String, String)| Question {
        id,
        template: ask.clone(),
        ask,
        help: file.help.clone(),
        kind: kind(file, default.as_ref()),
        when: conditions(file.when.iter().map(|(id, test)| (id.get_ref(), test))),
        section: file.section.as_ref().map(text),
        sharing: file.sharing,
        harm: file.harm,
        suggest: file.suggest.clone(),
    };
    wordings(file).into_iter().map(question).collect()
}

/// The kinds by name. Of one that there is not, and of a scale without a range, a text.
fn kind(file: &QuestionFile, default: Option<&ScaleFile>) -> QuestionKind {
    let options = || file.options.iter().flatten().map(option).collect();
    let other = file.other.unwrap_or(false);
    match (file.kind.get_ref().as_str(), file.scale.as_ref().or(default)) {
        ("text", _) => {
            QuestionKind::Text { suggestions: file.suggestions.iter().map(suggestion).collect() }
        }
        ("choice", _) => QuestionKind::Choice { options: options(), other },
        ("choices", _) => QuestionKind::Choices { options: options(), other },
        ("scale", Some(file)) => QuestionKind::Scale {
            scale: Scale { min: file.min, max: file.max },
            labels: file.labels.clone(),
            cant_say: file.cant_say,
        },
        ("yes-no", _) => QuestionKind::YesNo,
        ("number", _) => QuestionKind::Number { min: file.min, max: file.max },
        ("tags", _) => QuestionKind::Tags,
        ("stillness", _) => {
            QuestionKind::Stillness { minutes: file.minutes.unwrap_or(1), forms: file.forms }
        }
        _ => QuestionKind::Long,
    }
}

fn suggestion(file: &SuggestionFile) -> Suggestion {
    match file {
        SuggestionFile::Say(say) => Suggestion { say: say.clone(), sharing: false },
        SuggestionFile::Full(suggestion) => suggestion.clone(),
    }
}

fn option(file: &OptionFile) -> AnswerOption {
    match file {
        OptionFile::Label(label) => {
            AnswerOption { id: slug(label), label: label.clone(), sharing: false, value: None }
        }
        OptionFile::Full(option) => option.clone(),
    }
}

fn slug(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

fn closing(file: &ClosingFile) -> Closing {
    match file {
        ClosingFile::Say(say) => {
            Closing { say: say.clone(), when: Vec::new(), in_a_row: 0, sharing: false }
        }
        ClosingFile::Full(ClosingTable { say, when, in_a_row, sharing }) => Closing {
            say: say.clone(),
            when: conditions(when),
            in_a_row: *in_a_row,
            sharing: *sharing,
        },
    }
}

fn recall(file: &RecallFile) -> Recall {
    Recall {
        practice: file.practice.clone(),
        within: file.within,
        section: file.section.as_ref().map(text),
        lead: file.lead.clone(),
        say: file.say.as_slice().to_vec(),
        scores: file.show.as_ref().is_some_and(|show| show.get_ref() == "scores"),
    }
}

fn hint(file: &HintFile) -> Hint {
    Hint { questions: texts(&file.questions), words: file.words.clone(), say: file.say.clone() }
}

fn excerpt(file: &ExcerptFile) -> Excerpt {
    Excerpt {
        items: texts(&file.items),
        practice: file.practice.clone(),
        question: file.question.clone(),
        when: conditions(&file.when),
        within: file.within,
    }
}

fn score(file: &ScoreFile, questions: &[Question]) -> Score {
    let rule = file.how.as_ref().and_then(|how| ScoreRule::by_name(how.get_ref()));
    let how = rule.unwrap_or(ScoreRule::Mean);
    let mut of = texts(if how == ScoreRule::MeanOfScores { &file.scores } else { &file.of });
    if let Some(section) = &file.section {
        let inside = questions.iter().filter(|q| q.section.as_ref() == Some(section.get_ref()));
        of.extend(inside.filter(|q| q.kind.counts()).map(|q| q.id.clone()));
    }
    let norms = match (file.sd, file.reliability, &file.source) {
        (Some(sd), Some(reliability), Some(source)) => {
            Some(Norms { sd, reliability, source: source.clone() })
        }
        _ => None,
    };
    Score {
        id: text(&file.id),
        title: file.title.clone(),
        of,
        reverse: texts(&file.reverse),
        how,
        least: file.least.unwrap_or(0.75),
        prorate: file.prorate,
        norms,
    }
}

fn pattern(practice: &str, file: &PatternFile) -> Pattern {
    let shows = PatternDisplay::by_name(file.shows.get_ref());
    let grouping = |by: &ByFile| PatternGrouping {
        practice: by.practice.clone().unwrap_or_else(|| practice.to_owned()),
        question: text(&by.question),
    };
    Pattern {
        title: file.title.clone(),
        shows: shows.unwrap_or(PatternDisplay::Moments),
        of: texts(&file.of),
        without: file.without.as_slice().to_vec(),
        by: file.by.as_ref().map(grouping),
        note: file.note.clone(),
        first: file.first,
        sharing: file.sharing,
    }
}

fn conditions<'f>(when: impl IntoIterator<Item = (&'f String, &'f TestFile)>) -> Vec<Condition> {
    let of = |(question, test): (&'f String, &'f TestFile)| {
        tests(test).into_iter().map(|holds| Condition { question: question.clone(), holds })
    };
    when.into_iter().flat_map(of).collect()
}

pub(super) fn tests(file: &TestFile) -> Vec<Test> {
    let table = match file {
        TestFile::Is(word) => return vec![Test::OneOf(vec![word.clone()])],
        TestFile::OneOf(words) => return vec![Test::OneOf(words.clone())],
        TestFile::Other(table) => table,
    };
    let TestTable { answered, not, at_least, at_most, below, above, equal } = table;
    let between = at_least.is_some() || at_most.is_some();
    let against = [(below, Ordering::Less), (above, Ordering::Greater), (equal, Ordering::Equal)];
    let against = against
        .into_iter()
        .filter_map(|(other, order)| Some(Test::Against { other: other.clone()?, order }));
    let mut tests: Vec<Test> = against.collect();
    tests.extend(answered.map(Test::Answered));
    tests.extend(not.as_ref().map(|not| Test::NoneOf(not.as_slice().to_vec())));
    tests.extend(between.then_some(Test::Between { at_least: *at_least, at_most: *at_most }));
    tests
}

#[cfg(test)]
mod tests_of_slugs {
    use super::slug;

    #[test]
    fn an_option_written_as_words_gets_its_id_from_them() {
        assert_eq!(slug("It never came up!"), "it-never-came-up");
    }
}

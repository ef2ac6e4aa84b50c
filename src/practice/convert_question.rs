//! From a question of the file to the model's: one, or one for each person of whom it is
//! asked.

use crate::config::Chapter;
use crate::words::capitalize;

use super::convert::text;
use super::file::*;
use super::lists::{self, ListGroup};
use super::word::parse_word;
use super::{
    AnswerOption, AskTemplate, CareMark, ChoiceMark, ConditionalLine, FormChanges, KindName, Marks,
    OptionGroup, Question, QuestionChange, QuestionKind,
};

/// What a question of the file becomes: asked once, of one person, or of one choice.
pub(super) struct QuestionInstance {
    id: String,
    ask: String,
    person: Option<String>,
    mark: Option<ChoiceMark>,
}

/// One, or one for each person; and behind it one for each mark that its choices may get.
pub(super) fn wordings(file: &QuestionFile) -> Vec<QuestionInstance> {
    let mut all = asked_wordings(file);
    if let [QuestionInstance { id, ask, .. }] = all.as_slice() {
        let marks = file.each.iter().map(|mark| QuestionInstance {
            id: format!("{id}-{}", mark.id),
            ask: format!("{ask} {}:", capitalize(&mark.label)),
            person: None,
            mark: Some(ChoiceMark { of: id.clone(), label: mark.label.clone() }),
        });
        let marks: Vec<_> = marks.collect();
        all.extend(marks);
    }
    all
}

fn asked_wordings(file: &QuestionFile) -> Vec<QuestionInstance> {
    let alone = |ask| vec![QuestionInstance { id: text(&file.id), ask, person: None, mark: None }];
    match &file.ask {
        AskFile::Once(ask) => alone(with_line(ask, file)),
        AskFile::First(lines) => {
            // What is asked where nothing of the rest fits.
            let last = lines.last().and_then(|last| last.turns.first().cloned());
            alone(last.unwrap_or_default())
        }
        AskFile::Of(people) => {
            let texts = people.iter().filter_map(|(who, ask)| Some((who, ask.as_str()?)));
            let of_person = |(who, ask): (&String, &str)| QuestionInstance {
                id: format!("{}-{who}", file.id.get_ref()),
                ask: ask.to_owned(),
                person: Some(who.clone()),
                mark: None,
            };
            texts.map(of_person).collect()
        }
    }
}

/// The wording, with its own line where several stand under one question.
fn with_line(ask: &str, file: &QuestionFile) -> String {
    file.line.as_ref().map_or_else(|| ask.to_owned(), |line| format!("{ask} {line}"))
}

/// A question of each person of whom it is asked.
pub(super) fn question_of_each(file: &QuestionFile, default: &Option<ScaleFile>) -> Vec<Question> {
    let (kind, own_options) = with_options_of_forms(kind(file, default.as_ref()), file);
    let asks = if let AskFile::First(lines) = &file.ask { lines.clone() } else { Vec::new() };
    let changes = changes(file, own_options.as_deref().unwrap_or_default());
    let (helps, help) = helps(file);
    let question = |QuestionInstance { id, ask, person, mark }: QuestionInstance| Question {
        id,
        person,
        short: file.short.clone(),
        templates: templates(&ask, &asks, &changes, file.since_lift.as_deref()),
        ask,
        asks: asks.clone(),
        help: help.clone(),
        helps: helps.clone(),
        kind: kind.clone(),
        when: conditions_of(file.when.iter().map(|(id, test)| (id.get_ref(), test))),
        section: file.section.as_ref().map(text),
        under: file.under.as_ref().map(text),
        beside: file.beside.as_ref().map(text),
        line: file.line.clone(),
        sharing: file.sharing,
        harm: file.harm.is_harm(),
        harm_options: file.harm.options().to_vec(),
        asked: file.asked && !matches!(file.care, CareFile::Mark(CareMark::Only)),
        chapter: file.chapter,
        changes: changes.clone(),
        own_options: own_options.clone(),
        most: file.most,
        mark,
        reveal: file.reveal,
        since_lift: file.since_lift.clone(),
        same_day: file.same_day.clone(),
        comfort: file.comfort.clone(),
        reply: file.reply.clone(),
        page: file.page.as_ref().and_then(|page| parse_word(page.get_ref()).ok()),
        sets: file.sets.as_ref().map(text),
        heading: file.heading.clone(),
        suggest: file.suggest.clone(),
        starts: file.starts.clone(),
    };
    wordings(file).into_iter().map(question).collect()
}

/// The lines of help that fit some answers or forms, and the one for all the rest.
fn helps(file: &QuestionFile) -> (Vec<ConditionalLine>, Option<String>) {
    let mut helps = file.help.clone();
    let fits_always =
        |line: &mut ConditionalLine| line.when.is_empty() && line.marks == Marks::default();
    let rest = helps.pop_if(fits_always);
    (helps, rest.and_then(|line| line.turns.into_iter().next()))
}

/// Every wording, and the chapter in which alone it is asked.
fn templates(
    ask: &str,
    asks: &[ConditionalLine],
    changes: &FormChanges<QuestionChange>,
    since_lift: Option<&str>,
) -> Vec<AskTemplate> {
    let template = |chapter| move |text: &String| AskTemplate { text: text.clone(), chapter };
    let (own, apart) = match changes.apart.ask {
        Some(_) => (Some(Chapter::Together), Some(Chapter::Apart)),
        None => (None, Some(Chapter::Apart)),
    };
    let of_asks = asks.iter().flat_map(|line| line.turns.iter().map(template(line.marks.chapter)));
    let of_forms = [&changes.locked, &changes.care].into_iter().filter_map(|c| c.ask.as_ref());
    let of_apart = [&changes.apart, &changes.apart_care].into_iter().filter_map(|c| c.ask.as_ref());
    std::iter::once(template(own)(&ask.to_owned()))
        .chain(of_asks)
        .chain(of_forms.map(template(own)))
        .chain(of_apart.map(template(apart)))
        .chain(since_lift.map(|ask| template(None)(&ask.to_owned())))
        .collect()
}

/// A text, where there is no kind of that name, or a scale has no range.
fn kind(file: &QuestionFile, default: Option<&ScaleFile>) -> QuestionKind {
    let Some(name) = file.kind_name() else { return QuestionKind::Long };
    let options =
        || file.options.iter().flatten().map(|option| self::option(option, &[])).collect();
    let other = file.other.unwrap_or(false);
    match name {
        KindName::Text => QuestionKind::Text { suggestions: file.suggestions.clone() },
        KindName::Long => QuestionKind::Long,
        KindName::Choice => QuestionKind::Choice { options: options(), other },
        KindName::Choices => QuestionKind::Choices { options: options(), other },
        KindName::List => QuestionKind::Choices { options: listed(file), other: true },
        KindName::Scale => match file.scale.as_ref().or(default) {
            Some(range) => QuestionKind::Scale {
                scale: range.scale(),
                labels: range.labels.clone(),
                cant_say: range.cant_say,
            },
            None => QuestionKind::Long,
        },
        KindName::YesNo => QuestionKind::YesNo,
        KindName::Number => QuestionKind::Number { min: file.min, max: file.max },
        KindName::Stillness => QuestionKind::Stillness {
            minutes: file.minutes.unwrap_or(1),
            lets_choose: file.lets_choose,
            end: file.end.clone(),
        },
        KindName::Tags => QuestionKind::Tags,
    }
}

/// The kind with the options of every form, and its own where there are others: flags and
/// what was kept know no form.
fn with_options_of_forms(
    mut kind: QuestionKind,
    file: &QuestionFile,
) -> (QuestionKind, Option<Vec<AnswerOption>>) {
    let (QuestionKind::Choice { options, .. } | QuestionKind::Choices { options, .. }) = &mut kind
    else {
        return (kind, None);
    };
    let own = options.clone();
    let changes = changes(file, &own);
    let of_forms = changes.all().into_iter().filter_map(|change| change.options.as_ref());
    for option in of_forms.flatten() {
        if !options.iter().any(|known| known.id == option.id) {
            options.push(option.clone());
        }
    }
    let has_forms = changes.all().iter().any(|change| change.options.is_some());
    (kind, has_forms.then_some(own))
}

fn changes(of: &QuestionFile, own: &[AnswerOption]) -> FormChanges<QuestionChange> {
    let change = |file: &QuestionChangeFile| QuestionChange {
        asked: file.asked,
        ask: file.ask.as_ref().map(|ask| with_line(ask, of)),
        short: file.short.clone(),
        help: file.help.clone(),
        options: file.options.as_ref().map(|all| all.iter().map(|o| option(o, own)).collect()),
        suggestions: file.suggestions.clone(),
        behind: file.behind.clone(),
    };
    let care = match &of.care {
        CareFile::Change(file) => change(file),
        CareFile::Mark(mark) => {
            let asked = match mark {
                CareMark::Any => None,
                CareMark::Only => Some(true),
                CareMark::Never => Some(false),
            };
            QuestionChange { asked, ..QuestionChange::default() }
        }
    };
    FormChanges {
        locked: change(&of.locked),
        apart: change(&of.apart),
        care,
        apart_care: change(&of.apart_care),
    }
}

/// The options of a list, without the groups that are not asked for, behind its own.
fn listed(file: &QuestionFile) -> Vec<AnswerOption> {
    let own = file.options.iter().flatten().map(|option| self::option(option, &[]));
    let from = file.from.as_ref().and_then(|from| lists::named(from.get_ref()));
    let without = |group: &&ListGroup| !file.without.iter().any(|id| *id.get_ref() == group.id);
    let of_group = |group: &'static ListGroup| {
        let heading = OptionGroup { heading: group.heading.clone(), apart: group.apart.clone() };
        group.entries.iter().map(move |entry| AnswerOption {
            group: Some(heading.clone()),
            stays: entry.stays,
            ..AnswerOption::plain(&entry.id, &entry.label)
        })
    };
    let entries = from.unwrap_or_default().iter().filter(without).flat_map(of_group);
    own.chain(entries).collect()
}

/// A text is the id of one of these, or else a label.
fn option(file: &OptionFile, known: &[AnswerOption]) -> AnswerOption {
    match file {
        TextOr::Text(label) => {
            let known = known.iter().find(|option| option.id == *label);
            known.cloned().unwrap_or_else(|| AnswerOption::plain(&slug(label), label))
        }
        TextOr::Table(OptionTable { id, label, sharing, care, chapter, value, alone }) => {
            AnswerOption {
                marks: Marks { sharing: *sharing, care: *care, chapter: *chapter },
                value: *value,
                is_alone: *alone,
                ..AnswerOption::plain(id, label)
            }
        }
    }
}

fn slug(label: &str) -> String {
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests_of_slugs {
    use super::slug;

    #[test]
    fn an_option_written_as_words_gets_its_id_from_them() {
        assert_eq!(slug("It never came up!"), "it-never-came-up");
    }
}

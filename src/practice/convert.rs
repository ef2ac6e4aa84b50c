//! From the shapes of the file to the model. This refuses nothing: what a file cannot
//! mean becomes something harmless here, and `lint` names it.

use std::cmp::Ordering;

use toml::Spanned;

use crate::config::Chapter;

use super::convert_question::question_of_each;
use super::convert_questionnaire::{excerpt, report, score, title_changes};
use super::file::*;
use super::page_heading::page_questions;
use super::phrase::Grammar;
use super::{
    AskTemplate, Breather, Cadence, Condition, ConditionalLine, DayLine, Evidence, EvidenceSource,
    FollowUp, FormChanges, HelpPage, IntroChange, Marks, MonthOpening, Offer, OfferTarget,
    OfferWay, PageLayout, PagePart, Pattern, PatternDisplay, PatternGrouping, Practice, Question,
    QuestionKind, Recall, RecallDisplay, RecallPlace, Rehearsal, Repeat, Run, SENTENCE, Section,
    Sentence, SentenceReview, Test, WordNote,
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
        partner: None,
        cadence: file
            .cadence
            .as_ref()
            .and_then(|w| Cadence::read(w.get_ref()))
            .unwrap_or(Cadence::AsNeeded),
        begins: file.begins,
        intro: file.intro.clone(),
        sections: file.section.iter().map(section).collect(),
        primary: file.primary.as_ref().map(text).or(first).unwrap_or_default(),
        closing: lines(&file.closing),
        closing_by_day: file.closing_by_day.as_slice().iter().map(day_line).collect(),
        more: file.more.as_ref().map(|more| Breather {
            before: text(&more.before),
            after: more.after,
            apart_after: more.apart.after,
            say: lines(&more.say),
        }),
        rehearsal: file.rehearse.as_ref().map(|plan| Rehearsal {
            condition: text(&plan.condition),
            deed: text(&plan.deed),
            whole: plan.whole.as_ref().map(text),
        }),
        offer: file.offer.as_ref().map(offer),
        today: file.today.clone(),
        changes: intro_changes([&file.locked, &file.apart, &file.care, &file.apart_care]),
        tags: file.tags.clone(),
        parts: file.parts,
        cards: file.cards,
        beside: file.beside,
        page: file.page.as_ref().map(|file| page(file, &questions)),
        month: file.month.as_ref().map(|month| MonthOpening {
            lasting: month.lasting.clone(),
            empty: month.empty.clone(),
        }),
        recalls: file.recall.iter().map(recall).collect(),
        evidence: file.evidence.as_ref().map(evidence),
        follow_up: file.follow_up.as_ref().map(|follow_up| FollowUp {
            after: follow_up.after,
            within: follow_up.within,
            reminds: follow_up.reminds,
            when: conditions(follow_up.when.iter().map(|(id, test)| (id.get_ref(), test))),
            lead: follow_up.lead.as_slice().to_vec(),
            sharing: follow_up.sharing,
            questions: of(&follow_up.question),
            closing: lines(&follow_up.closing),
        }),
        follows_up: texts(&file.follows_up),
        follow_up_lead: Vec::new(),
        sentences: file.sentence.as_slice().iter().map(sentence).collect(),
        word_notes: file.hint.iter().map(word_note).collect(),
        scores: file.score.iter().map(|s| score(s, &questions)).collect(),
        report: file.report.as_ref().map(report),
        excerpts: file.excerpt.iter().map(excerpt).collect(),
        patterns: file.pattern.iter().map(|p| pattern(name, p)).collect(),
        shows_patterns: file.patterns,
        afraid: file.afraid.iter().map(conditions).collect(),
        pointer: file.pointer.iter().map(conditions).collect(),
        pointer_someone: file.pointer_someone.iter().map(conditions).collect(),
        lift: file.lift,
        questions,
        left_out: Vec::new(),
    }
}

pub(super) fn text(text: &Spanned<String>) -> String {
    text.get_ref().clone()
}

pub(super) fn texts(texts: &[Spanned<String>]) -> Vec<String> {
    texts.iter().map(text).collect()
}

fn section(file: &SectionFile) -> Section {
    Section {
        id: text(&file.id),
        title: file.title.clone(),
        short: file.short.clone(),
        intro: file.intro.clone(),
        changes: intro_changes([&file.locked, &file.apart, &file.care, &file.apart_care]),
        closing: lines(&file.closing),
    }
}

fn sentence(file: &SentenceFile) -> Sentence {
    let ask = file.ask.as_deref().unwrap_or("In one sentence");
    let mut question =
        Question::plain(SENTENCE, ask, QuestionKind::Text { suggestions: Vec::new() });
    let chapter = Some(Chapter::Apart);
    let apart = file.apart.ask.clone().map(|text| AskTemplate { text, chapter });
    question.templates.extend(apart);
    question.changes.apart.ask.clone_from(&file.apart.ask);
    let review = file.review.as_ref().map(|review| (review.say.clone(), review.ways.clone()));
    let (say, ways) = review.unwrap_or_else(|| {
        let ways = ["It does", "Change a part", "Reword it by hand"].map(str::to_owned);
        ("Does it say what you mean?".to_owned(), ways)
    });
    Sentence {
        question,
        grammar: file.grammar.as_deref().and_then(Grammar::by_name),
        prefix: file.prefix.clone(),
        say: file.say.as_slice().to_vec(),
        after: file.after.as_slice().to_vec(),
        section: file.section.clone(),
        marks: Marks { care: file.care, ..Marks::default() },
        chapter: Chapter::default(),
        review: SentenceReview { say, ways },
    }
}

fn intro_changes(files: [&IntroChangeFile; 4]) -> FormChanges<IntroChange> {
    let change = |file: &IntroChangeFile| IntroChange {
        title: file.title.clone(),
        intro: file.intro.clone(),
    };
    let [locked, apart, care, apart_care] = files.map(change);
    FormChanges { locked, apart, care, apart_care }
}

pub(super) fn lines(files: &OneOrMore<LineFile>) -> Vec<ConditionalLine> {
    files.as_slice().iter().map(line).collect()
}

pub(super) fn line(file: &LineFile) -> ConditionalLine {
    match file {
        LineFile::Say(say) => {
            let turns = vec![say.clone()];
            ConditionalLine { turns, when: Vec::new(), marks: Marks::default() }
        }
        LineFile::Full(LineTable { say, when, sharing, care, chapter }) => ConditionalLine {
            turns: say.as_slice().to_vec(),
            when: conditions(when),
            marks: Marks { sharing: *sharing, care: *care, chapter: *chapter },
        },
    }
}

fn day_line(file: &DayLineFile) -> DayLine {
    match file {
        DayLineFile::Say(say) => DayLine { say: say.clone(), today: false },
        DayLineFile::Full(DayLineTable { say, today }) => {
            DayLine { say: say.clone(), today: *today }
        }
    }
}

fn offer(file: &OfferFile) -> Offer {
    let way = |way: &OfferWayFile| OfferWay { label: text(&way.label), opens: opens(way) };
    Offer {
        say: file.say.clone(),
        when: conditions(&file.when),
        ways: file.ways.iter().map(way).collect(),
    }
}

fn opens(way: &OfferWayFile) -> OfferTarget {
    let page = way.page.as_ref().and_then(|page| HelpPage::by_name(page.get_ref()));
    match (&way.question, &way.practice, page) {
        (Some(id), _, _) => OfferTarget::Question(text(id)),
        (None, Some(name), _) => OfferTarget::Practice(text(name)),
        (None, None, Some(page)) => OfferTarget::Page(page),
        (None, None, None) => OfferTarget::End,
    }
}

fn recall(file: &RecallFile) -> Recall {
    Recall {
        practice: file.practice.clone(),
        within: file.within,
        place: match (&file.question, &file.section) {
            (Some(id), _) => RecallPlace::Question(text(id)),
            (None, Some(id)) => RecallPlace::Section(text(id)),
            (None, None) => RecallPlace::Opening,
        },
        when: conditions(&file.when),
        lead: file.lead.clone(),
        say: lines(&file.say),
        shows: file
            .show
            .as_ref()
            .and_then(|show| RecallDisplay::by_name(show.get_ref()))
            .unwrap_or(RecallDisplay::Lines),
    }
}

fn evidence(file: &EvidenceFile) -> Evidence {
    let source = |source: &EvidenceSourceFile| EvidenceSource {
        practice: source.practice.clone(),
        asked: source.asked.clone(),
        when: conditions(&source.when),
        say: source.say.as_slice().to_vec(),
        is_hard: source.hard,
    };
    Evidence {
        question: text(&file.question),
        lead: file.lead.clone(),
        most: file.most,
        marked: file.marked,
        sources: file.from.iter().map(source).collect(),
    }
}

fn page(file: &PageFile, questions: &[Question]) -> PageLayout {
    let part = |part: &PagePartFile| PagePart {
        id: part.id.clone(),
        section: text(&part.section),
        heading: part.heading.clone(),
        asked: part.asked.clone(),
        when: conditions(&part.when),
        say: part.say.as_slice().to_vec(),
        marks: part.marks.as_ref().map(text),
        care: part.care,
        later: part.later.clone(),
        over: conditions(&part.over),
    };
    let parts: Vec<PagePart> = file.part.iter().map(part).collect();
    let options = questions.iter().flat_map(|question| question.kind.options());
    let pressing = options.filter(|option| option.marks.sharing);
    let pressing = pressing.map(|option| option.label.clone()).collect();
    let questions = page_questions(&parts, questions);
    PageLayout { questions, parts, beside: file.beside, left_out: Vec::new(), pressing }
}

fn word_note(file: &WordNoteFile) -> WordNote {
    WordNote {
        questions: texts(&file.questions),
        when: conditions(&file.when),
        words: file.words.clone(),
        say: file.say.clone(),
    }
}

fn pattern(practice: &str, file: &PatternFile) -> Pattern {
    let shows = PatternDisplay::by_name(file.shows.get_ref());
    let grouping = |by: &GroupingFile| PatternGrouping {
        practice: by.practice.clone().unwrap_or_else(|| practice.to_owned()),
        question: text(&by.question),
    };
    Pattern {
        title: file.title.clone(),
        changes: title_changes(&file.apart, &file.care),
        shows: shows.unwrap_or(PatternDisplay::Moments),
        of: texts(&file.of),
        without: file.without.as_slice().to_vec(),
        by: file.by.as_ref().map(grouping),
        note: file.note.clone(),
        look: file.look.clone(),
        first: file.first,
        sharing: file.sharing,
    }
}

pub(super) fn conditions<'f>(
    when: impl IntoIterator<Item = (&'f String, &'f TestFile)>,
) -> Vec<Condition> {
    let of = |(question, test): (&'f String, &'f TestFile)| {
        tests(test).into_iter().map(|holds| Condition { question: question.clone(), holds })
    };
    when.into_iter().flat_map(of).collect()
}

pub(super) fn tests(file: &TestFile) -> Vec<Test> {
    let table = match file {
        TestFile::Is(word) => return vec![Test::OneOf(vec![word.clone()])],
        TestFile::OneOf(words) => return vec![Test::OneOf(words.clone())],
        TestFile::Any(groups) => return vec![Test::Any(groups.iter().map(conditions).collect())],
        TestFile::Other(table) => table,
    };
    let TestTable { is, running, answered, not, at_least, at_most, below, above, equal } = table;
    let between = at_least.is_some() || at_most.is_some();
    let against = [(below, Ordering::Less), (above, Ordering::Greater), (equal, Ordering::Equal)];
    let against = against
        .into_iter()
        .filter_map(|(other, order)| Some(Test::Against { other: other.clone()?, order }));
    let mut tests: Vec<Test> = against.collect();
    let words = is.as_ref().map(|is| is.as_slice().to_vec());
    let not = not.as_ref().map(|not| not.as_slice().to_vec());
    match (words, running) {
        (Some(words), Some(times)) => {
            tests.push(Test::Running(Run { words, times: *times, earlier: 0 }));
        }
        (Some(words), None) => tests.push(Test::OneOf(words)),
        (None, Some(times)) => tests.push(Test::Repeating(Repeat {
            without: not.clone().unwrap_or_default(),
            times: *times,
            earlier: Vec::new(),
        })),
        (None, None) => {}
    }
    tests.extend(answered.map(Test::Answered));
    tests.extend(not.map(Test::NoneOf).filter(|_| running.is_none()));
    tests.extend(between.then_some(Test::Between { at_least: *at_least, at_most: *at_most }));
    tests
}

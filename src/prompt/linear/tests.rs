use crate::config::Config;
use crate::entry::{Answer, Value};
use crate::error::{Error, Exit, Result, Stop};
use crate::practice::{AnswerOption, HelpPage, Marks, Question, QuestionKind, Suggestion};
use crate::prompt::esc_menu::{EscMenu, STOP_AND_KEEP};
use crate::prompt::key_source::KeySource;
use crate::prompt::{
    CareScreens, CareStep, QuestionEnd, Screen, Terminal, Transcript, ask_question, choose,
    choose_in_session, choose_numbered, choose_one, read_on, reveal_page, yes,
};

/// What came of these keys, and every line that was shown, on one.
fn asked<T>(keys: &str, ask: impl FnOnce(&Screen) -> T) -> (T, String) {
    let mut config = Config::defaults();
    config.accessible = true;
    config.columns = Some(80);
    let transcript = Transcript::default();
    let mut terminal = Terminal::new(&config, false, Some(transcript.clone()));
    terminal.keys = KeySource::script(keys);
    let came_of_it = ask(&terminal.screen().unwrap());
    let shown = transcript.messages.text();
    (came_of_it, shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn safety() -> String {
    let first = HelpPage::Safety.text().split("\n\n").next().unwrap();
    first.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The answer to a question that no session asks; `None` at the way back.
fn answer(question: &Question, before: Option<&str>, keys: &str) -> (Option<String>, String) {
    let before = before.map(|text| match question.kind {
        QuestionKind::Tags => Value::Chosen(vec![text.to_owned()]),
        _ => Value::Text(text.to_owned()),
    });
    let menu = EscMenu::of_question(question);
    let (reply, shown) =
        asked(keys, |screen| ask_question(question, before.as_ref(), Some(&menu), screen).unwrap());
    let QuestionEnd::Answer(value) = reply else { return (None, shown) };
    let text = value.map(|value| question.answer_with(value).text());
    (Some(text.unwrap_or_default()), shown)
}

fn long() -> Question {
    Question::plain("page", "Write what's there.", QuestionKind::Long)
}

fn text(suggestions: &[&str]) -> Question {
    let suggestion =
        |say: &&str| Suggestion { say: (*say).to_owned(), heading: None, marks: Marks::default() };
    let suggestions = suggestions.iter().map(suggestion).collect();
    Question::plain("moment", "One moment?", QuestionKind::Text { suggestions })
}

#[test]
fn safety_is_shown_at_every_list_and_pause_which_then_comes_again() {
    let lines = ["Continue it", "Start a new one"];
    let after_it = |keys: &str, ask: &dyn Fn(&Screen) -> Option<usize>| {
        let (chosen, shown) = asked(keys, ask);
        assert!(shown.contains(&safety()), "{shown}");
        (chosen, shown)
    };
    let list = |screen: &Screen| choose("Which?", &lines, STOP_AND_KEEP, screen).unwrap();
    for keys in [":safety\n\n2\n", "\u{1b}safety\n\n2\n", ":stop\u{15}:safety\n\n2\n"] {
        let (chosen, shown) = after_it(keys, &list);
        assert_eq!(chosen, Some(1), "{shown}");
        assert_eq!(shown.matches("Which? 1. Continue it").count(), 2, "{shown}");
    }
    let menu = EscMenu::of_list("Stop here");
    let part = |screen: &Screen| choose_numbered(&lines, 0, &menu, screen).unwrap();
    assert_eq!(after_it(":safety\n\n2\n", &part).0, Some(1));
    let sure = |screen: &Screen| yes("Delete it?", screen).unwrap().then_some(1);
    assert_eq!(after_it(":safety\n\n2\n", &sure).0, Some(1));
    assert_eq!(after_it(":safety\n\n\n", &sure).0, None, "Enter alone is no");
    let needed = |screen: &Screen| Some(choose_one(&lines, screen).unwrap());
    assert_eq!(after_it(":safety\n\n2\n", &needed).0, Some(1));
    let read = |screen: &Screen| read_on(screen).unwrap().then_some(0);
    let (read, shown) = after_it(":safety\n\n\n", &read);
    assert_eq!((read, shown.matches("Enter continues.").count()), (Some(0), 3), "{shown}");
}

#[test]
fn a_list_is_left_by_stop_alone_and_the_menu_changes_nothing() {
    let lines = ["Continue it", "Start a new one"];
    let chosen =
        |keys: &str| asked(keys, |screen| choose("", &lines, STOP_AND_KEEP, screen).unwrap());
    assert_eq!(chosen(":stop\n").0, None);
    assert_eq!(chosen("\u{1b}stop\n").0, None);
    assert_eq!(chosen("\u{1b}continue\n\n").0, Some(0));
    for (word, refusal) in [
        (":back", "You can't go back from here."),
        (":skip", "This can't be skipped."),
        (":sharing", "Type :sharing there."),
        (":people", "There's no page about people to talk to here."),
    ] {
        let (at, shown) = chosen(&format!("{word}\n2\n"));
        assert!(at == Some(1) && shown.contains(refusal), "{word}: {shown}");
    }
}

#[test]
fn enter_alone_at_the_menu_continues_and_asks_again() {
    let lines = ["Continue it", "Start a new one"];
    for keys in ["\u{1b}\n2\n", "\u{1b}help\n\n2\n"] {
        let (chosen, shown) =
            asked(keys, |screen| choose("Which?", &lines, STOP_AND_KEEP, screen).unwrap());
        assert_eq!(chosen, Some(1), "{keys:?}: {shown}");
        assert!(shown.contains("Chose: continue. Which? 1. Continue it"), "{keys:?}: {shown}");
    }
    let (said, shown) = answer(&text(&[]), None, "half\u{1b}\nthe heron\n");
    assert_eq!(said.unwrap(), "the heron", "{shown}");
    assert_eq!(shown.matches("One moment?").count(), 2, "{shown}");
}

/// A session whose page about sharing is one line.
struct OneLine;

impl CareScreens for OneLine {
    fn sharing(&self, screen: &Screen) -> Result<()> {
        screen.paragraph("They're left out.");
        Ok(())
    }

    fn answered(&self, _: &[Answer], _: &Screen) -> Result<CareStep> {
        Ok(CareStep::Continue)
    }
}

#[test]
fn a_private_page_waits_for_what_the_menu_opens_and_is_skipped_or_stopped_at() {
    let menu =
        EscMenu { care_screens: Some(&OneLine), can_skip: true, ..EscMenu::of_list("Stop here") };
    let shows = |keys: &str| asked(keys, |screen| (reveal_page(&menu, screen), screen.has_stop()));
    for keys in [":safety\n\n\n", "\u{1b}safety\n\n\n"] {
        let ((is_shown, _), shown) = shows(keys);
        assert!(is_shown.unwrap() && shown.contains(&safety()), "{keys:?}: {shown}");
        assert_eq!(shown.matches("The next page is private.").count(), 2, "{keys:?}: {shown}");
    }
    assert!(shows(":sharing\n\n").1.contains("They're left out."));
    for keys in ["s\n", ":skip\n"] {
        assert!(!shows(keys).0.0.unwrap(), "{keys:?}");
    }
    for keys in [":stop\n", ":safety\n:stop\n", "\u{1b}stop\n"] {
        let ((is_shown, is_left), _) = shows(keys);
        assert!(matches!(is_shown, Err(Error::Cancelled(Stop::Plain))), "{keys:?}");
        assert!(!is_left, "nothing typed waits for the next question: {keys:?}");
    }
    for keys in ["\u{3}", "\u{1b}\u{3}", ":safety\n\u{3}", ":sharing\n\u{3}"] {
        assert!(shows(keys).0.0.is_err_and(|stop| stop.is_silent_stop()), "{keys:?}");
    }
}

#[test]
fn ctrl_c_at_a_private_question_leaves_nothing_to_be_seen_and_stopping_from_the_menu_does() {
    let stop = |reveal, keys| {
        let kind = QuestionKind::YesNo;
        let question = Question { reveal, ..Question::plain("calm", "Calm?", kind) };
        let (end, shown) = asked(keys, |screen| ask_question(&question, None, None, screen));
        (end.err().unwrap(), shown)
    };
    for keys in ["\u{3}", "\n\u{3}", "\n\u{1b}\u{3}", ":safety\n\u{3}", "\n:safety\n\u{3}"] {
        let (error, shown) = stop(true, keys);
        assert!(
            error.is_silent_stop() && error.to_string().is_empty(),
            "{keys:?}: {error:?} {shown}"
        );
        assert_eq!(error.exit(), Exit::Cancelled);
        assert!(!stop(false, keys.trim_start()).0.is_silent_stop(), "{keys:?}");
    }
    for keys in [":stop\n", "\n:stop\n"] {
        assert!(matches!(stop(true, keys).0, Error::Cancelled(Stop::Plain)), "{keys:?}");
    }
}

#[test]
fn a_list_of_a_session_opens_its_page_about_sharing() {
    let menu = EscMenu { care_screens: Some(&OneLine), ..EscMenu::of_list("Stop here") };
    let lines = ["Continue it", "Start a new one"];
    let (chosen, shown) =
        asked(":sharing\n2\n", |screen| choose_in_session(&lines, &menu, screen).unwrap());
    assert!(chosen == Some(1) && shown.contains("They're left out."), "{shown}");
    let (chosen, shown) =
        asked(":sharing\n2\n", |screen| choose_numbered(&lines, 0, &menu, screen).unwrap());
    assert!(chosen == Some(1) && shown.contains("They're left out."), "{shown}");
}

#[test]
fn safety_at_a_question_asks_it_again_with_what_was_typed() {
    let (said, shown) = answer(&long(), None, "one\n:safety\n\ntwo\n.\n");
    assert_eq!(said.unwrap(), "one\ntwo", "{shown}");
    assert!(shown.contains(&safety()), "{shown}");
    assert_eq!(shown.matches("Write what's there.").count(), 2, "{shown}");
    let (said, shown) = answer(&text(&[]), Some("the heron"), ":safety\n\n\n");
    assert_eq!(said.unwrap(), "the heron", "{shown}");
}

#[test]
fn a_long_answer_that_is_there_says_how_it_is_kept_and_added_to() {
    let (said, shown) = answer(&long(), Some("Alpha\nBeta"), "\n");
    assert_eq!(said.unwrap(), "Alpha\nBeta");
    assert!(shown.contains("Press Enter to keep it. What you type goes below it"), "{shown}");
    assert!(!shown.contains("skip") && !shown.contains("Skipped"), "{shown}");
    assert_eq!(
        answer(&long(), Some("Alpha"), "Beta\n\nGamma\n.\n").0.unwrap(),
        "Alpha\nBeta\n\nGamma"
    );
}

#[test]
fn a_skip_drops_what_is_there_only_once_that_is_meant() {
    let (said, shown) = answer(&long(), Some("Alpha"), ":skip\n\n\n");
    assert_eq!(said.unwrap(), "Alpha", "{shown}");
    assert!(shown.contains("Drop your answer?"), "{shown}");
    assert_eq!(answer(&long(), Some("Alpha"), ":skip\n2\n").0.unwrap(), "");
    let yes_no = Question::plain("calm", "Calm?", QuestionKind::YesNo);
    let (_, shown) = answer(&yes_no, None, ":skip\n");
    assert!(shown.ends_with("Skipped.") && !shown.contains("Drop"), "{shown}");
    let (typed, shown) = answer(&long(), None, "half\n:skip\n\n.\n");
    assert_eq!(typed.unwrap(), "half", "{shown}");
}

#[test]
fn a_paste_with_a_blank_line_or_a_full_stop_alone_skips_and_ends_nothing_and_a_tab_parts_words() {
    let (said, shown) = answer(&long(), None, "«\nDear\tdiary\n\nthe second line\n».\n");
    assert_eq!(said.unwrap(), "Dear diary\n\nthe second line", "{shown}");
    let (said, shown) = answer(&long(), None, "one\n«two\n.\n\nthree\n».\n");
    assert_eq!(said.unwrap(), "one\ntwo\n.\n\nthree", "a full stop in a paste: {shown}");
    let (said, shown) = answer(&long(), None, "«\n\n»\n");
    assert_eq!(said.unwrap(), "", "{shown}");
    assert_eq!(answer(&text(&[]), None, "one\ttwo\n").0.unwrap(), "one two");
}

#[test]
fn ctrl_w_takes_a_word_back_and_ctrl_u_the_line() {
    let typed = |keys: &str| answer(&text(&[]), None, keys).0.unwrap();
    assert_eq!(typed("one two three\u{17}\u{17}z\n"), "one z");
    assert_eq!(typed("one \u{17}\u{17}two\n"), "two");
    assert_eq!(typed("one two\u{15}three\n"), "three");
}

#[test]
fn what_was_refused_is_not_offered_to_be_kept() {
    let tags = Question::plain("tags", "Which tags?", QuestionKind::Tags);
    let (said, shown) = answer(&tags, Some("calm"), "a!b\n\n");
    assert_eq!(said.unwrap(), "calm", "{shown}");
    assert_eq!(shown.matches("Now: calm").count(), 2, "{shown}");
}

#[test]
fn a_number_that_the_list_does_not_have_is_no_answer() {
    let (said, shown) = answer(&text(&["None today"]), None, "7\n7 herons\n");
    assert_eq!(said.unwrap(), "7 herons");
    assert!(shown.contains("There's no 7 in the list."), "{shown}");
    assert_eq!(answer(&text(&["None today"]), None, "1\n").0.unwrap(), "None today");
    assert_eq!(answer(&text(&[]), None, "7\n").0.unwrap(), "7", "no list, no numbers");
}

#[test]
fn back_from_words_of_ones_own_leads_to_their_list_and_back_again_leaves_it() {
    let options = vec![AnswerOption::plain("quiet", "go quiet")];
    let kind = QuestionKind::Choice { options, other: true };
    let question = Question::plain("move", "I …", kind);
    let (said, shown) = answer(&question, None, "2\n:back\n1\n");
    assert_eq!(said.unwrap(), "go quiet", "{shown}");
    assert_eq!(answer(&question, None, "2\n:back\n:back\n").0, None);
    let from_the_list = answer(&question, None, "2\n\u{1b}continue\n:back\n").0;
    assert_eq!(from_the_list, None, "the menu came back to the list");
    let options = vec![AnswerOption::plain("quiet", "go quiet")];
    let kind = QuestionKind::Choices { options, other: true };
    let several = Question { most: Some(2), ..Question::plain("moves", "I …", kind) };
    let (said, shown) = answer(&several, None, "2\n:back\n1\n");
    assert_eq!(said.unwrap(), "go quiet", "{shown}");
    let (_, shown) = answer(&several, Some("quiet"), "\n");
    assert!(shown.contains("Now: go quiet. Press Enter to keep it,"), "{shown}");
}

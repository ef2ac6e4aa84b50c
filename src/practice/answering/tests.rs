use super::*;
use crate::entry::Scale;

fn question(kind: QuestionKind) -> Question {
    Question::plain("q", "Q?", kind)
}

fn options() -> Vec<AnswerOption> {
    [("said", "I said it"), ("not-safe", "Not safe, or not now")]
        .map(|(id, label)| AnswerOption::plain(id, label))
        .into()
}

fn scale() -> Question {
    let scale = Scale { min: 0, max: 4 };
    question(QuestionKind::Scale { scale, labels: vec![], cant_say: true })
}

#[test]
fn a_scale_takes_its_numbers_and_cant_say_and_names_what_is_allowed() {
    let q = scale();
    assert_eq!(q.read("3").unwrap(), Some(Value::Number(3.into())));
    assert_eq!(q.read("can't say").unwrap(), Some(Value::CantSay));
    assert_eq!(q.read("  ").unwrap(), None);
    let error = q.read("5").unwrap_err();
    assert_eq!(error.hint(), "Give a whole number from 0 to 4, or cant-say.");
    assert!(q.accept(&serde_json::json!(2.5)).is_err());
    assert!(q.accept(&serde_json::json!([3])).is_err());
}

#[test]
fn a_choice_is_made_by_id_or_by_its_wording() {
    let q = question(QuestionKind::Choice { options: options(), other: false });
    let said = Some(Value::Text("said".into()));
    assert_eq!(q.read("said").unwrap(), said);
    assert_eq!(q.read("I said it.").unwrap(), said);
    assert!(q.read("sad").is_err());
    let other = question(QuestionKind::Choice { options: options(), other: true });
    assert_eq!(other.read("by letter").unwrap(), Some(Value::Text("by letter".into())));
}

#[test]
fn several_choices_come_with_commas_or_as_a_list_and_once_each() {
    let q = question(QuestionKind::Choices { options: options(), other: false });
    let both = Some(Value::Chosen(vec!["said".into(), "not-safe".into()]));
    assert_eq!(q.read("said, not-safe, said").unwrap(), both);
    assert_eq!(q.accept(&serde_json::json!(["said", "not-safe"])).unwrap(), both);
    let one = Some(Value::Chosen(vec!["not-safe".into()]));
    assert_eq!(q.read("Not safe, or not now").unwrap(), one);
    assert!(q.accept(&serde_json::json!(["said", 3])).is_err());
}

#[test]
fn a_flag_that_is_repeated_says_several_choices_each_as_given_and_once() {
    let q = question(QuestionKind::Choices { options: options(), other: true });
    let chosen = |ids: &[&str]| Some(Value::Chosen(ids.iter().map(|id| (*id).into()).collect()));
    assert_eq!(q.read_all(&["a walk", "my sister"]).unwrap(), chosen(&["a walk", "my sister"]));
    assert_eq!(q.read_all(&["time, alone", "said"]).unwrap(), chosen(&["time, alone", "said"]));
    assert_eq!(q.read_all(&["said", "said", ""]).unwrap(), chosen(&["said"]));
    assert_eq!(q.read_all(&["", ""]).unwrap(), None);
    assert_eq!(q.accept(&serde_json::json!(["said", "said"])).unwrap(), chosen(&["said"]));
    let two = Question { most: Some(2), ..q };
    assert!(two.read_all(&["said", "not-safe", "a walk"]).is_err());
    let tags = question(QuestionKind::Tags);
    assert_eq!(tags.read_all(&["sea", "#Sea, harbour"]).unwrap(), chosen(&["sea", "harbour"]));
    assert!(scale().read_all(&["1", "2"]).is_err());
}

#[test]
fn what_stands_alone_is_answered_alone() {
    let mut options = options();
    options.push(AnswerOption { is_alone: true, ..AnswerOption::plain("none", "None") });
    let q = question(QuestionKind::Choices { options, other: true });
    assert_eq!(q.read("none").unwrap(), Some(Value::Chosen(vec!["none".into()])));
    assert_eq!(
        q.read("none, said").unwrap_err().hint(),
        "Give `none` on its own, or one or more of said, not-safe, with commas between, or words of your own."
    );
    assert!(q.accept(&serde_json::json!(["none", "a walk"])).is_err());
}

#[test]
fn an_option_that_is_not_offered_any_more_stands_in_its_words() {
    let q = question(QuestionKind::Choice { options: options(), other: true });
    let mut answer = q.answer_with(Value::Text("gone".into()));
    answer.labels = [("gone".to_owned(), "I wrote it down".to_owned())].into();
    assert_eq!(q.value_to_change(&answer), Value::Text("I wrote it down".into()));
    let offered = q.answer_with(Value::Text("said".into()));
    assert_eq!(q.value_to_change(&offered), Value::Text("said".into()));
    answer.value = Value::Chosen(vec!["gone".into(), "my own".into()]);
    let words = vec!["I wrote it down".into(), "my own".into()];
    assert_eq!(q.value_to_change(&answer), Value::Chosen(words));
}

#[test]
fn text_is_kept_to_the_letter_but_for_the_last_line_end() {
    let q = question(QuestionKind::Long);
    let odd = "  a\u{0}b\u{1b}[31m\r\nשלום \u{202e}x 🙂";
    assert_eq!(q.read(&format!("{odd}\r\n")).unwrap(), Some(Value::Text(odd.into())));
}

#[test]
fn an_answer_carries_the_wording_of_what_was_chosen() {
    let q = question(QuestionKind::Choice { options: options(), other: false });
    let answer = q.answer_with(Value::Text("said".into()));
    assert_eq!(answer.text(), "I said it");
    assert_eq!(answer.asked, "Q?");
}

#[test]
fn a_number_keeps_every_digit_or_is_refused() {
    let q = question(QuestionKind::Number { min: None, max: None });
    for (given, kept) in [
        ("12345678901234567890123", "12345678901234567890123"),
        ("+0.1234567890123456789", "0.1234567890123456789"),
        ("-9223372036854775809", "-9223372036854775809"),
        ("9223372036854775807", "9223372036854775807"),
        ("+2.50", "2.5"),
        (".5", "0.5"),
    ] {
        let number = Value::Number(kept.parse().unwrap());
        assert_eq!(q.read(given).unwrap(), Some(number), "{given}");
    }
    for given in ["inf", "1e999", "00012345678901234567.5", "1234567890 1234567890"] {
        assert!(q.read(given).is_err(), "{given}");
    }
    let json = serde_json::from_str("12345678901234567890.125").unwrap();
    assert_eq!(q.accept(&json).unwrap().map(|it| it.number()), Some(Some(1.2345678901234567e19)));
}

#[test]
fn a_tag_has_a_letter_or_a_digit_and_one_spelling_in_a_list() {
    for marks in ["//", "-", "_", "#_", "-/-"] {
        assert_eq!(tag(marks), None, "{marks}");
    }
    let q = question(QuestionKind::Tags);
    assert_eq!(
        q.read("Repair, repair, 2026").unwrap(),
        Some(Value::Chosen(vec!["Repair".into(), "2026".into()]))
    );
}

#[test]
fn minutes_are_told_to_the_tenth_that_the_timer_counts() {
    let q = question(QuestionKind::Stillness { minutes: 3, lets_choose: true, end: None });
    let told = |given: &str| q.answer_with(q.read(given).unwrap().unwrap()).text();
    for (given, words) in [
        ("0", "less than a minute"),
        ("0.1", "6 seconds"),
        ("0.7", "42 seconds"),
        ("0.95", "one minute"),
        ("1", "one minute"),
        ("1.2", "1.2 minutes"),
        ("2.5", "2.5 minutes"),
        ("3", "3 minutes"),
        ("4.04", "4 minutes"),
    ] {
        assert_eq!(told(given), words);
    }
}

//! Conditions that never hold, and names that nothing fills.

use super::*;

/// A practice with these lines at the end of it.
fn found(below: &str) -> Vec<String> {
    let text = format!(
        r#"title = "W"
[[question]]
id = "mood"
ask = "Mood?"
kind = "scale"
scale = {{ min = 0, max = 4 }}
[[question]]
id = "again"
ask = "Again?"
kind = "yes-no"
[[question]]
id = "far"
ask = "Far?"
kind = "number"
max = 9
{below}"#
    );
    mistakes(&text).into_iter().map(|(_, what)| what).collect()
}

fn when(condition: &str) -> Vec<String> {
    found(&format!("[[question]]\nid = \"n\"\nask = \"N?\"\nkind = \"text\"\nwhen = {condition}\n"))
}

#[test]
fn a_condition_that_no_answer_meets_is_a_mistake() {
    for condition in [
        "{ mood = { at-least = 9 } }",
        "{ mood = { at-most = -1 } }",
        "{ mood = { at-least = 3, at-most = 2 } }",
        "{ far = { at-least = 10 } }",
        "{ again = { at-least = 1 } }",
        "{ again = \"maybe\" }",
        "{ any = [{ again = { not = \"seldom\" } }] }",
    ] {
        assert_eq!(when(condition).len(), 1, "{condition}");
    }
    for condition in [
        "{ mood = { at-least = 4 } }",
        "{ far = { at-most = -3 } }",
        "{ again = [\"yes\", \"no\"] }",
        "{ mood = \"3\" }",
    ] {
        assert_eq!(when(condition), [""; 0], "{condition}");
    }
}

#[test]
fn a_condition_without_quotation_marks_is_told_to_have_them() {
    assert_eq!(when("{ mood = 1 }"), ["Put the number in quotation marks: \"1\"."]);
    assert_eq!(when("{ again = true }"), ["Yes and no are texts in a condition: write \"yes\"."]);
}

#[test]
fn braces_name_what_was_asked_by_then() {
    let asks = |text: &str| {
        found(&format!("[[question]]\nid = \"n\"\nask = \"{text}\"\nkind = \"text\"\n"))
    };
    let gone = |id: &str| vec![format!("There's no question “{{{id}}}”.")];
    assert_eq!(asks("Twice {gone}?"), gone("gone"));
    assert_eq!(asks("Twice {n}?"), gone("n"), "its own answer isn't there yet");
    for text in ["How far {today}, {far}?", "{My partner}, {step mood}?", "{running} times?"] {
        assert_eq!(asks(text), [""; 0], "{text}");
    }
    let recall = |name: &str| {
        found(&format!("[[recall]]\npractice = \"{name}\"\nsay = \"{{intention}}\"\n"))
    };
    assert_eq!(recall("walk"), gone("intention"));
    assert_eq!(recall("intent"), [""; 0]);
    let when = "[[recall]]\npractice = \"walk\"\nsay = \"{far}\"\nwhen = { gone = \"x\" }\n";
    assert_eq!(found(when), ["No earlier question is called “gone”."]);
    assert_eq!(
        found("[[section]]\nid = \"s\"\ntitle = \"S\"\nclosing = \"{gone}\"\n"),
        gone("gone")
    );
}

#[test]
fn a_follow_up_doesnt_end_before_it_begins() {
    let asked = |days: &str| {
        found(&format!(
            "[follow-up]\nlead = [\"On {{day}}.\"]\n{days}\n[[follow-up.question]]\nid = \"n\"\nask = \"N?\"\nkind = \"text\"\n"
        ))
    };
    let late = "It's asked from day 10 on, and until day 3.";
    assert_eq!(asked("after = 10\nwithin = 3"), [late]);
    assert_eq!(asked("after = 3\nwithin = 3"), [""; 0]);
}

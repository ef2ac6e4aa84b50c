//! What was marked as fear or harm in whichever practice.

use super::*;

/// A month of good evenings, and of what was told elsewhere.
fn told_elsewhere() -> PlayedJournal {
    let mut journal = PlayedJournal::new();
    journal.evenings("11-07", 7, &json!({ "connection": "Tea.", "ease": 2 }));
    for (day, question) in [
        ("11-02", "underneath"),
        ("11-04", "stirred"),
        ("11-09", "underneath"),
        ("11-12", "underneath"),
        ("11-20", "stirred"),
    ] {
        journal.keep("notice", day, json!({ "happened": "A door", question: ["unsafe"] }));
    }
    journal.keep("guide", "11-21", json!({ "story": "unsafe" }));
    journal
}

#[test]
fn what_was_not_safe_is_counted_in_whichever_practice_it_was_told() {
    let journal = told_elsewhere();
    let lines = [
        "You marked “It wasn't safe” 5 times (notice).",
        "You marked “it isn't safe to do anything else” once (guide).",
    ];
    for form in [OPEN, CARE, APART, APART_CARE, Form { fear: Fear::Unknown, ..OPEN }] {
        lines.iter().for_each(|line| journal.has(form, line));
    }
    let text = journal.text(CARE);
    let at = |words: &str| text.find(words).unwrap();
    assert!(at("(notice)") < at("You wrote on 7 evenings"), "{text}");
}

#[test]
fn whatever_turns_care_on_is_told_once() {
    let mut journal = told_elsewhere();
    journal.keep("assess", "11-20", json!({ "changed": 2, "fear": 1, "frightened": true }));
    journal.keep("feel", "11-22", json!({ "feeling": ["afraid"], "received": "not-safe" }));
    journal.evening("11-23", json!({ "disagreement": "not-safe" }));
    for line in [
        "On 1 of 8 evenings you marked that it wasn't safe.",
        "You marked “afraid” once (feel).",
        "On 20 November you marked “changed things to avoid anger”: sometimes.",
        "On 20 November you marked “felt afraid”: rarely.",
        "On 20 November you marked “frightened of a partner or an ex”: yes.",
        "The one time you said something, it wasn't safe.",
    ] {
        journal.has(CARE, line);
    }
    let text = journal.text(CARE);
    for once in ["(reflect)", "It wasn't safe” once", "(assess)"] {
        assert!(!text.contains(once), "{once}: {text}");
    }
    journal
        .has(APART_CARE, "On 20 November you marked “changed things out of caution”: sometimes.");
    // What isn't asked for is told of in care alone.
    for words in ["afraid", "to avoid anger", "frightened"] {
        journal.has_not(OPEN, words);
    }
    journal.keep("assess", "11-27", json!({ "changed": 4 }));
    journal
        .has(CARE, "You marked “changed things to avoid anger” twice, last on 27 November: almost");
}

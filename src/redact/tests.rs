use super::*;

fn redacted(names: &[&str], text: &str) -> String {
    Redaction::read(names.iter().copied()).unwrap().text(text).0
}

#[test]
fn a_name_is_replaced_as_a_whole_word_and_with_its_possessive() {
    let text = "Sam came. Sam's bag, Sams Jacke, SAM! (Sam) _Sam_ Samuel sample, by Sam";
    let other = "P came. P's bag, Ps Jacke, P! (P) _P_ Samuel sample, by P";
    assert_eq!(redacted(&["Sam=P"], text), other);
}

#[test]
fn a_capital_asks_for_its_case_and_none_for_any() {
    assert_eq!(redacted(&["Will=Max"], "Will will. WILL"), "Max will. MAX");
    assert_eq!(redacted(&["will=max"], "Will will"), "max max");
}

#[test]
fn a_tag_has_a_name_in_any_case() {
    let text = "with @sam, #sam and #walk-with-sam, @Sam, @SAM; sam and a@sam.org #same";
    let other = "with @p, #p and #walk-with-p, @P, @P; sam and a@sam.org #same";
    assert_eq!(redacted(&["Sam=P"], text), other);
    let names = ["Sam=P", "Sam Miller=Dr. Q", "Ana=Bea", "Bea=Ana"];
    let text = "@Sam Miller, @sam_miller, #ana @Ana #bea's";
    assert_eq!(redacted(&names, text), "@Dr. Q, @dr.-q, #bea @Bea #ana's");
    let redaction = Redaction::read(["Sam=P"]).unwrap();
    assert_eq!(redaction.replace("walk-with-sam", true), ("walk-with-p".to_owned(), 1));
    assert_eq!(redaction.replace("walk-with-sam", false).1, 0);
}

#[test]
fn names_of_several_words_and_names_within_names() {
    let names = ["Sam=P", "Sam Miller=Dr. Q", "Ana=Bea", "Bea=Ana"];
    let text = "Sam\nMiller and Sam, Ana and Bea";
    assert_eq!(redacted(&names, text), "Dr. Q and P, Bea and Ana");
}

#[test]
fn an_accent_may_be_written_either_way() {
    assert_eq!(redacted(&["José=J"], "Jose\u{301} and José"), "J and J");
}

#[test]
fn everything_that_an_entry_says_is_told_under_other_names() {
    let json = serde_json::json!({
        "format": 1, "id": "samsamsamsam", "revision": "samsam", "practice": "sam-walk",
        "at": "2026-11-23T21:14:03+01:00", "written": "2026-11-23T21:14:03+01:00",
        "tags": ["Sam", "with-sam"], "imported": {"location": {"place": "Sam's"}},
        "answers": [{"question": "closeness", "asked": "How close to Sam?", "value": ["sam"],
                     "labels": {"sam": "Sam"}}]
    });
    let entry = Entry::from_json(json.to_string().as_bytes()).unwrap();
    let redaction = Redaction::read(["sam=the other"]).unwrap();
    let (redacted, count) = redaction.entry(&entry).unwrap();
    assert_eq!(count, 8);
    assert_eq!(redacted.id, entry.id);
    assert_eq!(redacted.tags, ["the-other", "with-the-other"]);
    assert_eq!(redaction.remains(&redacted), []);
    let text = serde_json::to_string(&redacted).unwrap().replace("samsam", "");
    assert!(!text.to_lowercase().contains("sam"), "{text}");
}

#[test]
fn no_field_and_no_word_of_every_journal_is_taken_for_a_name() {
    let json = serde_json::json!({
        "format": 1, "id": "k3v9q2m8ab", "revision": "x7f2qd", "practice": "reflect",
        "at": "2026-11-23T21:14:03+01:00", "written": "2026-11-23T21:14:03+01:00",
        "imported": {"max": "max", "front_matter": {"Max": 1}},
        "answers": [
            {"question": "saw", "asked": "What of Max?", "value": ["left", "max"],
             "labels": {"left": "Max left", "max": "Max"}},
            {"question": "closeness", "asked": "How?", "value": 3, "scale": {"min": 0, "max": 4}},
            {"question": "page", "asked": "?", "value": "left"}
        ]
    });
    let entry = Entry::from_json(json.to_string().as_bytes()).unwrap();
    let names = ["max=kim", "left=gone", "reflect=x", "saw=y"];
    let common = ["reflect", "saw", "closeness", "page", "left"].map(str::to_owned);
    let redaction = Redaction::read(names).unwrap().with_common_words(common.into());
    let (redacted, _) = redaction.entry(&entry).unwrap();
    let redacted = serde_json::to_value(&redacted).unwrap();
    assert_eq!(redacted["practice"], "reflect");
    assert_eq!(redacted["imported"], serde_json::json!({"max": "kim", "front_matter": {"kim": 1}}));
    let answers = &redacted["answers"];
    assert_eq!(answers[0]["question"], "saw");
    assert_eq!(answers[0]["value"], serde_json::json!(["left", "kim"]));
    assert_eq!(answers[0]["labels"], serde_json::json!({"left": "kim gone", "kim": "kim"}));
    assert_eq!(answers[1]["scale"], serde_json::json!({"min": 0, "max": 4}));
    assert_eq!(answers[2]["value"], "gone", "what someone wrote is no id");
    let entry = serde_json::from_value(redacted).unwrap();
    assert_eq!(redaction.remains(&entry), []);
}

#[test]
fn what_is_left_of_a_name_is_found_by_its_line() {
    let json = serde_json::json!({
        "format": 1, "id": "k3v9q2m8ab", "revision": "x7f2qd", "practice": "write",
        "at": "2026-11-23T21:14:03+01:00", "written": "2026-11-23T21:14:03+01:00",
        "answers": [{"question": "page", "asked": "?", "value":
            "Sammy came.\nNobody else.\nsam, in small letters.\nOnly the millers.\nal dente, also"}]
    });
    let entry = Entry::from_json(json.to_string().as_bytes()).unwrap();
    let redaction = Redaction::read(["Sam Miller=P", "Al=B"]).unwrap();
    let (redacted, count) = redaction.entry(&entry).unwrap();
    let lines: Vec<String> = redaction.remains(&redacted).into_iter().map(|r| r.line).collect();
    assert_eq!(count, 0);
    assert_eq!(
        lines,
        ["Sammy came.", "sam, in small letters.", "Only the millers.", "al dente, also"]
    );
}

#[test]
fn a_longer_word_of_the_programs_own_has_no_name_in_it() {
    let redaction = Redaction::read(["Sam=P", "Anne-Marie=A"]).unwrap();
    let redaction = redaction.with_ordinary_texts(["The same, almost"].into_iter());
    let words = |line: &str| -> Vec<String> {
        redaction.remains_in(line).into_iter().map(|remains| remains.word).collect()
    };
    assert_eq!(words("Same again, sam and Sámmy, sample"), ["sam", "Sámmy", "sample"]);
    assert_eq!(words("with anne-marie's coat"), ["Anne-Marie"]);
    assert_eq!(words("the same"), Vec::<String>::new());
}

#[test]
fn a_name_without_another_is_refused() {
    for bad in ["Sam", "=P", "Sam=", " = "] {
        assert!(Redaction::read([bad]).is_err(), "{bad}");
    }
    assert!(Redaction::read(["Sam=P", "Kim=K", " Sam =Q"]).is_err(), "one name, two aliases");
    assert_eq!(Redaction::read(["Sam=P", "Sam= P"]).unwrap().names(), ["Sam=P"]);
    assert!(Redaction::read(["Sam=P", "sam=Q"]).is_ok(), "these match differently");
}

#[test]
fn an_id_that_spells_a_name_stays_an_id() {
    let json = serde_json::json!({
        "format": 1, "id": "samsamsamsam", "revision": "samsam", "copy_of": "samsam",
        "was": ["samsamsamsam"], "about": "samsamsamsam", "practice": "write",
        "at": "2026-11-23T21:14:03+01:00", "written": "2026-11-23T21:14:03+01:00", "answers": []
    });
    let entry = Entry::from_json(json.to_string().as_bytes()).unwrap();
    let redaction = Redaction::read(["samsam=P", "samsamsamsam=Q"]).unwrap();
    assert_eq!(redaction.entry(&entry).unwrap(), (entry, 0));
}

#[test]
fn in_scripts_without_spaces_a_name_is_replaced_wherever_it_stands() {
    let redaction = Redaction::read(["小明=P", "彼=Q", "ゾーイ=Z", "민수=M", "Sam=S"]).unwrap();
    for (text, redacted) in [
        ("小明来了", "P来了"),
        ("彼は玄関で、彼はゾーイと", "Qは玄関で、QはZと"),
        ("민수가 왔다, Sam's", "M가 왔다, S's"),
        ("Samに、彼とSamと", "Sに、QとSと"),
    ] {
        assert_eq!(redaction.text(text).0, redacted);
    }
}

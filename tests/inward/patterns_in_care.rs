//! `patterns` while care is on: the writer's own evidence first, and sharing held back.

use crate::generate::Writer;
use crate::harness::{Home, NOW, one_line};

const HELD_BACK: &str = "Held back for now: what became of your gratitude.\n";

#[test]
fn while_care_is_on_the_writers_own_evidence_goes_first_and_sharing_is_held_back() {
    let now = NOW.parse().unwrap();
    let calm = Home::with_entries(&Writer::new(11).year(now));
    let told = calm.run("patterns gratitude").ok().stdout;
    assert!(told.contains("What became of your gratitude"), "{told}");
    let told = calm.run("patterns").ok().stdout;
    assert!(!told.contains("Held back") && !told.contains("Disagreements"), "{told}");

    let afraid = Home::with_entries(&Writer::new(11).afraid().year(now));
    // The generated writer never chose it.
    afraid.keep("notice words --stepped-back me --underneath unsafe --at '2 days ago'");
    afraid.keep("needs --boundary words --respected no --at '3 days ago'");
    let told = afraid.run("patterns").ok().stdout;
    assert!(!told.contains("Held back"), "it stays on the screen: {told}");
    assert!(afraid.run("patterns gratitude").ok().stdout.contains(HELD_BACK));
    // Where its screen is full, evidence is a paragraph.
    let told = one_line(&told);
    let titles = [
        "Hard moments, and whether they were safe (",
        "What may have been underneath the distance (",
        "How your words were received (",
        "Were your boundaries respected? (",
        "Safe to open up",
        "Evenings with a moment",
    ];
    let places: Vec<usize> =
        titles.map(|title| told.find(title).unwrap_or_else(|| panic!("{title}: {told}"))).into();
    let rows = *places.last().unwrap();
    assert!(places.iter().all(|place| *place <= rows), "{places:?}: {told}");
    // Nothing explains it away, and nothing speaks of fear by itself.
    for words in ["lack of love", "stands on its own", "help safety", "You said that you"] {
        assert!(!told.contains(words), "{words}: {told}");
    }
}

#[test]
fn what_is_held_back_is_said_to_be_and_is_never_nothing() {
    let home = Home::ready();
    home.keep("gratitude 'a quiet hour' --share will-say --at '20 days ago'");
    home.keep("gratitude --became said --landed well --at '10 days ago'");
    let named = ["patterns gratitude became", "patterns became", "patterns gratitude landed"];
    for arguments in named {
        assert!(!home.run(arguments).outcome().stdout.contains("Held back"), "{arguments}");
    }
    home.keep("reflect words --disagreement not-safe");
    for arguments in &named[..2] {
        assert_eq!(home.run(arguments).ok().stdout, HELD_BACK, "{arguments}");
    }
    // Whether or not it was ever answered.
    let told = home.run("patterns gratitude share").ok().stdout;
    assert!(told.starts_with("Held back for now: "), "{told}");
    let json = home.run("patterns gratitude became --json").ok().json();
    let expected = serde_json::json!([{ "title": "What became of your gratitude",
        "practice": "gratitude", "of": ["became"], "held_back": true }]);
    assert_eq!(json["figures"], expected);
    // Never held back, and counted from the first answer on.
    let told = home.run("patterns reflect disagreement").ok().stdout;
    assert!(told.contains("Yes, and it wasn't safe  1 of 1"), "{told}");
    assert!(!told.contains("few answers"), "{told}");
    home.run("patterns --html page.html").ok();
    let page = std::fs::read_to_string(home.path().join("page.html")).unwrap();
    assert!(page.contains("Held back for now: what became of your gratitude."), "{page}");
    assert!(!page.contains("What became of your gratitude</h2>"), "{page}");
}

#[test]
fn where_an_entry_is_damaged_sharing_is_held_back_beside_its_name() {
    let home = Home::ready();
    home.keep("gratitude 'a quiet hour' --share will-say --at '20 days ago'");
    home.keep("gratitude --became said --landed well --at '10 days ago'");
    home.keep("intent words");
    let file = crate::harness::files(&home.journal()).pop().unwrap();
    std::fs::write(&file, b"no age file").unwrap();
    let told = home.run("patterns gratitude became").exits(4);
    assert_eq!(told.stdout, HELD_BACK);
    assert!(told.stderr.starts_with("Left out: "), "{}", told.stderr);
}

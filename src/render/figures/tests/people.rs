//! Items that are asked of several people.

use super::*;

/// A journal whose practice `own` is this, and the folder that it's read from.
fn with_practice(text: &str) -> (JournalOfLooks, tempfile::TempDir) {
    let own = tempfile::tempdir().unwrap();
    std::fs::write(own.path().join("own.toml"), text).unwrap();
    let practices = Practices::load(own.path(), &[]);
    (JournalOfLooks { practices, ..JournalOfLooks::new() }, own)
}

const OF_A_FRIEND: &str = r#"
title = "Own"
about = "Own."
scale = { min = 0, max = 4 }

[[question]]
id = "remind-me"
ask = "How forgetful were you?"
kind = "scale"

[[question]]
id = "calm"
ask = { me = "How calm were you?", friend = "How calm was your friend?" }
short = "calm"
kind = "scale"

[[pattern]]
title = "Now and then"
shows = "sessions"
"#;

#[test]
fn whom_an_item_is_about_is_what_its_practice_says_and_not_how_it_is_called() {
    let (mut journal, _own) = with_practice(OF_A_FRIEND);
    let answers = |step: i64| json!({ "remind-me": 2, "calm-me": step, "calm-friend": step + 1 });
    journal.keep("own", 60, answers(1));
    journal.keep("own", 20, answers(3));
    let look = journal.look("own");
    let same = "The same both times: How forgetful were you? 2.";
    assert!(words(&look).contains(same), "{look}");
    assert!(look.contains("you") && look.contains("friend: as you saw it"), "{look}");
    let row = look.lines().find(|line| line.contains("calm")).unwrap();
    assert!(row.contains("1 → 3") && row.contains("2 → 4"), "{look}");
}

const OF_PARENTS: &str = r#"
title = "Home"
about = "Home."
scale = { min = 0, max = 4 }

[[question]]
id = "shouted"
ask = { dad = "Dad shouted.", mum = "Mum shouted." }
short = "shouting"
kind = "scale"

[[question]]
id = "afraid"
ask = "I felt afraid at home."
kind = "scale"

[[pattern]]
title = "Now and then"
shows = "sessions"
"#;

#[test]
fn what_is_asked_of_nobody_is_under_nobodys_name_and_everyone_else_is_in_the_key() {
    let (mut journal, _own) = with_practice(OF_PARENTS);
    journal.keep("own", 60, json!({ "shouted-dad": 1, "shouted-mum": 0, "afraid": 0 }));
    journal.keep("own", 20, json!({ "shouted-dad": 3, "shouted-mum": 1, "afraid": 4 }));
    let plain = journal.plain("own");
    for row in ["I felt afraid at home.: 0 → 4", "shouting: dad 1 → 3; mum 0 → 1"] {
        assert!(plain.contains(row), "{row}: {plain}");
    }
    assert!(plain.contains("dad and mum: as you saw it"), "{plain}");
}

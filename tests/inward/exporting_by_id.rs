//! Export of entries that are named one by one.

use crate::harness::{Home, one_line};

const FILLED: &str = "## 21:14 write";

fn two() -> (Home, [String; 2]) {
    let mut home = Home::ready();
    let first = home.at("2026-11-22T07:30:00+00:00").keep("intent 'Stay in it'");
    let second = home.at("2026-11-23T21:14:03+00:00").keep("write 'The heron'");
    (home, [first, second])
}

#[test]
fn one_entry_is_a_page_of_its_own_without_contents_or_calendar() {
    let (home, [first, second]) = two();
    let text = home.run(&format!("export {second}")).ok().stdout;
    let head = format!("# Monday 23 November 2026\n\n{FILLED}\n");
    assert!(text.starts_with(&head) && !text.contains("Journal"), "{text}");
    assert!(!text.contains("contents") && !text.contains("Stay in it"), "{text}");
    let page = home.run(&format!("export {} --format html", &second[..5])).ok().stdout;
    assert!(page.contains("<h1>Monday 23 November 2026</h1>"), "{page}");
    assert!(!page.contains("<nav") && !page.contains("<svg") && !page.contains("<h2>"), "{page}");
    // Both, each once, the older first, however they were named.
    let json = home.run(&format!("export {second} {first} {second} --json")).ok().json();
    let ids: Vec<&str> =
        json["entries"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&first, &second]);
    home.run(&format!("export {second} -o page.html")).ok();
    assert!(std::fs::read_to_string(home.path().join("page.html")).unwrap().contains("The heron"));
    home.run(&format!("export {first} {second} -o pages/")).ok();
    assert_eq!(crate::harness::files(&home.path().join("pages")).len(), 2);
}

#[test]
fn an_id_that_no_entry_has_and_a_filter_beside_one_are_refused() {
    let (home, [first, _]) = two();
    let none = home.run("export zzzzzzzzzz --json").exits(1).json();
    assert!(none["entries"].as_array().unwrap().is_empty());
    home.run("export zzzzzzzzzz -o none.md").exits(1);
    for verb in ["export", "show", "edit --tag quiet", "delete --yes"] {
        let said = one_line(&home.run(&format!("{verb} write")).exits(1).stderr);
        assert!(said.contains("`inward list --practice write` lists its entries"), "{said}");
    }
    assert!(!home.path().join("none.md").exists());
    for filter in ["--practice write", "--last 1", "--from monday", "--to today", "--on today"] {
        let outcome = home.run(&format!("export {first} {filter}")).exits(2);
        assert!(!outcome.stderr.is_empty() && outcome.stdout.is_empty(), "{filter}");
    }
    let recipients = std::fs::read_to_string(home.inward("config/recipients.txt")).unwrap();
    let key = recipients.lines().find(|line| line.starts_with("age1")).unwrap();
    let key = key.split_whitespace().next().unwrap();
    let sealed = home.run(&format!("export {first} --to {key} -o one.age")).ok();
    assert!(one_line(&sealed.stderr).contains("It's encrypted"), "{}", sealed.stderr);
}

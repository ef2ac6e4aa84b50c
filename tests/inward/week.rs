//! A week, played through with a clock that moves, and every line that was said
//! in it.

use std::process::Command;

use crate::harness::{Home, files, program};

/// Plays the story, and writes it down anew: what was typed as it stands, and
/// below it what is said now.
fn played(story: &str) -> String {
    let mut home = Home::new();
    let mut zone = "UTC".to_owned();
    let mut told = String::new();
    for line in typed(story) {
        told += &format!("{line}\n");
        if let Some(place) = line.strip_prefix("@ ") {
            let (now, place) = place.split_once(' ').unwrap();
            home.at(now);
            zone = place.to_owned();
        }
        if let Some(command) = line.strip_prefix("$ ") {
            let mut shell = program(&home, "sh");
            told += &run(shell.args(["-c", &format!("{command} 2>&1")]).env("TZ", &zone));
            told = without_ids(&told, &home);
        }
    }
    told
}

/// The lines that somebody wrote: what is said stands below a command, up to
/// the next line of those.
fn typed(story: &str) -> Vec<&str> {
    let mut said = false;
    let is_typed = |line: &&str| {
        let of_a_command = said && line.starts_with(&[' ', '['][..]);
        said = line.starts_with("$ ") || of_a_command;
        !of_a_command
    };
    story.lines().filter(is_typed).collect()
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let said: String = said.lines().map(|line| format!("  {line}\n")).collect();
    let said = said.replace("  \n", "  .\n");
    match output.status.code() {
        Some(0) => said,
        code => format!("{said}[{}]\n", code.unwrap()),
    }
}

/// Ids are other ones each time.
fn without_ids(text: &str, home: &Home) -> String {
    let names = files(&home.journal());
    let names = names.iter().map(|file| file.file_name().unwrap().to_str().unwrap());
    let ids = names.filter_map(|name| name.get(11..21));
    ids.fold(text.to_owned(), |text, id| text.replace(id, "(its id)"))
}

#[test]
fn every_line_that_was_said_in_a_week_is_as_it_was_read_and_mended() {
    let story = include_str!("week.txt");
    snapbox::assert_data_eq!(played(story), snapbox::file!["week.txt"].raw());
}

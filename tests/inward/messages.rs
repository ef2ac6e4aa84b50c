//! Every sentence that reports a failure, in one place to be read: each variant of
//! each domain's error is said here, and `tests/messages.txt` is what it says.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::Path;

use inward::config::ConfigError;
use inward::error::{Error, Failure, Stop};
use inward::seal::{NotARecipient, SealError};

use crate::harness::{SourceFile, source_files};

mod findings;
mod literals;
mod people;
mod storage;

type Failures = Vec<Box<dyn Failure>>;

/// One of every variant, as it might happen, by the name of its enum.
fn failures() -> Vec<(&'static str, Failures)> {
    vec![
        ("DiskError", storage::disk_errors()),
        ("ProcessError", storage::process_errors()),
        ("ConfigError", storage::config_errors()),
        ("EntryError", storage::entry_errors()),
        ("PracticeError", people::practice_errors()),
        ("QueryError", people::query_errors()),
        ("DateError", people::date_errors()),
        ("RedactError", people::redact_errors()),
        ("UnlockError", storage::unlock_errors()),
        ("SealError", storage::seal_errors()),
        ("JournalError", storage::journal_errors()),
        ("KeyError", storage::key_errors()),
        ("SyncError", storage::sync_errors()),
        ("TemplateError", people::template_errors()),
        ("ImportError", storage::import_errors()),
        ("AskError", people::ask_errors()),
        ("CommandError", people::command_errors()),
        ("ReminderError", people::reminder_errors()),
        ("UsageError", people::usage_errors()),
    ]
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_string()).collect()
}

/// A variant, by the name of its enum and its own; and what is said of it.
struct Message {
    variant: (String, String),
    exit: Option<u8>,
    lines: Vec<String>,
}

fn failure(of: &str, failure: &dyn Failure) -> Message {
    let lines = [failure.fact(), failure.hint()];
    let lines = lines.iter().flat_map(|text| text.lines()).map(str::to_owned).collect();
    Message { exit: Some(failure.exit() as u8), ..message(of, failure, lines) }
}

fn message(of: &str, variant: &dyn Debug, lines: Vec<String>) -> Message {
    let name = format!("{variant:?}");
    let name = name.split([' ', '(']).next().unwrap().to_owned();
    Message { variant: (of.to_owned(), name), exit: None, lines }
}

/// Everything that can be said, in the order of the layers.
fn messages() -> Vec<Message> {
    let mut all = Vec::new();
    for (of, failures) in failures() {
        all.extend(failures.iter().map(|each| failure(of, &**each)));
    }
    for fault in findings::setting_faults() {
        let setting =
            ConfigError::Setting { file: "config.toml".into(), line: 2, fault: fault.clone() };
        let said = failure("ConfigError", &setting);
        all.push(Message { lines: said.lines, ..message("SettingFault", &fault, Vec::new()) });
        all.push(said_once(said.variant, &setting));
    }
    for why in not_recipients() {
        let error = SealError::NotARecipient { source: "recipients.txt".into(), line: 2, why };
        let SealError::NotARecipient { why, .. } = &error else { continue };
        let said = failure("SealError", &error);
        all.push(Message { lines: said.lines, ..message("NotARecipient", why, Vec::new()) });
        all.push(said_once(said.variant, &error));
    }
    for damage in findings::damages() {
        let lines = vec![damage.sentence(), damage.hint().to_owned()];
        all.push(message("Damage", &damage, lines));
    }
    for finding in findings::findings() {
        all.push(message("Finding", &finding, vec![finding.sentence()]));
    }
    for issue in findings::import_issues() {
        let lines = [Some(issue.sentence()), issue.kind().map(str::to_owned)];
        all.push(message("ImportIssue", &issue, lines.into_iter().flatten().collect()));
    }
    let stops = [Stop::Plain, Stop::NothingWritten, Stop::Draft].map(Error::Cancelled);
    for stop in stops.into_iter().chain([Error::PipeClosed]) {
        let exit = Some(stop.exit() as u8);
        all.push(Message { exit, ..message("Error", &stop, vec![stop.to_string()]) });
    }
    all
}

/// It stands under the reason that it gives.
fn said_once(variant: (String, String), failure: &dyn Failure) -> Message {
    Message { variant, exit: Some(failure.exit() as u8), lines: Vec::new() }
}

fn not_recipients() -> Vec<NotARecipient> {
    vec![
        NotARecipient::Unknown,
        NotARecipient::Secret,
        NotARecipient::SshKind("ecdsa-sha2-nistp256".into()),
        NotARecipient::RsaTooSmall,
        NotARecipient::RsaTooLarge,
    ]
}

fn all_sentences() -> String {
    let mut text = String::new();
    let mut of = String::new();
    for Message { variant, exit, lines } in messages().iter().filter(|m| !m.lines.is_empty()) {
        if *of != variant.0 {
            of.clone_from(&variant.0);
            text += &format!("\n{of}\n");
        }
        let exit = exit.map_or_else(String::new, |exit| format!(" ({exit})"));
        text += &format!("\n  {}{exit}\n", variant.1);
        text.extend(lines.iter().map(|line| format!("    {line}\n")));
    }
    text.trim_start().to_owned()
}

#[test]
fn every_sentence_of_failure_is_as_it_was_read() {
    snapbox::assert_data_eq!(all_sentences(), snapbox::file!["../messages.txt"].raw());
}

/// The variants of every enum that says what is wrong, by the source itself.
fn declared() -> BTreeSet<(String, String)> {
    let mut declared = BTreeSet::new();
    let others = ["Damage", "Finding", "ImportIssue", "SettingFault", "NotARecipient"];
    let mut others_left = BTreeSet::from(others);
    for SourceFile { path, code } in source_files() {
        let failures = code.split("Failure for ").skip(1);
        let failures: Vec<&str> = failures.filter_map(|rest| rest.split(' ').next()).collect();
        for name in failures.iter().copied().chain(others) {
            let enum_of_name = format!("pub enum {name} {{\n");
            let Some((_, body)) = code.split_once(&enum_of_name) else {
                assert!(others.contains(&name), "{}: no {enum_of_name}", path.display());
                continue;
            };
            others_left.remove(name);
            let body = body.split("\n}").next().unwrap();
            let lines = body.lines().filter_map(|line| line.strip_prefix("    "));
            let variants = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
            let word =
                |line: &str| line.split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned);
            declared.extend(variants.filter_map(word).map(|variant| (name.to_owned(), variant)));
        }
    }
    assert!(others_left.is_empty(), "not found: {others_left:?}");
    declared
}

#[test]
fn every_variant_of_every_error_is_among_them() {
    let said: BTreeSet<_> = messages().into_iter().map(|message| message.variant).collect();
    let declared = declared();
    assert!(declared.len() > 150, "{}", declared.len());
    let missing: Vec<_> = declared.difference(&said).collect();
    assert!(missing.is_empty(), "say each in tests/inward/messages/: {missing:?}");
}

#[test]
fn every_sentence_in_the_sources_is_among_them() {
    let said = literals::one_line(&all_sentences());
    let pieces = literals::pieces();
    assert!(pieces.len() > 500, "{}", pieces.len());
    let missing: Vec<_> = pieces.iter().filter(|(_, piece)| !said.contains(piece)).collect();
    assert!(missing.is_empty(), "say each in tests/inward/messages/: {missing:#?}");
}

#[test]
fn a_failure_ends_in_whole_sentences() {
    for (_, failures) in failures() {
        for failure in failures {
            let (fact, hint) = (failure.fact(), failure.hint());
            assert!(fact.ends_with(['.', '?', ')']) || fact.contains('\n'), "{failure:?}: {fact}");
            let whole = hint.is_empty() || hint.ends_with(['.', '?', '…']);
            assert!(whole || hint.contains("inward "), "{failure:?}: {hint}");
            let shouts = |text: &str| text.contains("! ") || text.ends_with('!');
            assert!(!shouts(&fact) && !shouts(&hint), "{failure:?}");
        }
    }
}

#[test]
fn what_the_system_said_can_be_asked_for() {
    let path = Path::new("/home/ada");
    let error: Error =
        inward::disk::DiskError::io("read", path)(std::io::ErrorKind::NotFound.into());
    assert!(std::error::Error::source(&error).is_some());
    assert!(error.is_not_found() && !error.is_taken());
}

//! What a person, a script or a syncer meets: the real binary in a home of its
//! own. One file per capability; each test's name is a sentence about it.

mod assessing;
mod browser;
mod completing;
mod connections;
mod doctor;
mod editing;
mod exporting;
mod floors;
mod formats;
#[path = "../generate/mod.rs"]
mod generate;
mod generated;
mod harness;
mod hygiene;
mod hygiene_children;
mod hygiene_hostile;
mod hygiene_terminal;
mod importing;
mod importing_jrnl;
mod journal_damage;
mod journal_files;
mod kept;
mod keys;
mod keys_recipients;
mod keys_secret;
mod kills;
mod no_terminal;
mod patterns;
mod reading;
mod reading_export;
mod readme;
mod real_keys;
mod real_programs;
mod reminding;
mod settings;
mod shell;
mod sync;
mod sync_repositories;
mod terminal;
mod terminal_editor;
mod terminal_first_run;
mod tour;
mod week;
mod writing;
mod writing_refused;

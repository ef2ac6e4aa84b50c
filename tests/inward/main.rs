//! What a person, a script or a syncer meets: the real binary in a home of its
//! own. One file per capability; each test's name is a sentence about it.

mod assessing;
mod connections;
mod editing;
mod floors;
mod generated;
mod harness;
mod hygiene;
mod hygiene_children;
mod hygiene_hostile;
mod hygiene_terminal;
mod journal_damage;
mod journal_files;
mod keys;
mod keys_recipients;
mod keys_secret;
mod kills;
mod no_terminal;
mod reading;
mod reading_export;
mod readme;
mod real_keys;
mod real_programs;
mod terminal;
mod terminal_editor;
mod terminal_first_run;
mod tour;
mod writing;
mod writing_refused;

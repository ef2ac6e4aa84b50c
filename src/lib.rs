//! **inward** is a private, guided journal for the command line.
//!
//! Two ways lead through it. Writing: a [`practice`] is a TOML file; [`prompt`]
//! puts its questions to a person or reads the answers from flags, JSON or a
//! pipe; the answers become an [`entry`]; the recipients of [`seal`] encrypt it
//! with age; and the [`journal`] keeps it, which takes nothing that is not
//! sealed. Reading: a [`query`] says which entries; the journal goes through its
//! months, takes what each says from its pack or opens its files with the identity
//! that [`keys`] unlocked; and [`render`] makes text of them. Each verb of the
//! command line is one file in [`command`], with its arguments; what verbs share is
//! in [`app`]; [`cli`] makes one
//! command line of them and of the practices. A module uses only the layers below
//! it; `tests/inward/layers.rs` tests this.

// What the world can influence fails with a sentence; tests may stop where they stand.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod app;
pub mod checks;
pub mod cli;
pub mod command;
pub mod config;
pub mod dates;
pub mod disk;
pub mod entry;
pub mod error;
pub mod home_place;
pub mod import;
pub mod journal;
pub mod keys;
pub mod pattern;
pub mod practice;
pub mod process;
pub mod prompt;
pub mod query;
pub mod redact;
pub mod render;
pub mod seal;
pub mod secret;
pub mod state;
pub mod sync;
pub(crate) mod threads;
pub mod unlock;
pub mod wiping;
pub(crate) mod words;

//! What a run prints, kept in memory: for whoever calls the program as a function.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// What went to standard output, and what to standard error.
#[derive(Clone, Default)]
pub struct Transcript {
    /// Data.
    pub output: TranscriptStream,
    /// Messages.
    pub messages: TranscriptStream,
    /// Is the output shown on a terminal later, so that it may have colours?
    pub is_shown: bool,
}

/// One of the two, shared by all who write to it.
#[derive(Clone, Default)]
pub struct TranscriptStream(Arc<Mutex<Vec<u8>>>);

impl TranscriptStream {
    /// Everything written so far.
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for TranscriptStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

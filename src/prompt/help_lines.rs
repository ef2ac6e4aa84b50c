//! Work that may take long: it says how far it is, and Ctrl-C ends it cleanly.

use std::sync::atomic::Ordering;

use super::{Bar, Terminal};

impl Terminal {
    /// Does some work that tells how much is done, of how much, and asks
    /// whether to go on.
    pub fn working<T>(
        &self,
        words: &str,
        work: impl FnOnce(&(dyn Fn(usize, usize) -> bool + Sync)) -> T,
    ) -> T {
        let bar = Bar::new(words);
        // Where signals cannot be watched, Ctrl-C ends it as it ends anything.
        let _ = self.watch_signals();
        self.shared.stopped.store(false, Ordering::SeqCst);
        self.shared.working.store(true, Ordering::SeqCst);
        let done = work(&|done, of| {
            bar.at(done, of);
            !self.shared.stopped.load(Ordering::SeqCst)
        });
        self.shared.working.store(false, Ordering::SeqCst);
        done
    }
}

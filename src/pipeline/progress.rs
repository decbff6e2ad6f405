//! The progress of a run: counts that its threads raise, and that another thread can show.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The number of filings of a run, and of those that are done.
#[derive(Debug, Default)]
pub struct Progress {
    filings: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    /// The number of filings; 0 until they are found.
    pub fn filings(&self) -> usize {
        self.filings.load(Ordering::Relaxed)
    }

    /// The number of filings that are done.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Starts again with this many filings.
    pub(super) fn begin(&self, filings: usize) {
        // The commands `serve` and `watch` run a plan many times with the same counts.
        self.done.store(0, Ordering::Relaxed);
        self.filings.store(filings, Ordering::Relaxed);
    }

    /// Counts one more filing as done.
    pub(super) fn filing(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

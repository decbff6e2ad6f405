//! How far a run is: counts that its threads raise, and that another thread may read and show.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The counts.
#[derive(Debug, Default)]
pub struct Progress {
    filings: AtomicUsize,
    done: AtomicUsize,
}

impl Progress {
    /// How many filings there are; none before they are found.
    pub fn filings(&self) -> usize {
        self.filings.load(Ordering::Relaxed)
    }

    /// How many of them are done.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// Begins anew with this many filings.
    pub(super) fn begin(&self, filings: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.filings.store(filings, Ordering::Relaxed);
    }

    /// One filing more is done.
    pub(super) fn filing(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

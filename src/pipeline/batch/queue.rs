//! The queue from which the threads of a run take its filings, several at a time.
//!
//! Several, so that a stage runs over them from the processor's caches; and fewer towards the end,
//! so that all threads finish at about the same time.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::pipeline::compile::BUNDLE;
use crate::pipeline::load::files::Entry;

/// The most filings that a thread takes at once.
const MOST: usize = 24;
/// The fewest filings that a thread takes at once, except for the last ones.
// To start typst costs as much as to compile two documents.
const FEWEST: usize = 4;

/// Filings that several threads take from.
#[derive(Debug)]
pub(crate) struct Queue<'a> {
    /// The filings in the order of taking, each with its number in the order of paths.
    entries: Vec<(usize, &'a Entry)>,
    threads: usize,
    next: AtomicUsize,
    closed: AtomicBool,
    stop: &'a AtomicBool,
}

impl<'a> Queue<'a> {
    /// Makes a queue in the order of paths, for this many threads; it ends early if `stop` is set.
    pub(crate) fn new(entries: &'a [Entry], threads: usize, stop: &'a AtomicBool) -> Queue<'a> {
        Queue {
            entries: entries.iter().enumerate().collect(),
            threads,
            next: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
            stop,
        }
    }

    /// Puts the largest filings first.
    pub(crate) fn largest_first(mut self) -> Queue<'a> {
        // A filing that takes long to typeset would otherwise keep one thread busy at the end.
        let size = |entry: &Entry| std::fs::metadata(&entry.path).map_or(0, |meta| meta.len());
        self.entries.sort_by_cached_key(|(_, entry)| std::cmp::Reverse(size(entry)));
        self
    }

    /// Returns the next filings, each with its number in the order of paths. The list is empty
    /// after the last filing. Returns `None` if the queue is closed or the run is stopped.
    pub(crate) fn take(&self) -> Option<&[(usize, &'a Entry)]> {
        let mut from = self.next.load(Ordering::Relaxed);
        loop {
            let to = from + self.share(from);
            match self.next.compare_exchange_weak(from, to, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return (!self.is_ended()).then(|| &self.entries[from..to]),
                Err(now) => from = now,
            }
        }
    }

    /// Ends the queue for all threads.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    fn is_ended(&self) -> bool {
        self.closed.load(Ordering::Relaxed) || self.stop.load(Ordering::Relaxed)
    }

    /// The number of pending documents that justifies a run of typst: a full run at first, fewer
    /// towards the end, 0 after the last filing.
    pub(crate) fn batch_threshold(&self) -> usize {
        // Many filings have letters, so that a share of filings has somewhat more documents.
        self.share(self.next.load(Ordering::Relaxed)) * BUNDLE / MOST
    }

    /// The number of filings that a thread takes next, if `from` are taken.
    fn share(&self, from: usize) -> usize {
        let left = self.entries.len() - from;
        // Half of a thread's fair part, so that others can take over if this part is slow.
        (left / (2 * self.threads)).clamp(FEWEST, MOST).min(left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filing_is_taken_once_and_the_last_ones_in_small_shares() {
        let entry = |n: usize| Entry {
            path: "".into(),
            shown: String::new(),
            name: String::new(),
            id: n.to_string(),
        };
        let entries: Vec<Entry> = (0..100).map(entry).collect();
        let stop = AtomicBool::new(false);
        let queue = Queue::new(&entries, 2, &stop);
        let mut taken = Vec::new();
        let mut shares = Vec::new();
        loop {
            let some = queue.take().unwrap();
            if some.is_empty() {
                break;
            }
            shares.push(some.len());
            taken.extend(some.iter().map(|(number, _)| *number));
        }
        assert_eq!(taken, (0..100).collect::<Vec<_>>());
        assert_eq!(shares[..3], [24, 19, 14]);
        assert_eq!(shares[shares.len() - 2..], [4, 3]);
        assert_eq!(queue.batch_threshold(), 0);
        queue.close();
        assert!(queue.take().is_none());
    }
}

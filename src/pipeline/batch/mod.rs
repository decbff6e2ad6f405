//! Distributes filings over threads, and collects rendered filings for runs of typst.

mod pending;
mod queue;

use std::sync::Mutex;

use rayon::ThreadPool;

pub(super) use pending::Pending;
pub(super) use queue::Queue;

/// Runs `work` on every thread of a pool, each with a list of results of its own. The first error
/// closes the queue, which stops the other threads; it is returned with the results so far.
pub(super) fn on_all_threads<T: Send>(
    pool: &ThreadPool,
    queue: &Queue<'_>,
    work: impl Fn(&mut Vec<T>) -> anyhow::Result<()> + Sync,
) -> (Vec<T>, Option<anyhow::Error>) {
    let first_error = Mutex::new(None);
    let on_thread = |_: rayon::BroadcastContext<'_>| {
        let mut results = Vec::new();
        if let Err(error) = work(&mut results) {
            queue.close();
            if let Ok(mut first_error) = first_error.lock() {
                first_error.get_or_insert(error);
            }
        }
        results
    };
    let results = pool.broadcast(on_thread).into_iter().flatten().collect();
    (results, first_error.into_inner().ok().flatten())
}

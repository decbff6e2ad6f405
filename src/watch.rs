//! Waits for a change of sources or templates. What is done then is the command's.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::Context as _;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How often a pending Ctrl-C is looked for.
const TICK: Duration = Duration::from_millis(200);
/// An editor saves in several steps; this long after the last one, it is done.
const SETTLED: Duration = Duration::from_millis(80);

/// Folders that are watched.
#[derive(Debug)]
pub struct Watch {
    changes: Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches folders and all that is in them.
    ///
    /// # Errors
    /// A folder cannot be watched.
    pub fn new<'a>(folders: impl IntoIterator<Item = &'a Path>) -> anyhow::Result<Watch> {
        let (sender, changes) = channel();
        let changed = move |event: notify::Result<notify::Event>| {
            // Reading a file is an event too, and this tool reads them all.
            if event.is_ok_and(|event| !matches!(event.kind, EventKind::Access(_))) {
                let _ = sender.send(()); // the receiver is gone when the run ends
            }
        };
        let mut watcher = notify::recommended_watcher(changed).context("cannot watch for changes")?;
        for folder in folders {
            let watched = watcher.watch(folder, RecursiveMode::Recursive);
            watched.with_context(|| format!("cannot watch {}", folder.display()))?;
        }
        Ok(Watch { changes, _watcher: watcher })
    }

    /// Waits until something changed and settled; false if `stop` was set first.
    pub fn wait(&self, stop: &AtomicBool) -> bool {
        loop {
            if stop.load(Ordering::Relaxed) {
                return false;
            }
            match self.changes.recv_timeout(TICK) {
                Ok(()) => break,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        while self.changes.recv_timeout(SETTLED).is_ok() {}
        true
    }
}

//! Waits for a change of sources, templates or settings and reports its kind. An event only wakes the watch;
//! the change itself is found by comparing the files, so that it does not matter in how many steps,
//! and through which other names, an editor saves.

mod change;
mod settings;
mod snapshot;

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use notify::{ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use settings::Settings;
use snapshot::Snapshot;

pub use change::Change;

/// The interval of checks for Ctrl-C and for folders that went or came back.
const TICK: Duration = Duration::from_millis(200);
/// The pause after the last event before files are compared.
// An editor saves in several steps.
const SETTLED: Duration = Duration::from_millis(100);
/// The longest wait for such a pause.
const LONGEST: Duration = Duration::from_secs(2);

/// A watched folder.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    /// Its device and inode, which another folder of its name does not share; `None` while it does
    /// not exist.
    identity: Option<(u64, u64)>,
}

/// The sources, templates and settings, watched.
#[derive(Debug)]
pub struct Watch {
    filings: PathBuf,
    templates: Option<PathBuf>,
    roots: Vec<Root>,
    /// The files at the last comparison; `None` if they could not be listed.
    seen: Option<Snapshot>,
    settings: Settings,
    /// Whether to compare once more at the next tick.
    // The system reports a new folder before it watches it, so files in it may send no event.
    again: bool,
    wakes: Receiver<notify::Result<()>>,
    watcher: RecommendedWatcher,
}

impl Watch {
    /// Watches the filings, the templates if there is a folder of them, and the files of the
    /// settings, which need not exist.
    ///
    /// # Errors
    /// A folder is not there or cannot be watched.
    pub fn new(
        filings: &Path,
        templates: Option<&Path>,
        settings: Vec<PathBuf>,
    ) -> anyhow::Result<Watch> {
        let (sender, wakes) = channel();
        let woken = move |event: notify::Result<notify::Event>| {
            // Reading a file is an event too, and this tool reads them all.
            let said = match event {
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                other => other.map(drop),
            };
            let _ = sender.send(said); // the receiver is gone when the run ends
        };
        let mut watcher = notify::recommended_watcher(woken).context("cannot watch for changes")?;
        let mut roots = Vec::new();
        for path in [filings].into_iter().chain(templates) {
            let identity = identity(path);
            if identity.is_none() {
                bail!("there is no directory `{}` to watch", path.display());
            }
            let watched = watcher.watch(path, RecursiveMode::Recursive);
            watched.with_context(|| format!("cannot watch {}", path.display()))?;
            roots.push(Root { path: path.to_owned(), identity });
        }
        let seen = Snapshot::of(filings, templates).ok();
        let (filings, templates) = (filings.to_owned(), templates.map(Path::to_owned));
        let settings = Settings::of(settings);
        Ok(Watch { filings, templates, roots, seen, settings, again: false, wakes, watcher })
    }

    /// Watches other files of the settings.
    pub fn set_settings(&mut self, files: Vec<PathBuf>) {
        self.settings = Settings::of(files);
    }

    /// Waits until something changed and settled, or `stop` is set.
    ///
    /// # Errors
    /// The system cannot watch any more folders.
    pub fn wait(&mut self, stop: &AtomicBool) -> anyhow::Result<Change> {
        loop {
            if stop.load(Ordering::Relaxed) {
                return Ok(Change::Stopped);
            }
            let woken = self.woken()?;
            if let Some(change) = self.follow()? {
                return Ok(change);
            }
            if self.settings.changed() {
                return Ok(Change::Settings);
            }
            let all_there = self.roots.iter().all(|root| root.identity.is_some());
            let due = woken || self.again || self.seen.is_none();
            if all_there && due {
                self.again = woken;
                if let Some(change) = self.look() {
                    return Ok(change);
                }
            }
        }
    }

    /// Waits for events, but no longer than a tick; then until they pause.
    fn woken(&self) -> anyhow::Result<bool> {
        let start = Instant::now();
        let mut woken = false;
        loop {
            match self.wakes.recv_timeout(if woken { SETTLED } else { TICK }) {
                Ok(Err(error)) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                    return Err(error).context("cannot watch a new folder");
                }
                Ok(_) => woken = true,
                Err(RecvTimeoutError::Timeout) => return Ok(woken),
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("the system no longer reports changes")
                }
            }
            if start.elapsed() > LONGEST {
                return Ok(true);
            }
        }
    }

    /// Notices folders that went, came back or were replaced: the system watches a folder, not its
    /// name.
    fn follow(&mut self) -> anyhow::Result<Option<Change>> {
        let mut back = false;
        for root in &mut self.roots {
            let now = identity(&root.path);
            if now == root.identity {
                continue;
            }
            let _ = self.watcher.unwatch(&root.path); // the system may have forgotten it by itself
            root.identity = None;
            self.seen = None;
            if now.is_none() {
                return Ok(Some(Change::Gone(root.path.clone())));
            }
            match self.watcher.watch(&root.path, RecursiveMode::Recursive) {
                Ok(()) => root.identity = now,
                // Gone again; the next tick notices.
                Err(_) if identity(&root.path) != now => continue,
                Err(error) => {
                    return Err(error)
                        .with_context(|| format!("cannot watch {} again", root.path.display()));
                }
            }
            back = true;
        }
        if back {
            self.seen = Snapshot::of(&self.filings, self.templates.as_deref()).ok();
        }
        Ok(back.then_some(Change::Everything))
    }

    /// Compares the files with those of the last comparison.
    fn look(&mut self) -> Option<Change> {
        // A folder that cannot be walked is changing meanwhile; the next tick tries again.
        let now = Snapshot::of(&self.filings, self.templates.as_deref()).ok()?;
        let change = match &self.seen {
            Some(seen) => now.change_since(seen),
            None => Some(Change::Everything),
        };
        self.seen = Some(now);
        change
    }
}

/// The device and inode of a folder, or `None` if there is no such folder.
fn identity(path: &Path) -> Option<(u64, u64)> {
    fs::metadata(path).ok().filter(fs::Metadata::is_dir).map(|meta| (meta.dev(), meta.ino()))
}

//! Notices changes of the few files that settings are read from: the project file and the file of
//! closed days.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;

/// The length, inode and time of the last change of a file, or `None` if it does not exist.
type Stamp = Option<(u64, u64, i64, i64)>;

/// The files of the settings. They are compared at each tick of the watch: the system would watch
/// their whole folders, which may be those of the outputs.
#[derive(Debug)]
pub(super) struct Settings {
    files: Vec<PathBuf>,
    /// The stamps that were last reported.
    reported: Vec<Stamp>,
    /// The stamps at the last tick.
    latest: Vec<Stamp>,
}

impl Settings {
    /// Looks at files, which need not exist.
    pub(super) fn of(files: Vec<PathBuf>) -> Settings {
        let reported = stamps(&files);
        Settings { latest: reported.clone(), reported, files }
    }

    /// Whether a file differs since the last report. A change is reported at the second tick, since
    /// an editor saves in several steps.
    pub(super) fn changed(&mut self) -> bool {
        let now = stamps(&self.files);
        let settled = now == self.latest;
        self.latest = now;
        let changed = settled && self.latest != self.reported;
        if changed {
            self.reported.clone_from(&self.latest);
        }
        changed
    }
}

fn stamps(files: &[PathBuf]) -> Vec<Stamp> {
    let stamp = |meta: fs::Metadata| (meta.len(), meta.ino(), meta.ctime(), meta.ctime_nsec());
    files.iter().map(|file| fs::metadata(file).ok().map(stamp)).collect()
}

//! Remembers the SHA-256 of outputs with their sizes and times, as git's index does, so that a build
//! does not read outputs that did not change.
//!
//! The record is in the lock file of the outputs. A record that is damaged or missing costs time
//! only: a build then reads the outputs.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// The size, times and inode of a file. The times are in nanoseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    size: u64,
    modified: i64,
    /// When the system last changed the file or its metadata; no program can set it.
    changed: i64,
    inode: u64,
}

impl Stamp {
    /// Returns the stamp of a file.
    pub(super) fn of(meta: &Metadata) -> Stamp {
        let time = |seconds: i64, nanoseconds: i64| {
            seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds)
        };
        Stamp {
            size: meta.size(),
            modified: time(meta.mtime(), meta.mtime_nsec()),
            changed: time(meta.ctime(), meta.ctime_nsec()),
            inode: meta.ino(),
        }
    }
}

/// The outputs by path, each with its stamp and its SHA-256.
type Record = BTreeMap<String, (Stamp, String)>;

/// The outputs that earlier builds and this one have seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The record of earlier builds.
    known: Record,
    /// The time of that record, in nanoseconds.
    recorded: i64,
    /// The outputs that this build has hashed or written.
    new: Mutex<Record>,
}

impl Seen {
    /// Reads the record of earlier builds from the bytes of a file and its metadata.
    pub(super) fn read(bytes: &[u8], meta: &Metadata) -> Seen {
        let known = serde_json::from_slice(bytes).unwrap_or_default();
        Seen { known, recorded: Stamp::of(meta).modified, new: Mutex::default() }
    }

    /// Returns the SHA-256 of an output that has not changed since it was recorded.
    pub(super) fn sha256(&self, path: &str, stamp: Stamp) -> Option<&str> {
        let (known, sha256) = self.known.get(path)?;
        // A file that changed as late as the record may have changed after it, at the same time by
        // the clock of the file system.
        (*known == stamp && stamp.changed < self.recorded).then_some(sha256)
    }

    /// Records the SHA-256 of an output.
    pub(super) fn record(&self, path: String, stamp: Stamp, sha256: String) {
        let mut new = self.new.lock().unwrap_or_else(PoisonError::into_inner);
        new.insert(path, (stamp, sha256));
    }

    /// Returns the bytes of the new record, or `None` if nothing is new. It keeps the outputs of
    /// earlier builds for which `is_output` is true.
    pub(super) fn bytes(self, is_output: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
        let new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        if new.is_empty() {
            return None;
        }
        let mut all = self.known;
        // An old record that is not believed now would be believed with the time of the new one.
        all.retain(|path, (stamp, _)| stamp.changed < self.recorded && is_output(path));
        all.extend(new);
        serde_json::to_vec(&all).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_counts_for_files_that_did_not_change_since() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let meta = file.as_file().metadata().unwrap();
        let stamp = |changed| Stamp { changed, ..Stamp::of(&meta) };
        let recorded = Stamp::of(&meta).modified;
        let first = Seen::default();
        first.record("a/form12b25.txt".to_owned(), stamp(recorded - 1), "beef".to_owned());
        first.record("a/form12b25.htm".to_owned(), stamp(recorded), "cafe".to_owned());
        let bytes = first.bytes(|_| true).unwrap();
        let next = Seen::read(&bytes, &meta);
        assert_eq!(next.sha256("a/form12b25.txt", stamp(recorded - 1)), Some("beef"));
        assert_eq!(next.sha256("a/form12b25.txt", stamp(recorded - 2)), None, "another time");
        assert_eq!(next.sha256("a/form12b25.htm", stamp(recorded)), None, "as late as the record");
        assert_eq!(next.sha256("b/form12b25.txt", stamp(recorded - 1)), None, "another file");
        assert_eq!(Seen::read(&bytes, &meta).bytes(|_| true), None, "nothing is new");
        next.record("b/form12b25.txt".to_owned(), stamp(recorded - 1), "f00d".to_owned());
        let text = String::from_utf8(next.bytes(|_| true).unwrap()).unwrap();
        assert!(text.contains("a/form12b25.txt") && text.contains("b/form12b25.txt"), "{text}");
        assert!(!text.contains("a/form12b25.htm"), "not believed, and so not kept: {text}");
        let half = Seen::read(&bytes[..bytes.len() / 2], &meta);
        assert_eq!(half.sha256("a/form12b25.txt", stamp(recorded - 1)), None, "half a record");
    }
}

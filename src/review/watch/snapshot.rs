//! Records the files that a build depends on at one moment: their names, lengths and times, without
//! opening any.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use walkdir::{DirEntry, WalkDir};

use super::change::Change;
use crate::diagnostics::finding::Located;
use crate::pipeline::load::{self, files::Entry};

/// The length of a file and the time of its last change of any kind.
// The change time, since a file renamed over another may keep an old modification time.
type Stamp = Option<(u64, i64, i64)>;

/// The sources and templates at one moment.
#[derive(Debug, PartialEq)]
pub(super) struct Snapshot {
    /// By path.
    filings: Vec<(Entry, Stamp)>,
    /// Shared files and templates.
    shared: BTreeMap<PathBuf, Stamp>,
    /// Findings about files that are not read because of their names.
    odd: Vec<Located>,
}

impl Snapshot {
    /// Looks at all names.
    ///
    /// # Errors
    /// A folder is not there or cannot be read, or is changing meanwhile.
    pub(super) fn of(filings: &Path, templates: Option<&Path>) -> anyhow::Result<Snapshot> {
        let found = load::find(filings, &[])?;
        let filings =
            found.filings.iter().map(|entry| (entry.clone(), stamp(&entry.path))).collect();
        let mut shared: BTreeMap<PathBuf, Stamp> =
            found.all_shared().map(|entry| (entry.path.clone(), stamp(&entry.path))).collect();
        for entry in templates
            .into_iter()
            .flat_map(|folder| WalkDir::new(folder).into_iter().filter_entry(is_template))
        {
            let path = entry.context("cannot read the templates")?.into_path();
            if path.is_file() {
                shared.insert(path.clone(), stamp(&path));
            }
        }
        Ok(Snapshot { filings, shared, odd: found.findings })
    }

    /// The change since an earlier moment, or `None` if there is none.
    pub(super) fn change_since(&self, earlier: &Snapshot) -> Option<Change> {
        if self == earlier {
            return None;
        }
        let names = |snapshot: &Snapshot| {
            snapshot.filings.iter().map(|(entry, _)| entry.clone()).collect::<Vec<_>>()
        };
        if self.shared != earlier.shared || self.odd != earlier.odd || names(self) != names(earlier)
        {
            return Some(Change::Everything);
        }
        let pairs = self.filings.iter().zip(&earlier.filings);
        Some(Change::Filings(
            pairs.filter(|(now, then)| now != then).map(|(now, _)| now.0.clone()).collect(),
        ))
    }
}

/// Whether an entry of the templates' folder is not an editor's temporary file.
// Those begin with `.` or `#`, end in `~`, or are `4913`, with which vim tests whether it may
// write.
fn is_template(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.depth() == 0 || !(name.starts_with(['.', '#']) || name.ends_with('~') || name == "4913")
}

fn stamp(path: &Path) -> Stamp {
    fs::symlink_metadata(path)
        .ok()
        .map(|meta: Metadata| (meta.len(), meta.ctime(), meta.ctime_nsec()))
}

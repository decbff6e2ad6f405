//! The files that filings share, registrants and letterheads, each by its id.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use super::files::{Entry, Files, SharedKind};
use super::read::{of_bytes, read_capped};
use super::schema_check::{self, SchemaCheck};
use crate::diagnostics::finding::{Finding, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources, YamlPath};
use crate::form12b25::model::{Letterhead, RegistrantKeys, Text};

/// The findings in shared files, each with its sources.
type Faults = Vec<(Sources, Vec<Finding>)>;

/// The shared files of all kinds.
#[derive(Debug, Default)]
pub struct SharedFiles {
    pub(super) registrants: ById<RegistrantKeys>,
    pub(super) letterheads: ById<Letterhead>,
}

impl SharedFiles {
    /// Loads all shared files. Also returns the findings in each, with its sources.
    pub fn load(files: &Files) -> (SharedFiles, Faults) {
        SharedFiles::of(files, |entry| read_capped(&entry.path))
    }

    /// Loads all shared files from bytes in memory instead of those of the files.
    pub fn load_bytes(
        files: &Files,
        bytes: impl Fn(&Entry) -> Vec<u8> + Sync,
    ) -> (SharedFiles, Faults) {
        SharedFiles::of(files, |entry| Ok(bytes(entry)))
    }

    fn of(
        files: &Files,
        bytes: impl Fn(&Entry) -> io::Result<Vec<u8>> + Sync,
    ) -> (SharedFiles, Faults) {
        let mut faults = Vec::new();
        let registrants = files.shared(SharedKind::Registrant);
        let registrants = by_id(registrants, &bytes, &schema_check::REGISTRANT, &mut faults);
        let letterheads = files.shared(SharedKind::Letterhead);
        let letterheads = by_id(letterheads, &bytes, &schema_check::LETTERHEAD, &mut faults);
        (SharedFiles { registrants, letterheads }, faults)
    }

    /// Returns the keys of a registrant, or `None` if there is none or its file has errors.
    pub fn registrant(&self, id: &str) -> Option<&RegistrantKeys> {
        self.registrants.0.get(id)?.value.as_ref()
    }
}

/// The shared files of a kind, by id.
#[derive(Debug)]
pub(super) struct ById<T>(BTreeMap<String, SharedFile<T>>);

// Derived, it would ask for a default of `T`.
impl<T> Default for ById<T> {
    fn default() -> ById<T> {
        ById(BTreeMap::new())
    }
}

#[derive(Debug)]
struct SharedFile<T> {
    source: Arc<Source>,
    /// `None` if the file has errors.
    value: Option<T>,
}

/// Reads the shared files of a kind, and adds the findings in them.
fn by_id<T: DeserializeOwned + Send>(
    entries: &[Entry],
    bytes: &(impl Fn(&Entry) -> io::Result<Vec<u8>> + Sync),
    schema: &SchemaCheck,
    faults: &mut Faults,
) -> ById<T> {
    let read = |entry| (entry, of_bytes::<T>(entry, bytes(entry), schema));
    let read: Vec<(&Entry, _)> = entries.par_iter().map(read).collect();
    let mut all = BTreeMap::new();
    for (entry, (source, (value, findings))) in read {
        let source = Arc::new(source);
        if !findings.is_empty() {
            faults.push((Sources { main: source.clone(), shared: Vec::new() }, findings));
        }
        all.insert(entry.id.clone(), SharedFile { source, value });
    }
    ById(all)
}

impl<T> ById<T> {
    /// Returns the value and the source of a shared file, which the filing names at a path.
    ///
    /// # Errors
    /// The finding that there is no such file, or that it has errors.
    pub(super) fn find(
        &self,
        kind: SharedKind,
        id: &Text,
        path: &YamlPath,
    ) -> Result<(&T, &Arc<Source>), Finding> {
        let (id, noun) = (id.as_str(), kind.noun());
        let (unknown, broken) = match kind {
            SharedKind::Registrant => (&rule::REGISTRANT_UNKNOWN, &rule::REGISTRANT_BROKEN),
            SharedKind::Letterhead => (&rule::LETTERHEAD_UNKNOWN, &rule::LETTERHEAD_BROKEN),
        };
        if let Some(file) = self.0.get(id) {
            let has_errors = || {
                broken
                    .at(path.clone(), format!("the shared {noun} `{id}` has errors"))
                    .hint(format!("see {}", file.source.path))
            };
            return file.value.as_ref().map(|value| (value, &file.source)).ok_or_else(has_errors);
        }
        let finding = unknown.at(path.clone(), format!("there is no shared {noun} `{id}`"));
        Err(finding.hint(self.advice(kind, id)))
    }

    /// Returns advice about an id that no file has.
    fn advice(&self, kind: SharedKind, id: &str) -> String {
        match did_you_mean(id, self.0.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it would be the file `{}/{id}.yaml` in the filings", kind.folder()),
        }
    }

    /// Returns the value of any file without errors.
    pub(super) fn any(&self) -> Option<&T> {
        self.0.values().find_map(|file| file.value.as_ref())
    }
}

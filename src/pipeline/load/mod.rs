//! Loads `filings/**/*.yaml` into filings, each with its sources.
//!
//! A file that cannot be read as a filing yields all of its findings and no filing, and does not
//! affect other files.

mod characters;
mod comments;
pub mod files;
mod find;
mod formats;
mod misplaced;
mod parsed;
mod parts;
mod raw;
mod read;
mod schema_check;
mod schema_messages;
mod slips;
mod spellings;
mod syntax;
mod tree;

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use crate::diagnostics::finding::{Finding, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Source, Sources, YamlPath};
use crate::form12b25::model::{Filing, RegistrantEntry, RegistrantKeys, Text};
use files::{Entry, Files};
use read::{Read, deserialize_checked, parse, read, read_capped};

pub(crate) use characters::in_file;
pub use find::find;
pub(crate) use formats::pattern;
pub use raw::MOST_BYTES;
pub(crate) use tree::parse as parse_tree;

/// The result of loading a file.
#[derive(Debug)]
pub struct Loaded {
    /// The id of the filing.
    pub id: String,
    /// The text of the file, and those of the shared registrants that it uses.
    pub sources: Sources,
    /// The filing, or `None` if the file has errors.
    pub filing: Option<Filing>,
    /// The findings in the file.
    pub findings: Vec<Finding>,
}

/// A shared registrant.
#[derive(Debug)]
struct Shared {
    source: Arc<Source>,
    /// `None` if its file has errors.
    keys: Option<RegistrantKeys>,
}

/// The shared registrants, by id.
#[derive(Debug, Default)]
pub struct Registrants(BTreeMap<String, Shared>);

impl Registrants {
    /// Loads all shared registrants. Also returns the findings in each, with its sources.
    pub fn load(files: &Files) -> (Registrants, Vec<(Sources, Vec<Finding>)>) {
        let read = |entry| (entry, read::<RegistrantKeys>(entry, &schema_check::REGISTRANT));
        Registrants::of(files.registrants.par_iter().map(read).collect())
    }

    /// Loads all shared registrants from bytes in memory instead of those of the files.
    pub fn load_bytes(
        files: &Files,
        bytes: impl Fn(&Entry) -> Vec<u8> + Sync,
    ) -> (Registrants, Vec<(Sources, Vec<Finding>)>) {
        let read = |entry| {
            (entry, parse::<RegistrantKeys>(entry, bytes(entry), &schema_check::REGISTRANT))
        };
        Registrants::of(files.registrants.par_iter().map(read).collect())
    }

    fn of(
        read: Vec<(&Entry, Read<RegistrantKeys>)>,
    ) -> (Registrants, Vec<(Sources, Vec<Finding>)>) {
        let mut all = BTreeMap::new();
        let mut faults = Vec::new();
        for (entry, (source, (keys, findings))) in read {
            let source = Arc::new(source);
            if !findings.is_empty() {
                faults.push((Sources { main: source.clone(), shared: Vec::new() }, findings));
            }
            all.insert(entry.id.clone(), Shared { source, keys });
        }
        (Registrants(all), faults)
    }

    /// Returns the keys of a registrant, or `None` if there is none or its file has errors.
    pub fn keys(&self, id: &str) -> Option<&RegistrantKeys> {
        self.0.get(id)?.keys.as_ref()
    }

    fn find(&self, id: &Text, path: &YamlPath) -> Result<&Shared, Finding> {
        let id = id.as_str();
        if let Some(shared) = self.0.get(id) {
            return match shared.keys {
                Some(_) => Ok(shared),
                None => Err(rule::REGISTRANT_BROKEN
                    .at(path.clone(), format!("the shared registrant `{id}` has errors"))
                    .hint(format!("see {}", shared.source.path))),
            };
        }
        let finding = rule::REGISTRANT_UNKNOWN
            .at(path.clone(), format!("there is no shared registrant `{id}`"));
        Err(match did_you_mean(id, self.0.keys().map(String::as_str)) {
            Some(near) => finding.hint(format!("did you mean `{near}`?")),
            None => {
                finding.hint(format!("it would be the file `registrants/{id}.yaml` in the filings"))
            }
        })
    }
}

/// Builds the schema in advance, which takes as long as loading some hundred filings.
pub fn prepare() {
    LazyLock::force(&schema_check::FILING);
}

/// Loads one filing.
pub fn load(entry: &Entry, registrants: &Registrants) -> Loaded {
    resolve_registrants(entry, read(entry, &schema_check::FILING), registrants)
}

/// Loads one filing from bytes in memory instead of those of its file.
pub fn load_bytes(entry: &Entry, bytes: Vec<u8>, registrants: &Registrants) -> Loaded {
    resolve_registrants(entry, parse(entry, bytes, &schema_check::FILING), registrants)
}

/// Reads one filing as its file writes it: shared registrants are only named. The filing is `None` if
/// the file has errors.
pub fn as_written(entry: &Entry) -> (Source, Option<Filing<RegistrantEntry>>) {
    let (source, (filing, _)) = read(entry, &schema_check::FILING);
    (source, filing)
}

/// Puts the shared registrants into a filing.
fn resolve_registrants(
    entry: &Entry,
    read: Read<Filing<RegistrantEntry>>,
    registrants: &Registrants,
) -> Loaded {
    let (source, (raw, mut findings)) = read;
    let mut sources = Sources::single(source);
    let filing = raw.and_then(|raw| resolve(raw, registrants, &mut sources, &mut findings));
    Loaded { id: entry.id.clone(), sources, filing, findings }
}

fn resolve(
    raw: Filing<RegistrantEntry>,
    registrants: &Registrants,
    sources: &mut Sources,
    findings: &mut Vec<Finding>,
) -> Option<Filing> {
    let mut paths = std::iter::once(YamlPath::parse("registrant"))
        .chain((0..).map(|i| YamlPath::parse("co_registrants").index(i)));
    let mut broken = false;
    let filing = raw.resolve(|entry| {
        let path = paths.next()?;
        let Some(id) = entry.shared() else { return entry.resolve(None) };
        match registrants.find(id, &path) {
            Ok(shared) => {
                sources.shared.push((path, shared.source.clone()));
                entry.resolve(shared.keys.as_ref())
            }
            Err(finding) => {
                findings.push(finding);
                broken = true;
                // Go on, so that the other registrants' faults come in the same run.
                registrants
                    .0
                    .values()
                    .find_map(|s| s.keys.clone())
                    .and_then(RegistrantKeys::complete)
            }
        }
    });
    filing.filter(|_| !broken)
}

/// Reads the bytes of a filing's file, at most one more than a filing may have.
///
/// # Errors
/// The file cannot be read.
pub fn bytes(entry: &Entry) -> io::Result<Vec<u8>> {
    read_capped(&entry.path)
}

/// Returns the JSON Schema of a filing, without references.
pub fn schema() -> &'static serde_json::Value {
    schema_check::FILING.schema()
}

/// Returns the JSON Schema of a shared registrant, without references.
pub fn registrant_schema() -> &'static serde_json::Value {
    schema_check::REGISTRANT.schema()
}

/// Reads a filing that is built into the tool, such as a specimen.
///
/// # Errors
/// The text is not a filing; the error is the message of the first finding.
pub fn built_in(text: &str) -> Result<Filing, String> {
    let mut source = Source { text: text.to_owned(), ..Source::named("") };
    let (raw, findings) =
        deserialize_checked::<Filing<RegistrantEntry>>(&mut source, &schema_check::FILING);
    raw.and_then(|raw| raw.resolve(|entry| entry.resolve(None))).ok_or_else(|| {
        findings.first().map_or_else(|| "a shared registrant".to_owned(), |f| f.message.clone())
    })
}

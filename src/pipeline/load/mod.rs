//! `filings/**/*.yaml` to sources and filings. A file that cannot be read as a filing yields
//! findings, all that it has, and no filing; the other files do not notice.

mod characters;
mod comments;
pub mod files;
mod formats;
mod gate;
mod parsed;
mod raw;
mod sentences;
mod tree;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::diagnostics::finding::{Finding, Spot, did_you_mean};
use crate::diagnostics::rule;
use crate::diagnostics::source::{Position, Source, Sources, YamlPath};
use crate::form12b25::model::{Filing, RegistrantEntry, RegistrantKeys, Text};
use files::{Entry, Files};
use gate::Gate;
use parsed::Parsed;

pub(crate) use formats::pattern;
pub use raw::MOST_BYTES;

/// A filing's file after loading.
#[derive(Debug)]
pub struct Loaded {
    /// Its id.
    pub id: String,
    /// Its text, and the shared files it takes registrants from.
    pub sources: Sources,
    /// The filing, if the file is one.
    pub filing: Option<Filing>,
    /// What is wrong with the file.
    pub findings: Vec<Finding>,
}

/// A shared registrant.
#[derive(Debug)]
struct Shared {
    source: Arc<Source>,
    keys: Option<RegistrantKeys>,
}

/// The shared registrants, by id.
#[derive(Debug, Default)]
pub struct Registrants(BTreeMap<String, Shared>);

impl Registrants {
    /// Loads them all; what is wrong with them comes with each one's sources.
    pub fn load(files: &Files) -> (Registrants, Vec<(Sources, Vec<Finding>)>) {
        let read = |entry| (entry, read::<RegistrantKeys>(entry, &gate::REGISTRANT));
        Registrants::of(files.registrants.par_iter().map(read).collect())
    }

    /// The same, from bytes at hand instead of those of the files.
    pub fn load_bytes(
        files: &Files,
        bytes: impl Fn(&Entry) -> Vec<u8> + Sync,
    ) -> (Registrants, Vec<(Sources, Vec<Finding>)>) {
        let read =
            |entry| (entry, understand::<RegistrantKeys>(entry, bytes(entry), &gate::REGISTRANT));
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

/// Makes ready what loading needs, which takes as long as some hundred filings; whoever needs it
/// first would do so too.
pub fn prepare() {
    LazyLock::force(&gate::FILING);
}

/// Loads one filing.
pub fn load(entry: &Entry, registrants: &Registrants) -> Loaded {
    complete(entry, read(entry, &gate::FILING), registrants)
}

/// Loads one filing from bytes at hand instead of those of its file.
pub fn load_bytes(entry: &Entry, bytes: Vec<u8>, registrants: &Registrants) -> Loaded {
    complete(entry, understand(entry, bytes, &gate::FILING), registrants)
}

/// A source, the value that it holds if it holds one, and all that is wrong with it.
type Read<T> = (Source, (Option<T>, Vec<Finding>));

/// A filing with its registrants.
fn complete(
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

/// Reads a file into a value of the model.
fn read<T: DeserializeOwned>(entry: &Entry, gate: &Gate) -> Read<T> {
    match head(&entry.path) {
        Ok(bytes) => understand(entry, bytes, gate),
        Err(error) => {
            let finding = rule::UNREADABLE
                .at(Spot::File, format!("the file cannot be opened: {}", error.kind()));
            (source(entry), (None, vec![finding]))
        }
    }
}

/// Turns a file's bytes into a value of the model.
fn understand<T: DeserializeOwned>(entry: &Entry, bytes: Vec<u8>, gate: &Gate) -> Read<T> {
    let mut source = source(entry);
    let result = match raw::text_of(bytes) {
        Ok((text, marked)) => {
            (source.text, source.marked) = (text, marked);
            judge(&mut source, gate)
        }
        Err(finding) => (None, vec![finding]),
    };
    (source, result)
}

fn source(entry: &Entry) -> Source {
    Source { name: entry.name.clone(), ..Source::named(entry.shown.clone()) }
}

/// The bytes of a filing's file, but not more of them than show that it is too large.
///
/// # Errors
/// The file cannot be read.
pub fn bytes(entry: &Entry) -> io::Result<Vec<u8>> {
    head(&entry.path)
}

/// The bytes of a file, but not more of them than show that it is too large.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let most = raw::MOST_BYTES as u64 + 1;
    let expected = file.metadata().map_or(0, |metadata| metadata.len().min(most));
    // Room for all of it and a byte more, so that the end is seen without growing.
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or(0) + 1);
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A source's text as a value of the model: YAML first, then all that the schema says, then the
/// value types.
fn judge<T: DeserializeOwned>(source: &mut Source, gate: &Gate) -> (Option<T>, Vec<Finding>) {
    let text = source.text.as_str();
    let mut parsed = match tree::parse(text) {
        Ok(parsed) => parsed,
        Err(finding) => return (None, vec![finding]),
    };
    source.known = std::mem::take(&mut parsed.places);
    let comments = comments::judge(text, &parsed.tree);
    let nulls = tree::take_nulls(&mut parsed.tree);
    let mut findings = gate.judge(&parsed.tree, &nulls);
    findings.extend(characters::judge(&parsed.tree));
    let broken = !findings.is_empty();
    findings.extend(comments);
    if broken {
        return (None, findings);
    }
    match model(text, parsed) {
        Ok(value) => (Some(value), findings),
        Err(error) => {
            findings.push(disagreement(&error));
            (None, findings)
        }
    }
}

/// A document as a value of the model, from the tree where that loses nothing. A tree has lost how
/// a number or a boolean was written, so the model refuses one where it takes a text; then numbers
/// are looked up in the source. For all else, and for the place of an error, the YAML is read once
/// more.
fn model<T: DeserializeOwned>(text: &str, parsed: Parsed) -> serde_yaml::Result<T> {
    if parsed.verbatim {
        if let Ok(value) = T::deserialize(&parsed.tree) {
            return Ok(value);
        }
        let tree =
            if parsed.numbers.is_empty() { None } else { parsed.with_numbers_as_written(text) };
        if let Some(value) = tree.and_then(|tree| T::deserialize(tree).ok()) {
            return Ok(value);
        }
    }
    serde_yaml::from_str(text)
}

/// What the value types refuse though the schema let it pass.
fn disagreement(error: &serde_yaml::Error) -> Finding {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    let message = message.split_once(": ").map_or(message, |(_, rest)| rest);
    let place = error
        .location()
        .map_or(Position::START, |l| Position { line: l.line(), column: l.column() });
    rule::VALUE.at(place, message)
}

/// The JSON Schema of a filing, without references: what the gate judges by.
pub fn schema() -> &'static serde_json::Value {
    gate::FILING.schema()
}

/// Reads a filing that is built into the tool: a specimen.
///
/// # Errors
/// The first finding's message, if it is not a filing.
pub fn built_in(text: &str) -> Result<Filing, String> {
    let mut source = Source { text: text.to_owned(), ..Source::named("") };
    let (raw, findings) = judge::<Filing<RegistrantEntry>>(&mut source, &gate::FILING);
    raw.and_then(|raw| raw.resolve(|entry| entry.resolve(None))).ok_or_else(|| {
        findings.first().map_or_else(|| "a shared registrant".to_owned(), |f| f.message.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noted_places_are_where_a_search_finds_them() {
        for text in [
            "a: “x”\nb: [ü, {c: é}]\n",
            "x: &x é\ny: [*x, {z: *x}]\n",
            include_str!("../../../filings/copperline-logistics-2025-10-kt.yaml"),
        ] {
            let mut source = Source { text: text.to_owned(), ..Source::named("t.yaml") };
            judge::<Filing<RegistrantEntry>>(&mut source, &gate::FILING);
            let known = std::mem::take(&mut source.known);
            assert!(known.len() > 2, "{known:?}");
            for (path, position) in known {
                assert_eq!(source.locate(&path), (position, true), "{path}");
            }
        }
    }
}

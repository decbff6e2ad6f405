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
mod outline;
mod parsed;
mod parts;
mod raw;
mod read;
mod schema_check;
mod schema_messages;
mod shared;
mod slips;
mod spellings;
mod syntax;
mod tree;

use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;

use crate::diagnostics::finding::Finding;
use crate::diagnostics::source::{Source, Sources, YamlPath};
use crate::form12b25::model::{
    Filing, FilingAsWritten, Letterhead, LetterheadEntry, Lines, Registrant, RegistrantEntry,
    RegistrantKeys,
};
use files::{Entry, SharedKind};
use read::{Read, deserialize_checked, parse, read, read_capped};

pub(crate) use characters::in_file;
pub use find::find;
pub(crate) use formats::pattern;
pub use raw::MOST_BYTES;
pub use shared::SharedFiles;
pub(crate) use tree::parse as parse_tree;

/// The result of loading a file.
#[derive(Debug)]
pub struct Loaded {
    /// The id of the filing.
    pub id: String,
    /// The text of the file, and those of the shared files that it uses.
    pub sources: Sources,
    /// The filing, or `None` if the file has errors.
    pub filing: Option<Filing>,
    /// The findings in the file.
    pub findings: Vec<Finding>,
}

/// Builds the schema in advance, which takes as long as loading some hundred filings.
pub fn prepare() {
    LazyLock::force(&schema_check::FILING);
}

/// Loads one filing.
pub fn load(entry: &Entry, shared: &SharedFiles) -> Loaded {
    with_shared(entry, read(entry, &schema_check::FILING), shared)
}

/// Loads one filing from bytes in memory instead of those of its file.
pub fn load_bytes(entry: &Entry, bytes: Vec<u8>, shared: &SharedFiles) -> Loaded {
    with_shared(entry, parse(entry, bytes, &schema_check::FILING), shared)
}

/// Reads one filing as its file writes it: shared registrants and letterheads are only named. The
/// filing is `None` if the file has errors.
pub fn as_written(entry: &Entry) -> (Source, Option<FilingAsWritten>) {
    let (source, (filing, _)) = read(entry, &schema_check::FILING);
    (source, filing)
}

/// Puts the shared registrants and letterheads into a filing.
fn with_shared(entry: &Entry, read: Read<FilingAsWritten>, shared: &SharedFiles) -> Loaded {
    let (source, (raw, findings)) = read;
    let sources = Sources::single(source);
    let resolver = RefCell::new(Resolver { shared, sources, findings, is_broken: false });
    let filing = raw.and_then(|raw| {
        let mut paths = std::iter::once(YamlPath::parse("registrant"))
            .chain((0..).map(|i| YamlPath::parse("co_registrants").index(i)));
        raw.resolve(
            |entry| resolver.borrow_mut().registrant(paths.next()?, entry),
            |letter, entry| resolver.borrow_mut().letterhead(letter, entry),
        )
    });
    let Resolver { sources, findings, is_broken, .. } = resolver.into_inner();
    Loaded { id: entry.id.clone(), sources, filing: filing.filter(|_| !is_broken), findings }
}

/// Finds the shared files of a filing, with the findings about those that it lacks.
struct Resolver<'a> {
    shared: &'a SharedFiles,
    sources: Sources,
    findings: Vec<Finding>,
    is_broken: bool,
}

impl Resolver<'_> {
    fn registrant(&mut self, path: YamlPath, entry: RegistrantEntry) -> Option<Registrant> {
        let Some(id) = entry.shared() else { return entry.resolve(None) };
        match self.shared.registrants.find(SharedKind::Registrant, id, &path) {
            Ok((keys, source)) => {
                self.sources.shared.push((path, source.clone()));
                entry.resolve(Some(keys))
            }
            Err(finding) => {
                self.fail(finding);
                // Go on, so that the other registrants' faults come in the same run.
                self.shared.registrants.any().cloned().and_then(RegistrantKeys::complete)
            }
        }
    }

    fn letterhead(&mut self, letter: usize, entry: LetterheadEntry) -> Option<Letterhead> {
        let id = match entry {
            LetterheadEntry::Shared(id) => id,
            LetterheadEntry::Keys(keys) => return Some(keys),
        };
        let path = YamlPath::parse("letters").index(letter).key("letterhead");
        match self.shared.letterheads.find(SharedKind::Letterhead, &id, &path) {
            Ok((keys, source)) => {
                self.sources.shared.push((path, source.clone()));
                Some(keys.clone())
            }
            Err(finding) => {
                self.fail(finding);
                Some(Letterhead { name: id, tagline: None, lines: Lines::default() })
            }
        }
    }

    fn fail(&mut self, finding: Finding) {
        self.findings.push(finding);
        self.is_broken = true;
    }
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

/// Returns the JSON Schema of a shared letterhead, without references.
pub fn letterhead_schema() -> &'static serde_json::Value {
    schema_check::LETTERHEAD.schema()
}

/// Reads a filing that is built into the tool, such as a specimen.
///
/// # Errors
/// The text is not a filing; the error is the message of the first finding.
pub fn built_in(text: &str) -> Result<Filing, String> {
    let mut source = Source { text: text.to_owned(), ..Source::named("") };
    let (raw, findings) =
        deserialize_checked::<FilingAsWritten>(&mut source, &schema_check::FILING);
    let alone = |raw: FilingAsWritten| {
        raw.resolve(|entry| entry.resolve(None), |_, entry| entry.written_out())
    };
    raw.and_then(alone).ok_or_else(|| {
        findings.first().map_or_else(|| "a shared file".to_owned(), |f| f.message.clone())
    })
}

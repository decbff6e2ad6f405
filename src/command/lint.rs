//! `latefile lint`: checks documents of any origin against EDGAR's rules.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use walkdir::WalkDir;

use super::{CANNOT_GO_ON, CLEAN, ERRORS, Terminal, stop, tally};
use crate::cli::{Common, Lint};
use crate::diagnostics::count::count;
use crate::diagnostics::deny;
use crate::diagnostics::finding::{self, Finding, Located, Spot};
use crate::diagnostics::secret;
use crate::diagnostics::source::{Place, Position};
use crate::edgar::{self, Format};
use crate::pipeline::folder::walk_error;
use crate::pipeline::lfs;
use crate::pipeline::load::files;

/// The longest line that is shown, in bytes; some programs write an HTML document as one line.
const LONGEST_SHOWN: usize = 4096;

/// Runs the command. If a file cannot be read, the others are still checked.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Lint, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    stop::end_on_signal()?;
    let mut findings = Vec::new();
    let mut errors = Vec::new();
    let mut linted = 0;
    for path in &args.files {
        let results = match documents(path) {
            Ok(documents) => documents.iter().map(|path| lint_file(path)).collect(),
            Err(error) => vec![Err(error)],
        };
        for result in results {
            match result {
                Ok(found) => {
                    linted += 1;
                    findings.extend(found);
                }
                Err(error) => {
                    terminal.error(&error);
                    errors.push(error);
                }
            }
        }
    }
    finding::sort(&mut findings);
    // A file may be named twice, for example by two patterns of the shell.
    findings.dedup();
    terminal.findings(&findings, errors.iter().map(|error| format!("{error:#}")))?;
    terminal.say(&format!(
        "{} · {}",
        count(linted, "file"),
        tally(&findings, |n| terminal.after_notes(n))
    ));
    let counts = findings.iter().any(|finding| deny::counts(finding, &common.deny));
    Ok(match (errors.len(), counts) {
        (0, false) => CLEAN,
        (0, true) => ERRORS,
        _ => CANNOT_GO_ON,
    })
}

/// Returns the documents that a path requests: the file itself, or all documents in the folder.
fn documents(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let is_hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(path).follow_links(false).sort_by_file_name().into_iter();
    let mut documents = Vec::new();
    for entry in walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        let entry = entry.map_err(walk_error)?;
        // A link to a file is a document as well.
        if Format::of_document(&entry.file_name().to_string_lossy()).is_some()
            && entry.path().is_file()
        {
            documents.push(entry.into_path());
        }
    }
    if documents.is_empty() {
        bail!("there is no document in `{}`: no {}", path.display(), Format::linted("or"));
    }
    Ok(documents)
}

/// Reads a file and returns its findings.
fn lint_file(path: &Path) -> anyhow::Result<Vec<Located>> {
    let bytes = read(path).with_context(|| format!("cannot read {}", path.display()))?;
    lfs::ensure_no_pointer(path, &bytes)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(findings(&files::shown(path), &name, &bytes))
}

/// Returns the findings of a document with their lines. `file` is the path that findings print.
pub fn findings(file: &str, name: &str, bytes: &[u8]) -> Vec<Located> {
    located(edgar::lint_served(name, bytes), file, bytes, || String::from_utf8_lossy(bytes))
}

/// Returns findings with their lines in a document, whose text is asked for if there are findings.
pub(super) fn located<'t>(
    found: Vec<Finding>,
    file: &str,
    bytes: &[u8],
    text: impl FnOnce() -> Cow<'t, str>,
) -> Vec<Located> {
    if found.is_empty() {
        return Vec::new();
    }
    let text = text();
    // Only lines with findings are kept: a document may have a million lines.
    let numbers: BTreeSet<usize> = found.iter().map(|finding| place(finding).line).collect();
    let lines =
        (1..).zip(text.split('\n')).filter(|(number, _)| numbers.contains(number)).collect();
    let located = found.into_iter().map(|finding| locate(finding, file, &lines));
    if secret::may_be_in(bytes) {
        located.map(Located::without_contents).collect()
    } else {
        located.collect()
    }
}

/// Returns the line and column of a finding; those of a whole file are the start.
fn place(finding: &Finding) -> Position {
    if let Spot::At(position) = finding.spot { position } else { Position::START }
}

/// Reads one byte more than is checked, so that the check can report a larger file.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(edgar::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Adds the file and the line to a finding. A finding about the whole file, such as a PDF, shows no
/// line.
fn locate(finding: Finding, file: &str, lines: &BTreeMap<usize, &str>) -> Located {
    let position = place(&finding);
    let line = if finding.spot == Spot::File { None } else { lines.get(&position.line).copied() }
        .unwrap_or_default();
    let line = if line.len() > LONGEST_SHOWN { "" } else { line.trim_end_matches('\r') };
    Located::new(finding, Place { file: file.to_owned(), position }, line.to_owned())
}

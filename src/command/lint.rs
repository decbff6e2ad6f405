//! `latefile lint`: EDGAR's rules on documents, whoever made them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;

use super::{CANNOT_GO_ON, CLEAN, ERRORS, Terminal, tally};
use crate::cli::{Common, Lint};
use crate::diagnostics::count::count;
use crate::diagnostics::finding::{self, Finding, Located, Spot};
use crate::diagnostics::source::{Place, Position};
use crate::edgar;
use crate::pipeline::load::files;

/// The longest line that is shown, in bytes; some makers of HTML write a document as one.
const LONGEST_SHOWN: usize = 4096;

/// Runs the command. A file that cannot be read does not keep the others from being judged.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(args: &Lint, common: &Common, terminal: &Terminal) -> anyhow::Result<u8> {
    let mut findings = Vec::new();
    let mut unread = 0;
    for path in &args.files {
        match judge(path) {
            Ok(found) => findings.extend(found),
            Err(error) => {
                terminal.error(&error);
                unread += 1;
            }
        }
    }
    finding::sort(&mut findings);
    findings.dedup(); // of a file that was named twice
    terminal.findings(&findings)?;
    terminal.say(&format!("{} · {}", count(args.files.len() - unread, "file"), tally(&findings)));
    let counts = findings.iter().any(|finding| finding.counts(common.deny_warnings()));
    Ok(match (unread, counts) {
        (0, false) => CLEAN,
        (0, true) => ERRORS,
        _ => CANNOT_GO_ON,
    })
}

/// The findings of a file.
fn judge(path: &Path) -> anyhow::Result<Vec<Located>> {
    let bytes = read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(findings(&files::shown(path), &name, &bytes))
}

/// The findings of a document with their lines: its path as they print it, its name, its bytes.
pub fn findings(file: &str, name: &str, bytes: &[u8]) -> Vec<Located> {
    let found = edgar::lint(name, bytes);
    if found.is_empty() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(bytes);
    let wanted: BTreeSet<usize> = found.iter().map(|finding| place(finding).line).collect();
    let lines = (1..).zip(text.split('\n')).filter(|(number, _)| wanted.contains(number)).collect();
    found.into_iter().map(|finding| locate(finding, file, &lines)).collect()
}

/// The line and column of a finding.
fn place(finding: &Finding) -> Position {
    if let Spot::At(position) = finding.spot { position } else { Position::START }
}

/// No more than is looked into, and one byte, so that a larger file is known as such.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(edgar::LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A finding with its file and its line; the lines of a PDF say nothing, and none is shown.
fn locate(finding: Finding, file: &str, lines: &BTreeMap<usize, &str>) -> Located {
    let position = place(&finding);
    let line = if finding.spot == Spot::File { None } else { lines.get(&position.line).copied() }
        .unwrap_or_default();
    let line = if line.len() > LONGEST_SHOWN { "" } else { line.trim_end_matches('\r') };
    Located { finding, place: Place { file: file.to_owned(), position }, line: line.to_owned() }
}

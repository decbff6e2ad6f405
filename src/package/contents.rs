//! Checks an existing package: lists its contents and its findings. No output repeats a CCC or
//! shows a line that contains one.

use super::document::Document;
use super::finding::PackageFinding;
use super::read::{self, Fault, Node, Secrets};
use super::{business, order};
use crate::diagnostics::finding::{Finding, Located, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::secret::{self, HIDDEN, PLACEHOLDER};
use crate::diagnostics::source::{Place, Position};

/// The most findings of one package that are listed.
const LISTED: usize = 100;
/// The longest line that is shown with a finding, in bytes. Contents in base64 are often one line.
const LONGEST_SHOWN: usize = 400;

/// The result of checking a package.
#[derive(Debug)]
pub struct Checked {
    /// Its contents, one line for each value or document.
    pub contents: Vec<String>,
    /// Its findings.
    pub findings: Vec<Located>,
}

/// Checks the bytes of a package. `file` is the path that findings print.
pub fn check(file: &str, bytes: &[u8]) -> Checked {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let position = Position::of_offset(&valid, valid.len());
            let finding = rule::PACKAGE_XML.at(position, "the file is not UTF-8");
            let place = Place { file: file.to_owned(), position };
            return Checked {
                contents: Vec::new(),
                findings: vec![Located::new(finding, place, String::new())],
            };
        }
    };
    let mut secrets = Secrets::default();
    match read::read(text, &mut secrets) {
        Err(Fault { at, message }) => {
            // Hide every line: without a tree it is unknown which of them contain a code.
            let finding = PackageFinding::new(&rule::PACKAGE_XML, at, message);
            secrets.ranges.push(0..text.len());
            Checked { contents: Vec::new(), findings: locate(vec![finding], file, text, &secrets) }
        }
        Ok(root) => {
            let mut found = Vec::new();
            let documents: Vec<Document<'_>> = root
                .child("documents")
                .into_iter()
                .flat_map(|documents| documents.all("document"))
                .map(Document::from_node)
                .collect();
            if let Some(family) = order::check(&root, &mut found) {
                business::check(&root, family, &documents, &mut found);
            }
            let contents =
                contents(&root, &documents).iter().map(|line| secrets.hide(line)).collect();
            Checked { contents, findings: locate(found, file, text, &secrets) }
        }
    }
}

impl Secrets {
    /// Returns a text with the found codes, and words that look like codes, replaced.
    fn hide(&self, text: &str) -> String {
        let known = self
            .texts
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), HIDDEN));
        secret::without_codes(&known).into_owned()
    }

    /// Whether an element with a code overlaps a range of the file.
    fn overlap(&self, start: usize, end: usize) -> bool {
        self.ranges.iter().any(|range| range.start < end && start < range.end)
    }
}

/// Returns the contents of a package as lines for people.
fn contents(root: &Node, documents: &[Document<'_>]) -> Vec<String> {
    let value = |name: &str| business::text(root, name).map_or("none".to_owned(), order::excerpt);
    let line = |name: &str, value: String| format!("{name:<12}{value}");
    let mut lines = vec![
        line("type", value("submissionType")),
        line("flag", value("liveTestFlag")),
        line("period", value("periodOfReport")),
    ];
    for (i, filer) in business::filers(root).iter().enumerate() {
        let cik = business::text(filer, "filerId").map_or("no CIK".to_owned(), order::excerpt);
        let number = business::text(filer, "fileNumber")
            .map(|n| format!(", {}", order::excerpt(n)))
            .unwrap_or_default();
        let ccc = match business::text(filer, "filerCcc") {
            Some(PLACEHOLDER) => "no CCC",
            Some(code) if !code.is_empty() => "with a CCC, which is not shown",
            _ => "no CCC",
        };
        lines.push(line(if i == 0 { "filer" } else { "with" }, format!("{cik}{number}, {ccc}")));
    }
    for document in documents {
        let size = match &document.bytes {
            Some(bytes) => format!("{} bytes", bytes.len()),
            None => "no contents".to_owned(),
        };
        let (name, kind) = (order::excerpt(document.name), order::excerpt(document.kind));
        lines.push(line("document", format!("{name:<16} {kind:<10} {size}")));
    }
    lines
}

/// Gives findings their lines and columns, and lists only the most severe if there are too many.
fn locate(
    mut found: Vec<PackageFinding>,
    file: &str,
    text: &str,
    secrets: &Secrets,
) -> Vec<Located> {
    if found.len() > LISTED {
        // A stable sort: of the same severity, the first in the file are listed.
        found.sort_by_key(|finding| finding.severity);
        let more = found.split_off(LISTED);
        let worst = more.first().map_or(Severity::Note, |finding| finding.severity);
        let message = format!("{} more findings in this package are not listed", more.len());
        found.push(PackageFinding::new(&rule::MORE_FINDINGS, 0, message).severity(worst));
    }
    // The starts of all lines: counting lines for each finding anew would be quadratic.
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    found.into_iter().map(|found| locate_one(found, file, text, &starts, secrets)).collect()
}

/// Gives a finding its line and column. `starts` are the offsets of the lines.
fn locate_one(
    found: PackageFinding,
    file: &str,
    text: &str,
    starts: &[usize],
    secrets: &Secrets,
) -> Located {
    let at = found.at.min(text.len());
    let number = starts.partition_point(|start| *start <= at);
    let start = starts[number - 1];
    let end = starts.get(number).map_or(text.len(), |next| next - 1);
    let column = text.get(start..at).map_or(1, |before| before.chars().count() + 1);
    let position = Position { line: number, column };
    let shown = end - start <= LONGEST_SHOWN && !secrets.overlap(start, end.max(start + 1));
    let line = text
        .get(start..end)
        .filter(|line| shown && secrets.hide(line) == *line)
        .unwrap_or_default();
    let finding = Finding {
        rule: found.rule,
        severity: found.severity,
        spot: Spot::At(position),
        message: secrets.hide(&found.message),
        hint: found.hint.map(|hint| secrets.hide(&hint)),
        width: found.width,
        fix: None,
        waived: None,
    };
    let place = Place { file: file.to_owned(), position };
    Located::new(finding, place, line.trim_end_matches('\r').to_owned())
}

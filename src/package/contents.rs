//! A package read back: what is in it, line by line, and all that is wrong with it. Nothing that a
//! package says of a CCC is ever repeated, nor a line that one stands on.

use super::document::Document;
use super::finding::PackageFinding;
use super::read::{self, Fault, Node, Secrets};
use super::{business, order};
use crate::diagnostics::finding::{Finding, Located, Severity, Spot};
use crate::diagnostics::rule;
use crate::diagnostics::secret::{self, HIDDEN, PLACEHOLDER};
use crate::diagnostics::source::{Place, Position};

/// How many findings of one package are listed.
const LISTED: usize = 100;
/// The longest line that is shown with a finding, in bytes; contents in base64 stand on one line.
const LONGEST_SHOWN: usize = 400;

/// What was read.
#[derive(Debug)]
pub struct Checked {
    /// What is in it, a line each.
    pub contents: Vec<String>,
    /// What is wrong with it.
    pub findings: Vec<Located>,
}

/// Reads a package: its path as findings print it, and its bytes.
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
                findings: vec![Located { finding, place, line: String::new() }],
            };
        }
    };
    let mut secrets = Secrets::default();
    match read::read(text, &mut secrets) {
        Err(Fault { at, message }) => {
            // No line: what could not be read could be anything.
            let told = PackageFinding::new(&rule::PACKAGE_XML, at, message);
            secrets.ranges.push(0..text.len());
            Checked { contents: Vec::new(), findings: locate(vec![told], file, text, &secrets) }
        }
        Ok(root) => {
            let mut told = Vec::new();
            let documents: Vec<Document<'_>> = root
                .child("documents")
                .into_iter()
                .flat_map(|documents| documents.all("document"))
                .map(Document::of)
                .collect();
            if let Some(family) = order::check(&root, &mut told) {
                business::check(&root, family, &documents, &mut told);
            }
            let contents =
                contents(&root, &documents).iter().map(|line| secrets.hide(line)).collect();
            Checked { contents, findings: locate(told, file, text, &secrets) }
        }
    }
}

impl Secrets {
    /// A text without the codes that were found, and without what could be another.
    fn hide(&self, text: &str) -> String {
        let known = self
            .texts
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), HIDDEN));
        secret::without_codes(&known).into_owned()
    }

    /// Whether a code stands in some bytes of the file.
    fn meet(&self, start: usize, end: usize) -> bool {
        self.ranges.iter().any(|range| range.start < end && start < range.end)
    }
}

/// What is in a package, for people.
fn contents(root: &Node, documents: &[Document<'_>]) -> Vec<String> {
    let value = |name: &str| business::text(root, name).map_or("none".to_owned(), order::shown);
    let line = |name: &str, value: String| format!("{name:<12}{value}");
    let mut lines = vec![
        line("type", value("submissionType")),
        line("flag", value("liveTestFlag")),
        line("period", value("periodOfReport")),
    ];
    for (i, filer) in business::filers(root).iter().enumerate() {
        let cik = business::text(filer, "filerId").map_or("no CIK".to_owned(), order::shown);
        let number = business::text(filer, "fileNumber")
            .map(|n| format!(", {}", order::shown(n)))
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
        let (name, kind) = (order::shown(document.name), order::shown(document.kind));
        lines.push(line("document", format!("{name:<16} {kind:<10} {size}")));
    }
    lines
}

/// Gives findings their lines, the gravest first where there are too many to list.
fn locate(
    mut told: Vec<PackageFinding>,
    file: &str,
    text: &str,
    secrets: &Secrets,
) -> Vec<Located> {
    if told.len() > LISTED {
        told.sort_by_key(|told| told.severity);
        let more = told.split_off(LISTED);
        let worst = more.first().map_or(Severity::Note, |told| told.severity);
        let message = format!("{} more findings in this package are not listed", more.len());
        told.push(PackageFinding::new(&rule::MORE_FINDINGS, 0, message).severity(worst));
    }
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let located = |told: PackageFinding| {
        let at = told.at.min(text.len());
        let number = starts.partition_point(|start| *start <= at);
        let start = starts[number - 1];
        let end = starts.get(number).map_or(text.len(), |next| next - 1);
        let column = text.get(start..at).map_or(1, |before| before.chars().count() + 1);
        let position = Position { line: number, column };
        let shown = end - start <= LONGEST_SHOWN && !secrets.meet(start, end.max(start + 1));
        let line = text
            .get(start..end)
            .filter(|line| shown && secrets.hide(line) == *line)
            .unwrap_or_default();
        let finding = Finding {
            rule: told.rule,
            severity: told.severity,
            spot: Spot::At(position),
            message: secrets.hide(&told.message),
            hint: told.hint.map(|hint| secrets.hide(&hint)),
            width: told.width,
            waived: None,
        };
        Located {
            finding,
            place: Place { file: file.to_owned(), position },
            line: line.trim_end_matches('\r').to_owned(),
        }
    };
    told.into_iter().map(located).collect()
}

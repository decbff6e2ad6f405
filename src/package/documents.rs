//! The documents of a package that is read back: one official document of the submission's type,
//! exhibits of different numbers, PDF copies of their official types (17 CFR 232.104), and EDGAR's
//! rules on each of them.

use super::document::Document;
use super::finding::PackageFinding;
use super::order::shown;
use super::read::Node;
use super::shape::is_attachment_type;
use crate::diagnostics::finding::Spot;
use crate::diagnostics::rule;
use crate::edgar;

/// More documents than any notice has; a file with more of them is not looked into.
const MOST: usize = 200;

/// Checks the documents of a submission whose type is known, or is none of its family.
pub(super) fn check(
    root: &Node,
    submission_type: Option<&str>,
    documents: &[Document<'_>],
    found: &mut Vec<PackageFinding>,
) {
    let say =
        |at: usize, message: String| PackageFinding::new(&rule::PACKAGE_DOCUMENT, at, message);
    if documents.len() > MOST {
        let message =
            format!("there are {} documents, and they are not looked into", documents.len());
        return found.push(say(documents[MOST].name_at, message));
    }
    if let Some(kind) = submission_type {
        let mut official =
            documents.iter().filter(|document| document.kind == kind && !document.is_copy());
        if official.next().is_none() {
            let at = root.child("documents").map_or(root.at, |node| node.at);
            found.push(say(at, format!("no text or HTML document is of type `{kind}`")));
        }
        for second in official {
            let message = format!(
                "a second official document is of type `{kind}`: the notice would be filed twice"
            );
            found.push(say(second.kind_at, message));
        }
    }
    for (i, document) in documents.iter().enumerate() {
        if let Some(message) = kind_fault(document, i, submission_type, documents) {
            found.push(say(document.kind_at, message).about(document.kind));
        }
        let same_name = |other: &Document<'_>| other.name.eq_ignore_ascii_case(document.name);
        if !document.name.is_empty() && documents[..i].iter().any(same_name) {
            let message = format!("two documents have the name `{}`", shown(document.name));
            found.push(say(document.name_at, message).about(document.name));
        }
        if document.bytes.is_none() && !document.is_empty {
            found.push(say(document.contents_at, "the contents are not base64".to_owned()));
        }
        lint(document, found);
    }
}

/// What is wrong with the type of a document. The schema takes any text.
fn kind_fault(
    document: &Document<'_>,
    i: usize,
    submission_type: Option<&str>,
    all: &[Document<'_>],
) -> Option<String> {
    let kind = document.kind;
    let shown = shown(kind);
    let official = |other: &&Document<'_>| other.kind == kind && !other.is_copy();
    if kind.is_empty() || submission_type.is_none() {
        None
    } else if submission_type != Some(kind) && !is_attachment_type(kind) {
        Some(format!("`{shown}` is no type of a document that goes with a notice"))
    } else if document.is_copy() {
        let copies = all[..=i].iter().filter(|other| other.kind == kind && other.is_copy()).count();
        match all.iter().filter(official).count() {
            0 => Some(format!("a PDF copy is of type `{shown}`, and no official document is")),
            documents if copies > documents => {
                Some(format!("a document of type `{shown}` has a second PDF copy"))
            }
            _ => None,
        }
    } else {
        let message = format!("two exhibits are `{shown}`; the second is another number");
        (kind.starts_with("EX-") && all[..i].iter().any(|other| official(&other)))
            .then_some(message)
    }
}

/// Lints a document; a message begins with the place in the document.
fn lint(document: &Document<'_>, found: &mut Vec<PackageFinding>) {
    // A document with a bad name has a finding for its name alone.
    let Some(bytes) = document.bytes.as_ref().filter(|_| edgar::accepts_name(document.name)) else {
        return;
    };
    for finding in edgar::lint(document.name, bytes) {
        let message = match finding.spot {
            Spot::At(place) => {
                format!("{}:{}:{}: {}", document.name, place.line, place.column, finding.message)
            }
            _ => format!("{}: {}", document.name, finding.message),
        };
        let mut here = PackageFinding::new(finding.rule, document.contents_at, message)
            .severity(finding.severity);
        here.hint = finding.hint;
        found.push(here);
    }
}

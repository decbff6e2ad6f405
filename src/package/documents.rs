//! Checks the documents of a package: there is one official document of the submission's type,
//! exhibits have different numbers, a PDF copy has the type of an official document (17 CFR
//! 232.104), and each document follows EDGAR's rules.

use super::document::Document;
use super::finding::PackageFinding;
use super::order::excerpt;
use super::read::Node;
use super::shape::is_attachment_type;
use crate::diagnostics::finding::Spot;
use crate::diagnostics::rule;
use crate::edgar;

/// The most documents that are checked. No notice has as many, and each document is compared with
/// all before it, in quadratic time.
const MOST: usize = 200;

/// Checks the documents of a submission. The type is `None` if its family does not have it.
pub(super) fn check(
    root: &Node,
    submission_type: Option<&str>,
    documents: &[Document<'_>],
    found: &mut Vec<PackageFinding>,
) {
    if documents.len() > MOST {
        let message = format!(
            "there are {} documents; of more than {MOST}, none is checked",
            documents.len()
        );
        return found.push(fault(documents[MOST].name_at, message));
    }
    if let Some(kind) = submission_type {
        check_official(root, kind, documents, found);
    }
    for (i, document) in documents.iter().enumerate() {
        if let Some(message) = kind_fault(document, i, submission_type, documents) {
            found.push(fault(document.kind_at, message).spanning(document.kind));
        }
        let same_name = |other: &Document<'_>| other.name.eq_ignore_ascii_case(document.name);
        if !document.name.is_empty() && documents[..i].iter().any(same_name) {
            let message = format!("two documents have the name `{}`", excerpt(document.name));
            found.push(fault(document.name_at, message).spanning(document.name));
        }
        if document.bytes.is_none() && !document.is_empty {
            found.push(fault(document.contents_at, "the contents are not base64".to_owned()));
        }
        lint(document, found);
    }
}

fn fault(at: usize, message: String) -> PackageFinding {
    PackageFinding::new(&rule::PACKAGE_DOCUMENT, at, message)
}

/// Checks that exactly one text or HTML document has the submission's type.
fn check_official(
    root: &Node,
    kind: &str,
    documents: &[Document<'_>],
    found: &mut Vec<PackageFinding>,
) {
    let mut official =
        documents.iter().filter(|document| document.kind == kind && !document.is_copy());
    if official.next().is_none() {
        let at = root.child("documents").map_or(root.at, |node| node.at);
        found.push(fault(at, format!("no text or HTML document is of type `{kind}`")));
    }
    for second in official {
        let message = format!(
            "a second official document is of type `{kind}`: the notice would be filed twice"
        );
        found.push(fault(second.kind_at, message));
    }
}

/// Returns the message about a document's type, or `None` if it can have that type.
fn kind_fault(
    document: &Document<'_>,
    i: usize,
    submission_type: Option<&str>,
    all: &[Document<'_>],
) -> Option<String> {
    let kind = document.kind;
    let shown = excerpt(kind);
    let official = |other: &&Document<'_>| other.kind == kind && !other.is_copy();
    if kind.is_empty() || submission_type.is_none() {
        None
    // The schema accepts any text of 4 to 128 characters as a type.
    } else if submission_type != Some(kind) && !is_attachment_type(kind) {
        Some(format!("`{shown}` is not the type of a document that can accompany a notice"))
    } else if document.is_copy() {
        // 17 CFR 232.104: one unofficial copy of a document. Up to this one, so that of two copies
        // only the second is reported.
        let copies = all[..=i].iter().filter(|other| other.kind == kind && other.is_copy()).count();
        match all.iter().filter(official).count() {
            0 => Some(format!("a PDF copy is of type `{shown}`, and no official document is")),
            documents if copies > documents => {
                Some(format!("a document of type `{shown}` has a second PDF copy"))
            }
            _ => None,
        }
    } else {
        let message = format!("two exhibits are `{shown}`; the second needs another number");
        (kind.starts_with("EX-") && all[..i].iter().any(|other| official(&other)))
            .then_some(message)
    }
}

/// Lints a document. Each message begins with the position in the document, because the finding's
/// own position is that of the contents in the package.
fn lint(document: &Document<'_>, found: &mut Vec<PackageFinding>) {
    // Only a valid name says by its suffix which rules apply; `order.rs` reports the others.
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

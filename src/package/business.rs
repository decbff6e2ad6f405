//! What the schemas let pass and EDGAR does not: the period, filers, exchanges, series, and documents
//! that make one submission.

use std::collections::BTreeSet;

use super::contents::{Document, Told};
use super::family::Family;
use super::order::shown;
use super::read::Node;
use super::shape::{self, Shape, WITH_SERIES, is_attachment_type};
use crate::edgar;
use crate::filing::{CivilDate, Scalar as _};
use crate::finding::{Severity, Spot};
use crate::rule;
use crate::secret::{self, PLACEHOLDER};

/// More documents than any notice has; a file with more of them is not looked into.
const MOST_DOCUMENTS: usize = 200;

/// The value of an element in an element.
pub(super) fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    node.child(name).map(|child| child.text.as_str())
}

/// The filer and the co-registrants.
pub(super) fn filers(root: &Node) -> Vec<&Node> {
    let others = root.child("coregs").into_iter().flat_map(|coregs| coregs.all("filer"));
    root.all("filer").take(1).chain(others).collect()
}

/// Judges a submission whose family is known.
pub(super) fn judge(root: &Node, family: Family, documents: &[Document<'_>], told: &mut Vec<Told>) {
    period(root, family, told);
    check_filers(root, told);
    sros(root, told);
    series(root, told);
    if text(root, "submissionType").is_some_and(|kind| kind.starts_with("NT-NSAR")) && is_live(root) {
        let at = root.child("submissionType").map_or(root.at, |node| node.text_at);
        let message = "it is not known whether EDGAR still takes a notice of Form N-SAR, which was rescinded";
        told.push(Told::new(&rule::PACKAGE_TYPE, at, message.to_owned()).severity(Severity::Warning));
    }
    let kind = text(root, "submissionType").filter(|kind| family.types().contains(kind));
    check_documents(root, kind, documents, told);
}

/// Whether the package is a live one.
pub(super) fn is_live(root: &Node) -> bool {
    text(root, "liveTestFlag") == Some("LIVE")
}

/// The SEC's guide lists the period among what a submission must have.
fn period(root: &Node, family: Family, told: &mut Vec<Told>) {
    let Some(node) = root.child("periodOfReport") else {
        let message = "the submission lacks `periodOfReport`".to_owned();
        told.push(Told::new(&rule::PACKAGE_PERIOD, root.at, message).hint("MM-DD-YYYY, behind `sros`"));
        return;
    };
    let parts: Vec<&str> = node.text.split('-').collect();
    // Another shape is the schema's matter.
    let ([month, day, year], true) = (parts.as_slice(), Shape::Date.fits(&node.text, family)) else { return };
    if CivilDate::parse(&format!("{year}-{month:0>2}-{day:0>2}")).is_err() {
        let message = format!("`{}` is no day that a period could end on", shown(&node.text));
        told.push(Told::new(&rule::PACKAGE_PERIOD, node.text_at, message));
    }
}

fn check_filers(root: &Node, told: &mut Vec<Told>) {
    let mut known = BTreeSet::new();
    for filer in filers(root) {
        let at = |name: &str| filer.child(name).map_or(filer.at, |node| node.text_at);
        let cik = text(filer, "filerId").unwrap_or_default().trim_start_matches('0');
        if !known.insert(cik) {
            let message = "a registrant is a filer of this submission twice".to_owned();
            told.push(Told::new(&rule::PACKAGE_FILER, at("filerId"), message));
        } else if cik.is_empty() && text(filer, "filerId").is_some_and(|id| !id.is_empty()) {
            let message = "a CIK is not all zeros".to_owned();
            told.push(Told::new(&rule::PACKAGE_FILER, at("filerId"), message).severity(Severity::Warning));
        }
        match text(filer, "filerCcc") {
            Some(PLACEHOLDER) if is_live(root) => {
                let message = format!("a live package has `{PLACEHOLDER}` in the place of a CCC");
                told.push(Told::new(&rule::PACKAGE_CCC, at("filerCcc"), message).severity(Severity::Warning));
            }
            Some(code) if code.chars().count() == 8 && code != PLACEHOLDER && !secret::looks_like_one(code) => {
                let message = "a CCC has a numeral, and one of `@`, `#`, `$`, `*`".to_owned();
                told.push(Told::new(&rule::PACKAGE_CCC, at("filerCcc"), message).severity(Severity::Warning));
            }
            _ => {}
        }
        if let Some(number) = text(filer, "fileNumber").filter(|number| shape::file_number(number) != **number) {
            let message = format!("EDGAR spells the file number `{}`", shape::file_number(&shown(number)));
            told.push(Told::new(&rule::PACKAGE_FILE_NUMBER, at("fileNumber"), message).severity(Severity::Note));
        }
    }
}

fn sros(root: &Node, told: &mut Vec<Told>) {
    let codes: Vec<&Node> = root.child("sros").into_iter().flat_map(|sros| sros.all("sroId")).collect();
    let mut known = BTreeSet::new();
    for code in &codes {
        let message = match code.text.as_str() {
            twice if !known.insert(twice) => format!("`{}` stands there twice", shown(twice)),
            "NONE" if codes.len() > 1 => "`NONE` stands beside exchanges".to_owned(),
            _ => continue,
        };
        told.push(Told::new(&rule::PACKAGE_SROS, code.text_at, message).about(&code.text));
    }
}

/// EDGAR suspends the notice of an open-end fund without its series and classes.
fn series(root: &Node, told: &mut Vec<Told>) {
    let is_ncsr = text(root, "submissionType").is_some_and(|kind| kind.starts_with("NT-NCSR"));
    let kind = root.child("invCompany").and_then(|company| text(company, "invCompanyType")).unwrap_or_default();
    if !is_ncsr || !WITH_SERIES.contains(&kind) {
        return;
    }
    let report = root.child("seriesClasses").and_then(|all| all.child("reportSeriesClass"));
    if report.and_then(|report| text(report, "rptIncludeAllSeriesFlag")) == Some("true") {
        return;
    }
    let pairs: Vec<&Node> = report.into_iter().flat_map(|report| report.all("rptSeriesClassInfo")).collect();
    if pairs.is_empty() {
        let message = format!("the notice of an {kind} registrant names no series and classes");
        told.push(Told::new(&rule::PACKAGE_SERIES, root.at, message).hint("EDGAR suspends it without them"));
    }
    let whole = |pair: &&Node| text(pair, "includeAllClassesFlag") == Some("true") || pair.child("classId").is_some();
    for pair in pairs.iter().filter(|pair| !whole(pair)) {
        told.push(Told::new(&rule::PACKAGE_SERIES, pair.at, "a series names no class".to_owned()));
    }
}

fn check_documents(root: &Node, kind: Option<&str>, documents: &[Document<'_>], told: &mut Vec<Told>) {
    let mut say = |at: usize, message: String| told.push(Told::new(&rule::PACKAGE_DOCUMENT, at, message));
    if documents.len() > MOST_DOCUMENTS {
        let message = format!("there are {} documents, and they are not looked into", documents.len());
        return say(documents[MOST_DOCUMENTS].name_at, message);
    }
    let official: Vec<&Document<'_>> =
        documents.iter().filter(|document| Some(document.kind) == kind && !document.is_copy()).collect();
    match (official.as_slice(), kind) {
        ([], Some(kind)) => say(
            root.child("documents").map_or(root.at, |node| node.at),
            format!("no text or HTML document is of type `{kind}`"),
        ),
        ([_, more @ ..], Some(kind)) => {
            for document in more {
                say(
                    document.kind_at,
                    format!("a second official document is of type `{kind}`: the notice would be filed twice"),
                );
            }
        }
        _ => {}
    }
    for (i, document) in documents.iter().enumerate() {
        let earlier = &documents[..i];
        if kind.is_some()
            && Some(document.kind) != kind
            && !is_attachment_type(document.kind)
            && !document.kind.is_empty()
        {
            say(
                document.kind_at,
                format!("`{}` is no type of a document that goes with a notice", shown(document.kind)),
            );
        } else if !document.is_copy()
            && document.kind.starts_with("EX-")
            && earlier.iter().any(|other| other.kind == document.kind && !other.is_copy())
        {
            say(document.kind_at, format!("two exhibits are `{}`; the second is another number", shown(document.kind)));
        } else if document.is_copy() && !documents.iter().any(|other| !other.is_copy() && other.kind == document.kind) {
            say(
                document.kind_at,
                format!("a PDF copy is of type `{}`, and no official document is", shown(document.kind)),
            );
        }
        if earlier.iter().any(|other| other.name.eq_ignore_ascii_case(document.name)) && !document.name.is_empty() {
            say(document.name_at, format!("two documents have the name `{}`", shown(document.name)));
        }
        if document.bytes.is_none() && !document.is_empty {
            say(document.contents_at, "the contents are not base64".to_owned());
        }
    }
    lint(documents, told);
}

/// EDGAR's rules on the documents themselves; where in the document is told first.
fn lint(documents: &[Document<'_>], told: &mut Vec<Told>) {
    for document in documents.iter().filter(|document| edgar::fits(document.name)) {
        let Some(bytes) = &document.bytes else { continue };
        for finding in edgar::lint(document.name, bytes) {
            let message = match finding.spot {
                Spot::At(place) => format!("{}:{}:{}: {}", document.name, place.line, place.column, finding.message),
                _ => format!("{}: {}", document.name, finding.message),
            };
            let mut told_here = Told::new(finding.rule, document.contents_at, message).severity(finding.severity);
            told_here.hint = finding.hint;
            told.push(told_here);
        }
    }
}

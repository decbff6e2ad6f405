//! Checks a package for faults that the schemas allow and EDGAR rejects, in the period, the filers,
//! the exchanges and the series. `documents.rs` checks the documents.

use std::collections::BTreeSet;

use super::document::Document;
use super::documents;
use super::family::Family;
use super::finding::PackageFinding;
use super::order::excerpt;
use super::read::Node;
use super::shape::{self, Shape, WITH_SERIES};
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;
use crate::diagnostics::secret::{self, PLACEHOLDER};
use crate::form12b25::model::{CivilDate, Scalar as _};

/// Returns the value of a child, or `None` if there is no such child.
pub(super) fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    node.child(name).map(|child| child.text.as_str())
}

/// Returns the elements of the filer and the co-registrants.
pub(super) fn filers(root: &Node) -> Vec<&Node> {
    let others = root.child("coregs").into_iter().flat_map(|coregs| coregs.all("filer"));
    root.all("filer").take(1).chain(others).collect()
}

/// Checks a submission of a family.
pub(super) fn check(
    root: &Node,
    family: Family,
    documents: &[Document<'_>],
    found: &mut Vec<PackageFinding>,
) {
    period(root, family, found);
    check_filers(root, found);
    sros(root, found);
    series(root, found);
    if text(root, "submissionType").is_some_and(|kind| kind.starts_with("NT-NSAR")) && is_live(root)
    {
        let at = root.child("submissionType").map_or(root.at, |node| node.text_at);
        let message = "it is not known whether EDGAR still accepts a notice of Form N-SAR, \
                       which was rescinded";
        found.push(
            PackageFinding::new(&rule::PACKAGE_TYPE, at, message.to_owned())
                .severity(Severity::Warning),
        );
    }
    let kind = text(root, "submissionType").filter(|kind| family.types().contains(kind));
    documents::check(root, kind, documents, found);
}

/// Whether the package is live.
pub(super) fn is_live(root: &Node) -> bool {
    text(root, "liveTestFlag") == Some("LIVE")
}

/// Checks that there is a period, and that it is a date.
fn period(root: &Node, family: Family, found: &mut Vec<PackageFinding>) {
    // Optional in the schemas; the SEC's guide lists it as required.
    let Some(node) = root.child("periodOfReport") else {
        let message = "the submission lacks `periodOfReport`".to_owned();
        found.push(
            PackageFinding::new(&rule::PACKAGE_PERIOD, root.at, message)
                .hint("MM-DD-YYYY, after `sros`"),
        );
        return;
    };
    let parts: Vec<&str> = node.text.split('-').collect();
    // `order.rs` reports other shapes.
    let ([month, day, year], true) = (parts.as_slice(), Shape::Date.fits(&node.text, family))
    else {
        return;
    };
    if CivilDate::parse(&format!("{year}-{month:0>2}-{day:0>2}")).is_err() {
        let message = format!("`{}` is not a date", excerpt(&node.text));
        found.push(PackageFinding::new(&rule::PACKAGE_PERIOD, node.text_at, message));
    }
}

fn check_filers(root: &Node, found: &mut Vec<PackageFinding>) {
    let mut known = BTreeSet::new();
    for filer in filers(root) {
        let at = |name: &str| filer.child(name).map_or(filer.at, |node| node.text_at);
        // A CIK may be written with or without its leading zeros.
        let cik = text(filer, "filerId").unwrap_or_default().trim_start_matches('0');
        if !known.insert(cik) {
            let message = "a registrant is a filer of this submission twice".to_owned();
            found.push(PackageFinding::new(&rule::PACKAGE_FILER, at("filerId"), message));
        } else if cik.is_empty() && text(filer, "filerId").is_some_and(|id| !id.is_empty()) {
            let message = "a CIK cannot be all zeros".to_owned();
            found.push(
                PackageFinding::new(&rule::PACKAGE_FILER, at("filerId"), message)
                    .severity(Severity::Warning),
            );
        }
        if let Some(message) = text(filer, "filerCcc").and_then(|code| ccc_fault(code, root)) {
            found.push(
                PackageFinding::new(&rule::PACKAGE_CCC, at("filerCcc"), message)
                    .severity(Severity::Warning),
            );
        }
        if let Some(number) =
            text(filer, "fileNumber").filter(|number| shape::file_number(number) != **number)
        {
            let message =
                format!("EDGAR spells the file number `{}`", shape::file_number(&excerpt(number)));
            found.push(
                PackageFinding::new(&rule::PACKAGE_FILE_NUMBER, at("fileNumber"), message)
                    .severity(Severity::Note),
            );
        }
    }
}

/// Returns the message about a CCC, or `None` if it is plausible or `order.rs` reports its length.
fn ccc_fault(code: &str, root: &Node) -> Option<String> {
    if code == PLACEHOLDER {
        return is_live(root)
            .then(|| format!("a live package has `{PLACEHOLDER}` in place of a CCC"));
    }
    (code.chars().count() == 8 && !secret::looks_like_one(code))
        .then(|| "a CCC has a numeral, and one of `@`, `#`, `$`, `*`".to_owned())
}

fn sros(root: &Node, found: &mut Vec<PackageFinding>) {
    let codes: Vec<&Node> =
        root.child("sros").into_iter().flat_map(|sros| sros.all("sroId")).collect();
    let mut known = BTreeSet::new();
    for code in &codes {
        let message = match code.text.as_str() {
            twice if !known.insert(twice) => format!("`{}` is listed twice", excerpt(twice)),
            "NONE" if codes.len() > 1 => "`NONE` is listed together with exchanges".to_owned(),
            _ => continue,
        };
        found.push(
            PackageFinding::new(&rule::PACKAGE_SROS, code.text_at, message).spanning(&code.text),
        );
    }
}

/// Checks that the notice of an open-end fund has series and classes.
fn series(root: &Node, found: &mut Vec<PackageFinding>) {
    let is_ncsr = text(root, "submissionType").is_some_and(|kind| kind.starts_with("NT-NCSR"));
    let kind = root
        .child("invCompany")
        .and_then(|company| text(company, "invCompanyType"))
        .unwrap_or_default();
    // EDGAR suspends these notices without them; the schema does not require any.
    if !is_ncsr || !WITH_SERIES.contains(&kind) {
        return;
    }
    let report = root.child("seriesClasses").and_then(|all| all.child("reportSeriesClass"));
    if report.and_then(|report| text(report, "rptIncludeAllSeriesFlag")) == Some("true") {
        return;
    }
    let pairs: Vec<&Node> =
        report.into_iter().flat_map(|report| report.all("rptSeriesClassInfo")).collect();
    if pairs.is_empty() {
        let message = format!("the notice of an {kind} registrant names no series and classes");
        found.push(
            PackageFinding::new(&rule::PACKAGE_SERIES, root.at, message)
                .hint("EDGAR suspends it without them"),
        );
    }
    let whole = |pair: &&Node| {
        text(pair, "includeAllClassesFlag") == Some("true") || pair.child("classId").is_some()
    };
    for pair in pairs.iter().filter(|pair| !whole(pair)) {
        found.push(PackageFinding::new(
            &rule::PACKAGE_SERIES,
            pair.at,
            "a series names no class".to_owned(),
        ));
    }
}

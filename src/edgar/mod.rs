//! Checks documents by EDGAR's rules, and spells texts in its alphabet, without access to files.

pub mod container;
pub mod flow;
pub mod glyphs;

mod alphabet;
mod formats;
mod html;
mod limits;
mod lines;
mod names;
mod pdf;
mod reading;
mod served;
mod spelling;
mod tags;
mod text;
pub mod words;

use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use alphabet::Decoded;
pub use alphabet::not_utf8;
use blocks::Block;
use formats::Kind;
use reading::Reading;
use words::Pages;

pub use formats::{Format, PerFormat, Target, listed};
pub use html::blocks;
pub use html::flow as html_flow;
pub use html::tree as html_tree;
pub use limits::{LARGEST, LONG_WORD, MOST_COLUMNS, MOST_TABLE_COLUMNS};
pub use lines::lines;
pub use names::{LONGEST_NAME, accepts_name};
pub use pdf::words as pdf_words;
pub use spelling::{is_ascii, is_spelled, outside, spell, unspelled};
pub use tags::{Tag, tags};

/// Checks a document by EDGAR's rules: the file's name without folders, and its bytes.
///
/// A finding's position is its place in the file; for a PDF, which has no lines, it is the file as
/// a whole. At most about a hundred findings are listed; a last one counts the others.
pub fn lint(name: &str, bytes: &[u8]) -> Vec<Finding> {
    check(name, bytes, Content::None)
}

/// Checks a file of any origin: a document, or the documents of a file as EDGAR serves it.
pub fn lint_served(name: &str, bytes: &[u8]) -> Vec<Finding> {
    check(name, bytes, Content::Served)
}

/// Checks an HTML document, and returns its blocks too: one pass serves both.
pub fn lint_html(name: &str, html: &str) -> (Vec<Finding>, Vec<Block>) {
    let mut blocks = Vec::new();
    let findings = check(name, html.as_bytes(), Content::Html(&mut blocks));
    (findings, blocks)
}

/// Checks a PDF, and returns its words too: one pass serves both. The words are `None` if they
/// exceed a bound.
pub fn lint_pdf(name: &str, pdf: &[u8]) -> (Vec<Finding>, Option<Pages>) {
    let mut pages = None;
    let findings = check(name, pdf, Content::Pdf(&mut pages));
    (findings, pages)
}

/// The content of a document that a caller requests beside its findings.
enum Content<'a> {
    None,
    /// None, and the document may be as EDGAR serves it.
    Served,
    Html(&'a mut Vec<Block>),
    Pdf(&'a mut Option<Pages>),
}

/// Checks a document, and stores its content if it is requested.
fn check(name: &str, bytes: &[u8], content: Content<'_>) -> Vec<Finding> {
    let mut findings = names::check(name);
    let Some(kind) = Format::of_document(name).and_then(Format::kind) else { return findings };
    // Further findings on an empty document would mislead, and a huge one is no notice.
    if let Some(message) = size(bytes) {
        findings.push(rule::DOCUMENT_SIZE.at(Spot::File, message));
        return findings;
    }
    if kind == Kind::Pdf {
        let pages = if let Content::Pdf(pages) = content { Some(pages) } else { None };
        findings.extend(pdf::check(bytes, pages));
        return findings;
    }
    // As UTF-8 every other byte of it would be a fault: one finding says more.
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let finding = rule::BYTE_ORDER_MARK.at(Spot::File, "the document is UTF-16");
        findings.push(finding.hint("save it as ASCII"));
        return findings;
    }
    let decoded = Decoded::new(bytes);
    let mut reading = Reading::new(&decoded.text);
    if reading.text.starts_with('\u{FEFF}') {
        reading.report_whole(&rule::BYTE_ORDER_MARK, || {
            ("the document begins with U+FEFF".to_owned(), "delete it")
        });
    }
    match (kind, content) {
        (_, Content::Served) => served::check(&mut reading, &decoded, kind),
        (Kind::Html, Content::Html(blocks)) => html::check(&mut reading, &decoded, Some(blocks)),
        (Kind::Html, _) => html::check(&mut reading, &decoded, None),
        (Kind::Text | Kind::Pdf, _) => text::check(&mut reading, &decoded),
    }
    findings.extend(reading.findings());
    findings
}

/// Returns the fault of a document's size, or `None` if it has none.
fn size(bytes: &[u8]) -> Option<String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        Some("the document is empty".to_owned())
    } else if bytes.len() > LARGEST {
        Some(format!(
            "the document is larger than {} MB, and is not checked",
            LARGEST / (1024 * 1024)
        ))
    } else {
        None
    }
}

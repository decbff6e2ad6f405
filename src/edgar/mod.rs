//! EDGAR's limits on documents, as data with their sources, and what follows from them for a piece
//! of text or for a whole document. Bytes and strings in, answers out; no file is touched.

pub mod glyphs;

mod alphabet;
mod formats;
mod html;
mod limits;
mod names;
mod pdf;
mod reading;
mod spelling;
mod tags;
mod text;
pub mod words;

use crate::diagnostics::finding::{Finding, Spot};
use crate::diagnostics::rule;
use alphabet::Decoded;
use blocks::Block;
use formats::Kind;
use reading::Reading;
use words::Pages;

pub use formats::{Format, PerFormat, Target, listed};
pub use html::blocks;
pub use limits::{LARGEST, LONG_WORD, MOST_COLUMNS, MOST_TABLE_COLUMNS};
pub use names::{LONGEST_NAME, fits};
pub use pdf::words as pdf_words;
pub use spelling::{is_ascii, is_spelled, spell};
pub use tags::{Tag, tags};

/// Checks a document by EDGAR's rules: the file's name without folders, and its bytes. Places are
/// those in the file; of a PDF, which has no lines, the file as a whole. At most about a hundred
/// findings are listed, and the others counted.
pub fn lint(name: &str, bytes: &[u8]) -> Vec<Finding> {
    check(name, bytes, Content::None)
}

/// Checks an HTML document, and returns its blocks too: one pass serves both.
pub fn lint_html(name: &str, html: &str) -> (Vec<Finding>, Vec<Block>) {
    let mut blocks = Vec::new();
    let findings = check(name, html.as_bytes(), Content::Html(&mut blocks));
    (findings, blocks)
}

/// Checks a PDF, and returns its words too: one pass serves both. Returns `None` for the words if
/// they ask for more work than a document is worth.
pub fn lint_pdf(name: &str, pdf: &[u8]) -> (Vec<Finding>, Option<Pages>) {
    let mut pages = None;
    let findings = check(name, pdf, Content::Pdf(&mut pages));
    (findings, pages)
}

/// The content of a document that is asked for beside its faults.
enum Content<'a> {
    None,
    Html(&'a mut Vec<Block>),
    Pdf(&'a mut Option<Pages>),
}

fn check(name: &str, bytes: &[u8], content: Content<'_>) -> Vec<Finding> {
    let mut findings = names::judge(name);
    let Some(kind) = Format::of_document(name).and_then(Format::kind) else { return findings };
    if let Some(message) = size(bytes) {
        findings.push(rule::DOCUMENT_SIZE.at(Spot::File, message));
        return findings;
    }
    if kind == Kind::Pdf {
        let pages = if let Content::Pdf(pages) = content { Some(pages) } else { None };
        findings.extend(pdf::judge(bytes, pages));
        return findings;
    }
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
    match kind {
        Kind::Html => {
            let blocks = if let Content::Html(blocks) = content { Some(blocks) } else { None };
            html::judge(&mut reading, &decoded, blocks);
        }
        Kind::Text | Kind::Pdf => text::judge(&mut reading, &decoded),
    }
    findings.extend(reading.findings());
    findings
}

/// What is wrong with a document's size.
fn size(bytes: &[u8]) -> Option<String> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        Some("the document is empty".to_owned())
    } else if bytes.len() > LARGEST {
        Some(format!(
            "the document is larger than {} MB, and is not looked into",
            LARGEST / (1024 * 1024)
        ))
    } else {
        None
    }
}

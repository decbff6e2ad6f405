//! EDGAR's limits on documents, as data with their sources, and what follows from them for a piece
//! of text or for a whole document. Bytes and strings in, answers out; no file is touched.

pub mod glyphs;

mod alphabet;
mod formats;
mod html;
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
use formats::Kind;
use reading::Reading;
use words::{Pages, Statement};

pub use formats::{Format, PerFormat, Target, listed};
pub use html::blocks;
pub use names::{LONGEST_NAME, fits};
pub use spelling::{is_ascii, is_spelled, spell};
pub use tags::{Tag, tags};

/// The longest line of a text document (EDGAR Filer Manual, Vol. II, 5.2.1; 17 CFR 232.305).
pub const MOST_COLUMNS: usize = 80;

/// The longest line between `<TABLE>` and `</TABLE>` (the same).
pub const MOST_TABLE_COLUMNS: usize = 132;

/// A word with more characters may have to be broken over two lines, in a text document and in a
/// PDF.
pub const LONG_WORD: usize = 40;

/// The largest document that is looked into, in bytes: a thousand times what a notice is.
pub const LARGEST: usize = 32 * 1024 * 1024;

/// Judges a document by EDGAR's rules: the file's name without folders, and its bytes. Places are
/// those in the file; of a PDF, which has no lines, the file as a whole. At most about a hundred
/// findings are listed, and the others counted.
pub fn lint(name: &str, bytes: &[u8]) -> Vec<Finding> {
    judge(name, bytes, Asked::Nothing)
}

/// Judges an HTML document, and says what it says: it is read once for both.
pub fn lint_html(name: &str, html: &str) -> (Vec<Finding>, Statement) {
    let mut statement = Statement::default();
    let findings = judge(name, html.as_bytes(), Asked::Html(&mut statement));
    (findings, statement)
}

/// Judges a PDF, and says what it says, unless that asks for more work than a document is worth: it
/// is read once for both.
pub fn lint_pdf(name: &str, pdf: &[u8]) -> (Vec<Finding>, Option<Pages>) {
    let mut pages = None;
    let findings = judge(name, pdf, Asked::Pdf(&mut pages));
    (findings, pages)
}

/// What is asked of a document beside its faults: the words of an HTML or of a PDF.
enum Asked<'a> {
    Nothing,
    Html(&'a mut Statement),
    Pdf(&'a mut Option<Pages>),
}

/// Judges a document.
fn judge(name: &str, bytes: &[u8], asked: Asked<'_>) -> Vec<Finding> {
    let mut findings = names::judge(name);
    let Some(kind) = Format::of_document(name).and_then(Format::kind) else { return findings };
    if let Some(message) = size(bytes) {
        findings.push(rule::DOCUMENT_SIZE.at(Spot::File, message));
        return findings;
    }
    if kind == Kind::Pdf {
        let pages = if let Asked::Pdf(pages) = asked { Some(pages) } else { None };
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
            let statement = if let Asked::Html(statement) = asked { Some(statement) } else { None };
            html::judge(&mut reading, &decoded, statement);
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

//! Checks a file as EDGAR serves it: each of its documents inside its wrapper.

use std::sync::LazyLock;

use regex::Regex;

use super::alphabet::Decoded;
use super::container::{self, MOST_DOCUMENTS, Notation};
use super::formats::Kind;
use super::reading::Reading;
use super::{html, text};
use crate::diagnostics::finding::Severity;
use crate::diagnostics::rule;

/// The declaration that each document in Inline XBRL has.
static INLINE_XBRL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"xmlns:[\w.-]+\s*=\s*["']https?://www\.xbrl\.org/\d{4}/inlineXBRL["']"#).ok()
});

/// Checks a document, or the documents of a file that EDGAR serves.
pub(super) fn check(reading: &mut Reading<'_>, decoded: &Decoded<'_>, kind: Kind) {
    let whole = reading.text;
    let Some(submission) = container::read(whole).filter(container::Submission::is_served) else {
        return document(reading, decoded, kind);
    };
    if submission.documents.len() > MOST_DOCUMENTS {
        return reading.report_whole(&rule::DOCUMENT_SIZE, || {
            format!("the submission has more than {MOST_DOCUMENTS} documents, and is not checked")
        });
    }
    for wrapped in submission.documents {
        reading.enter(whole, wrapped.body);
        match wrapped.notation {
            _ if reading.text.trim_ascii().is_empty() => {
                reading.report_whole(&rule::DOCUMENT_SIZE, || "the document is empty".to_owned());
            }
            Notation::Text => document(reading, decoded, Kind::Text),
            Notation::Html => document(reading, decoded, Kind::Html),
            Notation::Data if is_inline_xbrl(reading) => {}
            Notation::Data => reading.report_as(Severity::Note, &rule::NOT_CHECKED, 0..0, || {
                let message =
                    "the document is not in the format of text or HTML, and is not checked";
                (message.to_owned(), "save it as a file of its own, and check that")
            }),
        }
    }
}

/// Checks one document.
fn document(reading: &mut Reading<'_>, decoded: &Decoded<'_>, kind: Kind) {
    match kind {
        Kind::Html if is_inline_xbrl(reading) => {}
        Kind::Html => html::check(reading, decoded, None),
        Kind::Text | Kind::Pdf => text::check(reading, decoded),
    }
}

/// Reports a document in Inline XBRL, which has other rules, and returns whether it is one.
fn is_inline_xbrl(reading: &mut Reading<'_>) -> bool {
    let found = INLINE_XBRL.as_ref().and_then(|pattern| pattern.find(reading.text));
    let Some(range) = found.map(|found| found.range()) else { return false };
    reading.report(&rule::NOT_CHECKED, range, || {
        "the document is in Inline XBRL, and is not checked".to_owned()
    });
    true
}

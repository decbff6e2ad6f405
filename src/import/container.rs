//! Reads the documents of a file as flows: of a submission to EDGAR, of a document with or without its
//! wrapper, or of a Word file. The content decides, never the suffix.

use std::ops::Range;

use anyhow::bail;

use super::{docx, plain};
use crate::edgar;
use crate::edgar::container::{self, MOST_DOCUMENTS, Notation};
use crate::edgar::flow::{Flow, is_printable};

/// The most bytes of a file.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// The most bytes of a document as it was filed, and of its text: a hundred times a long notice.
const MOST_DOCUMENT: usize = 16 * 1024 * 1024;
const MOST_TEXT: usize = 4 * 1024 * 1024;
/// The beginning of an archive.
const WORD: &[u8] = b"PK\x03\x04";
/// The most tables of a document.
const MOST_TABLES: usize = 10_000;

/// A file, taken apart.
#[derive(Debug, Default)]
pub struct Submission {
    /// The text before the documents, with the facts that EDGAR knows.
    pub header: String,
    /// Its documents that have text.
    pub documents: Vec<Document>,
}

/// A document.
#[derive(Debug)]
pub struct Document {
    /// Its type, such as `NT 10-K` or `EX-99.1`; empty if it has no wrapper.
    pub kind: String,
    /// Its description; may be empty.
    pub description: String,
    /// Its text, as a reader sees it.
    pub flow: Flow,
    /// Whether its places are paragraphs and not lines.
    pub paragraphs: bool,
}

/// Takes a file apart.
///
/// # Errors
/// It is larger than a bound, or a Word file that cannot be read, or has no text.
pub fn read(bytes: &[u8]) -> anyhow::Result<Submission> {
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it is larger than {} MiB", MOST_BYTES / 1024 / 1024);
    }
    let submission = documents(bytes)?;
    for Document { flow, .. } in &submission.documents {
        if flow.text.len() > MOST_TEXT {
            bail!("it has a document with more than {} MiB of text", MOST_TEXT / 1024 / 1024);
        }
        if flow.tables > MOST_TABLES {
            bail!("it has a document with more than {MOST_TABLES} tables");
        }
    }
    Ok(submission)
}

/// Reads the documents of a file.
fn documents(bytes: &[u8]) -> anyhow::Result<Submission> {
    if bytes.starts_with(WORD) {
        let document = Document {
            kind: String::new(),
            description: String::new(),
            flow: docx::flow(bytes)?,
            paragraphs: true,
        };
        return Ok(Submission { header: String::new(), documents: vec![document] });
    }
    if bytes.starts_with(b"%PDF-") {
        bail!("it is a PDF; import reads the HTML or the text that was filed, or a Word file");
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        bail!("it is a Word file of the old format; save it as .docx");
    }
    let text = decoded(bytes);
    if text.contains('\0') {
        bail!("it is neither a text nor HTML nor a Word file");
    }
    let Some(submission) = container::read(&text) else {
        let document = document("", "", &text, 0..text.len(), container::notation(&text))?;
        return Ok(Submission { header: String::new(), documents: document.into_iter().collect() });
    };
    if submission.documents.len() > MOST_DOCUMENTS {
        bail!("it has more than {MOST_DOCUMENTS} documents");
    }
    let mut documents = Vec::new();
    for wrapped in submission.documents {
        let (kind, description) = (wrapped.kind, wrapped.description);
        documents.extend(document(kind, description, &text, wrapped.body, wrapped.notation)?);
    }
    Ok(Submission { header: printable(submission.header), documents })
}

/// Reads a document of a file. Returns `None` if it has no text, as an encoded PDF has none.
fn document(
    kind: &str,
    description: &str,
    text: &str,
    body: Range<usize>,
    notation: Notation,
) -> anyhow::Result<Option<Document>> {
    if notation != Notation::Data && body.len() > MOST_DOCUMENT {
        bail!("it has a document of more than {} MiB", MOST_DOCUMENT / 1024 / 1024);
    }
    let flow = match notation {
        Notation::Text => plain::flow(text, body),
        Notation::Html => edgar::html_flow(text, body),
        Notation::Data => return Ok(None),
    };
    Ok(Some(Document {
        kind: printable(kind),
        description: printable(description),
        flow,
        paragraphs: false,
    }))
}

/// Returns a text around documents without the characters that no text has.
fn printable(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c) || matches!(c, '\n' | '\r' | '\t')).collect()
}

/// Returns the text of a file as findings show it: none of a Word file.
pub fn shown(bytes: &[u8]) -> String {
    if bytes.starts_with(WORD) { String::new() } else { decoded(bytes) }
}

/// Decodes bytes: UTF-8, UTF-16 with a mark, or else Windows-1252, in which old documents are.
fn decoded(bytes: &[u8]) -> String {
    let (text, _, has_errors) = encoding_rs::UTF_8.decode(bytes);
    if has_errors {
        return encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned();
    }
    text.into_owned()
}

//! Takes a file apart: a full submission to EDGAR, a document with or without its wrapper, or a Word
//! file. The content decides, never the suffix.

use std::sync::LazyLock;

use anyhow::bail;
use regex::Regex;

use super::{docx, plain};
use crate::edgar::{self, flow::Flow};

/// The most bytes of a file.
pub const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The most documents of a submission.
const MOST_DOCUMENTS: usize = 1000;

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
    /// What a reader sees.
    pub flow: Flow,
    /// Whether its places are paragraphs and not lines.
    pub paragraphs: bool,
}

static DOCUMENT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)<DOCUMENT>[ \t]*\r?\n?").ok());
static HTML: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)<(?:html|body|font|div|p|td)\b[^<>]*>").ok());
static FIELD: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?im)^<(TYPE|DESCRIPTION)>([^\r\n<]*)").ok());

/// Takes a file apart.
///
/// # Errors
/// It is larger than a bound, or a Word file that cannot be read, or has no text.
pub fn read(bytes: &[u8]) -> anyhow::Result<Submission> {
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it is larger than {} MiB", MOST_BYTES / 1024 / 1024);
    }
    if bytes.starts_with(b"PK\x03\x04") {
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
    let starts: Vec<_> =
        DOCUMENT.iter().flat_map(|p| p.find_iter(&text)).take(MOST_DOCUMENTS + 1).collect();
    if starts.len() > MOST_DOCUMENTS {
        bail!("it has more than {MOST_DOCUMENTS} documents");
    }
    let Some(first) = starts.first() else {
        return Ok(Submission {
            header: String::new(),
            documents: document(&text, 1).into_iter().collect(),
        });
    };
    let ends = starts.iter().skip(1).map(regex::Match::start).chain([text.len()]);
    let mut line = 1;
    let mut seen = 0;
    let mut documents = Vec::new();
    for (start, end) in starts.iter().zip(ends) {
        line += text[seen..start.end()].matches('\n').count();
        seen = start.end();
        documents.extend(document(&text[start.end()..end], line));
    }
    Ok(Submission { header: text[..first.start()].to_owned(), documents })
}

/// Reads one document, without its opening tag, from a line on. Returns `None` if it has no text, as
/// an encoded PDF has none.
fn document(text: &str, line: usize) -> Option<Document> {
    let field = |name: &str| {
        let all = FIELD.iter().flat_map(|pattern| {
            pattern.captures_iter(&text[..text.len().min(2000).min(head(text))])
        });
        let mut named = all.filter(|found| found[1].eq_ignore_ascii_case(name));
        named.next().map_or(String::new(), |found| found[2].trim().to_owned())
    };
    let (kind, description) = (field("TYPE"), field("DESCRIPTION"));
    let from = find(text, "<TEXT>").map_or(0, |at| at + "<TEXT>".len());
    let to = find(&text[from..], "</TEXT>").map_or(text.len(), |at| from + at);
    let body = &text[from..to];
    if find(body, "<PDF>").is_some()
        || find(body, "<XBRL>").is_some()
        || find(body, "<XML>").is_some()
    {
        return None;
    }
    let line = line + text[..from].matches('\n').count();
    let is_html = HTML.as_ref().is_some_and(|pattern| pattern.is_match(body));
    let flow = if is_html { edgar::html_flow(body, line) } else { plain::flow(body, line) };
    Some(Document { kind, description, flow, paragraphs: false })
}

/// Returns the length of the tags before a document's text.
fn head(text: &str) -> usize {
    find(text, "<TEXT>").unwrap_or(0)
}

/// Finds a tag in capitals or not.
fn find(text: &str, tag: &str) -> Option<usize> {
    let (bytes, tag) = (text.as_bytes(), tag.as_bytes());
    memchr::memchr_iter(b'<', bytes).find(|at| {
        bytes.get(*at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag))
    })
}

/// Decodes bytes: UTF-8, UTF-16 with a mark, or else Windows-1252, in which old documents are.
fn decoded(bytes: &[u8]) -> String {
    let (text, _, has_errors) = encoding_rs::UTF_8.decode(bytes);
    if has_errors {
        return encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned();
    }
    text.into_owned()
}

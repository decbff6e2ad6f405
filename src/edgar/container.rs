//! Divides a file as EDGAR serves it into its documents: a full submission with its header, or one
//! document in its wrapper.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// The most documents of a submission.
pub const MOST_DOCUMENTS: usize = 1000;

/// A file with documents in it.
#[derive(Debug)]
pub struct Submission<'a> {
    /// The text before the first document, with the facts that EDGAR knows.
    pub header: &'a str,
    /// Its documents; at most one more than [`MOST_DOCUMENTS`].
    pub documents: Vec<Wrapped<'a>>,
}

/// A document in its wrapper.
#[derive(Debug)]
pub struct Wrapped<'a> {
    /// Its type, such as `NT 10-K` or `EX-99.1`.
    pub kind: &'a str,
    /// Its description.
    pub description: &'a str,
    /// The range of its text in the file.
    pub body: Range<usize>,
    /// The notation of its text.
    pub notation: Notation,
}

/// The notation of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Lines of text.
    Text,
    /// HTML.
    Html,
    /// Other data, as text: a PDF, a picture, XML.
    Data,
}

static DOCUMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)<DOCUMENT>\s*<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION|TEXT)>").ok()
});
static HTML: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)<(?:html|body|font|div|p|td)\b[^<>]*>").ok());
static DATA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:<(?:PDF|XML|XBRL|JSON|ZIP|EXCEL)>|begin [0-7]{3} \S)").ok()
});

/// Divides a file, or returns `None` if it has no wrapped documents.
pub fn read(text: &str) -> Option<Submission<'_>> {
    let starts = DOCUMENT.as_ref()?.find_iter(text).map(|found| found.start());
    let starts: Vec<usize> = starts.take(MOST_DOCUMENTS + 1).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let documents = starts.iter().zip(ends).map(|(start, end)| wrapped(text, *start..end));
    Some(Submission { header: &text[..*starts.first()?], documents: documents.collect() })
}

impl Submission<'_> {
    /// Whether the file is as EDGAR serves it: before the documents is nothing but its header.
    pub fn is_served(&self) -> bool {
        const BEGINNINGS: [&str; 6] = [
            "<SEC-DOCUMENT>",
            "<SEC-HEADER>",
            "<SUBMISSION>",
            "<IMS-DOCUMENT>",
            "<IMS-HEADER>",
            "-----BEGIN PRIVACY-ENHANCED MESSAGE-----",
        ];
        let header = self.header.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        header.is_empty() || BEGINNINGS.iter().any(|beginning| header.starts_with(beginning))
    }
}

/// Reads the wrapper of a document.
fn wrapped(text: &str, range: Range<usize>) -> Wrapped<'_> {
    let piece = &text[range.clone()];
    let head_end = places(piece, "<TEXT>").next();
    let head = &piece[..head_end.unwrap_or(0)];
    let from = head_end.map_or("<DOCUMENT>".len(), |at| at + "<TEXT>".len());
    // The last one: an earlier one is a fault of the document.
    let to = places(&piece[from..], "</TEXT>").last().map_or(piece.len(), |at| from + at);
    let line_end = piece[from..to].find(|c: char| !matches!(c, ' ' | '\t' | '\r'));
    let line_end = from + line_end.unwrap_or(0);
    let from = if piece[line_end..to].starts_with('\n') { line_end + 1 } else { from };
    let body = range.start + from..range.start + to;
    Wrapped {
        kind: field(head, "TYPE"),
        description: field(head, "DESCRIPTION"),
        notation: notation(&text[body.clone()]),
        body,
    }
}

/// Returns the notation of a document's text.
pub fn notation(body: &str) -> Notation {
    let matches = |pattern: &Option<Regex>| pattern.as_ref().is_some_and(|p| p.is_match(body));
    match () {
        () if matches(&DATA) => Notation::Data,
        () if matches(&HTML) => Notation::Html,
        () => Notation::Text,
    }
}

/// Returns a line of a text document as it was filed. In a signed message, a line that begins with a
/// hyphen has another before it (RFC 1421, 4.3.2.2).
pub fn as_filed(line: &str) -> &str {
    line.strip_prefix("- ").filter(|rest| rest.starts_with('-')).unwrap_or(line)
}

/// Returns the value after a tag at the beginning of a line; empty if there is none.
fn field<'t>(head: &'t str, name: &str) -> &'t str {
    let value = |line: &'t str| {
        let (tag, value) = line.trim_start().strip_prefix('<')?.split_once('>')?;
        tag.eq_ignore_ascii_case(name).then(|| value.split('<').next().unwrap_or_default().trim())
    };
    head.lines().find_map(value).unwrap_or_default()
}

/// Returns the offsets of a tag, in capitals or not.
fn places<'t>(text: &'t str, tag: &'t str) -> impl Iterator<Item = usize> + 't {
    let (bytes, tag) = (text.as_bytes(), tag.as_bytes());
    memchr::memchr_iter(b'<', bytes).filter(move |at| {
        bytes.get(*at..at + tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_with_their_texts() {
        let text = "<SEC-HEADER>x\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>NT 10-K\n<DESCRIPTION>a\n<TEXT>\n\
                    FORM </TEXT> 12b-25\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-99\n<text><p>b</p></text>\n\
                    </DOCUMENT>\n<DOCUMENT>\n<TYPE>NT 10-K\n<TEXT>\n<PDF>\nbegin 644 a.pdf\n";
        let submission = read(text).unwrap();
        assert!(submission.is_served());
        let all: Vec<_> = submission.documents.iter().collect();
        let shown = |n: usize| (all[n].kind, all[n].notation, &text[all[n].body.clone()]);
        assert_eq!(all.len(), 3);
        assert_eq!(shown(0), ("NT 10-K", Notation::Text, "FORM </TEXT> 12b-25\n"));
        assert_eq!(shown(1), ("EX-99", Notation::Html, "<p>b</p>"));
        assert_eq!((all[0].description, all[2].notation), ("a", Notation::Data));
        assert!(read("See <DOCUMENT> below").is_none());
        assert!(!read("Dear\n<DOCUMENT>\n<TYPE>A\n").unwrap().is_served());
    }

    #[test]
    fn a_second_hyphen_is_that_of_a_message() {
        assert_eq!([as_filed("- --"), as_filed("- a"), as_filed("--")], ["--", "- a", "--"]);
    }
}

//! Two HTML documents, with a line between them, as versions of one: they are compared and printed
//! in every format of `latefile redline`. The words of both can be read from the comparison.

#![no_main]

use latefile::review::redline::{
    ChangeKind, DocumentDiff, FilingDiff, Op, Redline, formats,
};
use libfuzzer_sys::fuzz_target;

/// The line between the documents.
const BETWEEN: &str = "\n====\n";

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (old, new) = text.split_once(BETWEEN).unwrap_or((&text, ""));
    let document = DocumentDiff::between("form12b25", old, new);
    let back = DocumentDiff::between("form12b25", new, old);
    assert_eq!(said(&document, Op::is_old).len(), said(&back, Op::is_new).len());
    assert_eq!(said(&document, Op::is_new).len(), said(&back, Op::is_old).len());
    if old == new {
        assert_eq!(document.counts(), Default::default());
    }
    let filing = FilingDiff {
        id: "fuzzed".to_owned(),
        kind: ChangeKind::Changed,
        against: None,
        title: None,
        facts: Vec::new(),
        documents: vec![document],
    };
    let redline = Redline {
        old: "old".to_owned(),
        new: "new".to_owned(),
        filed: Vec::new(),
        others: Vec::new(),
        filings: vec![filing],
        unchanged: 0,
    };
    formats::terminal(&redline, bytes.len() % 2 == 0);
    formats::markdown(&redline);
    formats::html(&redline).expect("the page is built in");
    formats::json(&redline).expect("it is plain data");
});

/// The words of one version, sorted, because moved words are at two places.
fn said(document: &DocumentDiff, is_of: impl Fn(Op) -> bool) -> Vec<&str> {
    let spans = document.blocks.iter().flat_map(|block| block.spans());
    let spans = spans.filter(|span| is_of(span.op));
    let mut words: Vec<&str> = spans.flat_map(|span| &span.words).map(String::as_str).collect();
    words.sort_unstable();
    words
}

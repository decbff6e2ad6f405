//! Any bytes as a PDF: judged and printed as `latefile lint` does it, and read as words. A file in
//! which nothing is found shows text, and JavaScript in front of its objects does not pass.

#![no_main]

use latefile::command::lint;
use latefile::edgar::{lint as judge, pdf_words};
use latefile_fuzz::{inside, printed};
use libfuzzer_sys::fuzz_target;

const CODE: &[u8] = b"\n9999 0 obj<</S/JavaScript/JS(x)>>endobj\n";

fuzz_target!(|bytes: &[u8]| {
    let findings = lint::findings("fuzzed.pdf", "fuzzed.pdf", bytes);
    inside(&findings, bytes);
    printed(&findings, bytes);
    let pages = pdf_words(bytes);
    for word in pages.iter().flat_map(|pages| pages.words.iter().chain(&pages.artifacts)) {
        assert!(!word.word().is_empty() && !word.raw().contains(char::is_whitespace));
    }
    if findings.is_empty() {
        let (head, rest) = bytes.split_at("%PDF-1.7".len());
        let coded = [head, CODE, rest].concat();
        assert!(judge("fuzzed.pdf", &coded).iter().any(|finding| finding.rule.code == "pdf-code"));
    }
});

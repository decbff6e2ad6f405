//! Any bytes as an HTML document: judged and printed as `latefile lint` does it, and read as words.
//! A document in which nothing is found has one alphabet, and a script behind it does not pass,
//! unless a `<plaintext>` before it makes text of all that follows.

#![no_main]

use latefile::command::lint;
use latefile::edgar::{blocks::blocks, is_ascii, lint as judge};
use latefile::pipeline::render::consistency::{DocumentText, Item};
use latefile_fuzz::{inside, printed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let findings = lint::findings("fuzzed.htm", "fuzzed.htm", bytes);
    inside(&findings, bytes);
    printed(&findings, bytes);
    let text = String::from_utf8_lossy(bytes);
    for item in DocumentText::of(&blocks(&text)).items {
        let rows = match item {
            Item::Words(words) => vec![vec![words]],
            Item::Table(rows) => rows,
        };
        assert!(rows.iter().flatten().flatten().all(|word| !word.is_empty()));
    }
    if judge("fuzzed.htm", bytes).is_empty() && !text.to_ascii_lowercase().contains("<plaintext") {
        assert!(text.chars().all(|c| is_ascii(c) || matches!(c, '\n' | '\r' | '\t' | '\u{C}')));
        let scripted = [bytes, b"<script>x</script>"].concat();
        assert!(
            judge("fuzzed.htm", &scripted)
                .iter()
                .any(|finding| finding.rule.code == "active-content")
        );
    }
});

//! Any bytes as a text document: judged and printed as `latefile lint` does it, and read as words.
//! What a few lines of plain code find sound is sound, and what is sound has no character of
//! another alphabet and no line that is too long even for a table.

#![no_main]

use latefile::command::lint;
use latefile::edgar::container::as_filed;
use latefile::edgar::{MOST_COLUMNS, MOST_TABLE_COLUMNS, is_ascii, lint as judge};
use latefile::pipeline::render::consistency::text_words;
use latefile_fuzz::{inside, printed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let findings = lint::findings("fuzzed.txt", "fuzzed.txt", bytes);
    inside(&findings, bytes);
    printed(&findings, bytes);
    let text = String::from_utf8_lossy(bytes);
    for word in text_words(&text) {
        assert!(!word.word().is_empty() && !word.raw().contains(char::is_whitespace));
    }
    // Of a document as it is: in a submission, only its documents are checked.
    let findings = judge("fuzzed.txt", bytes);
    if findings.is_empty() {
        assert!(is_sound(&text, MOST_TABLE_COLUMNS), "not sound");
    } else {
        assert!(text.contains('<') || !is_sound(&text, MOST_COLUMNS), "sound, but {findings:?}");
    }
});

fn is_sound(text: &str, columns: usize) -> bool {
    let is_taken = |c: char| is_ascii(c) || c == '\u{C}';
    let is_sound = |line: &str| {
        let line = line.trim_end_matches('\r');
        as_filed(line).len() <= columns && line.chars().all(is_taken)
    };
    !text.trim_ascii().is_empty() && text.split('\n').all(is_sound)
}

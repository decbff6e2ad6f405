//! Any bytes as a package, read back and printed as `latefile package --check` does it. Whatever
//! the file looks like, the code that the seeds have is never printed as a word of its own.

#![no_main]

use latefile::package;
use latefile_fuzz::{inside, printed};
use libfuzzer_sys::fuzz_target;

/// The code of the seeds.
const CCC: &str = "plant3d$";

fuzz_target!(|bytes: &[u8]| {
    let checked = package::check("fuzzed.xml", bytes);
    inside(&checked.findings, bytes);
    let said = printed(&checked.findings, bytes) + &checked.contents.join("\n");
    assert!(!is_told(&said), "{said}");
});

/// Whether the code stands somewhere, and not as a piece of a longer word.
fn is_told(said: &str) -> bool {
    let goes_on =
        |c: char| c.is_alphanumeric() || c.is_ascii_punctuation() && !"`'\"<>".contains(c);
    said.match_indices(CCC).any(|(at, _)| {
        !said[..at].ends_with(goes_on) && !said[at + CCC.len()..].starts_with(goes_on)
    })
}

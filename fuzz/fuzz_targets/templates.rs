//! Any text as one of a user's templates or wording files: the first byte chooses the file. It is
//! parsed, compared with the others and rendered for the specimens, and the findings are printed.
//! Loops are finite here: a `range` within another could take days, which `--render-limit` ends.

#![no_main]

use std::sync::Arc;

use latefile::pipeline::render::{TemplateOverride, Templates};
use latefile_fuzz::printed;
use libfuzzer_sys::fuzz_target;

/// The files; `fuzz/seeds.sh` has the same order.
const FILES: [&str; 10] = [
    "form12b25.txt",
    "form12b25.htm",
    "form12b25.typ",
    "letter.txt",
    "letter.htm",
    "letter.typ",
    "parts.htm",
    "parts.typ",
    "layout.typ",
    "wording/2018.yaml",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else { return };
    if text.windows(5).any(|word| word == b"range") {
        return;
    }
    let name = FILES[usize::from(first.wrapping_sub(b'0')) % FILES.len()].to_owned();
    let shown = format!("templates/{name}");
    let own = TemplateOverride { name, shown, bytes: Some(text.to_vec()) };
    if let Err(findings) = Templates::over(Some(&[own]), &Arc::default()) {
        assert!(!findings.is_empty());
        printed(&findings, bytes);
    }
});

//! Any bytes as a submission to import, and to lint as EDGAR serves it: the header, and the documents
//! after each `<DOCUMENT>`.

#![no_main]

use latefile::command::lint;
use latefile_fuzz::{imported, inside, printed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let bytes = [b"<SEC-HEADER>", bytes].concat();
    imported(&bytes);
    let findings = lint::findings("fuzzed.txt", "fuzzed.txt", &bytes);
    inside(&findings, &bytes);
    printed(&findings, &bytes);
});

//! Any bytes as a file to import: a text, HTML, a submission or, if they begin like one, a Word file.
//! What is read is written as YAML that can be read again.

#![no_main]

use latefile::import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(notice) = import::read(bytes) else { return };
    let yaml = import::yaml(&notice, "fuzzed", None);
    let read: Result<serde_yaml::Value, _> = serde_yaml::from_str(&yaml);
    assert!(read.is_ok(), "{read:?}\n{yaml}");
});

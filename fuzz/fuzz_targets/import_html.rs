//! Any bytes as an HTML document to import.

#![no_main]

use latefile_fuzz::imported;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| imported(&[b"<html>", bytes].concat()));

//! Any bytes as a file to import: mostly plain texts, since the content decides.

#![no_main]

use latefile_fuzz::imported;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| imported(bytes));

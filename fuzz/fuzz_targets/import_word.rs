//! Any bytes as the XML of a Word file to import. They are put into an archive here, since mutations
//! of an archive seldom reach what it has.

#![no_main]

use std::io::{Cursor, Write as _};

use latefile_fuzz::imported;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The parts, in the order in which the input has them.
const PARTS: [&str; 5] = [
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
    "word/endnotes.xml",
];

fuzz_target!(|bytes: &[u8]| {
    // An archive as it is.
    imported(bytes);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (part, xml) in PARTS.iter().zip(bytes.split(|byte| *byte == 0)) {
        let started = writer.start_file(*part, stored);
        started.and_then(|()| Ok(writer.write_all(xml)?)).expect("memory can be written");
    }
    imported(&writer.finish().expect("memory can be written").into_inner());
});

//! Files that are larger or deeper than any notice: `latefile import` and `latefile lint` end with
//! one clear error, soon and with little memory.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::Command;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support;

/// Runs the binary with little memory, and returns its output.
fn bounded(folder: &Path, args: &[&str]) -> String {
    let script = format!("ulimit -v 2000000; exec {} \"$@\"", env!("CARGO_BIN_EXE_latefile"));
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh"]).args(args).current_dir(folder);
    support::transcript(&command.output().unwrap())
}

/// Imports a file, which is to end with an error.
fn refused(name: &str, bytes: &[u8], error: &str) {
    let folder = support::folder();
    fs::write(folder.path().join(name), bytes).unwrap();
    let expected = format!("-- stderr\nerror: cannot import {name}: {error}\n-- exit 2\n");
    assert_eq!(bounded(folder.path(), &["import", name]), expected);
}

/// Returns a Word file whose body begins with a text, followed by many times another.
fn word(first: &str, repeated: &str, times: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    writer.write_all(first.as_bytes()).unwrap();
    let piece = repeated.repeat(1000);
    (0..times / 1000).for_each(|_| writer.write_all(piece.as_bytes()).unwrap());
    writer.finish().unwrap().into_inner()
}

const NO_NOTICE: &str = "it is no Form 12b-25: none of its captions is there";

#[test]
fn a_word_file_that_grows_is_read_up_to_a_bound() {
    let bomb = word("<w:document>", "<w:t>          </w:t>", 2_000_000);
    assert!(bomb.len() < 1_000_000, "{}", bomb.len());
    refused("bomb.docx", &bomb, "its text is larger than 32 MiB");
    let text = word("<w:document><w:p>", "<w:t>a b c d e</w:t>", 500_000);
    refused("text.docx", &text, "it has a document with more than 4 MiB of text");
    let tables = word("<w:document>", "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>", 100_000);
    refused("tables.docx", &tables, "it has a document with more than 10000 tables");
    refused(
        "nested.docx",
        &word("", "<w:tbl>", 100_000),
        "it has a document with more than 10000 tables",
    );
    refused("deep.docx", &word("", "<w:p><w:sdt>", 1_000_000), NO_NOTICE);
    refused(
        "ended.docx",
        &word("", "</w:p>", 1000),
        "its XML is damaged: ill-formed document: close tag `</w:p>` does not match any open tag",
    );
}

#[test]
fn an_archive_with_very_many_files_is_not_read() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    (0..10_001).for_each(|n| writer.start_file(format!("{n}"), stored).unwrap());
    let bytes = writer.finish().unwrap().into_inner();
    refused("many.docx", &bytes, "it is an archive with more than 10000 files");
}

#[test]
fn a_document_of_a_gigabyte_is_not_read() {
    let folder = support::folder();
    let file = File::create(folder.path().join("huge.txt")).unwrap();
    file.set_len(1 << 30).unwrap();
    let expected =
        "-- stderr\nerror: cannot import huge.txt: it is larger than 64 MiB\n-- exit 2\n";
    assert_eq!(bounded(folder.path(), &["import", "huge.txt"]), expected);
    let said = bounded(folder.path(), &["lint", "-q", "--message-format", "short", "huge.txt"]);
    let message = "the document is larger than 32 MB, and is not checked";
    assert_eq!(
        said,
        format!("huge.txt:1:1: error[document-size]: {message}\n-- stderr\n-- exit 1\n")
    );
}

#[test]
fn a_document_of_very_many_pieces_is_not_read() {
    let large = "<p>It is late.</p>\n".repeat(1_000_000);
    refused("large.htm", large.as_bytes(), "it has a document of more than 16 MiB");
    let text = "It is late.\n".repeat(500_000);
    refused("text.txt", text.as_bytes(), "it has a document with more than 4 MiB of text");
    let tables = "<table><tr><td></table>".repeat(100_000);
    refused("tables.htm", tables.as_bytes(), "it has a document with more than 10000 tables");
    let deep = format!("<p>{}{}", "<font><b>".repeat(300_000), "</i>".repeat(300_000));
    refused("deep.htm", deep.as_bytes(), NO_NOTICE);
}

#[test]
fn a_submission_of_very_many_documents_is_not_read() {
    let folder = support::folder();
    let submission = "<DOCUMENT>\n<TYPE>NT 10-K\n<TEXT>\nx\n</TEXT>\n</DOCUMENT>\n".repeat(100_000);
    refused("many.txt", submission.as_bytes(), "it has more than 1000 documents");
    fs::write(folder.path().join("many.txt"), submission).unwrap();
    let said = bounded(folder.path(), &["lint", "-q", "--message-format", "short", "many.txt"]);
    let message = "the submission has more than 1000 documents, and is not checked";
    assert_eq!(
        said,
        format!("many.txt:1:1: error[document-size]: {message}\n-- stderr\n-- exit 1\n")
    );
}

/// A notice in which boxes or answers are repeated without end is read in linear time.
#[test]
fn very_many_boxes_take_no_longer_than_their_length() {
    let notice =
        fs::read_to_string(support::root().join("out/quillfeather-2025-10-k/form12b25.txt"));
    let notice = notice.unwrap();
    for place in ["(Check one):", "    [X] Yes   [ ] No", "Quillfeather Home Brands, Inc. (the"] {
        let at = notice.find(place).unwrap() + place.len();
        let many = " [X] Form 10-K [ ] Yes\n\n".repeat(50_000);
        let folder = support::folder();
        let text = format!("{}{many}{}", &notice[..at], &notice[at..]);
        fs::write(folder.path().join("a.txt"), text).unwrap();
        let said = bounded(folder.path(), &["import", "-qq", "a.txt", "--to", "a.yaml"]);
        assert!(said.ends_with("-- exit 0\n"), "{place}: {said}");
    }
}

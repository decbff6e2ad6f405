//! PDFs that break EDGAR's rules, with the findings of `latefile lint`.

use std::fs;

use latefile::edgar::pdf_words;
use latefile::edgar::words::Pages;

use crate::pdfs::{changed, deflated, documents, file, stream};
use crate::support::{self, expect, run, transcript};

/// The words of a file whose page shows this, and whose font says this of its signs.
fn words(content: &str, signs: &str) -> Option<Pages> {
    let mut objects =
        changed(&[(6, "<</Type/Font/Subtype/Type0/BaseFont/Own/ToUnicode 8 0 R>>"), (8, "null")]);
    objects[3] = stream("/Filter/FlateDecode", &deflated(content.as_bytes()));
    objects[7] = stream("/Filter/FlateDecode", &deflated(signs.as_bytes()));
    pdf_words(&file("1.7", &objects, ""))
}

#[test]
fn words_of_a_pdf_are_read_up_to_a_limit() {
    let signs = format!("beginbfrange <0000> <FFFF> <{}0041> endbfrange", "0041".repeat(30));
    let said = words(&format!("/F 9 Tf{}", "/X BMC(ab)Tj".repeat(10_000)), &signs);
    assert_eq!(said.map(|pages| pages.words.len()), Some(1 + 9_999));
    for content in [format!("<{}>Tj", "0000".repeat(1 << 20)), "/X BMC(ab)Tj".repeat(1 << 20)] {
        assert_eq!(words(&format!("/F 9 Tf{content}"), &signs), None);
    }
}

#[test]
fn each_pdf_has_the_expected_findings() {
    let folder = support::folder();
    let mut arguments = vec!["lint", "--message-format", "short"];
    for (name, bytes) in documents() {
        fs::write(folder.path().join(name), bytes).unwrap();
        arguments.push(name);
    }
    let output = run(folder.path(), &arguments);
    expect(&support::root().join("tests/cases/lint/pdf/findings.txt"), &transcript(&output));
}

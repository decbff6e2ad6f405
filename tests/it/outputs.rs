//! Whole cases: filings, each with its expected text, HTML and PDF. The samples in `out/` are such
//! cases, too; these have forms of text and of letters that no sample has.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::cases::cases;
use crate::support;

cases! {
    "build", compare_outputs:
    exhibit own_letterhead shared_letterhead tables
}

fn compare_outputs(case: &Path) {
    let folder = support::folder();
    support::copy(&case.join("filings"), &folder.path().join("filings"));
    let mut build = vec!["build", "-q"];
    if case.join("templates").exists() {
        support::copy(&case.join("templates"), &folder.path().join("templates"));
        build.extend(["--templates", "templates"]);
    }
    support::succeeds(folder.path(), &build);
    // A manifest changes with every template and version; other tests are about it.
    let is_document = |name: &&String| !name.ends_with("manifest.json") && !name.ends_with(".lock");
    let built = support::files(&folder.path().join("out"));
    let names: BTreeSet<&String> = built.keys().filter(is_document).collect();
    for name in &names {
        expect(&case.join("out").join(name), &built[*name]);
    }
    let expected = support::files(&case.join("out"));
    assert_eq!(names, expected.keys().collect());
}

/// Compares a document with the expected one, or replaces that.
fn expect(path: &Path, bytes: &[u8]) {
    if path.extension().is_some_and(|suffix| suffix != "pdf") {
        return support::expect(path, &support::text(bytes));
    }
    if std::env::var_os("BLESS").is_some() {
        return fs::write(path, bytes).expect("the expected file can be written");
    }
    let expected = fs::read(path).unwrap_or_default();
    assert!(expected == bytes, "{} differs; `make bless` replaces it", path.display());
}

//! Folders of wrong filings with what `latefile check` says of them, whole. A folder with
//! `templates` has its own templates.

use crate::support;

use std::fs;

#[test]
fn every_case_is_reported_as_expected() {
    let cases = support::root().join("tests/cases/check");
    let mut folders: Vec<_> = fs::read_dir(cases).expect("cases").map(|e| e.expect("an entry").path()).collect();
    folders.sort();
    assert!(folders.len() >= 4, "the cases are there");
    for folder in folders {
        let mut args = vec!["check"];
        if folder.join("templates").is_dir() {
            args.extend(["--templates", "templates"]);
        }
        let output = support::run(&folder, &args);
        support::expect(&folder.join("findings.txt"), &support::transcript(&output));
    }
}

//! Folders of wrong filings with what `latefile check` says of them, whole. A folder with
//! `templates` has its own templates.

use crate::support;

use std::fs;

#[test]
fn every_case_is_reported_as_expected() {
    let cases = support::root().join("tests/cases/check");
    let mut folders: Vec<_> =
        fs::read_dir(cases).expect("cases").map(|e| e.expect("an entry").path()).collect();
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

#[test]
fn a_file_that_cannot_be_opened_is_a_finding() {
    let folder = support::folder();
    let entry = latefile::pipeline::load::files::Entry {
        path: folder.path().join("gone.yaml"),
        shown: "filings/gone.yaml".to_owned(),
        name: "gone.yaml".to_owned(),
        id: "gone".to_owned(),
    };
    let loaded =
        latefile::pipeline::load::load(&entry, &latefile::pipeline::load::Registrants::default());
    let told: Vec<String> =
        loaded.findings.iter().map(|f| format!("error[{}]: {}", f.rule.code, f.message)).collect();
    assert_eq!(told, ["error[unreadable]: the file cannot be opened: entity not found"]);
}

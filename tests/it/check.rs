//! Folders of wrong filings with what `latefile check` says of them, whole. A folder with
//! `templates` has its own templates.

use std::path::Path;

use crate::cases::cases;
use crate::support;

cases! {
    "check", compare_findings:
    deadlines drafts duplicates files identity inputs letters narratives pasted representations
    rules slips statements values yaml
}

fn compare_findings(case: &Path) {
    let mut args = vec!["check"];
    if case.join("templates").is_dir() {
        args.extend(["--templates", "templates"]);
    }
    let output = support::run(case, &args);
    support::expect(&case.join("findings.txt"), &support::transcript(&output));
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
        latefile::pipeline::load::load(&entry, &latefile::pipeline::load::SharedFiles::default());
    let told: Vec<String> =
        loaded.findings.iter().map(|f| format!("error[{}]: {}", f.rule.code, f.message)).collect();
    assert_eq!(told, ["error[unreadable]: the file cannot be opened: entity not found"]);
}

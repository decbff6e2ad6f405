//! `--deny`: findings that count as errors on request, in every command that has findings.

use std::fs;

use crate::support::{self, SOUND};

/// A filing with the warning `unsigned`, and a document with the warning `tab`.
fn warned() -> tempfile::TempDir {
    let unsigned = SOUND.replace("signed: true, date: 2026-03-31", "signed: false, date: null");
    let folder = support::repository(&[("a.yaml", &unsigned)]);
    fs::write(folder.path().join("a.txt"), "One\ttwo.\n").unwrap();
    folder
}

#[test]
fn a_denied_rule_counts_in_every_command_with_findings() {
    let folder = warned();
    let commands: [(&[&str], &str); 6] = [
        (&["check"], "unsigned"),
        (&["build", "--formats", "text"], "unsigned"),
        (&["build", "--check", "--formats", "text"], "unsigned"),
        (&["package"], "unsigned"),
        (&["docket", "-o", "docket.html"], "unsigned"),
        (&["lint", "a.txt"], "tab"),
    ];
    for (command, rule) in commands {
        let code = |denied: &[&str]| {
            let denied = denied.iter().flat_map(|rule| ["--deny", rule]);
            let args: Vec<&str> = command.iter().copied().chain(denied).collect();
            let output = support::run(folder.path(), &args);
            (output.status.code(), support::transcript(&output))
        };
        for denied in [&[][..], &["narrative-missing"]] {
            assert_eq!(code(denied).0, Some(0), "{command:?}: {}", code(denied).1);
        }
        for denied in [&[rule][..], &["warnings"], &["narrative-missing", rule]] {
            assert_eq!(code(denied).0, Some(1), "{command:?} {denied:?}: {}", code(denied).1);
        }
    }
}

#[test]
fn quiet_shows_denied_findings_alone() {
    let folder = warned();
    let said = |denied: &str| {
        support::text(&support::run(folder.path(), &["check", "-qq", "--deny", denied]).stdout)
    };
    assert_eq!(said("narrative-missing"), "");
    assert!(said("unsigned").contains("warning[unsigned]"), "{}", said("unsigned"));
}

#[test]
fn a_denied_note_counts_and_a_waived_finding_never_does() {
    let note = SOUND.replace("relief: sought", "relief: {reasons_not_eliminable: true, filed_within_extension: false, statement_attached: false}");
    let folder = support::repository(&[("a.yaml", &note)]);
    let code =
        |denied: &str| support::run(folder.path(), &["check", "--deny", denied]).status.code();
    assert_eq!(code("warnings"), Some(0));
    assert_eq!(code("relief-without-promise"), Some(1));
    let waived = format!("{note}waive: [{{rule: relief-without-promise, because: filed late}}]\n");
    fs::write(folder.path().join("filings/a.yaml"), waived).unwrap();
    assert_eq!(code("relief-without-promise"), Some(0));
}

#[test]
fn an_unknown_rule_is_a_usage_error_with_a_suggestion() {
    let folder = warned();
    let said = support::fails(folder.path(), &["check", "--deny", "unsigend"], 2);
    assert!(said.contains("there is no rule `unsigend`; did you mean `unsigned`?"), "{said}");
    let said = support::fails(folder.path(), &["check", "--deny", "warning"], 2);
    assert!(said.contains("did you mean `warnings`?"), "{said}");
    let said = support::fails(folder.path(), &["redline", ".", "--deny", "x"], 2);
    assert!(said.contains("`latefile rules` lists them"), "{said}");
}

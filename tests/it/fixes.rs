//! The fixes that findings carry. Each case is a folder of filings; `diff.txt` has what `check
//! --fix --diff` prints for it, first with the safe fixes, then with all.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use latefile::diagnostics::finding::{Located, Severity};
use latefile::diagnostics::fix;
use latefile::form12b25::deadline::Calendar;
use latefile::pipeline::load::files::{Entry, Files};
use latefile::pipeline::load::{self, SharedFiles};
use latefile::pipeline::render::Templates;
use latefile::pipeline::{apply_rules, place};

use crate::cases::cases;
use crate::support::{self, text};

cases! { "fix", compare: filed words }

fn compare(case: &Path) {
    let mut all = String::new();
    for flags in [&["--fix", "--diff"][..], &["--fix", "--diff", "--unsafe"]] {
        let output = support::run(case, &[&["check", "--message-format", "short"], flags].concat());
        all += &format!("$ latefile check {}\n{}", flags.join(" "), support::transcript(&output));
    }
    // As a diff shows them, at the ends of lines.
    support::expect(&case.join("diff.txt"), &all.replace('\r', "␍"));
}

#[test]
fn the_files_are_as_the_diff_says_and_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = support::folder();
    support::copy(&support::root().join("tests/cases/fix/words"), folder.path());
    let file = folder.path().join("filings/crlf.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let diff = support::run(folder.path(), &["check", "--fix", "--diff"]).stdout;
    let untouched = support::folder();
    support::copy(folder.path(), untouched.path());
    let output = support::run(folder.path(), &["check", "--fix", "filings"]);
    assert!(text(&output.stderr).contains("filings/crlf.yaml: 6 findings fixed\n"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    fs::write(untouched.path().join("patch"), diff).unwrap();
    let git = std::process::Command::new("git")
        .args(["apply", "patch"])
        .current_dir(untouched.path())
        .status();
    assert!(git.unwrap().success());
    fs::remove_file(untouched.path().join("patch")).unwrap();
    assert_eq!(support::files(untouched.path()), support::files(folder.path()));
    // Nothing is left to fix.
    let again = support::run(folder.path(), &["check", "--fix"]);
    assert!(!text(&again.stderr).contains("fixed"), "{}", support::transcript(&again));
}

/// The findings of a filing's text.
fn findings(
    entry: &Entry,
    text: &str,
    registrants: &SharedFiles,
    templates: &Templates,
) -> Vec<Located> {
    let mut loaded = load::load_bytes(entry, text.as_bytes().to_vec(), registrants);
    apply_rules(&mut loaded, &templates.editions, &Calendar::built_in());
    place(loaded.findings, &loaded.sources)
}

/// Rules whose findings hide others.
const HIDING: [&str; 7] =
    ["syntax", "duplicate-key", "unknown-key", "type", "value", "missing-key", "encoding"];

#[test]
fn each_fix_removes_its_finding_and_touches_no_other_line() {
    let templates = Templates::built_in().unwrap();
    let mut seen = 0;
    for case in support::files(&support::root().join("tests/cases")).keys() {
        let Some((folder, _)) = case.split_once("/filings/") else { continue };
        let folder = support::root().join("tests/cases").join(folder);
        if !case.ends_with(".yaml") || case.contains("/registrants/") {
            continue;
        }
        let path = support::root().join("tests/cases").join(case);
        let Ok(before) = fs::read_to_string(&path) else { continue };
        let files = load::find(&folder.join("filings"), &[]).unwrap_or_else(|_| Files::default());
        let Some(entry) = files.filings.iter().find(|entry| entry.path == path) else { continue };
        let (registrants, _) = SharedFiles::load(&files);
        let of = |text: &str| findings(entry, text, &registrants, &templates);
        let before = before.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let found = of(&before);
        for located in found.iter().filter(|f| !f.edits.is_empty() && f.place.file == entry.shown) {
            seen += 1;
            let code = located.finding.rule.code;
            assert!(located.finding.hint.is_some(), "{case}: {code}: a fix without a hint");
            let (after, made) = fix::apply(&before, [located.edits.as_slice()], "\n");
            assert_eq!(made, 1, "{case}: {code}");
            check_lines(&before, &after, located, case);
            let then = of(&after);
            let key = |f: &Located| (f.finding.rule.code, f.finding.message.clone());
            let number = |all: &[Located]| all.iter().filter(|f| key(f) == key(located)).count();
            assert!(number(&then) < number(&found), "{case}: {code} is still there: {after}");
            if code == "syntax" || code == "duplicate-key" {
                let line = located.edits.iter().map(|edit| edit.start.line).max().unwrap();
                let known: BTreeSet<_> = found.iter().map(key).collect();
                let new = then
                    .iter()
                    .filter(|f| f.finding.rule.code == "syntax" && !known.contains(&key(f)))
                    .find(|f| f.place.position.line <= line);
                assert!(new.is_none(), "{case}: {code}: {new:?}");
            }
            if !HIDING.contains(&code) {
                let known: BTreeSet<_> = found.iter().map(key).collect();
                // A note on spelling is that of a value, and a fix can divide a value.
                let then = then.iter().filter(|f| f.finding.severity != Severity::Note);
                let new: Vec<_> = then.map(key).filter(|f| !known.contains(f)).collect();
                assert!(new.is_empty(), "{case}: {code}: {new:?}");
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

/// Checks that only the lines that the edits name differ.
fn check_lines(before: &str, after: &str, located: &Located, case: &str) {
    let first = located.edits.iter().map(|edit| edit.start.line).min().unwrap();
    let last = located.edits.iter().map(|edit| edit.end.line).max().unwrap();
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let rest = old.len() - last.min(old.len());
    assert_eq!(old[..first - 1], new[..first - 1], "{case}");
    assert_eq!(old[old.len() - rest..], new[new.len() - rest..], "{case}");
}

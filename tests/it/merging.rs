//! Two branches change one notice: git merges its source, and is in conflict in its outputs. The
//! documented command resolves that.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use latefile::start::scaffold;

use crate::redline::{commit, git};
use crate::support::{self, SOUND, fails, succeeds, text, transcript};

/// The command that the documents name.
const CURE: &str = "latefile build && git add out";

/// Changes a text of the notice, builds it, and commits both.
fn change(folder: &Path, from: &str, to: &str) {
    let path = folder.join("filings/a.yaml");
    let changed = fs::read_to_string(&path).unwrap().replace(from, to);
    fs::write(path, changed).unwrap();
    succeeds(folder, &["build", "-q"]);
    commit(folder);
}

/// Runs a command line with this `latefile`.
fn shell(folder: &Path, line: &str) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_latefile")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    Command::new("sh").args(["-c", line]).current_dir(folder).env("PATH", path).output().unwrap()
}

#[test]
fn a_conflict_in_the_outputs_is_resolved_by_a_build() {
    let folder = support::folder();
    let folder = folder.path();
    succeeds(folder, &["init"]);
    // In lines of their own, and not beside each other, so that git can merge the source.
    let sound = SOUND.replace("{signed: true,", "{signed: false,\n   ");
    fs::write(folder.join("filings/a.yaml"), sound).unwrap();
    git(folder, &["init", "-q", "-b", "main"]);
    change(folder, "", "");
    git(folder, &["switch", "-q", "-c", "signs"]);
    change(folder, "signed: false", "signed: true");
    git(folder, &["switch", "-q", "main"]);
    change(folder, "March 3", "March 4");
    let merge = shell(folder, "git -c user.name=A -c user.email=a@example.com merge signs");
    let conflicts = text(&shell(folder, "git diff --name-only --diff-filter=U").stdout);
    assert_eq!(conflicts, "out/a/form12b25.pdf\nout/a/manifest.json\n", "{}", transcript(&merge));
    assert!(fails(folder, &["build", "--check"], 1).contains("[stale]"));
    let cured = shell(folder, CURE);
    assert!(cured.status.success(), "{}", transcript(&cured));
    assert!(shell(folder, "git diff --name-only --diff-filter=U").stdout.is_empty());
    commit(folder);
    succeeds(folder, &["build", "--check"]);
    let document = fs::read_to_string(folder.join("out/a/form12b25.txt")).unwrap();
    assert!(document.contains("March 4") && document.contains("/s/ Jane Roe"), "{document}");
}

#[test]
fn the_command_is_named_where_people_look() {
    let own = |path: &str| fs::read_to_string(support::root().join(path)).unwrap();
    let scaffold = scaffold::files();
    let new = |path: &str| scaffold.iter().find(|(name, _)| *name == path).unwrap().1.to_string();
    for document in [
        own("README.md"),
        own("docs/batch.md"),
        own(".gitattributes"),
        new("README.md"),
        new(".gitattributes"),
    ] {
        assert!(document.contains(CURE), "{document}");
    }
}

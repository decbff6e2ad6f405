//! Work trees without some of their files, and git that does not answer: outputs are removed only if
//! it is certain that their source is.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::redline::{commit, git};
use crate::support::{self, SOUND};

const BUILD: [&str; 4] = ["build", "-q", "--formats", "text"];

/// A repository with the notices `a` and `b`, built and committed.
fn repository() -> tempfile::TempDir {
    let other = SOUND.replace("0009990001", "0009990002");
    let folder = support::repository(&[("a.yaml", SOUND), ("b.yaml", &other)]);
    support::succeeds(folder.path(), &BUILD);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    folder
}

/// Replaces git by a script.
fn with_git(folder: &Path, script: &str, args: &[&str]) -> std::process::Output {
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).unwrap();
    fs::write(bin.join("git"), format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(bin.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    support::latefile(folder).args(args).env("PATH", path).output().unwrap()
}

fn builds_and_keeps(folder: &Path, out: &str) {
    support::succeeds(folder, &BUILD);
    assert!(folder.join(out).join("form12b25.txt").exists(), "{out} is removed");
    support::succeeds(folder, &["build", "--check", "--formats", "text"]);
    support::succeeds(folder, &["build", "--force", "-q", "--formats", "text"]);
    assert!(folder.join(out).join("manifest.json").exists(), "{out} is removed");
    support::succeeds(folder, &["docket", "-q", "-o", "docket.html"]);
    let page = fs::read_to_string(folder.join("docket.html")).unwrap();
    assert!(!page.contains("Its source is gone"), "{page}");
}

#[test]
fn outputs_of_sources_that_are_not_checked_out_stay() {
    let folder = repository();
    let path = folder.path();
    git(path, &["update-index", "--skip-worktree", "filings/b.yaml"]);
    fs::remove_file(path.join("filings/b.yaml")).unwrap();
    builds_and_keeps(path, "out/b");
    let said = support::run(path, &["redline", "main", "--deny", "filed-changed"]);
    assert!(support::text(&said.stdout).ends_with("2 filings: 2 unchanged\n"));

    let folder = repository();
    let path = folder.path();
    git(path, &["sparse-checkout", "set", "--no-cone", "/*", "!/filings/b.yaml", "!/out/a"]);
    assert!(!path.join("filings/b.yaml").exists() && !path.join("out/a").exists());
    let said = support::run(path, &["redline", "main"]);
    assert!(support::text(&said.stdout).ends_with("2 filings: 2 unchanged\n"));
    builds_and_keeps(path, "out/b");
}

#[test]
fn outputs_of_a_submodule_that_is_not_there_stay() {
    let acme = support::folder();
    fs::write(acme.path().join("a.yaml"), SOUND).unwrap();
    git(acme.path(), &["init", "-q", "-b", "main"]);
    commit(acme.path());
    let folder = repository();
    let path = folder.path();
    fs::remove_file(path.join("filings/a.yaml")).unwrap();
    let from = acme.path().to_str().unwrap();
    let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", from];
    git(path, &[&add[..], &["filings/acme"]].concat());
    support::succeeds(path, &BUILD);
    commit(path);
    git(path, &["submodule", "--quiet", "deinit", "-f", "filings/acme"]);
    assert!(!path.join("filings/acme/a.yaml").exists());
    builds_and_keeps(path, "out/acme/a");
    // What is removed from a submodule that is there is removed.
    git(path, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init"]);
    fs::remove_file(path.join("filings/acme/a.yaml")).unwrap();
    support::succeeds(path, &BUILD);
    assert!(!path.join("out/acme").exists());
}

#[test]
fn a_removal_is_named() {
    let folder = repository();
    fs::remove_file(folder.path().join("filings/b.yaml")).unwrap();
    let output = support::run(folder.path(), &["build", "--formats", "text"]);
    let said = support::text(&output.stderr);
    assert!(said.contains("1 removed"), "{said}");
    assert!(said.ends_with("\nremoved the outputs of b, whose source is gone\n"), "{said}");
    assert!(!folder.path().join("out/b").exists());
}

#[test]
fn nothing_is_removed_if_git_does_not_answer() {
    let foreign =
        "echo \"fatal: detected dubious ownership in repository at '/srv/notices'\" >&2; exit 128";
    let broken = "echo 'fatal: index file corrupt' >&2; exit 128";
    for (script, reason) in [
        (foreign, "run `git config --global --add safe.directory /srv/notices`"),
        (broken, "git says: index file corrupt"),
    ] {
        let folder = repository();
        let path = folder.path();
        fs::remove_file(path.join("filings/b.yaml")).unwrap();
        for args in [&BUILD[..], &["build", "--check", "--formats", "text"]] {
            let said = support::transcript(&with_git(path, script, args));
            let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(flat.contains("error[stale]: `b` has no source here"), "{said}");
            assert!(flat.contains(reason), "{said}");
            assert!(said.ends_with("-- exit 1\n") && !said.contains("fatal:"), "{said}");
            assert!(path.join("out/b/form12b25.txt").exists());
        }
        let output = with_git(path, script, &["build", "-q", "--force", "--formats", "text"]);
        assert_eq!(output.status.code(), Some(0), "{}", support::transcript(&output));
        assert!(!path.join("out/b").exists());
    }
    // git is asked only about outputs without a source, and only in a work tree.
    let folder = repository();
    let output = with_git(folder.path(), broken, &BUILD);
    assert_eq!(output.status.code(), Some(0), "{}", support::transcript(&output));
    fs::remove_dir_all(folder.path().join(".git")).unwrap();
    fs::remove_file(folder.path().join("filings/b.yaml")).unwrap();
    let output = with_git(folder.path(), broken, &BUILD);
    assert_eq!(output.status.code(), Some(0), "{}", support::transcript(&output));
    assert!(!folder.path().join("out/b").exists());
}

#[test]
fn outputs_that_are_not_checked_out_are_not_called_missing() {
    let folder = repository();
    let path = folder.path();
    git(path, &["sparse-checkout", "set", "--no-cone", "/*", "!/out/b/form12b25.txt"]);
    let check = ["build", "--check", "--formats", "text", "--message-format", "short", "-q"];
    let said = support::fails(path, &check, 1);
    let finding = "filings/b.yaml:1:1: error[stale]: `form12b25.txt` is not checked out\n";
    assert_eq!(said, format!("{finding}-- stderr\n-- exit 1\n"));
    git(path, &["sparse-checkout", "set", "--no-cone", "/*", "!/out"]);
    let said = support::fails(path, &check, 2);
    assert!(said.contains("error: git did not check out `out`, so that there is"), "{said}");
    // A folder that was never built is another matter, and so is a build.
    git(path, &["rm", "-rq", "--cached", "--sparse", "out"]);
    let said = support::fails(path, &check, 1);
    assert!(said.contains("`form12b25.txt` is missing"), "{said}");
    support::succeeds(path, &BUILD);
}

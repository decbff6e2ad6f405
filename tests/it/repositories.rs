//! git as people have it: bare repositories, linked worktrees, submodules, partial clones, and git
//! that is missing, old or distrustful. Each failure is a sentence.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::redline::{commit, git};
use crate::support::{self, SOUND};

const CHANGED: &str = "[-March 3, 2026-] {+March 4, 2026+}";

fn change(folder: &Path) {
    let changed = SOUND.replace("March 3", "March 4");
    fs::write(folder.join("filings/a.yaml"), changed).unwrap();
}

/// A repository with two commits of a notice.
fn repository() -> tempfile::TempDir {
    let folder = support::repository(&[("a.yaml", SOUND)]);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    change(folder.path());
    commit(folder.path());
    folder
}

fn redline(folder: &Path, args: &[&str]) -> String {
    let output = support::run(folder, &[&["redline"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", support::transcript(&output));
    support::text(&output.stdout)
}

/// The error of a redline that cannot be made.
fn error(folder: &Path, args: &[&str]) -> String {
    let said = support::fails(folder, &[&["redline"], args].concat(), 2);
    said.strip_prefix("-- stderr\n").unwrap().strip_suffix("-- exit 2\n").unwrap().to_owned()
}

#[test]
fn two_revisions_of_a_bare_repository_are_compared() {
    let folder = repository();
    let bare = folder.path().join("notices.git");
    git(folder.path(), &["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    assert!(redline(&bare, &["main~1", "main"]).contains(CHANGED));
    assert!(redline(&bare, &["main~1..main", "--filings", "./filings/"]).contains(CHANGED));
    assert_eq!(
        error(&bare, &["main"]),
        "error: this repository is bare and has no work tree: name two revisions\n"
    );
    // The folder `.git` of a work tree is one, too.
    assert!(redline(&folder.path().join(".git"), &["main~1", "main"]).contains(CHANGED));
}

#[test]
fn a_linked_worktree_is_a_work_tree() {
    let folder = repository();
    let linked = support::folder();
    let linked = linked.path().join("linked");
    git(folder.path(), &["worktree", "add", "-q", linked.to_str().unwrap(), "main~1"]);
    assert!(redline(&linked, &["main~1"]).ends_with("1 filing: 1 unchanged\n"));
    change(&linked);
    assert!(redline(&linked, &["main~1"]).contains(CHANGED));
    fs::remove_dir_all(folder.path().join(".git/worktrees")).unwrap();
    let said = error(&linked, &["main~1"]);
    assert!(said.contains("the repository of this work tree is gone"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn filings_in_a_submodule_have_the_revisions_of_the_submodule() {
    let notices = repository();
    let above = support::folder();
    let path = above.path();
    git(path, &["init", "-q", "-b", "main"]);
    let from = notices.path().to_str().unwrap();
    let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add"];
    git(path, &[&add[..], &[from, "notices"]].concat());
    commit(path);
    let filings = ["--filings", "notices/filings"];
    assert!(redline(path, &[&["HEAD~1"], &filings[..]].concat()).contains(CHANGED));
    assert!(redline(&path.join("notices"), &["HEAD~1"]).contains(CHANGED));

    // The folder of filings, and one in it, as a submodule.
    git(path, &[&add[..], &[from, "filings"]].concat());
    commit(path);
    git(path, &["submodule", "--quiet", "deinit", "-f", "filings"]);
    assert_eq!(
        error(path, &["HEAD", "HEAD"]),
        "error: `filings` is a submodule, with revisions of its own: run latefile in it\n"
    );
    let mixed = repository();
    let path = mixed.path();
    git(path, &[&add[..], &[from, "filings/acme"]].concat());
    commit(path);
    let text = redline(path, &["HEAD~1", "HEAD"]);
    let fact = "- `filings/acme` is a submodule: a revision does not contain its filings\n";
    assert!(text.contains(fact), "{text}");
    assert!(!redline(path, &["HEAD", "HEAD"]).contains("submodule"));
}

#[test]
fn a_partial_clone_lacks_files() {
    let folder = repository();
    git(folder.path(), &["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", folder.path().display());
    git(folder.path(), &["clone", "-q", "--filter=blob:none", "--no-checkout", &from, "partial"]);
    let said = error(&folder.path().join("partial"), &["HEAD~1", "HEAD", "--filings", "filings"]);
    let expected = "error: this repository lacks `a.yaml`: in a partial clone, `git fetch --refetch` \
                    brings all files\n";
    assert_eq!(said, expected);
}

/// Runs with a script for git, or without any git.
fn with_git(folder: &Path, script: Option<&str>, args: &[&str]) -> Output {
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).unwrap();
    if let Some(script) = script {
        let git: PathBuf = bin.join("git");
        fs::write(&git, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(git, fs::Permissions::from_mode(0o755)).unwrap();
    }
    support::latefile(folder).args(args).env("PATH", bin).output().unwrap()
}

#[test]
fn each_failure_of_git_is_a_sentence() {
    let old = "[ \"$1\" = --version ] && echo git version 1.7.1 && exit\n\
               echo 'Unknown option: -C' >&2; echo 'usage: git [--version]' >&2; exit 129";
    let says = |text: &str, code: i32| format!("echo \"{text}\" >&2; exit {code}");
    let cases: [(Option<String>, &str); 9] = [
        (None, "git is not installed, or not on PATH"),
        (Some(old.to_owned()), "git version 1.7.1 is too old"),
        (
            Some(says("fatal: detected dubious ownership in repository at '/srv/x'", 128)),
            "`git config --global --add safe.directory /srv/x`",
        ),
        (
            Some(says("fatal: unsafe repository ('/srv/x' is owned by someone else)", 128)),
            "`git config --global --add safe.directory /srv/x`",
        ),
        (
            Some(says(
                "fatal: cannot use bare repository '/x' (safe.bareRepository is 'explicit')",
                128,
            )),
            "`safe.bareRepository` is `explicit`",
        ),
        (Some(says("fatal: Expected git repo version <= 0, found 1", 128)), "is too old"),
        (
            Some(says("fatal: not a git repository (or any of the parent)", 128)),
            "there is no git repository here",
        ),
        (
            Some(says("fatal: bad config line 3 in file .git/config", 128)),
            "git says: bad config line 3",
        ),
        (Some("exit 1".to_owned()), "git does not say why"),
    ];
    for (script, expected) in cases {
        let folder = repository();
        let output = with_git(folder.path(), script.as_deref(), &["redline", "main"]);
        let said = support::transcript(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(expected), "{expected}: {said}");
        assert!(!said.contains("fatal:") && !said.contains("usage:"), "{said}");
        assert_eq!(support::text(&output.stderr).lines().count(), 1, "{said}");
    }
}

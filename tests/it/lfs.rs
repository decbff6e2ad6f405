//! Outputs of which a clone has pointers of Git LFS alone.

use std::fs;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use crate::redline::{commit, git};
use crate::support::{self, SOUND};

const CHECK: [&str; 4] = ["build", "--check", "--formats", "text,html"];

/// Replaces a file by the pointer that Git LFS would commit for it.
fn replace(path: &Path) {
    let bytes = fs::read(path).unwrap();
    let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let head = "version https://git-lfs.github.com/spec/v1";
    fs::write(path, format!("{head}\noid sha256:{hash}\nsize {}\n", bytes.len())).unwrap();
}

/// A repository with a filed notice, built.
fn repository() -> tempfile::TempDir {
    let filed = format!("{SOUND}filed: {{date: 2026-03-31, accession: 0001193125-26-000123}}\n");
    let folder = support::repository(&[("a.yaml", &filed)]);
    support::succeeds(folder.path(), &["build", "-q", "--formats", "text,html"]);
    folder
}

#[test]
fn a_comparison_names_pointers() {
    let folder = repository();
    for name in ["form12b25.txt", "manifest.json"] {
        replace(&folder.path().join("out/a").join(name));
    }
    let said = support::fails(folder.path(), &CHECK, 1);
    for name in ["form12b25.txt", "manifest.json"] {
        let message =
            format!("error[stale]: `{name}` is a pointer of Git LFS, not the file itself");
        assert!(said.contains(&message), "{said}");
    }
    assert!(said.contains("run `git lfs pull`"), "{said}");
    // A build writes the documents, which are those that were filed.
    support::succeeds(folder.path(), &["build", "-q", "--formats", "text,html"]);
    support::succeeds(folder.path(), &CHECK);
}

#[test]
fn a_docket_names_manifests_that_are_pointers() {
    let folder = repository();
    replace(&folder.path().join("out/a/manifest.json"));
    support::succeeds(folder.path(), &["docket", "-q", "-o", "docket.html"]);
    let page = fs::read_to_string(folder.path().join("docket.html")).unwrap();
    assert!(page.contains("is a pointer of Git LFS") && page.contains("git lfs pull"), "{page}");
}

#[test]
fn a_pointer_is_no_change_of_what_was_filed() {
    let folder = repository();
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    let redline = |sides: &[&str]| {
        let args = [&["redline", "--deny", "filed-changed"], sides].concat();
        support::run(path, &args).status.code()
    };
    for name in ["form12b25.txt", "form12b25.htm"] {
        replace(&path.join("out/a").join(name));
    }
    assert_eq!(redline(&["main"]), Some(0));
    git(path, &["switch", "-q", "-c", "pointers"]);
    commit(path);
    assert_eq!(redline(&["main", "pointers"]), Some(0));
    assert_eq!(redline(&["pointers", "main"]), Some(0));
    // The pointer of another document is one.
    fs::write(path.join("out/a/form12b25.txt"), "Another notice.\n").unwrap();
    replace(&path.join("out/a/form12b25.txt"));
    assert_eq!(redline(&["main"]), Some(1));
    assert_eq!(redline(&["pointers"]), Some(1));
}

#[test]
fn a_pointer_in_the_place_of_an_input_is_named() {
    let folder = repository();
    let path = folder.path();
    let said = "is a pointer of Git LFS, not the file itself";
    for name in ["form12b25.txt", "form12b25.htm", "manifest.json"] {
        replace(&path.join("out/a").join(name));
    }
    for args in [
        &["lint", "out/a/form12b25.txt"][..],
        &["lint", "out/a/form12b25.htm", "filings/a.yaml"],
        &["package", "--check", "out/a/manifest.json"],
    ] {
        let shown = support::fails(path, args, 2);
        let name = args.iter().find(|arg| arg.starts_with("out/")).unwrap();
        assert!(
            shown.contains(&format!("error: `{name}` {said}; run `git lfs pull`\n")),
            "{shown}"
        );
    }
    replace(&path.join("filings/a.yaml"));
    let shown = support::fails(path, &["check", "--message-format", "short"], 1);
    let finding = format!("filings/a.yaml:1:1: error[unreadable]: the file {said}\n");
    assert!(shown.starts_with(&finding), "{shown}");
}

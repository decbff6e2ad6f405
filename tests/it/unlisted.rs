//! Documents among the outputs that no manifest names: `build` and `build --check` report them and
//! remove none, and `serve` does not serve them (in `serve.rs`).

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::{self, SOUND, fails, repository, succeeds};

const TEXT: &[&str] = &["build", "--formats", "text,html", "--message-format", "short", "-q"];

/// Writes a file below `out`, and its folders.
fn put(folder: &Path, name: &str, text: &str) {
    let path = folder.join("out").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A repository of the filings `a` and `b/c`.
fn two_filings() -> tempfile::TempDir {
    repository(&[("a.yaml", SOUND), ("b/c.yaml", &SOUND.replace("0009990001", "7"))])
}

/// Runs `build` and `build --check`, which report the same, and returns the findings.
fn reported(folder: &Path, more: &[&str]) -> String {
    let before = support::files(&folder.join("out"));
    let checked = fails(folder, &[TEXT, &["--check"], more].concat(), 1);
    let built = fails(folder, &[TEXT, more].concat(), 1);
    assert_eq!(checked, built);
    assert_eq!(before, support::files(&folder.join("out")), "nothing is removed");
    built.split("-- stderr").next().unwrap().to_owned()
}

#[test]
fn documents_that_no_manifest_names_are_stale() {
    let folder = two_filings();
    succeeds(folder.path(), TEXT);
    for name in [
        "a/ex99-2.txt",
        "a/cover.PDF",
        "a/drafts/form12b25.htm",
        "b/c/form12b25.Htm",
        "b/ex99-1.txt",
        "acme-2025-10-k/cover.txt",
        "acme-2025-10-k/form12b25.htm",
        "acme-2025-10-k/form12b25.pdf",
        "acme-2025-10-k/form12b25.txt",
        "form12b25.txt",
        "other/manifest.json",
        "other/ex99-1.txt",
    ] {
        put(folder.path(), name, "forged");
    }
    symlink("../../filings/a.yaml", folder.path().join("out/a/ex99-3.txt")).unwrap();
    symlink("../filings", folder.path().join("out/linked")).unwrap();
    let expected = "\
out/a/cover.PDF:1:1: error[stale]: no manifest names this file
out/a/drafts:1:1: error[stale]: this folder has documents and no manifest: `form12b25.htm`
out/a/ex99-2.txt:1:1: error[stale]: no manifest names this file
out/a/ex99-3.txt:1:1: error[stale]: no manifest names this file
out/acme-2025-10-k:1:1: error[stale]: this folder has documents and no manifest: `cover.txt`, \
`form12b25.htm`, `form12b25.pdf` and 1 more
out/b:1:1: error[stale]: this folder has documents and no manifest: `ex99-1.txt`
out/b/c/form12b25.Htm:1:1: error[stale]: no manifest names this file
out/form12b25.txt:1:1: error[stale]: no manifest names this file
out/linked:1:1: error[stale]: no manifest names this file
out/other/ex99-1.txt:1:1: error[stale]: no manifest names this file
";
    assert_eq!(reported(folder.path(), &[]), expected);
}

#[test]
fn a_run_over_some_filings_reports_only_their_folders() {
    let folder = two_filings();
    succeeds(folder.path(), TEXT);
    for name in ["a/ex99-2.txt", "b/c/ex99-2.txt", "acme/form12b25.txt"] {
        put(folder.path(), name, "forged");
    }
    let one = |name: &str| format!("{name}:1:1: error[stale]: no manifest names this file\n");
    assert_eq!(reported(folder.path(), &["filings/a.yaml"]), one("out/a/ex99-2.txt"));
    assert_eq!(reported(folder.path(), &["filings/b"]), one("out/b/c/ex99-2.txt"));
    // Each is reported by one shard.
    let shards = ["1/3", "2/3", "3/3"].map(|shard| {
        let output = support::run(folder.path(), &[TEXT, &["--check", "--shard", shard]].concat());
        support::text(&output.stdout)
    });
    let mut lines: Vec<&str> = shards.iter().flat_map(|shard| shard.lines()).collect();
    lines.sort_unstable();
    let files: Vec<&str> = lines.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(files, ["out/a/ex99-2.txt", "out/acme", "out/b/c/ex99-2.txt"]);
}

#[test]
fn other_files_among_the_outputs_are_left_in_peace() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    for name in [
        "README",
        "README.md",
        ".gitkeep",
        ".gitattributes",
        ".git/info/x.txt",
        "docket.html",
        "a/notes.md",
        "a/.form12b25.txt.swp",
        "site/manifest.json",
        "site/index.css",
    ] {
        put(folder.path(), name, "{}");
    }
    fs::create_dir(folder.path().join("out/empty.pdf")).unwrap();
    succeeds(folder.path(), TEXT);
    succeeds(folder.path(), &[TEXT, &["--check"]].concat());
}

#[test]
fn an_unreadable_manifest_is_one_finding() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    put(folder.path(), "a/manifest.json", "<<<<<<< HEAD\n");
    put(folder.path(), "b/manifest.json", "<<<<<<< HEAD\n");
    put(folder.path(), "b/form12b25.txt", "forged");
    let said = fails(folder.path(), &[TEXT, &["--check"]].concat(), 1);
    assert_eq!(said.matches("error[stale]").count(), 2, "{said}");
    assert!(said.contains("`manifest.json` differs from what the sources give"), "{said}");
    assert!(said.contains("out/b/manifest.json:1:1: error[stale]: `b` has no source any more"));
}

//! Files among the outputs that no manifest names: `build` and `build --check` report them and
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
fn files_that_no_manifest_names_are_stale() {
    let folder = two_filings();
    succeeds(folder.path(), TEXT);
    for name in [
        "a/ex99-2.txt",
        "a/cover.PDF",
        "a/form12b25.html",
        "a/form12b25.txt.bak",
        "a/.hidden.htm",
        "a/.form12b25.txt.swp",
        "a/notes",
        "a/drafts/form12b25.htm",
        "b/c/form12b25.Htm",
        "b/ex99-1.txt",
        "acme-2025-10-k/cover.txt",
        "acme-2025-10-k/form12b25.htm",
        "acme-2025-10-k/form12b25.pdf",
        "acme-2025-10-k/form12b25.txt",
        "form12b25.txt",
        "docket.html",
        "manifest.json",
        ".secret/form12b25.htm",
        "b/c/.hidden/x.svg",
        "b/c/.DS_Store/x.xml",
        "other/.lock",
        "unread/manifest.json",
        "unread/index.css",
        "other/ex99-1.docx",
    ] {
        put(folder.path(), name, "forged");
    }
    symlink("../../filings/a.yaml", folder.path().join("out/a/ex99-3.txt")).unwrap();
    symlink("../filings", folder.path().join("out/linked")).unwrap();
    symlink("/not/there", folder.path().join("out/gone")).unwrap();
    symlink("nothing.htm", folder.path().join("out/b/c/.gitignore")).unwrap();
    let expected = "\
out/.secret:1:1: error[stale]: this folder has files and no manifest: `form12b25.htm`
out/a/.form12b25.txt.swp:1:1: error[stale]: no manifest names this file
out/a/.hidden.htm:1:1: error[stale]: no manifest names this file
out/a/cover.PDF:1:1: error[stale]: no manifest names this file
out/a/drafts:1:1: error[stale]: this folder has files and no manifest: `form12b25.htm`
out/a/ex99-2.txt:1:1: error[stale]: no manifest names this file
out/a/ex99-3.txt:1:1: error[stale]: no manifest names this symbolic link to `../../filings/a.yaml`
out/a/form12b25.html:1:1: error[stale]: no manifest names this file
out/a/form12b25.txt.bak:1:1: error[stale]: no manifest names this file
out/a/notes:1:1: error[stale]: no manifest names this file
out/acme-2025-10-k:1:1: error[stale]: this folder has files and no manifest: `cover.txt`, \
`form12b25.htm`, `form12b25.pdf` and 1 more
out/b:1:1: error[stale]: this folder has files and no manifest: `ex99-1.txt`
out/b/c/.DS_Store:1:1: error[stale]: this folder has files and no manifest: `x.xml`
out/b/c/.gitignore:1:1: error[stale]: no manifest names this symbolic link to `nothing.htm`
out/b/c/.hidden:1:1: error[stale]: this folder has files and no manifest: `x.svg`
out/b/c/form12b25.Htm:1:1: error[stale]: no manifest names this file
out/docket.html:1:1: error[stale]: no manifest names this file
out/form12b25.txt:1:1: error[stale]: no manifest names this file
out/gone:1:1: error[stale]: no manifest names this symbolic link to `/not/there`
out/linked:1:1: error[stale]: no manifest names this symbolic link to `../filings`
out/manifest.json:1:1: error[stale]: no manifest names this file
out/other:1:1: error[stale]: this folder has files and no manifest: `.lock`, `ex99-1.docx`
out/unread/manifest.json:1:1: error[stale]: `unread` has no source any more, and its manifest \
cannot be read: nothing was removed
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
fn files_of_git_and_of_this_tool_are_left_in_peace() {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), TEXT);
    for name in [
        ".gitkeep",
        ".gitattributes",
        ".git/info/x.txt",
        ".DS_Store",
        "a/.DS_Store",
        "b/.gitignore",
        ".latefile-0123",
        "b/.latefile-0123",
    ] {
        put(folder.path(), name, "{}");
    }
    fs::create_dir(folder.path().join("out/empty.pdf")).unwrap();
    succeeds(folder.path(), TEXT);
    succeeds(folder.path(), &[TEXT, &["--check"]].concat());
}

/// A link to nowhere, in the place of the folder of a filing or of a part of its path, is named by
/// `build --check` as `build` names it.
#[test]
fn a_link_in_the_place_of_a_folder_is_named() {
    for name in ["b", "b/c"] {
        let folder = two_filings();
        succeeds(folder.path(), TEXT);
        fs::remove_dir_all(folder.path().join("out").join(name)).unwrap();
        symlink("/not/there", folder.path().join("out").join(name)).unwrap();
        let link = format!("out/{name}:1:1: error[stale]: no manifest names this symbolic link");
        let said = fails(folder.path(), &[TEXT, &["--check"]].concat(), 1);
        assert!(said.contains(&format!("{link} to `/not/there`\n")), "{said}");
        let said = fails(folder.path(), TEXT, 2);
        let message = format!("`out/{name}` is a symbolic link to `/not/there`, which does not");
        assert!(said.contains(&message), "{said}");
    }
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

//! Clones whose line ends git converts: sources and templates with other line ends make the same
//! bytes, and nothing seems to have changed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::redline::{commit, git};
use crate::support::{self, SOUND};

const TEMPLATES: [&str; 4] = ["--templates", "templates", "--formats", "text,html"];

/// A repository with a filed notice, a shared registrant, the templates and the outputs.
fn repository(folder: &Path) -> PathBuf {
    let path = folder.join("notices");
    support::succeeds(folder, &["init", "-q", "notices"]);
    let filed = format!(
        "# A comment.\n{}letters: [{{kind: cover, date: 2026-03-31, signed: true, signed_by: J. Roe, \
         body: \"One\n\n  two\"}}]\nfiled: {{date: 2026-03-31, accession: 0001193125-26-000123}}\n",
        SOUND.replace("narrative: >-\n", "narrative: |\n")
    );
    fs::write(path.join("filings/a.yaml"), filed).unwrap();
    let registrants = path.join("filings/registrants");
    fs::create_dir_all(&registrants).unwrap();
    let shared = "filings/registrants/quillfeather.yaml";
    fs::copy(support::root().join(shared), path.join(shared)).unwrap();
    let source = support::root().join("filings/quillfeather-2025-10-k.yaml");
    fs::copy(source, path.join("filings/q.yaml")).unwrap();
    support::succeeds(&path, &["templates", "--eject", "templates"]);
    support::succeeds(&path, &[&["build", "-q"], &TEMPLATES[..]].concat());
    git(&path, &["init", "-q", "-b", "main"]);
    path
}

/// A clone whose line ends git converts.
fn cloned(path: &Path) -> PathBuf {
    let clone = path.with_file_name("clone");
    let (from, to) = (path.to_str().unwrap(), clone.to_str().unwrap());
    git(path, &["clone", "-q", "-c", "core.autocrlf=true", from, to]);
    clone
}

fn has_carriage_returns(folder: &Path, name: &str) -> bool {
    fs::read(folder.join(name)).unwrap().contains(&b'\r')
}

#[test]
fn a_new_repository_keeps_its_line_ends() {
    let folder = support::folder();
    let path = repository(folder.path());
    commit(&path);
    let clone = cloned(&path);
    for (name, bytes) in support::files(&clone) {
        assert!(name.starts_with(".git/") || !bytes.contains(&b'\r'), "{name}");
    }
    support::succeeds(&clone, &[&["build", "--check"], &TEMPLATES[..]].concat());
    let redline = support::run(&clone, &["redline", "main", "--templates", "templates"]);
    assert!(support::text(&redline.stdout).ends_with("3 filings: 3 unchanged\n"));
}

#[test]
fn converted_line_ends_make_the_same_bytes() {
    let folder = support::folder();
    let path = repository(folder.path());
    fs::remove_file(path.join(".gitattributes")).unwrap();
    commit(&path);
    let clone = cloned(&path);
    for name in ["filings/a.yaml", "templates/form12b25.txt", "templates/wording/2018.yaml"] {
        assert!(has_carriage_returns(&clone, name), "{name}");
    }
    assert!(has_carriage_returns(&clone, "out/a/form12b25.txt"));
    // Nothing changed, neither for git nor for a redline.
    let redline = ["redline", "main", "--templates", "templates", "--deny", "filed-changed"];
    let output = support::run(&clone, &redline);
    let said = support::transcript(&output);
    assert_eq!(said, "main → work tree\n3 filings: 3 unchanged\n-- stderr\n-- exit 0\n");
    let said = support::fails(&clone, &[&["build", "--check"], &TEMPLATES[..]].concat(), 1);
    assert!(said.contains("`form12b25.txt` has other line ends than the sources give"), "{said}");
    assert!(!said.contains("differs from"), "{said}");
    // The notice was filed, and a build changes nothing of it but the line ends on disk.
    support::succeeds(&clone, &[&["build", "-q"], &TEMPLATES[..]].concat());
    assert!(has_carriage_returns(&clone, "filings/a.yaml"));
    assert_eq!(support::files(&clone.join("out")), support::files(&path.join("out")));
    support::succeeds(&clone, &[&["build", "--check"], &TEMPLATES[..]].concat());
    support::succeeds(&clone, &["docket", "-q", "-o", "docket.html"]);
    support::succeeds(&path, &["docket", "-q", "-o", "docket.html"]);
    let docket = |folder: &Path| fs::read_to_string(folder.join("docket.html")).unwrap();
    assert_eq!(docket(&clone), docket(&path));
}

#[test]
fn carriage_returns_that_no_conversion_makes_are_found() {
    for ends in ["\r\r\n", "\r"] {
        let folder = support::repository(&[("a.yaml", &SOUND.replacen('\n', ends, 3))]);
        let said = support::fails(folder.path(), &["check"], 1);
        assert!(said.contains("error[character]"), "{ends:?}: {said}");
    }
}

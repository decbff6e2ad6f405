//! The samples and their committed outputs: the whole expected text, HTML and PDF of every kind of
//! notice. `make` brings them up to date, and `git diff` is the review.

use std::collections::BTreeSet;
use std::fs;
use std::time::SystemTime;

use crate::support;

const BUILD: &[&str] = &["build", "--templates", "templates", "-q", "--message-format", "short"];

/// A copy of the samples in a folder of their own.
fn samples() -> tempfile::TempDir {
    let folder = support::folder();
    for part in ["filings", "templates", "out"] {
        support::copy(&support::root().join(part), &folder.path().join(part));
    }
    folder
}

fn build(folder: &std::path::Path, more: &[&str]) {
    let output = support::run(folder, &[BUILD, more].concat());
    assert!(output.status.success(), "{}", support::transcript(&output));
}

#[test]
fn committed_outputs_are_what_the_sources_give() {
    let output = support::run(&support::root(), &[BUILD, &["--check"]].concat());
    assert!(
        output.status.success(),
        "run `make`, and review `git diff`\n{}",
        support::transcript(&output)
    );
}

#[test]
fn a_build_from_nothing_gives_the_committed_bytes() {
    let folder = samples();
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    build(folder.path(), &[]);
    let committed = support::files(&support::root().join("out"));
    let built = support::files(&folder.path().join("out"));
    let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().filter(|n| *n != ".lock").cloned().collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&committed), names(&built));
    for (name, bytes) in built.iter().filter(|(name, _)| *name != ".lock") {
        assert!(&committed[name] == bytes, "{name} differs");
    }
}

#[test]
fn the_built_in_templates_are_those_of_the_repository() {
    let folder = samples();
    let output = support::run(folder.path(), &["build", "-q", "--check"]);
    assert!(output.status.success(), "{}", support::transcript(&output));
}

#[test]
fn a_second_build_touches_no_file_and_starts_no_typst() {
    let folder = samples();
    build(folder.path(), &[]);
    let times = |folder: &std::path::Path| -> Vec<(String, SystemTime)> {
        let out = folder.join("out");
        let files = support::files(&out).into_keys();
        files
            .filter(|n| n != ".lock")
            .map(|n| (n.clone(), fs::metadata(out.join(&n)).unwrap().modified().unwrap()))
            .collect()
    };
    let before = times(folder.path());
    assert!(before.len() > 80);
    let output = support::latefile(folder.path())
        .args(BUILD)
        .env("PATH", "")
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CACHE_HOME")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", support::transcript(&output));
    assert_eq!(before, times(folder.path()));
}

#[test]
fn another_place_and_another_time_zone_give_the_same_bytes() {
    let folder = samples();
    let deeper = folder.path().join("a place with spaces");
    support::copy(&folder.path().join("filings"), &deeper.join("filings"));
    let only = ["filings/igene-1997-10-k.yaml", "filings/tamarisk-ridge-2025-10-k.yaml"];
    let output = support::latefile(&deeper)
        .args(["build", "-q"])
        .args(only)
        .envs([
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("SOURCE_DATE_EPOCH", "1"),
            ("TYPST_FONT_PATHS", "/"),
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", support::transcript(&output));
    let committed = support::root().join("out");
    let built = support::files(&deeper.join("out"));
    assert!(built.len() > 8);
    for (name, bytes) in built.iter().filter(|(name, _)| *name != ".lock") {
        assert!(fs::read(committed.join(name)).unwrap() == *bytes, "{name} differs");
    }
}

#[test]
fn every_sample_shows_something_that_no_other_does() {
    let mut types = BTreeSet::new();
    for (name, bytes) in support::files(&support::root().join("out")) {
        if name.ends_with("manifest.json") {
            let manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            types.insert(manifest["submission_type"].as_str().unwrap().to_owned());
        }
    }
    for wanted in [
        "NT 10-K",
        "NT 10-K/A",
        "NT 20-F",
        "NT 11-K",
        "NT 10-Q",
        "NT 10-Q/A",
        "NT 10-D",
        "NT-NCEN",
        "NT-NCSR",
        "NT-NSAR",
    ] {
        assert!(types.contains(wanted), "{wanted} is among the samples");
    }
}

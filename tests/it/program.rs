//! What the program says of itself: its versions and its manual pages.

use std::fs;

use crate::support::{self, text};

#[test]
fn the_short_version_is_one_line_and_the_long_one_has_what_outputs_depend_on() {
    let folder = support::folder();
    let version = |flag| text(&support::run(folder.path(), &[flag]).stdout);
    let own = concat!("latefile ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(version("-V"), own);
    let long = version("--version");
    let names = |line: &str| line.split(": ").next().unwrap().to_owned();
    let commit: Vec<&str> = long.lines().filter(|line| names(line) == "commit").collect();
    // A build without a repository has no commit.
    for line in &commit {
        let commit = line["commit: ".len()..].trim_end_matches(", modified");
        assert!(commit.len() >= 12 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{line}");
    }
    let rest: String = long
        .lines()
        .filter(|line| names(line) != "commit")
        .fold(String::new(), |all, line| all + line + "\n");
    let known = "closed days known until: ";
    let (before, day) = rest.split_once(known).expect("the day");
    assert_eq!(before, format!("{own}typst: 0.15.1\neditions of the form: 1995, 2005, 2018\n"));
    assert!(day.len() == "2026-12-31\n".len() && day.starts_with("20"), "{day}");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = support::folder();
    let output = support::run(folder.path(), &["manual", "man1"]);
    let pages = support::files(&folder.path().join("man1"));
    let names: Vec<&str> = pages.keys().map(String::as_str).collect();
    assert_eq!(text(&output.stderr), format!("{} pages written to man1\n", pages.len()));
    for name in ["latefile.1", "latefile-build.1", "latefile-redline.1", "latefile-manual.1"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(!names.contains(&"latefile-help.1"), "{names:?}");
    for (name, page) in &pages {
        let page = text(page);
        let title = format!(".TH {} 1 \" \" \"latefile ", name.trim_end_matches(".1"));
        assert!(page.lines().any(|line| line.starts_with(&title)), "{page}");
        for section in [".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION"] {
            assert!(page.lines().any(|line| line == section), "{name}: {section}");
        }
    }
    // Without a folder, the same pages in one text.
    let all = text(&support::run(folder.path(), &["manual"]).stdout);
    assert!(pages.values().all(|page| all.contains(&text(page))));
    // A second run writes nothing that is the same.
    let path = folder.path().join("man1/latefile.1");
    let time = || fs::metadata(&path).unwrap().modified().unwrap();
    let before = time();
    support::succeeds(folder.path(), &["manual", "man1"]);
    assert_eq!(before, time());
}

//! `latefile.toml`: which settings a command takes, from where, and what is wrong in one.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support;

/// Runs the binary in a folder, with variables of the environment.
fn run(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Output {
    support::latefile(folder).args(args).envs(variables.iter().copied()).output().unwrap()
}

/// A repository whose folders have other names, with a day on which EDGAR is closed.
fn renamed() -> tempfile::TempDir {
    let folder = support::repository(&[("acme/a.yaml", support::SOUND)]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("work")).unwrap();
    fs::rename(at("filings"), at("work/notices")).unwrap();
    fs::write(at("closed.csv"), "2026-03-31,a day of mourning,C\n").unwrap();
    let settings = "filings = \"work/notices\"\nout = \"made\"\nclosed_days = \"closed.csv\"\n";
    fs::write(at("latefile.toml"), settings).unwrap();
    folder
}

fn build(folder: &Path, more: &[&str], variables: &[(&str, &str)]) {
    let output = run(folder, &[&["build", "--formats", "text"], more].concat(), variables);
    assert!(output.status.success(), "{}", support::transcript(&output));
}

#[test]
fn a_project_is_found_from_the_folders_below_it() {
    let folder = renamed();
    let inside = folder.path().join("work/notices/acme");
    build(&inside, &[], &[]);
    assert!(folder.path().join("made/acme/a/form12b25.txt").is_file());
    let checked =
        support::transcript(&run(&inside, &["build", "--check", "--formats", "text"], &[]));
    assert!(checked.ends_with("-- exit 0\n"), "{checked}");
    let listed = support::text(&run(&inside, &["due", "--list"], &[]).stdout);
    assert!(listed.starts_with("2026-04-01 Wed  report due"), "{listed}");
}

#[test]
fn a_flag_comes_before_a_variable_and_that_before_the_file() {
    let folder = renamed();
    build(folder.path(), &[], &[("LATEFILE_OUT", "by-variable")]);
    build(folder.path(), &["--out", "by-flag"], &[("LATEFILE_OUT", "by-variable-2")]);
    let there = |name: &str| folder.path().join(name).is_dir();
    assert!(there("by-variable") && there("by-flag") && !there("by-variable-2") && !there("made"));
}

/// A closing that was proclaimed after the release makes no notice late, in any command.
#[test]
fn every_command_knows_the_closed_days() {
    let folder = renamed();
    let (path, at) = (folder.path(), |name: &str| folder.path().join(name));
    let source = at("work/notices/acme/a.yaml");
    // In time only because March 31 was closed: the report is due on April 1, the notice a day later.
    fs::write(&source, support::SOUND.replace("date: 2026-03-31", "date: 2026-04-02")).unwrap();
    for args in [&["check"][..], &["build", "--formats", "text"], &["docket", "-o", "docket.html"]]
    {
        let said = support::transcript(&run(path, args, &[]));
        assert!(!said.contains("notice-late") && said.ends_with("-- exit 0\n"), "{said}");
    }
    let manifest = fs::read_to_string(at("made/acme/a/manifest.json")).unwrap();
    assert!(manifest.contains(r#""notice_due": "2026-04-02""#), "{manifest}");
    assert!(manifest.contains(r#""closed_days": ""#), "{manifest}");
    assert!(fs::read_to_string(at("docket.html")).unwrap().contains("2026-04-02"));
    let new = ["new", "10-K", "work/notices/b.yaml", "--period-ended", "2025-12-31"];
    run(path, &[&new[..], &["--status", "non-accelerated"]].concat(), &[]);
    assert!(fs::read_to_string(at("work/notices/b.yaml")).unwrap().contains("2026-04-01"));
    fs::remove_file(at("work/notices/b.yaml")).unwrap();
    fs::create_dir_all(at("old/work/notices/acme")).unwrap();
    fs::write(at("old/work/notices/acme/a.yaml"), support::SOUND).unwrap();
    let compared = support::text(&run(path, &["redline", "old"], &[]).stdout);
    assert!(!compared.contains("notice-late"), "{compared}");
    // The rows in doubt move dates both ways, and the notice may be late.
    fs::write(at("closed.csv"), "2026-03-31,storm,U\n").unwrap();
    let doubtful = support::text(&run(path, &["check"], &[]).stdout);
    assert!(doubtful.contains("or on 2026-04-02 if EDGAR was closed"), "{doubtful}");
    fs::write(at("closed.csv"), "2026-03-31,storm\n").unwrap();
    let wrong = support::transcript(&run(path, &["check"], &[]));
    assert!(wrong.contains("error: closed.csv:1: ") && wrong.ends_with("-- exit 2\n"), "{wrong}");
}

#[test]
fn the_file_can_deny_findings() {
    let folder = support::repository(&[(
        "a.yaml",
        &support::SOUND.replace("signed: true", "signed: false"),
    )]);
    assert_eq!(run(folder.path(), &["check"], &[]).status.code(), Some(0));
    fs::write(folder.path().join("latefile.toml"), "deny = [\"unsigned\"]\n").unwrap();
    assert_eq!(run(folder.path(), &["check"], &[]).status.code(), Some(1));
    assert_eq!(run(folder.path(), &["check", "--deny", "notice-late"], &[]).status.code(), Some(0));
    let denied = run(folder.path(), &["check"], &[("LATEFILE_DENY", "notice-late,unsigned")]);
    assert_eq!(denied.status.code(), Some(1));
}

#[test]
fn a_wrong_file_is_one_error_at_its_place() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    fs::write(folder.path().join("latefile.toml"), "# ours\nfilngs = \"filings\"\n").unwrap();
    assert_eq!(
        support::transcript(&run(folder.path(), &["check"], &[])),
        "-- stderr\nerror: latefile.toml:2:1: unknown key `filngs`; did you mean `filings`?\n\
         -- exit 2\n"
    );
    let json = run(folder.path(), &["check", "--message-format", "json"], &[]);
    assert!(support::text(&json.stdout).contains("latefile.toml:2:1"));
    fs::remove_file(folder.path().join("latefile.toml")).unwrap();
    fs::create_dir(folder.path().join("latefile.toml")).unwrap();
    let said = support::transcript(&run(folder.path(), &["check"], &[]));
    assert!(said.contains("`latefile.toml` is not a regular file"), "{said}");
}

#[test]
fn a_path_of_the_file_has_no_links() {
    let folder = renamed();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("other/out")).unwrap();
    std::os::unix::fs::symlink("other", at("p")).unwrap();
    fs::write(at("latefile.toml"), "filings = \"work/notices\"\nout = \"p/out\"\n").unwrap();
    let said = support::transcript(&run(folder.path(), &["build", "--formats", "text"], &[]));
    assert!(said.contains("`p` is a symbolic link") && said.ends_with("-- exit 2\n"), "{said}");
}

#[test]
fn a_file_of_closed_days_is_bounded_and_never_shown() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    fs::write(folder.path().join("ccc"), "0009990108 Zq7xkw3$\n").unwrap();
    let said = support::transcript(&run(folder.path(), &["check", "--closed-days", "ccc"], &[]));
    assert!(said.contains("error: ccc:1: not a date") && !said.contains("Zq7"), "{said}");
    let large = fs::File::create(folder.path().join("large")).unwrap();
    large.set_len(2 << 30).unwrap();
    let said = support::transcript(&run(folder.path(), &["check", "--closed-days", "large"], &[]));
    assert!(said.contains("`large` is larger than 256 KiB"), "{said}");
}

#[test]
fn the_search_ends_at_the_root_of_the_work_tree() {
    let folder = renamed();
    fs::create_dir_all(folder.path().join("inner/.git")).unwrap();
    fs::create_dir_all(folder.path().join("inner/filings")).unwrap();
    let said = support::transcript(&run(&folder.path().join("inner"), &["check"], &[]));
    assert!(said.contains("no filings in filings"), "{said}");
    let home = folder.path().join("work");
    let said = support::transcript(&run(&home, &["check"], &[("HOME", home.to_str().unwrap())]));
    assert!(said.contains("there is no directory `filings`"), "{said}");
}

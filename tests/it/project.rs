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
    assert!(fs::read_to_string(at("work/notices/b.yaml")).unwrap().contains(" due   2026-04-02"));
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

/// What standard output has, and how the run ended.
fn short(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, &[args, &["--message-format", "short"]].concat(), &[]);
    support::transcript(&output)
}

/// A letter with a shared letterhead.
const LETTER: &str = "letters:
- {kind: cover, letterhead: birch, date: 2026-03-31, body: A letter., signed: true, signed_by: Jane Roe}
";

#[test]
fn ids_and_registrants_are_taken_where_paths_are() {
    let shared =
        support::SOUND.replace("registrant:\n  name", "registrant:\n  use: harbor\n  name");
    let broken = |text: &str| text.replace("relief: sought", "relief: sougt");
    let registrant = "name: Quiet Harbor, Inc.\ncik: \"0009990001\"\n\
                      address: {street: 1 Pier Road, city: Portland}\n";
    let folder = support::repository(&[
        ("acme/2025-10-k.yaml", &broken(support::SOUND)),
        ("acme/2026-10-q.yaml", &broken(support::SOUND)),
        ("harbor-user.yaml", &broken(&shared)),
        ("registrants/harbor.yaml", registrant),
        ("letter-user.yaml", &broken(&(support::SOUND.to_owned() + LETTER))),
        ("letterheads/birch.yaml", "name: Birch Lovell & Stone LLP\n"),
    ]);
    let filings = |named: &str| {
        let out = short(folder.path(), &["check", named]);
        let mut files: Vec<String> = out
            .lines()
            .filter_map(|line| line.split_once(".yaml:"))
            .map(|l| l.0.to_owned())
            .collect();
        files.dedup();
        (files.join(" ").replace("filings/", ""), out)
    };
    for (named, expected) in [
        ("acme/2025-10-k", "acme/2025-10-k"),
        ("acme/2025-10-k.yaml", "acme/2025-10-k"),
        ("filings/acme/2025-10-k", "acme/2025-10-k"),
        ("filings/acme", "acme/2025-10-k acme/2026-10-q"),
        ("acme", "acme/2025-10-k acme/2026-10-q"),
        ("filings/registrants/harbor.yaml", "harbor-user"),
        ("registrants/harbor", "harbor-user"),
        ("filings/letterheads/birch.yaml", "letter-user"),
        ("letterheads/birch", "letter-user"),
    ] {
        let (files, out) = filings(named);
        assert_eq!(files, expected, "{named}: {out}");
    }
    for (named, error) in [
        ("acme/2025-10-kk", "there is no `acme/2025-10-kk`; did you mean `acme/2025-10-k`?"),
        (
            "filings/harbour-user.yaml",
            "there is no `filings/harbour-user.yaml`; did you mean `harbor-user`?",
        ),
        ("../x", "there is no `../x`"),
        ("/", "`/` is not below `filings`; name another directory with --filings"),
    ] {
        let out = short(folder.path(), &["check", named]);
        assert!(out.ends_with(&format!("error: {error}\n-- exit 2\n")), "{named}: {out}");
    }
    for command in ["build", "due", "package"] {
        let out = short(folder.path(), &[command, "acme/2025-10-k"]);
        assert!(
            out.contains("filings/acme/2025-10-k.yaml:") && !out.contains("2026-10-q"),
            "{out}"
        );
    }
}

#[test]
fn a_filing_on_standard_input_is_checked_with_the_shared_registrants() {
    use std::io::Write as _;
    let folder = support::repository(&[(
        "registrants/harbor.yaml",
        "name: Quiet Harbor, Inc.\ncik: \"0009990001\"\naddress: {street: 1 Pier Road, city: Portland}\n",
    )]);
    let check = |text: &str, args: &[&str]| {
        let mut child = support::latefile(folder.path())
            .args(["check", "-", "--message-format", "short"])
            .args(args)
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // A usage error ends it before it reads.
        let _ = child.stdin.take().unwrap().write_all(text.as_bytes());
        support::transcript(&child.wait_with_output().unwrap())
    };
    let clean = "-- stderr\n<stdin> · 0 errors · 0 warnings\n-- exit 0\n";
    assert_eq!(check(support::SOUND, &[]), clean);
    let start = support::SOUND.find("registrant:").unwrap();
    let end = support::SOUND.find("relief:").unwrap();
    let mut shared = support::SOUND.to_owned();
    shared.replace_range(start..end, "registrant: harbor\n");
    assert!(check(&shared, &[]).contains("due-date-unknown"), "{}", check(&shared, &[]));
    let broken = check(&support::SOUND.replace("sought", "soght"), &[]);
    assert!(broken.starts_with("<stdin>:7:9: error[value]: `soght`"), "{broken}");
    assert!(broken.ends_with("-- exit 1\n"), "{broken}");
    for more in ["--fix", "a"] {
        assert!(check("", &[more]).ends_with("-- exit 2\n"));
    }
}

#[test]
fn templates_that_nothing_names_are_a_warning() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    let templates = folder.path().join("templates");
    fs::create_dir(&templates).unwrap();
    fs::write(templates.join("of-another-program.html"), "x").unwrap();
    assert!(!short(folder.path(), &["check"]).contains("templates-unused"));
    fs::remove_dir_all(&templates).unwrap();
    support::succeeds(folder.path(), &["templates", "--eject", "templates"]);
    let warning = "templates:1:1: warning[templates-unused]: no template in this folder is used\n";
    for args in [&["check"][..], &["build", "--formats", "text"], &["package"]] {
        assert!(short(folder.path(), args).starts_with(warning), "{}", short(folder.path(), args));
    }
    let named = short(folder.path(), &["check", "--templates", "templates"]);
    assert!(!named.contains("templates-unused"), "{named}");
    fs::write(folder.path().join("latefile.toml"), "templates = \"templates\"\n").unwrap();
    let named = short(&folder.path().join("filings"), &["check"]);
    assert!(!named.contains("templates-unused"), "{named}");
}

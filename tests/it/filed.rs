//! `filed-changed`: `latefile redline` names each notice that was filed in the old revision and
//! changes in the new one.

use std::fs;
use std::path::Path;

use crate::redline::{commit, git, without_hashes};
use crate::support::{self, SOUND};

const FILED: &str = "filed: {date: 2026-03-31, accession: 0001193125-26-000123}\n";
const WAS_FILED: &str = "`a` was filed 2026-03-31 as 0001193125-26-000123; ";
const BUILD: [&str; 4] = ["build", "-q", "--formats", "text,html"];

/// A notice that was filed, with a letter.
fn notice() -> String {
    let letter = "letters: [{kind: cover, date: 2026-03-31, signed: true, signed_by: J. Roe, body: The fire is out.}]\n";
    format!("{SOUND}{letter}{FILED}")
}

/// A repository with a filed notice `a` and another notice `b`, built and committed.
fn repository() -> tempfile::TempDir {
    let other = SOUND.replace("0009990001", "0009990002");
    let folder = support::repository(&[("a.yaml", &notice()), ("b.yaml", &other)]);
    support::succeeds(folder.path(), &BUILD);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn edit(folder: &Path, from: &str, to: &str) {
    let changed = notice().replace(from, to);
    assert_ne!(changed, notice());
    write(folder, "filings/a.yaml", &changed);
}

fn build(folder: &Path, more: &[&str]) {
    support::run(folder, &[&BUILD[..], more].concat());
}

/// The finding on the filed notice, or nothing: the same before and after the change is committed.
fn said(folder: &Path, args: &[&str]) -> Option<String> {
    let sentence = |sides: &[&str]| -> Option<String> {
        let json = support::run(folder, &[&["redline", "--format", "json"], sides, args].concat());
        assert_eq!(json.status.code(), Some(0), "{}", support::transcript(&json));
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        let findings = json["findings"].as_array().unwrap();
        assert!(findings.len() < 2, "{findings:?}");
        let finding = findings.first()?;
        assert_eq!(finding["code"], "filed-changed");
        Some(finding["message"].as_str().unwrap().to_owned())
    };
    let in_work_tree = sentence(&["main"]);
    git(folder, &["switch", "-q", "-c", "new"]);
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", "x"]);
    let committed = sentence(&["main", "new"]);
    assert_eq!(in_work_tree, committed);
    let output = support::run(folder, &["redline", "main..new", "--deny", "filed-changed"]);
    let code = i32::from(committed.is_some());
    assert_eq!(output.status.code(), Some(code), "{}", support::transcript(&output));
    assert_eq!(support::text(&output.stderr).contains("error[filed-changed]"), code == 1);
    committed.map(|said| said.strip_prefix(WAS_FILED).unwrap_or(&said).to_owned())
}

/// A change of the repository, and what is said of it.
type Case = (&'static str, fn(&Path), Option<&'static str>);

const DOCUMENTS: Option<&str> = Some("its documents change");

const CASES: [Case; 22] = [
    ("nothing", |_| {}, None),
    (
        "a forced build",
        |path| {
            edit(path, "Quiet Harbor", "Loud Harbor");
            build(path, &["--force"]);
        },
        DOCUMENTS,
    ),
    ("a source without a build", |path| edit(path, "March 3", "March 4"), DOCUMENTS),
    ("the text of a letter", |path| edit(path, "is out", "was out"), DOCUMENTS),
    (
        "a letter more",
        |path| {
            edit(
                path,
                "out.}]",
                "out.}, {kind: authority, date: 2026-03-31, signed: true, signed_by: R. Roe, body: Text.}]",
            )
        },
        DOCUMENTS,
    ),
    (
        "outputs of the removed folder, built again",
        |path| {
            fs::remove_dir_all(path.join("out/a")).unwrap();
            edit(path, "Quiet Harbor", "Loud Harbor");
            build(path, &[]);
        },
        DOCUMENTS,
    ),
    ("an edited output", |path| write(path, "out/a/form12b25.txt", "x\n"), DOCUMENTS),
    ("an exhibit that nobody made", |path| write(path, "out/a/ex99-2.txt", "x\n"), DOCUMENTS),
    (
        "all outputs",
        |path| fs::remove_dir_all(path.join("out")).unwrap(),
        Some("its outputs are removed"),
    ),
    (
        "one output",
        |path| fs::remove_file(path.join("out/a/cover.htm")).unwrap(),
        Some("cover.htm is removed"),
    ),
    (
        "the documents without the manifest",
        |path| fs::remove_file(path.join("out/a/manifest.json")).unwrap(),
        None,
    ),
    ("the key", |path| edit(path, FILED, ""), Some("`filed` is removed")),
    (
        "the key and the text",
        |path| {
            write(path, "filings/a.yaml", &notice().replace(FILED, "").replace("March 3", "May 3"))
        },
        Some("its documents change, `filed` is removed"),
    ),
    ("the number", |path| edit(path, "000123", "000124"), Some("its accession number changes")),
    (
        "the date",
        |path| edit(path, "2026-03-31, acc", "2026-03-30, acc"),
        Some("its filing date changes"),
    ),
    (
        "the source",
        |path| fs::remove_file(path.join("filings/a.yaml")).unwrap(),
        Some("its source is removed"),
    ),
    (
        "source and outputs",
        |path| {
            fs::remove_file(path.join("filings/a.yaml")).unwrap();
            build(path, &["--force"]);
        },
        Some("its outputs are removed, its source is removed"),
    ),
    (
        "a source that cannot be read",
        |path| write(path, "filings/a.yaml", "report: ["),
        Some("its source cannot be read any more"),
    ),
    (
        "another name",
        |path| {
            fs::create_dir(path.join("filings/harbor")).unwrap();
            fs::rename(path.join("filings/a.yaml"), path.join("filings/harbor/2025.yaml")).unwrap();
            build(path, &["--force"]);
        },
        None,
    ),
    (
        "comments and keys that no document shows",
        |path| {
            let text =
                format!("# Filed at noon.\n{}edgar: {{notify: [a@example.com]}}\n", notice());
            write(path, "filings/a.yaml", &text);
            build(path, &[]);
        },
        None,
    ),
    (
        "a first filing",
        |path| {
            let text = fs::read_to_string(path.join("filings/b.yaml")).unwrap();
            write(path, "filings/b.yaml", &(text + &FILED.replace("123}", "124}")));
            build(path, &[]);
        },
        None,
    ),
    (
        "a notice that was not filed",
        |path| {
            let text = fs::read_to_string(path.join("filings/b.yaml")).unwrap();
            write(path, "filings/b.yaml", &text.replace("March 3", "May 3"));
            fs::remove_dir_all(path.join("out/b")).unwrap();
        },
        None,
    ),
];

#[test]
fn a_filed_notice_that_changes_is_named() {
    for (change, apply, expected) in CASES {
        let folder = repository();
        apply(folder.path());
        assert_eq!(said(folder.path(), &[]).as_deref(), expected, "{change}");
    }
}

#[test]
fn the_finding_comes_first_in_every_format() {
    let folder = repository();
    let path = folder.path();
    edit(path, "Quiet Harbor", "Loud Harbor");
    build(path, &["--force"]);
    let case = support::root().join("tests/cases/redline/filed");
    for (format, file) in
        [("terminal", "terminal.txt"), ("markdown", "comment.md"), ("json", "redline.json")]
    {
        let output = support::run(path, &["redline", "main", "--format", format]);
        support::expect(&case.join(file), &without_hashes(&support::transcript(&output)));
    }
    let page = support::run(path, &["redline", "main", "--format", "html"]);
    let page = support::text(&page.stdout);
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("<code>a</code> was filed 2026-03-31 as 0001193125-26-000123") < at("<h1>"));
    let denied = ["redline", "main", "-o", "x.txt", "--deny", "filed-changed"];
    for format in ["human", "short", "json", "github", "sarif"] {
        let output = support::run(path, &[&denied[..], &["--message-format", format]].concat());
        assert_eq!(output.status.code(), Some(1), "{}", support::transcript(&output));
        assert!(support::text(&output.stderr).contains("filed-changed"), "{format}");
    }
    assert!(fs::read_to_string(path.join("x.txt")).unwrap().starts_with("error[filed-changed]"));
    // Another rule is not found here, whatever else changed.
    let other = ["redline", "main", "--deny", "unsigned"];
    assert_eq!(support::run(path, &other).status.code(), Some(0));
    assert_eq!(
        support::run(path, &["redline", "main", "--deny", "warnings"]).status.code(),
        Some(1)
    );
    assert_eq!(support::run(path, &[&denied[..], &["--id", "b"]].concat()).status.code(), Some(0));
}

#[test]
fn shared_registrants_and_templates_change_what_was_filed() {
    let shared = SOUND.replace(
        &SOUND[SOUND.find("registrant:").unwrap()..SOUND.find("relief").unwrap()],
        "registrant: harbor\n",
    );
    let registrant = SOUND[SOUND.find("  name:").unwrap()..SOUND.find("relief").unwrap()]
        .replace("\n  ", "\n")
        .trim_start()
        .to_owned();
    let folder = support::repository(&[
        ("a.yaml", &format!("{shared}{FILED}")),
        ("registrants/harbor.yaml", &registrant),
    ]);
    let path = folder.path();
    let template = support::root().join("templates/form12b25.txt");
    let template = fs::read_to_string(template).unwrap();
    write(path, "templates/form12b25.txt", &template);
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    write(path, "filings/registrants/harbor.yaml", &registrant.replace("Quiet", "Loud"));
    let templates = ["--templates", "templates"];
    assert_eq!(said(path, &templates).as_deref(), DOCUMENTS);
    git(path, &["switch", "-q", "-f", "main"]);
    git(path, &["branch", "-q", "-D", "new"]);
    write(path, "templates/form12b25.txt", &format!("----------\n{template}"));
    let output = support::run(path, &[&["redline", "main"], &templates[..]].concat());
    assert!(
        support::text(&output.stdout).starts_with("error[filed-changed]"),
        "{}",
        support::transcript(&output)
    );
}

#[test]
fn outputs_that_no_source_names_stay_filed() {
    let folder = repository();
    let path = folder.path();
    fs::remove_file(path.join("filings/a.yaml")).unwrap();
    commit(path);
    write(path, "out/a/form12b25.htm", "<html></html>\n");
    let output = support::run(path, &["redline", "main", "--deny", "filed-changed"]);
    let said = support::transcript(&output);
    assert!(
        said.starts_with("error[filed-changed]: `a` was filed 2026-03-31; its documents change\n"),
        "{said}"
    );
    assert!(said.contains("out/a/manifest.json:1:1") && said.ends_with("-- exit 1\n"), "{said}");
}

#[test]
fn moved_folders_hide_nothing() {
    let folder = repository();
    let path = folder.path();
    fs::rename(path.join("filings"), path.join("notices")).unwrap();
    fs::rename(path.join("out"), path.join("made")).unwrap();
    write(path, "latefile.toml", "filings = \"notices\"\nout = \"made\"\n");
    assert_eq!(said(path, &[]), None);
    git(path, &["branch", "-q", "-m", "new", "moved"]);
    let redline = |sides: &[&str]| {
        let denied = ["redline", "--deny", "filed-changed"];
        let output = support::run(path, &[&denied[..], sides].concat());
        (output.status.code(), support::transcript(&output))
    };
    write(path, "notices/a.yaml", &notice().replace("March 3", "May 3"));
    commit(path);
    for sides in [&["main"][..], &["main", "moved"], &["main..moved"], &["main...moved"]] {
        assert_eq!(redline(sides).0, Some(1), "{sides:?}: {}", redline(sides).1);
    }
    git(path, &["revert", "--no-edit", "HEAD"]);
    write(path, "made/a/form12b25.txt", "x\n");
    commit(path);
    assert_eq!(redline(&["main", "moved"]).0, Some(1), "{}", redline(&["main", "moved"]).1);
    assert_eq!(redline(&["main"]).0, Some(1), "{}", redline(&["main"]).1);
    // Folders, each with its own project file or none.
    let old = self::repository();
    let old = old.path().to_str().unwrap();
    assert_eq!(redline(&[old]).0, Some(1), "{}", redline(&[old]).1);
    let new = path.to_str().unwrap();
    let output = support::run(Path::new(old), &["redline", ".", new, "--deny", "filed-changed"]);
    assert_eq!(output.status.code(), Some(1), "{}", support::transcript(&output));
    // A project file that cannot be read is named with its revision.
    write(path, "latefile.toml", "nosuch = 1\n");
    commit(path);
    git(path, &["rm", "-q", "latefile.toml"]);
    let (code, text) = redline(&["HEAD", "HEAD~1"]);
    assert_eq!(code, Some(2), "{text}");
    assert!(text.contains("error: HEAD:latefile.toml:1:1: unknown key `nosuch`"), "{text}");
}

#[test]
fn folders_are_compared_as_revisions_are() {
    let (old, new) = (repository(), repository());
    let (old, new) = (old.path().to_str().unwrap(), new.path());
    fs::remove_file(new.join("out/a/form12b25.txt")).unwrap();
    let said = support::text(&support::run(new, &["redline", old, "."]).stdout);
    assert!(said.contains("form12b25.txt is removed"), "{said}");
    // A folder of filings alone has no outputs to lose.
    let said = support::text(&support::run(new, &["redline", old, "filings"]).stdout);
    assert!(said.ends_with("2 filings: 2 unchanged\n"), "{said}");
}

//! `latefile redline`: two branches with every kind of change, in all formats; where sides come
//! from; EDGAR's marks in an amended text.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support;

fn case(name: &str) -> PathBuf {
    support::root().join("tests/cases/redline").join(name)
}

/// git in a folder, as nobody has set it up.
pub(crate) fn git(folder: &Path, args: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder)
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "A").env(format!("GIT_{who}_EMAIL"), "a@example.com");
        git.env(format!("GIT_{who}_DATE"), "2026-04-01T12:00:00Z");
    }
    let output = git.output().expect("git starts");
    assert!(output.status.success(), "git {args:?}: {}", support::text(&output.stderr));
}

/// Commits all that a folder holds.
pub(crate) fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "x"]);
}

/// Writes the templates of letters and the layout, with what stands before a letter's subject.
fn templates(folder: &Path, subject: &str) {
    let own = folder.join("templates");
    fs::create_dir_all(&own).unwrap();
    for name in ["letter.htm", "letter.txt", "layout.typ"] {
        let text = fs::read_to_string(support::root().join("templates").join(name)).unwrap();
        let changed = text
            .replace("\"Re:", &format!("\"{subject}:"))
            .replace(">Re:<", &format!(">{subject}:<"));
        fs::write(own.join(name), changed).unwrap();
    }
}

/// A repository with the branches `main` and `new`, the second checked out, between which all
/// changed that can.
fn twelve() -> tempfile::TempDir {
    let folder = support::folder();
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    support::copy(&case("twelve/old/filings"), &path.join("filings"));
    templates(path, "Re");
    commit(path);
    git(path, &["switch", "-q", "-c", "new"]);
    fs::remove_dir_all(path.join("filings")).unwrap();
    support::copy(&case("twelve/new/filings"), &path.join("filings"));
    templates(path, "Subject");
    commit(path);
    folder
}

const TEMPLATES: [&str; 2] = ["--templates", "templates"];

fn redline(folder: &Path, args: &[&str]) -> String {
    let output = support::run(folder, &[&["redline"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", support::transcript(&output));
    without_hashes(&support::text(&output.stdout))
}

/// A redline with zeros in the names of commits and in the hash of the page's style, which depend
/// on the built-in templates.
pub(crate) fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    for piece in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if matches!(word.len(), 12 | 40) && word.chars().all(hex) {
            out += &"0".repeat(word.len());
            out += &piece[word.len()..];
        } else {
            out += piece;
        }
    }
    let Some((before, style)) = out.split_once("'sha256-") else { return out };
    let (_, after) = style.split_once('\'').unwrap();
    format!("{before}'sha256-0'{after}")
}

/// Twelve kinds of change, in each format.
mod twelve_changes {
    crate::cases::each! { super::compare_twelve_changes: terminal markdown html json }
}

fn compare_twelve_changes(format: &str) {
    let expected = match format {
        "markdown" => "comment.md",
        "html" => "page.html",
        "json" => "redline.json",
        _ => "terminal.txt",
    };
    let args = [&["main..new", "--format", format], &TEMPLATES[..]].concat();
    support::expect(&case("twelve").join(expected), &redline(twelve().path(), &args));
}

#[test]
fn colours_do_not_change_the_text() {
    let folder = twelve();
    let plain = redline(folder.path(), &["main", "new"]);
    let colored = redline(folder.path(), &["main", "new", "--color", "always"]);
    assert!(colored.contains("\x1b[31;9m[-30,512-]\x1b[0m"), "{colored}");
    let mut pieces = colored.split('\x1b');
    let first = pieces.next().unwrap().to_owned();
    let stripped = pieces.fold(first, |text, piece| text + piece.split_once('m').unwrap().1);
    assert_eq!(stripped, plain);
    assert!(plain.lines().all(|line| line.chars().count() <= 80), "{plain}");
}

#[test]
fn a_side_is_a_revision_a_range_a_folder_or_the_work_tree() {
    let folder = twelve();
    let path = folder.path();
    let whole = |args: &[&str]| {
        let text = redline(path, args);
        text.split_once('\n').map(|(_, rest)| rest.to_owned()).unwrap()
    };
    let expected = whole(&["main", "new"]);
    assert!(expected.starts_with("14 filings: 10 changed"), "{expected}");
    let old = support::folder();
    support::copy(&case("twelve/old/filings"), &old.path().join("filings"));
    let repository = old.path().to_str().unwrap().to_owned();
    let filings = format!("{repository}/filings");
    for args in [
        &["main..new"][..],
        &["main..."],
        &["new~1", "HEAD"],
        &["main"],
        &[&repository],
        &[&filings, "."],
        &[&repository, "filings"],
    ] {
        assert_eq!(whole(args), expected, "{args:?}");
    }
    let absolute = path.canonicalize().unwrap().join("filings");
    assert_eq!(whole(&[&repository, ".", "--filings", absolute.to_str().unwrap()]), expected);
    // What was changed and not committed is part of the work tree.
    fs::remove_file(path.join("filings/box.yaml")).unwrap();
    assert!(whole(&["new"]).contains("box  removed"));
    assert_eq!(whole(&["HEAD", "HEAD"]), "14 filings: 14 unchanged\n".replace("14", "13"));
    // A sub-folder is as good a place as any: paths are those of the folder one stands in.
    fs::create_dir(path.join("sub")).unwrap();
    let below =
        support::run(&path.join("sub"), &["redline", "main..new", "--filings", "../filings"]);
    assert_eq!(support::text(&below.stdout).split_once('\n').unwrap().1, expected);
}

#[test]
fn a_missing_side_is_a_usage_error() {
    let folder = twelve();
    let path = folder.path();
    let said = |args: &[&str]| support::fails(path, &[&["redline"], args].concat(), 2);
    for (args, message) in [
        (&["nosuch"][..], "error: there is no revision `nosuch`, and no such directory\n"),
        (&["main..nosuch"], "error: there is no revision `nosuch`, and no such directory\n"),
        (&["--", "--output=x"], "error: `--output=x` is no revision\n"),
        (&["main..--all"], "error: `--all` is no revision\n"),
        (
            &["main..new", "new"],
            "error: `main..new` is a range, which has both sides; leave out NEW\n",
        ),
        (&["main", "--id", "nosuch"], "error: there is no filing `nosuch` on either side\n"),
        (
            &["main", "--r-tags"],
            "error: no amended notice is new or changed in work tree; --id names one that is not\n",
        ),
    ] {
        assert!(said(args).contains(message), "{args:?}: {}", said(args));
    }
    let shallow = support::folder();
    let from = format!("file://{}", path.display());
    git(shallow.path(), &["clone", "-q", "--depth", "1", &from, "clone"]);
    let beyond = support::fails(&shallow.path().join("clone"), &["redline", "HEAD~1"], 2);
    assert!(
        beyond.contains("(this clone is shallow: `git fetch --unshallow` brings the rest)"),
        "{beyond}"
    );
    let bare = support::repository(&[("a.yaml", support::SOUND)]);
    let alone = support::fails(bare.path(), &["redline", "main"], 2);
    assert!(
        alone.contains("error: there is no directory `main`, and there is no git repository here"),
        "{alone}"
    );
}

#[test]
fn an_id_and_an_output_file_can_be_named() {
    let folder = twelve();
    let path = folder.path();
    assert_eq!(redline(path, &["main", "new", "--id", "word", "-o", "word.txt"]), "");
    let text = fs::read_to_string(path.join("word.txt")).unwrap();
    assert!(text.starts_with("main → new\n1 filing: 1 changed\n\nword  changed\n"), "{text}");
}

#[test]
fn broken_templates_are_reported_once() {
    let folder = twelve();
    fs::write(folder.path().join("templates/letter.txt"), "{{ nothing }}").unwrap();
    let text = redline(folder.path(), &[&["HEAD"], &TEMPLATES[..]].concat());
    let expected = "HEAD → work tree\n13 filings: 13 unchanged\n\n- the template `letter.txt` changes\n\
                    - the templates of work tree are broken: templates/letter.txt: the view has no\n  `nothing`\n";
    assert_eq!(text, expected);
}

#[test]
fn documents_of_an_unreadable_filing_are_not_removed() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    fs::write(path.join("filings/a.yaml"), support::SOUND.replace("relief: sought", "relief: ["))
        .unwrap();
    for (sides, which) in [(&["main"][..], "new"), (&[".", "main"], "old")] {
        let text = redline(path, sides);
        assert!(
            text.contains(&format!("- the {which} version cannot be read as a filing\n")),
            "{text}"
        );
        assert!(!text.contains("Form 12b-25"), "{text}");
    }
}

#[test]
fn a_second_notice_of_a_report_is_added() {
    let folder = support::repository(&[("b.yaml", support::SOUND)]);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    commit(folder.path());
    fs::write(folder.path().join("filings/a.yaml"), support::SOUND).unwrap();
    let text = redline(folder.path(), &["main"]);
    let expected = "main → work tree\n2 filings: 1 changed · 1 added\n\n\
                    a  added\n  NT 10-K · Quiet Harbor, Inc. · period ended December 31, 2025\n  - the filing is added\n  \
                    - documents: Form 12b-25\n\n\
                    b  changed\n  NT 10-K · Quiet Harbor, Inc. · period ended December 31, 2025\n  \
                    - new warning: `a` gives notice of the same report already (rule\n    `duplicate-notice`)\n";
    assert_eq!(text, expected);
}

#[test]
fn every_change_of_the_data_has_a_sentence() {
    support::expect(&case("facts/terminal.txt"), &redline(&case("facts"), &["old", "new"]));
}

#[test]
fn a_renamed_filing_is_paired() {
    let folder =
        support::repository(&[("quiet.yaml", support::SOUND), ("other.yaml", support::SOUND)]);
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    fs::create_dir(path.join("filings/quiet-harbor")).unwrap();
    let changed =
        support::SOUND.replace("207-555-0100", "207-555-0199").replace("March 3,", "March 4,");
    fs::write(path.join("filings/quiet-harbor/2025-10-k.yaml"), changed).unwrap();
    fs::remove_file(path.join("filings/quiet.yaml")).unwrap();
    support::expect(&case("renamed.txt"), &redline(path, &["main"]));
}

/// A folder with some of a case's filings on either side.
fn sides(case: &Path, old: &[&str], new: &[&str]) -> tempfile::TempDir {
    let folder = support::folder();
    for (side, ids) in [("old", old), ("new", new)] {
        let filings = folder.path().join(side).join("filings");
        fs::create_dir_all(&filings).unwrap();
        for id in ids {
            let name = format!("{id}.yaml");
            fs::copy(case.join(&name), filings.join(&name)).unwrap();
        }
    }
    folder
}

/// Two reports of one CIK for one period, which only their series or plans distinguish.
const TWO_REPORTS: [(&str, [&str; 2]); 2] =
    [("series", ["growth", "income"]), ("plans", ["hourly", "salaried"])];

#[test]
fn redline_compares_an_amendment_with_the_notice_of_its_own_series_or_plan() {
    for (name, [one, other]) in TWO_REPORTS {
        let amendments = [format!("{one}-a"), format!("{other}-a")];
        let new = [one, &amendments[0], other, &amendments[1]];
        let folder = sides(&case(name), &[one, other], &new);
        let compared = redline(folder.path(), &["old", "new"]);
        support::expect(&case(name).join("amendments.txt"), &compared);
        for id in &amendments {
            let marked =
                support::run(folder.path(), &["redline", "old", "new", "--r-tags", "--id", id]);
            let expected = case(name).join(format!("{id}-r-tags.txt"));
            support::expect(&expected, &support::transcript(&marked));
        }
    }
}

#[test]
fn redline_takes_a_notice_of_another_series_or_plan_for_another_report() {
    for (name, [one, other]) in TWO_REPORTS {
        let folder = sides(&case(name), &[one], &[other]);
        let compared = redline(folder.path(), &["old", "new"]);
        support::expect(&case(name).join("two-reports.txt"), &compared);
        // The original of an amendment may be in no file; another report's notice is not it.
        let amendment = format!("{one}-a");
        let folder = sides(&case(name), &[other], &[other, &amendment]);
        let compared = redline(folder.path(), &["old", "new"]);
        support::expect(&case(name).join("no-original.txt"), &compared);
    }
}

#[test]
fn an_amended_text_has_the_marks_of_edgar() {
    let folder = support::folder();
    let path = folder.path();
    support::copy(&support::root().join("filings"), &path.join("filings"));
    let amendment = path.join("filings/quillfeather-2025-10-k-a1.yaml");
    let text = fs::read(&amendment).unwrap();
    fs::remove_file(&amendment).unwrap();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    fs::write(&amendment, text).unwrap();
    support::expect(&case("amendment.txt"), &redline(path, &["main"]));
    let marked = redline(path, &["main", "--r-tags"]);
    support::expect(&case("r-tags.txt"), &marked);
    fs::write(path.join("marked.txt"), &marked).unwrap();
    support::succeeds(path, &["lint", "marked.txt", "--deny", "warnings"]);
    for line in marked.lines().filter(|line| line.contains("<R>") || line.contains("</R>")) {
        assert!(
            line.starts_with("<R>") && line.ends_with("</R>") && line.matches("R>").count() == 2,
            "{line}"
        );
    }
    // Two amendments at once are asked about, and each can be named.
    let both = support::fails(path, &["redline", ".", "--r-tags", "--id", "nosuch"], 2);
    assert!(both.contains("there is no filing `nosuch`"), "{both}");
    assert_eq!(redline(path, &["main", "--r-tags", "--id", "quillfeather-2025-10-k-a1"]), marked);
}

#[test]
fn a_letter_of_an_amended_notice_has_the_marks_too() {
    let folder = support::folder();
    let path = folder.path();
    support::copy(&support::root().join("filings"), &path.join("filings"));
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    let original = fs::read_to_string(path.join("filings/quillfeather-2025-10-k.yaml")).unwrap();
    let letters = original.split_once("\nletters:\n").unwrap().1;
    let letters = letters
        .replace("date: 2026-03-30", "date: 2026-04-01")
        .replace("signed by all", "signed by any");
    let authority = "  - {kind: authority, body: He may sign., signed: true, signed_by: A. B. Crane, date: 2026-04-01}\n";
    let amendment = path.join("filings/quillfeather-2025-10-k-a1.yaml");
    let text = fs::read_to_string(&amendment).unwrap();
    fs::write(&amendment, format!("{text}\nletters:\n{letters}\n{authority}")).unwrap();
    let marked =
        |args: &[&str]| support::run(path, &[&["redline", "main", "--r-tags"], args].concat());
    support::expect(
        &case("r-tags-letter.txt"),
        &support::transcript(&marked(&["--document", "ex99-1"])),
    );
    let form = support::text(&marked(&[]).stderr);
    assert!(form.ends_with("\nex99-1 changed too: --document ex99-1\n"), "{form}");
    let new = support::transcript(&marked(&["--document", "ex99-2"]));
    assert!(
        new.contains(
            "ex99-2 of quillfeather-2025-10-k-a1, compared with quillfeather-2025-10-k: new, so"
        ),
        "{new}"
    );
    assert!(!new.contains("<R>"), "{new}");
    let wrong = support::transcript(&marked(&["--document", "ex99-3"]));
    assert!(
        wrong.contains("has no document `ex99-3`, only form12b25, ex99-1, ex99-2\n-- exit 2"),
        "{wrong}"
    );
}

/// What a command says on a terminal of its own, by the program `script` of util-linux.
#[cfg(target_os = "linux")]
fn on_a_terminal(folder: &Path, args: &str, pager: Option<&str>) -> (String, Option<i32>) {
    let mut script = Command::new("script");
    script
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("LESS")
        .env_remove("PAGER")
        .env("TERM", "xterm");
    script.envs(pager.map(|pager| ("PAGER", pager)));
    let command = format!("'{}' redline {args}", env!("CARGO_BIN_EXE_latefile"));
    let output = script
        .args(["-q", "-e", "-c", &command, "/dev/null"])
        .stdin(std::process::Stdio::null())
        .output();
    let output = output.expect("script of util-linux");
    (support::text(&output.stdout).replace("\r\n", "\n"), output.status.code())
}

#[cfg(target_os = "linux")]
#[test]
fn only_a_terminal_is_paged() {
    let folder = twelve();
    let path = folder.path();
    let colored = redline(path, &["main", "--color", "always"]);
    let paged = |args: &str, pager: &str| on_a_terminal(path, args, Some(pager));
    let through = |text: &str| text.lines().map(|line| format!("> {line}\n")).collect::<String>();
    assert_eq!(
        paged("main", "sed 's/^/> /'"),
        (through(&colored), Some(0)),
        "a command of the shell, with colours"
    );
    let set = paged("main", "printf '%s\\n' \"$LESS\"; cat > /dev/null");
    assert_eq!(set, ("FRX\n".to_owned(), Some(0)), "`less` leaves at once what fits");
    for pager in ["cat", "", "/nowhere/pager 2> /dev/null"] {
        assert_eq!(paged("main", pager), (colored.clone(), Some(0)), "`{pager}` is none");
    }
    assert_eq!(paged("main --no-pager", "false"), (colored.clone(), Some(0)));
    assert_eq!(
        paged("main --color never", "head -n 1"),
        ("main → work tree\n".to_owned(), Some(0)),
        "left early"
    );
    assert_eq!(
        paged("main", "cat > /dev/null; exit 3"),
        (String::new(), Some(0)),
        "its end is between it and its reader"
    );
    let wrong = paged("nosuch", "sed 's/^/> /'");
    assert!(wrong.1 == Some(2) && !wrong.0.contains('>'), "{wrong:?}");
    assert_eq!(paged("main -o to.txt", "sed 's/^/> /'"), (String::new(), Some(0)));
    // Piped, there is nobody to page for.
    let mut piped = support::latefile(path);
    let piped = piped.args(["redline", "main"]).env("PAGER", "sed 's/^/> /'").output().unwrap();
    assert!(support::text(&piped.stdout).starts_with("main → work tree\n"));
}

#[test]
fn each_side_has_its_own_closed_days() {
    let folder = support::repository(&[("a.yaml", support::SOUND)]);
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    let old = support::folder();
    support::copy(path, old.path());
    git(path, &["switch", "-q", "-c", "new"]);
    fs::write(path.join("latefile.toml"), "closed_days = \"closed.csv\"\n").unwrap();
    fs::write(path.join("closed.csv"), "2026-03-31,Day of mourning,C\n").unwrap();
    commit(path);
    let redline = |folder: &Path, sides: &[&str]| {
        let args = [&["redline", "--no-pager"], sides].concat();
        support::transcript(&support::run(folder, &args))
    };
    let (before, after) = (old.path().to_str().unwrap(), path.to_str().unwrap());
    let moved = "due date moves from 2026-03-31 to 2026-04-01";
    for sides in [&["main"][..], &["main", "new"], &[before], &[before, after]] {
        let text = redline(path, sides);
        assert!(text.contains(moved), "{sides:?}: {text}");
    }
    let text = redline(old.path(), &["HEAD", after]);
    assert!(text.contains(moved), "{text}");
    let text = redline(path, &["main", "new", "--closed-days", "closed.csv"]);
    assert!(!text.contains("due date"), "a flag holds for both sides: {text}");
    fs::write(path.join("closed.csv"), "March 31\n").unwrap();
    commit(path);
    let text = redline(path, &["main", "new"]);
    assert!(text.contains("error: new:closed.csv:1: "), "{text}");
    fs::remove_file(path.join("closed.csv")).unwrap();
    commit(path);
    let text = redline(path, &["main", "new"]);
    assert!(text.contains("error: there is no new:closed.csv\n"), "{text}");
}

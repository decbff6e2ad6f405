//! Access codes: where they may come from and go to, and that they stand nowhere else.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::support::{self, SOUND, repository, run, text, transcript};

const CODE: &str = "pl4nted$";
const OTHER: &str = "0ther@#*";

/// A filing with a co-registrant, and the file of their codes.
fn with_codes() -> tempfile::TempDir {
    let other = "co_registrants:\n  - name: Quiet Harbor Two, Inc.\n    cik: \"9990002\"\n    address: {street: 2 Pier Road, city: Portland}\n";
    let folder = repository(&[
        ("a.yaml", &(SOUND.to_owned() + other)),
        (
            "b.yaml",
            &SOUND
                .replace("2025-12-31", "2024-12-31")
                .replace("2026-", "2025-")
                .replace("March 3, 2026", "March 3, 2025"),
        ),
    ]);
    secret(
        &folder.path().join("codes"),
        &format!("# ours\n9990001 {CODE}\n0009990002 {OTHER}\n"),
        0o600,
    );
    folder
}

fn secret(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Everything that holds one of the codes, below a folder.
fn holders(folder: &Path) -> Vec<String> {
    let holds = |bytes: &[u8]| [CODE, OTHER].iter().any(|code| text(bytes).contains(code));
    support::files(folder)
        .into_iter()
        .filter(|(_, bytes)| holds(bytes))
        .map(|(name, _)| name)
        .collect()
}

const PACKAGE: &[&str] =
    &["package", "--to", "made", "--ccc-file", "codes", "--message-format", "short"];

#[test]
fn codes_are_in_packages_only() {
    let folder = with_codes();
    let commands: &[&[&str]] = &[
        PACKAGE,
        &["build"],
        &["build", "--check"],
        &["check"],
        &["due"],
        &["rules"],
        &["schema"],
        &["package", "--help"],
        &["new", "10-K", "filings/c.yaml"],
        &[
            "lint",
            "out/a/form12b25.txt",
            "out/a/form12b25.htm",
            "out/a/form12b25.pdf",
            "made/a/submission.xml",
        ],
        &["package"],
        &["package", "--to", "made", "--ccc-file", "codes", "--live"],
        &["package", "--check", "made/a/submission.xml"],
        &["package", "--check", "made/a/submission.xml", "--message-format", "json"],
        &["package", "--check", "codes"],
        &["completions", "bash"],
        &["init", "new"],
    ];
    for args in commands {
        // Few commands read the variable; none repeats it, and no program that they start is given
        // it.
        let output = support::latefile(folder.path())
            .args(*args)
            .env("LATEFILE_CCC", CODE)
            .output()
            .unwrap();
        let said = transcript(&output);
        assert!(!said.contains(CODE) && !said.contains(OTHER), "{args:?}: {said}");
    }
    assert_eq!(holders(folder.path()), ["codes", "made/a/submission.xml", "made/b/submission.xml"]);
    let package = fs::read_to_string(folder.path().join("made/a/submission.xml")).unwrap();
    assert!(package.contains(&format!(
        "<cor:filerId>0009990001</cor:filerId>\n    <cor:filerCcc>{CODE}</cor:filerCcc>"
    )));
    assert!(package.contains(&format!(
        "<cor:filerId>0009990002</cor:filerId>\n      <cor:filerCcc>{OTHER}</cor:filerCcc>"
    )));
    assert_eq!(holders(&support::root().join("out")), [""; 0]);
}

#[test]
fn folders_of_packages_are_private_whatever_the_umask() {
    for umask in ["000", "022", "077", "277"] {
        let folder = with_codes();
        fs::create_dir_all(folder.path().join("filings/deep")).unwrap();
        fs::rename(folder.path().join("filings/b.yaml"), folder.path().join("filings/deep/b.yaml"))
            .unwrap();
        // A folder of another version of this tool, and one of the user.
        fs::create_dir_all(folder.path().join("own/more/a")).unwrap();
        for to in ["made/deep", "own/more", "packages"] {
            let script = format!(
                "umask {umask}; exec {} package -q --to {to} --ccc-file codes",
                env!("CARGO_BIN_EXE_latefile")
            );
            let output =
                Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output();
            let output = output.unwrap();
            assert!(output.status.success(), "{umask}: {}", transcript(&output));
        }
        for made in ["made", "made/deep", "own/more", "packages"] {
            for name in ["", "a", "deep", "deep/b"] {
                let path = folder.path().join(made).join(name);
                let is_own = made == "own/more" && name.is_empty();
                if path.is_dir() && !is_own {
                    assert_eq!(mode(&path), 0o700, "{umask}: {}", path.display());
                }
            }
        }
        assert_ne!(mode(&folder.path().join("own/more")), 0o700, "it is the user's");
        assert_eq!(mode(&folder.path().join("made/deep/deep/b/submission.xml")), 0o600);
    }
}

#[test]
fn only_the_owner_reads_a_package() {
    let folder = with_codes();
    let output = run(folder.path(), PACKAGE);
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    let path = folder.path().join("made/a/submission.xml");
    assert_eq!(mode(&path), 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    run(folder.path(), PACKAGE);
    assert_eq!(mode(&path), 0o600, "a package that others could read is written anew");
    run(folder.path(), &["package"]);
    assert_eq!(mode(&folder.path().join("packages/a/submission.xml")), 0o600);
    fs::write(folder.path().join("made/a/.latefile-x"), "a killed run left this").unwrap();
    run(folder.path(), PACKAGE);
    let names: Vec<String> = support::files(&folder.path().join("made")).into_keys().collect();
    assert_eq!(names, ["a/submission.xml", "b/submission.xml"], "no temporary file is left");
    fs::remove_dir_all(folder.path().join("made/a")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("filings"), folder.path().join("made/a"))
        .unwrap();
    assert_eq!(run(folder.path(), PACKAGE).status.code(), Some(2), "a link is not followed");
    assert!(!folder.path().join("filings/submission.xml").exists());
}

#[test]
fn a_file_of_codes_must_be_private_and_valid() {
    let folder = with_codes();
    let refused = |told: &str| {
        let output = run(folder.path(), PACKAGE);
        assert_eq!(transcript(&output), format!("-- stderr\nerror: {told}\n-- exit 2\n"));
        assert!(!folder.path().join("made").exists());
    };
    let codes = folder.path().join("codes");
    for open in [0o644, 0o640, 0o604, 0o700, 0o660] {
        fs::set_permissions(&codes, fs::Permissions::from_mode(open)).unwrap();
        refused(&format!("codes has mode {open:04o}, and others may use it; run: chmod 600 codes"));
    }
    secret(&codes, &format!("9990001 {CODE}\n{CODE}\n"), 0o600);
    refused("cannot use codes: line 2 is not a CIK, a space and a CCC");
    secret(&codes, "9990001 pl4nted\n", 0o400);
    refused("cannot use codes: line 1: a CCC has 8 characters");
    fs::remove_file(&codes).unwrap();
    refused("cannot read codes: No such file or directory (os error 2)");
}

#[test]
fn a_file_of_codes_is_not_among_the_inputs_whose_lines_findings_show() {
    let folder = with_codes();
    fs::create_dir(folder.path().join("templates")).unwrap();
    for (flag, place) in [("--filings", "filings"), ("--templates", "templates")] {
        for file in [format!("{place}/s.yaml"), format!("./made/../{place}/deep/s.txt")] {
            let args = ["package", "--templates", "templates", "--ccc-file", &file, "--to", "made"];
            let said = transcript(&run(folder.path(), &args));
            let expected = format!(
                "error: --ccc-file `{file}` and {flag} `{place}` must not contain each other\n"
            );
            assert_eq!(said, format!("-- stderr\n{expected}-- exit 2\n"));
        }
    }
}

#[test]
fn a_cik_without_a_code_is_named() {
    let folder = with_codes();
    secret(&folder.path().join("codes"), &format!("9990001 {CODE}\n"), 0o600);
    let output = run(folder.path(), PACKAGE);
    let expected = "\
filings/a.yaml:18:10: error[package-ccc]: codes has no CCC for CIK 0009990002
-- stderr
2 filings · 1 TEST package in made, with CCCs · 1 without a package · 1 error · 0 warnings
-- exit 1
";
    assert_eq!(transcript(&output), expected);
}

#[test]
fn the_variable_serves_one_cik_and_a_named_folder() {
    let folder = with_codes();
    let with = |args: &[&str], code: &str| {
        support::latefile(folder.path()).args(args).env("LATEFILE_CCC", code).output().unwrap()
    };
    let output = with(&["package", "--to", "made", "filings/b.yaml"], CODE);
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    assert_eq!(holders(&folder.path().join("made")), ["b/submission.xml"]);
    fs::remove_dir_all(folder.path().join("made")).unwrap();
    for (args, code, told) in [
        (
            &["package", "filings/b.yaml"][..],
            CODE,
            "LATEFILE_CCC is set, and a CCC goes only to a folder that --to names",
        ),
        (
            &["package", "--to", "made"],
            CODE,
            "LATEFILE_CCC is the CCC of one CIK, and 2 are to be packaged; use --ccc-file, or name fewer filings",
        ),
        (
            &["package", "--to", "made", "filings/b.yaml"],
            "pl4nted",
            "LATEFILE_CCC is not a CCC: a CCC has 8 characters",
        ),
    ] {
        let output = with(args, code);
        assert_eq!(output.status.code(), Some(2));
        assert!(
            text(&output.stderr).contains(&format!("error: {told}\n")),
            "{}",
            transcript(&output)
        );
        assert!(!transcript(&output).contains("pl4nted"));
    }
    assert!(!folder.path().join("made").exists() && !folder.path().join("packages").exists());
    assert_eq!(
        run(folder.path(), &["package", "--ccc-file", "codes"]).status.code(),
        Some(2),
        "--to is missing"
    );
}

#[test]
fn a_code_in_a_source_is_found() {
    let folder = with_codes();
    let path = folder.path().join("filings/b.yaml");
    let source = fs::read_to_string(&path).unwrap();
    fs::write(&path, source + &format!("# the code is {CODE}\n")).unwrap();
    let output = run(
        folder.path(),
        &[PACKAGE, &["filings/b.yaml", "--message-format", "human"][..1]].concat(),
    );
    let expected = "\
filings/b.yaml:1:1: error[ccc-exposed]: this file contains the CCC of CIK 0009990001
-- stderr
1 filing · 0 TEST packages in made, with CCCs · 1 without a package · 1 error · 0 warnings
-- exit 1
";
    assert_eq!(transcript(&output), expected);
}

fn git(folder: &Path, args: &[&str]) {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output().expect("git starts");
    assert!(output.status.success(), "{}", transcript(&output));
}

#[test]
fn a_package_with_a_code_is_not_written_where_git_sees_it() {
    let folder = with_codes();
    let refused = |args: &[&str], told: &str| {
        let output = run(folder.path(), &[PACKAGE, args].concat());
        let said = text(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(told), "{}", transcript(&output));
        assert!(!folder.path().join("made").exists());
    };
    git(folder.path(), &["init", "-q"]);
    fs::write(folder.path().join(".git/info/exclude"), "codes\n").unwrap();
    refused(
        &[],
        "error: a CCC is not written to a place from which it could be published: git does not ignore made/a/submission.xml",
    );
    assert_eq!(
        run(folder.path(), &["package"]).status.code(),
        Some(0),
        "without a code nothing is to be hidden"
    );
    fs::write(folder.path().join(".gitignore"), "made/*\n!made/b\n").unwrap();
    refused(&[], "git does not ignore made/b/submission.xml");
    let output = support::latefile(folder.path()).args(PACKAGE).env("PATH", "").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no git to ask"), "{}", transcript(&output));
    assert!(!folder.path().join("made").exists());
    fs::write(folder.path().join(".gitignore"), "made/\n").unwrap();
    let elsewhere = support::folder();
    let output = support::latefile(folder.path())
        .args(PACKAGE)
        .env("GIT_DIR", elsewhere.path())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "another repository is not asked: {}",
        transcript(&output)
    );
    git(folder.path(), &["add", "-f", "made/a/submission.xml"]);
    assert_eq!(
        run(folder.path(), PACKAGE).status.code(),
        Some(2),
        "what is in the index would be committed"
    );
}

#[test]
fn a_package_with_a_code_is_written_anywhere_outside_git() {
    let (folder, outside) = (with_codes(), support::folder());
    git(folder.path(), &["init", "-q"]);
    fs::write(folder.path().join(".git/info/exclude"), "codes\n").unwrap();
    let to = outside.path().join("deep/er").to_string_lossy().into_owned();
    let output = run(folder.path(), &["package", "--to", &to, "--ccc-file", "codes"]);
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    let link = outside.path().join("link");
    std::os::unix::fs::symlink(folder.path(), &link).unwrap();
    let to = link.join("made").to_string_lossy().into_owned();
    let output = run(folder.path(), &["package", "--to", &to, "--ccc-file", "codes"]);
    assert_eq!(output.status.code(), Some(2), "a link into the work tree is seen through");
    let to = link.join("gone/../made").to_string_lossy().into_owned();
    assert_eq!(
        run(folder.path(), &["package", "--to", &to, "--ccc-file", "codes"]).status.code(),
        Some(2)
    );
    assert!(!folder.path().join("made").exists());
}

#[test]
fn a_file_of_codes_is_not_read_where_git_would_commit_it() {
    let (folder, outside) = (with_codes(), support::folder());
    let refused = |file: &str| {
        let output = run(folder.path(), &["package", "--to", "made", "--ccc-file", file]);
        let said = text(&output.stderr);
        let path = folder.path().join("codes").canonicalize().unwrap();
        let told = format!(
            "error: {file} could be published with its CCCs: git does not ignore {}, where it could be committed\n",
            path.display()
        );
        assert!(output.status.code() == Some(2) && said == told, "{}", transcript(&output));
        assert!(!folder.path().join("made").exists());
    };
    let accepted = |file: &str| {
        let output = run(folder.path(), &["package", "--to", "made", "--ccc-file", file]);
        assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
        fs::remove_dir_all(folder.path().join("made")).unwrap();
    };
    git(folder.path(), &["init", "-q"]);
    fs::write(folder.path().join(".gitignore"), "made/\n").unwrap();
    refused("codes");
    refused("./filings/../codes");
    // A link into the work tree, and one out of it.
    std::os::unix::fs::symlink("../codes", folder.path().join("filings/link")).unwrap();
    refused("filings/link");
    fs::copy(folder.path().join("codes"), outside.path().join("codes")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("codes"), folder.path().join("out-link"))
        .unwrap();
    accepted("out-link");
    fs::write(folder.path().join(".gitignore"), "made/\ncodes\n").unwrap();
    accepted("codes");
    git(folder.path(), &["add", "-f", "codes"]);
    refused("codes");
}

#[test]
fn a_file_of_codes_that_others_can_replace_is_refused() {
    let folder = with_codes();
    let package = |file: &str| {
        let output = run(folder.path(), &["package", "--to", "made", "--ccc-file", file]);
        (output.status.code(), text(&output.stderr))
    };
    let vault = folder.path().join("vault");
    fs::create_dir(&vault).unwrap();
    fs::copy(folder.path().join("codes"), vault.join("codes")).unwrap();
    let set = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for (mode, refused) in
        [(0o777, true), (0o775, true), (0o757, true), (0o755, false), (0o1777, false)]
    {
        set(&vault, mode);
        let (code, said) = package("vault/codes");
        let whole = vault.canonicalize().unwrap();
        let told = format!(
            "error: vault/codes is in {0}, where others can replace it; run: chmod go-w {0}\n",
            whole.display()
        );
        assert_eq!((code == Some(2), said == told), (refused, refused), "{mode:o}: {said}");
    }
    // As Kubernetes mounts secrets: a link to a link, whose folder anybody can write.
    set(&vault, 0o755);
    let mount = folder.path().join("mount");
    fs::create_dir(&mount).unwrap();
    std::os::unix::fs::symlink("../vault", mount.join("..data")).unwrap();
    std::os::unix::fs::symlink("..data/codes", mount.join("codes")).unwrap();
    set(&mount, 0o777);
    assert_eq!(package("mount/codes").0, Some(0));
    set(&vault, 0o777);
    assert_eq!(package("mount/codes").0, Some(2), "the target counts");
    set(&vault, 0o755);
    // Only the administrator can give a file away.
    let give = |path: &Path| std::os::unix::fs::chown(path, Some(65534), None).is_ok();
    if give(&vault.join("codes")) {
        let told = |file: &str, place: &str| {
            format!("error: {file}{place} belongs to another user (uid 65534)\n")
        };
        for file in ["vault/codes", "mount/codes"] {
            assert_eq!(package(file), (Some(2), told(file, "")));
        }
        std::os::unix::fs::chown(vault.join("codes"), Some(0), None).unwrap();
        assert!(give(&vault));
        let place = format!(" is in {}, which", vault.canonicalize().unwrap().display());
        assert_eq!(package("vault/codes"), (Some(2), told("vault/codes", &place)));
    }
}

//! `latefile doctor`, with programs and files that are there or not.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::{self, transcript};

/// A repository and a folder of programs, the only one on PATH.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    /// A new repository, with git and pdftotext and without typst.
    fn new() -> Machine {
        let machine = Machine { folder: support::folder() };
        for folder in ["bin", "home", "here"] {
            fs::create_dir(machine.path(folder)).unwrap();
        }
        let path = std::env::var_os("PATH").unwrap();
        let git = std::env::split_paths(&path).map(|dir| dir.join("git")).find(|git| git.is_file());
        symlink(git.expect("git"), machine.path("bin/git")).unwrap();
        machine.program("pdftotext", "#!/bin/sh\n");
        support::succeeds(&machine.path("here"), &["init"]);
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.path("bin").join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn prepared(&self, mut command: Command) -> Command {
        command.env("PATH", self.path("bin")).env("HOME", self.path("home"));
        command.env_remove("XDG_CACHE_HOME").env_remove("XDG_CONFIG_HOME");
        command
    }

    fn git(&self, args: &[&str]) {
        let mut git = self.prepared(Command::new(self.path("bin/git")));
        assert!(git.args(args).current_dir(self.path("here")).status().unwrap().success());
    }

    /// All that the command says in a folder below the repository, without the number of git.
    fn says(&self, below: &str, args: &[&str]) -> String {
        let mut command = self.prepared(support::latefile(&self.path("here").join(below)));
        let said = transcript(&command.arg("doctor").args(args).output().unwrap());
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
        let number =
            said.split_once("git version ").and_then(|(_, rest)| rest.split([',', '\n']).next());
        number.map_or(said.clone(), |number| {
            said.replace(&format!("git version {number}"), "git version N")
        })
    }
}

const WITHOUT_TYPST: &str = "\
problem  typst         there is no typst 0.15.1, so no PDF was made
         name it with --typst, or run, with Rust 1.92 or newer: cargo install
         typst-cli --version 0.15.1 --locked --no-default-features --features
         embedded-fonts
";

/// The day until which closed days are known changes with each release.
fn known() -> String {
    latefile::form12b25::deadline::Calendar::built_in().known_until().to_string()
}

#[test]
fn a_new_repository_is_in_order_but_for_what_its_owner_sets() {
    let machine = Machine::new();
    machine.git(&["init", "-q"]);
    let expected = format!(
        "\
ok       project file  latefile.toml
ok       filings       1 filing in filings
ok       templates     the built-in ones
{WITHOUT_TYPST}\
ok       closed days   known until {}
ok       schema        as this version writes it
ok       git           git version N
ok       attributes    of the outputs, as `latefile init` writes them
warning  PDF diff      git shows no text of PDFs
         git config diff.pdf.textconv \"sh -c 'pdftotext -layout \\\"\\$0\\\" -'\"
warning  workflow      .github/workflows/latefile.yml has no LATEFILE_SOURCE and
                       no LATEFILE_COMMIT
         set two of the variables at its top: until then, no pull request passes
-- stderr
1 problem · 2 warnings
-- exit 1
",
        known()
    );
    assert_eq!(machine.says("", &[]), expected);
}

#[test]
fn each_advice_removes_its_warning() {
    let machine = Machine::new();
    machine.git(&["init", "-q"]);
    let typst = "#!/bin/sh\n[ \"$*\" = --version ] || exit 9\necho 'typst 0.15.1 (x)'\n";
    machine.program("typst", typst);
    let workflow = machine.path("here/.github/workflows/latefile.yml");
    let text = fs::read_to_string(&workflow).unwrap();
    fs::write(&workflow, text.replace(": \"\"", ": \"x\"")).unwrap();
    // The advice is a command for the shell.
    let said = machine.says("filings", &[]);
    let advice = said.lines().find(|line| line.contains("git config")).unwrap();
    let shell = Command::new("/bin/sh")
        .args(["-c", advice])
        .current_dir(machine.path("here/filings"))
        .env("PATH", machine.path("bin"))
        .status();
    assert!(shell.unwrap().success());
    let end = "-- stderr\n0 problems · 0 warnings\n-- exit 0\n";
    let said = machine.says("filings", &[]);
    assert!(said.ends_with(end), "{said}");
    // Each of these is one warning.
    let here = machine.path("here");
    let breaks: [(&str, &dyn Fn()); 5] = [
        ("schema", &|| fs::write(here.join("schema/registrant.json"), "{}").unwrap()),
        ("templates", &|| {
            fs::create_dir(here.join("templates")).unwrap();
            fs::write(here.join("templates/letter.txt"), "x").unwrap();
        }),
        ("attributes", &|| fs::write(here.join(".gitattributes"), "* -text\n").unwrap()),
        ("PDF diff", &|| fs::remove_file(machine.path("bin/pdftotext")).unwrap()),
        ("git", &|| fs::remove_dir_all(here.join(".git")).unwrap()),
    ];
    for (name, change) in breaks {
        change();
        let said = machine.says("", &[]);
        assert!(said.contains(&format!("warning  {name} ")), "{name}: {said}");
        assert!(said.ends_with("-- exit 0\n"), "{said}");
    }
    // Another version of typst, which only --typst takes.
    machine.program("old", "#!/bin/sh\necho 'typst 0.12.0 (x)'\n");
    assert!(machine.says("", &["--typst", "old"]).contains("warning  typst         0.12.0, "));
}

#[test]
fn what_makes_a_build_impossible_is_a_problem() {
    let machine = Machine::new();
    fs::remove_file(machine.path("bin/git")).unwrap();
    let here = machine.path("here");
    fs::remove_dir_all(here.join("filings")).unwrap();
    fs::create_dir(here.join("templates")).unwrap();
    fs::write(here.join("templates/letter.txt"), "{{ nobody }}").unwrap();
    fs::write(here.join("days.csv"), "2026-13-01,x,C\n").unwrap();
    let said = machine.says("", &["--templates", "templates", "--closed-days", "days.csv"]);
    for line in [
        "problem  filings       there is no directory `filings`\n         name another with --filings\n",
        "problem  templates     1 error in the files of templates\n         see them at their lines:\n         latefile check --templates templates --closed-days days.csv\n",
        WITHOUT_TYPST,
        "problem  closed days   days.csv:1: ",
        "warning  git           not installed\n",
        "-- exit 1\n",
    ] {
        assert!(said.contains(line), "{line} {said}");
    }
}

#[test]
fn programs_read_the_checks_as_json() {
    let machine = Machine::new();
    let mut command = machine.prepared(support::latefile(Path::new(&machine.path("here"))));
    let output = command.args(["doctor", "--format", "json"]).output().unwrap();
    let checks: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let of = |name: &str| checks.iter().find(|check| check["name"] == name).unwrap();
    assert_eq!(of("typst")["state"], "problem");
    assert_eq!(of("schema")["state"], "ok");
    assert_eq!(of("schema")["to_do"], Value::Null);
    assert_eq!(of("filings")["says"], "1 filing in filings");
}

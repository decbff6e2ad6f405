//! The commands that messages advise work in the folder in which the message appears: they are run
//! there, as a user would copy them.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::{self, SOUND, run, text, transcript};

/// Runs a command line in a folder by the shell.
fn shell(folder: &Path, command: &str) -> Output {
    let binary = env!("CARGO_BIN_EXE_latefile");
    let command = command.replacen("latefile", &format!("'{binary}'"), 1);
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &command]).current_dir(folder).output().unwrap()
}

/// The last command in a text, between backticks.
fn advised(said: &str) -> &str {
    let (_, from) = said.rsplit_once("`latefile").expect("a command");
    let start = said.len() - from.len() - "latefile".len();
    said[start..].split('`').next().unwrap()
}

#[test]
fn the_command_of_a_new_filing_checks_it_in_each_folder() {
    let folder = support::repository(&[]);
    let path = folder.path();
    fs::write(path.join("latefile.toml"), "filings = \"filings\"\n").unwrap();
    fs::create_dir_all(path.join("filings/acme")).unwrap();
    fs::create_dir_all(path.join("my notices")).unwrap();
    for (place, args, expected) in [
        ("", &["filings/acme/a.yaml"][..], "latefile check acme/a"),
        ("filings", &["acme/b.yaml"], "latefile check acme/b"),
        ("filings/acme", &["c.yaml"], "latefile check acme/c"),
        (
            "",
            &["--filings", "my notices", "my notices/d.yaml"],
            "latefile check --filings 'my notices' d",
        ),
        ("my notices", &["--filings", ".", "e.yaml"], "latefile check --filings . e"),
    ] {
        let place = path.join(place);
        let said = transcript(&run(&place, &[&["new", "10-K"], args].concat()));
        assert_eq!(advised(&said), expected, "{said}");
        let output = shell(&place, expected);
        // The empty keys are errors.
        assert_eq!(output.status.code(), Some(1), "{}", transcript(&output));
        assert!(text(&output.stderr).starts_with("1 filing · "), "{}", transcript(&output));
        // The file has a command, too, without a path of this machine.
        let file = fs::read_to_string(place.join(args.last().unwrap())).unwrap();
        let line = file.lines().find(|line| line.starts_with("#   latefile check ")).unwrap();
        assert!(!line.contains(path.to_str().unwrap()), "{line}");
        let below_project = !args.contains(&"--filings");
        assert!(!below_project || line == format!("#   {expected}"), "{line}");
    }
}

#[test]
fn the_command_against_stale_outputs_builds_what_was_checked() {
    let folder = support::repository(&[("a.yaml", SOUND)]);
    let path = folder.path();
    support::succeeds(path, &["templates", "--eject", "own layouts"]);
    let letter = path.join("own layouts/form12b25.txt");
    let changed =
        fs::read_to_string(&letter).unwrap().replace("NOTIFICATION OF LATE", "NOTICE OF LATE");
    fs::write(&letter, changed).unwrap();
    let flags = ["--formats", "text", "--out", "made", "--templates", "own layouts"];
    let check = || run(path, &[&["build", "--check"], &flags[..]].concat());
    let said = transcript(&check());
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let command = advised(&flat);
    assert_eq!(command, "latefile build --out made --templates 'own layouts'", "{said}");
    let output = shell(path, &format!("{command} --formats text"));
    assert_eq!(output.status.code(), Some(0), "{}", transcript(&output));
    assert_eq!(check().status.code(), Some(0));
    // Without flags, the project file or the defaults apply.
    let said = transcript(&run(path, &["build", "--check", "--formats", "text"]));
    assert_eq!(advised(&said), "latefile build");
}

#[test]
fn ejected_templates_are_named_as_the_project_file_names_them() {
    let folder = support::repository(&[("a.yaml", SOUND)]);
    let path = folder.path();
    fs::create_dir(path.join("layouts")).unwrap();
    fs::write(path.join("latefile.toml"), "").unwrap();
    let said = transcript(&run(&path.join("layouts"), &["templates", "--eject", "own"]));
    let line = "templates = \"layouts/own\"";
    assert!(
        said.contains(&format!(" written to own; latefile.toml names them: {line}\n")),
        "{said}"
    );
    fs::write(path.join("latefile.toml"), line).unwrap();
    support::succeeds(path, &["check"]);
    // A project file cannot name a folder elsewhere.
    let other = support::folder();
    let elsewhere = other.path().join("own");
    let shown = elsewhere.to_str().unwrap();
    let said = transcript(&run(path, &["templates", "--eject", shown]));
    assert!(
        said.contains(&format!("; `latefile build --templates {shown}` uses them\n")),
        "{said}"
    );
}

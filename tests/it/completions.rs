//! What shells complete: the scripts in bash itself, as a user has them.

use std::path::Path;
use std::process::Command;

use crate::support::{self, SOUND, text};

/// Returns what bash would offer for a command line, which ends at the word to complete.
fn offered(folder: &Path, words: &[&str]) -> Vec<String> {
    const ASK: &str = r#"
        eval "$(latefile completions bash)"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
        _clap_complete_latefile latefile "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let folder_of_binary = Path::new(env!("CARGO_BIN_EXE_latefile")).parent().unwrap();
    let path = format!("{}:{}", folder_of_binary.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["--norc", "--noprofile", "-c", ASK, "bash", "latefile"])
        .args(words)
        .current_dir(folder)
        .env("PATH", path)
        .env("HOME", "/nowhere")
        .env_remove("LATEFILE_FILINGS")
        .output()
        .expect("bash starts");
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn bash_offers_ids_and_paths_in_each_folder_of_the_project() {
    let folder = support::repository(&[("lumen/2025-10-k.yaml", SOUND), ("luna.yaml", SOUND)]);
    let path = folder.path();
    std::fs::write(path.join("latefile.toml"), "").unwrap();
    std::fs::write(path.join("filings/notes.txt"), "").unwrap();
    for command in ["check", "build", "due", "package"] {
        assert_eq!(offered(path, &[command, "lu"]), ["lumen/2025-10-k", "luna"], "{command}");
    }
    assert_eq!(offered(path, &["check", "fil"]), ["filings/"]);
    assert_eq!(offered(path, &["check", "filings/"]), ["filings/luna.yaml", "filings/lumen/"]);
    assert_eq!(offered(path, &["redline", ".", "--id", "lum"]), ["lumen/2025-10-k"]);
    assert_eq!(offered(&path.join("filings/lumen"), &["check", "lun"]), ["luna"]);
    let registrants = path.join("filings/registrants");
    std::fs::create_dir(&registrants).unwrap();
    std::fs::write(registrants.join("lumen.yaml"), "").unwrap();
    assert_eq!(offered(path, &["new", "10-K", "x", "--registrant", "lu"]), ["lumen"]);
    assert_eq!(offered(path, &["new", "10-K", "x", "--from", "lun"]), ["luna"]);
    // The folder that a flag names.
    assert_eq!(offered(path, &["check", "--filings", "filings/lumen", "20"]), ["2025-10-k"]);
    // No folder of filings is no error.
    assert_eq!(offered(support::folder().path(), &["check", "lu"]), [""]);
}

#[test]
fn bash_offers_forms_statuses_rules_and_formats() {
    let folder = support::folder();
    let offered = |words: &[&str]| offered(folder.path(), words);
    assert_eq!(offered(&["new", "10-K"]), ["10-K", "10-KSB"]);
    assert_eq!(offered(&["new", "nt-10-k"]), ["nt-10-k", "nt-10-ksb"]);
    assert_eq!(offered(&["due", "--form", "NT-N-C"]), ["NT-N-CEN", "NT-N-CSR"]);
    let statuses = ["large-accelerated", "accelerated", "non-accelerated"];
    assert_eq!(offered(&["due", "--status", ""]), statuses);
    assert_eq!(offered(&["rules", "unsig"]), ["unsigned"]);
    assert_eq!(offered(&["check", "--deny", "warn"]), ["warnings"]);
    assert_eq!(offered(&["check", "--deny", "unsigned,filed-c"]), ["unsigned,filed-changed"]);
    // Only what warns can be accepted.
    assert_eq!(offered(&["package", "--live", "--accept", "missing-k"]), [""]);
    assert_eq!(offered(&["package", "--live", "--accept", "narrative-sh"]), ["narrative-short"]);
    assert_eq!(offered(&["build", "--formats", "text,p"]), ["text,pdf"]);
    assert_eq!(offered(&["completions", "z"]), ["zsh"]);
}

#[test]
fn the_help_lists_forms_and_statuses_and_not_every_rule() {
    let folder = support::folder();
    let help = |command| text(&support::run(folder.path(), &[command, "--help"]).stdout);
    for command in ["new", "due"] {
        let help = help(command);
        let plain = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let forms = "[possible values: 10-K, 20-F, 11-K, 10-Q, 10-D, N-CEN, N-CSR, 10-KSB, 10-QSB";
        assert!(plain.contains(forms), "{help}");
        let statuses = "[possible values: large-accelerated, accelerated, non-accelerated]";
        assert!(plain.contains(statuses), "{help}");
        assert!(!help.contains("narrative-short"), "{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    }
}

#[test]
fn a_shell_without_completions_is_an_error() {
    let folder = support::folder();
    let mut command = support::latefile(folder.path());
    let output = command.env("LATEFILE_COMPLETE", "tcsh").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "error: there are no completions for the shell `tcsh`\n");
}

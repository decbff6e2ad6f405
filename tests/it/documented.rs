//! Every command line of README.md, docs/ and the files of a new repository runs in a scratch
//! repository, or `tests/cases/documented/commands.yaml` says why not.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::support::{self, SOUND, transcript};

/// The programs that begin a command line in a sentence.
const PROGRAMS: [&str; 6] = ["latefile", "make", "git", "cargo", "mkdir", "parallel"];

mod document {
    crate::cases::each! {
        super::run_document:
        readme architecture batch docket filing import lint messages package redline starting templates
        decisions_1_yaml_crate decisions_2_own_pdf_reader decisions_3_bundles decisions_4_no_clock
        decisions_5_two_error_channels
    }
}

/// The command lines that are not run as they are documented.
#[derive(Deserialize)]
struct Exceptions {
    /// Command lines with values for the words that a reader replaces.
    instead: BTreeMap<String, String>,
    /// The reasons why others are not run.
    not_run: BTreeMap<String, String>,
}

fn exceptions() -> Exceptions {
    let path = support::root().join("tests/cases/documented/commands.yaml");
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The documents, each by the name of its test.
fn documents() -> BTreeMap<String, PathBuf> {
    let docs = support::root().join("docs");
    let mut all = BTreeMap::from([("readme".to_owned(), support::root().join("README.md"))]);
    for name in support::files(&docs).into_keys() {
        // `shown` follows these, whose commands depend on each other.
        let others = ["first-five-minutes", "tutorial", "SUMMARY"];
        if let Some(stem) = name.strip_suffix(".md").filter(|stem| !others.contains(stem)) {
            all.insert(stem.replace(['/', '-'], "_"), docs.join(&name));
        }
    }
    all
}

/// Returns the command lines of a document: in blocks for a console or a shell, in the steps of
/// workflows, and in sentences.
fn command_lines(markdown: &str) -> Vec<String> {
    let (mut commands, mut prose) = (Vec::new(), String::new());
    let mut block = None;
    for line in markdown.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            block = if block.is_none() { Some(language) } else { None };
            continue;
        }
        match block {
            Some("console") => commands.extend(line.strip_prefix("$ ").map(without_comment)),
            Some("sh") => match commands.last_mut().filter(|last| last.ends_with('\\')) {
                Some(last) => *last = format!("{}{}", last.trim_end_matches('\\'), line.trim()),
                None => commands.push(line.to_owned()),
            },
            Some("yaml") => {
                commands.extend(line.split_once("- run: ").map(|(_, command)| command.to_owned()));
            }
            Some(_) => {}
            None => prose += &format!("{line}\n"),
        }
    }
    for span in prose.split('`').skip(1).step_by(2) {
        let words: Vec<&str> = span.split_whitespace().collect();
        match words[..] {
            ["latefile"] => commands.push("latefile --help".to_owned()),
            // The name of a subcommand, in a sentence about it.
            ["latefile", name] if !name.contains('-') => {
                commands.push(format!("latefile {name} --help"));
            }
            [program, ..] if PROGRAMS.contains(&program) => commands.push(words.join(" ")),
            _ => {}
        }
    }
    commands
}

fn without_comment(command: &str) -> String {
    command.split("  # ").next().unwrap_or(command).trim_end().to_owned()
}

/// A repository with some samples and with the commands that the documents name.
struct Scratch {
    folder: tempfile::TempDir,
}

impl Scratch {
    fn new() -> Scratch {
        let scratch = Scratch { folder: support::folder() };
        let bin = scratch.folder.path().join("bin");
        fs::create_dir_all(&bin).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_latefile"), bin.join("latefile")).unwrap();
        // The binary is there already.
        script(&bin.join("cargo"), "exit 0");
        script(&bin.join("pdftotext"), "[ \"$1 $3\" = '-layout -' ] && wc -c < \"$2\"");
        scratch
    }

    /// The repository of the tool, with some of its samples.
    fn of_the_tool() -> Scratch {
        let scratch = Scratch::new();
        let root = scratch.root();
        for sample in ["igene-1997-10-k", "quillfeather-2025-10-k"] {
            let source = format!("filings/{sample}.yaml");
            fs::create_dir_all(root.join("filings")).unwrap();
            fs::copy(support::root().join(&source), root.join(&source)).unwrap();
            let out = format!("out/{sample}");
            support::copy(&support::root().join(&out), &root.join(&out));
        }
        for folder in ["templates", "filings/registrants"] {
            support::copy(&support::root().join(folder), &root.join(folder));
        }
        for name in ["Makefile", "latefile.toml", ".gitattributes", ".gitignore"] {
            fs::copy(support::root().join(name), root.join(name)).unwrap();
        }
        fs::create_dir_all(root.join("target/release")).unwrap();
        std::os::unix::fs::symlink(
            env!("CARGO_BIN_EXE_latefile"),
            root.join("target/release/latefile"),
        )
        .unwrap();
        fs::write(root.join("notice.htm"), "<html><body><p>Late.</p></body></html>\n").unwrap();
        support::copy(&root.join("filings"), &scratch.folder.path().join("last-week/filings"));
        scratch.commit(&["v1", "v2"]);
        scratch
    }

    /// A repository that `latefile init` has made, with another notice.
    fn of_notices() -> Scratch {
        let scratch = Scratch::new();
        support::succeeds(scratch.folder.path(), &["init", "repository"]);
        fs::write(scratch.root().join("filings/a.yaml"), SOUND).unwrap();
        support::succeeds(&scratch.root(), &["build", "-q"]);
        scratch.commit(&[]);
        scratch
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("repository")
    }

    fn commit(&self, tags: &[&str]) {
        self.succeeds("git init -q -b main && git add -A && git commit -q -m Notices");
        tags.iter().for_each(|tag| self.succeeds(&format!("git tag {tag}")));
    }

    /// Runs a command line, which is to succeed.
    fn succeeds(&self, command: &str) {
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", self.folder.path().join("bin").display());
        // A command that waits for a reader would hang.
        let output = Command::new("bash")
            .args(["-o", "pipefail", "-c", command])
            .stdin(std::process::Stdio::null())
            .current_dir(self.root())
            .env("PATH", path)
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.com")])
            .envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_PAGER", "cat")])
            .env_remove("LATEFILE_TYPST")
            .env_remove("MAKEFLAGS")
            .output()
            .unwrap();
        assert!(output.status.success(), "$ {command}\n{}", transcript(&output));
    }

    /// Runs command lines, except those that are not to be run.
    fn run(&self, commands: &[String]) {
        let exceptions = exceptions();
        let mut done = BTreeSet::new();
        let runnable = |command: &&String| !exceptions.not_run.contains_key(*command);
        for command in commands.iter().filter(runnable) {
            if done.insert(command) {
                self.succeeds(exceptions.instead.get(command).unwrap_or(command));
                // A new notice has empty keys, for which the next command would fail.
                self.succeeds("git clean -fdq filings");
            }
        }
    }
}

fn script(path: &Path, commands: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(path, format!("#!/bin/sh\n{commands}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

fn run_document(name: &str) {
    let path = &documents()[name];
    let commands = command_lines(&fs::read_to_string(path).unwrap());
    if !commands.is_empty() {
        Scratch::of_the_tool().run(&commands);
    }
}

/// A file of a new repository.
fn scaffold(name: &str) -> String {
    let files = latefile::start::scaffold::files();
    let (_, text) = files.iter().find(|(path, _)| *path == name).unwrap();
    text.to_string()
}

/// The targets of a Makefile that its list has.
fn targets(makefile: &str) -> Vec<&str> {
    let listed = |line: &&str| line.contains("  ## ");
    makefile.lines().filter(listed).filter_map(|line| Some(line.split_once(':')?.0)).collect()
}

/// The command lines of the files of a new repository.
fn of_a_new_repository() -> Vec<String> {
    let mut commands = command_lines(&scaffold("README.md"));
    commands.extend(targets(&scaffold("Makefile")).iter().map(|target| format!("make {target}")));
    let workflow: Value =
        serde_yaml::from_str(&scaffold(".github/workflows/latefile.yml")).unwrap();
    for job in workflow["jobs"].as_object().unwrap().values() {
        for step in job["steps"].as_array().unwrap().iter().filter(|step| step["run"].is_string()) {
            let name = format!("step: {}", step["name"].as_str().unwrap());
            let is_run = !exceptions().not_run.contains_key(&name);
            commands.push(if is_run { step["run"].as_str().unwrap().to_owned() } else { name });
        }
    }
    commands
}

#[test]
fn the_commands_in_the_files_of_a_new_repository_run() {
    Scratch::of_notices().run(&of_a_new_repository());
}

#[test]
fn each_exception_is_documented_and_each_document_has_a_test() {
    let mut documented: BTreeSet<String> = of_a_new_repository().into_iter().collect();
    for path in documents().values() {
        documented.extend(command_lines(&fs::read_to_string(path).unwrap()));
    }
    let exceptions = exceptions();
    for command in exceptions.instead.keys().chain(exceptions.not_run.keys()) {
        assert!(documented.contains(command), "no document has `{command}`");
    }
    let tests = fs::read_to_string(support::root().join("tests/it/documented.rs")).unwrap();
    for name in documents().keys() {
        assert!(tests.contains(&format!(" {name} ")) || tests.contains(&format!(" {name}\n")));
    }
}

#[test]
fn the_list_of_a_makefile_has_each_target() {
    for (makefile, scratch) in [
        (fs::read_to_string(support::root().join("Makefile")).unwrap(), Scratch::of_the_tool()),
        (scaffold("Makefile"), Scratch::of_notices()),
    ] {
        for target in targets(&makefile) {
            scratch.succeeds(&format!("make help | grep '^{target}  *[A-Z]'"));
        }
    }
}

#[test]
fn pdfs_are_text_in_a_diff() {
    let readme = fs::read_to_string(support::root().join("README.md")).unwrap();
    let attributes = scaffold(".gitattributes");
    let of_readme = command_lines(&readme);
    let of_readme = of_readme.iter().find(|command| command.starts_with("git config")).unwrap();
    let of_attributes = attributes.lines().find_map(|line| line.split_once("after: ")).unwrap().1;
    assert_eq!(of_readme, of_attributes);
    let scratch = Scratch::of_the_tool();
    let pdf = "out/igene-1997-10-k/form12b25.pdf";
    scratch.succeeds(of_readme);
    scratch.succeeds(&format!("echo >> {pdf} && git diff | grep -E '^[-+] *[0-9]+$'"));
}

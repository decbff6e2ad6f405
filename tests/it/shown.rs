//! The consoles that documents show: each command is run, in order, and prints what its document shows.
//! A line `…` stands for any lines, and a time for any time. The tutorial is followed from its first
//! command to its last, with the changes of files between them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use regex::Regex;

use crate::support;

/// The line before a block of YAML that is to be written over the entries of a file.
const EDIT: &str = "<!-- edit: ";
/// A line that stands for any lines.
const ANY: &str = "…";

/// A shell in which the commands of a document are typed.
struct Shell {
    folder: PathBuf,
}

impl Shell {
    /// Runs a command line, and returns what it prints. Later ones run in the folder that it changes to.
    fn run(&mut self, line: &str) -> String {
        let binary = Path::new(env!("CARGO_BIN_EXE_latefile")).parent().unwrap();
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
        let output = Command::new("bash")
            .args(["-c", &format!("exec 2>&1\n{line}\necho '== in'\npwd")])
            .stdin(Stdio::null())
            .current_dir(&self.folder)
            .env("PATH", path)
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.com")])
            .envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("LC_ALL", "C.UTF-8")])
            .env_remove("GITHUB_ACTIONS")
            .output()
            .unwrap();
        let printed = support::text(&output.stdout);
        let (printed, folder) = printed.rsplit_once("== in\n").unwrap();
        self.folder = folder.trim_end().into();
        printed.to_owned()
    }

    /// Writes the entries of a text over those of a file with the same keys.
    fn edit(&self, path: &str, over: &str) {
        let path = self.folder.join(path);
        let mut entries = entries(&fs::read_to_string(&path).unwrap());
        for entry in self::entries(over).into_iter().filter(|entry| key_of(entry).is_some()) {
            let place = entries.iter().position(|other| key_of(other) == key_of(&entry));
            let place = place.unwrap_or_else(|| panic!("{} lacks {entry}", path.display()));
            entries[place] = entry;
        }
        fs::write(path, entries.concat()).unwrap();
    }
}

/// The key of a top-level entry, or `None` if it is a run of comments and blank lines.
fn key_of(entry: &str) -> Option<&str> {
    let (key, _) = entry.lines().next()?.split_once(':')?;
    (!key.starts_with(['#', ' ', '\n'])).then_some(key)
}

/// The top-level entries of a file, and between them the runs of comments and blank lines.
fn entries(yaml: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    let mut run = String::new();
    for line in yaml.split_inclusive('\n') {
        if line.starts_with(['#', '\n']) {
            run.push_str(line);
        } else if line.starts_with(' ') {
            let entry = all.last_mut().unwrap();
            *entry += &(std::mem::take(&mut run) + line);
        } else {
            all.extend([std::mem::take(&mut run), line.to_owned()]);
        }
    }
    all.push(run);
    all
}

/// Whether a command has printed what its document shows.
fn is_as_shown(shown: &str, printed: &str) -> bool {
    static TIME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b\d+\.\d s\b").unwrap());
    let pattern: Vec<String> =
        TIME.replace_all(shown, "0.0 s").split(&format!("{ANY}\n")).map(regex::escape).collect();
    let pattern = format!("(?s)^{}$", pattern.join("(?:.*\n)?"));
    Regex::new(&pattern).unwrap().is_match(&TIME.replace_all(printed, "0.0 s"))
}

/// Types the commands of a document, and returns it with what they print.
fn play(document: &str, shell: &mut Shell) -> String {
    let mut played = String::new();
    let mut edited: Option<&str> = None;
    let mut blocks = document.split("```");
    while let (Some(prose), block) = (blocks.next(), blocks.next()) {
        played += prose;
        let Some(block) = block else { break };
        if let Some((_, path)) = prose.trim_end().rsplit_once(EDIT) {
            edited = path.strip_suffix(" -->");
        }
        let (language, text) = block.split_once('\n').unwrap();
        match (language, edited.take()) {
            ("console", _) => played += &format!("```console\n{}```", console(text, shell)),
            (_, Some(path)) => {
                shell.edit(path, text);
                played += &format!("```{block}```");
            }
            _ => played += &format!("```{block}```"),
        }
    }
    played
}

/// Types the commands of a block, and returns it with what they print.
fn console(block: &str, shell: &mut Shell) -> String {
    let mut played = String::new();
    for piece in format!("\n{block}").split("\n$ ").skip(1) {
        let (command, shown) = piece.split_once('\n').unwrap_or((piece, ""));
        let shown = if shown.is_empty() || shown.ends_with('\n') {
            shown.to_owned()
        } else {
            format!("{shown}\n")
        };
        let printed = shell.run(command.split("  # ").next().unwrap());
        let kept = if is_as_shown(&shown, &printed) { &shown } else { &printed };
        played += &format!("$ {command}\n{kept}");
    }
    played
}

#[test]
fn the_tutorial_is_followed_command_by_command() {
    let folder = support::folder();
    let path = support::root().join("docs/tutorial.md");
    let document = fs::read_to_string(&path).unwrap();
    let played = play(&document, &mut Shell { folder: folder.path().to_owned() });
    support::expect(&path, &played);
}

#[test]
fn any_lines_and_any_time_may_be_left_out() {
    for (shown, printed, same) in [
        ("a\n", "a\n", true),
        ("a\n", "a\nb\n", false),
        ("a\n…\nc · 0.1 s\n", "a\nb\nb\nc · 2.7 s\n", true),
        ("…\nc\n", "c\n", true),
        ("a\n…\n", "b\n", false),
    ] {
        assert_eq!(is_as_shown(shown, printed), same, "{shown}{printed}");
    }
}

//! The consoles that documents show: each command is run, in order, and prints what its document shows.
//! A line `…` is in the place of any lines; times and sizes may differ. The tutorial is followed from its first
//! command to its last, with the changes of files between them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use regex::Regex;

use crate::support;

/// The line before a block of YAML that is to be written over the entries of a file.
const EDIT: &str = "<!-- edit: ";
/// A line in the place of any lines.
const ANY: &str = "…";

/// The place in which the commands of a document are typed.
trait Console {
    /// Runs a command line, and returns what it prints, or `None` if it is not run.
    fn run(&mut self, line: &str) -> Option<String>;
    /// Writes the entries of a text over those of a file with the same keys.
    fn edit(&self, path: &str, over: &str);
}

/// A shell in which one command follows the other.
struct Shell {
    folder: PathBuf,
}

impl Console for Shell {
    /// Later commands run in the folder that one changes to.
    fn run(&mut self, line: &str) -> Option<String> {
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
        Some(printed.to_owned())
    }

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
    static MEASURE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b\d+(\.\d s|( bytes))\b").unwrap());
    let pattern: Vec<String> =
        MEASURE.replace_all(shown, "0$2").split(&format!("{ANY}\n")).map(regex::escape).collect();
    let pattern = format!("(?s)^{}$", pattern.join("(?:.*\n)?"));
    Regex::new(&pattern).unwrap().is_match(&MEASURE.replace_all(printed, "0$2"))
}

/// Types the commands of a document, and returns it with what they print. Those that `shell` does not
/// run keep what is shown.
fn play(document: &str, shell: &mut impl Console) -> String {
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
fn console(block: &str, shell: &mut impl Console) -> String {
    let mut played = String::new();
    for piece in format!("\n{block}").split("\n$ ").skip(1) {
        let (command, shown) = piece.split_once('\n').unwrap_or((piece, ""));
        let shown = if shown.is_empty() || shown.ends_with('\n') {
            shown.to_owned()
        } else {
            format!("{shown}\n")
        };
        let printed = shell.run(command.split("  # ").next().unwrap().trim_end());
        let printed = printed.filter(|printed| !is_as_shown(&shown, printed)).unwrap_or(shown);
        played += &format!("$ {command}\n{printed}");
    }
    played
}

/// Follows a document from its first command to its last, beside the Word file of last year's notice.
fn follow(name: &str) {
    let folder = support::folder();
    let word = support::root().join("tests/cases/import/lumen-orchard-2024/original.docx");
    fs::copy(word, folder.path().join("lumen-2024.docx")).unwrap();
    let path = support::root().join("docs").join(name);
    let document = fs::read_to_string(&path).unwrap();
    let played = play(&document, &mut Shell { folder: folder.path().to_owned() });
    support::expect(&path, &played);
}

#[test]
fn the_tutorial_is_followed_command_by_command() {
    follow("tutorial.md");
}

#[test]
fn the_first_five_minutes_are_followed_and_fit_eighty_columns() {
    follow("first-five-minutes.md");
    let path = support::root().join("docs/first-five-minutes.md");
    let wide = |line: &&str| line.chars().count() > 80;
    assert_eq!(fs::read_to_string(path).unwrap().lines().filter(wide).collect::<Vec<_>>(), [""; 0]);
}

/// The places in which the commands of the README and of docs/package.md are typed, each in a
/// repository of its own.
struct Places {
    /// The notice that the README shows.
    notice: String,
    /// How many commands have been run.
    run: usize,
}

impl Places {
    fn of(document: &str) -> Places {
        let notice = document.split("```yaml\n").find(|rest| rest.starts_with("report:"));
        let notice = notice.and_then(|rest| rest.split("```").next()).unwrap_or_default();
        Places { notice: notice.to_owned(), run: 0 }
    }

    /// A repository with the notice, changed in some texts.
    fn with_notice(&self, changes: &[(&str, &str)]) -> tempfile::TempDir {
        let mut notice = self.notice.clone();
        for (old, new) in changes {
            assert!(notice.contains(old), "{old}");
            notice = notice.replace(old, new);
        }
        support::repository(&[("quiet-harbor-2025-10-k.yaml", &notice)])
    }

    /// The repository of the tool, with the samples.
    fn of_samples() -> tempfile::TempDir {
        let folder = support::folder();
        for part in ["filings", "templates"] {
            support::copy(&support::root().join(part), &folder.path().join(part));
        }
        fs::copy(support::root().join("latefile.toml"), folder.path().join("latefile.toml"))
            .unwrap();
        folder
    }
}

const SIGNED: (&str, &str) = ("signed: false ", "signed: true\n  date: 2026-03-31 ");

impl Console for Places {
    fn run(&mut self, line: &str) -> Option<String> {
        self.run += 1;
        let folder = match line {
            "latefile check" if self.run == 3 => self.with_notice(&[("address:", "adress:")]),
            "latefile check" => self.with_notice(&[SIGNED, (NARRATIVE[0], NARRATIVE[1])]),
            "latefile lint notice.htm" => {
                let folder = support::folder();
                fs::write(folder.path().join("notice.htm"), NOTICE).unwrap();
                folder
            }
            "latefile redline main" => redlined(),
            line if line.starts_with("latefile package") => Places::of_samples(),
            line if line.starts_with("latefile due --form") => support::folder(),
            _ => return None,
        };
        let mut shell = Shell { folder: folder.path().to_owned() };
        if line.contains(" --check ") {
            shell.run("latefile package --to packages");
        }
        shell.run(line)
    }

    fn edit(&self, _: &str, _: &str) {}
}

/// The text of Part III in the README, and another.
const NARRATIVE: [&str; 2] = [
    "The audit of one subsidiary could not be completed in time, because …",
    "In the course of closing the year the Company identified errors in the count of inventory of its
  warehouse in Bangor, Maine, and a material weakness in its controls over that count. It repeats the
  count, which takes until April 9, 2026, and cannot finish the audit before without unreasonable
  effort or expense.",
];

/// A document with an element that EDGAR does not accept, in its line 14.
const NOTICE: &str = "<html>
<head>
<title>Notice</title>
</head>
<body>
<p>Form 12b-25</p>
<p>Notification of late filing</p>
<p>Quiet Harbor, Inc.</p>
<p>1 Pier Road</p>
<p>Portland, Maine</p>
<p>Part III</p>
<p>Narrative</p>
<p>The Company could not file its report in time.</p>
<p><span style=\"color:#333\">The audit was not completed.</span></p>
</body>
</html>
";

/// The repository of the tool, in which a sample differs from the branch `main`.
fn redlined() -> tempfile::TempDir {
    let folder = Places::of_samples();
    let mut shell = Shell { folder: folder.path().to_owned() };
    shell.run("git init -q -b main && git add -A && git commit -q -m Notices");
    let path = folder.path().join("filings/quillfeather-2025-10-k.yaml");
    let notice = fs::read_to_string(&path).unwrap();
    let changed = notice.replace("anticipated: false", "anticipated: true");
    fs::write(path, changed.replacen("negotiating", "discussing", 1)).unwrap();
    folder
}

#[test]
fn the_readme_shows_what_commands_print() {
    let path = support::root().join("README.md");
    let document = fs::read_to_string(&path).unwrap();
    support::expect(&path, &play(&document, &mut Places::of(&document)));
}

/// A new repository, in which commands for people at a screen are not run.
struct New(Shell);

impl Console for New {
    fn run(&mut self, line: &str) -> Option<String> {
        let is_run = line.starts_with("latefile") && !line.starts_with("latefile due");
        is_run.then(|| self.0.run(line)).flatten()
    }

    fn edit(&self, _: &str, _: &str) {}
}

#[test]
fn the_readme_of_a_new_repository_shows_what_commands_print() {
    let folder = support::folder();
    support::succeeds(folder.path(), &["init"]);
    let document = fs::read_to_string(folder.path().join("README.md")).unwrap();
    let played = play(&document, &mut New(Shell { folder: folder.path().to_owned() }));
    let path = support::root().join("src/start/scaffold/repository/README.md");
    support::expect(&path, &played);
}

#[test]
fn the_page_about_packages_shows_what_commands_print() {
    let path = support::root().join("docs/package.md");
    let document = fs::read_to_string(&path).unwrap();
    support::expect(&path, &play(&document, &mut Places::of(&document)));
}

#[test]
fn lines_may_be_left_out_and_measures_may_differ() {
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

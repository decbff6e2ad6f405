//! What reaches a terminal, the log of a workflow and a program: no control characters, no command
//! to the runner, no half of a document.

use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::messages::sarif;
use crate::support::{self, SOUND, text, transcript};

/// The commands that print a product to standard output, for a repository with a filing.
const PRODUCTS: [&[&str]; 19] = [
    &["completions", "bash"],
    &["completions", "zsh"],
    &["completions", "fish"],
    &["schema"],
    &["rules"],
    &["rules", "unsigned"],
    &["templates"],
    &["due"],
    &["due", "--format", "ics"],
    &["due", "--format", "json"],
    &["redline", ".", ".", "--no-pager"],
    &["redline", ".", ".", "--format", "html"],
    &["redline", ".", ".", "--format", "json", "-o", "-"],
    &["docket", "-o", "-"],
    &["--help"],
    &["build", "--help"],
    &["manual"],
    &["-V"],
    &["--version"],
];

#[test]
fn a_closed_pipe_ends_quietly_and_a_full_disk_is_an_error() {
    let folder = support::repository(&[("a.yaml", SOUND)]);
    for arguments in PRODUCTS {
        let mut closed = support::latefile(folder.path());
        // The reading end of the pipe is closed before the process writes.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = closed.args(arguments).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?} {}", transcript(&output));
        let said = text(&output.stderr);
        assert!(!said.contains("error:") && !said.contains("panicked"), "{said}");
        let Ok(full) = File::options().write(true).open("/dev/full") else { continue };
        let mut command = support::latefile(folder.path());
        let output = command.args(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?} {}", transcript(&output));
        let error = text(&output.stderr);
        assert!(error.starts_with("error: cannot write to standard output: "), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

/// An argument with a control, a bidirectional and an invisible character.
const HIDDEN: &str = "a\u{1b}[2J\u{7}\u{202e}\u{200b}b";

#[test]
fn messages_of_the_tool_show_control_characters_by_number() {
    let folder = support::repository(&[("a.yaml", SOUND)]);
    fs::write(folder.path().join("typst"), "#!/bin/sh\nprintf 'typst \\033[2J\\a'\n").unwrap();
    fs::set_permissions(folder.path().join("typst"), fs::Permissions::from_mode(0o755)).unwrap();
    let pdf = format!("{HIDDEN}.pdf");
    let below = format!("filings/{HIDDEN}");
    let flag = format!("--{HIDDEN}");
    let form = format!("10-K{HIDDEN}");
    for arguments in [
        &["lint", &pdf][..],
        &["check", &below],
        &["check", HIDDEN],
        &["check", &flag],
        &[HIDDEN],
        &["check", "--color", HIDDEN],
        &["build", "--filings", HIDDEN],
        &["check", "--templates", HIDDEN],
        &["build", "--typst", HIDDEN],
        &["new", &form, "x"],
        &["new", "10-K", &below],
        &["rules", HIDDEN],
        &["redline", HIDDEN],
        &["due", "--closed-days", HIDDEN],
        &["package", "--check", HIDDEN],
        &["package", "--ccc-file", HIDDEN, "--to", "x"],
        &["completions", HIDDEN],
        &["init", HIDDEN],
        &["docket", "-o", HIDDEN],
        &["templates", "--eject", HIDDEN],
    ] {
        for more in [&[][..], &["--message-format", "github"]] {
            let output = support::run(folder.path(), &[arguments, more].concat());
            assert_visible(&output);
            assert!(transcript(&output).contains("U+001B[2JU+0007U+202EU+200B"), "{arguments:?}");
        }
    }
    let output = support::run(folder.path(), &["build", "--typst", "./typst"]);
    assert_visible(&output);
}

fn assert_visible(output: &Output) {
    let all = transcript(output);
    let hidden = |c: char| c != '\n' && latefile::diagnostics::characters::is_invisible(c);
    assert!(!all.contains(hidden), "{all:?}");
}

/// A filing whose texts, keys and waiver are commands to the runner of a workflow.
fn hostile() -> String {
    let waiver = "waive:\n  - rule: weak-reason\n    because: \"A long reason that is as long as the line, \
                  so that the next word is first ::notice::approved and ##[warning]forged\"\n";
    SOUND
        .replace("relief:", "\"##[warning]forged\": 1\n\"::error::forged\": 1\nrelief:")
        .replace(
            "title: Chief",
            "title: \"::add-mask::Chief\", conformed: \"##vso[task] x\", xtitle: X",
        )
        .replace("bank statements", "bank statements ::stop-commands::x")
        + waiver
}

/// Whether the runner of a workflow takes a line for a command.
fn is_command(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.trim_start().starts_with("::") || lower.contains("##[") || lower.contains("##vso[")
}

#[test]
fn no_line_is_a_command_to_the_runner_of_a_workflow() {
    let folder = support::repository(&[
        ("a.yaml", &hostile()),
        ("b.yaml", &SOUND.replace("Quiet Harbor", "::error::Quiet ##[group]Harbor")),
        ("##[error]c.yaml", SOUND),
    ]);
    let path = folder.path();
    fs::create_dir_all(path.join("old/filings")).unwrap();
    fs::write(path.join("old/filings/b.yaml"), SOUND).unwrap();
    fs::write(path.join("::error::d.txt"), "\n ::error::<PAGE>\t##[error]\n").unwrap();
    let mut commands = 0;
    for arguments in [
        &["check"][..],
        &["build", "--check", "--formats", "text"],
        &["build", "--formats", "text"],
        &["lint", "::error::d.txt"],
        &["lint", "::error::none.txt", "##[error]none.txt"],
        &["due"],
        &["due", "--format", "json"],
        &["due", "--format", "ics"],
        &["rules", "::error::x"],
        &["rules", "##[error]x"],
        &["redline", "old", ".", "--no-pager"],
        &["redline", "old", ".", "--format", "json"],
        &["redline", "old", ".", "--format", "markdown"],
        &["redline", "old", ".", "--format", "html"],
        &["redline", "::error::x"],
        &["docket", "-o", "-"],
        &["init", "##[error]new"],
        &["package", "--check", "::error::d.txt"],
        &["check", "##[error]x"],
        &["##[error]x"],
    ] {
        for format in ["human", "short", "json", "sarif", "github"] {
            let mut command = support::latefile(path);
            command
                .args(arguments)
                .args(["--message-format", format])
                .env("GITHUB_ACTIONS", "true");
            let output = command.output().unwrap();
            let all = text(&output.stdout) + "\n" + &text(&output.stderr);
            for line in all.split(['\n', '\r']).filter(|line| is_command(line)) {
                let ours = ["error", "warning", "notice"].iter().any(|kind| {
                    [" file=", " title="]
                        .iter()
                        .any(|next| line.starts_with(&format!("::{kind}{next}")))
                });
                assert!(format == "github" && ours, "{arguments:?} {format}: {line}");
                assert!(!line.contains("##["), "{line}");
                commands += 1;
            }
        }
    }
    assert!(commands > 5);
    // Elsewhere the texts stay as they are, and a file gets every byte in a workflow too.
    let usual = text(&support::run(path, &["check"]).stdout);
    assert!(usual.contains("`##[warning]forged`"), "{usual}");
    let product = path.join("product");
    let mut command = support::latefile(path);
    command.args(["redline", "old", ".", "--format", "markdown"]).env("GITHUB_ACTIONS", "true");
    command.stdout(File::create(&product).unwrap()).stderr(Stdio::null());
    assert!(command.status().unwrap().success());
    let plain = support::run(path, &["redline", "old", ".", "--format", "markdown"]);
    assert_eq!(fs::read(&product).unwrap(), plain.stdout);
}

#[test]
fn github_gets_at_most_ten_annotations_of_a_kind_and_the_most_severe_first() {
    let names: Vec<String> = (0..13).map(|number| format!("f{number:02}.yaml")).collect();
    let draft = SOUND.replace("signed: true", "signed: false");
    let folder = support::folder();
    fs::create_dir(folder.path().join("filings")).unwrap();
    let put = |name: &str, filing: &str, number: usize| {
        let filing = filing.replace("0009990001", &format!("00099{number:05}"));
        fs::write(folder.path().join("filings").join(name), filing).unwrap();
    };
    let annotations = |kind: &str| {
        let output = support::run(folder.path(), &["check", "--message-format", "github"]);
        let all = text(&output.stdout);
        let lines = all.lines().filter(|line| line.starts_with(&format!("::{kind} ")));
        (lines.map(str::to_owned).collect::<Vec<_>>(), all)
    };
    for (number, name) in names.iter().enumerate() {
        put(name, &draft, number);
    }
    let (notices, all) = annotations("notice");
    assert_eq!(notices.len(), 10, "{all}");
    assert!(notices[0].contains("title=unsigned"), "{all}");
    assert!(!all.contains("::warning"), "{all}");
    // The errors are in the last files, and still first.
    for (number, name) in names.iter().enumerate().skip(2) {
        put(name, &draft.replace("relief: sought", "relief: so"), number);
    }
    let (errors, all) = annotations("error");
    assert_eq!(errors.len(), 10, "{all}");
    assert!(all.starts_with("::error file=filings/f02.yaml"), "{all}");
    assert!(errors[9].starts_with("::error title=2 more findings::"), "{all}");
    let short: Vec<&str> = all.lines().filter(|line| !line.starts_with("::")).collect();
    assert_eq!(short.len(), 2, "{all}");
    assert!(short[0].starts_with("filings/f11.yaml:7:9: error[value]: "), "{all}");
    assert!(all.lines().last() == short.last().copied(), "{all}");
}

#[test]
fn formats_for_programs_have_the_error_for_which_the_tool_cannot_go_on() {
    let folder = support::repository(&[("a.yaml", SOUND)]);
    fs::write(folder.path().join("a.txt"), "^\n").unwrap();
    for arguments in [
        &["check", "--filings", "none"][..],
        &["build", "--filings", "none"],
        &["build", "--check", "--out", "filings/out"],
        &["build", "--typst", "none"],
        &["lint", "none.txt", "a.txt"],
        &["package", "--filings", "none"],
        &["package", "--check", "none.xml"],
        &["due", "--filings", "none"],
        &["redline", "none"],
        &["docket", "-o", "filings"],
        &["rules", "none"],
        &["check", "--none"],
        &["none"],
        &["build", "--shard", "9/3"],
        &["lint"],
    ] {
        for equals in [false, true] {
            let printed = |format: &str| {
                let flag = format!("--message-format={format}");
                let flag: &[&str] = if equals { &[&flag] } else { &["--message-format", format] };
                let output = support::run(folder.path(), &[arguments, flag].concat());
                assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
                assert!(!output.stderr.is_empty());
                text(&output.stdout)
            };
            let document: Value = serde_json::from_str(&printed("sarif")).unwrap();
            assert!(sarif().is_valid(&document), "{arguments:?}: {document}");
            let run = &document["runs"][0]["invocations"][0];
            assert_eq!(run["executionSuccessful"], false, "{arguments:?}");
            let message = &run["toolExecutionNotifications"][0]["message"]["text"];
            assert!(message.as_str().is_some_and(|text| !text.is_empty()), "{document}");
            let objects = printed("json");
            let last: Value = serde_json::from_str(objects.lines().last().unwrap()).unwrap();
            assert_eq!((&last["message"], &last["file"]), (message, &Value::Null), "{last}");
            assert_eq!(last["severity"], "error", "{last}");
            assert!(printed("github").starts_with("::error title=latefile::"), "{arguments:?}");
            assert!(!printed("short").contains("::error"), "{arguments:?}");
        }
    }
    assert_eq!(support::run(Path::new("/"), &["--help", "--message-format", "json"]).stderr, b"");
}

#[test]
fn colours_can_be_forced_and_the_flag_wins() {
    let folder = support::repository(&[("a.yaml", &SOUND.replace("relief: sought", "releif: x"))]);
    for arguments in [&["check"][..], &["check", "--help"], &["chek"]] {
        let colours = |more: &[&str], variables: &[(&str, &str)]| {
            let mut command = support::latefile_as_users_have_it(folder.path());
            command.args(arguments).args(more).envs(variables.iter().copied());
            transcript(&command.output().unwrap()).contains('\u{1b}')
        };
        assert!(!colours(&[], &[]), "{arguments:?}");
        assert!(colours(&[], &[("FORCE_COLOR", "1"), ("TERM", "dumb")]), "{arguments:?}");
        assert!(colours(&[], &[("CLICOLOR_FORCE", "1")]), "{arguments:?}");
        assert!(!colours(&[], &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")]), "{arguments:?}");
        assert!(!colours(&["--color", "never"], &[("FORCE_COLOR", "1")]), "{arguments:?}");
        assert!(colours(&["--color=always"], &[("NO_COLOR", "1")]), "{arguments:?}");
    }
}

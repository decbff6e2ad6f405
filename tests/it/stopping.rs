//! A stop stops: a second signal ends the process at once, whatever it does, and a template that
//! does not end is given up.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{self, SOUND, fails, latefile, repository};

/// A template that loops for days, but only in filings that say so.
const ENDLESS: &str = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}\
                       {% endfor %}{% endfor %}";

/// A repository whose template `form12b25.txt` ends with some text.
fn with_template(end: &str) -> tempfile::TempDir {
    let folder = repository(&[("deep/a.yaml", SOUND)]);
    let template = support::root().join("templates/form12b25.txt");
    let text = fs::read_to_string(template).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    fs::write(folder.path().join("templates/form12b25.txt"), text + end).unwrap();
    folder
}

/// A repository in which only the filing itself takes for ever, and no specimen.
fn endless() -> tempfile::TempDir {
    with_template(&format!(
        "{{% if registrants[0].name == 'Quiet Harbor, Inc.' %}}{ENDLESS}{{% endif %}}"
    ))
}

#[test]
fn a_template_that_does_not_end_is_named_with_its_filing() {
    let late = |folder: &Path, args: &[&str], filing: &str| {
        let all = [&["--templates", "templates", "--render-limit", "1"], args].concat();
        let expected = format!(
            "error: `templates/form12b25.txt` was not rendered after 1 seconds, for filing \
             `{filing}`\n-- exit 2\n"
        );
        let said = fails(folder, &all, 2);
        assert!(said.ends_with(&expected), "{args:?}: {said}");
    };
    let folder = with_template(ENDLESS);
    for args in [&["check"][..], &["docket", "-o", "a.html"], &["new", "10-K", "filings/b.yaml"]] {
        late(folder.path(), args, "<built-in>/specimen");
    }
    let folder = endless();
    for args in [
        &["build", "--formats", "text,html"][..],
        &["build", "--check", "--formats", "text,html"],
        &["build", "--watch", "--formats", "text,html"],
        &["serve", "--port", "0", "--formats", "text,html"],
        &["package"],
    ] {
        late(folder.path(), args, "deep/a");
    }
    let limit = ["--templates", "templates", "--render-limit", "1", "--message-format", "sarif"];
    let output =
        support::run(folder.path(), &[&["build", "--formats", "text"][..], &limit].concat());
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["runs"][0]["invocations"][0]["executionSuccessful"], false);
    for part in ["filings", "templates"] {
        support::copy(&folder.path().join(part), &folder.path().join("old").join(part));
    }
    fs::write(folder.path().join("filings/deep/a.yaml"), SOUND.replace("March 3", "March 4"))
        .unwrap();
    late(folder.path(), &["redline", "old"], "Quiet Harbor, Inc.");
    assert!(!folder.path().join("out/deep/a/form12b25.txt").exists());
}

#[test]
fn a_template_that_writes_without_end_is_a_finding() {
    let folder = with_template(&ENDLESS.replace("{% endfor %}", "0123456789{% endfor %}"));
    let said = fails(folder.path(), &["check", "--templates", "templates"], 1);
    assert!(said.contains("error[template]: the document has more than 32 MiB"), "{said}");
}

/// Sends a signal to a process.
fn signal(child: &Child, name: &str) {
    let kill = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
}

/// Waits for the exit code of a process, and kills it if there is none.
fn code(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

#[test]
fn a_second_signal_ends_a_run_that_renders() {
    let folder = endless();
    for second in ["INT", "TERM", "HUP"] {
        let mut command = latefile(folder.path());
        command.args(["build", "--templates", "templates", "--formats", "text,html"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_secs(1)); // until it renders
        signal(&child, "INT");
        thread::sleep(Duration::from_millis(200));
        assert!(child.try_wait().unwrap().is_none(), "it finishes the filing");
        signal(&child, second);
        assert_eq!(code(&mut child), Some(130), "{second}");
    }
    support::succeeds(folder.path(), &["build", "--formats", "text,html"]);
}

#[test]
fn one_signal_ends_a_command_that_builds_nothing() {
    let folder = with_template(ENDLESS);
    let path = folder.path();
    // Nobody writes to the pipe, so that to open it takes for ever.
    assert!(Command::new("mkfifo").arg(path.join("pipe")).status().unwrap().success());
    for (args, name) in [
        (&["redline", ".", ".", "--closed-days", "pipe"][..], "TERM"),
        (&["redline", ".", ".", "--templates", "templates"], "INT"),
        (&["lint", "pipe"], "TERM"),
        (&["package", "--check", "pipe"], "HUP"),
        (&["due", "--closed-days", "pipe"], "TERM"),
        (&["new", "10-K", "filings/b.yaml", "--templates", "templates"], "INT"),
    ] {
        let mut command = latefile(path);
        let mut child =
            command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(500)); // until it waits
        signal(&child, name);
        assert_eq!(code(&mut child), Some(130), "{args:?}");
    }
}

#[test]
fn two_signals_leave_no_typst_alone() {
    let folder = repository(&[("a.yaml", SOUND)]);
    for hangs in ["compile", "--version"] {
        let typst = folder.path().join("typst");
        let script = format!(
            "#!/bin/sh\nif [ $1 = {hangs} ]; then echo $$ > {0}/pid.new; mv {0}/pid.new {0}/pid; \
             exec sleep 1000; fi\necho typst 0.15.1\n",
            folder.path().display()
        );
        fs::write(&typst, script).unwrap();
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&typst, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = latefile(folder.path());
        command.args(["build", "--typst"]).arg(&typst);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let file = folder.path().join("pid");
        while !file.exists() {
            thread::sleep(Duration::from_millis(5));
        }
        let pid = fs::read_to_string(&file).unwrap();
        fs::remove_file(&file).unwrap();
        signal(&child, "TERM");
        signal(&child, "TERM");
        let code = code(&mut child);
        let alive = Command::new("kill").args(["-0", pid.trim()]).stderr(Stdio::null()).status();
        assert!(!alive.unwrap().success(), "{hangs}");
        assert_eq!(code, Some(130), "{hangs}");
    }
}

//! Which typst is used, and what becomes of a build when it is not there, fails or is stopped.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{self, SOUND, fails, repository, run, succeeds, text, transcript};

/// A stand-in for typst that answers with a version and then does something.
pub(crate) fn stand_in(folder: &Path, version: &str, then: &str) -> String {
    let path = folder.join("typst");
    fs::write(
        &path,
        format!("#!/bin/sh\nif [ \"$1\" = --version ]; then echo 'typst {version} (x)'; exit 0; fi\n{then}\n"),
    )
    .unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_string_lossy().into_owned()
}

/// The PDF of the sound filing, put into a folder for a stand-in for typst to copy: another
/// document's would not say what the text and the HTML say.
pub(crate) fn sound_pdf(folder: &Path) -> String {
    let other = repository(&[("a.yaml", SOUND)]);
    succeeds(other.path(), &["build", "-q"]);
    let path = folder.join("sound.pdf");
    fs::copy(other.path().join("out/a/form12b25.pdf"), &path).unwrap();
    path.to_string_lossy().into_owned()
}

/// What a stand-in does to give every document of a run the same PDF, after something else.
pub(crate) fn copies(pdf: &str, first: &str) -> String {
    format!(
        "{first}; mkdir -p made; for f in *.typ; do cp '{pdf}' made/${{f%.typ}}.pdf; done; cp '{pdf}' main.pdf"
    )
}

#[test]
fn without_typst_text_and_html_are_written_and_the_rest_is_an_error() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let bare = |args: &[&str]| {
        let mut command = support::latefile(folder.path());
        command.args(args).env("PATH", "").env("HOME", folder.path()).env_remove("XDG_CACHE_HOME");
        command.output().unwrap()
    };
    let output = bare(&["build"]);
    assert_eq!(output.status.code(), Some(2), "{}", transcript(&output));
    assert!(
        text(&output.stderr).contains("there is no typst 0.15.1, so no PDF was made"),
        "{}",
        transcript(&output)
    );
    assert!(folder.path().join("out/a/form12b25.htm").is_file());
    assert!(!folder.path().join("out/a/form12b25.pdf").exists());
    assert!(bare(&["build", "--formats", "text,html"]).status.success());
}

#[test]
fn a_typst_of_another_version_is_used_only_when_named() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let sound = sound_pdf(folder.path());
    let typst = stand_in(folder.path(), "0.99.0", &copies(&sound, ":"));
    let output = run(folder.path(), &["build", "--typst", &typst]);
    assert!(text(&output.stderr).contains("is not typst 0.15.1"), "{}", transcript(&output));
    assert_eq!(
        fs::read(folder.path().join("out/a/form12b25.pdf")).unwrap(),
        fs::read(sound).unwrap()
    );
}

#[test]
fn a_typst_that_fails_is_a_finding_and_one_that_is_killed_an_error() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let typst = stand_in(folder.path(), "0.15.1", "echo 'main.typ:3:1: error: no' >&2; exit 1");
    let said = fails(folder.path(), &["build", "--typst", &typst, "--message-format", "short"], 1);
    assert!(
        said.contains("error[typesetting]: typst on `form12b25.pdf`: main.typ:3:1: error: no"),
        "{said}"
    );
    let typst = stand_in(
        folder.path(),
        "0.15.1",
        "echo 'main.typ:3:1: warning: unknown font family: x' >&2",
    );
    let said = fails(folder.path(), &["build", "--typst", &typst, "--message-format", "short"], 1);
    assert!(said.contains("error[typesetting]"), "{said}");
    let typst = stand_in(folder.path(), "0.15.1", "kill -9 $$");
    let said = fails(folder.path(), &["build", "--typst", &typst], 2);
    assert!(said.contains("typst was killed"), "{said}");
    fails(folder.path(), &["build", "--typst", "/nonexistent"], 2);
}

#[test]
fn an_interrupted_build_ends_with_130_and_goes_on_later() {
    let filings: Vec<String> = (0..20).map(|i| format!("f{i}.yaml")).collect();
    let filings: Vec<(&str, &str)> = filings.iter().map(|n| (n.as_str(), SOUND)).collect();
    let folder = repository(&filings);
    let typst = stand_in(folder.path(), "0.15.1", &copies(&sound_pdf(folder.path()), "sleep 0.5"));
    let mut child =
        support::latefile(folder.path()).args(["build", "-q", "--typst", &typst]).spawn().unwrap();
    // By name alone: files come and go while the build runs.
    let done = |folder: &Path| {
        let entries = walkdir::WalkDir::new(folder.join("out")).into_iter().flatten();
        entries.filter(|e| e.file_name() == "manifest.json").count()
    };
    let begun = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        done(folder.path()) > 0
    });
    assert!(begun);
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let after = done(folder.path());
    assert!(after > 0 && after < 20, "{after} of 20 were done");
    assert!(
        !support::files(&folder.path().join("out")).keys().any(|name| name.contains(".latefile-"))
    );
    succeeds(folder.path(), &["build", "-q", "--typst", &typst]);
    assert_eq!(done(folder.path()), 20);
}

#[test]
fn drafts_are_private_and_removed_though_the_run_was_killed() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let (temporary, log) = (folder.path().join("temporary"), folder.path().join("log"));
    fs::create_dir(&temporary).unwrap();
    let latefile = |typst: &str, args: &[&str]| {
        let script = format!("umask 000; exec {} \"$@\"", env!("CARGO_BIN_EXE_latefile"));
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script, "sh"]).args(args).current_dir(folder.path());
        command.env("LATEFILE_TYPST", typst).env("TMPDIR", &temporary);
        command
    };
    let left = || fs::read_dir(&temporary).unwrap().count();
    // It lists the modes, and then kills the run that started it.
    let list = format!("ls -ldn . $(find .) > '{}'; kill -9 $PPID", log.display());
    let killer = stand_in(folder.path(), "0.15.1", &list);
    latefile(&killer, &["build", "-q"]).output().unwrap();
    let modes = fs::read_to_string(log).unwrap();
    assert!(modes.contains("main.typ") && modes.contains("layout.typ"), "{modes}");
    for line in modes.lines() {
        assert!(["drwx------", "-rw-------"].contains(&&line[..10]), "{line}");
    }
    assert_eq!(left(), 1);
    succeeds(folder.path(), &["check"]);
    assert_eq!(left(), 1, "the folder for temporary files is another one");
    // What is not a folder of a killed run stays.
    fs::create_dir(temporary.join("latefile-cache")).unwrap();
    fs::write(temporary.join("latefile-notes"), "").unwrap();
    assert!(latefile(&killer, &["check"]).status().unwrap().success());
    assert_eq!(left(), 2);
    // The folder of a run that goes on stays.
    let sleeper = stand_in(folder.path(), "0.15.1", "exec sleep 100");
    let mut child = latefile(&sleeper, &["build", "-q"]).spawn().unwrap();
    let begun = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        left() == 3
    });
    assert!(begun);
    std::thread::sleep(std::time::Duration::from_millis(100));
    assert!(latefile(&killer, &["check"]).status().unwrap().success());
    assert_eq!(left(), 3);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(latefile(&killer, &["check"]).status().unwrap().success());
    assert_eq!(left(), 2);
}

#[test]
fn a_typst_that_is_named_from_here_or_by_path_is_found_from_where_it_runs() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let sound = sound_pdf(folder.path());
    stand_in(folder.path(), "0.15.1", &copies(&sound, ":"));
    let path = std::env::var("PATH").unwrap();
    let builds = [
        (path.clone(), Some("./typst")),
        (format!("{}:{path}", folder.path().display()), Some("typst")),
        (format!(".:{path}"), Some("typst")),
        (format!(".:{path}"), None),
    ];
    for (path, named) in builds {
        let mut command = support::latefile(folder.path());
        command
            .args(["build", "--force", "-q"])
            .env("PATH", path)
            .args(named.map(|name| format!("--typst={name}")));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{named:?}: {}", transcript(&output));
    }
}

#[test]
fn packages_are_not_imported_even_if_they_are_in_a_cache() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let layout = fs::read_to_string(support::root().join("templates/layout.typ")).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    for space in ["preview", "local"] {
        let package = folder.path().join(format!("typst/packages/{space}/some/1.0.0"));
        fs::create_dir_all(&package).unwrap();
        let manifest = "[package]\nname = \"some\"\nversion = \"1.0.0\"\nentrypoint = \"a.typ\"\n";
        fs::write(package.join("typst.toml"), manifest).unwrap();
        fs::write(package.join("a.typ"), "").unwrap();
        let import = format!("#import \"@{space}/some:1.0.0\"\n{layout}");
        fs::write(folder.path().join("templates/layout.typ"), import).unwrap();
        let mut command = support::latefile(folder.path());
        command.args(["build", "-q", "--message-format", "short", "--templates", "templates"]);
        command.args(["--typst".as_ref(), support::typst().as_os_str()]);
        command.env("XDG_CACHE_HOME", folder.path()).env("XDG_DATA_HOME", folder.path());
        let output = command.output().unwrap();
        assert_eq!(
            transcript(&output),
            "templates/layout.typ:1:9: error[typesetting]: typst on `form12b25.pdf`: packages \
             cannot be imported\n-- stderr\n-- exit 1\n"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_memory_of_typst_is_limited() {
    let folder = repository(&[("a.yaml", SOUND)]);
    let pdf = sound_pdf(folder.path());
    let limit = folder.path().join("limit");
    // The limit is set as soon as the process is started.
    let then = format!("sleep 0.5; ulimit -v > '{}'", limit.display());
    let typst = stand_in(folder.path(), "0.15.1", &copies(&pdf, &then));
    succeeds(folder.path(), &["build", "-q", "--typst", &typst]);
    assert_eq!(fs::read_to_string(limit).unwrap(), "4194304\n");
}

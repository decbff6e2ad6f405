//! The folders of sources and of outputs: links are refused, and errors of the system name the path
//! and the reason.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use crate::support::{self, SOUND, fails, repository, succeeds};

/// A repository that is built, and beside it another folder of filings and one of outputs.
fn built() -> tempfile::TempDir {
    let folder = repository(&[("a.yaml", SOUND)]);
    succeeds(folder.path(), &["build", "-q", "--formats", "text,html"]);
    support::copy(&folder.path().join("out"), &folder.path().join("other/out"));
    support::copy(&folder.path().join("filings"), &folder.path().join("other/filings"));
    folder
}

/// Replaces a folder by a symbolic link.
fn link(folder: &Path, name: &str, target: &str) {
    fs::remove_dir_all(folder.join(name)).unwrap();
    symlink(target, folder.join(name)).unwrap();
}

/// The commands that use the folder of outputs, and then those that use only the sources.
const COMMANDS: [&[&str]; 11] = [
    &["build", "--formats", "text,html"],
    &["build", "--check"],
    &["build", "--watch"],
    &["docket", "-o", "docket.html"],
    &["serve", "--port", "0"],
    &["package", "--to", "packages"],
    &["check"],
    &["due"],
    &["new", "10-K", "filings/b.yaml", "--period-ended", "2025-12-31"],
    &["redline", ".", "other"],
    &["init"],
];
/// The number of commands that use the folder of outputs, if only to compare its place.
const WITH_OUT: usize = 7;

#[test]
fn linked_folders_are_refused_with_their_targets() {
    for (name, target, commands) in [
        ("out", "other/out", &COMMANDS[..WITH_OUT]),
        ("filings", "other/filings", &COMMANDS[..]),
        ("out", "/not/there", &COMMANDS[..WITH_OUT]),
        ("filings", "/not/there", &COMMANDS[..COMMANDS.len() - 2]),
    ] {
        let folder = built();
        link(folder.path(), name, target);
        let before = support::files(folder.path());
        let why =
            if target == "/not/there" { "which does not exist" } else { "which is not followed" };
        for command in commands {
            let said = fails(folder.path(), command, 2);
            let shown = if command[0] == "redline" { "./" } else { "" };
            let message = format!("error: `{shown}{name}` is a symbolic link to `{target}`, {why}");
            assert!(said.contains(&message), "{command:?}: {said}");
        }
        assert_eq!(before, support::files(folder.path()), "nothing is written or removed");
    }
}

#[test]
fn a_slash_at_the_end_of_a_linked_folder_hides_nothing() {
    let folder = built();
    link(folder.path(), "out", "other/out");
    fs::remove_file(folder.path().join("filings/a.yaml")).unwrap();
    for out in ["out/", "./out", "out/.", "out//", "filings/../out"] {
        let said = fails(folder.path(), &["build", "--out", out], 2);
        assert!(said.contains("out` is a symbolic link to `other/out`"), "{out}: {said}");
    }
    assert!(folder.path().join("other/out/a/manifest.json").is_file());
}

#[test]
fn linked_folders_below_the_filings_are_warnings() {
    let folder = built();
    symlink("../other/filings", folder.path().join("filings/more")).unwrap();
    symlink("../nowhere", folder.path().join("filings/gone")).unwrap();
    symlink("../other/filings", folder.path().join("filings/registrants")).unwrap();
    symlink("../nowhere.md", folder.path().join("filings/readme.md")).unwrap();
    symlink("../other/filings", folder.path().join("filings/.hidden")).unwrap();
    let said = support::run(folder.path(), &["check", "-qq", "--message-format", "short"]);
    assert_eq!(support::text(&said.stdout), "");
    let said = support::run(folder.path(), &["check", "--message-format", "short"]);
    let warning = |name: &str| {
        format!("filings/{name}:1:1: warning[symbolic-link]: a symbolic link is not followed\n")
    };
    let expected = ["gone", "more", "registrants"].map(warning).concat();
    assert_eq!(support::text(&said.stdout), expected);
    assert_eq!(said.status.code(), Some(0));
    fails(folder.path(), &["check", "--deny", "warnings"], 1);
}

/// Runs commands, each of which is to end with 2 and a message.
fn end_with(folder: &Path, commands: &[&[&str]], message: &str) {
    for command in commands {
        let said = fails(folder, command, 2);
        assert!(said.contains(&format!("error: {message}\n")), "{command:?}: {said}");
    }
}

#[test]
fn a_file_in_place_of_a_folder_is_named() {
    let folder = built();
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out"), "").unwrap();
    end_with(folder.path(), &COMMANDS[..WITH_OUT], "`out` is not a directory");
    fs::remove_file(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let below: [&[&str]; 3] = [
        &["build", "--out", "file/out"],
        &["build", "--out", "file/deep/out"],
        &["check", "--filings", "file/filings"],
    ];
    end_with(folder.path(), &below, "`file` is not a directory");
    symlink("/not/there", folder.path().join("gone")).unwrap();
    let below: [&[&str]; 2] = [&["build", "--out", "gone/out"], &["check", "--filings", "gone/a"]];
    let message = "`gone` is a symbolic link to `/not/there`, which does not exist";
    end_with(folder.path(), &below, message);
    fs::rename(folder.path().join("filings"), folder.path().join("kept")).unwrap();
    fs::write(folder.path().join("filings"), "").unwrap();
    end_with(folder.path(), &COMMANDS[..8], "`filings` is not a directory");
}

#[test]
fn a_deleted_current_folder_is_named() {
    let gone = support::folder();
    let script = format!("rmdir \"$PWD\"; exec {} \"$@\"", env!("CARGO_BIN_EXE_latefile"));
    for command in COMMANDS {
        let here = gone.path().join("here");
        fs::create_dir(&here).unwrap();
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script, "sh"]).args(command).current_dir(&here);
        let said = support::transcript(&shell.output().unwrap());
        assert_eq!(said, "-- stderr\nerror: the current folder was deleted\n-- exit 2\n");
    }
}

#[test]
fn errors_of_the_system_name_the_path_and_the_reason() {
    let folder = built();
    let denied = "Permission denied (os error 13)";
    let missing = "No such file or directory (os error 2)";
    let mut build = support::latefile(folder.path());
    build.args(["build", "--force", "-q"]).env("TMPDIR", "/not/there");
    let said = support::transcript(&build.output().unwrap());
    let message = format!("error: cannot make a temporary folder in /not/there: {missing}\n");
    assert!(said.contains(&message), "{said}");
    end_with(
        folder.path(),
        &[&["templates", "--eject", "filings/a.yaml/x"]],
        "`filings/a.yaml` is not a directory",
    );
    // Permissions do not stop the administrator, who can run the binary as another user.
    let binary = folder.path().join("latefile");
    fs::copy(env!("CARGO_BIN_EXE_latefile"), &binary).unwrap();
    let set = |name: &str, mode| {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    set("", 0o755);
    fs::create_dir_all(folder.path().join("filings/deep")).unwrap();
    for (name, args, message) in [
        ("filings", &["check"][..], format!("error: cannot read filings: {denied}\n")),
        ("filings/deep", &["check"], format!("error: cannot read filings/deep: {denied}\n")),
        (
            "filings/deep",
            &["check", "filings/deep/a.yaml"],
            format!("error: cannot read filings/deep/a.yaml: {denied}\n"),
        ),
        ("out", &["docket", "-o", "/dev/null"], format!("error: cannot read out: {denied}\n")),
        ("out/a", &["docket", "-o", "/dev/null"], format!("error: cannot read out/a: {denied}\n")),
        (
            "out/a/form12b25.txt",
            &["build", "--check", "--formats", "text", "--message-format", "short"],
            "`form12b25.txt` cannot be read: permission denied\n".to_owned(),
        ),
        ("", &["docket", "-o", "docket.html"], format!("error: cannot write to .: {denied}\n")),
    ] {
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        set(name, if name.is_empty() { 0o555 } else { 0 });
        let mut command = std::process::Command::new(&binary);
        command.args(args).current_dir(folder.path());
        if fs::File::open("/etc/shadow").is_ok() {
            command.uid(65534).gid(65534);
        }
        let said = support::transcript(&command.output().unwrap());
        set(name, mode);
        assert!(said.contains(&message), "{name} {args:?}: {said}");
    }
}

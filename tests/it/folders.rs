//! The folders of sources and of outputs: links are refused, and errors of the system name the path
//! and the reason.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use crate::redline::{commit, git};
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
    &["redline", ".", "other"],
    &["due"],
    &["new", "10-K", "filings/b.yaml", "--period-ended", "2025-12-31"],
    &["init"],
];
/// The number of commands that use the folder of outputs, if only to compare its place.
const WITH_OUT: usize = 8;

#[test]
fn linked_folders_are_refused_with_their_targets() {
    for (name, target, commands) in [
        ("out", "other/out", &COMMANDS[..WITH_OUT]),
        ("filings", "other/filings", &COMMANDS[..]),
        ("out", "/not/there", &COMMANDS[..WITH_OUT]),
        ("filings", "/not/there", &COMMANDS[..COMMANDS.len() - 1]),
    ] {
        let folder = built();
        link(folder.path(), name, target);
        let before = support::files(folder.path());
        let why =
            if target == "/not/there" { "which does not exist" } else { "which is not followed" };
        for command in commands {
            let said = fails(folder.path(), command, 2);
            let message = format!("error: `{name}` is a symbolic link to `{target}`, {why}");
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

/// Returns the first line of the errors of a command that is to end with 2.
fn refused(folder: &Path, args: &[&str]) -> String {
    let said = fails(folder, args, 2);
    said.split("-- stderr\n").nth(1).unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn a_redline_refuses_links_of_a_revision() {
    let folder = built();
    let path = folder.path();
    git(path, &["init", "-q", "-b", "main"]);
    commit(path);
    for name in ["filings", "out"] {
        git(path, &["switch", "-q", "-c", &format!("{name}-link"), "main"]);
        git(path, &["mv", name, "f2"]);
        symlink("f2", path.join(name)).unwrap();
        let followed = format!("`{name}` is a symbolic link to `f2`, which is not followed");
        assert_eq!(refused(path, &["redline", "main"]), format!("error: {followed}"));
        commit(path);
        git(path, &["switch", "-q", "main"]);
        let link = format!("{name}-link");
        let message = format!("error: in {link}, {followed}");
        assert_eq!(refused(path, &["redline", "main", &link]), message);
        assert_eq!(refused(path, &["redline", &format!("{link}..main")]), message);
        assert_eq!(refused(path, &["redline", &link]), message);
    }
    // A folder above is one as well.
    for name in ["filings", "out"] {
        git(path, &["switch", "-q", "-C", "deep", "main"]);
        fs::create_dir_all(path.join("deep")).unwrap();
        git(path, &["mv", name, "deep/a"]);
        commit(path);
        let folders = ["redline", "deep", "deeper", &format!("--{name}"), "deep/a"];
        git(path, &["switch", "-q", "-C", "deeper"]);
        git(path, &["mv", "deep", "deeper"]);
        symlink("deeper", path.join("deep")).unwrap();
        commit(path);
        git(path, &["switch", "-q", "deep"]);
        let message =
            "error: in deeper, `deep` is a symbolic link to `deeper`, which is not followed";
        assert_eq!(refused(path, &folders), message);
    }
}

#[test]
fn links_above_a_folder_are_refused_in_the_work_tree_alone() {
    let folder = built();
    let path = folder.path();
    let work = path.join("work");
    for name in ["filings", "out", "other"] {
        support::copy(&path.join(name), &work.join(name));
    }
    fs::create_dir_all(work.join("deep")).unwrap();
    fs::remove_file(work.join("filings/a.yaml")).unwrap();
    symlink(path, work.join("link")).unwrap();
    symlink(&work, path.join("to-work")).unwrap();
    git(&work, &["init", "-q"]);
    let before = support::files(path);
    let target = path.display();
    let whole = work.join("link/out");
    for (here, args, link) in [
        ("work", &["build", "--out", "link/out"][..], "link".to_owned()),
        ("work", &["build", "--out", "./deep/../link/new/out"], "./deep/../link".to_owned()),
        ("work", &["build", "--out", whole.to_str().unwrap()], format!("{}/link", work.display())),
        ("work", &["redline", "HEAD", "--out", "link/out"], "link".to_owned()),
        ("work", &["check", "--filings", "link/filings"], "link".to_owned()),
        (
            "work/deep",
            &["build", "--filings", "../filings", "--out", "../link/out"],
            "../link".to_owned(),
        ),
        (
            "work/deep",
            &["build", "--out", "../../to-work/link/out"],
            "../../to-work/link".to_owned(),
        ),
    ] {
        let said = refused(&path.join(here), args);
        let message =
            format!("error: `{link}` is a symbolic link to `{target}`, which is not followed");
        assert_eq!(said, message, "{args:?}");
    }
    assert_eq!(before, support::files(path), "nothing is written or removed");
    // A link that is not in the work tree is the user's own.
    let build = ["build", "--check", "--formats", "text,html", "--out"];
    let from_elsewhere = path.join("to-work/other/out");
    succeeds(
        &work,
        &[&build[..], &["../to-work/other/out", "--filings", "other/filings"]].concat(),
    );
    let args = [&build[..], &[from_elsewhere.to_str().unwrap(), "--filings", "other/filings"]];
    succeeds(&work, &args.concat());
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
    end_with(folder.path(), &COMMANDS[..9], "`filings` is not a directory");
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
